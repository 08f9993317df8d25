"""History as tables: what was put in force, by whom and how that is proven; and every revision in git."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from isms_plugin.analysis.documents.approvals import LEVELS, Issue, Standing
from isms_plugin.model.approval import Approval
from isms_plugin.model.history import Revision
from isms_plugin.model.people import Person
from isms_plugin.model.profile import WITHHELD
from isms_plugin.render.cells import day, words
from isms_plugin.render.environment import View
from isms_plugin.render.tables import Row, table
from isms_plugin.render.version_pages import difference_uri


def history_table(view: View, path: str, caption: str) -> str:
    """Return the revisions of a file, newest first; what is unknown is said, never invented."""
    history = view.facts.history
    note = f'<p class="isms-notice">{escape(view.history_note)}</p>' if view.history_note else ""
    if path in history.uncommitted:
        note += '<p class="isms-notice">The text shown differs from the last commit: an uncontrolled draft.</p>'
    revisions = history.of(path)
    if not revisions:
        return note or '<p class="isms-notice">No revision: this file was never committed.</p>'
    rows = [Row(cells=_cells(revision)) for revision in revisions]
    headings = ("Date", "Version", "Author", "What changed", "Commit")
    return note + table(headings, rows, caption=caption, css="isms-table--history")


def _cells(revision: Revision) -> tuple[str, ...]:
    moved = f" <small>({revision.change}: {escape(revision.path)})</small>" if revision.change in ("renamed", "deleted") else ""
    return (
        f'<time datetime="{revision.date.isoformat()}">{revision.date.date().isoformat()}</time>',
        escape(revision.version) or "<small>none</small>",
        escape(revision.author),
        escape(revision.summary) + moved,
        f"<code>{revision.short}</code>",
    )


def issues_table(view: View, standing: Standing, uris: Mapping[str, str]) -> str:
    """Return every decision on a document, newest first: who wrote and who decided, why, and how that is proven."""
    if view.facts.profile and not view.facts.profile.allows_register(Approval.KIND.register):
        return '<p class="isms-notice">Approvals are withheld.</p>'
    rows = [Row(cells=cells) for cells in _Versions(view, standing, uris).rows()]
    if not rows:
        return '<p class="isms-notice">No version was ever issued: no approval is on record, and no change note names one.</p>'
    headings = ("Version", "Date", "Author", "Decided by", "What changed", "Proof")
    return table(headings, rows, caption=f"Versions of {standing.document.id}", css="isms-table--versions")


@dataclass(frozen=True, slots=True)
class _Versions:
    """Makes the rows: the draft, the records, and versions that only change notes name."""

    view: View
    standing: Standing
    uris: Mapping[str, str]

    def rows(self) -> Iterator[tuple[str, ...]]:
        """All rows, newest first."""
        document = self.standing.document
        issues = {issue.approval.id: issue for issue in self.standing.issues}
        if "draft" in self.uris:
            version = f'<a href="isms:{self.uris["draft"]}">{escape(document.version or "draft")} <small>(draft)</small></a>'
            yield version, "", "", "", self._note(document.version, self.uris.get("difference", "")), "<small>Not approved</small>"
        for record in self.standing.records:
            yield self._issue(record, issues[record.id]) if record.id in issues else self._other(record)
        recorded = {record.version for record in self.standing.records}
        for change in document.changes:
            if change.version not in recorded and not ("draft" in self.uris and change.version == document.version):
                author = self.view.links.to(change.by) if change.by else "<small>unknown</small>"
                yield escape(change.version or ""), day(change.on), author, "", escape(change.note or ""), "<small>No record</small>"

    def _issue(self, record: Approval, issue: Issue) -> tuple[str, ...]:
        uri = self.uris.get(record.id, "")
        in_force = issue is self.standing.current and self.standing.state != "withdrawn"
        version = escape(issue.version) + (" <small>(in force)</small>" if in_force else "")
        compared = difference_uri(self.view, self.standing, record.content_hash or "") if uri else ""
        return (
            f'<a href="isms:{uri}">{version}</a>' if uri else version,
            day(record.decided_on),
            self._authors(issue) or self._without("unknown", untold=self._uncommitted),
            self.view.links.to(record.person or ""),
            self._note(issue.version, compared),
            f"{self._record(record)}<br><small>{issue.level}: {LEVELS[issue.level]}</small>",
        )

    def _other(self, record: Approval) -> tuple[str, ...]:
        """Return the row of a review, refusal or withdrawal, or of a record that does not count."""
        counts = record.decision != "approved" and record not in self.standing.unbound
        word = words(record.decision or "") if counts else "does not count"
        remarks = self.view.prose.inline(record.note) if record.note else ""
        version = f"{escape(record.version or '')} <small>({escape(word)})</small>"
        return version, day(record.decided_on), "", self.view.links.to(record.person or ""), remarks, self._record(record)

    @property
    def _uncommitted(self) -> bool:
        profile = self.view.facts.profile
        return profile is not None and profile.commits == "none"

    @staticmethod
    def _without(words: str, *, untold: bool) -> str:
        """Return what stands for nothing: that there is nothing, or that it is withheld."""
        return f"<small>{WITHHELD if untold else words}</small>"

    def _authors(self, issue: Issue) -> str:
        """Return the one whom the change note names, then those whose commits wrote it, people of the register as links."""
        people = list(self.view.facts.isms.of(Person))
        noted = (change.by for change in self.standing.document.changes if change.version == issue.version and change.by)
        found = dict.fromkeys(map(self.view.links.to, noted))
        for revision in issue.written:
            person = next((person for person in people if person.known_as(revision.author, revision.email)), None)
            found[self.view.links.to(person.id) if person else escape(revision.author)] = None
        return ", ".join(found)

    def _record(self, record: Approval) -> str:
        reference = f"<br>{escape(record.reference)}" if record.reference else ""
        return self.view.links.to(record.id, words(record.method or "record")) + reference

    def _note(self, version: str | None, compared: str) -> str:
        changes = (change.note for change in self.standing.document.changes if change.version == version and change.note)
        notes = "<br>".join(self.view.prose.inline(note) for note in changes) or self._without(
            "no change note", untold="changes" in self.view.facts.isms.withheld_from(self.standing.document)
        )
        return notes + (f'<br><a href="isms:{compared}">difference</a>' if compared else "")
