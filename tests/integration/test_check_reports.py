"""Reports of `isms check` for platforms, as the command writes them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from isms_plugin.adapters.cli.check import FORMS
from isms_plugin.export.check_formats import FORMATS
from tests.integration.conftest import ROOT
from tests.integration.test_cli import CODES_OFF, RISK, isms
from tests.repository import MINIMAL, Repository


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """An ISMS in a folder of a repository, with one reference that leads nowhere."""
    made = Repository(tmp_path / "repo")
    made.commit("Begin", {f"isms/{path}": text for path, text in {**MINIMAL, "mkdocs.yml": CODES_OFF, "registers/risks.yml": RISK}.items()})
    return made


def test_the_command_knows_every_form() -> None:
    assert tuple(FORMATS) == FORMS


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_exit_code_and_the_same_bytes_again(repository: Repository, form: str) -> None:
    one, two = (isms("check", "--format", form, directory=repository.root / "isms") for _ in range(2))
    assert (one.exit_code, one.stdout) == (1, two.stdout)
    assert isms("check", "--format", form, "--fail-on", "major", directory=repository.root / "isms").exit_code == 0


def test_paths_are_seen_from_the_top_of_the_repository(repository: Repository) -> None:
    root = repository.root / "isms"
    path = "isms/registers/risks.yml"
    assert f"::warning file={path},line=3,col=10," in isms("check", "--format", "github", directory=root).output
    assert any(item["location"]["path"] == path for item in json.loads(isms("check", "--format", "codequality", directory=root).output))
    results = json.loads(isms("check", "--format", "sarif", directory=root).output)["runs"][0]["results"]
    assert any(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == path for result in results)
    cases = ElementTree.fromstring(isms("check", "--format", "junit", directory=root).output).iter("testcase")
    assert path in {case.get("file") for case in cases}


def test_a_report_goes_into_a_file_and_people_still_see_it(repository: Repository, tmp_path: Path) -> None:
    out = tmp_path / "reports" / "isms.sarif"
    result = isms("check", "--format", "sarif", "--out", out, directory=repository.root / "isms")
    assert json.loads(out.read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert result.output == isms("check", directory=repository.root / "isms").output


def test_fingerprints_stay_when_lines_move(repository: Repository) -> None:
    def prints() -> list[str]:
        found = json.loads(isms("check", "--format", "codequality", directory=repository.root / "isms").output)
        return sorted(item["fingerprint"] for item in found)

    before = prints()
    repository.write({"isms/registers/risks.yml": f"# one\n# two\n\n{RISK}"})
    assert prints() == before


def test_a_check_of_the_working_tree_renders_nothing() -> None:
    code = (
        "import atexit, sys\n"
        "atexit.register(lambda: print([name for name in ('jinja2', 'markdown', 'mkdocs') if name in sys.modules]))\n"
        "from isms_plugin.adapters.cli import main\nmain(['check', '--format', 'json'])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "[]"
