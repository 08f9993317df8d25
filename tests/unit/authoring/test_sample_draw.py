"""A draw as it is recorded, and what is refused because it would not be one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from isms_plugin.analysis.audits.sampling import Repeat, draw, population_hash, repeat
from isms_plugin.authoring.sample_draw import Wish, draw_sample, files_with_sample
from isms_plugin.errors import IsmsError
from isms_plugin.model.audit import Sample
from isms_plugin.model.diagnostic import Place
from tests.builders import TODAY, a_nonconformity, a_supplier, an_audit, facts_of

NAMES = [f"SUP-{number:03}" for number in range(1, 8)]
FACTS = facts_of(*(a_supplier(id=name) for name in NAMES), an_audit(ended_on=None), a_nonconformity())
ROW = b"- id: AUD-001\n  title: Internal audit\n"


def a_wish(**changes: Any) -> Wish:
    return Wish(**{"register": "suppliers", "size": 3, "seed": "tram 14"} | changes)


def test_the_row_has_all_that_a_repetition_needs() -> None:
    drawn = draw_sample(FACTS, a_wish())
    assert drawn.row == {
        "population": "Suppliers", "count": 7, "method": "isms-draw-1", "register": "suppliers", "period_from": None, "period_to": None,
        "seed": "tram 14", "drawn_on": TODAY, "population_hash": population_hash(NAMES), "items": [*draw(NAMES, 3, "tram 14")],
    }  # fmt: skip
    told = {key: str(value) if key in ("count", "drawn_on") else value for key, value in drawn.row.items()}
    assert repeat(FACTS.isms, Sample.model_validate(told)).outcome is Repeat.SAME


@pytest.mark.parametrize(
    ("first", "last", "title"),
    [
        (date(2026, 8, 19), date(2026, 8, 19), "Nonconformities, 2026-08-19 to 2026-08-19"),
        (date(2026, 8, 19), None, "Nonconformities, from 2026-08-19"),
        (None, date(2026, 8, 19), "Nonconformities, up to 2026-08-19"),
    ],
)
def test_the_population_says_its_period(first: date | None, last: date | None, title: str) -> None:
    drawn = draw_sample(FACTS, a_wish(register="nonconformities", size=1, first=first, last=last))
    assert (drawn.title, [item.id for item in drawn.items]) == (title, ["NC-001"])


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"register": "supplier"}, "no such register; did you mean suppliers"),
        ({"register": "xyz"}, "no such register; there are"),
        ({"size": 8}, "--n 8: Suppliers are 7"),
        ({"seed": "  "}, "--seed: is empty"),
        ({"first": date(2026, 1, 1)}, "suppliers: its entries have no day"),
        ({"register": "nonconformities", "first": date(2026, 1, 2), "last": date(2026, 1, 1)}, "ends before it begins"),
        ({"register": "nonconformities", "first": date(2026, 8, 20)}, "Nonconformities, from 2026-08-20 are 0"),
    ],
)
def test_what_is_no_draw_is_refused(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(IsmsError, match=told):
        draw_sample(FACTS, a_wish(**changes))


def written(name: str = "AUD-001", **changes: Any) -> str:
    facts = facts_of(
        *(a_supplier(id=key) for key in NAMES), an_audit(**{"ended_on": None} | changes), places={"AUD-001": Place("a.yml", 1, 1, (0,))}
    )
    (content,) = files_with_sample(facts, name, draw_sample(facts, a_wish()), lambda _: ROW).values()
    return content.decode()


def test_the_sample_is_added_to_its_audit() -> None:
    assert written().startswith("- id: AUD-001\n  title: Internal audit\n  samples:\n    - population: Suppliers\n      count: 7\n")


def test_on_the_last_day_of_an_audit_one_may_still_draw() -> None:
    assert "seed: tram 14" in written(ended_on=TODAY)
    with pytest.raises(IsmsError, match="ended on 2026-11-23; what is drawn after it"):
        written(ended_on=date(2026, 11, 23))


@pytest.mark.parametrize(
    ("name", "changes", "told"),
    [
        ("AUD-01", {}, "AUD-01: no such audit; did you mean AUD-001"),
        ("AUD-001", {"status": "retired"}, "is retired"),
        ("AUD-001", {"samples": [{"population": "x", "register": "suppliers", "seed": "tram 14"}]}, "already"),
    ],
)
def test_where_a_sample_does_not_belong_it_is_refused(name: str, changes: dict[str, Any], told: str) -> None:
    with pytest.raises(IsmsError, match=told):
        written(name, **changes)


def test_a_mistake_in_the_file_is_told_with_its_path() -> None:
    facts = facts_of(a_supplier(), an_audit(ended_on=None), places={"AUD-001": Place("a.yml", 1, 1, (0,))})
    drawn = draw_sample(facts, a_wish(size=1))
    with pytest.raises(IsmsError, match=r"a\.yml: .*clear the mistakes"):
        files_with_sample(facts, "AUD-001", drawn, lambda _: b"- id: [\n")
