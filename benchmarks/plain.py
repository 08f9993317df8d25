"""Writes the pages of a generated ISMS as plain MkDocs + Material + search projects, to compare with.

    python -m benchmarks.plain ISMS FOLDER

`same-nav` and `default-nav` hold what `isms pages` writes: the same pages with the same content, as plain Markdown.
`bare` has the nav and pages of `same-nav` without tables and blocks: a floor, below anything that shows registers at all.
`documents` holds nothing but the policies, as their authors wrote them.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.generate import CONFIGURATION, HERE

VARIANTS: Final = ("same-nav", "default-nav", "bare", "documents")
_PART: Final = re.compile(r'<div data-isms="[a-z-]+"></div>\n*')
_PLUGIN: Final = re.compile(r"^  - isms: .*\n", re.MULTILINE)
_FEATURES: Final = re.compile(r"^  features: .*\n", re.MULTILINE)


def write_plain(isms: Path, folder: Path, head: str) -> None:
    """Write all variants below a folder, unless this program made them of that commit already; in a process of its own."""
    stamp, made_of = folder / "made-of", f"{head} {_program()}"
    if not stamp.is_file() or stamp.read_text() != made_of:
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "benchmarks.plain", isms, folder], check=True)
        stamp.write_text(made_of)


def _program() -> str:
    """Hash of everything that decides what pages say."""
    sources = sorted(path for path in (HERE.parent / "isms_plugin").rglob("*") if path.suffix in (".py", ".jinja", ".yml"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in (*sources, HERE / "plain.py", CONFIGURATION))).hexdigest()[:16]


def _write(isms: Path, folder: Path) -> None:
    for name, uri, content in _pages(isms):
        for variant in ("same-nav", "default-nav") if name == "full" else (name,):
            target = folder / variant / "docs" / uri
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    shutil.copytree(isms / "policies", folder / "documents/docs")
    (folder / "documents/docs/index.md").write_text("# Benchmark ISMS\n")
    for variant in VARIANTS:
        shutil.copytree(isms / "docs", folder / variant / "docs", dirs_exist_ok=True)
        (folder / variant / "mkdocs.yml").write_text(_configuration(with_nav=variant in ("same-nav", "bare")))


def _configuration(*, with_nav: bool) -> str:
    """Return the configuration of the ISMS without its plugin, with its navigation or with that of a new project."""
    text = _PLUGIN.sub("", CONFIGURATION.read_text())
    return text if with_nav else _FEATURES.sub("", text[: text.index("nav:\n")])


def _pages(isms: Path) -> Iterator[tuple[str, str, bytes]]:
    from isms_plugin.build import build_facts, markdown_site
    from isms_plugin.export.markdown_site import markdown_pages
    from isms_plugin.render.page import Page, Site
    from isms_plugin.sources.workspace import find_workspace

    build = build_facts(find_workspace(isms), date(2026, 11, 30))
    yield from (("full", uri, content) for uri, content in markdown_site(build) if uri != "isms.json")
    site = build.site()
    bare = tuple(Page(uri=page.uri, title=page.title, markdown=_PART.sub("", page.markdown)) for page in site.pages)
    yield from (("bare", *page) for page in markdown_pages(build.facts, Site(pages=bare, addresses=site.addresses)))


if __name__ == "__main__":
    _write(Path(sys.argv[1]), Path(sys.argv[2]))
