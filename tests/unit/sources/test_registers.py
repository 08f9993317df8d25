from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.model.isms import KINDS
from isms_plugin.sources.registers import HINTS, Reading, read_registers
from isms_plugin.sources.workspace import Workspace, open_snapshot
from tests.builders import MemoryTree

BROKEN = [
    "  title: [\n", "  title: {a: b\n", '  title: "open\n', "  title: 'open\n", "  title: a: b\n", "\ttitle: a\n",
    "  title: @a\n", "  title: %a\n", "  title: \x07\n", "  ? [a]\n  : b\n", "  title: ]\n", "  note: " + "[" * 50 + "\n",
    " title: a\n", "  title: a\n junk\n", "  title: *\n",
]  # fmt: skip
TITLES = st.text(st.sampled_from("abc XYZ:#-[]{}&*!%@`|>,?äß\t"), max_size=12)


def reading(files: dict[str, str], folder: str = "registers") -> Reading:
    return read_registers(MemoryTree({path: text.encode() for path, text in files.items()}), folder, KINDS)


def identifiers(found: Reading) -> list[str]:
    return [entry.id for entry, _ in found.entries]


@pytest.mark.parametrize(
    "files",
    [
        {"registers/risks.yml": "- id: RSK-001\n- id: RSK-002\n"},
        {"registers/risks.yaml": "[{id: RSK-001}, {id: RSK-002}]\n"},
        {"registers/risks/a.yml": "id: RSK-001\n", "registers/risks/b.yml": "id: RSK-002\n"},
        {"registers/risks/a.yml": "- id: RSK-001\n", "registers/risks/2026/b.yml": "- id: RSK-002\n"},
        {"registers/risks/a.md": "---\nid: RSK-001\n---\n", "registers/risks/b.yml": "id: RSK-002\n"},
        {"registers/risks.yml": "- id: RSK-001\n", "registers/risks/b.md": "---\nid: RSK-002\n---\n"},
    ],
)
def test_a_register_is_a_list_or_a_folder(files: dict[str, str]) -> None:
    found = reading(files)
    assert sorted(identifiers(found)) == ["RSK-001", "RSK-002"]
    assert found.diagnostics == []


def test_an_entry_knows_where_it_stands() -> None:
    found = reading(
        {"registers/risks.yml": "# all\n- id: RSK-001\n\n-\n  id: RSK-002\n", "registers/risks/a.md": "\n---\nid: RSK-003\n---\n"}
    )
    assert [(place.path, place.line, place.pointer) for _, place in found.entries] == [
        ("registers/risks.yml", 2, (0,)),
        ("registers/risks.yml", 5, (1,)),
        ("registers/risks/a.md", 3, ()),
    ]


@pytest.mark.parametrize(("front", "scenario"), [("", "The text."), ("scenario:\n", "The text."), ("scenario: The field.\n", "The field.")])
def test_the_text_below_front_matter_fills_the_field_for_it_when_it_is_empty(front: str, scenario: str) -> None:
    ((entry, _),) = reading({"registers/risks/a.md": f"---\nid: RSK-001\n{front}---\n\nThe text.\n"}).entries
    assert entry.model_dump()["scenario"] == scenario


def test_no_text_below_front_matter_is_no_value() -> None:
    ((entry, _),) = reading({"registers/risks/a.md": "---\nid: RSK-001\n---\n\n"}).entries
    assert entry.model_dump()["scenario"] is None


@pytest.mark.parametrize(
    ("text", "code"), [("---\nid: RSK-001\n", "front-matter"), ("\0", "unreadable-file"), ("---\nid: RSK-001\na: [\n---\n", "yaml-syntax")]
)
def test_a_fault_of_an_entry_in_markdown_is_reported_once(text: str, code: str) -> None:
    assert [item.code for item in reading({"registers/risks/a.md": text}).diagnostics] == [code]


@pytest.mark.parametrize("path", ["registers/risks.txt", "registers/risks.json", "registers/risks.yml.bak"])
def test_files_that_are_not_read_are_named(path: str) -> None:
    found = reading({path: "- id: RSK-001\n"})
    assert found.entries == []
    assert [(item.code, item.place.path) for item in found.diagnostics] == [("unknown-register", path)]


@pytest.mark.parametrize("path", ["registers/risks.YML", "registers/risks/one.Yaml"])
def test_the_ending_may_be_written_in_capitals(path: str) -> None:
    assert [entry.id for entry, _ in reading({path: "- id: RSK-001\n"}).entries] == ["RSK-001"]


def test_what_lies_elsewhere_is_no_register() -> None:
    found = reading({"elsewhere/risks.yml": "- id: RSK-001\n"})
    assert (found.entries, found.diagnostics) == ([], [])


@pytest.mark.parametrize("path", ["registers/README.md", "registers/risks/readme.md"])
def test_a_readme_explains_a_folder_unless_it_has_control_data(path: str) -> None:
    assert reading({path: "# What is here\n"}).diagnostics == []


def test_a_readme_with_front_matter_is_an_entry() -> None:
    assert identifiers(reading({"registers/risks/README.md": "---\nid: RSK-001\n---\n"})) == ["RSK-001"]


@pytest.mark.parametrize("folder", ["./registers", "registers/", "policies/../registers"])
def test_the_folder_of_registers_can_be_written_in_many_ways(folder: str, workspace: Callable[..., Workspace]) -> None:
    made = workspace({"registers/risks/a.yml": "id: RSK-001\n"})
    assert identifiers(read_registers(open_snapshot(made), folder, KINDS)) == ["RSK-001"]


def test_registers_can_lie_at_the_top(workspace: Callable[..., Workspace]) -> None:
    made = workspace({"risks.yml": "id: RSK-001\n"})
    assert identifiers(read_registers(open_snapshot(made), ".", KINDS)) == ["RSK-001"]


@pytest.mark.parametrize(
    "code", ["unreadable-file", "conflict-marker", "yaml-syntax", "yaml-alias", "yaml-limit", "duplicate-key", "front-matter"]
)
def test_a_fault_of_a_text_comes_with_what_clears_it(code: str) -> None:
    assert HINTS[code]


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("position", [0, 1, 2])
def test_an_item_that_cannot_be_read_is_reported_once_within_its_lines(broken: str, position: int) -> None:
    items = [f"- id: RSK-{number}\n  title: Title {number}\n" for number in range(3)]
    items[position] = f"- id: RSK-{position}\n{broken}"
    found = reading({"registers/risks.yml": "".join(items)})
    assert [item for item in identifiers(found) if item != f"RSK-{position}"] == [
        f"RSK-{number}" for number in range(3) if number != position
    ]
    (diagnostic,) = found.diagnostics
    first = 2 * position + 1
    # what is never closed may be noticed where the next item begins
    assert first < diagnostic.place.line <= first + items[position].count("\n")


@given(st.lists(TITLES, min_size=1, max_size=5), st.sampled_from(BROKEN), st.integers(0, 5), st.sampled_from(["", "  "]))
def test_a_list_with_one_broken_item_keeps_all_others(titles: list[str], broken: str, position: int, indent: str) -> None:
    good = [f"- id: RSK-{number}\n  title: {yaml.safe_dump(title, width=999).splitlines()[0]}\n" for number, title in enumerate(titles)]
    items = [*good[:position], f"- id: RSK-999\n{broken}", *good[position:]]
    text = "".join(f"{indent}{line}\n" for item in items for line in item.splitlines())
    found = reading({"registers/risks.yml": text})
    assert [item for item in identifiers(found) if item != "RSK-999"] == [f"RSK-{number}" for number in range(len(titles))]
    assert found.diagnostics


def test_a_large_register_with_one_broken_item_is_read_in_reasonable_time() -> None:
    items = [f"- id: RSK-{number}\n  title: Title\n" for number in range(5000)]
    items[1] = "- id: RSK-1\n  title: [\n"
    assert len(reading({"registers/risks.yml": "".join(items)}).entries) == 4999
