"""git for the demo: nothing of the user's configuration counts, so that every machine makes the same commits."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path
from typing import Final

from isms_plugin.errors import IsmsError

MAIN: Final = "main"
_NO_FILE: Final = os.devnull
_SETTINGS: Final = (
    "core.autocrlf=false", f"core.excludesFile={_NO_FILE}", f"core.attributesFile={_NO_FILE}", f"core.hooksPath={_NO_FILE}", "gc.auto=0",
)  # fmt: skip
"""What git would take from the user's folders even without a configuration."""


class DemoGit:
    """A repository, and the person and hour in whose name it is worked on."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.who: dict[str, str] = {}
        self.branch = MAIN
        self.run("init", "--quiet", "--template=", "--object-format=sha1", f"--initial-branch={MAIN}")

    def sign_as(self, author: str, day: date, hour: int) -> None:
        """Work in the name of an author, written `Name <address>`, from now on."""
        name, _, address = author.removesuffix(">").partition(" <")
        values = {"NAME": name, "EMAIL": address, "DATE": f"{day}T{hour:02d}:00:00+01:00"}
        self.who = {f"GIT_{side}_{key}": value for side in ("AUTHOR", "COMMITTER") for key, value in values.items()}

    def switch(self, branch: str) -> None:
        """Go on with a branch, which begins here when there is none of that name."""
        if branch != self.branch:
            new = () if self.run("branch", "--list", branch) else ("-b",)
            self.run("checkout", "--quiet", *new, branch)
            self.branch = branch

    def merge(self, branch: str) -> None:
        """Take over a branch, which ends with that; the commit is still to come."""
        self.run("merge", "--quiet", "--no-ff", "--no-commit", branch)
        self.run("branch", "--quiet", "--delete", "--force", branch)

    def commit(self, message: str) -> None:
        """Commit everything there is."""
        self.run("add", "--all", "--force")
        self.run("commit", "--quiet", "--message", message)

    def run(self, *arguments: str) -> bytes:
        """Return what a git command writes; raises IsmsError where it fails."""
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        command = ["git", "-C", str(self.root), *settings, *arguments]
        try:
            return subprocess.run(command, env=_environment() | self.who, check=True, capture_output=True).stdout  # noqa: S603 - no shell
        except FileNotFoundError:
            raise IsmsError("git is not installed; the demo is a git repository, so install git first") from None
        except subprocess.CalledProcessError as error:
            told = " ".join(error.stderr.decode(errors="replace").split())
            raise IsmsError(f"git {arguments[0]} failed: {told}") from None


def _environment() -> dict[str, str]:
    """Return the user's environment without anything that speaks to git."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {"GIT_CONFIG_GLOBAL": _NO_FILE, "GIT_CONFIG_SYSTEM": _NO_FILE, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}
