"""What a reader sees of a document: the text in force or the one in the repository, and what must be said about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from isms_plugin.analysis.documents.approvals import LEVELS, Issue, Standing
from isms_plugin.model.document import Document
from isms_plugin.model.history import StoredText
from isms_plugin.model.isms import NO_TEXT, DocumentText
from isms_plugin.model.profile import WITHHELD
from isms_plugin.render.environment import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A document as published: its text, and the control data that belongs to that text."""

    document: Document
    standing: Standing
    text: DocumentText
    title: str
    version: str
    draft: bool
    """Whether the text shown is not the one in force."""
    newer: bool
    """Whether the repository holds another text than the one in force."""

    @property
    def status(self) -> str:
        """Where the text shown stands, as a word."""
        if self.standing.state == "withdrawn":
            return "withdrawn"
        if not self.draft:
            return "approved"
        return "in_review" if self.document.status == "in_review" else "draft"

    @property
    def withheld(self) -> bool:
        """Whether readers do not see the text at all."""
        return self.text.body.strip() == WITHHELD

    @property
    def issue(self) -> Issue | None:
        """The issue whose text is shown, None for a draft."""
        return None if self.draft else self.standing.current

    @property
    def approved_by(self) -> str | None:
        """Who approved the text shown: as recorded, else as the document says itself."""
        return self.issue.last.person if self.issue else None if self.standing.current else self.document.approved_by

    @property
    def approved_on(self) -> date | None:
        """Day of that approval."""
        return self.issue.last.decided_on if self.issue else None if self.standing.current else self.document.approved_on

    @property
    def level(self) -> str:
        """How well the approval of the text shown is proven, in words."""
        level = self.issue.level if self.issue else 0 if self.standing.current else self.standing.level
        return f"{level} of {len(LEVELS) - 1}. {LEVELS[level]}."

    @property
    def searchable(self) -> bool:
        """Whether the search may lead here: to what is in force, and to what is told of a withdrawn document."""
        return not self.draft or self.status == "withdrawn"


def withheld_data(view: View, state: Shown) -> frozenset[str]:
    """Return the control data of a document that its readers may not see, those of its approval included."""
    isms, issue = view.facts.isms, state.issue
    found = isms.withheld_from(state.document)
    if issue is None:
        return found
    if issue.last.id not in isms.entries:
        return found | {"approved_by", "approved_on"}
    names = {"person": "approved_by", "decided_on": "approved_on"}
    return found | {names[name] for name in isms.withheld_from(issue.last) if name in names}


def shown(view: View, document: Document) -> Shown:
    """Return what readers see of a document."""
    standing = view.facts.standings[document.id]
    working = view.facts.isms.texts.get(document.id) or NO_TEXT
    issue = standing.current
    newer = issue is not None and standing.state in ("changed", "draft")
    if newer and issue is not None and issue.text is not None and view.facts.settings.publish == "approved":
        return Shown(
            document=document, standing=standing, text=text_of(issue.text), title=issue.text.title or document.name,
            version=issue.version, draft=False, newer=True,
        )  # fmt: skip
    return Shown(
        document=document, standing=standing, text=working, title=document.name, version=document.version or "",
        draft=standing.state in ("changed", "draft", "never"), newer=newer,
    )  # fmt: skip


def text_of(stored: StoredText) -> DocumentText:
    """Return a stored text as one that pages are made of."""
    return DocumentText(path=stored.path, body=stored.body, first_line=stored.first_line)
