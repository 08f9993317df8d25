"""Baselines: what each holds, and in words whose signature it carries."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from isms_plugin.analysis.baselines import counts, signature_words
from isms_plugin.model.history import Baseline
from isms_plugin.model.signing import Signature, SigningKey
from isms_plugin.model.state import state_of
from tests.builders import a_decision, a_document, a_risk, an_isms

LINE = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3yK1vZqf0Cw1a0b5a9bJ0m4m3l9b1n8Cq7Zp9gk0aX"


def a_key(**changes: Any) -> SigningKey:
    return SigningKey.model_validate({"id": "KEY-001", "person": "PER-001", "public_key": LINE, "valid_from": "2026-01-01"} | changes)


def a_baseline(signature: Signature) -> Baseline:
    return Baseline(name="isms-2026", commit="a" * 40, tagger="Anna Berg", date=datetime(2026, 6, 1, tzinfo=UTC), signature=signature)


GOOD = Signature(state="good", key=a_key().identifier)


def test_what_is_retired_withdrawn_or_excluded_does_not_count() -> None:
    assert counts(state_of(an_isms())) == {"document": 1, "control_decision": 1, "risk": 1, "evidence": 1}
    less = an_isms(a_document(status="withdrawn"), a_risk(status="retired"), a_decision(decision="excluded"), without=["EVD-001"])
    assert counts(state_of(less)) == {"document": 0, "control_decision": 0, "risk": 0, "evidence": 0}


@pytest.mark.parametrize(
    ("signature", "words"),
    [
        (Signature(), "not signed"),
        (Signature(state="bad", told="git says: no"), "signature is not valid: git says: no"),
        (Signature(state="bad"), "signature is not valid"),
        (Signature(state="unknown", told="git is not installed"), "signature could not be verified: git is not installed"),
        (Signature(state="good", key="SHA256:other"), "signed with a key that is not registered"),
        (GOOD, "signed by Anna Berg (KEY-001)"),
    ],
)
def test_a_signature_in_words(signature: Signature, words: str) -> None:
    assert signature_words(an_isms(a_key()), a_baseline(signature)) == words


def test_a_key_counts_on_the_days_of_its_period_alone() -> None:
    late = "signed with a key that did not count on that day: KEY-001"
    assert signature_words(an_isms(a_key(valid_from="2026-06-02")), a_baseline(GOOD)) == late
    assert signature_words(an_isms(a_key(valid_to="2026-05-31")), a_baseline(GOOD)) == late
    assert signature_words(an_isms(a_key(person="PER-009")), a_baseline(GOOD)) == "signed by PER-009 (KEY-001)"
