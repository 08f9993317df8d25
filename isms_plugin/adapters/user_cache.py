"""The user's cache folder, taken from outside only here."""

from __future__ import annotations

import os
from pathlib import Path

from isms_plugin.sources.cache import NO_CACHE, Cache


def user_cache() -> Cache:
    """Return the cache below `XDG_CACHE_HOME` (basedir specification), else below `~/.cache`."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    try:
        base = Path(given) if Path(given).is_absolute() else Path.home() / ".cache"
    except RuntimeError:  # a user without a home
        return NO_CACHE
    return Cache(base / "mkdocs-isms")
