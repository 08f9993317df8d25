"""Ids and clauses in the order that people expect."""

from __future__ import annotations

from isms_plugin.model.natural_order import natural


def test_numbers_count_as_numbers_and_words_come_behind_them() -> None:
    names = ["RSK-2", "RSK-10", "RSK-1", "A.5.10", "A.5.9", "10.1", "9.2", "", "RSK-01-b", "²"]
    assert sorted(names, key=natural) == ["", "9.2", "10.1", "A.5.9", "A.5.10", "RSK-1", "RSK-01-b", "RSK-2", "RSK-10", "²"]
