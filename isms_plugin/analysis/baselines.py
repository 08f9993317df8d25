"""Baselines: what each holds, who vouches for it, and what changed from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from isms_plugin.analysis.changes import Changes
from isms_plugin.analysis.risk.trend import BandCounts
from isms_plugin.analysis.soa.issued import SoaVersion
from isms_plugin.model.control import ControlDecision
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.history import Baseline
from isms_plugin.model.isms import Isms
from isms_plugin.model.people import Person
from isms_plugin.model.risk import Risk
from isms_plugin.model.signing import SigningKey
from isms_plugin.model.state import State

COUNTED: Final[tuple[tuple[type[Entry], str], ...]] = (
    (Document, "Documents"), (ControlDecision, "Controls included"), (Risk, "Risks"), (Evidence, "Evidence"),
)  # fmt: skip
"""Kinds whose number tells how large a state is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """One baseline, and what changed since the one before; there is none before the first."""

    baseline: Baseline
    signature: str
    counts: Mapping[str, int]
    changes: Changes | None = None
    bands: BandCounts | None = None
    """Its risks by the band of their levels."""
    soa: SoaVersion | None = None
    """Version of the statement of applicability that it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Baselines:
    """All baselines, newest first, with what changed since the newest and since the last audit."""

    frozen: tuple[Frozen, ...] = ()
    since: Changes | None = None
    audit: Changes | None = None
    audited: str = ""
    """Name of the baseline of the last audit; where `audit` is None, there is none of that name here."""
    gap: str = ""
    """Why some or all may be missing; empty when all are here."""


NO_BASELINES: Final = Baselines()
"""Where nobody has made one."""


def counts(state: State) -> dict[str, int]:
    """Return how many entries of the main kinds are in force or drafted, by the name of the kind; of controls, those included."""
    found = dict.fromkeys((declaration.KIND.name for declaration, _ in COUNTED), 0)
    for entry in state.entries.values():
        retired = entry.data.get("status") in ("retired", "withdrawn")
        excluded = entry.kind == ControlDecision.KIND.name and entry.data.get("decision") != "included"
        if entry.kind in found and not retired and not excluded:
            found[entry.kind] += 1
    return found


def signature_words(isms: Isms, baseline: Baseline) -> str:
    """Return what is known of the signature of a tag, and whose it is."""
    signature = baseline.signature
    if signature.state == "none":
        return "not signed"
    if signature.state != "good":
        word = "signature is not valid" if signature.state == "bad" else "signature could not be verified"
        return f"{word}: {signature.told}" if signature.told else word
    keys = [key for key in isms.of(SigningKey) if key.identifier == signature.key]
    key = next((key for key in keys if key.valid(baseline.date.date())), None)
    if key is None:
        return f"signed with a key that did not count on that day: {keys[0].id}" if keys else "signed with a key that is not registered"
    person = isms.get(Person, key.person)
    return f"signed by {person.name if person else key.person or 'nobody'} ({key.id})"
