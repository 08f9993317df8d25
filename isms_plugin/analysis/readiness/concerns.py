"""Which clauses and entries the findings of a mock audit are about, so that each can be seen where it belongs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.mock_audit import Finding, MockAudit
from isms_plugin.analysis.readiness.table import quoted
from isms_plugin.model.diagnostic import Diagnostic


class Concern(NamedTuple):
    """A finding, and those of its items that are about one clause or entry."""

    finding: Finding
    items: tuple[Diagnostic, ...]


Concerns = Mapping[str, tuple[Concern, ...]]
"""Concerns by the id of what they are about, the gravest first."""


def by_clause(facts: Facts, audit: MockAudit) -> Concerns:
    """Return findings by the clause, or the control, that an auditor would quote."""
    return _grouped((key, finding, item) for finding, item in _items(audit) for key in quoted(facts.isms, finding.check, item))


def by_entry(audit: MockAudit) -> Concerns:
    """Return findings by the entry that they name."""
    return _grouped((item.entry, finding, item) for finding, item in _items(audit) if item.entry)


def merged(*lists: Iterable[Concern]) -> tuple[Concern, ...]:
    """Return concerns of several entries shown together, each finding once, the gravest first."""
    found: dict[tuple[int, str], tuple[Finding, dict[Diagnostic, None]]] = {}
    for concern in (concern for concerns in lists for concern in concerns):
        key = (concern.finding.check.number, concern.finding.code)
        found.setdefault(key, (concern.finding, {}))[1].update(dict.fromkeys(concern.items))
    concerns = (Concern(finding, tuple(sorted(items, key=lambda item: item.order))) for finding, items in found.values())
    return tuple(sorted(concerns, key=lambda concern: -concern.finding.grade))


def _items(audit: MockAudit) -> Iterator[tuple[Finding, Diagnostic]]:
    return ((finding, item) for finding in audit.findings for item in finding.items)


def _grouped(found: Iterable[tuple[str, Finding, Diagnostic]]) -> Concerns:
    groups: dict[str, dict[int, tuple[Finding, list[Diagnostic]]]] = defaultdict(dict)
    for key, finding, item in found:
        groups[key].setdefault(id(finding), (finding, []))[1].append(item)
    return {key: tuple(Concern(finding, tuple(items)) for finding, items in held.values()) for key, held in groups.items()}
