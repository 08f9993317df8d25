"""The place on earth moves no date: same repository, same moment, same answer."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.integration.conftest import ROOT

MOMENTS = {"1796169599": "2026-12-01", "1796169600": "2026-12-02"}
"""The last second of a day in UTC and the first of the next: east of Greenwich both are one day, west of it as well."""


@pytest.fixture
def isms(tmp_path: Path) -> Path:
    folder = tmp_path / "isms"
    shutil.copytree(ROOT / "tests/minimal", folder)
    settings = folder / "mkdocs.yml"
    lines = settings.read_text(encoding="utf-8").splitlines(keepends=True)
    settings.write_text("".join(line for line in lines if "as_of:" not in line), encoding="utf-8")
    return folder


def answer(folder: Path, zone: str, moment: str, *command: str) -> dict[str, Any]:
    asked = [str(Path(sys.executable).with_name("isms")), "-C", str(folder), *command, "--format", "json"]
    environment = os.environ | {"TZ": zone, "SOURCE_DATE_EPOCH": moment}
    found: dict[str, Any] = json.loads(subprocess.run(asked, env=environment, capture_output=True, check=False).stdout)
    return found


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("command", [("audit", "--stage", "2"), ("due",)], ids=["audit", "due"])
def test_time_zones_move_no_date(isms: Path, command: tuple[str, ...], moment: str) -> None:
    greenwich, east, west = (answer(isms, zone, moment, *command) for zone in ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"))
    assert greenwich == east == west
    assert greenwich["as_of"] == MOMENTS[moment]
