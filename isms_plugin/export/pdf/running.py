"""What stands on every page of a PDF (clause 7.5.3): which text it is, who approved it, and whether it is in force."""

from __future__ import annotations

from datetime import date

from isms_plugin.analysis.documents.approvals import Standing
from isms_plugin.model.profile import WITHHELD
from isms_plugin.render.cells import words
from isms_plugin.render.document_state import Shown, withheld_data
from isms_plugin.render.environment import View
from isms_plugin.render.running_text import css_string


def notice(view: View, state: Shown) -> str:
    """Return what a reader must know about the text, in one sentence; empty where it is in force and nothing newer exists."""
    standing = state.standing
    if state.status == "withdrawn":
        return "Withdrawn. Do not use."
    if state.draft or not standing.current:
        return _draft(view, state, standing)
    if state.newer and standing.state == "changed":
        return "The approved version; the repository holds a text that nobody approved."
    return "The approved version; a newer draft exists." if state.newer else ""


def _draft(view: View, state: Shown, standing: Standing) -> str:
    version = standing.current.version if standing.current else ""
    if standing.state == "changed":
        told = f"Changed since approval. This is not the text that was approved as version {version}."
    elif standing.current:
        told = f"Draft. In force is version {version}."
    else:
        told = "Draft. No approval of this text is on record."
    uncommitted = view.facts.isms.place(state.document).path in view.facts.history.uncommitted
    return f"{told} The file differs from the last commit." if uncommitted else told


def document_margins(view: View, state: Shown) -> str:
    """Return the style that writes header and footer of a document."""
    document = state.document
    told = notice(view, state)
    return margins(
        f"{document.id} {state.title}" if document.identified else state.title,
        f"Version {state.version or 'unknown'} · {words(state.status)} · {words(document.classification or 'not classified').capitalize()}",
        told.split(". ")[0].rstrip(".").upper() if told.startswith(("Draft", "Changed", "Withdrawn")) else "",
        _approval(view, state),
        commit_words(view),
    )


def _approval(view: View, state: Shown) -> str:
    if state.status == "withdrawn":
        return "Withdrawn"
    if state.issue and withheld_data(view, state) & {"approved_by", "approved_on"}:
        return f"Approved {WITHHELD}"
    return approved(view, state.approved_by, state.approved_on, state.issue.last.id if state.issue else "")


def approved(view: View, person: str | None, day: date | None, record: str) -> str:
    """Return who approved something and when, with the record of it."""
    found = view.facts.isms.entries.get(person or "")
    if day is None:
        return "No approval"
    if record and record not in view.facts.isms.entries:
        return f"Approved {WITHHELD}"
    by = f" by {found.name}" if found else ""
    return f"Approved{by} on {day}" + (f" ({record})" if record else ", no record of it")


def commit_words(view: View) -> str:
    """Return the commit that a PDF is made of, as people write it; empty where its readers do not see it."""
    history = view.facts.history
    if not history.head:
        return "" if view.facts.profile else "Commit unknown"
    return f"Commit {history.head[:10]}{' with uncommitted changes' if history.uncommitted else ''}"


def margins(left: str, right: str, middle: str, approval: str, commit: str) -> str:
    """Return the style of all pages; every text is written as a string of CSS, whatever it holds."""
    lines = f"{css_string(approval)}\\a {css_string(' · '.join(filter(None, (commit, 'Uncontrolled when printed'))))}"
    return (
        f'@page {{ @top-left {{ content: "{css_string(left)}" }} @top-center {{ content: "{css_string(middle)}" }} '
        f'@top-right {{ content: "{css_string(right)}" }} @bottom-left {{ content: "{lines}" }} '
        '@bottom-right { content: "Page " counter(page) " of " counter(pages) } }'
    )
