"""The project keeps its own promises: sizes, documentation, vendored files, no text of a standard."""

from __future__ import annotations

import ast
import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from isms_plugin.adapters.cli import main
from isms_plugin.model.codes import CODES
from isms_plugin.model.diagnostic import Grade
from isms_plugin.model.fields import fields_of
from isms_plugin.model.isms import KINDS
from isms_plugin.model.settings import Settings
from isms_plugin.sources import catalogue

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "isms_plugin").rglob("*.py"))
GUIDE = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs/guide").glob("*.md")))
README = (ROOT / "README.md").read_text(encoding="utf-8")


def functions() -> list[tuple[str, int]]:
    return [
        (f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]


def test_everything_below_the_adapters_works_without_mkdocs() -> None:
    code = "import sys, isms_plugin.build, isms_plugin.adapters.cli; sys.exit('mkdocs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_modules_stay_small() -> None:
    assert [path.name for path in MODULES if len(path.read_text(encoding="utf-8").splitlines()) > 300] == []


def test_functions_stay_small() -> None:
    assert [name for name, length in functions() if length > 40] == []


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_documented_and_has_help(name: str) -> None:
    assert f"isms {name}" in README
    assert f"isms {name}" in GUIDE
    assert main.commands[name].help


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_option_is_documented(name: str) -> None:
    assert f"{name}:" in (ROOT / "docs/guide/site.md").read_text(encoding="utf-8")
    assert Settings.model_fields[name].description


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_has_a_grade_and_a_meaning(code: str) -> None:
    assert Grade.of(CODES[code].grade) > Grade.OFF
    assert CODES[code].meaning.endswith(".")
    assert re.fullmatch(r"(A\.)?\d+(\.\d+)*|", CODES[code].clause)


@pytest.mark.parametrize("kind", [declaration for declaration in KINDS if declaration.KIND.register], ids=lambda kind: str(kind.KIND.name))
def test_every_register_is_in_the_guide_and_its_fields_are_explained(kind: type) -> None:
    assert f"isms:reference/{kind.KIND.register}.md" in GUIDE  # type: ignore[attr-defined]
    for spec in fields_of(kind):
        assert spec.title
        assert spec.description.endswith("."), spec.key


def test_vendored_files_are_unchanged() -> None:
    static = ROOT / "isms_plugin/render/static"
    rows = re.findall(r"^\| (vendor/\S+) \|.*\| ([0-9a-f]{64}) \|$", (static / "NOTICE.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {path for path, _ in rows} == {f"vendor/{path.name}" for path in (static / "vendor").glob("*.js")}
    for path, digest in rows:
        assert hashlib.sha256((static / path).read_bytes()).hexdigest() == digest


def test_links_of_the_readme_lead_somewhere() -> None:
    for target in re.findall(r"\]\(((?!https?:)[^)#]+)", README):
        assert (ROOT / target).exists(), target


def test_the_catalogue_holds_facts_only() -> None:
    for path in (ROOT / "isms_plugin/catalogues").glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\bshall\b", text, re.IGNORECASE)
        assert [found for found in re.findall(r'"([^"]*)"', text) if len(found) > 130] == []


def test_the_catalogue_has_every_control_and_clause() -> None:
    entries = catalogue.read_catalogue().entries
    controls = [entry.id for entry in entries if entry.KIND.name == "control"]
    assert [len([name for name in controls if name.startswith(f"A.{theme}.")]) for theme in (5, 6, 7, 8)] == [37, 8, 14, 34]
    assert sum(entry.KIND.name == "clause" for entry in entries) == 41


def test_the_catalogue_works_without_the_attributes(monkeypatch: pytest.MonkeyPatch) -> None:
    with_attributes = catalogue.read_catalogue().entries[-1]
    monkeypatch.setattr(catalogue, "ATTRIBUTES", "not-shipped.yml")
    without = catalogue.read_catalogue()
    assert getattr(with_attributes, "control_types") == ("preventive",)  # noqa: B009 - the entry's kind is known from the catalogue
    assert getattr(without.entries[-1], "control_types") == ()  # noqa: B009
    assert len(without.entries) == 134
