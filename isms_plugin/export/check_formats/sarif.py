"""A check as SARIF 2.1.0 (OASIS), which code scanning and editors read."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from isms_plugin import __version__
from isms_plugin.analysis.check_report import CheckReport, Reported
from isms_plugin.export.check_formats.code_quality import NOWHERE
from isms_plugin.export.check_formats.plain_json import as_json
from isms_plugin.export.check_formats.printable import file_of, message_of, printable
from isms_plugin.model.codes import CODES, Code
from isms_plugin.model.diagnostic import Grade

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT: Final = "%SRCROOT%"
_LEVELS: Final = {Grade.MAJOR: "error", Grade.MINOR: "warning"}
"""By grade; all others are notes."""

_INDEX: Final = {code: position for position, code in enumerate(CODES)}


def sarif(report: CheckReport) -> str:
    """Return the report as JSON: every code is a rule, what is waived or known is suppressed."""
    run = {
        "tool": {"driver": {"name": "isms", "semanticVersion": __version__, "rules": [_rule(*item) for item in CODES.items()]}},
        "originalUriBaseIds": {_ROOT: {"description": {"text": "Top of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(report, found) for found in report.reported],
        "properties": {"asOf": report.today.isoformat(), "commit": report.commit, "failOn": report.threshold.word},
    }
    return as_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(name: str, code: Code) -> dict[str, Any]:
    quoted = f" An auditor would quote {code.clause} of ISO/IEC 27001." if code.clause else ""
    grade = Grade.of(code.grade)
    return {
        "id": name,
        "name": "".join(word.capitalize() for word in name.split("-")),
        "shortDescription": {"text": code.meaning},
        "help": {"text": f"{code.meaning}{quoted} Grade: {grade.word}, unless the settings say otherwise."},
        "defaultConfiguration": {"level": _level(grade)},
        "properties": {"tags": [code.clause] if code.clause else [], "grade": grade.word},
    }


def _level(grade: Grade) -> str:
    return _LEVELS.get(grade, "note")


def _result(report: CheckReport, found: Reported) -> dict[str, Any]:
    item = found.item
    return {
        "ruleId": item.code,
        "ruleIndex": _INDEX[item.code],
        "level": _level(found.grade),
        "message": {"text": message_of(found)},
        "locations": [_location(report, found)],
        # the first is what GitHub compares by, and would else be made of the text of the line
        "partialFingerprints": {"primaryLocationLineHash": found.fingerprint, "ismsDiagnostic/v1": found.fingerprint},
        **({"baselineState": "new"} if report.comparison else {}),
        **({"suppressions": [_suppression(found)]} if found.excuse else {}),
        "properties": {"grade": found.grade.word, "clause": item.clause, "entry": printable(item.entry)},
    }


def _location(report: CheckReport, found: Reported) -> dict[str, Any]:
    """Return where it is; GitHub refuses results that are nowhere."""
    place = found.item.place
    uri = quote((file_of(report, found) or report.prefix + NOWHERE).encode("utf-8", "surrogateescape"))
    column = {"startColumn": place.column} if place.column else {}
    region = {"region": {"startLine": place.line, **column}} if place.line else {}
    return {"physicalLocation": {"artifactLocation": {"uri": uri, "uriBaseId": _ROOT}, **region}}


def _suppression(found: Reported) -> dict[str, Any]:
    return {"kind": "external", "status": "accepted", "justification": printable(found.excuse)}
