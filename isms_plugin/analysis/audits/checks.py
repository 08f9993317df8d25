"""What an auditor would object to in audits: independence and samples (clause 9.2.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from isms_plugin.analysis.audits.independence import involvements, looked_at
from isms_plugin.analysis.audits.sampling import Repeat, repeat
from isms_plugin.analysis.trace import Trace
from isms_plugin.model.audit import Audit
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.isms import Isms
from isms_plugin.model.people import Person

_NAMED: Final = 5
"""Ids that one message names."""


def check_audits(isms: Isms, _: Trace) -> Iterator[Diagnostic]:
    """Report auditors who audited what they answer for without a recorded reason, and draws that cannot be repeated."""
    for audit in isms.of(Audit):
        if audit.living:
            yield from _not_independent(isms, audit)
            yield from _not_repeatable(isms, audit)


def _not_independent(isms: Isms, audit: Audit) -> Iterator[Diagnostic]:
    """Report each auditor once, with everything of their own."""
    own: dict[str, list[str]] = defaultdict(list)
    for auditor, item, as_what, reason in involvements(isms, audit, looked_at(audit)):
        if not reason:
            own[auditor].append(f"{item} ({as_what})")
    for auditor, items in own.items():
        person = isms.get(Person, auditor)
        rest = len(items) - _NAMED
        told = ", ".join(items[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")
        yield Diagnostic(
            code="auditor-not-independent",
            message=f"{audit.id}: {auditor}{f' ({person.name})' if person else ''} audits and answers for {told}",
            hint="have somebody else look at them, or record in `own_work` why it counts nevertheless",
            entry=audit.id,
            place=isms.place(audit).at("auditors", audit.auditors.index(auditor)),
        )


def _not_repeatable(isms: Isms, audit: Audit) -> Iterator[Diagnostic]:
    for position, sample in enumerate(audit.samples):
        found = repeat(isms, sample)
        if found.outcome in (Repeat.OTHER, Repeat.IMPOSSIBLE):
            yield Diagnostic(
                code="sample-not-repeatable",
                message=f"{audit.id}: the draw from {sample.population or 'an unnamed population'} {found.outcome.value}: {found.why}",
                hint="complete it as `isms audit sample` writes it, or take the seed away and say in `method` how it was drawn"
                if found.outcome is Repeat.IMPOSSIBLE
                else "record what was drawn, or say in `method` how it was drawn and take the seed away",
                entry=audit.id,
                place=isms.place(audit).at("samples", position),
            )
