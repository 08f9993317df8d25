"""Ready-made pipelines: files for a platform that check changes, publish the site and release packs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from isms_plugin import __version__
from isms_plugin.authoring.package_texts import package_texts
from isms_plugin.errors import IsmsError

PLATFORMS: Final = ("github", "gitlab", "pre-commit", "shell")
"""Names of the folders of the package."""

_VERSION: Final = "@VERSION@"


def pipeline_files(platform: str, version: str = __version__) -> Mapping[str, bytes]:
    """Return the files of a platform by their path from the top of a repository; they install that version of the program.

    Raises IsmsError where there is no such platform.
    """
    if platform not in PLATFORMS:
        raise IsmsError(f"no pipeline is made for {platform!r}; there are {', '.join(PLATFORMS)}")
    return {path: text.replace(_VERSION, version).encode() for path, text in package_texts(f"pipelines/{platform}").items()}


def differing(root: Path, contents: Mapping[str, bytes]) -> list[str]:
    """Return the paths below a folder where something else lies already."""
    return [path for path, content in contents.items() if _other(root / path, content)]


def _other(path: Path, content: bytes) -> bool:
    if path.is_file():
        return path.read_bytes().replace(b"\r\n", b"\n") != content
    return path.exists() or path.is_symlink()
