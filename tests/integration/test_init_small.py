"""`isms init`: a small ISMS that builds and passes at once, or one around the policies that are there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from isms_plugin.adapters.cli import init as command
from isms_plugin.adapters.cli import main
from tests.integration.conftest import build_site
from tests.repository import Repository

POLICY = "# Access Policy\n\n**Version:** 1.2\n**Owner:** Jane Doe\n\n## Purpose\n\nWhy.\n"


def isms(*arguments: object, **options: str) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], **options)  # type: ignore[arg-type]


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_new_isms_builds_and_passes_and_says_what_is_next(tmp_path: Path, language: str) -> None:
    root = tmp_path / "isms"
    result = isms("init", root, "--name", "Acme & Söhne", "--language", language, "--platform", "github", "--yes")
    assert result.exit_code == 0, result.output
    repository = Repository(root)
    assert isms("-C", root, "check").exit_code == 0
    assert build_site(root / "mkdocs.yml", tmp_path / "site", strict=True).warnings == []
    repository.commit("Begin the ISMS")
    check = isms("-C", root, "check")
    assert (check.exit_code, check.output) == (0, "Nothing found.\n")
    audit = isms("-C", root, "audit", "--stage", "1", "--format", "json")
    codes = {finding["code"] for finding in json.loads(audit.output)["findings"]}
    assert {"information-unapproved", "soa-not-approved", "no-risk-assessment", "no-audit-programme"} <= codes


def test_drafts_do_not_become_wrong_with_time_but_for_what_was_planned(tmp_path: Path) -> None:
    isms("init", tmp_path / "isms", "--yes", env={"SOURCE_DATE_EPOCH": "1796083200"})
    for day, code in (("2027-06-01", 0), ("2027-06-02", 1)):
        result = isms("-C", tmp_path / "isms", "check", "--as-of", day)
        assert result.exit_code == code, result.output


@pytest.mark.parametrize(("platform", "files"), [("github", 5), ("gitlab", 2), ("none", 0)])
def test_pipelines_of_the_platform_come_along(tmp_path: Path, platform: str, files: int) -> None:
    isms("init", tmp_path, "--platform", platform, "--yes")
    assert len([path for path in held(tmp_path) if path.startswith((".github/", ".gitlab"))]) == files


def test_the_editor_finds_its_schemas(tmp_path: Path) -> None:
    isms("init", tmp_path, "--yes")
    for schema in json.loads((tmp_path / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]:
        assert (tmp_path / schema).is_file()


def test_the_same_answers_give_the_same_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        isms("init", tmp_path / name, "--name", "Acme", "--yes")
    assert held(tmp_path / "a") == held(tmp_path / "b")


def test_without_a_terminal_defaults_are_taken(tmp_path: Path) -> None:
    assert isms("init", tmp_path / "Acme").exit_code == 0
    assert 'site_name: "Acme: information security"' in (tmp_path / "Acme/mkdocs.yml").read_text(encoding="utf-8")


def test_on_a_terminal_it_asks_for_what_no_option_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "on_terminal", lambda: True)
    result = isms("init", tmp_path / "isms", "--size", "50", input="\n".join(("Acme", "Baking", "de", "none", "Bo Ray", "", "")))
    assert result.exit_code == 0, result.output
    assert "> Baking\n" in (tmp_path / "isms/policies/scope.md").read_text(encoding="utf-8")
    people = (tmp_path / "isms/registers/people.yml").read_text(encoding="utf-8")
    assert 'name: "Bo Ray"' in people
    assert "PER-004" in people


def test_a_folder_with_files_is_refused_and_names_them(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    result = isms("init", tmp_path, "--yes")
    assert result.exit_code == 3
    assert "it holds notes.txt;" in result.output
    assert held(tmp_path) == {"notes.txt": b"mine"}


def test_a_dry_run_names_the_files_and_writes_none(tmp_path: Path) -> None:
    result = isms("init", tmp_path / "isms", "--dry-run")
    assert "policies/scope.md" in result.output
    assert "Nothing was written" in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_folder_has_to_be_named() -> None:
    assert isms("init").exit_code == 2


def test_what_was_found_is_shown_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source/access.md").write_text(POLICY, encoding="utf-8")
    arguments = ("init", "--from", tmp_path / "source", tmp_path / "isms", "--lead", "Jane Doe")
    shown = isms(*arguments)
    assert "  version: 1.2   (line 3: Version: 1.2)\n" in shown.output
    assert "  owner: PER-002   (line 4: Owner: Jane Doe)\n" in shown.output
    assert "Nothing was written." in shown.output
    assert isms(*arguments, "--yes", "--dry-run").output == shown.output
    assert not (tmp_path / "isms").exists()
    written = isms(*arguments, "--yes")
    assert written.output.startswith(shown.output.partition("Nothing was written")[0])
    assert (tmp_path / "isms/policies/access.md").read_text(encoding="utf-8").endswith(f"---\n{POLICY}")
    assert isms("-C", tmp_path / "isms", "check").exit_code == 0
    assert build_site(tmp_path / "isms/mkdocs.yml", tmp_path / "site", strict=True).warnings == []


def test_in_place_git_sees_control_data_and_new_files_alone(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.write({"policies/access.md": POLICY, "policies/flow.svg": "<svg/>", "README.md": "# Mine\n"})
    repository.commit("What we have")
    assert isms("init", "--from", tmp_path, "--yes").exit_code == 0
    assert repository.git("diff", "--name-only").split() == ["policies/access.md"]
    assert [line for line in repository.git("diff", "-U0").splitlines() if line.startswith("-") and not line.startswith("---")] == []
    assert isms("-C", tmp_path, "check").exit_code == 0


def test_in_place_permissions_stay(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    path = tmp_path / "policies/access.md"
    path.write_text(POLICY, encoding="utf-8")
    path.chmod(0o600)
    isms("init", "--from", tmp_path, "--yes")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_full_folder_and_a_missing_source_are_refused(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source/access.md").write_text(POLICY, encoding="utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full/notes.txt").write_text("mine", encoding="utf-8")
    full = isms("init", "--from", tmp_path / "source", tmp_path / "full", "--yes")
    assert (full.exit_code, "it holds notes.txt" in full.output) == (3, True)
    gone = isms("init", "--from", tmp_path / "gone", tmp_path / "isms", "--yes")
    assert (gone.exit_code, gone.output) == (3, f"isms: {tmp_path / 'gone'}: no such folder\n")
    assert not (tmp_path / "isms").exists()
