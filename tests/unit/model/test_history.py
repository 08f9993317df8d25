from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from isms_plugin.model.history import Completeness, History, Revision

REVISION = Revision(
    commit="0123456789abcdef", date=datetime(2026, 1, 1, tzinfo=UTC), author="Anna", email="a@b", summary="first", path="a.md"
)


def test_a_file_that_history_does_not_know_has_no_revisions() -> None:
    history = History(revisions={"a.md": (REVISION,)})
    assert history.of("a.md") == (REVISION,)
    assert history.of("b.md") == ()


def test_the_last_revision_is_the_newest_one() -> None:
    older = replace(REVISION, commit="fedcba9876543210")
    history = History(revisions={"a.md": (REVISION, older)})
    assert history.last("a.md") is REVISION
    assert history.last("b.md") is None


def test_history_is_unknown_until_it_is_known() -> None:
    assert History().completeness is Completeness.UNKNOWN


def test_a_commit_is_written_with_ten_digits() -> None:
    assert REVISION.short == "0123456789"
