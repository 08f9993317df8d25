"""Diagrams in the Mermaid language as pictures, where the library that draws them without a browser is installed."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from importlib import import_module
from typing import Any, Final

MISSING: Final = "diagrams are shown as their source: pip install 'mkdocs-isms[diagrams]' draws them"

_SETTINGS: Final = {
    "htmlLabels": False,  # what is written in HTML inside of a picture stays empty
    "fontFamily": "DejaVu Sans",
    "theme": "neutral",
    "flowchart": {"htmlLabels": False, "nodeSpacing": 30, "rankSpacing": 34, "padding": 10},
    "deterministicIds": True,
}
_SIDEWAYS: Final = re.compile(r"(?m)^(\s*(?:flowchart|graph)\s+)(?:LR|RL)\b")
_BOX: Final = re.compile(r'\bviewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')
_ROOM: Final = (650.0, 620.0)
"""Width and height in pixels that a page has for a picture."""


@dataclass(slots=True)
class Diagrams:
    """Draws the diagrams of documents, and remembers why one could not be drawn."""

    left_out: list[str] = field(default_factory=list)

    def html(self, source: str) -> str:
        """Return a diagram as a picture; empty where it cannot be drawn."""
        found = _drawn(source)
        if found.startswith("<svg"):
            return picture(found, f"Diagram, in the Mermaid language: {source}", "diagram")
        self.left_out.append(found)
        return ""


def picture(svg: str, alt: str, css: str) -> str:
    """Return an SVG as a picture that stands for itself."""
    data = b64encode(svg.encode()).decode()
    return f'<p class="{css}"><img src="data:image/svg+xml;base64,{data}" alt="{escape(" ".join(alt.split()))}"></p>'


@lru_cache(maxsize=256)
def _drawn(source: str) -> str:
    """Return the SVG of a diagram, or why there is none; one that runs sideways is drawn downwards where that makes it larger."""
    try:
        library = import_module("mermaidx")
    except (ImportError, OSError):
        return MISSING
    svg = _svg(library, source)
    turned = _SIDEWAYS.sub(r"\1TB", source)
    if svg.startswith("<svg") and turned != source and _scale(svg) < 1:
        other = _svg(library, turned)
        return other if other.startswith("<svg") and _scale(other) > _scale(svg) else svg
    return svg


def _svg(library: Any, source: str) -> str:
    try:
        svg: str = library.render(source, config=_SETTINGS).svg()
    except Exception as error:  # one that cannot be read ends in many kinds of error
        return f"a diagram cannot be drawn: {str(error).splitlines()[0] if str(error) else type(error).__name__}"
    size = _BOX.search(svg)
    if size is None:
        return "a diagram cannot be drawn: it has no size"
    return svg.replace('width="100%"', f'width="{float(size[1]):.0f}" height="{float(size[2]):.0f}"', 1)


def _scale(svg: str) -> float:
    """Return how large a picture may be on a page, 1 being its own size."""
    size = _BOX.search(svg)
    return min(_ROOM[0] / float(size[1]), _ROOM[1] / float(size[2]), 1) if size else 0
