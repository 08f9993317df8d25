"""JSON Schema of registers and front matter, made from the declarations, for editors (draft 2020-12)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pydantic import BaseModel

from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import FieldSpec, fields_of
from isms_plugin.model.nil_return import NilReturn
from isms_plugin.model.own_register import OwnRegister

Known = Mapping[str, Mapping[str, str]]
"""Ids that there are, with their names, by kind."""

_OURS: Final = ("need", "table", "back")
_SCALAR: Final = ["string", "number"]
"""What YAML may take a text for: 1.10 and 2026 are read as they are written. Without booleans, which editors would offer everywhere."""

_EMPTY: Final = {"type": "null"}
_LIMITS: Final = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}
"""Limits that pydantic leaves in its own words on numbers that are read by a function."""


def schemas(kinds: Iterable[type[Entry]], known: Known | None = None) -> dict[str, bytes]:
    """File name and content of the schema of every register, and of front matter; known ids complete, and others stay allowed."""
    declared: list[type[Entry]] = [*(declaration for declaration in kinds if declaration.KIND.register), OwnRegister]
    found = {f"{declaration.KIND.register}.schema.json": _register(declaration, known or {}) for declaration in declared}
    found["front-matter.schema.json"] = _dump(entry_schema(Document, known))
    return found


def known_ids(entries: Iterable[Entry]) -> Known:
    """Return the ids that an editor offers, with names by kind; what is retired is not named anew."""
    found: dict[str, dict[str, str]] = {}
    for entry in entries:
        if not entry.retired:
            found.setdefault(entry.KIND.name, {})[entry.id] = entry.name
    return found


def entry_schema(declaration: type[Entry], known: Known | None = None) -> dict[str, Any]:
    """Return schema of one entry of a kind."""
    schema: dict[str, Any] = _clean(declaration.model_json_schema(by_alias=True))
    if known:
        _complete(schema, declaration, schema.setdefault("$defs", {}), known)
    kind = declaration.KIND
    always = [spec.key for spec in fields_of(declaration) if spec.need == "always" and not (spec.key == "id" and kind.key)]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": kind.title,
        "description": kind.about,
        "required": always,
    }


def _register(declaration: type[Entry], known: Known) -> bytes:
    entry = entry_schema(declaration, known)
    definitions = entry.pop("$defs", {})
    draft = entry.pop("$schema")
    name = declaration.__name__
    items: dict[str, Any] = {"$ref": f"#/$defs/{name}"}
    if declaration.KIND.happened or declaration.KIND.occasion:
        nil = _nil_return(known)
        definitions = {**definitions, **nil.pop("$defs", {}), "NilReturn": nil}
        items = {"anyOf": [items, {"$ref": "#/$defs/NilReturn"}]}
    return _dump(
        {
            "$schema": draft,
            "title": declaration.KIND.plural,
            "description": declaration.KIND.about,
            "oneOf": [{"type": "array", "items": items}, items],
            "$defs": {**definitions, name: entry},
        }
    )


def _nil_return(known: Known) -> dict[str, Any]:
    """Return the schema of `- nil_return: {...}` inside a register, which gives it its id and register."""
    schema = entry_schema(NilReturn, known)
    del schema["$schema"]
    required = [key for key in schema["required"] if key not in ("id", "register")]
    definitions = {"$defs": schema.pop("$defs")} if "$defs" in schema else {}
    inner = {**schema, "required": required}
    return {
        "type": "object", "properties": {"nil_return": inner}, "required": ["nil_return"], "additionalProperties": False, **definitions,
    }  # fmt: skip


def _complete(schema: dict[str, Any], declaration: type[BaseModel], definitions: dict[str, Any], known: Known) -> None:
    """Let the fields of a kind that hold ids complete with those that there are, in its parts too."""
    for spec in fields_of(declaration):
        held = schema["properties"].get(spec.key)
        if spec.part is not None and spec.part.__name__ in definitions:
            _complete(definitions[spec.part.__name__], spec.part, definitions, known)
        elif spec.ref and held:
            _offer(held, spec, definitions, known)


def _offer(held: dict[str, Any], spec: FieldSpec, definitions: dict[str, Any], known: Known) -> None:
    """Put the ids that a field may name before the text that it is; each kind has its list once."""
    kinds = spec.ref.kinds if spec.ref else ()
    name = "ids-" + "-".join(kinds or ("any",))
    found = {key: title for kind in kinds or known for key, title in known.get(kind, {}).items()}
    if not found:
        return
    definitions[name] = {"enum": list(found), "enumDescriptions": list(found.values())}
    inner = held.get("items", held) if spec.many else held
    inner["anyOf"] = [{"$ref": f"#/$defs/{name}"}, {"type": inner.pop("type")}]


def _clean(value: Any) -> Any:
    """Return the schema without what only this program understands, and with texts as its reader takes them."""
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if not isinstance(value, dict):
        return value
    told = {key: item for key, item in value.items() if isinstance(item, dict) or key not in _OURS}
    found = {key if isinstance(item, dict) else _LIMITS.get(key, key): _clean(item) for key, item in told.items()}
    if found.get("default", 0) is None:
        del found["default"]  # an editor would offer to write it
    if found.get("type") == "string" and not found.keys() & {"enum", "const", "format", "pattern"}:
        found["type"] = _SCALAR
    return _unforked(found)


def _unforked(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a plain value that may be empty as one schema: of two, an editor shows each title twice."""
    forks = schema.get("anyOf", ())
    plain = [fork for fork in forks if fork != _EMPTY]
    if len(plain) != 1 or len(forks) == 1 or "type" not in plain[0] or "enum" in plain[0]:
        return schema
    kinds = plain[0]["type"]
    merged = {**plain[0], "type": [*(kinds if isinstance(kinds, list) else [kinds]), "null"]}
    return {**{key: value for key, value in schema.items() if key != "anyOf"}, **merged}


def _dump(schema: dict[str, Any]) -> bytes:
    return json.dumps(schema, ensure_ascii=False, indent=2).encode() + b"\n"
