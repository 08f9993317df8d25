"""Readiness pages of the sample: they are there, everything they link to is there, and they tell its story."""

from __future__ import annotations

import posixpath
import re
from html import unescape

import pytest

from isms_plugin.analysis.readiness.trails import TRAILS
from isms_plugin.render.plain_text import words_of
from tests.integration.conftest import BuiltSite, Make

PAGES = ("stage-1", "stage-2", "show-me", "surveillance", "recertification")


def content(site: BuiltSite, page: str) -> str:
    html = site.html(f"{page}/index.html")
    return html[html.index('<article class="md-content__inner') : html.index("</article>")]


def words(site: BuiltSite, page: str) -> str:
    return words_of(content(site, page))


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_leads_somewhere(sample: BuiltSite, page: str) -> None:
    file = f"readiness/{page}/index.html"
    html = content(sample, f"readiness/{page}")
    assert "isms:" not in html
    for href in set(re.findall(r'href="([^":]+)"', html)):
        path, _, anchor = unescape(href).partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file
        target = target if posixpath.splitext(target)[1] in (".html", ".csv") else posixpath.join(target, "index.html")
        assert (sample.path / target).is_file(), href
        assert not anchor or f'id="{anchor}"' in sample.html(target), href


def test_the_open_major_of_stage_1_bars_stage_2(sample: BuiltSite) -> None:
    text = words(sample, "readiness/stage-2")
    assert "Not ready for Stage 2, because 1 major would be raised" in text
    assert "tripped Open majors" in text
    assert "registers/nonconformities.yml:" in text
    assert text.index("major A major nonconformity is open") < text.index("minor ")


def test_clauses_and_controls_name_what_is_open(sample: BuiltSite) -> None:
    stage_1 = content(sample, "readiness/stage-1")
    row = words_of(stage_1[stage_1.index('id="clause-7.5.3"') :].partition("</tr>")[0])
    assert "finding raised: major" in row
    assert "NC-003" in row
    assert "finding raised: major" in words(sample, "clauses/7.5.3")
    assert "NC-002 is open" in words(sample, "controls/A.5.9")


@pytest.mark.parametrize("evidence", ["EVD-001", "EVD-003", "EVD-005", "EVD-006", "EVD-004"])
def test_contract_ticket_reading_encryption_and_anti_virus_can_be_shown(sample: BuiltSite, evidence: str) -> None:
    html = content(sample, "readiness/show-me")
    joiner = html[html.index('<h2 id="joiner">') : html.index('<h2 id="mover-and-leaver">')]
    assert f'<a class="isms-ref" href="../../evidence/{evidence}/"' in joiner
    assert "nothing registered" not in joiner


def test_every_trail_is_walked_in_the_sample(sample: BuiltSite) -> None:
    html = content(sample, "readiness/show-me")
    assert all(f">{trail.title}<" in re.sub(r'<a class="headerlink".*?</a>', "", html) for trail in TRAILS)
    assert html.count("Shown by") >= 50


def test_surveillance_counts_from_the_last_day_of_stage_1(sample: BuiltSite) -> None:
    text = words(sample, "readiness/surveillance")
    assert "Since 2026-10-07, the last day of the last external audit: AUD-002" in text
    assert "CHG-009" in text
    assert "CHG-008" not in text[text.index("What changed in scope") : text.index("Where are certificate")]


def test_no_page_gives_a_percentage_of_readiness(sample: BuiltSite) -> None:
    for page in ("stage-1", "stage-2", "show-me"):
        assert not re.search(r"\d\s*%", words(sample, f"readiness/{page}"))


def test_a_small_isms_has_the_pages_too(make_site: Make) -> None:
    site = make_site()
    assert "Not ready for Stage 1" in words(site, "readiness/stage-1")
    assert "missing" in words(site, "readiness/stage-1")
    assert not [line for line in site.warnings if "readiness" in line]
