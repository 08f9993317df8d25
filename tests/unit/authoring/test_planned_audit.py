"""A planned audit registered in two files, or in none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.authoring.planned_audit import Registration, register_audit
from isms_plugin.errors import IsmsError
from isms_plugin.model.diagnostic import Place
from tests.builders import MemoryTree, a_programme, an_audit, facts_of

DAY = date(2028, 2, 29)
PROGRAMME = b"""\
# Cycle
- id: PRG-001
  audits:
    - {audit: AUD-001, planned: 2026-08-31}
    - planned: 2028-02-29 # leap day
      covers: [A.5.1]
"""
AUDITS = b"# Audits\n- id: AUD-001\n  title: First\n"
PLANNED = [{"audit": "AUD-001", "planned": "2026-08-31"}, {"planned": "2028-02-29", "covers": ["A.5.1"]}]


def registered(
    name: str = "PRG-001", day: date = DAY, title: str = "", files: dict[str, bytes] | None = None, **changes: Any
) -> Registration:
    programme = a_programme(**{"audits": PLANNED} | changes)
    facts = facts_of(programme, an_audit(), places={"PRG-001": Place("registers/audit-programme.yml", 2, 1, (0,))})
    held = {"registers/audit-programme.yml": PROGRAMME, "registers/audits.yml": AUDITS} if files is None else files
    return register_audit(facts, MemoryTree(held), name, day, title)


def test_the_audit_is_a_draft_and_the_programme_names_it() -> None:
    made = registered()
    assert made.files["registers/audits.yml"].decode() == (
        "# Audits\n- id: AUD-001\n  title: First\n- id: AUD-002\n  title: Internal audit 2028\n  status: draft\n  owner: PER-001\n"
        "  kind: internal\n  planned: 2028-02-29\n"
    )
    assert made.files["registers/audit-programme.yml"].decode() == PROGRAMME.decode().replace(
        "leap day\n", "leap day\n      audit: AUD-002\n"
    )


def test_without_a_register_the_audit_is_a_file_of_its_own() -> None:
    made = registered(files={"registers/audit-programme.yml": PROGRAMME}, title="Second")
    assert made.files["registers/audits/AUD-002.yml"].startswith(b"id: AUD-002\ntitle: Second\n")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name": "PRG-01"}, "PRG-01: no such audit programme; did you mean PRG-001"),
        ({"status": "retired"}, "is retired"),
        ({"day": date(2026, 8, 31)}, "registered already as AUD-001"),
        ({"day": date(2028, 2, 28)}, "plans no audit for 2028-02-28; it waits for 2028-02-29"),
        ({"audits": PLANNED[:1]}, "every audit of it is registered"),
        ({"audits": [PLANNED[1], PLANNED[1]]}, "plans 2 audits for 2028-02-29"),
        (
            {"files": {"registers/audit-programme.yml": b"- id: PRG-001\n  audits: &a []\n", "registers/audits.yml": AUDITS}},
            "audit-programme",
        ),
        ({"files": {"registers/audit-programme.yml": PROGRAMME, "registers/audits.yml": b"a: b\n"}}, "audits.yml: not a list"),
    ],
)
def test_what_cannot_be_registered_is_refused(given: dict[str, Any], told: str) -> None:
    with pytest.raises(IsmsError, match=told):
        registered(**given)
