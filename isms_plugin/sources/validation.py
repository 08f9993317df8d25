"""From plain data to an entry: what is wrong is reported, what is right is kept."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import field_map
from isms_plugin.model.near import did_you_mean

E = TypeVar("E", bound=Entry)

_WORDS: Final = (
    ("a valid tuple", "a list"), ("a valid string", "a text"), ("a valid dictionary or instance of .*", "`key: value` lines"),
    ("^should be '', ", "should be "),
)  # fmt: skip
"""What pydantic calls the shapes of YAML, and what people do."""


def read_entry(declaration: type[E], data: Mapping[str, Any], place: Place) -> tuple[E | None, list[Diagnostic]]:
    """Validate one entry; there is none when not even its id can be read."""
    identifier = _identifier(declaration, data)
    if not identifier:
        return None, [_without_id(declaration, place)]
    return read_identified(declaration, identifier, data, place)


def read_identified(declaration: type[E], identifier: str, data: Mapping[str, Any], place: Place) -> tuple[E, list[Diagnostic]]:
    """Validate an entry of known id; faulty fields are left empty and reported, so that one mistake does not hide the rest."""
    fields = field_map(declaration)
    filled = {key: value for key, value in data.items() if value is not None or key not in fields} | {"id": identifier}
    try:
        return declaration.model_validate(filled), []
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False)
    # no field but the id is required, so what is left is an entry
    entry = declaration.model_validate(_without(filled, [fault["loc"] for fault in faults]))
    return entry, [_diagnostic(declaration, fault, identifier, place) for fault in faults]


def _identifier(declaration: type[Entry], data: Mapping[str, Any]) -> str:
    identifier = data.get("id")
    if isinstance(identifier, str):
        return identifier.strip()
    key = data.get(declaration.KIND.key) if declaration.KIND.key else None
    return f"{declaration.KIND.prefix}-{key}" if isinstance(key, str) else ""


def _without_id(declaration: type[Entry], place: Place) -> Diagnostic:
    kind = declaration.KIND
    needed = kind.key or "id"
    example = f"`{needed}: {kind.prefix}-001`" if needed == "id" else f"`{needed}`"
    return Diagnostic(
        code="missing-id",
        message=f"{kind.title.lower()} without {needed}",
        hint=f"add {example}; the entry is left out until then",
        place=place,
    )


def _diagnostic(declaration: type[Entry], fault: ErrorDetails, identifier: str, place: Place) -> Diagnostic:
    pointer = fault["loc"]
    name = ".".join(str(step) for step in pointer)
    if fault["type"] == "extra_forbidden":
        hint = _near(str(pointer[-1]), _known(declaration, pointer[:-1]))
        return Diagnostic(
            code="unknown-field", message=f"{name}: no such field in a {declaration.KIND.title.lower()}", hint=hint, entry=identifier,
            place=place.at(*pointer),
        )  # fmt: skip
    return Diagnostic(
        code="invalid-value",
        message=f"{name}: {_told(fault)}",
        hint="correct the value; until then the field counts as empty",
        entry=identifier,
        place=place.at(*pointer),
    )


def _told(fault: ErrorDetails) -> str:
    message = fault["msg"].removeprefix("Value error, ").removeprefix("Input ")
    message = message[0].lower() + message[1:]
    for pydantic_words, ours in _WORDS:
        message = re.sub(pydantic_words, ours, message)
    shown = fault["input"]
    return f"{message}, not {shown[:60]!r}" if isinstance(shown, str) else message


def _known(declaration: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """Keys that the mapping at a location may have."""
    for step in location:
        part = None if isinstance(step, int) else field_map(declaration)[step].part
        declaration = part or declaration
    return list(field_map(declaration))


def _near(word: str, known: Iterable[str]) -> str:
    nothing = "remove it, or write it into the note; `isms schema` writes down the fields there are"
    return did_you_mean(word.lower(), sorted(known), "`") or nothing


def _without(data: dict[str, Any], locations: list[tuple[int | str, ...]]) -> dict[str, Any]:
    """Return the data less what could not be read. A faulty item of a list is taken out alone, a list that is none as a whole."""
    data = copy.deepcopy(data)
    # from the last item to the first, so that positions keep their meaning
    for *way, last in sorted(locations, key=lambda steps: [str(step).rjust(8) for step in steps], reverse=True):
        holder: Any = data
        for step in way:
            holder = holder[step]
        del holder[last]
    return data
