"""Sections for some readers: what is withheld from whom, and what marks have no meaning."""

from __future__ import annotations

import pytest

from isms_plugin.analysis.redaction.sections import check_audience_marks, for_readers, marks_of, without_marks
from isms_plugin.model.profile import Profile
from tests.builders import an_isms, told

BODY = """# Policy

For all.

<!-- audience: board, auditor -->
For the board.
<!-- /audience -->

For all again."""


def profile(*audiences: str) -> Profile:
    return Profile.model_validate({"title": "P", "readers": "R", "classifications": ["internal"], "audiences": audiences})


@pytest.mark.parametrize("audience", ["board", "Auditor", "all"])
def test_its_audience_reads_a_section(audience: str) -> None:
    kept = for_readers(BODY, profile(audience).allows_audience)
    assert "For the board." in kept.body
    assert (kept.withheld, kept.sections) == ((), 0)


def test_others_read_a_placeholder_in_a_paragraph_of_its_own() -> None:
    kept = for_readers(BODY, profile("staff").allows_audience)
    assert kept.body == "# Policy\n\nFor all.\n\n\n(withheld)\n\n\nFor all again."
    assert (kept.withheld, kept.sections) == (("For the board.",), 1)


def test_marks_reach_nobody() -> None:
    assert "audience" not in for_readers(BODY, profile("board").allows_audience).body
    assert "audience" not in without_marks(BODY)
    assert without_marks(BODY).count("\n") == BODY.count("\n")
    assert without_marks("A <!-- audience: x --> b, `<!-- audience: y -->`") == "A  b, `<!-- audience: y -->`"


@pytest.mark.parametrize(
    ("body", "line", "fault"),
    [
        ("a\n<!-- audience: board -->\nb", 1, "has no end"),
        ("a\n<!-- audience: x -->\n<!-- audience: y -->\nb\n<!-- /audience -->\n<!-- /audience -->", 2, "stands within another section"),
        ("a\nb\n<!-- /audience -->\nc", 2, "ends a section that has no beginning"),
        ("a <!-- audience: board --> b <!-- /audience -->", 0, "is no mark"),
        ("<!-- audience board -->\nb", 0, "is no mark"),
        ("<!-- audience: -->\nb\n<!-- /audience -->", 0, "names no audience"),
        ("a\n<!--\naudience: board\n-->\nb", 1, "is no mark"),
    ],
)
def test_a_mark_without_a_meaning_is_told_and_withholds_the_rest(body: str, line: int, fault: str) -> None:
    assert marks_of(body).fault == (line, fault)
    kept = for_readers(body, profile("staff").allows_audience)
    assert not {"b", "c"} & set(kept.body.replace("(withheld)", "").split())
    assert told(check_audience_marks(an_isms(body=body))) == [("audience-mark", "POL-001")]


def test_what_is_before_a_mistake_and_told_apart_stays() -> None:
    body = "a\n<!-- audience: x -->\nb\n<!-- /audience -->\nc\n<!-- audience: x -->\nd"
    assert for_readers(body, profile("staff").allows_audience).body.split() == ["a", "(withheld)", "c", "(withheld)"]
    assert "d" in for_readers(body, profile("all").allows_audience).body


@pytest.mark.parametrize("fence", ["```", "~~~~", "  ```yaml", "> ```"])
def test_in_fenced_code_marks_are_text(fence: str) -> None:
    end = fence.rstrip("yaml")
    body = f"{fence}\n<!-- audience: board -->\n{end}\nb"
    assert marks_of(body).fault is None
    assert "audience: board" in without_marks(body)


@pytest.mark.parametrize("fence", ["```", "```\n", "~~~ a"])
def test_a_fence_without_an_end_hides_no_mark(fence: str) -> None:
    body = f"{fence}\n<!-- audience: board -->\nb\n<!-- /audience -->"
    assert "b" not in for_readers(body, profile("staff").allows_audience).body.split()


def test_marks_of_pages_are_checked_too() -> None:
    found = list(check_audience_marks(an_isms(pages={"docs/a.md": "x\n<!-- /audience -->"})))
    assert [(str(item.place), item.entry) for item in found] == [("docs/a.md:2:1", "")]
