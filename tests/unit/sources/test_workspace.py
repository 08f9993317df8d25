from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from isms_plugin.errors import SettingsError, SourceError
from isms_plugin.model.diagnostic import Diagnostic, Grade, Place
from isms_plugin.model.history import Completeness
from isms_plugin.model.settings import Settings
from isms_plugin.sources.locator import Locator
from isms_plugin.sources.workspace import Sources, Workspace, find_workspace, open_snapshot, read_sources


def configured(folder: Path, text: str, name: str = "mkdocs.yml") -> Workspace:
    (folder / name).write_text(text)
    return find_workspace(folder)


@pytest.mark.parametrize("name", ["mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml"])
def test_an_isms_is_found_from_any_folder_in_it(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("site_name: Ours\n")
    (tmp_path / "policies/deep").mkdir(parents=True)
    found = find_workspace(tmp_path / "policies/deep")
    assert (found.root, found.name, found.docs, found.settings) == (tmp_path, "Ours", "docs", Settings())


def test_an_isms_needs_no_configuration(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / "registers").mkdir()
    assert find_workspace(tmp_path) == Workspace(root=tmp_path)


def test_no_isms_is_an_error_that_says_what_was_looked_for(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    with pytest.raises(SourceError, match=r"neither mkdocs\.yml nor the folders policies/ and registers/"):
        find_workspace(tmp_path)


@pytest.mark.parametrize(
    "plugins",
    [
        "plugins:\n  - search\n  - isms:\n      as_of: 2026-11-24\n      codes: {no-history: off}\n      edit_url:\n",
        "plugins:\n  search: {}\n  isms:\n    as_of: 2026-11-24\n    codes: {no-history: off}\n",
        "plugins: [{isms: {as_of: 2026-11-24, codes: {no-history: off}}}]\nx: !!python/name:a.b ''\ny: !ENV [A, b]\n",
    ],
)
def test_settings_are_the_options_of_the_plugin(tmp_path: Path, plugins: str) -> None:
    settings = configured(tmp_path, plugins).settings
    assert settings.as_of == date(2026, 11, 24)
    assert settings.regrade == {"no-history": Grade.OFF}


@pytest.mark.parametrize(
    "plugins",
    ["", "plugins:\n", "plugins: [isms]\n", "plugins: isms\n", "plugins: [isms: ]\n", "plugins: {isms: }\n", "plugins: [search]\n"],
)
def test_without_options_everything_is_as_it_comes(tmp_path: Path, plugins: str) -> None:
    assert configured(tmp_path, f"site_name: x\n{plugins}").settings == Settings()


def test_the_folder_of_pages_is_that_of_the_site(tmp_path: Path) -> None:
    assert configured(tmp_path, "docs_dir: pages\n").docs == "pages"
    assert configured(tmp_path, "docs_dir: [pages]\nsite_name: [x]\n") == Workspace(root=tmp_path)


@pytest.mark.parametrize("text", ["", "- a\n", "site_name: a: b\n", "site_name: x\nplugins: [\n", "\0"])
def test_a_configuration_that_cannot_be_read_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match=r"mkdocs\.yml: cannot be read as YAML"):
        configured(tmp_path, text)


def test_what_a_configuration_does_not_say_it_inherits(tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text("INHERIT: top.yml\nsite_name: Base\nplugins: [isms: {as_of: 2026-11-24}]\n")
    (tmp_path / "top.yml").write_text("site_name: Top\ndocs_dir: pages\n")
    found = configured(tmp_path, "INHERIT: base.yml\nsite_name: Ours\n")
    assert (found.name, found.docs, found.settings.as_of) == ("Ours", "pages", date(2026, 11, 24))


def test_configurations_that_inherit_in_a_circle_are_read_all_the_same(tmp_path: Path) -> None:
    assert configured(tmp_path, "INHERIT: mkdocs.yml\nsite_name: Ours\n").name == "Ours"


def test_a_configuration_to_inherit_from_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"gone\.yml: cannot be read"):
        configured(tmp_path, "INHERIT: gone.yml\n")


def test_nothing_outside_of_the_repository_is_inherited(tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    (ours / ".git").mkdir(parents=True)
    (ours / "isms").mkdir()
    (tmp_path / "base.yml").write_text("site_name: Elsewhere\n")
    (ours / "base.yml").write_text("site_name: Base\n")
    assert configured(ours / "isms", "INHERIT: ../base.yml\n").name == "Base"
    for named in ("../../base.yml", str(tmp_path / "base.yml"), "link.yml"):
        (ours / "isms" / "link.yml").unlink(missing_ok=True)
        (ours / "isms" / "link.yml").symlink_to(tmp_path / "base.yml")
        with pytest.raises(SettingsError, match=r"lies outside of the repository, so nothing is inherited from it"):
            configured(ours / "isms", f"INHERIT: {named}\n")


def test_a_configuration_is_inherited_from_a_file_alone(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"zero: cannot be read: it is not a file"):
        configured(tmp_path, "INHERIT: /dev/zero\n")


def test_an_option_without_meaning_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="polices"):
        configured(tmp_path, "plugins: [isms: {polices: policies}]\n")


def test_everything_is_read_from_its_folder(read: Callable[..., Sources]) -> None:
    files = {
        "p/a.md": "---\nid: POL-001\n---\nText", "p/README.md": "Read me", "r/risks.yml": "- id: RSK-001\n", "docs/index.md": "Home",
        "e/a.csv": "1", "policies/b.md": "", "other/c.md": "",
    }  # fmt: skip
    isms = read(files, policies="p", registers="r", evidence="e").isms
    assert [entry.id for entry in isms.entries.values() if isms.place(entry).path] == ["POL-001", "RSK-001"]
    assert list(isms.texts) == ["POL-001"]
    assert set(isms.pages) == {"p/README.md", "docs/index.md"}
    assert isms.files == {"p/a.md", "p/README.md", "r/risks.yml", "docs/index.md", "e/a.csv"}


def test_the_catalogue_is_always_there(read: Callable[..., Sources]) -> None:
    isms = read({}).isms
    assert {"4.1", "A.5.1", "A.8.34"} <= isms.entries.keys()
    assert isms.standard.reference == "ISO/IEC 27001:2022"


def test_the_files_that_evidence_names_are_hashed_and_no_others(read: Callable[..., Sources]) -> None:
    rows = ["evidence/a.csv", "registers/evidence.yml", "evidence/gone.csv", "../secret", "https://example.org/a", ""]
    register = "".join(f"- {{id: EVD-{number}, at: '{at}'}}\n" for number, at in enumerate(rows))
    digests = read({"evidence/a.csv": "1\n", "evidence/b.csv": "2\n", "registers/evidence.yml": register}).isms.digests
    assert digests == {
        "evidence/a.csv": hashlib.sha256(b"1\n").hexdigest(),
        "registers/evidence.yml": hashlib.sha256(register.encode()).hexdigest(),
    }


def test_a_document_that_takes_the_id_of_a_control_gives_it_no_text(read: Callable[..., Sources]) -> None:
    assert read({"policies/a.md": "---\nid: A.5.1\n---\nText"}).isms.texts == {}


def test_outside_of_git_the_history_is_unknown(read: Callable[..., Sources]) -> None:
    assert read({}).history.completeness is Completeness.UNKNOWN


@pytest.mark.parametrize(("with_overlay", "title"), [(True, "Licensed"), (False, "Policies for information security")])
def test_the_overlay_is_read_only_where_it_is_asked_for(workspace: Callable[..., Workspace], with_overlay: bool, title: str) -> None:
    made = workspace({"private/iso.yml": "A.5.1: {title: Licensed, text: Wording}\n"}, overlay="private/iso.yml")
    sources = read_sources(made, open_snapshot(made), with_overlay=with_overlay)
    assert sources.isms.entries["A.5.1"].title == title
    assert sources.wording == ({"A.5.1": "Wording"} if with_overlay else {})


def test_no_overlay_is_no_mistake(workspace: Callable[..., Workspace]) -> None:
    made = workspace({})
    assert read_sources(made, open_snapshot(made), with_overlay=True).isms.faults == ()


def test_an_overlay_that_is_not_there_is_an_error(workspace: Callable[..., Workspace]) -> None:
    made = workspace({}, overlay="private/iso.yml")
    with pytest.raises(SourceError, match=r"private/iso\.yml"):
        read_sources(made, open_snapshot(made), with_overlay=True)


FILES = {
    "policies/a.md": "\n---\nid: POL-001\nowner: x\n---\nText\n",
    "policies/none.md": "Text\n",
    "registers/risks.yml": "- id: RSK-001\n- id: RSK-002\n  owner: x\n",
    "registers/broken.yml": "- id: RSK-001\n  owner: x\n- [\n",
}


@pytest.mark.parametrize(
    ("place", "found"),
    [
        (Place("policies/a.md", 3, 1, ("owner",)), "policies/a.md:4:8"),
        (Place("registers/risks.yml", 2, 1, (1, "owner")), "registers/risks.yml:3:10"),
        (Place("registers/risks.yml", 2, 1, (1,)), "registers/risks.yml:2:3"),
        (Place("registers/risks.yml", 2, 1, (0, "id")), "registers/risks.yml:2:1"),
        (Place("registers/risks.yml", 7, 9), "registers/risks.yml:7:9"),
        (Place("registers/broken.yml", 1, 1, (0, "owner")), "registers/broken.yml:1:1"),
        (Place("policies/none.md", 1, 1, ("title",)), "policies/none.md:1:1"),
        (Place("", 0, 0, ("title",)), ""),
    ],
)
def test_a_diagnostic_gets_line_and_column_of_what_it_speaks_of(workspace: Callable[..., Workspace], place: Place, found: str) -> None:
    diagnostic = Diagnostic(code="invalid-value", message="wrong", place=place)
    (item,) = Locator(open_snapshot(workspace(FILES)))([diagnostic])
    assert str(item.place) == found


def test_diagnostics_come_in_the_order_of_their_places(workspace: Callable[..., Workspace]) -> None:
    places = [
        Place("registers/risks.yml", 2, 1, (1, "owner")),
        Place("registers/risks.yml", 3, 1),
        Place("policies/a.md", 3, 1, ("id",)),
        Place(),
    ]
    found = Locator(open_snapshot(workspace(FILES)))(Diagnostic(code="invalid-value", message="wrong", place=place) for place in places)
    assert [str(item.place) for item in found] == ["", "policies/a.md:3:5", "registers/risks.yml:3:1", "registers/risks.yml:3:10"]
