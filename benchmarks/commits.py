"""A git history made in one `git fast-import` stream: edits, renames, merges, side branches, deletions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from benchmarks.policies import Policy

AUTHORS: Final = tuple(f"Author {letter} <{letter.lower()}@example.org>" for letter in "ABCDEFGHIJ")
MAILMAP: Final = b"Author A <a@example.org> Author J <j@example.org>\n"
_START, _SPAN = 1_420_441_200, 370_000_000
"""From January 2015 to September 2026, in seconds."""


@dataclass(slots=True)
class Commit:
    """One commit: what it writes (path to name of a blob), what it removes, and its parents by their numbers."""

    summary: str
    writes: dict[str, str] = field(default_factory=dict)
    removes: list[str] = field(default_factory=list)
    parents: tuple[int, ...] = ()


class Plan:
    """Commits in the order of their dates, and the blobs they need."""

    def __init__(self, policies: Sequence[Policy], random: Random) -> None:
        self.random = random
        self.policies = policies
        self.commits: list[Commit] = []
        self.tip = -1
        self.versions = [-1] * len(policies)
        self.turns = [0] * len(policies)
        self.blobs: dict[str, bytes] = {}

    def add(self, commit: Commit, *parents: int) -> int:
        """Append a commit, on the main line unless parents are named."""
        commit.parents = parents or ((self.tip,) if self.tip >= 0 else ())
        self.commits.append(commit)
        return len(self.commits) - 1

    def on_main(self, commit: Commit, *parents: int) -> None:
        """Append a commit that the main line continues from."""
        self.tip = self.add(commit, *parents)

    def edit(self, index: int) -> dict[str, str]:
        """Return the write of a new version of a policy."""
        self.versions[index] += 1
        return {self.path(index): f"{index}/{self.versions[index]}"}

    def path(self, index: int) -> str:
        """Return where a policy lies at this point."""
        return self.policies[index].paths[self.turns[index]]

    def rename(self, index: int, *, edited: bool) -> None:
        """Move a policy to its next path, with a change of its text or without."""
        old = self.path(index)
        self.turns[index] += 1
        writes = self.edit(index) if edited else {self.path(index): f"{index}/{self.versions[index]}"}
        self.on_main(Commit(f"Move {self.policies[index].id}", writes, [old]))

    def merge(self) -> None:
        """Add a branch of one commit, one on the main line meanwhile, and the merge; every fifth pair edits the same policy."""
        first = self.random.randrange(len(self.policies))
        second = first if self.random.random() < 0.2 else (first + 1) % len(self.policies)
        start = self.tip
        side_writes = self.edit(second)
        side = self.add(Commit(f"Revise {self.policies[second].id} on a branch", side_writes), start)
        self.on_main(Commit(f"Revise {self.policies[first].id}", self.edit(first)), start)
        self.on_main(Commit("Merge branch", self.edit(first) if first == second else side_writes), self.tip, side)


def plan_commits(policies: Sequence[Policy], files: Mapping[str, Sequence[bytes]], count: int, random: Random) -> Plan:
    """Plan a number of commits; `files` are other files with their stages, the last of which is the present one.

    A tenth of the commits bring the policies in one by one, the others change them; all renames are done by the end.
    """
    plan = Plan(policies, random)
    plan.blobs = {f"{path}@{stage}": content for path, stages in files.items() for stage, content in enumerate(stages)}
    plan.on_main(Commit("Begin the ISMS", {path: f"{path}@0" for path in files}))
    group = max(len(policies) * 10 // max(count, 1), 1)
    for start in range(0, len(policies), group):
        writes = {path: blob for index in range(start, min(start + group, len(policies))) for path, blob in plan.edit(index).items()}
        plan.on_main(Commit(f"Add {policies[start].id}", writes))
    todo = _scattered(policies, files, count - len(plan.commits) - 4, random)
    while len(plan.commits) < count:
        _event(plan, todo.pop(0) if todo and random.random() < 2 * len(todo) / max(count - len(plan.commits), 1) else "", count)
    return plan


def _scattered(policies: Sequence[Policy], files: Mapping[str, Sequence[bytes]], room: int, random: Random) -> list[str]:
    """Return moves of policies and stages of files that must happen, in random order but each file's stages in theirs."""
    moves = [f"move:{index}" for index, policy in enumerate(policies) for _ in policy.paths[1:]]
    random.shuffle(moves)
    stages = [f"stage:{path}@{stage}" for path, found in files.items() for stage in range(1, len(found))]
    if len(moves) + len(stages) > room:
        raise ValueError(f"{len(moves) + len(stages)} moves and stages do not fit into {room} commits")
    return [*stages, *moves] if len(moves) < len(stages) else _interleaved(moves, stages)


def _interleaved(many: list[str], few: list[str]) -> list[str]:
    step = len(many) // (len(few) + 1)
    for position, item in enumerate(few):
        many.insert((position + 1) * step + position, item)
    return many


def _event(plan: Plan, due: str, count: int) -> None:
    kind, _, name = due.partition(":")
    left = count - len(plan.commits)
    chance = plan.random.random()
    if kind == "move":
        plan.rename(int(name), edited=chance < 0.5)
    elif kind == "stage":
        plan.on_main(Commit(f"Update {name.partition('@')[0]}", {name.rpartition("@")[0]: name}))
    elif chance < 0.06 and left > 3:
        plan.merge()
    elif chance < 0.08 and left > 2:
        draft = f"policies/governance/draft-{len(plan.commits)}.md"
        plan.blobs[draft] = f"---\nid: DRAFT-{len(plan.commits)}\ntitle: Draft\n---\n# Draft\n\nNothing came of it.\n".encode()
        plan.on_main(Commit("Try a draft", {draft: draft}))
        plan.on_main(Commit("Drop the draft", {}, [draft]))
    else:
        chosen = plan.random.sample(range(len(plan.policies)), 1 if chance < 0.9 else 2)
        writes = {path: blob for index in chosen for path, blob in plan.edit(index).items()}
        plan.on_main(Commit(f"Revise {plan.policies[chosen[0]].id}: paragraph made clearer", writes))


def stream(plan: Plan) -> Iterator[bytes]:
    """Write the plan as `git fast-import` reads it; versions of one text follow each other, so that they pack well."""
    marks: dict[str, int] = {}
    for name, content in _contents(plan):
        marks[name] = len(marks) + 1
        yield b"blob\nmark :%d\ndata %d\n%b\n" % (marks[name], len(content), content)
    first = len(marks) + 1
    step = _SPAN // max(len(plan.commits), 1)
    for number, commit in enumerate(plan.commits):
        when = f"{_START + number * step} +0100"
        summary = commit.summary.encode()
        side = number + 1 < len(plan.commits) and commit.parents == plan.commits[number + 1].parents
        yield f"commit refs/heads/{'side' if side else 'main'}\nmark :{first + number}\n".encode()
        yield f"author {AUTHORS[number * 7 % len(AUTHORS)]} {when}\ncommitter Keeper <keeper@example.org> {when}\n".encode()
        yield b"data %d\n%b\n" % (len(summary), summary)
        for position, parent in enumerate(commit.parents):
            yield f"{'merge' if position else 'from'} :{first + parent}\n".encode()
        for path in commit.removes:
            yield f"D {path}\n".encode()
        for path, blob in commit.writes.items():
            yield f"M 100644 :{marks[blob]} {path}\n".encode()
        yield b"\n"


def _contents(plan: Plan) -> Iterator[tuple[str, bytes]]:
    yield from plan.blobs.items()
    for index, (policy, last) in enumerate(zip(plan.policies, plan.versions, strict=True)):
        for version in range(last + 1):
            yield f"{index}/{version}", policy.text(version)
