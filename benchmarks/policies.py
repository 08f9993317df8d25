"""Policies of a made-up organization: texts that grow by versions and move between folders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Final

AREAS: Final = ("access", "assets", "continuity", "development", "operations", "people", "premises", "suppliers", "incidents", "governance")
CONTROLS: Final = tuple(
    f"A.{theme}.{number}" for theme, last in ((5, 37), (6, 8), (7, 14), (8, 34)) for number in range(1, last + 1)
)  # fmt: skip
EXCLUDED: Final = frozenset(("A.7.11", "A.8.30"))
INCLUDED: Final = tuple(control for control in CONTROLS if control not in EXCLUDED)
_PARAGRAPHS: Final = 14
_WORDS: Final = (
    (
        "The owner",
        "A line manager",
        "The service desk",
        "Whoever starts a task",
        "The holder of a role",
        "A second engineer",
        "The auditor",
    ),
    ("writes down", "checks", "approves", "ends", "repeats", "reports", "reads back", "puts aside", "compares", "explains", "counts"),
    ("every exception", "the reason", "unused rights", "a sample of copies", "each request", "the test data", "old keys", "all deviations"),
    (
        "within ten working days",
        "before the first step",
        "on the day it is found",
        "once a quarter",
        "in the first week",
        "at the handover",
    ),
    ("so that nobody has to guess", "and keeps the record", "unless the contract says more", "whether or not harm was done", "as agreed"),
    ("for the team in Leeds", "in the cloud platform", "at both sites", "for every supplier", "on managed devices", "in the product"),
)
_STEPS: Final = ("ask the owner", "note the ticket", "check the class", "inform the team", "test the way back", "close the record")


@dataclass(frozen=True, slots=True)
class Policy:
    """One document: its number from 1, what it refers to, and the paths it has had, the present one last."""

    number: int
    title: str
    controls: tuple[str, ...]
    mentions: tuple[str, ...]
    link: str
    paths: tuple[str, ...]

    @property
    def id(self) -> str:
        """The id, which no move or rename changes."""
        return f"POL-{self.number:04d}"

    def text(self, version: int) -> bytes:
        """Return the file as it was in a version, counted from 0: each changes one paragraph."""
        body = (self._paragraph(place, version - (version - place) % _PARAGRAPHS) for place in range(_PARAGRAPHS))
        return "\n".join((self._front(version), *body)).encode()

    def _front(self, version: int) -> str:
        notes = "\n".join(
            f'  - {{version: "1.{number}", note: "Paragraph {number % _PARAGRAPHS} made clearer."}}'
            for number in range(version, max(version - 3, -1), -1)
        )
        return (
            f'---\nid: {self.id}\ntitle: {self.title}\nkind: policy\nstatus: approved\nversion: "1.{version}"\nowner: PER-0001\n'
            f"approver_role: ROL-001\napproved_by: PER-0002\napproved_on: 2026-03-12\nnext_review: 2027-03-12\nclassification: internal\n"
            f"audience: [all staff]\ncontrols: [{', '.join(self.controls)}]\nchanges:\n{notes}\n---\n# {self.title}\n"
        )

    def _paragraph(self, place: int, changed: int) -> str:
        text = f"{_prose(self.number, place, max(changed, 0))} See [{self.mentions[place % len(self.mentions)]}].\n"
        if place % 6 == 0:
            return f"## {place // 6 + 1}. Rules for part {place // 6 + 1}\n\n{text}"
        if place % 6 == 3:
            steps = "".join(f"{number}. First {step}, then go on with **{_STEPS[number % 3]}**.\n" for number, step in enumerate(_STEPS, 1))
            return f"{text}\n{steps}"
        if place == 8:
            table = (
                f"| Class | Where | Until |\n|---|---|---|\n| internal | [here]({self.link}) | 2 years |\n| restricted | safe | 5 years |\n"
            )
            return f"{text}\n{table}"
        return text


@lru_cache(maxsize=256)
def _prose(*key: int) -> str:
    """Return two or three sentences unlike those of any other key, so that git takes no policy for a copy of another."""
    random = Random(" ".join(map(str, key)))
    return " ".join(" ".join(random.choice(words) for words in _WORDS) + "." for _ in range(2 + key[1] % 2))


def make_policies(count: int, random: Random, others: Sequence[str]) -> list[Policy]:
    """Return policies that refer to controls, to each other and to other entries, with up to three moves behind them."""
    ids = [f"POL-{number:04d}" for number in range(1, count + 1)]
    areas = [random.choice(AREAS) for _ in ids]
    names = [f"{area}-rule-{number:04d}" for number, area in enumerate(areas, 1)]
    policies = []
    for number, (area, name) in enumerate(zip(areas, names, strict=True), 1):
        controls = tuple(random.sample(INCLUDED, 3))
        old = [f"policies/{random.choice(AREAS)}/{name}-draft{turn}.md" for turn in range(random.choice((0, 0, 1, 2)))]
        other = random.randrange(count)
        policies.append(
            Policy(
                number=number,
                title=f"Policy {number} on {area}",
                controls=controls,
                mentions=(
                    *controls,
                    f"clause {random.choice(('4.1', '6.1.2', '7.5.3', '9.2'))}",
                    random.choice(ids),
                    *random.sample(others, 2),
                ),
                link=f"../{areas[other]}/{names[other]}.md",
                paths=(*old, f"policies/{area}/{name}.md"),
            )
        )
    return policies
