"""Pages that a serving process keeps are those that it would make: the sample is edited at random, again and again."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from isms_plugin.build import Build, build_facts
from isms_plugin.render.kept_pages import KeptPages
from isms_plugin.render.page import Site
from isms_plugin.sources.cache import Cache
from isms_plugin.sources.workspace import find_workspace
from tests.repository import Repository

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)
_ENTRY = re.compile(r"^- (?:id|control|version): .*\n(?:(?!- ).*\n)*", re.MULTILINE)
_VALUE = re.compile(r"^  ([a-z_]+): (.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    made = Repository(tmp_path_factory.mktemp("kept") / "isms")
    for name in ("docs", "policies", "registers", "evidence"):
        shutil.copytree(ROOT / name, made.root / name)
    shutil.copy(ROOT / "mkdocs.yml", made.root)
    made.commit("begin")
    return made


class Editor:
    """Edits as people make them, at random."""

    def __init__(self, repository: Repository, draw: Random) -> None:
        self.repository, self.draw = repository, draw

    def _edited(self, folder: str, ending: str, edit: Callable[[str], str]) -> None:
        path = self.draw.choice(sorted((self.repository.root / folder).rglob(f"*{ending}")))
        path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")

    def value_of_another(self) -> None:
        """Give an entry the value that another one has in the same field."""

        def edit(text: str) -> str:
            values = list(_VALUE.finditer(text))
            if not values:
                return text
            here = self.draw.choice(values)
            other = self.draw.choice([value[2] for value in values if value[1] == here[1]])
            return text[: here.start(2)] + other + text[here.end(2) :]

        self._edited("registers", ".yml", edit)

    def title(self) -> None:
        self._edited("registers", ".yml", lambda text: re.sub(r"title: (\w)", rf"title: Edited {self.draw.random()} \1", text, count=1))

    def entry_gone(self) -> None:
        def edit(text: str) -> str:
            entries = _ENTRY.findall(text)
            return text.replace(self.draw.choice(entries), "", 1) if len(entries) > 1 else text

        self._edited("registers", ".yml", edit)

    def entry_more(self) -> None:
        def edit(text: str) -> str:
            entries = [entry for entry in _ENTRY.findall(text) if entry.startswith("- id: ")]
            if not entries:
                return text
            return text + re.sub(r"(- id: \w+-)\d+", rf"\g<1>{self.draw.randint(800, 999)}", self.draw.choice(entries), count=1)

        self._edited("registers", ".yml", edit)

    def line_more(self) -> None:
        self._edited("registers", ".yml", lambda text: f"# a remark\n{text}")

    def words(self) -> None:
        self._edited("policies", ".md", lambda text: f"{text}\n\nMind [RSK-001] and [A.8.13], too: {self.draw.random()}.\n")

    def commit(self) -> None:
        self.repository.day = self.draw.randint(1, 27)
        self.repository.commit("edit")


EDITS = (
    Editor.value_of_another, Editor.value_of_another, Editor.title, Editor.entry_gone, Editor.entry_more, Editor.line_more, Editor.words,
    Editor.commit,
)  # fmt: skip


def read(root: Path, cache: Cache) -> Build:
    return build_facts(replace(find_workspace(root), cache=cache), TODAY)


def made_of(site: Site) -> dict[str, object]:
    return {made.uri: made for made in (*site.pages, *site.files)} | {"addresses": site.addresses, "outside": site.outside}


@pytest.mark.parametrize("seed", range(3))
def test_kept_pages_are_those_that_would_be_made(sample: Repository, seed: int) -> None:
    editor, held, kept = Editor(sample, Random(seed)), Cache(held={}), KeptPages()
    read(sample.root, held).site(kept=kept)
    for _ in range(4):
        edit = editor.draw.choice(EDITS)
        edit(editor)
        kept_site, fresh_site = read(sample.root, held).site(kept=kept), read(sample.root, Cache()).site()
        one, other = made_of(kept_site), made_of(fresh_site)
        assert list(one) == list(other), edit.__name__
        assert [uri for uri in one if one[uri] != other[uri]] == [], edit.__name__
