"""Sites built for real, once for each process of the tests."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.repository import MINIMAL

ROOT = Path(__file__).parents[2]

os.environ.update(NO_MKDOCS_2_WARNING="1", SOURCE_DATE_EPOCH="1796083200")  # no notices of the theme; 2026-12-01


@dataclass(frozen=True)
class BuiltSite:
    """A built site and what the build said."""

    path: Path
    log: list[str]

    def html(self, uri: str) -> str:
        return (self.path / uri).read_text(encoding="utf-8")

    @property
    def warnings(self) -> list[str]:
        return [line for line in self.log if line.startswith(("WARNING", "ERROR"))]


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.getMessage()}")


def build_site(config_file: Path, target: Path, command: str = "build", **settings: Any) -> BuiltSite:
    """Build a site in this process, as `mkdocs build` does."""
    listener = _Listener()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(listener)
    logger.setLevel(logging.INFO)
    try:
        config = load_config(str(config_file), site_dir=str(target), **settings)
        config.plugins.on_startup(command=command, dirty=False)
        build(config)
    finally:
        logger.removeHandler(listener)
    return BuiltSite(target, listener.lines)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The sample ISMS of this repository."""
    return build_site(ROOT / "mkdocs.yml", tmp_path_factory.mktemp("sample") / "site")


Make = Callable[..., BuiltSite]


@pytest.fixture
def make_site(tmp_path: Path) -> Iterator[Make]:
    """Build a small ISMS: minimal unless other files are given."""

    def make(files: Mapping[str, str] | None = None, options: str = "", root: Path | None = None, **settings: Any) -> BuiltSite:
        folder = root or tmp_path / "isms"
        write({**MINIMAL, **(files or {})}, folder)
        (folder / "docs").mkdir(exist_ok=True)
        if "mkdocs.yml" not in (files or {}):
            plugin = f"  - isms:\n{options}" if options else "  - isms\n"
            text = f"site_name: Test\ntheme: {{name: material}}\nplugins:\n  - search\n{plugin}"
            (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
        return build_site(folder / "mkdocs.yml", tmp_path / "site", **settings)

    yield make
    shutil.rmtree(tmp_path / "site", ignore_errors=True)


def write(files: Mapping[str, str], folder: Path) -> None:
    """Write files below a folder."""
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
