"""Pages of registers: a table of every entry, with the same data as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import FieldSpec, fields_of
from isms_plugin.model.isms import Isms
from isms_plugin.model.profile import WITHHELD
from isms_plugin.render.addresses import ROWS_PER_PAGE, folder, in_rows, table_page
from isms_plugin.render.cells import plain, plain_value
from isms_plugin.render.environment import View
from isms_plugin.render.kind_parts import column_cells, column_titles, summary_of
from isms_plugin.render.page import Page, SiteFile, part
from isms_plugin.render.reference_pages import reference_uri
from isms_plugin.render.tables import Row, csv_file, table


def page_count(view: View, declaration: type[Entry]) -> int:
    """Return how many pages the table of a register takes; an empty one takes one."""
    total = sum(1 for _ in view.facts.isms.of(declaration))
    return _pages_of(total, _rows_of(view, declaration, total))


def register_page(view: View, declaration: type[Entry], number: int) -> Page:
    """Return a page of the table of a register, counted from 0."""
    entries = list(view.facts.isms.of(declaration))
    columns = tuple(spec for spec in shown_fields(declaration, entries) if _allowed(view, declaration, spec))
    return _Register(
        view,
        declaration,
        entries,
        columns,
        _known(view, declaration, entries),
        paged=_paged(view, declaration, len(entries)),
        size=_rows_of(view, declaration, len(entries)),
    ).page(number)


def _pages_of(total: int, size: int) -> int:
    return -(-max(total, 1) // size)


def _paged(view: View, declaration: type[Entry], total: int) -> bool:
    return in_rows(declaration, total, view.facts.settings.page_limit)


def _rows_of(view: View, declaration: type[Entry], total: int) -> int:
    return ROWS_PER_PAGE if _paged(view, declaration, total) else max(total, 1)


def shown_fields(declaration: type[Entry], entries: Sequence[Entry]) -> list[FieldSpec]:
    """Columns of a register: what its declaration shows, less what no entry has."""
    specs = [spec for spec in fields_of(declaration) if spec.table and spec.name != "id"]
    return [spec for spec in specs if spec.need != "optional" or any(getattr(entry, spec.name) not in (None, ()) for entry in entries)]


def _allowed(view: View, declaration: type[Entry], spec: FieldSpec) -> bool:
    profile = view.facts.profile
    return profile is None or profile.allows_field(declaration.KIND.register, spec.key)


def _known(view: View, declaration: type[Entry], entries: Sequence[Entry]) -> tuple[tuple[str, str], ...]:
    """Return what is worked out, with titles, less what is unknown for every entry."""
    computed = declaration.KIND.computed
    words = [entry.worked_out_words(view.facts.isms.entries) for entry in entries] if computed else []
    return tuple((name, title) for name, title in computed if any(held[name] for held in words))


@dataclass(frozen=True, slots=True)
class _Register:
    """A register as a table; where it is `paged`, rows stand for the pages that its entries have otherwise."""

    view: View
    declaration: type[Entry]
    entries: Sequence[Entry]
    columns: tuple[FieldSpec, ...]
    computed: tuple[tuple[str, str], ...]
    paged: bool
    size: int

    @property
    def pages(self) -> int:
        """How many pages the table takes."""
        return _pages_of(len(self.entries), self.size)

    def page(self, number: int) -> Page:
        """Return a page of the table, counted from 0."""
        kind = self.declaration.KIND
        title = kind.plural if self.pages == 1 else f"{kind.plural}, page {number + 1} of {self.pages}"
        summary = self.view.render(
            "register.html.jinja",
            declaration=self.declaration,
            reference=reference_uri(self.declaration),
            total=len(self.entries),
            pages=self.pages,
            number=number,
        )
        return Page(
            uri=table_page(self.declaration, number),
            title=title,
            markdown=f"# {title}\n\n{kind.about}\n\n{part('summary')}\n\n{part('kind')}\n\n{part('table')}",
            parts={"summary": summary},
            late={"kind": "" if number else summary_of(self.view, self.declaration), "table": self._table(number)},
            meta={"hide": ["toc"] if not kind.main else ["navigation", "toc"]},
            group=kind.group if self.entries and not number and not kind.main else "",
        )

    def _table(self, number: int) -> str:
        kind = self.declaration.KIND
        headings = ["Id", *(spec.title for spec in self.columns), *(title for _, title in self.computed)]
        headings[2:2] = column_titles(self.declaration)
        headings += ["More", "Named by"] if self.paged else []
        entries = self.entries[number * self.size : (number + 1) * self.size]
        rows = [Row(cells=self._cells(entry), anchor=entry.id if self.paged else "") for entry in entries]
        css = f"isms-table--register isms-table--{kind.name}"
        return table(headings, rows, caption=kind.plural, css=css, download=csv_uri(self.declaration))

    def _cells(self, entry: Entry) -> list[str]:
        cells = [escape(entry.id) if self.paged else self.view.links.to(entry.id, entry.id)]
        cells += [self._cell(entry, spec) for spec in self.columns]
        words = entry.worked_out_words(self.view.facts.isms.entries)
        cells += (escape(words[name]) for name, _ in self.computed)
        cells[2:2] = column_cells(self.view, entry)
        return cells + ([self._more(entry), self._named_by(entry)] if self.paged else [])

    def _cell(self, entry: Entry, spec: FieldSpec) -> str:
        html = self.view.cells.of(entry, spec)
        return f'<div class="isms-prose">{html}</div>' if html and spec.form == "Markdown" else html

    def _more(self, entry: Entry) -> str:
        """Return what no column shows: a row without a page must not lose it."""
        rest = (spec for spec in fields_of(self.declaration) if spec not in self.columns and spec.name not in ("id", "status"))
        filled = ((spec, self.view.cells.of(entry, spec)) for spec in rest)
        return "<br>".join(f"<small>{escape(spec.title)}</small> {html}" for spec, html in filled if html)

    def _named_by(self, entry: Entry) -> str:
        sources = dict.fromkeys(relation.source for relation in self.view.facts.trace.incoming.get(entry.id, ()))
        return ", ".join(self.view.links.to(source) for source in sources)


def csv_uri(declaration: type[Entry]) -> str:
    """Return the address of a register as CSV."""
    return f"{folder(declaration)}/{declaration.KIND.register or declaration.KIND.plural.lower()}.csv"


def register_csv(view: View, declaration: type[Entry]) -> SiteFile:
    """Every field of every entry; empty where nothing is known."""
    headings = [key for key, _ in register_columns(declaration)]
    return SiteFile(uri=csv_uri(declaration), content=csv_file(headings, register_rows(view.facts.isms, declaration)))


def register_columns(declaration: type[Entry]) -> list[tuple[str, str]]:
    """Return key and title of every field of a register, and of what is worked out from them."""
    return [*((spec.key, spec.title) for spec in fields_of(declaration)), *declaration.KIND.computed]


def register_rows(isms: Isms, declaration: type[Entry]) -> Iterator[list[str]]:
    """Yield every entry of a register as plain text, in the order of its columns."""
    specs = fields_of(declaration)
    for entry in isms.of(declaration):
        withheld = isms.withheld_from(entry)
        values = (plain(spec, getattr(entry, spec.name)) or (WITHHELD if spec.name in withheld else "") for spec in specs)
        yield [*values, *map(plain_value, entry.worked_out(isms.entries).values())]
