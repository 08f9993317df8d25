"""The entry mechanism: a kind is declared once, as a class, and everything else is derived from that.

From a class below come validation, JSON Schema, references and backlinks, table columns and the field reference.
Every field but the id may be empty: an entry that lacks something is reported and still shown, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from textwrap import dedent
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

ID_PATTERN = r"[A-Za-z][A-Za-z0-9]*(?:[-.][A-Za-z0-9]+)*[-.][A-Za-z0-9]*[0-9]"
"""Letters first, parts joined by `-` or `.`, a digit at the end: RSK-001, A.8.1, ISMS-POL-12."""

Need = Literal["always", "in force", "closed", "optional"]
"""When a field is needed: even in drafts, unless a draft, once the entry is closed, or never."""


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a text as the id of another entry; without kinds it may be any."""

    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """Marks what a text is: Markdown, the place of a file, or signs to be shown as they are."""

    name: Literal["Markdown", "place", "code"]


class Due(NamedTuple):
    """A day on which something falls due: the field that holds it, and what falls due then, as people call it.

    A point in `field` leads into parts: `assurance.valid_to` stands for the day of each.
    """

    field: str
    what: str
    code: str = "overdue"
    """Code that reports a day gone by; empty where a check of the kind's own does."""
    unless: str = ""
    """Field or property beside the day that settles it once it is filled or true."""
    per: tuple[str, ...] = ()
    """Fields beside the day: where they hold the same, only the latest day counts, since it took the place of the others. Of a list,
    each value counts for itself."""
    every: str = ""
    """Field of the entry with a cadence: the day is then the last one covered, and the end of the next calendar period falls due."""
    days: int = 0
    """Days given after the end of that period."""
    grace: str = ""
    """Field of the entry with another number of such days."""
    by: str = ""
    """Field with the person who has to do it, where it is not the owner."""
    ends: bool = False
    """Whether the day is an end that asks nothing of anybody once it is past, such as the last day of a key."""


REVIEW = Due("next_review", "review")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a kind of entry is called, where its register lies and how it appears."""

    name: str
    title: str
    plural: str
    about: str
    register: str = ""
    """Name of the register below `registers/`, as file or folder; empty for what comes from elsewhere."""
    prefix: str = ""
    clauses: tuple[str, ...] = ()
    """Clauses and controls that the register answers, the most telling first."""
    answers: tuple[str, ...] = ()
    """Documented information of the catalogue that the register is, once something is in it."""
    key: str = ""
    """Field that the id is made of, for rows that need no number of their own."""
    computed: tuple[tuple[str, str], ...] = ()
    """Properties worked out from fields, with their titles."""
    body: str = "note"
    """Field that takes the text below the front matter, when an entry is kept as a Markdown file."""
    page: Literal["own", "limit", "rows", "shared"] = "limit"
    """`own`: always a page each; `limit`: a page each while the register is small; `rows`: never; `shared`: on the page of its `key`."""
    record: bool = False
    """Whether entries are proofs of other entries, which lists of changes and relations keep apart."""
    group: str = "Organization"
    """Heading under which the site lists the register."""
    main: bool = False
    """Whether it has a place of its own in the navigation."""
    happened: str = ""
    """Field with the day on which it happened, for registers of what was: they may name what has been retired since."""
    closed: str = ""
    """Field with the day that closes an entry: from then on nothing of it falls due, and what a closed entry needs is asked for."""
    due: tuple[Due, ...] = (REVIEW,)
    """Days on which something falls due while the entry is open."""
    occasion: str = ""
    """Field with the day of the occasion, for registers in which nothing may happen for a long time: no entry is then no gap in itself."""
    meaning: tuple[str, ...] | None = None
    """Fields a change of which makes links to an entry suspect; None for all that say something, see `model.meaning`."""
    example: str = ""
    """One valid entry as YAML, shown on the reference page; indented as the declaration is."""

    @property
    def example_text(self) -> str:
        """The example without the indentation of its declaration."""
        return dedent(self.example).strip()

    @property
    def historical(self) -> bool:
        """Whether entries tell of what was, so that they may name what has been retired since."""
        return self.record or bool(self.happened)


def _whole_number(value: Any) -> Any:
    # pydantic would take "1_000" and " 7 "; a register says what it means
    if isinstance(value, str) and not re.fullmatch(r"-?(0|[1-9][0-9]*)", value):
        raise ValueError("should be a whole number")
    return value


def _decimal(value: Any) -> Any:
    # float() would take "nan", "1e3" and "1_000"
    if isinstance(value, str) and not re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", value):
        raise ValueError("should be a number, with a point before its decimals")
    return value


def _truth(value: Any) -> Any:
    # YAML 1.2 has true and false; yes, no, on, off are words
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise ValueError("should be true or false")
        return value == "true"
    return value


def _calendar_date(value: Any) -> Any:
    return _day(value) if isinstance(value, str) else value


@lru_cache(maxsize=4096)
def _day(text: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("should be a date as YYYY-MM-DD")
    return date.fromisoformat(text)


Text = Annotated[str, StringConstraints(strip_whitespace=True)]
Markdown = Annotated[str, Form("Markdown")]
FilePlace = Annotated[str, Form("place"), StringConstraints(strip_whitespace=True)]
Sha256 = Annotated[str, Form("code"), StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Integer = Annotated[int, BeforeValidator(_whole_number)]
Decimal = Annotated[float, BeforeValidator(_decimal)]
Boolean = Annotated[bool, BeforeValidator(_truth)]
Date = Annotated[date, BeforeValidator(_calendar_date)]
Id = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
AnyRef = Annotated[str, Ref()]
PersonRef = Annotated[str, Ref(("person",))]
RoleRef = Annotated[str, Ref(("role",))]
ControlRef = Annotated[str, Ref(("control",))]
ClauseRef = Annotated[str, Ref(("clause",))]
DocumentRef = Annotated[str, Ref(("document",))]
EvidenceRef = Annotated[str, Ref(("evidence",))]
AssetRef = Annotated[str, Ref(("asset",))]
SupplierRef = Annotated[str, Ref(("supplier",))]
RiskRef = Annotated[str, Ref(("risk",))]
ActionRef = Annotated[str, Ref(("action",))]
RequirementRef = Annotated[str, Ref(("requirement",))]
RetentionRef = Annotated[str, Ref(("retention",))]

Classification = Literal["public", "internal", "confidential", "restricted"]
Level = Literal["low", "medium", "high"]
Severity = Literal["low", "medium", "high", "critical"]
FindingGrade = Literal["compliant", "ofi", "minor", "major"]


def column(
    title: str,
    description: str,
    *,
    need: Need = "in force",
    table: bool = True,
    back: str = "",
    default: Any = None,
    **constraints: Any,
) -> Any:
    """Declare a field: title and description, when it is needed, whether tables show it, and what the other side calls the relation."""
    extra: dict[str, Any] = {"need": need, "table": table, "back": back}
    return Field(default=default, title=title, description=description, json_schema_extra=extra, **constraints)


class Part(BaseModel):
    """A structured value inside an entry."""

    model_config = ConfigDict(defer_build=True, extra="forbid", frozen=True, validate_by_name=False, validate_by_alias=True)


class KeptFile(NamedTuple):
    """A file in the repository that an entry stands for: its path, the recorded SHA-256 if any, and the field that names it."""

    path: str
    sha256: str | None
    field: str


class Entry(Part):
    """One row of a register, or one document."""

    KIND: ClassVar[Kind]

    id: Id = column("Id", "Permanent identifier, never reused.", need="always")
    title: Text | None = column("Title", "Short name.", need="always")
    owner: PersonRef | None = column("Owner", "Person who answers for it.")
    status: str = column("Status", "Where it stands in its life.", need="optional", table=False, default="active")
    created: Date | None = column("Created", "Day the entry was made.", need="optional", table=False)
    next_review: Date | None = column("Next review", "Day by which it is looked at again.", need="optional", table=False)
    links: tuple[AnyRef, ...] = column("Related to", "Further entries it belongs with.", need="optional", table=False, default=())
    evidence: tuple[EvidenceRef, ...] = column(
        "Evidence", "Evidence named here; normally evidence names what it proves.", need="optional", table=False, default=()
    )
    classification: Classification | None = column("Classification", "Who may read it.", need="optional", table=False)
    note: Markdown | None = column("Note", "Anything else worth knowing.", need="optional", table=False)

    @property
    def name(self) -> str:
        """What people call it: the title, else the id."""
        return self.title or self.id

    @property
    def kept_file(self) -> KeptFile | None:
        """The file in the repository that it stands for, if there is one."""
        return None

    def worked_out(self, entries: Mapping[str, Entry]) -> Mapping[str, Any]:  # noqa: ARG002
        """Return the values of the properties that its kind has computed, given all entries by id; None where one is unknown."""
        return {name: getattr(self, name) for name, _ in self.KIND.computed}

    def worked_out_words(self, entries: Mapping[str, Entry]) -> Mapping[str, str]:
        """Return what is worked out as people read it; empty where it is unknown."""
        return {name: "" if value is None else str(value) for name, value in self.worked_out(entries).items()}

    @property
    def draft(self) -> bool:
        """Whether it may still be incomplete."""
        return self.status == "draft"

    @property
    def closed(self) -> bool:
        """Whether it is done with."""
        return bool(self.KIND.closed and getattr(self, self.KIND.closed) is not None)

    @property
    def day(self) -> date | None:
        """The day on which it happened; None for what does not happen, or on an unknown day."""
        return getattr(self, self.KIND.happened) if self.KIND.happened else None

    @property
    def retired(self) -> bool:
        """Whether it is kept only as a tombstone."""
        return self.status in ("retired", "withdrawn")

    @property
    def living(self) -> bool:
        """Whether it counts: neither a draft nor retired."""
        return not self.draft and not self.retired


class RegisterEntry(Entry):
    """An entry of a register, which is a draft, active or retired."""

    status: Literal["draft", "active", "retired"] = column(
        "Status", "Draft entries may be incomplete; retired ones stay as tombstones.", need="optional", table=False, default="active"
    )
