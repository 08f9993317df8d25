"""A check as workflow commands of GitHub, which show each diagnostic beside the line that it speaks of."""

from __future__ import annotations

from typing import Final

from isms_plugin.analysis.check_report import CheckReport, Reported
from isms_plugin.export.check_formats.plain_text import plain_text
from isms_plugin.export.check_formats.printable import file_of, message_of, printable
from isms_plugin.model.diagnostic import Grade

_COMMANDS: Final = {Grade.MAJOR: "error", Grade.MINOR: "warning"}
"""By grade; all others are notices."""


def workflow_commands(report: CheckReport) -> str:
    """Return a command for each diagnostic that counts, the gravest first because a step shows only ten of a kind, and a last line."""
    counting = sorted((found for found in report.reported if not found.excuse), key=lambda found: -found.grade)
    return "".join(f"{_command(report, found)}\n" for found in counting) + plain_text(report).splitlines()[-1] + "\n"


def _command(report: CheckReport, found: Reported) -> str:
    item = found.item
    clause = f", {item.clause}" if item.clause else ""
    values = {
        "file": printable(file_of(report, found)),
        "line": str(item.place.line or ""),
        "col": str(item.place.column or ""),
        "title": f"{found.grade.word}: {item.code}{clause}",
    }
    properties = ",".join(f"{name}={_property(value)}" for name, value in values.items() if value)
    return f"::{_COMMANDS.get(found.grade, 'notice')} {properties}::{_data(message_of(found))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
