"""What follows from a comparison: entries for what is missing, as drafts, and a finding that states the differences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from isms_plugin.analysis.completeness import missing_fields
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.reconciliation.checks import PLACEHOLDER
from isms_plugin.analysis.reconciliation.result import Difference, Reconciled, Unregistered
from isms_plugin.authoring.identifiers import numbered_ids
from isms_plugin.authoring.yaml_text import entry_yaml
from isms_plugin.errors import IsmsError
from isms_plugin.model.audit import Audit, AuditFinding
from isms_plugin.model.diagnostic import Place
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import field_map, references_of
from isms_plugin.model.improvement import Nonconformity
from isms_plugin.model.reconciliation import Reconciliation
from isms_plugin.model.table import folded
from isms_plugin.render.plain_markdown import escaped
from isms_plugin.sources.validation import read_entry
from isms_plugin.sources.yaml_reader import read_yaml

_TOLD: Final = 40
"""Differences that a finding lists; whoever reads more wants the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """An entry for something that is missing: its fields as they are written, and what of it is still open."""

    row: Mapping[str, Any]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What was compared, so that anybody can tell whether she has the same file; none of its content."""

    name: str
    sha256: str


def proposals(facts: Facts, declaration: type[Entry], plan: Reconciliation, missing: Iterable[Unregistered]) -> list[Proposed]:
    """Return a draft for each missing thing, under the next free ids; what the register would not take is left out and told."""
    identifiers = numbered_ids(declaration.KIND.prefix, facts.isms.entries)
    return [_proposed(facts, declaration, plan, item, identifier) for item, identifier in zip(missing, identifiers, strict=False)]


def _proposed(facts: Facts, declaration: type[Entry], plan: Reconciliation, item: Unregistered, identifier: str) -> Proposed:
    fields = field_map(declaration)
    title = next(key for key, spec in fields.items() if spec.name == "title")
    given = {title: item.key, **item.values, **{name: _filled(text, item.cells) for name, text in plan.propose.items()}}
    values = {**given, "id": identifier, "status": "draft", "created": facts.today}
    row = {key: [value] if fields[key].many else value for key in fields if (value := values.get(key))}
    entry, faults = read_entry(declaration, read_yaml(entry_yaml(row)).value, Place())
    wrong = {str(fault.place.pointer[0]): fault.message for fault in faults}
    if entry is not None:
        wrong |= {
            str(ref.pointer[0]): f"{ref.target} does not exist" for ref in references_of(entry) if ref.target not in facts.isms.entries
        }
    kept = {key: value for key, value in row.items() if key not in wrong}
    last = declaration.model_validate(kept)
    lacks = [spec.key for spec in missing_fields(last.model_copy(update={"status": "active"}))]
    remarks = [f"{key} left out: {told}" for key, told in wrong.items()]
    return Proposed(row=kept, remarks=(*remarks, *([f"to be filled in: {', '.join(lacks)}"] if lacks else [])))


def _filled(text: str, cells: Mapping[str, str]) -> str:
    by_heading = {folded(heading): cell for heading, cell in cells.items()}
    return " ".join(PLACEHOLDER.sub(lambda found: by_heading.get(folded(found[1]), ""), text).split())


def finding(
    facts: Facts,
    declaration: type[Entry],
    plan: Reconciliation,
    result: Reconciled,
    export: Export,
    person: str,
    audit: str = "",
    evidence: str = "",
) -> tuple[type[Entry], dict[str, Any]]:
    """Return the kind and the fields of a draft that states the differences: of an audit a finding, else a nonconformity (10.2).

    Neither cells that name people nor the export itself are repeated. Raises IsmsError where there is no such audit.
    """
    kind = declaration.KIND
    made: type[Entry] = AuditFinding if audit else Nonconformity
    if audit and facts.isms.get(Audit, audit) is None:
        raise IsmsError(f"{audit}: no such audit in the register")
    number = len(result.differences)
    row: dict[str, Any] = {
        "id": next(numbered_ids(made.KIND.prefix, facts.isms.entries)),
        "title": f"{kind.plural} and {plan.export or 'an export'} differ in {number} {'case' if number == 1 else 'cases'}",
        "status": "draft",
        "requirement": requirement_of(declaration, plan),
        "facts": "\n".join(_facts(facts, declaration, result, export)),
        "created": facts.today,
        "evidence": [evidence] if evidence else [],
        "concerns": sorted({item.entry for item in result.differences if item.entry}),
    }
    by_kind = {"audit": audit, "found_on": facts.today} if audit else {"source": "self", "raised_by": person, "raised_on": facts.today}
    return made, row | by_kind


def compared(declaration: type[Entry], result: Reconciled) -> str:
    """Return how many entries and rows took part, in words."""
    kind = declaration.KIND
    entries = (kind.title if result.entries == 1 else kind.plural).lower()
    return f"{result.entries} {entries} and {result.compared} {'row' if result.compared == 1 else 'rows'}"


def requirement_of(declaration: type[Entry], plan: Reconciliation) -> str:
    """Return the control or clause that asks for the register; empty where neither mapping nor register names one."""
    clauses = declaration.KIND.clauses
    return plan.requirement or next((name for name in clauses if name.startswith("A.")), next(iter(clauses), ""))


def _facts(facts: Facts, declaration: type[Entry], result: Reconciled, export: Export) -> Iterator[str]:
    kind = declaration.KIND
    yield (
        f"{kind.plural} compared with {_code(export.name)} on {facts.today}: {compared(declaration, result)} "
        f"(SHA-256 {_code(export.sha256)})."
    )
    yield ""
    yield from (f"- {_fact(item)}" for item in result.differences[:_TOLD])
    rest = len(result.differences) - _TOLD
    if rest > 0:
        yield f"- and {rest} more; the comparison lists them all"


def _fact(item: Difference) -> str:
    """Return a difference as Markdown in which nothing that comes from the export means anything."""
    entry = f"[{item.entry}]" if item.entry else ""
    key = _code(item.key) if item.key and (item.entry or not item.personal) else ""
    rows = f" ({', '.join(_code(row) for row in item.rows[:3])})" if item.rows else ""
    subject = " ".join(filter(None, (entry, key))) or "a row"
    if item.sort == "disagrees":
        theirs = "another name" if item.personal else _code(item.exported) if item.exported else "nothing"
        return f"{subject}{rows}: {item.field} is {_code(item.registered) if item.registered else 'empty'}, the export says {theirs}"
    asked = f" [{item.requirement}]" if item.requirement else ""
    told = item.told.replace(repr(item.exported), "as the export says") if item.private and item.exported else item.told
    return f"{subject}{rows}: {escaped(' '.join(told.split()))}{asked}"


def _code(text: str) -> str:
    words = " ".join(text.replace("`", "'").split())
    return f"`{words}`"
