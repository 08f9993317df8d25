"""What an auditor would object to in evidence: files, dates, samples, gaps and what is in them (clauses 7.5.3 and 8.1)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date, timedelta

from isms_plugin.analysis.evidence.coverage import EvidenceCoverage, gaps
from isms_plugin.analysis.evidence.state import EvidenceStanding, State
from isms_plugin.analysis.soa.statement import SoaRow
from isms_plugin.model.control import Clause, Control
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.entry import Entry, KeptFile
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.history import Completeness, History, Revision
from isms_plugin.model.isms import Isms

_NAMED = 3
"""Findings in a file that a message names; the rest is counted."""


def check_kept_files(isms: Isms) -> Iterator[Diagnostic]:
    """Report kept files that are missing, lie outside, or are not those that were registered."""
    for entry in isms.entries.values():
        if entry.kept_file is not None:
            yield from _kept_file(isms, entry, entry.kept_file)


def check_evidence(
    isms: Isms,
    history: History,
    soa: Iterable[SoaRow],
    standings: Mapping[str, EvidenceStanding],
    coverage: Iterable[EvidenceCoverage],
    today: date,
    lag: int,
) -> Iterator[Diagnostic]:
    """Report evidence with impossible dates or samples, what has expired or is missing, and what files should not hold.

    `lag` is the days that may lie between the day evidence was taken and the commit that brought it in.
    """
    rows = list(soa)
    needed = _needed(rows)
    begun = _beginning(history)
    for evidence in isms.of(Evidence):
        if evidence.retired:
            continue
        yield from _dates(isms, evidence, today)
        yield from _sample(isms, evidence)
        yield from _exposed(isms, evidence)
        if evidence.living:
            yield from _expired(isms, evidence, standings[evidence.id], needed)
            yield from _unhashed(isms, evidence)
            yield from _brought_in(isms, history, evidence, begun, lag)
    yield from _gaps(isms, coverage, {row.control.id for row in rows if row.decision and not row.decision.included})


def first_commit(history: History, evidence: Evidence) -> Revision | None:
    """Return the commit that brought in the file of a piece of evidence; None where the history does not reach back so far."""
    if history.completeness is not Completeness.COMPLETE or evidence.kept_file is None:
        return None
    revisions = history.of(evidence.kept_file.path)
    return min(revisions, key=lambda revision: revision.date, default=None)


def _kept_file(isms: Isms, entry: Entry, kept: KeptFile) -> Iterator[Diagnostic]:
    found = isms.digests.get(kept.path)
    if found is None:
        outside = posixpath.normpath(kept.path).startswith(("/", ".."))
        yield Diagnostic(
            code="link-outside" if outside else "missing-file",
            message=f"{entry.id}: {kept.path} {'leaves the repository' if outside else 'is not in the repository'}",
            hint="name the path below the top of the repository, or the address in another system",
            entry=entry.id,
            place=isms.place(entry).at(kept.field),
        )
    elif kept.sha256 and kept.sha256 != found:
        pointer = " by its pointer of Git LFS" if kept.path in isms.lfs else ""
        yield Diagnostic(
            code="evidence-changed",
            message=f"{entry.id}: {kept.path} has SHA-256 {found}{pointer}, recorded is {kept.sha256}",
            hint="restore the file, or register what is there now as new evidence",
            entry=entry.id,
            place=isms.place(entry).at("sha256"),
        )


def _told(isms: Isms, evidence: Evidence, field: str, code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code=code, message=f"{evidence.id}: {message}", hint=hint, entry=evidence.id, place=isms.place(evidence).at(field))


def _dates(isms: Isms, evidence: Evidence, today: date) -> Iterator[Diagnostic]:
    first, last, taken, valid = evidence.period_from, evidence.period_to, evidence.taken_on, evidence.valid_to
    wrong = [
        ("period_from", first and last and first > last, f"it covers days from {first} to {last}, which ends before it begins"),
        ("taken_on", taken and last and taken < last, f"it was taken on {taken} and speaks of days up to {last}"),
        ("taken_on", taken and taken > today, f"it was taken on {taken}, which is still to come on {today}"),
        ("period_from", first and first > today, f"it covers days from {first}, which is still to come on {today}"),
        ("valid_to", valid and first and valid < first, f"it is valid to {valid} and covers days from {first}"),
    ]
    for field, applies, message in wrong:
        if applies:
            yield _told(isms, evidence, field, "evidence-date", message, "correct the day; evidence speaks of days that are past")
            return


def _sample(isms: Isms, evidence: Evidence) -> Iterator[Diagnostic]:
    population, sample = evidence.population, evidence.sample
    if sample is None:
        return
    if population is None and evidence.living:
        message = f"{sample} were looked at, and nothing says out of how many"
        yield _told(isms, evidence, "sample", "evidence-sample", message, "add `population`, the number there were in the period")
    elif population is not None and sample > population:
        message = f"{sample} were looked at out of {population}"
        yield _told(
            isms, evidence, "sample", "evidence-sample", message, "a sample is no larger than its population; correct one of the two"
        )


def _exposed(isms: Isms, evidence: Evidence) -> Iterator[Diagnostic]:
    kept = evidence.kept_file
    found = isms.exposures.get(kept.path, ()) if kept else ()
    if not kept or not found or evidence.findings_accepted:
        return
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    message = f"{kept.path} seems to hold what it should not: {'; '.join(map(str, found[:_NAMED]))}{more}"
    hint = "end or change the secret, take it out and register the file anew; or say in `findings_accepted` why it may stay"
    yield _told(isms, evidence, "at", "evidence-secret", message, hint)


def _needed(soa: Iterable[SoaRow]) -> dict[str, str]:
    """Return the controls that are included and implemented, by every id under which evidence names them."""
    found: dict[str, str] = {}
    for row in soa:
        if row.decision and row.decision.included and row.decision.implemented:
            found |= {row.control.id: row.control.id, row.decision.id: row.control.id}
    return found


def _expired(isms: Isms, evidence: Evidence, standing: EvidenceStanding, needed: Mapping[str, str]) -> Iterator[Diagnostic]:
    controls = list(dict.fromkeys(needed[target] for target in standing.unfollowed if target in needed))
    if standing.state is State.EXPIRED and controls:
        message = f"it no longer proves {', '.join(controls)}: {standing.reason}"
        field = "valid_to" if evidence.valid_to else "period_to"
        yield _told(isms, evidence, field, "evidence-expired", message, "take new evidence, as `isms evidence request` says")


def _unhashed(isms: Isms, evidence: Evidence) -> Iterator[Diagnostic]:
    kept = evidence.kept_file
    if kept and not kept.sha256 and kept.path in isms.digests:
        message = f"{kept.path} has no recorded SHA-256, so nothing shows that it stayed as it was"
        yield _told(isms, evidence, "at", "evidence-unhashed", message, f"add `sha256: {isms.digests[kept.path]}`")


def _beginning(history: History) -> date | None:
    """Return the day from which on the history can prove anything: that of its oldest known commit."""
    return min((found[-1].date.date() for found in history.revisions.values() if found), default=None)


def _brought_in(isms: Isms, history: History, evidence: Evidence, begun: date | None, lag: int) -> Iterator[Diagnostic]:
    """Report evidence that came into the repository before it was taken, or long after; older than the repository it may be."""
    first, taken = first_commit(history, evidence), evidence.taken_on
    if first is None or taken is None or begun is None:
        return
    committed = first.date.date()
    if committed < taken:
        message = f"it was taken on {taken}, but the file is in the repository since {committed} ({first.short})"
        yield _told(isms, evidence, "taken_on", "evidence-backdated", message, "correct the day, or say in the note what happened")
    elif committed - max(taken, begun) > timedelta(days=lag):
        message = f"it was taken on {taken}, but the file came in on {committed} ({first.short}), {(committed - taken).days} days later"
        hint = f"commit evidence within {lag} days (`evidence_lag`), so that nobody can say it was made up later"
        yield _told(isms, evidence, "taken_on", "evidence-backdated", message, hint)


def _gaps(isms: Isms, coverage: Iterable[EvidenceCoverage], excluded: Set[str]) -> Iterator[Diagnostic]:
    """Report gaps in what clauses and controls are proved by; those of other entries stand on the page of the coverage."""
    asked = [item for item in coverage if isinstance(isms.entries[item.target], Clause | Control) and item.target not in excluded]
    for (newest, _, missing), items in gaps(asked).items():
        message = f"{', '.join(item.target for item in items)}: {items[0].sentence}"
        hint = f"find what shows {', '.join(missing)}, or say honestly that there is nothing and what follows from it"
        yield _told(isms, newest, "every", "evidence-gap", message, hint)
