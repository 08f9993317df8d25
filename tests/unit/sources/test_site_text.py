"""Language and Markdown of a site, read without running its configuration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from isms_plugin.errors import SettingsError
from isms_plugin.sources.site_text import SiteText, read_site_text, site_text
from tests.builders import MemoryTree

CONFIGURATION = """
theme: {name: material, language: de}
markdown_extensions:
  - admonition
  - toc: {permalink: true, toc_depth: 3, slugify: !!python/name:pymdownx.slugs.slugify }
"""
READ = SiteText(language="de", extensions=(("admonition", {}), ("toc", {"permalink": True, "toc_depth": 3})))


def test_it_is_read_from_a_folder_or_a_commit(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION)
    assert read_site_text(tmp_path) == READ
    assert read_site_text(tmp_path, MemoryTree({})) == SiteText()
    assert read_site_text(tmp_path, MemoryTree({"mkdocs.yml": CONFIGURATION.encode()})) == READ


def test_a_commit_holds_nothing_outside_of_it(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="outside of the ISMS"):
        read_site_text(tmp_path, MemoryTree({"mkdocs.yml": b"INHERIT: ../base.yml\n"}))


@pytest.mark.parametrize("theme", [None, "material", {"name": "material"}, {"language": 'de" onload="x'}, {"language": ["de"]}])
def test_without_a_language_it_is_english(theme: Any) -> None:
    assert site_text({"theme": theme}).language == "en"


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (None, ()),
        ("admonition", ()),
        (["admonition", {"toc": None}], (("admonition", {}), ("toc", {}))),
        ({"admonition": {}, "toc": {"permalink": "false"}}, (("admonition", {}), ("toc", {"permalink": False}))),
        ([7, ["x"]], ()),
    ],
)
def test_extensions_stand_in_any_form_that_mkdocs_takes(given: Any, read: Any) -> None:
    assert site_text({"markdown_extensions": given}).extensions == read
