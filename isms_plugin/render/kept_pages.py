"""Pages and files of the last build that can stay, since nothing that they asked of the facts has another answer."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from isms_plugin.render.addresses import Links
from isms_plugin.render.cells import Cells
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, SiteFile
from isms_plugin.render.prose import Prose
from isms_plugin.render.watched import Notes, Question, Way, answer, same, watched

Made = tuple[Page | SiteFile, ...]


class Anew:
    """Keeps nothing: everything is made anew."""

    def begin(self, view: View) -> View:
        """Take up the facts of a build; return what its pages are made with."""
        return view

    def made(self, key: Hashable, inputs: tuple[Any, ...], make: Callable[[], Iterable[Page | SiteFile]]) -> Iterable[Page | SiteFile]:  # noqa: ARG002
        """Return the pages and files that `make` gives, or the same ones of the last build; it may use the view and `inputs` alone."""
        return make()

    def done(self) -> None:
        """End a build that has all its pages."""


class _Kept(NamedTuple):
    made: Made
    inputs: tuple[Any, ...]
    asked: frozenset[int]


class KeptPages(Anew):
    """Keeps what was made in a process that builds one site again and again."""

    def __init__(self) -> None:
        self._notes = Notes()
        self._kept: dict[Hashable, _Kept] = {}
        self._next: dict[Hashable, _Kept] = {}
        self._view: View | None = None
        """What the pages that are kept were made of: the facts of the last build that had all its pages."""
        self._begun: View | None = None
        self._changed: frozenset[int] = frozenset()

    def begin(self, view: View) -> View:
        """Find out which answers have changed since the last build."""
        before, self._begun, self._next = self._view, view, {}
        if before is not None and before.facts.settings != view.facts.settings:
            self._kept, before = {}, None  # they decide how everything is shown
        asked = frozenset().union(*(kept.asked for kept in self._kept.values()))
        questions = {number: question for question, number in self._notes.questions.items() if number in asked}
        self._changed = frozenset(_changed(questions, before, view)) if before else frozenset()
        return _watched(view, self._notes)

    def made(self, key: Hashable, inputs: tuple[Any, ...], make: Callable[[], Iterable[Page | SiteFile]]) -> Made:
        """Return what was made of the same inputs and answers, or make it and note what is asked meanwhile."""
        kept = self._kept.get(key)
        if kept is None or not kept.asked.isdisjoint(self._changed) or not same(kept.inputs, inputs):
            self._notes.asked = asked = set[int]()
            try:
                kept = _Kept(tuple(make()), inputs, frozenset(asked))
            finally:
                self._notes.asked = None
        self._next[key] = kept
        return kept.made

    def done(self) -> None:
        """Keep what this build has made."""
        self._kept, self._view = self._next, self._begun


def _changed(questions: dict[int, Question], before: View, now: View) -> list[int]:
    """Return the numbers of the questions whose answers differ."""
    ways = {way for way, _, _ in questions.values()}
    holders = {way: (_holder(before, way), _holder(now, way)) for way in ways}
    return [
        number
        for number, (way, part, key) in questions.items()
        if not same(answer(holders[way][0], part, key), answer(holders[way][1], part, key))
    ]


def _holder(view: Any, way: Way) -> Any:
    for name in way:
        view = getattr(view, name)
    return view


def _watched(view: View, notes: Notes) -> View:
    """Return a view like this one that notes what pages ask of it."""
    facts = watched(view.facts, ("facts",), notes)
    links = Links(facts.isms, watched(view.links.addresses, ("links", "addresses"), notes))
    prose = Prose(facts.isms.entries, autolink=view.prose.autolink)
    return replace(
        view,
        facts=facts,
        links=links,
        prose=prose,
        cells=Cells(links, prose),
        wording=watched(view.wording, ("wording",), notes),
        chains=watched(view.chains, ("chains",), notes),
        audits=watched(view.audits, ("audits",), notes),
    )
