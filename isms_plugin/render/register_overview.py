"""All registers at a glance: what each is for and how much it holds."""

from __future__ import annotations

from isms_plugin.model.entry import Entry
from isms_plugin.model.nil_return import NilReturn
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, part

OVERVIEW = "registers/index.md"


def register_overview(view: View) -> Page:
    """List every register under its group, with the number of its entries; empty ones too, since auditors ask for them."""
    groups: dict[str, list[tuple[type[Entry], int]]] = {}
    for declaration in view.facts.isms.kinds:
        kind = declaration.KIND
        if kind.register and kind.page != "shared":
            groups.setdefault(kind.group, []).append((declaration, sum(1 for _ in view.facts.isms.of(declaration))))
    nil = {returned.register_name for returned in view.facts.isms.of(NilReturn)}
    return Page(
        uri=OVERVIEW,
        title="Registers",
        markdown=f"# Registers\n\n{part('groups')}",
        parts={"groups": view.render("register_overview.html.jinja", groups=groups, nil=nil)},
        meta={"hide": ["navigation", "toc"]},
        group="Registers",
    )
