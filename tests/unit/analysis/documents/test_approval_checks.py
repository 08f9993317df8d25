"""What an auditor objects to in approvals: each objection with what brings it up and what clears it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.analysis.documents.approval_checks import check_approvals
from isms_plugin.analysis.documents.approvals import standings
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.entry import Entry
from isms_plugin.model.fingerprint import text_hash
from isms_plugin.model.history import Completeness, History, Revision, StoredText
from isms_plugin.model.settings import Settings
from isms_plugin.model.signing import Signature
from tests.builders import TODAY, a_document, a_person, a_role, an_approval, an_isms, told

TITLE, PATH = "Security policy", "policies/security.md"
COMPLETE = History(completeness=Completeness.COMPLETE)
BODO = a_person(id="PER-002", name="Bodo Kern", git=["bodo@example.org"])
RECORD = "APR-POL-001-1.0"


def found(*entries: Entry, past: History = COMPLETE, body: str = "", **parts: Any) -> list[Diagnostic]:
    today, settings = parts.pop("today", TODAY), parts.pop("settings", Settings())
    isms = an_isms(BODO, *entries, body=body, **parts)
    return list(check_approvals(isms, past, settings, standings(isms, past, settings), today))


def places(diagnostics: list[Diagnostic]) -> list[tuple[str, str, tuple[str | int, ...]]]:
    return [(item.code, item.entry, item.place.pointer) for item in diagnostics]


def revision(number: int, text: str, version: str = "1.0", author: str = "Carl Doe") -> Revision:
    return Revision(
        commit=f"{number:040x}", date=datetime(2026, 1, number, tzinfo=UTC), author=author, email=f"{author[:4].lower()}@example.org",
        summary="", path=PATH, version=version, blob=f"b{number}", text=text_hash(TITLE, text),
    )  # fmt: skip


def history(*texts: tuple[str, str] | tuple[str, str, str]) -> History:
    """The past of the policy, newest first: text, version and author of each revision."""
    revisions = tuple(revision(len(texts) - number, *item) for number, item in enumerate(texts))
    stored = {
        (PATH, item.text): StoredText(revision=item, path=PATH, title=TITLE, version=item.version, body=text[0], first_line=10)
        for item, text in reversed(list(zip(revisions, texts, strict=True)))
    }
    return replace(COMPLETE, revisions={PATH: revisions}, texts=stored)


def record(text: str = "", version: str = "1.0", **changes: Any) -> Entry:
    return an_approval(id=f"APR-POL-001-{version}", version=version, content_hash=text_hash(TITLE, text), **changes)


NOTED = {"changes": [{"version": "1.1", "note": "Logs."}]}


def test_nothing_is_wrong_with_a_text_that_was_approved() -> None:
    assert found() == []


def test_a_document_that_says_it_is_approved_and_has_no_record() -> None:
    (item,) = found(without=[RECORD])
    assert places([item]) == [("never-approved", "POL-001", ("status",))]
    assert item.message == "POL-001 counts as approved, but no approval of its text is on record"
    assert "isms approve POL-001 --as PERSON" in item.hint


@pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn", ""])
def test_a_document_that_does_not_say_it_is_approved_needs_no_record(status: str) -> None:
    assert found(a_document(status=status), without=[RECORD]) == []


def test_a_refusal_is_told_as_one() -> None:
    (item,) = found(record(decision="rejected"))
    assert (item.code, item.message) == ("never-approved", "POL-001 counts as approved, but its approval was refused")


def test_a_changed_text_is_reported_at_its_first_other_word() -> None:
    old, new = "One.\n\nTwo, three.\nFour.", "One.\n\nTwo,\nthree and\nFour."
    (item,) = found(record(old), past=history((new, "1.0"), (old, "1.0")), body=new)
    assert (item.code, str(item.place), item.place.pointer) == ("changed-since-approval", "registers/documents.yml:13:1", ())
    assert item.message == "POL-001: the text is not the one that was approved (version 1.0, 2026-01-01, PER-001)"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [("one", "two", 10), ("one\ntwo", "one", 10), ("one", "one\n\ntwo", 12), ("", "one", 10), ("one\ntwo", "one\n\n\ntow", 13)],
)
def test_the_line_is_that_of_the_word(old: str, new: str, line: int) -> None:
    (item,) = found(record(old), past=history((new, "1.0"), (old, "1.0")), body=new)
    assert item.place.line == line


def test_where_the_approved_text_is_not_at_hand_the_version_is_pointed_at() -> None:
    (item,) = found(record("old"), past=History(completeness=Completeness.SHALLOW), body="new")
    assert places([item]) == [("changed-since-approval", "POL-001", ("version",))]


def test_a_version_raised_without_approval_is_pointed_at() -> None:
    raised = a_document(version="1.1", **NOTED)
    (item,) = found(record("a"), raised, past=history(("a", "1.1"), ("a", "1.0")), body="a")
    assert places([item]) == [("changed-since-approval", "POL-001", ("version",))]
    assert item.message.startswith("POL-001: version 1.1 was never approved (version 1.0")


def test_a_draft_of_the_next_version_is_no_mistake() -> None:
    draft = a_document(version="1.1", status="in_review", **NOTED)
    assert found(record("a"), draft, past=history(("b", "1.1"), ("a", "1.0")), body="b") == []


WORDS = st.lists(st.text("abcdefg.,", min_size=1, max_size=5), min_size=1, max_size=12)


@given(WORDS, st.data())
def test_any_one_other_word_makes_an_approved_text_a_changed_one(words: list[str], data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(words) - 1))
    other = data.draw(st.text("abcdefg.,", min_size=1, max_size=5).filter(lambda word: word != words[position]))
    old, new = "\n".join(words), "\n".join((*words[:position], other, *words[position + 1 :]))
    items = found(record(old), past=history((new, "1.0"), (old, "1.0")), body=new)
    assert [(item.code, item.place.line) for item in items] == [("changed-since-approval", 10 + position)]


@given(WORDS, st.sampled_from([" ", "\n", "  ", " \n", "\r\n"]), st.sampled_from([" ", "\n", "\t"]))
def test_words_that_are_set_otherwise_stay_approved(words: list[str], one: str, other: str) -> None:
    old, new = one.join(words), other.join(words)
    assert found(record(old), past=history((new, "1.0"), (old, "1.0")), body=new) == []


def test_another_text_of_the_same_version_is_reported_at_its_record() -> None:
    second = an_approval(id="APR-POL-001-1.0-2", content_hash=text_hash(TITLE, "b"), decided_on="2026-02-01")
    (item,) = found(record("a"), second, past=history(("b", "1.0"), ("a", "1.0")), body="b")
    assert places([item]) == [("version-not-raised", "POL-001", ("version",))]
    assert item.place.path == "registers/approvals.yml"
    assert "version 1.0 is already another text" in item.message


def test_a_version_that_was_approved_needs_a_change_note() -> None:
    past = history(("b", "1.1"), ("a", "1.0"))
    both = (record("a"), record("b", "1.1", decided_on="2026-02-01"))
    (item,) = found(*both, a_document(version="1.1"), past=past, body="b")
    assert places([item]) == [("no-change-note", "POL-001", ("version",))]
    assert item.hint == 'add `- {version: "1.1", note: ...}` to `changes`'
    assert found(*both, a_document(version="1.1", **NOTED), past=past, body="b") == []


def test_the_first_version_needs_no_change_note() -> None:
    assert found(record(), a_document()) == []


def test_a_review_that_was_put_off_without_a_record() -> None:
    (item,) = found(record(next_review="2026-06-01"), a_document(next_review="2027-01-01"))
    assert places([item]) == [("review-date-moved", "POL-001", ("next_review",))]
    assert "the review of 2026-06-01 was put off to 2027-01-01" in item.message


@pytest.mark.parametrize("recorded", [None, "2027-01-01", "2027-06-01"])
def test_a_review_that_is_due_when_the_record_says_or_before(recorded: str | None) -> None:
    assert found(record(next_review=recorded), a_document(next_review="2027-01-01")) == []


def test_a_recorded_review_moves_the_next_one() -> None:
    review = an_approval(id="APR-POL-001-1.0-2", decision="reviewed_no_change", decided_on="2026-05-01", next_review="2028-01-01")
    assert found(record(next_review="2026-06-01"), review, a_document(next_review="2028-01-01")) == []


@pytest.mark.parametrize(("today", "expected"), [(date(2027, 1, 1), []), (date(2027, 1, 2), ["approval-expired"])])
def test_an_approval_is_too_old_after_the_review_interval(today: date, expected: list[str]) -> None:
    items = found(a_document(review_interval="12"), today=today)
    assert [item.code for item in items] == expected
    assert [item.place.pointer for item in items] == [("review_interval",)] * len(expected)


def test_a_review_makes_an_approval_young_again() -> None:
    review = an_approval(id="APR-POL-001-1.0-2", decision="reviewed_no_change", decided_on="2026-10-01")
    old = an_approval(decided_on="2020-06-01")
    assert told(found(old, a_document(review_interval="12"))) == [("approval-expired", "POL-001")]
    assert found(old, review, a_document(review_interval="12")) == []


def test_a_withdrawn_document_is_reviewed_no_more() -> None:
    gone = a_document(status="withdrawn", review_interval="1", next_review="2030-01-01")
    assert found(gone, record(next_review="2026-02-01")) == []


ROLE = a_role(
    holder="PER-001", deputy="PER-003", appointed_on="2026-01-01",
    former_holders=[{"person": "PER-002", "since": "2024-01-01", "until": "2025-12-31"}],
)  # fmt: skip
CORA = a_person(id="PER-003", name="Cora Lind")
DIRECTOR = a_role(id="ROL-002", title="Director", holder="PER-002")


@pytest.mark.parametrize(
    ("person", "day", "pointers"),
    [
        ("PER-001", "2026-01-01", []),
        ("PER-001", "2025-12-31", [("person",)]),
        ("PER-003", "2026-01-01", []),
        ("PER-002", "2025-12-31", []),
        ("PER-002", "2026-01-01", [("person",)]),
        ("PER-002", "2023-12-31", [("person",)]),
    ],
)
def test_whoever_approves_holds_the_role_on_that_day(person: str, day: str, pointers: list[tuple[str]]) -> None:
    items = found(ROLE, CORA, record(person=person, decided_on=day))
    assert places(items) == [("approver-without-role", RECORD, pointer) for pointer in pointers]


def test_the_message_names_person_role_and_day() -> None:
    (item,) = found(ROLE, record(person="PER-002"))
    assert item.message == "PER-002 (Bodo Kern) did not hold ROL-001 on 2026-01-01"
    assert "former_holders" in item.hint


def test_the_role_is_the_one_that_the_document_asks_for() -> None:
    (item,) = found(DIRECTOR, record(person="PER-002", role="ROL-002"))
    assert (item.code, item.place.pointer) == ("approver-without-role", ("role",))
    assert item.message == "POL-001 is approved by ROL-001, this names ROL-002"


def test_where_a_document_asks_for_no_role_any_that_the_person_held_will_do() -> None:
    assert found(DIRECTOR, a_document(approver_role=None), record(person="PER-002", role="ROL-002")) == []


@pytest.mark.parametrize(
    "change",
    [{"role": None}, {"role": "ROL-009"}, {"person": None}, {"person": "PER-009"}, {"decided_on": None}, {"document": "POL-009"}],
)
def test_what_a_record_does_not_say_or_nothing_is_known_of_is_judged_elsewhere(change: dict[str, Any]) -> None:
    items = found(a_document(approver_role=None), record(**change))
    assert {item.code for item in items} <= {"never-approved"}


def test_whoever_approves_is_here_on_that_day() -> None:
    gone = a_person(active_to="2025-12-31")
    (item,) = found(gone)
    assert places([item]) == [("approver-inactive", RECORD, ("person",))]
    assert found(a_person(active_from="2026-01-01")) == []


def test_who_left_later_had_approved_all_the_same() -> None:
    assert found(a_person(active_to="2026-01-01")) == []


def test_authors_who_approve_need_a_reason() -> None:
    past = history(("a", "1.0", "Anna Berg"))
    (item,) = found(record("a"), past=past, body="a")
    assert places([item]) == [("approved-by-author", RECORD, ("person",))]
    assert item.message == "APR-POL-001-1.0: PER-001 (Anna Berg) wrote what they approved"
    assert found(record("a", self_approval="Nobody else is left."), past=past, body="a") == []


def test_somebody_elses_text_is_approved_without_a_reason() -> None:
    assert found(record("a"), past=history(("a", "1.0", "Bodo Kern")), body="a") == []


def test_whom_the_change_note_names_wrote_it() -> None:
    noted = a_document(changes=[{"version": "1.0", "by": "PER-001", "note": "First."}])
    assert told(found(noted)) == [("approved-by-author", RECORD)]
    assert found(a_document(changes=[{"version": "0.9", "by": "PER-001", "note": "First."}])) == []


def test_what_was_written_for_an_earlier_version_does_not_count() -> None:
    past = history(("b", "1.1", "Bodo Kern"), ("a", "1.0", "Anna Berg"))
    former = record("a", person="PER-002", decided_on="2026-01-01")
    role = a_role(deputy="PER-002")
    assert found(role, former, record("b", "1.1", decided_on="2026-02-01"), a_document(version="1.1", **NOTED), past=past, body="b") == []


def test_a_record_of_a_text_that_the_document_never_had() -> None:
    items = found(record("never"), a_document(status="draft"), past=history(("", "1.0")))
    assert places(items) == [("approval-unbound", RECORD, ("content_hash",))]


def test_a_record_of_another_version_than_the_text_had() -> None:
    assert told(found(record("", "2.0"), a_document(status="draft"), without=[RECORD])) == [("approval-unbound", "APR-POL-001-2.0")]


def test_of_a_document_that_was_never_committed_no_record_is_doubted() -> None:
    assert found(record("never"), a_document(status="draft")) == []


@pytest.mark.parametrize("completeness", [Completeness.SHALLOW, Completeness.UNKNOWN])
def test_without_its_history_nothing_is_said_of_a_record(completeness: Completeness) -> None:
    past = History(completeness=completeness)
    assert found(record("never"), a_document(status="draft"), past=past) == []
    assert found(record(commit="c" * 40), past=past) == []


def test_the_commit_of_an_approval_is_in_the_history() -> None:
    named = record(commit="c" * 40)
    assert found(named, past=replace(COMPLETE, commits=frozenset(["c" * 40]))) == []
    (item,) = found(named)
    assert places([item]) == [("approval-commit-gone", RECORD, ("commit",))]
    assert "commit cccccccccc is not in the history" in item.message


@pytest.mark.parametrize(
    ("signature", "changes", "codes"),
    [
        (Signature(state="bad", told="it was changed"), {}, ["never-approved", "signature-invalid"]),
        (Signature(state="unknown", told="no gpg"), {}, ["signature-unverified"]),
        (Signature(state="none"), {}, []),
        (Signature(state="none"), {"method": "signed_commit"}, ["never-approved", "signature-missing"]),
        (Signature(state="none"), {"method": "signed_tag"}, ["never-approved", "signature-missing"]),
    ],
)
def test_what_became_of_a_signature_is_told(signature: Signature, changes: dict[str, str], codes: list[str]) -> None:
    items = found(record(**changes), signatures={RECORD: signature})
    assert [item.code for item in items] == codes
    assert all(item.place.path == "registers/approvals.yml" for item in items if item.code.startswith("signature"))


def test_where_signatures_are_required_a_record_without_one_does_not_count() -> None:
    items = found(settings=Settings(signatures=["policy"]))
    assert told(items) == [("never-approved", "POL-001"), ("signature-missing", RECORD)]
    assert found(settings=Settings(signatures=["procedure"])) == []


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_a_record_that_is_not_meant_is_not_judged(status: str) -> None:
    odd = an_approval(id="APR-2", status=status, content_hash=text_hash(TITLE, "never"), person="PER-002", commit="c" * 40)
    assert found(odd) == []
