"""Twelve known changes between two baselines of a real repository: exactly those are told, with who, when and which approval."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from isms_plugin.adapters.cli import main
from isms_plugin.analysis.changes import Changes, EntryChange, InForce
from isms_plugin.build import Build, build_facts
from isms_plugin.errors import SourceError
from isms_plugin.export.site_check import check_site
from isms_plugin.model.isms import KINDS
from isms_plugin.sources.cache import Cache
from isms_plugin.sources.stored_texts import hash_of
from isms_plugin.sources.workspace import find_workspace
from tests.integration.conftest import build_site
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
            "registers/controls.yml": CONTROLS, "registers/figures.yml": "- id: M-1\n", PATHS["POL-01"]: policy(),
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
    story.edit(
        "rating",
        "registers/risks.yml",
        "2\n  owner: PER-001\n  scenario: It happens.\n  likelihood: 4",
        "2\n  owner: PER-001\n  scenario: It happens.\n  likelihood: 2",
        BODO,
    )
    story.edit("there", "registers/risks.yml", "likelihood: 4", "likelihood: 1")
    story.edit("and back", "registers/risks.yml", "likelihood: 1", "likelihood: 4")
    story.edit("migrate the schema", "registers/risks.yml", "title: Risk 3\n  impact: 4", "title: Risk 3")
    moved = RISK.format(n=3).removeprefix("- ").replace("\n  ", "\n").replace("[A.5.1, A.8.13]", '\n- "A.8.13"\n- A.5.1')
    rest = story.files["registers/risks.yml"].replace(RISK.format(n=3), "")
    story.step("move a risk", {"registers/risks.yml": rest, "registers/risks/RSK-003.yml": moved, "registers/figures.yml": None}, BODO)
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


FIRST = ["Documents", "Statement of applicability", "Own controls", "Risks", "Evidence", "People", "Roles", "Scope"]
LISTED = {*FIRST, "Controls", "Decisions on applicability", "Clauses"}


def test_every_group_is_named_also_where_nothing_changed(found: Changes) -> None:
    assert [group.title for group in found.groups] == [
        *FIRST, *(declaration.KIND.plural for declaration in KINDS if declaration.KIND.plural not in LISTED),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("identifier", "fields"),
    [
        ("POL-02", [("status", "approved", "withdrawn")]),
        ("SOA-A.5.1", [("state", "planned", "implemented")]),
        ("RSK-002", [("likelihood", "4", "2"), ("level", "12", "6")]),
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


def test_documents_have_the_approval_that_was_in_force(found: Changes) -> None:
    approvals = {identifier: of(found, identifier).approval for identifier in ("POL-01", "POL-02", "POL-03", "POL-04")}
    assert approvals["POL-01"] == InForce(record="APR-003", person="PER-001", day="2026-01-07", level=3, same_text=True)
    assert approvals["POL-02"] is None
    assert approvals["POL-03"] == InForce(record="APR-002", person="PER-001", day="2026-01-01", level=3, same_text=False)
    assert approvals["POL-04"] == InForce(record="APR-004", person="PER-001", day="2026-01-07", level=3, same_text=True)


def test_an_approval_given_later_was_not_in_force_then(story: Story) -> None:
    build = story.build()
    before, after = build.state("isms-2025"), build.state(story.made["scope"])
    assert of(build.changes(before, after), "POL-01").approval == InForce(
        record="APR-001", person="PER-001", day="2026-01-01", level=3, same_text=False
    )


def test_what_an_older_schema_holds_is_listed(found: Changes) -> None:
    assert found.new.faults == (
        "registers/risks.yml:1: RSK-001: treatment: should be 'modification', 'avoidance', 'sharing' or 'retention', not 'reduce'",
    )
    assert [fault.partition(":")[0] for fault in found.old.faults] == [
        "registers/figures.yml",
        "registers/risks.yml",
        "registers/risks.yml",
    ]
    assert "registers/figures.yml: no register is called 'figures'" in found.old.faults
    assert "registers/risks.yml:16: RSK-003: impact: no such field in a risk" in found.old.faults


def test_the_other_way_round_what_was_added_is_removed(story: Story) -> None:
    build = story.build()
    back = build.changes(build.state("isms-2026"), build.state("isms-2025"))
    turned = {"added": "removed", "changed": "changed"}
    assert told(back) == [(group, turned[change], identifier) for group, change, identifier in TWELVE]
    assert of(back, "POL-01").commits == (), "the commits lie on the way there, not on the way back"


def test_nothing_changed_between_a_state_and_itself(story: Story) -> None:
    build = story.build()
    found = build.changes(build.state("isms-2026"), build.state("HEAD"))
    assert (found.total, found.records) == (0, 0)
    assert all(group.changes == () for group in found.groups)


def test_what_was_kept_gives_the_same_answer(story: Story, found: Changes, tmp_path: Path) -> None:
    for _ in range(2):
        build = story.build(cache=Cache(tmp_path / "cache"))
        assert build.changes(build.state("isms-2025"), build.state("isms-2026")) == found


def isms(story: Story, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["-C", str(story.isms), "baseline", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def test_baselines_are_listed(story: Story) -> None:
    assert isms(story, "list").output.splitlines()[:3] == [
        f"isms-2026  2026-01-22  Forge  not signed  {story.repository.git('rev-parse', 'HEAD')[:10]}",
        "    3 documents, 2 controls included, 3 risks, 2 evidence",
        "    State isms-2026",
    ]


def test_baselines_are_listed_as_data(story: Story) -> None:
    found = json.loads(isms(story, "list", "--format", "json").output)
    assert (found["schema"], found["complete"], found["reason"]) == ("isms-baselines/1", True, "")
    assert found["baselines"][1] == {
        "name": "isms-2025",
        "commit": story.made["start"],
        "date": "2026-01-02T09:00:00+01:00",
        "tagger": "Forge",
        "signature": {"state": "none", "words": "not signed"},
        "message": "State isms-2025",
        "counts": {"document": 3, "control_decision": 2, "risk": 3, "evidence": 1},
    }


def test_the_difference_is_told_as_text(story: Story) -> None:
    result = isms(story, "diff", "isms-2025", "isms-2026")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0] == (
        f"Changes from isms-2025 (2026-01-02, {story.made['start'][:10]}) to isms-2026 (2026-01-22, {story.made['white space'][:10]}): "
        "12 changes, 2 records."
    )
    start = lines.index("Risks")
    assert lines[start : start + 5] == [
        "Risks", "  changed RSK-002 Risk 2", "      Likelihood: 4 -> 2", "      Current level: 12 -> 6",
        f"      Bodo Kern, 2026-01-10, {story.made['rating'][:10]} rating",
    ]  # fmt: skip
    assert "      approval in force of an earlier text: APR-002, PER-001, 2026-01-01 (level 3: On record" in result.output
    unchanged = lines[-1].removeprefix("No change: ").removesuffix(".").split(", ")
    assert {"Assets", "Requirements", "Acknowledgements", "Signing keys"} <= set(unchanged)
    assert not {"Risks", "Suppliers", "Approvals"} & set(unchanged)


def test_the_difference_is_told_as_data(story: Story) -> None:
    found = json.loads(isms(story, "diff", "isms-2025", "isms-2026", "--format", "json").output)
    assert found.keys() == {"schema", "old", "new", "complete", "reason", "total", "groups"}
    assert (found["schema"], found["complete"], found["total"], len(found["old"]["could_not_be_read"])) == ("isms-changes/1", True, 12, 3)
    text = found["groups"][0]["changes"][0]
    assert text["approval"] == {"record": "APR-003", "person": "PER-001", "date": "2026-01-07", "level": 3, "same_text": True}
    assert text["commits"] == [
        {"commit": story.made["text"], "date": "2026-01-03T09:00:00+01:00", "author": "Bodo Kern", "summary": "text"}
    ]
    assert text["fields"][1] == {"field": "version", "title": "Version", "old": "1.0", "new": "1.1"}


def test_the_difference_is_told_as_markdown(story: Story) -> None:
    output = isms(story, "diff", "isms-2025", "isms-2026", "--format", "markdown").output
    assert "## Risks\n\n- **RSK-002 Risk 2** changed\n    - Likelihood: 4 → 2\n" in output
    assert "Result: acceptable → acceptable\\_with\\_actions" in output


def test_any_two_commits_can_be_compared(story: Story) -> None:
    output = isms(story, "diff", f"{story.made['holder']}~1", "HEAD").output
    assert [line for line in output.splitlines() if line.startswith("  changed")] == [
        "  changed CTL-001 Badge", "  changed ROL-002 Officer", "  changed SUP-001 Cloud",
    ]  # fmt: skip


@pytest.mark.parametrize("revision", ["nothing", "--output=x", "f" * 40])
def test_a_name_that_is_none_says_so(story: Story, revision: str) -> None:
    result = isms(story, "diff", "--", revision)
    assert (result.exit_code, result.output) == (3, f"isms: {revision}: no such baseline or commit; see `isms baseline list`\n")


@pytest.fixture
def short(tmp_path: Path) -> Story:
    """The first baseline and one change since."""
    made = Story(tmp_path / "repo")
    begin(made)
    made.edit("left", "registers/people.yml", "Cleo Lang\n", "Cleo Lang\n  active_to: 2026-01-18\n")
    return made


def test_what_is_not_committed_is_told_as_such(short: Story) -> None:
    (short.isms / "registers/people.yml").write_text(PEOPLE + PERSON.format(id="PER-010", name="Dora Ost"))
    (short.isms / "policies/access.md").write_text(policy(text="Not yet."))
    (short.isms / "policies/new.md").write_text(policy("POL-09"))
    (short.isms / "registers/evidence.yml").unlink()
    build = short.build()
    found = build.changes(build.state("isms-2025"), build.state())
    assert told(found) == [
        ("documents", "changed", "POL-01"), ("documents", "added", "POL-09"), ("evidence", "removed", "EVD-001"),
        ("people", "added", "PER-010"),
    ]  # fmt: skip
    assert [(change.uncommitted, change.commits) for group in found.groups for change in group.changes] == [(True, ())] * 4
    assert "not committed yet" in isms(short, "diff", "isms-2025").output


def test_what_is_committed_and_changed_again_has_both(short: Story) -> None:
    (short.isms / "registers/people.yml").write_text(short.files["registers/people.yml"].replace("01-18", "01-19"))
    build = short.build()
    change = of(build.changes(build.state("isms-2025"), build.state()), "PER-003")
    assert (change.uncommitted, [revision.summary for revision in change.commits]) == (True, ["left"])
    assert change.fields[0].new == "2026-01-19"


def test_on_a_branch_the_commits_of_the_branch_count_and_not_the_merge(short: Story) -> None:
    short.repository.git("checkout", "-q", "-b", "side", "isms-2025")
    short.edit("rating", "registers/risks.yml", "title: Risk 2", "title: Risk two", BODO)
    short.repository.git("checkout", "-q", "main")
    short.edit("other rating", "registers/risks.yml", "title: Risk two", "title: Risk 2")
    short.edit("third", "registers/risks.yml", "title: Risk 3", "title: Risk three")
    short.repository.merge("side", "merge", {"registers/suppliers.yml": SUPPLIERS.replace("Hosting", "Housing")})
    build = short.build()
    found = build.changes(build.state("isms-2025"), build.state())
    made = {change.id: [revision.summary for revision in change.commits] for group in found.groups for change in group.changes}
    assert made == {"RSK-002": ["rating"], "RSK-003": ["third"], "PER-003": ["left"], "SUP-001": ["merge"]}


def test_a_shallow_clone_says_what_it_cannot_know(short: Story, tmp_path: Path) -> None:
    short.edit("holder", "registers/roles.yml", "title: Officer\n  holder: PER-001", "title: Officer\n  holder: PER-002", BODO)
    short.tag("isms-2026")
    short.edit("supplier", "registers/suppliers.yml", "result: acceptable", "result: not_acceptable")
    origin, short.repository.root = short.repository.root, tmp_path / "clone"
    short.isms = short.repository.root
    Repository(tmp_path / "clone").git("fetch", "-q", "--depth=2", f"file://{origin}", "main", "tag", "isms-2026")
    short.repository.git("checkout", "-q", "FETCH_HEAD")
    found = isms(short, "diff", "isms-2026").output
    assert "Authors and commits are incomplete: the clone is shallow" in found
    assert "Anna Berg" in found
    listed = isms(short, "list").output
    assert "isms-2025" not in listed
    assert listed.endswith("Incomplete: the clone is shallow, so baselines may be missing.\n")
    result = isms(short, "diff", "isms-2025")
    assert result.exit_code == 3
    assert result.output.endswith("the clone is shallow, `git fetch --unshallow --tags` gets the rest\n")


def test_the_commit_at_which_a_clone_ends_did_not_make_everything(short: Story, tmp_path: Path) -> None:
    short.repository.git("checkout", "-q", "-b", "side", "isms-2025")
    short.edit("on the side", "registers/risks.yml", "title: Risk 2", "title: Risk two", BODO)
    short.edit("again", "registers/risks.yml", "title: Risk two", "title: Risk zwei", BODO)
    short.repository.git("checkout", "-q", "main")
    short.edit("on main", "registers/roles.yml", "title: Officer", "title: Security officer")
    short.tag("isms-2026")
    short.repository.merge("side", "merge")
    origin, short.isms = short.repository.root, tmp_path / "clone"
    Repository(short.isms).git("fetch", "-q", "--depth=2", f"file://{origin}", "main", "tag", "isms-2026")
    Repository(short.isms).git("checkout", "-q", "FETCH_HEAD")
    build = short.build()
    found = build.changes(build.state("isms-2026"), build.state())
    assert told(found) == [("risks", "changed", "RSK-002")]
    assert of(found, "RSK-002").commits == ()
    assert found.gap == "the clone is shallow, so older commits, their authors and days may be missing"


def test_without_git_there_are_no_baselines_and_it_is_said_why(short: Story, tmp_path: Path) -> None:
    short.isms = tmp_path / "plain"
    for path, text in short.files.items():
        (short.isms / path).parent.mkdir(parents=True, exist_ok=True)
        (short.isms / path).write_text(text)
    assert isms(short, "list").output == "Incomplete: this is no git repository.\n"
    result = isms(short, "diff", "isms-2025")
    assert (result.exit_code, result.output) == (
        3, "isms: isms-2025: this is no git repository, so nothing older than the files here can be read\n",
    )  # fmt: skip


def test_before_the_first_baseline_the_command_that_makes_one_is_named(short: Story) -> None:
    short.repository.git("tag", "-d", "isms-2025")
    assert isms(short, "list").output == "No baseline yet: `isms baseline create NAME` makes one.\n"


def test_an_isms_that_lay_elsewhere_then_is_said(short: Story) -> None:
    short.repository.move("policies", "isms/policies")
    short.repository.move("registers", "isms/registers")
    short.repository.move("mkdocs.yml", "isms/mkdocs.yml")
    short.repository.commit("into a folder")
    short.isms = short.repository.root / "isms"
    output = isms(short, "diff", "isms-2025").output
    assert "Could not be read in isms-2025: isms/: no document or register lay here at" in output


def test_a_site_has_the_changes_as_pages(story: Story, tmp_path: Path) -> None:
    (story.isms / "docs").mkdir(exist_ok=True)
    site = build_site(story.isms / "mkdocs.yml", tmp_path / "site")
    assert list(check_site(site.path)) == []
    page = site.html("changes/isms-2026/index.html")
    assert "12 changes, 2 records" in page
    assert '<a class="isms-ref" href="../../risks/RSK-002/" title="Risk 2">RSK-002</a>' in page
    assert "12 changes, 2 records from isms-2025" in re.sub(r"\s+", " ", site.html("since-last-audit/index.html"))
    assert '<a href="../changes/isms-2026/">12 changes, 2 records</a>' in site.html("baselines/index.html")
    assert '"changes/isms' not in (site.path / "search/search_index.json").read_text(encoding="utf-8")


def test_the_state_of_a_baseline_is_compared_with_the_one_before(story: Story, short: Story) -> None:
    found = story.build().baselines()
    assert (found.audited, found.audit and found.audit.total, found.since and found.since.total) == ("isms-2025", 12, 0)
    short.repository.git("checkout", "--quiet", "isms-2025")
    first = short.build().baselines()
    assert (first.audited, first.audit, len(first.frozen)) == ("", None, 1)


def test_the_baseline_of_the_last_audit_can_be_named(story: Story) -> None:
    settings = story.build().workspace.settings
    named = story.build(settings=settings.model_copy(update={"last_audit": "isms-2025"})).baselines()
    assert (named.audit and named.audit.total, named.since and named.since.total) == (12, 0)
    wrong = story.build(settings=settings.model_copy(update={"last_audit": "isms-1999"})).baselines()
    assert (wrong.audit, wrong.audited, len(wrong.frozen)) == (None, "isms-1999", 2)


def test_without_baselines_no_older_state_is_read(short: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    short.repository.git("tag", "-d", "isms-2025")
    build = short.build()
    monkeypatch.setattr("isms_plugin.build.read_state", lambda *_: pytest.fail("an older state was read"))
    monkeypatch.setattr("isms_plugin.build.state_of", lambda *_, **__: pytest.fail("the state was worked out"))
    assert build.baselines().frozen == ()


def test_a_clone_that_lacks_a_baseline_still_has_a_site(short: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise SourceError("a stored text is missing")

    monkeypatch.setattr("isms_plugin.build.read_state", gone)
    assert short.build().baselines().gap == "a stored text is missing"
