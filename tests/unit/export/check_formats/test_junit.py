"""A check as JUnit XML."""

from __future__ import annotations

from xml.etree import ElementTree

from isms_plugin import __version__
from isms_plugin.export.check_formats.junit import junit
from isms_plugin.model.diagnostic import Grade
from tests.unit.export.check_formats.reports import a_report, a_reported, the_report

EMPTY = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="isms check" tests="1" failures="0" errors="0" time="0">
 <testsuite name="isms check" tests="1" failures="0" errors="0" skipped="0" time="0" timestamp="2026-11-30T00:00:00">
  <properties>
   <property name="as_of" value="2026-11-30" />
   <property name="commit" value="c0ffee" />
   <property name="fail_on" value="minor" />
   <property name="version" value="{__version__}" />
  </properties>
  <testcase classname="isms" name="the ISMS was read" time="0" />
 </testsuite>
</testsuites>
"""


def test_nothing_found_is_one_case_that_passes() -> None:
    assert junit(a_report()) == EMPTY


def test_there_is_a_suite_for_each_clause_in_their_order() -> None:
    found = [a_reported(code) for code in ("empty-register", "no-decision", "finding-declined", "overdue", "exception-expired")]
    names = [suite.get("name") for suite in ElementTree.fromstring(junit(a_report(*found)))]
    assert names == ["isms check", "6.1.3", "8.1", "10.2", "A.5.36", "form"]


def test_a_case_fails_is_skipped_or_passes_with_an_output() -> None:
    top = ElementTree.fromstring(junit(the_report()))
    cases = {case.get("classname"): case for case in top.iter("testcase")}
    outcomes = {name: next((part.tag for part in case), "") for name, case in cases.items()}
    assert outcomes == {
        "isms": "", "no-decision": "failure", "overdue": "failure", "no-deputy": "system-out", "evidence-gap": "skipped",
        "no-owner": "skipped",
    }  # fmt: skip
    assert (top.get("tests"), top.get("failures")) == ("6", "2")
    assert cases["overdue"].attrib == {
        "classname": "overdue", "name": "ACT-001: action was due on 2026-11-13", "time": "0", "file": "registers/actions.yml", "line": "4",
    }  # fmt: skip
    assert cases["overdue"][0].text == "registers/actions.yml:4:8: minor\nACT-001: action was due on 2026-11-13\ndo it"
    assert cases["no-deputy"].get("name") == "ROL-001: nobody stands in"
    assert cases["no-owner"][0].get("message") == "known: Until the merger."


def test_the_numbers_of_a_suite_are_those_of_its_cases() -> None:
    for suite in ElementTree.fromstring(junit(the_report(threshold=Grade.OFI))):
        counted = {"tests": "testcase", "failures": "testcase/failure", "skipped": "testcase/skipped"}
        assert {name: suite.get(name) for name in counted} == {name: str(len(suite.findall(path))) for name, path in counted.items()}
