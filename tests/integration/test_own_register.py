"""A register of the organization's own gets what all others get: page, table, CSV, schema, references, calendar, history."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from isms_plugin.build import Build, build_facts
from isms_plugin.model.isms import KINDS
from isms_plugin.sources.cache import Cache
from isms_plugin.sources.workspace import find_workspace
from tests.integration.conftest import Make
from tests.integration.test_cli import isms
from tests.repository import MINIMAL, RECORD, Repository, approval, policy

KIND = """- register: visits
  title: Visit
  plural: Visits
  prefix: VIS
  about: Who was let into the server room.
  clauses: [A.7.2]
  group: Doors
  occasional: true
  happened: came_on
  due: badge_back
  closed: badge_back_on
  fields:
    - {name: came_on, title: Came on, description: Day of the visit., type: date, need: always}
    - {name: host, title: Host, description: Who let them in., type: person, need: always, back: Visits hosted}
    - {name: badge_back, title: Badge due, description: Day by which the badge is back., type: date}
    - {name: badge_back_on, title: Badge back, description: Day on which it came back., type: date}
    - {name: why, title: Why, description: What for., type: markdown}
"""
VISIT = (
    "- {id: VIS-001, title: Technician, owner: PER-001, came_on: 2026-03-04, host: PER-002, badge_back: 2026-03-31,"
    " why: 'For [VIS-002].'}\n"
)
SECOND = "- {id: VIS-002, title: Auditor, owner: PER-001, came_on: 2026-09-10, host: PER-002}\n"
NIL = "- nil_return: {period_from: 2026-04-01, period_to: 2026-08-31, stated_by: PER-001, stated_on: 2026-09-01, basis: Badge list.}\n"
TEXT = policy().replace("classification:", "promises: [{what: visit, every: quarter, register: visits}]\nclassification:")
FILES = {
    "registers/kinds.yml": KIND,
    "registers/visits.yml": VISIT + SECOND + NIL,
    "policies/access.md": TEXT,
    RECORD: approval(TEXT),
    "registers/risks.yml": "- {id: RSK-001, title: Stranger, status: draft, scenario: 'As in [VIS-001].'}\n",
}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repo")
    made.commit("first", {**MINIMAL, **FILES})
    return made


def built(repository: Repository) -> Build:
    return build_facts(find_workspace(repository.root), date(2026, 11, 24))


def test_the_site_shows_it_as_it_shows_all_others(make_site: Make) -> None:
    site = make_site(FILES)
    assert ["[overdue" in line for line in site.warnings if "VIS" in line] == [True]
    table = site.html("visits/index.html")
    assert "Who was let into the server room." in table
    assert "Technician" in table
    entry = site.html("visits/VIS-001/index.html")
    assert "Came on" in entry
    assert "2026-03-04" in entry
    rows = list(csv.DictReader(io.StringIO((site.path / "visits/visits.csv").read_text(encoding="utf-8-sig"))))
    assert [(row["id"], row["came_on"], row["host"]) for row in rows] == [
        ("VIS-001", "2026-03-04", "PER-002"),
        ("VIS-002", "2026-09-10", "PER-002"),
    ]
    assert "Visits" in site.html("registers/index.html")
    assert "VIS-001" in site.html("calendar/index.html")


def test_it_has_a_field_reference_with_an_example_and_so_has_the_register_of_registers(make_site: Make) -> None:
    site = make_site(FILES)
    reference = site.html("reference/visits/index.html")
    assert "Day by which the badge is back." in reference
    assert "VIS-001" in reference
    kinds = site.html("reference/kinds/index.html")
    assert "fields.type" in kinds
    assert "occasional" in kinds


def test_references_are_walked_both_ways(repository: Repository) -> None:
    trace = built(repository).facts.trace
    outgoing = {(relation.target, relation.label) for relation in trace.outgoing["VIS-001"]}
    assert outgoing == {("PER-001", "Owner"), ("PER-002", "Host"), ("VIS-002", "Mentions")}
    incoming = {(relation.source, relation.back) for relation in trace.incoming["VIS-001"]}
    assert incoming == {("RSK-001", "Mentioned in")}
    assert ("VIS-001", "Visits hosted") in {(relation.source, relation.back) for relation in trace.incoming["PER-002"]}


def test_mistakes_in_it_are_reported_where_they_stand(repository: Repository) -> None:
    repository.write({"registers/visits.yml": VISIT.replace("PER-002", "PER-009").replace("2026-03-04", "2026-02-30")})
    found = [(item.code, str(item.place)) for item in built(repository).facts.diagnostics if item.entry == "VIS-001"]
    line = VISIT.replace("PER-002", "PER-009").replace("2026-03-04", "2026-02-30")
    assert ("invalid-value", f"registers/visits.yml:1:{line.index('2026-02-30') + 1}") in found
    assert ("unknown-reference", f"registers/visits.yml:1:{line.index('PER-009') + 1}") in found


def test_it_falls_due_keeps_promises_and_takes_nil_returns(repository: Repository) -> None:
    facts = built(repository).facts
    assert ("overdue", "VIS-001") in [(item.code, item.entry) for item in facts.diagnostics]
    assert "VIS-001/badge_back" in [item.uid for item in facts.schedule]
    (promise,) = facts.promises
    assert {item.name: item.state for item in promise.periods if item.name in ("2026 Q2", "2026 Q3")} == {
        "2026 Q2": "nil",
        "2026 Q3": "done",
    }
    assert facts.occasions.registers["visits"].state == "happened"


def test_schemas_know_it_and_the_register_of_registers(repository: Repository) -> None:
    assert isms("schema", directory=repository.root).exit_code == 0
    schema = json.loads((repository.root / ".isms/schema/visits.schema.json").read_text(encoding="utf-8"))
    assert {"came_on", "host"} <= schema["$defs"]["Visits"]["properties"].keys()
    assert schema["$defs"]["NilReturn"]["properties"]["nil_return"]["required"] == [
        "period_from",
        "period_to",
        "stated_by",
        "stated_on",
        "basis",
    ]
    kinds = json.loads((repository.root / ".isms/schema/kinds.schema.json").read_text(encoding="utf-8"))
    assert "fields" in kinds["$defs"]["OwnRegister"]["properties"]


def test_schemas_are_written_outside_of_an_isms_too(tmp_path: Path) -> None:
    assert isms("schema", tmp_path / "out", directory=tmp_path).exit_code == 0
    assert len(list((tmp_path / "out").iterdir())) == sum(bool(kind.KIND.register) for kind in KINDS) + 2


def changed(build: Build) -> dict[str, list[str]]:
    found = build.changes(build.state("isms-1"), build.state())
    return {group.title: [f"{change.change} {change.id}" for change in group.changes] for group in found.groups if group.changes}


def test_changes_between_baselines_name_it_also_from_the_cache(repository: Repository, tmp_path: Path) -> None:
    repository.git("tag", "-a", "isms-1", "-m", "first", **repository.identity())
    repository.commit("second", {"registers/visits.yml": VISIT.replace("Technician", "Plumber") + NIL})
    workspace = replace(find_workspace(repository.root), cache=Cache(tmp_path / "cache"))
    first, again = (changed(build_facts(workspace, date(2026, 11, 24))) for _ in range(2))
    assert first == again
    assert sorted(" ".join(items) for items in first.values()) != []
    told = " ".join(item for items in first.values() for item in items)
    assert "VIS-001" in told
    assert "VIS-002" in told


def test_a_field_that_is_declared_later_is_read_from_older_states_as_well(repository: Repository, tmp_path: Path) -> None:
    repository.git("tag", "-a", "isms-1", "-m", "first", **repository.identity())
    workspace = replace(find_workspace(repository.root), cache=Cache(tmp_path / "cache"))
    assert changed(build_facts(workspace, date(2026, 11, 24))) == {}
    field = "    - {name: badge, title: Badge, description: Number., type: text}\n"
    repository.commit(
        "field", {"registers/kinds.yml": KIND + field, "registers/visits.yml": VISIT.replace("host:", "badge: '7', host:") + SECOND + NIL}
    )
    told = " ".join(item for items in changed(build_facts(workspace, date(2026, 11, 24))).values() for item in items)
    assert "VIS-001" in told
    assert "VIS-002" not in told
