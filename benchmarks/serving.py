"""Rebuilds while a site is served, against whole builds in the same process (budget 8).

python -m benchmarks.serving ISMS SITE EDIT RUNS
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.measure import PYTHON, Case, Figure, timed


def _title(text: str) -> str:
    return re.sub(r"title: (\w+)", r"title: \1 again", text, count=1)


EDITS: Final[dict[str, tuple[str, Callable[[str], str]]]] = {
    "title of a risk": ("registers/risks.yml", _title),
    "title of an asset": ("registers/assets.yml", _title),
    "words of a policy": ("policies/*/*.md", lambda text: f"{text}\nOne sentence more.\n"),
}
"""What is edited: the file, and how its text changes."""


def rebuilds(case: Case) -> Iterator[Figure]:
    """Compare a rebuild after one edit with a whole build, in turn in one process."""
    for edit in EDITS:
        output = case.folder / "rebuilds.json"
        script = [PYTHON, "-m", "benchmarks.serving", str(case.isms), str(case.folder / "site-served"), edit, str(case.runs)]
        case.measured(script, str(output))
        found: dict[str, list[float]] = json.loads(output.read_text().splitlines()[-1])
        ratios = tuple(one / whole for one, whole in zip(found["rebuilt"], found["whole"], strict=True))
        note = f"{median(found['rebuilt']):.3g} / {median(found['whole']):.3g} s"
        yield Figure(8, case.name, f"rebuild in serve, {edit} / whole build", ratios, budget="<= 0.15", note=note)


def _measure(root: Path, site: Path, edit: str, runs: int) -> dict[str, list[float]]:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    def once(*, first: bool) -> None:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(site))
        if first:  # whatever was kept before is forgotten
            config.plugins.on_startup(command="serve", dirty=True)
        build(config, serve_url="http://127.0.0.1:8000/", dirty=True)

    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    pattern, change = EDITS[edit]
    target = min(root.glob(pattern))
    text = target.read_text(encoding="utf-8")
    found: dict[str, list[float]] = {"rebuilt": [], "whole": []}
    try:
        for _ in range(runs):
            target.write_text(text, encoding="utf-8")
            found["whole"].append(timed(lambda: once(first=True))[0])
            target.write_text(change(text), encoding="utf-8")
            found["rebuilt"].append(timed(lambda: once(first=False))[0])
    finally:
        target.write_text(text, encoding="utf-8")
    return found


if __name__ == "__main__":
    print(json.dumps(_measure(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))))
