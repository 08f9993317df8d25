"""Reviews of GitHub and GitLab as their files tell of them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.authoring.platform_review import read_reviews
from isms_plugin.errors import IsmsError


def review(state: str, login: str = "bodo", commit: str = "c1") -> dict[str, Any]:
    address = "https://x.example/1"
    return {"state": state, "user": {"login": login}, "submitted_at": "2026-02-03T23:30:00Z", "html_url": address, "commit_id": commit}


def read(value: Any) -> list[tuple[str, str]]:
    return [(found.names[0], found.commit) for found in read_reviews(json.dumps(value).encode(), "file")]


def test_an_event_tells_who_approved_which_commit_when() -> None:
    (found,) = read_reviews(json.dumps({"review": review("approved")}).encode(), "file")
    assert (found.names, found.on, found.reference, found.commit) == (("bodo",), date(2026, 2, 3), "https://x.example/1", "c1")


def test_of_a_list_the_last_decision_of_each_person_counts() -> None:
    reviews = [
        review("APPROVED", "anna"),
        review("APPROVED"),
        review("COMMENTED"),
        review("APPROVED", commit="c2"),
        review("DISMISSED", "anna"),
    ]
    assert read(reviews) == [("bodo", "c2")]


def test_an_approval_that_was_taken_back_approves_nothing() -> None:
    with pytest.raises(IsmsError, match="nobody approved anything there"):
        read([review("APPROVED"), review("CHANGES_REQUESTED")])


def test_gitlab_tells_accounts_and_names() -> None:
    value = {
        "iid": 5,
        "project_id": 9,
        "updated_at": "2026-02-04T10:00:00Z",
        "approved_by": [{"user": {"username": "bodo", "name": "Bodo Kern"}}],
    }
    (found,) = read_reviews(json.dumps(value).encode(), "file")
    assert (found.names, found.on, found.reference) == (("bodo", "Bodo Kern"), date(2026, 2, 4), "merge request !5 of project 9")


def test_a_review_that_was_begun_and_not_sent_takes_nothing_back() -> None:
    assert read([review("APPROVED"), review("PENDING")]) == [("bodo", "c1")]


def test_gitlab_tells_several_people_each_with_their_day_and_the_commit_where_it_knows_them() -> None:
    people = [{"user": {"username": "bodo"}}, {"user": {"username": "cora"}, "approved_at": "2026-02-03T08:00:00Z"}]
    value = {"updated_at": "2026-02-04T10:00:00Z", "web_url": "https://x.example/5", "sha": "c9", "approved_by": people}
    found = read_reviews(json.dumps(value).encode(), "file")
    assert [(item.names, item.on, item.commit) for item in found] == [
        (("bodo",), date(2026, 2, 4), "c9"),
        (("cora",), date(2026, 2, 3), "c9"),
    ]
    assert {item.reference for item in found} == {"https://x.example/5"}


@pytest.mark.parametrize(
    "change", [{"submitted_at": "today"}, {"submitted_at": None}, {"user": None}, {"user": {}}, {"user": {"login": ""}}, {"state": None}]
)
def test_a_review_that_lacks_what_a_record_needs_is_none(change: dict[str, Any]) -> None:
    with pytest.raises(IsmsError, match="file: neither a review of GitHub nor the approvals of a GitLab merge request"):
        read(review("approved") | change)


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"<html>", b"null", b"1", b"{}", b'[{"review": NaN}]', b'{"approved_by": [{}]}'])
def test_any_other_file_is_said_to_be_neither(data: bytes) -> None:
    with pytest.raises(IsmsError, match="neither"):
        read_reviews(data, "file")


NAMES = ("state", "user", "login", "submitted_at", "html_url", "commit_id", "review", "approved_by", "username", "iid", "updated_at")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["approved", "2026-02-03", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=12,
)


@given(VALUES)
def test_whatever_a_file_holds_there_is_an_answer(value: Any) -> None:
    try:
        found = read_reviews(json.dumps(value).encode(), "file")
    except IsmsError:
        return
    assert all(item.names and isinstance(item.on, date) for item in found)
