"""The 25 checks, each with the codes that fail it; every code belongs to one of them.

Questions and grades are those that auditors and certification bodies publish about their audits.
"""

from __future__ import annotations

from typing import Final

from isms_plugin.analysis.readiness import context, control, documented, evaluation, improvement, leadership, planning, support
from isms_plugin.analysis.readiness.check import GENERAL, ReadinessCheck, Stage
from isms_plugin.analysis.readiness.gates import Gate
from isms_plugin.model.control import Clause
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.isms import Isms

CHECKS: Final = (
    ReadinessCheck(
        number=1, title="Everything that has to be written down exists, is approved and can be read", clauses=("7.5.1",), stage=1,
        codes=(
            "information-missing", "information-unapproved", "unreadable-file", "conflict-marker", "yaml-syntax", "yaml-alias",
            "yaml-limit", "duplicate-key", "empty-register", "register-shape", "register-declaration", "unknown-register", "front-matter",
            "front-matter-toml", "no-front-matter", "missing-id", "invalid-id", "duplicate-id", "case-of-id", "id-reused", "entry-deleted",
            "unknown-field", "invalid-value", "missing-control-data", "merge-conflict", "known-gone", "audience-mark",
        ),
        find=documented.find,
    ),
    ReadinessCheck(
        number=2, title="The statement of applicability decides on every control, and its version is approved and frozen",
        clauses=("6.1.3",), stage=1, codes=("no-decision", "second-decision", "control-2013", "soa-not-approved", "soa-not-frozen"),
        kinds=("control", "control_decision"), find=control.find_statement,
    ),
    ReadinessCheck(
        number=3, title="Each exclusion has a reason of its own, and nothing contradicts it", clauses=("6.1.3",), stage=1,
        codes=("exclusion-contradicted", "exclusion-against-register", "exclusion-by-habit", "reason-copied"),
    ),
    ReadinessCheck(
        number=4, title="Each included control is called for by a risk, a requirement or a decision", clauses=("6.1.3",), stage=1,
        codes=("no-driver", "risk-not-linked"), widespread=True,
    ),
    ReadinessCheck(
        number=5, title="What is implemented has evidence that is fresh enough", clauses=("8.1", "8.3"), stage=2,
        codes=("implemented-unsupported", "control-unproved", "evidence-expired", "evidence-gap"), find=control.find_unproved,
    ),
    ReadinessCheck(
        number=6, title="Statement of applicability, treatment plan and risk register agree; what is planned has an owner and a day",
        clauses=("6.1.3", "8.3"), stage=1,
        codes=("planned-without-date", "planned-without-action", "implementation-overdue", "plan-disagrees", "suspect-link"),
        kinds=("link_review",), widespread=True,
    ),
    ReadinessCheck(
        number=7, title="Risks follow the method", clauses=("6.1.2",), stage=1,
        codes=(
            "no-risk-method", "method-unknown", "assessed-before-method", "factor-off-scale", "current-above-inherent", "residual-above",
        ),
        kinds=("risk", "risk_method"), widespread=True,
    ),
    ReadinessCheck(
        number=8, title="Risks were assessed at the planned intervals and after significant changes", clauses=("8.2",), stage=1,
        codes=("no-risk-assessment", "assessment-overdue", "change-not-assessed"), widespread=True, find=planning.find_assessment,
    ),
    ReadinessCheck(
        number=9, title="Risks above the limit are treated, or accepted by their owners; no acceptance or exception has run out",
        clauses=("6.1.3", "8.3"), stage=1,
        codes=(
            "risk-above-limit", "risk-not-accepted", "accepted-by-other", "acceptance-expired", "acceptance-stale", "acceptance-unbound",
            "modification-without-controls", "residual-unexplained", "residual-unfounded", "exception-expired", "waiver-unknown",
        ),
        kinds=("exception",), widespread=True,
    ),
    ReadinessCheck(
        number=10, title="No action is overdue without a reason and a new day", clauses=("8.3",), stage=2, codes=(), kinds=("action",),
        widespread=True,
    ),
    ReadinessCheck(
        number=11, title="Scope, sites, assets, suppliers and the text of the certificate agree", clauses=("4.3", "A.5.9"), stage=1,
        codes=("scope-disagrees", "site-outside", "no-asset-register", "assets-without-owner"),
        kinds=("site", "asset", "supplier", "certification"), widespread=True, find=context.find_scope,
    ),
    ReadinessCheck(
        number=12, title="Issues, interested parties and the decision on climate change are recorded and dated", clauses=("4.1", "4.2"),
        stage=1, codes=("no-context-issue", "no-climate-decision", "no-interested-party", "expectation-unanswered"),
        kinds=("context_issue", "interested_party", "requirement"), find=context.find_context,
    ),
    ReadinessCheck(
        number=13, title="The information security policy is approved by a named member of top management, and communicated",
        clauses=("5.2",), stage=1, codes=("policy-not-by-top-management", "policy-not-communicated"), find=leadership.find_policy,
    ),
    ReadinessCheck(
        number=14, title="The published text is the approved one; nobody approves their own, and whoever approves may",
        clauses=("7.5.2", "7.5.3"), stage=1,
        codes=(
            "changed-since-approval", "never-approved", "approval-unbound", "approval-commit-gone", "approved-by-author",
            "approver-without-role", "approver-inactive", "version-not-raised", "no-change-note", "signature-missing", "signature-invalid",
            "signature-unverified", "no-history", "shallow-clone", "not-committed", "not-version-controlled",
        ),
        kinds=("approval", "signing_key"), widespread=True, find=documented.find_version_control,
    ),
    ReadinessCheck(
        number=15, title="No document is past its review, and every review has an outcome", clauses=("7.5.2", "A.5.1"), stage=1,
        codes=("review-overdue", "review-date-moved", "approval-expired"), kinds=("document",), widespread=True,
    ),
    ReadinessCheck(
        number=16, title="What is withdrawn is not in use, and external documents are checked", clauses=("7.5.3",), stage=1,
        codes=("retired-reference", "external-unchecked"), kinds=("retention",),
    ),
    ReadinessCheck(
        number=17, title="Owners and approvers are named people who are here, and key roles have a deputy", clauses=("5.3",), stage=1,
        codes=("no-owner", "no-deputy"), kinds=("person", "role"), widespread=True, find=leadership.find_roles,
    ),
    ReadinessCheck(
        number=18, title="Each objective has a target, a plan, an owner and a current measurement", clauses=("6.2", "9.1"), stage=2,
        codes=("objective-unmeasured", "value-rewritten"), kinds=("objective", "measure"), find=evaluation.find_measurement,
    ),
    ReadinessCheck(
        number=19, title="Each holder of a role has proof of every competence that it needs", clauses=("7.2",), stage=2,
        codes=("competence-missing",), kinds=("competence",), widespread=True, find=support.find_competence,
    ),
    ReadinessCheck(
        number=20, title="People were trained and have read the current versions, and joiners did so in time", clauses=("7.3", "A.6.3"),
        stage=2, codes=("no-training", "training-missed", "communication-undone", "not-acknowledged", "acknowledgement-unbound"),
        kinds=("training", "acknowledgement", "communication"), find=support.find_awareness,
    ),
    ReadinessCheck(
        number=21, title="Internal audits cover all clauses and applicable controls, are on time, and nobody audits their own work",
        clauses=("9.2.1", "9.2.2"), stage=1,
        codes=("no-audit-programme", "no-internal-audit", "audit-coverage-gap", "auditor-not-independent", "sample-not-repeatable"),
        kinds=("audit_programme", "audit", "audit_finding"), find=evaluation.find_audits,
    ),
    ReadinessCheck(
        number=22, title="Top management has reviewed the ISMS on every input, and its decisions have actions",
        clauses=("9.3.1", "9.3.2", "9.3.3"), stage=1,
        codes=(
            "no-management-review", "review-input-missing", "review-without-top-management", "decision-without-action", "minutes-changed",
            "minutes-unbound",
        ),
        kinds=("management_review",), find=evaluation.find_reviews,
    ),
    ReadinessCheck(
        number=23, title="Nonconformities are complete: correction, extent, cause, action, and an effect that somebody else verified",
        clauses=("10.1", "10.2"), stage=2,
        codes=(
            "finding-not-taken-up", "finding-declined", "verified-by-doer", "closed-without-parts", "nonconformity-repeated",
            "minor-unclosed", "open-major", "no-improvement-log",
        ),
        kinds=("nonconformity", "improvement"), widespread=True, find=improvement.find,
    ),
    ReadinessCheck(
        number=24, title="What is done regularly is done as often as the documents say, or a nil return says why not", clauses=("8.1",),
        stage=2,
        codes=(
            "promise-missed", "promise-unknown-register", "silent-register", "nil-return-contradicted", "nil-return-period",
            "nil-return-register",
        ),
        kinds=("nil_return", "incident", "change", "access_review", "restore_test", "exercise", "vulnerability_run"),
    ),
    ReadinessCheck(
        number=25, title="Evidence is intact and usable: hash, period, references, no secret in it", clauses=("7.5.3", "A.5.33"), stage=2,
        codes=(
            "evidence-changed", "evidence-unhashed", "evidence-date", "evidence-backdated", "evidence-sample", "evidence-secret",
            "unknown-reference", "wrong-kind", "link-outside", "missing-file", "request-unanswered", "request-late",
        ),
        kinds=("evidence", "information_request"),
    ),
)  # fmt: skip
"""Every check by its number."""

_BY_CODE: Final = {code: check for check in CHECKS for code in check.codes}
_BY_KIND: Final = {kind: check for check in CHECKS for kind in check.kinds}
_OTHERS: Final = CHECKS[23]
"""Fails on general mistakes in registers of the organization's own."""


def check_of(isms: Isms, item: Diagnostic) -> ReadinessCheck:
    """Return the check that a diagnostic fails."""
    if item.code in GENERAL:
        entry = isms.entries.get(item.entry)
        return _BY_KIND.get(entry.KIND.name, _OTHERS) if entry else _OTHERS
    return _BY_CODE[item.code]


def gate_asked_at(gate: Gate, stage: Stage) -> bool:
    """Whether a check that can trip a gate is asked in an audit."""
    return any(check.asked_at(stage) for check in CHECKS if set(check.codes) & set(gate.codes))


def quoted(isms: Isms, check: ReadinessCheck, item: Diagnostic) -> tuple[str, ...]:
    """Return the clauses that a failure of a check is about.

    What is missing for a clause names that clause. General mistakes, such as an empty field, belong to what the register of the entry
    answers; all others to the clause of their code.
    """
    entry = isms.entries.get(item.entry)
    if isinstance(entry, Clause):
        return (entry.id,)
    if item.code not in GENERAL and item.clause:
        return (item.clause,)
    answered = tuple(clause for clause in check.clauses if entry is not None and clause in entry.KIND.clauses)
    return answered or check.clauses
