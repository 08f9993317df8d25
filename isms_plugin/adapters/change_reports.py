"""Baselines and what changed between them, as data, as text and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from isms_plugin.analysis.baselines import COUNTED, Baselines
from isms_plugin.analysis.changes import TEXT, Changes, EntryChange, FieldChange, InForce
from isms_plugin.analysis.documents.approvals import LEVELS
from isms_plugin.model.state import State

MARKED = "\\`*_{}[]#|~!"
"""Letters that mean something in Markdown."""


def baselines_data(baselines: Baselines) -> dict[str, Any]:
    """Return all baselines, newest first (schema isms-baselines/1)."""
    return {
        "schema": "isms-baselines/1",
        "complete": not baselines.gap,
        "reason": baselines.gap,
        "baselines": [
            {
                "name": frozen.baseline.name,
                "commit": frozen.baseline.commit,
                "date": frozen.baseline.date.isoformat(),
                "tagger": frozen.baseline.tagger,
                "signature": {"state": frozen.baseline.signature.state, "words": frozen.signature},
                "message": frozen.baseline.message,
                "counts": dict(frozen.counts),
            }
            for frozen in baselines.frozen
        ],
    }


def baselines_text(baselines: Baselines) -> str:
    """Return all baselines as lines to read."""
    lines = []
    for frozen in baselines.frozen:
        item = frozen.baseline
        lines.append(f"{item.name}  {item.date.date().isoformat()}  {item.tagger}  {frozen.signature}  {item.commit[:10]}")
        lines.append("    " + ", ".join(f"{frozen.counts[declaration.KIND.name]} {title.lower()}" for declaration, title in COUNTED))
        lines += [f"    {line}" for line in item.message.splitlines()[:1]]
    if not lines and not baselines.gap:
        lines.append("No baseline yet: `isms baseline create NAME` makes one.")
    return "\n".join(lines + [f"Incomplete: {baselines.gap}."] * bool(baselines.gap))


def changes_data(found: Changes) -> dict[str, Any]:
    """Return what changed as data (schema isms-changes/1)."""
    return {
        "schema": "isms-changes/1",
        "old": _state(found.old),
        "new": _state(found.new),
        "complete": not found.gap,
        "reason": found.gap,
        "total": found.total,
        "groups": [
            {"name": group.name, "title": group.title, "record": group.record, "changes": [_change(change) for change in group.changes]}
            for group in found.groups
        ],
    }


def _state(state: State) -> dict[str, Any]:
    return {
        "name": state.name,
        "commit": state.commit,
        "date": state.day.isoformat() if state.day else "",
        "could_not_be_read": list(state.faults),
    }


def _change(change: EntryChange) -> dict[str, Any]:
    approval = change.approval
    return {
        "change": change.change,
        "id": change.id,
        "kind": change.kind,
        "title": change.title,
        "fields": [
            {"field": field.key, "title": field.title, "old": field.old, "new": field.new}
            | ({"added": list(field.added), "removed": list(field.removed)} if field.added or field.removed else {})
            for field in change.fields
        ],
        "commits": [
            {"commit": revision.commit, "date": revision.date.isoformat(), "author": revision.author, "summary": revision.summary}
            for revision in change.commits
        ],
        "uncommitted": change.uncommitted,
        "approval": None
        if approval is None
        else {
            "record": approval.record, "person": approval.person, "date": approval.day, "level": approval.level,
            "same_text": approval.same_text,
        },
    }  # fmt: skip


def changes_text(found: Changes) -> str:
    """Return what changed as lines to read."""
    lines = [f"Changes from {_label(found.old)} to {_label(found.new)}: {found.counted}."]
    if found.gap:
        lines.append(f"Authors and commits are incomplete: {found.gap}.")
    lines += [f"Could not be read in {label}: {fault}" for label, faults in found.unread for fault in faults]
    for group in found.groups:
        lines += ["", group.title] if group.changes else []
        for change in group.changes:
            lines.append(f"  {change.change} {_named(change)}")
            lines += [f"      {field.title}: {_values(field)}" for field in change.fields if change.change == "changed"]
            lines += [f"      {line}" for line in _made(found, change)]
    return "\n".join((*lines, *_unchanged(found)))


def changes_markdown(found: Changes) -> str:
    """Return what changed as Markdown, for a pull request or minutes."""
    lines = [f"# Changes from {_plain(_label(found.old))} to {_plain(_label(found.new))}", "", f"{found.counted}."]
    if found.gap:
        lines += ["", f"Authors and commits are incomplete: {_plain(found.gap)}."]
    for label, faults in found.unread:
        lines += ["", f"Could not be read in {_plain(label)}:", "", *(f"- {_plain(fault)}" for fault in faults)]
    for group in found.groups:
        lines += ["", f"## {group.title}", ""] if group.changes else []
        for change in group.changes:
            lines.append(f"- **{_plain(_named(change))}** {change.change}")
            lines += [f"    - {_plain(field.title)}: {_marked(field)}" for field in change.fields if change.change == "changed"]
            lines += [f"    - {_plain(line)}" for line in _made(found, change)]
    return "\n".join((*lines, *_unchanged(found)))


def _unchanged(found: Changes) -> Iterator[str]:
    """Yield the groups in which nothing changed, which is an answer too."""
    empty = [group.title for group in found.groups if not group.changes]
    if empty:
        yield from ("", f"No change: {', '.join(empty)}.")


def _label(state: State) -> str:
    told = [state.day.isoformat()] if state.day else []
    told += [state.commit[:10]] if state.commit and not state.commit.startswith(state.label) else []
    return f"{state.label} ({', '.join(told)})" if told else state.label


def _named(change: EntryChange) -> str:
    return change.id if change.title == change.id else f"{change.id} {change.title}"


def _values(field: FieldChange) -> str:
    if _is_text(field):
        return "changed"
    if (field.added or field.removed) and None not in (field.old, field.new):
        return ", ".join([*(f"+{_line(item)}" for item in field.added), *(f"-{_line(item)}" for item in field.removed)])
    return f"{_shown(field.old)} -> {_shown(field.new)}"


def _marked(field: FieldChange) -> str:
    if _is_text(field):
        return "changed"
    if (field.added or field.removed) and None not in (field.old, field.new):
        marked = [*(f"<del>{_plain(item)}</del>" for item in field.removed), *(f"<ins>{_plain(item)}</ins>" for item in field.added)]
        return " ".join(marked)
    return f"{_plain(_shown(field.old))} → {_plain(_shown(field.new))}"


def _is_text(field: FieldChange) -> bool:
    return field.key == TEXT and field.title == "Text"


def _shown(value: str | None) -> str:
    return "could not be read" if value is None else _line(value) or "none"


def _line(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    """Return a text as one line of Markdown that means nothing else."""
    return "".join(f"\\{letter}" if letter in MARKED else letter for letter in escape(_line(text), quote=False))


def _made(found: Changes, change: EntryChange) -> Iterator[str]:
    """Yield who did it and when, and which approval is in force."""
    if change.uncommitted:
        yield "not committed yet"
    for revision in change.commits:
        yield f"{revision.author}, {revision.date.date().isoformat()}, {revision.short} {revision.summary}"
    if not change.commits and not change.uncommitted:
        yield f"commit unknown: {found.gap}" if found.gap else "commit unknown"
    if change.approval is not None:
        yield _in_force(change.approval)
    elif change.kind == "document" and change.change != "removed":
        yield "no approval on record"


def _in_force(approval: InForce) -> str:
    level = "level unknown" if approval.level is None else f"level {approval.level}: {LEVELS[approval.level]}"
    earlier = "" if approval.same_text else " of an earlier text"
    return f"approval in force{earlier}: {approval.record}, {approval.person or 'unknown'}, {approval.day or 'no date'} ({level})"
