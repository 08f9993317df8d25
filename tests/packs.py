"""Packs in tests: taken apart as an auditor would."""

from __future__ import annotations

import zipfile
from pathlib import Path


def unpacked(file: Path) -> Path:
    """Unpack a pack beside itself and return its one folder."""
    target = file.parent / f"{file.stem}-unpacked"
    with zipfile.ZipFile(file) as archive:
        archive.extractall(target)
    (folder,) = target.iterdir()
    return folder
