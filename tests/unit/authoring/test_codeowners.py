"""CODEOWNERS as it is written, compared and kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from isms_plugin.analysis.code_owners import CodeOwners, OwnedFile
from isms_plugin.authoring.codeowners import BEGIN, END, block_of, drift, generated, place_of, strangers, with_block
from isms_plugin.errors import IsmsError
from tests.builders import a_person, an_isms

OWNERS = CodeOwners(
    registers=(OwnedFile(path="registers/risks.yml", asked=("@anna",)),),
    documents=(OwnedFile(path="policies/a b#[1].md", asked=("@bodo", "@anna"), approvers=("@bodo",)),),
    rest=("@carla",),
)


def test_the_last_line_that_fits_is_the_most_particular_one() -> None:
    assert block_of(OWNERS, "github").splitlines() == [
        BEGIN, "# Everything else", "* @carla", "# Registers: owners of what they hold", "/registers/risks.yml @anna",
        "# Documents: who may approve, owners", r"/policies/a\ b\#\[1\].md @bodo @anna", END,
    ]  # fmt: skip


def test_gitlab_asks_in_a_section_of_its_own_for_one_who_may_approve() -> None:
    lines = block_of(OWNERS, "gitlab").splitlines()
    assert lines[1] == "[ISMS]"
    assert lines[-3:] == ["[Approval of documents]", r"/policies/a\ b\#\[1\].md @bodo", END]


def test_in_a_folder_of_the_repository_nothing_outside_of_it_is_owned() -> None:
    lines = block_of(OWNERS, "github", "team/isms/").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        "/team/isms/ @carla", "/team/isms/registers/risks.yml @anna", r"/team/isms/policies/a\ b\#\[1\].md @bodo @anna",
    ]  # fmt: skip


def test_lines_of_ones_own_stay_where_they_are() -> None:
    block = block_of(OWNERS, "github")
    assert with_block("", block, "X") == block
    before = f"/src/ @dev\r\n{BEGIN}\nold\n{END}\n/docs/ @writer"
    assert with_block(before, block, "X") == f"/src/ @dev\r\n{block}/docs/ @writer"
    assert with_block(with_block(before, block, "X"), block, "X") == with_block(before, block, "X")
    assert generated(with_block(before, block, "X"), "X") == block


@pytest.mark.parametrize("text", ["* @dev\n", f"{BEGIN}\n", f"{END}\n{BEGIN}\n", f"{BEGIN}\n{END}\n{BEGIN}\n{END}\n"])
def test_a_file_is_never_overwritten_where_it_is_unclear_what_was_generated(text: str) -> None:
    with pytest.raises(IsmsError, match=r"^X: "):
        with_block(text, block_of(OWNERS, "github"), "X")


def test_drift_names_the_lines_and_whose_accounts_no_longer_belong_there() -> None:
    block = block_of(OWNERS, "github")
    written = block.replace("risks.yml @anna", "risks.yml @dora @nobody")
    assert drift(written, block) == ["-/registers/risks.yml @dora @nobody", "+/registers/risks.yml @anna"]
    assert drift(block, block) == []
    isms = an_isms(a_person(id="PER-004", name="Dora Eick", git=["Dora"], active_to="2026-06-30"))
    assert strangers(written, block, isms) == [
        "@dora: PER-004 Dora Eick, who left on 2026-06-30",
        "@nobody: is the account of nobody in the register of people",
    ]


def test_the_file_is_the_one_that_the_platform_reads(tmp_path: Path) -> None:
    assert (place_of(tmp_path, "github"), place_of(tmp_path, "gitlab")) == (".github/CODEOWNERS", ".gitlab/CODEOWNERS")
    (tmp_path / "CODEOWNERS").touch()
    assert (place_of(tmp_path, "github"), place_of(tmp_path, "gitlab")) == ("CODEOWNERS", "CODEOWNERS")
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github/CODEOWNERS").touch()
    assert place_of(tmp_path, "github") == ".github/CODEOWNERS"
