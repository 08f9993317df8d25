"""Exports are read whatever their form, and every row knows where it stands."""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from isms_plugin.errors import IsmsError
from isms_plugin.model.table import Table
from isms_plugin.sources import tables
from isms_plugin.sources.tables import read_table, read_table_file, workbook
from isms_plugin.sources.tables.cell_text import cell_text


def rows(table: Table) -> list[tuple[str, ...]]:
    return [(row.place, *row.cells) for row in table.rows]


def a_workbook(**sheets: list[list[Any]]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    for name, lines in sheets.items():
        sheet = book.add_worksheet(name)
        for number, cells in enumerate(lines):
            sheet.write_row(number, 0, cells)
    book.close()
    return target.getvalue()


def test_csv_rows_know_their_line() -> None:
    table = read_table('\ufeffName;Note\r\n\r\nA;"two\nlines"\r\nB; x \r\n'.encode(), "list.csv")
    assert table.headings == ("Name", "Note")
    assert rows(table) == [("3", "A", "two lines"), ("5", "B", "x")]
    assert table.where(table.rows[1]) == "list.csv:5"


def test_a_workbook_is_read_as_people_see_it() -> None:
    lines = [
        [],
        ["No", "Paid on", "Sum", "Open"],
        [1001, date(2026, 3, 5), 12.5, True],
        ["", "", "", ""],
        ["0012", datetime(2026, 3, 5, 9, 30), 1e15, ""],  # noqa: DTZ001 - as workbooks do
    ]
    table = read_table(a_workbook(Vendors=lines), "ledger.xlsx")
    assert table.headings == ("No", "Paid on", "Sum", "Open")
    assert rows(table) == [
        ("Vendors!A3", "1001", "2026-03-05", "12.5", "true"),
        ("Vendors!A5", "0012", "2026-03-05T09:30:00", "1000000000000000", ""),
    ]


def test_a_sheet_is_named_or_the_first() -> None:
    data = a_workbook(One=[["a"], ["1"]], Two=[["b"], ["2"]])
    assert read_table(data, "x.xlsx").headings == ("a",)
    assert read_table(data, "x.xlsx", sheet="Two").headings == ("b",)
    with pytest.raises(IsmsError, match=r"^x.xlsx: no sheet is called 'Three'; there are: One, Two$"):
        read_table(data, "x.xlsx", sheet="Three")


@pytest.mark.parametrize("text", ['[{"a": {"b": 1.10}, "c": [1, 2]}]', '{"n": 1, "rows": [{"a": {"b": 1.10}, "c": [1, 2]}]}'])
def test_json_is_flattened_and_numbers_stay_as_written(text: str) -> None:
    table = read_table(text.encode(), "x.json")
    assert (table.headings, rows(table)) == (("a.b", "c"), [("item 1", "1.10", "1; 2")])


def test_json_rows_may_have_different_keys() -> None:
    table = read_table(b'[{"a": true}, {}, {"b": null, "c": [{"d": "x"}]}]', "x.json")
    assert table.headings == ("a", "b", "c.0.d")
    assert rows(table) == [("item 1", "true", "", ""), ("item 3", "", "", "x")]


def test_the_way_to_the_list_is_named() -> None:
    data = b'{"data": {"users": [{"a": 1}]}, "x": [], "y": []}'
    assert read_table(data, "x.json", inside="data.users").headings == ("a",)
    with pytest.raises(IsmsError, match="more than one list \\(x, y\\)"):
        read_table(data, "x.json")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.csv", b"", "x.csv: empty"),
        ("x.csv", b"a\xff", "is not UTF-8"),
        ("x.csv", b"a\n" + b"x" * 200_000, "x.csv:2: cannot be read as CSV"),
        ("x.json", b"{", "cannot be read as JSON"),
        ("x.json", b"[1]", "x.json:item 1: not an object"),
        ("x.json", b'{"a": 1}', "no list of objects"),
        ("x.json", b'{"a": []}', "x.json: the list is empty"),
        ("x.json", b"\xff", "not UTF-8"),
        ("x.json", b"[" * 100_000, "x.json"),
        ("x.json", b'[{"a":' + b'{"a":' * 30 + b"1" + b"}" * 31 + b"]", "nested deeper"),
        ("x.xlsx", b"Name,Note", "no workbook; save it as .xlsx"),
        ("x.xlsx", a_workbook(Empty=[]), "sheet Empty is empty"),
        ("x.xlsx", a_workbook(One=[["a"]]).replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\xb5"), "no workbook"),
    ],
)
def test_what_cannot_be_read_is_told(name: str, data: bytes, message: str) -> None:
    with pytest.raises(IsmsError, match=message):
        read_table(data, name)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.csv", '"a\nb",c\n"1\x1b[2J\u202e\r\n 2",\u200e3\n'.encode()),
        ("x.json", b'[{"a\\nb": "1\\u001b[2J\\u202e\\n 2", "c": "\\u200e3"}]'),
        ("x.xlsx", a_workbook(One=[["a\nb", "c"], ["1\x1b[2J\u202e\n 2", "\u200e3"]])),
    ],
)
def test_cells_are_one_line_that_steers_nothing(name: str, data: bytes) -> None:
    table = read_table(data, name)
    assert (table.headings, [row.cells for row in table.rows]) == (("a b", "c"), [("1\ufffd[2J 2", "3")])


@pytest.mark.parametrize("text", ["Åse Öberg", "a  b", "👩\u200d💻", "\u0646\u0627\u0645\u200c\u0647\u0627", "Łódź"])
def test_what_people_write_stays(text: str) -> None:
    assert cell_text(f" {text} ") == text


def test_a_zip_that_is_no_workbook_is_told() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as parts:
        parts.writestr("readme.txt", "x")
    with pytest.raises(IsmsError, match="cannot be read as a workbook"):
        read_table(target.getvalue(), "x.xlsx")


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_MAX_UNPACKED", 1000)
    with pytest.raises(IsmsError, match="unpacked"):
        read_table(a_workbook(One=[["a"]]), "x.xlsx")


def test_without_the_library_the_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(IsmsError, match="pip install python-calamine"):
        read_table(a_workbook(One=[["a"]]), "x.xlsx")


def test_size_and_number_of_rows_are_limited(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("a\n1\n2\n", encoding="utf-8")
    monkeypatch.setattr(tables, "MAX_ROWS", 2)
    assert len(read_table_file(file).rows) == 2
    monkeypatch.setattr(tables, "MAX_ROWS", 1)
    with pytest.raises(IsmsError, match="more than 1 rows"):
        read_table_file(file)
    monkeypatch.setattr(tables, "MAX_BYTES", 5)
    with pytest.raises(IsmsError, match="larger than"):
        read_table_file(file)
    with pytest.raises(IsmsError, match="cannot be read"):
        read_table_file(tmp_path / "none.csv")
