"""Archives that come out the same on every machine: names sorted, one time, one set of permissions (reproducible-builds.org)."""

from __future__ import annotations

import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from isms_plugin.export.link_check import files_below

_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""A zip knows no earlier time (APPNOTE.TXT, 4.4.6)."""
_FILE: Final = 0o100644 << 16
_UNIX: Final = 3
_CHUNK: Final = 1 << 20
_PACKED: Final = frozenset((".zip", ".gz", ".png", ".jpg", ".jpeg", ".webp", ".xlsx", ".docx", ".pdf", ".mp4", ".7z", ".xz"))
"""Endings of what is packed already; packing it again takes time and saves nothing."""


def write_archive(folder: Path, target: Path, top: str, when: datetime | None) -> None:
    """Write all files of a folder into a zip below a folder `top`; each goes through piece by piece, however large it is.

    The target appears when it is whole, and not at all on an error. The bytes are the same wherever Python packs with the same zlib.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    try:
        with zipfile.ZipFile(part, "w", allowZip64=True) as archive:
            for name in sorted(files_below(folder)):
                _add(archive, folder / name, f"{top}/{name}", when)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _add(archive: zipfile.ZipFile, path: Path, name: str, when: datetime | None) -> None:
    info = zipfile.ZipInfo(name, max(when.astimezone(UTC).timetuple()[:6], _EARLIEST) if when else _EARLIEST)
    info.external_attr = _FILE
    info.create_system = _UNIX
    info.compress_type = zipfile.ZIP_STORED if path.suffix.lower() in _PACKED else zipfile.ZIP_DEFLATED
    info.file_size = path.stat().st_size
    with path.open("rb") as source, archive.open(info, "w") as packed:
        shutil.copyfileobj(source, packed, _CHUNK)
