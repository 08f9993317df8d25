"""Pages of issued versions and of drafts, with the differences between them: reached from the document, not by the search."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from isms_plugin.analysis.documents.approvals import LEVELS, Issue, Standing
from isms_plugin.model.history import StoredText
from isms_plugin.model.isms import NO_TEXT, DocumentText
from isms_plugin.render.addresses import free_name
from isms_plugin.render.difference import difference
from isms_plugin.render.document_state import text_of
from isms_plugin.render.document_text import body_of, linked
from isms_plugin.render.entry_pages import ENTRY_META, heading
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, part

DRAFT, DIFFERENCE = "draft", "difference"


def version_uris(view: View, standing: Standing) -> dict[str, str]:
    """Return the addresses of the pages of issues by their records, of the draft under `draft`, of what differs under `difference`.

    A version in force has a page of its own once there is an earlier one to compare it with.
    """
    if not view.shows("versions"):
        return {}
    folder = view.links.addresses[standing.document.id].removesuffix(".md")
    taken: set[str] = set()
    found = {}
    for issue in reversed(standing.issues):
        name = free_name(f"version-{re.sub(r'[^A-Za-z0-9.-]+', '-', issue.version)}", taken)
        if issue.text is not None and (len(standing.issues) > 1 or issue is not standing.current):
            found[issue.approval.id] = f"{folder}/{name}.md"
    if standing.current is not None and standing.state in ("changed", "draft"):
        found[DRAFT] = f"{folder}/{DRAFT}.md"
        if any(issue.text is not None for issue in standing.issues):
            found[DIFFERENCE] = f"{found[DRAFT]}#since-1"
    return found


def difference_uri(view: View, standing: Standing, text: str) -> str:
    """Return where a text of a document, given by its hash, is compared with the issue before; empty where there is no such page."""
    uris = version_uris(view, standing)
    for number, issue in enumerate(standing.issues):
        if issue.approval.content_hash == text:
            older = any(earlier.text for earlier in standing.issues[number + 1 :])
            return f"{uris[issue.approval.id]}#since-1" if older and issue.approval.id in uris else ""
    return uris.get(DIFFERENCE, "") if text == standing.working else ""


def version_pages(view: View, standing: Standing, meta: Mapping[str, object]) -> Iterator[Page]:
    """Return a page for every issued version, and one for the text in the repository where it is another."""
    pages = _VersionPages(view, standing, meta)
    uris = version_uris(view, standing)
    for number, issue in enumerate(standing.issues):
        if issue.approval.id in uris and issue.text is not None:
            yield pages.version(uris[issue.approval.id], number, issue, issue.text)
    if DRAFT in uris:
        yield pages.draft(uris[DRAFT])


@dataclass(frozen=True, slots=True)
class _VersionPages:
    view: View
    standing: Standing
    meta: Mapping[str, object]

    def version(self, uri: str, number: int, issue: Issue, text: StoredText) -> Page:
        """Return the page of an issued version, the newest being number 0."""
        issues = self.standing.issues
        notice = self.view.render(
            "version.html.jinja",
            standing=self.standing,
            issue=issue,
            levels=LEVELS,
            until=issues[number - 1].approval.decided_on if number else None,
            current=issue is self.standing.current,
        )
        differences = self._differences(issues[number + 1 :], text.title, text_of(text), "What changed since version")
        return self._page(uri, f"{text.title}, version {issue.version}", text.title, text_of(text), notice, differences)

    def draft(self, uri: str) -> Page:
        """Return the page of the text in the repository."""
        document = self.standing.document
        text = self.view.facts.isms.texts.get(document.id) or NO_TEXT
        notice = self.view.render("draft.html.jinja", standing=self.standing)
        differences = self._differences(self.standing.issues, document.name, text, "What is different from version")
        return self._page(uri, f"{document.name}, draft", document.name, text, notice, differences)

    def _page(self, uri: str, title: str, name: str, text: DocumentText, notice: str, differences: str) -> Page:
        document, isms = self.standing.document, self.view.facts.isms
        identified = f"{document.id} " if document.identified else ""
        body = body_of(linked(text, isms), name).strip("\n")
        return Page(
            uri=uri,
            title=f"{identified}{title}",
            markdown="\n\n".join((part("crumbs"), f"# {heading(title)}", part("notice"), body, part("differences"))),
            parts={"notice": notice},
            late={"crumbs": self.view.crumbs(document, self_linked=True), "differences": differences},
            place=isms.place(document),
            meta={**ENTRY_META, **self.meta},
            searchable=False,
        )

    def _differences(self, earlier: Sequence[Issue], title: str, text: DocumentText, told: str) -> str:
        """Return the differences from earlier issues, the one just before opened."""
        new = self._html(title, text.body)
        pieces = []
        for number, issue in enumerate((issue for issue in earlier if issue.text is not None), start=1):
            html = difference(self._html(issue.text.title, issue.text.body), new) if issue.text else ""
            same = "" if "<ins" in html or "<del" in html else '<p class="isms-notice">The words are the same.</p>'
            pieces.append(
                f'<details class="isms-difference"{" open" if number == 1 else ""}><summary id="since-{number}">'
                f"{escape(told)} {escape(issue.version)}</summary>{same}<div>{html}</div></details>"
            )
        return "".join(pieces)

    def _html(self, title: str, body: str) -> str:
        return self.view.prose.document(f"## {title}\n\n{body_of(body, title)}")
