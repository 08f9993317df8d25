"""Markdown files with YAML front matter."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from isms_plugin.sources.text import conflict, decode, without_markers
from isms_plugin.sources.yaml_reader import Fault, YamlText, read_yaml

_FENCE: Final = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_TOML: Final = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
_HEADLESS: Final = re.compile(r"\A(?:[A-Za-z_][\w -]*:(?: .*)?\n)(?:(?:[A-Za-z_][\w -]*:|[ \t]|- |#).*\n|\n)*?---[ \t]*\n")


@dataclass(slots=True)
class MarkdownText:
    """A Markdown file taken apart; `front` is the raw YAML, lines count from 1."""

    front: str = ""
    front_line: int = 1
    data: dict[Any, Any] | None = None
    body: str = ""
    body_line: int = 1
    faults: list[Fault] = field(default_factory=list)


def read_markdown(data: bytes) -> MarkdownText:
    """Take a file apart into control data and body; whatever cannot be read as control data stays in the body."""
    text, faults = decode(data)
    if text is None:
        return MarkdownText(faults=faults)
    marker = conflict(text)
    result = _split(text)
    result.faults[:0] = faults + ([marker] if marker else [])
    return result


def _split(text: str) -> MarkdownText:
    start = text.lstrip("\n")
    skipped = len(text) - len(start)
    if _TOML.match(start):
        return _toml(text, start, skipped)
    if not start.startswith("---") or not _FENCE.match(start):
        return _headless(text)
    opening = start.index("\n") + 1 if "\n" in start else len(start)
    end = _FENCE.search(start, opening)
    if end is None:
        fault = Fault("front-matter", "front matter begins here and has no closing ---", skipped + 1, 1)
        return MarkdownText(body=text, faults=[fault])
    return _with_front(start, opening, end, skipped)


def _with_front(start: str, opening: int, end: re.Match[str], skipped: int, first_line: int = 2) -> MarkdownText:
    front = without_markers(start[opening : end.start()])
    line = skipped + first_line
    parsed = read_yaml(front, line)
    body = start[end.end() :].removeprefix("\n")
    body_line = line + front.count("\n") + 1
    data = _mapping(parsed, line)
    return MarkdownText(front=front, front_line=line, data=data, body=body, body_line=body_line, faults=parsed.faults)


def _mapping(parsed: YamlText, line: int) -> dict[Any, Any] | None:
    if isinstance(parsed.value, dict):
        return parsed.value
    if parsed.value is not None:
        parsed.faults.append(Fault("front-matter", "front matter is not a list of `key: value` lines", line, 1))
    return None


def _toml(text: str, start: str, skipped: int) -> MarkdownText:
    fault = Fault("front-matter-toml", "front matter is TOML; write it as YAML between --- lines", skipped + 1, 1)
    end = _TOML.search(start, start.index("\n") + 1 if "\n" in start else len(start))
    if end is None:
        return MarkdownText(body=text, faults=[fault])
    body = start[end.end() :].removeprefix("\n")
    return MarkdownText(body=body, body_line=skipped + start.count("\n", 0, end.end()) + 2, faults=[fault])


def _headless(text: str) -> MarkdownText:
    # some tools leave out the opening line: `key: value` lines that end in ---
    found = _HEADLESS.match(text)
    end = _FENCE.search(text, found.end() - 4) if found else None
    if end is None:
        return MarkdownText(body=text)
    result = _with_front(text, 0, end, 0, first_line=1)
    result.faults.insert(0, Fault("front-matter", "front matter lacks its opening --- line", 1, 1))
    return result
