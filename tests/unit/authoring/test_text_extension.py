"""A sentence put behind a text: in a block a paragraph of its own, and no line of it changes."""

from __future__ import annotations

import pytest

from isms_plugin.authoring.text_extension import with_sentence
from isms_plugin.sources.yaml_reader import read_yaml


@pytest.mark.parametrize(
    ("text", "expected", "value"),
    [
        ("- id: R\n", '- id: R\n  note: "End: x"\n', "End: x"),
        ("- id: R\n  note: Old.  # why\n  z: 1\n", '- id: R\n  note: "Old. End: x"  # why\n  z: 1\n', "Old. End: x"),
        ("- id: R\n  note:  # why\n  z: 1\n", '- id: R\n  note: "End: x"  # why\n  z: 1\n', "End: x"),
        ("- id: R\n  note: 'It''s.'\n", "- id: R\n  note: 'It''s. End: x'\n", "It's. End: x"),
        ("- note: >-\n    One\n    two.\n  z: 1\n", "- note: >-\n    One\n    two.\n\n\n    End: x\n  z: 1\n", "One two.\n\nEnd: x"),
        ("- note: |\n    One\n    two.\n\n- z: 1\n", "- note: |\n    One\n    two.\n\n    End: x\n\n- z: 1\n", "One\ntwo.\n\nEnd: x\n"),
        ("- id: R\r\n  note: |-\r\n    One\r\n", "- id: R\r\n  note: |-\r\n    One\r\n\r\n    End: x\r\n", "One\n\nEnd: x"),
        ("- id: R\n  note: >-\n    One", "- id: R\n  note: >-\n    One\n\n\n    End: x", "One\n\nEnd: x"),
    ],
)  # fmt: skip
def test_what_stands_there_keeps_its_lines(text: str, expected: str, value: str) -> None:
    changed = with_sentence(text, (0,), "note", "End: x", ("id",))
    assert changed == expected
    assert read_yaml(changed).value[0]["note"] == value
