"""A check of what a change causes, on the state that there will be once it is merged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from isms_plugin.adapters.clock import today
from isms_plugin.analysis.check_report import CheckReport, Comparison, difference, reported
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.merge_faults import merge_faults, taken_by_both
from isms_plugin.build import Build, build_facts
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.known import KnownFile
from isms_plugin.sources.cache import NO_CACHE
from isms_plugin.sources.merge_result import MergeResult, merge_result
from isms_plugin.sources.states import read_state
from isms_plugin.sources.workspace import Workspace


class Judged(NamedTuple):
    """Both sides of a change, judged on the same day and by the same settings; `found` is what is wrong once it is merged."""

    merge: MergeResult
    old: Build
    new: Build
    found: tuple[Diagnostic, ...]


def changed_report(workspace: Workspace, base: str, revision: str, as_of: date | None, known: KnownFile | None) -> CheckReport:
    """Return what is new, and what is fixed, against a branch or commit; both are judged on the same day and by the same settings.

    Raises SourceError where the two cannot be compared. `known` takes the place of what the settings name.
    """
    with merge_result(workspace.git_root, base, revision, workspace.folders, day_of(workspace, as_of)) as merge:
        return report_of(judged(workspace, merge, base, as_of), base, known)


def day_of(workspace: Workspace, as_of: date | None) -> date:
    """Return the day that both sides are judged on."""
    return as_of or workspace.settings.as_of or today()


def judged(workspace: Workspace, merge: MergeResult, base: str, as_of: date | None) -> Judged:
    """Return both sides of a change as they were merged in memory; only while the merge lasts."""
    old = build_facts(workspace, today(), revision=merge.base, as_of=as_of)
    new = build_facts(workspace, today(), revision=merge.revision, as_of=as_of)
    return Judged(merge, old, new, tuple(_found(workspace, new.facts, merge, base)))


def report_of(sides: Judged, base: str, known: KnownFile | None = None) -> CheckReport:
    """Return what is new and what is fixed; `known` takes the place of what the settings name."""
    merge, old = sides.merge, sides.old.facts
    facts = replace(sides.new.facts, known=known or sides.new.facts.known)
    before, after = reported(old, old.diagnostics), reported(facts, sides.found)
    new, fixed = difference(before, after)
    unread = frozenset(merge.conflicts)
    comparison = Comparison(
        base=base,
        commit=merge.base,
        merged=merge.merged,
        fixed=tuple(item for item in fixed if item.item.place.path not in unread),
        standing=len(after) - len(new),
        gap=merge.gap,
    )
    return CheckReport(
        reported=new,
        threshold=facts.settings.threshold,
        today=facts.today,
        commit=merge.head,
        comparison=comparison,
    )


def _found(workspace: Workspace, facts: Facts, merge: MergeResult, base: str) -> Iterable[Diagnostic]:
    if not merge.conflicts:
        return facts.diagnostics
    kept_nowhere = replace(workspace, cache=NO_CACHE)
    states = [read_state(kept_nowhere, commit, facts.isms.kinds) for commit in (merge.ancestor, merge.base, merge.change)]
    return merge_faults(facts.diagnostics, merge.conflicts, taken_by_both(*states), base)
