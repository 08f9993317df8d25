"""Older commits, read with the fields of today; nothing that today's schema does not know is lost in silence."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from isms_plugin.errors import SourceError
from isms_plugin.model.state import State, state_of
from isms_plugin.sources.cache import Cache
from isms_plugin.sources.states import read_state
from isms_plugin.sources.workspace import Workspace, open_snapshot, read_sources
from tests.repository import MINIMAL, PEOPLE, Repository, policy

RISKS = "- id: RSK-001\n  title: Theft\n  impact: 4\n  treatment: reduce\n- id: RSK-001\n  title: Again\n- title: No id\n"
OLD = {**MINIMAL, "registers/risks.yml": RISKS, "registers/figures.yml": "- id: M-1\n", "registers/controls.yml": "- id: A.5.1\n"}


def ids(files: Mapping[str, str]) -> set[str]:
    return set(re.findall(r"^(?:- )?id: (\S+)$", "\n".join(files.values()), re.MULTILINE))


@pytest.fixture(params=["", "company/isms/"])
def repository(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Repository, Workspace]:
    made = Repository(tmp_path / "repo")
    made.commit("old", {f"{request.param}{path}": text for path, text in OLD.items()})
    made.git("tag", "-a", "isms-old", "-m", "Old", **made.identity())
    made.commit("new", {f"{request.param}registers/people.yml": PEOPLE.replace("Security lead", "CISO")})
    return made, Workspace(root=made.root / request.param, cache=Cache(tmp_path / "cache"))


def test_a_commit_is_read_as_its_checkout_would_be(repository: tuple[Repository, Workspace]) -> None:
    made, workspace = repository
    isms = read_sources(workspace, open_snapshot(workspace)).isms
    now = state_of(isms, commit=made.git("rev-parse", "HEAD"))
    then = read_state(workspace, "HEAD")
    assert then.entries == now.entries
    assert (then.commit, then.day) == (now.commit, date(2026, 1, 3))
    assert {fault.partition(":")[0] for fault in then.faults} == {fault.partition(":")[0] for fault in now.faults}


def test_an_older_commit_holds_what_was_there_then(repository: tuple[Repository, Workspace]) -> None:
    made, workspace = repository
    state = read_state(workspace, "isms-old")
    assert state.commit == made.git("rev-parse", "isms-old^{commit}")
    assert state.entries.keys() == ids(MINIMAL) | {"RSK-001"}
    assert (state.entries["PER-001"].data["job"], state.entries["RSK-001"].title) == ("Security lead", "Theft")


def test_what_today_cannot_read_is_listed(repository: tuple[Repository, Workspace]) -> None:
    state = read_state(repository[1], "isms-old")
    assert state.entries["RSK-001"].unread == ("treatment",)
    assert sorted(fault.split(": ")[-1] for fault in state.faults) == [
        "A.5.1 is already taken at the catalogue of the standard",
        "RSK-001 is already taken at registers/risks.yml:1",
        "no register is called 'figures'",
        "no such field in a risk",
        "risk without id",
        "should be 'modification', 'avoidance', 'sharing' or 'retention', not 'reduce'",
    ]


def test_a_state_is_read_once_and_then_kept(repository: tuple[Repository, Workspace], monkeypatch: pytest.MonkeyPatch) -> None:
    made, workspace = repository
    commit = made.git("rev-parse", "isms-old^{commit}")
    first = read_state(workspace, commit)
    monkeypatch.setenv("PATH", "")
    assert read_state(workspace, commit) == first


def test_what_was_kept_for_other_folders_does_not_count(repository: tuple[Repository, Workspace]) -> None:
    made, workspace = repository
    commit = made.git("rev-parse", "HEAD")
    assert read_state(workspace, commit).entries
    settings = workspace.settings.model_copy(update={"policies": "documents", "registers": "lists"})
    moved = Workspace(root=workspace.root, settings=settings, cache=workspace.cache)
    assert read_state(moved, commit).entries == {}


def test_a_commit_without_the_isms_says_so(repository: tuple[Repository, Workspace]) -> None:
    made, workspace = repository
    (workspace.root / "sub").mkdir()
    state = read_state(Workspace(root=workspace.root / "sub"), "HEAD")
    assert state.entries == {}
    assert "no document or register lay here" in state.faults[0]
    assert made.git("rev-parse", "HEAD")[:10] in state.faults[0]


@pytest.mark.parametrize("revision", ["nothing", "", "--all", "HEAD:policies", "0" * 40])
def test_a_name_that_is_no_commit_is_an_error(repository: tuple[Repository, Workspace], revision: str) -> None:
    with pytest.raises(SourceError, match="no such baseline or commit; see `isms baseline list`"):
        read_state(repository[1], revision)


def test_without_git_nothing_older_can_be_read(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="this is no git repository, so nothing older"):
        read_state(Workspace(root=tmp_path), "HEAD")


def test_other_object_formats_are_read(tmp_path: Path) -> None:
    made = Repository(tmp_path / "repo", "--object-format=sha256")
    commit = made.commit("old", MINIMAL)
    state = read_state(Workspace(root=made.root), commit)
    assert (len(state.commit), state.entries.keys()) == (64, ids(MINIMAL))


def test_the_number_of_git_processes_does_not_grow_with_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Repository(tmp_path / "repo")
    made.commit("many", {**MINIMAL, **{f"policies/{number}.md": policy(f"POL-{number}") for number in range(100, 130)}})
    log = counted_git(tmp_path, monkeypatch)
    state: State = read_state(Workspace(root=made.root), "HEAD")
    assert len(state.entries) == 30 + len(ids(MINIMAL))
    assert len(started(log)) == 4


def counted_git(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let every start of git leave a line in a file."""
    log, shim = folder / "log", folder / "bin/git"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\necho "$*" >> {log}\nPATH="${{PATH#*:}}" exec git "$@"\n')
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", f"{shim.parent}{os.pathsep}{os.environ['PATH']}")
    return log


def started(log: Path) -> list[str]:
    """Git commands that were started, but for the question of its version when the first one is."""
    return [line for line in log.read_text().splitlines() if line != "version"]
