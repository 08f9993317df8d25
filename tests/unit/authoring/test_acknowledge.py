"""What people or an export say becomes records, or mistakes because of which nothing is written."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
import yaml

from isms_plugin.analysis.facts import Facts, analyse
from isms_plugin.authoring.acknowledge import Outcome, Terms, acknowledge, register_files
from isms_plugin.authoring.claims import Claim, claims_of
from isms_plugin.errors import IsmsError
from isms_plugin.model.acknowledgement import Acknowledgement
from isms_plugin.model.entry import ID_PATTERN, Entry
from isms_plugin.model.fingerprint import text_hash
from isms_plugin.model.history import History
from isms_plugin.model.settings import Settings
from isms_plugin.sources.tables import read_table
from tests.builders import TODAY, MemoryTree, a_document, a_person, an_acknowledgement, an_approval, an_isms

NEW, OLD = text_hash("Security policy", ""), "isms-text-1:" + "b" * 64
TERMS = Terms(method="lms", source="export.csv")
BODO = a_person(id="PER-002", name="Bodo Kern", git=["bodo@example.org", "Kern, Bodo"])
TWO_ISSUES = (
    a_document(version="2.0"),
    an_approval(id="APR-2", version="2.0", decided_on="2026-06-01"),
    an_approval(id="APR-1", version="1.0", content_hash=OLD, decided_on="2026-01-01"),
)


def facts(*changed: Entry, **parts: Any) -> Facts:
    return analyse(an_isms(BODO, *changed, without=["APR-POL-001-1.0"], **parts), History(), Settings(), TODAY, list)


def said(person: str = "PER-001", document: str = "POL-001", day: str = "2026-06-02", version: str = "") -> Claim:
    return Claim(people=(person,), documents=(document,), day=day, version=version)


def recorded(*claims: Claim, changed: tuple[Entry, ...] = TWO_ISSUES, terms: Terms = TERMS) -> Outcome:
    return acknowledge(facts(*changed), claims, terms)


def imported(
    text: str | bytes, mapping: dict[str, str] | None = None, document: str = "", changed: tuple[Entry, ...] = TWO_ISSUES, form: str = ""
) -> Outcome:
    table = read_table(text if isinstance(text, bytes) else text.encode(), "export.csv")
    return acknowledge(facts(*changed), claims_of(table, mapping or {}, document), Terms(method="lms", source="x", date_format=form))


def rows(outcome: Outcome) -> list[tuple[str | None, str | None, str]]:
    assert outcome.mistakes == ()
    return [(record.person, record.version, str(record.acknowledged_on)) for record in outcome.records]


def test_a_record_takes_its_hash_from_the_issue() -> None:
    (record,) = recorded(said()).records
    assert record == Acknowledgement(
        id="ACK-POL-001-2.0-PER-001", person="PER-001", document="POL-001", version="2.0", content_hash=NEW,
        acknowledged_on=date(2026, 6, 2), method="lms", source="export.csv",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["PER-002", "per-002", "Bodo Kern", "  bodo   KERN ", "Bodo@Example.org", "kern, bodo"])
def test_a_person_is_found_by_id_name_and_names_in_git(name: str) -> None:
    assert rows(recorded(said(name))) == [("PER-002", "2.0", "2026-06-02")]


def test_accents_are_the_same_however_they_are_written() -> None:
    person = a_person(id="PER-003", name="Jos\u00e9 Ruiz")
    assert rows(recorded(said("Jose\u0301 Ruiz"), changed=(*TWO_ISSUES, person))) == [("PER-003", "2.0", "2026-06-02")]


@pytest.mark.parametrize("name", ["POL-001", "pol-001", "Security policy", "SECURITY  POLICY"])
def test_a_document_is_found_by_id_and_title(name: str) -> None:
    assert rows(recorded(said(document=name))) == [("PER-001", "2.0", "2026-06-02")]


@pytest.mark.parametrize(
    ("day", "version"), [("2026-01-01", "1.0"), ("2026-05-31", "1.0"), ("2026-06-01", "2.0"), ("2026-11-24", "2.0"), ("2026-11-25", "2.0")]
)
def test_the_version_is_the_one_in_force_on_that_day(day: str, version: str) -> None:
    (record,) = recorded(said(day=day)).records
    assert (record.version, record.content_hash) == (version, NEW if version == "2.0" else OLD)


def test_a_version_that_is_named_counts_even_when_there_is_a_newer_one() -> None:
    assert [record.content_hash for record in recorded(said(version="1.0")).records] == [OLD]


def test_a_document_in_force_by_its_own_word_gives_its_working_text() -> None:
    (record,) = recorded(said(day="2026-01-01"), changed=(a_document(),)).records
    assert (record.version, record.content_hash) == ("1.0", NEW)


@pytest.mark.parametrize(
    ("claim", "mistake"),
    [
        (said("PER-999"), "no person is known as 'PER-999'; the register of people has names, and addresses in `git`"),
        (said("Bodo Kerm"), "no person is known as 'Bodo Kerm'; did you mean PER-002 (Bodo Kern)?"),
        (said(""), "no person is named"),
        (said(document="Password policy"), "no document is known as 'Password policy'; it goes by its id or its title"),
        (said(document="POL-002"), "no document is known as 'POL-002'; did you mean POL-001 (Security policy)?"),
        (said(document=""), "no document is named"),
        (said(day="2025-12-31"), "POL-001 is in force since 2026-01-01, and this was confirmed on 2025-12-31"),
        (
            said(day="2026-05-31", version="2.0"),
            "version 2.0 of POL-001 is in force since 2026-06-01, and this was confirmed on 2026-05-31",
        ),
        (said(version="3.0"), "POL-001 was never in force as version 3.0, only as 2.0, 1.0"),
        (said(day="02.06.2026"), "'02.06.2026' is no date as YYYY-MM-DD; say how it is written with --date-format, such as %d/%m/%Y"),
        (said(day="2026-11-26"), "2026-11-26 is still to come: the ISMS is read as of 2026-11-24"),
    ],
)
def test_what_cannot_be_found_is_a_mistake(claim: Claim, mistake: str) -> None:
    assert recorded(claim) == Outcome(mistakes=(mistake,))


def test_a_document_that_was_never_in_force_cannot_be_confirmed() -> None:
    (mistake,) = recorded(said(), changed=(a_document(status="draft"),)).mistakes
    assert mistake == "POL-001 was never in force; have it approved first (`isms approve POL-001 --as PERSON`)"


def test_a_text_without_a_version_cannot_be_confirmed() -> None:
    assert recorded(said(), changed=(a_document(version=None),)).mistakes == ("POL-001 has no version; give it one first",)


def test_a_name_that_two_people_bear_is_a_mistake() -> None:
    other = a_person(id="PER-003", name="Bodo Kern")
    assert recorded(said("Bodo Kern"), changed=(*TWO_ISSUES, other)).mistakes == (
        "'Bodo Kern' may be PER-002 or PER-003; name one by its id",
    )


def test_everything_that_is_wrong_with_a_claim_is_told() -> None:
    assert len(recorded(said("nobody", "nothing", "never")).mistakes) == 3
    assert len(recorded(said("nobody", day="never", version="9")).mistakes) == 3


def test_nothing_is_recorded_when_one_claim_is_wrong() -> None:
    outcome = recorded(said(), said("PER-999"))
    assert (outcome.records, len(outcome.mistakes)) == ((), 1)


def test_what_is_on_record_already_is_skipped() -> None:
    known = an_acknowledgement(version="2.0", acknowledged_on="2026-06-01")
    assert recorded(said(), changed=(*TWO_ISSUES, known)) == Outcome(known=1)
    assert rows(recorded(said(version="1.0"), changed=(*TWO_ISSUES, known))) == [("PER-001", "1.0", "2026-06-02")]


def test_of_several_claims_that_say_the_same_the_earliest_counts() -> None:
    outcome = recorded(said(day="2026-06-05"), said(day="2026-06-03"), said(day="2026-06-04"))
    assert (rows(outcome), outcome.repeated) == ([("PER-001", "2.0", "2026-06-03")], 2)


@pytest.mark.parametrize("version", ["1.0", "v2 (final)", "2026_02", "1..0", "Fassung ä", "1.0-"])
def test_ids_are_ids_whatever_the_version_is_called(version: str) -> None:
    (record,) = recorded(said(day="2026-01-01"), changed=(a_document(version=version),)).records
    assert re.fullmatch(ID_PATTERN, record.id), record.id


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ((a_document(), a_person(id="PER-A")), "ACK-POL-001-1.0-PER-A-1"),
        ((a_document(), an_acknowledgement(id="ack-pol-001-1.0-per-a-1", status="retired")), "ACK-POL-001-1.0-PER-A-2"),
    ],
)
def test_an_id_ends_with_a_digit_and_is_never_used_again(changed: tuple[Entry, ...], expected: str) -> None:
    (record,) = recorded(said("PER-A", day="2026-01-01"), changed=(a_person(id="PER-A"), *changed)).records
    assert record.id == expected


@pytest.mark.parametrize(
    "text",
    [
        "person,document,date\nAnna Berg,POL-001,2026-06-02\n",
        "Name;Course;Completed on\nAnna Berg;Security policy;2026-06-02\n",
        "E-Mail\tTitle\tSUBMITTED\nper-001\tpol-001\t2026-06-02T23:59:00+02:00\n",
        '"Employee","Document","Date","Remark, free"\r\n"Anna Berg","POL-001","2026-06-02 08:30:00","a, b; c"\r\n',
        "\ufeffuser,document,completed\nAnna Berg,POL-001,2026-06-02\n",
        "\n\nemail,document,date\n\nAnna Berg,POL-001,2026-06-02\n,,\n",
        "Date,Document,Person\n2026-06-02,POL-001,Anna Berg",
        'Remark,Date,Document,Person\n"two\nlines",2026-06-02,POL-001,Anna Berg\n',
    ],
)
def test_any_common_csv_is_read(text: str) -> None:
    assert rows(imported(text)) == [("PER-001", "2.0", "2026-06-02")]


def test_columns_and_dates_are_as_the_command_says() -> None:
    text = "Who,What,When,Fassung\nAnna Berg,POL-001,02/06/2026 10:15,1.0\n"
    mapping = {"person": "who", "document": "WHAT", "date": "When", "version": "Fassung"}
    assert rows(imported(text, mapping, form="%d/%m/%Y %H:%M")) == [("PER-001", "1.0", "2026-06-02")]


def test_a_format_that_is_named_comes_before_any_other() -> None:
    assert rows(imported("person,document,date\nPER-001,POL-001,20260207\n", form="%Y%d%m")) == [("PER-001", "2.0", "2026-07-02")]


def test_all_rows_are_about_the_document_that_the_command_names() -> None:
    assert rows(imported("name,title,date\nAnna Berg,Head of sales,2026-06-02\n", document="pol-001")) == [("PER-001", "2.0", "2026-06-02")]


def test_name_and_address_have_to_agree() -> None:
    heading = "name,e-mail,document,date\n"
    assert rows(imported(f"{heading}B. Kern,bodo@example.org,POL-001,2026-06-02\n")) == [("PER-002", "2.0", "2026-06-02")]
    assert imported(f"{heading}Anna Berg,bodo@example.org,POL-001,2026-06-02\n").mistakes == (
        "export.csv:2: 'Anna Berg' or 'bodo@example.org' may be PER-001 or PER-002; name one by its id",
    )


def test_an_address_tells_two_people_of_one_name_apart() -> None:
    other = a_person(id="PER-003", name="Bodo Kern")
    text = "name,e-mail,document,date\nBodo Kern,bodo@example.org,POL-001,2026-06-02\n"
    assert rows(imported(text, changed=(*TWO_ISSUES, other))) == [("PER-002", "2.0", "2026-06-02")]


def test_rows_without_a_day_are_left_out_and_counted() -> None:
    outcome = imported("person,document,date\nPER-001,POL-001,\nPER-002,POL-001,2026-06-02\nPER-001,POL-001\n")
    assert (rows(outcome), outcome.undated) == ([("PER-002", "2.0", "2026-06-02")], 2)


def test_every_mistake_has_the_line_on_which_its_row_begins() -> None:
    text = 'person,remark,document,date\nPER-001,"two\nlines",POL-001,2026-06-02\nX,,POL-001,2026-06-02\n\nPER-001,,Y,2020\n'
    assert [mistake.split(" ")[0] for mistake in imported(text).mistakes] == ["export.csv:4:", "export.csv:6:", "export.csv:6:"]


@pytest.mark.parametrize(
    ("text", "mapping", "fragment"),
    [
        (b"", {}, "export.csv: empty; the first line has to name the columns"),
        (b"\n \n", {}, "empty"),
        (b"n\xe4me,document,date\n", {}, "save it as CSV in UTF-8"),
        ("person,date\n".encode("utf-16"), {}, "save it as CSV in UTF-8"),
        (b"who,document,date\n", {}, "no column says the person; name one with --map person=COLUMN of: who, document, date"),
        (b"person,what,date\n", {}, "no column says the document; name one with --map document=COLUMN"),
        (b"person,document,when\n", {}, "no column says the date"),
        (b"person,document,date\n", {"date": "when"}, "no column is called 'when'; there are: person, document, date"),
        (b"person,document,date,Completed\n", {}, "date and Completed may both say the date; name one with --map date=COLUMN"),
        (b"person,document,date\n" + b"x" * 200_000, {}, "export.csv:2: cannot be read as CSV"),
    ],
)
def test_a_file_that_cannot_be_understood_stops_with_what_to_do(text: bytes, mapping: dict[str, str], fragment: str) -> None:
    with pytest.raises(IsmsError, match=re.escape(fragment)):
        imported(text, mapping)


def written(*claims: Claim) -> dict[str, str]:
    files = register_files(recorded(*claims).records, MemoryTree({}), "./registers/")
    return {path: data.decode() for path, data in files.items()}


FIRST = "registers/acknowledgements/POL-001-2.0.yml"


def test_each_version_has_a_file_with_fields_in_order() -> None:
    found = written(said(), said("PER-002"), said(version="1.0"))
    assert list(found) == [FIRST, "registers/acknowledgements/POL-001-1.0.yml"]
    assert found[FIRST].startswith(
        f"- id: ACK-POL-001-2.0-PER-001\n  person: PER-001\n  document: POL-001\n  version: '2.0'\n  content_hash: {NEW}\n"
    )
    assert "  acknowledged_on: 2026-06-02\n  method: lms\n  source: export.csv\n- id: ACK-POL-001-2.0-PER-002\n" in found[FIRST]
    assert [list(row) for row in yaml.safe_load(found[FIRST])] == 2 * [
        ["id", "person", "document", "version", "content_hash", "acknowledged_on", "method", "source"]
    ]
