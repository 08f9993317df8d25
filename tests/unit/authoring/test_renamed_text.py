"""An id renamed in a file: where it is referred to, in whatever form that is written, and nowhere else."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from isms_plugin.authoring.id_places import NewName
from isms_plugin.authoring.renamed_text import Renamed, Values, renamed_markdown, renamed_yaml
from isms_plugin.errors import IsmsError
from isms_plugin.sources.yaml_reader import read_yaml

NAME = NewName(old="RSK-1", new="RSK-20", moved={"evidence/RSK-1.pdf": "evidence/RSK-20.pdf"})


def renamed(text: str, *ids: tuple[str | int, ...]) -> Renamed:
    return renamed_yaml(text, Values(name=NAME, path="registers/risks.yml", ids=frozenset(ids)))


@pytest.mark.parametrize(
    ("text", "expected", "places"),
    [
        ("# RSK-1\n- id: RSK-1 # RSK-1\n  title: RSK-1\n", "# RSK-1\n- id: RSK-20 # RSK-1\n  title: RSK-1\n", 1),
        ("- id: 'RSK-1'\n  links: [RSK-12, \"RSK-1\"]\n", "- id: 'RSK-20'\n  links: [RSK-12, \"RSK-20\"]\n", 2),
        ("- id: RSK-2\n  links:\n  - RSK-12\n  - RSK-1\n", "- id: RSK-2\n  links:\n  - RSK-12\n  - RSK-20\n", 1),
        ("- {id: RSK-2, note: 'It''s [RSK-1], RSK-1'}\r\n", "- {id: RSK-2, note: 'It''s [RSK-20], RSK-1'}\r\n", 1),
        ("- note: >-\n    RSK-1, `[RSK-1]` and\n    [RSK-1].\n", "- note: >-\n    RSK-1, `[RSK-1]` and\n    [RSK-20].\n", 1),
        ('- note: "[RSK\\x2d1] and [RSK-1]"\n', '- note: "[RSK-20] and [RSK-20]"\n', 2),
        ("- at: evidence/RSK-1.pdf\n  x: evidence/RSK-1.pdf2\n", "- at: evidence/RSK-20.pdf\n  x: evidence/RSK-1.pdf2\n", 1),
        ("- id: RSK-2\n", "- id: RSK-2\n", 0),
    ],
)
def test_only_what_refers_changes(text: str, expected: str, places: int) -> None:
    ids = [(0, "links", 1)] if "id: RSK-2" in text else [(0, "id"), (0, "links", 1)]
    assert renamed(text, *ids) == Renamed(expected, places)


def test_a_file_with_mistakes_is_refused_if_it_names_the_id() -> None:
    with pytest.raises(IsmsError, match="line 2: anchor"):
        renamed("- id: RSK-1\n  x: &a b\n")
    assert renamed("- id: RSK-2\n  x: &a b\n").places == 0


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_front_matter_and_text_of_a_document_change(ends: str) -> None:
    text = "---\nid: RSK-1\ntitle: '[RSK-1] é'\n---\n# [RSK-1]\n\n`[RSK-1]` é\n[RSK-1] end".replace("\n", ends)
    expected = "---\nid: RSK-20\ntitle: '[RSK-20] é'\n---\n# [RSK-20]\n\n`[RSK-1]` é\n[RSK-20] end".replace("\n", ends)
    front = partial(renamed_yaml, values=Values(name=NAME, path="a.md", ids=frozenset({("id",)})))
    assert renamed_markdown(text.encode(), text, NAME, "a.md", front) == Renamed(expected, 4)
    assert renamed_markdown(text.encode(), text, NAME, "a.md", None).places == 2


PIECES = st.sampled_from(["[RSK-1]", "RSK-1", "RSK-12", "[RSK-12]", "`[RSK-1]`", "[x](isms:RSK-1)", " ", "\n", "é'\"", "[RSK-1]", "# a"])
TEXTS = st.lists(PIECES, max_size=8).map("".join)
LINKS = st.lists(st.sampled_from(["RSK-1", "RSK-12", "A.5.1"]), max_size=3)
ROW = st.fixed_dictionaries({"note": TEXTS, "links": LINKS, "part": st.fixed_dictionaries({"what": TEXTS})})


def expected_of(value: Any, key: str) -> Any:
    if isinstance(value, dict):
        return {name: expected_of(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [expected_of(inner, key) for inner in value]
    if key == "links":
        return "RSK-20" if value == "RSK-1" else value
    coded = value.replace("`[RSK-1]`", "\0")
    return coded.replace("[RSK-1]", "[RSK-20]").replace("(isms:RSK-1)", "(isms:RSK-20)").replace("\0", "`[RSK-1]`")


@given(st.lists(ROW, min_size=1, max_size=3), st.sampled_from([None, "'", '"', "|", ">"]), st.booleans(), st.booleans())
def test_in_every_style_the_same_references_change(rows: list[dict[str, Any]], style: Any, flow: bool, crlf: bool) -> None:
    # what stands between code and other brackets is Markdown's affair, which has its own tests
    rows = [
        row for row in rows if not any("``" in text or "](" in text.replace("](isms", "") for text in (row["note"], row["part"]["what"]))
    ]
    assume(rows)
    pieces = [yaml.dump([row], default_style=style, default_flow_style=flow, allow_unicode=True, width=20) for row in rows]
    text = "".join(piece if not flow else f"- {piece.strip()[1:-1]}\n" for piece in pieces)
    text = text.replace("\n", "\r\n") if crlf else text
    before = read_yaml(text)
    ids = [
        (row, "links", item) for row, held in enumerate(before.value or []) for item, name in enumerate(held["links"]) if name == "RSK-1"
    ]
    made = renamed(text, *ids)
    assert read_yaml(made.text).value == expected_of(before.value, "")
    assert made.text.count("RSK-12") == text.count("RSK-12")
