"""What the configuration of the site says of its texts: their language, and how Markdown is extended. Nothing in it is run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from isms_plugin.errors import SettingsError
from isms_plugin.sources.snapshot import Snapshot
from isms_plugin.sources.workspace import CONFIGURATION, read_configuration

LANGUAGE: Final = "en"
_NUMBER: Final = re.compile(r"-?\d{1,9}")
_CODE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteText:
    """Language as a code (BCP 47), and extensions by name with their options, in their order."""

    language: str = LANGUAGE
    extensions: tuple[tuple[str, Mapping[str, Any]], ...] = ()


def read_site_text(root: Path, snapshot: Snapshot | None = None) -> SiteText:
    """Return what the configuration in a folder says, or what it said in a commit; raises SettingsError where it cannot be read."""

    def read(path: Path) -> bytes:
        if snapshot is None:
            return path.read_bytes()
        if not path.is_relative_to(root):
            raise SettingsError(f"{path.name}: lies outside of the ISMS, so no commit holds it")
        return snapshot.read(path.relative_to(root).as_posix())

    there = snapshot.exists if snapshot else lambda name: (root / name).is_file()
    name = next((name for name in CONFIGURATION if there(name)), None)
    return site_text(read_configuration(root / name, read)) if name else SiteText()


def site_text(configuration: Mapping[Any, Any]) -> SiteText:
    """Return what a configuration says; options that name code are empty in it and left out."""
    theme = configuration.get("theme")
    language = theme.get("language") if isinstance(theme, dict) else None
    given = configuration.get("markdown_extensions")
    listed = [{name: options} for name, options in given.items()] if isinstance(given, dict) else given if isinstance(given, list) else []
    return SiteText(
        language=language if isinstance(language, str) and _CODE.fullmatch(language) else LANGUAGE,
        extensions=tuple(found for item in listed for found in _extensions(item)),
    )


def _extensions(item: Any) -> list[tuple[str, Mapping[str, Any]]]:
    if isinstance(item, str):
        return [(item, {})]
    if not isinstance(item, dict):
        return []
    return [(str(name), _value(options) if isinstance(options, dict) else {}) for name, options in item.items()]


def _value(value: Any) -> Any:
    """Return a value as YAML means it: the reader leaves what is written."""
    if isinstance(value, dict):
        return {key: _value(inner) for key, inner in value.items() if inner != ""}
    if isinstance(value, list):
        return [_value(inner) for inner in value]
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    return int(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else value
