"""What stands above the risk register: heat maps, what the colours mean, and the risks that top management should know."""

from __future__ import annotations

from collections.abc import Sequence

from isms_plugin.analysis.risk.acceptance import acceptance_state
from isms_plugin.analysis.risk.profile import MOMENTS, Moment, Rated, by_level, by_method, cells, rated
from isms_plugin.model.risk_method import PRODUCT, RiskMethod
from isms_plugin.render.environment import View
from isms_plugin.render.risk_blocks import acceptance_words, bands_table, limits_words
from isms_plugin.render.risk_levels import TITLES, level_mark, risk_map
from isms_plugin.render.tables import Row, table

_TOP = 5


def risk_summary(view: View) -> str:
    """Return heat maps for each method in use, the risks in their cells, bands and limits, and the largest risks."""
    groups = by_method(rated(view.facts.isms))
    if not groups:
        return ""
    return view.render(
        "risk_summary.html.jinja",
        groups=[_group(view, method, risks) for method, risks in groups],
        top=_top(view, by_level(view.facts.isms)[:_TOP]),
        unrated=[item.risk for _, risks in groups for item in risks if item.level is None or item.residual_level is None],
    )


def _group(view: View, method: RiskMethod, risks: Sequence[Rated]) -> dict[str, object]:
    shown = [moment for moment in MOMENTS if moment != "inherent" or cells(risks, moment)]
    return {
        "method": None if method is PRODUCT else method,
        "maps": [(TITLES[moment], _counted(risks, moment), risk_map(method, risks, moment, _name(method, moment))) for moment in shown],
        "cells": _cells(view, method, risks, shown),
        "bands": bands_table(method),
        "limits": limits_words(method),
    }


def _name(method: RiskMethod, moment: Moment) -> str:
    return f"heat-{moment}-{''.join(letter if letter.isalnum() else '-' for letter in method.id)}"


def _counted(risks: Sequence[Rated], moment: Moment) -> str:
    count = sum(len(found) for found in cells(risks, moment).values())
    return f"{count} of {len(risks)} risks" if count < len(risks) else f"{count} risk{'' if count == 1 else 's'}"


def _cells(view: View, method: RiskMethod, risks: Sequence[Rated], moments: Sequence[Moment]) -> str:
    """Return the same as a table: which risks lie in which cell at which moment, the highest level first."""
    found = {moment: cells(risks, moment) for moment in moments}
    pairs = sorted({pair for held in found.values() for pair in held}, key=lambda pair: (-(method.level(*pair) or 0), -pair[1], pair))
    rows = [
        Row(
            cells=(
                f"{likelihood} &times; {consequence}",
                level_mark(method, method.level(likelihood, consequence)),
                *(" ".join(view.links.to(item.risk.id) for item in found[moment].get((likelihood, consequence), ())) for moment in moments),
            )
        )
        for likelihood, consequence in pairs
    ]
    headings = ("Likelihood x consequence", "Level", *(TITLES[moment] for moment in moments))
    return table(headings, rows, caption="Risks by cell", css="isms-table--cells")


def _top(view: View, items: Sequence[Rated]) -> str:
    today = view.facts.today
    rows = [
        Row(
            cells=(
                view.links.to(item.risk.id),
                view.prose.inline(item.risk.name),
                level_mark(item.method, item.level),
                level_mark(item.method, item.residual_level),
                view.links.to(item.risk.owner) if item.risk.owner else "",
                acceptance_words(item, acceptance_state(item, today)),
            )
        )
        for item in items
    ]
    return table(("Id", "Risk", "Today", "After treatment", "Owner", "Acceptance"), rows, caption="Largest risks", css="isms-table--top")
