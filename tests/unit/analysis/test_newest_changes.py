"""The newest changes stand first, and the counts of registers hold every change once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.analysis.changes import Changes, EntryChange, changes
from isms_plugin.analysis.newest_changes import counted, newest
from isms_plugin.model.history import Revision
from isms_plugin.model.state import state_of
from tests.builders import a_document, a_person, a_risk, a_supplier, an_acknowledgement, an_asset, an_isms

COMMIT = Revision(commit="c" * 40, date=datetime(2026, 2, 1, tzinfo=UTC), author="A", email="", summary="", path="")


def found() -> Changes:
    """A document and a risk changed, an asset and an acknowledgement added, a supplier removed."""
    old = an_isms(without=["AST-001"])
    new = an_isms(a_document(version="2.0"), a_risk(likelihood="5"), an_asset(), an_acknowledgement(), without=["SUP-001"])
    return changes(state_of(old, name="old"), state_of(new, name="now"))


def dated(days: dict[str, datetime | None]) -> Changes:
    """The changes with the day of their commits, None for one that is not committed; others have no commit that is known."""

    def put(change: EntryChange) -> EntryChange:
        if change.id not in days:
            return change
        when = days[change.id]
        return replace(change, commits=(replace(COMMIT, date=when),)) if when else replace(change, uncommitted=True)

    told = found()
    return replace(told, groups=tuple(replace(group, changes=tuple(map(put, group.changes))) for group in told.groups))


def test_what_is_not_committed_comes_first_then_the_newest_and_last_what_is_unknown() -> None:
    days = {"RSK-001": datetime(2026, 2, 1, tzinfo=UTC), "AST-001": datetime(2026, 2, 2, tzinfo=UTC), "SUP-001": None}
    shown = newest(dated(days), 10)
    assert [item.change.id for item in shown] == ["SUP-001", "AST-001", "RSK-001", "POL-001"]
    assert [item.day for item in shown] == [None, date(2026, 2, 2), date(2026, 2, 1), None]


def test_days_are_those_where_the_change_was_made() -> None:
    late = datetime(2026, 2, 1, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert newest(dated({"RSK-001": late}), 1)[0].day == date(2026, 2, 1)


@given(st.integers(0, 6))
def test_no_more_than_asked_for_and_no_records(limit: int) -> None:
    shown = newest(found(), limit)
    assert len(shown) == min(limit, 4)
    assert "ACK-1" not in {item.change.id for item in shown}


def test_registers_are_counted_with_their_records() -> None:
    told = {group.title: group.words for group in counted(found())}
    assert told == {
        "Documents": "1 changed",
        "Risks": "1 changed",
        "Assets": "1 added",
        "Suppliers": "1 removed",
        "Acknowledgements": "1 added",
    }
    assert [group.title for group in counted(found()) if group.record] == ["Acknowledgements"]


def test_nothing_changed_gives_nothing() -> None:
    same = changes(state_of(an_isms(a_person(), a_supplier()), name="old"), state_of(an_isms(), name="now"))
    assert counted(same) == []
    assert newest(same, 10) == []
