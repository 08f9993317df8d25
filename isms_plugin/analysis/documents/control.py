"""Document control (clause 7.5): the state of each document, and what its history can prove."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from isms_plugin.analysis.documents.approvals import Standing
from isms_plugin.model.control import Clause
from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.document import Document
from isms_plugin.model.history import Completeness, History
from isms_plugin.model.isms import Isms
from isms_plugin.model.near import did_you_mean
from isms_plugin.model.people import Role

EDITION_DAYS: Final = 380
"""Days after which an external document is looked at again: yearly, with a few of grace."""


def check_documents(isms: Isms, history: History, standings: Mapping[str, Standing], today: date) -> Iterator[Diagnostic]:
    """Report overdue reviews and whatever the history cannot prove."""
    yield from _history(history)
    known = {item.id for clause in isms.of(Clause) for item in clause.documented_information if item.id}
    for document in isms.of(Document):
        place = isms.place(document)
        next_review = standings[document.id].next_review
        if document.in_force and next_review is not None and next_review < today:
            yield Diagnostic(
                code="review-overdue",
                message=f"{document.id} was to be reviewed by {next_review.isoformat()}",
                hint=f"`isms approve {document.id} --as PERSON --decision reviewed-no-change --next-review DATE`, or issue it anew",
                entry=document.id,
                place=place.at("next_review"),
            )
        yield from _ownership(isms, document)
        yield from _external(isms, document, today)
        for position, answer in enumerate(document.answers):
            if answer not in known:
                yield Diagnostic(
                    code="unknown-reference",
                    message=f"{answer}: the catalogue knows no such documented information",
                    hint=did_you_mean(answer, known) or "see the pages of the clauses",
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


def _ownership(isms: Isms, document: Document) -> Iterator[Diagnostic]:
    role = isms.get(Role, document.owner)
    vacant = role is not None and not role.holder
    unread = any(fault.entry == document.id and "owner" in fault.place.pointer for fault in isms.faults)
    text = isms.texts.get(document.id)
    if not document.living or unread or (text is not None and not text.controlled) or (document.owner and not vacant):
        return
    yield Diagnostic(
        code="no-owner",
        message=f"{document.id}: nobody holds its owner {document.owner}" if vacant else f"{document.id} has no owner",
        hint="name a person, or a role that a person holds",
        entry=document.id,
        place=isms.place(document).at("owner") if vacant else isms.place(document),
    )


def _external(isms: Isms, document: Document, today: date) -> Iterator[Diagnostic]:
    if document.kind != "external" or not document.living:
        return
    missing = [title for title, value in (("edition", document.edition), ("checked_on", document.checked_on)) if not value]
    old = document.checked_on is not None and (today - document.checked_on).days > EDITION_DAYS
    if missing or old:
        yield Diagnostic(
            code="external-unchecked",
            message=f"{document.id} has no {' and no '.join(missing)}"
            if missing
            else f"{document.id}: last checked on {document.checked_on}",
            hint="look whether there is a newer edition; say which one is used in `edition` and when you looked in `checked_on`",
            entry=document.id,
            place=isms.place(document).at("checked_on") if old else isms.place(document),
        )


def _history(history: History) -> Iterator[Diagnostic]:
    if history.completeness is Completeness.UNKNOWN:
        yield Diagnostic(
            code="no-history",
            message=f"history unknown: {history.reason}",
            hint="commit, and build from a clone of the repository",
        )
    elif history.completeness is Completeness.SHALLOW:
        yield Diagnostic(
            code="shallow-clone",
            message="the clone is shallow, so revisions, authors and dates are incomplete",
            hint="run `git fetch --unshallow`, or in a pipeline fetch with depth 0",
        )
