"""The check of a built site."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from isms_plugin.export.site_check import check_site

GOOD = '<html><head><link rel="stylesheet" href="a.css"></head><body id="top"><a href="sub/#here">x</a><a href="https://example.org">y</a></body></html>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / "index.html").write_text(GOOD, encoding="utf-8")
    (tmp_path / "a.css").write_text("", encoding="utf-8")
    (tmp_path / "sub/index.html").write_text('<p id="here"><a href="../#top">up</a><a href="../index.html">up</a></p>', encoding="utf-8")
    (tmp_path / "isms.json").write_text(json.dumps({"entries": [{"id": "X-1", "url": "sub/#here"}]}), encoding="utf-8")
    return tmp_path


def test_a_whole_site_has_no_fault(site: Path) -> None:
    assert list(check_site(site)) == []


def test_a_site_of_another_program_is_refused(site: Path) -> None:
    (site / "isms.json").unlink()
    assert "built without the ISMS plugin" in next(check_site(site))


@pytest.mark.parametrize("content", ["{", "[]", "{}"])
def test_damaged_data_is_told(site: Path, content: str) -> None:
    (site / "isms.json").write_text(content, encoding="utf-8")
    assert ["damaged" in fault for fault in check_site(site)] == [True]


def test_a_missing_page_is_named(site: Path) -> None:
    (site / "isms.json").write_text(json.dumps({"entries": [{"id": "X-9", "url": "gone/"}]}), encoding="utf-8")
    assert list(check_site(site)) == ["pages of 1 entries are missing: X-9"]


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ('<a href="gone/">x</a>', "index.html: gone/ leads to nothing"),
        ('<a href="sub/#gone">x</a>', "index.html: sub/#gone leads to no such place on the page"),
        ('<a href="#gone">x</a>', "index.html: #gone leads to no such place on the page"),
        ('<a href="../x">x</a>', "index.html: ../x leaves the site"),
        ('<a href="isms:RSK-001">x</a>', "index.html: unresolved link isms:RSK-001"),
        ('<img src="gone.png">', "index.html: gone.png leads to nothing"),
        ('<script src="https://cdn.example/x.js"></script>', "index.html: loads https://cdn.example/x.js from outside"),
        ('<link rel="preload stylesheet" href="//cdn.example/x.css">', "index.html: loads //cdn.example/x.css from outside"),
    ],
)
def test_each_fault_is_told(site: Path, html: str, fault: str) -> None:
    (site / "index.html").write_text(f'<i id="top"></i>{html}', encoding="utf-8")
    assert list(check_site(site)) == [fault]
