"""Examples of good evidence by control, shipped as package data in our own words."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Final

from isms_plugin.errors import SourceError
from isms_plugin.sources.yaml_reader import read_yaml

_EXAMPLES: Final = "evidence_examples.yml"


@cache
def evidence_examples() -> dict[str, Any]:
    """Return `kinds`, `population` and `good` by control or clause; nothing there is text of a standard."""
    parsed = read_yaml((files("isms_plugin") / "catalogues" / _EXAMPLES).read_text(encoding="utf-8"))
    if parsed.faults:
        raise SourceError(f"catalogue {_EXAMPLES}: {parsed.faults[0].message}")
    return {row["id"]: row for row in parsed.value}
