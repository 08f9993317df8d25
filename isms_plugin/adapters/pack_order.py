"""What pack a command asks for: the commit, the day, the period, the profile as it was at that commit."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

from isms_plugin.adapters.pack import Order
from isms_plugin.errors import IsmsError, SettingsError
from isms_plugin.model.cadence import Period
from isms_plugin.model.settings import read_settings
from isms_plugin.sources.git_history import signing_key
from isms_plugin.sources.git_proofs import commit_facts
from isms_plugin.sources.profiles import profile_of
from isms_plugin.sources.workspace import find_workspace, open_snapshot


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
    profile = profile_of(open_snapshot(workspace, commit.name), workspace.settings, name)
    return Order(
        root=workspace.root,
        out=out.resolve(),
        profile=profile,
        commit=commit.name,
        tree=commit.tree,
        committed_on=commit.date,
        day=_day(commit.date),
        as_of=as_of,
        period=_period(period),
        key=key or (signing_key(workspace.root) if signed else None),
        archive=archive,
    )


def _day(committed_on: datetime) -> date:
    """Return the day a pack speaks of where nothing else names one: never that of the clock, so that it can be made again."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdigit() else committed_on.date()


def _period(text: str) -> Period | None:
    try:
        return read_settings({"audited_period": text}).audited_period if text else None
    except SettingsError as error:
        raise SettingsError(f"--period {text}: {error}") from None
