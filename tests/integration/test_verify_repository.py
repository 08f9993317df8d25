"""Packs compared with a clone: what is in one and not in the other is named, whatever the manifest says."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from isms_plugin import __version__
from isms_plugin.build import build_facts
from isms_plugin.export.manifest import ABOUT, write_manifest
from isms_plugin.export.pack_data import data_files
from isms_plugin.render.environment import make_view
from isms_plugin.render.kept_names import kept_names
from isms_plugin.sources.git_proofs import commit_facts
from isms_plugin.sources.profiles import read_profile
from isms_plugin.sources.workspace import find_workspace, open_snapshot
from tests.integration.test_cli import isms
from tests.repository import MINIMAL, Repository, policy

EVIDENCE = """- id: EVD-001
  title: Access review
  at: evidence/review.csv
"""
FILES = {
    **MINIMAL,
    "registers/evidence.yml": EVIDENCE,
    "evidence/review.csv": "account,kept\nanna,yes\n",
    "mkdocs.yml": "site_name: Test\nplugins:\n  - isms:\n      as_of: 2026-03-01\n",
}
DAY = date(2026, 3, 1)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository, and a pack of its commit."""
    folder = tmp_path_factory.mktemp("made")
    Repository(folder / "repo").commit("First", FILES)
    a_pack(folder / "repo", folder / "pack")
    return folder


@pytest.fixture
def repository(made: Path, tmp_path: Path) -> Repository:
    shutil.copytree(made / "repo", tmp_path / "repo")
    return Repository(tmp_path / "repo")


@pytest.fixture
def pack(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made / "pack", tmp_path / "pack")


def a_pack(root: Path, folder: Path) -> Path:
    """What `isms export` makes of the last commit, without the site."""
    workspace = find_workspace(root)
    commit = commit_facts(root, "HEAD")
    assert commit is not None
    profile = read_profile(open_snapshot(workspace, commit.name), "profiles", "auditor")
    build = build_facts(workspace, DAY, revision=commit.name, profile=profile)
    files = dict(data_files(build))
    for path, address in kept_names(make_view(build.facts, {})).items():
        files[address.removeprefix("../")] = b"".join(build.sources.snapshot.chunks(path))
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    period = build.facts.settings.period(DAY)
    about = {
        "schema": "isms-pack/1",
        "name": "Test",
        "commit": commit.name,
        "tree": commit.tree,
        "as_of": "2026-03-01",
        "period": {"from": period.first.isoformat(), "to": period.last.isoformat()},
        "profile": profile.model_dump(mode="json"),
        "made_with": {"mkdocs-isms": __version__},
    }
    write_manifest(folder, about)
    return folder


def again(pack: Path, **said: Any) -> Path:
    """Write a manifest that fits the files, as somebody who cheats would."""
    about = json.loads((pack / ABOUT).read_bytes())
    write_manifest(pack, about | said)
    return pack


def compared(pack: Path, root: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(isms("verify", pack, "--repo", root, "--format", "json").output)
    return data


def differing(pack: Path, repository: Repository) -> list[tuple[str, str, str]]:
    return [(item["sort"], item["name"], item["told"]) for item in compared(pack, repository.root)["findings"]]


def test_a_pack_of_the_commit_is_as_the_commit_has_it(pack: Path, repository: Repository) -> None:
    result = isms("verify", pack, "--repo", repository.root)
    assert result.exit_code == 0, result.output
    found = compared(pack, repository.root)
    assert found["repository"]["compared"] == sum(path.is_file() for path in pack.rglob("*")) - 2
    assert {"documents/POL-01.md", "evidence/EVD-001.csv", "registers/people.csv", "registers/registers.json"} <= {
        path.relative_to(pack).as_posix() for path in pack.rglob("*")
    }


def test_what_the_clone_holds_besides_does_not_count(pack: Path, repository: Repository) -> None:
    repository.commit("Later", {"policies/access.md": policy(version="2.0"), "mkdocs.yml": "site_name: Other\n"})
    repository.write({"registers/people.yml": "[]\n"})
    assert differing(pack, repository) == []


@pytest.mark.parametrize("name", ["registers/people.csv", "registers/registers.json", "documents/POL-01.md", "evidence/EVD-001.csv"])
def test_what_was_changed_together_with_the_manifest_is_named(pack: Path, repository: Repository, name: str) -> None:
    (pack / name).write_bytes((pack / name).read_bytes().replace(b"nna", b"nnb").replace(b"Sentence", b"Phrase"))
    head = repository.git("rev-parse", "HEAD")[:10]
    assert isms("verify", again(pack)).exit_code == 0
    assert differing(pack, repository) == [("repository", name, f"it is not what commit {head} holds")]


@pytest.mark.parametrize("name", ["registers/people.csv", "documents/POL-01.md", "evidence/EVD-001.csv"])
def test_what_was_left_out_is_named(pack: Path, repository: Repository, name: str) -> None:
    (pack / name).unlink()
    (item,) = differing(again(pack), repository)
    assert (item[1], item[2].endswith("has it, the pack does not")) == (name, True)


@pytest.mark.parametrize("name", ["registers/extra.csv", "documents/POL-99.md", "evidence/EVD-099.csv"])
def test_what_was_put_in_is_named(pack: Path, repository: Repository, name: str) -> None:
    (pack / name).write_text("x")
    (item,) = differing(again(pack), repository)
    assert (item[1], item[2].endswith("has nothing of that name")) == (name, True)


def test_pages_and_pdfs_are_not_made_again(pack: Path, repository: Repository) -> None:
    (pack / "documents/POL-01.pdf").write_text("x")
    (pack / "START-HERE.html").write_text("x")
    assert differing(again(pack), repository) == []


def test_a_workbook_may_be_packed_more_tightly_but_not_say_something_else(pack: Path, repository: Repository) -> None:
    path = pack / "registers/registers.xlsx"

    def packed_again(change: Callable[[bytes], bytes]) -> None:
        target = io.BytesIO()
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as new:
            for name in old.namelist():
                new.writestr(name, change(old.read(name)))
        path.write_bytes(target.getvalue())

    packed_again(lambda data: data)
    assert differing(again(pack), repository) == []
    packed_again(lambda data: data.replace(b"Anna", b"Anne"))
    assert [name for _, name, _ in differing(again(pack), repository)] == ["registers/registers.xlsx"]
    path.write_bytes(b"no workbook")
    assert [name for _, name, _ in differing(again(pack), repository)] == ["registers/registers.xlsx"]


def test_another_day_gives_other_data_and_is_found(pack: Path, repository: Repository) -> None:
    assert "registers/registers.json" in [name for _, name, _ in differing(again(pack, as_of="2026-02-01"), repository)]


def test_a_profile_that_the_commit_does_not_have_is_told(pack: Path, repository: Repository) -> None:
    about = json.loads((pack / ABOUT).read_bytes())
    wider = {**about["profile"], "people": "roles"}
    assert differing(again(pack, profile=wider), repository) == [
        ("repository", ABOUT, "the profile auditor is another one in the commit: people")
    ]
    (item,) = differing(again(pack, profile={**wider, "name": "friends"}), repository)
    assert "no profile is called 'friends'" in item[2]


def test_another_tree_is_told(pack: Path, repository: Repository) -> None:
    (item,) = differing(again(pack, tree="f" * 40), repository)
    assert (item[1], item[2].endswith("not ffffffffff")) == (ABOUT, True)


def test_another_version_of_the_program_is_told_where_something_differs(pack: Path, repository: Repository) -> None:
    again(pack, made_with={"mkdocs-isms": "0.1"})
    assert compared(pack, repository.root)["notes"] == []
    (pack / "registers/people.csv").write_text("x")
    assert compared(again(pack), repository.root)["notes"] == [
        f"the pack was made with mkdocs-isms 0.1, this is {__version__}; compare with that version"
    ]


@pytest.mark.parametrize(
    "said", [{"commit": "a" * 40}, {"commit": "HEAD"}, {"commit": "--help"}, {"period": None}, {"as_of": "soon"}, {"profile": []}]
)
def test_what_cannot_be_compared_is_not_called_the_same(pack: Path, repository: Repository, said: dict[str, Any]) -> None:
    result = isms("verify", again(pack, **said), "--repo", repository.root)
    assert result.exit_code == 3
    reason = "this clone has no commit" if said.get("commit") == "a" * 40 else "MANIFEST.json does not say of which commit"
    assert "  not compared with the repository: " in result.output
    assert reason in result.output


def test_a_folder_without_a_repository_cannot_be_compared_with(pack: Path, repository: Repository, tmp_path: Path) -> None:
    shutil.copytree(repository.root, tmp_path / "copy", ignore=shutil.ignore_patterns(".git"))
    result = isms("verify", pack, "--repo", tmp_path / "copy")
    assert (result.exit_code, "no git repository" in result.output) == (3, True)


def test_a_repository_with_the_isms_in_a_folder_is_compared(tmp_path: Path) -> None:
    made = Repository(tmp_path / "repo")
    made.commit("First", {f"isms/{path}": text for path, text in FILES.items()})
    pack = a_pack(made.root / "isms", tmp_path / "pack")
    assert compared(pack, made.root / "isms")["verdict"] == "unchanged"


def test_a_configuration_that_inherits_is_read_at_the_commit(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repo")
    inherited = {**FILES, "base.yml": FILES["mkdocs.yml"], "mkdocs.yml": "INHERIT: base.yml\n"}
    repository.commit("First", inherited)
    pack = a_pack(repository.root, tmp_path / "pack")
    repository.write({"base.yml": "site_name: Other\nplugins:\n  - isms:\n      registers: gone\n"})
    assert differing(pack, repository) == []
