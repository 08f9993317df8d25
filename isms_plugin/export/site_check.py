"""Checks a built site: that it is the ISMS's, whole, without broken links and without anything loaded from outside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from isms_plugin.export.link_check import check_links


def check_site(directory: Path) -> Iterator[str]:
    """Return what is wrong with a built site, a sentence each; nothing when it is whole.

    A generator that silently ignored the plugin leaves no `isms.json`, so that is looked for first.
    """
    data_path = directory / "isms.json"
    if not data_path.is_file():
        yield f"{directory}: no isms.json: this site was built without the ISMS plugin, or the build did not end"
        return
    try:
        entries = json.loads(data_path.read_text(encoding="utf-8"))["entries"]
    except (ValueError, KeyError, TypeError):
        yield f"{data_path}: damaged: the build did not end, or somebody changed it"
        return
    missing = [entry["id"] for entry in entries if not _target(directory, entry["url"].partition("#")[0]).is_file()]
    if missing:
        yield f"pages of {len(missing)} entries are missing: {', '.join(missing[:10])}"
    yield from check_links(directory)


def _target(directory: Path, url: str) -> Path:
    path = directory / url
    return path / "index.html" if url.endswith("/") or url in ("", ".") or path.is_dir() else path
