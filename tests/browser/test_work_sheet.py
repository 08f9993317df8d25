"""The auditor's work sheet in real Chromium, from disk and without a network: kept, exported, taken up again, printed."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, expect

from isms_plugin.adapters.editions import Job, build_edition
from isms_plugin.model.edition import Edition
from isms_plugin.sources.profiles import read_profile
from isms_plugin.sources.work_sheet_file import read_work_sheet
from isms_plugin.sources.workspace import find_workspace, open_snapshot
from tests.browser.test_accessibility import COLOURS, EVERYTHING, violations
from tests.integration.conftest import ROOT
from tests.integration.test_cli import isms

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NOTES = "= 1+1 said \"so\", and 'more': #5\n- café 😀 \\n {x}\n\n+ end \u2028 there"
STORAGE_OFF = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }});"


@pytest.fixture(scope="module")
def sheet_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sheet of the sample as an auditor has it."""
    target = tmp_path_factory.mktemp("work-sheet") / "site"
    profile = read_profile(open_snapshot(find_workspace(ROOT)), "profiles", "auditor")
    build_edition(Job(edition=Edition(profile=profile), root=ROOT, target=target, fallback=ROOT / "mkdocs.yml"))
    return target / "work-sheet.html"


class Desk:
    """An auditor at a laptop without a network."""

    def __init__(self, browser: Browser, file: Path, **options: Any) -> None:
        usual: dict[str, Any] = {"offline": True, "accept_downloads": True, "viewport": {"width": 1400, "height": 900}}
        self.context = browser.new_context(**usual | options)
        self.file = file
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.page = self.open()

    def open(self) -> Page:
        page = self.context.new_page()
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(self.file.as_uri())
        return page

    def answer(self, *, accept: bool = True) -> None:
        """Answer the next question."""

        def reply(dialog: Any) -> None:
            self.asked.append(dialog.message)
            if accept:
                dialog.accept()
            else:
                dialog.dismiss()

        self.page.once("dialog", reply)

    def row(self, name: str) -> Locator:
        return self.page.locator(f'tr[id="{name}"]')

    def box(self, name: str, label: str) -> Locator:
        return self.row(name).get_by_label(label)

    def fill(self) -> None:
        """Write what an auditor might write."""
        page = self.page
        page.get_by_label("Auditor", exact=True).fill("Robin Stone")
        page.get_by_label("Day of the audit").fill("2027-01-13")
        self.box("A.8.13", "minor").check()
        self.box("A.8.13", "Notes").fill(NOTES)
        self.box("A.8.13", "Sampled").fill("EVD-047\n  three tickets  \n\n")
        self.box("A.8.13", "Interviewed").fill("@Aisha")
        self.box("A.8.13", "Seen on").fill("2027-01-12")
        self.box("4.1", "compliant").check()
        self.box("A.7.6", "no occasion yet").check()
        expect(page.get_by_role("status")).to_have_text("Saved in this browser: 3 entries")

    def export(self, button: str) -> Path:
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name=button).click()
        target = self.file.parent.parent / download.value.suggested_filename
        download.value.save_as(target)
        return target

    def counts(self) -> dict[str, str]:
        found = self.page.locator(".isms-sheet__counts span").all_inner_texts()
        return {text.rpartition(" ")[0]: text.rpartition(" ")[2] for text in found}


Start = Callable[..., Desk]


@pytest.fixture
def desk(browser: Browser, sheet_file: Path) -> Iterator[Start]:
    desks: list[Desk] = []

    def start(**options: Any) -> Desk:
        desks.append(Desk(browser, sheet_file, **options))
        return desks[-1]

    yield start
    for made in desks:
        assert [url for url in made.requests if not url.startswith(("file:", "data:", "blob:"))] == []
        assert made.complaints == []
        made.context.close()


def test_what_is_written_is_still_there_after_a_reload(desk: Start) -> None:
    auditor = desk()
    auditor.fill()
    auditor.page.reload()
    expect(auditor.box("A.8.13", "minor")).to_be_checked()
    assert auditor.box("A.8.13", "Notes").input_value() == NOTES
    assert auditor.box("A.8.13", "Seen on").input_value() == "2027-01-12"
    assert auditor.page.get_by_label("Auditor", exact=True).input_value() == "Robin Stone"
    assert auditor.counts() == {
        "not looked at": "123", "compliant": "1", "opportunity for improvement": "0", "minor": "1", "major": "0", "no occasion yet": "1",
    }  # fmt: skip


def test_what_was_typed_last_is_kept_although_the_page_is_left_at_once(desk: Start) -> None:
    auditor = desk()
    auditor.box("A.5.1", "Notes").fill("at the last moment")
    auditor.page.reload()
    assert auditor.box("A.5.1", "Notes").input_value() == "at the last moment"


def test_the_sheet_of_another_pack_is_another_sheet(desk: Start, sheet_file: Path) -> None:
    other = sheet_file.with_name("other.html")
    other.write_text(re.sub(r'data-commit="\w+"', 'data-commit="0000"', sheet_file.read_text(encoding="utf-8")), encoding="utf-8")
    auditor = desk()
    auditor.fill()
    auditor.page.goto(other.as_uri())
    assert auditor.counts()["not looked at"] == "126"


def test_two_tabs_show_the_same_sheet(desk: Start) -> None:
    auditor = desk()
    second = auditor.open()
    auditor.fill()
    expect(second.locator('tr[id="4.1"]').get_by_label("compliant")).to_be_checked()


def test_the_yaml_says_what_was_written(desk: Start) -> None:
    auditor = desk()
    auditor.fill()
    path = auditor.export("Export YAML")
    assert path.name == "work-sheet-auditor-2026-11-30.yml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert (data["schema"], data["profile"], data["as_of"], data["auditor"]) == (
        "isms-work-sheet/1",
        "auditor",
        "2026-11-30",
        "Robin Stone",
    )
    assert (data["organization"], data["audited_on"]) == ("Kestrel Ledger ISMS", "2027-01-13")
    assert re.fullmatch("[0-9a-f]{40}", data["commit"])
    assert data["items"] == [
        {"id": "4.1", "grade": "compliant"},
        {
            "id": "A.8.13", "grade": "minor", "notes": NOTES, "samples": ["EVD-047", "three tickets"], "interviewed": "@Aisha",
            "seen_on": "2027-01-12",
        },
        {"id": "A.7.6", "grade": "no_occasion"},
    ]  # fmt: skip


def test_the_csv_has_every_row_and_no_cell_that_a_spreadsheet_runs(desk: Start) -> None:
    auditor = desk()
    auditor.fill()
    content = auditor.export("Export CSV").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfid,title,grade,notes,")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)}
    assert len(rows) == 126
    row = rows["A.8.13"]
    assert (row["notes"], row["interviewed"], row["title"]) == (f"'{NOTES}", "'@Aisha", "Information backup")
    assert (row["samples"], rows["4.2"]["grade"], row["audited_on"]) == ("EVD-047\nthree tickets", "not_looked_at", "2027-01-13")
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for found in rows.values() for cell in found.values())


def test_both_exports_say_the_same_to_the_reader(desk: Start) -> None:
    auditor = desk()
    auditor.fill()
    as_yaml, as_csv = (read_work_sheet(auditor.export(button)) for button in ("Export YAML", "Export CSV"))
    assert as_yaml.mistakes == as_csv.mistakes == ()
    graded = {item.id: item for item in as_csv.items if item.grade != "not_looked_at"}
    assert {item.id: item for item in as_yaml.items} == graded
    assert (as_yaml.commit, as_yaml.auditor, as_yaml.audited_on) == (as_csv.commit, as_csv.auditor, as_csv.audited_on)


def test_another_laptop_goes_on_with_the_file(desk: Start) -> None:
    first = desk()
    first.fill()
    path = first.export("Export YAML")
    second = desk()
    second.box("A.5.1", "major").check()
    second.page.get_by_label("Go on with a file").set_input_files(path)
    expect(second.page.get_by_role("status")).to_have_text("Taken over from the file: 3 entries")
    assert second.box("A.8.13", "Notes").input_value() == NOTES
    assert second.counts()["major"] == "1"
    second.page.reload()
    assert second.box("A.8.13", "Interviewed").input_value() == "@Aisha"
    assert second.export("Export YAML").read_text(encoding="utf-8").count("  - id: ") == 4


def test_a_file_that_says_something_else_is_asked_about(desk: Start) -> None:
    auditor = desk()
    auditor.fill()
    path = auditor.export("Export YAML")
    auditor.box("A.8.13", "Notes").fill("Newer.")
    auditor.answer(accept=False)
    auditor.page.get_by_label("Go on with a file").set_input_files(path)
    auditor.page.wait_for_timeout(200)
    assert auditor.asked == ["The file says something else than this sheet about A.8.13. Take what the file says?"]
    assert auditor.box("A.8.13", "Notes").input_value() == "Newer."


def test_a_file_of_another_commit_is_asked_about(desk: Start, tmp_path: Path) -> None:
    path = tmp_path / "other.yml"
    head = 'schema: "isms-work-sheet/1"\ncommit: "0000"\nprofile: "auditor"\nas_of: "2026-11-30"\n'
    path.write_text(head + 'items:\n  - id: "A.5.1"\n    grade: "ofi"\n  - id: "A.99"\n    grade: "ofi"\n', encoding="utf-8")
    auditor = desk()
    auditor.answer()
    auditor.page.get_by_label("Go on with a file").set_input_files(path)
    expect(auditor.page.get_by_role("alert")).to_have_text("Not on this sheet, and so left out: A.99.")
    assert auditor.asked == ["The file was written on another sheet: its commit is not that of this one. Go on all the same?"]
    expect(auditor.box("A.5.1", "opportunity for improvement")).to_be_checked()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("colour: red\n", "Line 1 is not as this sheet writes it. Nothing was changed."),
        (
            'schema: "isms-work-sheet/1"\nitems:\n  - id: "A.5.1"\n    grade: "awful"\n',
            "Line 4 is not as this sheet writes it. Nothing was changed.",
        ),
        ('schema: "other/1"\nitems: []\n', "This is no exported work sheet. Nothing was changed."),
        ('__proto__: "x"\n', "Line 1 is not as this sheet writes it. Nothing was changed."),
    ],
)
def test_what_is_no_sheet_changes_nothing(desk: Start, tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "some.yml"
    path.write_text(text, encoding="utf-8")
    auditor = desk()
    auditor.page.get_by_label("Go on with a file").set_input_files(path)
    expect(auditor.page.get_by_role("alert")).to_have_text(told)
    assert auditor.counts()["not looked at"] == "126"


@pytest.mark.parametrize("accept", [True, False])
def test_clearing_asks_first(desk: Start, *, accept: bool) -> None:
    auditor = desk()
    auditor.fill()
    auditor.answer(accept=accept)
    auditor.page.get_by_role("button", name="Clear the sheet").click()
    auditor.page.reload()
    assert len(auditor.asked) == 1
    assert auditor.counts()["not looked at"] == ("126" if accept else "123")


def test_a_browser_that_keeps_nothing_is_told_and_exports_all_the_same(desk: Start) -> None:
    auditor = desk()
    auditor.context.add_init_script(STORAGE_OFF)
    auditor.page.reload()
    expect(auditor.page.get_by_role("alert")).to_contain_text("This browser keeps nothing here")
    auditor.box("A.5.1", "major").check()
    assert yaml.safe_load(auditor.export("Export YAML").read_text(encoding="utf-8"))["items"] == [{"id": "A.5.1", "grade": "major"}]
    auditor.complaints[:] = [text for text in auditor.complaints if text != "no"]  # the theme asks for the storage as well


def test_rows_are_filtered_by_words_what_was_written_and_the_grade(desk: Start) -> None:
    auditor = desk()
    auditor.fill()
    words, count = auditor.page.get_by_label("Filter rows by words"), auditor.page.locator(".isms-filter__count")
    words.fill("BACKUP evd-047")
    expect(count).to_have_text("1 of 126")
    assert auditor.page.locator("tr.isms-group:visible").all_inner_texts() == ["Technological controls (A.8) (33)"]
    words.fill("café")
    expect(count).to_have_text("1 of 126")
    words.fill("")
    auditor.page.get_by_label("Grade", exact=True).select_option("minor")
    expect(count).to_have_text("1 of 126")
    assert auditor.page.locator("tr[data-subject]:visible").get_attribute("id") == "A.8.13"


def test_ids_are_offered_for_samples_and_taken_by_keyboard(desk: Start) -> None:
    auditor = desk()
    box = auditor.box("A.8.13", "Sampled")
    box.focus()
    offers = auditor.page.get_by_role("group", name="Ids to sample")
    assert [text.split()[0] for text in offers.get_by_role("button").all_inner_texts()][:2] == ["EVD-047", "EVD-048"]
    auditor.page.keyboard.press("ArrowDown")
    auditor.page.keyboard.press("Enter")
    assert box.input_value() == "EVD-047\n"
    auditor.page.keyboard.type("laptop")
    expect(offers.get_by_role("button").first).to_be_visible()
    auditor.page.keyboard.press("Escape")
    expect(offers).to_have_count(0)
    expect(box).to_be_focused()


def test_everything_is_there_without_scripts(desk: Start) -> None:
    with_scripts, without = desk(), desk(java_script_enabled=False)
    assert without.page.locator("tr[data-subject]").count() == with_scripts.page.locator("tr[data-subject]").count() == 126
    assert without.page.locator('.isms-sheet input[type="radio"]').count() == 126 * 6
    assert without.page.locator('.isms-sheet input[type="radio"]:checked').count() == 0
    expect(without.page.locator("noscript p")).to_be_visible()
    expect(without.page.get_by_role("button", name="Export YAML")).to_have_count(0)


def test_on_paper_there_is_the_whole_text_and_no_button(desk: Start, tmp_path: Path) -> None:
    auditor = desk(viewport={"width": 1046, "height": 720})
    long = "\n".join(f"Line {number} of a long note." for number in range(1, 31))
    auditor.box("A.8.13", "minor").check()
    auditor.box("A.8.13", "Notes").fill(long)
    auditor.page.emulate_media(media="print")
    paper = auditor.row("A.8.13").locator(".isms-sheet__paper").first
    expect(paper).to_be_visible()
    assert paper.evaluate("box => box.scrollHeight <= box.clientHeight + 1")
    expect(auditor.box("A.8.13", "Notes")).to_be_hidden()
    expect(auditor.box("A.8.14", "Notes")).to_be_visible()
    expect(auditor.page.get_by_role("button", name="Export YAML")).to_be_hidden()
    auditor.page.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
    assert b"/MediaBox [0 0 841" in (tmp_path / "sheet.pdf").read_bytes()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(desk: Start, scheme: str) -> None:
    auditor = desk(color_scheme=scheme)
    auditor.fill()
    auditor.box("A.8.13", "Sampled").focus()
    found = violations(auditor.page, EVERYTHING if scheme == "light" else COLOURS)
    auditor.complaints.clear()  # axe reads style sheets, which no page on disk may
    assert found == []


def test_on_a_phone_everything_fits(desk: Start) -> None:
    auditor = desk(viewport={"width": 390, "height": 844})
    auditor.fill()
    assert auditor.page.evaluate("document.documentElement.scrollWidth <= 390")
    assert auditor.box("A.8.13", "Notes").evaluate("box => box.getBoundingClientRect().width") > 300


def test_what_the_browser_exports_becomes_findings(desk: Start, tmp_path: Path) -> None:
    root = tmp_path / "isms"
    for name in ("registers", "policies", "evidence", "docs"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    auditor = desk()
    auditor.fill()
    path = auditor.export("Export YAML")
    told = isms("import", "findings", path, "--audit", "AUD-003", "--write", directory=root)
    assert told.exit_code == 0, told.output
    rows = yaml.safe_load((root / "registers/findings.yml").read_text(encoding="utf-8"))
    clause, control = rows[-2:]
    assert (clause["requirement"], clause["grade"], clause["title"]) == (
        "4.1", "compliant", "Understanding the organization and its context: compliant",
    )  # fmt: skip
    assert (control["requirement"], control["grade"], control["evidence"], str(control["found_on"])) == (
        "A.8.13", "minor", ["EVD-047"], "2027-01-12",
    )  # fmt: skip
    assert control["facts"].startswith("= 1+1 said \"so\", and 'more': #5\n- café 😀 \\n {x}\n\n+ end")
    assert control["facts"].endswith("Sampled: three tickets.\n\nInterviewed: @Aisha.")
