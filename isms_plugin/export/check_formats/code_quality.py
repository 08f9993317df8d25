"""A check as the code quality report of GitLab, which shows what a merge request adds and clears."""

from __future__ import annotations

from typing import Any, Final

from isms_plugin.analysis.check_report import CheckReport, Reported
from isms_plugin.export.check_formats.plain_json import as_json
from isms_plugin.export.check_formats.printable import file_of, message_of, printable
from isms_plugin.model.diagnostic import Grade

NOWHERE: Final = "mkdocs.yml"
"""Stands for the ISMS as a whole, since these reports know no diagnostic without a file."""

_SEVERITIES: Final = {Grade.MAJOR: "major", Grade.MINOR: "minor"}
"""By grade; all others are for information."""


def code_quality(report: CheckReport) -> str:
    """Return the report as JSON; what is known or waived is left out, since the form has no way to excuse anything."""
    return as_json([_issue(report, found) for found in report.reported if not found.excuse])


def _issue(report: CheckReport, found: Reported) -> dict[str, Any]:
    return {
        "description": message_of(found).replace("\n", " - "),
        "check_name": found.item.code,
        "fingerprint": found.fingerprint,
        "severity": _SEVERITIES.get(found.grade, "info"),
        "location": {"path": printable(file_of(report, found)) or report.prefix + NOWHERE, "lines": {"begin": found.item.place.line or 1}},
    }
