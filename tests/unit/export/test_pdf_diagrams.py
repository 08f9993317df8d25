"""Diagrams drawn without a browser, or shown as their source."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from isms_plugin.export.pdf import diagrams
from isms_plugin.export.pdf.diagrams import MISSING, Diagrams


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    diagrams._drawn.cache_clear()
    yield
    diagrams._drawn.cache_clear()


def drawing(monkeypatch: pytest.MonkeyPatch, render: Callable[[str], str]) -> list[str]:
    """Let a library draw that remembers what it was asked for."""
    asked: list[str] = []

    def rendered(source: str, config: Any) -> Any:
        assert config["htmlLabels"] is False
        asked.append(source)
        return SimpleNamespace(svg=lambda: render(source))

    monkeypatch.setattr(diagrams, "import_module", lambda _: SimpleNamespace(render=rendered))
    return asked


def svg(width: int, height: int, name: str = "") -> str:
    return f'<svg width="100%" viewBox="0 0 {width} {height}">{name}</svg>'


def shown(html: str) -> str:
    return b64decode(html.partition("base64,")[2].partition('"')[0]).decode()


def test_a_picture_has_its_size_and_its_source_as_description(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing(monkeypatch, lambda _: svg(100, 50))
    html = Diagrams().html('flowchart TD\n  A --> B("x")')
    assert shown(html) == '<svg width="100" height="50" viewBox="0 0 100 50"></svg>'
    assert 'alt="Diagram, in the Mermaid language: flowchart TD A --&gt; B(&quot;x&quot;)"' in html


def test_one_that_runs_sideways_off_the_page_is_drawn_downwards(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = drawing(monkeypatch, lambda source: svg(2400, 200, "LR") if "LR" in source else svg(300, 900, "TB"))
    assert shown(Diagrams().html("flowchart LR\n  A --> B")).endswith(">TB</svg>")
    assert asked == ["flowchart LR\n  A --> B", "flowchart TB\n  A --> B"]


def test_it_stays_sideways_where_that_is_larger_or_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing(monkeypatch, lambda source: svg(800, 200, "LR") if "LR" in source else svg(300, 9000, "TB"))
    assert shown(Diagrams().html("flowchart LR\n  A --> B")).endswith(">LR</svg>")
    asked = drawing(monkeypatch, lambda _: svg(300, 200))
    Diagrams().html("graph RL\n  A --> B")
    assert len(asked) == 1


def test_without_the_library_the_source_stays_and_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> Any:
        raise ImportError

    monkeypatch.setattr(diagrams, "import_module", missing)
    made = Diagrams()
    assert made.html("flowchart TD") == ""
    assert made.left_out == [MISSING]


def test_a_diagram_that_cannot_be_read_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> str:
        raise RuntimeError("no such diagram\nmore")

    drawing(monkeypatch, refuse)
    made = Diagrams()
    assert made.html("nonsense") == ""
    assert made.left_out == ["a diagram cannot be drawn: no such diagram"]


def test_the_real_library_draws_words() -> None:
    pytest.importorskip("mermaidx")
    found = shown(Diagrams().html('flowchart TD\n  A("Ticket") --> B("Release")'))
    assert "Ticket" in found
    assert "foreignObject" not in found
