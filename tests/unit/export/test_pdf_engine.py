"""What makes PDFs: missing, and kept from everything outside of the ISMS."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from isms_plugin.errors import IsmsError
from isms_plugin.export.pdf import engine

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    engine._engine.cache_clear()
    yield
    engine._engine.cache_clear()


def without(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(_: str) -> Any:
        raise error

    monkeypatch.setattr(engine, "import_module", fail)


@pytest.mark.parametrize(
    ("error", "told"),
    [(ModuleNotFoundError("weasyprint"), "mkdocs-isms\\[pdf\\]"), (OSError("cannot load library 'libgobject'"), "libpango")],
)
def test_what_is_missing_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch, error: Exception, told: str) -> None:
    without(monkeypatch, error)
    with pytest.raises(IsmsError, match=told):
        engine.write_pdf(engine.Sheet(html="", read=lambda _: b"", made=NOON))
    assert engine.pdf_reason()


def test_an_engine_that_stops_is_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = SimpleNamespace(CSS=lambda **_: None, HTML=lambda **_: (_ for _ in ()).throw(AssertionError("oh")))
    monkeypatch.setattr(engine, "_engine", lambda: (broken, ""))
    monkeypatch.setattr(engine, "_fetcher", lambda _: None)
    with pytest.raises(IsmsError, match="AssertionError: oh"):
        engine.write_pdf(engine.Sheet(html="", read=lambda _: b"", made=NOON))


def test_only_pictures_of_the_isms_are_fetched() -> None:
    pytest.importorskip("weasyprint")
    fetch = engine._fetcher({"policies/a b.png": b"PNG"}.__getitem__)
    assert fetch("isms:policies/a%20b.png").read() == b"PNG"
    assert fetch("data:text/plain,x").read() == b"x"
    for url in ("https://example.org/", "http://127.0.0.1/", "file:///etc/passwd", "ftp://example.org/x"):
        with pytest.raises(ValueError, match="outside of the ISMS"):
            fetch(url)
