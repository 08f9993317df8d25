"""The file of known diagnostics as it is written."""

from __future__ import annotations

import pytest

from isms_plugin.analysis.check_report import Reported
from isms_plugin.authoring.known_diagnostics import known_yaml
from isms_plugin.model.diagnostic import Diagnostic, Grade, Place
from isms_plugin.model.known import NOTHING_KNOWN, identity_of
from isms_plugin.sources.known_file import read_known


def found(
    code: str = "overdue", entry: str = "ACT-001", message: str = "late", grade: Grade = Grade.MINOR, waived_by: str = ""
) -> Reported:
    item = Diagnostic(code=code, message=message, entry=entry, place=Place("registers/a.yml", 3, 1, (0, "due")))
    return Reported(item, grade, identity_of(item).digest, waived_by=waived_by)


def written(*items: Reported, threshold: Grade = Grade.MINOR) -> str:
    return known_yaml(items, threshold, NOTHING_KNOWN)


def codes(text: str) -> list[tuple[str, str]]:
    return sorted((identity.subject, identity.code) for identity in read_known("known.yml", text.encode()).items)


def test_each_is_readable_with_room_for_a_reason_and_sorted_by_its_entry() -> None:
    text = written(found(entry="ACT-010"), found(entry="ACT-009"), found("yaml-syntax", entry="", message="a: b # c"))
    assert [line for line in text.splitlines() if not line.startswith("#")] == [
        "- code: overdue", "  entry: ACT-009", "  field: due", "  message: late", '  reason: ""',
        "- code: overdue", "  entry: ACT-010", "  field: due", "  message: late", '  reason: ""',
        "- code: yaml-syntax", "  path: registers/a.yml", "  field: due", "  message: 'a: b # c'", '  reason: ""',
    ]  # fmt: skip


def test_nothing_is_an_empty_list() -> None:
    assert written().endswith("\n[]\n")


@pytest.mark.parametrize(
    "message", ["null", "~", "yes: no", "'", '"', "# x", "- a", "a\nb", "x" * 300, "x " * 200, "\x1b[2J", "\udcff", "a\u2028b", "{}"]
)
def test_what_is_written_is_read_again_as_the_same(message: str) -> None:
    item = found(message=message)
    assert read_known("known.yml", written(item).encode()).get(item.item) is not None


def test_what_is_waived_for_information_or_told_of_the_file_itself_is_left_out() -> None:
    others = (found("evidence-gap", waived_by="EXC-001"), found("not-committed", grade=Grade.INFO), found("known-gone", grade=Grade.MAJOR))
    assert codes(written(found("no-deputy", grade=Grade.OFI), *others)) == [("ACT-001", "no-deputy")]


@pytest.mark.parametrize(("threshold", "kept"), [(Grade.INFO, True), (Grade.OFI, False), (Grade.OFF, False)], ids=str)
def test_information_is_written_only_where_it_fails(threshold: Grade, kept: bool) -> None:
    assert bool(codes(written(found(grade=Grade.INFO), threshold=threshold))) is kept


def test_reasons_stay_and_what_is_gone_goes() -> None:
    before = read_known("known.yml", (written(found(), found("no-owner")).replace('reason: ""', "reason: Later.", 1)).encode())
    text = known_yaml([found(), found(entry="ACT-002")], Grade.MINOR, before)
    assert text.count("reason: Later.") + text.count('reason: ""') == 2
    assert codes(text) == [("ACT-001", "overdue"), ("ACT-002", "overdue")]
