"""The pack as Markdown: what it says of the head, and that nothing in the registers can mean something else there."""

from __future__ import annotations

from isms_plugin.analysis.management_review.pack import pack_of
from isms_plugin.export.review_pack import review_markdown
from tests.builders import a_held_review, a_person, a_requirement, an_action, facts_of


def test_the_head_tells_day_people_period_and_sign_off() -> None:
    review = a_held_review(
        approved_by="PER-001", approved_on="2026-07-01", resources="Money\n\nand time.", attendees=["PER-001", "PER-009"]
    )
    facts = facts_of(review, an_action())
    head = review_markdown(facts, pack_of(facts, review)).partition("## ")[0]
    assert head == (
        "# MRV-001 Review\n\n- Held on: 2026-06-24\n- Planned for: 2026-06-26\n- Looks back on: 2026-01-01 to 2026-06-24\n"
        "- Chair: Anna Berg\n- Attendees: Anna Berg, PER-009\n- Minutes: state not recorded, by Anna Berg on 2026-07-01\n\n"
        "The registers as of 2026-06-24, as far as their dates tell; everything else is as registered on 2026-11-24.\n\n"
        "Conclusion: Suitable.\n\nResources: Money and time.\n\n"
    )


def test_letters_that_mean_something_in_markdown_are_plain() -> None:
    review = a_held_review(decisions=[{"text": "[Buy](x) *all* <b>."}])
    duty = a_requirement(id="REQ-009", title="Data | `here`", created="2026-02-01")
    facts = facts_of(review, duty, a_person(name="Anna_Berg"))
    text = review_markdown(facts, pack_of(facts, review))
    assert "- \\[Buy\\](x) \\*all\\* \\<b\\>. (no action)" in text
    assert "REQ-009 Data \\| \\`here\\`: entered on 2026-02-01" in text
    assert "- Chair: Anna\\_Berg" in text
