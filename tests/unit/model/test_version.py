from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.model.version import major, order

NUMBERS = st.lists(st.integers(0, 999), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("version", "number"),
    [("2.1", 2), ("v3", 3), ("10.0", 10), ("2026-02", 2026), ("Fassung 4 (final)", 4), ("0.9", 0), ("final", 0), ("", 0), (None, 0)],
)
def test_the_major_version_is_the_first_number(version: str | None, number: int) -> None:
    assert major(version) == number


def test_versions_are_ordered_as_numbers_not_as_texts() -> None:
    versions = ["1.10", "2.0", "1.9", "draft", "1", "10.0"]
    assert sorted(versions, key=order) == ["draft", "1", "1.9", "1.10", "2.0", "10.0"]


@given(NUMBERS, NUMBERS, st.sampled_from([".", "-", " rev "]))
def test_versions_stand_in_the_order_of_their_numbers_however_they_are_written(one: list[int], other: list[int], between: str) -> None:
    first, second = (f"v{between.join(map(str, numbers))}" for numbers in (one, other))
    assert (order(first) < order(second)) == (one < other)
    assert major(first) == order(first)[0]
