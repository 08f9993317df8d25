"""Registers: YAML lists, or folders with a file for each entry, in YAML or in Markdown with front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any, Final

from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.document import is_markdown
from isms_plugin.model.entry import Entry
from isms_plugin.model.near import did_you_mean
from isms_plugin.model.nil_return import NilReturn
from isms_plugin.model.own_register import OwnRegister, declared
from isms_plugin.sources.cache import NO_CACHE, Cache
from isms_plugin.sources.markdown_reader import read_markdown
from isms_plugin.sources.snapshot import Snapshot, confined
from isms_plugin.sources.text import conflict, decode, without_markers
from isms_plugin.sources.validation import read_entry
from isms_plugin.sources.yaml_reader import Fault, YamlText, read_yaml

_ITEM: Final = re.compile(r"^( *)-(?:[ \t]|$)", re.MULTILINE)
_LARGE: Final = 1 << 16
"""Characters from which on reading a text again takes longer than fetching what it held."""

_YAML: Final = (".yml", ".yaml")

NIL: Final = "nil_return"
"""Key of an item that says that there was nothing to register."""


@dataclass(slots=True)
class Reading:
    """What was read so far; entries keep the order of their sources."""

    entries: list[tuple[Entry, Place]] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def add(self, other: Reading) -> None:
        """Add what was read of another file."""
        self.entries += other.entries
        self.diagnostics += other.diagnostics

    def fault(self, path: str, fault: Fault) -> None:
        """Keep a fault of a text as a diagnostic."""
        self.diagnostics.append(
            Diagnostic(code=fault.code, message=fault.message, hint=HINTS.get(fault.code, ""), place=Place(path, fault.line, fault.column))
        )


HINTS: Final[Mapping[str, str]] = {
    "unreadable-file": "save it as UTF-8 text",
    "conflict-marker": "decide which side holds and delete the marker lines",
    "yaml-syntax": "entries that can still be told apart were read",
    "yaml-alias": "write the value out at each place",
    "yaml-limit": "split the file or flatten the entry",
    "duplicate-key": "keep one of the two; the first was read",
    "front-matter": "begin and end the control data with a line of three hyphens",
    "front-matter-toml": "begin and end the control data with a line of three hyphens and write `key: value`",
}


def read_registers(snapshot: Snapshot, folder: str, kinds: tuple[type[Entry], ...], cache: Cache = NO_CACHE) -> Reading:
    """Read every register below a folder; what a large one holds is kept until its text changes."""
    registers = {declaration.KIND.register: declaration for declaration in kinds if declaration.KIND.register}
    folder = confined(folder)
    reading = Reading()
    for path in snapshot.paths(folder):
        inside = PurePosixPath(path).relative_to(folder)
        if not path.lower().endswith(_YAML) and not is_markdown(path):
            reading.diagnostics.append(_no_register(path))
            continue
        if inside.name.lower() == "readme.md" and read_markdown(snapshot.read(path)).data is None:
            continue  # it explains the folder
        name = inside.parts[0] if len(inside.parts) > 1 else inside.stem
        if name == OwnRegister.KIND.register:
            continue  # read before, since it says what the others hold
        declaration = registers.get(name)
        if declaration is None:
            reading.diagnostics.append(_unknown(name, path, registers))
        else:
            data = snapshot.read(path)
            reading.add(cache.hold(path, (declaration, data), partial(_read_file, data, path, declaration, cache)))
    return reading


def _read_file(data: bytes, path: str, declaration: type[Entry], cache: Cache = NO_CACHE) -> Reading:
    reading = Reading()
    if is_markdown(path):
        _read_markdown_entry(reading, data, path, declaration)
    else:
        _read_yaml_register(reading, data, path, declaration, cache)
    return reading


def read_own_registers(
    snapshot: Snapshot, folder: str, kinds: tuple[type[Entry], ...], cache: Cache = NO_CACHE
) -> tuple[tuple[type[Entry], ...], list[Diagnostic]]:
    """Return the kinds with those that the organization declares in the register of registers, and what is wrong with declarations."""
    files = [
        (path, snapshot.read(path))
        for path in snapshot.paths(folder)
        if path.lower().endswith(_YAML)
        and PurePosixPath(path).relative_to(confined(folder)).with_suffix("").parts[0] == OwnRegister.KIND.register
    ]
    return cache.hold("own registers", (files, kinds), partial(_own_registers, files, kinds))


def _own_registers(files: list[tuple[str, bytes]], kinds: tuple[type[Entry], ...]) -> tuple[tuple[type[Entry], ...], list[Diagnostic]]:
    reading = Reading()
    for path, data in files:
        reading.add(_read_file(data, path, OwnRegister))
    found = kinds
    for entry, place in reading.entries:
        if not isinstance(entry, OwnRegister) or entry.retired:
            continue
        made = declared(entry, found)
        if not isinstance(made, str):
            found = (*found, made)
            continue
        told, hint = f"register {entry.register_name}: {made}", "correct the declaration; until then the register is not read"
        reading.diagnostics.append(Diagnostic(code="register-declaration", message=told, hint=hint, entry=entry.id, place=place))
    return found, reading.diagnostics


def _no_register(path: str) -> Diagnostic:
    hint = "write it as YAML, or as Markdown with front matter, or keep it elsewhere"
    return Diagnostic(code="unknown-register", message=f"{PurePosixPath(path).name} is not read", hint=hint, place=Place(path))


def _unknown(name: str, path: str, registers: Mapping[str, type[Entry]]) -> Diagnostic:
    declare = f"declare it in `{OwnRegister.KIND.register}.yml`; known registers: {', '.join(sorted(registers))}"
    hint = did_you_mean(name, registers, "`") or declare
    return Diagnostic(code="unknown-register", message=f"no register is called {name!r}", hint=hint, place=Place(path))


def _read_markdown_entry(reading: Reading, content: bytes, path: str, declaration: type[Entry]) -> None:
    text = read_markdown(content)
    for fault in text.faults:
        reading.fault(path, fault)
    if text.data is None:
        if not text.faults:
            reading.fault(path, Fault("register-shape", "an entry in Markdown begins with front matter", 1, 1))
        return
    data = dict(text.data)
    if text.body.strip() and data.get(declaration.KIND.body) is None:
        data[declaration.KIND.body] = text.body.strip()
    _add(reading, declaration, data, Place(path, text.front_line, 1))


def _kept(text: str, path: str, cache: Cache) -> YamlText:
    """Return a text as read before, where it is large, has not changed since and has no faults; else as read now."""
    if len(text) < _LARGE:
        return read_yaml(text)
    key = [sha256(text.encode()).hexdigest()]
    kept = cache.get(path, key)
    if kept is not None:
        return YamlText(value=kept[0], lines=kept[1])
    parsed = read_yaml(text)
    if parsed.complete and not parsed.faults:
        cache.put(path, key, [parsed.value, parsed.lines])
    return parsed


def _read_yaml_register(reading: Reading, data: bytes, path: str, declaration: type[Entry], cache: Cache) -> None:
    text, faults = decode(data)
    for fault in faults:
        reading.fault(path, fault)
    if text is None:
        return
    marker = conflict(text)
    text = without_markers(text)
    parsed = _kept(text, path, cache)
    if not parsed.complete and not isinstance(parsed.value, dict):
        parsed = _salvaged(parsed, text)
    for fault in ([marker] if marker else []) + parsed.faults:
        reading.fault(path, fault)
    if parsed.value is None and parsed.complete:
        reading.fault(path, Fault("empty-register", "nothing is registered here", 1, 1))
    elif isinstance(parsed.value, dict):
        _add(reading, declaration, parsed.value, Place(path, 1, 1))
    elif isinstance(parsed.value, str):
        reading.fault(path, Fault("register-shape", "neither a list of entries nor one entry", 1, 1))
    else:
        rows = parsed.value or []
        for position, line in enumerate(parsed.lines):
            value, rows[position] = rows[position], None  # a large register is not held twice
            _add(reading, declaration, value, Place(path, line, 1, (position,)))


def _salvaged(parsed: YamlText, text: str) -> YamlText:
    """Read what comes after the place where reading had to stop item by item: one mistake does not hide the others."""
    read = parsed.value if isinstance(parsed.value, list) else []
    result = YamlText(value=list(read), lines=parsed.lines[: len(read)], complete=False)
    pieces = [(line, piece) for line, piece in _pieces(text) if line > max(result.lines, default=0)]
    broken = False
    for line, piece in pieces:
        single = read_yaml(piece, line)
        broken = broken or not single.complete
        result.faults += single.faults
        if isinstance(single.value, list):
            result.value += single.value[:1]
            result.lines += single.lines[: len(single.value[:1])]
    # the item that stopped the reading was read again and says itself what is wrong with it
    earlier = [fault for fault in parsed.faults[:-1] if not pieces or fault.line < pieces[0][0]]
    result.faults[:0] = earlier if broken else [*earlier, parsed.faults[-1]]
    return result


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Each top-level item of a list as a text of its own, with its line."""
    found = list(_ITEM.finditer(text))
    starts = [item.start() for item in found if item[1] == found[0][1]]
    line, last = 1, 0
    for start, end in pairwise((*starts, len(text))):
        line, last = line + text.count("\n", last, start), start
        yield line, text[start:end]


def _add(reading: Reading, declaration: type[Entry], value: Any, place: Place) -> None:
    if isinstance(value, dict) and NIL in value and not (isinstance(value[NIL], dict) and len(value) == 1):
        message, hint = "a nil return stands alone, with its fields below it", f"indent what it says below `{NIL}:`"
        reading.diagnostics.append(Diagnostic(code="register-shape", message=message, hint=hint, place=place))
        return
    if isinstance(value, dict) and NIL in value:
        register, period = declaration.KIND.register, value[NIL].get("period_from", "")
        value = {"id": f"{NilReturn.KIND.prefix}-{register}-{period}", "register": register, **value[NIL]}
        declaration, place = NilReturn, place.at(NIL)
    if not isinstance(value, dict):
        kind = declaration.KIND
        reading.diagnostics.append(
            Diagnostic(
                code="register-shape",
                message=f"a {kind.title.lower()} is written as `key: value` lines, this is not",
                hint=f"begin with `- {kind.key or 'id'}:`",
                place=place,
            )
        )
        return
    entry, diagnostics = read_entry(declaration, value, place)
    reading.diagnostics += diagnostics
    if entry is not None:
        reading.entries.append((entry, place))
