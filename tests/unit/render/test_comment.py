"""A comment never grows beyond what platforms take, and says what it left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.render.comment import LIMIT, Section, comment


def a_section(name: str, *items: str, rank: int = 1) -> Section:
    return Section(summary=name, items=items, rank=rank, what=f"lines on {name}")


def test_what_fits_stands_in_its_order() -> None:
    found = comment(["Head"], [a_section("Two", "- b", "- c", rank=2), a_section("One", "- a")], "Foot", "Rest.")
    assert found == (
        "Head\n\n<details><summary>Two</summary>\n\n- b\n- c\n\n</details>\n"
        "\n<details><summary>One</summary>\n\n- a\n\n</details>\n\nFoot\n"
    )


def test_the_highest_rank_is_cut_first_and_named() -> None:
    items = tuple(f"- {number:05} {'x' * 90}" for number in range(500))
    found = comment(["Head"], [a_section("Later", *items, rank=9), a_section("First", *items, rank=0)], "Foot", "All is elsewhere.")
    shown = found.count("- 0")
    assert found.count("- 00499") == 1
    assert f"**Left out**, since a comment holds 60,000 letters: {1000 - shown} lines on Later. All is elsewhere." in found
    assert f"*{1000 - shown} more are left out.*" in found


def test_a_section_is_named_even_where_none_of_its_items_fits() -> None:
    found = comment([], [a_section("Big", "x" * LIMIT), a_section("Small", "- a", rank=5)], "Foot", "")
    assert "<summary>Big</summary>\n\n\n*1 more are left out.*" in found
    assert "- a" in found


def test_of_many_sections_three_are_named() -> None:
    found = comment([], [a_section(f"Part {number}", "x" * LIMIT) for number in range(5)], "Foot", "")
    assert "1 lines on Part 0, 1 lines on Part 1, 1 lines on Part 2, and more in 2 further parts" in found


@given(st.lists(st.tuples(st.integers(0, 3), st.lists(st.integers(0, 9000), max_size=12)), max_size=30))
def test_it_is_never_too_long_and_every_part_is_closed(made: list[tuple[int, list[int]]]) -> None:
    sections = [a_section("Name" * 20, *("x" * size for size in sizes), rank=rank) for rank, sizes in made]
    found = comment(["Head"], sections, "Foot", "Rest.")
    assert len(found) <= LIMIT
    assert found.count("<details>") == found.count("</details>")
    assert found.endswith("\n\nFoot\n")
    assert ("**Left out**" in found) is ("more are left out" in found)
