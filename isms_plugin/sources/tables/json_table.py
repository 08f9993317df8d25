"""JSON as programs and their interfaces write it: a list of objects, or an object that holds one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from isms_plugin.errors import IsmsError
from isms_plugin.model.table import Row, Table
from isms_plugin.sources.tables.cell_text import cell_text

_DEEPEST: Final = 20
"""Levels inside a row; exports have three or four."""


def read_json(data: bytes, name: str, inside: str = "") -> Table:
    """Read a list of objects, keys inside of others as `user.email`; raises IsmsError where it cannot be read.

    Numbers stay as they are written. `inside` is the dotted way to the list; without it, the only list at the top.
    """
    try:
        # utf-8-sig: with or without BOM
        value = json.loads(data.decode("utf-8-sig"), parse_float=str, parse_int=str, parse_constant=str)
    except UnicodeDecodeError:
        raise IsmsError(f"{name}: text that is not UTF-8; save it as JSON in UTF-8") from None
    except ValueError as error:
        raise IsmsError(f"{name}: cannot be read as JSON: {error}") from None
    except RecursionError:
        raise IsmsError(f"{name}: nested deeper than any export needs") from None
    found: dict[str, None] = {}
    rows: list[tuple[int, dict[str, str]]] = []
    for number, item in enumerate(_list(value, name, inside), 1):
        if not isinstance(item, dict):
            raise IsmsError(f"{name}:item {number}: not an object with names and values")
        cells = dict(_cells(item, f"{name}:item {number}"))
        found.update(dict.fromkeys(cells))
        if any(cells.values()):
            rows.append((number, cells))
    headings = tuple(found)
    if not headings:
        raise IsmsError(f"{name}: the list is empty, so nobody knows its columns")
    return Table(
        name=name,
        headings=tuple(map(cell_text, headings)),
        rows=tuple(Row(f"item {number}", tuple(cells.get(heading, "") for heading in headings)) for number, cells in rows),
    )


def _list(value: Any, name: str, inside: str) -> list[Any]:
    for step in filter(None, inside.split(".")):
        value = value.get(step) if isinstance(value, dict) else None
    if isinstance(value, dict) and not inside:
        lists = {key: held for key, held in value.items() if isinstance(held, list)}
        if len(lists) > 1:
            raise IsmsError(f"{name}: holds more than one list ({', '.join(lists)}); say in the mapping with `list` which one")
        value = next(iter(lists.values()), None)
    if not isinstance(value, list):
        raise IsmsError(f"{name}: no list {'at ' + inside if inside else 'of objects'}; it has to be a list, or an object that holds one")
    return value


def _cells(value: Any, where: str, key: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Name and text of every value in a row; a list of single values is one, joined by `; `."""
    if depth > _DEEPEST:
        raise IsmsError(f"{where}: nested deeper than any export needs")
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _cells(inner, where, f"{key}.{name}" if key else name, depth + 1)
    elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        for position, inner in enumerate(value):
            yield from _cells(inner, where, f"{key}.{position}", depth + 1)
    else:
        yield key, "; ".join(map(_text, value)) if isinstance(value, list) else _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return cell_text(str(value))
