"""Parts of the work: history, registers, `isms check`, and how each step grows (budgets 3, 4, 6, 7, 9)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, Final

from benchmarks.builds import build
from benchmarks.generate import Tier, generate
from benchmarks.measure import PYTHON, Case, Figure, Run, paired, timed

_SAMPLE: Final = {"small": 40, "medium": 200, "large": 12}
"""Files that `git log --follow` is asked about; it takes seconds for each at the large tier."""

_BASE: Final = Tier(100, 2_500, 3_000)
_GROWTH: Final = (("documents",), ("commits",), ("entries",), ("documents", "commits", "entries"))


def history(case: Case) -> Iterator[Figure]:
    """Compare the history of all documents with one bare log, and with one log a file."""
    found = _steps(case, "history", str(case.runs))
    ratios = _ratios(found["ours"], found["log"])
    note = f"{median(found['ours']):.3g} / {median(found['log']):.3g} s"
    yield Figure(3, case.name, "history with versions / one bare git log --raw -M", ratios, budget="<= 2.2", note=note)
    commits: dict[str, list[str]] = found["commits"]
    paths = Random(1).sample(sorted(commits), min(_SAMPLE[case.name], len(commits)))
    merges = set(_git(case, "rev-list", "--merges", "HEAD"))
    seconds, followed = timed(lambda: {path: _git(case, "log", "--follow", "--format=%H", "HEAD", "--", path) for path in paths})
    whole = seconds * len(commits) / len(paths)
    extrapolated = f", extrapolated from {len(paths)} files" if len(paths) < len(commits) else ""
    budget = {"medium": ">= 75", "large": ">= 500"}.get(case.name, "")
    times = tuple(whole / one for one in found["ours"])
    yield Figure(4, case.name, "git log --follow for each file / history of all", times, budget=budget, note=f"{whole:.3g} s{extrapolated}")
    different = [path for path in paths if [commit for commit in commits[path] if commit not in merges] != followed[path]]
    note = f"of {len(paths)}; merges, which --follow never lists, set aside" + (f"; first: {different[0]}" if different else "")
    yield Figure(4, case.name, "files whose list of commits differs from --follow", (len(different),), unit="", budget="0", note=note)


def registers(case: Case) -> Iterator[Figure]:
    """Compare reading registers with a bare loop over libyaml's events."""
    found = _steps(case, "registers", str(case.runs))
    note = f"{median(found['yaml']):.3g} / {median(found['events']):.3g} s"
    yield Figure(
        6, case.name, "registers with lines / bare loop over events", _ratios(found["yaml"], found["events"]), budget="<= 1.5", note=note
    )
    validating = [whole - yaml for whole, yaml in zip(found["registers"], found["yaml"], strict=True)]
    yield Figure(6, case.name, "validation / loading", _ratios(validating, found["yaml"]), note=f"{median(validating):.3g} s")
    both = [one + other for one, other in zip(validating, found["references"], strict=True)]
    yield Figure(
        6, case.name, "validation and references / loading", _ratios(both, found["yaml"]), budget="<= 0.5", note=f"{median(both):.3g} s"
    )


def check(case: Case) -> Iterator[Figure]:
    """Compare `isms check` with plain builds, with nothing cached and with everything."""
    command = (Path(PYTHON).with_name("isms"), "-C", case.isms, "check", "--fail-on", "off")

    def cold() -> Run:
        case.cold()
        return case.run(*command)

    for name, work, limit in (("cold", cold, "0.25"), ("warm", lambda: case.run(*command), "0.08")):
        for variant, known in (("same-nav", "plain, same pages, same nav"), ("documents", "plain, policies alone, default nav")):
            found = paired(work, lambda variant=variant: build(case, variant), case.runs)
            budget = f"<= {limit}" if case.name == "medium" else ""
            yield Figure(7, case.name, f"isms check {name} / {known}", found.ratios(), budget=budget, note=found.note())


def growth(case: Case) -> Iterator[Figure]:
    """Double policies, commits and entries, each alone and together, and look at every step."""
    base = _grown(case, _BASE)
    for what in _GROWTH:
        grown = _grown(case, _BASE.doubled(*what))
        for step, seconds in grown.items():
            note = f"{median(seconds):.3g} / {median(base[step]):.3g} s"
            yield Figure(9, "", f"{step}: twice the {', '.join(what)}", _ratios(seconds, base[step]), budget="<= 2.2", note=note)


def _grown(case: Case, tier: Tier) -> dict[str, list[float]]:
    folder = case.folder.parent / f"grown-{tier.documents}-{tier.commits}-{tier.entries}"
    generate(tier, folder / "isms")
    runs = [_steps(replace(case, folder=folder), "steps") for _ in range(case.runs)]
    return {step: [run[step] for run in runs] for step in runs[0]}


def _ratios(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, ...]:
    return tuple(mine / other for mine, other in zip(ours, theirs, strict=True))


def _steps(case: Case, *arguments: str) -> dict[str, Any]:
    output = Path(case.folder) / "steps.json"
    case.measured([PYTHON, "-m", "benchmarks.steps", str(case.isms), *arguments], str(output))
    found: dict[str, Any] = json.loads(output.read_text())
    return found


def _git(case: Case, *arguments: str) -> list[str]:
    return subprocess.run(["git", *arguments], cwd=case.isms, check=True, capture_output=True, text=True).stdout.split()
