"""New entries put where a register lies: at the end of its list, or as files of their own in its folder."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from typing import Any

from isms_plugin.authoring.register_rows import with_rows
from isms_plugin.authoring.yaml_text import entry_yaml
from isms_plugin.errors import IsmsError
from isms_plugin.model.entry import Entry
from isms_plugin.sources.snapshot import Snapshot


def additions(snapshot: Snapshot, folder: str, declaration: type[Entry], rows: Sequence[Mapping[str, Any]]) -> dict[str, bytes]:
    """Return the files that hold a register with rows added, by path; raises IsmsError where one cannot be added to.

    `folder` is that of the registers. A register that is a list stays one; without any file, each row becomes one.
    """
    if not rows:
        return {}
    base = posixpath.normpath(f"{folder}/{declaration.KIND.register}")
    lists = [path for path in (f"{base}.yml", f"{base}.yaml") if snapshot.exists(path)]
    if lists:
        return {lists[0]: with_rows(snapshot.read(lists[0]), rows, lists[0])}
    files = {f"{base}/{row['id']}.yml": entry_yaml(row).encode() for row in rows}
    taken = next((path for path in files if snapshot.exists(path)), "")
    if taken:
        raise IsmsError(f"{taken}: exists already; nothing is overwritten")
    return files
