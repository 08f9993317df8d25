"""Surveillance and recertification: what happened since the last audit or the certificate, topic by topic."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.since import AuditTrend, Counted, Since, operational, since, trend
from isms_plugin.analysis.readiness.since_topics import topics
from isms_plugin.analysis.readiness.verdict import WORDS, verdict
from isms_plugin.model.audit import Audit
from isms_plugin.render.addresses import table_page
from isms_plugin.render.cells import day, words
from isms_plugin.render.change_pages import SINCE_AUDIT
from isms_plugin.render.environment import View
from isms_plugin.render.linked_text import linked, told
from isms_plugin.render.page import Page, part
from isms_plugin.render.readiness_findings import PAGES, SHOW_ME
from isms_plugin.render.tables import Row, table

_SHOWN = 8
"""Entries of a topic that are shown at once; of more the rest is folded."""
_NAMED = 3
"""Entries of a register that are named; of more the rest is counted."""


class _Section(NamedTuple):
    """A part of the page under a heading of its own."""

    name: str
    title: str
    html: str


def since_page(view: View, stage: Stage) -> Page:
    """Return what an audit after the first asks: what the checks would raise in short, and every topic since its day."""
    after = since(view.facts, stage)
    sections = list(_sections(view, after))
    if stage is Stage.RECERTIFICATION:
        sections.append(_Section("trend", "Trend of findings", _trend(view, trend(view.facts))))
    shown = (f"## {section.title}\n\n{part(section.name)}" for section in sections)
    return Page(
        uri=PAGES[stage],
        title=stage.title,
        markdown="\n\n".join((f"# {stage.title}", part("head"), *shown)),
        parts={"head": _head(view, stage, after)},
        late={section.name: section.html for section in sections},
        meta={"hide": ["navigation"]},
    )


def _head(view: View, stage: Stage, after: Since) -> str:
    audit = view.audits[stage]
    return view.render(
        "readiness_since.html.jinja", audit=audit, after=after, sentence=verdict(audit), pages=PAGES, show_me=SHOW_ME, stage=stage,
        grades=[(grade, len(audit.graded(grade))) for grade in WORDS], words=WORDS, told=told,
        stage_2=PAGES[Stage.STAGE_2],
    )  # fmt: skip


def _sections(view: View, after: Since) -> Iterator[_Section]:
    for item in topics(view.facts, after):
        html = view.render("readiness_topic.html.jinja", found=item, shown=_SHOWN, changes=SINCE_AUDIT, linked=linked)
        yield _Section(item.topic.name, item.topic.title, html)
    yield _Section("operation", "Operational control", _operation(view, operational(view.facts, after)))


def _operation(view: View, counted: list[Counted]) -> str:
    missed = sum(bool(record.missed) for record in view.facts.promises)
    kept = f"{missed} of {len(view.facts.promises)} promises of documents have a period that was missed."
    rows = [Row(cells=_counted_cells(view, item)) for item in counted]
    shown = table(("Register", "Since then", "Newest"), rows, caption="Operational control", css="isms-table--since")
    return f'<p>What was done in operation, register by register. <a href="isms:promises.md">{escape(kept)}</a></p>{shown}'


def _counted_cells(view: View, item: Counted) -> tuple[str, ...]:
    kind = item.declaration.KIND
    named = " ".join(view.links.to(entry.id, entry.id) for entry in item.entries[:_NAMED])
    none = '<span class="isms-none">nothing registered</span>'
    return (f'<a href="isms:{table_page(item.declaration)}">{escape(kind.plural)}</a>', str(len(item.entries)), named or none)


def _trend(view: View, audits: list[AuditTrend]) -> str:
    if not audits:
        return f'<p class="isms-notice">No audit has ended. <a href="isms:{table_page(Audit)}">Audits</a></p>'
    headings = ("Audit", "Kind", "Ended on", "Major", "Minor", "Opportunity", "Compliant", "Not settled")
    rows = [Row(cells=_trend_cells(view, item)) for item in audits]
    return table(headings, rows, caption="Findings by audit", css="isms-table--trend")


def _trend_cells(view: View, item: AuditTrend) -> tuple[str, ...]:
    audit = item.audit
    counts = (str(item.counts[grade]) for grade in ("major", "minor", "ofi", "compliant"))
    name = f"{view.links.to(audit.id)} {escape(audit.name)}"
    return (name, escape(words(audit.kind or "unknown")), day(audit.ended_on), *counts, str(item.open))
