"""The hash that a sign-off of minutes is bound to: of what the minutes say, not of the row's bytes (clauses 7.5.3 and 9.3.3).

What counts: every field of the row but those of the sign-off itself, the status, and evidence and links, which may come later.
White space, empty fields, and the order of those who attended and of what an answer refers to do not count; a field that a later
version of the program brings changes nothing while it is empty. The algorithm has a number, as that of an acceptance has.
"""

from __future__ import annotations

from typing import Any, Final

from isms_plugin.model.digest import digest_of_values
from isms_plugin.model.fields import FieldSpec, fields_of
from isms_plugin.model.management_review import ManagementReview

ALGORITHM: Final = "isms-minutes-1"

NOT_SIGNED: Final = frozenset(("approved_by", "approved_on", "approved_state", "status", "evidence", "links"))
"""Fields that may change after the sign-off."""


def minutes_hash(review: ManagementReview) -> str:
    """Return algorithm and SHA-256 of what minutes say, as `isms-minutes-1:` and 64 hexadecimal digits."""
    return digest_of_values(ALGORITHM, signed_values(review))


def signed_values(review: ManagementReview) -> dict[str, Any]:
    """Return the values that are hashed, by field."""
    filled = review.model_dump(mode="json", exclude=set(NOT_SIGNED))
    return _values(fields_of(ManagementReview), filled)


def _values(specs: tuple[FieldSpec, ...], filled: dict[str, Any]) -> dict[str, Any]:
    """Return the values of an entry or part that are not empty."""
    values = {spec.name: _value(spec, filled[spec.name]) for spec in specs if spec.name in filled}
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _value(spec: FieldSpec, held: Any) -> Any:
    if isinstance(held, list):
        items = [_value(spec, item) for item in held]
        return sorted(set(items)) if spec.ref else items
    if spec.part is not None and held is not None:
        return _values(fields_of(spec.part), held)
    return " ".join(held.split()) if isinstance(held, str) else held
