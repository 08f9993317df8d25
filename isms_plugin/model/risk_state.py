"""The hash that an acceptance of risk is bound to: of what the risk owner decided on, not of the row's bytes (clause 6.1.3 f).

What counts: version of the method, both pairs of factors, treatment, controls, actions, scenario. The order of controls
and actions, white space and every other field do not. The algorithm has a number: a later one gets the next, and rows
keep the one they were accepted with.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from isms_plugin.model.digest import digest_of_values
from isms_plugin.model.risk import Risk

ALGORITHM: Final = "isms-risk-1"


def state_hash(risk: Risk) -> str:
    """Return algorithm and SHA-256 of what an acceptance is about, as `isms-risk-1:` and 64 hexadecimal digits."""
    return hash_of(accepted_values(risk))


def hash_of(values: Mapping[str, Any]) -> str:
    """Return the hash of accepted values, by field."""
    return digest_of_values(ALGORITHM, values)


def accepted_values(risk: Risk) -> dict[str, Any]:
    """Return the values that are hashed, by field; None where one is empty."""
    return {
        "method_version": risk.method_version,
        "likelihood": risk.likelihood,
        "consequence": risk.consequence,
        "residual_likelihood": risk.residual_likelihood,
        "residual_consequence": risk.residual_consequence,
        "treatment": risk.treatment,
        "controls": sorted(set(risk.controls)),
        "actions": sorted(set(risk.actions)),
        "scenario": " ".join((risk.scenario or "").split()),
    }
