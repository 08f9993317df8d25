"""What a change touches: the entries that it changes, and those one relation away from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from isms_plugin.analysis.changes import EntryChange
from isms_plugin.analysis.facts import Facts
from isms_plugin.model.control import Clause, Control, ControlDecision
from isms_plugin.model.document import Document, Promise
from isms_plugin.model.entry import Entry
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.people import Person
from isms_plugin.model.risk import Risk

PROMISES: Final = "promises"

_FIRST: Final[tuple[type[Entry], ...]] = (Control, Clause, Risk, ControlDecision, Evidence)
"""What reviewers ask for first; promises follow, then all other kinds."""


class Touched(NamedTuple):
    """An entry that is touched: by what was done to it, else by the entries that changed and are related to it."""

    id: str
    title: str
    change: str = ""
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchedGroup:
    """All of one kind: what changed itself, and what is one relation away from something that changed."""

    kind: str
    one: str
    """What one entry of it is called."""
    title: str
    direct: tuple[Touched, ...] = ()
    related: tuple[Touched, ...] = ()


def touched(found: Iterable[EntryChange], old: Facts, new: Facts) -> tuple[TouchedGroup, ...]:
    """Return everything that is touched by kind; records that prove other entries and people are left out, since all belong to some."""
    changed = _changed(found, old, new)
    related = _related(changed, old, new)
    entries: dict[str, Entry] = {**old.isms.entries, **new.isms.entries}
    groups = {group.kind: group for group in _groups(changed, related, entries)}
    ordered = [declaration.KIND.name for declaration in _FIRST]
    promised = _promises(changed, old, new)
    names = [*(name for name in ordered if name in groups), *(name for name in groups if name not in ordered)]
    after = sum(name in groups for name in ordered)
    found_groups = [groups[name] for name in names]
    return (*found_groups[:after], *([promised] if promised.direct or promised.related else ()), *found_groups[after:])


def _changed(found: Iterable[EntryChange], old: Facts, new: Facts) -> dict[str, str]:
    """Return what was done to each entry by its id; what is decided on a control is done to the control as well."""
    changed: dict[str, str] = {}
    for item in found:
        changed[item.id] = item.change
        for facts in (old, new):
            entry = facts.isms.entries.get(item.id)
            if entry is not None and entry.KIND.page == "shared":
                target = getattr(entry, entry.KIND.key)
                if target in facts.isms.entries:
                    changed.setdefault(target, "decision changed")
    return changed


def _related(changed: Mapping[str, str], old: Facts, new: Facts) -> dict[str, tuple[str, ...]]:
    """Return the entries one relation away, before or after, each with those that changed."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for name in changed:
        for trace in (old.trace, new.trace):
            others = [relation.target for relation in trace.outgoing.get(name, ())]
            others += [relation.source for relation in trace.incoming.get(name, ())]
            for other in others:
                if other and other not in changed:
                    found[other][name] = None
    return {name: tuple(via) for name, via in found.items()}


def _groups(changed: Mapping[str, str], related: Mapping[str, tuple[str, ...]], entries: Mapping[str, Entry]) -> Iterator[TouchedGroup]:
    direct: dict[type[Entry], list[Touched]] = defaultdict(list)
    near: dict[type[Entry], list[Touched]] = defaultdict(list)
    for name, entry in entries.items():  # the order of the sources
        if name in changed:
            direct[type(entry)].append(Touched(name, entry.name, change=changed[name]))
        elif name in related:
            near[type(entry)].append(Touched(name, entry.name, via=related[name]))
    kinds = {declaration.KIND.name: declaration.KIND for declaration in (*direct, *near)}
    for name, kind in kinds.items():
        if kind.record or name == Person.KIND.name:
            continue
        both = [tuple(item for key, items in held.items() if key.KIND.name == name for item in items) for held in (direct, near)]
        yield TouchedGroup(kind=name, one=kind.title, title=kind.plural, direct=both[0], related=both[1])


def _promises(changed: Mapping[str, str], old: Facts, new: Facts) -> TouchedGroup:
    """Return the promises of documents that changed, and those about something that did."""
    direct: list[Touched] = []
    near: list[Touched] = []
    documents = {document.id: document for facts in (old, new) for document in facts.isms.of(Document)}
    for document in documents.values():
        before = _held(old, document.id)
        after = _held(new, document.id)
        for words, promise in (before | after).items():
            state = "" if (words in before) == (words in after) else "added" if words in after else "removed"
            if document.id in changed:
                direct.append(Touched(document.id, words, change=state or "in a document that changed"))
            elif promise.about and promise.about in changed:
                near.append(Touched(document.id, words, via=(promise.about,)))
    return TouchedGroup(kind=PROMISES, one="Promise", title="Promises", direct=tuple(direct), related=tuple(near))


def _held(facts: Facts, name: str) -> dict[str, Promise]:
    document = facts.isms.get(Document, name)
    return {_words(promise): promise for promise in document.promises} if document and not document.retired else {}


def _words(promise: Promise) -> str:
    about = f" ({promise.about})" if promise.about else ""
    often = (promise.every or "unknown").replace("_", " ")
    return f"{promise.what or '?'}{about}, each {often}, in {promise.register_name or '?'}"
