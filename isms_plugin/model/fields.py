"""What a declaration says about its fields, read once per class and used by everything derived from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from isms_plugin.model.diagnostic import Pointer
from isms_plugin.model.entry import Entry, Form, Need, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One declared field: `key` is how it is written in YAML."""

    name: str
    key: str
    title: str
    description: str
    need: Need
    table: bool
    back: str
    """What an entry that is named here calls the relation; empty for the plain form."""
    word: str
    """The type in a word that people understand: text, Markdown, date, id, choice, ..."""
    many: bool
    ref: Ref | None
    form: str
    """`Markdown`, `place`, `code`, or empty."""
    choices: tuple[str, ...]
    part: type[BaseModel] | None


class Reference(NamedTuple):
    """One stored relation: the field it stands in, the id it names, and the way to it inside the entry."""

    field: FieldSpec
    target: str
    pointer: Pointer
    back: str = ""
    """What the entry that is named calls the relation, as the innermost field says; empty for the plain form."""


@cache
def fields_of(declaration: type[BaseModel]) -> tuple[FieldSpec, ...]:
    """Return the fields of a kind or part, in declared order."""
    return tuple(_spec(name, info) for name, info in declaration.model_fields.items())


@cache
def field_map(declaration: type[BaseModel]) -> dict[str, FieldSpec]:
    """Return the fields of a kind or part by the key they have in YAML."""
    return {spec.key: spec for spec in fields_of(declaration)}


@cache
def _fields_with_references(declaration: type[BaseModel]) -> tuple[FieldSpec, ...]:
    return tuple(spec for spec in fields_of(declaration) if spec.ref or (spec.part and _fields_with_references(spec.part)))


def references_of(value: BaseModel) -> Iterator[Reference]:
    """Every id that the fields of an entry name; references inside prose are found by `analysis.mentions`."""
    for spec in _fields_with_references(type(value)):
        held = getattr(value, spec.name)
        if held is None:
            continue
        items = enumerate(held) if spec.many else ((None, held),)
        for position, item in items:
            pointer: Pointer = (spec.key,) if position is None else (spec.key, position)
            if spec.ref:
                yield Reference(spec, item, pointer, spec.back)
            else:
                for inner in references_of(item):
                    yield Reference(spec, inner.target, pointer + inner.pointer, inner.back or spec.back)


def prose_of(entry: Entry) -> Iterator[tuple[FieldSpec, str]]:
    """Every filled text that may hold references: Markdown fields and plain ones."""
    for spec in _fields_with_prose(type(entry)):
        text = getattr(entry, spec.name)
        if text:
            yield spec, text


@cache
def _fields_with_prose(declaration: type[BaseModel]) -> tuple[FieldSpec, ...]:
    specs = (spec for spec in fields_of(declaration) if not spec.many)
    return tuple(spec for spec in specs if spec.word in ("text", "Markdown") and spec.form in ("", "Markdown"))


def _spec(name: str, info: FieldInfo) -> FieldSpec:
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    many, inner, marks = _unwrap(info.annotation, tuple(info.metadata))
    ref = next((mark for mark in marks if isinstance(mark, Ref)), None)
    form = next((mark.name for mark in marks if isinstance(mark, Form)), "")
    part = inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None
    choices = tuple(str(choice) for choice in get_args(inner)) if get_origin(inner) is Literal else ()
    return FieldSpec(
        name=name,
        key=info.alias or name,
        title=info.title or name,
        description=info.description or "",
        need=extra.get("need", "optional"),  # type: ignore[arg-type]
        table=bool(extra.get("table", True)),
        back=str(extra.get("back", "")),
        word=_word(inner, ref=ref, form=form, choices=choices, part=part),
        many=many,
        ref=ref,
        form=form,
        choices=choices,
        part=part,
    )


def _unwrap(annotation: Any, marks: tuple[Any, ...]) -> tuple[bool, Any, tuple[Any, ...]]:
    many = False
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *more = get_args(annotation)
            marks = (*marks, *more)
        elif origin in (Union, UnionType):
            annotation = next(part for part in get_args(annotation) if part is not NoneType)
        elif origin is tuple:
            many, annotation = True, get_args(annotation)[0]
        else:
            return many, annotation, marks


def _word(inner: Any, *, ref: Ref | None, form: str, choices: tuple[str, ...], part: type[BaseModel] | None) -> str:
    if ref:
        return "id"
    if choices:
        return "choice"
    if part:
        return "mapping"
    if form == "Markdown":
        return form
    return {str: "text", int: "whole number", float: "number", bool: "true or false", date: "date"}.get(inner, "text")
