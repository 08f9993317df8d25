"""Files of an ISMS, written as a whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from isms_plugin.errors import IsmsError
from isms_plugin.sources.snapshot import confined


def write_files(root: Path, contents: Mapping[str, str | bytes], removed: Iterable[str] = ()) -> None:
    """Write files below the top of an ISMS; raises IsmsError, with nothing changed, where one of them cannot be written.

    Each is written beside its place first and moved there when all are complete; those that are moved away are removed last.
    """
    ready: list[tuple[Path, Path]] = []
    try:
        for path, content in contents.items():
            target = root / confined(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
            part = _beside(target)
            ready.append((part, target))
            part.write_bytes(content.encode() if isinstance(content, str) else content)
            part.chmod(target.stat().st_mode if target.exists() else 0o666 & ~_umask())
        for part, target in ready:
            part.replace(target)
        for path in removed:
            (root / confined(path)).unlink()
    except OSError as error:
        raise IsmsError(f"{error.filename}: cannot be written: {error.strerror}") from None
    finally:
        for part, _ in ready:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _beside(target: Path) -> Path:
    """Return an empty file in the folder of a target."""
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(descriptor)
    return Path(name)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
