"""Items of lists and fields taken out of a YAML text: with the comment behind them, without those above and below."""

from __future__ import annotations

import re
from typing import Final

import yaml

from isms_plugin.authoring.row_edit import end_of
from isms_plugin.authoring.text_edit import BREAK, Edit, line_end, line_start
from isms_plugin.errors import IsmsError

_COMMA: Final = re.compile(r"[ \t]*,")


def removed_item(text: str, node: yaml.SequenceNode, position: int) -> list[Edit]:
    """Return the edits that take an item out of a list; of one in a block it must not be the only one."""
    items = node.value
    if node.flow_style:
        return [_out_of_brackets(text, [(item, item) for item in items], position)]
    item = items[position]
    dash = text.rfind("-", 0, item.start_mark.index)
    return [_lines(text, dash, end_of(text, item))]


def removed_key(text: str, node: yaml.MappingNode, key: str) -> list[Edit]:
    """Return the edits that take a field out of a mapping; raises IsmsError where that would leave nothing, or cost a comment."""
    position = next(number for number, (name, _) in enumerate(node.value) if name.value == key)
    if len(node.value) == 1:
        raise IsmsError(f"{key}: is all that stands there; take out what it belongs to")
    if node.flow_style:
        return [_out_of_brackets(text, node.value, position)]
    name, value = node.value[position]
    if text[line_start(text, name.start_mark.index) : name.start_mark.index].strip(" ") == "":
        return [_lines(text, name.start_mark.index, end_of(text, value))]
    following = node.value[position + 1][0].start_mark.index
    between = text[line_end(text, end_of(text, value)) : following]
    if "#" in between:
        raise IsmsError(f"{key}: a comment below it would have nowhere to stay; move the comment first")
    return [Edit(name.start_mark.index, following, "")]


def _out_of_brackets(text: str, pairs: list[tuple[yaml.Node, yaml.Node]], position: int) -> Edit:
    """Take out what stands in brackets, with the comma before it, else the one behind it."""
    start, end = pairs[position][0].start_mark.index, end_of(text, pairs[position][1])
    if position:
        return Edit(end_of(text, pairs[position - 1][1]), end, "")
    if len(pairs) > 1:
        return Edit(start, pairs[1][0].start_mark.index, "")
    comma = _COMMA.match(text, end)
    return Edit(start, comma.end() if comma else end, "")


def _lines(text: str, start: int, end: int) -> Edit:
    """Take out whole lines, the comment on the last one included; of the last line of a text the line break before it."""
    first, last = line_start(text, start), line_end(text, end)
    after = BREAK.match(text, last)
    if after:
        return Edit(first, after.end(), "")
    before = list(BREAK.finditer(text, 0, first))
    return Edit(before[-1].start() if before else first, last, "")
