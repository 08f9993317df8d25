"""Every code a diagnostic can have: its grade, clause and meaning. The reference page is made from this table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of mistake; `grade` is what an auditor would probably write, `clause` what she would quote."""

    grade: str
    clause: str
    meaning: str


CODES: dict[str, Code] = {
    # reading
    "unreadable-file": Code("minor", "7.5.3", "A file is binary, too large, or not UTF-8 text."),
    "conflict-marker": Code("minor", "7.5.3", "A file still holds the markers of an unresolved merge."),
    "yaml-syntax": Code("minor", "7.5.3", "A YAML text cannot be read from this place on."),
    "yaml-alias": Code("minor", "7.5.3", "A YAML anchor or alias is used; every value is written where it belongs."),
    "yaml-limit": Code("minor", "7.5.3", "A YAML text is nested deeper or is larger than any register needs."),
    "duplicate-key": Code("minor", "7.5.3", "A key stands twice in one entry; the first value was kept."),
    "empty-register": Code("info", "", "A register file holds nothing."),
    "register-shape": Code("minor", "7.5.3", "A register is neither a list of entries nor one entry."),
    "register-declaration": Code("minor", "7.5.3", "The declaration of a register of the organization's own cannot be used."),
    "unknown-register": Code("minor", "7.5.3", "A file or folder below the registers belongs to no known register."),
    "front-matter": Code("minor", "7.5.2", "The front matter of a Markdown file has no end or is not a mapping."),
    "front-matter-toml": Code("minor", "7.5.2", "The front matter is TOML; document control is read from YAML."),
    "no-front-matter": Code("minor", "7.5.2", "A document carries no document control data at all."),
    # entries
    "missing-id": Code("minor", "7.5.2", "An entry or document has no id, so nothing can refer to it."),
    "invalid-id": Code("minor", "7.5.2", "An id has letters or a shape that no reference could name."),
    "duplicate-id": Code("minor", "7.5.2", "Two entries have the same id; the first one found was kept."),
    "case-of-id": Code("minor", "7.5.2", "Two ids, or an id and a reference to it, differ only in upper and lower case."),
    "unknown-field": Code("minor", "7.5.3", "An entry has a field that its register does not know."),
    "invalid-value": Code("minor", "7.5.3", "A value has the wrong type or is outside what the field allows."),
    "missing-field": Code("minor", "7.5.2", "A field that its register requires is empty."),
    "missing-control-data": Code("minor", "7.5.2", "A document lacks data that document control requires."),
    # references
    "unknown-reference": Code("minor", "7.5.3", "A reference leads to no entry."),
    "wrong-kind": Code("minor", "7.5.3", "A reference leads to an entry of a kind that the field does not take."),
    "retired-reference": Code("minor", "7.5.3", "Something in force refers to a retired entry or withdrawn document."),
    "control-2013": Code("minor", "6.1.3", "A control number of the 2013 edition is used; it was renumbered in 2022."),
    "link-outside": Code("minor", "7.5.3", "A link leaves the repository or the folder it may point into."),
    "missing-file": Code("minor", "7.5.3", "A file that is pointed to is not in the repository."),
    # documents
    "review-overdue": Code("minor", "7.5.2", "A document in force is past its next review date."),
    "no-owner": Code("minor", "7.5.2", "A document has no owner, or the role that owns it is held by nobody."),
    "external-unchecked": Code("ofi", "7.5.3", "An external document has no edition, or nobody looked for a newer one."),
    # approval
    "changed-since-approval": Code("major", "7.5.3", "A document that counts as approved differs from the text that was approved."),
    "never-approved": Code("minor", "7.5.2", "A document counts as approved, but no approval of it is on record."),
    "approval-unbound": Code("minor", "7.5.2", "An approval names a text that the document never had in that version."),
    "approval-commit-gone": Code("ofi", "7.5.3", "The commit at which a text was approved is no longer in the history."),
    "approved-by-author": Code("minor", "7.5.2", "A document was approved by the person who wrote it."),
    "approver-without-role": Code("minor", "5.3", "The approver did not hold the required role on that day."),
    "approver-inactive": Code("minor", "5.3", "The approver was not active on the day of the approval."),
    "approval-expired": Code("minor", "7.5.2", "An approval is older than the review interval of the document."),
    "review-date-moved": Code("minor", "7.5.2", "The next review was put off, and no review is on record."),
    "version-not-raised": Code("minor", "7.5.2", "The text changed, but the version is still that of an approved one."),
    "no-change-note": Code("minor", "7.5.3", "A version was raised, and no change note says what changed."),
    "signature-missing": Code("minor", "7.5.2", "An approval that has to be signed is not."),
    "signature-invalid": Code("major", "7.5.2", "A signature does not fit what was signed, or the key is not the person's."),
    "signature-unverified": Code("info", "7.5.2", "Nothing here could verify a signature."),
    # acknowledgement
    "not-acknowledged": Code("minor", "7.3", "People have not confirmed that they read the version in force."),
    "acknowledgement-unbound": Code("minor", "7.3", "An acknowledgement names a text that was never in force."),
    "no-history": Code("ofi", "7.5.3", "Git history is unknown, so nothing proves who changed what and when."),
    "shallow-clone": Code("minor", "7.5.3", "The clone is shallow: revisions, authors and dates are incomplete."),
    "not-committed": Code("info", "7.5.3", "The text differs from what is committed, or was never committed."),
    # statement of applicability
    "no-decision": Code("major", "6.1.3", "A control of Annex A has no decision in the statement of applicability."),
    "second-decision": Code("minor", "6.1.3", "A control has more than one decision."),
    "exclusion-contradicted": Code("major", "6.1.3", "A control is excluded although a risk or requirement relies on it."),
    "planned-without-date": Code("minor", "6.1.3", "A control is not yet implemented and no date says when it will be."),
    "implemented-unsupported": Code("minor", "8.1", "A control is implemented but no document or evidence stands behind it."),
    # risk and evidence
    "residual-above": Code("minor", "6.1.2", "The residual level of a risk is above the level before treatment."),
    "owner-inactive": Code("minor", "5.3", "An owner or holder is not active on the date of the report."),
    "evidence-changed": Code("minor", "7.5.3", "An evidence file does not have the recorded SHA-256."),
}
