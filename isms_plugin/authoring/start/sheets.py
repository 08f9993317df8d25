"""Documents that were there before: each with what it says of itself, and the control data that it gets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from isms_plugin.authoring.start.change_table import WrittenChange
from isms_plugin.authoring.start.control_data import with_control_data
from isms_plugin.authoring.start.labelled_values import Found, plain
from isms_plugin.authoring.start.lifted import Lifting, Refused, lift
from isms_plugin.authoring.start.words import concept_of, empty
from isms_plugin.model.document import Document
from isms_plugin.model.fields import field_map
from isms_plugin.sources.documents import SITE_KEYS
from isms_plugin.sources.markdown_reader import MarkdownText, read_markdown
from isms_plugin.sources.yaml_reader import Fault

LIFTED: Final = (
    "title", "kind", "version", "effective_from", "next_review", "review_interval", "classification", "controls",
)  # fmt: skip
"""Fields whose values come from the text, in the order in which they are written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One document: where it lies, its bytes, what it says of itself, and why it is left as it is, if it is."""

    path: str
    data: bytes
    text: MarkdownText
    lifting: Lifting
    left: str = ""
    id: str = ""
    changed: bool = False
    """Whether `data` holds more than the file does."""

    @property
    def title(self) -> str:
        """What it is called: by its control data, its text, or its file."""
        given = (self.text.data or {}).get("title")
        if isinstance(given, str) and given.strip():
            return given.strip()
        found = self.lifting.values.get("title")
        return str(found.value) if found else self.path.rpartition("/")[2].rpartition(".")[0].replace("-", " ").replace("_", " ")

    @property
    def own_id(self) -> str:
        """The id that it brings along, in its front matter or its text."""
        given = (self.text.data or {}).get("id")
        if isinstance(given, str) and given.strip():
            return given.strip()
        found = self.lifting.values.get("id")
        return str(found.value) if found else ""

    @property
    def unknown_keys(self) -> list[str]:
        """Keys of its front matter that control data does not have."""
        return [str(key) for key in self.text.data or {} if key not in field_map(Document) and key not in SITE_KEYS]


def read_sheet(path: str, data: bytes, controls: frozenset[str]) -> Sheet:
    """Read one document, and what it says of itself."""
    text = read_markdown(data)
    left = _told(text.faults[0]) if text.faults else ""
    lifting = Lifting() if left else lift(text.body, text.body_line, _known(text), controls)
    return Sheet(path=path, data=data, text=text, lifting=lifting, left=left)


def _told(fault: Fault) -> str:
    return f"line {fault.line}: {fault.message}" if fault.line else fault.message


def _known(text: MarkdownText) -> list[Found]:
    """Return what front matter says under names that are not ours."""
    found = []
    lines = text.front.split("\n")
    for key, value in (text.data or {}).items():
        concept = concept_of(str(key))
        if concept and key not in field_map(Document) and isinstance(value, str) and not empty(plain(value)):
            number = next((number for number, line in enumerate(lines) if line.startswith(f"{key}:")), 0)
            found.append(Found(concept, str(key), plain(value), text.front_line + number))
    return found


def without_clashes(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the documents without ids that several of them say are theirs; those in front matter stay."""
    counted = Counter(sheet.own_id.casefold() for sheet in sheets if sheet.own_id)
    return [_without_id(sheet) if counted[sheet.own_id.casefold()] > 1 else sheet for sheet in sheets]


def _without_id(sheet: Sheet) -> Sheet:
    values = dict(sheet.lifting.values)
    found = values.pop("id", None)
    if found is None:
        return sheet
    refused = Refused("id", found.found, found.line, "another document has the same")
    return replace(sheet, lifting=replace(sheet.lifting, values=values, refused=[*sheet.lifting.refused, refused]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name in a text that the registers know: the field it fills, the id, and where it stands."""

    field: str
    id: str
    found: Found


def named(sheet: Sheet, people: Mapping[str, str], roles: Mapping[str, str]) -> list[Named]:
    """Return owner and approvers as far as the registers know their names; several names for one thing are none."""
    result = []
    wanted = (("owner", "owner", {**roles, **people}), ("approver", "approver_role", roles), ("approver", "approved_by", people))
    for concept, field, known in wanted:
        found = [item for item in sheet.lifting.told if item.concept == concept]
        ids = {known.get(item.value.casefold()) for item in found}
        if len(ids) == 1 and (identifier := ids.pop()):
            result.append(Named(field=field, id=identifier, found=found[0]))
    return result


def control_fields(sheet: Sheet, names: Sequence[Named]) -> dict[str, Any]:
    """Return the fields that a document gets, less those that its front matter has."""
    values = sheet.lifting.values
    by_field = {item.field: item.id for item in names}
    fields: dict[str, Any] = {"id": sheet.id, "title": sheet.title, "kind": None, "status": "draft", "version": None}
    fields |= {key: by_field[key] for key in ("owner", "approver_role") if key in by_field}
    # an approval takes a person and a day; one without the other would be read as less than it says
    if "approved_by" in by_field and "approved_on" in values:
        fields |= {"approved_by": by_field["approved_by"], "approved_on": values["approved_on"].value}
    fields |= {key: values[key].value for key in LIFTED if key in values}
    fields["changes"] = [_change(change) for change in sheet.lifting.history.changes]
    given = sheet.text.data or {}
    return {key: value for key, value in fields.items() if key not in given and value not in (None, "", [])}


def _change(change: WrittenChange) -> dict[str, Any]:
    # a version without a word on it is told as what the text has, and nothing more
    return {key: value for key, value in (("version", change.version), ("on", change.day), ("note", change.note)) if value}


def comments(sheet: Sheet, names: Sequence[Named]) -> list[str]:
    """Return what the text below the front matter says and no field holds, for those who fill in the rest."""
    used = {item.found for item in names}
    fields, body = control_fields(sheet, names), sheet.text.body_line
    told = [f"the text says: {item.label}: {item.value}" for item in sheet.lifting.told if item not in used and item.line >= body]
    told += [f"the text says: {item.found}" for key, item in sheet.lifting.values.items() if key == "approved_on" and key not in fields]
    told += [f"not taken: {item.found} ({item.why})" for item in sheet.lifting.refused]
    return [note for note in dict.fromkeys(told) if note not in sheet.text.front]


def rewritten(sheet: Sheet, names: Sequence[Named]) -> Sheet:
    """Return a document with its control data in front; one that cannot get any stays as it is."""
    if sheet.left:
        return sheet
    fields, notes = control_fields(sheet, names), comments(sheet, names)
    if not fields:
        return sheet
    data = with_control_data(sheet.data, fields, notes)
    if data is None:
        return replace(sheet, left="control data cannot be put in front without changing anything else")
    return replace(sheet, data=data, changed=True)
