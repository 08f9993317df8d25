"""Approval records: who decided what about which text of a document, bound to that text by its hash (clause 7.5.2)."""

from __future__ import annotations

import json
from typing import Annotated, ClassVar, Final, Literal

from pydantic import StringConstraints

from isms_plugin.model.entry import (
    Date,
    DocumentRef,
    FilePlace,
    Form,
    KeptFile,
    Kind,
    Markdown,
    PersonRef,
    RegisterEntry,
    RoleRef,
    Sha256,
    Text,
    column,
)
from isms_plugin.model.version import order

TextHash = Annotated[str, Form("code"), StringConstraints(pattern=r"^[a-z]+-[a-z]+-[0-9]+:[0-9a-f]{64}$")]
"""Hash of a document's text with the name and number of its algorithm, see `model.fingerprint`."""

CommitName = Annotated[str, Form("code"), StringConstraints(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})$")]
"""Full name of a git commit, SHA-1 or SHA-256."""

Code = Annotated[str, Form("code")]

NAMESPACE: Final = "isms-approval"
"""Namespace of SSH signatures over approval records: one made for anything else does not verify (ssh-keygen, PROTOCOL.sshsig)."""

SIGNED_METHODS: Final = ("signed_record", "signed_commit", "signed_tag")
"""Methods that rest on a signature: without a good one they prove nothing."""

ISSUES: Final = ("approved", "reviewed_no_change")
"""Decisions that put or keep a text in force."""


class Approval(RegisterEntry):
    """One decision of one person on one text of one document."""

    KIND: ClassVar[Kind] = Kind(
        name="approval", title="Approval", plural="Approvals", register="approvals", prefix="APR", clauses=("7.5.2",), body="remarks",
        page="rows", record=True,
        group="Documents", happened="decided_on", due=(),
        example="""
            id: APR-POL-01-1.1
            document: POL-01
            version: "1.1"
            content_hash: isms-text-1:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
            decision: approved
            person: PER-001
            role: ROL-001
            decided_on: 2026-05-27
            method: minutes
            reference: minutes of 2026-05-27, item 4
            """,
        answers=("document-approval",),
        about="Decisions on documents, each bound to the text it was made on. `isms approve` writes them.",
    )  # fmt: skip
    title: Text | None = column("Title", "Not needed: document and version say it.", need="optional", table=False)
    owner: PersonRef | None = column("Owner", "Not needed: the person who decided answers.", need="optional", table=False)
    document: DocumentRef | None = column("Document", "Document that was decided on.", need="always", back="Approvals")
    version: Text | None = column("Version", "Version of the text, in quotes.", need="always")
    content_hash: TextHash | None = column(
        "Hash of the text", "Algorithm and hash; `isms approve` works it out.", need="always", table=False
    )
    decision: Literal["approved", "rejected", "reviewed_no_change", "withdrawn"] | None = column(
        "Decision", "What was decided.", need="always"
    )
    person: PersonRef | None = column("Person", "Who decided.", need="always", back="Decisions on documents")
    role: RoleRef | None = column("Role", "Role in which the person decided.", need="always", back="Decisions on documents")
    decided_on: Date | None = column("Date", "Day of the decision.", need="always")
    method: (
        Literal["record", "signed_record", "signed_commit", "signed_tag", "platform_review", "signed_pdf", "minutes"] | None
    ) = column("Method", "How the decision was given.", need="always")  # fmt: skip
    reference: Text | None = column(
        "Reference", "Where it can be seen: minutes, address of the review, name of the tag or commit.", need="optional"
    )
    file: FilePlace | None = column("File", "Path of the signed answer in the repository.", need="optional", table=False)
    sha256: Sha256 | None = column("SHA-256", "Hash of that file, 64 hexadecimal digits.", need="optional", table=False)
    commit: CommitName | None = column("Commit", "Commit at which the text was decided on.", need="optional", table=False)
    next_review: Date | None = column("Next review", "Day by which the document is reviewed again.", need="optional", table=False)
    self_approval: Text | None = column(
        "Reason for self-approval", "Why the author had to decide: only where nobody else can.", need="optional", table=False
    )
    note: Markdown | None = column("Remarks", "Reasons, conditions, outcome of the review.", need="optional", table=False, alias="remarks")
    signature: Code | None = column(
        "Signature", "SSH signature over all other fields, as `isms approve --sign` writes it.", need="optional", table=False
    )

    @property
    def name(self) -> str:
        """What people call it: document and version."""
        return self.title or f"{self.document or '?'} {self.version or '?'}"

    @property
    def kept_file(self) -> KeptFile | None:
        """The signed answer."""
        return KeptFile(self.file, self.sha256, "file") if self.file else None


def decision_order(day: str, version: str, identifier: str) -> tuple[str, tuple[int, ...], int, str]:
    """Return the sort key of a decision by its day (ISO 8601); of one day the lower version first, what was numbered later last."""
    return (day, order(version), len(identifier), identifier)


def signed_bytes(approval: Approval) -> bytes:
    """Return what a signature covers: every field but the signature, as JSON with sorted keys and no white space (after RFC 8785)."""
    data = approval.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"signature"})
    record = {"schema": "isms-approval/1", **data}
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
