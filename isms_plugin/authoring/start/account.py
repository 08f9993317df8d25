"""What `isms init --from` tells before it writes: what it found and where, what it adds, and what people have to fill in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from isms_plugin.authoring.start.document_set import Plan
from isms_plugin.authoring.start.sheets import Sheet, control_fields
from isms_plugin.export.check_formats.printable import printable
from isms_plugin.model.document import Document
from isms_plugin.model.fields import fields_of

_ANSWERS: Final = {"information-security-policy.md": "policy", "scope.md": "scope", "statement-of-applicability.md": "soa"}
"""Documents that a certification body asks for by name, and the word by which control data says so."""


def account(plan: Plan) -> Iterator[str]:
    """Return everything about a plan as lines of text; what files hold is shown and never obeyed."""
    return map(printable, _lines(plan))


def _lines(plan: Plan) -> Iterator[str]:
    count = f"{len(plan.sheets)} document{'s' if len(plan.sheets) != 1 else ''}"
    yield count if plan.in_place else f"{count}, to lie in {plan.folder}/"
    for sheet in plan.sheets:
        yield ""
        yield from _found(plan, sheet)
    yield from _listed("Added; documents and entries are drafts", _grouped(plan.added))
    yield from _listed("Not added, because a document is there", [f"{ours}: {theirs}" for ours, theirs in plan.covered.items()])
    yield from _listed("Not added, because a file of that name is there", _grouped(plan.kept))
    yield from _listed("Left out", [f"{path}: {why}" for path, why in plan.left_out])
    yield from _listed("To fill in by people", [line for sheet in plan.sheets for line in _open(plan, sheet)])


def _grouped(paths: tuple[str, ...]) -> list[str]:
    """Return paths, with hidden folders as one line each: what is in them was made for programs."""
    hidden = Counter(path.rpartition("/")[0] for path in paths if path.startswith(".") and "/" in path)
    shown = [path for path in paths if not path.startswith(".") or "/" not in path]
    return [*shown, *(f"{folder}/ ({count} files)" if count > 1 else f"{folder}/ (1 file)" for folder, count in hidden.items())]


def _listed(title: str, lines: tuple[str, ...] | list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield f"{title}:"
        yield from (f"  {line}" for line in lines)


def _found(plan: Plan, sheet: Sheet) -> Iterator[str]:
    """Tell what a document says of itself, with the lines in which it does."""
    if sheet.left:
        yield f"{sheet.path}: stays as it is: {sheet.left}"
        return
    yield f"{sheet.path} becomes {sheet.id}" if sheet.changed else f"{sheet.path}: {sheet.id}, which has its control data"
    fields, values = control_fields(sheet, plan.names[sheet.path]), sheet.lifting.values
    for name in plan.names[sheet.path]:
        if name.field in fields:
            yield _line(name.field, name.id, name.found.line, f"{name.found.label}: {name.found.value}")
    for key, value in fields.items():
        if key in values and value == values[key].value:
            yield _line(key, value, values[key].line, values[key].found)
        elif key == "title":
            yield f"  {key}: {value}   (name of the file)"
    if "changes" in fields:
        for change in sheet.lifting.history.changes:
            told = ", ".join(filter(None, (str(change.day or ""), change.author, change.note)))
            yield _line("changes", change.version, change.line, told)
    for refused in sheet.lifting.refused:
        yield f"  not taken, line {refused.line}: {refused.found} ({refused.why})"


def _line(key: str, value: object, line: int, found: str) -> str:
    shown = ", ".join(map(str, value)) if isinstance(value, list) else value
    return f"  {key}: {shown}   (line {line}: {found})"


def _open(plan: Plan, sheet: Sheet) -> Iterator[str]:
    """Tell what a document still lacks once it is in force, with what its text says of that."""
    if sheet.left:
        yield f"{sheet.path}: {sheet.left}"
        return
    fields = {**(sheet.text.data or {}), **control_fields(sheet, plan.names[sheet.path])}
    wanted = [spec.key for spec in fields_of(Document) if spec.need in ("always", "in force") and spec.key not in fields]
    said = {"owner": "owner", "approver_role": "approver", "next_review": "review_date"}
    hints = [f"{item.label} {item.value!r}, line {item.line}" for item in sheet.lifting.told if item.concept in map(said.get, wanted)]
    if wanted:
        yield f"{sheet.path}: {', '.join(wanted)}" + (f" (the text has {'; '.join(dict.fromkeys(hints))})" if hints else "")
    if sheet.unknown_keys:
        yield f"{sheet.path}: its front matter has keys that control data does not know: {', '.join(sheet.unknown_keys)}"
    for ours, theirs in plan.covered.items():
        word = _ANSWERS.get(ours.rpartition("/")[2])
        if theirs == sheet.path and word and "answers" not in fields:
            yield f"{sheet.path}: `answers: [{word}]`, if it is that document"
