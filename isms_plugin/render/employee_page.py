"""The page for everybody who works here: what to read, what to report where, whom to ask, and which rules there are (clause 7.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from isms_plugin.analysis.for_everybody import answering, by_audience, is_new, reporting_documents, topics, whom_to_ask
from isms_plugin.model.document import Document
from isms_plugin.render.document_list import PLURALS
from isms_plugin.render.document_state import Shown, shown
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, part

EMPLOYEES: Final = "employees.md"

_SCHEMES: Final = ("https://", "http://", "mailto:", "tel:")
"""What an address may begin with; anything else is a page of the site."""
_TITLE: Final = re.compile(r"^#[ \t]+(?P<words>[^\n]+?)[ \t]*#*[ \t]*$", re.MULTILINE)


_ORDER: Final = sorted(PLURALS, key=lambda kind: kind == "statement")
"""Kinds of document as readers ask for them: rules before what states the ISMS itself."""


class Way(NamedTuple):
    """Where something is reported: the address for a link, and what the link says."""

    href: str
    words: str


class Rule(NamedTuple):
    """A document as its readers see it, and the topics that it speaks of."""

    state: Shown
    topics: tuple[str, ...]


def employee_page(view: View) -> Page:
    """Return the page for everybody; it names nobody but the holders of roles."""
    isms = view.facts.isms
    documents = reporting_documents(isms)
    held = whom_to_ask(isms, view.facts.today)
    everybody, others = _rules(view)
    return Page(
        uri=EMPLOYEES,
        title="What applies to me",
        markdown=f"# What applies to me\n\n{part('page')}",
        parts={
            "page": view.render(
                "employees.html.jinja",
                report=report_link(view),
                to_read=to_read(view),
                is_new=lambda state: is_new(state.approved_on, view.facts.today, view.facts.settings.ack_grace),
                reporting=[shown(view, document) for document in documents],
                answering=answering(documents, held, view.facts.trace),
                held_roles=held,
                everybody=_by_kind(everybody),
                others=others,
            )
        },
        meta={"hide": ["navigation", "toc"]},
    )


def to_read(view: View) -> list[Shown]:
    """Return the documents that readers have to know: they ask to be acknowledged, and are in force or say so themselves."""
    found = (shown(view, document) for document in view.facts.isms.of(Document) if document.ack_required and not document.retired)
    return [state for state in found if _applies(state)]


def report_link(view: View) -> Way | None:
    """Return where incidents and weaknesses are reported, as the settings say; None where they say nothing that can be followed."""
    page = view.facts.settings.report_page.strip()
    if page.startswith(_SCHEMES):
        return Way(page, page.removeprefix("mailto:").removeprefix("tel:").removeprefix("https://").removeprefix("http://").rstrip("/"))
    page = page.removeprefix("isms:").removeprefix("./").lstrip("/")
    if not page or ":" in page:
        return None
    return Way(f"isms:{page}", _title(view, page.partition("#")[0]) or "Report an incident or weakness")


def _title(view: View, page: str) -> str:
    """Return what a page or entry is called, empty where that is unknown."""
    entry = view.facts.isms.entries.get(page)
    if entry is not None:
        return entry.name
    text = next((text.body for path, text in view.facts.isms.pages.items() if f"/{path}".endswith(f"/{page}")), "")
    found = _TITLE.search(text)
    return found["words"] if found else ""


def _applies(state: Shown) -> bool:
    return not state.draft or state.document.in_force


def _rules(view: View) -> tuple[list[Rule], dict[str, list[Rule]]]:
    """Return the documents in force for everybody, and by audience those for some."""
    states = {item.id: shown(view, item) for item in view.facts.isms.of(Document) if not item.retired}
    applying = {identifier: state for identifier, state in states.items() if _applies(state)}
    spoken_of = topics({identifier: state.text.body for identifier, state in applying.items()})
    everybody, others = by_audience((state.document for state in applying.values()), view.facts.coverage)

    def rules(documents: Iterable[Document]) -> list[Rule]:
        return [Rule(applying[document.id], spoken_of[document.id]) for document in documents]

    return rules(everybody), {audience: rules(documents) for audience, documents in others.items()}


def _by_kind(rules: Iterable[Rule]) -> list[tuple[str, list[Rule]]]:
    groups: dict[str, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(rule.state.document.kind or "document", []).append(rule)
    return [(PLURALS[kind], groups[kind]) for kind in sorted(groups, key=_ORDER.index)]
