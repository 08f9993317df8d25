"""The search for what readers may not see, in every form that is handed out."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from html import escape
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.errors import IsmsError
from isms_plugin.export.leak_scan import MOST, Leak, scan

SECRET = "Żaneta Quill-Émile"
MASKED = "withheld value Żan… of 18 letters"


def _xlsx(text: str) -> bytes:
    from xlsxwriter import Workbook

    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("one")
        sheet.write_string(0, 0, text)
    return target.getvalue()


def _xlsx_comment(text: str) -> bytes:
    from xlsxwriter import Workbook

    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"author": text})
    return target.getvalue()


def _rich_xlsx(text: str) -> bytes:
    from xlsxwriter import Workbook

    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        book.add_worksheet("one").write_rich_string(0, 0, text[:4], bold, text[4:])
    return target.getvalue()


def _zip(name: str, content: bytes, comment: bytes = b"") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
        archive.comment = comment
    return target.getvalue()


def _png(text: str) -> bytes:
    data = b"iTXtAuthor\0\0\0\0\0" + text.encode()
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))


FORMS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "text": ("a.txt", lambda text: f"by {text}.".encode()),
    "in capitals": ("a.txt", lambda text: text.upper().encode()),
    "broken over lines": ("a.md", lambda text: text.replace(" ", "\n    ").encode()),
    "html": ("a.html", lambda text: f"<p>by {text}</p>".encode()),
    "entities": ("a.html", lambda text: "".join(f"&#x{ord(letter):x};" for letter in text).encode()),
    "attribute": ("a.html", lambda text: f'<p title="{escape(text)}">'.encode()),
    "comment": ("a.html", lambda text: f"<!-- {text} -->".encode()),
    "marked": ("a.html", lambda text: f"<p>{text[:3]}<mark class='x'>{text[3:5]}</mark><wbr>{text[5:]}</p>".encode()),
    "soft hyphen": ("a.html", lambda text: f"{text[:3]}&shy;{text[3:]}".encode()),
    "broken by a tag": ("a.html", lambda text: text.replace(" ", "<br>").encode()),
    "address": ("a.html", lambda text: f'<a href="x/{quote(text)}.html">'.encode()),
    "script of a page": ("a.html", lambda text: f"<script>var a = {json.dumps(text)};</script>".encode()),
    "json": ("a.json", lambda text: json.dumps({"a": text}).encode()),
    "json in html": ("a.html", lambda text: f'<p data-x="{escape(json.dumps([text]))}">'.encode()),
    "html in json": ("a.json", lambda text: json.dumps({"a": f"<p>{escape(text)}"}).encode()),
    "script": ("a.js", lambda text: f"x=[{json.dumps(text, ensure_ascii=False)}]".encode()),
    "csv": ("a.csv", lambda text: f'a,"{text}",b'.encode()),
    "picture": ("a.svg", lambda text: f"<svg><text>{text.replace(' ', '</text><text>')}</text></svg>".encode()),
    "xml": ("a.xml", lambda text: f"<x><![CDATA[{text}]]></x>".encode()),
    "calendar": ("a.ics", lambda text: f"SUMMARY:{text[:5]}\r\n {text[5:]}\r\n".encode()),
    "windows": ("a.csv", lambda text: text.replace("Ż", "Z").encode("cp1252")),
    "utf-16": ("a.csv", lambda text: text.encode("utf-16")),
    "gzip": ("sitemap.xml.gz", lambda text: gzip.compress(text.encode())),
    "bzip2": ("a.bz2", lambda text: bz2.compress(text.encode())),
    "xz": ("a.xz", lambda text: lzma.compress(text.encode())),
    "zip": ("a.zip", lambda text: _zip("x.txt", text.encode())),
    "name in a zip": ("a.zip", lambda text: _zip(f"{text}.txt", b"")),
    "comment of a zip": ("a.zip", lambda text: _zip("x", b"", text.encode())),
    "zip in a zip": ("a.zip", lambda text: _zip("x.zip", _zip("y.html", f"{text[:3]}<b>{text[3:]}".encode()))),
    "workbook": ("a.xlsx", _xlsx),
    "workbook in two fonts": ("a.xlsx", _rich_xlsx),
    "author of a workbook": ("a.xlsx", _xlsx_comment),
    "bytes": ("a.bin", lambda text: b"\0\1\2\xff" + text.encode() + b"\0\xff"),
    "bytes of windows": ("a.bin", lambda text: b"\0\1\xff\xff\0" + text.encode("utf-16-le") + b"\xff\xff"),
    "bytes of java": ("a.bin", lambda text: b"\0\1\xff\xff\0" + text.encode("utf-16-be") + b"\xff\xff"),
    "photo": ("a.png", _png),
    "unknown name": ("LICENSE", lambda text: text.encode()),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_value_is_found_in_every_form(tmp_path: Path, form: str) -> None:
    name, made = FORMS[form]
    (tmp_path / name).write_bytes(made(SECRET))
    assert [(leak.file, leak.secret) for leak in scan(tmp_path, [SECRET, "something else"])] == [(name, MASKED)]
    (tmp_path / name).write_bytes(made("Nobody Known-Here"))
    assert [*scan(tmp_path, [SECRET])] == []


_LETTERS = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=8, max_size=30)
_AROUND = st.text(st.sampled_from("abc \n.,-<>&%\\\"'äß田"), max_size=60)


@given(st.sampled_from(["text", "html", "attribute", "json", "json in html", "csv", "xml", "gzip", "zip", "workbook"]), _LETTERS, _AROUND)
def test_any_value_is_found_in_any_surroundings(tmp_path_factory: pytest.TempPathFactory, form: str, value: str, around: str) -> None:
    folder = tmp_path_factory.mktemp("pack")
    name, made = FORMS[form]
    (folder / name).write_bytes(made(f"{around.replace('<', '')} {value} {around}"))
    assert [leak.file for leak in scan(folder, [value])] == [name]
    (folder / name).write_bytes(made(around))
    assert [*scan(folder, [value])] == []


def test_a_leak_tells_its_place_and_not_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"one\ntwo\n{SECRET}\n{SECRET}", encoding="utf-8")
    (tmp_path / "b.zip").write_bytes(_zip("x/y.txt", SECRET.encode()))
    found = [*scan(tmp_path, [SECRET])]
    assert found == [Leak("a.md", MASKED, "line 3"), Leak("b.zip", MASKED, "x/y.txt, line 1")]
    assert str(found[0]) == f"a.md: {MASKED} (line 3)"


def test_of_a_short_value_no_more_than_a_third_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Lee", encoding="utf-8")
    assert [leak.secret for leak in scan(tmp_path, ["Lee"])] == ["withheld value L… of 3 letters"]


def test_a_name_that_holds_a_value_is_masked(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/salary list 2026.csv").write_text("x", encoding="utf-8")
    (tmp_path / "a.zip").write_bytes(_zip("x/salary-list.txt", b"salary list"))
    assert [*scan(tmp_path, ["salary list"])] == [
        Leak("a.zip", "withheld value sal… of 11 letters", "name of a file in it, line 1"),
        Leak("evidence/sal…", "withheld value sal… of 11 letters", "name of the file"),
    ]


def test_a_value_across_two_parts_of_a_large_file_is_found(tmp_path: Path) -> None:
    place = (1 << 20) - 5
    (tmp_path / "a.csv").write_bytes(b"x" * place + b" " + SECRET.encode() + b" " + b"y" * 100)
    assert [leak.secret for leak in scan(tmp_path, [SECRET])] == [MASKED]


def test_no_more_leaks_of_a_file_are_told_than_are_worth_it(tmp_path: Path) -> None:
    secrets = [f"value number {number:03}" for number in range(50)]
    (tmp_path / "a.md").write_text("\n".join(secrets), encoding="utf-8")
    assert len([*scan(tmp_path, secrets)]) == MOST


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.zip", _zip("x", b"y" * 99)[:-30], "not a zip file"),
        ("a.gz", gzip.compress(b"x" * 9999)[:-9], "ended before"),
        ("a.pdf", b"no PDF at all", ""),
    ],
    ids=["zip", "gz", "pdf"],  # an archive holds the time at which it was made, and every process names tests alike
)
def test_what_nobody_can_look_into_is_no_pass(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    (leak,) = scan(tmp_path, [SECRET])
    assert leak.secret.startswith("nobody can look into it: ")
    assert reason in leak.secret
    assert [*scan(tmp_path, [])] == [], "nothing to look for"


def test_archives_in_archives_have_an_end(tmp_path: Path) -> None:
    content = SECRET.encode()
    for _ in range(8):
        content = _zip("a.zip", content)
    (tmp_path / "a.zip").write_bytes(content)
    assert ["more than 4 archives" in leak.secret for leak in scan(tmp_path, [SECRET])] == [True]


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.html", '<a href="https://x.example/edit/a.md" title="Edit" rel="edit">', "a link to an editor"),
        ("a.html", '<script>{"features": ["toc.follow", "content.action.edit"]}</script>', "a link to an editor"),
        ("isms.json", '{"edit_url": "https://x.example/edit/a.md"}', "a link to an editor"),
        ("a.html", '<a href="file:///home/x/a.md">', "a place on one machine"),
        ("a.html", "<p>see /home/kim/isms/a.md</p>", "a path of the machine that it was made on"),
        ("a.json", json.dumps({"a": "C:\\Users\\kim\\isms"}), "a path of the machine that it was made on"),
    ],
)
def test_traces_of_where_it_was_made(tmp_path: Path, name: str, content: str, what: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert [leak.secret for leak in scan(tmp_path, [], machine=["/home/kim/isms", "C:\\Users\\kim\\isms", "/", "/home"])] == [what]


@pytest.mark.parametrize(
    "content", ["read `file:///` and content.action.edit", '{"edit_url": ""}', "<p>in /home we trust</p>", 'rel="editor"']
)
def test_words_about_it_are_no_trace(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.html").write_text(content, encoding="utf-8")
    assert [*scan(tmp_path, [], machine=["/home"])] == []


def _pdf(body: str, title: str) -> bytes:
    weasyprint = pytest.importorskip("weasyprint")
    return bytes(weasyprint.HTML(string=f"<html><head><title>{title}</title></head><body>{body}</body></html>").write_pdf())


@pytest.mark.skipif(find_spec("pypdf") is None, reason="pypdf is not installed")
@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("<p>{}</p>", "x"),
        ("<p style='width:3em;overflow-wrap:anywhere'>{}</p>", "x"),
        ("<p style='letter-spacing:3mm'>{}</p>", "x"),
        ("<h1>x</h1>", "{}"),
        ("<p style='visibility:hidden;font-size:1px;color:white'>x</p><h2 style='bookmark-label: \"{}\"'>x</h2>", "x"),
        ("<a href='https://x.example/{}'>x</a>", "x"),
    ],
)
def test_a_value_in_a_pdf_is_found(tmp_path: Path, body: str, title: str) -> None:
    (tmp_path / "a.pdf").write_bytes(_pdf(body.format("Zaneta Quillemile"), title.format("Zaneta Quillemile")))
    assert [leak.secret for leak in scan(tmp_path, ["Zaneta Quillemile"])] == ["withheld value Zan… of 17 letters"]
    assert [*scan(tmp_path, ["Somebody Quillemile"])] == []


@pytest.mark.skipif(find_spec("pypdf") is None, reason="pypdf is not installed")
def test_files_in_a_pdf_are_looked_into(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("x.json", json.dumps({"a": SECRET}).encode())
    writer.write(tmp_path / "a.pdf")
    assert [leak.secret for leak in scan(tmp_path, [SECRET])] == [MASKED]
    writer.encrypt("password")
    writer.write(tmp_path / "a.pdf")
    assert [leak.secret for leak in scan(tmp_path, [SECRET])] == ["nobody can look into it: encrypted"]


def test_a_pdf_without_the_library_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(IsmsError, match="pip install pypdf"):
        list(scan(tmp_path, [SECRET]))
    assert [*scan(tmp_path, [])] == []
