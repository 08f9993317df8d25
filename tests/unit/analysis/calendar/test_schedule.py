"""What falls due: from which field, until when, and for whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from isms_plugin.analysis.calendar.schedule import DueItem
from isms_plugin.analysis.facts import Facts
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import fields_of
from isms_plugin.model.isms import KINDS
from tests.builders import TODAY

PEOPLE = "- {id: PER-001, name: Anna Berg, status: draft}\n- {id: PER-002, name: Bodo Kern, status: draft}\n"
ROLES = "- {id: ROL-001, title: CISO, status: draft, holder: PER-002}\n"


@pytest.fixture
def falls_due(analysed: Callable[..., Facts]) -> Callable[..., list[DueItem]]:
    def items(files: dict[str, str], today: date = TODAY, **settings: Any) -> list[DueItem]:
        facts = analysed({"registers/people.yml": PEOPLE, "registers/roles.yml": ROLES, **files}, today, **settings)
        return list(facts.schedule)

    return items


def shown(items: list[DueItem]) -> list[tuple[str, str, str]]:
    return [(item.day.isoformat(), item.uid, item.what) for item in items]


@pytest.mark.parametrize(
    ("days", "state"), [(-1, "overdue"), (0, "soon"), (30, "soon"), (31, "later")], ids=["yesterday", "today", "last near day", "after it"]
)
def test_the_day_itself_is_not_overdue(falls_due: Callable[..., list[DueItem]], days: int, state: str) -> None:
    due = TODAY + timedelta(days=days)
    (item,) = falls_due({"registers/actions.yml": f"- {{id: ACT-1, title: Keys, status: draft, due: {due}}}"})
    assert (item.day, item.state) == (due, state)


def test_the_setting_says_how_near_soon_is(falls_due: Callable[..., list[DueItem]]) -> None:
    action = f"- {{id: ACT-1, title: Keys, status: draft, due: {TODAY + timedelta(days=1)}}}"
    assert [item.state for item in falls_due({"registers/actions.yml": action}, due_soon=0)] == ["later"]


def test_what_is_closed_or_retired_falls_due_no_more(falls_due: Callable[..., list[DueItem]]) -> None:
    actions = (
        "- {id: ACT-1, title: Done, status: draft, due: 2026-12-01, done_on: 2026-11-01}\n"
        "- {id: ACT-2, title: Gone, status: retired, due: 2026-12-01}\n"
    )
    assert falls_due({"registers/actions.yml": actions}) == []


DOCUMENT = "---\n{{id: POL-001, title: A, status: {status}, owner: ROL-001, next_review: 2026-12-31}}\n---\n"


def test_only_documents_in_force_are_reviewed_and_a_record_moves_the_day(falls_due: Callable[..., list[DueItem]]) -> None:
    assert falls_due({"policies/a.md": DOCUMENT.format(status="draft")}) == []
    (item,) = falls_due({"policies/a.md": DOCUMENT.format(status="approved")})
    assert (item.uid, item.owner and item.owner.name) == ("POL-001/next_review", "Bodo Kern")


def test_of_certificates_of_one_type_only_the_newest_counts(falls_due: Callable[..., list[DueItem]]) -> None:
    supplier = (
        "- {id: SUP-1, title: Cloud, status: draft, assurance: [{type: ISO, valid_to: 2028-01-31}, {type: ISO, valid_to: 2025-01-31},"
        " {type: SOC, valid_to: 2027-06-30}]}"
    )
    assert shown(falls_due({"registers/suppliers.yml": supplier})) == [
        ("2027-06-30", "SUP-1/assurance.2.valid_to", "certificate or report: SOC"),
        ("2028-01-31", "SUP-1/assurance.0.valid_to", "certificate or report: ISO"),
    ]


def test_a_certificate_without_an_end_takes_the_place_of_one_that_ran_out(falls_due: Callable[..., list[DueItem]]) -> None:
    rows = (
        "- {id: CMP-1, title: Course, status: draft, person: PER-001, need: Audit, valid_to: 2026-01-31}\n"
        "- {id: CMP-2, title: Degree, status: draft, person: PER-001, need: Audit}\n"
    )
    assert falls_due({"registers/competence.yml": rows}) == []


VALUES = "[{{period_from: 2026-07-01, period_to: {last}, recorded_on: 2026-10-01, value: 1}}]"


@pytest.mark.parametrize(
    ("every", "last", "due"),
    [
        ("quarter", "2026-09-30", "2027-01-30"),
        ("quarter", "2026-09-23", "2027-01-30"),
        ("month", "2026-01-31", "2026-03-30"),
        ("month", "2028-01-31", "2028-03-30"),
        ("year", "2025-12-31", "2027-01-30"),
    ],
    ids=["whole period", "a few days short", "february", "leap year", "year"],
)
def test_a_value_is_due_a_month_after_the_next_period(falls_due: Callable[..., list[DueItem]], every: str, last: str, due: str) -> None:
    measure = f"- {{id: MET-1, title: A, status: draft, every: {every}, measured_by: PER-002, values: {VALUES.format(last=last)}}}"
    (item,) = falls_due({"registers/measures.yml": measure})
    assert (item.day.isoformat(), item.uid, item.owner and item.owner.id) == (due, "MET-1/values.0.period_to", "PER-002")


@pytest.mark.parametrize(("days", "due"), [("0", "2026-12-31"), ("10", "2027-01-10")])
def test_a_measure_may_give_other_days_of_grace(falls_due: Callable[..., list[DueItem]], days: str, due: str) -> None:
    values = VALUES.format(last="2026-09-30")
    (item,) = falls_due(
        {"registers/measures.yml": f"- {{id: MET-1, title: A, status: draft, every: quarter, grace_days: {days}, values: {values}}}"}
    )
    assert item.day.isoformat() == due


def test_a_measure_without_values_is_due_from_the_day_it_was_made(falls_due: Callable[..., list[DueItem]]) -> None:
    assert shown(falls_due({"registers/measures.yml": "- {id: MET-1, title: A, status: draft, every: quarter, created: 2026-02-10}"})) == [
        ("2026-07-30", "MET-1/values", "value")
    ]


def test_evidence_of_the_same_thing_is_followed_by_the_next(falls_due: Callable[..., list[DueItem]]) -> None:
    rows = (
        "- {id: EVD-1, title: Q2, status: draft, for: [A.8.2, A.5.18], every: quarter, period_to: 2026-06-30}\n"
        "- {id: EVD-2, title: Q3, status: draft, for: [A.8.2, A.5.18, A.5.3], every: quarter, period_to: 2026-09-30}\n"
    )
    assert shown(falls_due({"registers/evidence.yml": rows})) == [("2026-12-31", "EVD-2/period_to", "evidence of the next period")]


def test_a_key_that_has_ended_asks_nothing_of_anybody(falls_due: Callable[..., list[DueItem]]) -> None:
    rows = (
        "- {id: KEY-1, status: draft, person: PER-001, public_key: a, valid_to: 2026-11-23}\n"
        "- {id: KEY-2, status: draft, person: PER-001, public_key: b, valid_to: 2026-11-24}\n"
    )
    assert [item.entry.id for item in falls_due({"registers/keys.yml": rows})] == ["KEY-2"]


def test_what_is_settled_in_a_part_is_not_due(falls_due: Callable[..., list[DueItem]]) -> None:
    rows = (
        "- {id: PRG-1, title: P, status: draft, audits: [{audit: AUD-1, planned: 2026-12-01, covers: [A.5.1]},"
        " {planned: 2027-12-01, covers: [A.5.1]}]}"
    )
    audits = "- {id: AUD-1, title: First, status: draft, planned: 2026-12-01}"
    assert shown(falls_due({"registers/audit-programme.yml": rows, "registers/audits.yml": audits})) == [
        ("2026-12-01", "AUD-1/planned", "audit"),
        ("2027-12-01", "PRG-1/audits.1.planned", "audit"),
    ]


def test_an_own_register_falls_due_by_its_declaration(falls_due: Callable[..., list[DueItem]]) -> None:
    kinds = (
        "- {register: tours, title: Tour, plural: Tours, prefix: TOU, about: Ours., due: by_day,"
        " fields: [{name: by_day, title: By, description: Day., type: date}]}"
    )
    rows = "- {id: TOU-001, title: Cellar, owner: PER-001, by_day: 2026-12-01}"
    assert shown(falls_due({"registers/kinds.yml": kinds, "registers/tours.yml": rows})) == [("2026-12-01", "TOU-001/by_day", "tour")]


def _field(declaration: type[Entry], path: str) -> str:
    *way, last = path.split(".")
    specs = {spec.name: spec for spec in fields_of(declaration)}
    for step in way:
        part = specs[step].part
        assert part is not None
        specs = {spec.name: spec for spec in fields_of(part)}
    return specs[last].word


@pytest.mark.parametrize("declaration", KINDS, ids=[declaration.KIND.name for declaration in KINDS])
def test_what_a_kind_says_of_its_days_exists(declaration: type[Entry]) -> None:
    for due in declaration.KIND.due:
        *way, _ = due.field.split(".")
        beside = ".".join([*way, ""])
        assert _field(declaration, due.field) == "date"
        assert not due.unless or due.unless in declaration.__dict__ or _field(declaration, beside + due.unless)
        assert all(_field(declaration, beside + name) for name in due.per)
        assert not due.every or _field(declaration, due.every) == "choice"
        assert not due.by or _field(declaration, due.by) == "id"
    assert not declaration.KIND.occasion or _field(declaration, declaration.KIND.occasion) == "date"
