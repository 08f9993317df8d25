"""The page for somebody who decides on a document and never opens git."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.model.history import Completeness, History
from isms_plugin.render.approval_request import approval_request
from isms_plugin.render.environment import View
from tests.builders import a_document, a_role
from tests.unit.render.documents import NEW, NOTED, OLD, changed, history, record, view


def page(made: View, requested_by: str = "") -> str:
    return approval_request(made, made.facts.standings["POL-001"], requested_by)


def sides(html: str) -> tuple[str, str]:
    """What is in force and what is asked for, as HTML."""
    old, new = re.findall(r'<section class="text">(.*?)</section>', html, re.DOTALL)
    return old, new


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def embedded(html: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(re.findall(r'<script type="application/json" id="isms-approval-request">(.*?)</script>', html)[0])
    return found


def test_old_and_new_text_stand_side_by_side_each_with_its_own_words_marked() -> None:
    old, new = sides(page(changed("in_review")))
    assert "In force: version 1.0" in old
    assert "<del>a year</del>" in old
    assert "<ins" not in old
    assert "Asked for: version 1.1" in new
    assert "<ins>two years</ins>" in new
    assert "<del" not in new


PARAGRAPHS = st.lists(st.lists(st.sampled_from("abcd"), min_size=1, max_size=5).map(" ".join), min_size=1, max_size=4).map("\n\n".join)


@given(PARAGRAPHS, PARAGRAPHS)
def test_each_side_has_all_words_of_its_text_and_no_others(old: str, new: str) -> None:
    made = view(record(old), a_document(version="1.1", status="in_review", **NOTED), past=history((new, "1.1"), (old, "1.0")), body=new)
    left, right = (re.sub(r"<h3>.*?</h3>", "", side, flags=re.DOTALL) for side in sides(page(made)))
    assert words(left).split() == old.split()
    assert words(right).split() == new.split()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("One.\n\nGone.\n\nThree.", "One.\n\nThree."),
        ("- a\n- b\n- c\n", "- a\n- c\n"),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n", "| a | b |\n|---|---|\n| 1 | 3 |\n| 4 | 5 |\n"),
        ("Gone before the text.", "After."),
    ],
)
def test_blocks_rows_and_items_stay_on_their_side(old: str, new: str) -> None:
    made = view(record(old), a_document(version="1.1", status="in_review", **NOTED), past=history((new, "1.1"), (old, "1.0")), body=new)
    left, right = (re.sub(r"<h3>.*?</h3>", "", side, flags=re.DOTALL) for side in sides(page(made)))
    assert words(left) == words(made.prose.document(old))
    assert words(right) == words(made.prose.document(new))


def test_reason_approver_hash_and_commit_are_on_it() -> None:
    html = page(changed("in_review"), "Carl Doe")
    shown = words(html)
    assert "Why it changed Kept for longer." in shown
    assert "To be approved by CISO, Anna Berg" in shown
    assert "Next review 2027-01-01" in shown
    assert "asked by Carl Doe" in shown
    assert f"This holds for the text with the hash {record(NEW).content_hash}" in shown
    assert f"Commit {'c' * 10} " in f"{shown} "


def test_a_program_finds_what_the_answer_is_about() -> None:
    assert embedded(page(changed("in_review"))) == {
        "schema": "isms-approval-request/1", "document": "POL-001", "version": "1.1", "content_hash": record(NEW).content_hash,
    }  # fmt: skip


def test_a_first_version_is_asked_for_as_it_stands() -> None:
    old, new = sides(page(view(a_document(status="draft"), body=NEW)))
    assert "This document was never approved." in old
    assert NEW in new
    assert "<ins" not in new


def test_where_the_text_in_force_is_not_at_hand_it_says_so() -> None:
    made = view(record(OLD), a_document(version="1.1", **NOTED), past=History(completeness=Completeness.SHALLOW), body=NEW)
    old, new = sides(page(made))
    assert "The text in force is not in this clone." in old
    assert NEW in new


@pytest.mark.parametrize(
    ("document", "shown"),
    [
        ({"approver_role": None}, "To be approved by not said"),
        ({"approver_role": "ROL-009"}, "To be approved by not said"),
        ({"next_review": None}, "Next review not said"),
        ({"classification": None}, "Classification not classified"),
        ({}, "No change note."),
    ],
)
def test_what_is_not_known_is_said(document: dict[str, None], shown: str) -> None:
    assert shown in words(page(view(a_document(**document), body=NEW)))


@pytest.mark.parametrize(("holder", "shown"), [(None, "To be approved by CISO Next"), ("PER-099", "To be approved by CISO, PER-099 Next")])
def test_a_role_without_a_holder_on_the_register_is_named_all_the_same(holder: str | None, shown: str) -> None:
    assert shown in words(page(view(a_role(holder=holder), body=NEW)))


NASTY = '</script><script>alert(1)</script>"'


def test_nothing_that_a_document_says_of_itself_becomes_a_script() -> None:
    document = a_document(version=NASTY, title=NASTY, changes=[{"version": NASTY, "note": NASTY}])
    html = page(view(document, body="Text <script>alert(2)</script>"), NASTY)
    assert embedded(html)["version"] == NASTY
    assert "<script>alert" not in re.sub(r"<section.*?</section>", "", html, flags=re.DOTALL)


def test_nothing_is_loaded_from_anywhere() -> None:
    assert not re.search(r"<(?:link|img|script src)|@import|url\(|https?://", page(changed("in_review")))
