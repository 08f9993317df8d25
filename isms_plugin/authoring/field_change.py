"""What is to become of fields of one entry, and what the entry then says; nothing here knows how it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from isms_plugin.authoring.value_yaml import plain
from isms_plugin.errors import IsmsError
from isms_plugin.model.diagnostic import Pointer


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of one field; `pointer` leads to it from the entry.

    `set` puts a value in, `add` one more item into a list, `remove` takes an item out of it, `unset` the field as a whole.
    """

    pointer: Pointer
    action: Literal["set", "add", "remove", "unset"]
    value: Any = None
    before: tuple[str, ...] = ()
    """Keys that stand before a new one, where they are there; the later the nearer."""

    @property
    def name(self) -> str:
        """The field as people write it."""
        return ".".join(map(str, self.pointer))


def applied(data: Any, change: Change, pointer: Pointer | None = None) -> Any:
    """Return plain data with a change made; raises IsmsError where there is no place for it."""
    step, *rest = change.pointer if pointer is None else pointer
    if isinstance(data, dict) and rest and isinstance(data.get(step), dict | list):
        return {**data, step: applied(data[step], change, tuple(rest))}
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        if rest:
            return [applied(item, change, tuple(rest)) if position == step else item for position, item in enumerate(data)]
        if change.action == "set":
            return [plain(change.value) if position == step else item for position, item in enumerate(data)]
        if change.action == "unset":
            return [item for position, item in enumerate(data) if position != step]
    if not isinstance(data, dict) or rest or isinstance(step, int):
        raise IsmsError(f"{change.name}: there is nothing at this place; set what it stands in first")
    return _with_key(data, step, change)


def _with_key(data: Mapping[str, Any], key: str, change: Change) -> dict[str, Any]:
    if change.action == "set":
        return {**data, key: plain(change.value)}
    if change.action == "unset":
        if key not in data:
            raise IsmsError(f"{change.name}: is not there")
        return {name: value for name, value in data.items() if name != key}
    held = data.get(key)
    if held is not None and not isinstance(held, list):
        raise IsmsError(f"{change.name}: is no list where it stands; set it as a whole")
    if change.action == "add":
        if plain(change.value) in (held or ()):
            raise IsmsError(f"{change.name}: {shown(change.value)} is in it already")
        return {**data, key: [*(held or ()), plain(change.value)]}
    position = position_of(held or (), change)
    return {**data, key: [item for number, item in enumerate(held or ()) if number != position]}


def position_of(items: Iterable[Any], change: Change) -> int:
    """Return where the item stands that a change takes out; a mapping may name some of its fields. Raises IsmsError unless it is one."""
    wanted = plain(change.value)
    found = [position for position, item in enumerate(items) if _same(item, wanted)]
    if not found:
        raise IsmsError(f"{change.name}: {shown(change.value)} is not in it")
    if len(found) > 1:
        raise IsmsError(
            f"{change.name}: {shown(change.value)} is in it {len(found)} times; unset {change.name}.{found[0]} or another of them"
        )
    return found[0]


def _same(item: Any, wanted: Any) -> bool:
    if isinstance(item, dict) and isinstance(wanted, dict):
        return all(item.get(key) == value for key, value in wanted.items())
    return bool(item == wanted)


def shown(value: Any) -> str:
    """Return a value as messages show it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {shown(item)}" for key, item in value.items()) + "}"
    return f"[{', '.join(map(shown, value))}]" if isinstance(value, list) else str(value)
