"""Who has to confirm a document again because of a change, and who for the first time."""

from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.fingerprint import text_hash
from tests.builders import a_document, a_person, an_acknowledgement, an_approval
from tests.unit.analysis.impact.changed import impact_of

OLD = an_approval(content_hash=text_hash("Security policy", ""))
BODO = a_person(id="PER-002", name="Bodo Kern", groups=["staff"])
BASE: tuple[Entry, ...] = (OLD, BODO, an_acknowledgement())


def a_policy(**changes: Any) -> Document:
    return a_document(**({"ack_required": True} | changes))


def told(*new: Entry, old: Entry | None = None, **parts: Any) -> list[tuple[tuple[str, ...], tuple[str, ...], int, bool]]:
    found = impact_of((*BASE, old or a_policy()), (*BASE, a_policy(), *new), **parts).acknowledgements
    return [(item.stale, item.first, item.asked, item.approved) for item in found]


def test_nothing_goes_stale_where_nothing_changes() -> None:
    assert told() == []


@pytest.mark.parametrize(
    ("version", "status", "expected"),
    [
        ("1.0", "approved", []),
        ("1.1", "in_review", []),
        ("2.0", "in_review", [(("PER-001",), (), 2, False)]),
        ("2.0", "approved", [(("PER-001",), (), 2, False)]),
    ],
)
def test_another_major_version_is_confirmed_again_once_it_is_approved(version: str, status: str, expected: list[Any]) -> None:
    assert told(a_policy(version=version, status=status), body="New.") == expected


def test_an_approval_that_comes_along_makes_it_so_at_once() -> None:
    approved = an_approval(id="APR-POL-001-2.0", version="2.0", content_hash=text_hash("Security policy", "New."), decided_on="2026-11-20")
    assert told(a_policy(version="2.0"), approved, body="New.") == [(("PER-001",), (), 2, True)]


def test_whoever_confirmed_the_new_text_already_is_not_asked_again() -> None:
    hashed = text_hash("Security policy", "New.")
    approved = an_approval(id="APR-POL-001-2.0", version="2.0", content_hash=hashed, decided_on="2026-11-20")
    confirmed = an_acknowledgement(id="ACK-2", version="2.0", content_hash=hashed, acknowledged_on="2026-11-21")
    assert told(a_policy(version="2.0"), approved, confirmed, body="New.") == []


def test_new_readers_are_counted() -> None:
    assert told(old=a_policy(ack_required=False)) == [((), ("PER-001", "PER-002"), 2, True)]
    assert told(old=a_policy(audience=["staff"])) == [((), ("PER-001",), 2, True)]
    carla = a_person(id="PER-003", name="Carla Ost")
    assert told(carla) == [((), ("PER-003",), 3, True)]


def test_whoever_leaves_has_nothing_to_confirm() -> None:
    assert told(a_person(active_to="2026-11-23")) == []


def test_a_document_that_is_withdrawn_is_confirmed_by_nobody() -> None:
    assert told(a_policy(status="withdrawn", version="2.0")) == []
