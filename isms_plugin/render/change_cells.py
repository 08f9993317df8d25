"""One change as cells of a table: what was before and after, who did it and when, who approved it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from isms_plugin.analysis.changes import TEXT, Changes, EntryChange, FieldChange, InForce
from isms_plugin.analysis.documents.approvals import LEVELS
from isms_plugin.model.fields import FieldSpec, field_map
from isms_plugin.model.history import Revision
from isms_plugin.render.cells import words
from isms_plugin.render.difference import difference
from isms_plugin.render.environment import View
from isms_plugin.render.tables import Row
from isms_plugin.render.version_pages import difference_uri

HEADINGS: Final = ("Entry", "Change", "Before and after", "Author, day and commit")
APPROVAL: Final = "Approval in force"

_LONG: Final = 60
"""Letters from which on two values are compared word by word."""


def change_row(view: View, found: Changes, change: EntryChange, *, approvals: bool) -> Row:
    """Return an entry that changed as a row; documents have a column for their approvals."""
    cells = [_entry(view, change), change.change, "".join(_fields(view, change)), _commits(found, change)]
    return Row(cells=[*cells, _approval(view, change)] if approvals else cells)


def _entry(view: View, change: EntryChange) -> str:
    entry = view.facts.isms.entries.get(change.id)
    # a row of the statement of applicability is known by the name of its control
    name = view.name(entry) if entry and entry.KIND.key else change.title
    link = view.links.to(change.id, change.id) if entry else escape(change.id)
    return link if name == change.id else f"{link}<br><small>{escape(name)}</small>"


def _fields(view: View, change: EntryChange) -> Iterator[str]:
    """Yield the fields as a list; of what was added those that registers show, since its own page has the rest."""
    specs = field_map(next(kind for kind in view.facts.isms.kinds if kind.KIND.name == change.kind))
    shown = [field for field in change.fields if change.change != "added" or _told(change, field, specs.get(field.key))]
    items = (f"<li><strong>{escape(field.title)}</strong> {_values(view, change, field, specs.get(field.key))}</li>" for field in shown)
    yield from ('<ul class="isms-changes">', *items, "</ul>") if shown else ()


def _told(change: EntryChange, field: FieldChange, spec: FieldSpec | None) -> bool:
    return spec is None or (spec.table and field.new != change.title)


def _values(view: View, change: EntryChange, field: FieldChange, spec: FieldSpec | None) -> str:
    if field.key == TEXT and spec is None:
        return {"added": "<ins>written</ins>", "removed": "<del>taken out</del>"}.get(change.change) or _changed_text(view, change, field)
    old, new = field.old, field.new
    if spec is not None and spec.many and (field.added or field.removed) and None not in (old, new):
        marked = [("del", item) for item in field.removed] + [("ins", item) for item in field.added]
        return " ".join(f"<{mark}>{_html(view, spec, item)}</{mark}>" for mark, item in marked)
    if old and new and max(len(old), len(new)) > _LONG:
        return difference(*(_block(view, spec, text) for text in (old, new)))
    shown = [_unread("before") if old is None else _marked("del", _html(view, spec, old))]
    shown += [_unread("after") if new is None else _marked("ins", _html(view, spec, new))]
    return " ".join(filter(None, shown))


def _changed_text(view: View, change: EntryChange, field: FieldChange) -> str:
    """Return a link to what is different, else to the document."""
    standing = view.facts.standings.get(change.id)
    if standing is None:
        return "changed"
    return f'<a href="isms:{escape(difference_uri(view, standing, field.new or "") or change.id)}">changed</a>'


def _unread(when: str) -> str:
    return f'<span class="isms-missing">{when}: could not be read</span>'


def _marked(mark: str, html: str) -> str:
    return f"<{mark}>{html}</{mark}>" if html else ""


def _html(view: View, spec: FieldSpec | None, text: str) -> str:
    if spec is not None and spec.ref and text:
        return view.links.to(text) if text in view.facts.isms.entries else escape(text)
    if spec is not None and spec.form == "code":
        return f"<code>{escape(text)}</code>" if text else ""
    return escape(words(text) if spec is not None and spec.choices else text)


def _block(view: View, spec: FieldSpec | None, text: str) -> str:
    if spec is not None and spec.form == "Markdown":
        return view.prose.block(text)
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in text.split("\n\n"))


def _commits(found: Changes, change: EntryChange) -> str:
    told = ["<small>not committed yet</small>"] if change.uncommitted else []
    told += [_commit(revision) for revision in change.commits]
    return "<br>".join(told) or f"<small>unknown{f': {escape(found.gap)}' if found.gap else ''}</small>"


def _commit(revision: Revision) -> str:
    day = f'<time datetime="{revision.date.isoformat()}">{revision.date.date().isoformat()}</time>'
    return f"{escape(revision.author)}, {day} <code>{revision.short}</code> <small>{escape(revision.summary)}</small>"


def _approval(view: View, change: EntryChange) -> str:
    if change.change == "removed":
        return ""
    if change.approval is None:
        return "<small>none on record</small>"
    return _in_force(view, change.approval)


def _in_force(view: View, approval: InForce) -> str:
    person = view.links.to(approval.person) if approval.person else "<small>unknown</small>"
    level = f"{approval.level}: {LEVELS[approval.level]}" if approval.level is not None else "Level unknown"
    earlier = "" if approval.same_text else '<br><span class="isms-missing">of an earlier text</span>'
    record = view.links.to(approval.record) if approval.record in view.facts.isms.entries else escape(approval.record)
    return f"{record}, {person}, <time>{escape(approval.day) or 'no date'}</time>{earlier}<br><small>{level}</small>"
