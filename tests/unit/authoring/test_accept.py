"""What an acceptance writes into a row, and what is refused because it would not stand up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.facts import Facts, analyse
from isms_plugin.authoring.accept import Acceptance, acceptance, accepted, files_of, known_name
from isms_plugin.errors import IsmsError
from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.entry import Entry
from isms_plugin.model.history import History
from isms_plugin.model.risk_state import state_hash
from isms_plugin.model.settings import Settings
from tests.builders import TODAY, a_person, a_review, a_risk, an_isms

WISH = Acceptance(person="PER-001", accepted_on=date(2026, 2, 1))
BODO = a_person(id="PER-002", name="Bodo Kern", git=["bodo@example.org"])


def facts(*entries: Entry, **parts: Any) -> Facts:
    return analyse(an_isms(BODO, *entries, **parts), History(), Settings(), TODAY, list)


@pytest.mark.parametrize(
    ("changes", "wish", "told"),
    [
        ({}, {"person": "PER-002"}, "its owner is PER-001; PER-002"),
        ({}, {"person": "Bodo Kern"}, "cannot accept it"),
        ({}, {"person": "Nobody"}, "no such person"),
        ({"owner": None}, {}, "missing-field"),
        ({"status": "draft"}, {}, "is draft"),
        ({"status": "retired"}, {}, "is retired"),
        ({"controls": ["A.5.99"]}, {}, "unknown-reference"),
        ({"method_version": "9"}, {}, "method-unknown"),
        ({"method_version": None}, {}, "missing-field"),
        ({"residual_likelihood": 3, "residual_consequence": 4}, {}, "keeps level 12, a risk owner may accept 9 at most"),
        ({}, {"accepted_on": date(2026, 11, 26)}, "a day to come"),
        ({}, {"accepted_on": date(2025, 12, 31)}, "was assessed on 2026-01-01, after 2025-12-31"),
        ({}, {"accepted_until": date(2026, 1, 31)}, "is before 2026-02-01"),
        ({"assessed_on": "2019-01-01"}, {"accepted_on": date(2019, 6, 1)}, "was not active"),
    ],
)  # fmt: skip
def test_what_would_not_stand_up_is_refused(changes: dict[str, Any], wish: dict[str, Any], told: str) -> None:
    with pytest.raises(IsmsError, match=told):
        accepted(facts(a_risk(**changes)), "RSK-001", replace(WISH, **wish))


def test_an_unknown_risk_is_told_with_the_nearest() -> None:
    with pytest.raises(IsmsError, match="did you mean RSK-001"):
        accepted(facts(), "RSK-01", WISH)
    with pytest.raises(IsmsError, match="no such risk or management review; did you mean MRV-001"):
        accepted(facts(a_review()), "MRV-01", WISH)


def test_an_acceptance_is_told_with_level_and_last_day() -> None:
    told = acceptance(facts(), "RSK-001", replace(WISH, accepted_until=date(2027, 1, 31))).told
    assert told.startswith("RSK-001 Theft: level 4 low accepted by PER-001 on 2026-02-01 until 2027-01-31 (isms-risk-1:")


def test_a_value_that_could_not_be_read_is_refused() -> None:
    fault = Diagnostic(
        code="invalid-value", message="no number", entry="RSK-001", place=Place("registers/risks.yml", 5, 1, ("likelihood",))
    )
    with pytest.raises(IsmsError, match="invalid-value"):
        accepted(facts(faults=(fault,)), "RSK-001", WISH)


def test_two_risks_of_one_file_are_written_together_and_others_stay() -> None:
    known = facts(
        a_risk(), a_risk(id="RSK-002", title="Fire"), places={"RSK-001": Place("r.yml", 2, 1, (0,)), "RSK-002": Place("r.yml", 4, 1, (2,))}
    )
    found = [acceptance(known, name, WISH) for name in ("RSK-001", "RSK-002")]
    text = b"# top\n- {id: RSK-001}\n- {id: RSK-9}  # kept\n- id: RSK-002\n  accepted_until: 2026-01-01\n"
    files = files_of(known, found, {"r.yml": text}.__getitem__)
    first, second = (state_hash(a_risk()), state_hash(a_risk(id="RSK-002", title="Fire")))
    assert files == {
        "r.yml": f'# top\n- {{id: RSK-001, accepted_by: PER-001, accepted_on: 2026-02-01, accepted_state: "{first}"}}\n'
        "- {id: RSK-9}  # kept\n- id: RSK-002\n  accepted_until: null\n  accepted_by: PER-001\n  accepted_on: 2026-02-01\n"
        f'  accepted_state: "{second}"\n'.encode()
    }


def test_an_entry_in_markdown_keeps_its_text() -> None:
    known = facts(places={"RSK-001": Place("registers/risks/RSK-001.md", 2, 1)})
    found = [acceptance(known, "RSK-001", replace(WISH, accepted_until=date(2027, 1, 31)))]
    text = "---\nid: RSK-001  # the first\ntitle: Theft\n---\n\nA laptop\nid: RSK-001  # the first\nis stolen.\n"
    (path, changed), *_ = files_of(known, found, lambda _: text.encode()).items()
    assert path == "registers/risks/RSK-001.md"
    head = "---\nid: RSK-001  # the first\ntitle: Theft\naccepted_by: PER-001\naccepted_on: 2026-02-01\naccepted_until: 2027-01-31\n"
    assert changed.decode() == head + f'accepted_state: "{state_hash(a_risk())}"\n---\n\nA laptop\nid: RSK-001  # the first\nis stolen.\n'


@pytest.mark.parametrize(("text", "told"), [(b"\xff", "not UTF-8"), (b"- &a {id: RSK-001}\n", "r.yml: RSK-001: .*clear the mist")])
def test_a_file_that_cannot_take_it_is_told(text: bytes, told: str) -> None:
    known = facts(places={"RSK-001": Place("r.yml", 1, 1, (0,))})
    with pytest.raises(IsmsError, match=told):
        files_of(known, [acceptance(known, "RSK-001", WISH)], lambda _: text)


@pytest.mark.parametrize(
    ("names", "found"), [(["x@y.z", "Bodo Kern"], "Bodo Kern"), (["BODO@example.org", "X"], "BODO@example.org"), (["x", "y"], "x")]
)
def test_who_commits_is_found_by_address_or_name(names: list[str], found: str) -> None:
    assert known_name(facts(), names) == found
