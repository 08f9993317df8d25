"""Other hosts: ProperDocs runs the same plugin; any generator takes the written pages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from isms_plugin.export.site_check import check_site
from tests.integration.conftest import ROOT, BuiltSite, build_site

BIN = Path(sys.executable).parent


def run(*command: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(BIN / command[0]), *command[1:]], cwd=cwd, capture_output=True, text=True, check=False, env=dict(os.environ))


def test_properdocs_builds_the_same_site(sample: BuiltSite, tmp_path: Path) -> None:
    pytest.importorskip("properdocs")
    done = run("properdocs", "build", "--strict", "--site-dir", str(tmp_path / "site"))
    assert done.returncode == 0, done.stderr
    ours, theirs = contents(sample.path), contents(tmp_path / "site")
    assert ours.keys() == theirs.keys()
    assert [path for path, content in ours.items() if content != theirs[path]] == []


def contents(site: Path) -> dict[str, bytes]:
    """Every file, less the tag that names the generator."""
    return {
        path.relative_to(site).as_posix(): re.sub(rb'<meta name="generator"[^>]*>', b"", path.read_bytes())
        for path in site.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("pages") / "docs"
    done = run("isms", "pages", str(target))
    assert done.returncode == 0, done.stderr
    return target


def test_written_pages_build_without_the_plugin(pages: Path) -> None:
    shutil.copy(ROOT / "docs/report-an-incident.md", pages)  # pages of the organization's own stay beside those that are written
    config = pages.parent / "mkdocs.yml"
    config.write_text(
        "site_name: Plain\ntheme: {name: mkdocs, highlightjs: false}\nplugins: []\nmarkdown_extensions: [tables, attr_list]\n"
        "validation: {omitted_files: ignore, not_found: warn, anchors: warn, absolute_links: warn, unrecognized_links: warn}\n"
        "not_in_nav: '*'\n",
        encoding="utf-8",
    )
    site = build_site(config, pages.parent / "site")
    assert site.warnings == []
    assert list(check_site(site.path)) == [], "all addresses of isms.json exist and every link leads somewhere"


def test_written_references_are_ordinary_markdown(pages: Path) -> None:
    text = (pages / "documents/POL-03.md").read_text(encoding="utf-8")
    assert "treats [RSK-001]" in text.replace("\n", " ")
    assert '[RSK-001]: ../risks/RSK-001.md "Phishing leads to takeover of a staff account"' in text
    assert "isms:" not in text


def test_zensical_takes_the_written_pages(tmp_path: Path) -> None:
    pytest.importorskip("zensical")
    assert run("isms", "pages", str(tmp_path / "docs"), "--html-links", "source").returncode == 0
    shutil.copy(ROOT / "docs/report-an-incident.md", tmp_path / "docs")
    (tmp_path / "mkdocs.yml").write_text("site_name: Plain\ntheme: {name: material, font: false}\n", encoding="utf-8")
    assert run("zensical", "build", cwd=tmp_path).returncode == 0
    assert list(check_site(tmp_path / "site")) == []


def test_links_inside_html_can_lead_to_source_files(tmp_path: Path) -> None:
    assert run("isms", "pages", str(tmp_path / "docs"), "--html-links", "source").returncode == 0
    text = (tmp_path / "docs/documents/POL-03.md").read_text(encoding="utf-8")
    assert 'href="../people/PER-006.md"' in text
    assert "isms:" not in text
