"""Retiring: an entry stays as a tombstone, says why, and what still refers to it is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from isms_plugin.authoring.retire import Retirement, retire, to_do
from isms_plugin.build import Build, build_facts
from isms_plugin.errors import IsmsError
from isms_plugin.sources.workspace import Workspace
from tests.builders import TODAY
from tests.repository import MINIMAL, RECORD, policy

FILES = MINIMAL | {
    "registers/assets.yml": "- id: AST-1\n  title: Laptops\n  note: >-\n    Bought.\n- id: AST-2\n  title: Old\n  status: retired\n",
    "registers/sites/SIT-1.md": "---\nid: SIT-1\ntitle: Leeds\n---\nUpstairs.\n",
    "registers/risks.yml": "- id: RSK-1\n  title: Theft\n  assets: [AST-1]\n- id: RSK-2\n  status: retired\n  assets: [AST-1]\n",
    "policies/other.md": policy("POL-02", text="See [AST-1] and `[AST-1]`."),
}


@pytest.fixture
def build(workspace: Callable[..., Workspace]) -> Build:
    return build_facts(workspace(FILES), TODAY)


def retired(build: Build, name: str, reason: str = "") -> Retirement:
    return retire(build.facts, build.sources.snapshot, name, reason)


def test_status_and_reason_are_written_and_nothing_else(build: Build) -> None:
    text = FILES["registers/assets.yml"]
    expected = text.replace("Laptops\n", "Laptops\n  status: retired\n").replace(
        "Bought.\n", "Bought.\n\n\n    Retired on 2026-11-24: Sold to Leeds.\n"
    )
    assert retired(build, "AST-1", " Sold  to Leeds. ").content.decode() == expected
    assert retired(build, "AST-1").content.decode() == text.replace("Laptops\n", "Laptops\n  status: retired\n")


def test_a_document_is_withdrawn_and_its_decision_asked_for(build: Build) -> None:
    made = retired(build, "POL-01", "Merged.")
    expected = policy().replace("approved\n", "withdrawn\n").replace("internal\n", 'internal\nnote: "Withdrawn on 2026-11-24: Merged."\n')
    assert made.content.decode() == expected
    assert to_do(build.facts, made.entry) == ("Commit it, then record who decided on it: isms approve POL-01 --decision withdrawn",)
    assert to_do(build.facts, retired(build, "POL-02").entry) == ()


def test_the_reason_goes_below_a_note_that_is_the_text_of_the_file(build: Build) -> None:
    expected = "---\nid: SIT-1\ntitle: Leeds\nstatus: retired\n---\nUpstairs.\n\nRetired on 2026-11-24: Closed.\n"
    assert retired(build, "SIT-1", "Closed.").content.decode() == expected


def test_what_is_in_force_and_refers_to_it_is_told_with_its_place(build: Build) -> None:
    found = [(item.place.path, item.place.line, item.entry) for item in retired(build, "AST-1").referring]
    assert found == [("policies/other.md", 26, "POL-02"), ("registers/risks.yml", 3, "RSK-1")]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("AST-2", "AST-2: is retired already"),
        ("APR-POL-01-1.0", "is a record of what was"),
        ("AST-9", "no such entry"),
        ("A.5.1", "comes with"),
    ],
)
def test_what_cannot_be_retired_is_refused(build: Build, name: str, told: str) -> None:
    assert RECORD in FILES
    with pytest.raises(IsmsError, match=told):
        retired(build, name)
