"""Measures the program against its budgets (see `docs/development/`), everything side by side in one run.

    python -m benchmarks.run [--tier small,medium,large] [--only NAME,...] [--runs N] [--json FILE]

Ratios are medians of paired runs, A B A B; seconds and megabytes only give the size. Nothing here fails because of time.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks import builds, parts
from benchmarks.generate import HERE, TIERS
from benchmarks.measure import Case, Figure, Scenario
from benchmarks.packs import packs
from benchmarks.pdfs import pdfs
from benchmarks.plain import write_plain
from benchmarks.serving import rebuilds
from benchmarks.versions import versions

SCENARIOS: Final[dict[str, Scenario]] = {
    "whole": builds.whole,
    "processes": builds.processes,
    "start": builds.start,
    "rebuilds": rebuilds,
    "history": parts.history,
    "registers": parts.registers,
    "check": parts.check,
    "growth": parts.growth,
    "versions": versions,
    "packs": packs,
    "pdfs": pdfs,
}
ONCE: Final = ("start", "growth", "versions", "packs", "pdfs")
"""Scenarios that say the same at every tier."""


def figures(tiers: list[str], names: list[str], runs: int, work: Path) -> Iterator[Figure]:
    """Measure what was asked for, one heavy process at a time."""
    for position, tier in enumerate(tiers):
        case = Case(name=tier, tier=TIERS[tier], folder=work / tier, runs=runs)
        generated = [sys.executable, "-m", "benchmarks.generate", str(case.isms), "--tier", tier]
        head = subprocess.run(generated, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
        write_plain(case.isms, case.folder / "plain", head)
        for name in names:
            if position == 0 or name not in ONCE:
                yield from SCENARIOS[name](case)


def main() -> None:
    """Measure from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--tier", default="small,medium", help="tiers, separated by commas: %(choices)s".replace("%(choices)s", ", ".join(TIERS))
    )
    parser.add_argument("--only", default=",".join(SCENARIOS), metavar="NAME", help=f"what to measure: {', '.join(SCENARIOS)}")
    parser.add_argument("--runs", type=int, default=5, help="pairs of runs for each figure")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as data as well")
    parser.add_argument("--work", type=Path, default=HERE / "work", help="where repositories and sites are kept")
    options = parser.parse_args()
    tiers, names = options.tier.split(","), options.only.split(",")
    for given, known in ((tiers, TIERS), (names, SCENARIOS)):
        if unknown := set(given) - set(known):
            parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(known)}")
    print(f"Python {platform.python_version()}, {options.runs} pairs; median (min - max)")
    found = []
    for figure in figures(tiers, names, options.runs, options.work.resolve()):
        print(figure.line(), flush=True)
        found.append(figure.data())
    if options.json:
        options.json.write_text(json.dumps({"schema": "isms-benchmark/1", "python": platform.python_version(), "figures": found}, indent=1))


if __name__ == "__main__":
    main()
