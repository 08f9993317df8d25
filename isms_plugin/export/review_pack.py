"""The pack of a management review as Markdown for the meeting, and as data; the same facts give the same text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.management_review.moment import Line, lines
from isms_plugin.analysis.management_review.pack import Carried, Pack, Section
from isms_plugin.model.management_review import Answer
from isms_plugin.model.people import Person
from isms_plugin.render.plain_markdown import escaped


def review_markdown(facts: Facts, pack: Pack) -> str:
    """Return the pack as Markdown: head, what is missing, decisions, and each input with room for what the meeting says."""
    return "\n".join((*_head(facts, pack), *_missing(pack), *_decisions(pack), *_inputs(pack))).rstrip() + "\n"


def _head(facts: Facts, pack: Pack) -> Iterator[str]:
    review = pack.review
    yield f"# {escaped(f'{review.id} {review.name}')}\n"
    yield from (f"- {title}: {value}" for title, value in _facts(facts, pack) if value)
    commit = f" at commit {facts.history.head[:10]}" if facts.history.head else ""
    yield f"\nThe registers as of {pack.day}, as far as their dates tell; everything else is as registered on {facts.today}{commit}.\n"
    yield from (f"{title}: {escaped(' '.join(text.split()))}\n" for title, text in _texts(pack) if text)


def _facts(facts: Facts, pack: Pack) -> Iterator[tuple[str, object]]:
    review = pack.review
    yield "Held on", review.held_on
    yield "Planned for", review.planned
    yield "Looks back on", f"{pack.since} to {pack.day}" if pack.since else f"everything up to {pack.day}"
    yield "Chair", _person(facts, review.chair)
    yield "Attendees", ", ".join(_person(facts, attendee) for attendee in review.attendees)
    yield "Minutes", pack.sign_off + (f", by {_person(facts, review.approved_by)} on {review.approved_on}" if review.approved_by else "")


def _texts(pack: Pack) -> tuple[tuple[str, str | None], ...]:
    return ("Conclusion", pack.review.conclusion), ("Resources", pack.review.resources)


def _missing(pack: Pack) -> Iterator[str]:
    if pack.missing:
        yield "## Missing\n"
        yield from (f"- {escaped(told)}" for told in pack.missing)
        yield ""


def _decisions(pack: Pack) -> Iterator[str]:
    if pack.decisions:
        yield "## Decisions\n"
        yield from (_decision(item) for item in pack.decisions)
        yield ""


def _decision(item: Carried) -> str:
    named = f"{item.decision.action}, " if item.decision.action else ""
    return f"- {escaped(item.decision.text or '')} ({named}{item.words}{', overdue' if item.late else ''})"


def _inputs(pack: Pack) -> Iterator[str]:
    yield "## Inputs\n"
    for section in pack.sections:
        yield f"### {section.input.title} (9.3.2 {section.input.letter})\n"
        yield f"{escaped(section.found.summary)}\n"
        yield from (f"- {_line(line)}" for line in lines(section.found.items))
        if section.found.items:
            yield ""
        yield from (f"- Missing: {escaped(told)}" for told in section.missing)
        if section.missing:
            yield ""
        yield from (f"The review: {_answer(answer)}\n" for answer in section.answers)
        if not section.answers:
            yield "The review: \\_\\_\\_\n"
    yield from (f"Further: {_answer(answer)}\n" for answer in pack.others)


def _line(line: Line) -> str:
    named = ", ".join(f"{entry.id} {entry.name}" if entry.name != entry.id else entry.id for entry in line.entries)
    return escaped(f"{named}: {line.words}") + (" **late**" if line.late else "")


def _answer(answer: Answer) -> str:
    refs = f" ({', '.join(answer.refs)})" if answer.refs else ""
    return escaped(answer.summary or "") + refs


def _person(facts: Facts, identifier: str | None) -> str:
    person = facts.isms.get(Person, identifier)
    return escaped(person.name) if person else identifier or ""


def review_json(facts: Facts, pack: Pack) -> str:
    """Return the pack as data, schema isms-management-review/1."""
    review = pack.review
    data = {
        "schema": "isms-management-review/1",
        "id": review.id,
        "title": review.name,
        "as_of": pack.day.isoformat(),
        "registered_as_of": facts.today.isoformat(),
        "commit": facts.history.head,
        "since": pack.since.isoformat() if pack.since else None,
        "planned": review.planned.isoformat() if review.planned else None,
        "held_on": review.held_on.isoformat() if review.held_on else None,
        "chair": review.chair,
        "attendees": review.attendees,
        "sign_off": pack.sign_off,
        "inputs": [_section_data(section) for section in pack.sections],
        "further": [_answer_data(answer) for answer in pack.others],
        "decisions": [_decision_data(item) for item in pack.decisions],
        "missing": pack.missing,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _section_data(section: Section) -> dict[str, Any]:
    return {
        "input": section.input.name,
        "clause": f"9.3.2 {section.input.letter}",
        "registers": section.found.summary,
        "items": [
            {"entry": item.entry.id, "kind": item.entry.KIND.name, "title": item.entry.name, "state": item.words, "late": item.late}
            for item in section.found.items
        ],
        "answers": [_answer_data(answer) for answer in section.answers],
        "missing": section.missing,
    }


def _answer_data(answer: Answer) -> dict[str, Any]:
    return {"summary": answer.summary, "refs": answer.refs}


def _decision_data(item: Carried) -> dict[str, Any]:
    return {"decision": item.decision.text, "action": item.decision.action, "state": item.words, "late": item.late}
