"""The text in which an entry is written: a register, or the front matter of a Markdown file."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from isms_plugin.errors import IsmsError
from isms_plugin.model.diagnostic import Place, Pointer
from isms_plugin.model.document import is_markdown
from isms_plugin.sources.markdown_reader import read_markdown

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|[\r\n]|\Z)")


def edited(data: bytes, place: Place, edit: Callable[[str, Pointer], str]) -> bytes:
    """Return a file in which an edit was made at the place of an entry; raises IsmsError, with the path, where that cannot be done."""
    try:
        text = data.decode()
        if not is_markdown(place.path):
            return edit(text, place.pointer).encode()
        start, end = span_of_front(data, text)
        return f"{text[:start]}{edit(text[start:end], ())}{text[end:]}".encode()
    except UnicodeDecodeError:
        raise IsmsError(f"{place.path}: is not UTF-8 text") from None
    except IsmsError as error:
        raise IsmsError(f"{place.path}: {error}") from None


def text_of(data: bytes, place: Place) -> tuple[str, Pointer]:
    """Return the YAML in which an entry is written, and the way to it; raises IsmsError, with the path, where it cannot be told."""
    found: list[tuple[str, Pointer]] = []

    def keep(text: str, pointer: Pointer) -> str:
        found.append((text, pointer))
        return text

    edited(data, place, keep)
    return found[0]


def span_of_front(data: bytes, text: str) -> tuple[int, int]:
    """Return where the front matter begins and ends, whatever the line ends of the file are; raises IsmsError without a plain one."""
    read = read_markdown(data)
    lines = [match.span() for match in _LINE.finditer(text)]
    first, last = read.front_line - 1, read.front_line - 1 + read.front.count("\n")
    if read.front and last < len(lines):
        start, end = lines[first][0], lines[last][0]
        if text[start:end].replace("\r\n", "\n").replace("\r", "\n") == read.front:
            return start, end
    raise IsmsError("the front matter cannot be changed in place; begin and end it with a line of three hyphens")
