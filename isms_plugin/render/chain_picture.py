"""The chain through an entry as a picture with links: inline SVG without script, and the same as a list for whoever cannot see it.

A picture with links is a group, not an image: an image would hide its links from screen readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, NamedTuple

from isms_plugin.analysis.chain import COLUMNS, Chain
from isms_plugin.model.control import Control
from isms_plugin.model.entry import Entry
from isms_plugin.render.environment import View
from isms_plugin.render.page import part

MATRIX: Final = "traceability/matrix.md"

_MOST: Final = 6
"""Boxes in a column; of more the last one counts the rest."""
_LINES: Final = 80
"""Lines that are drawn, those of the entry itself first."""
_ASKED: Final = 4
"""Columns that the chain of a control always shows: where one is empty, a reader wants to know."""
_WIDTH, _HEIGHT, _ACROSS, _DOWN, _TOP = 132, 38, 27, 12, 24
_LETTERS: Final = 21
"""Letters of a name that fit into a box."""


class _Box(NamedTuple):
    column: int
    row: float
    """Counted from 0; columns with fewer boxes begin lower."""

    @property
    def x(self) -> int:
        return 1 + self.column * (_WIDTH + _ACROSS)

    @property
    def y(self) -> int:
        return _TOP + round(self.row * (_HEIGHT + _DOWN))

    @property
    def middle(self) -> int:
        return self.y + _HEIGHT // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    title: str
    shown: tuple[str, ...]
    rest: tuple[str, ...]

    @property
    def boxes(self) -> int:
        return max(len(self.shown) + bool(self.rest), 1)


def chain_parts(view: View, identifier: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return lines of Markdown and the part they mark, both empty where an entry is linked with nothing."""
    html = chain_block(view, identifier)
    return (("## Traceability", part("chain")), {"chain": html}) if html else ((), {})


def chain_block(view: View, identifier: str) -> str:
    """Return the chain through an entry as a figure; empty where there is nothing but the entry, or parts of it may be withheld."""
    if not view.shows("traceability"):
        return ""
    chain = view.chains.of(identifier)
    if chain.alone:
        return ""
    entry = view.facts.isms.entries[identifier]
    columns = _columns(chain, _ASKED if isinstance(entry, Control) else 0)
    name = f"From what calls for it to what shows it: {view.links.label(entry)}"
    links = _drawn(chain, columns)
    some = f'<p class="isms-chart-note">{_LINES} of {len(links)} lines are drawn.</p>' if len(links) > _LINES else ""
    return (
        f'<div class="isms-chain"><div class="isms-chain__scroll" tabindex="0" role="region" aria-label="{escape(name)}">'
        f"{_picture(view, chain, columns, links[:_LINES], name)}</div>{some}"
        f'<details class="isms-chain__list"><summary>The same as a list</summary>{_list(view, chain)}</details></div>'
    )


def _drawn(chain: Chain, columns: Iterable[_Column]) -> list[tuple[str, str]]:
    """Return one link for each line: what a way through another entry draws already is left out, and what has no box shares one."""
    after: dict[str, set[str]] = {}
    before: dict[str, set[str]] = {}
    for left, right in chain.links:
        after.setdefault(left, set()).add(right)
        before.setdefault(right, set()).add(left)
    box = {name: column.rest[0] for column in columns for name in column.rest}
    lines: dict[tuple[str, str], tuple[str, str]] = {}
    for left, right in chain.links:
        if after[left].isdisjoint(before[right]):
            lines.setdefault((box.get(left, left), box.get(right, right)), (left, right))
    return list(lines.values())


def _columns(chain: Chain, asked: int) -> list[_Column]:
    found = []
    for number, (column, names) in enumerate(zip(COLUMNS, chain.columns, strict=True)):
        if names or number < asked:
            cut = len(names) if len(names) <= _MOST else _MOST - 1
            title = f"{column.title} ({len(names)})" if len(names) > 1 else column.title
            found.append(_Column(title=title, shown=names[:cut], rest=names[cut:]))
    return found


def _picture(view: View, chain: Chain, columns: Sequence[_Column], links: Iterable[tuple[str, str]], name: str) -> str:
    tallest = max(column.boxes for column in columns)
    boxes: dict[str, _Box] = {}
    body: list[str] = []
    for number, column in enumerate(columns):
        first = (tallest - column.boxes) / 2
        boxes |= {key: _Box(number, first + row) for row, key in enumerate(column.shown)}
        boxes |= dict.fromkeys(column.rest, _Box(number, first + len(column.shown)))
        body.append(f'<text class="isms-chart__axis" x="{_Box(number, 0).x}" y="12">{escape(column.title)}</text>')
        body += (_node(view, chain, key, boxes[key]) for key in column.shown)
        body += _last(chain, column, _Box(number, first + len(column.shown)))
    width = len(columns) * (_WIDTH + _ACROSS) - _ACROSS + 2
    height = _Box(0, tallest).y - _DOWN + 2
    places = [((tallest - column.boxes) / 2, column.boxes) for column in columns]
    return (
        f'<svg class="isms-chart isms-chain__picture" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group" '
        f'aria-labelledby="chain-title"><title id="chain-title">{escape(name)}</title>'
        f'<path class="isms-chain__lines" d="{"".join(_lines(links, boxes, places))}"/>{"".join(body)}</svg>'
    )


def _node(view: View, chain: Chain, identifier: str, box: _Box) -> str:
    entry = view.facts.isms.entries[identifier]
    label, name = view.links.label(entry), view.name(entry)
    told = f"{label} {name}" if label != name else name
    second = name if label != name else entry.KIND.title
    inside = (
        f"<title>{escape(told)}</title>"
        f'<rect x="{box.x}" y="{box.y}" width="{_WIDTH}" height="{_HEIGHT}" rx="3"/>'
        f'<text x="{box.x + 8}" y="{box.y + 16}" class="isms-chain__id">{escape(_cut(label, _LETTERS - 5))}</text>'
        f'<text x="{box.x + 8}" y="{box.y + 30}">{escape(_cut(second, _LETTERS))}</text>'
    )
    if identifier == chain.anchor:
        return f'<g class="isms-chain__here">{inside}</g>'
    return f'<a href="isms:{escape(identifier)}">{inside}</a>'


def _last(chain: Chain, column: _Column, box: _Box) -> Iterator[str]:
    """Yield the box that counts what has no box of its own, or says that there is nothing."""
    place = f'x="{box.x}" y="{box.y}" width="{_WIDTH}" height="{_HEIGHT}" rx="3"'
    words = f'x="{box.x + 8}" y="{box.y + 23}"'
    if column.rest:
        target = "#relations" if chain.direct.issuperset(column.rest) else f"isms:{MATRIX}"
        yield f'<a class="isms-chain__more" href="{target}"><rect {place}/><text {words}>+ {len(column.rest)} more</text></a>'
    elif not column.shown:
        yield f'<g class="isms-chain__none"><rect {place}/><text {words}>none</text></g>'


def _lines(links: Iterable[tuple[str, str]], boxes: Mapping[str, _Box], columns: Sequence[tuple[float, int]]) -> Iterator[str]:
    pairs = dict.fromkeys((boxes[left], boxes[right]) for left, right in links)
    for left, right in pairs:
        x, y = left.x + _WIDTH, left.middle
        yield f"M{x} {y}"
        for column in range(left.column + 1, right.column):
            # a line that passes a column runs between its boxes, not behind one
            start, gap = _Box(column, 0).x, _gap(right, *columns[column])
            yield f"{_bend(x, y, start, gap)}h{_WIDTH}"
            x, y = start + _WIDTH, gap
        yield _bend(x, y, right.x, right.middle)


def _gap(right: _Box, top: float, count: int) -> int:
    """Return the height at which a line passes a column: the gap nearest to where it goes; `top` is the row of its first box."""
    if right.row <= top - 1 or right.row >= top + count:
        return right.middle
    return _Box(0, top + max(round(right.row - top), 0)).y - _DOWN // 2


def _bend(x: int, y: int, to_x: int, to_y: int) -> str:
    half = (x + to_x) // 2
    return f"C{half} {y} {half} {to_y} {to_x} {to_y}"


def _cut(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def _list(view: View, chain: Chain) -> str:
    onward: dict[str, list[str]] = {}
    for left, right in chain.links:
        onward.setdefault(left, []).append(right)
    columns = (
        f"<li><strong>{escape(column.title)}</strong><ul>{''.join(_items(view, chain, names, onward))}</ul></li>"
        for column, names in zip(COLUMNS, chain.columns, strict=True)
        if names
    )
    return f"<ul>{''.join(columns)}</ul>"


def _items(view: View, chain: Chain, names: Iterable[str], onward: Mapping[str, Sequence[str]]) -> Iterator[str]:
    names = list(names)
    shown = names if len(names) <= _MOST * 3 else names[: _MOST * 3 - 1]
    for identifier in shown:
        entry = view.facts.isms.entries[identifier]
        answers = ", ".join(view.links.label(view.facts.isms.entries[right]) for right in onward.get(identifier, ())[: _MOST * 2])
        yield f"<li>{_told(view, chain, entry)}{'; leads to ' + escape(answers) if answers else ''}</li>"
    if len(shown) < len(names):
        yield f"<li>and {len(names) - len(shown)} more</li>"


def _told(view: View, chain: Chain, entry: Entry) -> str:
    label, name = view.links.label(entry), view.name(entry)
    shown = f"<strong>{escape(label)}</strong>" if entry.id == chain.anchor else view.links.to(entry.id)
    person = view.facts.isms.entries.get(view.chains.owners.get(entry.id, ""))
    return shown + (f" {escape(name)}" if name != label else "") + (f"; owner {escape(person.name)}" if person else "")
