"""What can be lifted from a text into its control data: only what stands there once, and can mean one thing alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from isms_plugin.authoring.start.change_table import History, written_history, written_version
from isms_plugin.authoring.start.labelled_values import Found, labelled_values, plain, tables
from isms_plugin.authoring.start.marked_lines import control_lines, title_heading
from isms_plugin.authoring.start.readings import Reading, Unread, controls_of, interval_of, kind_in, kind_of, level_of
from isms_plugin.authoring.start.written_days import written_day
from isms_plugin.model.entry import ID_PATTERN
from isms_plugin.model.version import order

TOLD: Final = ("owner", "approver", "status", "author", "updated", "date", "review_date")
"""What is shown to a person and put into no field by its reading alone: names have to be known first, the rest says too little."""


class Lifted(NamedTuple):
    """One value for the control data, and what it was made of."""

    field: str
    value: Any
    found: str
    line: int


class Refused(NamedTuple):
    """Something that was found and not lifted, with the reason."""

    field: str
    found: str
    line: int
    why: str


@dataclass(slots=True)
class Lifting:
    """Everything that one text says of itself."""

    values: dict[str, Lifted] = field(default_factory=dict)
    told: list[Found] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    history: History = field(default_factory=History)


def lift(body: str, first_line: int, known: Sequence[Found] = (), controls: frozenset[str] = frozenset()) -> Lifting:
    """Return what a text says of itself; `known` is what its front matter says under other names, `controls` are the ids there are."""
    lines = control_lines(body, first_line)
    lifting = Lifting(history=written_history(tables(lines)))
    by_concept: dict[str, list[Found]] = {}
    for item in (*known, *labelled_values(lines)):
        by_concept.setdefault(item.concept, []).append(item)
    for concept, items in by_concept.items():
        if concept in TOLD:
            lifting.told += items
        elif concept != "note":
            _read(lifting, concept, items, {**_READERS, "controls": lambda text: controls_of(text, controls)})
    _title(lifting, body, first_line)
    _kind(lifting)
    _history(lifting)
    return lifting


def _read(lifting: Lifting, concept: str, items: Sequence[Found], readers: Mapping[str, Callable[[str], Reading]]) -> None:
    """Take a value that can be read and that nothing in the same text contradicts."""
    readings = [(item, readers[concept](item.value)) for item in items]
    for item, reading in readings:
        if isinstance(reading, Unread):
            lifting.refused.append(Refused(concept, f"{item.label}: {item.value}", item.line, reading.why))
    read = [(item, reading) for item, reading in readings if not isinstance(reading, Unread)]
    if len({str(reading) for _, reading in read}) > 1:
        lines = ", ".join(str(item.line) for item, _ in read)
        for item, _ in read:
            lifting.refused.append(Refused(concept, f"{item.label}: {item.value}", item.line, f"lines {lines} contradict each other"))
    elif read and len(read) == len(readings):
        item, value = read[0]
        lifting.values[concept] = Lifted(concept, value, f"{item.label}: {item.value}", item.line)
    else:
        lifting.refused += [
            Refused(concept, f"{item.label}: {item.value}", item.line, "another line says something else") for item, _ in read
        ]


def _title(lifting: Lifting, body: str, first_line: int) -> None:
    heading = title_heading(body, first_line)
    if "title" not in lifting.values and heading is not None and plain(heading.text):
        lifting.values["title"] = Lifted("title", plain(heading.text), f"# {heading.text}", heading.number)


def _kind(lifting: Lifting) -> None:
    """Take the kind of a document from its title, where the title names one alone."""
    title = lifting.values.get("title")
    if title is None or "kind" in lifting.values or any(item.field == "kind" for item in lifting.refused):
        return
    kinds = {kind for word in re.findall(r"\w+", title.value) if (kind := kind_in(word))}
    if len(kinds) == 1:
        lifting.values["kind"] = Lifted("kind", kinds.pop(), title.found, title.line)


def _history(lifting: Lifting) -> None:
    """Hold the version against the history, which may be all that tells it."""
    changes = lifting.history.changes
    lifting.refused += [Refused("changes", "history", line, why) for line, why in lifting.history.unread]
    if not changes:
        return
    newest = max(changes, key=lambda change: order(change.version))
    named = lifting.values.get("version")
    if named is None:
        if not any(item.field == "version" for item in lifting.refused):
            lifting.values["version"] = Lifted("version", newest.version, "newest in the history", newest.line)
    elif order(named.value) != order(newest.version):
        del lifting.values["version"]
        why = f"line {newest.line} has version {newest.version} as the newest"
        lifting.refused.append(Refused("version", named.found, named.line, why))


def _day(text: str) -> Reading:
    day, why = written_day(text)
    return day or Unread(why)


def _version(text: str) -> Reading:
    return written_version(text) or Unread("is no version number")


def _identifier(text: str) -> Reading:
    return text if re.fullmatch(ID_PATTERN, text) else Unread("is no id: letters, then - or ., then digits")


_READERS: Final[Mapping[str, Callable[[str], Reading]]] = {
    "title": lambda text: text,
    "id": _identifier,
    "version": _version,
    "kind": kind_of,
    "effective_from": _day,
    "approved_on": _day,
    "next_review": _day,
    "review_interval": interval_of,
    "classification": level_of,
}
