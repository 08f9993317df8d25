"""Where a new entry is written: as its register is kept, in one list, in a folder of files, or as Markdown."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from isms_plugin.analysis.facts import Facts
from isms_plugin.authoring.register_rows import with_items
from isms_plugin.errors import IsmsError
from isms_plugin.model.document import is_markdown
from isms_plugin.model.entry import Entry
from isms_plugin.sources.snapshot import Snapshot, confined
from isms_plugin.sources.text import decode
from isms_plugin.sources.yaml_reader import read_yaml

_YAML: Final = (".yml", ".yaml")


class Written(NamedTuple):
    """A file with a new entry in it, and the line on which that begins, from 1."""

    path: str
    content: bytes
    line: int


def write_entry(
    facts: Facts, snapshot: Snapshot, declaration: type[Entry], identifier: str, lines: Sequence[str], path: str = ""
) -> Written:  # fmt: skip
    """Return the file of a register with an entry added, given as lines of YAML; raises IsmsError where it cannot be added.

    `path` names another file of the register than the one in which the last entry stands.
    """
    register = posixpath.normpath(f"{facts.settings.registers}/{declaration.KIND.register}")
    target = _named(register, path) if path else _usual(facts, snapshot, declaration, register, identifier)
    there = snapshot.exists(target)
    if is_markdown(target) or (PurePosixPath(target).stem == identifier and not there):
        if there:
            raise IsmsError(f"{target}: is there already; name another file with --file")
        text = "\n".join(lines) + "\n"
        return Written(target, (f"---\n{text}---\n" if is_markdown(target) else text).encode(), 2 if is_markdown(target) else 1)
    content = with_items(snapshot.read(target) if there else b"", as_item(lines), target)
    return Written(target, content, read_yaml(decode(content)[0] or "").lines[-1])


def as_item(lines: Sequence[str]) -> str:
    """Return the fields of an entry as an item of a list."""
    first, *rest = [part for line in lines for part in line.split("\n")]
    return "".join((f"- {first}\n", *(f"  {line}\n" if line else "\n" for line in rest)))


def _named(register: str, path: str) -> str:
    target = confined(path)
    inside = PurePosixPath(target)
    folder = target.startswith(f"{register}/")
    if not folder and str(inside.with_suffix("")) != register:
        raise IsmsError(f"{path}: is not read as this register; name {register}.yml, or a file in {register}/")
    if not (target.lower().endswith(_YAML) or is_markdown(target)):
        raise IsmsError(f"{path}: a register is YAML, or Markdown with front matter")
    return target


def _usual(facts: Facts, snapshot: Snapshot, declaration: type[Entry], register: str, identifier: str) -> str:
    """Return the file in which the last entry of the register stands, or one beside it."""
    places = [facts.isms.place(entry) for entry in facts.isms.of(declaration) if type(entry) is declaration]
    here = [place for place in places if place.path.startswith((f"{register}/", f"{register}."))]
    if not here:
        names = [f"{register}{suffix}" for suffix in _YAML if snapshot.exists(f"{register}{suffix}")]
        return names[0] if names else f"{register}/{identifier}.yml" if snapshot.paths(register) else f"{register}.yml"
    last = here[-1]
    if last.pointer or not last.path.startswith(f"{register}/"):
        return last.path
    return f"{posixpath.dirname(last.path)}/{identifier}{PurePosixPath(last.path).suffix}"


def file_name_of(title: str) -> str:
    """Return a title as the name of a file: small letters of ASCII, digits and hyphens; empty where nothing is left."""
    letters = unicodedata.normalize("NFKD", title.replace("ß", "ss")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters.lower()).strip("-")
