"""The file with the diagnostics that an organization knows of, as `isms check` writes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from isms_plugin.analysis.check_report import Reported
from isms_plugin.authoring.yaml_text import row_yaml
from isms_plugin.model.diagnostic import Grade
from isms_plugin.model.known import Identity, KnownFile, identity_of
from isms_plugin.model.natural_order import natural

_HEAD: Final = """\
# What is known to be wrong and not yet cleared: `isms check` lets it pass, `isms audit` does not.
# Say in `reason` why each of them may wait. `isms check --write-known` keeps the reasons and drops what is no longer there.
"""


def known_yaml(found: Iterable[Reported], threshold: Grade, before: KnownFile) -> str:
    """Return the file, sorted by what each is about; what is waived or for information needs no such line, unless the latter fails.

    `before` is the file in the place of which it comes: its reasons stay.
    """
    least = min(threshold, Grade.OFI) if threshold > Grade.OFF else Grade.OFI
    counting = [item for item in found if item.grade >= least and not item.waived_by and item.item.code != "known-gone"]
    rows = {identity_of(item.item): _row(item, before) for item in counting}
    return _HEAD + "".join(rows[identity] for identity in sorted(rows, key=_order)) + ("" if rows else "[]\n")


def _row(found: Reported, before: KnownFile) -> str:
    item = found.item
    identity = identity_of(item)
    known = before.items.get(identity)
    fields: dict[str, Any] = {
        "code": item.code,
        "entry" if item.entry else "path": identity.subject,
        "field": identity.field,
        "message": identity.message,
        "reason": known.reason if known else "",
    }
    return row_yaml(fields) + ("" if fields["reason"] else '  reason: ""\n')


def _order(identity: Identity) -> list[Any]:
    return [natural(identity.subject), identity]
