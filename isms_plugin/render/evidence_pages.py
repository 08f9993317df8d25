"""Evidence as readers see it: its state in tables and on its own page, and the coverage of the audited period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from isms_plugin.analysis.evidence.checks import first_commit
from isms_plugin.analysis.evidence.coverage import CoveredPeriod, EvidenceCoverage
from isms_plugin.analysis.evidence.state import State
from isms_plugin.model.entry import Entry
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.fields import field_map
from isms_plugin.render.addresses import ROWS_PER_PAGE, folder, table_page
from isms_plugin.render.cells import day, plain_value, words
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, SiteFile, part
from isms_plugin.render.tables import Row, csv_file, table

COVERAGE: Final = f"{folder(Evidence)}/coverage.md"
COVERAGE_CSV: Final = f"{folder(Evidence)}/coverage.csv"
STATES_CSV: Final = f"{folder(Evidence)}/states.csv"
SHOWN_IN_BLOCK: Final = frozenset(("at", "sha256", "taken_on", "held_by"))
"""Fields that the block on the page of a piece of evidence shows."""
STATE_COLUMNS: Final = ("State", "File")

_MARKS: Final = {"covered": "✓", "missing": "✗ none", "open": "not over"}
_SHOWN: Final = 26
"""Periods that fit side by side; of more, such as weeks, only the missing ones are named."""


def state_chip(word: str) -> str:
    """Return a state as a mark; the word carries the meaning."""
    return f'<span class="isms-chip isms-chip--{escape(word.replace(" ", "-"))}">{escape(word)}</span>'


def state_cells(view: View, entry: Entry) -> tuple[str, ...]:
    """Return the cells of the columns that say where a piece of evidence stands."""
    standing = view.facts.evidence[entry.id]
    return (
        f'<span title="{escape(standing.reason)}">{state_chip(standing.state.value)}</span>',
        f'<span title="{escape(standing.checked)}">{escape(standing.check.value)}</span>',
    )


def evidence_block(view: View, entry: Entry) -> str:
    """Return where a piece of evidence stands, whether its file is the registered one, and when it came into the repository."""
    assert isinstance(entry, Evidence)  # noqa: S101 - for the type checker; the table of blocks goes by kind
    return view.render(
        "evidence.html.jinja",
        evidence=entry,
        standing=view.facts.evidence[entry.id],
        chip=state_chip,
        first=first_commit(view.facts.history, entry),
        lfs=entry.at in view.facts.isms.lfs,
        where=view.cells.html(field_map(Evidence)["at"], entry.at),
        coverage=[item for item in view.facts.evidence_coverage if any(other.id == entry.id for other in item.evidence)],
    )


def evidence_summary(view: View) -> str:
    """Return how many pieces of evidence are in each state, with a link to the coverage."""
    return view.render("evidence_summary.html.jinja", counts=_counts(view), chip=state_chip, coverage=COVERAGE)


def control_evidence(view: View, control: str, identifiers: Sequence[str]) -> str:
    """Return the evidence of a control with the state of each piece, and its coverage; empty where there is none."""
    entries = [view.facts.isms.get(Evidence, identifier) for identifier in identifiers]
    return view.render(
        "control_evidence.html.jinja",
        items=[(entry, view.facts.evidence[entry.id]) for entry in entries if entry is not None],
        chip=state_chip,
        coverage=[item for item in view.facts.evidence_coverage if item.target == control],
    )


def evidence_coverage_page(view: View) -> Page:
    """Return for every proved entry and cadence the periods with and without evidence, and all evidence by state."""
    coverage = view.facts.evidence_coverage
    markdown = f"# Evidence coverage\n\n{part('summary')}"
    late = {"states": _by_state(view)}
    if coverage:
        markdown += f"\n\n## By control and period\n\n{part('periods')}"
        late["periods"] = "".join(_grid(view, every, items) for every, items in _by_cadence(coverage))
    return Page(
        uri=COVERAGE,
        title="Evidence coverage",
        markdown=f"{markdown}\n\n## By state\n\n{part('states')}",
        parts={
            "summary": view.render(
                "evidence_coverage.html.jinja",
                counts=_counts(view),
                chip=state_chip,
                gaps=_gaps(coverage),
                coverage=coverage,
                register=table_page(Evidence),
                audited=view.facts.settings.period(view.facts.today),
            )
        },
        late=late,
        meta={"hide": ["navigation", "toc"]},
    )


def evidence_files(view: View) -> Iterable[SiteFile]:
    """Yield coverage and states as CSV."""
    rows = (
        [item.target, item.every, period.name, plain_value(period.period.first), plain_value(period.period.last), period.mark, ids]
        for item in view.facts.evidence_coverage
        for period in item.periods
        for ids in ["; ".join(period.evidence)]
    )
    headings = ("for", "every", "period", "first_day", "last_day", "state", "evidence")
    yield SiteFile(uri=COVERAGE_CSV, content=csv_file(headings, rows))
    states = (
        [identifier, standing.state.value, standing.reason, standing.check.value, standing.checked]
        for identifier, standing in view.facts.evidence.items()
    )
    yield SiteFile(uri=STATES_CSV, content=csv_file(("id", "state", "reason", "file", "file_reason"), states))


def _counts(view: View) -> list[tuple[State, int]]:
    held = [standing.state for identifier, standing in view.facts.evidence.items() if not view.facts.isms.entries[identifier].retired]
    return [(state, held.count(state)) for state in State if state in held]


def _gaps(coverage: Iterable[EvidenceCoverage]) -> list[tuple[str, str, list[str]]]:
    """Return cadence, names of the missing periods, and the entries that lack evidence for just those."""
    groups: dict[tuple[str, str], list[str]] = {}
    for item in coverage:
        if item.missing:
            groups.setdefault((item.every, ", ".join(item.missing)), []).append(item.target)
    return [(every, missing, targets) for (every, missing), targets in groups.items()]


def _by_cadence(coverage: Iterable[EvidenceCoverage]) -> list[tuple[str, list[EvidenceCoverage]]]:
    groups: dict[str, list[EvidenceCoverage]] = {}
    for item in coverage:
        groups.setdefault(item.every, []).append(item)
    return list(groups.items())


def _grid(view: View, every: str, items: Sequence[EvidenceCoverage]) -> str:
    """Return a table of one cadence: a row for each proved entry, a column for each calendar period."""
    periods = items[0].periods if len(items[0].periods) <= _SHOWN else ()
    headings = ("For", "Coverage", *(period.name for period in periods))
    rows = [
        Row(cells=(_target(view, item), escape(item.sentence), *(_period(view, period) for period in item.periods[: len(periods)])))
        for item in items
    ]
    caption = f"Evidence due each {words(every)}"
    return table(headings, rows, caption=caption, css="isms-table--proof", download=COVERAGE_CSV)


def _target(view: View, item: EvidenceCoverage) -> str:
    entry = view.facts.isms.entries[item.target]
    name = "" if view.links.label(entry) == entry.name else f" {escape(entry.name)}"
    return f"{view.links.to(item.target)}{name}"


def _period(view: View, period: CoveredPeriod) -> str:
    links = "<br>".join(view.links.to(identifier) for identifier in period.evidence)
    mark = f'<span class="isms-proof isms-proof--{period.mark}">{_MARKS[period.mark]}</span>'
    return f"{mark} {links}" if links else mark


def _by_state(view: View) -> str:
    """Return a table of all evidence, what is worth least first; a browser lays out no more rows than a page of a register has."""
    order = list(State)
    living = (entry for entry in view.facts.isms.of(Evidence) if not entry.retired)
    entries = sorted(living, key=lambda entry: order.index(view.facts.evidence[entry.id].state))
    rows = [Row(cells=_state_row(view, entry)) for entry in entries[:ROWS_PER_PAGE]]
    headings = ("Evidence", "State", "Why", "File", "For", "Taken on")
    rest = len(entries) - len(rows)
    more = f"<p>{rest} more are in the CSV file and in the register.</p>" if rest else ""
    return table(headings, rows, caption="Evidence by state", css="isms-table--states", download=STATES_CSV) + more


def _state_row(view: View, entry: Evidence) -> tuple[str, ...]:
    standing = view.facts.evidence[entry.id]
    return (
        f"{view.links.to(entry.id)} {escape(entry.name)}",
        state_chip(standing.state.value),
        escape(standing.reason),
        escape(standing.check.value),
        " ".join(view.links.to(target) for target in entry.proves),
        day(entry.taken_on),
    )
