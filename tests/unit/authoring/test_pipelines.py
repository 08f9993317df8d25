"""Pipelines as they are shipped: valid for their platform, pinned, of few rights, and without a way from a branch's texts into a shell."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from isms_plugin import __version__
from isms_plugin.authoring.pipelines import PLATFORMS, differing, pipeline_files
from isms_plugin.errors import IsmsError

ROOT = Path(__file__).parents[3]
WORKFLOWS = {Path(path).stem: content for path, content in pipeline_files("github").items()}
ACTION = (ROOT / "action.yml").read_bytes()
GITLAB = pipeline_files("gitlab")[".gitlab/isms.gitlab-ci.yml"]
OF_PULL_REQUESTS = ("isms-check", "isms-preview")


def schema(name: str) -> Draft7Validator:
    read = files("check_jsonschema").joinpath(f"builtin_schemas/vendor/{name}.json").read_text(encoding="utf-8")
    return Draft7Validator(json.loads(read))


def steps(content: bytes) -> list[dict[str, Any]]:
    parsed = yaml.safe_load(content)
    return [step for job in parsed["jobs"].values() for step in job["steps"]] if "jobs" in parsed else parsed["runs"]["steps"]


def scripts() -> list[tuple[str, str, str]]:
    """Every script that is shipped: where it stands, its shell, its text."""
    github = [
        (f"{name}: {step['name']}", step.get("shell", "bash"), step["run"])
        for name, content in [*WORKFLOWS.items(), ("action", ACTION)]
        for step in steps(content)
        if "run" in step
    ]
    jobs = {name: job for name, job in yaml.safe_load(GITLAB).items() if isinstance(job, dict) and "script" in job}
    gitlab = [(f"gitlab: {name}", "bash", "\n".join(job["script"])) for name, job in jobs.items()]
    return [*github, *gitlab, ("ci.sh", "sh", pipeline_files("shell")["ci.sh"].decode())]


@pytest.mark.parametrize("name", sorted(WORKFLOWS))
def test_workflows_follow_the_published_schema(name: str) -> None:
    # YAML 1.1 reads the key `on` as true
    text = re.sub(rb"(?m)^on:", b'"on":', WORKFLOWS[name])
    assert [error.message for error in schema("github-workflows").iter_errors(yaml.safe_load(text))] == []


def test_the_action_follows_the_published_schema() -> None:
    assert [error.message for error in schema("github-actions").iter_errors(yaml.safe_load(ACTION))] == []


def test_the_files_of_gitlab_follow_the_published_schema() -> None:
    for content in pipeline_files("gitlab").values():
        assert [error.message for error in schema("gitlab-ci").iter_errors(yaml.safe_load(content))] == []


def test_the_hooks_hold_what_pre_commit_asks_for() -> None:
    own = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (local,) = yaml.safe_load(pipeline_files("pre-commit")[".pre-commit-config.yaml"])["repos"]
    assert [(hook["id"], hook["entry"], hook["files"]) for hook in own] == [
        (hook["id"], hook["entry"], hook["files"]) for hook in local["hooks"]
    ]
    for hook in (*own, *local["hooks"]):
        assert hook["name"]
        assert (hook["language"], hook["pass_filenames"]) == ("python", False)
        assert re.search(hook["files"], "policies/access.md")
        assert not re.search(hook["files"], "src/policies.py")


@pytest.mark.parametrize(("name", "shell", "text"), scripts(), ids=[name for name, _, _ in scripts()])
def test_scripts_can_be_read_by_their_shell(name: str, shell: str, text: str) -> None:
    if shell == "python":
        compile(text, name, "exec")
        return
    subprocess.run([shell, "-n"], input=text, text=True, check=True, capture_output=True)
    for inner in re.findall(r"python3 - <<'END'\n(.*?)\nEND", text, re.DOTALL):
        compile(inner, name, "exec")
    if shutil.which("shellcheck"):
        told = subprocess.run(["shellcheck", "-s", shell, "-"], input=text, text=True, check=False, capture_output=True)
        assert told.stdout == ""


def test_no_expression_stands_inside_of_a_script() -> None:
    assert [name for name, _, text in scripts() if "${{" in text] == []


def unquoted(line: str) -> list[str]:
    """The variables of a line that a shell would take apart: outside of quotes, and not just assigned."""
    found = re.finditer(r"\$\{?[A-Za-z@]\w*", line)
    return [match[0] for match in found if line[: match.start()].rpartition("$(")[2].count('"') % 2 == 0 and line[match.start() - 1] != "="]


def test_every_variable_in_a_shell_is_quoted() -> None:
    for name, shell, text in scripts():
        code = "" if shell == "python" else re.sub(r"python3 - <<'END'\n.*?\nEND", "", text, flags=re.DOTALL)
        assert [(name, found) for line in code.splitlines() if (found := unquoted(line))] == []
    assert unquoted('isms check "$A" $B "$(git "$C")" $(git $D) x=$E') == ["$B", "$D"]


@pytest.mark.parametrize("name", sorted(WORKFLOWS))
def test_actions_are_pinned_and_the_whole_history_is_fetched(name: str) -> None:
    for step in steps(WORKFLOWS[name]):
        if "uses" in step:
            assert re.fullmatch(r"(actions|github)/[\w/-]+@v\d+", step["uses"])
        if step.get("uses", "").startswith("actions/checkout@"):
            assert (step["with"]["fetch-depth"], step["with"]["persist-credentials"]) == (0, False)


@pytest.mark.parametrize("name", sorted(WORKFLOWS))
def test_no_workflow_has_more_rights_than_its_jobs_name(name: str) -> None:
    parsed = yaml.safe_load(WORKFLOWS[name])
    assert parsed["permissions"] == {}
    assert all(job["timeout-minutes"] for job in parsed["jobs"].values())


@pytest.mark.parametrize("name", OF_PULL_REQUESTS)
def test_what_runs_for_a_fork_may_read_and_knows_no_secret(name: str) -> None:
    text = WORKFLOWS[name].decode()
    parsed = yaml.safe_load(text)
    assert parsed[True] == {"pull_request": None}
    assert "${{ secrets" not in text
    assert "github.token" not in text
    for job in parsed["jobs"].values():
        assert job["permissions"] == {"contents": "read"} or "head.repo.full_name == github.repository" in job["if"]


def test_the_check_installs_before_anything_of_the_branch_is_there() -> None:
    names = [step.get("name") or step["uses"].partition("@")[0] for step in steps(WORKFLOWS["isms-check"])]
    assert names.index("Install") < names.index("actions/checkout")
    assert not any("mkdocs build" in text or " site " in text for name, _, text in scripts() if name.startswith("isms-check"))


def test_what_may_write_a_comment_fetches_and_installs_nothing() -> None:
    used = [step["uses"].partition("@")[0] for step in steps(WORKFLOWS["isms-comment"]) if "uses" in step]
    assert used == ["actions/download-artifact"]
    assert b"pip install" not in WORKFLOWS["isms-comment"]
    comment = yaml.safe_load(GITLAB)["isms comment"]
    assert comment["variables"]["GIT_STRATEGY"] == "none"
    assert "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID" in comment["rules"][0]["if"]


def test_every_job_of_gitlab_that_looks_at_the_repository_fetches_all_of_it() -> None:
    parsed = yaml.safe_load(GITLAB)
    assert parsed[".isms"]["variables"]["GIT_DEPTH"] == "0"
    jobs = {name for name, job in parsed.items() if isinstance(job, dict) and job.get("extends") == ".isms"}
    assert jobs == {"isms check", "isms state", "pages", "isms release"}


@pytest.mark.parametrize("name", PLATFORMS)
def test_this_version_of_the_program_is_installed(name: str) -> None:
    text = b"\n".join(pipeline_files(name).values()).decode()
    assert re.findall(r"mkdocs-isms(?:\[[\w,]+\])?(?!\[)(==\S+?)?(?=[\s\"}]|$)", text)
    assert set(re.findall(r"==([\d.]+)", text)) == {__version__}
    assert "@VERSION@" not in text
    assert b"==9.8.7" in b"\n".join(pipeline_files(name, "9.8.7").values())


def test_there_is_nothing_for_another_platform() -> None:
    with pytest.raises(IsmsError, match="github, gitlab, pre-commit, shell"):
        pipeline_files("../profiles")


def test_only_what_differs_is_in_the_way(tmp_path: Path) -> None:
    contents = {"a.yml": b"one\n", "b.yml": b"two\n", "c.yml": b"three\n"}
    (tmp_path / "a.yml").write_bytes(b"one\r\n")
    (tmp_path / "b.yml").write_bytes(b"other\n")
    assert differing(tmp_path, contents) == ["b.yml"]
    (tmp_path / "c.yml").symlink_to(tmp_path / "nowhere")
    assert differing(tmp_path, contents) == ["b.yml", "c.yml"]
