"""The file with the diagnostics that an organization knows of: a list, each with code, entry or path, message and reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from isms_plugin.errors import SettingsError
from isms_plugin.model.known import NOTHING_KNOWN, Identity, Known, KnownFile
from isms_plugin.sources.snapshot import Snapshot
from isms_plugin.sources.text import decode
from isms_plugin.sources.yaml_reader import YamlText, read_yaml

_KEYS: Final = frozenset(("code", "entry", "path", "field", "message", "reason"))


def known_of(snapshot: Snapshot, path: str) -> KnownFile:
    """Return what the file that the settings name holds; raises SettingsError where it has no meaning.

    A commit may be older than the file; in the working tree a name that leads nowhere is a mistake.
    """
    if not path:
        return NOTHING_KNOWN
    if snapshot.exists(path):
        return read_known(path, snapshot.read(path))
    if snapshot.revision:
        return NOTHING_KNOWN
    raise SettingsError(f"isms settings: known: {path}: there is no such file; `isms check --write-known {path}` writes it")


def known_on_disk(path: Path) -> KnownFile:
    """Return what a file holds that the command names; nothing where there is none yet."""
    return read_known(str(path), path.read_bytes()) if path.is_file() else NOTHING_KNOWN


def read_known(path: str, data: bytes) -> KnownFile:
    """Read the file; raises SettingsError naming every place that has no meaning."""
    text, faults = decode(data)
    parsed = read_yaml(text or "")
    wrong = [f"{path}:{fault.line}:{fault.column}: {fault.message}" for fault in (*faults, *parsed.faults)]
    if not wrong and parsed.value is not None and not isinstance(parsed.value, list):
        wrong = [f"{path}:1:1: should be a list of diagnostics, as `isms check --write-known` writes it"]
    wrong = wrong or list(_faults(path, parsed))
    if wrong:
        raise SettingsError("; ".join(wrong))
    items = [_known(item, line) for item, line in _items(parsed)]
    return KnownFile(path=path, items={item.identity: item for item in reversed(items)})


def _items(parsed: YamlText) -> Iterator[tuple[Any, int]]:
    return zip(parsed.value or (), parsed.lines, strict=False)


def _faults(path: str, parsed: YamlText) -> Iterator[str]:
    for item, line in _items(parsed):
        if not isinstance(item, dict) or not all(isinstance(item.get(key), str) for key in ("code", "message")):
            yield f"{path}:{line}:1: needs `code` and `message`"
        elif unknown := sorted(map(str, set(item) - _KEYS)):
            yield f"{path}:{line}:1: no such key: {', '.join(unknown)}"


def _known(item: dict[str, Any], line: int) -> Known:
    subject = item.get("entry") or item.get("path") or ""
    identity = Identity.of(item["code"], str(subject), str(item.get("field") or ""), item["message"])
    return Known(identity=identity, reason=str(item.get("reason") or "").strip(), line=line)
