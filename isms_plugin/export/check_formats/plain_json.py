"""A check as data: schema isms-check/1."""

from __future__ import annotations

import json
from typing import Any

from isms_plugin.analysis.check_report import CheckReport, Comparison, Reported
from isms_plugin.export.data import diagnostic_data


def plain_json(report: CheckReport) -> str:
    """Return the report as JSON."""
    data: dict[str, Any] = {"schema": "isms-check/1", "diagnostics": [_diagnostic(found) for found in report.reported]}
    if report.comparison is not None:
        data["changed"] = _changed(report.comparison)
    return as_json(data)


def as_json(data: Any) -> str:
    """Return data as JSON that any encoding can carry: a file name that is not UTF-8 keeps its bytes as escapes."""
    return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace").decode() + "\n"


def _diagnostic(found: Reported) -> dict[str, Any]:
    """Return a diagnostic; `waived_by` and `known` stand only where they apply."""
    return {
        **diagnostic_data(found.item, found.grade),
        "fingerprint": found.fingerprint,
        **({"waived_by": found.waived_by} if found.waived_by else {}),
        **({"known": True, "reason": found.known.reason} if found.known else {}),
    }


def _changed(compared: Comparison) -> dict[str, Any]:
    return {
        "base": compared.base,
        "commit": compared.commit,
        "merged": compared.merged,
        "gap": compared.gap,
        "fixed": [_diagnostic(found) for found in compared.fixed],
        "standing": compared.standing,
    }
