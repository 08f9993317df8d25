"""Which text is in force, and how well that is proven."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.analysis.documents.approvals import LEVELS, Standing, standings
from isms_plugin.model.approval import Approval, signed_bytes
from isms_plugin.model.entry import Entry
from isms_plugin.model.fingerprint import text_hash
from isms_plugin.model.history import Completeness, History, Revision, StoredText
from isms_plugin.model.settings import Settings
from isms_plugin.model.signing import Signature, SigningKey
from tests.builders import a_document, a_person, a_role, an_approval, an_evidence, an_isms

TITLE, PATH = "Security policy", "policies/security.md"
COMPLETE = History(completeness=Completeness.COMPLETE)
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"


def revision(number: int, text: str, version: str = "1.0", author: str = "Carl Doe", **more: Any) -> Revision:
    return Revision(
        commit=f"{number:040x}", date=datetime(2026, 1, number, tzinfo=UTC), author=author, email=f"{author[:4].lower()}@example.org",
        summary="", path=PATH, version=version, blob=f"b{number}", text=text_hash(TITLE, text), **more,
    )  # fmt: skip


def history(*texts: Revision, **more: Any) -> History:
    """The past of the policy, its revisions newest first; every text is stored."""
    stored = {
        (PATH, item.text): StoredText(revision=item, path=PATH, title=TITLE, version=item.version, body="", first_line=1)
        for item in reversed(texts)
    }
    return History(completeness=Completeness.COMPLETE, revisions={PATH: texts}, texts=stored, **more)


def standing(*entries: Entry, past: History = COMPLETE, body: str = "", settings: Settings | None = None, **parts: Any) -> Standing:
    without = {"APR-POL-001-1.0"} - {entry.id for entry in entries}
    isms = an_isms(*entries, body=body, without=without, **parts)
    return standings(isms, past, settings or Settings())["POL-001"]


def record(text: str = "", version: str = "1.0", **changes: Any) -> Approval:
    return an_approval(id=f"APR-POL-001-{version}", version=version, content_hash=text_hash(TITLE, text), **changes)


def test_a_text_with_its_record_is_approved() -> None:
    found = standing(record())
    assert (found.state, found.level, found.current and found.current.version) == ("approved", 3, "1.0")


def test_without_a_record_nothing_is_approved_whatever_the_document_says() -> None:
    found = standing(a_document(approved_by="PER-001", approved_on="2026-01-01"))
    assert (found.state, found.level, found.current) == ("never", 0, None)


@pytest.mark.parametrize(
    ("status", "state"), [("approved", "changed"), ("in_review", "draft"), ("draft", "draft"), ("withdrawn", "withdrawn")]
)
def test_another_text_than_the_approved_one_is_changed_or_a_draft(status: str, state: str) -> None:
    past = history(revision(2, "new"), revision(1, "old"))
    found = standing(record("old"), a_document(status=status), past=past, body="new")
    assert found.state == state
    assert found.current is not None
    assert found.current.text is not None


def test_control_fields_and_layout_change_nothing() -> None:
    found = standing(record("One two."), a_document(owner="PER-002", next_review="2030-01-01"), body="# Security policy\n\nOne\ntwo.\n")
    assert found.state == "approved"


def test_the_newest_decision_counts() -> None:
    past = history(revision(3, "c", "1.2"), revision(2, "b", "1.1"), revision(1, "a"))
    records = record("a"), record("b", "1.1", decided_on="2026-02-01")
    found = standing(*records, a_document(version="1.2", status="in_review"), past=past, body="c")
    assert [issue.version for issue in found.issues] == ["1.1", "1.0"]
    assert found.current is found.issues[0]


def test_a_refusal_leaves_the_version_before_in_force() -> None:
    past = history(revision(2, "b", "1.1"), revision(1, "a"))
    refusal = record("b", "1.1", decision="rejected", decided_on="2026-02-01")
    found = standing(record("a"), refusal, a_document(version="1.1", status="in_review"), past=past, body="b")
    assert (found.current and found.current.version, found.rejected) == ("1.0", refusal)


def test_what_is_withdrawn_is_no_longer_in_force() -> None:
    withdrawn = record(decision="withdrawn", decided_on="2026-02-01").model_copy(update={"id": "APR-POL-001-1.0-2"})
    assert standing(record(), withdrawn, a_document(status="withdrawn")).current is None


def test_a_review_without_a_change_moves_the_next_review_and_leaves_the_version() -> None:
    review = record(decision="reviewed_no_change", decided_on="2026-12-01", next_review="2028-01-01")
    found = standing(record(), review.model_copy(update={"id": "APR-POL-001-1.0-2"}))
    assert [issue.version for issue in found.issues] == ["1.0"]
    assert found.next_review == date(2028, 1, 1)


@pytest.mark.parametrize("change", [{"status": "draft"}, {"status": "retired"}, {"document": "POL-002"}, {"version": "1.1"}])
def test_a_record_that_is_not_meant_counts_for_nothing(change: dict[str, str]) -> None:
    assert standing(record(**change)).state == "never"


HASHES = st.sampled_from([text_hash(TITLE, text) for text in ("", "a", "b")])


@given(document=st.sampled_from(["POL-001", "POL-002"]), version=st.sampled_from(["1.0", "1.1", "2"]), content_hash=HASHES)
def test_a_record_for_another_document_version_or_text_never_counts(document: str, version: str, content_hash: str) -> None:
    found = standing(an_approval(document=document, version=version, content_hash=content_hash))
    assert (found.state == "approved") == ((document, version, content_hash) == ("POL-001", "1.0", text_hash(TITLE, "")))


def test_a_text_that_had_another_version_was_not_approved_in_this_one() -> None:
    found = standing(record("a", "1.1"), past=history(revision(2, "b", "1.1"), revision(1, "a", "1.0")), body="b")
    assert (found.current, len(found.unbound)) == (None, 1)


def test_without_its_history_a_record_is_neither_found_nor_missed() -> None:
    found = standing(record("old"), past=History(completeness=Completeness.SHALLOW), body="new")
    assert (found.state, found.unbound, found.known) == ("changed", (), False)


def test_where_the_clone_lacks_one_text_no_record_is_doubted() -> None:
    lost = replace(revision(1, ""), text="")
    past = history(revision(2, "new"))
    found = standing(record("old"), past=replace(past, revisions={PATH: (*past.of(PATH), lost)}), body="new")
    assert (found.state, found.unbound, found.known) == ("changed", (), False)
    deleted = replace(lost, blob="")
    assert standing(record("old"), past=replace(past, revisions={PATH: (*past.of(PATH), deleted)}), body="new").unbound


def test_those_who_changed_what_is_read_wrote_a_version() -> None:
    past = history(
        revision(6, "b", "1.1", "Moved It"), revision(5, "b", "1.1", "Eva Last"), revision(4, "x", "1.1", "Dan Mid"),
        revision(3, "a", "1.1", "Set Status"), revision(2, "a", "1.0", "Anna Berg"), revision(1, "z", "1.0", "Carl Doe"),
    )  # fmt: skip
    found = standing(record("a"), record("b", "1.1", decided_on="2026-02-01"), a_document(version="1.1"), past=past, body="b")
    assert [issue.authors for issue in found.issues] == [("Eva Last", "Dan Mid"), ("Anna Berg", "Carl Doe")]


def test_there_are_five_levels() -> None:
    assert len(LEVELS) == 5


@pytest.mark.parametrize(
    ("change", "level"),
    [
        ({"reference": None}, 1),
        ({"reference": "Board 7"}, 3),
        ({"reference": None, "file": "evidence/answer.pdf"}, 3),
        ({"person": "PER-009"}, 0),
        ({"role": "ROL-009"}, 0),
    ],
)
def test_a_record_proves_as_much_as_it_can_show(change: dict[str, Any], level: int) -> None:
    assert standing(record(**change)).level == level


def test_a_record_that_the_approver_committed_needs_no_reference() -> None:
    approval = record(reference=None)
    place = an_isms(approval).place(approval).path
    written = Revision(commit="c", date=datetime(2026, 1, 1, tzinfo=UTC), author="Anna Berg", email="", summary="", path=place)
    assert standing(approval, past=History(completeness=Completeness.COMPLETE, revisions={place: (written,)})).level == 3


@pytest.mark.parametrize(("rules", "level"), [("", 1), ("EVD-001", 2)])
def test_without_a_record_reviewers_named_by_commits_are_somebodys_word(rules: str, level: int) -> None:
    past = history(revision(1, "", reviewers=("Bodo Kern <bodo@example.org>",)))
    assert standing(an_evidence(), past=past, settings=Settings(review_rules=rules)).level == level


def test_nobody_reviews_their_own_commit() -> None:
    assert standing(past=history(revision(1, "", reviewers=("Carl Doe <carl@example.org>",)))).level == 0


def a_key(**changes: Any) -> SigningKey:
    return SigningKey.model_validate({"id": "KEY-001", "person": "PER-001", "public_key": KEY, "valid_from": "2026-01-01"} | changes)


def signed(signature: Signature, key: SigningKey | None = None, settings: Settings | None = None) -> Standing:
    approval = record(method="signed_record", signature="...", reference=None)
    return standing(approval, key or a_key(), settings=settings, signatures={approval.id: signature})


GOOD = Signature(state="good", key=a_key().identifier)


def test_a_signature_by_the_persons_own_key_proves_most() -> None:
    assert signed(GOOD).level == 4


@pytest.mark.parametrize("change", [{"person": "PER-002"}, {"valid_from": "2026-02-01"}, {"valid_to": "2025-12-31"}, {"status": "retired"}])
def test_a_signature_by_a_key_that_was_not_the_persons_on_that_day_does_not_count(change: dict[str, str]) -> None:
    assert signed(GOOD, a_key(**change)).state == "never"


@pytest.mark.parametrize(("state", "required", "expected"), [
    ("bad", [], "never"), ("bad", ["all"], "never"), ("unknown", [], "approved"), ("unknown", ["policy"], "never"),
    ("none", [], "never"), ("none", ["policy"], "never"), ("none", ["procedure"], "never"),
])  # fmt: skip
def test_what_has_to_be_signed_counts_only_with_a_good_signature(state: Any, required: list[str], expected: str) -> None:
    assert signed(Signature(state=state), settings=Settings(signatures=required)).state == expected


def test_what_is_signed_is_every_field_but_the_signature() -> None:
    approval = record(remarks="With conditions.")
    assert signed_bytes(approval) == signed_bytes(approval.model_copy(update={"signature": "x"}))
    for name, value in approval.model_dump(exclude_defaults=True).items():
        if isinstance(value, str):
            assert signed_bytes(approval.model_copy(update={name: f"{value}x"})) != signed_bytes(approval), name


def test_a_role_is_held_by_its_holder_its_deputy_and_in_their_time_by_those_before() -> None:
    role = a_role(
        holder="PER-001", deputy="PER-002", appointed_on="2026-01-01",
        former_holders=[{"person": "PER-003", "since": "2024-01-01", "until": "2025-12-31"}],
    )  # fmt: skip
    days = date(2025, 12, 31), date(2026, 1, 1)
    assert [role.held_by("PER-001", day) for day in days] == [False, True]
    assert [role.held_by("PER-002", day) for day in days] == [True, True]
    assert [role.held_by("PER-003", day) for day in days] == [True, False]


def test_a_person_is_known_by_name_address_and_account() -> None:
    person = a_person(git=["anna@example.org", "aberg"])
    assert person.known_as("ANNA BERG")
    assert person.known_as("nobody", "Anna@Example.org")
    assert not person.known_as("Anna", "")


def test_a_document_that_was_never_committed_has_no_history_to_look_in() -> None:
    found = standing(record("old", "0.9"), record(), body="")
    assert (found.state, found.unbound, found.known) == ("approved", (), False)


@pytest.mark.parametrize("method", ["signed_record", "signed_commit", "signed_tag"])
def test_a_method_that_rests_on_a_signature_proves_nothing_without_one(method: str) -> None:
    approval = record(method=method)
    assert standing(approval).state == "never"
    unknown = standing(approval, signatures={approval.id: Signature(state="unknown")})
    assert (unknown.state, unknown.level) == ("approved", 1)
