"""Which commits changed which entry: those in which its data changed, not all that touched its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from isms_plugin.errors import SourceError
from isms_plugin.model.isms import KINDS
from isms_plugin.model.settings import Settings
from isms_plugin.sources.cache import Cache
from isms_plugin.sources.entry_difference import Differences, items
from isms_plugin.sources.entry_history import entry_commits, uncommitted_entries
from isms_plugin.sources.git_history import read_history
from isms_plugin.sources.workspace import Workspace, open_snapshot
from tests.repository import BODO, MINIMAL, Repository, policy
from tests.unit.sources.test_states import counted_git, started

RISK = "- id: RSK-{n}\n  title: {title}\n  controls: [A.5.1]\n"


def risks(*titles: str) -> str:
    return "".join(RISK.format(n=number, title=title) for number, title in enumerate(titles, start=1))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (b"- id: A-1\n  x: 1\n- id: A-2\n", [b"- id: A-1\n  x: 1\n", b"- id: A-2\n"]),
        (b"# risks\n---\n\n  - id: A-1\n    links:\n    - B-1\n  - id: A-2", [b"  - id: A-1\n    links:\n    - B-1\n", b"  - id: A-2\n"]),
        (b"\xef\xbb\xbf- id: A-1\r\n- id: A-2\r\n", [b"\xef\xbb\xbf- id: A-1\r\n- id: A-2\r\n"]),
        (b"-\n  id: A-1\n-\n  id: A-2\n", [b"-\n  id: A-1\n", b"-\n  id: A-2\n"]),
        (b"id: A-1\nlinks:\n- B-1\n- B-2\n", [b"id: A-1\nlinks:\n- B-1\n- B-2\n"]),
        (b"[{id: A-1}]\n", [b"[{id: A-1}]\n"]),
        (b"", [b""]),
    ],
)
def test_a_list_is_taken_apart_into_its_items_and_nothing_else_is(text: bytes, parts: list[bytes]) -> None:
    assert list(items("registers/risks.yml", text)) == parts


def test_markdown_stays_whole() -> None:
    assert items("policies/a.md", b"- one\n- two\n") == (b"- one\n- two\n",)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repo")
    made.commit("first", {**MINIMAL, "registers/risks.yml": risks("One", "Two", "Three")})
    return made


def made_by(repository: Repository, old: str = "main~1", new: str = "main", folder: str = "", **options: object) -> dict[str, list[str]]:
    workspace = Workspace(root=repository.root / folder, **options)  # type: ignore[arg-type]
    names = [repository.git("rev-parse", name) for name in (old, new)]
    return {key: [revision.summary for revision in found] for key, found in entry_commits(workspace, *names).items()}


def test_only_the_entries_whose_data_changed_are_named(repository: Repository) -> None:
    start = repository.git("rev-parse", "HEAD")
    repository.commit("second", {"registers/risks.yml": risks("One", "Zwei", "Three")}, BODO)
    repository.commit("third", {"registers/risks.yml": risks("One", "Zwo", "Three", "Four")})
    repository.commit("fourth", {"registers/risks.yml": risks("One", "Zwo")})
    assert made_by(repository, start) == {"RSK-2": ["third", "second"], "RSK-4": ["fourth", "third"], "RSK-3": ["fourth"]}


@pytest.mark.parametrize(
    "text",
    [
        "# a comment\n\n" + risks("One", "Two", "Three").replace("- id: RSK-2", "\n# another\n- id: RSK-2"),
        risks("One", "Two", "Three").replace("title: Two", "title: 'Two'  # quoted"),
        risks("One", "Two", "Three").replace("  controls: [A.5.1]\n", "  controls:\n  - A.5.1\n"),
        "".join(RISK.format(n=number, title=title) for number, title in ((3, "Three"), (1, "One"), (2, "Two"))),
        risks("One", "Two", "Three").replace("\n", "\r\n"),
        risks("One", "Two", "Three").replace("  title: Two\n", "  title: Two\n  owner:\n"),
        risks("One", "Two", "Three").replace("  title: Two\n", "  title: Two\n  impact: 4\n"),
    ],
)
def test_what_says_the_same_is_no_change(repository: Repository, text: str) -> None:
    repository.commit("reformat", {"registers/risks.yml": text})
    assert made_by(repository) == {}


def test_an_entry_that_moves_to_another_file_did_not_change(repository: Repository) -> None:
    moved = "id: RSK-2\ntitle: Two\ncontrols: [A.5.1]\n"
    rest = risks("One", "Two", "Three").replace(RISK.format(n=2, title="Two"), "")
    repository.commit("move", {"registers/risks.yml": rest, "registers/risks/RSK-2.yml": moved})
    assert made_by(repository) == {}
    note = "---\nid: RSK-2\ntitle: Two\ncontrols: [A.5.1]\n---\nIt happens.\n"
    repository.commit("as Markdown", {"registers/risks/RSK-2.yml": None, "registers/risks/RSK-2.md": note})
    assert made_by(repository) == {"RSK-2": ["as Markdown"]}, "it has a scenario now"


def test_a_document_changes_with_its_text_and_its_control_data(repository: Repository) -> None:
    start = repository.git("rev-parse", "HEAD")
    repository.commit("words", {"policies/access.md": policy(text="More.")})
    repository.commit("lines", {"policies/access.md": policy(text="More.").replace("Sentence 1 of", "Sentence\n1 of")})
    repository.commit("owner", {"policies/access.md": policy(text="More.").replace("owner: PER-001", "owner: PER-002")})
    repository.move("policies/access.md", "policies/it/access.md")
    repository.commit("move")
    assert made_by(repository, start) == {"POL-01": ["owner", "words"]}


def test_rows_without_an_id_of_their_own_go_by_their_key(repository: Repository) -> None:
    repository.commit("decide", {"registers/soa.yml": "- control: A.5.1\n  decision: included\n"})
    assert made_by(repository) == {"SOA-A.5.1": ["decide"]}


def test_what_lies_outside_of_the_isms_does_not_count(repository: Repository) -> None:
    repository.commit("elsewhere", {"other/registers/risks.yml": risks("Other"), "evidence/x.yml": "- id: EVD-1\n", "mkdocs.yml": "a: b\n"})
    assert made_by(repository) == {}


def test_an_isms_in_a_folder_is_told_from_others(repository: Repository) -> None:
    repository.commit("two", {"a/registers/risks.yml": risks("A"), "b/registers/risks.yml": risks("B")})
    repository.commit("b", {"b/registers/risks.yml": risks("C")})
    assert made_by(repository, "main~2", folder="a") == {"RSK-1": ["two"]}
    assert made_by(repository, "main~2", folder="b") == {"RSK-1": ["b", "two"]}


def test_documents_may_lie_everywhere(repository: Repository) -> None:
    repository.commit("words", {"policies/access.md": policy(text="More."), "top.md": policy("POL-09")})
    assert made_by(repository, settings=Settings(policies=".")) == {"POL-01": ["words"], "POL-09": ["words"]}


def test_a_merge_made_what_differs_from_both_its_parents(repository: Repository) -> None:
    start = repository.git("rev-parse", "HEAD")
    repository.git("checkout", "-q", "-b", "side")
    repository.commit("side", {"registers/risks.yml": risks("Eins", "Two", "Three")}, BODO)
    repository.git("checkout", "-q", "main")
    repository.commit("main", {"registers/risks.yml": risks("One", "Two", "Three", "Four", "Five")})
    repository.merge("side", "merge", {"registers/risks.yml": risks("Eins", "Two", "Drei", "Four", "Five")})
    assert made_by(repository, start) == {"RSK-1": ["side"], "RSK-3": ["merge"], "RSK-4": ["main"], "RSK-5": ["main"]}


def test_people_of_one_name_are_told_apart(repository: Repository) -> None:
    repository.commit("one", {"registers/risks.yml": risks("Eins")}, "Bodo Kern <bodo@example.org>")
    repository.commit("two", {"registers/risks.yml": risks("Uno")}, "Bodo Kern <other@example.org>")
    workspace = Workspace(root=repository.root)
    found = entry_commits(workspace, *(repository.git("rev-parse", name) for name in ("main~2", "main")))
    assert [revision.author for revision in found["RSK-1"]] == ["Bodo Kern <other@example.org>", "Bodo Kern <bodo@example.org>"]
    (repository.root / ".mailmap").write_text("Bodo Kern <bodo@example.org> <other@example.org>\n")
    found = entry_commits(workspace, *(repository.git("rev-parse", name) for name in ("main~2", "main")))
    assert [revision.author for revision in found["RSK-1"]] == ["Bodo Kern", "Bodo Kern"]


def test_a_register_that_cannot_be_read_in_between_loses_nothing_else(repository: Repository) -> None:
    start = repository.git("rev-parse", "HEAD")
    repository.commit("broken", {"registers/risks.yml": risks("Eins", "Two", "Three").replace("title: Two", "title: [Two")})
    repository.commit("mended", {"registers/risks.yml": risks("Eins", "Two", "Three")})
    found = made_by(repository, start)
    assert found["RSK-1"] == ["broken"]
    assert found.keys() <= {"RSK-1", "RSK-2"}


def test_what_was_found_is_kept_for_the_pair(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit("second", {"registers/risks.yml": risks("Eins")})
    workspace = Workspace(root=repository.root, cache=Cache(tmp_path / "cache"))
    names = [repository.git("rev-parse", name) for name in ("main~1", "main")]
    first = entry_commits(workspace, *names)
    monkeypatch.setenv("PATH", "")
    assert entry_commits(workspace, *names) == first
    assert first.keys() == {"RSK-1", "RSK-2", "RSK-3"}


def test_the_number_of_git_processes_does_not_grow(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start = repository.git("rev-parse", "HEAD")
    for number in range(20):
        repository.commit(f"{number}", {"registers/risks.yml": risks(*(f"T{number + other}" for other in range(9)))})
    end = repository.git("rev-parse", "HEAD")
    log = counted_git(tmp_path, monkeypatch)
    assert len(entry_commits(Workspace(root=repository.root), start, end)["RSK-5"]) == 20
    assert len(started(log)) == 2


def test_other_object_formats_are_read(tmp_path: Path) -> None:
    made = Repository(tmp_path / "other", "--object-format=sha256")
    made.commit("first", {**MINIMAL, "registers/risks.yml": risks("One")})
    made.commit("second", {"registers/risks.yml": risks("Eins")})
    assert made_by(made) == {"RSK-1": ["second"]}
    made.write({"registers/risks.yml": risks("Uno")})
    assert uncommitted(made) == {"RSK-1"}


def test_a_file_with_a_space_in_its_name_is_found(repository: Repository) -> None:
    repository.write({"policies/a new one.md": policy("POL-02")})
    assert uncommitted(repository) == {"POL-02"}


def test_a_link_is_no_file_of_the_isms(repository: Repository) -> None:
    (repository.root / "registers/link.yml").symlink_to("risks.yml")
    repository.commit("link")
    assert made_by(repository) == {}


def test_without_git_there_is_nothing_to_tell(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="this is no git repository, so nothing tells who changed what"):
        entry_commits(Workspace(root=tmp_path), "a" * 40, "b" * 40)


def test_commits_that_are_not_there_are_an_error(repository: Repository) -> None:
    with pytest.raises(SourceError, match="git cannot tell the commits from aaaaaaaaaa to bbbbbbbbbb"):
        entry_commits(Workspace(root=repository.root), "a" * 40, "b" * 40)


def uncommitted(repository: Repository) -> frozenset[str]:
    workspace = Workspace(root=repository.root)
    history = read_history(repository.root, ["registers/risks.yml"], folders=("policies", "registers"))
    return uncommitted_entries(workspace, open_snapshot(workspace), history)


def test_entries_that_differ_from_the_last_commit_are_found(repository: Repository) -> None:
    assert uncommitted(repository) == set()
    repository.write({"registers/risks.yml": risks("One", "Zwei"), "policies/new.md": policy("POL-02"), "registers/roles.yml": None})
    assert uncommitted(repository) == {"RSK-2", "RSK-3", "POL-02", "ROL-001"}
    repository.write({"registers/risks.yml": "# only a comment\n" + risks("One", "Two", "Three")})
    assert uncommitted(repository) == {"POL-02", "ROL-001"}


def test_differences_name_the_path_where_an_entry_stands_now() -> None:
    differences = Differences(("policies", "registers", "evidence", "docs"), KINDS)
    before = {"registers/risks.yml": items("registers/risks.yml", risks("One", "Two").encode())}
    after = {"registers/risks/a.yml": (b"id: RSK-1\ntitle: Eins\n",)}
    assert differences.between(before, after) == {"RSK-1": "registers/risks/a.yml", "RSK-2": "registers/risks.yml"}
