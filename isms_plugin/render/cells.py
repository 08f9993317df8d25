"""Values as table cells and as plain text, by what their declaration says."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Any

from pydantic import BaseModel

from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import FieldSpec, fields_of
from isms_plugin.model.profile import WITHHELD
from isms_plugin.render.addresses import Links
from isms_plugin.render.prose import Prose

CHIPS = ("classification", "status", "decision", "state", "criticality", "result", "treatment", "data_shared")
"""Fields whose few values are worth telling apart at a glance."""


_SHORT = 30
"""Texts up to this length stand in one line, separated by commas."""


def words(choice: str) -> str:
    """Return a choice as people write it."""
    return choice.replace("_", " ")


class Cells:
    """Makes HTML of values."""

    def __init__(self, links: Links, prose: Prose) -> None:
        self.links = links
        self.prose = prose

    def of(self, entry: Entry, spec: FieldSpec) -> str:
        """Return the value of a field as HTML, empty when there is none; of what is withheld that it is, where it would be missed."""
        html = self.html(spec, getattr(entry, spec.name))
        missed = not html and (spec.table or spec.need != "optional") and spec.name in self.links.isms.withheld_from(entry)
        told = missed and not self.links.isms.counted_only(entry)  # else its title says it for the whole
        return f'<span class="isms-none">{WITHHELD}</span>' if told else html

    def html(self, spec: FieldSpec, value: Any) -> str:
        """Return a value as HTML."""
        if value is None or value in ((), ""):
            return ""
        if spec.many:
            items = [self._single(spec, item) for item in value]
            return ", ".join(items) if spec.ref or spec.choices else _list(items)
        return self._single(spec, value)

    def _single(self, spec: FieldSpec, value: Any) -> str:
        if spec.ref:
            return self.links.to(value)
        if spec.form == "Markdown":
            return self.prose.inline(value)
        if isinstance(value, BaseModel):
            return self._part(value)
        if spec.choices:
            return chip(value) if spec.name in CHIPS else escape(words(value))
        if isinstance(value, date):
            return day(value)
        if spec.form == "code":
            return f"<code>{escape(value)}</code>"
        if spec.form == "place":
            return self._place(value)
        return escape(plain_value(value))

    def _place(self, value: str) -> str:
        if value in self.links.isms.files:
            return f'<a href="isms:{escape(value)}">{escape(value)}</a>'
        if value.startswith(("https://", "http://")):
            return f'<a href="{escape(value)}">{escape(value)}</a>'
        return escape(value)

    def _part(self, value: BaseModel) -> str:
        inner = ((field, self.html(field, getattr(value, field.name))) for field in fields_of(type(value)))
        return "; ".join(html for _, html in inner if html)


def chip(value: str) -> str:
    """Return a choice with a mark of its own; the word carries the meaning, the colour only repeats it."""
    return f'<span class="isms-chip isms-chip--{escape(value)}">{escape(words(value))}</span>'


def day(value: date | None) -> str:
    """Return a date as HTML, empty when there is none."""
    return f"<time>{value.isoformat()}</time>" if value else ""


def _list(items: list[str]) -> str:
    if len(items) == 1 or max(map(len, items)) < _SHORT:
        return ", ".join(items)
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def plain_value(value: Any) -> str:
    """Return a single value as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:g}" if isinstance(value, float) else str(value)


def plain(spec: FieldSpec, value: Any) -> str:
    """Return a value as text for files that spreadsheets read."""
    if value is None:
        return ""
    if spec.many:
        return "; ".join(_plain_single(item) for item in value)
    return _plain_single(value)


def _plain_single(value: Any) -> str:
    if isinstance(value, BaseModel):
        return ", ".join(filter(None, (plain(field, getattr(value, field.name)) for field in fields_of(type(value)))))
    return plain_value(value)
