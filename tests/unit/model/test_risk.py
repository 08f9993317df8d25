from __future__ import annotations

import pytest

from tests.builders import a_risk


def test_the_level_of_risk_is_likelihood_times_consequence() -> None:
    risk = a_risk(likelihood=3, consequence=4, residual_likelihood=2, residual_consequence=1)
    assert (risk.level, risk.residual_level) == (12, 2)


@pytest.mark.parametrize("unknown", ["likelihood", "consequence"])
def test_the_level_is_unknown_while_one_factor_is(unknown: str) -> None:
    assert a_risk(**{unknown: None}).level is None
    assert a_risk(**{f"residual_{unknown}": None}).residual_level is None
