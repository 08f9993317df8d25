"""`isms due`: what is overdue and what comes next, for people and for their calendars."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.integration.test_cli import isms
from tests.repository import MINIMAL, Repository

ACTIONS = (
    "- {id: ACT-1, title: Keys, status: draft, owner: PER-001, due: 2026-11-20}\n"
    "- {id: ACT-2, title: Locks, status: draft, owner: PER-002, due: 2026-12-24}\n"
    "- {id: ACT-3, title: Doors, status: draft, owner: PER-002, due: 2026-12-25}\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Repository(tmp_path / "repo").commit("first", {**MINIMAL, "registers/actions.yml": ACTIONS})
    return tmp_path / "repo"


def due(folder: Path, *arguments: str) -> list[str]:
    result = isms("due", "--as-of", "2026-11-24", *arguments, directory=folder)
    assert result.exit_code == 0
    return str(result.output).splitlines()


def test_overdue_things_come_first_then_by_day(folder: Path) -> None:
    assert due(folder) == [
        "2026-11-20  overdue  ACT-1 Keys: action (Anna Berg)",
        "2026-12-24  soon     ACT-2 Locks: action (Bodo Kern)",
        "2026-12-25  later    ACT-3 Doors: action (Bodo Kern)",
        "2027-01-01  later    POL-01 Access policy: review (Anna Berg)",
        "1 overdue, 1 soon, 2 later.",
    ]


@pytest.mark.parametrize(
    ("within", "found"), [("0d", 1), ("30d", 2), ("31d", 3), ("5w", 3), ("1m", 2), ("2m", 4), ("1y", 4)]
)  # fmt: skip
def test_a_span_of_time_leaves_out_what_comes_later(folder: Path, within: str, found: int) -> None:
    assert len(due(folder, "--within", within)) == found + 1


@pytest.mark.parametrize("owner", ["PER-002", "Bodo Kern", "bodo kern"])
def test_one_person_sees_what_is_hers(folder: Path, owner: str) -> None:
    assert [line.split()[2] for line in due(folder, "--owner", owner)[:-1]] == ["ACT-2", "ACT-3"]


def test_nothing_says_so(folder: Path) -> None:
    assert due(folder, "--owner", "PER-002", "--within", "1d") == ["Nothing falls due."]


def test_json_has_every_field(folder: Path) -> None:
    found = json.loads("\n".join(due(folder, "--format", "json", "--within", "1d")))
    assert found == {
        "schema": "isms-due/1",
        "as_of": "2026-11-24",
        "items": [
            {
                "day": "2026-11-20", "state": "overdue", "what": "action", "entry": "ACT-1", "kind": "action", "title": "Keys",
                "field": "due", "owner": "PER-001", "owner_name": "Anna Berg",
            }
        ],
    }  # fmt: skip


def test_the_calendar_file_has_an_event_for_each(folder: Path) -> None:
    result = isms("due", "--as-of", "2026-11-24", "--format", "ics", directory=folder)
    content = result.stdout_bytes
    assert content.count(b"BEGIN:VEVENT\r\n") == 4
    assert content.replace(b"\r\n", b"").count(b"\n") == 0
    assert isms("due", "--as-of", "2026-11-24", "--format", "ics", directory=folder).stdout_bytes == content


@pytest.mark.parametrize(("day", "code"), [("2026-11-20", 0), ("2026-11-21", 1)], ids=["on the day", "the day after"])
def test_a_pipeline_may_fail_on_what_is_overdue(folder: Path, day: str, code: int) -> None:
    assert isms("due", "--as-of", day, "--fail-overdue", directory=folder).exit_code == code


@pytest.mark.parametrize("within", ["30", "d", "-3d", "3 d", "1000000d", "2000y", "٣d"])
def test_no_span_of_time_is_wrong_usage(folder: Path, within: str) -> None:
    result = isms("due", f"--within={within}", directory=folder)
    assert result.exit_code == 2
    assert "is no span of time" in result.output


def test_an_unknown_person_is_told(folder: Path) -> None:
    result = isms("due", "--owner", "PER-009", directory=folder)
    assert (result.exit_code, result.output) == (3, "isms: PER-009: no such person\n")
