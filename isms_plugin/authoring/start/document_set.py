"""An ISMS around the policies that are there: what is written, what is added, and what stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import Any, Final

from isms_plugin.authoring.start.answers import Answers
from isms_plugin.authoring.start.comforts import comforts
from isms_plugin.authoring.start.first_files import first_files
from isms_plugin.authoring.start.identities import identities
from isms_plugin.authoring.start.sheets import Named, Sheet, named, read_sheet, rewritten, without_clashes
from isms_plugin.authoring.start.source_folder import SourceFolder
from isms_plugin.model.control import Control
from isms_plugin.sources.catalogue import read_catalogue
from isms_plugin.sources.yaml_reader import read_yaml

_SOA: Final = "soa"
_REGISTERS: Final = "registers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What would be written: `files` by path in the ISMS; everything else is for people to read."""

    folder: str
    """Folder of the documents."""
    in_place: bool
    sheets: tuple[Sheet, ...] = ()
    names: Mapping[str, Sequence[Named]] = field(default_factory=dict)
    """Owners and approvers that the registers know, by the path of the document."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    """Where files that were there lay, by their path in the ISMS."""
    added: tuple[str, ...] = ()
    covered: Mapping[str, str] = field(default_factory=dict)
    """Documents that were not added, and the path of the one that is there in their place."""
    kept: tuple[str, ...] = ()
    """Files that are there already, so that ours were not added."""
    left_out: tuple[tuple[str, str], ...] = ()


def planned(source: SourceFolder, answers: Answers, today: date, folder: str, *, in_place: bool) -> Plan:
    """Return what an ISMS around the documents of a folder would be; in place, `folder` is where they lie."""
    ours = first_files(answers, today, folder)
    registers_there = in_place and any(path.startswith(f"{_REGISTERS}/") for path in source.files)
    controls = frozenset(entry.id for entry in read_catalogue().entries if isinstance(entry, Control))
    sheets = without_clashes([read_sheet(path, source.read(path), controls) for path in _documents(source, folder, in_place=in_place)])
    given = identities(ours, sheets, folder)
    names = _names(given.of(sheets), {} if registers_there else ours, source if in_place else None)
    final = tuple(rewritten(sheet, names[sheet.path]) for sheet in given.of(sheets))
    files, sources = _brought(source, final, "" if in_place else f"{folder}/", in_place=in_place)
    there = {path.casefold() for path in sources}
    ours = {path: text for path, text in given.added(ours).items() if not (registers_there and _needs_ours(path, folder))}
    added = {**{path: text.encode() for path, text in ours.items()}, **comforts(answers.platform)}
    kept = tuple(path for path in added if path.casefold() in there or (in_place and source.holds(path)))
    added = {path: content for path, content in added.items() if path not in kept}
    return Plan(
        folder=folder,
        in_place=in_place,
        sheets=final,
        names=names,
        files={**files, **added},
        sources=sources,
        added=tuple(added),
        covered=given.covered,
        kept=kept,
        left_out=() if in_place else source.left_out,
    )


def _documents(source: SourceFolder, folder: str, *, in_place: bool) -> list[str]:
    """Return the paths of the documents; where they are the whole folder, registers, evidence and pages are none."""
    if not in_place:
        return source.documents
    if folder == ".":
        return [path for path in source.documents if path.partition("/")[0] not in (_REGISTERS, "evidence", "docs")]
    return [path for path in source.documents if path.startswith(f"{folder}/")]


def _needs_ours(path: str, folder: str) -> bool:
    """Whether a file of ours names entries of registers of ours, or is one of them; decisions on controls name nothing."""
    return path.startswith((f"{_REGISTERS}/", f"{folder}/")) and PurePosixPath(path).stem != _SOA


def _names(sheets: Sequence[Sheet], ours: Mapping[str, str], source: SourceFolder | None) -> dict[str, list[Named]]:
    """Return owners and approvers by document, as far as the registers of ours, or those that are there, know the names."""

    def rows(register: str, key: str) -> dict[str, str]:
        path = f"{_REGISTERS}/{register}.yml"
        if source is not None and path in source.files:
            return _by_name(source.read(path).decode(errors="replace"), key)
        return _by_name(ours.get(path, ""), key)

    people, roles = rows("people", "name"), rows("roles", "title")
    return {sheet.path: named(sheet, people, roles) for sheet in sheets}


def _by_name(text: str, key: str) -> dict[str, str]:
    """Return the ids of a register by a text in each row, in small letters."""
    rows: Any = read_yaml(text).value
    found = (row for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()
    return {str(row[key]).casefold(): str(row["id"]) for row in found if key in row and "id" in row}


def _brought(source: SourceFolder, sheets: Sequence[Sheet], prefix: str, *, in_place: bool) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return the files that were there as they are written, and where they lay: in place, only what gets control data is written."""
    changed = {sheet.path: sheet.data for sheet in sheets if sheet.changed}
    sources = {f"{prefix}{path}": path for path in (changed if in_place else source.files)}
    return {target: changed[path] if path in changed else source.read(path) for target, path in sources.items()}, sources
