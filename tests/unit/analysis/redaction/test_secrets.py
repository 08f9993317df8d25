"""Values that a scan of what is handed out looks for."""

from __future__ import annotations

import pytest

from isms_plugin.analysis.redaction.secrets import Finder, pieces, secrets_of, texts_of
from tests.builders import a_risk, an_audit, an_evidence

ORDINARY = frozenset(("audit", "report", "every", "customer"))


@pytest.mark.parametrize(
    ("value", "secret"),
    [
        ("Falcon project", True),
        ("Falcon", True),
        ("falcon", False),
        ("Audit report", False),
        ("Owl 99", False),
        ("RSK-001", True),
        ("2026-05-28", False),
        ("4 of 4", False),
        ("Report every audit, every customer", True),
        ("a1b2c3d4e5", True),
    ],
)
def test_what_says_something_by_itself(value: str, secret: bool) -> None:
    assert (value in secrets_of([value], [], [], ORDINARY)) == secret


@pytest.mark.parametrize(
    ("shown", "value", "secret"),
    [
        ("All about the Falcon project.", "falcon  Project", False),
        ("All about the Falcon\nproject.", "Falcon project", False),
        ("[Falcon](https://example.org) project", "Falcon project", False),
        ("The Falconer projects it.", "Falcon project", True),
        ("Falcon projects", "Falcon project", False),
        ("Superfalcon project", "Falcon project", False),
        ("Projet é", "Projet E Falcon", True),
        ("A customer and others", "Customer Angora", True),
    ],
)
def test_what_may_be_read_elsewhere_is_no_secret(shown: str, value: str, secret: bool) -> None:
    assert (value in secrets_of([value], [], [shown], ORDINARY)) == secret


def test_names_count_whatever_they_look_like() -> None:
    assert secrets_of([], ["aberg", "Every"], ["Every day"], ORDINARY) == {"aberg"}


def test_longer_texts_are_looked_for_sentence_by_sentence() -> None:
    text = "# Head\n\nThe **falcon** lands at noon. No.\n- It [flies](x.md) on to other towns; then it rests."
    assert list(pieces(text)) == ["The falcon lands at noon.", "It flies on to other towns;"]
    assert list(pieces("One line  only")) == ["One line only"]
    assert list(pieces("Short")) == []


def test_texts_of_parts_count_and_choices_do_not() -> None:
    audit = an_audit(samples=[{"population": "all laptops", "method": "by hand", "items": ["AST-001"]}])
    assert {"all laptops", "by hand", "Everything", "Internal audit"} <= set(texts_of(audit))
    found = set(texts_of(a_risk(note="A note here"))) | set(texts_of(an_evidence()))
    assert {"A laptop is stolen.", "A note here", "Directory"} <= found
    assert not {"modification", "RSK-001", "AST-001", "report", "2026-07-01"} & found


def test_messages_are_searched() -> None:
    finder = Finder(["Falcon project", "Owl"])
    assert finder.found("Buy for falcon\n PROJECT")
    assert not finder.found("Falconry, projects")
