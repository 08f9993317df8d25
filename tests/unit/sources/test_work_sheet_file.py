"""Filled-in work sheets as files: what was written comes back, and what has no meaning is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from isms_plugin.errors import IsmsError
from isms_plugin.model.work_sheet import SheetItem, WorkSheet
from isms_plugin.sources.work_sheet_file import read_work_sheet

HEAD = 'schema: "isms-work-sheet/1"\n'
YAML = (
    HEAD
    + """organization: "Kestrel"
commit: "abc"
profile: "auditor"
as_of: "2026-11-30"
auditor: "R. Stone"
audited_on: "2027-01-13"
items:
  - id: "A.5.18"
    grade: "minor"
    notes: "= \\"open\\"\\n- café 😀"
    samples:
      - "EVD-001"
      - "two tickets"
    interviewed: "Anna"
    seen_on: "2027-01-12"
  - id: "4.1"
    grade: "compliant"
"""
)


def sheet(tmp_path: Path, text: str, name: str = "sheet.yml") -> WorkSheet:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return read_work_sheet(path)


def mistakes(tmp_path: Path, text: str, name: str = "sheet.yml") -> list[str]:
    return [str(mistake).removeprefix(f"{tmp_path}/") for mistake in sheet(tmp_path, text, name).mistakes]


def test_what_the_page_exports_is_read_as_it_was_written(tmp_path: Path) -> None:
    read = sheet(tmp_path, YAML)
    assert (read.commit, read.as_of, read.auditor, read.audited_on, read.mistakes) == ("abc", "2026-11-30", "R. Stone", "2027-01-13", ())
    assert read.items == (
        SheetItem(
            id="A.5.18", grade="minor", notes='= "open"\n- café 😀', samples=("EVD-001", "two tickets"), interviewed="Anna",
            seen_on="2027-01-12",
        ),
        SheetItem(id="4.1", grade="compliant"),
    )  # fmt: skip


def test_every_value_knows_its_line_and_column(tmp_path: Path) -> None:
    item = sheet(tmp_path, YAML).items[0]
    assert [str(item.place(name)).rpartition("sheet.yml")[2] for name in ("id", "grade", "seen_on")] == [":9:9", ":10:12", ":16:14"]
    assert item.place("title") == item.place("id")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('"\\u001b[31mred\\u0007"', "\ufffd[31mred\ufffd"),
        ('"a\\u202eb"', "ab"),
        ('"list:\\n  - deep\\tword\\r\\nend  "', "list:\n  - deep word\nend"),
    ],
)
def test_what_steers_a_terminal_or_no_file_can_hold_is_taken_out(tmp_path: Path, written: str, read: str) -> None:
    assert sheet(tmp_path, f"{HEAD}items: [{{id: A.5.1, notes: {written}}}]\n").items[0].notes == read


def test_an_item_without_a_grade_was_not_looked_at(tmp_path: Path) -> None:
    assert sheet(tmp_path, HEAD + "items: [{id: A.5.1}]\n").items[0].grade == "not_looked_at"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("schema: other/1\n", "sheet.yml:1:1: no work sheet: it has to begin with `schema: isms-work-sheet/1`"),
        ("- a\n", "sheet.yml:1:1: no work sheet: it has to begin with `schema: isms-work-sheet/1`"),
        (HEAD + "items: here\n", "sheet.yml:2:8: should be a list"),
        (HEAD + "items:\n  - A.5.1\n", "sheet.yml:3:5: should have `id` and `grade`"),
        (HEAD + "items:\n  - {id: A.5.1, notes: [a]}\n", "sheet.yml:3:24: should be a text"),
        (HEAD + "items:\n  - {id: A.5.1, samples: EVD-001}\n", "sheet.yml:3:26: should be a list of texts"),
        (HEAD + "items:\n  - {id: A.5.1, gade: minor}\n", "sheet.yml:3:23: 'gade' has no meaning here; there are id, grade"),
        (HEAD + "colour: red\n", "sheet.yml:2:9: 'colour' has no meaning here; there are schema, organization"),
        (HEAD + "items: [\n", "sheet.yml:3:1: "),
        (HEAD + 'auditor: "a"\nauditor: "b"\n', "sheet.yml:3:1: 'auditor' stands twice"),
    ],
)
def test_what_has_no_meaning_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    found = mistakes(tmp_path, text)
    assert len(found) == 1
    assert found[0].startswith(told)


CSV = (
    "\ufeffid,title,grade,notes,samples,interviewed,seen_on,auditor,audited_on,commit,profile,as_of\r\n"
    'A.5.18,Access rights,minor,"\'=1+1, ""so""\r\nnext","EVD-001\ntwo tickets",'
    "'-Anna,2027-01-12,R. Stone,2027-01-13,abc,auditor,2026-11-30\r\n"
    "4.1,Context,compliant,''=x,,,,R. Stone,2027-01-13,abc,auditor,2026-11-30\r\n"
)


def test_a_csv_file_says_the_same(tmp_path: Path) -> None:
    read = sheet(tmp_path, CSV, "sheet.csv")
    assert (read.commit, read.as_of, read.auditor, read.audited_on, read.mistakes) == ("abc", "2026-11-30", "R. Stone", "2027-01-13", ())
    assert read.items == (
        SheetItem(
            id="A.5.18", grade="minor", notes='=1+1, "so"\nnext', samples=("EVD-001", "two tickets"), interviewed="-Anna",
            seen_on="2027-01-12",
        ),
        SheetItem(id="4.1", grade="compliant", notes="'=x"),
    )  # fmt: skip


def test_rows_of_several_lines_keep_their_line(tmp_path: Path) -> None:
    assert [(item.place("grade").line, item.place("grade").column) for item in sheet(tmp_path, CSV, "sheet.csv").items] == [(2, 3), (5, 3)]


def test_a_spreadsheet_may_save_it_with_semicolons_and_grades_in_words(tmp_path: Path) -> None:
    item = sheet(tmp_path, "id;grade;notes\nA.5.1;Opportunity for improvement;More, please\n", "sheet.csv").items[0]
    assert (item.grade, item.notes) == ("ofi", "More, please")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "sheet.csv:1:1: empty; the first line has to name the columns"),
        ("id,notes\nA.5.1,x\n", "sheet.csv:1:1: columns `id` and `grade` are needed; there are id, notes"),
        ("id,grade,colour\nA.5.1,minor,red\n", "sheet.csv:1:3: 'colour' has no meaning here; there are id, grade"),
    ],
)
def test_mistakes_of_a_csv_file(tmp_path: Path, text: str, told: str) -> None:
    found = mistakes(tmp_path, text, "sheet.csv")
    assert len(found) == 1
    assert found[0].startswith(told)


@pytest.mark.parametrize(("name", "content"), [("sheet.yml", b"\xff\xfea\0"), ("sheet.csv", b"id,grade\n\xe9,minor\n")])
def test_what_is_no_text_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(IsmsError, match="export the sheet again"):
        read_work_sheet(tmp_path / name)
