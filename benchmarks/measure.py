"""Whole processes measured in pairs, and figures made of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

from benchmarks.generate import HERE, Tier

ROOT: Final = HERE.parent
PYTHON: Final = sys.executable


@dataclass(frozen=True, slots=True)
class Run:
    """One process: wall time, and the memory of the largest process in it, in MiB."""

    seconds: float
    memory: float


@dataclass(frozen=True, slots=True)
class Case:
    """One generated repository and where everything about it lies."""

    name: str
    tier: Tier
    folder: Path
    runs: int

    @property
    def isms(self) -> Path:
        """The repository."""
        return self.folder / "isms"

    @property
    def cache(self) -> Path:
        """The cache folder of all processes that are measured."""
        return self.folder / "cache"

    def cold(self) -> None:
        """Forget what was cached."""
        shutil.rmtree(self.cache, ignore_errors=True)

    def run(self, *command: str | Path) -> Run:
        """Run a command from the top of the project; what it prints is thrown away."""
        return self.measured([str(word) for word in command], os.devnull)

    def measured(self, command: Sequence[str], output: str) -> Run:
        """Run a command that prints into a file."""
        environment = {**os.environ, "XDG_CACHE_HOME": str(self.cache), "NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "0"}
        with Path(output).open("wb") as sink:
            began = perf_counter()
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=sink)
            _, status, usage = os.wait4(process.pid, 0)
            seconds = perf_counter() - began
        if status and os.waitstatus_to_exitcode(status) != 0:
            raise SystemExit(f"failed: {' '.join(command)}")
        process.returncode = 0
        return Run(seconds, usage.ru_maxrss / 1024)


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured: values of all runs, their unit (`x` for a ratio), and the budget they are held against."""

    number: int
    tier: str
    what: str
    values: tuple[float, ...]
    unit: str = "x"
    budget: str = ""
    note: str = ""

    def line(self) -> str:
        """Return the figure as a row of the table."""
        low, middle, high = (_short(value) for value in (min(self.values), median(self.values), max(self.values)))
        measured = f"{middle} {self.unit}" + (f" ({low} - {high})" if len(self.values) > 1 else "")
        return f"{self.number:>2}  {self.tier:<7} {self.what:<64} {measured:<26} {self.budget:<8} {self.note}".rstrip()

    def data(self) -> dict[str, Any]:
        """Return the figure as data."""
        return {**asdict(self), "median": median(self.values)}


@dataclass(slots=True)
class Pairs:
    """Runs of two commands in turn."""

    ours: list[Run] = field(default_factory=list)
    theirs: list[Run] = field(default_factory=list)

    def ratios(self) -> tuple[float, ...]:
        """How many times the other's time each of our runs took."""
        return tuple(mine.seconds / other.seconds for mine, other in zip(self.ours, self.theirs, strict=True))

    def memory(self) -> tuple[float, ...]:
        """How many times the other's memory each of our runs took."""
        return tuple(mine.memory / other.memory for mine, other in zip(self.ours, self.theirs, strict=True))

    def note(self) -> str:
        """Say what the times are, to give the size."""
        return " / ".join(f"{_short(median(run.seconds for run in runs))} s" for runs in (self.ours, self.theirs))


def paired(ours: Callable[[], Run], theirs: Callable[[], Run], runs: int) -> Pairs:
    """Run two things in turn, A B A B, so that a noisy machine disturbs both alike."""
    pairs = Pairs()
    for _ in range(runs):
        pairs.ours.append(ours())
        pairs.theirs.append(theirs())
    return pairs


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Run something and say how long it took."""
    began = perf_counter()
    result = work()
    return perf_counter() - began, result


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


Scenario = Callable[[Case], Iterator[Figure]]
"""Measures one thing on one repository."""
