"""Real git repositories with fixed authors and dates."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from isms_plugin.sources.stored_texts import hash_of

ANNA = "Anna Berg <anna@example.org>"
BODO = "Bodo Kern <bodo@example.org>"


class Repository:
    """A git repository made step by step; every commit is one day after the one before."""

    def __init__(self, root: Path, *options: str) -> None:
        self.root = root
        self.day = 0
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main", *options)

    def git(self, *arguments: str, **environment: str) -> str:
        settings = {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_AUTHOR_NAME": "Anna Berg",
            "GIT_AUTHOR_EMAIL": "anna@example.org",
            "GIT_COMMITTER_NAME": "Forge",
            "GIT_COMMITTER_EMAIL": "forge@example.org",
            **environment,
        }
        done = subprocess.run(
            ["git", "-C", str(self.root), "-c", "core.autocrlf=false", *arguments],
            env={**os.environ, **settings},
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def write(self, files: Mapping[str, str | None]) -> None:
        """Write files; None deletes one."""
        for path, text in files.items():
            target = self.root / path
            if text is None:
                target.unlink()
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())

    def commit(self, message: str, files: Mapping[str, str | None] | None = None, author: str = ANNA) -> str:
        """Commit everything there is; returns the commit."""
        self.write(files or {})
        self.git("add", "--all")
        name, _, email = author.partition(" <")
        self.git("commit", "--quiet", "--allow-empty", "-m", message, **self.identity(name, email.rstrip(">")))
        return self.git("rev-parse", "HEAD")

    def identity(self, name: str = "Anna Berg", email: str = "anna@example.org") -> dict[str, str]:
        """The next day's date, and an author."""
        self.day += 1
        date = f"2026-01-{self.day:02d}T09:00:00+01:00"
        return {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date, "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email}

    def move(self, old: str, new: str) -> None:
        """Rename a file."""
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        self.git("mv", old, new)

    def merge(self, branch: str, message: str, files: Mapping[str, str | None] | None = None) -> str:
        """Merge a branch, with edits inside the merge if any are given."""
        self.git("merge", "--no-ff", "--no-commit", branch, **self.identity())
        self.day -= 1
        return self.commit(message, files)


def policy(identifier: str = "POL-01", version: str = "1.0", *, title: str = "Access policy", text: str = "") -> str:
    """A document that lacks nothing."""
    lines = "\n".join(f"Sentence {number} of {title} stays as it is." for number in range(12))
    return f"""---
id: {identifier}
title: {title}
kind: policy
version: "{version}"
status: approved
owner: PER-001
approver_role: ROL-001
next_review: 2027-01-01
classification: internal
---
# {title}

{lines}
{text}
"""


PEOPLE = """- id: PER-001
  name: Anna Berg
  job: Security lead
  active_from: 2020-01-01
- id: PER-002
  name: Bodo Kern
  job: Managing director
  active_from: 2020-01-01
"""
ROLES = """- id: ROL-001
  title: Managing director
  holder: PER-002
  duties: Leads.
  authorities: Decides.
  appointed_by: PER-002
  appointed_on: 2020-01-01
"""


def approval(text: str, identifier: str = "POL-01", version: str = "1.0", **fields: str) -> str:
    """A record of the text of a document that lacks nothing."""
    data = {
        "id": f"APR-{identifier}-{version}", "document": identifier, "version": f'"{version}"', "content_hash": hash_of(text.encode()),
        "decision": "approved", "person": "PER-002", "role": "ROL-001", "decided_on": "2026-01-01", "method": "minutes",
        "reference": "Board minutes 7", "next_review": "2027-01-01",
    }  # fmt: skip
    return "".join(f"{key}: {value}\n" for key, value in (data | fields).items())


RECORD = "registers/approvals/POL-01-1.0.yml"
MINIMAL = {
    "registers/people.yml": PEOPLE, "registers/roles.yml": ROLES, "policies/access.md": policy(), RECORD: approval(policy()),
    "mkdocs.yml": "site_name: Test\n",
}  # fmt: skip
"""An ISMS of one policy, written by Anna Berg and approved by Bodo Kern."""
