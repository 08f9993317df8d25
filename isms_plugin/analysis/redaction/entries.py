"""Entries as the readers of a profile see them: field by field, with placeholders where a text was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from isms_plugin.analysis.redaction.account import DRAFT, FIELD, NAMED, PLACE, REGISTER, Tally
from isms_plugin.analysis.redaction.people import KNOWN_BY, People
from isms_plugin.analysis.redaction.rules import Rules, catalogued, structural
from isms_plugin.analysis.redaction.secrets import pieces, texts_in
from isms_plugin.analysis.redaction.words import Words
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import FieldSpec, fields_of
from isms_plugin.model.people import Person
from isms_plugin.model.profile import WITHHELD

P = TypeVar("P", bound=BaseModel)
EMPTY: Final = (None, "", ())
_TEXTS: Final = ("text", "Markdown")


@dataclass(slots=True)
class Entries:
    """Makes entries that may be shown, and keeps account of what was withheld."""

    rules: Rules
    people: People
    words: Words
    keeps: Callable[[str], bool]
    """Whether the file at a path is shown."""
    tally: Tally = field(default_factory=Tally)
    withheld: dict[str, frozenset[str]] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)

    def of(self, entry: Entry) -> Entry | None:
        """Return an entry as it may be shown, None where it is not there at all."""
        fate = self.rules.fates.get(entry.id, "gone")
        if fate == "gone":
            self._gone(entry)
            return None
        if catalogued(entry):
            return entry
        names: set[str] = set()
        changed = self._stub(entry, names) if fate == "stub" else self._fields(entry, names)
        if names:
            self.withheld[entry.id] = frozenset(names)
        return entry.model_copy(update=changed) if changed else entry

    def _gone(self, entry: Entry) -> None:
        self.tally.add(entry.KIND.register, "", self._why(entry))
        self.secrets.append(entry.id)
        for spec in fields_of(type(entry)):
            self.secrets += texts_in(spec, getattr(entry, spec.name))

    def _why(self, entry: Entry) -> str:
        """Return why an entry as a whole is withheld."""
        if not self.rules.allows(type(entry)):
            return REGISTER
        return DRAFT if self.rules.unripe(entry) else f"classified {self.rules.of_class(entry)}"

    def _stub(self, entry: Entry, names: set[str]) -> dict[str, Any]:
        """Return what takes the place of the fields of an entry that is only counted."""
        register = entry.KIND.register
        self.tally.add(register, "", self._why(entry))
        kept = {name for name in structural(type(entry)) if name == "status" or self._allows(register, entry, name)}
        changed: dict[str, Any] = {}
        for spec in fields_of(type(entry)):
            value = getattr(entry, spec.name)
            if spec.name not in kept and spec.name != "id":
                self.secrets += texts_in(spec, value)
                changed[spec.name] = WITHHELD if spec.name == "title" else _default(type(entry), spec)
                names |= {spec.name} if value not in EMPTY or spec.need != "optional" else set()
        return changed

    def _allows(self, register: str, entry: Entry, name: str) -> bool:
        spec = next((spec for spec in fields_of(type(entry)) if spec.name == name), None)
        return name == entry.KIND.key or (spec is not None and self.rules.profile.allows_field(register, spec.key))

    def _fields(self, entry: Entry, names: set[str]) -> dict[str, Any]:
        changed: dict[str, Any] = {}
        for spec in fields_of(type(entry)):
            value = getattr(entry, spec.name)
            new = self._field(entry, spec, value, names)
            if new != value:
                changed[spec.name] = new
        return changed

    def _field(self, entry: Entry, spec: FieldSpec, value: Any, names: set[str]) -> Any:
        register = entry.KIND.register
        if isinstance(entry, Person) and entry.id in self.people.placeholders and spec.name in ("title", *KNOWN_BY):
            self.secrets += texts_in(spec, value)
            if spec.name == "title":
                return self.people.placeholders[entry.id]
            names |= {spec.name} if value not in EMPTY else set()
            return _default(type(entry), spec)
        if spec.name not in ("id", "status", entry.KIND.key) and not self.rules.profile.allows_field(register, spec.key):
            return self._withheld(entry, spec, value, names)
        if value in EMPTY or spec.name == "id":
            return value
        new = self.value(spec, value, register, spec.key)
        if new in EMPTY:
            names.add(spec.name)
        return new

    def _withheld(self, entry: Entry, spec: FieldSpec, value: Any, names: set[str]) -> Any:
        if value in EMPTY or value == _default(type(entry), spec):
            names |= {spec.name} if spec.need != "optional" else set()
            return value
        names.add(spec.name)
        self.secrets += texts_in(spec, value)
        self.tally.add(entry.KIND.register, spec.key, FIELD)
        return placeholder(type(entry), spec)

    def value(self, spec: FieldSpec, value: Any, register: str, key: str) -> Any:
        """Return a value without what it names that is withheld; empty where nothing is left."""
        if not spec.many:
            return self._single(spec, value, register, key)
        return tuple(item for item in (self._single(spec, item, register, key) for item in value) if item is not None)

    def _single(self, spec: FieldSpec, value: Any, register: str, key: str) -> Any:
        if value is None:
            return None
        if spec.ref:
            hidden = self.rules.hidden(value)
            self.tally.add(register, key, NAMED, int(hidden))
            return None if hidden else value
        if spec.part is not None:
            return self._part(value, register, key)
        if spec.form == "place":
            return self._place(value, register, key)
        if isinstance(value, str) and not spec.choices:
            return self._text(spec, value, register, key)
        return value

    def _part(self, part: P, register: str, key: str) -> P:
        values = ((spec, getattr(part, spec.name)) for spec in fields_of(type(part)))
        changed = {spec.name: self.value(spec, held, register, key) for spec, held in values if held not in EMPTY}
        return part.model_copy(update={name: new for name, new in changed.items() if new != getattr(part, name)})

    def _place(self, value: str, register: str, key: str) -> str | None:
        away = "://" in value and not value.startswith("file://")
        if (away and self.words.clean(value)) or (not away and self.keeps(value)):
            return value
        self.secrets += pieces(value)
        self.tally.add(register, key, PLACE)
        return None

    def _text(self, spec: FieldSpec, value: str, register: str, key: str) -> str | None:
        if spec.form == "code":
            if self.rules.profile.commits == "none" and spec.name == "commit":
                self.tally.add(register, key, "commits are not for these readers")
                return None
            return value if spec.name != "public_key" else self.words.plain(value)
        new = self.words.markdown(value)
        self.tally.add(register, key, NAMED, int(new != value))
        return new


def placeholder(declaration: type[BaseModel], spec: FieldSpec) -> Any:
    """Return what stands for a withheld value: a word for a text, nothing for everything else."""
    if spec.word in _TEXTS and spec.form in ("", "Markdown") and not spec.ref and not spec.choices and spec.part is None:
        return (WITHHELD,) if spec.many else WITHHELD
    return _default(declaration, spec)


@cache
def _defaults(declaration: type[BaseModel]) -> dict[str, Any]:
    return {name: info.get_default() for name, info in declaration.model_fields.items()}


def _default(declaration: type[BaseModel], spec: FieldSpec) -> Any:
    return _defaults(declaration)[spec.name]


def each(entries: Entries) -> Iterator[tuple[str, Entry]]:
    """Yield every entry that is there, in the order of the sources."""
    for identifier, entry in entries.rules.isms.entries.items():
        shown = entries.of(entry)
        if shown is not None:
            yield identifier, shown
