from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.analysis.facts import analyse
from isms_plugin.model.certification import Certification
from isms_plugin.model.entry import Entry
from isms_plugin.model.history import History
from isms_plugin.model.settings import Settings
from isms_plugin.render.certification_page import certification_page, certification_summary
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.plain_text import words_of
from tests.builders import TODAY, a_finding, a_nonconformity, an_action, an_audit, an_isms

OPEN = {"closed_on": None, "verified_on": None}


def view(*entries: Entry, minors: Any = "resolved") -> View:
    settings = Settings(minors_before_certificate=minors)
    return make_view(analyse(an_isms(an_action(), *entries), History(), settings, TODAY, list), {})


def parts(*entries: Entry, minors: Any = "resolved") -> dict[str, str]:
    page = certification_page(view(*entries, minors=minors))
    return {name: words_of(html) for name, html in (page.parts | page.late).items()}


def certification(**changes: Any) -> Certification:
    return Certification.model_validate(
        {"id": "CRT-001", "title": "Certificate", "owner": "PER-001", "body": "Northmark", "applied_on": "2026-07-20"} | changes
    )


def test_with_nothing_open_every_part_says_so() -> None:
    found = parts()
    assert "Nothing blocking." in found["blocked"]
    assert "What blocks it" not in found["blocked"]
    assert "No application and no certificate is registered." in found["certificate"]
    assert "No day is known" in found["days"]
    assert found["others"] == "Nothing else is open."
    assert found["declined"] == "Nothing was declined."


def test_a_card_leads_to_finding_cause_and_evidence() -> None:
    body = {"number": "AoC-1", "deadline": "2026-11-30", "accepted_on": "2026-11-20"}
    entries = (a_nonconformity(**OPEN, grade="major", certification_body=body), a_finding(), an_audit(kind="stage_1"))
    page = certification_page(view(*entries))
    html = page.parts["blocked"]
    words = words_of(html)
    assert "Blocked by: 1 open major." in words
    assert "FND-001 of AUD-001" in words
    assert "AoC-1, answer by 2026-11-30, accepted on 2026-11-20" in words
    assert "No step asks for it." in words
    for target in ("NC-001#root-cause", "NC-001#evidence", "FND-001", "EVD-001"):
        assert f'href="isms:{target}"' in html


def test_a_finding_blocks_without_a_chain() -> None:
    html = certification_page(view(a_finding(becomes=None, grade="major"), an_audit())).parts["blocked"]
    assert "FND-001 Laptop missing major" in words_of(html)
    assert "Root cause" not in html


@pytest.mark.parametrize(
    ("minors", "told"), [("resolved", "wants its minors resolved, with evidence"), ("planned", "content with a plan that it has accepted")]
)
def test_how_strict_the_body_is_stands_there_with_the_setting(minors: str, told: str) -> None:
    found = parts(minors=minors)["blocked"]
    assert told in found
    assert f"minors_before_certificate: {minors}" in found


@pytest.mark.parametrize(
    ("changes", "told", "untold"),
    [
        ({}, "Applied on 2026-07-20 Issued not yet", "Last day"),
        ({"applied_on": None}, "Applied on missing", "Last day"),
        ({"issued_on": "2026-01-01", "number": "7", "expires_on": "2026-11-24"}, "2026-01-01, number 7 Last day 2026-11-24", "expired"),
        ({"issued_on": "2023-01-01", "expires_on": "2026-11-23"}, "2026-11-23 expired", "Applied"),
        ({"issued_on": "2026-01-01"}, "Last day missing", "Applied"),
        ({"ended_on": "2026-01-01"}, "No application and no certificate is registered.", "CRT-001"),
        ({"status": "retired"}, "No application and no certificate is registered.", "CRT-001"),
    ],
)
def test_the_application_or_the_certificate_is_shown(changes: dict[str, Any], told: str, untold: str) -> None:
    found = parts(certification(**changes))["certificate"]
    assert told in found
    assert untold not in found


def test_days_are_those_of_the_body_and_of_the_certificate() -> None:
    found = parts(
        certification(expires_on="2029-02-28", issued_on="2026-03-01"),
        an_audit(kind="stage_2", ended_on=None, planned="2026-11-23"),
        an_audit(id="AUD-002", ended_on=None, planned="2027-08-27"),
        a_nonconformity(**OPEN, certification_body={"number": "1", "deadline": "2026-11-30"}),
    )["days"]
    assert "2026-11-23 overdue audit AUD-001" in found
    assert "2026-11-30 answer to the certification body NC-001" in found
    assert "2029-02-28 recertification CRT-001" in found
    assert "AUD-002" not in found
    assert "check of effect" not in found


def test_what_blocks_nothing_and_what_was_declined_is_listed() -> None:
    declined = {"becomes": None, "grade": "ofi", "declined": "true", "declined_why": "Four rows."}
    found = parts(
        a_nonconformity(**OPEN), a_finding(id="FND-002", **declined), a_finding(id="FND-003", becomes=None, grade="ofi"), an_audit()
    )
    assert "NC-001 Laptop missing minor internal audit effect to be checked, was due on 2026-11-10" in found["others"]
    assert "FND-003 Laptop missing ofi AUD-001 not taken up" in found["others"]
    assert "FND-002" not in found["others"]
    assert "FND-002 Laptop missing declined Four rows." in found["declined"]


def test_the_registers_say_it_in_a_sentence() -> None:
    assert words_of(certification_summary(view())) == "Certificate: nothing blocking. Certification"
