"""An ISMS around policies that are there: every file stays, and what people have to do is told."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from isms_plugin.authoring.files import write_files
from isms_plugin.authoring.start.account import account
from isms_plugin.authoring.start.answers import Answers
from isms_plugin.authoring.start.document_set import Plan, planned
from isms_plugin.authoring.start.place import documents_folder
from isms_plugin.authoring.start.source_folder import read_source_folder
from isms_plugin.build import build_facts
from isms_plugin.errors import IsmsError
from isms_plugin.model.diagnostic import Grade
from isms_plugin.sources.markdown_reader import read_markdown
from isms_plugin.sources.workspace import find_workspace

DAY = date(2026, 11, 24)

SMALL_FRONT_MATTER = {
    "README.md": "# Policies\n",
    "access-policy/index.md": "---\ntitle: Access policy\nlast_updated: 2022-09-06\n---\n# Access policy\n\nWho gets in.\n",
    "incident-response-policy/index.md": "---\ntitle: Incident response policy\nlast_updated: 2022-09-06\n---\nText {{ mustache }}.\n",
    "incident-response-policy/flow.png": "not really a picture",
}
DOCUMENT_CONTROL = {
    "ISMS/01 Information Security Policy.md": (
        "# Information Security Policy\n\n| **Document Control** | |\n|---|---|\n| Document ID | ISP-001 |\n| Version | 1.2 |\n"
        "| Owner | Jane Doe |\n| Approved by | Managing director |\n| Approval Date | 05/03/2024 |\n| Classification | Internal |\n\n"
        "## Purpose\n\nSee [the plan](02%20Incident%20Plan.md).\n\n"
        "## Version History\n\n| Version | Date | Author | Change |\n|---|---|---|---|\n"
        "| 1.0 | 2023-01-10 | Jane Doe | First |\n| 1.2 | 2024-03-05 | Jane Doe | Second |\n"
    ),
    "ISMS/02 Incident Plan.md": "# Incident Plan\r\n\r\n**Document ID:** ISP-001\r\n**Version:** TBD\r\n",
}
GERMAN = {
    "leitlinie.md": "# Leitlinie zur Informationssicherheit\n\n**Version:** 2.0  \n**Eigentümer:** Anna Weiß  \n"
    "**Stand:** 03.04.2024\n\n## Zweck\n",
    "zugriff.md": "\ufeff# Richtlinie Zugriff\n\nVersion: 1.0\nVersion: 1.1\nGültig ab: 31.02.2024\n",
    "anlagen/liste.csv": "a;b\n",
}
UNREADABLE = {"toml.md": "+++\ntitle = 'A'\n+++\nText\n", "headless.md": "title: A\nversion: 1\n---\nText\n", "open.md": "---\ntitle: A\n"}
SETS = {"front matter": SMALL_FRONT_MATTER, "document control": DOCUMENT_CONTROL, "German": GERMAN, "unreadable": UNREADABLE}


def written(root: Path, files: Mapping[str, str]) -> Path:
    write_files(root, files)
    return root


def plan_of(root: Path, *, in_place: bool = False, **answers: str) -> Plan:
    source = read_source_folder(root)
    folder = documents_folder(source) if in_place else "policies"
    return planned(source, Answers(name="Acme", **answers), DAY, folder, in_place=in_place)


def told(plan: Plan) -> str:
    return "\n".join(account(plan))


@pytest.mark.parametrize("files", SETS.values(), ids=SETS)
def test_no_file_is_lost_and_every_text_is_the_same(tmp_path: Path, files: dict[str, str]) -> None:
    root = written(tmp_path, files)
    before = {path: (root / path).read_bytes() for path in files}
    plan = plan_of(root)
    for path, data in before.items():
        new = plan.files[f"policies/{path}"]
        if new != data:
            assert path.endswith(".md")
            assert read_markdown(new).body == read_markdown(data).body
            assert new.endswith(read_markdown(data).body.encode().replace(b"\n", b"\r\n" if b"\r\n" in data else b"\n"))
        assert (root / path).read_bytes() == data


@pytest.mark.parametrize("files", [DOCUMENT_CONTROL, GERMAN], ids=["document control", "German"])
def test_what_is_written_has_no_mistake(tmp_path: Path, files: dict[str, str]) -> None:
    root = written(tmp_path / "isms", plan_of(written(tmp_path / "source", files)).files)  # type: ignore[arg-type]
    facts = build_facts(find_workspace(root), DAY).facts
    assert [item.message for item in facts.diagnostics if facts.grade(item) > Grade.OFI] == []


def test_what_was_found_is_told_with_its_line(tmp_path: Path) -> None:
    text = told(plan_of(written(tmp_path, DOCUMENT_CONTROL), lead="Jane Doe"))
    for line in (
        "  version: 1.2   (line 6: Version: 1.2)",
        "  owner: PER-002   (line 7: Owner: Jane Doe)",
        "  approver_role: ROL-001   (line 8: Approved by: Managing director)",
        "  not taken, line 9: Approval Date: 05/03/2024 (day and month cannot be told apart)",
        "  changes: 1.0   (line 20: 2023-01-10, Jane Doe, First)",
        "  not taken, line 5: Document ID: ISP-001 (another document has the same)",
    ):
        assert line in text.splitlines()


def test_names_that_no_register_knows_are_left_to_people(tmp_path: Path) -> None:
    plan = plan_of(written(tmp_path, GERMAN), language="de")
    data = read_markdown(plan.files["policies/leitlinie.md"])
    assert (data.data or {})["id"] == "POL-01"
    assert "owner" not in (data.data or {})
    assert "# the text says: Eigentümer: Anna Weiß\n" in data.front
    assert "leitlinie.md: owner, classification, approver_role, next_review" not in told(plan)
    assert "(the text has Eigentümer 'Anna Weiß', line 4)" in told(plan)


def test_contradicting_versions_and_impossible_days_are_told_and_not_taken(tmp_path: Path) -> None:
    plan = plan_of(written(tmp_path, GERMAN))
    data = read_markdown(plan.files["policies/zugriff.md"]).data or {}
    assert not {"version", "effective_from"} & set(data)
    assert "not taken, line 3: Version: 1.0 (lines 3, 4 contradict each other)" in told(plan)
    assert "not taken, line 5: Gültig ab: 31.02.2024 (is no day of the calendar)" in told(plan)


def test_what_a_file_says_is_shown_and_never_obeyed(tmp_path: Path) -> None:
    plan = plan_of(written(tmp_path, {"a.md": "# A\n\n**Owner:** \x1b[31mJane\n"}))
    assert "\x1b" not in told(plan)
    assert "Owner '\\x1b[31mJane'" in told(plan)
    assert b"# the text says: Owner: \\x1b[31mJane\n" in plan.files["policies/a.md"]


def test_front_matter_under_other_names_is_read_and_stays(tmp_path: Path) -> None:
    text = "---\nDocument Owner: Jane Doe\nlast_updated: 2022-09-06\nstatus: approved\n---\n# A Policy\n"
    plan = plan_of(written(tmp_path, {"a.md": text}), lead="Jane Doe")
    assert plan.files["policies/a.md"].decode() == (
        "---\nDocument Owner: Jane Doe\nlast_updated: 2022-09-06\nstatus: approved\nid: POL-10\ntitle: A Policy\nkind: policy\n"
        "owner: PER-002\n---\n# A Policy\n"
    )
    assert "  owner: PER-002   (line 2: Document Owner: Jane Doe)" in told(plan)
    assert "keys that control data does not know: Document Owner, last_updated" in told(plan)


def test_documents_that_are_there_take_the_place_of_ours(tmp_path: Path) -> None:
    plan = plan_of(written(tmp_path, DOCUMENT_CONTROL))
    assert plan.covered == {
        "policies/information-security-policy.md": "ISMS/01 Information Security Policy.md",
        "policies/incident-procedure.md": "ISMS/02 Incident Plan.md",
    }
    assert "policies/information-security-policy.md" not in plan.files
    assert "policies/scope.md" in plan.files


def test_an_id_that_is_there_is_what_ours_name(tmp_path: Path) -> None:
    plan = plan_of(written(tmp_path, {"policy.md": "# Information security policy\n\n**Document ID:** ISP-7\n"}))
    assert b"leads_to: [ISP-7]" in plan.files["registers/issues.yml"]
    assert b"POL-01" not in b"".join(content for path, content in plan.files.items() if not path.startswith("."))


def test_an_id_of_ours_that_somebody_has_is_given_anew(tmp_path: Path) -> None:
    plan = plan_of(written(tmp_path, {"cooking.md": "# Cooking\n\n**Document ID:** POL-01\n"}))
    assert (read_markdown(plan.files["policies/cooking.md"]).data or {})["id"] == "POL-01"
    ours = (read_markdown(plan.files["policies/information-security-policy.md"]).data or {})["id"]
    assert ours == "POL-10"
    assert b"leads_to: [POL-10]" in plan.files["registers/issues.yml"]


def test_what_cannot_be_read_stays_and_is_told(tmp_path: Path) -> None:
    root = written(tmp_path, UNREADABLE)
    (root / "latin.md").write_bytes("# Größe\n".encode("latin-1"))
    plan = plan_of(root)
    assert [sheet.path for sheet in plan.sheets if sheet.left] == ["headless.md", "latin.md", "open.md", "toml.md"]
    assert plan.files["policies/latin.md"] == "# Größe\n".encode("latin-1")
    assert "latin.md: stays as it is: line 1: byte 0xf6 is not UTF-8" in told(plan)


def test_links_that_lead_out_and_hidden_files_are_left_out_and_told(tmp_path: Path) -> None:
    root = written(tmp_path / "source", {"a.md": "# A\n", ".github/b.md": "b"})
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    (root / "out.md").symlink_to(tmp_path / "secret.md")
    (root / "in.md").symlink_to(root / "a.md")
    (root / "loop").symlink_to(root)
    os.mkfifo(root / "pipe")
    plan = plan_of(root)
    assert sorted(path for path in plan.files if path.startswith("policies/") and path.count(".md") and len(path) < 16) == [
        "policies/a.md", "policies/in.md",
    ]  # fmt: skip
    assert plan.left_out == (
        (".github", "hidden"),
        ("loop", "a link that leads elsewhere"),
        ("out.md", "a link that leads elsewhere"),
        ("pipe", "no regular file"),
    )


def test_in_place_only_control_data_and_what_is_missing_is_written(tmp_path: Path) -> None:
    files = {f"handbook/{path}": text for path, text in GERMAN.items()} | {
        ".gitignore": "mine\n",
        "README.md": "# Mine\n",
        "mkdocs.md": "x",
    }
    del files["mkdocs.md"]
    root = written(tmp_path, files)
    plan = plan_of(root, in_place=True)
    assert {path for path in plan.files if (root / path).exists()} == {"handbook/leitlinie.md", "handbook/zugriff.md"}
    assert plan.kept == (".gitignore", "README.md")
    assert b'policies: "handbook"' in plan.files["mkdocs.yml"]
    written(root, plan.files)  # type: ignore[arg-type]
    facts = build_facts(find_workspace(root), DAY).facts
    assert [item.message for item in facts.diagnostics if facts.grade(item) > Grade.OFI] == []


def test_a_second_time_there_is_nothing_to_add(tmp_path: Path) -> None:
    root = written(tmp_path, {f"policies/{path}": text for path, text in GERMAN.items()})
    written(root, plan_of(root, in_place=True).files)  # type: ignore[arg-type]
    again = plan_of(root, in_place=True)
    assert dict(again.files) == {}
    assert again.added == ()


def test_registers_that_are_there_get_no_others_beside_them(tmp_path: Path) -> None:
    people = "- {id: PER-001, name: Jane Doe, job: Director, active_from: 2020-01-01}\n"
    root = written(tmp_path, {"policies/a.md": "# A Policy\n\n**Owner:** jane doe\n", "registers/people.yml": people})
    plan = plan_of(root, in_place=True)
    assert {path for path in plan.files if not path.startswith(".")} == {
        "mkdocs.yml", "README.md", "docs/report-an-incident.md", "policies/a.md", "registers/soa.yml",
    }  # fmt: skip
    assert (read_markdown(plan.files["policies/a.md"]).data or {})["owner"] == "PER-001"


@pytest.mark.parametrize(
    ("files", "folder"),
    [
        (["policies/a.md", "notes/b.md"], "policies"),
        (["handbook/a.md", "README.md", "CHANGELOG.md"], "handbook"),
        (["a.txt"], "policies"),
    ],
)
def test_the_folder_of_documents(tmp_path: Path, files: list[str], folder: str) -> None:
    assert documents_folder(read_source_folder(written(tmp_path, dict.fromkeys(files, "x")))) == folder


def test_the_configuration_knows_the_folder(tmp_path: Path) -> None:
    files = {"mkdocs.yml": "plugins: [{isms: {policies: rules}}]\n", "rules/a.md": "# A\n", "notes/b.md": "# B\n"}
    assert documents_folder(read_source_folder(written(tmp_path, files))) == "rules"


@pytest.mark.parametrize("files", [["a.md"], ["a/b.md", "c/d.md"], ["docs/a.md"]])
def test_documents_in_several_places_are_refused(tmp_path: Path, files: list[str]) -> None:
    with pytest.raises(IsmsError, match="Markdown lies in"):
        documents_folder(read_source_folder(written(tmp_path, dict.fromkeys(files, "x"))))


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x", encoding="utf-8")
    with pytest.raises(IsmsError, match="not a folder"):
        read_source_folder(tmp_path / "a")
    with pytest.raises(IsmsError, match="no such folder"):
        read_source_folder(tmp_path / "b")
