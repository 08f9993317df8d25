"""How a register is compared with what another system exports: the mapping kept in `reconcile/`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from isms_plugin.model.cadence import Every
from isms_plugin.model.entry import Date, Id, Integer


def _words(value: Any) -> Any:
    """Take a single word for a list of one; what is empty stands for empty."""
    items = value if isinstance(value, list | tuple) else [value]
    return tuple("" if item is None else item for item in items)


def _column(value: Any) -> Any:
    """Take a single word for the column."""
    return {"column": value} if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_words)]
GivenWords = Annotated[tuple[str, ...] | None, BeforeValidator(_words)]
"""None where nothing is said; `null` in a mapping stands for empty."""
Sense = Literal["text", "date", "number", "truth", "person", "entry"]
Sort = Literal["not-registered", "registered-otherwise", "not-in-export", "disagrees", "condition", "ambiguous", "no-key"]
"""What may differ between a register and an export."""


class Rule(BaseModel):
    """A part of a mapping; whatever it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=False, validate_by_alias=True)


class Compared(Rule):
    """A column that has to say the same as a field."""

    column: str = Field(description="Heading of the column.")
    by: Sense | None = Field(None, description="How cells are read; default: as the field is declared.")
    values: dict[str, str] = Field({}, description="Words of the export and what the register says for them.")
    date_format: str = Field("", description="How the export writes dates, such as %d/%m/%Y; default: YYYY-MM-DD.")
    when_empty: Literal["differs", "skip"] = Field("differs", description="What an empty cell beside a filled field means.")


ComparedField = Annotated[Compared, BeforeValidator(_column)]
"""Written as the column alone where there is nothing else to say."""


class Condition(Rule):
    """Something that has to be true in the real world, whatever the register says."""

    column: str = Field(description="Heading of the column.")
    allowed: GivenWords = Field(None, alias="is", description="What the cell has to be; upper and lower case do not matter.")
    refused: GivenWords = Field(None, alias="is_not", description="What the cell must not be.")
    within_days: Integer | None = Field(None, ge=0, description="How many days ago the date in the cell may be at most.")
    date_format: str = Field("", description="How the export writes dates; default: YYYY-MM-DD.")
    only: dict[str, Words] = Field({}, description="Rows that it is asked of, by column; default: all that take part.")
    says: str = Field(description="What is wrong where it does not hold.")
    control: str = Field("", description="Control or clause that asks for it.")


class Together(Rule):
    """An entry that stands for many things, such as all laptops."""

    entry: Id = Field(description="Id of the entry.")
    only: dict[str, Words] = Field({}, description="Rows that belong to it, by column; default: all that no other entry stands for.")


class Ignored(Rule):
    """A difference that is known and accepted."""

    key: str = Field(min_length=1, description="Key of the row or entry, or id of the entry.")
    reason: str = Field(min_length=1, description="Why it may stay.")
    until: Date | None = Field(None, description="Last day on which it may.")
    differences: tuple[Sort, ...] = Field((), description="What is ignored; default: everything about it.")


class Reconciliation(Rule):
    """One comparison: which register, which rows, and what has to agree."""

    register_name: str = Field("", alias="register", description="Register; default: the name of the file.")
    export: str = Field("", description="What the export is, and how one gets it.")
    sheet: str = Field("", description="Sheet of a workbook; default: the first.")
    inside: str = Field("", alias="list", description="Dotted way to the list in JSON; default: the only one there is.")
    key: dict[str, str] = Field(min_length=1, description="Fields of the register and their columns, the most certain first.")
    where: dict[str, Words] = Field({}, description="Entries that take part, by field.")
    only: dict[str, Words] = Field({}, description="Rows that take part, by column.")
    together: tuple[Together, ...] = Field((), description="Entries that stand for many rows.")
    fields: dict[str, ComparedField] = Field({}, description="Fields and the columns that have to agree with them.")
    must: tuple[Condition, ...] = Field((), description="What has to be true of every row.")
    propose: dict[str, str] = Field({}, description="Fields of proposed entries; `{Column}` stands for the cell.")
    report: tuple[Sort, ...] = Field((), description="What counts as a difference; default: everything.")
    ignore: tuple[Ignored, ...] = Field((), description="Differences that are accepted.")
    every: Every | None = Field(None, description="Calendar period for each of which a comparison is due.")
    requirement: str = Field("", description="Clause or control of a finding; default: the first control of the register.")
