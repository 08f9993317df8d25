"""The text in which an entry is written: a register, or the front matter of a Markdown file."""

from __future__ import annotations

from collections.abc import Callable

from isms_plugin.errors import IsmsError
from isms_plugin.model.diagnostic import Place, Pointer
from isms_plugin.model.document import is_markdown
from isms_plugin.sources.markdown_reader import read_markdown


def edited(data: bytes, place: Place, edit: Callable[[str, Pointer], str]) -> bytes:
    """Return a file in which an edit was made at the place of an entry; raises IsmsError, with the path, where that cannot be done."""
    try:
        text = data.decode()
        if not is_markdown(place.path):
            return edit(text, place.pointer).encode()
        front = read_markdown(data).front
        before, found, after = text.partition(front)
        if not front or not found:
            raise IsmsError("the front matter cannot be changed in place; give the file plain line ends")
        return f"{before}{edit(front, ())}{after}".encode()
    except UnicodeDecodeError:
        raise IsmsError(f"{place.path}: is not UTF-8 text") from None
    except IsmsError as error:
        raise IsmsError(f"{place.path}: {error}") from None
