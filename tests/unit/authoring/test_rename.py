"""Another id for an entry: everything that refers to it follows, and what should not be touched speaks against it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from isms_plugin.authoring.rename import Rename, rename
from isms_plugin.build import Build, build_facts
from isms_plugin.errors import IsmsError
from isms_plugin.sources.workspace import Workspace
from tests.builders import TODAY
from tests.repository import MINIMAL, RECORD, approval, policy

TEXT = "See [RSK-1], `[RSK-1]`, RSK-1 and [RSK-12]."
DRAFT = policy("POL-02", title="Other policy", text=TEXT).replace("status: approved", "status: draft")
FILES = MINIMAL | {
    "registers/risks/RSK-1.yml": "# RSK-1\nid: RSK-1\ntitle: Theft\nowner: PER-001\nlinks: [RSK-12]\n",
    "registers/risks/RSK-12.yml": "id: RSK-12\ntitle: Loss\nlinks: [RSK-1] # same place\nnote: As [RSK-1].\n",
    "policies/other.md": DRAFT,
    "docs/index.md": "# Start\n\n[RSK-1] and [its file](../registers/risks/RSK-1.yml)\n",
}
ACCEPTED = {"registers/assets.yml": "- id: AST-1\n  title: Laptops\n", "policies/access.md": policy(text="See [AST-1].")}


@pytest.fixture
def build(workspace: Callable[..., Workspace]) -> Callable[..., Build]:
    def made(**files: str) -> Build:
        return build_facts(workspace(FILES | files), TODAY)

    return made


def texts(made: Rename) -> dict[str, str]:
    return {path: data.decode() for path, data in made.files.items()}


def test_fields_texts_and_pages_follow_and_nothing_else(build: Callable[..., Build]) -> None:
    made = rename(build(), "RSK-1", "RSK-20", ())
    assert texts(made) == {
        "registers/risks/RSK-1.yml": "# RSK-1\nid: RSK-20\ntitle: Theft\nowner: PER-001\nlinks: [RSK-12]\n",
        "registers/risks/RSK-12.yml": "id: RSK-12\ntitle: Loss\nlinks: [RSK-20] # same place\nnote: As [RSK-20].\n",
        "policies/other.md": DRAFT.replace("See [RSK-1]", "See [RSK-20]"),
        "docs/index.md": "# Start\n\n[RSK-20] and [its file](../registers/risks/RSK-1.yml)\n",
    }
    assert made.places == {"registers/risks/RSK-1.yml": 1, "registers/risks/RSK-12.yml": 2, "policies/other.md": 1, "docs/index.md": 1}
    assert made.movable == ("registers/risks/RSK-1.yml",)
    assert made.reasons == ()
    assert made.left == ("docs/index.md:3", "policies/other.md:26", "registers/risks/RSK-1.yml:1")


def test_files_named_after_it_move_only_when_asked(build: Callable[..., Build]) -> None:
    made = rename(build(), "RSK-1", "RSK-20", (), move=True)
    assert made.name.moved == {"registers/risks/RSK-1.yml": "registers/risks/RSK-20.yml"}
    assert texts(made)["registers/risks/RSK-20.yml"].startswith("# RSK-1\nid: RSK-20\n")
    assert texts(made)["docs/index.md"].endswith("[its file](../registers/risks/RSK-20.yml)\n")
    assert "registers/risks/RSK-1.yml" not in made.files
    there = {"registers/risks/RSK-20.yml": "[]\n"}
    with pytest.raises(IsmsError, match=r"registers/risks/RSK-20\.yml: is there already"):
        rename(build(**there), "RSK-1", "RSK-20", (), move=True)


def test_the_file_of_evidence_moves_with_it(build: Callable[..., Build]) -> None:
    row = "- id: EVD-1\n  title: Log\n  at: evidence/EVD-1-log.txt\n"
    made = rename(build(**{"registers/evidence.yml": row, "evidence/EVD-1-log.txt": "x\n"}), "EVD-1", "EVD-2", (), move=True)
    assert texts(made) == {"registers/evidence.yml": row.replace("EVD-1", "EVD-2"), "evidence/EVD-2-log.txt": "x\n"}


def test_a_text_that_was_approved_speaks_against_it(build: Callable[..., Build]) -> None:
    made = rename(build(**ACCEPTED, **{RECORD: approval(ACCEPTED["policies/access.md"])}), "AST-1", "AST-2", ())
    assert len(made.reasons) == 1
    assert "POL-01: the text is not the one that was approved" in made.reasons[0]
    assert made.reasons[0].startswith("policies/access.md:")


def test_records_that_name_it_speak_against_it(build: Callable[..., Build]) -> None:
    made = rename(build(), "POL-01", "POL-09", ())
    assert made.reasons[0] == "records of what was name it and would be rewritten: APR-POL-01-1.0"
    assert made.places == {"policies/access.md": 1, "registers/approvals/POL-01-1.0.yml": 1}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("RSK-1", "RSK-12", "RSK-12: RSK-12 is taken"),
        ("RSK-1", "rsk-12", "rsk-12: RSK-12 is taken"),
        ("RSK-1", "RSK-77", "RSK-77: RSK-77 is taken, here, on another branch"),
        ("RSK-1", "RSK-1", "is its id already"),
        ("RSK-1", "A.5.1", "A.5.1 is taken"),
        ("RSK-1", "RSK", "RSK: is no id"),
        ("RSK-9", "RSK-10", "RSK-9: no such entry"),
        ("A.5.1", "A.9.1", "comes with the program"),
        ("SOA-A.5.1", "SOA-1", "goes by its control"),
        ("policies/plain.md", "POL-7", "has no id yet; write `id: POL-001`"),
    ],
)
def test_what_cannot_be_renamed_is_refused(build: Callable[..., Build], old: str, new: str, told: str) -> None:
    more = {"registers/soa.yml": "- control: A.5.1\n  decision: included\n  reason: x\n", "policies/plain.md": "# Plain\n"}
    with pytest.raises(IsmsError, match=told):
        rename(build(**more), old, new, {"RSK-77"})


def test_one_file_that_cannot_be_changed_stops_all(build: Callable[..., Build]) -> None:
    more = {"registers/risks/RSK-13.yml": "id: RSK-13\ntitle: &a Loss\nlinks: [RSK-1]\n"}
    with pytest.raises(IsmsError, match=r"registers/risks/RSK-13\.yml: line 2: anchor"):
        rename(build(**more), "RSK-1", "RSK-20", ())
