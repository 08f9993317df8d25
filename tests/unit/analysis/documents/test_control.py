from __future__ import annotations

from datetime import date

import pytest

from isms_plugin.analysis.documents.approvals import standings
from isms_plugin.analysis.documents.control import check_documents
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.entry import Entry
from isms_plugin.model.history import Completeness, History
from isms_plugin.model.settings import Settings
from tests.builders import TODAY, a_document, an_isms

COMPLETE = History(completeness=Completeness.COMPLETE)


def check(*changed: Entry, history: History = COMPLETE, today: date = TODAY) -> list[Diagnostic]:
    isms = an_isms(*changed)
    return list(check_documents(isms, history, standings(isms, history, Settings()), today))


def test_a_valid_document_has_nothing_to_report() -> None:
    assert check() == []


@pytest.mark.parametrize(
    ("today", "codes"),
    [(date(2026, 12, 31), []), (date(2027, 1, 1), []), (date(2027, 1, 2), ["review-overdue"]), (date(2028, 1, 1), ["review-overdue"])],
)
def test_a_review_is_overdue_from_the_day_after_its_date(today: date, codes: list[str]) -> None:
    found = check(a_document(next_review="2027-01-01"), today=today)
    assert [item.code for item in found] == codes
    assert all(item.place.pointer == ("next_review",) for item in found)


@pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn", ""])
def test_only_what_is_in_force_can_be_overdue(status: str) -> None:
    assert check(a_document(status=status, next_review="2020-01-01")) == []


def test_a_document_without_review_date_is_not_overdue() -> None:
    assert check(a_document(next_review=None)) == []


@pytest.mark.parametrize(("answer", "hint"), [("polcy", "did you mean policy?"), ("RSK-001", "see the pages of the clauses")])
def test_a_document_answers_what_the_catalogue_asks_for(answer: str, hint: str) -> None:
    (found,) = check(a_document(answers=["policy", answer]))
    assert (found.code, found.hint, found.place.pointer) == ("unknown-reference", hint, ("answers", 1))


@pytest.mark.parametrize(
    ("history", "code", "fragment"),
    [
        (History(reason="not a git repository"), "no-history", "not a git repository"),
        (History(completeness=Completeness.SHALLOW), "shallow-clone", "shallow"),
    ],
)
def test_what_history_cannot_prove_is_said_once(history: History, code: str, fragment: str) -> None:
    (found,) = check(history=history)
    assert (found.code, str(found.place)) == (code, "")
    assert fragment in found.message


def test_a_document_that_differs_from_the_last_commit_is_named() -> None:
    path = "registers/documents.yml"
    (found,) = check(history=History(completeness=Completeness.COMPLETE, uncommitted=frozenset((path,))))
    assert (found.code, found.entry, str(found.place)) == ("not-committed", "POL-001", f"{path}:1:1")
