"""A request for evidence that a colleague can answer without knowing the standard or this program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from isms_plugin.analysis.evidence.state import Check, State
from isms_plugin.analysis.facts import Facts
from isms_plugin.errors import IsmsError
from isms_plugin.model.cadence import Period
from isms_plugin.model.control import ControlDecision
from isms_plugin.model.entry import Entry
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.people import Person

_GOOD: Final = (State.CURRENT, State.EXPIRING, State.FOLLOWED, State.ELSEWHERE)
_SAMPLE: Final = 5
"""Items asked for when there was no sample before; auditors take three to five for each trail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Who is asked for what, for which days; `examples` are kinds of good evidence by control, in our own words."""

    target: str
    to: str
    period: Period
    examples: dict[str, Any]


def request_text(facts: Facts, request: Request, *, markdown: bool) -> str:
    """Return the request; raises IsmsError where the entry or the person does not exist."""
    entry = facts.isms.entries.get(request.target)
    person = facts.isms.get(Person, request.to)
    if entry is None:
        raise IsmsError(f"{request.target} does not exist")
    if request.to and person is None:
        raise IsmsError(f"{request.to} is nobody in the register of people")
    example = request.examples.get(entry.id, {})
    last = last_good(facts, entry.id, example.get("kinds", ()))
    sections = [
        ("What it is about", _about(facts, entry)),
        ("Which days", [f"{_days(request.period)}. Everything that happened on these days counts, not only what went well."]),
        ("What to send", _wanted(last, example)),
        ("What good evidence looks like", _looks_like(last, example)),
        ("What not to send", _NOT),
        ("How to answer", _answer(entry, request, last, example)),
    ]
    title = f"Request for evidence: {entry.id} {entry.name}"
    head = [f"# {title}" if markdown else title, "", f"Dear {person.name},", ""] if person else [f"# {title}" if markdown else title, ""]
    return "\n".join([*head, *(line for section in sections for line in _section(*section, markdown=markdown))]).rstrip() + "\n"


def last_good(facts: Facts, target: str, kinds: Sequence[str] = ()) -> Evidence | None:
    """Return the newest evidence for an entry that an auditor would accept, of a kind that is best where there is some."""
    found = [
        evidence
        for evidence in facts.isms.of(Evidence)
        if target in evidence.proves and evidence.living and _accepted(facts, evidence.id) and evidence.taken_on
    ]
    best = [evidence for evidence in found if evidence.kind in kinds[:1]] or found
    return max(best, key=lambda evidence: (str(evidence.taken_on), evidence.id), default=None)


def _accepted(facts: Facts, identifier: str) -> bool:
    standing = facts.evidence[identifier]
    return standing.state in _GOOD and standing.check not in (Check.CHANGED, Check.MISSING)


_NOT: Final = [
    "No passwords, keys or tokens: where a picture or file shows one, take it out before sending and say so.",
    "No more personal data than needed: replace names by letters or staff numbers, leave out addresses and health.",
    "Nothing of customers. Nothing that was made or tidied up for this request.",
]


def _about(facts: Facts, entry: Entry) -> list[str]:
    lines = [f"{entry.id} {entry.name}."]
    decisions = [decision for decision in facts.isms.of(ControlDecision) if decision.control == entry.id and not decision.retired]
    lines += [f"How it is done here: {' '.join(decision.how.split())}" for decision in decisions[:1] if decision.how]
    return lines


def _wanted(last: Evidence | None, example: dict[str, Any]) -> list[str]:
    kinds = " or ".join(word.replace("_", " ") for word in example.get("kinds", ())) or ((last.kind if last else None) or "").replace(
        "_", " "
    )
    population = example.get("population") or "how many cases there were on these days"
    if last and last.sample is not None and last.sample == last.population:
        sample = "all of them, as last time"
    else:
        sample = f"{last.sample if last and last.sample else _SAMPLE} of them, chosen by whoever asks, not by you; all if there are fewer"
    lines = [f"Kind: {kinds}, as an export or report of the system itself; a screenshot only where there is no export."] if kinds else []
    return [*lines, f"Population: {population}.", f"Sample: {sample}."]


def _looks_like(last: Evidence | None, example: dict[str, Any]) -> list[str]:
    lines = [example["good"]] if example.get("good") else []
    if last:
        where = f", from {last.source}" if last.source else ""
        lines.append(f"Last time: {last.id} {last.name}, {_days(last.period) if last.period else last.taken_on}{where}.")
        lines += [" ".join(last.what.split())] if last.what else []
    return lines or ["A file that the system itself wrote, with the day, the whole list, and who made it."]


def _days(period: Period) -> str:
    return str(period.first) if period.first == period.last else str(period)


def _answer(entry: Entry, request: Request, last: Evidence | None, example: dict[str, Any]) -> list[str]:
    kind = (last.kind if last else None) or next(iter(example.get("kinds", ())), "report")
    method = (last.method if last else None) or "export"
    words = [
        "isms evidence add FILE",
        f"--for {entry.id}",
        f"--kind {kind}",
        f"--from {request.period.first}",
        f"--to {request.period.last}",
    ]
    words += [f"--taken-by {request.to}"] if request.to else []
    words += [f'--source "{last.source}"' if last and last.source else '--source "SYSTEM"', f"--method {method}"]
    words += [f"--every {last.every}"] if last and last.every else []
    words += ["--population N", "--sample N"]
    return ["Send the file to whoever asked, or register it yourself:", "", f"    {' '.join(words)}"]


def _section(title: str, lines: list[str], *, markdown: bool) -> list[str]:
    """Return a section; single lines stand as they are, several as a list, code apart."""
    head = [f"## {title}"] if markdown else [title, "-" * len(title)]
    plain = [line for line in lines if line and not line.startswith("    ")]
    code = [line for line in lines if line.startswith("    ")]
    told = [f"- {line}" for line in plain] if len(plain) > 1 else plain
    return [*head, *([""] if markdown else []), *told, *(["", *code] if code else []), ""]
