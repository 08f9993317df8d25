"""What a change means for the ISMS, on the state that there will be once it is merged."""

from __future__ import annotations

from datetime import date
from typing import Final

from isms_plugin.adapters.changed_check import Judged, day_of, judged, report_of
from isms_plugin.adapters.clock import today
from isms_plugin.analysis.impact.impact import Compared, Impact, Side, impact
from isms_plugin.build import Build, build_facts
from isms_plugin.sources.changed_files import changed_files
from isms_plugin.sources.merge_result import MergeResult, merge_result
from isms_plugin.sources.workspace import CONFIGURATION, Workspace

AT_THE_TOP: Final = (".github", ".gitlab", ".gitlab-ci.yml", ".pre-commit-config.yaml", "ci.sh", "CODEOWNERS", ".mailmap")
"""What else decides what is checked and who is asked, at the top of the repository."""


def change_impact(workspace: Workspace, base: str, revision: str, as_of: date | None) -> Impact:
    """Return what a change means against a branch or commit; without a revision it is the working tree. Nothing of either side is run.

    Raises SourceError where the two cannot be compared.
    """
    with merge_result(workspace.git_root, base, revision, workspace.folders, day_of(workspace, as_of)) as merge:
        sides = judged(workspace, merge, base, as_of)
        old, new, files = _read(workspace, sides, as_of)
        compared = Compared(
            base=base, head=revision, commit=merge.base, head_commit=merge.head, merged=merge.merged, gap=merge.gap,
            conflicts=merge.conflicts, files=files, steering=_steering(workspace, merge),
        )  # fmt: skip
        return impact(_side(old), _side(new), compared, report_of(sides, base))


def _read(workspace: Workspace, sides: Judged, as_of: date | None) -> tuple[Build, Build, tuple[str, ...]]:
    """Return both sides and the files that differ; where git cannot merge, those of the change alone since it began."""
    merge = sides.merge
    before, after = _ends(merge)
    files = changed_files(workspace.git_root, before, after, workspace.folders)
    if not merge.conflicts:
        return sides.old, sides.new, files
    old, new = (build_facts(workspace, today(), revision=commit, as_of=as_of) for commit in (before, after))
    return old, new, files


def _steering(workspace: Workspace, merge: MergeResult) -> tuple[str, ...]:
    """Return the files that differ and decide what is checked: settings and what is known, pipelines, code owners, names of authors."""
    settings = workspace.settings
    known = (settings.known,) if settings.known else ()
    return changed_files(workspace.git_root, *_ends(merge), (*CONFIGURATION, f"{settings.registers}/kinds.yml", *known), AT_THE_TOP)


def _ends(merge: MergeResult) -> tuple[str, str]:
    return (merge.ancestor, merge.change) if merge.conflicts else (merge.base, merge.revision)


def _side(build: Build) -> Side:
    return Side(facts=build.facts, state=build.state())
