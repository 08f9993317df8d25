"""Pipelines as a platform would run them: their scripts for real, on real repositories, against a server on this machine."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from isms_plugin import __version__
from isms_plugin.authoring.pipelines import pipeline_files
from tests.integration.test_cli import isms
from tests.repository import MINIMAL, Repository, policy
from tests.workflow_runner import Platform, Runner, platform

ROOT = Path(__file__).parents[2]
WORKFLOWS = {Path(path).stem: content for path, content in pipeline_files("github").items()}
GITLAB: dict[str, Any] = yaml.safe_load(pipeline_files("gitlab")[".gitlab/isms.gitlab-ci.yml"])
CI = pipeline_files("shell")["ci.sh"].decode()

OFF = ("no-decision", "missing-field", "no-risk-method")
CONFIG = "site_name: Test\nplugins:\n  - isms:\n      codes: {" + ", ".join(f"{code}: 'off'" for code in OFF) + "}\n"
SERVER = "- {id: AST-001, title: Server, status: active}\n"
BROKEN = "- {id: RSK-001, title: Fire, owner: PER-404}\n"

MAIN = "main`touch${IFS}pwned`'\"$(touch${IFS}pwned)"
"""A name that git allows, and that no shell may take for more than a name."""
EVIL = "import os\nos.makedirs(os.environ['HOME'] + '/pwned', exist_ok=True)\n"
HOSTILE = {
    **dict.fromkeys(("pip.py", "json.py", "re.py", "yaml.py", "sitecustomize.py", "isms_plugin/__init__.py", "hook.py"), EVIL),
    "mkdocs.yml": CONFIG + "hooks: [hook.py]\nextra: {x: !!python/object/apply:os.mkdir [pwned]}\n",
    "registers/risks.yml": BROKEN.replace("Fire", "'::error::`touch pwned` $(touch pwned)'"),
}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "origin")
    made.commit("Begin", {**MINIMAL, "mkdocs.yml": CONFIG, "registers/assets.yml": SERVER})
    made.git("checkout", "-q", "-b", "topic")
    return made


def an_event(name: str, head: str, base: str = "main") -> dict[str, Any]:
    event: dict[str, Any] = json.loads((ROOT / f"tests/events/{name}.json").read_text(encoding="utf-8").replace('"HEAD"', json.dumps(head)))
    if "pull_request" in event:
        event["pull_request"]["base"]["ref"] = base
    return event


def on_github(tmp_path: Path, repository: Repository, head: str, base: str = "main", **environment: str) -> Runner:
    context = {"github": {"event": an_event("github-pull-request", head, base), "base_ref": base, "token": "t0ken", "sha": head}}
    return Runner(tmp_path / "runner", environment, context, repository.root)


def pwned(*folders: Path) -> list[Path]:
    return [found for folder in folders for found in folder.rglob("pwned*")]


def test_a_pull_request_is_told_what_it_causes_and_what_it_touches(tmp_path: Path, repository: Repository) -> None:
    head = repository.commit("Change", {"registers/risks.yml": BROKEN})
    runner = on_github(tmp_path, repository, head)
    assert runner.job(WORKFLOWS["isms-check"], "check") == 1
    assert "::warning file=registers/risks.yml" in runner.output
    assert (runner.artifacts / "isms-comment/number").read_text(encoding="utf-8") == "7\n"
    comment = (runner.artifacts / "isms-comment/comment.md").read_text(encoding="utf-8")
    assert "RSK-001" in comment
    assert (runner.root / "summary.md").read_text(encoding="utf-8") == comment
    assert json.loads((runner.artifacts / "isms-sarif/isms.sarif").read_bytes())["runs"][0]["results"]
    assert runner.calls == [f"pip install --quiet --disable-pip-version-check mkdocs-isms=={__version__}"]


def test_a_change_that_causes_nothing_passes(tmp_path: Path, repository: Repository) -> None:
    head = repository.commit("Change", {"README.md": "Hello\n"})
    runner = on_github(tmp_path, repository, head)
    assert runner.job(WORKFLOWS["isms-check"], "check") == 0, runner.output


def test_nothing_of_a_hostile_branch_is_executed(tmp_path: Path, repository: Repository) -> None:
    repository.git("branch", "-m", "main", MAIN)
    head = repository.commit("$(touch pwned)", HOSTILE)
    runner = on_github(tmp_path, repository, head, MAIN)
    assert runner.job(WORKFLOWS["isms-check"], "check") == 1
    assert "PER-404" in runner.output
    assert not [line for line in runner.output.splitlines() if line.startswith("::error::")]
    assert pwned(runner.root, repository.root) == []


def test_the_preview_builds_the_site_of_the_branch_and_executes_what_it_names(tmp_path: Path, repository: Repository) -> None:
    site = {"mkdocs.yml": CONFIG + "theme: {name: material}\nhooks: [hook.py]\n", "docs/a.md": "# A\n", "requirements.txt": "\n"}
    head = repository.commit("Change", {**site, "hook.py": EVIL})
    runner = on_github(tmp_path, repository, head)
    assert runner.job(WORKFLOWS["isms-preview"], "preview") == 0, runner.output
    assert (runner.artifacts / "isms-site/documents/POL-01/index.html").is_file()
    assert runner.calls[1:] == ["pip install --quiet -r ./requirements.txt"]
    # and so the other tests would see it
    assert pwned(runner.root) == [runner.root / "pwned"]


def test_publishing_builds_the_site_with_its_baselines(tmp_path: Path, repository: Repository) -> None:
    repository.git("checkout", "-q", "main")
    repository.commit("Theme", {"mkdocs.yml": CONFIG + "theme: {name: material}\n"})
    repository.git("tag", "--annotate", "isms-1", "--message", "First", **repository.identity())
    runner = on_github(tmp_path, repository, repository.git("rev-parse", "HEAD"))
    assert runner.job(WORKFLOWS["isms-publish"], "check") == 0, runner.output
    for left in runner.work.iterdir():
        subprocess.run(["rm", "-rf", str(left)], check=True)
    assert runner.job(WORKFLOWS["isms-publish"], "build") == 0, runner.output
    assert (runner.temp / "isms-site/baselines/isms-1/index.html").is_file()


def test_the_action_checks_annotates_and_writes_what_it_was_asked_for(tmp_path: Path, repository: Repository) -> None:
    head = repository.commit("Change", {"registers/risks.yml": BROKEN})
    runner = on_github(tmp_path, repository, head)
    subprocess.run(["git", "clone", "-q", "-b", "topic", str(repository.root), str(runner.work)], check=True)
    action = yaml.safe_load((ROOT / "action.yml").read_bytes())
    inputs = {name: value["default"] for name, value in action["inputs"].items()}
    inputs |= {"base": "origin/main", "comment": "comment.md", "sarif": "isms.sarif", "fail-on": "major"}
    steps = [{key: value for key, value in step.items() if key != "if"} for step in action["runs"]["steps"]]
    runner.context |= {"inputs": inputs, "github": {"action_path": "/action"}}
    assert runner.job(yaml.safe_dump({"jobs": {"a": {"steps": steps}}}).encode(), "a") == 0, runner.output
    assert runner.calls == ["pip install --quiet --disable-pip-version-check /action"]
    assert "RSK-001" in (runner.work / "comment.md").read_text(encoding="utf-8")
    assert (runner.work / "isms.sarif").is_file()
    runner.context["inputs"]["fail-on"] = ""
    assert runner.job(yaml.safe_dump({"jobs": {"a": {"steps": steps}}}).encode(), "a") == 1


API = "/repos/kestrel/isms"
COMMENTS = f"GET {API}/issues/7/comments?per_page=100&page="
OURS = {"id": 5, "user": {"login": "github-actions[bot]"}, "body": "<!-- isms-impact -->\nold"}
THEIRS = {"id": 4, "user": {"login": "mallory"}, "body": "<!-- isms-impact -->\nmine"}


def posted(tmp_path: Path, answers: dict[str, Any], text: str | bytes = "What it touches\n", number: str = "7\n") -> tuple[int, Platform]:
    runner = Runner(tmp_path / "poster")
    (runner.artifacts / "isms-comment").mkdir()
    (runner.artifacts / "isms-comment/comment.md").write_bytes(text if isinstance(text, bytes) else text.encode())
    (runner.artifacts / "isms-comment/number").write_text(number)
    runner.context["github"] = {"token": "t0ken", "event": an_event("github-workflow-run", "abc")}
    with platform({f"GET {API}/pulls/7": {"head": {"sha": "abc"}}, f"{COMMENTS}1": [], **answers}) as server:
        runner.environment |= {"GITHUB_API_URL": server.address, "GITHUB_REPOSITORY": "kestrel/isms"}
        return runner.job(WORKFLOWS["isms-comment"], "comment"), server


def test_the_first_comment_is_posted(tmp_path: Path) -> None:
    code, server = posted(tmp_path, {f"{COMMENTS}1": [THEIRS]})
    assert code == 0
    assert server.writes == [("POST", f"{API}/issues/7/comments", {"body": "<!-- isms-impact -->\nWhat it touches\n"})]
    assert server.asked[0][3]["Authorization"] == "Bearer t0ken"


def test_what_the_check_wrote_is_what_is_posted(tmp_path: Path, repository: Repository) -> None:
    head = repository.commit("Change", {"registers/risks.yml": BROKEN})
    runner = on_github(tmp_path, repository, head)
    assert runner.job(WORKFLOWS["isms-check"], "check") == 1
    poster = Runner(tmp_path / "poster", context={"github": {"token": "t0ken", "event": an_event("github-workflow-run", head)}})
    (runner.artifacts / "isms-comment").rename(poster.artifacts / "isms-comment")
    with platform({f"GET {API}/pulls/7": {"head": {"sha": head}}, f"{COMMENTS}1": [OURS]}) as server:
        poster.environment |= {"GITHUB_API_URL": server.address, "GITHUB_REPOSITORY": "kestrel/isms"}
        assert poster.job(WORKFLOWS["isms-comment"], "comment") == 0, poster.output
    ((method, path, data),) = server.writes
    assert (method, path) == ("PATCH", f"{API}/issues/comments/5")
    assert data["body"].startswith("<!-- isms-impact -->\n")
    assert data["body"].count("<!-- isms-impact -->") == 1
    assert "RSK-001" in data["body"]


def test_later_ones_take_its_place_on_whichever_page_it_stands(tmp_path: Path) -> None:
    code, server = posted(tmp_path, {f"{COMMENTS}1": [THEIRS] * 100, f"{COMMENTS}2": [OURS]})
    assert code == 0
    assert [(method, path) for method, path, _ in server.writes] == [("PATCH", f"{API}/issues/comments/5")]


def test_a_number_of_another_pull_request_posts_nothing(tmp_path: Path) -> None:
    code, server = posted(tmp_path, {f"GET {API}/pulls/7": {"head": {"sha": "other"}}})
    assert (code, server.writes) == (0, [])


@pytest.mark.parametrize("number", ["", "0", "7/../../x", "7; touch pwned", "$(touch pwned)", "\N{ARABIC-INDIC DIGIT SEVEN}", "7\n8"])
def test_what_is_no_number_posts_nothing(tmp_path: Path, number: str) -> None:
    code, server = posted(tmp_path, {}, number=number)
    assert (code, server.asked) == (1, [])
    assert pwned(tmp_path) == []


def test_a_comment_is_data_of_bounded_length(tmp_path: Path) -> None:
    code, server = posted(tmp_path, {}, b'"; touch pwned; $(touch pwned)\n\xff' + b"x" * 100_000)
    body = server.writes[0][2]["body"]
    assert code == 0
    assert body.startswith('<!-- isms-impact -->\n"; touch pwned; $(touch pwned)\n\ufffdxxx')
    assert len(body) < 65_536
    assert pwned(tmp_path) == []


def test_a_run_without_a_comment_posts_nothing(tmp_path: Path) -> None:
    context = {"github": {"token": "t0ken", "event": an_event("github-workflow-run", "abc")}}
    runner = Runner(tmp_path, {"GITHUB_API_URL": "http://127.0.0.1:9", "GITHUB_REPOSITORY": "kestrel/isms"}, context)
    assert runner.job(WORKFLOWS["isms-comment"], "comment") == 0, runner.output
    assert "No comment was made" in runner.output


def test_packs_are_uploaded_to_a_draft(tmp_path: Path) -> None:
    runner = Runner(tmp_path, context={"github": {"token": "t0ken"}})
    (runner.artifacts / "isms-pack").mkdir()
    (runner.artifacts / "isms-pack/isms-1-auditor.zip").write_bytes(b"PK\0\1")
    with platform({}) as server:
        server.answers[f"POST {API}/releases"] = {"upload_url": f"{server.address}/upload/9/assets{{?name,label}}"}
        runner.environment |= {"GITHUB_API_URL": server.address, "GITHUB_REPOSITORY": "kestrel/isms", "GITHUB_REF_NAME": "isms-1"}
        assert runner.job(WORKFLOWS["isms-release"], "release") == 0, runner.output
    (release, upload) = server.writes
    assert (release[2]["tag_name"], release[2]["draft"]) == ("isms-1", True)
    assert upload == ("POST", "/upload/9/assets?name=isms-1-auditor.zip", b"PK\0\1")


def on_gitlab(tmp_path: Path, repository: Repository, target: str = "main", **variables: str) -> Runner:
    given = {
        "ISMS_DIRECTORY": ".", "ISMS_PACKAGE": "mkdocs-isms", "CI_PROJECT_ID": "3", "CI_MERGE_REQUEST_IID": "7",
        "CI_MERGE_REQUEST_PROJECT_ID": "3", "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "3", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": target,
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": repository.git("merge-base", target, "topic"), "PYTHONSAFEPATH": "1",
    }  # fmt: skip
    runner = Runner(tmp_path / "runner", given | variables, {}, repository.root)
    subprocess.run(["git", "clone", "-q", "-b", "topic", str(repository.root), str(runner.work)], check=True)
    return runner


@pytest.mark.parametrize("source", ["3", "4"])
def test_a_merge_request_gets_its_reports_from_a_branch_and_from_a_fork(tmp_path: Path, repository: Repository, source: str) -> None:
    repository.git("branch", "-m", "main", MAIN)
    repository.commit("$(touch pwned)", HOSTILE)
    runner = on_gitlab(tmp_path, repository, MAIN, CI_MERGE_REQUEST_SOURCE_PROJECT_ID=source)
    assert runner.script("\n".join(GITLAB["isms check"]["script"])) == 1, runner.output
    assert "RSK-001" in (runner.work / "isms-comment.md").read_text(encoding="utf-8")
    (found,) = json.loads((runner.work / "isms-codequality.json").read_bytes())
    assert found["location"]["path"] == "registers/risks.yml"
    assert (runner.work / "isms-junit.xml").read_text(encoding="utf-8").startswith("<?xml")
    assert pwned(runner.root, repository.root) == []


NOTES = "/projects/3/merge_requests/7/notes"
LISTED = f"GET {NOTES}?per_page=100&order_by=created_at&sort=asc&page=1"


def noted(tmp_path: Path, notes: list[dict[str, Any]], text: str = "What it touches\n") -> list[tuple[str, str, Any]]:
    runner = Runner(tmp_path, {"CI_PROJECT_ID": "3", "CI_MERGE_REQUEST_IID": "7", "ISMS_COMMENT_TOKEN": "t0ken"})
    (runner.work / "isms-comment.md").write_text(text, encoding="utf-8")
    with platform({"GET /user": {"id": 1}, LISTED: notes}) as server:
        runner.environment["CI_API_V4_URL"] = server.address
        assert runner.script("\n".join(GITLAB["isms comment"]["script"])) == 0, runner.output
    return server.writes


def test_a_note_is_posted_once_and_then_written_anew(tmp_path: Path) -> None:
    body = "<!-- isms-impact -->\n\nold"
    theirs, ours = ({"id": 10 + who, "author": {"id": who}, "body": body} for who in (2, 1))
    assert noted(tmp_path / "a", [theirs]) == [("POST", NOTES, {"body": "<!-- isms-impact -->\n\nWhat it touches\n"})]
    assert [(method, path) for method, path, _ in noted(tmp_path / "b", [theirs, ours])] == [("PUT", f"{NOTES}/11")]


@pytest.mark.parametrize("line", ["/approve", "  /merge", "\t/assign @all", "> /close", ">> /close", "x\r/approve"])
def test_no_line_of_a_note_is_a_command_to_gitlab(tmp_path: Path, line: str) -> None:
    ((_, _, data),) = noted(tmp_path, [], f"and/or\n{line}\n")
    assert "&#47;" in data["body"]
    assert "and/or" in data["body"]
    assert not [told for told in data["body"].splitlines() if told.lstrip(" \t>").startswith("/")]


def a_minimal_baseline(tmp_path: Path, *tag: str) -> Repository:
    made = Repository(tmp_path / "origin")
    files = {path.relative_to(ROOT / "tests/minimal").as_posix(): path for path in (ROOT / "tests/minimal").rglob("*") if path.is_file()}
    for name, path in files.items():
        (made.root / name).parent.mkdir(parents=True, exist_ok=True)
        (made.root / name).write_bytes(path.read_bytes())
    made.commit("All of it")
    made.git("tag", *tag, "isms-1", **made.identity())
    return made


def test_a_baseline_becomes_a_pack_that_verifies(tmp_path: Path) -> None:
    repository = a_minimal_baseline(tmp_path, "--annotate", "--message", "First")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "key")], check=True)
    listed = subprocess.run(["ssh-keygen", "-lf", str(tmp_path / "key.pub")], check=True, capture_output=True, text=True).stdout
    runner = on_github(tmp_path, repository, repository.git("rev-parse", "HEAD"), GITHUB_REF_NAME="isms-1")
    runner.context |= {"secrets": {"ISMS_SIGNING_KEY": (tmp_path / "key").read_text()}, "vars": {"ISMS_KEY_FINGERPRINT": listed.split()[1]}}
    assert runner.job(WORKFLOWS["isms-release"], "pack") == 0, runner.output
    assert (runner.artifacts / "isms-pack/isms-1-auditor.zip").is_file()
    assert "isms-1-auditor.zip" in (runner.artifacts / "isms-pack/SHA256SUMS").read_text()
    assert not (runner.temp / "isms-key").exists()


def test_a_tag_without_a_message_is_no_baseline(tmp_path: Path) -> None:
    repository = a_minimal_baseline(tmp_path)
    runner = on_github(tmp_path, repository, repository.git("rev-parse", "HEAD"), GITHUB_REF_NAME="isms-1")
    assert runner.job(WORKFLOWS["isms-release"], "pack") == 1
    assert "isms baseline create" in runner.output
    assert not (runner.artifacts / "isms-pack").exists()


def a_clone(tmp_path: Path, repository: Repository, *options: str) -> Runner:
    runner = Runner(tmp_path / "runner", {"ISMS_PACKAGE": ""})
    command = ["git", "clone", "-q", "-b", "topic", *options, repository.root.as_uri(), str(runner.work)]
    subprocess.run(command, check=True, capture_output=True)
    (runner.work / "ci.sh").write_text(CI)
    return runner


def test_the_shell_script_checks_anywhere(tmp_path: Path, repository: Repository) -> None:
    repository.commit("Change", {"registers/risks.yml": BROKEN})
    runner = a_clone(tmp_path, repository)
    assert runner.script("sh ci.sh check") == 1, runner.output
    assert "RSK-001" in (runner.work / "build/isms-comment.md").read_text(encoding="utf-8")
    assert (runner.work / "build/isms-junit.xml").is_file()
    assert runner.calls == []
    assert runner.script("sh ci.sh") == 2
    assert runner.script("ISMS_PACKAGE= sh ci.sh deploy") == 2
    assert runner.script("sh ci.sh release") == 2


def test_a_shallow_clone_is_refused_with_the_line_to_change(tmp_path: Path, repository: Repository) -> None:
    repository.commit("Change", {"registers/risks.yml": BROKEN})
    runner = a_clone(tmp_path, repository, "--depth", "1", "--no-single-branch")
    assert runner.script("sh ci.sh check") == 3
    assert "fetch-depth: 0" in runner.output
    assert "GIT_DEPTH" in runner.output


def test_a_hook_reports_what_is_about_to_be_committed_and_nothing_else(repository: Repository) -> None:
    (local,) = yaml.safe_load(pipeline_files("pre-commit")[".pre-commit-config.yaml"])["repos"]
    entry = local["hooks"][0]["entry"].split()[1:]
    repository.commit("Known to be broken", {"registers/assets.yml": SERVER.replace("}", ", owner: PER-404}")})
    assert isms(*entry, directory=repository.root).exit_code == 0
    repository.write({"registers/risks.yml": BROKEN})
    result = isms(*entry, directory=repository.root)
    assert result.exit_code == 1
    assert "registers/risks.yml" in result.output


def test_pipelines_are_shown_or_written_and_never_over_something_else(tmp_path: Path) -> None:
    shown = isms("pipelines", "gitlab", directory=tmp_path)
    assert "# ---- .gitlab/isms.gitlab-ci.yml\n" in shown.output
    assert list(tmp_path.iterdir()) == []
    assert isms("pipelines", "gitlab", "--out", "repo", directory=tmp_path).exit_code == 0
    written = {path: (tmp_path / "repo" / path).read_bytes() for path in pipeline_files("gitlab")}
    assert written == pipeline_files("gitlab")
    assert isms("pipelines", "gitlab", "--out", "repo", directory=tmp_path).exit_code == 0
    (tmp_path / "repo/.gitlab-ci.yml").write_text("stages: [own]\n")
    (tmp_path / "repo/.gitlab/isms.gitlab-ci.yml").unlink()
    refused = isms("pipelines", "gitlab", "--out", "repo", directory=tmp_path)
    assert (refused.exit_code, refused.output.startswith("isms: .gitlab-ci.yml: ")) == (3, True)
    assert not (tmp_path / "repo/.gitlab/isms.gitlab-ci.yml").exists()
    assert isms("pipelines", "jenkins", directory=tmp_path).exit_code == 2


OWNED = {**MINIMAL, "mkdocs.yml": CONFIG.replace("codes:", "code_owners: PER-001\n      codes:")}
PEOPLE = OWNED["registers/people.yml"].replace("  job: Managing", "  git: ['@bodo']\n  job: Managing")


def test_codeowners_are_written_compared_and_kept_beside_lines_of_ones_own(tmp_path: Path) -> None:
    made = Repository(tmp_path / "repo")
    made.write({f"isms/{path}": text for path, text in {**OWNED, "registers/people.yml": PEOPLE}.items()})
    folder = made.root / "isms"
    missing = isms("codeowners", "--check", directory=folder)
    assert (missing.exit_code, missing.output.splitlines()[0]) == (
        1,
        ".github/CODEOWNERS: not generated yet; `isms codeowners` writes it",
    )
    written = isms("codeowners", directory=folder)
    assert written.output.splitlines() == [
        "written: .github/CODEOWNERS",
        "cannot be asked: PER-001 Anna Berg: has no account in the field `git`; named for policies/access.md and 1 more",
    ]
    file = made.root / ".github/CODEOWNERS"
    assert "/isms/policies/access.md @bodo\n" in file.read_text()
    file.write_bytes(b"/caf\xe9/ @dev\n" + file.read_bytes())
    assert isms("codeowners", "--check", directory=folder).exit_code == 0
    left = PEOPLE.replace("git: ['@bodo']\n", "git: ['@bodo']\n  active_to: 2026-06-30\n")
    made.write({"isms/registers/people.yml": left})
    assert isms("codeowners", "--check", "--as-of", "2026-06-30", directory=folder).exit_code == 0
    drifted = isms("codeowners", "--check", "--as-of", "2026-07-01", directory=folder)
    assert drifted.exit_code == 1
    assert "-/isms/policies/access.md @bodo" in drifted.output
    assert "@bodo: PER-002 Bodo Kern, who left on 2026-06-30" in drifted.output
    assert isms("codeowners", "--as-of", "2026-07-01", directory=folder).exit_code == 0
    assert file.read_bytes().startswith(b"/caf\xe9/ @dev\n")
    assert b"@bodo" not in file.read_bytes()


def test_a_file_that_people_wrote_is_not_taken_over(tmp_path: Path) -> None:
    made = Repository(tmp_path / "repo")
    made.write({**OWNED, "policies/access.md": policy(), "CODEOWNERS": "* @dev\n"})
    refused = isms("codeowners", "--platform", "gitlab", directory=made.root)
    assert (refused.exit_code, (made.root / "CODEOWNERS").read_text()) == (3, "* @dev\n")
    assert "# isms codeowners: up to here" in refused.output
