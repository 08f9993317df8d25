"""Conflicts of a merge, and ids that both sides took."""

from __future__ import annotations

from isms_plugin.analysis.merge_faults import merge_faults, taken_by_both
from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.state import EntryState, State

RISKS = "registers/risks.yml"


def a_state(**titles: str) -> State:
    entries = {name: EntryState(id=name, kind="risk", title=title, path=RISKS, data={"title": title}) for name, title in titles.items()}
    return State(entries=entries)


def a_fault(code: str, path: str = RISKS, line: int = 7, entry: str = "") -> Diagnostic:
    return Diagnostic(code=code, message=code, entry=entry, place=Place(path, line, 1))


def told(found: list[Diagnostic]) -> list[tuple[str, str, int]]:
    return [(item.code, item.entry, item.place.line) for item in found]


def test_a_conflict_is_told_at_its_marker_and_takes_the_place_of_what_it_leads_to() -> None:
    found = [a_fault("conflict-marker", line=3), a_fault("conflict-marker", line=9), a_fault("duplicate-key"), a_fault("overdue", "a.yml")]
    assert told(merge_faults(found, [RISKS], (), "main")) == [("overdue", "", 7), ("merge-conflict", "", 3)]


def test_ids_are_told_of_files_in_conflict_too() -> None:
    assert told(merge_faults([a_fault("duplicate-id", entry="RSK-1")], [RISKS], (), "main"))[0] == ("duplicate-id", "RSK-1", 7)


def test_a_conflict_without_markers_is_told_of_the_file() -> None:
    (found,) = merge_faults((), ["evidence/a.pdf"], (), "main")
    assert (found.message, found.place) == (
        "git cannot merge evidence/a.pdf: main and this change both changed it",
        Place("evidence/a.pdf"),
    )


def test_an_id_that_both_took_for_different_things_is_told_once() -> None:
    taken = list(taken_by_both(a_state(A="x"), a_state(A="x", B="theirs", C="same"), a_state(A="y", B="mine", C="same", D="own")))
    assert [entry.id for entry in taken] == ["B"]
    (found,) = merge_faults((), (), taken, "main")
    assert (found.code, found.message, found.place.path) == ("duplicate-id", "B (mine) is already taken in main", RISKS)
    seen = a_fault("duplicate-id", entry="B")
    assert merge_faults([seen], (), taken, "main") == [seen]
