"""Notes for authors, while they write: what is wrong, on the page that it concerns, with a way to the line that says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final, NamedTuple
from urllib.parse import quote

from isms_plugin.analysis.facts import Facts
from isms_plugin.model.diagnostic import Diagnostic, Grade, Place
from isms_plugin.render.addresses import table_page
from isms_plugin.render.environment import environment

ELSEWHERE: Final = "diagnostics.md"
"""The page of what concerns no page."""
FIRST: Final = ("index.md", "README.md", "overview.md")
MOST: Final = 50
"""Notes that the list on the first page shows, the gravest first."""
_PROBLEMS: Final = re.compile(r'<details class="isms-problems">.*?</details>', re.DOTALL)
_HEADING: Final = re.compile(r"</h1>")


class Note(NamedTuple):
    """One diagnostic for an author: its grade, where its source is opened, the page that it stands on, and the exception that waives it."""

    diagnostic: Diagnostic
    grade: Grade
    source: str
    page: str
    waived_by: str = ""


def author_notes(facts: Facts, addresses: Mapping[str, str], pages: Sequence[str], docs: str, root: str) -> dict[str, str]:
    """Return what authors are told as HTML with `isms:` links, by page; on a first page a list of everything floats as well."""
    notes = notes_of(facts, addresses, pages, docs, root)
    found = {page: page_notes(listed) for page, listed in notes.items()}
    listed = home_notes(notes)
    for page in FIRST:
        if listed and page in pages:
            found[page] = found.get(page, "") + listed
    return found


def source_address(place: Place, root: str, facts: Facts) -> str:
    """Return the address that opens a source line: in the editor of the settings, else where the site's pages lead; may be empty."""
    if not place.path:
        return ""
    if facts.settings.editor == "vscode":
        top = root.replace("\\", "/").strip("/")
        return f"vscode://file/{quote(f'{top}/{place.path}', safe='/:')}:{place.line or 1}:{place.column or 1}"
    return facts.settings.source_url(place)


def notes_of(facts: Facts, addresses: Mapping[str, str], pages: Iterable[str], docs: str, root: str) -> dict[str, tuple[Note, ...]]:
    """Return the notes of each page by its address, the gravest first; every diagnostic stands on one page.

    `addresses` tells where entries are, `pages` which pages there are, `docs` is the folder of the site's own, `root` that of the ISMS.
    """
    there = set(pages)
    paths = {text.path: addresses.get(identifier, "") for identifier, text in facts.isms.texts.items()}
    registers = {kind.KIND.register: table_page(kind) for kind in facts.isms.kinds if kind.KIND.register}

    def page_of(item: Diagnostic) -> str:
        place = item.place.path
        wanted = (
            addresses.get(item.entry, ""),
            paths.get(place, ""),
            place.removeprefix(f"{docs}/"),
            registers.get(_register(place, facts.settings.registers), ""),
        )
        return next((uri for uri in (uri.partition("#")[0] for uri in wanted) if uri in there), ELSEWHERE)

    found: dict[str, list[Note]] = {}
    for item in sorted(facts.diagnostics, key=lambda item: (-facts.grade(item), item.order)):
        waiver = facts.waiver(item)
        note = Note(item, facts.grade(item), source_address(item.place, root, facts), page_of(item), waiver.id if waiver else "")
        found.setdefault(note.page, []).append(note)
    return {page: tuple(notes) for page, notes in found.items()}


def _register(path: str, folder: str) -> str:
    """Return the name of the register that a file belongs to; empty for none."""
    top = PurePosixPath(folder)
    place = PurePosixPath(path)
    if not path or not place.is_relative_to(top):
        return ""
    inside = place.relative_to(top)
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem


def page_notes(notes: Sequence[Note]) -> str:
    """Return the notes of one page as HTML."""
    return environment().get_template("author_notes.html.jinja").render(notes=notes)


def home_notes(notes: Mapping[str, Sequence[Note]]) -> str:
    """Return all notes as a list that floats above the first page and opens by a click; empty where there are none."""
    found = sorted((note for listed in notes.values() for note in listed), key=lambda note: (-note.grade, note.diagnostic.order))
    if not found:
        return ""
    template = environment().get_template("author_list.html.jinja")
    return template.render(notes=found[:MOST], total=len(found), elsewhere=ELSEWHERE)


def with_notes(html: str, notes: str) -> str:
    """Return a page with the notes below its heading, in place of the list that readers get."""
    if not notes:
        return html
    html = _PROBLEMS.sub("", html)
    found = _HEADING.search(html)
    return f"{html[: found.end()]}{notes}{html[found.end() :]}" if found else notes + html
