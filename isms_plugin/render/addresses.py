"""Where every entry is found: one stable address by its id, whatever happens to its file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import PurePosixPath

from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.isms import Isms
from isms_plugin.model.people import Person, Role

ROWS_PER_PAGE = 500
"""Rows of one page of a register; a browser lays out more than that too slowly."""


def folder(declaration: type[Entry]) -> str:
    """Return the folder of a kind's pages."""
    kind = declaration.KIND
    return "soa" if kind.page == "shared" else kind.register or kind.plural.lower()


def addresses(isms: Isms, limit: int) -> dict[str, str]:
    """Address of every entry: a page, or an anchor on one."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for declaration in isms.kinds:
        entries = list(isms.of(declaration))
        paged = in_rows(declaration, len(entries), limit)
        for position, entry in enumerate(entries):
            if declaration.KIND.page == "shared":
                continue
            if paged:
                found[entry.id] = f"{table_page(declaration, position // ROWS_PER_PAGE)}#{entry.id}"
            else:
                found[entry.id] = free_name(f"{folder(declaration)}/{file_name(entry)}", taken) + ".md"
    for declaration in isms.kinds:
        if declaration.KIND.page == "shared":
            for entry in isms.of(declaration):
                shared = found.get(getattr(entry, declaration.KIND.key) or "", "soa.md")
                found[entry.id] = f"{shared}#{declaration.KIND.name.replace('_', '-')}"
    return found


def in_rows(declaration: type[Entry], count: int, limit: int) -> bool:
    """Whether the entries of a kind have rows in paged tables instead of pages of their own."""
    return declaration.KIND.page == "rows" or (declaration.KIND.page == "limit" and count > limit)


def table_page(declaration: type[Entry], number: int = 0) -> str:
    """Address of a page of a register's table, counted from 0."""
    if declaration.KIND.page == "shared":
        return f"{folder(declaration)}.md"
    return f"{folder(declaration)}/{'index' if number == 0 else f'page-{number + 1}'}.md"


def file_name(entry: Entry) -> str:
    """Return a file name that every system takes; documents without an id go by their path."""
    name = entry.id
    if isinstance(entry, Document) and not entry.identified:
        name = PurePosixPath(entry.id).with_suffix("").as_posix().removesuffix("/index")
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") or "entry"


def free_name(name: str, taken: set[str]) -> str:
    """Return a name that is not taken yet, and take it."""
    # some file systems do not tell upper from lower case
    number, candidate = 1, name
    while candidate.lower() in taken:
        number += 1
        candidate = f"{name}-{number}"
    taken.add(candidate.lower())
    return candidate


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links to entries; an id that leads nowhere is shown as what was written."""

    isms: Isms
    addresses: Mapping[str, str]

    def to(self, identifier: str, text: str = "") -> str:
        """Return a link to an entry: people and roles by name, everything else by id with the name as a hint."""
        entry = self.isms.entries.get(identifier)
        if entry is None:
            return f'<span class="isms-missing">{escape(text or identifier)}</span>'
        shown = text or self.label(entry)
        hint = "" if shown == entry.name else f' title="{escape(entry.name)}"'
        return f'<a class="isms-ref" href="isms:{escape(identifier)}"{hint}>{escape(shown)}</a>'

    def label(self, entry: Entry) -> str:
        """Return what a link to an entry says."""
        if isinstance(entry, Person | Role):
            return entry.name
        key = entry.KIND.key
        if isinstance(entry, Document) and not entry.identified:
            return entry.name
        return str(getattr(entry, key)) if key and getattr(entry, key) else entry.id
