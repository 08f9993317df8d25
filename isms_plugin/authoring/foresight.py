"""What a check would say after an edit, before anything is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping

from isms_plugin.analysis.facts import Facts, analyse
from isms_plugin.build import Build, uncollected
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.sources.edited_files import EditedFiles
from isms_plugin.sources.locator import Locator
from isms_plugin.sources.workspace import read_sources

_OF_EVERY_EDIT = ("not-committed", "no-history")
"""Codes that an edit causes because it is one."""


def facts_after(build: Build, files: Mapping[str, bytes], removed: Collection[str] = ()) -> Facts:
    """Return everything about the ISMS as it would be with some files written and others removed."""
    snapshot = EditedFiles(build.sources.snapshot, files, removed)
    with uncollected():
        sources = read_sources(build.workspace, snapshot)
        return analyse(sources.isms, sources.history, build.workspace.settings, build.facts.today, Locator(snapshot))


def new_diagnostics(
    build: Build, files: Mapping[str, bytes], removed: Collection[str] = (), renamed: tuple[str, str] = ("", "")
) -> list[Diagnostic]:  # fmt: skip
    """Return what is wrong after an edit and was not before; `renamed` are an old and a new id, which make no difference."""
    old, new = renamed
    whole = re.compile(rf"(?<![A-Za-z0-9.-]){re.escape(old)}(?![A-Za-z0-9])") if old else None

    def same(item: Diagnostic) -> tuple[str, str, str]:
        words = (item.code, item.entry, item.message)
        return words if whole is None else tuple(whole.sub(new, word) for word in words)  # type: ignore[return-value]

    known = Counter(same(item) for item in build.facts.diagnostics)
    found = list[Diagnostic]()
    for item in facts_after(build, files, removed).diagnostics:
        if known[same(item)] > 0:
            known[same(item)] -= 1
        elif item.code not in _OF_EVERY_EDIT:
            found.append(item)
    return found
