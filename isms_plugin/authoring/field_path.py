"""Fields and values as people write them on a command line, read by the declaration of their kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, Literal, NamedTuple

from pydantic import BaseModel

from isms_plugin.authoring.field_change import Change
from isms_plugin.authoring.value_yaml import Bare
from isms_plugin.errors import IsmsError
from isms_plugin.model.diagnostic import Pointer
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import FieldSpec, field_map, fields_of
from isms_plugin.model.near import did_you_mean
from isms_plugin.sources.yaml_reader import read_yaml

_BARE: Final = ("date", "whole number", "number", "true or false")
"""Types whose values need no quotes."""

_WITHOUT_COMMAS: Final = ("id", "choice")
"""Types whose values hold no commas, so that several may be written as one word."""

_ASSIGNMENT: Final = re.compile(r"(?P<field>[A-Za-z_][\w.]*)(?P<sign>\+=|-=|=)(?P<value>.*)", re.DOTALL)
_SIGNS: Final[dict[str, Literal["set", "add", "remove"]]] = {"=": "set", "+=": "add", "-=": "remove"}


class Found(NamedTuple):
    """A declared field: the way to it, its declaration, whether one item of its list is meant, and the keys declared before it."""

    pointer: Pointer
    spec: FieldSpec
    item: bool
    before: tuple[str, ...]


def find_field(declaration: type[Entry], name: str) -> Found:
    """Return the field that a name such as `owner` or `changes.0.note` stands for; raises IsmsError, with the nearest, where none is."""
    model: type[BaseModel] = declaration
    found: Found | None = None
    for step in name.split("."):
        if found is not None and found.spec.many and not found.item and step.isdecimal() and step.isascii():
            found = found._replace(pointer=(*found.pointer, int(step)), item=True)
            continue
        if found is not None:
            model = _part(found, name)
        keys = [spec.key for spec in fields_of(model)]
        if step not in keys:
            raise IsmsError(f"{name}: a {declaration.KIND.title.lower()} has no such field; {_known(step, keys)}")
        way = (*found.pointer, step) if found else (step,)
        found = Found(way, field_map(model)[step], item=False, before=tuple(keys[: keys.index(step)]))
    assert found is not None  # noqa: S101 - a text has one part at least
    return found


def _part(found: Found, name: str) -> type[BaseModel]:
    """Return the declaration of what stands in a field; raises IsmsError where nothing can."""
    way = ".".join(map(str, found.pointer))
    if found.spec.part is None:
        raise IsmsError(f"{name}: {way} is {_type(found.spec)}; nothing stands in it")
    if found.spec.many and not found.item:
        raise IsmsError(f"{name}: {way} is a list; say which item is meant, as in {way}.0.{name.removeprefix(way).lstrip('.')}")
    return found.spec.part


def _known(step: str, keys: Sequence[str]) -> str:
    return did_you_mean(step.lower(), keys) or f"it has {', '.join(keys)}"


def read_words(declaration: type[Entry], words: Sequence[str]) -> Iterator[Change]:
    """Yield the changes that words ask for: FIELD VALUE, FIELD=VALUE, FIELD+=VALUE and FIELD-=VALUE."""
    waiting = iter(words)
    for word in waiting:
        match = _ASSIGNMENT.fullmatch(word)
        if match:
            yield from changes_of(declaration, _SIGNS[match["sign"]], match["field"], match["value"])
            continue
        value = next(waiting, None)
        if value is None:
            raise IsmsError(f"{word}: what is it to be? Write FIELD VALUE; --unset takes a field out")
        yield from changes_of(declaration, "set", word, value)


def changes_of(declaration: type[Entry], action: Literal["set", "add", "remove", "unset"], name: str, text: str = "") -> Iterator[Change]:
    """Yield the changes of one field that a text asks for: one, or one for each item of several that are added or removed."""
    found = find_field(declaration, name)
    if action == "unset":
        yield Change(pointer=found.pointer, action=action)
        return
    if not text.strip():
        raise IsmsError(f"{name}: is to be empty? Take it out with --unset {name}")
    several = found.spec.many and not found.item
    if action == "set":
        value = read_list(found.spec, name, text) if several else read_value(found.spec, name, text)
        yield Change(pointer=found.pointer, action=action, value=value, before=found.before)
        return
    if not several:
        raise IsmsError(f"{name}: is no list; set it, or take it out with --unset {name}")
    for item in _items(found.spec, name, text):
        yield Change(pointer=found.pointer, action=action, value=item, before=found.before)


def read_list(spec: FieldSpec, name: str, text: str) -> list[Any]:
    """Return the items of a list written with commas between them, or in brackets as YAML."""
    if not text.lstrip().startswith("["):
        return _items(spec, name, text) if spec.part else [_typed(spec, item.strip()) for item in text.split(",") if item.strip()]
    read = read_yaml(text)
    if read.faults or not isinstance(read.value, list):
        raise IsmsError(f"{name}: cannot be read as a list; write [one, other], with quotes around what has commas")
    return [_typed(spec, item) for item in read.value]


def _items(spec: FieldSpec, name: str, text: str) -> list[Any]:
    if spec.word in _WITHOUT_COMMAS or text.lstrip().startswith("["):
        return read_list(spec, name, text)
    return [read_value(spec, name, text)]


def read_value(spec: FieldSpec, name: str, text: str) -> Any:
    """Return one value: a text as it is, a structured one from YAML in braces; raises IsmsError where that cannot be read."""
    if spec.part is None:
        return _typed(spec, text)
    read = read_yaml(text)
    if read.faults or not isinstance(read.value, dict):
        raise IsmsError(f"{name}: is made of fields; write {{{', '.join(f'{key}: ...' for key in _first(spec.part))}}}")
    return _typed(spec, read.value)


def _first(part: type[BaseModel]) -> Iterable[str]:
    return [spec.key for spec in fields_of(part) if spec.need != "optional"] or [spec.key for spec in fields_of(part)][:2]


def _typed(spec: FieldSpec, value: Any) -> Any:
    """Return a value in which dates, numbers and truths are bare, whatever is nested in it."""
    if isinstance(value, dict) and spec.part is not None:
        known = field_map(spec.part)
        return {key: _of_field(known[key], item) if key in known else item for key, item in value.items()}
    return Bare(value) if spec.word in _BARE and isinstance(value, str) and re.fullmatch(r"[\w.-]+", value) else value


def _of_field(spec: FieldSpec, value: Any) -> Any:
    return [_typed(spec, item) for item in value] if isinstance(value, list) else _typed(spec, value)


def _type(spec: FieldSpec) -> str:
    word = "text" if spec.word == "Markdown" else spec.word
    return f"a list ({word})" if spec.many else f"{'an' if word == 'id' else 'a'} {word}"


def allowed(declaration: type[Entry], name: str) -> str:
    """Return in words what a field may hold."""
    spec = find_field(declaration, name).spec
    kind = f"one of {', '.join(choice for choice in spec.choices if choice)}" if spec.choices else _type(spec)
    if spec.ref and spec.ref.kinds:
        kind = f"the id of a {' or '.join(kind.replace('_', ' ') for kind in spec.ref.kinds)}"
    return f"{spec.key} is {kind}: {spec.description}"
