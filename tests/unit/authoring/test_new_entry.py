"""New entries: the next free id, what is known filled in, what will be needed with its meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from isms_plugin.authoring.new_document import DOCUMENT_KINDS, begin_document
from isms_plugin.authoring.new_entry import WRITTEN_ELSEWHERE, Begun, Wish, begin, form_lines, prefix_in_use
from isms_plugin.authoring.new_place import Written, file_name_of, write_entry
from isms_plugin.build import Build, build_facts
from isms_plugin.errors import IsmsError
from isms_plugin.model.asset import Asset
from isms_plugin.model.control import ControlDecision
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.fields import field_map
from isms_plugin.model.incident import Incident
from isms_plugin.model.isms import KINDS
from isms_plugin.model.organization import Site
from isms_plugin.model.people import Person
from isms_plugin.model.risk import Risk
from isms_plugin.sources.workspace import Workspace
from isms_plugin.sources.yaml_reader import read_yaml
from tests.builders import TODAY
from tests.repository import MINIMAL

FILES = MINIMAL | {
    "registers/risks.yml": "# Risks\n- id: R-07\n  title: Theft\n  owner: PER-001\n  # the end\n",
    "registers/assets/AST-1.yml": "id: AST-1\ntitle: Laptops\n",
    "registers/incidents/INC-2026-003.md": "---\nid: INC-2026-003\ntitle: Mail\nstatus: draft\n---\nText.\n",
}


@pytest.fixture
def build(workspace: Callable[..., Workspace]) -> Callable[..., Build]:
    def made(files: Mapping[str, str] = FILES) -> Build:
        return build_facts(workspace(files), TODAY)

    return made


def begun(build: Build, kind: type[Entry], *taken: str, title: str = "New", path: str = "", **fields: str) -> tuple[Begun, Written]:
    wish = Wish(title=title, assignments=tuple(f"{key}={value}" for key, value in fields.items()), names=("Anna Berg",))
    made = begin(build.facts, kind, wish, taken)
    lines = form_lines(kind, made.values)
    return made, write_entry(build.facts, build.sources.snapshot, kind, made.id, lines, path)


def test_an_entry_is_put_behind_the_others_with_all_that_will_be_needed(build: Callable[..., Build]) -> None:
    made, written = begun(build(), Risk, "R-08", "R-12", "RSK-099", title="Fire: smoke", likelihood="3", assets="AST-1")
    assert (made.id, made.missing, written.path, written.line) == ("R-13", (), "registers/risks.yml", 6)
    assert written.content.decode() == FILES["registers/risks.yml"] + (
        "- id: R-13\n"
        '  title: "Fire: smoke"\n'
        "  owner: PER-001\n"
        "  status: draft\n"
        "  created: 2026-11-24\n"
        f"  scenario:  # {field_map(Risk)['scenario'].description}\n"
        "  assets: [AST-1]\n"
        f"  method_version:  # {field_map(Risk)['method_version'].description}\n"
        "  likelihood: 3\n"
        f"  consequence:  # {field_map(Risk)['consequence'].description}\n"
        f"  treatment:  # {field_map(Risk)['treatment'].description} One of: modification, avoidance, sharing, retention.\n"
        f"  residual_likelihood:  # {field_map(Risk)['residual_likelihood'].description}\n"
        f"  residual_consequence:  # {field_map(Risk)['residual_consequence'].description}\n"
        f"  assessed_on:  # {field_map(Risk)['assessed_on'].description}\n"
    )


def test_a_register_of_files_gets_a_file_in_the_form_of_the_last_one(build: Callable[..., Build]) -> None:
    made, written = begun(build(), Asset)
    assert (made.id, written.path, written.line) == ("AST-2", "registers/assets/AST-2.yml", 1)
    assert written.content.startswith(b"id: AST-2\ntitle: New\n")
    made, written = begun(build(), Incident)
    assert (made.id, written.path, written.line) == ("INC-2026-004", "registers/incidents/INC-2026-004.md", 2)
    assert written.content.startswith(b"---\nid: INC-2026-004\n")
    assert written.content.endswith(b"\n---\n")


def test_a_register_without_entries_begins_as_a_list(build: Callable[..., Build]) -> None:
    made, written = begun(build(), Site)
    assert (made.id, written.path) == ("SIT-001", "registers/sites.yml")
    assert written.content.startswith(b"- id: SIT-001\n  title: New\n")


@pytest.mark.parametrize("text", ["[]\n", "# none yet\n[]\n", "# none yet\n", ""])
def test_an_empty_register_is_filled(build: Callable[..., Build], text: str) -> None:
    made, written = begun(build(FILES | {"registers/sites.yml": text}), Site)
    assert read_yaml(written.content.decode()).value[0]["id"] == made.id
    assert written.content.startswith(b"# none yet\n" if text.startswith("#") else b"- id")


def test_a_row_that_goes_by_a_field_needs_it_and_gets_no_id(build: Callable[..., Build]) -> None:
    made, written = begun(build(), ControlDecision, title="", control="A.5.1")
    assert made.id == "SOA-A.5.1"
    assert b"id:" not in written.content
    with pytest.raises(IsmsError, match="goes by its control; say which with --set control="):
        begun(build(), ControlDecision, title="")
    again = FILES | {"registers/soa.yml": "- control: A.5.1\n  decision: included\n  reason: x\n"}
    with pytest.raises(IsmsError, match=r"control A\.5\.1: is at registers/soa\.yml:1 already"):
        begun(build(again), ControlDecision, title="", control="A.5.1")


def test_a_title_goes_by_its_key_and_what_even_a_draft_needs_is_told(build: Callable[..., Build]) -> None:
    assert begun(build(), Person, title="Carla Diaz")[0].values["name"] == "Carla Diaz"
    assert begun(build(), Evidence, title="")[0].missing == ("title", "for")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"owner": "PER-9"}, "R-08: owner: PER-9 does not exist"),
        ({"likelihood": "often"}, "likelihood: should be a whole number"),
        ({"nothing": "x"}, "nothing: a risk has no such field"),
        ({"id": "R-1"}, "id: the next free one is taken"),
    ],
)
def test_values_are_held_against_the_declaration(build: Callable[..., Build], fields: dict[str, str], told: str) -> None:
    with pytest.raises(IsmsError, match=told):
        begun(build(), Risk, **fields)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("registers/assets.yml", r"is not read as this register; name registers/risks\.yml, or a file in registers/risks/"),
        ("registers/risks/a.txt", "a register is YAML, or Markdown"),
        ("../risks.yml", "leaves the repository"),
    ],
)
def test_another_file_has_to_belong_to_the_register(build: Callable[..., Build], path: str, told: str) -> None:
    with pytest.raises(IsmsError, match=told):
        begun(build(), Risk, path=path)


def test_another_file_may_be_a_list_or_the_entry_alone(build: Callable[..., Build]) -> None:
    assert begun(build(), Risk, path="registers/risks/2026.yml")[1].content.startswith(b"- id: R-08\n")
    assert begun(build(), Risk, path="registers/risks/R-08.yml")[1].content.startswith(b"id: R-08\n")
    assert begun(build(), Risk, path="registers/risks/fire.md")[1].content.startswith(b"---\nid: R-08\n")


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ([], ""),
        (["RSK-1", "X-1", "RSK-2"], "RSK"),
        (["ISMS-POL-01"], "ISMS-POL"),
        (["INC-2024-001", "INC-2025-001", "EVT-1"], "INC-2028"),
        (["A.5.1"], ""),
    ],
)
def test_the_prefix_is_the_one_in_use_and_its_year_this_year(ids: list[str], expected: str) -> None:
    assert prefix_in_use(ids, date(2028, 2, 29)) == expected


@pytest.mark.parametrize("sort", DOCUMENT_KINDS)
def test_documents_have_control_data_and_headings(build: Callable[..., Build], sort: str) -> None:
    made, written = begin_document(build().facts, build().sources.snapshot, sort, Wish(title="Größe: Räume"), ())
    assert made.id == {"policy": "POL-02", "procedure": "PRC-001", "plan": "PLN-001"}.get(sort, "DOC-001")
    text = written.content.decode()
    assert written.path == "policies/grosse-raume.md"
    assert f'\nkind: {sort}\nversion: "0.1"\n' in text
    assert "\n---\n# Größe: Räume\n\n## 1. " in text
    assert ("publisher:" in text) is (sort == "external")


def test_a_document_does_not_take_the_place_of_a_file(build: Callable[..., Build]) -> None:
    facts, snapshot = build().facts, build().sources.snapshot
    for title, path, told in (
        ("Access", "", "there already"),
        ("", "docs/a.md", "not read as a document"),
        ("", "policies/a.yml", "Markdown"),
    ):
        with pytest.raises(IsmsError, match=told):
            begin_document(facts, snapshot, "policy", Wish(title=title), (), path)
    assert begin_document(facts, snapshot, "policy", Wish(), ())[1].path == "policies/pol-02.md"


def test_names_of_files_are_plain() -> None:
    assert [file_name_of(title) for title in ("Straße & Co.", "A/B  (c)", "漢字")] == ["strasse-co", "a-b-c", ""]


def added(build: Build, files: Mapping[str, bytes], workspace: Callable[..., Workspace]) -> list[Any]:
    after = build_facts(workspace({**FILES, **{path: data.decode() for path, data in files.items()}}), TODAY)
    known = Counter((item.code, item.entry, item.message) for item in build.facts.diagnostics)
    return [item for item in after.facts.diagnostics if not known[item.code, item.entry, item.message]]


BEGUN = [kind for kind in KINDS if kind.KIND.register and kind.KIND.name not in WRITTEN_ELSEWHERE and kind is not Document]


@pytest.mark.parametrize("kind", BEGUN)
def test_a_check_finds_nothing_but_what_even_a_draft_needs(
    build: Callable[..., Build], workspace: Callable[..., Workspace], kind: type[Entry]
) -> None:
    title = "" if field_map(kind).get("title") is None or field_map(kind)["title"].need == "optional" else "New"
    key = {"control": "A.5.1", "version": "1.0"}.get(kind.KIND.key, "")
    made, written = begun(build(), kind, title=title if kind is not Person else "New", **({kind.KIND.key: key} if key else {}))
    found = added(build(), {written.path: written.content}, workspace)
    told = {item.code for item in found if item.entry == made.id}
    assert told <= ({"missing-field"} if made.missing else set()), found
    assert {item.code for item in found if item.entry != made.id} <= {"empty-register"}


@pytest.mark.parametrize("sort", DOCUMENT_KINDS)
def test_a_check_finds_nothing_in_a_new_document(build: Callable[..., Build], workspace: Callable[..., Workspace], sort: str) -> None:
    _, written = begin_document(build().facts, build().sources.snapshot, sort, Wish(title="Rooms"), ())
    assert added(build(), {written.path: written.content}, workspace) == []


@pytest.mark.parametrize("name", sorted(WRITTEN_ELSEWHERE))
def test_what_a_command_of_its_own_writes_is_left_to_it(build: Callable[..., Build], name: str) -> None:
    kind = next(kind for kind in KINDS if kind.KIND.name == name)
    with pytest.raises(IsmsError, match="`isms "):
        begin(build().facts, kind, Wish(), ())
