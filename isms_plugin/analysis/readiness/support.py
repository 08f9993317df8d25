"""What is missing in support: competence, training, communication (clauses 7.2 to 7.4)."""

from __future__ import annotations

from collections.abc import Iterator

from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage, register_place
from isms_plugin.model.competence import Competence, Training
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.organization import Communication
from isms_plugin.model.people import Role


def find_competence(facts: Facts, _: Stage) -> Iterator[Diagnostic]:
    """Report roles whose holder has no proof for something that the role needs; deputies are not asked for any."""
    isms = facts.isms
    for role in isms.of(Role):
        missing = [] if not role.living or not role.holder else _unproved_needs(facts, role)
        if not missing:
            continue
        needs = "; ".join(role.needs[position] for position in missing)
        yield Diagnostic(
            code="competence-missing",
            message=f"{role.id} {role.name}: nothing shows that {role.holder} has: {needs}",
            hint="register the proof in `competence` with person, role and need, worded as the role words it; or have it acquired",
            entry=role.id,
            place=isms.place(role).at("needs", missing[0]),
        )


def _unproved_needs(facts: Facts, role: Role) -> list[int]:
    """Return the positions of the needs that nothing proves today."""
    proved = {_folded(item.need) for item in facts.isms.of(Competence) if item.person == role.holder and _counts(facts, item, role)}
    return [position for position, need in enumerate(role.needs) if _folded(need) not in proved]


def _counts(facts: Facts, item: Competence, role: Role) -> bool:
    """Whether a proof is for a role and counts today; the last day counts, and training that had no effect proves nothing."""
    if item.role != role.id or not item.living or item.effective is False:
        return False
    judged = item.judged_on is None or item.judged_on <= facts.today
    return judged and (item.valid_to is None or facts.today <= item.valid_to)


def find_awareness(facts: Facts, _: Stage) -> Iterator[Diagnostic]:
    """Report that nobody was trained, training that people missed, and what was never told."""
    held = [item for item in facts.isms.living(Training) if item.held_on and item.held_on <= facts.today]
    if not any(item.attended != 0 or item.attendees for item in held):
        yield Diagnostic(
            code="no-training",
            message=f"nobody has had any training in information security up to {facts.today}",
            hint="hold one and register it in `training` with day, audience and who took part",
            place=register_place(facts, Training),
        )
    yield from _missed(facts, held)
    yield from _untold(facts)


def _missed(facts: Facts, held: list[Training]) -> Iterator[Diagnostic]:
    """Report runs of the audited period with fewer people than invited; later runs of the course may make up, a note may explain."""
    period = facts.settings.period(facts.today)
    for run in held:
        missing = (run.invited or 0) - (run.attended or 0) if run.attended is not None else 0
        if run.held_on not in period or missing <= 0 or run.note or _made_up(run, held) >= missing:
            continue
        yield Diagnostic(
            code="training-missed",
            message=f"{run.id} {run.name}: {run.attended} of {run.invited} took part on {run.held_on}",
            hint="repeat the course for those who missed it, or say in `note` why they need not take part",
            entry=run.id,
            place=facts.isms.place(run).at("attended"),
        )


def _made_up(run: Training, held: list[Training]) -> int:
    """Return how many took part in later runs of the same course; nothing tells who they were, since results of people stay elsewhere."""
    course = _folded(run.course)
    later = (item for item in held if item.held_on and run.held_on and item.held_on > run.held_on and _folded(item.course) == course)
    return sum(item.attended or 0 for item in later)


def _untold(facts: Facts) -> Iterator[Diagnostic]:
    """Report communication that never took place; a note may say why there was no occasion."""
    for item in facts.isms.of(Communication):
        told = any(time.told_on is None or time.told_on <= facts.today for time in item.done)
        if not (told or item.note or not item.living):
            yield Diagnostic(
                code="communication-undone",
                message=f"{item.id} {item.name}: nothing shows that it was ever told to {item.audience or 'anybody'}",
                hint="add the day to `done` once it was told, or say in `note` why there was no occasion",
                entry=item.id,
                place=facts.isms.place(item),
            )


def _folded(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()
