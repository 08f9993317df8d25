"""The story of the demo holds together, and its people put on record what the product would have recorded."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from isms_plugin.authoring.demo import demo_text, play, read_story
from isms_plugin.authoring.demo_records import accepted, acknowledgement, approval, decided, raised
from isms_plugin.errors import IsmsError
from isms_plugin.model.approval import Approval
from isms_plugin.model.risk import Risk
from isms_plugin.model.risk_state import state_hash
from isms_plugin.sources.catalogue import read_catalogue
from isms_plugin.sources.stored_texts import hash_of
from isms_plugin.sources.yaml_reader import read_yaml
from tests.repository import policy

ROOT = Path(__file__).parents[3]
TEXTS = ROOT / "isms_plugin/demo/texts"
DAY = date(2026, 3, 2)
COMMIT = "c" * 40
SOA = yaml.safe_load((TEXTS / "2024/registers/soa.yml").read_text(encoding="utf-8"))


def told(action: str) -> Iterator[Any]:
    """Everything that the steps say under an action."""
    for step in read_story():
        found = step.actions.get(action, [])
        yield from found if isinstance(found, list) else [found]


def record_of(text: str, *taken: str, **decision: Any) -> tuple[str, Approval]:
    given = {"person": "PER-001", "role": "ROL-001", "method": "minutes", "reference": "B-7", **decision}
    path, record = approval(text.encode(), given, DAY, COMMIT, taken.__contains__)
    return path, Approval.model_validate(read_yaml(record).value)


def test_the_story_never_goes_back_in_time() -> None:
    days = [step.day for step in read_story()]
    assert all(earlier <= later for earlier, later in pairwise(days))
    assert (days[0].year, days[-1].year) == (2024, 2026)


def test_every_text_is_written_once_and_none_is_left_over() -> None:
    written = list(told("write"))
    assert sorted(written) == sorted(path.relative_to(TEXTS).as_posix() for path in TEXTS.rglob("*") if path.is_file())


def test_every_branch_is_merged() -> None:
    assert {step.branch for step in read_story()} - {"main"} == set(told("merge")) != set()


def test_three_baselines_are_tagged() -> None:
    assert list(told("tag")) == ["isms-2024", "isms-2025", "isms-2026"]


def test_decisions_are_of_every_sort_and_given_in_several_ways() -> None:
    decisions = list(told("approve"))
    assert {decision.get("decision", "approved") for decision in decisions} == {"approved", "rejected", "reviewed_no_change", "withdrawn"}
    assert {decision["method"] for decision in decisions} == {"minutes", "platform_review", "record"}
    assert sum("self_approval" in decision for decision in decisions) == 1


def test_the_statement_of_applicability_decides_on_every_control_with_reasons_of_its_own() -> None:
    controls = [entry.id for entry in read_catalogue().entries if entry.KIND.name == "control"]
    assert [row["control"] for row in SOA] == controls
    reasons = [row["reason"] for row in SOA] + [row["how"] for row in SOA if "how" in row]
    assert len(set(reasons)) == len(reasons)


def test_the_statement_of_applicability_copies_nothing_from_that_of_the_sample() -> None:
    sample = yaml.safe_load((ROOT / "registers/soa.yml").read_text(encoding="utf-8"))
    sentences = {text for row in sample for text in (row["reason"], row.get("how"))}
    assert [row["control"] for row in SOA if {row["reason"], row.get("how", row["reason"])} & sentences] == []


@pytest.mark.parametrize("path", sorted(TEXTS.glob("*/registers/evidence/*.yml")), ids=lambda path: path.stem)
def test_evidence_has_the_hash_of_its_file(path: Path) -> None:
    entry = yaml.safe_load(path.read_text(encoding="utf-8"))
    content = demo_text(f"texts/{path.relative_to(TEXTS).parts[0]}/{entry['at']}").encode()
    assert entry["sha256"] == hashlib.sha256(content).hexdigest()
    assert entry["period_from"] <= entry["period_to"] <= entry["taken_on"]


def test_no_text_speaks_like_a_standard() -> None:
    assert [path.name for path in TEXTS.rglob("*.*") if re.search(r"\bshall\b", path.read_text(encoding="utf-8"))] == []


def test_an_edit_that_does_not_fit_is_told(tmp_path: Path) -> None:
    first, second = read_story()[:2]
    edit = {"edit": [{"file": "registers/people.yml", "old": "nobody of that name", "new": ""}]}
    steps = (first, type(second)(day=second.day, author=second.author, message="x", branch="main", actions=edit))
    with pytest.raises(IsmsError, match=r"people\.yml: the story of the demo does not find 'nobody of that name'"):
        play(steps, tmp_path)


def test_an_approval_names_the_text_of_the_commit() -> None:
    path, record = record_of(policy(), next_review="2027-03-02")
    assert path == "registers/approvals/POL-01-1.0.yml"
    assert record.model_dump(exclude_defaults=True) == {
        "id": "APR-POL-01-1.0", "document": "POL-01", "version": "1.0", "content_hash": hash_of(policy().encode()), "decision": "approved",
        "person": "PER-001", "role": "ROL-001", "decided_on": DAY, "method": "minutes", "reference": "B-7", "commit": COMMIT,
        "next_review": date(2027, 3, 2),
    }  # fmt: skip


def test_a_second_decision_on_a_version_gets_the_next_number() -> None:
    taken = ("registers/approvals/POL-01-1.0.yml", "registers/approvals/POL-01-1.0-2.yml")
    path, record = record_of(policy(), *taken, decision="reviewed_no_change")
    assert (path, record.id) == ("registers/approvals/POL-01-1.0-3.yml", "APR-POL-01-1.0-3")


@pytest.mark.parametrize(
    ("decision", "status"),
    [("approved", "approved"), ("withdrawn", "withdrawn"), ("rejected", "in_review"), ("reviewed_no_change", "in_review")],
)
def test_the_status_follows_the_decision(decision: str, status: str) -> None:
    text = policy().replace("status: approved", "status: in_review")
    assert decided(text, {"decision": decision}) == text.replace("in_review", status)


def test_an_approval_sets_the_next_review() -> None:
    assert decided(policy(), {"next_review": "2028-01-01"}) == policy().replace("next_review: 2027-01-01", "next_review: 2028-01-01")


def test_a_new_version_goes_into_review_with_its_note() -> None:
    text = policy().replace("classification:", 'changes:\n  - {version: "1.0", note: First issue.}\nclassification:')
    changed = raised(text, {"version": "1.1", "by": "PER-002", "note": 'A "new" rule'}, DAY)
    front = yaml.safe_load(changed.split("---")[1])
    assert (front["version"], front["status"]) == ("1.1", "in_review")
    assert front["changes"][0] == {"version": "1.1", "on": DAY, "by": "PER-002", "note": 'A "new" rule'}
    assert hash_of(changed.encode()) == hash_of(text.encode())


def test_people_acknowledge_the_text_of_the_commit() -> None:
    given = {"method": "form", "source": "export", "people": {"PER-001": "2026-03-01", "PER-002": "2026-03-02"}}
    path, rows = acknowledgement(policy().encode(), given)
    assert path == "registers/acknowledgements/POL-01-1.0.yml"
    assert [(row["id"], row["acknowledged_on"]) for row in rows] == [
        ("ACK-POL-01-1.0-PER-001", date(2026, 3, 1)),
        ("ACK-POL-01-1.0-PER-002", date(2026, 3, 2)),
    ]
    assert {row["content_hash"] for row in rows} == {hash_of(policy().encode())}


def test_an_acceptance_is_the_owners_and_bound_to_the_state_of_the_row() -> None:
    text = "- {id: RSK-001, owner: PER-001}\n- id: RSK-002\n  owner: PER-002\n  likelihood: 3\n  accepted_by: PER-009\n"
    risk = Risk.model_validate({"id": "RSK-002", "owner": "PER-002", "likelihood": "3"})
    assert accepted(text, {"risks": ["RSK-002"], "on": "2026-02-20"}) == (
        "- {id: RSK-001, owner: PER-001}\n- id: RSK-002\n  owner: PER-002\n  likelihood: 3\n"
        f'  accepted_by: PER-002\n  accepted_on: 2026-02-20\n  accepted_state: "{state_hash(risk)}"\n'
    )
