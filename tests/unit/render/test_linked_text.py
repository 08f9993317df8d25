"""Messages as HTML: ids become links, backticks code."""

from __future__ import annotations

import pytest

from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.render.environment import View
from isms_plugin.render.linked_text import hint, linked, told
from tests.builders import a_control
from tests.unit.render.documents import view


@pytest.fixture(scope="module")
def made() -> View:
    return view(a_control(id="A.5.10"))


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("RSK-001 and EVD-001: late", ["RSK-001", "EVD-001"]),
        ("(RSK-001), RSK-001.", ["RSK-001", "RSK-001"]),
        ("A.5.10, not A.5.1", ["A.5.10", "A.5.1"]),
        ("RSK-0011, XRSK-001, RSK-001-2, RSK-001.5, RSK-999", []),
        ("the day 2026-11-24", []),
        ("write `RSK-001`", []),
    ],
)
def test_every_registered_id_is_linked_and_nothing_else(made: View, text: str, targets: list[str]) -> None:
    html = linked(made, text)
    assert [part.partition('"')[0] for part in html.split('href="isms:')[1:]] == targets


def test_code_is_marked_and_html_is_text(made: View) -> None:
    assert linked(made, "use `isms accept <id>` & go") == "use <code>isms accept &lt;id&gt;</code> &amp; go"


def test_the_entry_comes_first_where_the_message_does_not_name_it(made: View) -> None:
    assert told(made, Diagnostic(code="overdue", message="action was due", entry="RSK-001")).startswith(
        '<a class="isms-ref" href="isms:RSK-001"'
    )
    named = told(made, Diagnostic(code="overdue", message="RSK-001 was due", entry="RSK-001"))
    assert named.count("isms:RSK-001") == 1
    assert named.endswith("was due.")
    assert told(made, Diagnostic(code="no-history", message="no history", entry="gone")) == "No history."


def test_hints_are_sentences(made: View) -> None:
    assert hint(made, Diagnostic(code="overdue", message="m", hint="did you mean it?")) == "Did you mean it?"
    assert hint(made, Diagnostic(code="overdue", message="m")) == ""
