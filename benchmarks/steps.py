"""Times the program's own steps inside one process, and prints them as JSON.

python -m benchmarks.steps ISMS steps|registers|history [RUNS]
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from benchmarks.measure import timed
from isms_plugin.analysis.facts import analyse
from isms_plugin.analysis.trace import trace
from isms_plugin.build import uncollected
from isms_plugin.model.isms import KINDS
from isms_plugin.render.site import render_site
from isms_plugin.sources import workspace as reading
from isms_plugin.sources.git_history import read_history
from isms_plugin.sources.registers import read_registers
from isms_plugin.sources.snapshot import WorkingTree
from isms_plugin.sources.yaml_reader import read_yaml

TODAY = date(2026, 11, 30)


def steps(root: Path) -> dict[str, float]:
    """Run the whole path once: sources, history, analysis, pages."""
    workspace = reading.find_workspace(root)
    snapshot = reading.open_snapshot(workspace)
    everything, sources = timed(lambda: reading.read_sources(workspace, snapshot))
    past, _ = timed(lambda: read_history(root, _paths(sources.isms)))
    log, _ = timed(lambda: _bare_log(root))
    analysis, facts = timed(lambda: analyse(sources.isms, sources.history, workspace.settings, TODAY, list))
    pages, _ = timed(lambda: render_site(facts, name=workspace.name, meta=sources.meta, wording=sources.wording))
    return {"sources": everything - past, "history": past, "git log alone": log, "analysis": analysis, "pages": pages}


def _paths(isms: Any) -> list[str]:
    return sorted({place.path for place in isms.places.values() if place.path} | set(isms.pages))


def registers(root: Path, runs: int) -> dict[str, list[float]]:
    """Time a bare loop over libyaml's events, reading with lines, reading with validation, and following references."""
    snapshot = WorkingTree(root)
    texts = [snapshot.read(path).decode() for path in snapshot.paths("registers")]
    whole = reading.read_sources(reading.find_workspace(root), snapshot).isms
    isms = replace(whole, texts={}, pages={})  # without what documents refer to in their texts
    found: dict[str, list[float]] = {"events": [], "yaml": [], "registers": [], "references": []}
    for _ in range(runs):
        found["events"].append(timed(lambda: [_events(text) for text in texts])[0])
        found["yaml"].append(timed(lambda: [read_yaml(text) for text in texts])[0])
        found["registers"].append(timed(lambda: read_registers(snapshot, "registers", KINDS))[0])
        found["references"].append(timed(lambda: trace(isms))[0])
    return found


def _events(text: str) -> None:
    next_event = yaml.CSafeLoader(text).get_event
    while next_event().__class__ is not yaml.StreamEndEvent:
        pass


def history(root: Path, runs: int) -> dict[str, Any]:
    """Time the history of all documents and one bare log in turn; return the commits of every document as well."""
    isms = reading.read_sources(reading.find_workspace(root), WorkingTree(root)).isms
    found: dict[str, Any] = {"ours": [], "log": []}
    for _ in range(runs):
        seconds, result = timed(lambda: read_history(root, _paths(isms)))
        found["ours"].append(seconds)
        found["log"].append(timed(lambda: _bare_log(root))[0])
    found["commits"] = {path: [revision.commit for revision in result.of(path)] for path in _paths(isms) if path.startswith("policies/")}
    return found


def _bare_log(root: Path) -> None:
    subprocess.run(["git", "log", "--raw", "-M", "HEAD"], cwd=root, stdout=subprocess.DEVNULL, check=True)


if __name__ == "__main__":
    folder, what, *runs = Path(sys.argv[1]), *sys.argv[2:]
    with uncollected():  # as in the program; no cache is given to any step
        result = steps(folder) if what == "steps" else {"registers": registers, "history": history}[what](folder, int(runs[0]))
    print(json.dumps(result))
