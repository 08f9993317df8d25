"""What files of evidence are called in a pack."""

from __future__ import annotations

from dataclasses import replace

import pytest

from isms_plugin.render.environment import make_view
from isms_plugin.render.kept_names import kept_names
from tests.builders import a_profile, an_evidence, facts_of


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("evidence/2026/Übersicht der Konten.CSV", "../evidence/EVD-009.csv"),
        ("evidence/scan.pdf", "../evidence/EVD-009.pdf"),
        ("evidence/report.html", "../evidence/EVD-009.html.txt"),
        ("evidence/picture.SVG", "../evidence/EVD-009.svg.txt"),
        ("evidence/no-ending", "../evidence/EVD-009"),
        ("evidence/odd.e-nding", "../evidence/EVD-009"),
    ],
)
def test_a_file_is_called_by_the_id_and_nothing_in_it_runs(path: str, name: str) -> None:
    facts = facts_of(an_evidence(id="EVD-009", at=path))
    facts = replace(facts, isms=replace(facts.isms, files=frozenset((path,))), profile=a_profile())
    assert kept_names(make_view(facts, {}))[path] == name


@pytest.mark.parametrize(("size", "there"), [(1_000_000, True), (1_000_001, False)])
def test_a_file_above_the_limit_stays_out(size: int, there: bool) -> None:
    path = "evidence/large.csv"
    facts = facts_of(an_evidence(id="EVD-009", at=path))
    isms = replace(facts.isms, files=frozenset((path,)), sizes={path: size})
    facts = replace(facts, isms=isms, profile=a_profile(largest_file=1))
    assert (path in kept_names(make_view(facts, {}))) is there
