"""Words of a finding from a work sheet: the auditor's own, and what was sampled as links where it is registered."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

from isms_plugin.analysis.facts import Facts
from isms_plugin.authoring.sheet_reader import Graded
from isms_plugin.model.evidence import Evidence

_LONGEST: Final = 90
"""Letters of a title."""
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s")


def title_of(found: Graded) -> str:
    """Return the first sentence of the notes, cut between words where it is long; without notes what was graded, and how."""
    paragraph = " ".join(found.item.notes.strip().split("\n\n")[0].split())
    first = _SENTENCE.split(paragraph)[0].removesuffix(".")
    if not first:
        return f"{found.subject.name}: {found.item.grade}"
    if len(first) <= _LONGEST:
        return first
    return first[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + " ..."


def facts_of(found: Graded, registered: Container[str]) -> str:
    """Return the notes as they are, then what was sampled outside of the registers, and who was talked to."""
    item = found.item
    others = [sample for sample in item.samples if sample not in registered]
    parts = [
        item.notes or f"Graded {item.grade}; nothing was noted.",
        f"Sampled: {'; '.join(others)}." if others else "",
        f"Interviewed: {item.interviewed.removesuffix('.')}." if item.interviewed else "",
    ]
    return "\n\n".join(filter(None, parts))


def sampled(facts: Facts, found: Graded) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the entries that were sampled, each once: those that the finding concerns, and evidence."""
    entries = [entry for sample in dict.fromkeys(found.item.samples) if (entry := facts.isms.entries.get(sample))]
    evidence = tuple(entry.id for entry in entries if isinstance(entry, Evidence))
    return tuple(entry.id for entry in entries if entry.id not in evidence), evidence
