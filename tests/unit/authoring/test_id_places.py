"""Where texts refer to an id: in brackets and links, not in code, not in longer ids."""

from __future__ import annotations

import pytest

from isms_plugin.authoring.id_places import NewName, in_lines, in_prose
from isms_plugin.authoring.text_edit import with_edits

NAME = NewName(old="RSK-1", new="RSK-20", moved={"policies/RSK-1 a.md": "policies/RSK-20 a.md"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[RSK-1], [that one][RSK-1] and [it](isms:RSK-1)", "[RSK-20], [that one][RSK-20] and [it](isms:RSK-20)"),
        ("[RSK-12] [RSK-1.2] [XRSK-1] [A-RSK-1] RSK-1 (isms:RSK-12)", None),
        ("`[RSK-1]` and ```[RSK-1]```\n\n~~~\n[RSK-1]\n~~~\n<!-- [RSK-1] -->", None),
        (r"\[RSK-1] ![RSK-1] [RSK-1](x.md) [RSK-1]: x", None),
        ("[a](<RSK-1 a.md#x>) [b](../policies/RSK-1%20a.md?y)", "[a](<RSK-20%20a.md#x>) [b](../policies/RSK-20%20a.md?y)"),
        ("[a](other/RSK-1%20a.md) [b](https://x/policies/RSK-1%20a.md)", None),
    ],
)
def test_only_references_change(text: str, expected: str | None) -> None:
    assert with_edits(text, in_prose(text, NAME, "policies/x.md")) == (text if expected is None else expected)


def test_lines_that_name_it_otherwise_are_found() -> None:
    text = "RSK-1\nRSK-12 XRSK-1 APR-RSK-1-1\nsee RSK-1.\n`RSK-1-draft` and RSK-1-2\nRSK-1-2 alone\n"
    assert in_lines(text, "RSK-1", frozenset({"RSK-1-2"})) == [1, 3, 4]
