"""What pages ask of the facts, noted while they are made: so that a page is made again only when an answer has changed.

The facts that pages get look like the real ones and note each question: an entry by its id, whether an id is there, a whole register.
Nothing is told of what a page depends on, so nothing can be forgotten. These are the verifying traces of Mokhov, Mitchell and
Peyton Jones, *Build Systems à la Carte* (2018).
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final, Literal, TypeVar, cast

from isms_plugin.analysis.calendar.occasions import Occasions
from isms_plugin.analysis.chain import Chains
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.trace import Relation, Trace
from isms_plugin.model.diagnostic import Place
from isms_plugin.model.history import History
from isms_plugin.model.isms import Isms

T = TypeVar("T")
Way = tuple[str, ...]

_OPENED: Final = (Facts, Isms, Trace, Chains, History, Occasions)
"""What is asked piece by piece; of everything else a page is taken to have read the whole."""
_PLAIN: Final = (str, Relation, Place)
"""What looks the same once it is equal: words, and what is made of words and whole numbers."""
_GONE: Final = object()


Part = Literal["field", "item", "has", "whole", "of"]
Question = tuple[Way, Part, Any]
"""What was asked: the way to what holds the answer, and which part of it."""


def answer(holder: Any, part: Part, key: Any) -> Any:
    """Return what the holder at the end of the way of a question says now."""
    match part:
        case "field":
            return getattr(holder, key)
        case "item":
            return holder.get(key, _GONE)
        case "has":
            return key in holder
        case "of":
            return tuple(holder.of(key))
        case _:
            return holder


class Notes:
    """Notes the questions of one page at a time, by their numbers."""

    def __init__(self) -> None:
        self.questions: dict[Question, int] = {}
        self.asked: set[int] | None = None

    def ask(self, way: Way, part: Part, key: Any = None) -> None:
        """Note a question, while a page is made."""
        if self.asked is not None:
            self.asked.add(self.questions.setdefault((way, part, key), len(self.questions)))


def watched(value: T, way: Way, notes: Notes) -> T:
    """Return a value that notes what is asked of it; one that nobody asks piece by piece stays as it is."""
    if isinstance(value, _OPENED):
        declaration: Any = type(value)
        made: Any = object.__new__(_watching(declaration))
        opened = {name: watched(getattr(value, name), (*way, name), notes) for name in _names(declaration)}
        made.__dict__.update(
            isms_real=value,
            isms_way=way,
            isms_notes=notes,
            isms_opened={name: held for name, held in opened.items() if held is not getattr(value, name)},
        )
        return cast("T", made)
    if isinstance(value, Mapping):
        return cast("T", _WatchedMapping(value, way, notes))
    return cast("T", _WatchedSet(value, way, notes)) if isinstance(value, frozenset) else value


@cache
def _watching(declaration: Any) -> type[Any]:
    """Return a class like the given one whose fields note that they were read; a changed copy of it is one of the given class."""
    members: dict[str, Any] = {name: _noting(name) for name in _names(declaration)}
    members["__new__"] = lambda _, **values: declaration(**values)
    if declaration is Isms:
        members["of"] = _of
    return type(declaration.__name__, (declaration,), members)


def _noting(name: str) -> property:
    def read(self: Any) -> Any:
        if name in self.isms_opened:
            return self.isms_opened[name]
        self.isms_notes.ask(self.isms_way, "field", name)
        return getattr(self.isms_real, name)

    return property(read)


def _of(self: Any, declaration: type[Any]) -> Iterator[Any]:
    self.isms_notes.ask(self.isms_way, "of", declaration)
    return cast("Iterator[Any]", self.isms_real.of(declaration))


class _WatchedMapping(Mapping[Any, Any]):
    __slots__ = ("notes", "real", "way")

    def __init__(self, real: Mapping[Any, Any], way: Way, notes: Notes) -> None:
        self.real, self.way, self.notes = real, way, notes

    def __getitem__(self, key: Any) -> Any:
        self.notes.ask(self.way, "item", key)
        return self.real[key]

    def get(self, key: Any, default: Any = None) -> Any:
        self.notes.ask(self.way, "item", key)
        return self.real.get(key, default)

    def __contains__(self, key: object) -> bool:
        self.notes.ask(self.way, "has", key)
        return key in self.real

    def _whole(self) -> Mapping[Any, Any]:
        self.notes.ask(self.way, "whole")
        return self.real

    def __iter__(self) -> Iterator[Any]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def keys(self) -> KeysView[Any]:
        return self._whole().keys()

    def values(self) -> ValuesView[Any]:
        return self._whole().values()

    def items(self) -> ItemsView[Any, Any]:
        return self._whole().items()


class _WatchedSet(AbstractSet[Any]):
    __slots__ = ("notes", "real", "way")

    def __init__(self, real: AbstractSet[Any], way: Way, notes: Notes) -> None:
        self.real, self.way, self.notes = real, way, notes

    def __contains__(self, key: object) -> bool:
        self.notes.ask(self.way, "has", key)
        return key in self.real

    def __iter__(self) -> Iterator[Any]:
        self.notes.ask(self.way, "whole")
        return iter(self.real)

    def __len__(self) -> int:
        self.notes.ask(self.way, "whole")
        return len(self.real)


def same(one: Any, other: Any) -> bool:
    """Whether two answers look the same on a page: equal, of one type, in one order, with one offset from UTC."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, _PLAIN):
        return bool(one == other)
    if isinstance(one, Mapping):
        return list(one) == list(other) and all(map(same, one.values(), other.values()))
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, datetime):
        return bool(one == other and one.utcoffset() == other.utcoffset())
    if is_dataclass(one):
        declaration: Any = type(one)
        return all(same(getattr(one, name), getattr(other, name)) for name in _names(declaration))
    # fields of entries have one type each, so equal values are written alike
    return bool(one == other)


@cache
def _names(declaration: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(declaration) if field.init)
