"""The versioned site of the sample with twelve baselines against single builds of it (budget 15), and what approvals cost a build."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.measure import PYTHON, ROOT, Case, Figure, Run, paired

_BASELINES: Final = 12
_POLICIES: Final = ("access-control-policy", "acceptable-use-policy", "cryptography-policy", "supplier-security-policy")
_IDENTITY: Final = {
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_AUTHOR_NAME": "Anna Berg", "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "Anna Berg", "GIT_COMMITTER_EMAIL": "a@example.org",
}  # fmt: skip


def versions(case: Case) -> Iterator[Figure]:
    """Compare `isms site`, the first and the second time, with a single build of the same sample."""
    isms, out = _sample(case.folder / "versioned"), case.folder / "versioned-site"

    def single() -> Run:
        command = (PYTHON, "-m", "mkdocs", "build", "--quiet", "--config-file", isms / "mkdocs.yml")
        return case.run(*command, "--site-dir", case.folder / "single")

    def whole() -> Run:
        return case.run(Path(PYTHON).with_name("isms"), "-C", isms, "site", "--out", out)

    def first() -> Run:
        case.cold()
        shutil.rmtree(out, ignore_errors=True)
        return whole()

    what = f"isms site with {_BASELINES} baselines"
    found = paired(first, single, case.runs)
    yield Figure(15, "sample", f"{what}, first time / a single build", found.ratios(), budget="<= 12", note=found.note())
    found = paired(whole, single, case.runs)
    yield Figure(15, "sample", f"{what}, second time / a single build", found.ratios(), budget="<= 1.2", note=found.note())


def _sample(root: Path) -> Path:
    """Write the sample into a repository in which a policy changes before each of the baselines."""
    write_sample(root)
    for number in range(1, _BASELINES + 1):
        path = root / "policies" / f"{_POLICIES[number % len(_POLICIES)]}.md"
        path.write_text(f"{path.read_text(encoding='utf-8')}\nSentence {number} was added.\n", encoding="utf-8")
        commit_all(root, number, f"Change {number}")
        _git(root, number, "tag", "--annotate", "--message", f"Baseline {number}", f"isms-{number:02}")
    return root


def write_sample(root: Path) -> None:
    """Write the sample into a repository of its own, in which nothing is committed yet."""
    shutil.rmtree(root, ignore_errors=True)
    for name in ("policies", "registers", "evidence", "docs"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    _git(root, 0, "init", "--quiet", "--initial-branch=main")


def commit_all(root: Path, day: int, message: str) -> None:
    """Commit everything there is, on a day of January 2026."""
    _git(root, day, "add", "--all")
    _git(root, day, "commit", "--quiet", "--message", message)


def _git(root: Path, day: int, *arguments: str) -> None:
    date = f"2026-01-{day + 1:02}T09:00:00+00:00"
    environment = {**os.environ, **_IDENTITY, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    subprocess.run(["git", "-C", str(root), *arguments], env=environment, check=True)
