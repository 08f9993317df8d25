"""What makes two diagnostics the same one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.known import NOTHING_KNOWN, Identity, Known, KnownFile, identity_of

FOUND = Diagnostic(
    code="unknown-reference", message="A.8.99 does not exist", entry="RSK-001", place=Place("risks.yml", 4, 9, (7, "controls", 2))
)


@pytest.mark.parametrize(
    "changes",
    [
        {"place": Place("risks.yml", 90, 1, (12, "controls", 0))},
        {"place": Place("risks/RSK-001.yml", 4, 9, ("controls", 2))},
        {"hint": "did you mean A.8.9?"},
        {"message": "A.8.99 does\n  not exist"},
    ],
    ids=["other row and line", "other file", "hint", "folded"],
)
def test_it_stays_the_same_when_lines_rows_files_and_hints_change(changes: dict[str, object]) -> None:
    assert identity_of(replace(FOUND, **changes)) == identity_of(FOUND)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "wrong-kind"},
        {"entry": "RSK-002"},
        {"message": "A.8.98 does not exist"},
        {"place": Place("risks.yml", 4, 9, (7, "residual_controls", 2))},
    ],
    ids=["code", "entry", "message", "field"],
)
def test_it_is_another_one_when_code_entry_message_or_field_change(changes: dict[str, object]) -> None:
    assert identity_of(replace(FOUND, **changes)) != identity_of(FOUND)  # type: ignore[arg-type]
    assert identity_of(replace(FOUND, **changes)).digest != identity_of(FOUND).digest  # type: ignore[arg-type]


def test_lines_in_messages_do_not_count() -> None:
    messages = [f"RSK-001 is already taken at registers/risks.yml:{where}" for where in ("3", "99", "99:4")]
    assert len({identity_of(replace(FOUND, message=message)) for message in messages}) == 1


def test_without_an_entry_it_is_about_its_file() -> None:
    found = [identity_of(Diagnostic(code="yaml-syntax", message="odd", place=Place(path, 3))) for path in ("a.yml", "b.yml")]
    assert [identity.subject for identity in found] == ["a.yml", "b.yml"]


def test_a_name_that_is_not_utf_8_can_be_hashed_and_written() -> None:
    identity = identity_of(Diagnostic(code="unreadable-file", message="binary", place=Place("a\udcff.yml")))
    assert identity.subject == "a\\udcff.yml"
    assert len(identity.digest) == 64


def test_a_file_knows_its_items_by_what_they_are() -> None:
    known = Known(identity=identity_of(FOUND), reason="later")
    file = KnownFile(path="known.yml", items={known.identity: known})
    assert file.get(replace(FOUND, place=Place("risks.yml", 1, 1, (0, "controls", 0)))) is known
    assert file.get(replace(FOUND, entry="RSK-002")) is None
    assert NOTHING_KNOWN.get(FOUND) is None
    assert Identity.of("a", " b ", "", "c\nd") == Identity("a", "b", "", "c d")
