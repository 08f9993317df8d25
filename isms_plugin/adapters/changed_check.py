"""A check of what a change causes, on the state that there will be once it is merged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from isms_plugin.adapters.clock import today
from isms_plugin.analysis.check_report import CheckReport, Comparison, difference, reported
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.merge_faults import merge_faults, taken_by_both
from isms_plugin.build import build_facts
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.known import KnownFile
from isms_plugin.sources.cache import NO_CACHE
from isms_plugin.sources.merge_result import MergeResult, merge_result
from isms_plugin.sources.states import read_state
from isms_plugin.sources.workspace import Workspace


def changed_report(workspace: Workspace, base: str, revision: str, as_of: date | None, known: KnownFile | None) -> CheckReport:
    """Return what is new, and what is fixed, against a branch or commit; both are judged on the same day and by the same settings.

    Raises SourceError where the two cannot be compared. `known` takes the place of what the settings name.
    """
    day = as_of or workspace.settings.as_of or today()
    with merge_result(workspace.git_root, base, revision, workspace.folders, day) as merge:
        old = build_facts(workspace, today(), revision=merge.base, as_of=as_of).facts
        facts = build_facts(workspace, today(), revision=merge.revision, as_of=as_of).facts
        facts = replace(facts, known=known or facts.known)
        found = _found(workspace, facts, merge, base)
    before, after = reported(old, old.diagnostics), reported(facts, found)
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
