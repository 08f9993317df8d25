"""Findings made of a filled-in work sheet: what was graded, with the auditor's words; nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from isms_plugin.analysis.audits.programme import reached
from isms_plugin.analysis.facts import Facts
from isms_plugin.authoring.finding_words import facts_of, sampled, title_of
from isms_plugin.authoring.identifiers import numbered_ids
from isms_plugin.authoring.register_additions import additions
from isms_plugin.authoring.sheet_reader import Graded, SheetReader
from isms_plugin.model.audit import Audit, AuditFinding
from isms_plugin.model.table import folded
from isms_plugin.model.work_sheet import NO_OCCASION, NOT_LOOKED_AT, Mistake, SheetItem, WorkSheet
from isms_plugin.sources.snapshot import Snapshot

_FIELDS: Final = ("id", "title", "owner", "audit", "requirement", "grade", "facts", "found_on", "concerns", "evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What becomes of a sheet: new findings, what is to be told of it, or mistakes because of which nothing is to be written."""

    findings: tuple[AuditFinding, ...] = ()
    told: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The findings as rows of their register."""
        return [{name: getattr(finding, name) for name in _FIELDS} for finding in self.findings]


def import_findings(facts: Facts, sheet: WorkSheet, audit: Audit, owner: str) -> Outcome:
    """Return the findings that a sheet makes of an audit; `owner` answers for each. What is on record already is left out and told."""
    reader = SheetReader(facts, audit, sheet)
    graded, mistakes = [], list(sheet.mistakes)
    for item in sheet.items:
        if item.grade in (NOT_LOOKED_AT, NO_OCCASION):
            continue
        found = reader.read(item)
        if isinstance(found, Graded):
            graded.append(found)
        else:
            mistakes += found
    if mistakes:
        return Outcome(mistakes=tuple(sorted(mistakes, key=lambda mistake: (mistake.place.line, mistake.place.column))))
    known = _OnRecord(facts, audit)
    findings = tuple(_findings(facts, audit, owner, [found for found in graded if known.new(found)]))
    told = (*_about(facts, sheet), *reader.told, *known.told, *_left_out(sheet.items), *_uncovered(facts, audit, graded))
    return Outcome(findings=findings, told=told)


def finding_files(outcome: Outcome, snapshot: Snapshot, registers: str) -> dict[str, bytes]:
    """Return the files of the register with the findings added; raises IsmsError where one cannot take them."""
    return additions(snapshot, registers, AuditFinding, outcome.rows)


class _OnRecord:
    """The findings of an audit by what they are about: the same words about the same thing are the same finding."""

    def __init__(self, facts: Facts, audit: Audit) -> None:
        self.told: list[str] = []
        self._registered = facts.isms.entries.keys()
        self._found: dict[str, dict[str, str]] = {}
        for finding in facts.isms.of(AuditFinding):
            if finding.audit == audit.id:
                self._found.setdefault(finding.requirement or "", {})[folded(finding.facts or "")] = finding.id

    def new(self, found: Graded) -> bool:
        """Whether a finding is not on record; it is from now on."""
        name = found.subject.id
        others = self._found.setdefault(name, {})
        words = folded(facts_of(found, self._registered))
        if words in others:
            self.told.append(f"{name}: is on record already as {others[words]}" if others[words] else f"{name}: stands twice in the sheet")
            return False
        recorded = [identifier for identifier in others.values() if identifier]
        if recorded:
            self.told.append(f"{name}: {', '.join(recorded)} of the same audit says something else about it; both stay")
        others[words] = ""
        return True


def _findings(facts: Facts, audit: Audit, owner: str, graded: Iterable[Graded]) -> Iterator[AuditFinding]:
    # an id that a baseline held stays taken, whatever became of its entry
    taken = chain(facts.isms.entries, *(former.entries for former in facts.history.former))
    numbers = numbered_ids(AuditFinding.KIND.prefix, taken)
    for found, identifier in zip(graded, numbers, strict=False):
        concerns, evidence = sampled(facts, found)
        values: Mapping[str, Any] = {
            "id": identifier,
            "title": title_of(found),
            "owner": owner or audit.owner,
            "audit": audit.id,
            "requirement": found.subject.id,
            "grade": found.item.grade,
            "facts": facts_of(found, facts.isms.entries.keys()),
            "found_on": found.day,
            "concerns": concerns,
            "evidence": evidence,
        }
        yield AuditFinding.model_validate(values)


def _about(facts: Facts, sheet: WorkSheet) -> Iterator[str]:
    """Yield of which state of the ISMS the sheet was made, where it is not this one."""
    head = facts.history.head
    if sheet.commit and head and sheet.commit != head:
        day = f" of {sheet.as_of}" if sheet.as_of else ""
        yield f"the sheet was made of commit {sheet.commit[:10]}{day}; what is read here is {head[:10]}"


def _left_out(items: Iterable[SheetItem]) -> Iterator[str]:
    """Yield what was written about things that are no finding."""
    items = list(items)
    waiting = [item.id for item in items if item.grade == NO_OCCASION]
    noted = [item.id for item in items if item.grade == NOT_LOOKED_AT and (item.notes or item.samples or item.interviewed)]
    if waiting:
        yield f"no occasion yet, which is no grade of a finding: {', '.join(waiting)}"
    if noted:
        yield f"something is written about it, but it has no grade: {', '.join(noted)}"


def _uncovered(facts: Facts, audit: Audit, graded: Iterable[Graded]) -> Iterator[str]:
    """Yield what was looked at without the audit naming it."""
    covered = reached(facts.isms, audit.covered)
    missing = list(dict.fromkeys(found.subject.id for found in graded if found.subject.id not in covered))
    if missing:
        yield f"graded, and not in `covered` of {audit.id}: {', '.join(missing)}"
