"""Signing off the minutes of a management review: whatever would not stand up later is refused now (clauses 7.5.3 and 9.3.3)."""

from __future__ import annotations

from isms_plugin.analysis.completeness import missing_fields
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.management_review.checks import top_roles
from isms_plugin.authoring.accept import UNKNOWN, Acceptance, Signed, refuse_days_to_come
from isms_plugin.authoring.approve import find_person
from isms_plugin.errors import IsmsError
from isms_plugin.model.management_review import ManagementReview
from isms_plugin.model.minutes_state import minutes_hash
from isms_plugin.model.people import Person


def sign_off(facts: Facts, review: ManagementReview, wish: Acceptance) -> Signed:
    """Return the row of a review with its sign-off; raises IsmsError where that would not stand up."""
    person = find_person(facts, wish.person)
    _refuse_state(facts, review)
    _refuse_person(facts, review, person, wish)
    _refuse_days(facts, review, wish)
    state = minutes_hash(review)
    values = {"approved_by": person.id, "approved_on": wish.accepted_on.isoformat(), "approved_state": state}
    return Signed(review, values, f"{review.id} {review.name}: minutes signed by {person.id} on {wish.accepted_on} ({state[:24]}...)")


def _refuse_state(facts: Facts, review: ManagementReview) -> None:
    if not review.living:
        raise IsmsError(f"{review.id}: is {review.status}; only minutes in force can be signed")
    if not review.closed:
        raise IsmsError(f"{review.id}: has not been held; record the day of the meeting in `held_on`")
    mistakes = [found.code for found in facts.by_entry.get(review.id, ()) if found.code in UNKNOWN - {"missing-field"}]
    if mistakes:
        raise IsmsError(
            f"{review.id}: has mistakes ({', '.join(dict.fromkeys(mistakes))}), so nobody knows what is signed; clear them first"
        )
    missing = [spec.key for spec in missing_fields(review)] + [name.replace("_", " ") for name in review.unanswered]
    if missing:
        raise IsmsError(f"{review.id}: lacks {', '.join(missing)}; minutes are signed when they are complete")


def _refuse_person(facts: Facts, review: ManagementReview, person: Person, wish: Acceptance) -> None:
    top = any(role.held_by(person.id, wish.accepted_on) for role in top_roles(facts.isms))
    if person.id != review.chair and not top:
        raise IsmsError(f"{review.id}: {person.id} ({person.name}) neither chaired it nor holds a role of top management")
    if not person.active(wish.accepted_on):
        raise IsmsError(f"{person.id} ({person.name}) was not active on {wish.accepted_on}")


def _refuse_days(facts: Facts, review: ManagementReview, wish: Acceptance) -> None:
    refuse_days_to_come(facts, wish)
    if review.held_on and wish.accepted_on < review.held_on:
        raise IsmsError(f"{review.id}: was held on {review.held_on}, after {wish.accepted_on}; minutes are signed afterwards")
    if wish.accepted_until:
        raise IsmsError(f"{review.id}: minutes are signed without a last day; leave out --until")
