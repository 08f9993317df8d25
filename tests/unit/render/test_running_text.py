"""What stands on every printed page."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from isms_plugin.model.document import Document
from isms_plugin.model.settings import Settings
from isms_plugin.render.document_state import shown
from isms_plugin.render.environment import View
from isms_plugin.render.running_text import running_text
from tests.builders import a_document, a_person
from tests.unit.render.documents import OLD, changed, history, record, view

_STRING = r'"((?:[^"\\\n]|\\[0-9a-f]{1,6} )*)"'
STYLE = re.compile(
    r'<style media="print">\n@page \{ margin: 22mm 15mm 20mm; font-size: 7\.5pt;\n'
    rf"  @top-left \{{ content: {_STRING}; \}} @top-right \{{ content: {_STRING}; \}}\n"
    rf"  @bottom-left \{{ content: {_STRING}; width: 80%; text-align: left; \}}\n"
    r'  @bottom-right \{ content: "Page " counter\(page\) " of " counter\(pages\); \} \}\n'
    r'</style><p class="isms-paper">(.*)</p>',
    re.DOTALL,
)
NASTY = '"; } </style><script>alert(1)</script> \\" \\ \n */ {}\r\f ü 🔐'


def printed(made: View, identifier: str = "POL-001") -> tuple[str, ...]:
    """Header left and right, footer, and the words for browsers without margin boxes."""
    document = made.facts.isms.get(Document, identifier)
    assert document
    found = STYLE.fullmatch(running_text(made, shown(made, document)))
    assert found, "nothing may end the string or the style element"
    return (*(re.sub(r"\\([0-9a-f]+) ", lambda match: chr(int(match[1], 16)), text) for text in found.groups()[:3]), unescape(found[4]))


def approved(*entries: Document) -> View:
    return view(record(OLD), *entries, past=history((OLD, "1.0")), body=OLD)


def test_paper_says_which_text_it_is_whose_and_that_it_is_not_controlled() -> None:
    left, right, foot, words = printed(approved())
    assert left == "POL-001 · Version 1.0, approved"
    assert right == "Internal · Owner Anna Berg"
    assert foot == "Approved by Anna Berg on 2026-01-01 · Next review 2027-01-01 · Uncontrolled when printed"
    assert words == f"{left}. {right}. {foot}."


def test_what_is_unknown_is_said() -> None:
    left, right, foot, _ = printed(view(a_document(version=None, owner=None, classification=None, next_review=None, approved_on=None)))
    assert left == "POL-001 · Version unknown, draft"
    assert right == "Not classified · Owner unknown"
    assert foot == "No approval · Next review unknown · Uncontrolled when printed"


def test_a_draft_on_paper_is_a_draft() -> None:
    assert printed(changed("in_review"))[0] == "POL-001 · Version 1.0, approved"
    made = changed("in_review", settings=Settings(publish="head"))
    assert printed(made)[0] == "POL-001 · Version 1.1, in review"


def test_a_document_without_an_id_goes_by_its_title() -> None:
    made = view(a_document(id="policies/security.md"))
    assert printed(made, "policies/security.md")[0].startswith("Security policy · ")


@pytest.mark.parametrize("text", [NASTY, '"', "\\", "</style>", "\n", "a\\", "\\22 ", "}", "\0", "-->", "]]>", "&amp;"])
def test_no_name_can_end_the_string_or_the_style(text: str) -> None:
    named = a_person(name=f"A{text}b")
    _, right, foot, words = printed(view(named, record(OLD), past=history((OLD, "1.0")), body=OLD))
    assert (right, foot.partition(" on ")[0]) == (f"Internal · Owner A{text}b", f"Approved by A{text}b")
    assert f"Owner A{text}b. " in words


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
@example(NASTY)
def test_whatever_a_document_is_called_the_style_stays_whole(title: str) -> None:
    made = view(a_document(id="x.md", version=title))
    version = made.facts.isms.entries["x.md"].version  # type: ignore[attr-defined]
    assert f"Version {version or 'unknown'}, draft" in printed(made, "x.md")[0]
