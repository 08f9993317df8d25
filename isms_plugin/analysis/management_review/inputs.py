"""The inputs of clause 9.3.2: what each is called, and which part of the registers speaks of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from isms_plugin.analysis.management_review.moment import Found, Moment
from isms_plugin.analysis.management_review.performance import audits, measurements, nonconformities, objectives
from isms_plugin.analysis.management_review.risk_position import risks
from isms_plugin.analysis.management_review.surroundings import earlier_actions, feedback, improvement, issues, parties
from isms_plugin.model.management_review import Input


class ReviewInput(NamedTuple):
    """One input: its name in the register, the letter of the clause, its title, and what finds it in the registers."""

    name: Input
    letter: str
    title: str
    find: Callable[[Moment], Found]


REVIEW_INPUTS: Final = (
    ReviewInput("earlier_actions", "a", "Actions of earlier reviews", earlier_actions),
    ReviewInput("issues", "b", "Changes in external and internal issues", issues),
    ReviewInput("parties", "c", "Changes in what interested parties need and expect", parties),
    ReviewInput("nonconformities", "d 1", "Nonconformities and corrective action", nonconformities),
    ReviewInput("measurements", "d 2", "Results of measurement", measurements),
    ReviewInput("audits", "d 3", "Results of audits", audits),
    ReviewInput("objectives", "d 4", "Objectives: how far they are reached", objectives),
    ReviewInput("feedback", "e", "Feedback from interested parties", feedback),
    ReviewInput("risks", "f", "Risks and the treatment plan", risks),
    ReviewInput("improvement", "g", "Ideas for improvement", improvement),
)
"""Every input, in the order of the clause."""
