"""Rows added to the end of a register file: what stands in it, comments included, stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from textwrap import indent
from typing import Any, Final

from isms_plugin.authoring.yaml_text import row_yaml
from isms_plugin.errors import IsmsError
from isms_plugin.sources.text import decode
from isms_plugin.sources.yaml_reader import read_yaml

_ITEM: Final = re.compile(r"^( *)-(?:[ \t]|$)", re.MULTILINE)


_EMPTY: Final = re.compile(r"^\[[ \t]*\][ \t]*$", re.MULTILINE)
"""A register in which nothing stands, and says so."""


def with_rows(data: bytes, rows: Sequence[Mapping[str, Any]], path: str) -> bytes:
    """Return a register file with rows added; raises IsmsError where it is no list that rows can be added to."""
    return with_items(data, "".join(map(row_yaml, rows)), path)


def with_items(data: bytes, items: str, path: str) -> bytes:
    """Return a register file with items of a list added as they are written; raises IsmsError where that cannot be done."""
    text, faults = decode(data)
    before = read_yaml(text or "")
    if before.value == [] and text and not faults:
        text = _EMPTY.sub("", text, count=1).rstrip("\n") + "\n"
        data = text.lstrip("\n").encode()
    first = _ITEM.search(text or "")
    added = indent(items, first[1] if first else "")
    if text and text.strip("\n") and not text.endswith("\n"):
        added = f"\n{added}"
    after = read_yaml(f"{text}{added}")
    wanted = [*(before.value or []), *read_yaml(added).value] if isinstance(before.value, list | None) else None
    if text is None or faults or not before.complete or not after.complete or after.value != wanted:
        raise IsmsError(f"{path}: not a list that rows can be added to; make it a YAML list, or move it away")
    return data + (added.replace("\n", "\r\n") if b"\r\n" in data else added).encode()
