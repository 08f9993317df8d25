"""How many risks lay in which band of levels, at each baseline and now (clauses 8.2, 9.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from isms_plugin.analysis.risk.profile import rated
from isms_plugin.model.isms import Isms
from isms_plugin.model.risk import Risk
from isms_plugin.model.risk_method import RiskMethod, method_of
from isms_plugin.model.state import EntryState, State

UNRATED: Final = "not rated"
"""Name under which risks without a level are counted."""


@dataclass(frozen=True, slots=True)
class BandCounts:
    """Risks that were not retired, by the band of their current and of their residual level."""

    current: Mapping[str, int] = field(default_factory=dict)
    residual: Mapping[str, int] = field(default_factory=dict)


def band_counts(isms: Isms) -> BandCounts:
    """Count the risks of an ISMS by band."""
    found = rated(isms)
    return BandCounts(_count((item.method, item.level) for item in found), _count((item.method, item.residual_level) for item in found))


def band_counts_of(state: State, isms: Isms) -> BandCounts:
    """Count the risks of a state by band.

    Bands are those of the methods that the state itself holds; where it has none of a version, those registered in the
    ISMS today, because a version does not change.
    """
    risks = [entry for entry in state.entries.values() if entry.kind == Risk.KIND.name and entry.data.get("status") != "retired"]
    methods = {entry.id: _method(entry) for entry in state.entries.values() if entry.kind == RiskMethod.KIND.name}
    known = {**isms.entries, **methods}
    rows = [(method_of(entry.data.get("method_version"), known), entry.data) for entry in risks]
    return BandCounts(
        _count((method, data.get("level")) for method, data in rows), _count((method, data.get("residual_level")) for method, data in rows)
    )


def _method(entry: EntryState) -> RiskMethod:
    return RiskMethod.model_validate({"id": entry.id, "bands": entry.data.get("bands") or ()})


def _count(levels: Iterable[tuple[RiskMethod, int | None]]) -> dict[str, int]:
    return dict(Counter(method.band(level) or UNRATED for method, level in levels))


def band_names(isms: Isms, counts: Iterable[BandCounts]) -> list[str]:
    """Return the names of all bands that counts may hold, the lowest first, those of the newest method before others."""
    methods = sorted(isms.of(RiskMethod), key=lambda method: (str(method.valid_from or ""), method.id), reverse=True)
    registered = [band.name for method in methods for band in method.bands if band.name]
    counted = sorted({name for count in counts for name in (*count.current, *count.residual)} - {UNRATED})
    return [*dict.fromkeys((*registered, *counted)), UNRATED]
