"""YAML as registers use it: mappings, lists and texts, with the line of every entry.

Scalars stay the text that was written (`no`, `1.10`, `012`); the declaration of the field decides what they mean.
Built over libyaml's events, because that is several times faster than composing nodes. Exact positions inside an
entry are needed only for what is wrong, so `locate` finds them by composing that one text again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from sys import intern
from typing import Any, Final

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from isms_plugin.model.diagnostic import Pointer

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # pragma: no cover - PyYAML without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

NULLS: Final = frozenset(("", "~", "null"))
MAX_DEPTH: Final = 40
"""Levels of nesting; the deepest register field has four."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a text; line and column count from 1."""

    code: str
    message: str
    line: int
    column: int


@dataclass(slots=True)
class YamlText:
    """What a YAML text holds, the lines on which its top-level items begin, and what is wrong in it."""

    value: Any = None
    lines: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    complete: bool = True
    """False when reading had to stop before the end."""


_DROPPED: Final = object()
"""Key of a value that stands under a key already taken: it is read and left out."""


class _StopReadingError(Exception):
    """Reading cannot go on."""


def read_yaml(text: str, first_line: int = 1) -> YamlText:
    """Read one YAML document; faults are collected and never raised."""
    result = YamlText()
    offset = first_line
    try:
        _Builder(result, offset).build(Loader(text))
    except yaml.MarkedYAMLError as error:
        result.faults.append(_syntax(error, text, offset))
        result.complete = False
    except yaml.reader.ReaderError:
        result.faults.append(_unprintable(text, offset))
        result.complete = False
    except _StopReadingError:
        result.complete = False
    return result


class _Builder:
    """Puts the events of one text together, without recursion so that no text can exhaust the stack."""

    def __init__(self, result: YamlText, offset: int) -> None:
        self.result = result
        self.offset = offset
        self.stack: list[tuple[Any, Any]] = []
        self.container: Any = None
        """The mapping or list being filled."""
        self.key: Any = None
        """Key waiting for its value, None where a key is to come."""
        self.documents = 0

    def build(self, loader: Any) -> None:
        """Take events until the stream ends or cannot be read further."""
        handlers = {
            ScalarEvent: self._scalar,
            MappingStartEvent: self._open,
            SequenceStartEvent: self._open,
            MappingEndEvent: self._close,
            SequenceEndEvent: self._close,
            AliasEvent: self._alias,
            DocumentStartEvent: self._document,
        }
        next_event, handler_of = loader.get_event, handlers.get
        while True:
            event = next_event()
            handler = handler_of(event.__class__)
            if handler is not None:
                handler(event)
            elif event.__class__ is StreamEndEvent:
                return

    def _scalar(self, event: Any) -> None:
        value = event.value
        container = self.container
        if event.anchor:
            self._anchor(event)
        if container.__class__ is dict and self.key is None:
            if value in container:
                self._fault("duplicate-key", f"{value!r} stands twice in this entry", event)
                self.key = _DROPPED
            else:
                self.key = intern(value)  # the same few keys stand in every entry
            return
        if len(self.stack) == 1 and container.__class__ is list:
            self._line(event)
        if value in NULLS and event.implicit[0]:
            value = None
        if container.__class__ is dict and self.key is not _DROPPED:
            container[self.key], self.key = value, None
        else:
            self._add(value)

    def _open(self, event: Any) -> None:
        stack = self.stack
        if len(stack) >= MAX_DEPTH:
            self._stop("yaml-limit", f"nested deeper than {MAX_DEPTH} levels", event)
        if event.anchor:
            self._anchor(event)
        container = self.container
        if container.__class__ is dict and self.key is None:
            self._stop("yaml-syntax", "a key must be a single word or text", event)
        if len(stack) == 1 and container.__class__ is list:
            self._line(event)
        stack.append((container, self.key))
        self.container = {} if event.__class__ is MappingStartEvent else []
        self.key = None
        if len(stack) == 1:
            # shown at once: what was read before a syntax error is kept
            self.result.value = self.container

    def _close(self, event: Any) -> None:  # noqa: ARG002 - one form for all events
        value = self.container
        self.container, self.key = self.stack.pop()
        self._add(value)

    def _add(self, value: Any) -> None:
        container = self.container
        if container.__class__ is dict:
            if self.key is not _DROPPED:
                container[self.key] = value
            self.key = None
        elif container.__class__ is list:
            container.append(value)
        else:
            self.result.value = value

    def _alias(self, event: Any) -> None:
        self._fault("yaml-alias", f"alias *{event.anchor} is not followed; write the value out", event)
        if self.container.__class__ is dict and self.key is None:
            self.key = _DROPPED
            return
        if len(self.stack) == 1 and self.container.__class__ is list:
            self._line(event)
        self._add(None)

    def _anchor(self, event: Any) -> None:
        self._fault("yaml-alias", f"anchor &{event.anchor} is not used in registers", event)

    def _line(self, event: Any) -> None:
        self.result.lines.append(event.start_mark.line + self.offset)

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self._stop("yaml-syntax", "a second document begins here; a register is one document", event)

    def _fault(self, code: str, message: str, event: Any) -> None:
        mark = event.start_mark
        self.result.faults.append(Fault(code, message, mark.line + self.offset, mark.column + 1))

    def _stop(self, code: str, message: str, event: Any) -> None:
        self._fault(code, message, event)
        raise _StopReadingError


def _syntax(error: yaml.MarkedYAMLError, text: str, offset: int) -> Fault:
    # a quote that is never closed is a mistake where it opens, not where the text ends
    mark = error.context_mark if error.problem == "found unexpected end of stream" else error.problem_mark
    number, column = (mark.line, mark.column) if mark else (0, 0)
    line = [*text.splitlines(), ""][number]
    tab = line.lstrip(" ").startswith("\t") or line[column : column + 1] == "\t"
    if "nesting depth" in str(error.problem):  # libyaml 0.2.6 has a limit of its own, which its lookahead may meet before ours
        return Fault("yaml-limit", f"nested deeper than {MAX_DEPTH} levels", number + offset, column + 1)
    message = "a tab stands where YAML wants spaces" if tab else str(error.problem)
    return Fault("yaml-syntax", message, number + offset, column + 1)


def _unprintable(text: str, offset: int) -> Fault:
    # searched for, because libyaml counts in bytes
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    before = text[: found.start()] if found else ""
    message = f"character U+{ord(text[len(before)]):04X} is not allowed"
    return Fault("yaml-syntax", message, before.count("\n") + offset, len(before) - before.rfind("\n"))


class _Composer(Loader):
    """Composes without asking what sort of value each scalar is: only its place is looked for."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:  # noqa: ARG002
        return ""


@lru_cache(maxsize=32)
def _composed(text: str) -> yaml.Node | None:
    try:
        return None if _deep(text) else yaml.compose(text, Loader=_Composer)
    except yaml.YAMLError:
        return None


def _deep(text: str) -> bool:
    """Whether a text is nested so deeply that composing it, which recurses in C, could exhaust the stack."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                return True
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
    return False


@lru_cache(maxsize=4096)  # while a site is served the same mistakes are looked for again and again
def locate(text: str, pointer: Pointer, first_line: int = 1) -> tuple[int, int] | None:
    """Line and column, from 1, of the value that a pointer leads to, or of the nearest thing above it."""
    node = _composed(text)
    if node is None:
        return None
    mark = node.start_mark
    for step in pointer:
        found = _step(node, step)
        if found is None:
            break
        node, mark = found
    return mark.line + first_line, mark.column + 1


def _step(node: yaml.Node, step: str | int) -> tuple[yaml.Node, yaml.Mark] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value == step:
                # an empty value has no place of its own, an alias only that of its anchor
                placed = key.start_mark.index < value.start_mark.index < value.end_mark.index
                return value, value.start_mark if placed else key.start_mark
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step].start_mark
    return None
