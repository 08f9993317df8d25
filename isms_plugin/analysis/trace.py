"""Relations between entries: stored once, walked both ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import NamedTuple

from isms_plugin.analysis.mentions import Mention, mentions
from isms_plugin.model.diagnostic import Diagnostic, Place, Pointer
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import FieldSpec, prose_of, references_of
from isms_plugin.model.isms import Isms

MENTIONS = "Mentions"
MENTIONED = "Mentioned in"


class Relation(NamedTuple):
    """A relation as the entry that stores it sees it (`label`) and as the other one does (`back`)."""

    source: str
    target: str
    label: str
    back: str
    kind: str
    """Kind of the source."""
    field: str
    """Field it is stored in, empty for prose."""


@dataclass(frozen=True, slots=True)
class Trace:
    """All relations, by the entry that stores them and by the entry they lead to."""

    outgoing: Mapping[str, tuple[Relation, ...]] = field(default_factory=dict)
    incoming: Mapping[str, tuple[Relation, ...]] = field(default_factory=dict)

    def sources(self, target: str, declaration: type[Entry], field: str) -> list[str]:
        """Ids of the entries of a kind that name a target in a field, in the order of the sources."""
        kind = declaration.KIND.name
        return [relation.source for relation in self.incoming.get(target, ()) if relation.field == field and relation.kind == kind]


@dataclass(slots=True)
class _Found:
    relations: list[Relation] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def trace(isms: Isms) -> tuple[Trace, list[Diagnostic]]:
    """Follow every reference of every entry; those that lead nowhere, or to the wrong thing, are reported."""
    resolver = _Resolver(isms)
    found = _Found()
    for entry in isms.entries.values():
        _fields(entry, resolver, found)
        if isms.place(entry).path:
            _prose(entry, resolver, found)
    for text in isms.pages.values():
        for mention in mentions(text.body, text.first_line):
            resolver.mentioned("", mention, Place(text.path, mention.line, mention.column), found)
    return _both_ways(found.relations), found.diagnostics


def _fields(entry: Entry, resolver: _Resolver, found: _Found) -> None:
    source, kind, entries = entry.id, entry.KIND, resolver.isms.entries
    for spec, identifier, pointer, named in references_of(entry):
        target = entries.get(identifier)
        if target is None:
            resolver.resolve(identifier, entry, resolver.isms.place(entry).at(*pointer), found)
            continue
        resolver.check(target, entry, spec, pointer, found)
        back = named or f"{kind.plural} ({spec.title.lower()})"
        found.relations.append(Relation(source, identifier, spec.title, back, kind.name, spec.name))


def _prose(entry: Entry, resolver: _Resolver, found: _Found) -> None:
    for spec, text in prose_of(entry):
        for mention in mentions(text):
            resolver.mentioned(entry.id, mention, resolver.isms.place(entry).at(spec.key), found)
    text_of = resolver.isms.texts.get(entry.id)
    if text_of is not None:
        for mention in mentions(text_of.body, text_of.first_line):
            resolver.mentioned(entry.id, mention, Place(text_of.path, mention.line, mention.column), found)


def _both_ways(relations: Iterable[Relation]) -> Trace:
    """Sort relations, which come source by source, by both of their ends."""
    outgoing: dict[str, list[Relation]] = defaultdict(list)
    incoming: dict[str, list[Relation]] = defaultdict(list)
    source, named = "", set[str]()
    for relation in relations:
        if relation.source != source:
            source, named = relation.source, set()
        if relation.field == "" and relation.target in named:
            continue  # a field says it already, or prose said it before
        named.add(relation.target)
        outgoing[relation.source].append(relation)
        incoming[relation.target].append(relation)
    return Trace(
        {key: tuple(found) for key, found in outgoing.items()},
        {key: tuple(found) for key, found in incoming.items()},
    )


class _Resolver:
    """Finds what an id stands for, and says what is wrong where it stands for nothing."""

    def __init__(self, isms: Isms) -> None:
        self.isms = isms
        self.folded = {identifier.lower(): identifier for identifier in isms.entries}
        prefixes = {declaration.KIND.prefix for declaration in isms.kinds} | {_prefix(identifier) for identifier in isms.entries}
        self.prefixes = {prefix.lower() for prefix in prefixes if prefix}
        self.near: dict[str, str] = {}
        """What was meant by ids that lead nowhere, each looked for once among all."""

    def resolve(self, identifier: str, source: Entry | None, place: Place, found: _Found) -> Entry | None:
        """Return the entry of that id; otherwise a diagnostic."""
        entry = self.isms.entries.get(identifier)
        if entry is None:
            found.diagnostics.append(self._missing(identifier, source.id if source else "", place))
        return entry

    def check(self, target: Entry, source: Entry, spec: FieldSpec, pointer: Pointer, found: _Found) -> None:
        """Report a target of the wrong kind, or one that is no longer in force."""
        kinds = spec.ref.kinds if spec.ref else ()
        if kinds and target.KIND.name not in kinds:
            expected = " or ".join(kind.replace("_", " ") for kind in kinds)
            found.diagnostics.append(
                Diagnostic(
                    code="wrong-kind",
                    message=f"{spec.key}: {target.id} is a {target.KIND.title.lower()}, not a {expected}",
                    hint=f"name a {expected}",
                    entry=source.id,
                    place=self.isms.place(source).at(*pointer),
                )
            )
        elif target.retired and not source.retired and not source.KIND.historical and spec.name != "supersedes":
            found.diagnostics.append(_retired(target, source.id, self.isms.place(source).at(*pointer)))

    def mentioned(self, source: str, mention: Mention, place: Place, found: _Found) -> None:
        """Take up an id named in prose. Brackets around words that look like no id of this ISMS are just brackets."""
        if mention.old:
            found.diagnostics.append(self._old(mention.target, source, place))
            return
        if _prefix(mention.target).lower() not in self.prefixes and not mention.target[0].isdigit():
            return
        holder = self.isms.entries.get(source)
        target = self.resolve(mention.target, holder, place, found)
        if target is None:
            return
        if holder is not None and holder.id != target.id:
            found.relations.append(Relation(source, target.id, MENTIONS, MENTIONED, holder.KIND.name, ""))
        if target.retired and not (holder and holder.retired):
            found.diagnostics.append(_retired(target, source, place))

    def _missing(self, identifier: str, source: str, place: Place) -> Diagnostic:
        folded = self.folded.get(identifier.lower())
        if folded:
            return Diagnostic(
                code="case-of-id", message=f"{identifier} is written {folded}", hint=f"write {folded}", entry=source, place=place
            )
        if identifier in self.isms.standard.successors:
            return self._old(identifier, source, place)
        if identifier not in self.near:
            self.near[identifier] = next(iter(get_close_matches(identifier.upper(), self.isms.entries, n=1, cutoff=0.8)), "")
        near = self.near[identifier]
        hint = f"did you mean {near}?" if near else "register it, or name something that is registered"
        return Diagnostic(code="unknown-reference", message=f"{identifier} does not exist", hint=hint, entry=source, place=place)

    def _old(self, identifier: str, source: str, place: Place) -> Diagnostic:
        successors = self.isms.standard.successors.get(identifier, ())
        hint = f"since 2022 it is {' and '.join(successors)}" if successors else "the 2013 edition had no such control either"
        return Diagnostic(
            code="control-2013", message=f"{identifier} is a control number of the 2013 edition", hint=hint, entry=source, place=place
        )


def _retired(target: Entry, source: str, place: Place) -> Diagnostic:
    return Diagnostic(
        code="retired-reference",
        message=f"{target.id} is {target.status}",
        hint="refer to what took its place",
        entry=source,
        place=place,
    )


def _prefix(identifier: str) -> str:
    for position, letter in enumerate(identifier):
        if letter in "-.":
            return identifier[: position + 1] if letter == "." else identifier[:position]
    return ""


def related(isms: Isms, relations: Iterable[Relation], *, incoming: bool) -> Iterator[tuple[str, list[Entry]]]:
    """Relations grouped by what this side calls them, each with the entries on the other side."""
    groups: dict[str, dict[str, Entry]] = {}
    for relation in relations:
        label, other = (relation.back, relation.source) if incoming else (relation.label, relation.target)
        groups.setdefault(label, {})[other] = isms.entries[other]
    for label, entries in groups.items():
        yield label, list(entries.values())
