"""Registers as whole populations: what there is, what of it belongs to the audited period, and what an auditor may draw from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from isms_plugin.analysis.audits.sampling import METHOD, dated, population_hash
from isms_plugin.analysis.populations import Gap, Population, populations
from isms_plugin.model.control import ControlDecision
from isms_plugin.model.fields import field_map
from isms_plugin.model.profile import WITHHELD
from isms_plugin.render.addresses import table_page
from isms_plugin.render.cells import day, plain_value
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, SiteFile, part
from isms_plugin.render.register_pages import csv_uri
from isms_plugin.render.soa_page import CSV as SOA_CSV
from isms_plugin.render.tables import Row, csv_file, table

POPULATIONS: Final = "populations.md"
CSV: Final = "populations.csv"
_NAMED: Final = 8
"""Ids and gaps that are named; of more the rest is counted."""
_HEADINGS: Final = ("Register", "In all", "Of the period", "Days", "Ids", "To know", "File")
_CSV_HEADINGS: Final = (
    "register", "title", "in_all", "drafts", "retired", "of_the_period", "day", "without_day", "first_day", "last_day", "first_id",
    "last_id", "missing", "retired_ids", "nil_returns", "withheld", "population_hash", "period_hash",
)  # fmt: skip


def populations_page(view: View) -> Page:
    """Return every register under its group, with counts of the audited period and what explains missing numbers."""
    groups: dict[str, list[Population]] = {}
    for item in populations(view.facts):
        groups.setdefault(item.declaration.KIND.group, []).append(item)
    names = {f"group-{number}": group for number, group in zip(map(_letter, range(len(groups))), groups, strict=True)}
    body = "\n\n".join(f"## {group}\n\n{part(name)}" for name, group in names.items())
    return Page(
        uri=POPULATIONS,
        title="Populations",
        markdown=f"# Populations\n\n{part('head')}\n\n{body}\n\n## Drawing a sample\n\n{part('draw')}",
        parts={
            "head": view.render("populations.html.jinja", period=view.facts.settings.period(view.facts.today), csv=CSV),
            "draw": view.render("populations_draw.html.jinja", period=view.facts.settings.period(view.facts.today), method=METHOD),
        },
        late={name: _table(view, group, groups[group]) for name, group in names.items()},
        meta={"hide": ["navigation", "toc"]},
    )


def _letter(number: int) -> str:
    # names of parts are letters
    return chr(ord("a") + number % 26) * (number // 26 + 1)


def _table(view: View, group: str, items: Iterable[Population]) -> str:
    rows = [Row(cells=_cells(view, item), anchor=f"of-{item.name}") for item in items]
    return table(_HEADINGS, rows, caption=f"Populations: {group}", css="isms-table--populations")


def _cells(view: View, item: Population) -> tuple[str, ...]:
    kind = item.declaration.KIND
    field = field_map(item.declaration)[item.day_field].title.lower() if item.day_field else ""
    days = [found for found in (item.first_day, item.last_day) if found is not None]
    return (
        f'<a href="isms:{table_page(item.declaration)}">{escape(kind.plural)}</a>',
        str(len(item.entries)),
        _of_period(item),
        f"{' to '.join(map(day, dict.fromkeys(days)))}<br><small>{escape(field)}</small>" if days else "",
        " to ".join(view.links.to(identifier, identifier) for identifier in item.ends),
        "".join(f"<p>{note}</p>" for note in _notes(view, item)),
        f'<a href="isms:{_file(item)}" download aria-label="CSV of {escape(kind.plural.lower())}">CSV</a>',
    )


def _of_period(item: Population) -> str:
    """Return how many belong to the audited period, or why nobody can tell."""
    if item.days_withheld and not item.within and not item.undated:
        return f'<span class="isms-none">{WITHHELD}</span>'
    return str(len(item.within)) if item.day_field else '<span class="isms-none">no day</span>'


def _file(item: Population) -> str:
    return SOA_CSV if item.declaration is ControlDecision else csv_uri(item.declaration)


def _notes(view: View, item: Population) -> Iterator[str]:
    """Yield what explains the numbers: nothing there, drafts, tombstones, what has no day, missing numbers, nil returns."""
    if not item.entries and not item.returned:
        yield '<span class="isms-none">nothing registered</span>'
    if item.drafts:
        yield f"{item.drafts} {_one(item.drafts, 'draft')}"
    if item.retired:
        yield f"retired, kept so that the id stays taken: {_some([view.links.to(entry.id) for entry in item.retired])}"
    if item.undated:
        yield f"{item.undated} without a day, so in no period"
    if item.days_withheld:
        yield f"the day of {item.days_withheld} is withheld"
    for returned in item.returned:
        yield f"nil return {view.link(returned.id, str(returned.period))}"
    for withheld in item.withheld:
        yield f"{withheld.count} {_one(withheld.count, 'entry', 'entries')} withheld from these readers: {escape(withheld.reason)}"
    if item.gaps:
        yield _some([_gap(gap, withheld=bool(item.withheld)) for gap in item.gaps], "; ")


def _gap(gap: Gap, *, withheld: bool) -> str:
    ids = escape(gap.first if gap.numbers == 1 else f"{gap.first} to {gap.last}")
    if gap.held:
        return f'<span class="isms-missing">{ids} deleted: in {escape(gap.held)} it was there</span>'
    return f"{ids} {'withheld or ' if withheld else ''}not in use"


def _some(items: list[str], between: str = ", ") -> str:
    rest = len(items) - _NAMED
    return between.join(items[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def _one(count: int, one: str, many: str = "") -> str:
    return one if count == 1 else many or f"{one}s"


def populations_csv(view: View) -> SiteFile:
    """Return the same as data, with the hashes by which a population is told from a later one."""
    return SiteFile(uri=CSV, content=csv_file(_CSV_HEADINGS, map(_plain, populations(view.facts))))


def _plain(item: Population) -> list[str]:
    living = [entry.id for entry in item.living]
    within = [entry.id for entry in item.within]
    return [
        item.name, item.declaration.KIND.plural, str(len(item.entries)), str(item.drafts), str(len(item.retired)),
        str(len(within)) if item.day_field else "", item.day_field, str(item.undated) if item.day_field else "",
        plain_value(item.first_day), plain_value(item.last_day), *(item.ends or ("",))[:1], *(item.ends or ("",))[-1:],
        "; ".join(gap.first if gap.numbers == 1 else f"{gap.first} to {gap.last}" for gap in item.gaps),
        "; ".join(entry.id for entry in item.retired), "; ".join(returned.id for returned in item.returned),
        str(sum(withheld.count for withheld in item.withheld)) if item.withheld else "",
        population_hash(living), population_hash(within) if dated(item.declaration) else "",
    ]  # fmt: skip
