"""Document control (clause 7.5): the state of each document, and what its history can prove."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches

from isms_plugin.model.control import Clause
from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.document import Document
from isms_plugin.model.history import Completeness, History
from isms_plugin.model.isms import Isms


def check_documents(isms: Isms, history: History, today: date) -> Iterator[Diagnostic]:
    """Report overdue reviews and whatever the history cannot prove."""
    yield from _history(history)
    known = {item.id for clause in isms.of(Clause) for item in clause.documented_information if item.id}
    for document in isms.of(Document):
        place = isms.place(document)
        if document.in_force and document.next_review is not None and document.next_review < today:
            yield Diagnostic(
                code="review-overdue",
                message=f"{document.id} was to be reviewed by {document.next_review.isoformat()}",
                hint="review it, record the outcome and set the next date",
                entry=document.id,
                place=place.at("next_review"),
            )
        for position, answer in enumerate(document.answers):
            if answer not in known:
                yield Diagnostic(
                    code="unknown-reference",
                    message=f"{answer}: the catalogue knows no such documented information",
                    hint=f"did you mean {near[0]}?" if (near := get_close_matches(answer, known, n=1)) else "see the pages of the clauses",
                    entry=document.id,
                    place=place.at("answers", position),
                )
        if place.path in history.uncommitted:
            yield Diagnostic(
                code="not-committed",
                message=f"{document.id} differs from the last commit",
                hint="commit it; until then nobody can approve it",
                entry=document.id,
                place=Place(place.path, 1, 1),
            )


def _history(history: History) -> Iterator[Diagnostic]:
    if history.completeness is Completeness.UNKNOWN:
        yield Diagnostic(
            code="no-history",
            message=f"history unknown: {history.reason}",
            hint="build from a clone of the repository",
        )
    elif history.completeness is Completeness.SHALLOW:
        yield Diagnostic(
            code="shallow-clone",
            message="the clone is shallow, so revisions, authors and dates are incomplete",
            hint="run `git fetch --unshallow`, or in a pipeline fetch with depth 0",
        )
