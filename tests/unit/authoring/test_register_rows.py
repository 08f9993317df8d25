"""Rows at the end of a register file."""

from __future__ import annotations

import pytest
import yaml

from isms_plugin.authoring.register_rows import with_rows
from isms_plugin.errors import IsmsError

ROW = {"id": "ACK-2", "version": "1.10", "source": "two\nlines"}


@pytest.mark.parametrize(
    "text",
    [
        "# Confirmed in the course\n- id: ACK-1  # first\n",
        "- id: ACK-1",
        "  - id: ACK-1\n    # deep\n",
        "---\n- {id: ACK-1}\n# the end\n",
        "- id: ACK-1\r\n  person: PER-001\r\n",
        "",
        "# nothing yet\n",
    ],
)
def test_what_stands_in_a_file_stays_as_it_is(text: str) -> None:
    data = with_rows(text.encode(), [ROW], "registers/a.yml").decode()
    assert data.startswith(text)
    assert [row["id"] for row in yaml.safe_load(data)] == (["ACK-1"] if "ACK-1" in text else []) + ["ACK-2"]
    assert ("\r\n" in text) is ("\n" not in data.replace("\r\n", ""))


@pytest.mark.parametrize(
    "text", ["id: ACK-1\n", "[{id: ACK-1}]\n", "- id: 'ACK-1\n", "text\n", "- id: ACK-1\n...\n", "<<<<<<< ours\n- id: ACK-1\n=======\n"]
)
def test_a_file_that_rows_cannot_be_added_to_is_refused(text: str) -> None:
    with pytest.raises(IsmsError, match=r"registers/a\.yml: not a list that rows can be added to"):
        with_rows(text.encode(), [ROW], "registers/a.yml")


def test_a_file_that_is_no_text_is_refused() -> None:
    with pytest.raises(IsmsError, match="not a list"):
        with_rows(b"\xff\xfe\x00", [ROW], "registers/a.yml")
