"""What is waived says so wherever it is shown, and the exception lists it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.model.entry import Entry
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.kind_parts import block_of, in_block
from isms_plugin.render.overview import diagnostics_page
from isms_plugin.render.plain_text import words_of
from tests.builders import TODAY, a_risk, a_role, a_waiver, facts_of

UNDRIVEN = a_risk(controls=[], treatment="retention")
"""With it, and without the requirement, nothing calls for A.5.1 any more."""


def view(*entries: Entry, today: date = TODAY) -> View:
    return make_view(facts_of(UNDRIVEN, *entries, without=["REQ-001"], today=today), {})


def block(today: date = TODAY, *others: Entry, codes: tuple[str, ...] = ("no-driver",), **changes: Any) -> str:
    waiver = a_waiver(*codes, **changes)
    return block_of(view(waiver, *others, today=today), waiver)


def test_an_exception_lists_what_it_waives_with_check_link_and_meaning() -> None:
    html = block()
    assert "Waived on 2026-11-24; an audit lists it and does not count it:" in words_of(html)
    assert "(minor, 6.1.3): A control is included, but no risk" in words_of(html)
    assert "(check 4, no-driver, A.5.1). registers/soa.yml" in words_of(html)
    assert 'href="isms:SOA-A.5.1"' in html


def test_what_only_an_audit_reports_is_listed_as_well() -> None:
    words = words_of(block(TODAY, a_role(needs=["Law"]), codes=("competence-missing",)))
    assert "check 19, competence-missing" in words


def test_one_that_meets_nothing_says_so() -> None:
    words = words_of(block(codes=("evidence-gap",)))
    assert "Nothing is waived on 2026-11-24: no check reports it." in words
    assert "Nothing is waived" in words_of(block(waives_for=["AST-001"]))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"expires_on": "2026-11-24"}, ""),
        ({"expires_on": "2026-11-23"}, "it ran out on 2026-11-23"),
        ({"expires_on": None}, "it has no last day"),
        ({"approved_on": "2026-11-24"}, ""),
        ({"approved_on": "2026-11-25"}, "it was not approved by 2026-11-24"),
        ({"approved_on": None}, "it was not approved by 2026-11-24"),
        ({"approved_by": "PER-404"}, "nobody who is known approved it"),
        ({"ended_on": "2026-11-24"}, "it was ended on 2026-11-24"),
        ({"ended_on": "2026-11-25"}, ""),
        ({"status": "draft"}, "it is a draft"),
        ({"status": "retired"}, "it is retired"),
    ],
    ids=str,
)
def test_one_that_is_not_in_force_says_why(changes: dict[str, Any], why: str) -> None:
    words = words_of(block(**changes))
    assert (f"It waives nothing on 2026-11-24: {why}." in words) is bool(why)
    assert ("Waived on 2026-11-24" in words) is not bool(why)


def test_what_is_no_code_is_named_as_such() -> None:
    assert "no such code" in words_of(block(codes=("no-driver", "everything")))


def test_an_exception_that_waives_no_check_has_no_block() -> None:
    assert block(codes=()) == ""


def test_codes_stand_in_the_block_alone() -> None:
    assert in_block(a_waiver("no-driver"), "waives")
    assert not in_block(a_waiver("no-driver"), "waives_for")


def test_diagnostics_say_by_which_exception_they_are_waived() -> None:
    waived = diagnostics_page(view(a_waiver("no-driver"))).late["table"]
    assert 'href="isms:EXC-001"' in waived
    assert "Waived by EXC-001 until 2026-12-31." in words_of(waived)
    assert "Waived by" not in diagnostics_page(view()).late["table"]


def test_the_page_of_the_entry_says_so_too() -> None:
    def problems(shown: View) -> str:
        entry = shown.facts.isms.entries["SOA-A.5.1"]
        return words_of(shown.render("problems.html.jinja", entry=entry))

    assert "Waived by EXC-001 until 2026-12-31." in problems(view(a_waiver("no-driver")))
    assert "Waived" not in problems(view())
    assert "no-driver" not in problems(view())
