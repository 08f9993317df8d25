"""`isms pdf`: real PDFs, read again by another library."""

from __future__ import annotations

import io
import json
import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from isms_plugin.export.pdf import engine
from tests.integration.test_cli import CODES_OFF, isms
from tests.repository import MINIMAL, RECORD, Repository, approval, policy

pytest.importorskip("weasyprint", exc_type=(ImportError, OSError))  # type: ignore[arg-type]
pypdf = pytest.importorskip("pypdf")

TEXT = """
## 1. Purpose

See [POL-01] and [1. Purpose](#1-purpose).

!!! warning "Mind this"
    Boxes are printed.

| One | Two |
|---|---|
| a | b |

![The network](net.png)

![Elsewhere](https://example.org/x.png)

## 2. Ways

Internationalization, accountability, authentication, responsibilities and administration fill more than one line of a page of paper.
"""
SITE = CODES_OFF + "markdown_extensions: [admonition, pymdownx.snippets]\n"


def png(width: int, height: int) -> bytes:
    """A grey picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + b"\x88" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repo")
    text = policy(text=TEXT)
    made.write({"policies/access.md": text})
    (made.root / "policies" / "net.png").write_bytes(png(40, 10))
    made.commit("issue the policy", {**MINIMAL, "policies/access.md": text, RECORD: approval(text), "mkdocs.yml": SITE})
    return made


def read(path: Path) -> Any:
    return pypdf.PdfReader(io.BytesIO(path.read_bytes()))


def words(path: Path) -> list[str]:
    return [page.extract_text() for page in read(path).pages]


def titles(outline: Any) -> Iterator[str]:
    for item in outline:
        if isinstance(item, list):
            yield from titles(item)
        else:
            yield item.title


def test_a_document_on_paper(repository: Repository, tmp_path: Path) -> None:
    result = isms("pdf", "POL-01", "--as-of", "2026-02-01", "--out", tmp_path / "out", directory=repository.root)
    assert result.exit_code == 0, result.output
    assert "https://example.org/x.png: it does not lie in the ISMS" in result.stderr
    assert "without the Markdown extensions pymdownx.snippets" in result.stderr
    path = tmp_path / "out" / "POL-01.pdf"
    pdf, pages = read(path), words(path)
    head = repository.git("rev-parse", "HEAD")
    assert head in pages[0]
    for number, page in enumerate(pages, start=1):
        assert "Version 1.0 · approved · Internal" in page
        assert "Approved by Bodo Kern on 2026-01-01 (APR-POL-01-1.0)" in page
        assert f"Commit {head[:10]}" in page
        assert f"Page {number} of {len(pages)}" in page
    assert not {"\u2010", "\u00ad"} & set("".join(pages)), "no hyphen is put into a word, so that it is found and copied as written"
    assert list(titles(pdf.outline)) == ["Access policy", "1. Purpose", "2. Ways", "Relations", "Versions"]
    assert pages[1].index("1. Purpose") < pages[1].index("Mind this") < pages[1].index("2. Ways")
    assert [image.name for page in pdf.pages for image in page.images]
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"] == "en"
    assert pdf.metadata.title == "POL-01 Access policy"
    assert b"pdfuaid" in pdf.trailer["/Root"]["/Metadata"].get_data()


def test_for_the_archive(repository: Repository, tmp_path: Path) -> None:
    isms("pdf", "POL-01", "soa", "--archive", "--out", tmp_path / "out", directory=repository.root)
    pdf = read(tmp_path / "out" / "POL-01.pdf")
    assert b"pdfaid" in pdf.trailer["/Root"]["/Metadata"].get_data()
    assert list(pdf.attachments) == ["entry.json"]
    data = json.loads(pdf.attachments["entry.json"][0])
    assert [row["id"] for row in data["registers"]["documents"]["rows"]] == ["POL-01"]
    assert json.loads(read(tmp_path / "out" / "SOA.pdf").attachments["soa.json"][0])["soa"]["rows"]


def test_all_of_them_with_the_statement_on_its_side(repository: Repository, tmp_path: Path) -> None:
    result = isms("pdf", "--all", "--out", tmp_path / "out", directory=repository.root)
    assert result.output.splitlines()[-1] == f"2 files written to {tmp_path / 'out'}"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["POL-01.pdf", "SOA.pdf"]
    page = read(tmp_path / "out" / "SOA.pdf").pages[0]
    assert page.mediabox.width > page.mediabox.height
    pages = words(tmp_path / "out" / "SOA.pdf")
    assert all("Control" in page and "Evidence state" in page for page in pages[1:3]), "the head of the table is repeated"


def test_the_same_commit_gives_the_same_bytes(repository: Repository, tmp_path: Path) -> None:
    made = []
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/New_York")):
        out = tmp_path / seed
        command = [
            sys.executable,
            "-m",
            "isms_plugin.adapters.cli",
            "-C",
            str(repository.root),
            "pdf",
            "POL-01",
            "--archive",
            "--out",
            str(out),
        ]
        code = "import sys; from isms_plugin.adapters.cli import main; main(sys.argv[1:])"
        command[1:3] = ["-c", code]
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}, check=True, capture_output=True)
        made.append((out / "POL-01.pdf").read_bytes())
    assert made[0] == made[1]


def test_an_earlier_commit_is_printed_as_it_was(repository: Repository, tmp_path: Path) -> None:
    first = repository.git("rev-parse", "HEAD")
    repository.commit("change it", {"policies/access.md": policy(version="2.0", text="Later words."), "mkdocs.yml": None})
    isms("pdf", "POL-01", "--at", first, "--out", tmp_path / "out", directory=repository.root)
    pages = "".join(words(tmp_path / "out" / "POL-01.pdf"))
    assert "Mind this" in pages
    assert "Later words" not in pages
    assert first in pages


@pytest.mark.parametrize("arguments", [(), ("POL-99",), ("PER-001",), ("POL-01", "--all")])
def test_what_cannot_be_meant_is_refused(repository: Repository, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = isms("pdf", *arguments, "--out", tmp_path / "out", directory=repository.root)
    assert result.exit_code == 2
    assert not (tmp_path / "out").exists()


def test_without_the_library_nothing_is_written(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_engine", lambda: (None, "PDFs need WeasyPrint"))
    result = isms("pdf", "POL-01", "--out", tmp_path / "out", directory=repository.root)
    assert result.exit_code == 3
    assert result.output == "isms: PDFs need WeasyPrint\n"
    assert not (tmp_path / "out").exists()
