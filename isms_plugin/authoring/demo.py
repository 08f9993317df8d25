"""The demo: the ISMS of a small company with three years behind it, played step by step into a repository of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from isms_plugin.authoring.demo_git import MAIN, DemoGit
from isms_plugin.authoring.demo_records import accepted, acknowledgement, approval, decided, raised
from isms_plugin.authoring.yaml_text import row_yaml
from isms_plugin.errors import IsmsError
from isms_plugin.sources.yaml_reader import read_yaml

_PACKAGE: Final = files("isms_plugin") / "demo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One commit or tag of the story; `actions` are what was done, in that order."""

    day: date
    author: str
    message: str
    branch: str
    actions: Mapping[str, Any]


def read_story() -> tuple[Step, ...]:
    """Return the steps of the story in the order of their days."""
    story = read_yaml(demo_text("story.yml")).value
    return tuple(_step(dict(step), story["people"]) for step in story["steps"])


def _step(step: dict[str, Any], people: Mapping[str, str]) -> Step:
    return Step(
        day=date.fromisoformat(step.pop("on")),
        author=people[step.pop("by")],
        message=step.pop("message").strip(),
        branch=step.pop("branch", MAIN),
        actions=step,
    )


def demo_text(path: str) -> str:
    """Return a text of the package; line ends are the same wherever it was unpacked."""
    return _PACKAGE.joinpath(path).read_bytes().decode().replace("\r\n", "\n")


def write_demo(target: Path) -> None:
    """Write the demo into a new or empty folder; raises IsmsError, with nothing written, where that cannot be."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise IsmsError(f"{target}: not an empty folder; name one that is empty or does not exist")
    target.parent.mkdir(parents=True, exist_ok=True)
    # played beside its place first: what is interrupted leaves nothing that looks like a demo
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".isms-demo-", ignore_cleanup_errors=True) as folder:
        play(read_story(), Path(folder))
        target.mkdir(exist_ok=True)
        for child in Path(folder).iterdir():
            child.rename(target / child.name)


def play(steps: Iterable[Step], root: Path) -> None:
    """Begin a repository in an empty folder and do what the steps say; those of one day are an hour apart."""
    player = _Player(root)
    day, hour = date.min, 0
    for step in steps:
        hour = hour + 1 if step.day == day else 9
        day = step.day
        player.take(step, hour)


class _Player:
    """Does what a step says in one repository."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.git = DemoGit(root)
        self.day = date.min
        self.acts: dict[str, Callable[[Any], None]] = {
            "write": self._write, "add": self._add, "edit": self._edit, "raise": self._raise, "move": self._move,
            "merge": self.git.merge, "approve": self._approve, "acknowledge": self._acknowledge, "accept": self._accept,
        }  # fmt: skip

    def take(self, step: Step, hour: int) -> None:
        """Do one step; each is a commit, or a tag on the last one."""
        self.day = step.day
        self.git.sign_as(step.author, step.day, hour)
        if "tag" in step.actions:
            self.git.run("tag", "--annotate", step.actions["tag"], "--message", step.message)
            return
        self.git.switch(step.branch)
        for action, what in step.actions.items():
            self.acts[action](what)
        self.git.commit(step.message)

    def _write(self, paths: list[str]) -> None:
        for path in paths:
            self._put(path.partition("/")[2], demo_text(f"texts/{path}"))

    def _add(self, texts: Mapping[str, str]) -> None:
        for path, text in texts.items():
            self._put(path, (self._read(path) if self._exists(path) else "") + text)

    def _edit(self, edits: list[dict[str, Any]]) -> None:
        for edit in edits:
            text = self._read(edit["file"])
            if text.count(edit["old"]) != int(edit.get("times", 1)):
                raise IsmsError(f"{edit['file']}: the story of the demo does not find {edit['old']!r} as often as it says")
            self._put(edit["file"], text.replace(edit["old"], edit["new"]))

    def _raise(self, version: dict[str, str]) -> None:
        self._put(version["file"], raised(self._read(version["file"]), version, self.day))

    def _move(self, paths: Mapping[str, str]) -> None:
        for old, new in paths.items():
            self._put(new, self._read(old))
            (self.root / old).unlink()

    def _approve(self, decisions: list[dict[str, Any]]) -> None:
        commit = self.git.run("rev-parse", "HEAD").decode().strip()
        for decision in decisions:
            path = decision["file"]
            self._put(*approval(self.git.run("show", f"HEAD:{path}"), decision, self.day, commit, self._exists))
            self._put(path, decided(self._read(path), decision))

    def _acknowledge(self, texts: list[dict[str, Any]]) -> None:
        for text in texts:
            name, rows = acknowledgement(self.git.run("show", f"HEAD:{text['file']}"), text)
            self._add({name: "".join(map(row_yaml, rows))})

    def _accept(self, acceptances: list[dict[str, Any]]) -> None:
        path = "registers/risks.yml"
        for acceptance in acceptances:
            self._put(path, accepted(self._read(path), acceptance))

    def _exists(self, path: str) -> bool:
        return (self.root / path).exists()

    def _read(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()

    def _put(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
