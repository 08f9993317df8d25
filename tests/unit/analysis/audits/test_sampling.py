from collections.abc import Callable
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.analysis.audits.sampling import Repeat, draw, population, population_hash, registers, repeat
from isms_plugin.model.audit import Sample
from isms_plugin.model.incident import Incident
from isms_plugin.model.supplier import Supplier
from tests.builders import a_supplier, an_isms

IDS = st.sets(st.text(min_size=1, max_size=8).filter(lambda text: text.isprintable()), min_size=1, max_size=30)
SUPPLIERS = [f"SUP-{number:03}" for number in range(1, 16)]
FIVE = ("SUP-011", "SUP-012", "SUP-009", "SUP-004", "SUP-001")
"""What a shell with sha256sum gives for the seed `x`."""
HASH = sha256("".join(f"{name}\n" for name in SUPPLIERS).encode()).hexdigest()


def test_anybody_can_repeat_the_draw_without_this_program() -> None:
    assert draw(SUPPLIERS, 5, "x") == FIVE
    assert population_hash(SUPPLIERS) == "97241927158b87362da743c3dffdca84353a9ba5aaf178f4f3f7772dfe18cca1"


def test_another_seed_draws_others() -> None:
    assert set(draw(SUPPLIERS, 5, "y")) != set(FIVE)


@given(IDS, st.text(max_size=5), st.randoms(), st.data())
def test_the_order_of_the_population_does_not_matter(ids: set[str], seed: str, random: Any, data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(ids)))
    shuffled = [*ids, *ids]
    random.shuffle(shuffled)
    assert draw(shuffled, size, seed) == draw(sorted(ids), size, seed)
    assert population_hash(shuffled) == population_hash(sorted(ids))


@given(IDS, st.text(max_size=5))
def test_a_larger_sample_begins_with_the_smaller_one_and_the_largest_is_everything(ids: set[str], seed: str) -> None:
    whole = draw(ids, len(ids), seed)
    assert set(whole) == ids
    assert all(draw(ids, size, seed) == whole[:size] for size in range(1, len(ids)))


@pytest.mark.parametrize("size", [-1, 0, 16])
def test_no_sample_is_empty_or_larger_than_its_population(size: int) -> None:
    with pytest.raises(ValueError, match=f"a sample of {size} cannot be drawn from 15"):
        draw(SUPPLIERS, size, "x")


def an_incident(number: int, day: str, **changes: str) -> Incident:
    return Incident.model_validate({"id": f"INC-{number:03}", "title": "Loss", "detected_on": day} | changes)


def test_the_population_is_what_lives_in_the_register() -> None:
    isms = an_isms(a_supplier(id="SUP-002", status="retired"), a_supplier(id="SUP-003", status="draft"), a_supplier(id="SUP-004"))
    assert [entry.id for entry in population(isms, Supplier)] == ["SUP-001", "SUP-004"]


def test_of_a_period_first_and_last_day_count() -> None:
    days = ("2028-02-28", "2028-02-29", "2028-03-01", "2028-03-02")
    isms = an_isms(*(an_incident(number, day) for number, day in enumerate(days, start=1)))
    first, last = date(2028, 2, 29), date(2028, 3, 1)
    assert [entry.id for entry in population(isms, Incident, first, last)] == ["INC-002", "INC-003"]
    assert [entry.id for entry in population(isms, Incident, first)] == ["INC-002", "INC-003", "INC-004"]
    assert [entry.id for entry in population(isms, Incident, None, first)] == ["INC-001", "INC-002"]


def test_registers_by_name() -> None:
    found = registers(an_isms())
    assert found["suppliers"] is Supplier
    assert {"documents", "clauses", "controls", "soa"} <= found.keys()


@pytest.fixture
def drawn() -> Callable[..., Sample]:
    def made(**changes: object) -> Sample:
        valid = {
            "population": "Suppliers", "count": "15", "register": "suppliers", "seed": "x", "population_hash": HASH, "items": [*FIVE],
        }  # fmt: skip
        return Sample.model_validate(valid | changes)

    return made


ISMS = an_isms(*(a_supplier(id=name) for name in SUPPLIERS))


@pytest.mark.parametrize(
    ("changes", "outcome", "why"),
    [
        ({}, Repeat.SAME, ""),
        ({"items": [*FIVE[::-1]]}, Repeat.SAME, ""),
        ({"seed": None}, Repeat.NONE, ""),
        ({"items": [*FIVE[:4], "SUP-002"]}, Repeat.OTHER, "the seed gives SUP-011, SUP-012, SUP-009, SUP-004, SUP-001"),
        ({"items": [*FIVE[:3], "PER-001"]}, Repeat.OTHER, "the seed gives SUP-011, SUP-012, SUP-009, SUP-004"),
        ({"items": [f"OTH-{number}" for number in range(16)]}, Repeat.OTHER, "more items than the 15 there were"),
        ({"count": "14"}, Repeat.OTHER, "the population has 15 entries, not 14"),
        ({"population_hash": "b" * 64, "items": ["SUP-002"]}, Repeat.CHANGED, ""),
        ({"population_hash": None}, Repeat.IMPOSSIBLE, "no `population_hash`"),
        ({"count": None}, Repeat.IMPOSSIBLE, "no `count`"),
        ({"register": None}, Repeat.IMPOSSIBLE, "no `register`"),
        ({"register": "supplier"}, Repeat.IMPOSSIBLE, "there is no register 'supplier'"),
        ({"items": []}, Repeat.IMPOSSIBLE, "no `items`"),
        ({"register": None, "items": [], "others": "12 pull requests"}, Repeat.NONE, ""),
    ],
)
def test_what_becomes_of_a_draw_when_it_is_made_again(
    drawn: Callable[..., Sample], changes: dict[str, object], outcome: Repeat, why: str
) -> None:
    found = repeat(ISMS, drawn(**changes))
    assert found.outcome is outcome
    assert found.why.startswith(why)


def test_a_draw_from_a_period_is_made_again_from_it(drawn: Callable[..., Sample]) -> None:
    isms = an_isms(an_incident(1, "2026-03-01"), an_incident(2, "2026-04-01"), an_incident(3, "2026-05-01"))
    sample = drawn(
        register="incidents",
        period_to="2026-04-01",
        count="2",
        items=["INC-001", "INC-002"],
        population_hash=population_hash(["INC-001", "INC-002"]),
    )
    assert repeat(isms, sample).outcome is Repeat.SAME
