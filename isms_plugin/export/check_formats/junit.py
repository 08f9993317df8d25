"""A check as JUnit XML: a suite for each clause that something is wrong with, and a case for each diagnostic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final
from xml.etree import ElementTree

from isms_plugin import __version__
from isms_plugin.analysis.check_report import CheckReport, Reported
from isms_plugin.export.check_formats.printable import file_of, message_of, name_of, printable
from isms_plugin.model.natural_order import natural

_FORM: Final = "form"
"""The suite of codes for which nobody would quote a clause."""


def junit(report: CheckReport) -> str:
    """Return the report as XML: what is excused is skipped, what is below the threshold passes with an output.

    A first case, which always passes, says that the ISMS was read; what is not looked at is never told as passed.
    """
    found: dict[str, list[Reported]] = defaultdict(list)
    for item in report.reported:
        found[item.item.clause or _FORM].append(item)
    tests, failures = str(len(report.reported) + 1), str(report.failing)
    top = ElementTree.Element("testsuites", name="isms check", tests=tests, failures=failures, errors="0", time="0")
    first = _suite(top, report, "isms check", ())
    ElementTree.SubElement(first, "testcase", classname="isms", name="the ISMS was read", time="0")
    for clause in sorted(found, key=natural):
        _suite(top, report, clause, found[clause])
    ElementTree.indent(top, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(top, encoding="unicode") + "\n"


def _suite(top: ElementTree.Element, report: CheckReport, name: str, found: Iterable[Reported]) -> ElementTree.Element:
    found = tuple(found)
    counts = {
        "tests": len(found) or 1,
        "failures": sum(map(report.fails, found)),
        "errors": 0,
        "skipped": sum(bool(item.excuse) for item in found),
    }
    told = {key: str(value) for key, value in counts.items()}
    suite = ElementTree.SubElement(top, "testsuite", {"name": name, **told, "time": "0", "timestamp": f"{report.today}T00:00:00"})
    properties = ElementTree.SubElement(suite, "properties")
    values = {"as_of": report.today.isoformat(), "commit": report.commit, "fail_on": report.threshold.word, "version": __version__}
    for key, value in values.items():
        ElementTree.SubElement(properties, "property", name=key, value=value)
    for item in found:
        _case(suite, report, item)
    return suite


def _case(suite: ElementTree.Element, report: CheckReport, found: Reported) -> None:
    item = found.item
    place = {"file": printable(file_of(report, found)), "line": str(item.place.line or "")}
    told = {key: value for key, value in place.items() if value}
    case = ElementTree.SubElement(suite, "testcase", {"classname": item.code, "name": name_of(found), "time": "0", **told})
    text = "\n".join((f"{printable(str(item.place))}: {found.grade.word}" if item.place.path else found.grade.word, message_of(found)))
    if found.excuse:
        ElementTree.SubElement(case, "skipped", message=printable(found.excuse)).text = text
    elif report.fails(found):
        ElementTree.SubElement(case, "failure", type=found.grade.word, message=printable(item.message)).text = text
    else:
        ElementTree.SubElement(case, "system-out").text = text
