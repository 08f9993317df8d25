"""Versions of the statement of applicability: which a state holds, and what was decided anew while the version stayed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from isms_plugin.analysis.baselines import Baselines, Frozen, counts
from isms_plugin.analysis.changes import Changes, changes
from isms_plugin.analysis.soa.issued import SoaVersion, soa_version
from isms_plugin.analysis.soa.versions import decided_anew, holding
from isms_plugin.model.fingerprint import text_hash
from isms_plugin.model.history import Baseline
from isms_plugin.model.isms import Isms
from isms_plugin.model.state import state_of
from tests.builders import a_decision, a_document, an_approval, an_isms

WHEN = datetime(2026, 1, 1, tzinfo=UTC)
STATEMENT = a_document(answers=["soa"])


def held(*changed: Any, **parts: Any) -> SoaVersion | None:
    return soa_version(state_of(an_isms(*changed, **parts)))


def frozen(name: str, version: str | None, found: Changes | None = None) -> Frozen:
    soa = SoaVersion(document="POL-001", version=version) if version else None
    baseline = Baseline(name=name, commit="c" * 40, tagger="Anna Berg", date=WHEN)
    return Frozen(baseline=baseline, signature="not signed", counts=counts(state_of(an_isms())), changes=found, soa=soa)


def found(old: Isms, new: Isms) -> Changes:
    return changes(state_of(old, name="old"), state_of(new, name="new"))


def changed(**fields: Any) -> Changes:
    return found(an_isms(), an_isms(a_decision(**fields)))


def test_a_state_without_a_document_for_it_holds_no_version() -> None:
    assert held() is None
    assert held(a_document(answers=["soa"], status="withdrawn")) is None


def test_a_version_stands_beside_the_approval_of_exactly_its_text() -> None:
    version = SoaVersion(document="POL-001", version="1.0", record="APR-POL-001-1.0", person="PER-001", day="2026-01-01")
    assert held(STATEMENT) == version
    assert held(a_document(answers=["soa"], version=None)) == replace(version, version="")


@pytest.mark.parametrize(
    "changes",
    [{"content_hash": text_hash("Security policy", "other")}, {"decision": "rejected"}, {"status": "retired"}, {"document": "POL-002"}],
)
def test_an_approval_of_something_else_does_not_count(changes: dict[str, Any]) -> None:
    entries = [entry for entry in an_isms(STATEMENT).entries.values() if entry.id != "APR-POL-001-1.0"]
    isms = an_isms(*entries, an_approval(**changes))
    assert soa_version(state_of(isms)) == SoaVersion(document="POL-001", version="1.0")


def test_the_newest_approval_of_a_text_counts() -> None:
    later = an_approval(id="APR-2", decision="reviewed_no_change", decided_on="2026-06-01")
    assert held(STATEMENT, later) == SoaVersion(document="POL-001", version="1.0", record="APR-2", person="PER-001", day="2026-06-01")


def test_the_newest_baselines_in_a_row_hold_a_version() -> None:
    made = Baselines(frozen=(frozen("d", "2.0"), frozen("c", "2.0"), frozen("b", None), frozen("a", "2.0")))
    assert [item.baseline.name for item in holding(made, "2.0")] == ["d", "c"]
    assert holding(made, "1.0") == []


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"reason": "Other."}, ("SOA-A.5.1",)),
        ({"decision": "excluded"}, ("SOA-A.5.1",)),
        ({"business_decision": "Board."}, ("SOA-A.5.1",)),
        ({"state": "partly"}, ()),
        ({"owner": None}, ()),
    ],
)
def test_what_an_approval_is_about_does_not_change_under_it(fields: dict[str, Any], told: tuple[str, ...]) -> None:
    assert decided_anew(Baselines(frozen=(frozen("a", "1.0"),), since=changed(**fields)), "1.0") == told


def test_rows_that_came_or_went_are_decided_anew() -> None:
    gone = found(an_isms(), an_isms(without=["SOA-A.5.1"]))
    assert decided_anew(Baselines(frozen=(frozen("a", "1.0"),), since=gone), "1.0") == ("SOA-A.5.1",)


def test_changes_between_baselines_count_from_the_first_that_holds_the_version() -> None:
    reason = changed(reason="Other.")
    made = Baselines(frozen=(frozen("c", "1.1"), frozen("b", "1.1", reason), frozen("a", "1.0")), since=found(an_isms(), an_isms()))
    assert decided_anew(made, "1.1") == ()
    moved = replace(made, frozen=(replace(made.frozen[0], changes=reason), *made.frozen[1:]))
    assert decided_anew(moved, "1.1") == ("SOA-A.5.1",)


def test_a_raised_version_is_compared_with_nothing() -> None:
    assert decided_anew(Baselines(frozen=(frozen("a", "1.0"),), since=changed(reason="Other.")), "1.1") == ()
