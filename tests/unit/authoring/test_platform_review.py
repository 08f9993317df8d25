"""Reviews of GitHub and GitLab as their files tell of them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

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
