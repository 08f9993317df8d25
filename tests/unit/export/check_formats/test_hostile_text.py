"""Whatever somebody wrote into a file, reports stay what they are and carry it as text."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.export.check_formats import FORMATS
from isms_plugin.export.check_formats.printable import printable
from tests.unit.export.check_formats.reports import a_comparison, a_report, a_reported, known

PIECES = (
    "::error::", "\n::error file=x::", "##[error]", "%0A", "%", "]]>", "<![CDATA[", "<!--", "&amp;", '"', "'", "\\", "{{", "`", "\x00",
    "\x1b[2J", "\x85", "\u2028", "\u202e", "\r\n", "\udcff", "\ufffe", "ä", "\U0001f600", ",", ":", "=", "|", "..", "/",
)  # fmt: skip
HOSTILE = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=6).map("".join)


def reports(text: str) -> list[str]:
    found = a_reported(message=text, hint=text, path=f"registers/{text}", entry=text)
    excused = a_reported(message=text, known=known(text))
    report = a_report(found, excused, comparison=a_comparison(base=text, gap=text, fixed=(found,)))
    return [FORMATS[name](report) for name in FORMATS] + [FORMATS[name](a_report(found, excused)) for name in FORMATS]


@given(HOSTILE)
def test_every_report_can_be_written_as_utf_8(text: str) -> None:
    for told in reports(text):
        told.encode()


@given(HOSTILE)
def test_json_says_what_was_written(text: str) -> None:
    report = a_report(a_reported(message=text, entry=text))
    assert printable(text) in json.loads(FORMATS["sarif"](report))["runs"][0]["results"][0]["message"]["text"]
    assert printable(text) in json.loads(FORMATS["codequality"](report))[0]["description"]
    found = json.loads(FORMATS["json"](report))["diagnostics"][0]
    assert (found["message"], found["entry"]) == (text, text)


@given(HOSTILE)
def test_xml_can_be_read_again(text: str) -> None:
    case = ElementTree.fromstring(FORMATS["junit"](a_report(a_reported(message=text, hint=text, entry="")))).findall(".//testcase")[1]
    assert case.get("name") == printable(text)
    assert (case[0].text or "").splitlines()[0] == "registers/actions.yml:4:8: minor"


@given(HOSTILE)
def test_an_annotation_is_one_command_with_our_properties_alone(text: str) -> None:
    commands = FORMATS["github"](a_report(a_reported(message=text, hint=text, path=f"registers/{text}x"))).splitlines()
    assert len(commands) == 2
    head, message = re.fullmatch(r"::warning ([^\n]*?)::([^\r\n]*)", commands[0]).groups()  # type: ignore[union-attr]
    assert [part.partition("=")[0] for part in head.split(",")] == ["file", "line", "col", "title"]
    assert re.fullmatch(r"(?:[^%]|%25|%0A)*", message)


@given(HOSTILE)
def test_no_line_of_text_is_a_command(text: str) -> None:
    told = FORMATS["text"](a_report(a_reported(message=text, hint=text, path=text, entry="")))
    assert len(told.splitlines()) == (3 if text else 2)
    assert not any(line.lstrip().startswith("::") or "##[" in line for line in told.splitlines())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb", "a\\tb"),
        ("a\x1b[31m", "a\\x1b[31m"),
        ("\u202eevil", "\\u202eevil"),
        ("\udcff", "\\udcff"),
        ("ä \U0001f600 \\", "ä \U0001f600 \\"),
    ],
)
def test_what_is_not_for_printing_is_written_out(text: str, shown: str) -> None:
    assert printable(text) == shown
