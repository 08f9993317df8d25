"""Entries as YAML text, written so that people like to read it and nothing is taken for something else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import yaml

_WIDTH: Final = 120


class EntryDumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, and whatever stands twice twice."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        """Whether a value is written out: always, aliases are refused by the reader."""
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


EntryDumper.add_representer(str, _text)


def entry_yaml(data: Mapping[str, Any]) -> str:
    """Return one entry as a YAML mapping, its fields in the given order; what is empty is left out."""
    return _dump(_filled(data))


def row_yaml(data: Mapping[str, Any]) -> str:
    """Return one entry as an item of a YAML list."""
    return _dump([_filled(data)])


def item_yaml(data: Mapping[str, Any]) -> str:
    """Return a structured value as an item of a YAML list, lists in it in one line each."""
    return _dump([_filled(data)], default_flow_style=None)


def flow_yaml(data: Mapping[str, Any]) -> str:
    """Return a structured value in one line, as it stands inside of brackets."""
    return _dump(_filled(data), default_flow_style=True, width=10**9).strip()


def _filled(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in data.items() if value not in (None, "", (), [])}


def _dump(value: Any, *, default_flow_style: bool | None = False, width: int = _WIDTH) -> str:
    return yaml.dump(value, Dumper=EntryDumper, sort_keys=False, allow_unicode=True, width=width, default_flow_style=default_flow_style)
