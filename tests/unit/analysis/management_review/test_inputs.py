"""What the registers say on each input: which entries, since when, and what is missing by name."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest

from isms_plugin.analysis.management_review.inputs import REVIEW_INPUTS
from isms_plugin.analysis.management_review.moment import Found, Item, earlier_reviews, lines, moment_of
from isms_plugin.analysis.trace import trace
from isms_plugin.model.entry import Entry
from isms_plugin.model.management_review import Input, ManagementReview
from isms_plugin.model.nil_return import NilReturn
from tests.builders import (
    a_finding,
    a_held_review,
    a_measure,
    a_nonconformity,
    a_party,
    a_requirement,
    a_review,
    a_risk,
    a_role,
    an_action,
    an_audit,
    an_improvement,
    an_incident,
    an_isms,
    an_issue,
    an_objective,
)

FIRST = a_held_review(id="MRV-001", held_on="2026-03-31", period_from="2026-01-01", period_to="2026-03-31")
NEXT = a_review(id="MRV-002", planned="2026-09-30")
DAY = date(2026, 9, 30)
FINDERS = {item.name: item.find for item in REVIEW_INPUTS}


def found(name: Input, *entries: Entry, review: ManagementReview = NEXT, day: date = DAY, first: ManagementReview | None = FIRST) -> Found:
    reviews = [item for item in (first, review) if item is not None]
    isms = an_isms(*reviews, *entries)
    relations, _ = trace(isms)
    return FINDERS[name](moment_of(isms, relations, review, day))


def shown(result: Found) -> list[tuple[str, str, bool]]:
    return [(item.entry.id, item.words, item.late) for item in result.items]


def test_every_input_is_declared_once_in_the_order_of_the_clause() -> None:
    assert tuple(item.name for item in REVIEW_INPUTS) == get_args(Input)
    assert [item.letter for item in REVIEW_INPUTS] == ["a", "b", "c", "d 1", "d 2", "d 3", "d 4", "e", "f", "g"]


class TestMoment:
    def since(self, review: ManagementReview, *others: ManagementReview, day: date = DAY) -> str:
        isms = an_isms(*others, review)
        return str(moment_of(isms, trace(isms)[0], review, day).since)

    def test_it_looks_back_to_the_review_before_or_to_its_own_first_day(self) -> None:
        assert self.since(NEXT, FIRST) == "2026-04-01"
        assert self.since(NEXT, FIRST.model_copy(update={"period_to": None, "held_on": date(2026, 3, 30)})) == "2026-03-31"
        assert self.since(a_review(id="MRV-002", period_from="2026-03-15"), FIRST) == "2026-03-15"
        assert self.since(NEXT) == "None"

    def test_reviews_before_are_those_that_were_held_before_drafts_left_out(self) -> None:
        later = a_held_review(id="MRV-003", held_on="2026-10-01")
        draft = a_held_review(id="MRV-004", held_on="2026-05-01", status="draft")
        isms = an_isms(FIRST, NEXT, later, draft)
        assert earlier_reviews(isms, NEXT, DAY) == (FIRST,)
        assert earlier_reviews(isms, NEXT, date(2026, 10, 1)) == (FIRST, later)
        assert earlier_reviews(isms, later, date(2026, 10, 1)) == (FIRST,)
        assert earlier_reviews(isms, FIRST, DAY) == ()

    def test_of_two_on_one_day_the_one_with_the_lower_id_comes_before(self) -> None:
        second = a_held_review(id="MRV-002", held_on="2026-03-31")
        isms = an_isms(FIRST, second)
        assert (earlier_reviews(isms, FIRST, DAY), earlier_reviews(isms, second, DAY)) == ((), (FIRST,))


class TestEarlierActions:
    @pytest.mark.parametrize(
        ("changes", "words", "late"),
        [
            ({"done_on": None, "due": "2026-09-29"}, "open, was due on 2026-09-29; decided in MRV-001", True),
            ({"done_on": None, "due": "2026-09-30"}, "open, due on 2026-09-30; decided in MRV-001", False),
            ({"done_on": None, "due": None}, "open, no day; decided in MRV-001", False),
            ({"done_on": "2026-04-01"}, "done on 2026-04-01; decided in MRV-001", False),
            ({"done_on": "2026-10-01", "due": "2026-09-01"}, "open, was due on 2026-09-01; decided in MRV-001", True),
            (
                {"done_on": None, "due": "2026-12-01", "replanned": [{"due": "2026-06-01", "moved_on": "2026-05-30", "why": "x"}]},
                "open, due on 2026-12-01, at first 2026-06-01; decided in MRV-001",
                False,
            ),
            ({"done_on": None, "status": "retired"}, "given up; decided in MRV-001", False),
        ],
    )
    def test_open_actions_come_back_until_they_are_done(self, changes: dict[str, Any], words: str, late: bool) -> None:
        assert shown(found("earlier_actions", an_action(**changes))) == [("ACT-001", words, late)]

    def test_what_was_done_before_this_period_is_not_told_again(self) -> None:
        assert shown(found("earlier_actions", an_action(done_on="2026-03-31"))) == []

    def test_an_action_that_was_decided_twice_is_told_once(self) -> None:
        second = a_held_review(id="MRV-0015", held_on="2026-06-30")
        ((_, words, _),) = shown(found("earlier_actions", second, an_action(done_on=None, due="2026-12-01")))
        assert words == "open, due on 2026-12-01; decided in MRV-001, MRV-0015"

    def test_it_is_counted_and_a_decision_without_an_action_is_missing(self) -> None:
        first = FIRST.model_copy(
            update={"decisions": a_held_review(decisions=[{"text": "Buy.", "action": "ACT-001"}, {"text": "Go."}]).decisions}
        )
        result = found("earlier_actions", an_action(done_on=None, due="2026-09-29"), first=first)
        assert result.summary == "1 action of earlier reviews: 0 done in this period, 1 open, 1 overdue."
        assert result.missing == ("MRV-001 decided 'Go.', and no action carries it out",)

    def test_a_first_review_has_none(self) -> None:
        assert found("earlier_actions", first=None) == Found(summary="No earlier review.")


class TestSurroundings:
    @pytest.mark.parametrize(
        ("changes", "words", "late"),
        [
            ({"decided_on": "2026-04-01"}, "decided on 2026-04-01", False),
            ({"decided_on": "2026-09-30"}, "decided on 2026-09-30", False),
            ({"created": "2026-05-01"}, "entered on 2026-05-01", False),
            ({"next_review": "2026-09-29", "decided_on": "2026-05-01"}, "to be looked at again by 2026-09-29", True),
        ],
    )
    def test_issues_of_the_period_and_those_that_are_past_their_day(self, changes: dict[str, Any], words: str, late: bool) -> None:
        assert shown(found("issues", an_issue(**changes))) == [("CTX-001", words, late)]

    def test_an_issue_that_stayed_as_it_was_is_counted_with_the_climate_decision(self) -> None:
        result = found("issues", an_issue(next_review="2026-09-30"))
        assert shown(result) == []
        told = "1 issue, 0 of them entered or decided on in this period. Climate change: CTX-001, decided on 2026-02-12."
        assert (result.summary, result.missing) == (told, ())
        assert found("issues").missing == ("no internal or external issue is registered",)

    def test_parties_and_duties_that_are_new_or_not_met(self) -> None:
        duties = (
            a_requirement(id="REQ-001", evaluated_on="2026-03-31", result="partly"),
            a_requirement(id="REQ-002", evaluated_on="2026-04-01", result="partly"),
            a_requirement(id="REQ-003", evaluated_on="2026-04-01", result="met"),
            a_requirement(id="REQ-004", evaluated_on="2026-04-01", result="not_applicable"),
            a_requirement(id="REQ-005", evaluated_on="2026-01-01", created="2026-05-01"),
        )
        result = found("parties", a_party(created="2026-05-01"), a_party(id="PTY-002", taken_on="false"), *duties)
        assert shown(result) == [
            ("PTY-001", "entered on 2026-05-01", False),
            ("REQ-002", "partly, evaluated on 2026-04-01", False),
            ("REQ-005", "entered on 2026-05-01", False),
        ]
        assert result.summary == "2 expectations, 1 of them taken on; 3 requirements evaluated in this period, 1 not met in full."
        assert found("parties").missing == ("no interested party is registered",)

    def test_feedback_is_what_came_from_outside(self) -> None:
        entries = (
            a_party(title="Customers (own tests)"),
            a_nonconformity(source="customer", raised_on="2026-05-01", verified_on="2026-06-01", closed_on="2026-06-01", evidence=[]),
            a_nonconformity(id="NC-002", source="customer", raised_on="2026-01-01", verified_on="2026-02-01", closed_on="2026-02-01"),
            an_audit(kind="customer", ended_on="2026-05-02"),
            an_incident(detected_on="2026-05-03", notify=[{"whom": "customer A", "sent": "2026-05-03"}, {"whom": "authority"}]),
            an_incident(id="INC-002", detected_on="2026-05-03"),
            an_improvement(raised_on="2026-05-04", origin="a customer, in a tender"),
            an_improvement(id="IMP-002", raised_on="2026-05-04", origin="customized report"),
            an_improvement(id="IMP-003", raised_on="2026-05-04", origin="PTY-001"),
        )
        assert shown(found("feedback", *entries)) == [
            ("NC-001", "raised on 2026-05-01, closed on 2026-06-01", False),
            ("AUD-001", "audit by a customer, ended on 2026-05-02", False),
            ("INC-001", "customer A, authority not yet told", False),
            ("IMP-001", "from a customer, in a tender: raised on 2026-05-04, no decision yet", False),
            ("IMP-003", "from PTY-001: raised on 2026-05-04, no decision yet", False),
        ]

    @pytest.mark.parametrize(
        ("changes", "words", "late"),
        [
            ({"raised_on": "2026-01-01"}, "raised on 2026-01-01, no decision yet", False),
            ({"raised_on": "2026-01-01", "next_review": "2026-09-29"}, "raised on 2026-01-01, no decision yet", True),
            ({"decision": "do", "decided_on": "2026-08-01"}, "decided: do, on 2026-08-01; open", False),
            (
                {"decision": "do", "decided_on": "2026-08-01", "done_on": "2026-09-30"},
                "decided: do, on 2026-08-01; done on 2026-09-30",
                False,
            ),
            ({"decision": "no", "decided_on": "2026-08-01", "done_on": "2026-08-01"}, "decided: no, on 2026-08-01", False),
        ],
    )
    def test_ideas_with_their_decision(self, changes: dict[str, Any], words: str, late: bool) -> None:
        assert shown(found("improvement", an_improvement(**changes))) == [("IMP-001", words, late)]

    def test_an_idea_that_was_done_with_before_is_left_out(self) -> None:
        done = an_improvement(raised_on="2026-01-01", decision="do", decided_on="2026-01-02", done_on="2026-03-31")
        result = found("improvement", done, an_improvement(id="IMP-002"))
        assert [item.entry.id for item in result.items] == ["IMP-002"]
        assert result.summary == "1 idea raised in this period; 1 without a decision."


class TestPerformance:
    def test_nonconformities_that_are_open_or_of_the_period(self) -> None:
        entries = (
            a_nonconformity(id="NC-001", raised_on="2026-01-15", verified_on="2026-02-01", closed_on="2026-03-31", evidence=[]),
            a_nonconformity(id="NC-002", raised_on="2026-01-15", verified_on="2026-02-01", closed_on="2026-04-01", evidence=[]),
            a_nonconformity(id="NC-003", raised_on="2026-08-01", correction=None, verified_on=None, closed_on=None, grade="major"),
            a_nonconformity(id="NC-004", raised_on="2026-10-01", closed_on=None),
            a_nonconformity(id="NC-005", raised_on="2026-08-01", closed_on=None, status="draft"),
        )
        result = found("nonconformities", *entries)
        assert [item.entry.id for item in result.items] == ["NC-002", "NC-003"]
        assert result.items[0].words == "minor, closed on 2026-04-01"
        assert result.items[1].words.startswith("major, raised; correction missing")
        assert result.summary == "1 raised in this period (2 in as many days before), 1 closed, 1 open."
        assert result.missing == ()

    def test_an_empty_log_needs_a_nil_return_that_reaches_into_the_period(self) -> None:
        none = {"id": "NIL-1", "register": "nonconformities", "period_from": "2026-01-01", "stated_by": "PER-001", "basis": "Looked."}
        missing = ("no nonconformity was raised in this period, and no nil return says that there was none",)
        for period_to, stated_on, expected in (
            ("2026-04-01", "2026-07-01", ()), ("2026-03-31", "2026-04-02", missing), ("2026-04-01", "2026-10-01", missing),
        ):  # fmt: skip
            statement = NilReturn.model_validate(none | {"period_to": period_to, "stated_on": stated_on})
            assert found("nonconformities", statement).missing == expected
        assert (
            found("nonconformities", NilReturn.model_validate(none | {"register": "incidents", "period_to": "2026-04-01"})).missing
            == missing
        )

    def test_measures_with_value_target_and_the_value_before(self) -> None:
        values = [
            {"period_from": f"2026-{start}-01", "period_to": f"2026-{end}", "recorded_on": recorded, "value": number}
            for start, end, recorded, number in (
                ("01", "03-31", "2026-04-02", "97"), ("04", "06-30", "2026-07-03", "90"), ("07", "09-30", "2026-10-02", "99"),
            )
        ]  # fmt: skip
        measures = (
            a_measure(values=values, unit="%", target="95", direction="at_least"),
            a_measure(id="MET-002", values=values[:1], unit="number"),
            a_measure(id="MET-003", values=[]),
            a_measure(id="MET-004", values=[], status="draft"),
        )
        result = found("measurements", *measures)
        assert shown(result) == [
            ("MET-001", "90 % in 2026 Q2 (at least 95: missed; before 97 %)", False),
            ("MET-002", "97 in 2026 Q1", True),
            ("MET-003", "no value", False),
        ]
        assert result.summary == "3 measures: target reached by 0, missed by 1, 1 without a target; 1 without a current value."
        assert result.missing == (
            "MET-002: no measured value since 2026-03-31, the next was due on 2026-07-30",
            "MET-003: no measured value",
        )
        assert found("measurements").missing == ("no measure is registered",)

    def test_audits_of_the_period_open_findings_and_what_is_planned(self) -> None:
        entries = (
            an_audit(ended_on="2026-08-21"),
            an_audit(id="AUD-002", ended_on="2026-03-31"),
            an_audit(id="AUD-003", ended_on=None, planned="2026-09-30"),
            an_audit(id="AUD-004", ended_on=None, planned="2026-09-29"),
            a_finding(),
            a_finding(id="FND-002", grade="ofi", becomes=None),
            a_finding(id="FND-003", grade="compliant", becomes=None),
            a_finding(id="FND-004", grade="minor", audit="AUD-002", found_on="2026-03-01", becomes="NC-009"),
            a_nonconformity(evidence=[], verified_on="2026-09-01", closed_on="2026-09-02"),
        )
        result = found("audits", *entries)
        assert shown(result) == [
            ("AUD-001", "ended on 2026-08-21: 1 minor, 1 ofi, 1 compliant", False),
            ("FND-002", "ofi, not taken up", False),
            ("FND-004", "minor, not taken up", False),
            ("AUD-003", "planned for 2026-09-30", False),
            ("AUD-004", "planned for 2026-09-29", True),
        ]
        assert result.summary == "1 audit ended in this period; 2 findings not settled."
        assert result.missing == ("AUD-004 was planned for 2026-09-29 and has not ended",)

    def test_objectives_with_the_values_of_their_measures(self) -> None:
        value = {"period_from": "2026-04-01", "period_to": "2026-06-30", "recorded_on": "2026-07-02", "value": "1"}
        entries = (
            a_measure(values=[value], target="0", direction="at_most"),
            an_objective(due="2026-09-30"),
            an_objective(id="OBJ-002", due="2026-09-29", measures=[]),
            an_objective(id="OBJ-003", closed_on="2026-04-01", outcome="reached"),
            an_objective(id="OBJ-004", closed_on="2026-03-31", outcome="missed"),
        )
        result = found("objectives", *entries)
        assert shown(result) == [
            ("OBJ-001", "due on 2026-09-30; MET-001 1 files in 2026 Q2 (at most 0: missed)", False),
            ("OBJ-002", "was due on 2026-09-29", True),
            ("OBJ-003", "reached, judged on 2026-04-01", False),
        ]
        assert (result.summary, result.missing) == ("2 open, 1 judged in this period.", ("OBJ-002: no measured value",))
        assert found("objectives").missing == ("no objective is registered",)


class TestRisks:
    def test_the_largest_and_those_that_may_not_stay_and_overdue_actions(self) -> None:
        small = [a_risk(id=f"RSK-01{number}", residual_likelihood="1") for number in range(6)]
        entries = (
            a_risk(residual_likelihood="2", residual_consequence="4", accepted_by="PER-001", accepted_on="2026-02-01", actions=["ACT-001"]),
            a_risk(id="RSK-002", residual_likelihood="3", residual_consequence="4"),
            a_risk(id="RSK-003", treatment="retention", residual_likelihood="1", residual_consequence="1"),
            *small,
            an_action(done_on=None, due="2026-09-29"),
        )
        result = found("risks", *entries)
        assert [item[0] for item in shown(result)] == ["RSK-002", "RSK-001", "RSK-010", "RSK-011", "RSK-012", "RSK-003", "ACT-001"]
        assert shown(result)[0] == ("RSK-002", "12 high, after treatment 12 high; above what may be accepted", True)
        assert shown(result)[1] == ("RSK-001", "12 high, after treatment 8 medium; accepted on 2026-02-01", False)
        assert shown(result)[5] == ("RSK-003", "12 high, after treatment 1 low; not accepted", True)
        assert shown(result)[6] == ("ACT-001", "open, was due on 2026-09-29", True)
        assert result.summary == (
            "9 risks, after treatment 1 high, 1 medium, 7 low; 2 above the acceptable level. Treatment plan: 1 action open, 1 overdue."
        )

    def test_an_assessment_that_came_later_is_told(self) -> None:
        ((_, words, _),) = shown(found("risks", a_risk(assessed_on="2026-10-01")))
        assert words.endswith("acceptable; levels of the assessment of 2026-10-01, which came later")

    def test_an_acceptance_that_ran_out_is_late(self) -> None:
        accepted = {"residual_likelihood": "2", "residual_consequence": "4", "accepted_by": "PER-001", "accepted_on": "2026-02-01"}
        ran_out = found("risks", a_risk(**accepted, accepted_until="2026-09-29"))
        assert shown(ran_out)[0][1:] == ("12 high, after treatment 8 medium; acceptance expired", True)
        assert not found("risks", a_risk(**accepted, accepted_until="2026-09-30")).items[0].late

    def test_a_level_that_is_not_known_is_missing_and_no_risk_at_all_too(self) -> None:
        assert found("risks", a_risk(residual_likelihood=None)).missing == ("RSK-001: level after treatment unknown",)
        assert found("risks", a_risk(status="retired")).missing == ("no risk is registered",)


def test_what_follows_each_other_and_says_the_same_becomes_one_line() -> None:
    items = [Item(an_action(id="A-1"), "x"), Item(an_action(id="A-2"), "x"), Item(an_action(id="A-3"), "x", late=True), Item(a_role(), "y")]
    assert [(len(line.entries), line.words, line.late) for line in lines(items)] == [(2, "x", False), (1, "x", True), (1, "y", False)]
