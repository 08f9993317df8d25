"""JSON Schema of registers and front matter, made from the declarations, for editors (draft 2020-12)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import fields_of
from isms_plugin.model.nil_return import NilReturn
from isms_plugin.model.own_register import OwnRegister

_OURS = ("need", "table", "back")


def schemas(kinds: Iterable[type[Entry]]) -> dict[str, bytes]:
    """File name and content of the schema of every register, and of the front matter of documents."""
    found = {f"{declaration.KIND.register}.schema.json": _register(declaration) for declaration in kinds if declaration.KIND.register}
    found[f"{OwnRegister.KIND.register}.schema.json"] = _register(OwnRegister)
    found["front-matter.schema.json"] = _dump(entry_schema(Document))
    return found


def entry_schema(declaration: type[Entry]) -> dict[str, Any]:
    """Return schema of one entry of a kind."""
    schema: dict[str, Any] = _clean(declaration.model_json_schema(by_alias=True))
    kind = declaration.KIND
    always = [spec.key for spec in fields_of(declaration) if spec.need == "always" and not (spec.key == "id" and kind.key)]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": kind.title,
        "description": kind.about,
        "required": always,
    }


def _register(declaration: type[Entry]) -> bytes:
    entry = entry_schema(declaration)
    definitions = entry.pop("$defs", {})
    draft = entry.pop("$schema")
    name = declaration.__name__
    items: dict[str, Any] = {"$ref": f"#/$defs/{name}"}
    if declaration.KIND.happened or declaration.KIND.occasion:
        nil = _nil_return()
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


def _nil_return() -> dict[str, Any]:
    """Return the schema of `- nil_return: {...}` inside a register, which gives it its id and register."""
    schema = entry_schema(NilReturn)
    del schema["$schema"]
    required = [key for key in schema["required"] if key not in ("id", "register")]
    definitions = {"$defs": schema.pop("$defs")} if "$defs" in schema else {}
    inner = {**schema, "required": required}
    return {
        "type": "object", "properties": {"nil_return": inner}, "required": ["nil_return"], "additionalProperties": False, **definitions,
    }  # fmt: skip


def _clean(value: Any) -> Any:
    """Return the schema without what only this program understands."""
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items() if not (key in _OURS and not isinstance(item, dict))}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return value


def _dump(schema: dict[str, Any]) -> bytes:
    return json.dumps(schema, ensure_ascii=False, indent=2).encode() + b"\n"
