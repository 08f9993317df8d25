"""An item added to a list of one entry: the file says the same but for it, and no other line changes."""

from __future__ import annotations

from datetime import date

import pytest

from isms_plugin.authoring.list_edit import append_item
from isms_plugin.errors import IsmsError
from isms_plugin.sources.yaml_reader import read_yaml

ITEM = {"population": "All", "count": 3, "seed": "7", "drawn_on": date(2028, 2, 29), "note": None, "items": ["A-1", "A-2"]}
BLOCK = "- population: All\n{0}  count: 3\n{0}  seed: '7'\n{0}  drawn_on: 2028-02-29\n{0}  items: [A-1, A-2]"
FLOW = "{population: All, count: 3, seed: '7', drawn_on: 2028-02-29, items: [A-1, A-2]}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- id: R-1\n", f"- id: R-1\n  samples:\n    {BLOCK.format('    ')}\n"),
        ("- id: R-1", f"- id: R-1\n  samples:\n    {BLOCK.format('    ')}"),
        ("- id: R-1\n- id: R-2\n", f"- id: R-1\n  samples:\n    {BLOCK.format('    ')}\n- id: R-2\n"),
        ("- id: R-1\n  samples:\n    - {a: b}  # c\n", f"- id: R-1\n  samples:\n    - {{a: b}}  # c\n    {BLOCK.format('    ')}\n"),
        ("- samples:\n    - {a: b}\n  x: y\n", f"- samples:\n    - {{a: b}}\n    {BLOCK.format('    ')}\n  x: y\n"),
        ("- id: R-1\n  samples:\n  - a: b\n\n# end\n", f"- id: R-1\n  samples:\n  - a: b\n  {BLOCK.format('  ')}\n\n# end\n"),
        ("- id: R-1\n  samples: [{a: b}]  # c\n", f"- id: R-1\n  samples: [{{a: b}}, {FLOW}]  # c\n"),
        ("- id: R-1\n  samples: [\n    {a: b}, # c\n  ]\n", f"- id: R-1\n  samples: [\n    {{a: b}}, {FLOW}, # c\n  ]\n"),
        ("- id: R-1\n  samples: []\n", f"- id: R-1\n  samples: [{FLOW}]\n"),
        ("- {id: R-1}  # kept\n", f"- {{id: R-1, samples: [{FLOW}]}}  # kept\n"),
        ("- {id: R-1, samples: [{a: b}], x: y}\n", f"- {{id: R-1, samples: [{{a: b}}, {FLOW}], x: y}}\n"),
    ],
)  # fmt: skip
def test_an_entry_keeps_its_form(text: str, expected: str) -> None:
    assert append_item(text, (0,), "samples", ITEM) == expected


def test_line_ends_stay_what_they_were() -> None:
    changed = append_item("- id: R-1\r\n- id: R-2\r\n", (1,), "samples", {"a": "b", "c": ["d"]})
    assert changed == "- id: R-1\r\n- id: R-2\r\n  samples:\r\n    - a: b\r\n      c: [d]\r\n"


def test_what_could_be_taken_for_something_else_is_read_as_it_was() -> None:
    item = {"population": "a: b # c", "seed": "null", "others": 'say "no", {now}', "items": ["1", "true"]}
    for text in ("- {id: R-1, samples: [{a: b}]}\n", "- id: R-1\n"):
        assert read_yaml(append_item(text, (0,), "samples", item)).value[0]["samples"][-1] == item


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- id: R-1\n  samples: none\n", "`samples` is no list"),
        ("- id: R-1\n  samples:\n", "`samples` is no list"),
        ("- {}\n", "`samples` is no list"),
        ("- id: R-1\n  x: [\n", "clear the mistakes"),
        ("id: R-1\n", "no entry at this place"),
    ],
)
def test_what_cannot_be_changed_is_refused(text: str, told: str) -> None:
    with pytest.raises(IsmsError, match=told):
        append_item(text, (0,), "samples", ITEM)
