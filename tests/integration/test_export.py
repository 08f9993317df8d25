"""`isms export` on a small ISMS in a real repository: what is in a pack, that it can be made again, and when none is written."""

from __future__ import annotations

import hashlib
import html
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from isms_plugin.adapters.cli import main
from isms_plugin.adapters.pack_order import order_of
from tests.canaries import PLANTED, PROFILES, plant
from tests.packs import unpacked
from tests.repository import Repository
from tests.test_audit_cases import MINIMAL


def isms_in(folder: Path, changed: Mapping[str, str] | None = None) -> Repository:
    """Return a repository with the smallest ISMS an auditor accepts."""
    made = Repository(folder)
    made.commit("First state", {**MINIMAL, **(changed or {})})
    return made


def export(root: Path, out: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), "export", "--out", str(out), *options])


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return isms_in(tmp_path_factory.mktemp("export") / "isms")


@pytest.fixture(scope="module")
def zipped(repository: Repository) -> Path:
    out = repository.root.parent / "packs" / "auditor.zip"
    (repository.root / "policies" / "uncommitted.md").write_text("# Never committed\n", encoding="utf-8")
    told = export(repository.root, out)
    (repository.root / "policies" / "uncommitted.md").unlink()
    assert told.exit_code == 0, told.output
    return out


@pytest.fixture(scope="module")
def pack(zipped: Path) -> Path:
    return unpacked(zipped)


def test_a_pack_holds_site_documents_registers_and_proof(pack: Path) -> None:
    assert {path.name for path in pack.iterdir()} >= {
        "START-HERE.html", "HOW-TO-VERIFY.html", "MANIFEST.sha256", "MANIFEST.json", "site", "documents", "registers",
    }  # fmt: skip
    assert (pack / "site" / "soa.html").is_file()
    assert (pack / "registers" / "registers.xlsx").is_file()
    assert (pack / "registers" / "soa.csv").is_file()
    assert list((pack / "documents").glob("*.pdf"))


def test_what_is_not_committed_is_not_in_it(pack: Path) -> None:
    assert not [path for path in pack.rglob("*") if path.is_file() and b"Never committed" in path.read_bytes()]


def test_what_is_not_committed_is_told_before_a_pack_of_head(tmp_path: Path) -> None:
    made = isms_in(tmp_path / "isms")
    (made.root / "policies" / "later.md").write_text("# Later\n", encoding="utf-8")
    (made.root / "notes.txt").write_text("No part of the ISMS.\n", encoding="utf-8")

    def missed(revision: str) -> tuple[str, ...]:
        out = tmp_path / "pack.zip"
        return order_of(made.root, "auditor", revision, out, as_of=None, period="", signed=False, key=None, archive=False).uncommitted

    assert missed("") == ("policies/later.md",)
    assert missed("HEAD") == ()


def test_the_manifest_says_of_what_it_is(pack: Path, repository: Repository) -> None:
    told = json.loads((pack / "MANIFEST.json").read_text(encoding="utf-8"))
    assert told["commit"] == repository.git("rev-parse", "HEAD")
    assert told["tree"] == repository.git("rev-parse", "HEAD^{tree}")
    assert told["profile"]["name"] == "auditor"
    assert told["entries"]["soa"] == 93


def test_every_file_is_in_the_manifest_under_its_hash(pack: Path) -> None:
    listed = dict(reversed(line.split("  ", 1)) for line in (pack / "MANIFEST.sha256").read_text(encoding="utf-8").splitlines())
    there = {path.relative_to(pack).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in pack.rglob("*") if path.is_file()}
    del there["MANIFEST.sha256"]
    assert listed == there


def test_names_times_and_permissions_are_the_same_everywhere(zipped: Path) -> None:
    with zipfile.ZipFile(zipped) as archive:
        items = archive.infolist()
    assert [item.filename for item in items] == sorted(item.filename for item in items)
    assert {item.date_time for item in items} == {(2026, 1, 1, 8, 0, 0)}
    assert {item.external_attr >> 16 for item in items} == {0o100644}


def test_another_machine_makes_the_same_bytes(zipped: Path, repository: Repository, tmp_path: Path) -> None:
    """Another clone, process, time zone, locale, mask of permissions and order of hashes."""
    clone = tmp_path / "a clone elsewhere"
    subprocess.run(["git", "clone", "--quiet", str(repository.root), str(clone)], check=True)
    again = tmp_path / "again.zip"
    command = f'umask 077; exec "{Path(sys.executable).parent / "isms"}" -C "{clone}" export --out "{again}"'
    environment = {**os.environ, "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "77", "HOME": str(tmp_path)}
    subprocess.run(["bash", "-c", command], check=True, env=environment, capture_output=True)
    assert again.read_bytes() == zipped.read_bytes()


def test_an_earlier_commit_is_shown_as_it_was(tmp_path: Path) -> None:
    made = isms_in(tmp_path / "isms")
    first = made.git("rev-parse", "HEAD")
    made.commit("Another name", {"mkdocs.yml": MINIMAL["mkdocs.yml"].replace("site_name:", "site_name: Renamed")})
    told = export(made.root, tmp_path / "first.zip", "--at", first, "--period", "2026-02-01..2026-03-31")
    assert told.exit_code == 0, told.output
    start = (unpacked(tmp_path / "first.zip") / "START-HERE.html").read_text(encoding="utf-8")
    assert first in start
    assert "2026-02-01 to 2026-03-31" in start
    assert "Renamed" not in start


@pytest.mark.parametrize(
    ("text", "told"), [("See [the part](#nowhere).", "#nowhere"), ("![Logo](https://cdn.example/logo.png)", "cdn.example")]
)
def test_what_leads_nowhere_or_to_a_network_stops_the_pack(tmp_path: Path, text: str, told: str) -> None:
    made = isms_in(tmp_path / "isms")
    path = next(path for path in sorted(MINIMAL) if path.startswith("policies/"))
    configuration = MINIMAL["mkdocs.yml"] + "      publish: head\n"
    made.commit("Break the pack", {path: f"{MINIMAL[path]}\n{text}\n", "mkdocs.yml": configuration})
    done = export(made.root, tmp_path / "pack.zip")
    assert done.exit_code == 1
    assert told in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["isms"]


LOOK = {
    "docs/look/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>',
    "docs/look/own.css": "h1 { color: teal; }",
    "docs/look/own.js": "fetch('https://tracker.example')",
    "mkdocs.yml": MINIMAL["mkdocs.yml"]
    + """theme: {name: material, logo: look/logo.svg, favicon: 'https://cdn.example/f.ico'}
extra_css: [look/own.css, '//cdn.example/fonts.css']
extra_javascript: [look/own.js, 'https://cdn.example/x.js']
""",
}


def test_the_look_of_a_site_comes_along_and_what_would_be_fetched_is_left_out_and_told(tmp_path: Path) -> None:
    made = isms_in(tmp_path / "isms", LOOK)
    told = export(made.root, tmp_path / "pack.zip")
    assert told.exit_code == 0, told.output
    site = unpacked(tmp_path / "pack.zip") / "site"
    page = (site / "soa.html").read_text(encoding="utf-8")
    assert {path.name for path in (site / "look").iterdir()} == {"logo.svg", "own.css"}
    assert 'href="look/own.css"' in page
    assert 'src="look/logo.svg"' in page
    assert ("cdn.example" in page, "own.js" in page) == (False, False)


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--profile", "auditors"), 2, "no profile is called 'auditors'"),
        (("--period", "last year"), 2, "--period last year"),
        (("--at", "nothing"), 3, "no such commit"),
        (("--key", "nowhere"), 3, "no such key"),
    ],
)
def test_a_wrong_order_is_told_and_nothing_is_written(
    repository: Repository, tmp_path: Path, options: tuple[str, ...], code: int, words: str
) -> None:
    told = export(repository.root, tmp_path / "pack.zip", *options)
    assert (told.exit_code, words in told.output) == (code, True), told.output
    assert list(tmp_path.iterdir()) == []


def test_there_is_no_pack_without_a_repository(tmp_path: Path) -> None:
    isms_in(tmp_path / "isms")
    shutil.rmtree(tmp_path / "isms" / ".git")
    told = export(tmp_path / "isms", tmp_path / "pack.zip")
    assert told.exit_code == 3
    assert "repository" in told.output


def readings(path: Path) -> str:
    """Return everything that a file says, read by other means than the scan that a pack goes through."""
    raw = path.read_bytes()
    said = [path.name, raw.decode("utf-8", "replace"), html.unescape(raw.decode("utf-8", "replace"))]
    if path.suffix == ".pdf":
        said += [subprocess.run(["pdftotext", str(path), "-"], check=True, capture_output=True, text=True).stdout]
        said += [subprocess.run(["pdfinfo", "-meta", str(path)], check=True, capture_output=True, text=True).stdout]
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            said += [html.unescape(book.read(name).decode()) for name in book.namelist() if name.endswith(".xml")]
    return "\n".join(said).lower()


@pytest.mark.parametrize("commits", ["dates", "none"])
def test_no_word_that_is_withheld_is_anywhere_in_a_pack(tmp_path: Path, commits: str) -> None:
    made = plant(tmp_path / "isms")
    profile = PROFILES["reader"].replace("commits: dates", f"commits: {commits}").replace("[csv, json]", "[pdf, xlsx, csv, json]")
    made.commit("Write the profile", {"profiles/reader.yml": profile})
    told = export(made.root, tmp_path / "pack.zip", "--profile", "reader")
    assert told.exit_code == 0, told.output
    files = [path for path in unpacked(tmp_path / "pack.zip").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".html", ".js", ".pdf", ".xlsx", ".csv", ".json", ".md"}
    assert [(path.name, word) for path in files for text in [readings(path)] for word in PLANTED if word in text] == []


def test_a_value_that_shows_after_all_stops_the_pack(tmp_path: Path) -> None:
    """Nobody can know that a text which may be read tells what is withheld elsewhere: the scan does."""
    made = plant(tmp_path / "isms")
    made.commit("Tell it in a file", {"evidence/export.csv": "id,where\n1,Canarylocation\n"})
    told = export(made.root, tmp_path / "pack.zip", "--profile", "reader")
    assert told.exit_code == 1
    assert "evidence/EVD-001.csv" in told.output
    assert "canarylocation" not in told.output.lower()
    assert [path.name for path in tmp_path.iterdir()] == ["isms"]
