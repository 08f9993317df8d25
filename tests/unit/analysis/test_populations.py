"""Registers as whole populations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.populations import Gap, Population, populations
from isms_plugin.model.entry import Entry
from isms_plugin.model.former import Former, FormerEntry
from isms_plugin.model.history import History
from isms_plugin.model.nil_return import NilReturn
from isms_plugin.model.profile import Withheld
from tests.builders import a_risk, an_action, an_asset, an_audit, an_incident, facts_of


def of(facts: Facts, register: str) -> Population:
    return next(item for item in populations(facts) if item.name == register)


def incidents(*entries: Entry, **options: Any) -> Population:
    return of(facts_of(*entries, **options), "incidents")


def numbered(*ids: str) -> list[Entry]:
    return [an_incident(id=name) for name in ids]


def baseline(*ids: str, name: str = "isms-1") -> Former:
    return Former(name=name, entries={item: FormerEntry("incident", "Lost", "registers/incidents.yml", "active") for item in ids})


def gaps(entries: Iterable[Entry], *former: Former) -> tuple[Gap, ...]:
    facts = facts_of(*entries)
    return of(replace(facts, history=History(former=former)), "incidents").gaps


@pytest.mark.parametrize(("day", "within"), [("2025-11-24", 0), ("2025-11-25", 1), ("2026-11-24", 1), ("2026-11-25", 0)])
def test_both_ends_of_the_audited_period_count(day: str, within: int) -> None:
    found = incidents(an_incident(detected_on=day))
    assert (len(found.entries), len(found.within), found.first_day) == (1, within, date.fromisoformat(day))


def test_a_leap_day_is_a_day_of_its_period() -> None:
    found = incidents(an_incident(detected_on="2028-02-29"), today=date(2028, 2, 29))
    assert [entry.id for entry in found.within] == ["INC-001"]


def test_drafts_and_retired_ones_are_counted_and_belong_to_no_period() -> None:
    found = incidents(an_incident(), an_incident(id="INC-002", status="draft"), an_incident(id="INC-003", status="retired"))
    assert (len(found.entries), len(found.within), found.drafts) == (3, 1, 1)
    assert ([entry.id for entry in found.living], [entry.id for entry in found.retired]) == (["INC-001"], ["INC-003"])


def test_what_has_not_happened_yet_has_no_day() -> None:
    found = of(facts_of(an_audit(), an_audit(id="AUD-002", ended_on=None)), "audits")
    assert (len(found.within), found.undated, found.day_field) == (1, 1, "ended_on")


def test_what_does_not_happen_counts_by_the_day_it_was_made() -> None:
    facts = facts_of(an_action(created="2026-05-01"), an_action(id="ACT-002"), a_risk(created=None))
    actions, risks = of(facts, "actions"), of(facts, "risks")
    assert ([entry.id for entry in actions.within], actions.undated, actions.day_field) == (["ACT-001"], 1, "created")
    assert (risks.within, risks.undated, risks.day_field) == ((), 0, "")


def test_the_catalogue_was_not_made_here() -> None:
    assert of(facts_of(), "controls").day_field == ""


def test_the_days_are_those_of_the_first_and_the_last_that_lives() -> None:
    days = ("2026-09-14", "2024-01-31", "2026-10-01")
    found = incidents(*(an_incident(id=f"INC-{number}", detected_on=day) for number, day in enumerate(days)))
    assert (found.first_day, found.last_day) == (date(2024, 1, 31), date(2026, 10, 1))
    assert [entry.id for entry in found.within] == ["INC-0", "INC-2"]


def test_numbers_that_no_entry_has_are_told_together() -> None:
    assert gaps(numbered("INC-002", "INC-003", "INC-006", "INC-010")) == (
        Gap("INC-004", "INC-005", 2, ""),
        Gap("INC-007", "INC-009", 3, ""),
    )


def test_retired_numbers_are_no_gap() -> None:
    assert gaps([an_incident(), an_incident(id="INC-002", status="retired"), an_incident(id="INC-003")]) == ()


def test_a_number_that_a_baseline_held_was_deleted() -> None:
    former = (baseline("INC-001", "INC-003"), baseline("INC-003", "INC-006", name="isms-0"))
    assert gaps(numbered("INC-002", "INC-005"), *former) == (
        Gap("INC-001", "INC-001", 1, "isms-1"),
        Gap("INC-003", "INC-003", 1, "isms-1"),
        Gap("INC-004", "INC-004", 1, ""),
        Gap("INC-006", "INC-006", 1, "isms-0"),
    )


def test_a_gap_of_any_width_costs_nothing() -> None:
    assert gaps(numbered("INC-1", f"INC-{10**17}")) == (Gap("INC-2", f"INC-{10**17 - 1}", 10**17 - 2, ""),)


def test_ids_that_are_made_of_other_fields_have_no_gaps() -> None:
    assert of(facts_of(), "soa").gaps == ()


def test_what_is_withheld_is_told_and_no_baseline_is_asked() -> None:
    facts = replace(
        facts_of(*numbered("INC-001", "INC-003")),
        history=History(former=(baseline("INC-002"),)),
        withheld=(Withheld("incidents", "", 1, "confidential"), Withheld("incidents", "note", 1, "field"), Withheld("risks", "", 1, "x")),
    )
    found = of(facts, "incidents")
    assert found.withheld == (Withheld("incidents", "", 1, "confidential"),)
    assert found.gaps == (Gap("INC-002", "INC-002", 1, ""),)


@pytest.mark.parametrize(("first", "last", "count"), [("2025-01-01", "2025-11-24", 0), ("2025-01-01", "2025-11-25", 1)])
def test_nil_returns_that_touch_the_period_are_told(first: str, last: str, count: int) -> None:
    nil = NilReturn.model_validate({"id": "NIL-1", "register": "incidents", "period_from": first, "period_to": last})
    assert len(incidents(nil).returned) == count


def test_numbers_are_taken_as_numbers() -> None:
    assert incidents(*numbered("INC-10", "INC-9", "INC-100")).ends == ("INC-9", "INC-100")
    assert (incidents(*numbered("INC-1")).ends, incidents().ends) == (("INC-1",), ())


def test_every_register_is_there_once() -> None:
    facts = facts_of(an_asset())
    assert [item.name for item in populations(facts)] == [kind.KIND.register for kind in facts.isms.kinds if kind.KIND.register]
