"""States stay true although what they rest on is withheld."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from isms_plugin.analysis.facts import Facts, analyse
from isms_plugin.analysis.redaction.facts import told_facts
from isms_plugin.analysis.redaction.redaction import redact
from isms_plugin.model.fingerprint import text_hash
from isms_plugin.model.history import Completeness, History, Revision, StoredText
from isms_plugin.model.isms import Isms
from isms_plugin.model.settings import Settings
from tests.builders import (
    TODAY,
    a_decision,
    a_document,
    a_person,
    a_profile,
    a_risk,
    an_acknowledgement,
    an_action,
    an_approval,
    an_evidence,
    an_isms,
)

OLD = "The old text.\n\n<!-- audience: board -->\nNumbers for the board.\n<!-- /audience -->"


def facts_seen(isms: Isms, history: History | None = None, **profile: Any) -> Facts:
    past = history or History()
    facts = analyse(isms, past, Settings(), TODAY, list)
    return told_facts(facts, redact(isms, past, Settings(), a_profile(**profile)))


def issued() -> tuple[Isms, History]:
    """Return an ISMS whose document was changed after its approval, with a history that holds the approved text."""
    hashed = text_hash("Security policy", OLD)
    revision = Revision(
        commit="a" * 40, date=datetime(2026, 1, 1, tzinfo=UTC), author="Anna Berg", email="a@example.org", summary="S",
        path="policies/security.md", version="1.0", text=hashed, blob="b",
    )  # fmt: skip
    stored = StoredText(revision=revision, path="policies/security.md", title="Security policy", version="1.0", body=OLD, first_line=1)
    history = History(
        completeness=Completeness.COMPLETE,
        revisions={"policies/security.md": (revision,)},
        texts={("policies/security.md", hashed): stored},
    )
    return an_isms(an_approval(content_hash=hashed), body="The new text."), history


@pytest.mark.parametrize("profile", [{}, {"registers": ["documents"]}, {"registers": ["documents"], "commits": "none", "people": "roles"}])
def test_the_text_in_force_is_told_whoever_approved_it(profile: dict[str, Any]) -> None:
    standing = facts_seen(*issued(), audiences=["staff"], **profile).standings["POL-001"]
    assert (standing.state, standing.current is not None and standing.current.version) == ("changed", "1.0")
    assert standing.current is not None
    assert standing.current.text is not None
    assert standing.current.text.body.split() == ["The", "old", "text.", "(withheld)"]
    whole = analyse(*issued(), Settings(), TODAY, list).standings["POL-001"]
    assert standing.level == whole.level


def test_of_an_approval_that_is_withheld_only_the_version_is_told() -> None:
    standing = facts_seen(*issued(), registers=["documents"]).standings["POL-001"]
    assert standing.current is not None
    record = standing.current.approval
    assert {name: value for name, value in record.model_dump(exclude_defaults=True).items() if value} == {
        "id": "(withheld)", "document": "POL-001", "version": "1.0",
    }  # fmt: skip
    assert (standing.records, standing.unbound) == ((), ())
    hidden = facts_seen(*issued(), registers=["documents"], fields={"documents": ["title"]}).standings["POL-001"]
    assert hidden.current is not None
    assert hidden.current.version == "(withheld)"


def test_evidence_that_is_only_counted_keeps_its_state() -> None:
    isms = an_isms(an_evidence(classification="restricted", every="quarter"))
    whole = analyse(isms, History(), Settings(), TODAY, list)
    told = facts_seen(isms, classifications=["internal"])
    assert told.evidence["EVD-001"].state is whole.evidence["EVD-001"].state
    assert told.evidence["EVD-001"].reason == "(withheld)"
    assert [item.sentence for item in told.evidence_coverage] == [item.sentence for item in whole.evidence_coverage]
    assert facts_seen(isms, registers=["documents"]).evidence_coverage == ()


def test_who_confirmed_what_is_told_where_it_may_be() -> None:
    isms = an_isms(a_document(ack_required="true"), an_acknowledgement(), a_person(id="PER-002", name="Bodo Kern"))
    told = facts_seen(isms, people="pseudonyms", fields={"people": ["name"]})
    whole = analyse(isms, History(), Settings(), TODAY, list)
    (document,) = told.coverage.documents
    found = [(item.person.name, item.state) for item in document.confirmations]
    assert found == [("Person 001", "acknowledged"), ("Person 002", "missing")]
    assert document.count("acknowledged") == whole.coverage.documents[0].count("acknowledged")
    assert facts_seen(isms, registers=["documents", "people"]).coverage.documents == ()
    assert facts_seen(isms, fields={"documents": ["title"]}).coverage.documents == ()


@pytest.mark.parametrize(
    ("profile", "due"),
    [
        ({}, True),
        ({"fields": {"actions": ["due"]}}, True),
        ({"fields": {"actions": ["title"]}}, False),
        ({"classifications": ["public"]}, False),
        ({"registers": ["documents"]}, False),
    ],
)
def test_what_falls_due_is_told_of_days_that_are_shown(profile: dict[str, Any], due: bool) -> None:
    isms = an_isms(an_action(done_on=None, result=None, classification="internal"))
    items = [item for item in facts_seen(isms, **profile).schedule if item.entry.id == "ACT-001"]
    assert bool(items) == due


def test_what_is_settled_is_not_told_as_due_because_that_is_withheld() -> None:
    isms = an_isms(a_decision(due="2026-01-01", state="implemented"))
    assert [item for item in facts_seen(isms, fields={"soa": ["control", "due"]}).schedule if item.entry.id == "SOA-A.5.1"] == []


def test_diagnostics_are_told_that_hold_for_the_whole_and_are_seen() -> None:
    isms = an_isms(a_risk(owner=None), a_document(note="Look at [RSK-404]."))
    codes = {(item.code, item.entry) for item in facts_seen(isms).diagnostics}
    assert {("missing-field", "RSK-001"), ("unknown-reference", "POL-001")} <= codes
    told = facts_seen(isms, fields={"risks": ["title"]}, registers=["risks", "documents"])
    left = {(item.code, item.entry) for item in told.diagnostics}
    assert ("unknown-reference", "POL-001") in left
    assert ("missing-field", "RSK-001") not in left
    assert all(item.entry in ("RSK-001", "POL-001", "") or item.entry.startswith(("A.", "5")) for item in told.diagnostics)


def test_nothing_is_missing_because_it_is_withheld() -> None:
    registers = ("risks", "evidence", "documents")
    told = facts_seen(an_isms(), fields={name: ["title"] for name in registers}, registers=registers)
    assert told.diagnostics == ()


def test_no_editor_is_led_to() -> None:
    assert facts_seen(an_isms()).settings.edit_url == ""
