"""Twelve known changes between two baselines of a real repository: exactly those are told, with who, when and which approval."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from isms_plugin.adapters.cli import main
from isms_plugin.analysis.changes import Changes, EntryChange
from isms_plugin.build import Build, build_facts
from isms_plugin.sources.cache import Cache
from isms_plugin.sources.stored_texts import hash_of
from isms_plugin.sources.workspace import Workspace, find_workspace
from tests.repository import ANNA, BODO, Repository, policy

CONFIGURATION = "site_name: Test\ntheme: {name: material}\nplugins:\n  - search\n  - isms: {codes: {no-decision: 'off'}}\n"
PERSON = "- id: {id}\n  name: {name}\n  job: Clerk\n  active_from: 2020-01-01\n"
PEOPLE = "".join(
    PERSON.format(id=f"PER-00{number}", name=name) for number, name in enumerate(("Anna Berg", "Bodo Kern", "Cleo Lang"), start=1)
)
ROLE = (
    "- id: {id}\n  title: {title}\n  holder: {holder}\n  duties: Leads.\n  authorities: Decides.\n"
    "  appointed_by: PER-001\n  appointed_on: 2020-01-01\n"
)
ROLES = ROLE.format(id="ROL-001", title="Director", holder="PER-001") + ROLE.format(id="ROL-002", title="Officer", holder="PER-001")
SOA = "".join(
    f"- control: {control}\n  decision: included\n  owner: PER-001\n  reason: Needed.\n  state: planned\n"
    for control in ("A.5.1", "A.8.13")
)
RISK = (
    "- id: RSK-00{n}\n  title: Risk {n}\n  owner: PER-001\n  scenario: It happens.\n  likelihood: 4\n  consequence: 3\n"
    "  controls: [A.5.1, A.8.13]\n"
)
RISKS = "".join(RISK.format(n=number) for number in (1, 2, 3))
EVIDENCE = "- id: EVD-001\n  title: Export\n  for: [A.5.1]\n  owner: PER-001\n"
SUPPLIERS = "- id: SUP-001\n  title: Cloud\n  owner: PER-001\n  service: Hosting\n  result: acceptable\n"
CONTROLS = "- id: CTL-001\n  title: Badge\n  theme: physical\n  owner: PER-001\n  description: A badge opens doors.\n"
SCOPE = policy("POL-03", title="Scope").replace("classification:", "answers: [scope]\nclassification:")
PATHS = {"POL-01": "policies/access.md", "POL-02": "policies/old.md", "POL-03": "policies/scope.md", "POL-04": "policies/new.md"}


def approval(identifier: str, document: str, version: str, text: str, day: str) -> str:
    return (
        f"id: {identifier}\ndocument: {document}\nversion: '{version}'\ncontent_hash: {hash_of(text.encode())}\ndecision: approved\n"
        f"person: PER-001\nrole: ROL-001\ndecided_on: {day}\nmethod: record\nreference: Minutes\n"
    )


class Story:
    """The ISMS and its commits; `made` names the commit of each step."""

    def __init__(self, root: Path, folder: str = "") -> None:
        self.folder = folder
        self.repository = Repository(root)
        self.isms = self.repository.root / folder
        self.made: dict[str, str] = {}
        self.files: dict[str, str] = {}

    def step(self, name: str, files: dict[str, str | None], author: str = ANNA) -> None:
        self.files = {**self.files, **{path: text for path, text in files.items() if text is not None}}
        self.made[name] = self.repository.commit(name, {f"{self.folder}{path}": text for path, text in files.items()}, author)

    def edit(self, name: str, path: str, old: str, new: str, author: str = ANNA, count: int = 1) -> None:
        assert old in self.files[path]
        self.step(name, {path: self.files[path].replace(old, new, count)}, author)

    def tag(self, name: str) -> None:
        self.repository.git("tag", "-a", name, "-m", f"State {name}", **self.repository.identity())

    def build(self, **settings: Any) -> Build:
        workspace = find_workspace(self.isms)
        return build_facts(replace(workspace, **settings) if settings else workspace, date(2026, 11, 24))


def begin(story: Story) -> None:
    """The first baseline, written for an older schema."""
    old_schema = RISKS.replace("title: Risk 3", "title: Risk 3\n  impact: 4").replace("title: Risk 1", "title: Risk 1\n  treatment: reduce")
    story.step(
        "start",
        {
            "mkdocs.yml": CONFIGURATION, "registers/people.yml": PEOPLE, "registers/roles.yml": ROLES, "registers/soa.yml": SOA,
            "registers/risks.yml": old_schema, "registers/evidence.yml": EVIDENCE, "registers/suppliers.yml": SUPPLIERS,
            "registers/controls.yml": CONTROLS, "registers/measures.yml": "- id: M-1\n", PATHS["POL-01"]: policy(),
            PATHS["POL-02"]: policy("POL-02", title="Old"), PATHS["POL-03"]: SCOPE,
            "registers/approvals/APR-001.yml": approval("APR-001", "POL-01", "1.0", policy(), "2026-01-01"),
            "registers/approvals/APR-002.yml": approval("APR-002", "POL-03", "1.0", SCOPE, "2026-01-01"),
        },
    )  # fmt: skip
    story.tag("isms-2025")


def go_on(story: Story) -> None:
    """Twelve changes, among others that change nothing."""
    changed, new = policy(version="1.1", text="One more sentence."), policy("POL-04", title="New")
    story.step("text", {PATHS["POL-01"]: changed}, BODO)
    story.step("added document", {PATHS["POL-04"]: new}, BODO)
    story.edit("withdrawn", PATHS["POL-02"], "status: approved", "status: withdrawn")
    story.edit("scope", PATHS["POL-03"], "Sentence 3 of", "Sentence three of", BODO)
    story.step(
        "approve",
        {
            "registers/approvals/APR-003.yml": approval("APR-003", "POL-01", "1.1", changed, "2026-01-07"),
            "registers/approvals/APR-004.yml": approval("APR-004", "POL-04", "1.0", new, "2026-01-07"),
        },
    )
    story.step("move the policy", {PATHS["POL-01"]: None, "policies/it/access control.md": changed}, BODO)
    story.edit("decision", "registers/soa.yml", "reason: Needed.\n  state: planned", "reason: Needed.\n  state: implemented")
    story.edit("rating", "registers/risks.yml", "title: Risk 2\n  owner: PER-001", "title: Risk 2\n  owner: PER-002", BODO)
    story.edit("rating again", "registers/risks.yml", "likelihood: 4", "likelihood: 2")
    story.edit("rating back", "registers/risks.yml", "likelihood: 2", "likelihood: 4")
    story.edit("migrate the schema", "registers/risks.yml", "title: Risk 3\n  impact: 4", "title: Risk 3")
    moved = RISK.format(n=3).removeprefix("- ").replace("\n  ", "\n").replace("[A.5.1, A.8.13]", '\n- "A.8.13"\n- A.5.1')
    rest = story.files["registers/risks.yml"].replace(RISK.format(n=3), "")
    story.step("move a risk", {"registers/risks.yml": rest, "registers/risks/RSK-003.yml": moved, "registers/measures.yml": None}, BODO)
    story.step("evidence", {"registers/evidence.yml": EVIDENCE + "- id: EVD-002\n  title: Log\n  for: [A.8.13]\n  owner: PER-002\n"})
    story.step("joined", {"registers/people.yml": PERSON.format(id="PER-010", name="Dora Ost") + "\n# the others\n" + PEOPLE}, BODO)
    story.edit("left", "registers/people.yml", "Cleo Lang\n", "Cleo Lang\n  active_to: 2026-01-18\n")
    story.edit("holder", "registers/roles.yml", "title: Officer\n  holder: PER-001", "title: Officer\n  holder: PER-002", BODO)
    story.edit("supplier", "registers/suppliers.yml", "result: acceptable", "result: acceptable_with_actions", BODO)
    story.edit("control", "registers/controls.yml", "A badge opens doors.", "A badge and a code open doors.")
    story.edit("white space", "registers/roles.yml", "- id: ROL-001", "\n# roles\n\n- id:   'ROL-001'")
    story.tag("isms-2026")


@pytest.fixture(scope="module", params=["", "company/isms/"])
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Story:
    made = Story(tmp_path_factory.mktemp("story") / "repo", request.param)
    begin(made)
    go_on(made)
    return made


@pytest.fixture(scope="module")
def found(story: Story) -> Changes:
    build = story.build()
    return build.changes(build.state("isms-2025"), build.state("isms-2026"))


def told(found: Changes) -> list[tuple[str, str, str]]:
    return [(group.name, change.change, change.id) for group in found.groups for change in group.changes if not group.record]


def of(found: Changes, identifier: str) -> EntryChange:
    return next(change for group in found.groups for change in group.changes if change.id == identifier)


TWELVE = [
    ("documents", "changed", "POL-01"),
    ("documents", "changed", "POL-02"),
    ("documents", "added", "POL-04"),
    ("soa", "changed", "SOA-A.5.1"),
    ("controls", "changed", "CTL-001"),
    ("risks", "changed", "RSK-002"),
    ("evidence", "added", "EVD-002"),
    ("people", "changed", "PER-003"),
    ("people", "added", "PER-010"),
    ("roles", "changed", "ROL-002"),
    ("scope", "changed", "POL-03"),
    ("supplier", "changed", "SUP-001"),
]


def test_exactly_the_twelve_changes_are_told(found: Changes) -> None:
    assert told(found) == TWELVE
    assert (found.total, found.records) == (12, 2)


def test_every_group_is_named_also_where_nothing_changed(found: Changes) -> None:
    assert [group.title for group in found.groups] == [
        "Documents", "Statement of applicability", "Own controls", "Risks", "Evidence", "People", "Roles", "Scope", "Assets", "Suppliers",
        "Requirements", "Approvals", "Acknowledgements", "Signing keys",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("identifier", "fields"),
    [
        ("POL-02", [("status", "approved", "withdrawn")]),
        ("SOA-A.5.1", [("state", "planned", "implemented")]),
        ("RSK-002", [("owner", "PER-001", "PER-002")]),
        ("PER-003", [("active_to", "", "2026-01-18")]),
        ("ROL-002", [("holder", "PER-001", "PER-002")]),
        ("SUP-001", [("result", "acceptable", "acceptable_with_actions")]),
        ("CTL-001", [("description", "A badge opens doors.", "A badge and a code open doors.")]),
    ],
)
def test_fields_are_told_before_and_after(found: Changes, identifier: str, fields: list[tuple[str, str, str]]) -> None:
    assert [(field.key, field.old, field.new) for field in of(found, identifier).fields] == fields


def test_the_text_of_a_document_is_a_field_of_its_own(found: Changes) -> None:
    assert [field.key for field in of(found, "POL-01").fields] == ["text", "version"]
    assert [field.key for field in of(found, "POL-03").fields] == ["text"]


@pytest.mark.parametrize(
    ("identifier", "steps", "authors"),
    [
        ("POL-01", ["text"], ["Bodo Kern"]),
        ("POL-02", ["withdrawn"], ["Anna Berg"]),
        ("POL-03", ["scope"], ["Bodo Kern"]),
        ("POL-04", ["added document"], ["Bodo Kern"]),
        ("SOA-A.5.1", ["decision"], ["Anna Berg"]),
        ("RSK-002", ["rating"], ["Bodo Kern"]),
        ("EVD-002", ["evidence"], ["Anna Berg"]),
        ("PER-010", ["joined"], ["Bodo Kern"]),
        ("PER-003", ["left"], ["Anna Berg"]),
        ("ROL-002", ["holder"], ["Bodo Kern"]),
        ("SUP-001", ["supplier"], ["Bodo Kern"]),
        ("CTL-001", ["control"], ["Anna Berg"]),
    ],
)
def test_each_change_has_its_commit_and_author(story: Story, found: Changes, identifier: str, steps: list[str], authors: list[str]) -> None:
    commits = of(found, identifier).commits
    assert [revision.commit for revision in commits] == [story.made[step] for step in steps]
    assert [revision.summary for revision in commits] == steps
    assert [revision.author for revision in commits] == authors
    assert all(revision.date.date() > date(2026, 1, 2) for revision in commits)
