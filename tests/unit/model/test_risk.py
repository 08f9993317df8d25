from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.model.risk_method import Appetite, Band, MatrixRow, RiskMethod, ScaleStep, method_of
from tests.builders import a_risk

STEPS = tuple(ScaleStep(value=value, name=str(value), meaning="Told.") for value in (1, 2, 3))


def a_method(**changes: Any) -> RiskMethod:
    valid: dict[str, Any] = {
        "id": "MTH-1.0", "version": "1.0", "likelihood": STEPS, "consequence": STEPS, "acceptable": 2, "with_acceptance": 4,
        "bands": (Band.model_validate({"name": "low", "from": 1}), Band.model_validate({"name": "high", "from": 6})),
    }  # fmt: skip
    return RiskMethod.model_validate(valid | changes)


def test_without_a_registered_method_the_level_is_likelihood_times_consequence() -> None:
    levels = a_risk(likelihood=3, consequence=4, residual_likelihood=2, residual_consequence=1).worked_out({})
    assert levels == {"inherent_level": None, "level": 12, "residual_level": 2}


@pytest.mark.parametrize("unknown", ["likelihood", "consequence"])
def test_the_level_is_unknown_while_one_factor_is(unknown: str) -> None:
    assert a_risk(**{unknown: None}).worked_out({})["level"] is None
    assert a_risk(**{f"residual_{unknown}": None}).worked_out({})["residual_level"] is None


def test_an_assessment_keeps_the_method_it_used() -> None:
    with_matrix = a_method(id="MTH-1.1", version="1.1", matrix=(MatrixRow(likelihood=3, levels=(3, 7, 9)),))
    entries = {method.id: method for method in (a_method(), with_matrix)}
    assert [a_risk(method_version=version, likelihood=3, consequence=2).worked_out(entries)["level"] for version in ("1.0", "1.1")] == [
        6,
        7,
    ]


@pytest.mark.parametrize(("likelihood", "consequence"), [(4, 1), (1, 4)])
def test_what_is_not_on_the_scale_has_no_level(likelihood: int, consequence: int) -> None:
    assert a_method().level(likelihood, consequence) is None


@pytest.mark.parametrize(("likelihood", "consequence"), [(1, 1), (3, 3)])
def test_a_matrix_with_holes_gives_no_level(likelihood: int, consequence: int) -> None:
    assert a_method(matrix=(MatrixRow(likelihood=3, levels=(3, 7)),)).level(likelihood, consequence) is None


@pytest.mark.parametrize(("level", "name"), [(None, ""), (0, ""), (1, "low"), (5, "low"), (6, "high"), (9, "high")])
def test_a_level_lies_in_the_highest_band_that_begins_at_or_below_it(level: int | None, name: str) -> None:
    assert a_method().band(level) == name


@pytest.mark.parametrize(("category", "limits"), [(None, (2, 4)), ("fraud", (1, None)), ("other", (2, 4))])
def test_a_category_may_have_limits_of_its_own(category: str | None, limits: tuple[int, int | None]) -> None:
    assert a_method(appetite=(Appetite(category="fraud", acceptable=1),)).limits(category) == limits


def test_the_method_of_a_version_is_found_by_its_id() -> None:
    assert method_of("1.0", {"MTH-1.0": a_method()}) == a_method()
    assert method_of("2.0", {"MTH-1.0": a_method()}).level(5, 5) == 25
