from datetime import date, timedelta

import pytest

from isms_plugin.analysis.audits.programme import AuditState, Cell, audit_state, coverage, planned_part, reached
from isms_plugin.model.isms import Isms
from isms_plugin.model.organization import Site
from tests.builders import a_clause, a_control, a_decision, a_programme, an_audit, an_isms

PLANNED = date(2028, 2, 29)
TOMORROW, YESTERDAY = PLANNED + timedelta(days=1), PLANNED - timedelta(days=1)


def a_site(**changes: object) -> Site:
    return Site.model_validate({"id": "SIT-001", "title": "Office", "owner": "PER-001", "kind": "site", "in_scope": "true"} | changes)


CLAUSES = (
    a_clause(id="9", heading="true"),
    a_clause(id="9.2", parent="9", heading="true"),
    a_clause(id="9.2.1", parent="9.2"),
    a_clause(id="9.2.2", parent="9.2"),
    a_clause(id="9.1", parent="9"),
)


def an_isms_with(*planned: dict[str, object], **changes: object) -> Isms:
    return an_isms(*CLAUSES, an_audit(**changes), a_programme(audits=list(planned)))


def covered(isms: Isms, today: date = date(2026, 12, 1)) -> dict[str, Cell | None]:
    found = coverage(isms, a_programme(audits=[part.model_dump(by_alias=True) for part in isms.entries["PRG-001"].audits]), today)
    return {subject.id: found.state(subject.id) for subject in found.subjects}


def test_rows_are_requirements_applicable_controls_and_sites_in_scope() -> None:
    isms = an_isms(
        *CLAUSES,
        a_control(id="A.5.2"), a_decision(id="SOA-A.5.2", control="A.5.2", decision="excluded"),
        a_control(id="A.5.3"),
        a_control(id="CTL-001"), a_decision(id="SOA-CTL-001", control="CTL-001"),
        a_site(), a_site(id="SIT-002", in_scope="false"), a_site(id="SIT-003", status="retired"), a_site(id="SIT-004", status="draft"),
    )  # fmt: skip
    groups = {group.title: [subject.id for subject in group.subjects] for group in coverage(isms, a_programme(), PLANNED).groups}
    assert groups == {
        "Clauses": ["5.2", "9.2.1", "9.2.2", "9.1"],
        "Controls of Annex A": ["A.5.1"],
        "Controls of our own": ["CTL-001"],
        "Sites and units": ["SIT-001"],
    }


def test_a_heading_stands_for_all_below_it_and_a_theme_for_nothing() -> None:
    isms = an_isms(*CLAUSES)
    assert reached(isms, ["9.2", "A.5", "9.2.1"]) == ("9.2.1", "9.2.2", "A.5")
    assert reached(isms, ["9"]) == ("9.2.1", "9.2.2", "9.1")
    assert coverage(isms, a_programme(audits=[{"planned": "2027-05-28", "covers": ["9.2", "A.5"]}]), PLANNED).uncovered == (
        "5.2", "9.1", "A.5.1",
    )  # fmt: skip


def test_what_an_audit_covered_is_done_and_what_it_left_out_is_missed() -> None:
    isms = an_isms_with({"audit": "AUD-001", "planned": "2026-08-31", "covers": ["9.2", "A.5.1"]}, covered=["9.2.1", "9.1"])
    assert covered(isms) == {"5.2": None, "9.2.1": Cell.DONE, "9.2.2": Cell.MISSED, "9.1": Cell.DONE, "A.5.1": Cell.MISSED}


def test_a_later_audit_makes_up_for_what_was_missed() -> None:
    first = {"audit": "AUD-001", "planned": "2026-08-31", "covers": ["9.2.1", "A.5.1"]}
    isms = an_isms_with(first, {"planned": "2027-08-31", "covers": ["A.5.1"]}, covered=["9.2.1"])
    found = coverage(isms, isms.entries["PRG-001"], date(2026, 12, 1))
    assert found.cells("A.5.1") == (Cell.MISSED, Cell.PLANNED)
    assert found.state("A.5.1") is Cell.PLANNED
    assert found.uncovered == ("5.2", "9.2.2", "9.1")


@pytest.mark.parametrize(("today", "cell"), [(date(2026, 8, 20), Cell.PLANNED), (date(2026, 8, 21), Cell.DONE)])
def test_covered_counts_from_the_day_on_which_the_audit_ended(today: date, cell: Cell) -> None:
    isms = an_isms_with({"audit": "AUD-001", "planned": "2026-08-31", "covers": ["A.5.1"]})
    assert covered(isms, today)["A.5.1"] is cell


def test_a_cancelled_audit_covers_nothing() -> None:
    isms = an_isms_with({"audit": "AUD-001", "planned": "2028-02-29", "covers": ["A.5.1"]}, status="retired", ended_on=None)
    assert covered(isms)["A.5.1"] is Cell.MISSED


def test_an_audit_that_is_not_registered_is_planned() -> None:
    isms = an_isms_with({"audit": "AUD-009", "planned": "2028-02-29", "covers": ["A.5.1"]})
    assert covered(isms)["A.5.1"] is Cell.PLANNED


@pytest.mark.parametrize(
    ("today", "soon", "state"),
    [
        (YESTERDAY, 0, AuditState.PLANNED),
        (PLANNED, 0, AuditState.DUE),
        (TOMORROW, 0, AuditState.OVERDUE),
        (PLANNED - timedelta(days=31), 30, AuditState.PLANNED),
        (PLANNED - timedelta(days=30), 30, AuditState.DUE),
    ],
)
def test_an_audit_is_due_on_its_day_and_overdue_on_the_day_after(today: date, soon: int, state: AuditState) -> None:
    assert audit_state(None, PLANNED, today, soon) is state


@pytest.mark.parametrize(
    ("changes", "today", "state"),
    [
        ({"started_on": PLANNED, "ended_on": None}, PLANNED, AuditState.STARTED),
        ({"started_on": PLANNED, "ended_on": None}, YESTERDAY, AuditState.PLANNED),
        ({"started_on": PLANNED, "ended_on": None}, TOMORROW, AuditState.OVERDUE),
        ({"ended_on": PLANNED}, PLANNED, AuditState.DONE),
        ({"ended_on": PLANNED}, YESTERDAY, AuditState.PLANNED),
        ({"ended_on": None, "started_on": None, "status": "retired"}, YESTERDAY, AuditState.CANCELLED),
    ],
)
def test_the_state_of_a_registered_audit(changes: dict[str, object], today: date, state: AuditState) -> None:
    assert audit_state(an_audit(**{"started_on": None, **changes}), PLANNED, today) is state


def test_without_a_day_nothing_is_known() -> None:
    assert audit_state(None, None, PLANNED) is AuditState.UNDATED


def test_the_day_of_the_audit_takes_the_place_of_that_of_the_programme() -> None:
    isms = an_isms_with({"audit": "AUD-001", "planned": "2026-08-31", "covers": ["A.5.1"]}, planned="2026-10-31", ended_on=None)
    column = coverage(isms, isms.entries["PRG-001"], date(2026, 9, 15)).columns[0]
    assert (column.day, column.state) == (date(2026, 10, 31), AuditState.STARTED)


def test_what_a_programme_plans_of_an_audit() -> None:
    isms = an_isms_with({"planned": "2026-01-31", "covers": []}, {"audit": "AUD-001", "planned": "2026-08-31", "covers": ["A.5.1"]})
    programme, part = planned_part(isms, an_audit()) or (None, None)
    assert programme is isms.entries["PRG-001"]
    assert part is not None
    assert part.covers == ("A.5.1",)
    assert planned_part(isms, an_audit(id="AUD-002")) is None
