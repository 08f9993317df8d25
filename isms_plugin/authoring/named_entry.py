"""The entry that somebody names on the command line."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TypeVar

from isms_plugin.errors import IsmsError
from isms_plugin.model.entry import Entry
from isms_plugin.model.isms import Isms

E = TypeVar("E", bound=Entry)


def named_entry(isms: Isms, declaration: type[E], name: str) -> E:
    """Return the entry of a kind and id; raises IsmsError, with the nearest id, where there is none, or it is retired."""
    entry = isms.get(declaration, name)
    if entry is None:
        near = get_close_matches(name, [known.id for known in isms.of(declaration)], n=1)
        raise IsmsError(f"{name}: no such {declaration.KIND.title.lower()}" + (f"; did you mean {near[0]}?" if near else ""))
    if entry.retired:
        raise IsmsError(f"{name}: is {entry.status}")
    return entry
