"""The entry that somebody names on the command line."""

from __future__ import annotations

from typing import TypeVar

from isms_plugin.errors import IsmsError
from isms_plugin.model.entry import Entry
from isms_plugin.model.isms import Isms
from isms_plugin.model.near import no_such

E = TypeVar("E", bound=Entry)


def named_entry(isms: Isms, declaration: type[E], name: str) -> E:
    """Return the entry of a kind and id; raises IsmsError, with the nearest id, where there is none, or it is retired."""
    entry = isms.get(declaration, name)
    if entry is None:
        raise IsmsError(no_such(name, declaration.KIND.title.lower(), (known.id for known in isms.of(declaration))))
    if entry.retired:
        raise IsmsError(f"{name}: is {entry.status}")
    return entry
