"""Run by tests/wheel from a folder without the source: the installed package alone has to do."""

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(BIN / command[0]), *command[1:]], cwd=HERE, capture_output=True, text=True, check=False)


def test_the_package_is_the_installed_one() -> None:
    assert "site-packages" in str(files("isms_plugin"))


def test_the_sample_builds_strictly() -> None:
    done = run("mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert run("isms", "check", "--site", "site").returncode == 0


def test_the_command_line_works() -> None:
    assert run("isms", "--version").stdout.startswith("isms, version")
    assert run("isms", "check").returncode == 0
    assert run("isms", "schema", "schemas").returncode == 0
    assert run("isms", "pages", "pages").returncode == 0


def test_the_pipelines_are_all_there() -> None:
    assert run("isms", "pipelines", "github", "--out", "pipelines").returncode == 0
    assert len(list((HERE / "pipelines/.github/workflows").glob("isms-*.yml"))) == 5
    for platform in ("gitlab", "pre-commit", "shell"):
        assert run("isms", "pipelines", platform).stdout.startswith("# ---- ")
