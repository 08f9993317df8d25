"""A sentence put behind a text of an entry, in place: what stood there keeps its lines."""

from __future__ import annotations

import textwrap
from typing import Any

import yaml

from isms_plugin.authoring.field_change import Change
from isms_plugin.authoring.field_edit import with_changes
from isms_plugin.authoring.row_edit import end_of, mapping_at, read_clean
from isms_plugin.authoring.text_edit import line_break
from isms_plugin.authoring.value_place import Slot
from isms_plugin.model.diagnostic import Pointer
from isms_plugin.sources.yaml_reader import read_yaml

_WIDTH = 140


def with_sentence(text: str, pointer: Pointer, key: str, sentence: str, before: tuple[str, ...] = ()) -> str:
    """Return a YAML text in which a text field of the mapping at a pointer says one sentence more; without the field, it says only that.

    In a block of text it becomes a paragraph of its own. Raises IsmsError where it cannot be put in so that all else keeps its meaning.
    """
    node = _field(text, pointer, key)
    held = node.value if isinstance(node, yaml.ScalarNode) else ""
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">") and held.strip():
        added = _as_paragraph(text, node, sentence)
        value = f"{held.rstrip()}\n\n{sentence}" + ("\n" if held.endswith("\n") else "")
        after, wanted = read_yaml(added), with_changes(text, pointer, [Change(pointer=(key,), action="set", value=value)])
        if not after.faults and after.value == read_yaml(wanted).value:
            return added
        return wanted
    value = f"{held.rstrip()} {sentence}".strip() if held and read_yaml(held).value is not None else sentence
    return with_changes(text, pointer, [Change(pointer=(key,), action="set", value=value, before=before)])


def _field(text: str, pointer: Pointer, key: str) -> yaml.Node | None:
    read_clean(text)
    found: Any = next((value for name, value in mapping_at(text, pointer).value if name.value == key), None)
    return found if isinstance(found, yaml.Node) else None


def _as_paragraph(text: str, node: yaml.ScalarNode, sentence: str) -> str:
    folded = node.style == ">"
    slot = Slot(text, node, None, 0, flow=False)
    wrapped = textwrap.wrap(sentence, _WIDTH - slot.indent, break_long_words=False, break_on_hyphens=False) if folded else [sentence]
    ends, lines = line_break(text), [" " * slot.indent + line for line in wrapped]
    at = end_of(text, node)
    return text[:at] + ends * (3 if folded else 2) + ends.join(lines) + text[at:]
