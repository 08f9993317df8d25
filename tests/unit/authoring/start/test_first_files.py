"""The first texts: the same entries in every language, and none with a mistake."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from isms_plugin.authoring.files import write_files
from isms_plugin.authoring.start.answers import LANGUAGES, SIZES, Answers
from isms_plugin.authoring.start.first_files import first_files
from isms_plugin.build import build_facts
from isms_plugin.model.control import ControlDecision
from isms_plugin.model.diagnostic import Grade
from isms_plugin.model.document import Document
from isms_plugin.sources.markdown_reader import read_markdown
from isms_plugin.sources.workspace import find_workspace
from isms_plugin.sources.yaml_reader import read_yaml

DAY = date(2026, 11, 24)
LEAP_DAY = date(2028, 2, 29)


def texts(language: str = "en", size: int = 10, **answers: str) -> dict[str, str]:
    return first_files(Answers(name="Acme", language=language, size=size, **answers), DAY)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scope", ["", "Baking: bread & *cake*"])
def test_nothing_is_wrong_and_everything_is_a_draft(tmp_path: Path, language: str, size: int, scope: str) -> None:
    write_files(tmp_path, texts(language, size, scope=scope))
    facts = build_facts(find_workspace(tmp_path), DAY).facts
    assert [item.message for item in facts.diagnostics if facts.grade(item) > Grade.OFI] == []
    entries = [entry for entry in facts.isms.entries.values() if facts.isms.place(entry).path]
    assert {entry.id for entry in entries if not entry.draft} == set()
    assert [decision.decision for decision in facts.isms.of(ControlDecision)] == [None] * 93


def test_languages_differ_in_words_alone() -> None:
    def shape(language: str) -> dict[str, object]:
        found: dict[str, object] = {}
        for path, text in texts(language, 250).items():
            if path.startswith("policies/"):
                found[path] = {**(read_markdown(text.encode()).data or {}), "title": ""}
            elif path.startswith("registers/"):
                found[path] = [(row.get("id"), sorted(row)) for row in read_yaml(text).value]
        return found

    assert shape("en") == shape("de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_to_decide_have_one_mark(language: str) -> None:
    word = {"en": "Decide", "de": "Entscheiden"}[language]
    marks = re.findall(r'^!!! (\w+) "(\w+)"$', "\n".join(texts(language).values()), re.MULTILINE)
    assert set(marks) == {("todo", word)}
    assert len(marks) > 10


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_the_first_week_has_ten_steps_and_one_word_for_the_size(language: str, size: int) -> None:
    readme = texts(language, size)["README.md"]
    assert len(re.findall(r"^\d+\. \*\*", readme, re.MULTILINE)) == 10
    assert len(re.findall(r"^## ", readme, re.MULTILINE)) == 2


def test_people_who_are_named_are_named_everywhere() -> None:
    files = texts(lead="Ann Lee", director="Bo Ray")
    assert "({{" not in files["policies/information-security-policy.md"]
    assert "(Ann Lee)" in files["policies/information-security-policy.md"]
    assert [row["name"] for row in read_yaml(files["registers/people.yml"]).value][:2] == ["Bo Ray", "Ann Lee"]


def test_days_are_counted_from_the_beginning() -> None:
    programme = read_yaml(first_files(Answers(name="A"), LEAP_DAY)["registers/audit-programme.yml"]).value[0]
    assert (programme["period_from"], programme["period_to"]) == ("2028-02-29", "2031-02-27")
    assert [audit["planned"] for audit in programme["audits"]] == ["2028-08-29", "2029-08-29", "2030-08-29"]


def test_every_clause_and_control_is_in_the_programme() -> None:
    programme = read_yaml(texts()["registers/audit-programme.yml"]).value[0]
    covered = {name for audit in programme["audits"] for name in audit["covers"]}
    assert len([name for name in covered if name.startswith("A.")]) == 93


def test_every_control_has_a_document(tmp_path: Path) -> None:
    write_files(tmp_path, texts())
    documents = build_facts(find_workspace(tmp_path), DAY).facts.isms.of(Document)
    assert len({control for document in documents for control in document.controls}) == 93


def test_documents_may_lie_elsewhere() -> None:
    files = first_files(Answers(name="A"), DAY, "handbook")
    assert "handbook/scope.md" in files
    assert 'policies: "handbook"' in files["mkdocs.yml"]
