"""A state: everything that two of them are compared by, and nothing else."""

from __future__ import annotations

import json
from datetime import date

from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.fingerprint import text_hash
from isms_plugin.model.state import State, as_json, from_json, state_of
from tests.builders import a_control, a_decision, a_person, a_risk, a_role, an_isms

DAY = date(2026, 11, 24)


def fault(code: str, entry: str = "", place: Place = Place(), message: str = "wrong") -> Diagnostic:  # noqa: B008 - a value
    return Diagnostic(code=code, message=message, entry=entry, place=place)


def test_entries_of_the_catalogue_are_left_out() -> None:
    state = state_of(an_isms())
    assert {"5.2", "A.5.1"} & state.entries.keys() == set()
    assert len(state.entries) == len(an_isms().entries) - 2


def test_own_controls_are_not() -> None:
    own = a_control(id="CTL-001")
    isms = an_isms(own, places={"CTL-001": Place("registers/controls.yml", 1, 1)})
    assert list(state_of(isms).entries) == ["CTL-001"]


def test_filled_fields_stand_under_their_keys_in_yaml() -> None:
    data = state_of(an_isms()).entries["PER-001"].data
    assert data == {"name": "Anna Berg", "job": "CISO", "active_from": "2020-01-01", "status": "active"}


def test_what_is_worked_out_is_kept_as_well() -> None:
    data = state_of(an_isms()).entries["RSK-001"].data
    assert (data["likelihood"], data["level"], data["residual_level"], data["controls"]) == (3, 12, 4, ["A.5.1"])
    assert "level" not in state_of(an_isms(a_risk(likelihood=None))).entries["RSK-001"].data


def test_a_document_has_the_hash_of_its_text_and_not_the_text() -> None:
    entry = state_of(an_isms(body="We lock doors.")).entries["POL-001"]
    assert entry.text == text_hash("Security policy", "We lock doors.")
    assert "lock" not in json.dumps(as_json(state_of(an_isms(body="We lock doors."))))


def test_an_entry_goes_by_the_name_that_people_use() -> None:
    state = state_of(an_isms(a_decision(), a_person(name=None)))
    assert [state.entries[key].title for key in ("SOA-A.5.1", "PER-001", "ROL-001")] == ["Decision on A.5.1", "PER-001", "CISO"]


def test_parts_are_plain_data() -> None:
    former = [{"person": "PER-001", "since": "2019-01-01", "until": "2019-12-31"}]
    assert state_of(an_isms(a_role(former_holders=former))).entries["ROL-001"].data["former_holders"] == former


def test_what_was_not_read_is_listed_with_its_place() -> None:
    faults = (
        fault("unknown-register", place=Place("registers/old.yml"), message="no register is called 'old'"),
        fault("unknown-field", "RSK-001", Place("registers/risks.yml", 5, 1, (0, "impact"))),
        fault("duplicate-id", "RSK-001", Place("registers/risks.yml", 9, 1), "RSK-001 is already taken"),
        fault("missing-id", place=Place("registers/risks.yml", 12, 1)),
    )
    assert state_of(an_isms(faults=faults)).faults == (
        "registers/old.yml: no register is called 'old'",
        "registers/risks.yml:5: RSK-001: wrong",
        "registers/risks.yml:9: RSK-001 is already taken",
        "registers/risks.yml:12: wrong",
    )


def test_faults_after_which_everything_is_there_are_not() -> None:
    faults = (
        fault("empty-register", place=Place("registers/risks.yml", 1, 1)),
        fault("no-front-matter", "policies/a.md", Place("policies/a.md", 1, 1)),
        fault("missing-id", "policies/a.md", Place("policies/a.md", 1, 1)),
        fault("unreadable-file", place=Place("docs/index.md")),
    )
    assert state_of(an_isms(pages={"docs/index.md": ""}, faults=faults)).faults == ()


def test_fields_that_could_not_be_read_are_remembered() -> None:
    place = an_isms().place(a_risk())
    faults = (
        fault("invalid-value", "RSK-001", place.at("treatment")),
        fault("invalid-value", "RSK-001", place.at("controls", 1)),
        fault("invalid-value", "RSK-001", place.at("controls", 2)),
        fault("unknown-field", "RSK-001", place.at("impact")),
        fault("invalid-value", "RSK-001", Place("registers/elsewhere.yml", 1, 1, ("owner",))),
    )
    assert state_of(an_isms(faults=faults)).entries["RSK-001"].unread == ("treatment", "controls")


def test_a_state_survives_as_json() -> None:
    place = an_isms().place(a_risk())
    isms = an_isms(body="Text", faults=(fault("invalid-value", "RSK-001", place.at("treatment")),))
    state = state_of(isms, name="isms-2026", commit="a" * 40, day=DAY)
    assert from_json(json.loads(json.dumps(as_json(state)))) == state
    assert from_json(json.loads(json.dumps(as_json(State())))) == State()


def test_a_state_without_a_name_goes_by_its_commit() -> None:
    assert State(commit="0123456789abcdef").label == "0123456789"
    assert State(name="isms-2026", commit="0123456789abcdef").label == "isms-2026"
