"""Evidence that a register was compared, whatever came of it: numbers and ids, and nothing of the export."""

from __future__ import annotations

import json
from collections.abc import Iterable

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.reconciliation.result import Difference, Reconciled
from isms_plugin.authoring.evidence_record import NewEvidence, Record, record_evidence
from isms_plugin.authoring.reconciliation_record import Export, compared, requirement_of
from isms_plugin.errors import IsmsError
from isms_plugin.model.entry import Entry
from isms_plugin.model.reconciliation import Reconciliation


def comparison_record(
    facts: Facts, declaration: type[Entry], plan: Reconciliation, result: Reconciled, export: Export, person: str, taken: Iterable[str]
) -> Record:
    """Return a piece of evidence for the control behind a register; `taken` are paths in the working tree.

    Raises IsmsError where the mapping names no control, or where a key looks like a secret or like personal data.
    """
    proves, kind = requirement_of(declaration, plan), declaration.KIND
    if not proves:
        raise IsmsError(f"the register {kind.register} names no clause or control; name one in the mapping with `requirement`")
    number = len(result.differences)
    cases = f"{number} {'difference' if number == 1 else 'differences'}, {len(result.ignored)} accepted before"
    values = {
        "title": f"{kind.plural} compared with {plan.export or export.name}",
        "owner": person,
        "for": (proves,),
        "kind": "report",
        "what": f"{compared(declaration, result)}: {cases}.",
        "taken_by": person,
        "source": plan.export or export.name,
        "method": "report",
        "classification": "internal",
        "every": plan.every,
        "population": result.compared,
        "sample": result.compared,
    }
    name = f"{kind.register}-compared-{facts.today}.json"
    found = record_evidence(facts, NewEvidence(name=name, content=_content(facts, declaration, result, export), values=values), taken)
    if found.exposures or found.row_exposures:
        told = "; ".join(str(item) for item in (*found.exposures, *found.row_exposures))
        raise IsmsError(f"the record would hold what does not belong there: {told}; use keys that are no secrets")
    return found


def _content(facts: Facts, declaration: type[Entry], result: Reconciled, export: Export) -> bytes:
    data = {
        "schema": "isms-comparison/1",
        "as_of": facts.today.isoformat(),
        "commit": facts.history.head,
        "register": declaration.KIND.register,
        "export": {"name": export.name, "sha256": export.sha256, "rows": result.rows},
        "compared": {"entries": result.entries, "rows": result.compared, "matched": result.matched, "together": dict(result.together)},
        "differences": [_data(item) for item in result.differences],
        "accepted": [_data(item) for item in result.ignored],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _data(item: Difference) -> dict[str, str]:
    """Return what a difference is about; its key only where no entry has it and it names nobody."""
    key = "" if item.entry or item.personal else item.key
    named = {"sort": item.sort, "entry": item.entry, "key": key, "field": item.field, "requirement": item.requirement}
    return {name: value for name, value in named.items() if value}
