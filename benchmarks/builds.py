"""Whole builds of a site against plain ones: time, memory, search index, git processes, start (budgets 1, 2, 5, 10, 12, 13)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.measure import PYTHON, Case, Figure, Pairs, Run, paired
from benchmarks.plain import VARIANTS

_BUDGETS: Final = {
    "same-nav": (1, {"small": "1.10", "medium": "1.20", "large": "1.15"}),
    "default-nav": (2, {"small": "0.95", "medium": "0.75", "large": "0.35"}),
    "bare": (1, {}),
    "documents": (2, {}),
}
_WHAT: Final = {
    "same-nav": "plain, same pages, same nav",
    "default-nav": "plain, same pages, default nav",
    "bare": "plain, same nav, pages without any table or block",
    "documents": "plain, policies alone, default nav",
}
_START: Final = "import sys; from mkdocs.config import load_config; load_config(sys.argv[1])"


def build(case: Case, variant: str = "") -> Run:
    """Build the ISMS, with nothing cached, or one of the plain projects."""
    configuration = case.folder / "plain" / variant / "mkdocs.yml" if variant else case.isms / "mkdocs.yml"
    if not variant:
        case.cold()
    return case.run(PYTHON, "-m", "mkdocs", "build", "--quiet", "--config-file", configuration, "--site-dir", _site(case, variant))


def _site(case: Case, variant: str) -> Path:
    return case.folder / f"site-{variant or 'isms'}"


def whole(case: Case) -> Iterator[Figure]:
    """Compare whole builds: time, memory and search index."""
    pairs: dict[str, Pairs] = {}
    for variant in VARIANTS:
        number, budgets = _BUDGETS[variant]
        runs = 1 if variant == "default-nav" and case.name == "large" else case.runs
        pairs[variant] = paired(lambda: build(case), lambda variant=variant: build(case, variant), runs)
        found = pairs[variant]
        yield Figure(
            number, case.name, f"ISMS build / {_WHAT[variant]}", found.ratios(), budget=_most(budgets, case.name), note=found.note()
        )
    for variant in VARIANTS:
        found = pairs[variant]
        note = f"{found.ours[0].memory:.0f} / {found.theirs[0].memory:.0f} MiB"
        budget = "<= 1.5" if variant == "same-nav" and case.name != "large" else ""
        yield Figure(10, case.name, f"peak memory / {_WHAT[variant]}", found.memory(), budget=budget, note=note)
    ours = _index(case, "")
    for variant in VARIANTS:
        theirs = _index(case, variant)
        budget = "<= 1.15" if variant == "same-nav" else ""
        note = f"{ours / 1e6:.2f} / {theirs / 1e6:.2f} MB"
        yield Figure(12, case.name, f"search index / {_WHAT[variant]}", (ours / theirs,), budget=budget, note=note)


def _most(budgets: dict[str, str], tier: str) -> str:
    return f"<= {budgets[tier]}" if tier in budgets else ""


def _index(case: Case, variant: str) -> int:
    return (_site(case, variant) / "search/search_index.json").stat().st_size


def processes(case: Case) -> Iterator[Figure]:
    """Count the git processes of one build, by git's own trace."""
    traces = case.folder / "traces"
    traces.mkdir(exist_ok=True)
    for old in traces.iterdir():
        old.unlink()
    os.environ["GIT_TRACE2_EVENT"] = str(traces.resolve())
    try:
        build(case)
    finally:
        del os.environ["GIT_TRACE2_EVENT"]
    yield Figure(5, case.name, "git processes in one build", (len(list(traces.iterdir())),), unit="", budget="<= 5")


def start(case: Case) -> Iterator[Figure]:
    """Measure what loading the plugin adds to the start of `mkdocs`."""
    with_plugin, without = case.isms / "mkdocs.yml", case.folder / "plain/same-nav/mkdocs.yml"
    found = paired(lambda: case.run(PYTHON, "-c", _START, with_plugin), lambda: case.run(PYTHON, "-c", _START, without), case.runs * 3)
    added = tuple((ours.seconds - theirs.seconds) * 1000 for ours, theirs in zip(found.ours, found.theirs, strict=True))
    yield Figure(13, case.name, "loading the plugin adds to the start of mkdocs", added, unit="ms", budget="<= 200", note=found.note())
