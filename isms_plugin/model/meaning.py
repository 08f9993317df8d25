"""What an entry means to those that name it, as a fingerprint: a link is looked at again once that changes (clause 8.1).

What counts is declared with the kind (`Kind.meaning`); without such a declaration it is every text, choice, number and truth of
the entry, of parts as well. Never counted: the fields of every entry that say nothing of what it is about, days, and ids of other
entries, since those are links of their own. Of a document its text counts too (`model.fingerprint`). What happened stays as it
was, so it means the same for ever. White space, empty fields and the order of words in a list do not count; a field that a later
version of the program brings changes nothing while it is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from pydantic import BaseModel

from isms_plugin.model.digest import digest_of_values
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import FieldSpec, fields_of

ALGORITHM: Final = "isms-meaning-1"

_OF_EVERY_ENTRY: Final = frozenset(
    ("id", "status", "owner", "created", "next_review", "links", "evidence", "classification", "note")
)  # fmt: skip
_SAYING: Final = frozenset(("text", "Markdown", "choice", "number", "whole number", "true or false", "mapping"))
"""Types of fields that say something of their own."""


@cache
def meant_fields(declaration: type[Entry]) -> tuple[FieldSpec, ...]:
    """Return the fields of a kind whose change makes links to its entries suspect; none for what happened."""
    kind = declaration.KIND
    if kind.historical:
        return ()
    if kind.meaning is not None:
        return tuple(spec for spec in fields_of(declaration) if spec.name in kind.meaning)
    return tuple(spec for spec in _saying(declaration) if spec.name not in _OF_EVERY_ENTRY)


def meant_values(declaration: type[Entry], data: Mapping[str, Any], text: str = "") -> dict[str, Any]:
    """Return what counts of an entry, by field; `data` are its plain values by their keys, `text` the hash of a document's text."""
    values = _values(meant_fields(declaration), data)
    return values | {"text": text} if text else values


def fingerprint(values: Any) -> str:
    """Return algorithm and SHA-256 of what counts, as `isms-meaning-1:` and 64 hexadecimal digits."""
    return digest_of_values(ALGORITHM, values)


@cache
def _saying(declaration: type[BaseModel]) -> tuple[FieldSpec, ...]:
    return tuple(spec for spec in fields_of(declaration) if spec.word in _SAYING and not spec.ref and spec.form in ("", "Markdown"))


def _values(specs: tuple[FieldSpec, ...], data: Mapping[str, Any]) -> dict[str, Any]:
    values = {spec.name: _value(spec, data[spec.key]) for spec in specs if spec.key in data}
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _value(spec: FieldSpec, held: Any) -> Any:
    if isinstance(held, list | tuple):
        items = [_value(spec, item) for item in held]
        return items if spec.part else sorted(set(items))
    if spec.part is not None and isinstance(held, Mapping):
        return _values(_saying(spec.part), held)
    return " ".join(held.split()) if isinstance(held, str) else held
