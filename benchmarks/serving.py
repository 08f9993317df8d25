"""Rebuilds while a site is served, against the whole build before them in the same process (budget 8).

python -m benchmarks.serving ISMS SITE EDIT
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
    """Compare a rebuild after one edit with the whole build before it, as `mkdocs serve --dirty` does both."""
    output = case.folder / "rebuilds.json"
    for edit in EDITS:
        script = [PYTHON, "-m", "benchmarks.serving", str(case.isms), str(case.folder / "site-served"), edit]
        pairs = []
        for _ in range(case.runs):
            case.measured(script, str(output))
            pairs.append(json.loads(output.read_text().splitlines()[-1]))
        note = f"{median(rebuilt for _, rebuilt in pairs):.3g} / {median(whole for whole, _ in pairs):.3g} s"
        ratios = tuple(rebuilt / whole for whole, rebuilt in pairs)
        yield Figure(8, case.name, f"rebuild in serve, {edit} / whole build", ratios, budget="<= 0.15", note=note)


def _measure(root: Path, site: Path, edit: str) -> tuple[float, float]:
    """Return the seconds of the first build and of the one after an edit."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    def once(*, first: bool = False) -> None:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(site))
        if first:
            config.plugins.on_startup(command="serve", dirty=True)
        build(config, serve_url="http://127.0.0.1:8000/", dirty=True)

    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    pattern, change = EDITS[edit]
    target = min(root.glob(pattern))
    text = target.read_text(encoding="utf-8")
    try:
        whole, _ = timed(lambda: once(first=True))
        target.write_text(change(text), encoding="utf-8")
        return whole, timed(once)[0]
    finally:
        target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    print(json.dumps(_measure(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])))
