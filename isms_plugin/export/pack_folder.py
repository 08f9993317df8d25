"""The files of a pack that was unpacked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from isms_plugin.errors import SettingsError
from isms_plugin.export.manifest import MANIFEST, file_chunks, unfit
from isms_plugin.export.pack_files import BadFileError, PackFiles


def folder_files(path: Path) -> PackFiles:
    """Return the files of a pack in a folder, or one folder deeper; raises SettingsError where that holds several."""
    top = _top(path)
    names: set[str] = set()
    refused: dict[str, str] = {}
    for name, entry in _walk(top, ""):
        if entry.is_symlink():
            refused[name] = "it is a link"
        elif not entry.is_file(follow_symlinks=False):
            refused[name] = "it is no file"
        elif reason := unfit(name):
            refused[name] = reason
        else:
            names.add(name)
    return PackFiles(names=frozenset(names), refused=refused, chunks=partial(_chunks, top))


def _top(path: Path) -> Path:
    """Return the folder of the manifest: this one, or the only one below that has one."""
    if (path / MANIFEST).exists():
        return path
    below = sorted(item.parent for item in path.glob(f"*/{MANIFEST}"))
    if len(below) > 1:
        raise SettingsError(f"{path}: holds several packs; name one of {', '.join(item.name for item in below)}")
    return below[0] if below else path


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield all that is no folder; links to folders are none."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(Path(entry.path), f"{prefix}{entry.name}/")
            else:
                yield f"{prefix}{entry.name}", entry


def _chunks(top: Path, name: str) -> Iterator[bytes]:
    try:
        yield from file_chunks(top / name)
    except OSError as error:
        raise BadFileError(f"it cannot be read: {error.strerror}") from None
