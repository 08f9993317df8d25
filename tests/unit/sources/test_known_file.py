"""The file of known diagnostics, and what is wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from isms_plugin.errors import SettingsError
from isms_plugin.model.known import NOTHING_KNOWN, Identity
from isms_plugin.sources.known_file import known_of, known_on_disk, read_known
from isms_plugin.sources.snapshot import WorkingTree

ITEM = "- code: overdue\n  entry: ACT-001\n  message: late\n"


def test_each_item_has_its_identity_reason_and_line() -> None:
    text = f"# why\n{ITEM}  reason: Moves in May.\n- {{code: yaml-syntax, path: a.yml, field: owner, message: odd, reason: ''}}\n"
    file = read_known("known.yml", text.encode())
    assert [(known.identity, known.reason, known.line) for known in file.items.values()] == [
        (Identity("yaml-syntax", "a.yml", "owner", "odd"), "", 6),
        (Identity("overdue", "ACT-001", "", "late"), "Moves in May.", 2),
    ]


def test_of_two_alike_the_first_counts() -> None:
    file = read_known("known.yml", f"{ITEM}  reason: one\n{ITEM}  reason: two\n".encode())
    assert [known.reason for known in file.items.values()] == ["one"]


@pytest.mark.parametrize("text", ["", "# nothing\n", "[]\n"])
def test_an_empty_file_knows_nothing(text: str) -> None:
    assert not read_known("known.yml", text.encode()).items


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("code: overdue\n", "known.yml:1:1: should be a list of diagnostics"),
        ("- overdue\n", "known.yml:1:1: needs `code` and `message`"),
        (f"{ITEM}- code: overdue\n", "known.yml:4:1: needs `code` and `message`"),
        (f"{ITEM}  raeson: x\n", "known.yml:1:1: no such key: raeson"),
        ("- code: [\n", "known.yml:2:1: "),
    ],
)
def test_what_has_no_meaning_stops_with_its_place(text: str, told: str) -> None:
    with pytest.raises(SettingsError) as error:
        read_known("known.yml", text.encode())
    assert told in str(error.value)


def test_a_name_that_leads_nowhere_is_a_mistake_but_an_older_commit_may_lack_the_file(tmp_path: Path) -> None:
    assert known_of(WorkingTree(tmp_path), "") is NOTHING_KNOWN
    assert known_of(WorkingTree(tmp_path, "c0ffee"), "known.yml") is NOTHING_KNOWN
    with pytest.raises(SettingsError, match=r"known: known\.yml: there is no such file; `isms check --write-known known\.yml` writes it"):
        known_of(WorkingTree(tmp_path), "known.yml")
    (tmp_path / "known.yml").write_text(ITEM)
    assert len(known_of(WorkingTree(tmp_path), "known.yml").items) == 1


def test_a_file_that_a_command_names_may_be_new(tmp_path: Path) -> None:
    assert known_on_disk(tmp_path / "known.yml") is NOTHING_KNOWN
    (tmp_path / "known.yml").write_text(ITEM)
    assert len(known_on_disk(tmp_path / "known.yml").items) == 1
