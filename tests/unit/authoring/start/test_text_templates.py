"""Names of organizations in YAML and Markdown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown

from isms_plugin.authoring.start.text_templates import filled
from isms_plugin.sources.yaml_reader import read_yaml

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)


@pytest.mark.parametrize("name", ["no", "a: b", "1.10", "# x", '"q"', "{{ 7*7 }}", "'", "- a", "\\n", "[a](b)", "Ö & Co. KG"])
def test_a_name_is_a_text_in_yaml(name: str) -> None:
    assert read_yaml(filled("a.yml", "name: {{ name }}\n", {"name": name})).value == {"name": name}


@given(TEXTS)
def test_any_name_is_a_text_in_yaml(name: str) -> None:
    parsed = read_yaml(filled("a.yml", "name: {{ name }}\n", {"name": name}))
    assert (parsed.value, parsed.faults) == ({"name": name}, [])


@pytest.mark.parametrize("name", ["*a*", "a_b_c", "<b>x</b>", "[a](b)", "# a", "`a`", "A & B", "![x](y)"])
def test_a_name_is_a_text_in_markdown(name: str) -> None:
    html = markdown(filled("a.md", "Of {{ name }}.\n", {"name": name}))
    assert not any(tag in html for tag in ("<em>", "<b>", "<a", "<h1>", "<code>", "<img"))


def test_days_lists_and_raw_texts() -> None:
    values = {"day": date(2026, 11, 24), "ids": ["4.1", "A.5.1"], "id": "A.5.1"}
    assert filled("a.yml", "{{ day }} {{ ids }} {{ id | raw }}", values) == '2026-11-24 ["4.1", "A.5.1"] A.5.1'
