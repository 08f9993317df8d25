from __future__ import annotations

import re

import pytest

from isms_plugin.model.control import Clause, Control
from isms_plugin.sources.catalogue import Catalogue, read_catalogue, read_overlay
from isms_plugin.sources.registers import Reading


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue()


def overlay(text: str) -> tuple[dict[str, dict[str, str]], Reading]:
    reading = Reading()
    return read_overlay("overlay.yml", text.encode(), reading), reading


def test_annex_a_has_93_controls_in_four_themes(catalogue: Catalogue) -> None:
    themes = [entry.theme for entry in catalogue.entries if isinstance(entry, Control)]
    found = {theme: themes.count(theme) for theme in themes}
    assert found == {"organizational": 37, "people": 8, "physical": 14, "technological": 34}


def test_eleven_controls_are_new(catalogue: Catalogue) -> None:
    new = [entry.id for entry in catalogue.entries if isinstance(entry, Control) and entry.new_in_2022]
    assert len(new) == 11
    assert "A.5.7" in new


def test_the_clauses_go_from_4_to_10_2(catalogue: Catalogue) -> None:
    clauses = [entry for entry in catalogue.entries if isinstance(entry, Clause)]
    assert (clauses[0].id, clauses[-1].id) == ("4", "10.2")
    assert [clause.id for clause in clauses if clause.heading] == ["4", "5", "6", "6.1", "7", "7.5", "8", "9", "9.2", "9.3", "10"]


def test_every_clause_hangs_below_one_that_exists(catalogue: Catalogue) -> None:
    clauses = {entry.id: entry for entry in catalogue.entries if isinstance(entry, Clause)}
    assert {clause.parent for clause in clauses.values() if clause.parent} <= clauses.keys()
    assert all(clause.parent == clause.id.rpartition(".")[0] for clause in clauses.values() if clause.parent)


def test_the_114_controls_of_2013_lead_to_controls_of_2022(catalogue: Catalogue) -> None:
    controls = {entry.id for entry in catalogue.entries if isinstance(entry, Control)}
    successors = catalogue.standard.successors
    assert len(successors) == 114
    assert {new for found in successors.values() for new in found} <= controls
    assert all(re.fullmatch(r"A\.\d+\.\d+\.\d+", old) for old in successors)


@pytest.mark.parametrize(("old", "new"), [("A.9.4.3", ("A.5.17",)), ("A.12.6.1", ("A.8.8",)), ("A.18.2.3", ("A.5.36", "A.8.8"))])
def test_a_control_of_2013_has_the_successors_of_the_standard(catalogue: Catalogue, old: str, new: tuple[str, ...]) -> None:
    assert catalogue.standard.successors[old] == new


def test_predecessors_and_successors_agree(catalogue: Catalogue) -> None:
    forward = {(old, new) for old, found in catalogue.standard.successors.items() for new in found}
    back = {(old, entry.id) for entry in catalogue.entries if isinstance(entry, Control) for old in entry.predecessors_2013}
    assert forward == back


def test_controls_have_the_attributes_of_27002(catalogue: Catalogue) -> None:
    controls = [entry for entry in catalogue.entries if isinstance(entry, Control)]
    assert all(control.control_types and control.security_properties for control in controls)


def test_an_overlay_gives_licensed_titles_and_wording(catalogue: Catalogue) -> None:
    found, reading = overlay("A.5.1: {title: Official title, text: Official text}\n'5.2': {text: Clause text}\nA.5.2: {title: }\n")
    assert reading.diagnostics == []
    read = read_catalogue(found)
    titles = {entry.id: entry.title for entry in read.entries}
    assert titles["A.5.1"] == "Official title"
    assert read.wording == {"A.5.1": "Official text", "5.2": "Clause text"}
    assert titles | {"A.5.1": ""} == {entry.id: entry.title for entry in catalogue.entries} | {"A.5.1": ""}


@pytest.mark.parametrize("text", ["", "- A.5.1\n", "A.5.1\n", "A.5.1: Title\n", "A.5.1: {titel: Title}\n", "A.5.1: {title: [Title]}\n"])
def test_an_overlay_of_another_shape_is_reported_and_left_out(text: str) -> None:
    found, reading = overlay(text)
    assert found == {}
    assert [(item.code, str(item.place)) for item in reading.diagnostics] == [("register-shape", "overlay.yml:1:1")]


def test_what_an_overlay_holds_besides_is_read() -> None:
    found, reading = overlay("A.5.1: {title: One}\nA.5.1: {title: Two}\nA.5.2: Title\n")
    assert found == {"A.5.1": {"title": "One"}}
    assert [item.code for item in reading.diagnostics] == ["duplicate-key", "register-shape"]
