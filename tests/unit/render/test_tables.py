"""Tables and CSV."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.render.tables import Row, csv_file, table


def test_a_table_names_its_columns_and_rows() -> None:
    html = table(("Id", "A & B"), [Row(cells=("<a>1</a>", "x"), anchor="R-1")], caption="Things", download="things.csv")
    assert '<th scope="col">A &amp; B</th>' in html
    assert '<tr id="R-1"><th scope="row"><a>1</a></th><td>x</td></tr>' in html
    assert '<a href="isms:things.csv" download>CSV</a>' in html
    assert "<caption>Things</caption>" in html


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_can_be_taken_for_a_formula(cell: str) -> None:
    assert read(csv_file(["h"], [[cell]]))[1] == [f"'{cell}"]


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")), min_size=2, max_size=2), max_size=5))
def test_csv_gives_back_what_was_put_in(rows: list[list[str]]) -> None:
    back = read(csv_file(["a", "b"], rows))[1:]
    assert [[cell.removeprefix("'") if cell[1:2] in ("=", "+", "-", "@", "\t") else cell for cell in row] for row in back] == rows


def read(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
