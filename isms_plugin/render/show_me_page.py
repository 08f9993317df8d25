"""The *show me* list: what auditors ask to be shown, where each thing can be demonstrated, and by whom."""

from __future__ import annotations

from typing import Final

from isms_plugin.analysis.readiness.show_me import Demonstration, beside, show_me
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, part
from isms_plugin.render.readiness_findings import PAGES, SHOW_ME

_NAMED: Final = 3
"""Entries that are named for one question or register; of more the rest is counted."""


def show_me_page(view: View) -> Page:
    """Return every trail with its questions, and the applicable controls beside them."""
    trails, others = show_me(view.facts), beside(view.facts)
    sections = (f"## {item.trail.title}\n\n{part(f'trail-{item.trail.name}')}" for item in trails)
    rest = f"## Other controls\n\n{part('others')}" if others else ""
    return Page(
        uri=SHOW_ME,
        title="Show me",
        markdown="\n\n".join(("# Show me", part("head"), *sections, rest)).rstrip(),
        parts={
            "head": view.render("readiness_show_me.html.jinja", pages=PAGES, period=view.facts.settings.period(view.facts.today)),
            **{f"trail-{item.trail.name}": _trail(view, item) for item in trails},
        },
        late={"others": view.render("readiness_others.html.jinja", rows=others, named=_NAMED)} if others else {},
        meta={"hide": ["navigation"]},
    )


def _trail(view: View, item: Demonstration) -> str:
    return view.render("readiness_trail.html.jinja", item=item, named=_NAMED)
