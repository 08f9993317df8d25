"""Approvals from the first commit to the site: recorded, proven, found out when the text changes."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from isms_plugin.export.site_check import check_site
from tests.integration.conftest import BuiltSite, build_site
from tests.integration.test_cli import isms
from tests.repository import ANNA, BODO, MINIMAL, RECORD, Repository, policy

SETTINGS = "site_name: Test\nplugins:\n  - isms:\n      as_of: 2026-03-01\n      codes: {no-decision: 'off'}\n"
UNAPPROVED: dict[str, str] = {path: text for path, text in MINIMAL.items() if path != RECORD} | {"mkdocs.yml": SETTINGS}
DOCUMENT = "policies/access.md"
NOTED = 'classification: internal\nchanges:\n  - {version: "1.1", note: Kept for longer.}\n'


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A policy that nobody has approved yet."""
    made = Repository(tmp_path / "repo")
    made.commit("Write the policy", UNAPPROVED)
    return made


def approve(repository: Repository, *arguments: str, folder: str = ".") -> Result:
    return isms("approve", "POL-01", "--yes", "--on", "2026-02-01", *arguments, directory=repository.root / folder)


def approved(repository: Repository, *arguments: str) -> Repository:
    result = approve(repository, "--as", "PER-002", "--reference", "Board minutes 7", *arguments)
    assert result.exit_code == 0, result.output
    repository.commit("Approve it", author=BODO)
    return repository


def revised(repository: Repository) -> str:
    """The next version of the policy, with its change note."""
    text = policy(version="1.1", text="Logs are kept for a year.").replace("classification: internal\n", NOTED)
    return repository.commit("Keep logs for longer", {DOCUMENT: text})


def codes(root: Path) -> list[tuple[str, str]]:
    found = json.loads(isms("check", "--format", "json", directory=root).output)["diagnostics"]
    return [(item["code"], f"{item['path']}:{item['line']}") for item in found]


def record(repository: Repository, name: str = "POL-01-1.0") -> str:
    return (repository.root / f"registers/approvals/{name}.yml").read_text(encoding="utf-8")


def state(root: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(isms("history", "POL-01", "--format", "json", directory=root).output)
    return data


def test_a_policy_is_approved_by_one_command_and_one_commit(repository: Repository) -> None:
    assert codes(repository.root) == [("never-approved", f"{DOCUMENT}:6")]
    approved(repository)
    assert codes(repository.root) == []
    found = state(repository.root)["versions"]
    assert [(item["version"], item["approved_by"], item["author"], item["level"]) for item in found] == [("1.0", "PER-002", "Anna Berg", 3)]


@pytest.mark.parametrize("person", ["PER-002", "Bodo Kern", "bodo kern"])
def test_the_approver_is_named_by_id_or_name(repository: Repository, person: str) -> None:
    assert approve(repository, "--as", person).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--as", "PER-001"], "did not hold ROL-001"),
        (["--as", "Bodo"], "no such person in the register; did you mean Bodo Kern?"),
        (["--as", "PER-002", "--on", "2019-01-01"], "did not hold ROL-001"),
        (["--as", "PER-002", "--role", "ROL-009"], "nothing says which role approves it"),
        (["--as", "PER-002", "--decision", "reviewed-no-change"], "a review cannot confirm it"),
        (["--as", "PER-002", "--sign", "--key", "no-such-key"], "no such key"),
    ],
)
def test_what_would_not_stand_up_is_refused_and_nothing_is_written(repository: Repository, arguments: list[str], reason: str) -> None:
    result = approve(repository, *arguments)
    assert result.exit_code == 3
    assert reason in result.output
    assert repository.git("status", "--porcelain") == ""


def test_an_unknown_document_is_named(repository: Repository) -> None:
    result = isms("approve", "POL-1", "--as", "PER-002", directory=repository.root)
    assert "POL-1: no such document; did you mean POL-01?" in result.output


def test_a_text_that_is_not_committed_cannot_be_approved(repository: Repository) -> None:
    repository.write({DOCUMENT: policy(text="Not yet committed.")})
    assert "commit it first" in approve(repository, "--as", "PER-002").output


def test_authors_do_not_approve_their_own_text_without_a_reason(repository: Repository) -> None:
    repository.commit("A word from the director", {DOCUMENT: policy(text="By Bodo.")}, author=BODO)
    assert "somebody else has to approve it" in approve(repository, "--as", "PER-002").output
    approved(repository, "--self-approval", "The board of one is ill.")
    assert codes(repository.root) == []


def test_whoever_merely_moves_a_document_is_not_its_author(repository: Repository) -> None:
    repository.move(DOCUMENT, "policies/security/access.md")
    repository.commit("Sort policies", author=BODO)
    assert approve(repository, "--as", "PER-002").exit_code == 0


def test_nothing_is_recorded_when_the_answer_is_no(repository: Repository) -> None:
    from click.testing import CliRunner

    from isms_plugin.adapters.cli import main

    result = CliRunner().invoke(
        main, ["-C", str(repository.root), "approve", "POL-01", "--as", "PER-002", "--on", "2026-02-01"], input="n\n"
    )
    assert (result.exit_code, repository.git("status", "--porcelain")) == (3, "")


def test_one_changed_word_is_found_at_its_line(repository: Repository) -> None:
    approved(repository)
    text = (repository.root / DOCUMENT).read_text(encoding="utf-8")
    line = next(number for number, line in enumerate(text.splitlines(), 1) if line.startswith("Sentence 7"))
    repository.write({DOCUMENT: text.replace("Sentence 7 of Access policy stays", "Sentence 7 of Access policy goes")})
    result = isms("check", directory=repository.root)
    assert result.exit_code == 1
    assert f"{DOCUMENT}:{line}:1: major: POL-01: the text is not the one that was approved" in result.output
    repository.commit("Committed, but not approved")
    assert codes(repository.root) == [("changed-since-approval", f"{DOCUMENT}:{line}")]


@pytest.mark.parametrize(("old", "new"), [("\n", "\r\n"), (".\nSentence", ". Sentence"), (" stays", "   stays"), ("\n\n", "\n\n\n\n")])
def test_white_space_and_line_ends_do_not_count(repository: Repository, old: str, new: str) -> None:
    approved(repository)
    head, front, body = (repository.root / DOCUMENT).read_text(encoding="utf-8").split("---\n", 2)
    repository.commit("Lay it out anew", {DOCUMENT: f"{head}---\n{front}---\n{body.replace(old, new)}"})
    assert codes(repository.root) == []


def test_a_version_that_was_raised_without_approval_is_found(repository: Repository) -> None:
    approved(repository)
    text = (repository.root / DOCUMENT).read_text(encoding="utf-8")
    repository.commit("Raise the version", {DOCUMENT: text.replace('"1.0"', '"1.1"').replace("classification: internal\n", NOTED)})
    assert codes(repository.root) == [("changed-since-approval", f"{DOCUMENT}:5")]


def test_the_next_version_shows_what_changed_before_it_is_approved(repository: Repository) -> None:
    approved(repository)
    revised(repository)
    result = approve(repository, "--as", "PER-002")
    assert "from version 1.0:" in result.output
    assert "+" in result.output
    assert "Logs are kept for a year." in result.output
    repository.commit("Approve 1.1", author=BODO)
    assert [item["version"] for item in state(repository.root)["versions"]] == ["1.1", "1.0"]


def test_two_texts_cannot_be_the_same_version(repository: Repository) -> None:
    approved(repository)
    repository.commit("Change it", {DOCUMENT: policy(text="More.")})
    assert "raise the version" in approve(repository, "--as", "PER-002").output


def test_a_draft_becomes_approved_and_nothing_else_of_it_is_touched(repository: Repository) -> None:
    text = policy().replace("status: approved", "status:  in_review   # until the board has met")
    repository.commit("For review", {DOCUMENT: text})
    approved(repository)
    assert (repository.root / DOCUMENT).read_text(encoding="utf-8") == text.replace("in_review  ", "approved  ")
    assert codes(repository.root) == []


def test_a_refusal_is_recorded(repository: Repository) -> None:
    approved(repository, "--decision", "rejected", "--remarks", "Too vague.")
    assert state(repository.root)["state"] == "never"
    assert "its approval was refused" in isms("check", directory=repository.root).output


def test_a_review_without_change_moves_the_next_review(repository: Repository) -> None:
    approved(repository)
    approved(repository, "--decision", "reviewed-no-change", "--next-review", "2028-01-01", "--remarks", "Still fits.")
    assert "next_review: 2028-01-01" in record(repository, "POL-01-1.0-2")
    repository.commit("Write the new date", {DOCUMENT: policy().replace("2027-01-01", "2028-01-01")})
    assert codes(repository.root) == []


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("key") / "bodo"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(path)], check=True)
    return path


def with_key(repository: Repository, key: Path, person: str = "PER-002", valid_from: str = "2026-01-01") -> None:
    public = key.with_suffix(".pub").read_text(encoding="utf-8").strip()
    entry = f"- {{id: KEY-001, person: {person}, public_key: {public}, valid_from: {valid_from}}}\n"
    repository.commit("Register a key", {"registers/keys.yml": entry})


def test_a_signed_record_proves_most(repository: Repository, key: Path) -> None:
    with_key(repository, key)
    approved(repository, "--sign", "--key", str(key))
    assert (codes(repository.root), state(repository.root)["versions"][0]["level"]) == ([], 4)
    assert "method: signed_record" in record(repository)


@pytest.mark.parametrize(("old", "new"), [("Board minutes 7", "Board minutes 8"), ("2026-02-01", "2026-02-02"), ("BEGIN SSH", "BEGIN XSH")])
def test_a_signed_record_that_was_changed_does_not_count(repository: Repository, key: Path, old: str, new: str) -> None:
    with_key(repository, key)
    approved(repository, "--sign", "--key", str(key))
    repository.commit("Touch it up", {RECORD: record(repository).replace(old, new)})
    assert codes(repository.root) == [("never-approved", f"{DOCUMENT}:6"), ("signature-invalid", f"{RECORD}:1")]


@pytest.mark.parametrize(("person", "valid_from"), [("PER-001", "2026-01-01"), ("PER-002", "2026-02-02")])
def test_a_key_counts_for_its_person_and_its_time_only(repository: Repository, key: Path, person: str, valid_from: str) -> None:
    with_key(repository, key, person, valid_from)
    approved(repository, "--sign", "--key", str(key))
    assert ("signature-invalid", f"{RECORD}:1") in codes(repository.root)


def test_the_key_of_git_signs_when_none_is_named(repository: Repository, key: Path) -> None:
    with_key(repository, key)
    repository.git("config", "user.signingkey", str(key))
    approved(repository, "--sign")
    assert state(repository.root)["versions"][0]["level"] == 4


def test_a_director_who_never_opens_git_gets_a_page_and_signs_it(repository: Repository, tmp_path: Path) -> None:
    approved(repository)
    revised(repository)
    asked = isms("approve", "POL-01", "--request", "--out", tmp_path / "request.html", directory=repository.root)
    assert asked.exit_code == 0
    html = (tmp_path / "request.html").read_text(encoding="utf-8")
    assert "Logs are kept for a year.</ins>" in html
    assert "Kept for longer." in html
    answer = tmp_path / "answer.html"
    answer.write_text(html.replace("☐ I approve", "☑ I approve"), encoding="utf-8")
    result = approve(repository, "--as", "PER-002", "--from", str(answer))
    assert result.exit_code == 0, result.output
    assert (repository.root / "evidence/approvals/APR-POL-01-1.1.html").read_bytes() == answer.read_bytes()
    repository.commit("Record the answer")
    assert (codes(repository.root), state(repository.root)["versions"][0]["method"]) == ([], "signed_pdf")
    repository.commit("Forge it", {"evidence/approvals/APR-POL-01-1.1.html": "I approve anything."})
    assert codes(repository.root) == [("evidence-changed", "registers/approvals/POL-01-1.1.yml:11")]


def test_an_answer_about_another_text_is_refused(repository: Repository, tmp_path: Path) -> None:
    answer = tmp_path / "answer.txt"
    answer.write_text("I approve isms-text-1:" + "0" * 64, encoding="utf-8")
    assert "this answer is about another text" in approve(repository, "--as", "PER-002", "--from", str(answer)).output


GITHUB: dict[str, Any] = {
    "action": "submitted",
    "pull_request": {"number": 12},
    "review": {
        "state": "approved", "user": {"login": "bodokern"}, "submitted_at": "2026-02-03T10:00:00Z",
        "html_url": "https://github.example/isms/pull/12#pullrequestreview-1",
    },
}  # fmt: skip
GITLAB = {
    "iid": 5, "project_id": 9, "updated_at": "2026-02-04T10:00:00.000Z",
    "approved_by": [{"user": {"username": "bodokern", "name": "Bodo Kern"}}],
}  # fmt: skip


def reviewed(repository: Repository, tmp_path: Path, data: Any) -> Result:
    people = UNAPPROVED["registers/people.yml"].replace("name: Bodo Kern\n", "name: Bodo Kern\n  git: [bodokern]\n")
    repository.commit("Say who is who", {"registers/people.yml": people})
    (tmp_path / "review.json").write_text(json.dumps(data), encoding="utf-8")
    return isms("approve", "POL-01", "--yes", "--review", tmp_path / "review.json", directory=repository.root)


def test_a_review_of_github_becomes_a_record_of_the_text_that_was_reviewed(repository: Repository, tmp_path: Path) -> None:
    commit = repository.git("rev-parse", "HEAD")
    repository.commit("Change it after the review", {DOCUMENT: policy(text="Sneaked in.")})
    result = reviewed(repository, tmp_path, GITHUB | {"review": GITHUB["review"] | {"commit_id": commit}})
    assert result.exit_code == 0, result.output
    assert "method: platform_review\nreference: https://github.example/isms/pull/12#pullrequestreview-1" in record(repository)
    assert "decided_on: 2026-02-03" in record(repository)
    assert f"commit: {commit}" in record(repository)
    repository.commit("Record it")
    assert [code for code, _ in codes(repository.root)] == ["changed-since-approval"]


def test_the_approvals_of_a_gitlab_merge_request_become_a_record(repository: Repository, tmp_path: Path) -> None:
    result = reviewed(repository, tmp_path, GITLAB)
    assert result.exit_code == 0, result.output
    assert "reference: merge request !5 of project 9" in record(repository)


def test_a_reviewer_is_known_by_name_where_the_register_lacks_the_account(repository: Repository, tmp_path: Path) -> None:
    user = {"username": "bk77", "name": "Bodo Kern"}
    assert reviewed(repository, tmp_path, GITLAB | {"approved_by": [{"user": user}]}).exit_code == 0
    assert "person: PER-002" in record(repository)


def test_a_reviewer_whom_the_register_does_not_know_is_named(repository: Repository, tmp_path: Path) -> None:
    result = reviewed(repository, tmp_path, GITLAB | {"approved_by": [{"user": {"username": "nobody", "name": "No Body"}}]})
    assert (result.exit_code, "nobody: no such person in the register" in result.output) == (3, True)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"iid": 5, "project_id": 9, "updated_at": "", "approved_by": []}, "nobody approved anything there"),
        ({"review": {"state": "commented"}}, "nobody approved anything there"),
        ({"hello": "world"}, "neither a review of GitHub nor the approvals"),
        ([1], "neither a review of GitHub nor the approvals"),
    ],
)
def test_what_approves_nothing_becomes_no_record(repository: Repository, tmp_path: Path, data: Any, reason: str) -> None:
    result = reviewed(repository, tmp_path, data)
    assert (result.exit_code, reason in result.output) == (3, True)


def test_a_squashed_branch_keeps_the_approval_and_says_what_is_gone(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "revision")
    approved(repository)
    repository.git("checkout", "--quiet", "main")
    repository.commit("Meanwhile", {"registers/people.yml": UNAPPROVED["registers/people.yml"] + "\n"}, author=ANNA)
    repository.git("checkout", "--quiet", "revision")
    revised(repository)
    assert approve(repository, "--as", "PER-002", "--reference", "Board minutes 8").exit_code == 0
    repository.commit("Approve 1.1")
    repository.git("checkout", "--quiet", "main")
    repository.git("merge", "--squash", "--quiet", "revision")
    repository.commit("Revision (squashed)")
    assert codes(repository.root) == [("approval-commit-gone", "registers/approvals/POL-01-1.1.yml:11")]
    assert state(repository.root)["state"] == "approved"


def test_a_text_that_was_rewritten_out_of_history_is_approved_no_more(repository: Repository) -> None:
    approved(repository)
    kept = record(repository)
    repository.git("checkout", "--quiet", "--orphan", "rewritten")
    repository.commit("One commit for everything", {DOCUMENT: policy(text="Rewritten."), RECORD: kept})
    assert [code for code, _ in codes(repository.root)] == ["never-approved", "approval-unbound"]


def test_documents_are_approved_together_or_not_at_all(repository: Repository) -> None:
    repository.commit("Another one", {"policies/other.md": policy("POL-02", title="Other policy").replace("ROL-001", "ROL-002")})
    both = isms("approve", "POL-01", "POL-02", "--yes", "--as", "PER-002", "--on", "2026-02-01", directory=repository.root)
    assert both.exit_code == 3
    assert repository.git("status", "--porcelain") == ""


@pytest.mark.parametrize("place", ["worktree", "detached", "clone", "subfolder"])
def test_it_holds_wherever_the_repository_is_read(tmp_path: Path, place: str) -> None:
    inside = "company/isms" if place == "subfolder" else "."
    repository = Repository(tmp_path / "repo")
    repository.commit("Write the policy", {f"{inside}/{path}": text for path, text in UNAPPROVED.items()})
    assert approve(repository, "--as", "PER-002", "--reference", "B7", folder=inside).exit_code == 0
    repository.commit("Approve it", author=BODO)
    root = repository.root / inside
    if place == "worktree":
        repository.git("worktree", "add", "--quiet", str(tmp_path / "other"), "-b", "other")
        root = tmp_path / "other"
    elif place == "clone":
        repository.git("clone", "--quiet", str(repository.root), str(tmp_path / "other"))
        root = tmp_path / "other"
    elif place == "detached":
        repository.git("checkout", "--quiet", "--detach")
    assert (codes(root), state(root)["versions"][0]["author"]) == ([], "Anna Berg")


def test_it_holds_with_sha_256_objects(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repo", "--object-format=sha256")
    repository.commit("Write the policy", UNAPPROVED)
    approved(repository)
    assert codes(repository.root) == []
    assert len(next(line for line in record(repository).splitlines() if line.startswith("commit:")).split()[1]) == 64


def test_a_shallow_clone_says_what_it_cannot_know(repository: Repository, tmp_path: Path) -> None:
    approved(repository)
    revised(repository)
    repository.git("clone", "--quiet", "--depth", "1", f"file://{repository.root}", str(tmp_path / "shallow"))
    assert [code for code, _ in codes(tmp_path / "shallow")] == ["shallow-clone", "changed-since-approval"]


def site(repository: Repository, tmp_path: Path, publish: str = "approved") -> BuiltSite:
    options = f"      as_of: 2026-03-01\n      publish: {publish}\n"
    text = f"site_name: Test\ntheme: {{name: material}}\nplugins:\n  - search\n  - isms:\n{options}"
    repository.write({"mkdocs.yml": text})
    (repository.root / "docs").mkdir(exist_ok=True)
    return build_site(repository.root / "mkdocs.yml", tmp_path / "site")


def search(built: BuiltSite) -> dict[str, str]:
    docs = json.loads((built.path / "search/search_index.json").read_text())["docs"]
    return {item["location"]: item["text"] for item in docs}


def changed(repository: Repository) -> None:
    approved(repository)
    revised(repository)


def test_readers_get_the_approved_text_and_hear_of_the_change(repository: Repository, tmp_path: Path) -> None:
    changed(repository)
    built = site(repository, tmp_path)
    page, draft = built.html("documents/POL-01/index.html"), built.html("documents/POL-01/draft/index.html")
    assert "Logs are kept" not in page
    assert "Changed since approval." in page
    assert "You read the approved version 1.0" in page
    assert "Draft. Do not use." in draft
    assert "Logs are kept for a year.</ins>" in draft


def test_drafts_are_not_found_by_the_search(repository: Repository, tmp_path: Path) -> None:
    changed(repository)
    found = search(site(repository, tmp_path))
    assert any(location.startswith("documents/POL-01/") for location in found)
    assert not any("draft" in location or "version-" in location for location in found)
    assert not any("Logs are kept" in text for text in found.values())


def test_since_the_last_audit_leads_to_what_is_different(repository: Repository, tmp_path: Path) -> None:
    approved(repository)
    repository.git("tag", "-a", "-m", "Audit", "isms-1", **repository.identity())
    revised(repository)
    assert approve(repository, "--as", "PER-002", "--reference", "Board minutes 8").exit_code == 0
    repository.commit("Approve 1.1", author=BODO)
    repository.git("tag", "-a", "-m", "Next audit", "isms-2", **repository.identity())
    repository.commit("Change it again", {DOCUMENT: policy(version="1.1", text="Logs are kept for ever.")})
    built = site(repository, tmp_path)
    assert 'href="../../documents/POL-01/version-1.1/#since-1">changed</a>' in built.html("changes/isms-2/index.html")
    assert 'href="../documents/POL-01/draft/#since-1">changed</a>' in built.html("since-last-audit/index.html")
    assert list(check_site(built.path)) == []


def test_with_publish_head_readers_get_the_text_of_the_repository_and_its_state(repository: Repository, tmp_path: Path) -> None:
    changed(repository)
    built = site(repository, tmp_path, "head")
    page = built.html("documents/POL-01/index.html")
    assert "Logs are kept for a year." in page
    assert "This is not the text that was approved as version 1.0" in " ".join(page.split())
    assert any("Logs are kept" in text for text in search(built).values())


def test_what_was_never_approved_is_shown_as_a_draft(repository: Repository, tmp_path: Path) -> None:
    built = site(repository, tmp_path)
    page = built.html("documents/POL-01/index.html")
    assert "<strong>Draft.</strong> No approval of this text is on record." in page
    assert "Sentence 7" in page
    assert not any(location.startswith("documents/POL-01/") for location in search(built))


def test_a_withdrawn_document_leaves_a_tombstone_that_names_its_successor(repository: Repository, tmp_path: Path) -> None:
    approved(repository)
    successor = policy("POL-02", title="New policy").replace("kind: policy", "kind: policy\nsupersedes: POL-01")
    repository.commit("Write its successor", {"policies/new.md": successor})
    approved(repository, "--decision", "withdrawn")
    page = site(repository, tmp_path).html("documents/POL-01/index.html")
    assert "Withdrawn. Do not use." in page
    assert re.search(r'Use instead: <a class="isms-ref" href="../../documents/POL-02/"[^>]*>New policy</a>', page)
    assert "Sentence 7" not in page
    assert "Sentence 7" in (tmp_path / "site/documents/POL-01/version-1.0/index.html").read_text()


def test_versions_and_the_difference_between_any_two_are_on_the_site(repository: Repository, tmp_path: Path) -> None:
    approved(repository)
    revised(repository)
    assert approve(repository, "--as", "PER-002").exit_code == 0
    repository.commit("Approve 1.1", author=BODO)
    text = policy(version="2.0", text="Logs are kept for two years.").replace("classification: internal\n", NOTED.replace("1.1", "2.0"))
    repository.commit("Two years", {DOCUMENT: text})
    assert approve(repository, "--as", "PER-002").exit_code == 0
    repository.commit("Approve 2.0", author=BODO)
    built = site(repository, tmp_path)
    versions = [built.html(f"documents/POL-01/version-{version}/index.html") for version in ("1.0", "1.1", "2.0")]
    assert ["Superseded. Do not use." in page for page in versions] == [True, True, False]
    assert "What changed since version" not in versions[0]
    assert "Logs are kept for a year.</ins>" in versions[1]
    assert "<del>a year</del><ins>two years</ins>" in versions[2]
    assert "Logs are kept for two years.</ins>" in versions[2]
