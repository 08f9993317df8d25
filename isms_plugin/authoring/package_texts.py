"""Texts that come with the program and are written into repositories."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

_CATALOGUES: Final = files("isms_plugin") / "catalogues"
_HIDDEN: Final = "dot-"
"""What a name begins with in the package where it begins with a point in a repository."""


def package_texts(folder: str) -> dict[str, str]:
    """Return the texts of a folder of the catalogues by their path in a repository, sorted."""
    return dict(sorted(_texts(_CATALOGUES.joinpath(folder), "")))


def _texts(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for item in folder.iterdir():
        path = prefix + (f".{item.name.removeprefix(_HIDDEN)}" if item.name.startswith(_HIDDEN) else item.name)
        if item.is_dir():
            yield from _texts(item, f"{path}/")
        else:
            # line ends are the same wherever the package was unpacked
            yield path, item.read_bytes().decode().replace("\r\n", "\n")
