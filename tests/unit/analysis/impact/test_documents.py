"""What became of a document: its text, version, change note and approval."""

from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.impact.documents import DocumentImpact
from isms_plugin.model.fingerprint import text_hash
from tests.builders import a_document, an_approval
from tests.unit.analysis.impact.changed import impact_of

OLD = an_approval(content_hash=text_hash("Security policy", ""))


def became(body: str = "", **changes: Any) -> DocumentImpact:
    found = impact_of([], [a_document(**changes), OLD], body=body).documents
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("version", "raised"), [("1.0", False), ("1.1", True), ("1.10", True), ("2", True), ("0.9", False), (None, False)]
)  # fmt: skip
def test_a_version_is_raised_where_its_numbers_are_higher(version: str | None, *, raised: bool) -> None:
    found = became("New.", version=version)
    assert (found.old_version, found.new_version, found.raised) == ("1.0", version or "", raised)


def test_the_change_note_is_that_of_the_new_version() -> None:
    notes = [{"version": "1.0", "note": "First."}, {"version": "1.1", "note": "Second."}]
    assert became("New.", version="1.1", changes=notes).note == "Second."
    assert became("New.", version="1.2", changes=notes).note == ""


def test_the_approval_is_that_of_the_new_text() -> None:
    assert became("New.").approval == "changed"
    assert became("New.", status="in_review").approval == "draft"
    approved = an_approval(id="APR-POL-001-1.1", version="1.1", content_hash=text_hash("Security policy", "New."), decided_on="2026-11-01")
    found = impact_of([], [a_document(version="1.1"), OLD, approved], body="New.").documents[0]
    assert (found.approval, found.record) == ("approved", "APR-POL-001-1.1")


def test_a_field_alone_changes_no_text() -> None:
    found = became(classification="confidential")
    assert (found.change, found.text_changed, found.passages, found.words_added) == ("changed", False, (), 0)


def test_words_are_counted() -> None:
    found = became("Two words.")
    assert (found.text_changed, found.words_added, found.words_removed) == (True, 2, 0)


def test_what_is_new_gone_or_withdrawn_is_called_so() -> None:
    new = a_document(id="POL-002", title="Other")
    assert [(item.id, item.change) for item in impact_of([], [new]).documents] == [("POL-002", "added")]
    assert [(item.id, item.change) for item in impact_of([new], []).documents] == [("POL-002", "removed")]
    assert became(status="withdrawn").change == "withdrawn"
    assert impact_of([a_document(status="withdrawn")], [a_document(status="withdrawn", title="x")]).documents[0].change == "changed"
