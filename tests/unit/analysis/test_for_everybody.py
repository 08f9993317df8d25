"""What concerns everybody: new texts, their topics, their audience, where to report and whom to ask."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.analysis.for_everybody import answering, by_audience, is_new, reporting_documents, topics, whom_to_ask
from isms_plugin.model.document import Document
from isms_plugin.model.people import Role
from tests.builders import TODAY, a_control, a_document, a_person, a_role, facts_of

LEAP = date(2028, 2, 29)


@pytest.mark.parametrize(
    ("approved", "today", "grace", "new"),
    [
        (LEAP, date(2028, 2, 28), 30, False),
        (LEAP, LEAP, 30, True),
        (LEAP, date(2028, 3, 30), 30, True),
        (LEAP, date(2028, 3, 31), 30, False),
        (LEAP, LEAP, 0, True),
        (LEAP, date(2028, 3, 1), 0, False),
        (None, LEAP, 30, False),
    ],
)
def test_a_text_is_new_from_its_approval_to_the_last_day_of_grace(approved: date | None, today: date, grace: int, *, new: bool) -> None:
    assert is_new(approved, today, grace) is new


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("## 2. Your laptop", "Your laptop"),
        ("## 2.1 Your laptop", "Your laptop"),
        ("## Your *laptop* and `keys` [POL-04]", "Your laptop and keys POL-04"),
        ("## [Your laptop](x.md) {#laptop}", "Your laptop"),
        ("##  Your laptop ##", "Your laptop"),
        ("## Use of `keys`", "Use of keys"),
        ("## 2026", "2026"),
        ("# Title", None),
        ("### Detail", None),
        ("##Not a heading", None),
        ("```\n## code\n```", None),
        ("<!-- \n## comment\n-->", None),
    ],
)
def test_topics_are_the_words_of_headings_of_the_second_level(heading: str, words: str | None) -> None:
    assert topics({"A": f"# Policy\n\n{heading}\n\nText.\n"}) == {"A": (words,) if words else ()}


@pytest.mark.parametrize(("count", "told"), [(2, True), (3, False)])
def test_a_heading_that_three_texts_share_says_nothing(count: int, *, told: bool) -> None:
    texts = {str(number): f"## {number}. {'Purpose' if number % 2 else 'PURPOSE'}\n\n## Only in {number}\n" for number in range(count)}
    found = topics(texts)
    assert all(("purpose" in (topic.casefold() for topic in items)) is told for items in found.values())
    assert all(items[-1] == f"Only in {name}" for name, items in found.items())


def test_a_heading_counts_once_for_a_text_that_repeats_it() -> None:
    assert topics({"A": "## Rules\n\n## Rules\n\n## Rules\n"}) == {"A": ("Rules",)}


@given(st.dictionaries(st.sampled_from("ABC"), st.text("# \n1.abc[]()`*", max_size=40)))
def test_topics_never_fail_and_are_one_line(texts: dict[str, str]) -> None:
    assert set(topics(texts)) == set(texts)
    assert all(topic.strip() == topic and topic and "\n" not in topic for items in topics(texts).values() for topic in items)


def audiences(*documents: Document, groups: tuple[str, ...] = ()) -> tuple[list[str], dict[str, list[str]]]:
    facts = facts_of(*documents, a_person(groups=groups))
    everybody, others = by_audience(facts.isms.of(Document), facts.coverage)
    return [item.id for item in everybody], {word: [item.id for item in found] for word, found in others.items()}


def test_without_an_audience_a_document_is_for_everybody() -> None:
    assert audiences(a_document()) == (["POL-001"], {})


def test_an_audience_that_everybody_is_asked_for_is_everybody() -> None:
    read, other = a_document(audience=["All staff"], ack_required=True), a_document(id="POL-002", audience=["all staff"])
    some = a_document(id="POL-003", audience=["engineering", "all staff"])
    assert audiences(read, other, some) == (["POL-001", "POL-002", "POL-003"], {})


def test_other_audiences_stand_under_their_words_in_order() -> None:
    read = a_document(audience=["all staff"], ack_required=True)
    some = a_document(id="POL-002", audience=["support", "Engineering", "support"])
    assert audiences(read, some) == (["POL-001"], {"Engineering": ["POL-002"], "support": ["POL-002"]})
    assert list(audiences(read, some)[1]) == ["Engineering", "support"]


def test_a_group_that_has_members_is_not_everybody() -> None:
    read = a_document(audience=["engineering"], ack_required=True)
    assert audiences(read, groups=("engineering",)) == ([], {"engineering": ["POL-001"]})


def reporting(*documents: Document) -> list[str]:
    controls = (a_control(id=number) for number in ("A.6.8", "A.5.24", "A.5.25"))
    return [item.id for item in reporting_documents(facts_of(*controls, *documents).isms)]


def test_documents_on_reporting_come_first_and_those_on_incidents_stand_in() -> None:
    report, handle = a_document(id="PRC-1", controls=["A.6.8"]), a_document(id="PRC-2", controls=["A.5.25"])
    assert reporting(report, handle) == ["PRC-1"]
    assert reporting(handle) == ["PRC-2"]
    assert reporting() == []


@pytest.mark.parametrize("status", ["draft", "withdrawn", "in_review"])
def test_what_is_not_in_force_tells_nobody_where_to_report(status: str) -> None:
    assert reporting(a_document(id="PRC-1", controls=["A.6.8"], status=status)) == []


@pytest.mark.parametrize(("last", "held"), [("2026-11-23", None), ("2026-11-24", "PER-001"), (None, "PER-001")])
def test_only_who_is_here_holds_a_role(last: str | None, held: str | None) -> None:
    (found,) = whom_to_ask(facts_of(a_person(active_to=last)).isms, TODAY)
    assert (found.holder.id if found.holder else None) == held


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_roles_that_are_not_in_force_are_not_asked(status: str) -> None:
    assert whom_to_ask(facts_of(a_role(status=status)).isms, TODAY) == []


def turned_to(document: Document, *roles: Role, **parts: Any) -> list[str]:
    facts = facts_of(document, *roles, **parts)
    return [item.role.id for item in answering([document], whom_to_ask(facts.isms, TODAY), facts.trace)]


def test_one_turns_to_the_role_whose_duties_name_the_document() -> None:
    role = a_role(id="ROL-002", duties="Runs [POL-001].", holder=None)
    assert turned_to(a_document(), role) == ["ROL-002"]


@pytest.mark.parametrize("owner", ["PER-001", "ROL-001"])
def test_else_to_that_of_the_owner(owner: str) -> None:
    assert turned_to(a_document(owner=owner), a_role(id="ROL-002", holder=None)) == ["ROL-001"]


def test_else_to_nobody() -> None:
    assert turned_to(a_document(owner=None)) == []
