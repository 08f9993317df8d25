"""Where documents stand, told with what is shown: which text is in force stays true although its approval is withheld."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from isms_plugin.analysis.documents.approvals import Issue, Standing
from isms_plugin.analysis.redaction.redaction import Redaction
from isms_plugin.analysis.redaction.told import Told
from isms_plugin.model.approval import Approval
from isms_plugin.model.document import Document
from isms_plugin.model.profile import WITHHELD
from isms_plugin.model.signing import UNSIGNED


@dataclass(frozen=True, slots=True)
class ToldStandings:
    """Puts the approvals and texts that are shown in the place of those of the whole ISMS."""

    redaction: Redaction
    told: Told

    def of(self, found: Mapping[str, Standing]) -> dict[str, Standing]:
        """Return where each document that is shown stands."""
        return {document.id: self._standing(document, found[document.id]) for document in self.redaction.isms.of(Document)}

    def _standing(self, document: Document, standing: Standing) -> Standing:
        registered = self.redaction.rules.allows(Approval)
        kept = [issue for issue in standing.issues if registered or issue is standing.current]
        made = [self._issue(document, issue) for issue in kept]
        return replace(
            standing,
            document=document,
            current=next((issue for issue, old in zip(made, kept, strict=True) if old is standing.current), None),
            issues=tuple(made),
            records=self.told.entries(standing.records),
            unbound=self.told.entries(standing.unbound),
            rejected=self.told.entry(standing.rejected) if standing.rejected else None,
        )

    def _issue(self, document: Document, issue: Issue) -> Issue:
        signature = issue.signature
        told = replace(signature, told=self.redaction.words.plain(signature.told))
        followed = self.redaction.profile.commits != "none" and self.redaction.rules.shown(document.id)
        return replace(
            issue,
            approval=self._approval(issue.approval),
            text=self.redaction.stored(document, issue.text) if issue.text else None,
            written=tuple(map(self.redaction.past.revision, issue.written)) if followed else (),
            signature=told if self.redaction.rules.shown(issue.approval.id) else UNSIGNED,
            reviews=tuple(map(self._approval, issue.reviews)),
        )

    def _approval(self, approval: Approval) -> Approval:
        """Return an approval as it is shown; of one that is not no more than the version that it put in force."""
        version = approval.version if self.redaction.profile.allows_field("documents", "version") else WITHHELD
        return self.told.entry(approval) or Approval(id=WITHHELD, document=approval.document, version=version)
