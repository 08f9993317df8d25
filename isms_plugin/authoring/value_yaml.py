"""Values as YAML text that takes the place of others: as it was quoted before where possible, always on the lines it has to be."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any, Final

import yaml

from isms_plugin.authoring.yaml_text import EntryDumper
from isms_plugin.sources.yaml_reader import read_yaml

LONG: Final = 110
"""Letters from which on a text is folded into lines of its own, where that is possible."""

_WIDTH: Final = 140
_NO_END: Final = 10**9


class Bare(str):
    """A text that is written without quotes, since its field says what it means: a date, a number, true or false."""

    __slots__ = ()


class _Dumper(EntryDumper):
    """Prefers double quotes, as people do, and leaves bare texts bare."""

    def choose_scalar_style(self) -> Any:
        """Return the style of a scalar: what cannot be plain gets double quotes."""
        style: Any = super().choose_scalar_style()
        return '"' if style == "'" and getattr(self.event, "style", None) is None else style


def _bare(dumper: yaml.SafeDumper, text: Bare) -> yaml.ScalarNode:
    tag = dumper.resolve(yaml.ScalarNode, str(text), (True, False))  # type: ignore[no-untyped-call]
    return dumper.represent_scalar(tag, str(text))


_Dumper.add_representer(Bare, _bare)


def plain(value: Any) -> Any:
    """Return a value as the reader gives it: texts, lists and mappings of nothing else."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, Bare) else value


def in_line(value: Any) -> str:
    """Return a value in one line, as it may stand inside of brackets."""
    return _dump([value], default_flow_style=True)[1:-1]


def in_quotes(text: str, quote: str) -> str:
    """Return a text in single or double quotes, in one line."""
    dumped = yaml.dump(text, Dumper=yaml.SafeDumper, default_style=quote, allow_unicode=True, width=_NO_END)
    return str(dumped).rstrip("\n")


def field_lines(key: str, value: Any) -> list[str]:
    """Return the lines of a field in a block, unindented: lists of texts in brackets, long texts folded, mappings as items."""
    if isinstance(value, str):
        name = _dump({key: "x"})[: -len("x")]
        return f"{name}{next(scalars(value, indent=2))}".split("\n")
    first, *rest = _dump({key: value}, default_flow_style=None, width=_WIDTH).split("\n")
    margin = "  " if rest and rest[0].startswith("-") else ""
    return [first, *(margin + line for line in rest)]


def item_lines(value: Any, *, flow: bool) -> list[str]:
    """Return the lines of an item of a list in a block, unindented; mappings in braces or not."""
    if isinstance(value, str) or flow:
        return [f"- {in_line(value)}"]
    return _dump([value], width=_WIDTH).split("\n")


def scalars(text: str, *, indent: int, style: str | None = None, block: bool = True) -> Iterator[str]:
    """Yield ways to write a text, the best first: the first line begins where a value does, others `indent` columns in.

    `style` is how the value before it was written, `block` whether it may have lines of its own.
    """
    if block and not isinstance(text, Bare) and ("\n" in text or style in ("|", ">") or len(text) > LONG):
        literal = style == "|" or "\n" in text
        found = _literal(text, indent) if literal else _folded(text, indent)
        if read_yaml(f"k: {found}\n").value == {"k": text}:
            yield found
    if style in ("'", '"') and not isinstance(text, Bare):
        yield in_quotes(text, style)
    if "\n" not in text:
        yield in_line(text)
    yield in_quotes(text, '"')


def _folded(text: str, indent: int) -> str:
    wrapped = textwrap.wrap(text, _WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join((">-", *(" " * indent + line for line in wrapped)))


def _literal(text: str, indent: int) -> str:
    body = text.removesuffix("\n")
    header = "|" if text.endswith("\n") else "|-"
    return "\n".join((header, *(" " * indent + line if line else "" for line in body.split("\n"))))


def _dump(value: Any, *, default_flow_style: bool | None = False, width: int = _NO_END) -> str:
    dumped = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=width, default_flow_style=default_flow_style)
    return str(dumped).rstrip("\n")
