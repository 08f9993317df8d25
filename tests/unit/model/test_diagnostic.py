from __future__ import annotations

import pytest

from isms_plugin.model.diagnostic import Diagnostic, Grade, Place


def a_diagnostic(path: str = "a.md", line: int = 1, column: int = 1, code: str = "missing-id") -> Diagnostic:
    return Diagnostic(code=code, message="wrong", place=Place(path, line, column))


def test_grades_rise_from_off_to_major() -> None:
    assert [grade.word for grade in sorted(Grade)] == ["off", "info", "ofi", "minor", "major"]


@pytest.mark.parametrize("grade", Grade)
def test_a_grade_is_found_by_its_word(grade: Grade) -> None:
    assert Grade.of(grade.word) is grade


def test_another_word_is_no_grade() -> None:
    with pytest.raises(KeyError):
        Grade.of("critical")


@pytest.mark.parametrize(
    ("place", "written"),
    [
        (Place("a.md", 3, 7), "a.md:3:7"),
        (Place("a.md", 3), "a.md:3"),
        (Place("a.md"), "a.md"),
        (Place(), ""),
        (Place("a.md", 3, 7, ("owner",)), "a.md:3:7"),
    ],
)
def test_a_place_is_written_as_far_as_it_is_known(place: Place, written: str) -> None:
    assert str(place) == written


def test_a_place_below_another_keeps_line_and_column() -> None:
    assert Place("a.md", 3, 7, (0,)).at("changes", 1) == Place("a.md", 3, 7, (0, "changes", 1))


def test_diagnostics_are_ordered_by_place_and_numbers_count_as_numbers() -> None:
    ordered = [
        a_diagnostic("a.md", 2),
        a_diagnostic("a.md", 10, 2),
        a_diagnostic("a.md", 10, 10, "invalid-id"),
        a_diagnostic("a.md", 10, 10, "missing-id"),
        a_diagnostic("b.md", 1),
    ]
    shuffled = [ordered[position] for position in (3, 0, 4, 2, 1)]
    assert sorted(shuffled, key=lambda item: item.order) == ordered


def test_the_clause_is_that_of_the_code() -> None:
    assert a_diagnostic(code="no-decision").clause == "6.1.3"


def test_settings_regrade_a_code_and_no_other() -> None:
    regrade = {"no-decision": Grade.INFO}
    assert a_diagnostic(code="no-decision").grade(regrade) is Grade.INFO
    assert a_diagnostic(code="missing-id").grade(regrade) is Grade.MINOR
