"""Faults of reading that the readers of a profile may know of: those of fields that they see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from isms_plugin.analysis.redaction.places import Places
from isms_plugin.analysis.redaction.rules import Rules
from isms_plugin.analysis.redaction.words import Words
from isms_plugin.model.diagnostic import Diagnostic


def told_faults(rules: Rules, words: Words, places: Places) -> tuple[Diagnostic, ...]:
    """Return the faults of values of fields that are shown; all others would tell of what is not."""
    return tuple(_told(rules, words, places))


def _told(rules: Rules, words: Words, places: Places) -> Iterator[Diagnostic]:
    isms = rules.isms
    for fault in isms.faults:
        entry = isms.entries.get(fault.entry)
        known = isms.places.get(fault.entry)
        if entry is None or known is None or fault.place.path != known.path or not rules.shown(entry.id):
            continue
        keys = fault.place.pointer[len(known.pointer) :][:1]
        if keys and rules.profile.allows_field(entry.KIND.register, str(keys[0])):
            place = fault.place if places.place(entry.id).path == known.path else places.place(entry.id)
            yield replace(fault, message=words.plain(fault.message), hint=words.plain(fault.hint), place=place)
