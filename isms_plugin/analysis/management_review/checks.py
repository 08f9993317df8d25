"""What an auditor would object to in management reviews that were held (clause 9.3)."""

from __future__ import annotations

from collections.abc import Iterator

from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.isms import Isms
from isms_plugin.model.management_review import ManagementReview
from isms_plugin.model.minutes_state import minutes_hash
from isms_plugin.model.people import Person, Role


def check_management_reviews(isms: Isms) -> Iterator[Diagnostic]:
    """Report inputs without an answer, decisions without an action, a chair without the right, and minutes changed since sign-off."""
    for review in isms.of(ManagementReview):
        if not review.living or not review.closed:
            continue
        yield from _unanswered(isms, review)
        yield from _chair(isms, review)
        yield from _decisions(isms, review)
        yield from _minutes(isms, review)


def _unanswered(isms: Isms, review: ManagementReview) -> Iterator[Diagnostic]:
    """Report inputs that have no answer; where there is none at all, the empty field is reported already."""
    missing = [name.replace("_", " ") for name in review.unanswered]
    if review.inputs and missing:
        yield Diagnostic(
            code="review-input-missing",
            message=f"{review.id} says nothing on {', '.join(missing)}",
            hint="say under `inputs` what was found, `no change, because` counts; "
            f"`isms management-review {review.id}` shows what the registers hold",
            entry=review.id,
            place=isms.place(review).at("inputs"),
        )


def _chair(isms: Isms, review: ManagementReview) -> Iterator[Diagnostic]:
    person, day = isms.get(Person, review.chair), review.held_on
    top = top_roles(isms)
    if person is None or day is None or not top or any(role.held_by(person.id, day) for role in top):
        return
    yield Diagnostic(
        code="review-without-top-management",
        message=f"{review.id} was chaired by {person.name}, who held no role of top management on {day}",
        hint=f"top management is whoever holds {', '.join(role.id for role in top)}; name the one who chaired, or who held the role before "
        "in `former_holders`",
        entry=review.id,
        place=isms.place(review).at("chair"),
    )


def top_roles(isms: Isms) -> list[Role]:
    """Return the roles whose holders direct the organization; drafts do not count."""
    return [role for role in isms.of(Role) if role.top_management and not role.draft]


def _decisions(isms: Isms, review: ManagementReview) -> Iterator[Diagnostic]:
    for position, decision in enumerate(review.decisions):
        if decision.text and not decision.action:
            yield Diagnostic(
                code="decision-without-action",
                message=f"{review.id} decided {decision.text!r}, and no action carries it out",
                hint="register an action with owner and day, and name it beside the decision",
                entry=review.id,
                place=isms.place(review).at("decisions", position),
            )


def _minutes(isms: Isms, review: ManagementReview) -> Iterator[Diagnostic]:
    if review.approved_state and review.approved_state != minutes_hash(isms.whole_of(review)):
        yield Diagnostic(
            code="minutes-changed",
            message=f"{review.id} was changed after its minutes had been signed off{_when(review)}",
            hint=f"take the change back, or have the minutes signed again with `isms accept {review.id}`",
            entry=review.id,
            place=isms.place(review).at("approved_state"),
        )
    elif review.approved_by and review.approved_on and not review.approved_state:
        yield Diagnostic(
            code="minutes-unbound",
            message=f"{review.id} was signed off on {review.approved_on}, and no hash says in which state",
            hint=f"`isms accept {review.id} --as {review.approved_by} --on {review.approved_on}` records what was signed",
            entry=review.id,
            place=isms.place(review).at("approved_on"),
        )


def _when(review: ManagementReview) -> str:
    return f" on {review.approved_on}" if review.approved_on else ""
