"""History as git proves it: real repositories, fixed authors and dates."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from git.exc import GitCommandError

from isms_plugin.errors import SourceError
from isms_plugin.model.history import Completeness, History
from isms_plugin.sources import git_history
from isms_plugin.sources.git_history import Asked, commit_tree, read_history, signing_key
from tests.repository import ANNA, BODO, MINIMAL, Repository, policy

PATH = "policies/access.md"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repo")


def summaries(root: Path, path: str = PATH, **options: object) -> list[str]:
    return [revision.summary for revision in history(root, path, **options).of(path)]


def history(root: Path, *paths: str, **options: object) -> History:
    return read_history(root, paths or (PATH,), folders=("policies", "registers", "docs"), **options)  # type: ignore[arg-type]


def follow(repository: Repository, path: str) -> list[str]:
    return repository.git("log", "--follow", "--format=%s", "--", path).splitlines()


def test_revisions_carry_date_author_version_and_summary(repository: Repository) -> None:
    repository.commit("issue it", {PATH: policy(version="1.0")})
    commit = repository.commit("raise the version", {PATH: policy(version="1.10")}, BODO)
    found = history(repository.root)
    newest, oldest = found.of(PATH)
    assert (newest.commit, newest.version, newest.author, newest.email) == (commit, "1.10", "Bodo Kern", "bodo@example.org")
    assert newest.date.isoformat() == "2026-01-02T09:00:00+01:00"
    assert (oldest.version, oldest.change, oldest.summary) == ("1.0", "added", "issue it")
    assert (found.completeness, found.head) == (Completeness.COMPLETE, commit)


def test_the_author_counts_not_the_committer(repository: Repository) -> None:
    repository.commit("by Bodo", {PATH: policy()}, BODO)
    assert history(repository.root).of(PATH)[0].author == "Bodo Kern"


def test_renames_are_followed(repository: Repository) -> None:
    repository.commit("first", {"policies/old.md": policy()})
    repository.commit("edit", {"policies/old.md": policy(text="More.")})
    repository.move("policies/old.md", PATH)
    repository.commit("rename and edit", {PATH: policy(text="More and more.")})
    repository.commit("last", {PATH: policy(text="Done.")})
    assert summaries(repository.root) == ["last", "rename and edit", "edit", "first"] == follow(repository, PATH)


def test_a_chain_of_renames_is_followed(repository: Repository) -> None:
    repository.commit("first", {"a.md": policy()})
    for number, (old, new) in enumerate([("a.md", "policies/b.md"), ("policies/b.md", "policies/c/d.md"), ("policies/c/d.md", PATH)]):
        repository.move(old, new)
        repository.commit(f"move {number}")
    assert summaries(repository.root) == ["move 2", "move 1", "move 0", "first"]


def test_a_copy_starts_its_own_history(repository: Repository) -> None:
    repository.commit("template", {"policies/template.md": policy("POL-00")})
    repository.commit("edit template", {"policies/template.md": policy("POL-00", text="More.")})
    repository.commit("copied", {PATH: policy("POL-01", text="More.")})
    assert summaries(repository.root) == ["copied"]
    assert len(follow(repository, PATH)) > 1, "git itself would follow the copy"


def test_a_rename_that_is_another_document_is_not_followed(repository: Repository) -> None:
    repository.commit("old policy", {"policies/old.md": policy("POL-01")})
    repository.write({"policies/old.md": None})
    repository.commit("new policy from its text", {PATH: policy("POL-02")})
    found = history(repository.root).of(PATH)
    assert [(revision.summary, revision.change) for revision in found] == [("new policy from its text", "added")]


def test_an_edit_inside_a_merge_is_a_revision(repository: Repository) -> None:
    repository.commit("first", {PATH: policy(), "other.md": "x\n"})
    repository.git("switch", "--quiet", "-c", "side")
    repository.commit("on the side", {"other.md": "y\n"})
    repository.git("switch", "--quiet", "main")
    repository.commit("on main", {"third.md": "z\n"})
    repository.merge("side", "merge with an edit", {PATH: policy(text="Slipped in.")})
    assert summaries(repository.root) == ["merge with an edit", "first"]


def test_a_merge_that_only_takes_one_side_is_no_revision(repository: Repository) -> None:
    repository.commit("first", {PATH: policy()})
    repository.git("switch", "--quiet", "-c", "side")
    repository.commit("on the side", {PATH: policy(text="Changed.")})
    repository.git("switch", "--quiet", "main")
    repository.commit("elsewhere", {"other.md": "x\n"})
    repository.merge("side", "plain merge")
    assert summaries(repository.root) == ["on the side", "first"] == repository.git("log", "--format=%s", "--", PATH).splitlines()


def test_edits_on_main_while_a_branch_renames_are_kept(repository: Repository) -> None:
    repository.commit("first", {"policies/old.md": policy()})
    repository.git("switch", "--quiet", "-c", "side")
    repository.move("policies/old.md", PATH)
    repository.commit("rename")
    repository.git("switch", "--quiet", "main")
    repository.commit("edit under the old name", {"policies/old.md": policy(text="Edited on main.")})
    repository.merge("side", "merge")
    assert summaries(repository.root) == ["merge", "edit under the old name", "rename", "first"]


def test_mailmap_gives_people_their_names(repository: Repository) -> None:
    repository.commit("with the old name", {PATH: policy()}, "aberg <anna@old.example>")
    repository.commit("mailmap", {".mailmap": "Anna Berg <anna@example.org> aberg <anna@old.example>\n"})
    found = history(repository.root).of(PATH)[0]
    assert (found.author, found.email) == ("Anna Berg", "anna@example.org")


def test_two_people_of_one_name_are_told_apart(repository: Repository) -> None:
    repository.commit("one", {PATH: policy()}, "Kim Lee <kim@example.org>")
    repository.commit("the other", {PATH: policy(text="More.")}, "Kim Lee <kim.lee@example.net>")
    repository.commit("somebody else", {PATH: policy(text="Most.")}, ANNA)
    authors = [revision.author for revision in history(repository.root).of(PATH)]
    assert authors == ["Anna Berg", "Kim Lee <kim.lee@example.net>", "Kim Lee <kim@example.org>"]


def test_a_deleted_and_recreated_document_keeps_its_history(repository: Repository) -> None:
    repository.commit("first", {PATH: policy()})
    repository.commit("delete", {PATH: None})
    repository.commit("again", {PATH: policy(text="Back.")})
    found = history(repository.root).of(PATH)
    assert [(revision.summary, revision.change) for revision in found] == [("again", "added"), ("delete", "deleted"), ("first", "added")]


def test_a_new_document_at_an_old_path_starts_anew(repository: Repository) -> None:
    repository.commit("another document", {PATH: policy("POL-09")})
    repository.commit("delete it", {PATH: None})
    repository.commit("new one", {PATH: policy("POL-01")})
    assert summaries(repository.root) == ["new one"]


def test_what_moved_away_is_not_the_history_of_what_came_after(repository: Repository) -> None:
    repository.commit("first", {PATH: policy("POL-01")})
    repository.move(PATH, "policies/elsewhere.md")
    repository.commit("move away")
    repository.commit("another one at the old place", {PATH: policy("POL-02", title="Something else")})
    found = history(repository.root, PATH, "policies/elsewhere.md")
    assert [revision.summary for revision in found.of(PATH)] == ["another one at the old place"]
    assert [revision.summary for revision in found.of("policies/elsewhere.md")] == ["move away", "first"]


@pytest.mark.parametrize("path", ["policies/Zugriff für alle.md", "policies/アクセス.md", "policies/a\tb.md", 'policies/"quoted".md'])
def test_any_file_name_is_found(repository: Repository, path: str) -> None:
    repository.commit("first", {path: policy()})
    repository.commit("second", {path: policy(text="More.")})
    assert summaries(repository.root, path) == ["second", "first"]


def test_uncommitted_changes_are_named(repository: Repository) -> None:
    repository.commit("first", {PATH: policy(), "policies/same.md": policy("POL-02")})
    repository.write({PATH: policy(text="Not committed."), "policies/new one.md": policy("POL-03")})
    found = history(repository.root, PATH, "policies/same.md", "policies/new one.md")
    assert found.uncommitted == {PATH, "policies/new one.md"}
    assert found.of("policies/new one.md") == ()


def test_reading_leaves_the_index_alone(repository: Repository) -> None:
    repository.commit("first", {PATH: policy()})
    before = (repository.root / ".git/index").read_bytes()
    (repository.root / PATH).touch()
    history(repository.root)
    assert (repository.root / ".git/index").read_bytes() == before


def test_a_revision_shows_the_history_up_to_it(repository: Repository) -> None:
    first = repository.commit("first", {PATH: policy()})
    repository.commit("second", {PATH: policy(text="More.")})
    repository.write({PATH: policy(text="Not committed.")})
    found = history(repository.root, PATH, revision=first)
    assert [revision.summary for revision in found.of(PATH)] == ["first"]
    assert found.uncommitted == frozenset()


def test_an_isms_in_a_subfolder_has_paths_of_its_own(repository: Repository) -> None:
    repository.commit("first", {f"company/isms/{PATH}": policy(), PATH: policy("POL-99")})
    repository.commit("second", {f"company/isms/{PATH}": policy(text="More.")})
    repository.write({f"company/isms/{PATH}": policy(text="Open.")})
    found = history(repository.root / "company/isms")
    assert [revision.summary for revision in found.of(PATH)] == ["second", "first"]
    assert found.uncommitted == {PATH}


def test_a_worktree_has_the_same_history(repository: Repository, tmp_path: Path) -> None:
    repository.commit("first", {PATH: policy()})
    repository.git("worktree", "add", "--quiet", str(tmp_path / "tree"), "-b", "side")
    assert summaries(tmp_path / "tree") == ["first"]


def test_a_detached_checkout_has_the_same_history(repository: Repository) -> None:
    repository.commit("first", {PATH: policy()})
    repository.git("checkout", "--quiet", "--detach")
    assert summaries(repository.root) == ["first"]


def test_a_shallow_clone_says_so(repository: Repository, tmp_path: Path) -> None:
    repository.commit("first", {PATH: policy()})
    repository.commit("second", {PATH: policy(text="More.")})
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--depth=1", f"file://{repository.root}", str(clone)], check=True)
    found = history(clone)
    assert found.completeness is Completeness.SHALLOW
    assert [revision.summary for revision in found.of(PATH)] == ["second"]


def test_without_a_repository_nothing_is_known(tmp_path: Path) -> None:
    found = history(tmp_path)
    assert (found.completeness, found.reason, found.of(PATH)) == (Completeness.UNKNOWN, "this is no git repository", ())


def test_without_a_commit_nothing_is_known(repository: Repository) -> None:
    found = history(repository.root)
    assert (found.completeness, found.reason) == (Completeness.UNKNOWN, "nothing has been committed yet")


def test_settings_of_the_user_do_not_change_what_is_read(repository: Repository) -> None:
    repository.commit("first, für alle", {"policies/old.md": policy()})
    repository.move("policies/old.md", PATH)
    repository.commit("second")
    hostile = {"log.showRoot": "false", "i18n.logOutputEncoding": "ISO-8859-1"}
    for key, value in {
        **hostile,
        "diff.renames": "false",
        "log.showSignature": "true",
        "color.ui": "always",
        "log.date": "relative",
    }.items():
        repository.git("config", key, value)
    assert summaries(repository.root) == ["second", "first, für alle"]


def test_sha256_repositories_are_read(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repo", "--object-format=sha256")
    repository.commit("first", {PATH: policy()})
    found = history(repository.root)
    assert len(found.head) == 64
    assert [revision.version for revision in found.of(PATH)] == ["1.0"]


def test_registers_have_a_history_too(repository: Repository) -> None:
    repository.commit("first", MINIMAL)
    repository.commit("second", {"registers/people.yml": MINIMAL["registers/people.yml"] + "# more\n"})
    assert summaries(repository.root, "registers/people.yml") == ["second", "first"]


def test_many_files_and_commits_equal_git_log(repository: Repository) -> None:
    paths = [f"policies/p{number}.md" for number in range(8)]
    repository.commit("all", {path: policy(f"POL-{number}", title=f"Policy {number}") for number, path in enumerate(paths)})
    for step in range(20):
        number = step * 7 % 8
        files = {paths[number]: policy(f"POL-{number}", title=f"Policy {number}", text=f"Step {step}.")}
        repository.commit(f"step {step}", files)
    found = history(repository.root, *paths)
    for path in paths:
        assert [revision.commit for revision in found.of(path)] == repository.git("log", "--format=%H", "--", path).splitlines()


def test_reviewers_are_those_whom_trailers_name(repository: Repository) -> None:
    trailers = (
        "Reviewed-by: Bodo Kern <bodo@example.org>\nCo-authored-by: Eve <eve@example.org>\n"
        "Acked-by: Cora Lind <cora@example.org>\napproved-by: Für Alle <all@example.org>"
    )
    repository.commit(f"Write it\n\nReviewed-by: is no trailer here.\n\n{trailers}", {PATH: policy()})
    repository.commit("Nobody looked at it", {PATH: policy(text="More.")})
    newest, oldest = history(repository.root).of(PATH)
    assert oldest.reviewers == ("Bodo Kern <bodo@example.org>", "Cora Lind <cora@example.org>", "Für Alle <all@example.org>")
    assert newest.reviewers == ()


def test_revisions_name_the_stored_text(repository: Repository) -> None:
    repository.commit("first", {PATH: policy()})
    first = repository.git("rev-parse", f"HEAD:{PATH}")
    repository.move(PATH, "policies/moved.md")
    repository.commit("move")
    repository.commit("delete", {"policies/moved.md": None})
    found = history(repository.root, "policies/moved.md").of("policies/moved.md")
    assert [(revision.change, revision.blob) for revision in found] == [("deleted", ""), ("renamed", first), ("added", first)]


def test_of_the_commits_that_are_asked_for_those_in_the_history_are_told(repository: Repository) -> None:
    first = repository.commit("first", {PATH: policy()})
    repository.git("switch", "--quiet", "-c", "side")
    side = repository.commit("on the side", {PATH: policy(text="Side.")})
    repository.git("switch", "--quiet", "main")
    head = repository.commit("on main", {"other.md": "x\n"})
    asked = Asked(commits=frozenset([first, side, head, "0" * 40]))
    assert history(repository.root, asked=asked).commits == {first, head}
    assert history(repository.root, asked=asked, revision=first).commits == {first}
    assert history(repository.root, asked=asked, revision="side").commits == {first, side}
    assert history(repository.root).commits == frozenset()


def test_a_shallow_clone_tells_of_no_commit_that_it_lacks(repository: Repository, tmp_path: Path) -> None:
    first = repository.commit("first", {PATH: policy()})
    second = repository.commit("second", {PATH: policy(text="More.")})
    repository.git("clone", "--quiet", "--depth", "1", f"file://{repository.root}", str(tmp_path / "shallow"))
    found = history(tmp_path / "shallow", asked=Asked(commits=frozenset([first, second])))
    assert (found.completeness, found.commits) == (Completeness.SHALLOW, {second})


def test_the_key_of_git_is_a_file_or_there_is_none(repository: Repository, tmp_path: Path) -> None:
    for key in ("", str(tmp_path / "missing")):
        repository.git("config", "user.signingkey", key)
        with pytest.raises(SourceError, match="no SSH key is set to sign with; name one with --key"):
            signing_key(repository.root)
    (tmp_path / "key").write_text("x")
    repository.git("config", "user.signingkey", str(tmp_path / "key"))
    assert signing_key(repository.root) == tmp_path / "key"
    with pytest.raises(SourceError, match="no SSH key"):
        signing_key(tmp_path)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("fatal: detected dubious ownership in repository", "another user owns it; see `git config safe.directory`"),
        ("fatal: something\nelse", "git cannot read the repository: fatal: something else"),
    ],
)
def test_what_git_complains_about_is_told_in_one_line(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, said: str, told: str
) -> None:
    def refuse(*_: object) -> None:
        raise GitCommandError("git", 128, said)

    repository.commit("first", {PATH: policy()})
    monkeypatch.setattr(git_history, "_status", refuse)
    found = history(repository.root)
    assert (found.completeness, told in found.reason, "\n" in found.reason) == (Completeness.UNKNOWN, True, False)


def test_a_revision_outside_of_a_repository_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="--at HEAD: this is no git repository"):
        commit_tree(tmp_path, "HEAD")
