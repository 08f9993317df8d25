from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from isms_plugin.analysis.documents.acknowledgement_checks import check_acknowledgements
from isms_plugin.analysis.documents.acknowledgements import Confirmation, Coverage, coverage
from isms_plugin.analysis.documents.approvals import Standing, standings
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.entry import Entry
from isms_plugin.model.fingerprint import text_hash
from isms_plugin.model.history import Completeness, History, Revision
from isms_plugin.model.isms import Isms
from isms_plugin.model.settings import Settings
from tests.builders import TODAY, a_document, a_person, an_acknowledgement, an_approval, an_isms, told

TEXT = text_hash("Security policy", "")
OLD, OLDER = "isms-text-1:" + "b" * 64, "isms-text-1:" + "c" * 64
ASKED = a_document(ack_required="true")
UNKNOWN = History()
"""Without history an approved text that is not here any more is taken as there once."""


def issued(version: str, content_hash: str, day: str) -> Entry:
    return an_approval(id=f"APR-{version}", version=version, content_hash=content_hash, decided_on=day)


def worked_out(isms: Isms, today: date = TODAY, grace: int = 30, history: History = UNKNOWN) -> tuple[Coverage, dict[str, Standing]]:
    settings = Settings(ack_grace=grace)
    found = standings(isms, history, settings)
    return coverage(isms, found, settings, today), found


def covered(*changed: Entry, today: date = TODAY, grace: int = 30, **parts: Any) -> Coverage:
    return worked_out(an_isms(*(changed if any(item.id == "POL-001" for item in changed) else (ASKED, *changed)), **parts), today, grace)[0]


def confirmations(*changed: Entry, **parts: Any) -> dict[str, Confirmation]:
    (document,) = covered(*changed, **parts).documents
    return {item.person.id: item for item in document.confirmations}


def states(*changed: Entry, **parts: Any) -> dict[str, str]:
    return {identifier: item.state for identifier, item in confirmations(*changed, **parts).items()}


def check(*changed: Entry, history: History = UNKNOWN) -> list[Diagnostic]:
    isms = an_isms(ASKED, *changed)
    found, standing = worked_out(isms, history=history)
    return list(check_acknowledgements(isms, found, standing))


@pytest.mark.parametrize(
    "document",
    [
        a_document(ack_required="false"),
        a_document(ack_required="true", status="withdrawn"),
        a_document(ack_required="true", status="draft", version="0.1", title="Never approved"),
    ],
)
def test_only_documents_in_force_that_ask_for_it_count(document: Entry) -> None:
    without = ["APR-POL-001-1.0"] if document.draft else []
    assert covered(document, without=without) == Coverage()


def test_the_approved_text_counts_not_the_newer_draft() -> None:
    draft = a_document(ack_required="true", version="2.0", status="in_review", title="New title")
    (document,) = covered(draft, an_acknowledgement()).documents
    assert (document.text.version, document.text.content_hash) == ("1.0", TEXT)
    assert document.count("acknowledged") == "1 of 1 person"


def test_a_text_in_force_by_its_own_word_counts_as_it_stands() -> None:
    without = ["APR-POL-001-1.0"]
    assert states(an_acknowledgement(), without=without) == {"PER-001": "acknowledged"}
    assert states(an_acknowledgement(content_hash=OLD), without=without) == {"PER-001": "missing"}


@pytest.mark.parametrize(
    ("person", "asked"),
    [
        (a_person(id="PER-002"), True),
        (a_person(id="PER-002", active_from=None), True),
        (a_person(id="PER-002", status="retired"), False),
        (a_person(id="PER-002", active_to="2026-11-23"), False),
        (a_person(id="PER-002", active_to="2026-11-24"), True),
        (a_person(id="PER-002", active_from="2026-11-25"), False),
    ],
)
def test_those_are_asked_who_are_here_today(person: Entry, asked: bool) -> None:
    assert ("PER-002" in states(person)) is asked


@pytest.mark.parametrize(
    ("audience", "groups", "asked"),
    [
        ([], (), ["PER-001", "PER-002", "PER-003"]),
        (["all staff"], (), ["PER-001", "PER-002", "PER-003"]),
        (["engineering"], ("engineering",), ["PER-002"]),
        (["Engineering", "all staff"], ("Engineering",), ["PER-002"]),
        (["engineering", "Sales"], ("engineering", "Sales"), ["PER-002", "PER-003"]),
        (["board"], ("board",), []),
    ],
)
def test_groups_narrow_the_audience_and_other_words_mean_everybody(audience: list[str], groups: tuple[str, ...], asked: list[str]) -> None:
    people = (
        a_person(id="PER-002", groups=["ENGINEERING"]),
        a_person(id="PER-003", groups=["sales", "office"]),
        a_person(id="PER-004", groups=["board"], active_to="2025-01-01"),
    )
    (document,) = covered(a_document(ack_required="true", audience=audience), *people).documents
    assert document.groups == groups
    assert [item.person.id for item in document.confirmations] == asked


@pytest.mark.parametrize(
    ("joined", "issue", "state", "due"),
    [
        ("2020-01-01", "2026-10-25", "missing", "2026-11-24"),
        ("2020-01-01", "2026-10-26", "grace", "2026-11-25"),
        ("2026-11-01", "2026-01-01", "grace", "2026-12-01"),
        ("2026-11-01", "2026-11-20", "grace", "2026-12-20"),
        (None, "2026-11-20", "grace", "2026-12-20"),
        (None, None, "missing", None),
    ],
)
def test_the_grace_period_runs_from_the_later_of_both_days(joined: str | None, issue: str | None, state: str, due: str | None) -> None:
    found = confirmations(a_person(active_from=joined), an_approval(decided_on=issue))["PER-001"]
    assert (found.state, found.due) == (state, date.fromisoformat(due) if due else None)


def test_no_days_of_grace_mean_at_once() -> None:
    assert states(an_approval(decided_on="2026-11-24"), grace=0) == {"PER-001": "missing"}


def test_a_minor_version_leaves_a_confirmation_in_force() -> None:
    found = confirmations(an_approval(id="APR-1", version="0.9", content_hash=OLD, decided_on="2025-01-01"), an_acknowledgement())
    assert found["PER-001"].state == "acknowledged"
    now = (a_document(ack_required="true", version="1.1"), an_approval(version="1.1"), issued("1.0", OLD, "2025-01-01"))
    record = an_acknowledgement(content_hash=OLD, acknowledged_on="2025-02-01")
    assert confirmations(*now, record)["PER-001"] == Confirmation(
        person=a_person(), state="acknowledged", record=record, due=date(2026, 1, 31)
    )


MAJOR = (a_document(ack_required="true", version="2.0"), an_approval(version="2.0"), issued("1.0", OLD, "2025-01-01"))


def test_a_major_version_makes_confirmations_stale() -> None:
    record = an_acknowledgement(content_hash=OLD)
    found = confirmations(*MAJOR, record)["PER-001"]
    assert (found.state, found.record) == ("stale", record)


def test_a_confirmation_of_an_older_version_is_not_stale_before_the_new_one_is_due() -> None:
    document, _, old = MAJOR
    found = confirmations(document, an_approval(version="2.0", decided_on="2026-11-20"), old, an_acknowledgement(content_hash=OLD))
    assert (found["PER-001"].state, found["PER-001"].due) == ("grace", date(2026, 12, 20))


def test_of_several_confirmations_the_newest_of_this_major_version_counts() -> None:
    of_old = an_acknowledgement(id="ACK-9", content_hash=OLD)
    of_new = an_acknowledgement(id="ACK-1", version="2.0")
    assert confirmations(*MAJOR, of_new, of_old)["PER-001"].record == of_new


@pytest.mark.parametrize(
    "changes",
    [
        {"content_hash": OLD},
        {"version": "1.1"},
        {"document": "POL-002"},
        {"person": "PER-009"},
        {"status": "draft"},
        {"status": "retired"},
        {"acknowledged_on": "2026-11-25"},
    ],
)
def test_what_names_another_text_or_person_or_is_still_to_come_never_counts(changes: dict[str, str]) -> None:
    assert states(an_acknowledgement(**changes)) == {"PER-001": "missing"}


def test_each_person_has_what_is_confirmed_and_what_is_open() -> None:
    other = a_document(id="POL-002", title="Passwords", ack_required="true", audience=["engineering"])
    people = (a_person(id="PER-002", groups=["engineering"]), a_person(id="PER-003", status="retired"))
    found = covered(ASKED, other, *people, an_acknowledgement(person="PER-002"))
    assert [(item.person.id, [one.id for one in item.confirmed], [one.id for one, _ in item.open]) for item in found.people] == [
        ("PER-001", [], ["POL-001"]),
        ("PER-002", ["POL-001"], ["POL-002"]),
    ]


def test_people_who_have_nothing_to_confirm_are_left_out() -> None:
    found = covered(a_document(ack_required="true", audience=["board"]), a_person(id="PER-002", groups=["board"]))
    assert [item.person.id for item in found.people] == ["PER-002"]


def test_a_document_is_found_by_its_id() -> None:
    found = covered()
    assert found.of("POL-001") is found.documents[0]
    assert found.of("POL-002") is None


def test_nothing_is_reported_when_everybody_has_confirmed() -> None:
    assert check(an_acknowledgement()) == []


def test_who_has_not_confirmed_is_named_up_to_five_and_counted() -> None:
    people = [a_person(id=f"PER-00{number}", name=f"P{number}") for number in range(2, 9)]
    (found,) = check(*people, an_acknowledgement())
    assert (found.code, found.entry, found.place.pointer) == ("not-acknowledged", "POL-001", ("ack_required",))
    assert found.message == "POL-001 1.0 is not confirmed in time by 7 of 8 people: P2, P3, P4, P5, P6 and 2 more"
    assert "isms ack POL-001" in found.hint


def test_stale_ones_are_reported_and_those_in_grace_are_not() -> None:
    isms = an_isms(*MAJOR, a_person(id="PER-002", active_from="2026-11-20"), an_acknowledgement(content_hash=OLD))
    found, standing = worked_out(isms)
    (reported,) = check_acknowledgements(isms, found, standing)
    assert reported.message == "POL-001 2.0 is not confirmed in time by 1 of 2 people: Anna Berg"


def test_a_record_of_a_text_that_was_never_in_force_is_reported_at_its_hash() -> None:
    found = check(an_acknowledgement(), an_acknowledgement(id="ACK-2", content_hash=OLDER))
    assert told(found) == [("acknowledgement-unbound", "ACK-2")]
    assert found[0].place.pointer == ("content_hash",)
    assert "version 1.0 of POL-001" in found[0].message


@pytest.mark.parametrize(
    "changes", [{"content_hash": None}, {"version": None}, {"document": "POL-9"}, {"status": "retired"}, {"status": "draft"}]
)
def test_what_is_incomplete_or_withdrawn_is_not_reported_twice(changes: dict[str, Any]) -> None:
    assert check(an_acknowledgement(), an_acknowledgement(id="ACK-2", **{"content_hash": OLDER} | changes)) == []


def test_a_record_of_somebody_who_left_stays_good() -> None:
    assert (
        check(an_acknowledgement(), a_person(id="PER-002", active_to="2026-02-01"), an_acknowledgement(id="ACK-2", person="PER-002")) == []
    )


def test_records_of_a_withdrawn_document_stay_good() -> None:
    isms = an_isms(a_document(ack_required="true", status="withdrawn"), an_acknowledgement())
    assert list(check_acknowledgements(isms, *worked_out(isms))) == []
    unapproved = an_isms(a_document(status="withdrawn"), an_acknowledgement(content_hash=OLD), without=["APR-POL-001-1.0"])
    assert list(check_acknowledgements(unapproved, *worked_out(unapproved))) == []


@pytest.mark.parametrize(("completeness", "codes"), [(Completeness.COMPLETE, ["acknowledgement-unbound"]), (Completeness.SHALLOW, [])])
def test_an_approved_text_that_a_shallow_clone_cannot_prove_is_not_doubted(completeness: Completeness, codes: list[str]) -> None:
    # the text is that of version 1.0 still, and its approval as 0.9 cannot be looked up
    early = issued("0.9", TEXT, "2025-01-01")
    record = an_acknowledgement(id="ACK-2", version="0.9")
    written = Revision(
        commit="c", date=datetime(2025, 1, 1, tzinfo=UTC), author="Anna", email="", summary="", path="policies/security.md", version="1.0"
    )
    past = History(completeness=completeness, revisions={"policies/security.md": (written,)})
    assert [item.code for item in check(early, an_acknowledgement(), record, history=past)] == codes
