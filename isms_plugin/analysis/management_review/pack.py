"""The pack of a management review: each input as the registers have it as of its day, beside what the review said of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.management_review.inputs import REVIEW_INPUTS, ReviewInput
from isms_plugin.analysis.management_review.moment import Found, Moment, moment_of
from isms_plugin.analysis.management_review.surroundings import action_words
from isms_plugin.model.action import Action
from isms_plugin.model.isms import Isms
from isms_plugin.model.management_review import Answer, Decision, ManagementReview
from isms_plugin.model.minutes_state import minutes_hash

SignOff = Literal["not held", "not signed", "signed", "state not recorded", "changed since"]
"""Where the minutes of a review stand."""


class Section(NamedTuple):
    """One input: what the registers say, what the review said, in one answer or more, and what is missing by name."""

    input: ReviewInput
    found: Found
    answers: tuple[Answer, ...]
    missing: tuple[str, ...]


class Carried(NamedTuple):
    """A decision and where its action stands today."""

    decision: Decision
    action: Action | None
    words: str
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Everything that belongs to one review."""

    review: ManagementReview
    day: date
    """Day as of which the registers are read."""
    since: date | None
    """First day it looks back on; None for everything."""
    sections: tuple[Section, ...]
    others: tuple[Answer, ...]
    """Answers that do not say which input they belong to."""
    decisions: tuple[Carried, ...]
    sign_off: SignOff

    @property
    def missing(self) -> list[str]:
        """Everything that is missing, with the input it belongs to."""
        return [f"{section.input.title}: {told}" for section in self.sections for told in section.missing]


def pack_of(facts: Facts, review: ManagementReview, day: date | None = None) -> Pack:
    """Return the pack of a review: as of the day it was held, else as of `day`, by default and at most that of the facts."""
    moment = moment_of(facts.isms, facts.trace, review, review.held_on or min(day or facts.today, facts.today))
    return Pack(
        review=review,
        day=moment.day,
        since=moment.since,
        sections=tuple(_section(moment, review, item) for item in REVIEW_INPUTS),
        others=tuple(answer for answer in review.inputs if answer.input is None),
        decisions=tuple(_carried(facts, decision) for decision in review.decisions),
        sign_off=sign_off_of(facts.isms.whole_of(review)),
    )


def _section(moment: Moment, review: ManagementReview, item: ReviewInput) -> Section:
    found = item.find(moment)
    answers = tuple(answer for answer in review.inputs if answer.input == item.name)
    silent = review.closed and not any(answer.summary for answer in answers)
    return Section(item, found, answers, (*found.missing, *(("the review says nothing on it",) if silent else ())))


def _carried(facts: Facts, decision: Decision) -> Carried:
    action = facts.isms.get(Action, decision.action)
    words, late = action_words(action, facts.today) if action else ("no action", False)
    return Carried(decision, action, words, late)


def sign_off_of(review: ManagementReview) -> SignOff:
    """Return where the minutes of a review stand."""
    if not review.closed:
        return "not held"
    if review.approved_state:
        return "signed" if review.approved_state == minutes_hash(review) else "changed since"
    return "state not recorded" if review.approved_by and review.approved_on else "not signed"


def reviews(isms: Isms) -> list[ManagementReview]:
    """Return the reviews that are neither drafts nor retired, by the day on which they were held or are planned."""
    known = isms.living(ManagementReview)
    return sorted(known, key=lambda review: (review.held_on or review.planned or date.max, review.id))


def next_review(found: Iterable[ManagementReview]) -> ManagementReview | None:
    """Return the first review that has not been held."""
    return next((review for review in found if not review.closed), None)
