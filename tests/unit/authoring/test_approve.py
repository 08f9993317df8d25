"""What a record says of a decision, and what is refused because it would not stand up."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.analysis.facts import Facts, analyse
from isms_plugin.authoring.approve import Decision, files_of, find_person, kept_answer, make_record, request_page, with_signature
from isms_plugin.errors import IsmsError
from isms_plugin.model.approval import Approval, signed_bytes
from isms_plugin.model.entry import ID_PATTERN, Entry
from isms_plugin.model.fingerprint import text_hash
from isms_plugin.model.history import Completeness, History, Revision
from isms_plugin.model.isms import DocumentText
from isms_plugin.model.settings import Settings
from isms_plugin.sources.yaml_reader import read_yaml
from tests.builders import TODAY, a_document, a_person, a_role, an_approval, an_isms
from tests.repository import policy

BODO = a_person(id="PER-002", name="Bodo Kern", git=["bodo@example.org", "bodokern"])
DIRECTOR = a_role(holder="PER-002")
HEAD, PATH = "c" * 40, "policies/security.md"
DAY = date(2026, 2, 1)


def revision(text: str = "", author: str = "Anna Berg") -> Revision:
    return Revision(
        commit=HEAD, date=datetime(2026, 1, 1, tzinfo=UTC), author=author, email="", summary="", path=PATH, version="1.0",
        blob="b", text=text_hash("Security policy", text),
    )  # fmt: skip


PAST = History(completeness=Completeness.COMPLETE, head=HEAD, revisions={PATH: (revision(),)})


def facts(*entries: Entry, past: History = PAST, **parts: Any) -> Facts:
    without = parts.pop("without", ["APR-POL-001-1.0"])
    today = parts.pop("today", TODAY)
    return analyse(an_isms(BODO, DIRECTOR, *entries, without=without, **parts), past, Settings(), today, list)


def decided(**changes: Any) -> Decision:
    return replace(Decision(document="POL-001", person="PER-002", decided_on=DAY), **changes)


def record(*entries: Entry, decision: Decision | None = None, **parts: Any) -> Approval:
    return make_record(facts(*entries, **parts), decision or decided())


def test_a_record_says_who_decided_what_on_which_text() -> None:
    assert record(decision=decided(reference="B-7", remarks="Fine.")) == Approval.model_validate({
        "id": "APR-POL-001-1.0", "document": "POL-001", "version": "1.0", "content_hash": text_hash("Security policy", ""),
        "decision": "approved", "person": "PER-002", "role": "ROL-001", "decided_on": "2026-02-01", "method": "record",
        "reference": "B-7", "commit": HEAD, "next_review": "2027-01-01", "remarks": "Fine.",
    })  # fmt: skip


def test_outside_of_git_a_record_names_no_commit() -> None:
    assert record(past=History()).commit is None


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-11-30", 1, "2026-12-30"),
        ("2026-12-01", 12, "2027-12-01"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-03-15", 60, "2031-03-15"),
    ],
)
def test_the_next_review_is_as_many_months_later_as_the_document_says(day: str, months: int, expected: str) -> None:
    document = a_document(next_review=None, review_interval=str(months))
    made = record(document, decision=decided(decided_on=date.fromisoformat(day)), today=date(2090, 1, 1))
    assert str(made.next_review) == expected


@given(st.dates(date(2020, 2, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_months_later_is_that_many_months_later(day: date, months: int) -> None:
    written = record(a_document(next_review=None, review_interval=str(months)), decision=decided(decided_on=day), today=date(2090, 1, 1))
    made = written.next_review
    assert made is not None
    assert (made.year * 12 + made.month) - (day.year * 12 + day.month) == months
    assert made.day == day.day or (made.day < day.day and (made.replace(day=28).toordinal() + 4 >= made.toordinal()))


@pytest.mark.parametrize(
    ("document", "decision", "expected"),
    [
        ({"next_review": "2027-01-01", "review_interval": "6"}, {}, "2027-01-01"),
        ({"next_review": "2027-01-01", "review_interval": "6"}, {"decision": "reviewed_no_change"}, "2026-08-01"),
        ({"next_review": "2027-01-01"}, {"decision": "reviewed_no_change"}, "2027-01-01"),
        ({"next_review": None}, {}, "None"),
        ({}, {"next_review": date(2026, 5, 1)}, "2026-05-01"),
        ({}, {"decision": "rejected"}, "None"),
        ({}, {"decision": "withdrawn", "next_review": date(2026, 5, 1)}, "None"),
    ],
)
def test_the_next_review_is_as_given_or_as_the_document_says(document: dict[str, Any], decision: dict[str, Any], expected: str) -> None:
    known = an_approval(person="PER-002", decided_on="2026-01-05")
    without = [] if decision.get("decision") == "reviewed_no_change" else [known.id]
    made = record(a_document(**document), *([known] if not without else []), decision=decided(**decision), without=without)
    assert str(made.next_review) == expected


@pytest.mark.parametrize(
    ("version", "taken", "expected"),
    [
        ("1.0", [], "APR-POL-001-1.0"),
        ("1.0", ["APR-POL-001-1.0"], "APR-POL-001-1.0-2"),
        ("1.0", ["APR-POL-001-1.0", "APR-POL-001-1.0-2", "APR-POL-001-1.0-3"], "APR-POL-001-1.0-4"),
        ("1.0", ["apr-pol-001-1.0"], "APR-POL-001-1.0-2"),
        ("2026-02", [], "APR-POL-001-2026-02"),
        ("v3 (final)", [], "APR-POL-001-v3-final-1"),
        ("ä", [], "APR-POL-001"),
    ],
)
def test_an_id_is_made_of_document_and_version_and_never_used_again(version: str, taken: list[str], expected: str) -> None:
    others = [an_approval(id=identifier, document="POL-009") for identifier in taken]
    assert record(a_document(version=version), *others, without=[] if taken else ["APR-POL-001-1.0"]).id == expected


@given(
    st.text(min_size=1, max_size=8).map(str.strip).filter(bool),
    st.sampled_from(["POL-001", "ISMS.POL.1", "Richtlinie Zugriff", "§ 1", "ü"]),
)
def test_an_id_is_an_id_whatever_document_and_version_are_called(version: str, name: str) -> None:
    text = DocumentText(path=PATH, body="", first_line=1)
    made = record(a_document(id=name, version=version), decision=decided(document=name), texts={name: text}, without=["APR-POL-001-1.0"])
    assert re.fullmatch(ID_PATTERN, made.id), made.id


@pytest.mark.parametrize("name", ["PER-002", "Bodo Kern", "BODO KERN", "bodo@example.org", "bodokern"])
def test_a_person_is_found_by_id_name_address_or_account(name: str) -> None:
    assert find_person(facts(), name).id == "PER-002"


def test_a_name_of_two_people_is_nobodys() -> None:
    with pytest.raises(IsmsError, match="Bodo Kern: could be PER-002 or PER-003; name one by its id"):
        find_person(facts(a_person(id="PER-003", name="Bodo Kern")), "Bodo Kern")


@pytest.mark.parametrize(("name", "hint"), [("Bodo Korn", "; did you mean Bodo Kern?"), ("PER-02", "; did you mean PER-002?"), ("?", "")])
def test_an_unknown_person_is_named_with_the_nearest(name: str, hint: str) -> None:
    with pytest.raises(IsmsError) as raised:
        find_person(facts(), name)
    assert str(raised.value) == f"{name}: no such person in the register{hint}"


@pytest.mark.parametrize(
    ("entries", "decision", "reason"),
    [
        ((), {"document": "POL-01"}, "POL-01: no such document; did you mean POL-001?"),
        ((), {"document": "ROL-001"}, "ROL-001: no such document"),
        ((a_document(version=None),), {}, "POL-001: give it an id and a version first"),
        ((a_document(approver_role=None),), {}, "nothing says which role approves it; set `approver_role`, or name one with --role"),
        ((a_document(approver_role="ROL-009"),), {}, "nothing says which role approves it"),
        ((), {"role": "PER-001"}, "nothing says which role approves it"),
        ((), {"person": "PER-001"}, r"PER-001 \(Anna Berg\) did not hold ROL-001 \(CISO\) on 2026-02-01"),
        ((a_person(id="PER-002", name="Bodo Kern", active_to="2026-01-31"),), {}, r"PER-002 \(Bodo Kern\) was not active on 2026-02-01"),
        ((), {"decision": "reviewed_no_change"}, "a review cannot confirm it; approve it instead"),
        (
            (a_document(changes=[{"version": "1.0", "by": "PER-002", "note": "x"}]),), {},
            "Bodo Kern wrote POL-001 1.0; somebody else has to approve it, or give --self-approval REASON",
        ),
    ],
)  # fmt: skip
def test_what_would_not_stand_up_is_refused(entries: tuple[Entry, ...], decision: dict[str, Any], reason: str) -> None:
    with pytest.raises(IsmsError, match=reason):
        record(*entries, decision=decided(**decision))


def test_a_text_that_is_not_committed_is_refused() -> None:
    with pytest.raises(IsmsError, match="commit it first, so that what is approved stays"):
        record(past=replace(PAST, uncommitted=frozenset([PATH])))


def test_the_author_by_commits_is_refused_unless_a_reason_is_given_or_it_is_no_approval() -> None:
    past = replace(PAST, revisions={PATH: (revision(author="Bodo Kern"),)})
    with pytest.raises(IsmsError, match=r"Bodo Kern wrote POL-001 1\.0"):
        record(past=past)
    assert record(past=past, decision=decided(self_approval="Nobody else is left.")).self_approval == "Nobody else is left."
    assert record(past=past, decision=decided(decision="withdrawn")).decision == "withdrawn"


def test_one_version_is_one_text() -> None:
    earlier = an_approval(content_hash=text_hash("Security policy", "old"), person="PER-002")
    past = replace(PAST, revisions={PATH: (revision(), revision("old"))}, texts={})
    with pytest.raises(IsmsError, match=r"version 1\.0 is another text already; raise the version and say what changed"):
        record(earlier, past=replace(past, completeness=Completeness.SHALLOW), without=[])


@pytest.mark.parametrize(("name", "path"), [("Answer.PDF", "evidence/approvals/APR-1.pdf"), ("scan", "evidence/approvals/APR-1")])
def test_an_answer_is_kept_under_the_id_of_its_record(name: str, path: str) -> None:
    assert kept_answer("APR-1", "evidence", name) == path


def test_the_file_of_a_record_reads_back_as_the_record() -> None:
    made = record(decision=decided(remarks="Für alle:\nsofort", reference="no", next_review=date(2026, 5, 1)))
    files = files_of(facts(), made, policy().encode())
    assert list(files) == ["registers/approvals/POL-001-1.0.yml"]
    text = files["registers/approvals/POL-001-1.0.yml"]
    assert isinstance(text, str)
    assert Approval.model_validate(read_yaml(text).value) == made
    assert text.splitlines()[:3] == ["id: APR-POL-001-1.0", "document: POL-001", "version: '1.0'"]


@pytest.mark.parametrize(
    ("status", "decision", "expected"),
    [
        ("in_review", "approved", "approved"),
        ("draft", "approved", "approved"),
        ("approved", "approved", None),
        ("approved", "withdrawn", "withdrawn"),
        ("in_review", "rejected", None),
    ],
)
def test_the_status_of_the_document_follows_the_decision(status: str, decision: str, expected: str | None) -> None:
    made = record(a_document(status=status), decision=decided(decision=decision))
    source = policy().replace("status: approved", f"status: {status}").encode()
    files = files_of(facts(a_document(status=status)), made, source)
    assert files.get(PATH) == (source.replace(f"status: {status}".encode(), f"status: {expected}".encode()) if expected else None)


def test_a_signature_is_over_the_record_as_it_is_written() -> None:
    seen: list[bytes] = []

    def sign(data: bytes) -> str:
        seen.append(data)
        return "\n-----BEGIN-----\nabc\n\n"

    made = with_signature(record(), sign)
    assert (made.method, made.signature) == ("signed_record", "-----BEGIN-----\nabc\n")
    assert seen == [signed_bytes(made)]
    text = files_of(facts(), made, b"")["registers/approvals/POL-001-1.0.yml"]
    assert isinstance(text, str)
    assert signed_bytes(Approval.model_validate(read_yaml(text).value)) == seen[0]


def test_a_signature_leaves_any_other_method_alone() -> None:
    assert with_signature(record(decision=decided(method="minutes")), lambda _: "x").method == "minutes"


def test_a_request_is_a_page_of_the_document() -> None:
    assert text_hash("Security policy", "") in request_page(facts(), "POL-001")
    with pytest.raises(IsmsError, match="no such document"):
        request_page(facts(), "POL-9")


def test_nobody_decides_on_a_day_to_come() -> None:
    with pytest.raises(IsmsError, match="nobody decides on a day to come"):
        record(decision=decided(decided_on=date(2027, 5, 5)))


@pytest.mark.parametrize("decision", ["approved", "reviewed_no_change"])
def test_a_review_is_due_after_the_decision(decision: str) -> None:
    late = decided(decision=decision, decided_on=TODAY, next_review=TODAY)
    parts = {} if decision == "approved" else {"without": []}
    with pytest.raises(IsmsError, match="name a later day with --next-review"):
        record(decision=late, **parts)
