"""What a pack withholds from its readers: of which register or source, which field, how often and why."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final

from isms_plugin.analysis.redaction.account import VIEW
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import field_map
from isms_plugin.model.isms import KINDS
from isms_plugin.model.profile import Withheld
from isms_plugin.render.addresses import table_page
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, part
from isms_plugin.render.tables import Row, table

WITHHELD_PAGE: Final = "withheld.md"
_NO_REGISTERS: Final = ("pages", "files")
"""Sources that hold no entries; what is counted is what they are called."""
_HEADINGS: Final = ("From", "What", "How many", "Why")


def withheld_page(view: View) -> Page:
    """Return the account of what is withheld; that there is nothing is said as well."""
    found = view.facts.withheld
    kinds = {kind.KIND.register: kind for kind in view.facts.isms.kinds}
    rows = [Row(cells=_cells(item, kinds)) for item in found if item.source != VIEW]
    views = [item for item in found if item.source == VIEW]
    return Page(
        uri=WITHHELD_PAGE,
        title="What is withheld",
        markdown=f"# What this pack withholds\n\n{part('about')}\n\n{part('table')}",
        parts={"about": view.render("withheld.html.jinja", profile=view.facts.profile, found=rows, views=views)},
        late={"table": table(_HEADINGS, rows, caption="What is withheld", css="isms-table--withheld") if rows else ""},
        meta={"hide": ["navigation", "toc"]},
    )


def _cells(item: Withheld, kinds: Mapping[str, type[Entry]]) -> tuple[str, ...]:
    kind = kinds.get(item.source)
    source = f'<a href="isms:{table_page(kind)}">{escape(kind.KIND.plural)}</a>' if kind else escape(_title(item.source))
    spec = field_map(kind).get(item.field) if kind else None
    what = spec.title if spec else item.field.replace("_", " ") or ("" if item.source in _NO_REGISTERS else "entries")
    return (source, escape(what), str(item.count), escape(item.reason))


def _title(source: str) -> str:
    """Return what a register that is not shown is called, or what else it was."""
    return next((kind.KIND.plural for kind in KINDS if kind.KIND.register == source), source.replace("-", " "))
