"""Nil returns: that nothing happened in a period, stated by a named person."""

from __future__ import annotations

from typing import ClassVar

from isms_plugin.model.cadence import Period
from isms_plugin.model.entry import AnyRef, ControlRef, Date, Kind, Markdown, PersonRef, RegisterEntry, Text, column


class NilReturn(RegisterEntry):
    """A statement that a register has no entry for a period because there was no occasion.

    It may stand in the register it speaks of, as `- nil_return: {...}`; its id is then made of register and period.
    """

    KIND: ClassVar[Kind] = Kind(
        name="nil_return", title="Nil return", plural="Nil returns", register="nil-returns", prefix="NIL", clauses=("8.1",), body="basis",
        group="Operation", page="rows", meaning=(),
        about="Statements that nothing happened in a period, by whom and on what grounds.",
        example="""
            id: NIL-incidents-2026-01-01
            register: incidents
            period_from: 2026-01-01
            period_to: 2026-06-30
            stated_by: PER-003
            stated_on: 2026-07-03
            basis: Reporting form, alerts and the post box security@ looked through; 41 reports, no incident.
            """,
    )  # fmt: skip
    title: Text | None = column("Title", "Not needed.", need="optional", table=False)
    owner: PersonRef | None = column("Owner", "Not needed: whoever states it answers.", need="optional", table=False)
    register_name: Text | None = column("Register", "Register it speaks of.", need="always", alias="register")
    period_from: Date | None = column("From", "First day without an occasion.", need="always")
    period_to: Date | None = column("To", "Last day without an occasion.", need="always")
    stated_by: PersonRef | None = column("Stated by", "Who states it.", need="always", back="Nil returns stated")
    stated_on: Date | None = column("Stated on", "Day of the statement.", need="always")
    basis: Markdown | None = column("Basis", "What was looked at, and found empty.", need="always")
    controls: tuple[ControlRef, ...] = column(
        "Controls", "Controls whose occasion has not come; default: those that the register answers.", need="optional",
        back="Nil returns", default=(),
    )  # fmt: skip
    exercise: AnyRef | None = column("Exercise", "Exercise that shows the control would work.", need="optional", back="Nil returns")

    @property
    def name(self) -> str:
        """What people call it: register and period."""
        return self.title or f"No entry in {self.register_name or '?'}, {self.period or '?'}"

    @property
    def period(self) -> Period | None:
        """The period it speaks of; None while one end is unknown."""
        return None if self.period_from is None or self.period_to is None else Period(self.period_from, self.period_to)
