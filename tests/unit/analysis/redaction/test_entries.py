"""Entries as the readers of a profile see them."""

from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.completeness import missing_fields
from isms_plugin.analysis.redaction.redaction import Redaction, redact
from isms_plugin.model.control import Control
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.history import History
from isms_plugin.model.incident import Incident
from isms_plugin.model.isms import Isms
from isms_plugin.model.nil_return import NilReturn
from isms_plugin.model.profile import WITHHELD, Withheld
from isms_plugin.model.risk import Risk
from isms_plugin.model.risk_state import state_hash
from isms_plugin.model.settings import Settings
from tests.builders import a_control, a_document, a_person, a_profile, a_risk, a_role, an_approval, an_asset, an_evidence, an_isms


def seen(isms: Isms, **profile: Any) -> Redaction:
    return redact(isms, History(), Settings(), a_profile(**profile))


def told(redaction: Redaction) -> set[tuple[str, str, int, str]]:
    return {(item.source, item.field, item.count, item.reason) for item in redaction.withheld}


def test_nothing_changes_where_nothing_is_withheld() -> None:
    isms = an_isms()
    redaction = seen(isms)
    assert dict(redaction.isms.entries) == dict(isms.entries)
    assert (redaction.isms.places, redaction.isms.kinds, redaction.isms.withheld, redaction.isms.whole) == (isms.places, isms.kinds, {}, {})
    assert (redaction.withheld, redaction.secrets) == ((), frozenset())


def test_of_a_register_that_is_not_shown_nothing_is_left() -> None:
    isms = an_isms(a_document(note="See [RSK-001], RSK-001 and RSK-077.", related=["RSK-001", "EVD-001"]), body="[It](isms:RSK-001).")
    registers = [kind.KIND.register for kind in isms.kinds if kind.KIND.register and kind is not Risk]
    redaction = seen(isms, registers=registers, views=[])
    document = redaction.isms.entries["POL-001"]
    assert "RSK-001" not in redaction.isms.entries
    assert Risk not in redaction.isms.kinds
    assert "RSK-001" not in repr(redaction.isms)
    assert document.note == "See (withheld), (withheld) and (withheld)."
    assert document.related == ("EVD-001",)  # type: ignore[attr-defined]
    assert redaction.isms.texts["POL-001"].body == "It."
    assert "risks/RSK" not in repr(redaction.isms.places)
    assert {("risks", "", 1, "the register is not for these readers"), ("documents", "related", 1, "it names what is withheld")} <= told(
        redaction
    )
    assert "A laptop is stolen." in redaction.secrets
    assert "RSK-001" in redaction.secrets


def test_clauses_and_controls_of_the_catalogue_always_stay() -> None:
    own = a_control(id="CTL-001", title="Two people")
    redaction = seen(an_isms(own), registers=["documents"], classifications=["public"])
    assert {"5.2", "A.5.1"} <= redaction.isms.entries.keys()
    assert "CTL-001" not in redaction.isms.entries
    assert Control in redaction.isms.kinds


@pytest.mark.parametrize(
    ("given", "unclassified", "stays"),
    [
        ("internal", "restricted", True),
        ("restricted", "internal", False),
        (None, "internal", True),
        (None, "restricted", False),
    ],
)
def test_classification_decides(given: str | None, unclassified: str, stays: bool) -> None:
    isms = an_isms(a_risk(classification=given, note="More."))
    risk = seen(isms, classifications=["public", "internal", "confidential"], unclassified=unclassified).isms.entries["RSK-001"]
    assert (risk.title, risk.note) == (("Theft", "More.") if stays else (WITHHELD, None))


def test_what_is_withheld_for_its_class_is_still_counted() -> None:
    incident = Incident.model_validate(
        {
            "id": "INC-001", "title": "Theft", "owner": "PER-001", "detected_on": "2026-03-01", "description": "Told.",
            "severity": "high", "closed_on": "2026-04-01", "classification": "restricted", "status": "retired", "affected": ["AST-001"],
        }
    )  # fmt: skip
    redaction = seen(an_isms(incident), classifications=["public", "internal"])
    shown = redaction.isms.get(Incident, "INC-001")
    assert shown is not None
    filled = {name: value for name, value in shown.model_dump(exclude_defaults=True).items() if value}
    assert set(filled) == {"id", "title", "status", "detected_on", "closed_on"}
    assert {"severity", "description", "affected", "owner"} <= redaction.isms.withheld["INC-001"]
    assert missing_fields(shown, redaction.isms.withheld_from(shown)) == []
    assert ("incidents", "", 1, "classified restricted") in told(redaction)
    assert seen(an_isms(incident), classifications=["public"], fields={"incidents": ["title"]}).isms.entries["INC-001"].day is None


def test_of_fields_that_are_not_shown_texts_become_placeholders() -> None:
    isms = an_isms(an_evidence(what="All laptops encrypted.", population="64", taken_on="2026-07-01"))
    redaction = seen(isms, fields={"evidence": ["title", "for", "at"]})
    shown = redaction.isms.get(Evidence, "EVD-001")
    assert shown is not None
    assert (shown.what, shown.source, shown.population, shown.kind, shown.taken_on) == (WITHHELD, WITHHELD, None, None, None)
    assert (shown.id, shown.title, shown.proves, shown.status) == ("EVD-001", "Export", ("A.5.1",), "active")
    assert "population" in redaction.isms.withheld["EVD-001"]
    assert missing_fields(shown, redaction.isms.withheld_from(shown)) == []
    assert Withheld("evidence", "what", 1, "the field is not for these readers") in redaction.withheld
    assert "All laptops encrypted." in redaction.secrets


def test_an_empty_field_is_withheld_only_where_it_would_be_missed() -> None:
    isms = an_isms(a_risk(owner=None, note=None))
    redaction = seen(isms, fields={"risks": ["title"]})
    assert "owner" in redaction.isms.withheld["RSK-001"]
    assert "note" not in redaction.isms.withheld["RSK-001"]
    assert not any(item.field in ("owner", "note") for item in redaction.withheld)


def test_fingerprints_are_taken_of_the_whole() -> None:
    isms = an_isms()
    redaction = seen(isms, fields={"risks": ["title"]}, registers=["risks", "documents"])
    shown = redaction.isms.get(Risk, "RSK-001")
    assert shown is not None
    assert state_hash(redaction.isms.whole_of(shown)) == state_hash(a_risk())
    assert state_hash(shown) != state_hash(a_risk())
    assert redaction.isms.text_hash(redaction.isms.entries["POL-001"]) == isms.text_hash(a_document())  # type: ignore[arg-type]


def test_nil_returns_name_no_register_that_is_withheld() -> None:
    nil = NilReturn.model_validate({"id": "NIL-1", "register": "incidents", "period_from": "2026-01-01", "period_to": "2026-06-30"})
    assert "NIL-1" not in seen(an_isms(nil), registers=["nil-returns", "documents"]).isms.entries
    assert "NIL-1" in seen(an_isms(nil), registers=["nil-returns", "incidents"]).isms.entries


@pytest.mark.parametrize(
    ("at", "profile", "shown"),
    [
        ("evidence/export.csv", {}, "evidence/export.csv"),
        ("evidence/export.csv", {"evidence_files": False}, None),
        ("evidence/gone.csv", {}, None),
        ("https://example.org/x", {"evidence_files": False}, "https://example.org/x"),
        ("file:///mnt/worm/x.csv", {}, None),
    ],
)
def test_places_of_files_are_told_where_readers_get_the_file(at: str, profile: dict[str, Any], shown: str | None) -> None:
    redaction = seen(an_isms(an_evidence(at=at)), **profile)
    evidence = redaction.isms.get(Evidence, "EVD-001")
    assert evidence is not None
    assert evidence.at == shown
    assert ("at" in redaction.isms.withheld_from(evidence)) == (shown is None)
    assert redaction.isms.files <= {"evidence/export.csv"}
    assert bool(redaction.isms.digests) == (shown == "evidence/export.csv")


def test_a_file_of_something_withheld_stays_out_whoever_else_names_it() -> None:
    secret = an_evidence(id="EVD-002", classification="restricted")
    redaction = seen(an_isms(secret), classifications=["public", "internal"])
    assert "evidence/export.csv" not in redaction.isms.files


def test_people_are_shown_by_what_stands_for_them() -> None:
    isms = an_isms(
        a_person(git=["aberg", "anna@example.org"], identifier="4711"),
        a_person(id="PER-002", name="Bodo Kern", job="Buyer"),
        an_asset(note="Ask Anna Berg or Kern (anna@example.org)."),
    )
    roles = seen(isms, people="roles")
    assert roles.isms.entries["PER-001"].title == "CISO"
    assert roles.isms.entries["PER-002"].title == "Buyer"
    assert roles.isms.entries["AST-001"].note == "Ask CISO or Buyer (CISO)."
    assert roles.isms.entries["PER-001"].git == ()  # type: ignore[attr-defined]
    numbers = seen(isms, people="pseudonyms")
    assert numbers.isms.entries["AST-001"].note == "Ask Person 001 or Person 002 (Person 001)."
    for redaction in (roles, numbers):
        assert not {"Berg", "Kern", "anna@example.org", "4711", "aberg"} & set(repr(redaction.isms).replace("'", " ").split())
    assert {"Anna Berg", "Bodo Kern", "anna@example.org"} <= roles.secrets
    assert ("people by name", "", 2, "roles stand for names") in told(roles)


def test_roles_that_are_withheld_stand_for_nobody() -> None:
    isms = an_isms(a_person(id="PER-002", name="Bodo Kern", job="Buyer"), an_asset(note="Anna Berg, Bodo Kern."))
    assert seen(isms, people="roles", registers=["assets", "people"]).isms.entries["AST-001"].note == "CISO, Buyer."
    assert seen(isms, people="roles", registers=["assets"]).isms.entries["AST-001"].note == "Employee, Employee."
    retired = an_isms(a_role(status="retired"), a_person(job="Clerk"), an_asset(note="Anna Berg"))
    assert seen(retired, people="roles").isms.entries["AST-001"].note == "Clerk"


def test_pseudonyms_stay_apart() -> None:
    isms = an_isms(a_person(id="EXT-001", name="Bodo Kern"))
    names = {entry.id: entry.title for entry in seen(isms, people="pseudonyms").isms.entries.values() if entry.KIND.name == "person"}
    assert names == {"PER-001": "Person PER-001", "EXT-001": "Person EXT-001"}


def test_a_word_that_two_people_share_stands_for_neither() -> None:
    isms = an_isms(a_person(id="PER-002", name="Anna Kern", job="Buyer"), an_asset(note="Anna, Anna Kern."))
    assert seen(isms, people="roles").isms.entries["AST-001"].note == "(withheld), Buyer."


def test_what_is_not_to_be_counted_is_not_there_at_all() -> None:
    isms = an_isms(an_asset(id="AST-009", title="Vault of the board", classification="restricted"))
    redaction = seen(isms, classifications=["public", "internal", "confidential"], counted=False)
    assert "AST-009" not in redaction.isms.entries
    assert told(redaction) == {("assets", "", 1, "classified restricted")}
    assert {"AST-009", "Vault of the board"} <= redaction.secrets


@pytest.mark.parametrize(("status", "there"), [("approved", True), ("in_review", False), ("draft", False), ("withdrawn", True)])
def test_documents_that_were_never_in_force_are_not_for_readers_without_drafts(status: str, there: bool) -> None:
    redaction = seen(an_isms(a_document(id="POL-009", status=status)), counted=False, drafts=False)
    assert ("POL-009" in redaction.isms.entries) is there
    assert told(redaction) == (set() if there else {("documents", "", 1, "never in force")})


def test_a_document_that_was_approved_once_is_no_draft() -> None:
    approved = an_approval(id="APR-009", document="POL-009", decision="approved")
    redaction = seen(an_isms(a_document(id="POL-009", status="in_review"), approved), counted=False, drafts=False)
    assert "POL-009" in redaction.isms.entries
