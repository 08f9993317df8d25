"""Which text readers see, and what must be said about it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.model.document import Document
from isms_plugin.model.history import Completeness, History
from isms_plugin.model.settings import Settings
from isms_plugin.render.document_state import Shown, shown
from isms_plugin.render.environment import View
from tests.builders import a_document
from tests.unit.render.documents import NEW, NOTED, OLD, changed, history, record, two_issues, view


def state(made: View) -> Shown:
    document = made.facts.isms.get(Document, "POL-001")
    assert document
    return shown(made, document)


def words(found: Shown) -> tuple[str, str, str, bool, bool, bool]:
    return found.text.body, found.version, found.status, found.draft, found.newer, found.searchable


def test_an_approved_text_is_shown_as_it_stands() -> None:
    found = state(view(record(OLD), past=history((OLD, "1.0")), body=OLD))
    assert words(found) == (OLD, "1.0", "approved", False, False, True)
    assert (found.approved_by, found.approved_on) == ("PER-001", date(2026, 1, 1))
    assert found.level == "3 of 4. On record: a named person approved exactly this text."


@pytest.mark.parametrize("status", ["approved", "draft", "in_review"])
def test_readers_get_the_approved_text_while_there_is_another(status: str) -> None:
    found = state(changed(status))
    assert words(found) == (OLD, "1.0", "approved", False, True, True)
    assert found.issue is found.standing.current


@pytest.mark.parametrize(("status", "word"), [("approved", "draft"), ("draft", "draft"), ("in_review", "in_review")])
def test_with_publish_head_they_get_the_text_of_the_repository_as_a_draft(status: str, word: str) -> None:
    found = state(changed(status, settings=Settings(publish="head")))
    assert words(found) == (NEW, "1.1", word, True, True, False)
    assert (found.issue, found.approved_by, found.approved_on) == (None, None, None)
    assert found.level.startswith("0 of 4.")


def test_the_title_is_that_of_the_text_shown() -> None:
    past = history((OLD, "1.0"), title="Old name")
    found = state(view(record(OLD, title="Old name"), past=past, body=OLD))
    assert (found.title, found.newer) == ("Old name", True)


def test_what_was_never_approved_is_a_draft_and_keeps_what_the_document_says_of_itself() -> None:
    found = state(view(body=NEW))
    assert words(found) == (NEW, "1.0", "draft", True, False, False)
    assert (found.approved_by, found.approved_on) == ("PER-001", date(2026, 1, 1))
    assert found.level.startswith("0 of 4. Not proven")


def test_where_the_approved_text_is_not_at_hand_the_draft_is_shown_and_marked() -> None:
    made = view(record(OLD), a_document(version="1.1", **NOTED), past=History(completeness=Completeness.SHALLOW), body=NEW)
    assert words(state(made)) == (NEW, "1.1", "draft", True, True, False)


def test_a_withdrawn_document_is_found_so_that_its_successor_is() -> None:
    found = state(view(record(OLD), a_document(status="withdrawn"), past=history((OLD, "1.0")), body=OLD))
    assert (found.status, found.searchable) == ("withdrawn", True)


def test_a_review_gives_its_person_and_day() -> None:
    review: dict[str, Any] = {"decision": "reviewed_no_change", "decided_on": "2026-06-01", "person": "PER-002"}
    later = record(OLD, **review).model_copy(update={"id": "APR-POL-001-1.0-2"})
    found = state(view(record(OLD), later, past=history((OLD, "1.0")), body=OLD))
    assert (found.approved_by, found.approved_on) == ("PER-002", date(2026, 6, 1))


def test_of_two_issues_the_newer_is_shown() -> None:
    assert words(state(two_issues())) == (NEW, "1.1", "approved", False, False, True)


def test_a_document_without_a_text_is_shown_without_one() -> None:
    assert state(view(texts={})).text.body == ""
