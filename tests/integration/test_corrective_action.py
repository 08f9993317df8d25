"""Findings and corrective action of the sample: every state occurs, and what blocks the certificate leads to its cause and evidence."""

from __future__ import annotations

import posixpath
import re
from datetime import date
from html import unescape

import pytest

from isms_plugin.analysis.corrective_action.certification import certification_view
from isms_plugin.analysis.corrective_action.escalation import escalations
from isms_plugin.analysis.corrective_action.finding import FindingState, finding_state
from isms_plugin.analysis.corrective_action.state import State, progress
from isms_plugin.analysis.facts import Facts
from isms_plugin.build import build_facts
from isms_plugin.model.audit import AuditFinding
from isms_plugin.model.improvement import Nonconformity
from isms_plugin.sources.workspace import find_workspace
from tests.integration.conftest import ROOT, BuiltSite


@pytest.fixture(scope="module")
def facts() -> Facts:
    return build_facts(find_workspace(ROOT), date(2026, 11, 30)).facts


def test_the_sample_holds_findings_in_every_state(facts: Facts) -> None:
    assert {progress(facts.isms, item, facts.today).state for item in facts.isms.of(Nonconformity)} == set(State)
    assert {finding_state(facts.isms, facts.trace, item) for item in facts.isms.of(AuditFinding)} == set(FindingState)
    assert {item.grade for item in facts.isms.of(AuditFinding)} == {"compliant", "ofi", "minor", "major"}


def test_nothing_in_the_sample_counts_as_a_major_that_is_none(facts: Facts) -> None:
    found = {item.id: list(escalations(facts.isms, facts.trace, item, facts.today)) for item in facts.isms.of(Nonconformity)}
    assert [identifier for identifier, reasons in found.items() if reasons] == []


def test_the_certificate_of_the_sample_is_blocked_by_what_stage_1_found(facts: Facts) -> None:
    view = certification_view(facts)
    assert view.sentence == "blocked by: 1 open major; 1 minor without resolution and evidence"
    assert [item.entry.id for item in (*view.majors, *view.minors)] == ["NC-003", "NC-004"]


def links(site: BuiltSite, file: str) -> dict[str, str]:
    """Where the links of a page lead, as file and anchor, by what they say."""
    found = {}
    for href, text in re.findall(r'<a [^>]*?href="([^":]+)"[^>]*>([^<]+)</a>', site.html(file)):
        path, _, anchor = unescape(href).partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(file), path, "index.html"))
        found.setdefault(text, f"{target}#{anchor}" if anchor else target)
    return found


def test_from_what_blocks_the_certificate_to_cause_and_evidence_and_back(sample: BuiltSite) -> None:
    blocking = links(sample, "certification/index.html")
    assert blocking["NC-003 Approvals cannot be followed to the text in force"] == "nonconformities/NC-003/index.html"
    cause, evidence = blocking["Root cause"], blocking["Evidence"]
    assert (cause, evidence) == ("nonconformities/NC-003/index.html#root-cause", "nonconformities/NC-003/index.html#evidence")
    for anchor in ("root-cause", "evidence", "action", "effect"):
        assert f'id="{anchor}"' in sample.html("nonconformities/NC-003/index.html")
    chain = links(sample, "nonconformities/NC-003/index.html")
    assert (chain["EVD-080"], chain["FND-007"]) == ("evidence/EVD-080/index.html", "findings/FND-007/index.html")
    assert chain["certification"] == "certification/index.html"
    assert links(sample, "findings/FND-007/index.html")["NC-003"] == "nonconformities/NC-003/index.html"


def test_the_search_finds_root_causes(sample: BuiltSite) -> None:
    assert "Approval was a click in a tool" in sample.html("search/search_index.json")
