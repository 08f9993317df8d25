"""What changed since a risk was accepted, as far as the hash of the accepted state lets one work it out.

A hash tells no values, but those of a risk are few: states that differ from today's in the factors, or in one thing else,
are tried until one has the hash.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, get_args

from isms_plugin.model.action import Action
from isms_plugin.model.control import Control
from isms_plugin.model.isms import Isms
from isms_plugin.model.risk import Risk
from isms_plugin.model.risk_method import RiskMethod, method_of
from isms_plugin.model.risk_state import accepted_values, hash_of

_TREATMENTS = get_args(get_args(Risk.model_fields["treatment"].annotation)[0])
_FACTORS = ("likelihood", "consequence", "residual_likelihood", "residual_consequence")
_MOST = 6
"""Steps up to which all pairs of factors are tried where a method has no scales or long ones."""


def what_changed(isms: Isms, risk: Risk) -> str:
    """Return in words what differs from the state that was accepted; unknown where more than one thing does."""
    now = accepted_values(risk)
    for change in _changes(isms, risk, now):
        if hash_of(now | change) == risk.accepted_state:
            return _words(isms, risk.model_copy(update=change), risk)
    return "the scenario, or several fields at once"


def _changes(isms: Isms, risk: Risk, now: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Fields with the values that they may have had."""
    yield from ({"treatment": treatment} for treatment in (*_TREATMENTS, None))
    yield from ({"method_version": method.version} for method in isms.of(RiskMethod))
    for field, declaration in (("controls", Control), ("actions", Action)):
        yield from _lists(field, now[field], [entry.id for entry in isms.of(declaration)])
    method = method_of(risk.method_version, isms.entries)
    likelihoods, consequences = _steps(method.likelihood), _steps(method.consequence)
    for steps in product(likelihoods, consequences, likelihoods, consequences):
        yield dict(zip(_FACTORS, steps, strict=True))


def _lists(field: str, held: list[str], known: list[str]) -> Iterator[dict[str, Any]]:
    """Yield lists with one item more or less, or with none."""
    yield {field: []}
    yield from ({field: [item for item in held if item != gone]} for gone in held)
    yield from ({field: sorted((*held, more))} for more in known if more not in held)


def _steps(scale: tuple[object, ...]) -> range:
    return range(1, min(len(scale), _MOST) + 1 if scale else _MOST + 1)


def _words(isms: Isms, before: Risk, risk: Risk) -> str:
    old, new = before.worked_out(isms.entries), risk.worked_out(isms.entries)
    levels = (("level", "level"), ("residual_level", "residual level"))
    told = [f"{words} was {_level(old[name])}, is {_level(new[name])}" for name, words in levels if old[name] != new[name]]
    pairs = ((field, getattr(before, field), getattr(risk, field)) for field in ("treatment", "method_version"))
    told += [f"{field.replace('_', ' ')} was {was}, is {now}" for field, was, now in pairs if was != now]
    for field in ("controls", "actions"):
        gone, more = (set(getattr(one, field)) - set(getattr(other, field)) for one, other in ((before, risk), (risk, before)))
        told += [f"{field} now without {', '.join(sorted(gone))}"] if gone else []
        told += [f"{field} now with {', '.join(sorted(more))}"] if more else []
    return "; ".join(told) or "likelihood or consequence, with the same level"


def _level(level: int | None) -> str:
    return "unknown" if level is None else str(level)
