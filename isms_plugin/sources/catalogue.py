"""Catalogues: facts about the standard, shipped as package data. Numbers, short titles and our own words only."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from isms_plugin.errors import SourceError
from isms_plugin.model.control import Clause, Control
from isms_plugin.model.diagnostic import Place
from isms_plugin.model.entry import Entry
from isms_plugin.model.isms import Standard
from isms_plugin.sources.registers import Reading
from isms_plugin.sources.text import decode
from isms_plugin.sources.validation import read_identified
from isms_plugin.sources.yaml_reader import Fault, read_yaml

STANDARD = "iso27001_2022.yml"
ATTRIBUTES = "iso27002_2022_attributes.yml"
"""Severable: without this file controls have no attributes and everything else works."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Clauses and controls of one edition."""

    standard: Standard
    entries: tuple[Entry, ...] = ()
    wording: dict[str, str] = field(default_factory=dict)
    """Text that the organization licensed, by control or clause; never part of an export."""


def read_catalogue(overlay: dict[str, Any] | None = None) -> Catalogue:
    """Read the shipped catalogue; `overlay` holds licensed titles and wording by clause or control."""
    data = _packaged(STANDARD)
    attributes = _packaged(ATTRIBUTES)
    overlay = overlay or {}
    titles = {key: value["title"] for key, value in overlay.items() if value.get("title")}
    clauses = (_clause(row, titles) for row in data["clauses"])
    controls = (_control({**row, **attributes.get(row["id"], {})}, titles) for row in data["controls"])
    return Catalogue(
        standard=Standard(
            reference=data["standard"]["reference"],
            amendments=tuple(amendment["reference"] for amendment in data["amendments"]),
            successors={old: tuple(new) for old, new in data["annex_a_2013"].items()},
        ),
        entries=(*clauses, *controls),
        wording={key: value["text"] for key, value in overlay.items() if value.get("text")},
    )


def read_overlay(path: str, data: bytes, reading: Reading) -> dict[str, Any]:
    """Read a private overlay: a mapping from control or clause to `title` and `text`."""
    text, faults = decode(data)
    parsed = read_yaml(text or "")
    for fault in faults + parsed.faults:
        reading.fault(path, fault)
    value = parsed.value if isinstance(parsed.value, dict) else {}
    good = {key: row for key, row in value.items() if _wording(row)}
    if len(good) < len(value) or not value:
        reading.fault(path, Fault("register-shape", "an overlay maps a control or clause to `title` and `text`", 1, 1))
    return good


def _wording(row: Any) -> bool:
    return isinstance(row, dict) and set(row) <= {"title", "text"} and all(text is None or isinstance(text, str) for text in row.values())


def _clause(row: dict[str, Any], titles: dict[str, str]) -> Entry:
    data = {
        "id": row["id"],
        "title": titles.get(row["id"], row["title"]),
        "parent": row.get("parent"),
        "heading": "true" if row["kind"] == "heading" else "false",
        "documented_information": row.get("documented_information", []),
    }
    return _made(Clause, data)


def _control(row: dict[str, Any], titles: dict[str, str]) -> Entry:
    data = {key: value for key, value in row.items() if key not in ("title_27002", "documentation")}
    data["title"] = titles.get(row["id"], row["title"])
    data["documented_information"] = [row["documentation"]] if "documentation" in row else []
    return _made(Control, data)


def _made(declaration: type[Entry], data: dict[str, Any]) -> Entry:
    entry, diagnostics = read_identified(declaration, data["id"], data, Place())
    if diagnostics:
        raise SourceError(f"catalogue: {entry.id}: {'; '.join(item.message for item in diagnostics)}")
    return entry


def _packaged(name: str) -> dict[str, Any]:
    source = files("isms_plugin") / "catalogues" / name
    if not source.is_file():
        return {}
    parsed = read_yaml(source.read_text(encoding="utf-8"))
    if parsed.faults:
        raise SourceError(f"catalogue {name}: {parsed.faults[0].message}")
    return dict(parsed.value)
