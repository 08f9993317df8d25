"""The check of all links in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from isms_plugin.export.link_check import check_links, told_once


def _folder(path: Path, **pages: str) -> Path:
    files = {
        "index.html": "",
        "sub/index.html": '<b id="here">x</b>',
        "sub/page one.html": '<a name="ä b">x</a>',
        "sub/deep/x.html": '<i id="x">',
        "a.css": "",
        "b/Big.PNG": "",
        "d.svg": '<g id="part"/>',
        "doc.pdf": "",
        "nothing/in/it.txt": "",
    }
    for name, content in {**files, **pages}.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "html",
    [
        '<a href="">x</a><a href="#">x</a><a href="#top">x</a><a href="#TOP">x</a><a href="?x">x</a>',
        '<a href="sub/">x</a><a href="sub">x</a><a href="sub/index.html#here">x</a><a href="./sub/?q#here">x</a>',
        '<a href="sub/page%20one.html#%C3%A4%20b">x</a><a href=" sub/page one.html ">x</a>',
        '<a href="sub/../sub/deep/x.html#x">x</a><a href=".">x</a><a href="sub/#:~:text=x">x</a>',
        '<a href="sub\\deep\\x.html">x</a>',
        '<a href="doc.pdf#page=2">x</a><use href="d.svg#part"/><img src="b/Big.PNG">',
        '<a href="https://example.org/x">x</a><a href="mailto:a@b.c">x</a><a href="tel:1">x</a>',
        '<img src="data:image/png;base64,AA=="><link rel="stylesheet" href="a.css"><link rel="canonical" href="https://example.org/">',
        '<b id="later"></b><a href="#later">x</a>',
    ],
)
def test_links_that_lead_somewhere(tmp_path: Path, html: str) -> None:
    assert list(check_links(_folder(tmp_path, **{"index.html": html}))) == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ('<a href="gone.html">x</a>', "gone.html leads to nothing"),
        ('<a href="index.html/">x</a>', "index.html/ leads to nothing"),
        ('<a href="nothing/">x</a>', "nothing/ leads to nothing"),
        ('<a href="SUB/">x</a>', "SUB/ leads to nothing"),
        ('<img src="b/big.png">', "b/big.png leads to nothing; there is b/Big.PNG, which differs in capitals"),
        ('<a href="../index.html">x</a>', "../index.html leaves the site"),
        ('<a href="sub/../../x">x</a>', "sub/../../x leaves the site"),
        ('<a href="/sub/">x</a>', "/sub/ starts at the root of a server, so it leads to nothing elsewhere or from disk"),
        ('<a href="sub/#gone">x</a>', "sub/#gone leads to no such place on the page"),
        ('<use href="d.svg#gone"/>', "d.svg#gone leads to no such place on the page"),
        ('<a href="#gone">x</a>', "#gone leads to no such place on the page"),
        ('<a href="isms:RSK-001">x</a>', "unresolved link isms:RSK-001"),
        ('<a href="file:///tmp/x">x</a>', "file:///tmp/x is a place on one machine"),
        ('<a href="C:\\x.html">x</a>', "C:\\x.html is a place on one machine"),
        ('<a href="http://[">x</a>', "http://[ is no address"),
        ('<script src="https://cdn.example/x.js">', "loads https://cdn.example/x.js from outside"),
        ('<img src="//cdn.example/x">', "loads //cdn.example/x from outside"),
        ('<img src="\\\\cdn.example\\x">', "loads //cdn.example/x from outside"),
        ('<img src="ht\ntps://cdn.example/x">', "loads https://cdn.example/x from outside"),
        ('<img srcset="a.css, https://cdn.example/x 2x">', "loads https://cdn.example/x from outside"),
        ('<p style="background:url(https://cdn.example/x)">', "loads https://cdn.example/x from outside"),
        ('<form action="https://example.org/">', "sends to https://example.org/, outside"),
        ('<a href="sub/" ping="https://example.org/">x</a>', "sends to https://example.org/, outside"),
        ('<base href="https://example.org/">', "starts all its links at https://example.org/, so none of them can be followed here"),
        ('<meta http-equiv="refresh" content="0; url=gone">', "gone leads to nothing"),
    ],
)
def test_each_fault_is_told(tmp_path: Path, html: str, fault: str) -> None:
    assert list(check_links(_folder(tmp_path, **{"index.html": html}))) == [f"index.html: {fault}"]


def test_style_sheets_and_pictures_are_read_too(tmp_path: Path) -> None:
    folder = _folder(
        tmp_path, **{"sub/a.css": "a{b:url(gone.png)} c{d:url(../d.svg#part)}", "sub/e.svg": '<image href="//x.example/y"/><a href="f"/>'}
    )
    assert list(check_links(folder)) == [
        "sub/a.css: gone.png leads to nothing",
        "sub/e.svg: loads //x.example/y from outside",
        "sub/e.svg: f leads to nothing",
    ]


def test_from_disk_no_server_opens_the_page_of_a_folder(tmp_path: Path) -> None:
    folder = _folder(tmp_path, **{"index.html": '<a href="sub/">x</a><a href="sub/index.html">x</a>'})
    assert list(check_links(folder)) == []
    assert list(check_links(folder, from_disk=True)) == ["index.html: sub/ leads to a folder, which opens no page from disk"]


def test_the_page_for_any_address_may_start_at_the_root(tmp_path: Path) -> None:
    html = '<a href="/x/">x</a><a href="gone">x</a><img src="//x.example/y">'
    found = list(check_links(_folder(tmp_path, **{"404.html": html})))
    assert found == ["404.html: gone leads to nothing", "404.html: loads //x.example/y from outside"]


def test_links_of_what_was_handed_in_are_its_own_affair(tmp_path: Path) -> None:
    folder = _folder(tmp_path, **{"evidence/a.html": '<a href="gone">x</a>', "index.html": '<a href="evidence/a.html">x</a>'})
    assert list(check_links(folder, apart=["evidence"])) == []
    assert list(check_links(folder)) == ["evidence/a.html: gone leads to nothing"]


def test_a_fault_is_told_once_for_each_page(tmp_path: Path) -> None:
    folder = _folder(tmp_path, **{"index.html": '<a href="gone">x</a>' * 3, "x.html": '<a href="gone">x</a>'})
    assert list(check_links(folder)) == ["index.html: gone leads to nothing", "x.html: gone leads to nothing"]


def test_what_every_page_has_wrong_is_told_once() -> None:
    faults = [f"{page}.html: loads https://cdn.example/x.js: no" for page in "abc"] + ["b.html: x leads to nothing"]
    assert [*told_once(faults)] == ["a.html: loads https://cdn.example/x.js: no (and on 2 more pages)", "b.html: x leads to nothing"]
