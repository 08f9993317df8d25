"""`mkdocs serve`: authors see their mistakes where they made them, and a fast rebuild gives the pages that a full one gives."""

from __future__ import annotations

import json
import logging
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from isms_plugin.render.page import Page
from tests.integration.conftest import Make, build_site, write
from tests.repository import MINIMAL, Repository, policy

ADDRESS = "http://127.0.0.1:8000/"
RISKS = """\
- id: RSK-001
  title: Loss of {what}
  owner: PER-001
  status: draft
- id: RSK-002
  title: Fire
  owner: PER-001
  status: draft
"""
SETTINGS = """\
site_name: Test
theme: {name: material}
plugins:
  - search
  - isms: {as_of: 2026-06-30}
nav:
  - Home: index.md
  - documents/index.md
  - guide.md
"""
FILES = {
    **MINIMAL,
    "mkdocs.yml": SETTINGS,
    "registers/risks.yml": RISKS.format(what="a laptop"),
    "policies/access.md": policy("POL-01", text="This answers [RSK-001].\n"),
    "docs/guide.md": "# How we work\n\nMind [RSK-001] and [the policy](../policies/access.md).\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = Repository(tmp_path / "isms")
    made.commit("begin", FILES)
    return made.root


def files_of(site: Path) -> dict[str, Any]:
    """All files of a site; the search index without the order of its entries, which says nothing."""
    found: dict[str, Any] = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    index = json.loads(found.pop("search/search_index.json"))
    found["search"] = sorted(index["docs"], key=lambda entry: (entry["location"], entry["text"]))
    return {name: content for name, content in found.items() if not name.startswith("sitemap")}


class Served:
    """A site that is built again and again, as `mkdocs serve` does, or `mkdocs serve --dirty`."""

    def __init__(self, folder: Path, tmp: Path, *, dirty: bool = True) -> None:
        self.folder, self.tmp, self.dirty = folder, tmp, dirty
        logging.getLogger("mkdocs").setLevel(logging.INFO)
        self._build(first=True)

    def _build(self, *, first: bool = False) -> None:
        config = load_config(str(self.folder / "mkdocs.yml"), site_dir=str(self.tmp / "fast"))
        if first:
            self.plugins = config.plugins
            config.plugins.on_startup(command="serve", dirty=self.dirty)
        build(config, serve_url=ADDRESS, dirty=self.dirty)

    def edit(self, path: str, old: str, new: str) -> None:
        target = self.folder / path
        text = target.read_text(encoding="utf-8")
        assert old in text
        target.write_text(text.replace(old, new, 1), encoding="utf-8")

    def rebuild(self, caplog: pytest.LogCaptureFixture) -> int:
        """Build again; return how many pages and files were built anew."""
        caplog.clear()
        self._build()
        found = re.search(r"(\d+) of \d+ pages and files are built anew", caplog.text)
        assert found
        return int(found[1])

    def full(self) -> dict[str, Any]:
        """What a build from nothing gives."""
        script = (
            "import sys; from mkdocs.config import load_config; from mkdocs.commands.build import build\n"
            "config = load_config(sys.argv[1], site_dir=sys.argv[2]); config.plugins.on_startup(command='serve', dirty=False)\n"
            "build(config, serve_url=sys.argv[3])"
        )
        target = self.tmp / "full"
        arguments = [sys.executable, "-c", script, str(self.folder / "mkdocs.yml"), str(target), ADDRESS]
        subprocess.run(arguments, check=True, capture_output=True)
        return files_of(target)


@pytest.fixture
def served(folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Served:
    caplog.set_level(logging.INFO)
    return Served(folder, tmp_path)


def nothing(_: Served) -> None:
    """Leave everything as it is."""


def title_of_a_risk(served: Served) -> None:
    served.edit("registers/risks.yml", "Loss of a laptop", "Loss of a phone")


def text_of_a_policy(served: Served) -> None:
    served.edit("policies/access.md", "This answers", "Indeed this answers")


def new_risk(served: Served) -> None:
    served.edit("registers/risks.yml", "- id: RSK-002", "- id: RSK-003\n  title: Flood\n  owner: PER-001\n- id: RSK-002")


def risk_gone(served: Served) -> None:
    served.edit("registers/risks.yml", "- id: RSK-002\n  title: Fire\n  owner: PER-001\n  status: draft\n", "")


def title_of_an_own_page(served: Served) -> None:
    served.edit("docs/guide.md", "# How we work", "# How we do it")


def own_page_gone(served: Served) -> None:
    (served.folder / "docs/guide.md").unlink()
    served.edit("mkdocs.yml", "  - guide.md\n", "")


def commit(served: Served) -> None:
    title_of_a_risk(served)
    repository = Repository(served.folder)
    repository.day = 7
    repository.commit("change a risk")


@pytest.mark.parametrize(
    ("change", "fewest", "most"),
    [
        (nothing, 0, 0), (title_of_a_risk, 3, 60), (text_of_a_policy, 1, 60), (new_risk, 2, 60), (risk_gone, 1, 90),
        (title_of_an_own_page, 100, 999), (own_page_gone, 100, 999), (commit, 3, 999),
    ],
)  # fmt: skip
def test_a_fast_rebuild_gives_what_a_full_build_gives(
    served: Served, caplog: pytest.LogCaptureFixture, change: Callable[[Served], None], fewest: int, most: int
) -> None:
    change(served)
    count = served.rebuild(caplog)
    assert files_of(served.tmp / "fast") == served.full()
    assert fewest <= count <= most
    assert "inaccurate" not in caplog.text


def test_a_plain_rebuild_keeps_pages_as_well_and_gives_what_a_full_build_gives(folder: Path, tmp_path: Path) -> None:
    served = Served(folder, tmp_path, dirty=False)
    plugin: Any = served.plugins["isms"]
    before = {page.uri: page for page in made_pages(plugin)}
    title_of_a_risk(served)
    served._build()
    assert files_of(served.tmp / "fast") == served.full()
    after = {page.uri: page for page in made_pages(plugin)}
    assert after["risks/RSK-001.md"] is not before["risks/RSK-001.md"]
    assert after["risks/RSK-002.md"] is before["risks/RSK-002.md"]


def made_pages(plugin: Any) -> list[Page]:
    """Pages that a plugin keeps for its next build."""
    return [made for kept in plugin.kept.pages._kept.values() for made in kept.made if isinstance(made, Page)]


def test_two_changes_one_after_the_other_and_back(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    before = files_of(served.tmp / "fast")
    title_of_a_risk(served)
    text_of_a_policy(served)
    assert served.rebuild(caplog)
    served.edit("registers/risks.yml", "Loss of a phone", "Loss of a laptop")
    served.edit("policies/access.md", "Indeed this answers", "This answers")
    assert served.rebuild(caplog)
    assert files_of(served.tmp / "fast") == before
    assert served.rebuild(caplog) == 0


def test_after_a_build_that_failed_everything_is_built_anew(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    served.edit("mkdocs.yml", "as_of: 2026-06-30", "overlay: none.yml")
    with pytest.raises(Abort):
        served._build()
    served.edit("mkdocs.yml", "overlay: none.yml", "as_of: 2026-06-30")
    assert served.rebuild(caplog) > 100
    assert files_of(served.tmp / "fast") == served.full()


WRONG = {"registers/risks.yml": RISKS.format(what="a laptop").replace("title: Fire\n  owner: PER-001", "title: Fire\n  owner: PER-777")}


def serve_once(tmp_path: Path, options: str) -> Path:
    write({**FILES, **WRONG}, tmp_path / "isms")
    (tmp_path / "isms/mkdocs.yml").write_text(f"site_name: Test\ntheme: {{name: material}}\nplugins:\n  - search\n  - isms:\n{options}")
    return build_site(tmp_path / "isms/mkdocs.yml", tmp_path / "served", command="serve").path


def test_notes_stand_on_the_page_that_they_concern(tmp_path: Path) -> None:
    site = serve_once(tmp_path, "      editor: vscode\n")
    page = (site / "risks/RSK-002/index.html").read_text(encoding="utf-8")
    assert "PER-777" in page[page.index('<aside class="isms-notice isms-notice--minor isms-author"') :]
    assert re.search(r'href="vscode://file/[^"]+/isms/registers/risks\.yml:7:\d+"', page)
    assert "isms-problems" not in page
    assert "isms-author" not in (site / "risks/RSK-001/index.html").read_text(encoding="utf-8")


def test_all_notes_float_above_the_first_page(tmp_path: Path) -> None:
    site = serve_once(tmp_path, '      edit_url: "https://git.example.org/{path}#L{line}"\n')
    home = (site / "index.html").read_text(encoding="utf-8")
    listed = home[home.index('<details class="isms-author-list">') :]
    assert '<a href="risks/RSK-002/">' in listed
    assert 'href="https://git.example.org/registers/risks.yml#L7"' in listed


def test_no_note_is_ever_built(make_site: Make) -> None:
    site = make_site(WRONG, "      editor: vscode\n")
    pages = list(site.path.rglob("*.html"))
    assert len(pages) > 100
    assert [
        page for page in pages if "vscode://" in page.read_text(encoding="utf-8") or "isms-author" in page.read_text(encoding="utf-8")
    ] == []


@pytest.fixture
def process(folder: Path) -> Iterator[str]:
    """Address of a real `mkdocs serve --dirty`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--dirty", "--dev-addr", f"127.0.0.1:{port}"]
    started = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield f"http://127.0.0.1:{port}/"
    started.terminate()
    started.wait(timeout=30)


def shown(url: str, text: str, seconds: int = 60) -> str:
    """Ask for a page until it holds a text."""
    page, end = "", time.monotonic() + seconds
    while text not in page:
        assert time.monotonic() < end, f"{text!r} did not appear on {url}"
        time.sleep(0.3)
        try:
            page = urllib.request.urlopen(url, timeout=30).read().decode()
        except OSError:
            page = ""
    return page


def test_a_saved_register_is_on_the_screen_and_so_is_a_mistake_in_it(process: str, folder: Path) -> None:
    shown(process + "risks/RSK-001/", "Loss of a laptop")
    register = folder / "registers/risks.yml"
    register.write_text(RISKS.format(what="a ship"), encoding="utf-8")
    assert "isms-author" not in shown(process + "risks/RSK-001/", "Loss of a ship")
    assert "Loss of a ship" in shown(process + "documents/POL-01/", "Loss of a ship")
    register.write_text(RISKS.format(what="a ship").replace("Fire\n  owner: PER-001", "Fire\n  owner: PER-777"), encoding="utf-8")
    page = shown(process + "risks/RSK-002/", "PER-777")
    assert "registers/risks.yml:7" in page
