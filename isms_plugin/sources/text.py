"""Bytes to text, without losing or guessing anything."""

from __future__ import annotations

import re
from typing import Final

from isms_plugin.sources.yaml_reader import Fault

MAX_BYTES: Final = 16 * 1024 * 1024
"""A register or document beyond this is not written by people (a 46,500-row register has 11 MB)."""

_MARKER: Final = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?$|^={7}$", re.MULTILINE)
_START: Final = re.compile(r"^<{7}(?: |$)", re.MULTILINE)


def decode(data: bytes, limit: int = MAX_BYTES) -> tuple[str | None, list[Fault]]:
    r"""Read UTF-8 with or without BOM and any line ends; bytes that are not UTF-8 stay visible as `\xNN`.

    The text is None when the file is binary or larger than `limit` bytes, by default more than any text of an ISMS has.
    """
    if len(data) > limit:
        return None, [Fault("unreadable-file", f"larger than {limit // 1024 // 1024} MiB", 0, 0)]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        return None, [Fault("unreadable-file", "binary, or text that is not UTF-8", 0, 0)]
    faults = []
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _lines(data[: error.start].decode("utf-8"))
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        faults.append(Fault("unreadable-file", f"byte 0x{data[error.start]:02x} is not UTF-8", line, column))
        text = data.decode("utf-8", errors="backslashreplace")
    return _lines(text), faults


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def conflict(text: str) -> Fault | None:
    """Return the first marker of an unresolved merge, if there is one."""
    if "<<<<<<<" not in text:
        return None
    start = _START.search(text)
    if start is None:
        return None
    return Fault("conflict-marker", "an unresolved merge conflict begins here", text.count("\n", 0, start.start()) + 1, 1)


def without_markers(text: str) -> str:
    """Return the text of both sides of a conflict, line for line where it was; any other text stays as it is."""
    return _MARKER.sub("", text) if conflict(text) else text
