"""Values that a text itself puts a label to: bold or plain lines, and tables of two columns or of one row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from isms_plugin.authoring.start.marked_lines import MarkedLine
from isms_plugin.authoring.start.words import concept_of, empty

_LABEL: Final = r"[^\W\d_][\w /().-]{0,40}?"
_BOLD: Final = re.compile(
    rf"(\*\*|__)({_LABEL})\s*(:\s*\1|\1\s*:)\s*(.*?)\s*(?=\||·|<br|(?:\*\*|__){_LABEL}\s*:|(?:\*\*|__){_LABEL}(?:\*\*|__)\s*:|$)"
)
_PLAIN: Final = re.compile(rf"({_LABEL})\s*:\s+(.*)")
_BULLET: Final = re.compile(r"^(?:[-*+]|\d+[.)])\s+")
_LINK: Final = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_EMPHASIS: Final = re.compile(r"(\*\*|__|\*|(?<!\w)_|`)(.+?)(?:\1)(?!\w)")
_CELLS: Final = re.compile(r"(?<!\\)\|")
_RULE: Final = re.compile(r"^\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$")


class Found(NamedTuple):
    """A value with what it speaks of, its label, and the line in which it stands."""

    concept: str
    label: str
    value: str
    line: int


class Table(NamedTuple):
    """A table as cells without marks: its first row, and the others with the lines in which they stand."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    line: int
    history: bool


def plain(text: str) -> str:
    """Return a text as people read it: without emphasis, code marks, the places of links and line breaks."""
    text = _LINK.sub(r"\1", re.sub(r"<br\s*/?>", " ", text))
    while (less := _EMPHASIS.sub(r"\2", text)) != text:
        text = less
    return " ".join(text.replace("\\|", "|").split()).rstrip("\\").strip()


def labelled_values(lines: Sequence[MarkedLine]) -> list[Found]:
    """Return everything in the lines that has a label of ours and a value, in the order of the text; versions of a history are left out."""
    found = [item for line in lines if "|" not in line.text[:1] for item in _of_line(line)]
    for table in tables(lines):
        if not is_history(table):
            found += _of_table(table)
    return sorted((item for item in found if not empty(item.value)), key=lambda item: item.line)


def _of_line(line: MarkedLine) -> Iterator[Found]:
    text = _BULLET.sub("", line.text)
    bold = list(_BOLD.finditer(text))
    if bold:
        pairs = [(match[2], match[4]) for match in bold]
    else:
        match = _PLAIN.fullmatch(plain(text))
        pairs = [(match[1], match[2])] if match else []
    for label, value in pairs:
        concept = concept_of(label)
        if concept:
            yield Found(concept, plain(label), plain(value), line.number)


def tables(lines: Sequence[MarkedLine]) -> list[Table]:
    """Return the tables in the lines."""
    found: list[Table] = []
    block: list[MarkedLine] = []
    for line in (*lines, MarkedLine(0, "", history=False)):
        if "|" in line.text and (line.text.startswith("|") or block or _CELLS.search(line.text)):
            block.append(line)
            continue
        if len(block) > 1 and _RULE.match(block[1].text):
            rows = tuple((row.number, _cells(row.text)) for row in block[2:])
            found.append(Table(_cells(block[0].text), rows, block[0].number, block[0].history))
        block = []
    return found


def _cells(row: str) -> tuple[str, ...]:
    return tuple(plain(cell) for cell in _CELLS.split(row.strip().removeprefix("|").removesuffix("|")))


def is_history(table: Table) -> bool:
    """Whether a table lists versions: by its columns, and by its heading or the number of its rows."""
    concepts = {concept_of(cell) for cell in table.header}
    return "version" in concepts and bool(concepts & {"date", "updated", "note"}) and (table.history or len(table.rows) > 1)


def _of_table(table: Table) -> Iterator[Found]:
    known = [concept_of(cell) for cell in table.header]
    if len(table.header) > 2 and len(table.rows) == 1 and all(known):
        yield from _pairs(table.rows[0][0], zip(table.header, table.rows[0][1], strict=False))
        return
    if len(table.header) in (2, 4):
        for line, cells in ((table.line, table.header), *table.rows):
            yield from _pairs(line, zip(cells[::2], cells[1::2], strict=False))


def _pairs(line: int, pairs: Iterator[tuple[str, str]]) -> Iterator[Found]:
    for label, value in pairs:
        concept = concept_of(label)
        if concept:
            yield Found(concept, label, value, line)
