"""The pack on the page of a management review: what the registers say beside what the review found, decisions, sign-off (clause 9.3)."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from markupsafe import Markup

from isms_plugin.analysis.management_review.moment import Line, lines
from isms_plugin.analysis.management_review.pack import Carried, Pack, SignOff, next_review, pack_of, reviews, sign_off_of
from isms_plugin.model.entry import ID_PATTERN, Entry
from isms_plugin.model.management_review import ManagementReview
from isms_plugin.render.environment import View
from isms_plugin.render.tables import Row, table

IN_PACK: Final = frozenset(
    (
        "owner", "planned", "held_on", "period_from", "period_to", "chair", "attendees", "inputs", "decisions", "resources", "conclusion",
        "note", "minutes", "approved_by", "approved_on", "approved_state",
    )
)  # fmt: skip
"""Fields that the pack shows."""

REVIEW_COLUMNS: Final = ("State", "Minutes")
"""Titles of the columns that depend on the day."""

_TOLD: Final = re.compile(rf"\b(?:([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})|({ID_PATTERN}))\b")
_NAMED: Final = 4
"""Entries of one line up to which their names are told beside their ids."""
_SIGNED: Final[dict[SignOff, str]] = {
    "not held": "none", "not signed": "partly", "signed": "approved", "state not recorded": "draft", "changed since": "not_met",
}  # fmt: skip
"""What the state of minutes looks like."""


def review_block(view: View, entry: Entry) -> str:
    """Return the pack of a review as HTML; empty for one that is retired."""
    if not isinstance(entry, ManagementReview) or entry.retired:
        return ""
    pack = pack_of(view.facts, entry)
    return view.render(
        "management_review.html.jinja",
        pack=pack,
        review=entry,
        state=review_mark(view, entry),
        signed=signed_mark(pack.sign_off),
        sections=[(section, lines(section.found.items)) for section in pack.sections],
        line=lambda found: _line(view, found),
        told=lambda words: told(view, words),
        decisions=_decisions(view, pack),
    )


def review_cells(view: View, entry: Entry) -> tuple[str, ...]:
    """Return state and sign-off of a review as cells."""
    if not isinstance(entry, ManagementReview) or entry.retired:
        return ("", "")
    return review_mark(view, entry), signed_mark(sign_off_of(view.facts.isms.whole_of(entry)))


def review_mark(view: View, review: ManagementReview) -> str:
    """Return whether a review was held, is planned, or is late, as a mark."""
    if review.held_on:
        return '<span class="isms-chip isms-chip--met">held</span>'
    if review.planned and review.planned < view.facts.today:
        return '<span class="isms-chip isms-chip--not_met">overdue</span>'
    if review is next_review(reviews(view.facts.isms)):
        return '<span class="isms-chip isms-chip--planned">next</span>'
    return '<span class="isms-chip isms-chip--planned">planned</span>'


def signed_mark(state: SignOff) -> str:
    """Return where the minutes stand as a mark."""
    return f'<span class="isms-chip isms-chip--{_SIGNED[state]}">{state}</span>'


def _line(view: View, found: Line) -> str:
    """Return entries and what is told of them; many are told by their ids alone."""
    if len(found.entries) > _NAMED:
        named = ", ".join(view.links.to(entry.id) for entry in found.entries)
    else:
        named = ", ".join(_named(view, entry) for entry in found.entries)
    late = ' <span class="isms-chip isms-chip--major">late</span>' if found.late else ""
    return f"{named}: <span>{told(view, found.words)}</span>{late}"


def told(view: View, words: str) -> Markup:
    """Return words as HTML: ids of entries lead to them, and no date is broken."""
    return Markup(_TOLD.sub(lambda match: _marked(view, match), escape(words, quote=False)))  # noqa: S704 - escaped before


def _marked(view: View, match: re.Match[str]) -> str:
    if match[1]:
        return f"<time>{match[1]}</time>"
    return view.links.to(match[2]) if match[2] in view.facts.isms.entries else match[2]


def _named(view: View, entry: Entry) -> str:
    shown = view.links.to(entry.id)
    return shown if view.links.label(entry) == entry.name else f"{shown} {escape(view.name(entry))}"


def _decisions(view: View, pack: Pack) -> str:
    if not pack.decisions:
        return ""
    rows = [Row(cells=_decision(view, item)) for item in pack.decisions]
    title = f"Decisions of {pack.review.id}, with their actions as of {view.facts.today}"
    return table(("Decision", "Action", "Who", "Where it stands today"), rows, caption=title, css="isms-table--decisions")


def _decision(view: View, item: Carried) -> tuple[str, ...]:
    action = item.action
    late = ' <span class="isms-chip isms-chip--major">overdue</span>' if item.late else ""
    words = told(view, item.words) if action else f'<span class="isms-missing">{item.words}</span>'
    named = view.links.to(item.decision.action) if item.decision.action else ""
    owner = view.links.to(action.owner) if action and action.owner else ""
    return escape(item.decision.text or ""), named, owner, f"{words}{late}"
