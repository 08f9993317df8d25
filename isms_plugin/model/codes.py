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
    "id-reused": Code("minor", "7.5.2", "An id stands for something else than it did in a baseline."),
    "entry-deleted": Code("ofi", "7.5.3", "An entry of the newest baseline was deleted instead of retired."),
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
    # what falls due, what was promised, what did not happen
    "overdue": Code("minor", "8.1", "The day on which something fell due is past, and nothing says that it was done or put off."),
    "exception-expired": Code("minor", "A.5.36", "An exception has run out and was neither ended nor given again."),
    "promise-missed": Code("minor", "8.1", "A document says how often something is done, and a whole period went by without it."),
    "promise-unknown-register": Code("minor", "8.1", "A document promises something that no register can show."),
    "nil-return-contradicted": Code("minor", "7.5.3", "A nil return says that nothing happened, but its register holds something."),
    "nil-return-period": Code("minor", "7.5.3", "A nil return ends before it begins, was stated too early, or repeats days of another."),
    "nil-return-register": Code("minor", "7.5.3", "A nil return speaks of no register of what happens."),
    "silent-register": Code("ofi", "8.1", "A register of occasions has no entry in the audited period, and no nil return says so."),
    # statement of applicability
    "no-decision": Code("major", "6.1.3", "A control has no decision in the statement of applicability."),
    "second-decision": Code("minor", "6.1.3", "A control has more than one decision."),
    "exclusion-contradicted": Code("major", "6.1.3", "A control is excluded although a risk or requirement relies on it."),
    "exclusion-against-register": Code("major", "6.1.3", "A control is excluded although a register holds what it is about."),
    "exclusion-by-habit": Code("minor", "6.1.3", "The reason of an exclusion says nothing of the organization."),
    "reason-copied": Code("minor", "6.1.3", "Several controls share the same reason word for word."),
    "no-driver": Code("minor", "6.1.3", "A control is included, but no risk, requirement or decision of management calls for it."),
    "risk-not-linked": Code("minor", "6.1.3", "The reason for a control speaks of a risk that does not lead to it."),
    "planned-without-date": Code("minor", "6.1.3", "A control is not yet implemented and no date says when it will be."),
    "planned-without-action": Code("minor", "6.1.3", "A control is not yet implemented and no open action leads there."),
    "implementation-overdue": Code("minor", "8.3", "The day by which a control was to be implemented is past."),
    "plan-disagrees": Code("minor", "6.1.3", "The statement of applicability and the treatment plan tell different things of a control."),
    "implemented-unsupported": Code("minor", "8.1", "A control is implemented but no document or evidence stands behind it."),
    # risk and evidence
    "no-risk-method": Code("ofi", "6.1.2", "There are risks, and no method for them is registered."),
    "method-unknown": Code("minor", "6.1.2", "A risk names a version of the method that is not registered."),
    "assessed-before-method": Code("minor", "6.1.2", "A risk was assessed before the version of the method that it names was valid."),
    "assessment-overdue": Code("minor", "8.2", "The day by which a risk was to be assessed again is past."),
    "factor-off-scale": Code("minor", "6.1.2", "A likelihood or consequence is no step of the scale of the method."),
    "current-above-inherent": Code("minor", "6.1.2", "The current level of a risk is above the level without any control."),
    "residual-above": Code("minor", "6.1.2", "The residual level of a risk is above the level before treatment."),
    "modification-without-controls": Code("minor", "6.1.3", "A risk is to be modified, and no control is named that does it."),
    "residual-unexplained": Code("minor", "6.1.3", "The residual level of a risk is lower, and nothing is named that lowers it."),
    "residual-unfounded": Code("minor", "6.1.3", "A residual level counts on a control that is not in place and that nobody works on."),
    "risk-above-limit": Code("major", "6.1.3", "A risk stays above what its owner may accept, and no open action with a day goes on."),
    "risk-not-accepted": Code("minor", "6.1.3", "The owner has not accepted what remains of a risk above the acceptable level."),
    "accepted-by-other": Code("minor", "6.1.3", "A risk was accepted by somebody who is not its owner."),
    "acceptance-expired": Code("minor", "6.1.3", "The acceptance of a risk has run out."),
    "acceptance-stale": Code("minor", "6.1.3", "A risk changed, or was assessed again, after it was accepted."),
    "acceptance-unbound": Code("ofi", "6.1.3", "An acceptance does not say which state of the risk was accepted."),
    "owner-inactive": Code("minor", "5.3", "An owner or holder is not active on the date of the report."),
    "evidence-changed": Code("minor", "7.5.3", "An evidence file does not have the recorded SHA-256."),
    "evidence-unhashed": Code("ofi", "7.5.3", "An evidence file has no recorded SHA-256, so nothing shows that it is unchanged."),
    "evidence-date": Code("minor", "7.5.3", "The dates of evidence contradict each other, or lie in the future."),
    "evidence-backdated": Code("ofi", "7.5.3", "Evidence came into the repository before the day it was taken, or long after it."),
    "evidence-expired": Code("minor", "8.1", "Evidence of an implemented control has run out, and nothing newer took its place."),
    "evidence-gap": Code("ofi", "8.1", "A calendar period of the audited period has no evidence, although it is due for each."),
    "evidence-sample": Code("minor", "8.1", "A sample is larger than its population, or has none."),
    "evidence-secret": Code("minor", "7.5.3", "An evidence file seems to hold a secret or personal data."),
}
