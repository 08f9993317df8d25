"""Assets, issues and parties that are missing."""

from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.context import find_context, find_scope
from isms_plugin.model.entry import Entry
from isms_plugin.model.isms import DocumentText
from tests.builders import a_document, a_party, a_person, an_asset, an_issue, facts_of


def assets(*changed: Entry, **options: Any) -> list[str]:
    return [item.code for item in find_scope(facts_of(*changed, **options), Stage.STAGE_1)]


@pytest.mark.parametrize(("status", "codes"), [("active", []), ("draft", ["no-asset-register"]), ("retired", ["no-asset-register"])])
def test_some_asset_is_registered(status: str, codes: list[str]) -> None:
    assert assets(an_asset(status=status)) == codes


def test_without_a_file_the_place_is_where_it_would_lie() -> None:
    (item,) = find_scope(facts_of(without=["AST-001"]), Stage.STAGE_1)
    assert item.place.path == "registers/assets.yml"


@pytest.mark.parametrize(
    ("person", "codes"),
    [
        ({}, []),
        ({"active_to": "2026-11-24"}, []),
        ({"active_to": "2026-11-23"}, ["assets-without-owner"]),
        ({"active_from": "2026-11-25"}, ["assets-without-owner"]),
        ({"status": "retired"}, ["assets-without-owner"]),
    ],
)
def test_somebody_who_is_here_answers_for_an_asset(person: dict[str, Any], codes: list[str]) -> None:
    assert assets(a_person(**person)) == codes


@pytest.mark.parametrize("owner", [None, "PER-009", "ROL-001"])
def test_only_a_person_answers(owner: str | None) -> None:
    assert assets(an_asset(owner=owner)) == ["assets-without-owner"]
    assert assets(an_asset(owner=owner), an_asset(id="AST-002")) == []


def context(*changed: Entry, **options: Any) -> list[str]:
    return [item.code for item in find_context(facts_of(*changed, **options), Stage.STAGE_1)]


def test_issues_parties_and_a_decision_on_climate_change_are_recorded() -> None:
    assert context(an_issue(), a_party()) == []
    assert context() == ["no-context-issue", "no-climate-decision", "no-interested-party"]
    assert context(an_issue(climate="false"), a_party()) == ["no-climate-decision"]


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_drafts_and_tombstones_say_nothing(status: str) -> None:
    assert len(context(an_issue(status=status), a_party(status=status))) == 3


@pytest.mark.parametrize(
    ("body", "codes"), [("Climate change is no issue.", []), ("Acclimate.", ["no-climate-decision"]), ("", ["no-climate-decision"])]
)
def test_a_document_may_hold_them(body: str, codes: list[str]) -> None:
    document = a_document(answers=["context", "interested-parties"])
    assert context(document, texts={"POL-001": DocumentText(path="policies/security.md", body=body, first_line=1)}) == codes
