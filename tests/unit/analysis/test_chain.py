from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.chain import COLUMNS, Chain, chains
from isms_plugin.analysis.trace import trace
from isms_plugin.model.action import Action
from isms_plugin.model.audit import AuditFinding
from isms_plugin.model.entry import Entry
from isms_plugin.model.improvement import Nonconformity
from isms_plugin.model.isms import Isms
from isms_plugin.model.nil_return import NilReturn
from tests.builders import a_control, a_decision, a_document, a_requirement, a_risk, an_evidence, an_isms

TITLES = [column.title for column in COLUMNS]


def a_finding(**changes: Any) -> AuditFinding:
    return AuditFinding.model_validate({"id": "FND-001", "requirement": "A.5.1", "becomes": "NC-001"} | changes)


def a_nonconformity(**changes: Any) -> Nonconformity:
    return Nonconformity.model_validate({"id": "NC-001", "actions": ["ACT-001"]} | changes)


def an_action(**changes: Any) -> Action:
    return Action.model_validate({"id": "ACT-001", "title": "Do"} | changes)


def chain(isms: Isms, anchor: str) -> Chain:
    return chains(isms, trace(isms)[0]).of(anchor)


def columns(isms: Isms, anchor: str) -> dict[str, tuple[str, ...]]:
    """What stands in each column that is not empty."""
    return {title: names for title, names in zip(TITLES, chain(isms, anchor).columns, strict=True) if names}


def whole(*changed: Entry) -> Isms:
    return an_isms(a_finding(), a_nonconformity(), an_action(), *changed)


def test_the_chain_of_a_control_leads_from_what_calls_for_it_to_what_was_done() -> None:
    assert columns(whole(), "A.5.1") == {
        "Called for by": ("RSK-001", "REQ-001"), "Control": ("A.5.1",), "Document": ("POL-001",), "Evidence": ("EVD-001",),
        "Finding": ("FND-001", "NC-001"), "Action": ("ACT-001",),
    }  # fmt: skip


def test_a_finding_leads_back_to_what_called_for_the_control_and_on_to_the_action() -> None:
    assert columns(whole(), "FND-001") == {
        "Called for by": ("RSK-001", "REQ-001"), "Control": ("A.5.1",), "Finding": ("FND-001", "NC-001"), "Action": ("ACT-001",),
    }  # fmt: skip


def test_a_document_shows_what_it_answers_but_not_the_evidence_of_its_controls() -> None:
    assert columns(an_isms(), "POL-001") == {
        "Called for by": ("5.2", "RSK-001", "REQ-001"),
        "Control": ("A.5.1",),
        "Document": ("POL-001",),
    }


def test_links_point_from_left_to_right_whichever_entry_stores_them() -> None:
    found = chain(whole(), "A.5.1")
    assert ("RSK-001", "A.5.1") in found.links  # stored in the risk
    assert ("A.5.1", "EVD-001") in found.links  # stored in the evidence
    assert ("FND-001", "NC-001") not in found.links  # within a column
    assert found.direct == {"RSK-001", "REQ-001", "POL-001", "EVD-001", "FND-001"}


def test_links_of_the_entry_itself_come_first() -> None:
    found = chain(whole(), "NC-001")
    assert found.links[0] == ("NC-001", "ACT-001")
    assert not any("NC-001" in link for link in found.links[1:])


def test_a_decision_stands_for_its_control() -> None:
    evidence = an_evidence(id="EVD-002", **{"for": ["SOA-A.5.1"]})
    isms = an_isms(evidence, a_decision(drivers=["5.2"], documents=["POL-002"]), a_document(id="POL-002", controls=[], clauses=[]))
    found = chains(isms, trace(isms)[0])
    assert {"5.2", "POL-002", "EVD-002"} <= found.of("A.5.1").direct
    assert "SOA-A.5.1" not in found.column
    assert found.owners["A.5.1"] == "PER-001"


def test_one_record_that_proves_two_things_does_not_join_them() -> None:
    both = an_evidence(**{"for": ["A.5.1", "A.5.2", "NC-001"]})
    isms = an_isms(both, a_control(id="A.5.2"), a_risk(id="RSK-002", controls=["A.5.2"]), a_nonconformity(actions=[]))
    assert columns(isms, "A.5.1")["Control"] == ("A.5.1",)
    assert "Finding" not in columns(isms, "A.5.1")
    assert columns(isms, "EVD-001")["Control"] == ("A.5.1", "A.5.2")
    assert columns(isms, "EVD-001")["Finding"] == ("NC-001",)


def test_a_nil_return_stands_where_evidence_would() -> None:
    statement = NilReturn.model_validate({"id": "NIL-001", "register": "incidents", "controls": ["A.5.1"]})
    assert columns(an_isms(statement), "A.5.1")["Evidence"] == ("EVD-001", "NIL-001")


@pytest.mark.parametrize(
    "changed",
    [{"links": ["A.5.2"]}, {"note": "See [A.5.2]."}],
    ids=["related", "mentioned"],
)
def test_what_is_merely_related_is_no_link_of_the_chain(changed: dict[str, Any]) -> None:
    isms = an_isms(a_control(id="A.5.2"), a_risk(**changed))
    assert columns(isms, "RSK-001")["Control"] == ("A.5.1",)
    assert chain(isms, "A.5.2").alone


def test_what_is_retired_is_in_no_chain() -> None:
    isms = an_isms(a_risk(status="retired"), a_requirement(status="retired"))
    assert "Called for by" not in columns(isms, "A.5.1")
    assert chain(isms, "RSK-001").alone


def test_what_stands_in_no_column_has_no_chain() -> None:
    assert chain(an_isms(), "PER-001").alone
    assert chain(an_isms(), "PER-001").links == ()


def test_a_circle_ends() -> None:
    isms = an_isms(a_finding(becomes="NC-001"), Nonconformity.model_validate({"id": "NC-001", "concerns": ["FND-001"]}))
    assert columns(isms, "FND-001")["Finding"] == ("FND-001", "NC-001")
