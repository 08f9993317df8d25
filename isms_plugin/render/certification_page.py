"""What blocks the certificate, what is open beside that, and the days that count: one page for the way to the certificate."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final, NamedTuple

from isms_plugin.analysis.calendar.schedule import DueItem
from isms_plugin.analysis.corrective_action.certification import Blocker, certification_view
from isms_plugin.analysis.corrective_action.escalation import effective_grade
from isms_plugin.analysis.corrective_action.finding import OF_THE_BODY, FindingState, finding_state, findings_behind
from isms_plugin.analysis.corrective_action.state import actions_of
from isms_plugin.model.audit import Audit, AuditFinding
from isms_plugin.model.certification import Certification
from isms_plugin.model.improvement import BodyFinding, Nonconformity
from isms_plugin.render.addresses import table_page
from isms_plugin.render.cells import chip, day, words
from isms_plugin.render.corrective_action_blocks import Proof, finding_mark, proofs
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, part
from isms_plugin.render.tables import Row, table

CERTIFICATION: Final = "certification.md"


class Card(NamedTuple):
    """A finding that blocks the certificate, with what an auditor asks about it."""

    entry: Nonconformity | AuditFinding
    grade: str
    why: str
    findings: list[AuditFinding]
    body: BodyFinding | None
    proofs: list[Proof]

    @property
    def cause(self) -> str:
        """The root cause, empty while it is unknown."""
        return (self.entry.cause or "") if isinstance(self.entry, Nonconformity) else ""

    @property
    def chained(self) -> bool:
        """Whether there is a chain of corrective action to look at."""
        return isinstance(self.entry, Nonconformity)


def certification_page(view: View) -> Page:
    """Return what blocks the certificate, the application or certificate with its days, and every other open finding."""
    found = certification_view(view.facts)
    certifications = [entry for entry in view.facts.isms.of(Certification) if not entry.retired and not entry.closed]
    return Page(
        uri=CERTIFICATION,
        title="Certification",
        markdown=f"# Certification\n\n{part('blocked')}\n\n{part('certificate')}\n\n{part('days')}\n\n"
        f"## Open, blocking nothing\n\n{part('others')}\n\n## Declined\n\n{part('declined')}",
        parts={
            "blocked": view.render(
                "certification.html.jinja", found=found, cards=[_card(view, item) for item in (*found.majors, *found.minors)]
            ),
            "certificate": view.render("certificate.html.jinja", certifications=certifications, register=table_page(Certification)),
        },
        late={
            "days": _days(view),
            "others": _others(view, found.others),
            "declined": view.render("declined.html.jinja", findings=list(_declined(view))),
        },
        meta={"hide": ["navigation", "toc"]},
    )


def certification_summary(view: View) -> str:
    """Return in a sentence what blocks the certificate, for the registers of findings and nonconformities."""
    return view.render("certification_summary.html.jinja", found=certification_view(view.facts))


def _card(view: View, item: Blocker) -> Card:
    isms, trace, entry = view.facts.isms, view.facts.trace, item.entry
    if isinstance(entry, AuditFinding):
        return Card(entry, entry.grade or "", item.why, [], None, proofs(view, entry))
    findings = findings_behind(isms, trace, entry)
    return Card(
        entry=entry,
        grade=effective_grade(isms, trace, entry, view.facts.today) or "",
        why=item.why,
        findings=findings,
        body=entry.certification_body,
        proofs=proofs(view, *findings, entry, *actions_of(isms, entry)),
    )


def _days(view: View) -> str:
    """Return the days of the certificate as a table: audits of the body, answers to it, and the end of the certificate."""
    rows = [Row(cells=_due_cells(view, item)) for item in view.facts.schedule if _of_certificate(item)]
    if not rows:
        return '<p class="isms-none">No day is known: no audit of the certification body is planned, and no answer is due.</p>'
    return table(("Day", "What", "Entry", "Title", "Owner"), rows, caption="Days of the certificate", css="isms-table--due")


def _of_certificate(item: DueItem) -> bool:
    if isinstance(item.entry, Audit):
        return item.entry.kind in OF_THE_BODY
    answer = isinstance(item.entry, Nonconformity) and item.pointer[0] == "certification_body"
    return answer or isinstance(item.entry, Certification)


def _due_cells(view: View, item: DueItem) -> tuple[str, ...]:
    mark = ' <span class="isms-chip isms-chip--major">overdue</span>' if item.state == "overdue" else ""
    owner = view.links.to(item.owner.id) if item.owner else '<span class="isms-missing">nobody</span>'
    return (day(item.day) + mark, escape(item.what), view.links.to(item.entry.id), escape(item.entry.name), owner)


def _others(view: View, items: tuple[Blocker, ...]) -> str:
    if not items:
        return '<p class="isms-notice isms-notice--good">Nothing else is open.</p>'
    rows = [
        Row(cells=(view.links.to(item.entry.id), escape(item.entry.name), _grade(item), _source(view, item), escape(item.why)))
        for item in items
    ]
    return table(("Entry", "Title", "Grade", "Source", "What is open"), rows, caption="Open, blocking nothing", css="isms-table--open")


def _grade(item: Blocker) -> str:
    return chip(item.entry.grade) if item.entry.grade else '<span class="isms-missing">missing</span>'


def _source(view: View, item: Blocker) -> str:
    if isinstance(item.entry, Nonconformity):
        return escape(words(item.entry.source or ""))
    return view.links.to(item.entry.audit) if item.entry.audit else ""


def _declined(view: View) -> Iterator[tuple[AuditFinding, str]]:
    """Yield the opportunities that were declined, each with its state as a mark."""
    for finding in view.facts.isms.of(AuditFinding):
        if not finding.retired and finding_state(view.facts.isms, view.facts.trace, finding) is FindingState.DECLINED:
            yield finding, finding_mark(view, finding)
