"""Where the file of a piece of evidence is for the readers at hand, and whom to ask for what is not here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from isms_plugin.analysis.evidence.state import Check
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.profile import WITHHELD
from isms_plugin.render.environment import View
from isms_plugin.render.kept_names import kept_names

_UNITS: Final = (("GB", 10**9), ("MB", 10**6), ("kB", 10**3))


class Place(NamedTuple):
    """Where a file is, or why it is not here."""

    path: str
    """Path in the repository of a file that readers have; empty where they do not have it."""
    name: str
    """What the file is called where they have it."""
    size: int | None
    """Bytes, as far as they are known."""
    digest: str
    """Recorded SHA-256, else that of the file; empty where neither is known."""
    why: str
    """Why it is not here; empty where it is."""
    bad: bool
    """Whether it should be there, or is another one than was registered."""


def held_files(view: View) -> Mapping[str, str]:
    """Return the names of the files that these readers have, by path: what fits into a pack, else all that the site publishes."""
    held = {path: path for path in view.facts.isms.files} if view.facts.profile is None else kept_names(view)
    return {path: where.rsplit("/", 1)[-1] for path, where in held.items()}


def place_of(view: View, piece: Evidence, held: Mapping[str, str]) -> Place:
    """Return where a piece of evidence is; `held` are the files that these readers have."""
    isms, kept, check = view.facts.isms, piece.kept_file, view.facts.evidence[piece.id].check
    withheld = isms.withheld_from(piece)
    if "at" in withheld:
        return Place("", "", None, piece.sha256 or "", WITHHELD, bad=False)
    if kept is None:
        return Place("", "", None, piece.sha256 or "", "in another system" if piece.at else "nothing says where it lies", bad=not piece.at)
    if check is Check.MISSING:
        return Place("", "", None, kept.sha256 or "", "file missing", bad=True)
    size, digest = isms.sizes.get(kept.path), kept.sha256 or ("" if "sha256" in withheld else isms.digests.get(kept.path, ""))
    here = kept.path in held and kept.path not in isms.lfs
    return Place(
        kept.path if here else "",
        held[kept.path] if here else "",
        size,
        digest,
        "" if here else _why(view, kept.path, size),
        bad=check is Check.CHANGED,
    )


def _why(view: View, path: str, size: int | None) -> str:
    """Return why readers do not have a file that is kept."""
    profile = view.facts.profile
    if path in view.facts.isms.lfs:
        return "kept in Git LFS"
    if profile is None:
        return "in the repository, in no folder of the ISMS"
    return "left out because of its size" if profile.evidence_files and size else "not in this pack"


def whom_to_ask(view: View, piece: Evidence) -> str:
    """Return whom to ask for a piece, as words or HTML: who holds it, else whom the profile names, else its owner."""
    profile = view.facts.profile
    if piece.held_by:
        return view.link(piece.held_by)
    if profile is not None and profile.ask:
        return profile.ask
    return view.link(piece.owner) if piece.owner else ""


def size_in_words(size: int) -> str:
    """Return a number of bytes as people read it, in powers of a thousand."""
    for unit, step in _UNITS:
        if size >= step:
            return f"{size / step:.1f} {unit}"
    return f"{size} bytes"
