"""Making a baseline: an annotated tag over a state of the ISMS that nothing speaks against."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from isms_plugin.analysis.baselines import COUNTED, counts
from isms_plugin.analysis.facts import Facts
from isms_plugin.errors import IsmsError
from isms_plugin.model.history import Completeness
from isms_plugin.model.state import state_of
from isms_plugin.sources.git_history import open_repository


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for: a name, a message, a signature, and why open errors shall not stand in the way."""

    name: str
    message: str = ""
    sign: bool = False
    forced: str = ""


def create_baseline(root: Path, facts: Facts, wish: Wish) -> str:
    """Tag the last commit as a baseline and return the name of the tag; raises IsmsError where it would not be one to rely on."""
    opened = open_repository(root)
    if isinstance(opened, str):
        raise IsmsError(f"a baseline is a tag: {opened}")
    name = tag_name(facts.settings.baselines, wish.name)
    _refuse(facts, wish, name)
    if opened.repo.git.tag("--list", name):
        raise IsmsError(f"{name}: there is such a tag already; a baseline never moves")
    from git.exc import GitCommandError

    try:
        opened.repo.git.tag(
            "--sign" if wish.sign else "--annotate", "--message", message_of(facts, wish, name), "--", name, facts.history.head
        )
    except GitCommandError as error:
        raise IsmsError("git did not tag: " + " ".join(str(error.stderr).split())[-200:]) from None
    return name


def tag_name(pattern: str, name: str) -> str:
    """Return the name of the tag: as it was given where it follows the pattern of the settings, else put in for its asterisk."""
    if fnmatchcase(name, pattern):
        return name
    if pattern.count("*") == 1:
        return pattern.replace("*", name)
    raise IsmsError(f"{name}: the setting `baselines` expects names like {pattern}")


def message_of(facts: Facts, wish: Wish, name: str) -> str:
    """Return what the tag says: what it is, what it holds, and what was open."""
    states = Counter(standing.state for standing in facts.standings.values())
    held = counts(state_of(facts.isms))
    lines = [
        wish.message or f"Baseline {name}",
        "",
        f"Documents: {states['approved']} approved, {states['changed']} changed since, {states['draft'] + states['never']} not approved.",
        " ".join(f"{title}: {held[kind.KIND.name]}." for kind, title in COUNTED[1:]),
        f"As of {facts.today}.",
    ]
    if wish.forced:
        lines += ["", f"Made although {facts.failing} diagnostics reach the threshold: {wish.forced}"]
    return "\n".join(lines)


def _refuse(facts: Facts, wish: Wish, name: str) -> None:
    history = facts.history
    if history.completeness is not Completeness.COMPLETE:
        raise IsmsError(
            f"{name}: the history is not complete ({history.reason or 'the clone is shallow'}), so nothing proves what is tagged"
        )
    if history.uncommitted:
        raise IsmsError(f"{name}: not committed: {', '.join(sorted(history.uncommitted)[:5])}")
    if facts.failing and not wish.forced:
        raise IsmsError(
            f"{name}: {facts.failing} diagnostics reach the threshold (`isms check` tells them); clear them, or give --force REASON"
        )
