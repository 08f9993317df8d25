"""Marks of the states that clauses and controls have: the word says it, the colour repeats it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from html import escape
from typing import Final

from markupsafe import Markup

from isms_plugin.analysis.readiness.clauses import ClauseState
from isms_plugin.analysis.readiness.controls import ControlState, Design
from isms_plugin.analysis.readiness.operation import OperationState

_TONES: Final[Mapping[Enum, str]] = {
    ClauseState.MAJOR: "major", ClauseState.MISSING: "major", ClauseState.DRAFT: "major", ClauseState.MINOR: "minor",
    ClauseState.OFI: "ofi", ClauseState.PLANNED: "minor", ClauseState.NO_OCCASION: "info", ClauseState.IN_PLACE: "good",
    ControlState.MAJOR: "major", ControlState.MINOR: "minor", ControlState.OFI: "ofi", ControlState.NOT_IMPLEMENTED: "minor",
    ControlState.UNPROVED: "minor", ControlState.NO_OCCASION: "info", ControlState.COMPLIANT: "good",
    Design.IN_FORCE: "good", Design.CHANGED: "major", Design.DRAFT: "minor", Design.NONE: "minor",
    OperationState.EVIDENCED: "good", OperationState.RECORDED: "good", OperationState.NO_OCCASION: "info",
    OperationState.UNPROVED: "minor", OperationState.NOT_IMPLEMENTED: "minor",
}  # fmt: skip


def mark(state: Enum) -> Markup:
    """Return a state as a mark."""
    return Markup(f'<span class="isms-chip isms-chip--{_TONES[state]}">{escape(state.value)}</span>')  # noqa: S704 - escaped
