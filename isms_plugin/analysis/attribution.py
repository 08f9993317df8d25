"""Who changed what between two states, when, and which approval put the outcome in force."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from isms_plugin.analysis.changes import Changes, EntryChange, InForce
from isms_plugin.analysis.documents.approvals import Issue, Standing
from isms_plugin.model.approval import ISSUES, Approval, decision_order
from isms_plugin.model.document import Document
from isms_plugin.model.history import Completeness, History, Revision
from isms_plugin.model.state import EntryState, State

Commits = Mapping[str, tuple[Revision, ...]]
"""The commits that changed an entry, by its id, newest first."""


def attributed(
    found: Changes, new: State, *, commits: Commits, uncommitted: Collection[str], standings: Mapping[str, Standing], history: History
) -> Changes:
    """Return the changes with their commits and, for documents, the approvals in force in the newer state."""
    records = decisions(new)

    def told(change: EntryChange) -> EntryChange:
        document = change.kind == Document.KIND.name and change.change != "removed"
        return replace(
            change,
            commits=commits.get(change.id, ()),
            uncommitted=change.id in uncommitted,
            approval=in_force(new.entries[change.id], records.get(change.id, ()), standings.get(change.id)) if document else None,
        )

    groups = tuple(replace(group, changes=tuple(map(told, group.changes))) for group in found.groups)
    return replace(found, groups=groups, gap=_gap(history))


def _gap(history: History) -> str:
    if history.completeness is Completeness.COMPLETE:
        return ""
    shallow = history.completeness is Completeness.SHALLOW
    return "the clone is shallow, so older commits, their authors and days may be missing" if shallow else history.reason


def in_force(document: EntryState, records: Iterable[EntryState], standing: Standing | None) -> InForce | None:
    """Return the approval of a document that was in force in a state, none where a later record had withdrawn it.

    `records` are the `decisions` of that state on the document. Whether one counts, and at which level, is as judged
    today: `standing` has all texts that the history holds.
    """
    counted = dict(_counted(standing)) if standing else {}
    current: EntryState | None = None
    for record in records:
        if record.data.get("decision") == "withdrawn":
            current = None
        elif record.id in counted or (standing is None and record.data.get("content_hash") == document.text):
            current = record
    if current is None:
        return None
    issue = counted.get(current.id)
    return InForce(
        record=current.id,
        person=str(current.data.get("person", "")),
        day=str(current.data.get("decided_on", "")),
        level=issue.level if issue else None,
        same_text=current.data.get("content_hash") == document.text,
    )


def _counted(standing: Standing) -> Iterator[tuple[str, Issue]]:
    """Every record that put a text in force or kept it there, with what it led to."""
    for issue in standing.issues:
        for record in (issue.approval, *issue.reviews):
            yield record.id, issue


def decisions(state: State) -> dict[str, list[EntryState]]:
    """Return the records that put a text in force or took it out, by document, in the order of their days."""
    found: dict[str, list[EntryState]] = {}
    for entry in state.entries.values():
        data = entry.data
        if entry.kind == Approval.KIND.name and data.get("status") == "active" and data.get("decision") in (*ISSUES, "withdrawn"):
            found.setdefault(str(data.get("document", "")), []).append(entry)
    for records in found.values():
        records.sort(key=_order)
    return found


def _order(record: EntryState) -> tuple[str, tuple[int, ...], int, str]:
    return decision_order(str(record.data.get("decided_on", "")), str(record.data.get("version", "")), record.id)
