"""A page is made again when an answer that it asked for has changed, and only then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from isms_plugin.analysis.facts import Facts
from isms_plugin.model.diagnostic import Place
from isms_plugin.model.entry import Entry
from isms_plugin.model.history import History, Revision
from isms_plugin.model.isms import Isms
from isms_plugin.model.risk import Risk
from isms_plugin.model.settings import Settings
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.kept_pages import KeptPages
from isms_plugin.render.page import Page
from isms_plugin.render.site import render_site
from isms_plugin.render.watched import Notes, same, watched
from tests.builders import a_decision, a_risk, a_supplier, an_asset, an_isms, facts_of


class Twice:
    """Makes one page of two states of the facts."""

    def __init__(self, one: Facts, other: Facts) -> None:
        self.one, self.other, self.times = one, other, 0

    def remade(self, ask: Any, *, inputs: tuple[Any, ...] = (), later: tuple[Any, ...] | None = None) -> bool:
        """Whether the page that asks this is made a second time."""
        kept = KeptPages()
        for facts, given in ((self.one, inputs), (self.other, inputs if later is None else later)):
            view = kept.begin(make_view(facts, {}))
            list(kept.made("page", given, lambda view=view: self._page(view, ask)))  # type: ignore[misc]
            kept.done()
        return self.times == 2

    def _page(self, view: View, ask: Any) -> Iterator[Page]:
        self.times += 1
        told = ask(view)
        yield Page(uri="page.md", title="Page", markdown=str(list(told) if isinstance(told, Iterator) else told))


RENAMED = Twice(facts_of(a_risk()), facts_of(a_risk(title="Flood")))


@pytest.mark.parametrize(
    "ask",
    [
        lambda view: view.facts.isms.entries["RSK-001"],
        lambda view: view.facts.isms.entries.get("RSK-001"),
        lambda view: view.facts.isms.of(Risk),
        lambda view: view.facts.isms.living(Risk),
        lambda view: view.facts.isms.get(Risk, "RSK-001"),
        lambda view: view.facts.isms.title("RSK-001"),
        lambda view: len(view.facts.isms.entries),
        lambda view: [*view.facts.isms.entries.items()],
        lambda view: view.links.to("RSK-001"),
        lambda view: view.prose.block("[RSK-001]"),
        lambda view: view.relations("A.5.1"),
        lambda view: replace(view.facts.isms, faults=()).entries["RSK-001"],
    ],
)
def test_what_tells_the_title_of_a_risk_makes_the_page_again(ask: Any) -> None:
    assert Twice(RENAMED.one, RENAMED.other).remade(ask)


@pytest.mark.parametrize(
    "ask",
    [
        lambda view: view.facts.isms.entries["SUP-001"],
        lambda view: "RSK-001" in view.facts.isms.entries,
        lambda view: view.facts.isms.entries.get("RSK-777"),
        lambda view: view.facts.trace.incoming.get("RSK-001"),
        lambda view: view.chains.of("RSK-001"),
        lambda view: view.links.addresses["RSK-001"],
        lambda view: view.facts.soa,
        lambda view: view.facts.today,
        lambda view: "policies/security.md" in view.facts.isms.files,
        lambda view: view.facts.by_entry.get("SUP-001"),
    ],
)
def test_what_does_not_leaves_it_as_it_is(ask: Any) -> None:
    assert not Twice(RENAMED.one, RENAMED.other).remade(ask)


def test_an_id_that_comes_is_noticed_by_who_looked_for_it() -> None:
    with_more = facts_of(a_risk(id="RSK-002"))
    for ask in (
        lambda view: "RSK-002" in view.facts.isms.entries,
        lambda view: view.facts.isms.entries.get("RSK-002"),
        lambda view: view.links.to("RSK-002"),
    ):
        assert Twice(facts_of(), with_more).remade(ask)
        assert Twice(with_more, facts_of()).remade(ask)


@pytest.mark.parametrize(
    ("ask", "changed", "options"),
    [
        (lambda view: view.facts.soa, (a_decision(reason="Other."),), {}),
        (lambda view: view.facts.today, (), {"today": date(2027, 1, 1)}),
        (lambda view: view.facts.diagnostics, (a_risk(owner="PER-777"),), {}),
        (lambda view: "evidence/new.csv" in view.facts.isms.files, (), {"files": frozenset(("evidence/new.csv",))}),
        (lambda view: next(iter(view.facts.isms.files)), (), {"files": frozenset(("evidence/new.csv",))}),
        (lambda view: len(view.facts.isms.files), (), {"files": frozenset(("evidence/new.csv",))}),
    ],
)
def test_other_values_of_the_facts_make_the_page_again(ask: Any, changed: tuple[Entry, ...], options: dict[str, Any]) -> None:
    assert Twice(facts_of(), facts_of(*changed, **options)).remade(ask)


def test_other_inputs_make_it_again() -> None:
    twice = Twice(facts_of(), facts_of())
    assert not twice.remade(lambda _: "", inputs=({"a": 1},))
    assert Twice(facts_of(), facts_of()).remade(lambda _: "", inputs=({"a": 1},), later=({"a": 2},))


def test_other_settings_make_everything_again() -> None:
    assert Twice(facts_of(), facts_of(settings=Settings(autolink=True))).remade(lambda _: "")


def test_a_page_kept_twice_still_knows_what_it_asked() -> None:
    kept, made = KeptPages(), 0

    def page(view: View) -> Iterator[Page]:
        nonlocal made
        made += 1
        yield Page(uri="page.md", title=view.facts.isms.entries["RSK-001"].name, markdown="")

    for title in ("Fire", "Fire", "Fire", "Flood"):
        view = kept.begin(make_view(facts_of(a_risk(title=title)), {}))
        (found,) = kept.made("page", (), lambda view=view: page(view))  # type: ignore[misc]
        kept.done()
        assert isinstance(found, Page)
        assert found.title == title
    assert made == 2


@pytest.mark.parametrize("last", ["Fire", "Flood"])
def test_after_a_build_that_failed_pages_are_held_against_the_last_that_did_not(last: str) -> None:
    kept, facts = KeptPages(), [facts_of(a_risk(title=title)) for title in ("Fire", "Flood", last)]
    before = render_site(facts[0], name="x", meta={}, wording={}, kept=kept)
    view = kept.begin(make_view(facts[1], {}))
    with pytest.raises(ZeroDivisionError):
        kept.made("broken", (), lambda: 1 // 0)  # type: ignore[arg-type, return-value]
    assert view.facts.isms.entries["RSK-001"].name == "Flood"  # and asks nothing of a page any more
    again = render_site(facts[2], name="x", meta={}, wording={}, kept=kept)
    assert again == render_site(facts[2], name="x", meta={}, wording={})
    assert (again == before) == (last == "Fire")


def test_pages_of_a_site_stay_the_very_same_unless_they_tell_what_changed() -> None:
    kept = KeptPages()
    one, other = (render_site(facts_of(a_risk(title=title), an_asset(), a_supplier()), name="x", meta={}, wording={}, kept=kept)
                  for title in ("Fire", "Flood"))  # fmt: skip
    before = {page.uri: page for page in one.pages}
    remade = {page.uri for page in other.pages if before[page.uri] is not page}
    assert {"risks/RSK-001.md", "risks/index.md"} <= remade
    assert not {"suppliers/SUP-001.md", "suppliers/index.md", "controls/index.md", "employees.md"} & remade
    assert len(remade) < len(before) / 3


@dataclass(frozen=True)
class Told:
    one: Any
    unseen: Any = field(default=None, compare=False)


CET = timezone(timedelta(hours=1))
AT_TEN = datetime(2026, 1, 1, 10, tzinfo=CET)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True), (1, 1.0), ("1", 1), ((1,), [1]), ((1,), (1, 2)), ({"a": 1}, {"a": 2}), ({"a": 1}, {"b": 1}),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        (AT_TEN, AT_TEN.astimezone(UTC)), ({"a": AT_TEN}, {"a": AT_TEN.astimezone(UTC)}), (Told(1), Told(True)), (Told(1, 1), Told(1, 2)),
        (a_risk(), a_risk(title="Flood")), (Place("a", 1), Place("a", 2)), (date(2026, 1, 1), AT_TEN), (None, ()),
    ],
)  # fmt: skip
def test_answers_that_may_look_different_are_not_the_same(one: Any, other: Any) -> None:
    assert not same(one, other)
    assert same(one, one)


@pytest.mark.parametrize(
    "make",
    [
        lambda: (1, "a", None, {"a": (1,)}),
        a_risk,
        lambda: Told([1], {"a"}),
        lambda: datetime(2026, 1, 1, 10, tzinfo=CET),
        lambda: frozenset("ab"),
    ],
)
def test_equal_answers_are_the_same(make: Any) -> None:
    assert same(make(), make())


def test_facts_that_are_watched_are_facts_all_the_same() -> None:
    notes = Notes()
    facts = watched(facts_of(), ("facts",), notes)
    assert isinstance(facts, Facts)
    assert isinstance(facts.isms, Isms)
    assert type(replace(facts.isms, faults=())) is Isms
    assert list(facts.isms.files) == list(facts_of().isms.files)
    assert len(facts.isms.files) == len(facts_of().isms.files)
    assert not notes.questions  # no page was being made


def test_a_revision_made_elsewhere_at_the_same_moment_is_another() -> None:
    isms = an_isms()
    one, other = (
        History(revisions={"a": (Revision(commit="1", date=day, author="", email="", summary="", path="a"),)})
        for day in (AT_TEN, AT_TEN.astimezone(UTC))
    )
    facts = facts_of()
    assert Twice(replace(facts, history=one, isms=isms), replace(facts, history=other, isms=isms)).remade(
        lambda view: view.facts.history.of("a")
    )
