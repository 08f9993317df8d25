"""Each file in `impact_cases/` changes the ISMS in `minimal/` on a branch; the comment that reviewers get stands beside it, as `NAME.md`.

`rule` says what is shown; `files` by path and `edits` by path, pairs of old and new text, are the change; `main` are edits that the
branch it is meant for got in the meantime; `review` is a link, source and target, that somebody looked at in the change.

`ISMS_GOLDEN=write pytest tests/test_impact_cases.py` writes the comments anew; read the difference before you commit it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from isms_plugin.adapters.change_impact import change_impact
from isms_plugin.analysis.impact.impact import Impact
from isms_plugin.authoring.link_review import Look, ledger_files, link_reviews
from isms_plugin.build import build_facts
from isms_plugin.export.impact_data import impact_json
from isms_plugin.render.comment import LIMIT
from isms_plugin.render.impact_comment import impact_comment
from isms_plugin.sources.workspace import find_workspace
from tests.builders import TODAY
from tests.test_audit_cases import MINIMAL, committed, edited, git, written

HERE: Final = Path(__file__).parent / "impact_cases"
CASES: Final = {path.stem: yaml.load(path.read_bytes(), yaml.BaseLoader) for path in sorted(HERE.glob("*.yml"))}


def changed(root: Path, case: dict[str, Any]) -> Impact:
    """Make a repository in which the change of a case waits on a branch, and work out what it means."""
    committed(root, {})
    git(root, "switch", "--quiet", "--create", "change")
    written(root, edited(MINIMAL | case.get("files", {}), case.get("edits", {})))
    if "review" in case:
        source, target = case["review"]
        build = build_facts(find_workspace(root), TODAY)
        look = Look(target=target, person="PER-002", reviewed_on=TODAY, reason="The level stays.")
        found = ledger_files(link_reviews(build.facts, [source], look), build.sources.snapshot, "registers")
        written(root, {path: data.decode() for path, data in found.items()})
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "The change")
    git(root, "switch", "--quiet", "main")
    if "main" in case:
        written(root, edited(MINIMAL, case["main"]))
        git(root, "commit", "--quiet", "--all", "-m", "Meanwhile")
    return change_impact(find_workspace(root), "main", "change", None)


def told(found: Impact) -> str:
    """Return the comment without the name of the commit, which is another one whenever `minimal/` changes."""
    return re.sub(r"\([0-9a-f]{10}\)", "(COMMIT)", impact_comment(found))


@pytest.mark.parametrize("name", CASES)
def test_the_comment_is_the_one_that_was_agreed(name: str, tmp_path: Path) -> None:
    golden = HERE / f"{name}.md"
    comment = told(changed(tmp_path, CASES[name]))
    if os.environ.get("ISMS_GOLDEN") == "write":
        golden.write_text(comment, encoding="utf-8")
    assert comment == golden.read_text(encoding="utf-8")


def test_the_same_change_gives_the_same_answer(tmp_path: Path) -> None:
    first, second = (changed(tmp_path / name, CASES["soa-row"]) for name in ("one", "two"))
    assert (impact_comment(first), impact_json(first)) == (impact_comment(second), impact_json(second))


def test_uncommitted_work_counts_without_a_second_side(tmp_path: Path) -> None:
    committed(tmp_path, {})
    written(
        tmp_path, edited(MINIMAL, CASES["soa-row"]["edits"]) | {"policies/new.md": CASES["new-document"]["files"]["policies/travel.md"]}
    )
    found = change_impact(find_workspace(tmp_path), "HEAD", "", None)
    assert found.compared.files == ("policies/new.md", "registers/soa.yml")
    assert [item.id for item in found.documents] == ["PRC-01"]
    assert {link.source for link in found.suspects} >= {"RSK-002"}


def test_nothing_that_a_branch_configures_is_run(tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    evil = f"!!python/object/apply:os.system ['touch {ran}']"
    configuration = MINIMAL["mkdocs.yml"] + f"hooks: [evil.py]\nextra: {evil}\n"
    found = changed(tmp_path / "repository", {"files": {"mkdocs.yml": configuration, "evil.py": f"open({str(ran)!r}, 'w')"}})
    git(tmp_path / "repository", "switch", "--quiet", "change")
    again = change_impact(find_workspace(tmp_path / "repository"), "main", "change", None)
    assert impact_comment(found) == impact_comment(again)
    assert not ran.exists()


def test_a_large_change_is_cut_and_says_what_was_left_out(tmp_path: Path) -> None:
    body = "".join(f"# Heading {number}\n\n{'word ' * 60}{number}\n\n" for number in range(60))
    files = {
        f"policies/large-{number}.md": f"---\nid: PRC-{number:02}\ntitle: Large\nstatus: draft\nversion: '1'\n---\n{body}"
        for number in range(40)
    }
    comment = impact_comment(changed(tmp_path, {"files": files}))
    assert len(comment) <= LIMIT
    assert "**Left out**, since a comment holds 60,000 letters: " in comment
    assert re.search(r"\d+ lines on PRC-\d\d, .* and more in \d+ further parts", comment)
    assert "<details><summary>PRC-39 Large: new, 3781 words added, 0 removed</summary>" in comment
    assert comment.count("<details>") == comment.count("</details>")


@pytest.mark.parametrize("name", CASES)
def test_a_case_tells_its_rule_and_nothing_that_is_not_read(name: str) -> None:
    assert {"rule"} <= CASES[name].keys() <= {"rule", "files", "edits", "main", "review"}


def test_every_comment_has_its_case() -> None:
    assert {path.stem for path in HERE.glob("*.md")} == CASES.keys()
