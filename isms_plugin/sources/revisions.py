"""From commits to revisions: which commits changed which document, across renames and branches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from isms_plugin.model.document import is_markdown
from isms_plugin.model.history import Revision
from isms_plugin.sources.git_log import Change, CommitLine, ControlData

_WORDS: Final = {"A": "added", "D": "deleted", "R": "renamed"}


def texts_needed(commits: list[CommitLine], wanted: Mapping[str, str]) -> list[str]:
    """Return stored texts whose control data matters: of every path that a wanted document may have had."""
    paths = {path for path in wanted if is_markdown(path)}
    for line in commits:
        for change in line.changes:
            if change.letter == "R" and change.path in paths:
                paths.add(change.old_path)
    found: dict[str, None] = {}
    for line in commits:
        for change in line.changes:
            if change.path in paths or change.old_path in paths:
                found[change.blob] = None
                if change.letter in "RD":
                    found[change.old_blob] = None
    return [blob for blob in found if blob.strip("0")]


def told_apart(people: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return what authors are called, by name and e-mail: two people of one name are told apart by their address."""
    emails: dict[str, set[str]] = defaultdict(set)
    known = dict.fromkeys(people)
    for author, email in known:
        emails[author].add(email.lower())
    return {(author, email): f"{author} <{email}>" if len(emails[author]) > 1 else author for author, email in known}


class Walk:
    """Walks commits from new to old and gives each change to the document that the path was then."""

    def __init__(self, wanted: Mapping[str, str], commits: list[CommitLine], data: Mapping[str, ControlData]) -> None:
        self.commits = commits
        self.data = data
        self.wanted = wanted
        self.now = {path: path for path in wanted}
        """Which current file a path is, at the point of the walk."""
        self.born: dict[str, tuple[str, str]] = {}
        """Paths whose file began later than the point of the walk: the current file, and its first text."""
        self.open: dict[str, list[tuple[int, Change]]] = defaultdict(list)
        """Changes to paths that are no current file: a rename on another branch may still claim them."""
        self.found: dict[str, list[tuple[int, Change]]] = defaultdict(list)

    def revisions(self) -> dict[str, tuple[Revision, ...]]:
        """Revisions of the wanted paths, newest first."""
        for number, line in enumerate(self.commits):
            for change in line.changes:
                self._take(number, change)
        names = told_apart((line.author, line.email) for line in self.commits)
        return {
            self.wanted[path]: tuple(self._revision(number, change, names) for number, change in sorted(found))
            for path, found in self.found.items()
        }

    def _take(self, number: int, change: Change) -> None:
        path = change.path
        current = self.now.get(path)
        if current is None and path in self.born:
            current, first = self.born[path]
            if change.letter == "D" and not self._same(change.old_blob, first):
                current = None
                del self.born[path]
            elif change.letter != "A":
                self.now[path] = current
        if current is None:
            self._leave_open(number, change)
            return
        self.found[current].append((number, change))
        if change.letter == "R":
            self._follow(current, change)
        elif change.letter == "A":
            self.now.pop(path, None)
            self.born[path] = (current, change.blob)

    def _follow(self, current: str, change: Change) -> None:
        self.now.pop(change.path, None)
        self.born.pop(change.old_path, None)
        if not self._same(change.old_blob, change.blob):
            self.found[current][-1] = (self.found[current][-1][0], change._replace(letter="A"))
            self.born[change.path] = (current, change.blob)
        elif change.old_path not in self.now:
            self.now[change.old_path] = current
            self.found[current] += self.open.pop(change.old_path, [])

    def _leave_open(self, number: int, change: Change) -> None:
        if change.letter == "M":
            self.open[change.path].append((number, change))
        else:
            self.open.pop(change.path, None)
        if change.letter == "R":
            # what moved away was another file than the one that stands there later
            self.born.pop(change.old_path, None)

    def _same(self, old: str, new: str) -> bool:
        """Whether two texts are the same document: no two different ids."""
        before, after = self.data.get(old), self.data.get(new)
        return not (before and after and before.id and after.id and before.id != after.id)

    def _revision(self, number: int, change: Change, names: Mapping[tuple[str, str], str]) -> Revision:
        line = self.commits[number]
        data = self.data.get(change.blob)
        return Revision(
            commit=line.commit,
            date=datetime.fromisoformat(line.date),
            author=names[line.author, line.email],
            email=line.email,
            summary=line.summary,
            path=change.path,
            version=data.version if data else "",
            change=_WORDS.get(change.letter, "modified"),
            blob=change.blob if change.letter != "D" else "",
            reviewers=tuple(name for name in line.reviewers.split("\x1f") if name),
        )
