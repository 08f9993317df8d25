from __future__ import annotations

import re
from typing import Any

import pytest

from isms_plugin.analysis.facts import analyse
from isms_plugin.model.entry import Entry
from isms_plugin.model.history import History
from isms_plugin.model.settings import Settings
from isms_plugin.render.corrective_action_blocks import IN_CHAIN, chain_block, finding_block, finding_cells, marks, next_cells
from isms_plugin.render.entry_pages import entry_page
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.plain_text import words_of
from tests.builders import TODAY, a_finding, a_nonconformity, a_person, an_action, an_audit, an_evidence, an_isms

OPEN = {"closed_on": None, "verified_on": None, "verified_by": None, "effect_result": None}
PEOPLE = (a_person(id="PER-002", name="Bodo Kern"), a_person(id="PER-003", name="Carla Diaz"))


def view(*entries: Entry) -> View:
    return make_view(analyse(an_isms(an_action(), *PEOPLE, *entries), History(), Settings(), TODAY, list), {})


def block(*others: Entry, **changes: Any) -> str:
    item = a_nonconformity(**changes)
    return chain_block(view(item, *others), item)


def steps(html: str) -> dict[str, str]:
    """Mark of each step after the finding, by its anchor."""
    return dict(re.findall(r'isms-step--[a-z-]+" id="((?!finding)[a-z-]+)"><h3>[^<]*<span class="isms-chip isms-chip--([a-z-]+)">', html))


def test_a_closed_chain_shows_every_step_with_who_and_when() -> None:
    html = block(a_finding(), an_audit(), method="five whys")
    assert steps(html) == dict.fromkeys(("correction", "extent", "root-cause", "action", "effect", "closure"), "done")
    words = words_of(html)
    for told in (
        "closed", "Raised by Carla Diaz on 2026-08-19.", "From finding FND-001 of AUD-001.", "No step asks for it.",
        "Found with: five whys", "ACT-001 Script; Anna Berg, done on 2026-09-25",
        "Verified by Bodo Kern on 2026-11-09.", "Closed on 2026-11-10.", "EVD-001 Export",
    ):  # fmt: skip
        assert told in words
    assert "Next:" not in words
    assert "blocks the certificate" not in words


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"correction": None, "extent": None, "cause": None, "actions": []}, ["next", "later", "later", "later", "later", "later"]),
        ({"correction": None}, ["next", "done", "done", "done", "later", "later"]),
        ({"cause": None, "actions": []}, ["done", "done", "next", "later", "later", "later"]),
        ({"actions": []}, ["done", "done", "done", "next", "later", "later"]),
        ({"actions": ["ACT-002"]}, ["done", "done", "done", "under-way", "later", "later"]),
        ({}, ["done", "done", "done", "done", "next", "later"]),
        ({"verified_on": "2026-11-09"}, ["done", "done", "done", "done", "done", "next"]),
        ({"closed_on": "2026-11-10", "cause": None, "actions": ["ACT-002"]}, ["done", "done", "missing", "missing", "missing", "done"]),
        ({"status": "retired"}, ["done", "done", "done", "done", "later", "later"]),
    ],
)
def test_each_step_is_done_next_or_later_and_missing_once_it_is_closed(changes: dict[str, Any], expected: list[str]) -> None:
    html = block(an_action(id="ACT-002", done_on=None, due="2026-12-01"), **OPEN | changes)
    assert list(steps(html).values()) == expected


def test_marks_know_of_actions_that_are_not_done() -> None:
    item = a_nonconformity(**OPEN)
    assert marks(view(item, an_action(done_on=None)), item)["corrective action"] == "under way"


@pytest.mark.parametrize(
    ("due", "told"),
    [("2026-11-23", "was due on 2026-11-23"), ("2026-11-24", "due today"), ("2026-11-25", "by 2026-11-25"), (None, "no day")],
)
def test_an_open_action_shows_its_day(due: str | None, told: str) -> None:
    html = words_of(block(an_action(done_on=None, due=due), **OPEN))
    assert told in html


def test_the_check_of_effect_names_whom_it_must_not_be_made_by() -> None:
    assert "To be checked by 2026-11-10, by somebody other than Anna Berg." in words_of(block(**OPEN))
    assert "To be checked by 2026-11-10, by Bodo Kern." in words_of(block(**OPEN | {"verified_by": "PER-002"}))
    assert "missing, to be verified by Bodo Kern" in words_of(block(verified_on=None))
    assert "who also carried the action out" in words_of(block(verified_by="PER-001"))


def test_what_the_body_wants_and_that_it_blocks_is_told() -> None:
    body = {"number": "AoC-1", "deadline": "2026-11-23"}
    words = words_of(block(**OPEN, source="certification_body", certification_body=body))
    assert "AoC-1" in words
    assert "2026-11-23 overdue" in words
    assert "not yet" in words
    assert "It blocks the certificate." in words
    assert "due today" in words_of(block(**OPEN, certification_body=body | {"deadline": "2026-11-24"}))
    assert "overdue" not in words_of(block(**OPEN, certification_body=body | {"accepted_on": "2026-11-24"}))


def test_what_makes_it_a_major_is_told() -> None:
    html = block(a_nonconformity(id="NC-000", closed_on="2026-08-01"), **OPEN, follows="NC-000")
    assert "Counts as a major: NC-001 came back: NC-000 had been closed on 2026-08-01." in words_of(html)
    assert "Repeats NC-000." in words_of(html)


def test_evidence_stands_with_what_it_proves() -> None:
    proving = an_evidence(id="EVD-002", title="Run", **{"for": ["ACT-001"]})
    assert "EVD-002 Run outside the period of ACT-001" in re.sub(r"current|expiring", "outside the period", words_of(block(proving)))
    assert "none" in words_of(block(evidence=[]))


def test_texts_are_escaped_and_who_raised_it_may_be_anybody() -> None:
    html = block(raised_by="<b>a customer</b>, by phone", cause="<script>x</script>")
    assert "<b>" not in html
    assert "<script>" not in html
    assert "Raised by <b>a customer</b>, by phone on" in words_of(html)


@pytest.mark.parametrize(
    ("changes", "others", "told"),
    [
        (
            {},
            (a_nonconformity(**OPEN),),
            ("minor", "AUD-001 Internal audit", "taken up NC-001 Laptop missing effect to be checked", "Evidence"),
        ),
        ({}, (a_nonconformity(),), ("settled NC-001 Laptop missing closed",)),
        ({"becomes": None}, (), ("not taken up Nothing takes it up yet.",)),
        ({"becomes": None, "grade": "ofi"}, (), ("Nobody has decided yet whether it is taken up.",)),
        (
            {"becomes": None, "grade": "ofi", "declined": "true", "declined_why": "Four rows."},
            (),
            ("declined", "Four rows.", "no obligation"),
        ),
        ({"becomes": None, "grade": "ofi", "declined": "true"}, (), ("No reason is recorded.",)),
        ({"becomes": None, "grade": None, "audit": None}, (), ("Grade missing", "Audit missing")),
    ],
)
def test_a_finding_shows_what_became_of_it(changes: dict[str, Any], others: tuple[Entry, ...], told: tuple[str, ...]) -> None:
    finding = a_finding(**changes)
    words = words_of(finding_block(view(finding, an_audit(), *others), finding))
    for fragment in told:
        assert fragment in words


def test_registers_say_where_each_stands() -> None:
    late = a_nonconformity(**OPEN)
    item, retired = a_nonconformity(id="NC-002", status="retired"), a_finding(id="FND-002", status="retired")
    made = view(late, item, a_finding(), retired, an_audit())
    assert [words_of(cell) for cell in next_cells(made, late)] == ["effect to be checked", "check of effect, was due on 2026-11-10"]
    assert [words_of(cell) for cell in next_cells(made, item)] == ["retired", ""]
    assert [words_of(cell) for cell in finding_cells(made, a_finding())] == ["taken up effect to be checked"]
    assert [words_of(cell) for cell in finding_cells(made, retired)] == ["retired"]


def test_what_the_chain_shows_stands_nowhere_else_on_the_page_and_the_search_reads_it() -> None:
    item = a_nonconformity(method="five whys")
    page = entry_page(view(item), item)
    assert "No step asks for it." in page.parts["block"]
    assert "block" not in page.late
    assert "No step asks for it." not in page.parts["facts"]
    assert "five whys" not in page.parts["facts"]
    assert type(item).model_fields.keys() >= IN_CHAIN
