"""Mappings of `isms reconcile`: YAML that is checked before anything is compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from isms_plugin.errors import SettingsError
from isms_plugin.model.diagnostic import Pointer
from isms_plugin.model.reconciliation import Compared, Condition, Ignored, Reconciliation, Together
from isms_plugin.sources.text import decode
from isms_plugin.sources.yaml_reader import locate, read_yaml

_BLOCKS: Final[dict[str, type[BaseModel]]] = {"fields": Compared, "must": Condition, "together": Together, "ignore": Ignored}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """A mapping, and the text it was read from."""

    plan: Reconciliation
    path: str
    text: str

    def refuse(self, faults: Iterable[tuple[Pointer, str]]) -> None:
        """Raise SettingsError with the place of every fault, if there are any."""
        _refuse(self.path, self.text, faults)


def read_plan(data: bytes, path: str) -> PlanFile:
    """Read a mapping; raises SettingsError with line and column of everything in it that has no meaning."""
    text, faults = decode(data)
    parsed = read_yaml(text or "")
    told = [*faults, *parsed.faults]
    if told:
        raise SettingsError("\n".join(f"{path}:{fault.line}:{fault.column}: {fault.message}" for fault in told))
    if not isinstance(parsed.value, dict):
        raise SettingsError(f"{path}: a mapping is written as `key: value` lines, and needs at least `key`")
    try:
        plan = Reconciliation.model_validate({key: value for key, value in parsed.value.items() if value is not None})
    except ValidationError as error:
        # union members and validators add steps that stand nowhere in the text; `locate` stops before them
        found = [(fault["loc"], _told(fault)) for fault in error.errors(include_url=False, include_context=False)]
        _refuse(path, text or "", found)
        raise  # pragma: no cover - refused above
    return PlanFile(plan=plan, path=path, text=text or "")


def _refuse(path: str, text: str, faults: Iterable[tuple[Pointer, str]]) -> None:
    places = [(locate(text, pointer) or (1, 1), message) for pointer, message in faults]
    if places:
        raise SettingsError("\n".join(f"{path}:{line}:{column}: {message}" for (line, column), message in sorted(places)))


def _told(fault: ErrorDetails) -> str:
    *above, name = fault["loc"]
    if fault["type"] == "extra_forbidden":
        declaration = _BLOCKS.get(str(above[0]), Reconciliation) if above else Reconciliation
        known = ", ".join(info.alias or key for key, info in declaration.model_fields.items())
        return f"no such key: {name}; there are: {known}"
    if fault["type"] == "missing":
        return f"{'.'.join(map(str, above)) or 'the mapping'} needs `{name}`"
    message = fault["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return f"{'.'.join(map(str, fault['loc']))}: {message[0].lower()}{message[1:]}"
