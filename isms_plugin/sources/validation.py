"""From plain data to an entry: what is wrong is reported, what is right is kept."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from isms_plugin.model.diagnostic import Diagnostic, Place, Pointer
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import field_map


def read_entry(declaration: type[Entry], data: dict[str, Any], place: Place) -> tuple[Entry | None, list[Diagnostic]]:
    """Validate one entry; faulty fields are left empty and reported, so that one mistake does not hide the rest.

    Returns no entry when not even its id can be read.
    """
    identifier = _identifier(declaration, data)
    diagnostics: list[Diagnostic] = []
    if not identifier:
        return None, [_without_id(declaration, place)]
    data = {**data, "id": identifier}
    for _ in range(3):
        try:
            return declaration.model_validate(data), diagnostics
        except ValidationError as error:
            faults = error.errors(include_url=False, include_context=False)
        diagnostics += [_diagnostic(declaration, fault["loc"], fault, identifier, place) for fault in faults]
        data = _without(data, [tuple(fault["loc"]) for fault in faults])
    return None, diagnostics


def _identifier(declaration: type[Entry], data: dict[str, Any]) -> str:
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


def _diagnostic(declaration: type[Entry], location: tuple[int | str, ...], fault: Any, identifier: str, place: Place) -> Diagnostic:
    pointer = tuple(step for step in location if not (isinstance(step, str) and step.startswith("function-")))
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


def _told(fault: Any) -> str:
    message = str(fault["msg"]).removeprefix("Value error, ")
    shown = fault.get("input")
    message = message[0].lower() + message[1:]
    for pydantic_words, ours in (("input should be", "should be"), ("valid tuple", "a list"), ("valid string", "a text")):
        message = message.replace(pydantic_words, ours)
    if isinstance(shown, str):
        return f"{message}, not {shown[:60]!r}"
    return message


def _known(declaration: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """Keys that the mapping at a location may have."""
    for step in location:
        if isinstance(step, int):
            continue
        spec = field_map(declaration).get(step)
        if spec is None or spec.part is None:
            return []
        declaration = spec.part
    return list(field_map(declaration))


def _near(word: str, known: Iterable[str]) -> str:
    choices = sorted(known)
    near = get_close_matches(word.lower(), choices, n=1)
    if near:
        return f"did you mean `{near[0]}`?"
    return "remove it, or write it into the note; `isms schema` writes down the fields there are"


def _without(data: dict[str, Any], locations: list[Pointer]) -> dict[str, Any]:
    """Return the data less what could not be read. A faulty item of a list is taken out alone, a list that is none as a whole."""
    data = copy.deepcopy(data)
    for location in sorted(locations, key=lambda steps: [str(step).rjust(8) for step in steps], reverse=True):
        holder: Any = data
        for step in location[:-1]:
            try:
                holder = holder[step]
            except (KeyError, IndexError, TypeError):
                break
        else:
            last = location[-1]
            if isinstance(holder, dict):
                holder.pop(last, None)
            elif isinstance(holder, list) and isinstance(last, int) and last < len(holder):
                del holder[last]
    return data
