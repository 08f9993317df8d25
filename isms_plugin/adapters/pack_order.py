"""What pack a command asks for: the commit, the day, the period, the profile as it was at that commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from isms_plugin.adapters.clock import day_of_environment
from isms_plugin.errors import IsmsError, SettingsError
from isms_plugin.model.cadence import Period
from isms_plugin.model.profile import Profile
from isms_plugin.model.settings import read_settings
from isms_plugin.sources.git_history import signing_key, uncommitted_paths
from isms_plugin.sources.git_proofs import commit_facts
from isms_plugin.sources.profiles import profile_of
from isms_plugin.sources.workspace import CONFIGURATION, Workspace, find_workspace, open_snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The pack that is wanted."""

    root: Path
    out: Path
    profile: Profile
    commit: str
    tree: str
    committed_on: datetime
    day: date
    as_of: date | None = None
    period: Period | None = None
    key: Path | None = None
    """Key to sign with, where it is to be signed."""
    archive: bool = False
    """Whether PDFs are made for the archive."""
    uncommitted: tuple[str, ...] = ()
    """Files that somebody may miss in it, since they are not committed."""


def order_of(
    directory: Path,
    name: str,
    revision: str,
    out: Path,
    *,
    as_of: date | None,
    period: str,
    signed: bool,
    key: Path | None,
    archive: bool,
) -> Order:
    """Return the order; raises IsmsError where there is no such commit, profile or key, or the period is none."""
    workspace = find_workspace(directory)
    commit = commit_facts(workspace.root, revision or "HEAD")
    if commit is None:
        raise IsmsError(f"{revision or 'HEAD'}: no such commit; a pack is made of what is committed")
    if key is not None and not key.is_file():
        raise IsmsError(f"{key}: no such key; name one with --key")
    profile = profile_of(open_snapshot(workspace, commit.name), workspace.settings, name)
    return Order(
        root=workspace.root,
        out=out.resolve(),
        profile=profile,
        commit=commit.name,
        tree=commit.tree,
        committed_on=commit.date,
        day=day_of_environment() or commit.date.date(),  # never that of the clock, so that it can be made again
        as_of=as_of,
        period=_period(period),
        key=key or (signing_key(workspace.root) if signed else None),
        archive=archive,
        uncommitted=() if revision else _uncommitted(workspace),
    )


def _uncommitted(workspace: Workspace) -> tuple[str, ...]:
    """Return the files of the ISMS that differ from HEAD, sorted."""
    return tuple(sorted(uncommitted_paths(workspace.root, [*workspace.folders, workspace.settings.profiles, *CONFIGURATION])))


def _period(text: str) -> Period | None:
    try:
        return read_settings({"audited_period": text}).audited_period if text else None
    except SettingsError as error:
        raise SettingsError(f"--period {text}: {error}") from None
