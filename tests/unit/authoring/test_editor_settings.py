"""Settings of VS Code are merged without losing anything, and snippets are made from the examples of kinds."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.authoring.editor_settings import EXTENSIONS, SETTINGS, SNIPPETS, editor_files, merged, snippets
from isms_plugin.model.isms import KINDS
from isms_plugin.model.risk import Risk
from isms_plugin.sources.yaml_reader import read_yaml

RISKS = "./.isms/schema/risks.schema.json"
GLOBS = ["registers/risks.yml", "registers/risks.yaml", "registers/risks/**/*.yml", "registers/risks/**/*.yaml"]


def settings(text: str = "", registers: str = "registers") -> Any:
    return json.loads(editor_files([Risk], registers, ".isms/schema", {SETTINGS: text}).files[SETTINGS])


def test_each_schema_is_for_the_files_of_its_register() -> None:
    assert settings()["yaml.schemas"][RISKS] == GLOBS
    assert settings(registers=".")["yaml.schemas"][RISKS][0] == "risks.yml"
    assert "./.isms/schema/kinds.schema.json" in settings()["yaml.schemas"]


def test_what_is_there_stays_with_its_order_and_indentation() -> None:
    old = json.dumps({"editor.rulers": [100], "yaml.schemas": {"a.json": "a/*.yml", RISKS: "own/risks.yml"}}, indent=4)
    new = editor_files([Risk], "registers", ".isms/schema", {SETTINGS: old}).files[SETTINGS]
    assert list(json.loads(new)) == ["editor.rulers", "yaml.schemas"]
    assert json.loads(new)["yaml.schemas"]["a.json"] == "a/*.yml"
    assert json.loads(new)["yaml.schemas"][RISKS] == ["own/risks.yml", *GLOBS]
    assert '\n    "editor.rulers"' in new


def test_nothing_is_written_twice() -> None:
    first = editor_files(KINDS, "registers", ".isms/schema", {}).files
    assert first.keys() == {SETTINGS, EXTENSIONS, SNIPPETS}
    assert editor_files(KINDS, "registers", ".isms/schema", first) == ({}, {})


@pytest.mark.parametrize(
    "text",
    ['{\n  // mine\n  "a": 1\n}', '{"a": 1,}', '{"a": 1, "a": 2}', "[]", '{"yaml.schemas": 3}', json.dumps({"yaml.schemas": {RISKS: 3}})],
)
def test_what_would_lose_something_is_left_for_a_person(text: str) -> None:
    found = editor_files([Risk], "registers", ".isms/schema", {SETTINGS: text})
    assert SETTINGS not in found.files
    assert json.loads(found.by_hand[SETTINGS])["yaml.schemas"][RISKS] == GLOBS


def test_an_older_snippet_of_ours_is_replaced_and_others_stay() -> None:
    old = json.dumps({"mine": {"prefix": "m", "body": ["x"]}, "isms risk": {"prefix": "old", "body": []}})
    new = json.loads(editor_files([Risk], "registers", ".isms/schema", {SNIPPETS: old}).files[SNIPPETS])
    assert new["mine"] == {"prefix": "m", "body": ["x"]}
    assert new["isms risk"]["prefix"] == "isms-risk"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), JSON, max_size=4), st.sampled_from([None, 2, "\t"]))
def test_merging_keeps_every_value(old: dict[str, Any], indent: int | str | None) -> None:
    new = json.loads(merged(json.dumps(old, indent=indent), {"yaml.schemas": {"s": ["a"]}}))
    assert new == {**old, "yaml.schemas": {"s": ["a"]}}


def plain(body: list[str]) -> str:
    """The text of a snippet as it is when nobody changes a value."""
    text = re.sub(r"\$\{\d+:((?:\\.|[^}\\])*)\}", r"\1", "\n".join(body))
    text = re.sub(r"\$\{\d+\|([^,|]*)[^}]*\}", r"\1", text)
    return re.sub(r"\\([\\$}])", r"\1", text)


@pytest.mark.parametrize("declaration", [kind for kind in KINDS if kind.KIND.example], ids=lambda kind: kind.KIND.name)
def test_a_snippet_left_as_it_is_is_the_example(declaration: Any) -> None:
    (snippet,) = snippets([declaration]).values()
    text = plain(snippet["body"])
    if snippet["scope"] == "markdown":
        assert text == f"---\n{declaration.KIND.example_text}\n---\n\n$0"
        return
    example = read_yaml(declaration.KIND.example_text).value
    assert read_yaml(text).value == (example if isinstance(example, list) else [example])


def test_values_are_places_to_fill_in_and_choices_a_list() -> None:
    body = snippets([Risk])["isms risk"]["body"]
    assert body[0] == "- id: ${1:RSK-001}"
    assert "  treatment: ${10|modification,avoidance,sharing,retention|}" in body
    assert "  controls: [${11:A.8.13}]" in body
    assert '  method_version: "${7:1.1}"' in body
