"""The versioned site: what holds today at the top, every baseline below it, each built once."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from isms_plugin.adapters import editions
from isms_plugin.authoring.baseline import tag_name
from isms_plugin.errors import IsmsError
from tests.integration.test_cli import isms
from tests.repository import MINIMAL, Repository, policy

OFF = "{no-decision: 'off'}"
CONFIG = f"""site_name: Test
site_url: https://isms.example.org/
theme: {{name: material}}
plugins:
  - search
  - isms:
      codes: {OFF}
"""
PAGE = {"docs/report.md": "# Report an incident\n\nTell [PER-001].\n"}


def two_baselines(root: Path) -> Repository:
    """Two baselines, and what came after them."""
    made = Repository(root)
    made.commit("Begin", {**MINIMAL, **PAGE, "mkdocs.yml": CONFIG})
    made.git("tag", "-a", "-m", "First", "isms-1", **made.identity())
    made.commit("A second page", {"docs/more.md": "# More\n"})
    made.git("tag", "-a", "-m", "Second", "isms-2", **made.identity())
    made.commit("Another person", {"registers/people.yml": MINIMAL["registers/people.yml"].replace("Security lead", "CISO")})
    return made


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return two_baselines(tmp_path / "repo")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Repository, Path]:
    """The repository and its site, which nothing changes."""
    folder = tmp_path_factory.mktemp("versioned")
    made = two_baselines(folder / "repo")
    build(made, folder / "out")
    return made, folder / "out"


def build(repository: Repository, out: Path, *arguments: str, folder: str = ".") -> str:
    result = isms("site", "--out", out, *arguments, directory=repository.root / folder)
    assert result.exit_code == 0, result.output
    return result.output


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_every_baseline_has_its_edition(built: tuple[Repository, Path]) -> None:
    _, out = built
    for name, pages in (("baselines/isms-1", 1), ("baselines/isms-2", 2), ("", 2)):
        assert (out / name / "isms.json").is_file()
        assert (out / name / "more/index.html").is_file() == (pages == 2)
    assert isms("check", "--site", out).output == "The site is whole.\n"


def test_an_edition_says_on_every_page_that_it_is_superseded(built: tuple[Repository, Path]) -> None:
    _, out = built
    for page in ("index.html", "report/index.html", "documents/POL-01/index.html"):
        html = (out / "baselines/isms-1" / page).read_text()
        assert "Superseded edition." in html
        assert "isms-1 of 2026-01-02" in html
        assert "Superseded edition." not in (out / page).read_text()
    assert 'href="../../../index.html"' in (out / "baselines/isms-1/report/index.html").read_text()


def test_the_search_of_an_edition_does_not_find_the_banner(built: tuple[Repository, Path]) -> None:
    _, out = built
    assert "Superseded edition" not in (out / "baselines/isms-1/search/search_index.json").read_text()


def test_an_edition_speaks_of_the_day_of_its_baseline(built: tuple[Repository, Path]) -> None:
    repository, out = built
    data = json.loads((out / "baselines/isms-1/isms.json").read_text())
    assert (data["as_of"], data["commit"]) == ("2026-01-02", repository.git("rev-parse", "isms-1^{commit}"))


def test_the_versions_are_listed_for_the_selector(built: tuple[Repository, Path]) -> None:
    _, out = built
    beside = json.loads((out / "baselines/versions.json").read_text())
    assert [(item["version"], item["title"]) for item in beside] == [
        ("current", "Current"),
        ("isms-2", "isms-2 (2026-01-04)"),
        ("isms-1", "isms-1 (2026-01-02)"),
    ]
    assert [item["version"] for item in json.loads((out / "versions.json").read_text())] == [
        ".",
        "baselines/isms-2",
        "baselines/isms-1",
    ]
    home = (out / "report/index.html").read_text()
    assert '<a href="../baselines/isms-1/index.html" class="md-version__link">isms-1 (2026-01-02)</a>' in home


def test_a_baseline_is_built_once(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(repository, tmp_path / "out")
    first = tree(tmp_path / "out")
    built: list[str] = []
    whole = editions.build_edition
    monkeypatch.setattr(editions, "build_edition", lambda job: (built.append(job.edition.baseline), whole(job)))
    output = build(repository, tmp_path / "out")
    assert "isms-1: built before" in output
    assert built == [""]
    second = tree(tmp_path / "out")
    assert {path for path in first if path.startswith("baselines/") and first[path] != second[path]} <= {"baselines/index.html"}


def test_rebuild_builds_anew_what_is_kept_and_what_is_published(repository: Repository, tmp_path: Path) -> None:
    build(repository, tmp_path / "out")
    (tmp_path / "out/baselines/isms-1/index.html").write_text("spoiled")
    build(repository, tmp_path / "out")
    assert (tmp_path / "out/baselines/isms-1/index.html").read_text() == "spoiled"  # published editions stay where they are
    assert "built before" not in build(repository, tmp_path / "out", "--rebuild")
    assert "Superseded edition." in (tmp_path / "out/baselines/isms-1/index.html").read_text()


def test_a_moved_tag_is_another_baseline(repository: Repository, tmp_path: Path) -> None:
    build(repository, tmp_path / "out")
    repository.git("tag", "-f", "-a", "-m", "First, again", "isms-1", "HEAD", **repository.identity())
    assert "isms-1: built before" not in build(repository, tmp_path / "out")


def differences(one: Path, other: Path) -> list[str]:
    left, right = tree(one), tree(other)
    return sorted(path for path in left.keys() | right.keys() if left.get(path) != right.get(path))


@pytest.mark.parametrize("folder", [".", "company/isms"])
def test_a_build_at_a_tag_equals_a_build_of_its_checkout_byte_for_byte(tmp_path: Path, folder: str) -> None:
    repository = Repository(tmp_path / "repo")
    files = {**MINIMAL, **PAGE, "mkdocs.yml": CONFIG, "evidence/a b.csv": "1,2\n", "policies/picture.svg": "<svg/>"}
    repository.commit("Begin", {f"{folder}/{path}": text for path, text in files.items()})
    repository.commit("Second", {f"{folder}/policies/access.md": policy(text="More.")})
    repository.git("tag", "-a", "-m", "First", "isms-1", **repository.identity())
    repository.commit("Later", {f"{folder}/policies/access.md": policy(text="Even more."), f"{folder}/policies/new.md": policy("POL-09")})
    build(repository, tmp_path / "at", "--at", "isms-1", folder=folder)
    repository.git("clone", "--quiet", "--branch", "isms-1", str(repository.root), str(tmp_path / "clone"))
    checkout = Repository.__new__(Repository)
    checkout.root = tmp_path / "clone"
    build(checkout, tmp_path / "checkout", folder=folder)
    assert differences(tmp_path / "at", tmp_path / "checkout") == []


def test_nothing_is_checked_out_and_nothing_is_written_into_the_repository(repository: Repository, tmp_path: Path) -> None:
    (repository.root / "docs/more.md").write_text("# Not committed\n")
    before = tree(repository.root)
    build(repository, tmp_path / "out")
    assert tree(repository.root) == before
    assert "Not committed" not in (tmp_path / "out/baselines/isms-2/more/index.html").read_text()


def test_a_baseline_of_an_older_schema_still_builds_and_names_what_could_not_be_read(repository: Repository, tmp_path: Path) -> None:
    old = {"registers/people.yml": "- {id: PER-001, name: Anna, shoe_size: 41}\n", "registers/castles.yml": "- {id: CAS-1}\n"}
    repository.commit("As it was once", old)
    repository.git("tag", "-a", "-m", "Old", "isms-0", **repository.identity())
    repository.commit("As it is", {"registers/people.yml": MINIMAL["registers/people.yml"], "registers/castles.yml": None})
    build(repository, tmp_path / "out")
    html = (tmp_path / "out/baselines/isms-0/report/index.html").read_text()
    assert "2 things in it could not be read" in html
    assert "shoe_size" in (tmp_path / "out/baselines/isms-0/diagnostics/index.html").read_text()


@pytest.mark.parametrize(
    "config",
    [CONFIG + "  - no-such-plugin\n", CONFIG.replace("codes:", "no_such_option: 1\n      codes:"), "plugins: [isms]\n", "a: [b\n"],
)
def test_a_baseline_whose_configuration_no_longer_works_gets_the_look_of_today(repository: Repository, tmp_path: Path, config: str) -> None:
    repository.commit("Another configuration", {"mkdocs.yml": config, "docs/then.md": "# Then\n"})
    repository.git("tag", "-a", "-m", "Odd", "isms-odd", **repository.identity())
    repository.commit("Back again", {"mkdocs.yml": CONFIG})
    build(repository, tmp_path / "out")
    assert (tmp_path / "out/baselines/isms-odd/then/index.html").is_file()


def test_a_folder_that_is_no_site_of_ours_is_left_alone(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/letter.txt").write_text("Dear")
    result = isms("site", "--out", tmp_path / "out", directory=repository.root)
    assert (result.exit_code, list(tree(tmp_path / "out"))) == (3, ["letter.txt"])


def test_strict_builds_nothing_while_a_diagnostic_reaches_the_threshold(repository: Repository, tmp_path: Path) -> None:
    repository.write({"policies/access.md": policy(text="Changed.")})
    result = isms("site", "--strict", "--out", tmp_path / "out", directory=repository.root)
    assert (result.exit_code, (tmp_path / "out").exists()) == (1, False)


def test_the_current_edition_speaks_of_the_day_it_is_told(repository: Repository, tmp_path: Path) -> None:
    build(repository, tmp_path / "out", "--as-of", "2026-06-01")
    assert json.loads((tmp_path / "out/isms.json").read_text())["as_of"] == "2026-06-01"
    assert json.loads((tmp_path / "out/baselines/isms-1/isms.json").read_text())["as_of"] == "2026-01-02"


def test_without_baselines_it_is_an_ordinary_site(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repo")
    repository.commit("Begin", {**MINIMAL, **PAGE, "mkdocs.yml": CONFIG})
    build(repository, tmp_path / "out")
    assert not (tmp_path / "out/versions.json").exists()
    assert "no baseline" in (tmp_path / "out/baselines/index.html").read_text().lower()


def create(repository: Repository, *arguments: str) -> Any:
    return isms("baseline", "create", *arguments, directory=repository.root)


@pytest.fixture
def quiet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A repository in which nothing is wrong."""
    for name, value in (("NAME", "Anna Berg"), ("EMAIL", "anna@example.org")):
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", value)
    made = Repository(tmp_path / "quiet")
    made.commit("Begin", {**MINIMAL, "mkdocs.yml": CONFIG.replace("codes:", "as_of: 2026-03-01\n      codes:")})
    return made


def test_a_baseline_is_an_annotated_tag_that_says_what_it_holds(quiet: Repository) -> None:
    assert create(quiet, "2026", "-m", "For the certification audit").exit_code == 0
    text = quiet.git("tag", "--list", "--format=%(contents)", "isms-2026")
    assert "For the certification audit" in text
    assert "Documents: 1 approved, 0 changed since, 0 not approved." in text
    assert "As of 2026-03-01." in text
    assert quiet.git("cat-file", "-t", "isms-2026") == "tag"


def test_the_tag_and_the_list_count_alike(quiet: Repository) -> None:
    risk = "- {id: RSK-001, title: Theft, status: retired}\n- {id: RSK-002, title: Fire, status: draft}\n"
    quiet.commit("Retire a risk", {"registers/risks.yml": risk})
    assert create(quiet, "2026").exit_code == 0
    assert "Controls included: 0. Risks: 1. Evidence: 0." in quiet.git("tag", "--list", "--format=%(contents)", "isms-2026")
    assert "1 risks" in isms("baseline", "list", directory=quiet.root).output


def test_a_baseline_never_moves(quiet: Repository) -> None:
    assert create(quiet, "2026").exit_code == 0
    assert "a baseline never moves" in create(quiet, "isms-2026").output


@pytest.mark.parametrize(
    ("files", "reason"),
    [({"policies/access.md": policy(text="x")}, "not committed: policies/access.md"), ({"registers/new.yml": ""}, "not committed")],
)
def test_what_is_not_committed_is_in_no_baseline(quiet: Repository, files: dict[str, str], reason: str) -> None:
    quiet.write(files)
    assert reason in create(quiet, "2026").output


def test_open_errors_stand_in_the_way_unless_there_is_a_reason(quiet: Repository) -> None:
    quiet.commit("Change it", {"policies/access.md": policy(text="x")})
    assert "1 diagnostics reach the threshold" in create(quiet, "2026").output
    assert create(quiet, "2026", "--force", "The audit is tomorrow.").exit_code == 0
    assert "The audit is tomorrow." in quiet.git("tag", "--list", "--format=%(contents)", "isms-2026")


def test_a_shallow_clone_makes_no_baseline(quiet: Repository, tmp_path: Path) -> None:
    quiet.commit("More", {"docs/a.md": "# A\n"})
    quiet.git("clone", "--quiet", "--depth", "1", f"file://{quiet.root}", str(tmp_path / "shallow"))
    result = isms("baseline", "create", "x", "--force", "because", directory=tmp_path / "shallow")
    assert (result.exit_code, "the clone is shallow" in result.output) == (3, True)


def test_outside_of_git_there_is_no_baseline(tmp_path: Path) -> None:
    root = tmp_path / "plain"
    shutil.copytree(Path(__file__).parents[2] / "isms_plugin/catalogues", root / "policies")
    (root / "registers").mkdir()
    assert isms("baseline", "create", "x", directory=root).exit_code == 3


@pytest.mark.parametrize(
    ("pattern", "name", "expected"), [("isms-*", "2026", "isms-2026"), ("isms-*", "isms-2026", "isms-2026"), ("v*", "1", "v1")]
)
def test_a_name_follows_the_pattern(pattern: str, name: str, expected: str) -> None:
    assert tag_name(pattern, name) == expected


def test_a_name_that_cannot_follow_the_pattern_is_refused() -> None:
    with pytest.raises(IsmsError, match="expects names like isms"):
        tag_name("isms-[0-9]*-*", "x")
