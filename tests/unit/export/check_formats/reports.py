"""A report with one diagnostic of each sort."""

from __future__ import annotations

from datetime import date
from typing import Any

from isms_plugin.analysis.check_report import CheckReport, Comparison, Reported
from isms_plugin.model.diagnostic import Diagnostic, Grade, Place
from isms_plugin.model.known import Identity, Known, identity_of

DAY = date(2026, 11, 30)


def a_reported(
    code: str = "overdue",
    message: str = "ACT-001: action was due on 2026-11-13",
    *,
    grade: Grade = Grade.MINOR,
    path: str = "registers/actions.yml",
    line: int = 4,
    column: int = 8,
    entry: str = "ACT-001",
    hint: str = "do it",
    **parts: Any,
) -> Reported:
    item = Diagnostic(code=code, message=message, hint=hint, entry=entry, place=Place(path, line, column))
    return Reported(item, grade, identity_of(item).digest, **parts)


def known(reason: str = "") -> Known:
    return Known(identity=Identity("", "", "", ""), reason=reason)


MAJOR = a_reported("no-decision", "A.5.7 has no decision", grade=Grade.MAJOR, path="", line=0, column=0, entry="A.5.7", hint="")
MINOR = a_reported()
OFI = a_reported("no-deputy", "nobody stands in", grade=Grade.OFI, path="registers/roles.yml", line=2, column=0, entry="ROL-001", hint="")
WAIVED = a_reported("evidence-gap", grade=Grade.INFO, waived_by="EXC-003", waived="waived by EXC-003 until 2027-03-31")
KNOWN = a_reported("no-owner", known=known("Until the merger."))


def a_report(*found: Reported, **parts: Any) -> CheckReport:
    valid: dict[str, Any] = {"reported": found, "threshold": Grade.MINOR, "today": DAY, "commit": "c0ffee"}
    return CheckReport(**(valid | parts))


def a_comparison(**parts: Any) -> Comparison:
    valid: dict[str, Any] = {"base": "main", "commit": "0123456789abcdef", "merged": True, "standing": 5}
    return Comparison(**(valid | parts))


def the_report(**parts: Any) -> CheckReport:
    return a_report(MAJOR, MINOR, OFI, WAIVED, KNOWN, **parts)
