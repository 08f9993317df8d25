"""Where a diagnostic points to: line and column, looked up only for what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.document import is_markdown
from isms_plugin.sources.cache import NO_CACHE, Cache
from isms_plugin.sources.markdown_reader import read_markdown
from isms_plugin.sources.snapshot import Snapshot
from isms_plugin.sources.text import decode, without_markers
from isms_plugin.sources.yaml_reader import locate


class Locator:
    """Gives diagnostics of one snapshot their line and column; each file is looked into once."""

    def __init__(self, snapshot: Snapshot, cache: Cache = NO_CACHE) -> None:
        self.snapshot, self.cache = snapshot, cache
        self.texts: dict[str, tuple[str, int]] = {}

    def __call__(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Return the diagnostics in the order of their places, each with line and column of what it speaks of."""
        return sorted(map(self._located, diagnostics), key=lambda item: item.order)

    def _located(self, diagnostic: Diagnostic) -> Diagnostic:
        place = diagnostic.place
        if not place.pointer or not place.path:
            return diagnostic
        if place.path not in self.texts:
            data = self.snapshot.read(place.path)
            self.texts[place.path] = self.cache.hold(f"yaml of {place.path}", data, partial(_yaml_text, data, place.path))
        text, first_line = self.texts[place.path]
        found = locate(text, place.pointer, first_line)
        if found is None or found[0] < place.line:
            return diagnostic
        return replace(diagnostic, place=Place(place.path, *found, place.pointer))


def _yaml_text(data: bytes, path: str) -> tuple[str, int]:
    """Return the YAML of a register, or of the front matter of a document, and its first line."""
    if is_markdown(path):
        parsed = read_markdown(data)
        return parsed.front, parsed.front_line
    return without_markers(decode(data)[0] or ""), 1
