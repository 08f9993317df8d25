"""Settings of an editor for the registers of an ISMS: which schema is for which file, extensions, and a snippet for each kind."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from isms_plugin.errors import IsmsError
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import field_map
from isms_plugin.model.own_register import OwnRegister

SETTINGS: Final = ".vscode/settings.json"
EXTENSIONS: Final = ".vscode/extensions.json"
SNIPPETS: Final = ".vscode/isms.code-snippets"
LANGUAGE_SERVER: Final = "redhat.vscode-yaml"

_LINE: Final = re.compile(r"""(?P<key>[a-z_0-9]+): (?P<open>["'\[]?)(?P<value>[^\s\[\]{}>|"'][^\[\]{}"']*)(?P<close>["'\]]?)""")
"""A key with one plain value, in quotes or as the only one of a list."""
_INDENT: Final = re.compile(r"^([ \t]+)\S", re.MULTILINE)


class EditorFiles(NamedTuple):
    """Files to write, by their paths, and what a person has to add by hand since a file is not plain JSON."""

    files: dict[str, str]
    by_hand: dict[str, str]


def editor_files(kinds: Iterable[type[Entry]], registers: str, schema: str, there: Mapping[str, str]) -> EditorFiles:
    """Return the settings of VS Code for the registers in a folder and the schemas in another, merged into the files that are there.

    Both folders are from the top of the ISMS. A file that cannot be merged without loss is left as it is.
    """
    declared: list[type[Entry]] = [*kinds, OwnRegister]
    wanted: dict[str, dict[str, Any]] = {
        SETTINGS: {"yaml.schemas": _globs(declared, registers, schema)},
        EXTENSIONS: {"recommendations": [LANGUAGE_SERVER]},
        SNIPPETS: snippets(declared),
    }
    found = EditorFiles({}, {})
    for path, addition in wanted.items():
        text = there.get(path, "")
        try:
            new = merged(text, addition)
        except ValueError:
            found.by_hand[path] = json.dumps(addition, ensure_ascii=False, indent=2)
            continue
        if new != text:
            found.files[path] = new
    return found


def _globs(kinds: Iterable[type[Entry]], registers: str, schema: str) -> dict[str, list[str]]:
    """Return the files that each schema is for, by the address of the schema from the top of the ISMS."""
    top = "" if registers == "." else f"{registers}/"
    names = dict.fromkeys(kind.KIND.register for kind in kinds if kind.KIND.register)
    return {
        f"./{schema}/{name}.schema.json": [f"{top}{name}{place}.{ending}" for place in ("", "/**/*") for ending in ("yml", "yaml")]
        for name in names
    }


def merged(text: str, addition: Mapping[str, Any]) -> str:
    """Return JSON with what is added: values of ours take the place of older ones, lists get what they lack, all else stays.

    Raises ValueError for what is not plain JSON, or says one thing twice.
    """
    try:
        old = json.loads(text, object_pairs_hook=_pairs) if text.strip() else {}
        new = _joined(old, addition)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if new == old:
        return text
    indent = _INDENT.search(text)
    return json.dumps(new, ensure_ascii=False, indent=indent[1] if indent else 2) + "\n"


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands there twice")
    return found


def _joined(old: Any, addition: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(old, dict):
        raise ValueError("not an object")
    found = dict(old)
    for key, value in addition.items():
        there = found.get(key)
        if there is None or "prefix" in value:  # a snippet is ours as a whole
            found[key] = value
        else:
            found[key] = _joined(there, value) if isinstance(value, dict) else _listed(there, value)
    return found


def _listed(there: Any, value: list[str]) -> list[Any]:
    old = [there] if isinstance(there, str) else there
    if not isinstance(old, list):
        raise ValueError("not a list")
    return [*old, *(item for item in value if item not in old)]


def snippets(kinds: Iterable[type[Entry]]) -> dict[str, dict[str, Any]]:
    """Return a snippet for each kind, made from its example: the tab key goes from value to value, choices open a list."""
    return {f"isms {kind.KIND.name}": _snippet(kind) for kind in kinds if kind.KIND.example and kind.KIND.register}


def _snippet(declaration: type[Entry]) -> dict[str, Any]:
    kind = declaration.KIND
    lines = [_placeholder(line, number, declaration) for number, line in enumerate(kind.example_text.split("\n"), 1)]
    document = declaration is Document
    body = ["---", *lines, "---", "", "$0"] if document else _as_item(lines)
    scope = "markdown" if document else "yaml"
    return {"scope": scope, "prefix": f"isms-{kind.name.replace('_', '-')}", "description": kind.about, "body": body}


def _as_item(lines: list[str]) -> list[str]:
    """Return lines as an item of a list, unless they are one."""
    if lines[0].startswith("- "):
        return lines
    return [f"{'  ' if number else '- '}{line}" if line else line for number, line in enumerate(lines)]


def _placeholder(line: str, number: int, declaration: type[Entry]) -> str:
    """Return a line of an example with its value as a place to fill in; what is more than one plain value stays."""
    found = _LINE.fullmatch(line)
    spec = field_map(declaration).get(found["key"]) if found else None
    if found is None or spec is None:
        return _escaped(line)
    key, value = found["key"], found["value"]
    if value in spec.choices and not found["open"]:
        choices = (value, *(choice for choice in spec.choices if choice not in (value, "")))
        return f"{key}: ${{{number}|{','.join(_escaped(choice, ',|') for choice in choices)}|}}"
    return f"{key}: {found['open']}${{{number}:{_escaped(value)}}}{found['close']}"


def _escaped(text: str, also: str = "") -> str:
    """Return a text in which nothing has a meaning of its own inside a snippet."""
    return "".join(f"\\{sign}" if sign in f"\\$}}{also}" else sign for sign in text)


def editor_text(path: str, data: bytes) -> str:
    """Return the text of a file of settings; raises IsmsError where it is no text."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise IsmsError(f"{path}: no UTF-8 text; save it as such") from None
