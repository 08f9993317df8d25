"""`isms data`, and the statement of applicability in four forms that say the same."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from isms_plugin.render.plain_text import words_of
from tests.integration.conftest import ROOT, BuiltSite
from tests.integration.test_cli import CODES_OFF, isms
from tests.repository import MINIMAL, Repository

calamine = pytest.importorskip("python_calamine")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repo")
    made.commit("issue the policy", {**MINIMAL, "mkdocs.yml": CODES_OFF})
    return made


class Tables(HTMLParser):
    """The cells of every table of a page, row by row, with their markup."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.tables: list[list[list[str]]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table" and ("class", "isms-rows") in attrs:
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables:
            self.tables[-1][-1].append("")
            self.inside = True
        elif self.inside:
            self.tables[-1][-1][-1] += self.get_starttag_text() or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.inside = False
        elif self.inside:
            self.tables[-1][-1][-1] += f"</{tag}>"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.tables[-1][-1][-1] += data

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")


def page_rows(html: str) -> dict[str, dict[str, str]]:
    """The rows of the statement as the page shows them, both tables together, by control and title of the column."""
    reader = Tables()
    reader.feed(html)
    found: dict[str, dict[str, str]] = {}
    for table in reader.tables:
        headings = [words_of(cell) for cell in table[0]]
        for cells in ([words_of(cell) for cell in row] for row in table[1:]):
            control = cells[0].split()[0]
            found.setdefault(control, {}).update(zip(headings[1:], cells[1:], strict=True))
    return found


def workbook(path: Path) -> dict[str, list[list[Any]]]:
    book = calamine.CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_page_csv_json_and_workbook_agree_cell_by_cell(sample: BuiltSite, tmp_path: Path) -> None:
    data = json.loads((sample.path / "soa/soa.json").read_bytes())
    keys, titles = ([column[name] for column in data["columns"]] for name in ("key", "title"))
    as_json = [["; ".join(cell) if isinstance(cell, list) else cell for cell in row.values()] for row in data["rows"]]

    text = (sample.path / "soa/soa.csv").read_text(encoding="utf-8-sig")
    lines = list(csv.reader(io.StringIO(text, newline="")))
    assert isms("data", "--format", "xlsx", "--out", tmp_path / "isms.xlsx").exit_code == 0
    sheet = workbook(tmp_path / "isms.xlsx")["soa"]

    assert len(as_json) == 96
    assert lines == [keys, *as_json]
    assert [row[: len(keys)] for row in sheet] == [titles, *as_json]
    shown = page_rows(sample.html("soa/index.html"))
    for row in as_json:
        cells = dict(zip(titles, row, strict=True))
        on_page = shown[cells.pop("Control")]
        assert on_page.items() <= cells.items()
        assert [cells[title] for title in cells.keys() - on_page.keys()] == [""] * len(cells.keys() - on_page.keys())


def test_json_holds_every_register_in_full_and_the_statement() -> None:
    data = json.loads(isms("data").output)
    assert data["schema"] == "isms-data/1"
    assert len(data["soa"]["rows"]) == 96
    risk = next(row for row in data["registers"]["risks"]["rows"] if row["id"] == "RSK-006")
    assert risk["owner"].startswith("PER-")
    assert risk["level"] == risk["likelihood"] * risk["consequence"]
    assert {column["key"] for column in data["registers"]["risks"]["columns"]} == risk.keys()
    assert data["registers"]["soa-decisions"]["rows"][0]["control"] == "A.5.1"


def test_one_register_goes_to_standard_output(repository: Repository) -> None:
    people = isms("data", "--format", "csv", "--register", "people", directory=repository.root)
    assert people.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(people.stdout.removeprefix("\ufeff"), newline="")))
    assert rows[0]["id"] == "PER-001"
    alone = json.loads(isms("data", "--register", "people", directory=repository.root).output)
    assert (list(alone["registers"]), "soa" in alone) == (["people"], False)


def test_all_registers_go_into_a_folder_and_again(repository: Repository, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for _ in range(2):
        result = isms("data", "--format", "csv", "--out", out, directory=repository.root)
        assert (result.exit_code, "files written" in result.output) == (0, True)
    assert {"soa.csv", "soa-decisions.csv", "risks.csv", "documents.csv"} <= {path.name for path in out.iterdir()}


def test_a_folder_with_something_else_is_left_alone(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    result = isms("data", "--format", "csv", "--out", tmp_path, directory=repository.root)
    assert result.exit_code == 3
    assert not (tmp_path / "soa.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--format", "xlsx"), "a workbook needs --out FILE"),
        (("--format", "csv"), "several tables need --out FOLDER"),
        (("--register", "nothing"), "no register is called 'nothing'; there are soa, documents"),
    ],
)
def test_wrong_usage_is_told(arguments: tuple[str, ...], told: str) -> None:
    result = isms("data", *arguments)
    assert (result.exit_code, told in result.output) == (2, True)


def test_an_older_state_can_be_asked_for(repository: Repository) -> None:
    first = repository.commit("rename", {"registers/people.yml": MINIMAL["registers/people.yml"].replace("Anna Berg", "Anna Berger")})
    now = isms("data", "--register", "people", directory=repository.root).output
    then = isms("data", "--register", "people", "--at", f"{first}~1", directory=repository.root).output
    assert "Anna Berger" in now
    assert "Anna Berger" not in then


def test_the_same_commit_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    for form in ("json", "xlsx"):
        for name in ("a", "b"):
            assert isms("data", "--format", form, "--out", tmp_path / name, directory=ROOT).exit_code == 0
        assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
