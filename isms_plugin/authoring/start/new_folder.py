"""A new or empty folder, filled as a whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from isms_plugin.authoring.files import write_files
from isms_plugin.errors import IsmsError

_ALLOWED: Final = frozenset((".git",))
"""What may lie in a folder that counts as empty: a repository that holds nothing yet."""
_NAMED: Final = 5
"""Files that a refusal names; how many more there are it says as a number."""


def refuse_full(target: Path) -> None:
    """Refuse a folder that holds something, with names, or a place that is no folder; raises IsmsError."""
    if not target.exists() and not target.is_symlink():
        return
    if not target.is_dir():
        raise IsmsError(f"{target}: not a folder; name one that is empty or does not exist")
    held = sorted(child.name for child in target.iterdir() if child.name not in _ALLOWED)
    if held:
        more = f" and {len(held) - _NAMED} more" if len(held) > _NAMED else ""
        raise IsmsError(
            f"{target}: not an empty folder: it holds {', '.join(held[:_NAMED])}{more}; name one that is empty or does not exist, "
            "or begin with what is there: `isms init --from`"
        )


def fill(target: Path, files: Mapping[str, str | bytes], modes: Mapping[str, int] | None = None) -> None:
    """Write files into a new or empty folder; raises IsmsError, with nothing left behind, where that cannot be.

    `modes` are permissions of files that came from elsewhere.
    """
    refuse_full(target)
    made = _missing(target)
    try:
        target.mkdir(parents=True, exist_ok=True)
        # written beside its place first: what is interrupted leaves nothing that looks like an ISMS
        with tempfile.TemporaryDirectory(dir=target, prefix=".isms-init-", ignore_cleanup_errors=True) as folder:
            write_files(Path(folder), files)
            for path, mode in (modes or {}).items():
                (Path(folder) / path).chmod(mode)
            _move(Path(folder), target)
    except (OSError, IsmsError) as error:
        for folder_made in made:
            with suppress(OSError):
                folder_made.rmdir()
        if isinstance(error, IsmsError):
            raise
        raise IsmsError(f"{error.filename}: cannot be written: {error.strerror}") from None


def _missing(target: Path) -> list[Path]:
    """Return the folders that have to be made for a target, the innermost first."""
    return [folder for folder in (target, *target.parents) if not folder.exists()]


def _move(folder: Path, target: Path) -> None:
    moved: list[Path] = []
    try:
        for child in sorted(folder.iterdir()):
            child.rename(target / child.name)
            moved.append(target / child.name)
    except OSError:
        for path in moved:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        raise
