"""Control data put in front of a text, of which not a byte is changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from isms_plugin.authoring.yaml_text import entry_yaml
from isms_plugin.export.check_formats.printable import printable
from isms_plugin.sources.markdown_reader import MarkdownText, read_markdown

_BOM: Final = b"\xef\xbb\xbf"
_CLOSING: Final = re.compile(rb"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)


def with_control_data(data: bytes, fields: Mapping[str, Any], notes: Sequence[str] = ()) -> bytes | None:
    """Return a file with further control data, in front matter that it has or gets; None where that would change anything else.

    `notes` become comments. What the front matter holds already stays as it is written.
    """
    before = read_markdown(data)
    if before.faults:
        return None
    lines = "".join(f"# {printable(' '.join(note.split()))}\n" for note in notes) + (entry_yaml(fields) if fields else "")
    new = _inserted(data, lines) if before.data is not None else _begun(data, lines)
    return new if new is not None and _same(before, read_markdown(new), fields) else None


def _begun(data: bytes, lines: str) -> bytes:
    mark, rest = (_BOM, data[len(_BOM) :]) if data.startswith(_BOM) else (b"", data)
    return mark + _as_in(data, f"---\n{lines}---\n") + rest


def _inserted(data: bytes, lines: str) -> bytes | None:
    """Return a file with lines before the one that closes its front matter."""
    opening = data.find(b"---")
    closing = _CLOSING.search(data, opening + 3) if opening >= 0 else None
    return data[: closing.start()] + _as_in(data, lines) + data[closing.start() :] if closing else None


def _as_in(data: bytes, lines: str) -> bytes:
    """Return lines with the line ends of a file."""
    return lines.encode().replace(b"\n", b"\r\n") if b"\r\n" in data else lines.encode()


def _same(before: MarkdownText, after: MarkdownText, fields: Mapping[str, Any]) -> bool:
    if after.faults or after.body != before.body or after.data is None:
        return False
    kept = before.data or {}
    return set(after.data) == {*kept, *fields} and all(after.data[key] == value for key, value in kept.items())
