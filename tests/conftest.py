"""What several test files need: an ISMS on disk, read and worked out."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from isms_plugin.analysis.facts import Facts, analyse
from isms_plugin.model.settings import read_settings
from isms_plugin.sources.locator import Locator
from isms_plugin.sources.workspace import Sources, Workspace, open_snapshot, read_sources
from tests.builders import TODAY

hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis.settings.load_profile("repeatable")


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the user's cache out of the tests, those in other processes included."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


Files = Mapping[str, str | bytes]
QUIET = {"no-history": "off", "no-decision": "off", "never-approved": "off", "no-risk-method": "off"}
"""True of every ISMS of a few lines outside of git."""


@pytest.fixture
def workspace(tmp_path: Path) -> Callable[..., Workspace]:
    """Write an ISMS of the given files into a folder of its own."""
    numbers = count()

    def write(files: Files, *, codes: Mapping[str, Any] | None = None, **settings: Any) -> Workspace:
        root = tmp_path / str(next(numbers))
        for path, content in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else content.encode())
        root.mkdir(exist_ok=True)
        return Workspace(root=root, settings=read_settings({"codes": QUIET | dict(codes or {}), **settings}))

    return write


@pytest.fixture
def read(workspace: Callable[..., Workspace]) -> Callable[..., Sources]:
    """Read an ISMS of the given files."""

    def sources(files: Files, **settings: Any) -> Sources:
        made = workspace(files, **settings)
        return read_sources(made, open_snapshot(made))

    return sources


@pytest.fixture
def analysed(workspace: Callable[..., Workspace]) -> Callable[..., Facts]:
    """Work out everything about an ISMS of the given files."""

    def facts(files: Files, today: date = TODAY, **settings: Any) -> Facts:
        made = workspace(files, **settings)
        snapshot = open_snapshot(made)
        sources = read_sources(made, snapshot)
        return analyse(sources.isms, sources.history, made.settings, today, Locator(snapshot))

    return facts


@pytest.fixture
def diagnose(analysed: Callable[..., Facts]) -> Callable[..., list[tuple[str, str]]]:
    """Code and `path:line:column` of every diagnostic."""

    def diagnosed(files: Files, **settings: Any) -> list[tuple[str, str]]:
        return [(item.code, str(item.place)) for item in analysed(files, **settings).diagnostics]

    return diagnosed
