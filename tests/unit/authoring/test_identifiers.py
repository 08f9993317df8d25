"""Ids of new records."""

from __future__ import annotations

import re
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.authoring.identifiers import free_id, numbered_ids, plain
from isms_plugin.model.entry import ID_PATTERN


@given(st.text(max_size=12), st.sets(st.integers(1, 5)))
def test_whatever_it_is_made_of_an_id_is_one_and_is_free(text: str, numbers: set[int]) -> None:
    taken = {plain(f"APR-{text}"), *(f"{plain(f'APR-{text}')}-{number}" for number in numbers)}
    found = free_id(f"APR-{text}", taken.__contains__)
    assert re.fullmatch(ID_PATTERN, found)
    assert found not in taken


def test_a_file_name_holds_nothing_that_a_system_may_refuse() -> None:
    assert plain("POL-01 / v3 (final)..") == "POL-01-v3-final"


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([], ["AST-001", "AST-002"]),
        (["AST-009", "RSK-020", "AST-3a"], ["AST-010", "AST-011"]),
        (["ast-0041", "AST-7"], ["AST-0042", "AST-0043"]),
    ],
)
def test_numbers_go_on_above_the_highest(taken: list[str], expected: list[str]) -> None:
    assert list(islice(numbered_ids("AST", taken), 2)) == expected
