"""A new entry, begun as a draft: every field that it will need, with what belongs there, and what is known already filled in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from isms_plugin.analysis.completeness import missing_fields
from isms_plugin.analysis.facts import Facts
from isms_plugin.authoring.entry_change import refuse_mistakes
from isms_plugin.authoring.field_change import Change, applied
from isms_plugin.authoring.field_path import changes_of
from isms_plugin.authoring.identifiers import numbered_ids
from isms_plugin.authoring.value_yaml import Bare, field_lines, plain
from isms_plugin.errors import IsmsError
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import FieldSpec, field_map, fields_of
from isms_plugin.model.people import Person
from isms_plugin.sources.registers import NIL

WRITTEN_ELSEWHERE: Final = {
    "approval": "`isms approve` writes approvals",
    "acknowledgement": "`isms ack` writes acknowledgements",
    "link_review": "`isms review` writes reviews of links",
}
"""Kinds that need more than a form to be filled in."""

_NUMBERED: Final = re.compile(r"(?P<prefix>[A-Za-z].*)-[0-9]+")
_YEAR: Final = re.compile(r"-20[0-9]{2}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """An entry as it will be written: its id, its fields in order, and those that even a draft needs and nobody filled."""

    id: str
    values: Mapping[str, Any]
    missing: tuple[str, ...]
    titled: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody asks for: a title, fields as FIELD=VALUE, and names under which the register may know them."""

    title: str = ""
    assignments: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    fixed: Mapping[str, Any] = field(default_factory=dict)
    """Fields that follow from what is begun."""


def begin(facts: Facts, declaration: type[Entry], wish: Wish, taken: Iterable[str], prefix: str = "") -> Begun:
    """Return a new draft of a kind with the next free id; raises IsmsError for values that its declaration does not take.

    `taken` are ids that must not be used again; without a prefix the id begins as most of its kind do.
    """
    kind = declaration.KIND
    if kind.name in WRITTEN_ELSEWHERE:
        raise IsmsError(WRITTEN_ELSEWHERE[kind.name])
    changes = _changes(declaration, wish)
    wanted: dict[str, Any] = {change.name: change.value for change in changes}
    identifier = _keyed(facts, declaration, wanted) if kind.key else _numbered(facts, declaration, taken, prefix)
    values = {**_known(facts, declaration, wish), **wish.fixed, **wanted}
    ordered = {} if kind.key else {"id": identifier}
    ordered |= {spec.key: values[spec.key] for spec in fields_of(declaration) if spec.key in values}
    entry = refuse_mistakes(facts.isms, declaration, identifier, plain(ordered), changes)
    missing = tuple(spec.key for spec in missing_fields(entry))
    return Begun(id=identifier, values=ordered, missing=missing, titled=entry.title or "")


def _changes(declaration: type[Entry], wish: Wish) -> list[Change]:
    made = list[Change]()
    if wish.title:
        key = next(spec.key for spec in fields_of(declaration) if spec.name == "title")
        made += changes_of(declaration, "set", key, wish.title)
    for assignment in wish.assignments:
        name, sign, value = assignment.partition("=")
        if not sign:
            raise IsmsError(f"--set {assignment}: write FIELD=VALUE")
        made += changes_of(declaration, "set", name, value)
    data: dict[str, Any] = {}
    for change in made:
        data = applied(data, change)
        if change.name == "id":
            raise IsmsError("id: the next free one is taken; `isms rename` changes it")
    return made


def _keyed(facts: Facts, declaration: type[Entry], wanted: Mapping[str, Any]) -> str:
    """Return the id of a kind whose ids are made of a field."""
    kind = declaration.KIND
    value = wanted.get(kind.key)
    if not value:
        raise IsmsError(f"a {kind.title.lower()} goes by its {kind.key}; say which with --set {kind.key}=...")
    identifier = f"{kind.prefix}-{value}"
    if identifier in facts.isms.entries:
        place = facts.isms.place(facts.isms.entries[identifier])
        raise IsmsError(f"{kind.key} {value}: is at {place.path}:{place.line} already; change it there, or with `isms set {identifier}`")
    return identifier


def _numbered(facts: Facts, declaration: type[Entry], taken: Iterable[str], prefix: str) -> str:
    # an id that a row goes by without having one shows no prefix
    own = [entry.id for entry in facts.isms.of(declaration) if facts.isms.place(entry).pointer[-1:] != (NIL,)]
    wanted = prefix or prefix_in_use(own, facts.today) or declaration.KIND.prefix
    return next(numbered_ids(wanted, {*taken, *facts.isms.entries}))


def prefix_in_use(ids: Sequence[str], today: date) -> str:
    """Return what most numbered ids begin with, the year in it brought up to date; empty where none is numbered."""
    prefixes = Counter(_YEAR.sub("-", match["prefix"]) for name in ids if (match := _NUMBERED.fullmatch(name)))
    if not prefixes:
        return ""
    prefix = prefixes.most_common(1)[0][0]
    return f"{prefix}{today.year}" if prefix.endswith("-") else prefix


def _known(facts: Facts, declaration: type[Entry], wish: Wish) -> dict[str, Any]:
    """Return what is known without being asked: a draft, begun today, by somebody whom the register knows."""
    specs = field_map(declaration)
    known: dict[str, Any] = {"status": "draft"} if "status" in specs else {}
    if specs["created"].word == "date":
        known["created"] = Bare(facts.today.isoformat())
    person = next((person for person in facts.isms.of(Person) if wish.names and person.known_as(*wish.names)), None)
    if person is not None and specs["owner"].ref and specs["owner"].need != "optional" and person.active(facts.today):
        known["owner"] = person.id
    return known


def form_lines(declaration: type[Entry], values: Mapping[str, Any], more: Iterable[str] = ()) -> list[str]:
    """Return an entry as lines of YAML in declared order: what is known, and an empty field with its meaning for what will be needed.

    `more` are keys of fields that are shown although they may stay empty.
    """
    lines, shown = list[str](), set(more)
    specs = {"id": None, **field_map(declaration)} if "id" in values else field_map(declaration)
    for key, spec in specs.items():
        if key in values:
            lines += field_lines(key, values[key])
        elif spec is not None and (spec.need in ("always", "in force") or key in shown) and key != "id":
            lines.append(_open(spec))
    return lines


def _open(spec: FieldSpec) -> str:
    """Return the line of a field that is still to be filled in."""
    hint = spec.description if not spec.choices else f"{spec.description} One of: {', '.join(filter(None, spec.choices))}."
    name = field_lines(spec.key, "x")[0].removesuffix("x")
    return f"{name}[]  # {hint}" if spec.many else f"{name.rstrip()}  # {hint}"
