"""Changes of an entry: held against its declaration and the other entries first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from isms_plugin.authoring.entry_change import changed_file, writable_entry
from isms_plugin.authoring.field_path import read_words
from isms_plugin.errors import IsmsError
from isms_plugin.sources.workspace import Sources
from tests.repository import PEOPLE, policy

FILES = {
    "registers/people.yml": PEOPLE,
    "registers/risks.yml": "# head\n- id: RSK-1\n  title: Old  # why\n  owner: PER-001\n  likelihood: x\n- id: RSK-2\n  status: retired\n",
    "registers/incidents/INC-1.md": "---\nid: INC-1\ntitle: Mail\n---\nWhat happened.\n",
    "registers/actions/ACT-1.yml": "id: ACT-1\ntitle: Do it\n",
    "policies/access.md": policy().replace("\n", "\r\n"),
}  # fmt: skip


@pytest.fixture
def change(read: Callable[..., Sources]) -> Callable[..., str]:
    def changed(name: str, *words: str, **files: str) -> str:
        sources = read({**FILES, **{f"registers/{key}.yml": text for key, text in files.items()}})
        entry = writable_entry(sources.isms, name)
        return changed_file(sources.isms, sources.snapshot, entry, list(read_words(type(entry), words))).decode()

    return changed


@pytest.mark.parametrize(
    ("name", "words", "path", "old", "new"),
    [
        ("RSK-1", ("title", "New"), "registers/risks.yml", "Old", "New"),
        ("RSK-1", ("likelihood=3",), "registers/risks.yml", "likelihood: x", "likelihood: 3"),
        ("RSK-1", ("owner", "PER-002"), "registers/risks.yml", "PER-001", "PER-002"),
        ("INC-1", ("title", "Post"), "registers/incidents/INC-1.md", "Mail", "Post"),
        ("ACT-1", ("status", "draft"), "registers/actions/ACT-1.yml", "Do it\n", "Do it\nstatus: draft\n"),
        ("POL-01", ("version", "1.1"), "policies/access.md", '"1.0"', '"1.1"'),
    ],
)
def test_one_field_changes_and_nothing_else(
    change: Callable[..., str], name: str, words: tuple[str, ...], path: str, old: str, new: str
) -> None:
    assert FILES[path].count(old) == 1
    assert change(name, *words) == FILES[path].replace(old, new)


@pytest.mark.parametrize(
    ("name", "words", "told"),
    [
        ("RSK-1", ("consequence", "high"), "RSK-1: consequence: should be a whole number, not 'high'\n +consequence is a whole number"),
        ("RSK-1", ("treatment", "x"), "should be 'modification', .* not 'x'\n +treatment is one of modification"),
        ("RSK-1", ("owner", "PER-9"), "RSK-1: owner: PER-9 does not exist; .*\n +owner is the id of a person"),
        ("RSK-1", ("owner", "RSK-2"), "owner: RSK-2 is a risk, not a person"),
        ("RSK-1", ("links", "RSK-2"), "RSK-2 is retired"),
        ("RSK-1", ("scenario", "see [RSK-7]"), "scenario: RSK-7 does not exist"),
        ("RSK-1", ("owner", "PER-002", "consequence", "x"), "consequence: should be"),
        ("RSK-1", ("id", "RSK-9"), "id makes the id; `isms rename RSK-1 NEW`"),
        ("INC-1", ("description", "x"), r"its description is the text below the front matter of registers/incidents/INC-1\.md"),
        ("RSK-3", ("title", "x"), "RSK-3: no such entry; did you mean RSK-"),
        ("A.5.1", ("title", "x"), "A.5.1: comes with the program"),
    ],
)
def test_what_would_be_wrong_is_refused(change: Callable[..., str], name: str, words: tuple[str, ...], told: str) -> None:
    with pytest.raises(IsmsError, match=told):
        change(name, *words)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_marks_of_byte_order_and_line_ends_stay(change: Callable[..., str], ends: str) -> None:
    text = f"\ufeff{FILES['registers/actions/ACT-1.yml']}".replace("\n", ends)
    assert change("ACT-9", "title", "x", actions=text.replace("ACT-1", "ACT-9")) == text.replace("ACT-1", "ACT-9").replace("Do it", "x")


def test_an_id_that_stands_twice_is_refused_with_both_places(change: Callable[..., str]) -> None:
    with pytest.raises(IsmsError, match=r"ACT-1: stands at registers/actions\.yml:1, registers/actions/ACT-1\.yml:1; give"):
        change("ACT-1", "title", "x", actions="- id: ACT-1\n  title: Other\n")


def test_anchors_are_refused_with_their_line(change: Callable[..., str]) -> None:
    with pytest.raises(IsmsError, match=r"ACT-2: registers/actions\.yml: line 2: anchor &a is not used in registers"):
        change("ACT-2", "title", "x", actions="- id: ACT-2\n  title: &a Other\n")


def test_a_row_that_goes_by_a_field_keeps_it(change: Callable[..., str]) -> None:
    soa = "- control: A.5.1\n  decision: included\n  reason: x\n"
    with pytest.raises(IsmsError, match=r"SOA-A\.5\.1: goes by its control, which stays"):
        change("SOA-A.5.1", "control", "A.5.2", soa=soa)
    assert change("SOA-A.5.1", "status", "draft", soa=soa) == soa + "  status: draft\n"
