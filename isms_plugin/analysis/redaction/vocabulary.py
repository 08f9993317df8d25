"""Words that anybody may read: those of the catalogue and of the program's own declarations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from isms_plugin.analysis.redaction.rules import catalogued
from isms_plugin.model.codes import CODES
from isms_plugin.model.control import Clause, Control
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import fields_of
from isms_plugin.model.isms import KINDS, Isms

_SMALL: Final = re.compile(r"(?<![^\W_])[a-z]+(?![^\W_])")


def vocabulary(isms: Isms, *, examples: bool) -> list[str]:
    """Return the texts of the catalogue and of the declarations of the program, where they are shown with the examples of registers."""
    return [*_told(isms), *(kind.KIND.example_text for kind in isms.kinds if examples)]


def ordinary_words(isms: Isms) -> frozenset[str]:
    """Return the words that the program itself writes in small letters: a name of that spelling gives nobody away."""
    return frozenset(word for text in _told(isms) for word in _SMALL.findall(text))


def _told(isms: Isms) -> Iterator[str]:
    yield from _of_catalogue(isms)
    yield from _of_declarations()
    yield from (code.meaning for code in CODES.values())


def _of_catalogue(isms: Isms) -> Iterator[str]:
    for entry in isms.entries.values():
        if catalogued(entry):
            yield f"{entry.id} {entry.name}"
            if isinstance(entry, Clause | Control):
                yield from (f"{item.id} {item.name}" for item in entry.documented_information)
            if isinstance(entry, Control):
                yield from (word for words in _attributes(entry) for word in words)


def _attributes(control: Control) -> Iterator[tuple[str, ...]]:
    yield from (control.control_types, control.security_properties, control.cybersecurity_concepts)
    yield from (control.operational_capabilities, control.security_domains)


def _of_declarations() -> Iterator[str]:
    for declaration in KINDS:
        kind = declaration.KIND
        yield from (kind.title, kind.plural, kind.about, kind.register, kind.group, *(title for _, title in kind.computed))
        yield from _of_fields(declaration)


def _of_fields(declaration: type[Entry]) -> Iterator[str]:
    for spec in fields_of(declaration):
        yield from (spec.key, spec.title, spec.description, spec.back, *spec.choices)
        for inner in fields_of(spec.part) if spec.part else ():
            yield from (inner.key, inner.title, inner.description, *inner.choices)
