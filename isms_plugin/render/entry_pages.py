"""A page for an entry, made from its declaration alone."""

from __future__ import annotations

from html import escape
from typing import Final

from isms_plugin.analysis.completeness import missing_fields
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import FieldSpec, fields_of
from isms_plugin.render.chain_picture import chain_parts
from isms_plugin.render.environment import View
from isms_plugin.render.kind_parts import block_of, in_block, searched
from isms_plugin.render.page import Page, part
from isms_plugin.render.part_tables import in_table, part_tables

_HIDDEN = ("id", "title")

ENTRY_META: Final = {"hide": ["navigation"]}
"""Pages outside of the navigation need no empty column for it."""


def entry_page(view: View, entry: Entry) -> Page:
    """Facts, texts, relations both ways, and where it is written down."""
    place = view.facts.isms.place(entry)
    title = f"{entry.id} {entry.name}" if entry.name != entry.id else entry.id
    chain, drawn = chain_parts(view, entry.id)
    block = {"block": block_of(view, entry)}
    read = searched(entry)
    return Page(
        uri=view.links.addresses[entry.id],
        title=title,
        markdown="\n\n".join(
            (
                part("crumbs"),
                f"# {heading(title)}",
                part("facts"),
                part("block"),
                part("lists"),
                *chain,
                "## Relations",
                part("relations"),
                part("origin"),
            )
        ),
        parts={
            "facts": view.render("facts.html.jinja", entry=entry, rows=fact_rows(view, entry), texts=texts(entry, view)),
            **(block if read else {}),
        },
        late={
            **drawn,
            "crumbs": view.crumbs(entry),
            **({} if read else block),
            "lists": part_tables(view, entry),
            "relations": view.render("relations.html.jinja", groups=view.relations(entry.id)),
            "origin": view.render("origin.html.jinja", place=place),
        },
        place=place,
        meta=ENTRY_META,
    )


def heading(text: str) -> str:
    """Return a text as a Markdown heading that means nothing else."""
    return "".join(f"&#{ord(letter)};" if letter in "\\`*_{}[]<>#!&|~$:" else letter for letter in text)


def fact_rows(view: View, entry: Entry) -> list[tuple[str, str]]:
    """Return filled short fields, and those that should be filled, as title and HTML; lists of entries stand under the relations."""
    isms = view.facts.isms
    missing = {spec.name for spec in missing_fields(entry, isms.withheld_from(entry))} if isms.place(entry).path else set()
    worked_out = entry.worked_out_words(isms.entries)
    rows = [(title, escape(worked_out[name])) for name, title in entry.KIND.computed if worked_out[name]]
    for spec in fields_of(type(entry)):
        if (
            spec.name in _HIDDEN
            or in_block(entry, spec.name, view)
            or spec.form == "Markdown"
            or (spec.ref and spec.many)
            or in_table(entry, spec, view)
        ):
            continue
        html = view.cells.of(entry, spec) or ('<span class="isms-missing">missing</span>' if spec.name in missing else "")
        if html and not (spec.name == "status" and html == view.cells.html(spec, "active")):
            rows.append((spec.title, html))
    return rows


def texts(entry: Entry, view: View | None = None) -> list[tuple[FieldSpec, str]]:
    """Return filled Markdown fields that no block shows."""
    shown = (spec for spec in fields_of(type(entry)) if spec.form == "Markdown" and not in_block(entry, spec.name, view))
    return [(spec, getattr(entry, spec.name)) for spec in shown if getattr(entry, spec.name)]
