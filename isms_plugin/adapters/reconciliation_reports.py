"""What a comparison found, as data and as lines to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.reconciliation.result import SORTS, Difference, Reconciled
from isms_plugin.authoring.reconciliation_record import Export, Proposed
from isms_plugin.model.diagnostic import Place
from isms_plugin.model.entry import Entry
from isms_plugin.model.reconciliation import Sort

_WORDS: Final[Mapping[Sort, str]] = {
    "not-registered": "not registered",
    "registered-otherwise": "registered otherwise",
    "not-in-export": "not in the export",
    "disagrees": "disagreeing",
    "condition": "against a condition",
    "ambiguous": "ambiguous",
    "no-key": "without a key",
}


def reconciliation_data(facts: Facts, declaration: type[Entry], result: Reconciled, export: Export) -> dict[str, Any]:
    """Return everything that was found (schema isms-reconcile/1); whatever names rows of the export is in it."""
    return {
        "schema": "isms-reconcile/1",
        "as_of": facts.today.isoformat(),
        "register": declaration.KIND.register,
        "export": {"name": export.name, "sha256": export.sha256, "rows": result.rows},
        "counts": {
            "rows": result.compared,
            "entries": result.entries,
            "matched": result.matched,
            "together": dict(result.together),
            "ignored": len(result.ignored),
        },
        "differences": [_data(item) for item in result.differences],
        "ignored": [_data(item) for item in result.ignored],
        "idle": list(result.idle),
    }


def _data(item: Difference) -> dict[str, Any]:
    return {
        "sort": item.sort,
        "key": item.key,
        "entry": item.entry or None,
        "place": _place(item),
        "rows": list(item.rows),
        "field": item.field or None,
        "registered": item.registered,
        "exported": item.exported,
        "requirement": item.requirement or None,
        "near": item.near or None,
        "told": item.told,
    }


def _place(item: Difference) -> str | None:
    return str(Place(item.place.path, item.place.line)) if item.place.path else None


def reconciliation_lines(declaration: type[Entry], result: Reconciled, export: Export) -> Iterator[str]:
    """Return a line for each difference, and one that counts them."""
    yield from map(_line, result.differences)
    yield from (f"{name} stands for {count} {'row' if count == 1 else 'rows'}." for name, count in result.together.items())
    yield from (f"ignore {key}: no difference has it any more; take it out of the mapping." for key in result.idle)
    counts = Counter(item.sort for item in result.differences)
    words = ", ".join(f"{counts[sort]} {_WORDS[sort]}" for sort in SORTS if counts[sort]) or "nothing differs"
    ignored = f"; {len(result.ignored)} ignored" if result.ignored else ""
    entries = (declaration.KIND.title if result.entries == 1 else declaration.KIND.plural).lower()
    rows = "row" if result.rows == 1 else "rows"
    yield f"{result.entries} {entries}, {result.compared} of {result.rows} {rows} of {export.name}: {words}{ignored}."


def _line(item: Difference) -> str:
    place, *rows = (*filter(None, (_place(item),)), *item.rows)
    subject = " ".join(dict.fromkeys(filter(None, (item.entry, item.key))))
    told = f"{subject}: {item.told}" if subject else item.told
    at = f" ({', '.join(rows)})" if rows else ""
    near = f"; {item.near} looks alike" if item.near else ""
    asked = f", {item.requirement}" if item.requirement else ""
    return f"{place}: {told}{at}{near} [{item.sort}{asked}]"


def proposal_lines(found: Sequence[Proposed]) -> Iterator[str]:
    """Return a line for each proposed entry: what it is and what is still open."""
    for item in found:
        open_points = "".join(f"\n    {remark}" for remark in item.remarks)
        yield f"proposed: {item.row['id']} {item.row.get('title') or item.row.get('name') or ''}".rstrip() + open_points
