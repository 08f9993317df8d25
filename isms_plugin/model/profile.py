"""Profiles: for whom a pack is, and so what of the ISMS it shows. What no list allows is withheld."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from isms_plugin.model.entry import Boolean, Classification, Integer, Text

WITHHELD: Final = "(withheld)"
"""Stands where a text was; the same everywhere, so that two packs of one commit differ in nothing."""
ALL: Final = ("all",)
"""Stands for everything there is, also what is added later."""

Format = Literal["pdf", "xlsx", "csv", "json"]
ViewName = Literal[
    "all", "dashboard", "employees", "soa", "clauses", "register-overview", "populations", "evidence-room", "evidence-coverage",
    "acknowledgements", "treatment-plan", "risk-trend", "versions", "since-last-audit", "baselines", "readiness",
    "certification", "management", "traceability", "calendar", "promises", "diagnostics", "field-reference", "work-sheet",
]  # fmt: skip
"""Pages that are made of several registers, by name; those of one register come with it."""


def _several(value: Any) -> Any:
    # a lone word is a list of one
    return [value] if isinstance(value, str) else value


Names = Annotated[tuple[Text, ...], BeforeValidator(_several)]


class Profile(BaseModel):
    """What readers of a pack may see: lists of what is allowed, and what stands for people."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Text = Field("", description="Name of the profile: that of its file.")
    title: Text = Field(description="What the pack is called, such as `Auditor pack`.")
    readers: Text = Field(description="For whom it is, in a sentence.")
    classifications: tuple[Classification, ...] = Field(description="Classifications that its readers may see.")
    unclassified: Classification = Field("internal", description="Classification that counts where none is given.")
    counted: Boolean = Field(
        default=True,
        description="Whether what is withheld for its classification is counted, by its id, status and days; else it is not there.",
    )
    drafts: Boolean = Field(default=True, description="Whether documents are shown that were never in force.")
    registers: Names = Field(ALL, description="Registers that are shown, `documents` and `soa` among them; `all` for every one.")
    fields: Mapping[str, Names] = Field({}, description="By register, the only fields that are shown; a register without a list shows all.")
    audiences: Names = Field(ALL, description="Audiences whose marked sections of documents are shown; `all` for every one.")
    people: Literal["names", "roles", "pseudonyms"] = Field("names", description="What stands for people: names, roles, or pseudonyms.")
    commits: Literal["full", "dates", "none"] = Field(
        "full", description="What is shown of git: everything, commits and dates without authors and messages, or nothing."
    )
    evidence_files: Boolean = Field(default=True, description="Whether the files of evidence are in the pack.")
    largest_file: Integer = Field(100, ge=0, description="Megabytes up to which a file of evidence is in the pack; larger ones stay out.")
    ask: Text = Field("", description="Whom to ask for what stays out, in words; default: who holds it.")
    views: Annotated[tuple[ViewName, ...], BeforeValidator(_several)] = Field(
        ALL, description="Pages besides those of registers, by name; `all` for every one."
    )
    pages: Names = Field((), description="Pages of the site's own that are shown, as patterns of their paths below `docs/`.")
    plugins: Names = Field((), description="Plugins of the site that its texts need, besides the search.")
    formats: tuple[Format, ...] = Field((), description="What lies beside the site: `pdf`, `xlsx`, `csv`, `json`.")

    def allows_register(self, name: str) -> bool:
        """Whether a register is shown."""
        return self.registers == ALL or name in self.registers

    def allows_view(self, name: str) -> bool:
        """Whether a page that is no register's is shown, by the name of its view."""
        return self.views == ALL or name in self.views

    def allows_field(self, register: str, name: str) -> bool:
        """Whether a field of a register is shown, by its key in YAML; id and status always are, where the register is."""
        return name in ("id", "status") or register not in self.fields or name in self.fields[register]

    def allows_class(self, classification: Classification | None) -> bool:
        """Whether something of a classification is shown."""
        return (classification or self.unclassified) in self.classifications

    def allows_audience(self, audiences: tuple[str, ...]) -> bool:
        """Whether a section that is marked for some audiences is shown."""
        known = {audience.casefold() for audience in self.audiences}
        return self.audiences == ALL or any(audience.casefold() in known for audience in audiences)


@dataclass(frozen=True, slots=True)
class Withheld:
    """What a profile keeps back: of which register or other source, which field, how often, and why."""

    source: str
    """Name of the register, or of what else it was: `git`, `texts`, `files`, `pages`."""
    field: str
    """Key of the field; empty for whole entries."""
    count: int
    """How many values or entries; at least 1."""
    reason: str
