"""What tells readers which edition they are in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.facts import Facts
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.edition import CURRENT, Edition, edition_name, folder_of
from isms_plugin.model.history import History
from isms_plugin.render.edition_marks import edition_banner, pack_mark, with_selector
from tests.builders import a_profile
from tests.unit.render.documents import view

OLD = Edition(baseline="isms-2024", day=date(2024, 12, 1), revision="c" * 40)
_TOPIC = '<div class="md-header__topic">\n  <span class="md-ellipsis">\n {} </span>\n</div>'
HEADER = _TOPIC.format("Site") + _TOPIC.format("Page")
OTHERS = (("isms-2 (2026-01-04)", "baselines/isms-2"), ("isms <1>", "baselines/isms-1"))


def facts(faults: int = 0) -> Facts:
    fault = Diagnostic(code="unknown-field", message="x")
    return view(faults=(fault,) * faults).facts


def test_a_superseded_edition_names_its_baseline_and_day_and_leads_away() -> None:
    html = edition_banner(facts(), OLD)
    assert "<strong>Superseded edition.</strong> This is the baseline isms-2024 of 2024-12-01, not what holds today." in html
    assert 'href="isms:../../index.html"' in html
    assert 'href="isms:../index.html"' in html
    assert "could not be read" not in html


def test_what_could_not_be_read_is_counted() -> None:
    assert '2 things in it could not be read: <a href="isms:diagnostics.md">' in edition_banner(facts(2), OLD)


def test_the_name_of_a_baseline_is_text() -> None:
    assert "<b>" not in edition_banner(facts(), Edition(baseline="isms-<b>", day=date(2024, 12, 1)))


def test_a_page_of_a_pack_says_on_paper_which_state_it_shows() -> None:
    shown = replace(facts(), today=date(2026, 11, 30), profile=a_profile(title="Pack <1>"), history=History(head="b87a8043a7d7a0861992"))
    mark = pack_mark(shown, "Kestrel & Co")
    told = "Kestrel &amp; Co · Pack &lt;1&gt; · state of <time>2026-11-30</time> · commit <code>b87a8043a7</code>"
    assert told in mark
    assert "commit" not in pack_mark(replace(shown, history=History()), "Kestrel & Co")


@pytest.mark.parametrize("top", ["", "../", "../../"])
def test_the_selector_leads_to_every_edition_from_any_depth(top: str) -> None:
    html = with_selector(HEADER, top, Edition(others=OTHERS))
    assert f'<a href="{top}baselines/isms-2/index.html" class="md-version__link">isms-2 (2026-01-04)</a>' in html
    assert f'<a href="{top or "./"}" class="md-version__link">Current</a>' in html
    assert "isms &lt;1&gt;" in html


def test_the_selector_stands_once_behind_the_name_of_the_site() -> None:
    html = with_selector(HEADER, "", Edition(others=OTHERS))
    assert html.count("md-version__current") == 1
    before, _, after = html.partition('<div class="md-version">')
    assert before.endswith("</span>")
    assert "Page" in after
    assert "Page" not in before


def test_backslashes_in_names_stay_what_they_are() -> None:
    assert r"a\1b" in with_selector(HEADER, "", Edition(others=((r"a\1b", "baselines/x"),)))


def test_a_page_of_another_theme_stays_as_it_is() -> None:
    assert with_selector("<p>Text</p>", "", Edition(others=OTHERS)) == "<p>Text</p>"


@pytest.mark.parametrize(("changes", "folder"), [({"baseline": "isms-1"}, "../"), ({"others": OTHERS}, "baselines/"), ({}, "")])
def test_editions_know_where_the_others_lie(changes: dict[str, Any], folder: str) -> None:
    assert Edition(**changes).siblings == folder
    assert CURRENT.siblings == ""


def test_a_tag_with_a_slash_is_one_folder() -> None:
    assert (edition_name("audit/2026"), folder_of("audit/2026")) == ("audit-2026", "baselines/audit-2026")
