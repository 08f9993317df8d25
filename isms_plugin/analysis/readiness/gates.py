"""The classic majors by name: what ends an audit, as auditors tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Gate:
    """Something that has to be in place before an audit is worth its day, and the codes that say that it is not."""

    name: str
    title: str
    question: str
    codes: tuple[str, ...]


GATES: Final = (
    Gate("training", "Training", "Has anybody had training in information security?", ("no-training",)),
    Gate(
        "asset-register", "Asset register", "Is there a register of assets, and does somebody answer for each?",
        ("no-asset-register", "assets-without-owner"),
    ),
    Gate(
        "document-control", "Document control", "Are documents under version control, and changed only with approval?",
        ("not-version-controlled", "changed-since-approval"),
    ),
    Gate("management-review", "Management review", "Has top management reviewed the ISMS?", ("no-management-review",)),
    Gate("internal-audit", "Internal audit", "Has there been an internal audit?", ("no-internal-audit", "no-audit-programme")),
    Gate("statement", "Statement of applicability", "Is the statement of applicability approved?", ("soa-not-approved",)),
    Gate("scope", "Scope", "Does the scope say the same as the certificate or its application?", ("scope-disagrees",)),
    Gate("open-major", "Open majors", "Is no major nonconformity open?", ("open-major",)),
)  # fmt: skip
"""Every gate, in the order in which they are shown."""
