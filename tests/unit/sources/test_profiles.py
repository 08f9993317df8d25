"""Profiles: those of the program, those of the organization, and mistakes in them."""

from __future__ import annotations

import pytest

from isms_plugin.errors import SettingsError
from isms_plugin.model.document import Document
from isms_plugin.model.profile import Profile
from isms_plugin.model.risk import Risk
from isms_plugin.model.settings import Settings
from isms_plugin.sources.profiles import profile_names, profile_of, read_profile
from tests.builders import MemoryTree

VALID = "title: Board\nreaders: The board.\nclassifications: [public]\n"
AT = "profiles/board.yml"
OURS = ("auditor", "customer", "public", "staff")


def read(text: str = VALID, name: str = "board") -> Profile:
    return read_profile(MemoryTree({"profiles/board.yml": text.encode()}), "profiles", name)


@pytest.mark.parametrize("name", OURS)
def test_those_of_the_program_can_be_used(name: str) -> None:
    profile = read_profile(MemoryTree({}), "profiles", name)
    assert (profile.name, bool(profile.title), profile.readers[-1]) == (name, True, ".")
    assert not profile.allows_class("restricted")
    assert set(profile.fields) <= set(profile.registers) or profile.registers == ("all",)


def test_those_for_readers_outside_show_neither_names_nor_commits() -> None:
    for name in ("customer", "public"):
        profile = read_profile(MemoryTree({}), "profiles", name)
        assert (profile.people, profile.commits, profile.evidence_files) == ("roles", "none", False)
        assert set(profile.fields) == set(profile.registers)


def test_those_of_the_organization_are_added_or_take_their_place() -> None:
    tree = MemoryTree({"profiles/board.yml": VALID.encode(), "profiles/public.yml": VALID.encode(), "profiles/notes.txt": b""})
    assert profile_names(tree, "profiles") == ["auditor", "board", "customer", "public", "staff"]
    assert read_profile(tree, "profiles", "public").title == "Board"
    assert read_profile(tree, "profiles", "board").name == "board"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (VALID + "registers: [documents, risk]\n", AT + ":4:24: registers.1: no register is called 'risk', did you mean risks?"),
        (VALID + "registers: riskss\n", AT + ":4:12: registers: no register is called 'riskss', did you mean risks?"),
        (VALID + "fields:\n  risks: [tittle]\n", AT + ":5:11: fields.risks.0: risks have no field 'tittle', did you mean title?"),
        (VALID + "fields:\n  risks: tittle\n", AT + ":5:10: fields.risks: risks have no field 'tittle', did you mean title?"),
        (VALID + "fields:\n  assetss: [title]\n", AT + ":5:12: fields.assetss: no register is called 'assetss', did you mean assets?"),
        (VALID + "fields:\n  people: [title]\n", "fields.people.0: people have no field 'title'"),
        (VALID + "peple: roles\n", AT + ":4:8: peple: a profile has no such field, did you mean people?"),
        (VALID + "people: nobody\n", AT + ":4:9: people: Input should be 'names', 'roles' or 'pseudonyms'"),
        (VALID + "people: role\n", "'names', 'roles' or 'pseudonyms', did you mean roles?"),
        (VALID + "views: [calender]\n", AT + ":4:9: views.0: Input should be"),
        (VALID + "views: [calender]\n", "did you mean calendar?"),
        ("title: [", AT),
        ("- a\n", AT + ":1:1: not a profile"),
    ],
)  # fmt: skip
def test_what_has_no_meaning_is_told_with_its_place(text: str, told: str) -> None:
    with pytest.raises(SettingsError) as error:
        read(text)
    assert told in str(error.value)


def test_every_mistake_is_told() -> None:
    with pytest.raises(SettingsError, match=r"registers\.0: .*; .*fields\.risks\.1: "):
        read(VALID + "registers: [riskz]\nfields:\n  risks: [title, ownr]\n")


def test_registers_of_the_organization_count() -> None:
    tree = MemoryTree({"profiles/board.yml": (VALID + "registers: [documents]\n").encode()})
    assert read_profile(tree, "profiles", "board", (Document,)).registers == ("documents",)
    with pytest.raises(SettingsError, match="no register is called 'documents'"):
        read_profile(tree, "profiles", "board", (Risk,))


def test_there_has_to_be_one() -> None:
    with pytest.raises(SettingsError, match="no profile is called 'bord', did you mean board"):
        read(name="bord")


def test_audiences_count_in_any_case() -> None:
    profile = read(VALID + "audiences: [Board]\n")
    assert profile.allows_audience(("board", "staff"))
    assert not profile.allows_audience(("staff",))


def test_own_registers_may_be_named() -> None:
    kinds = (
        "- register: key-events\n  title: Key event\n  plural: Key events\n  prefix: KEV\n  about: What happened to keys.\n"
        "  fields:\n    - {name: device, title: Device, type: text, description: Which.}\n"
    )
    text = VALID + "registers: [key-events]\nfields:\n  key-events: [title, device]\n"
    tree = MemoryTree({"registers/kinds.yml": kinds.encode(), "profiles/board.yml": text.encode()})
    assert profile_of(tree, Settings(), "board").fields == {"key-events": ("title", "device")}
    with pytest.raises(SettingsError, match="key-events"):
        read_profile(tree, "profiles", "board")
