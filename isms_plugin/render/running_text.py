"""What stands on every printed page of a document (clause 7.5.3): which text it is, and that paper is not controlled."""

from __future__ import annotations

from html import escape

from isms_plugin.render.document_state import Shown
from isms_plugin.render.environment import View

_STYLE = """<style media="print">
@page {{ margin: 22mm 15mm 20mm; font-size: 7.5pt;
  @top-left {{ content: "{left}"; }} @top-right {{ content: "{right}"; }}
  @bottom-left {{ content: "{foot}"; width: 80%; text-align: left; }}
  @bottom-right {{ content: "Page " counter(page) " of " counter(pages); }} }}
</style>"""


def running_text(view: View, state: Shown) -> str:
    """Return header and footer of printed pages as margin boxes (CSS Paged Media), and the same words for browsers without them."""
    document, isms = state.document, view.facts.isms
    owner = isms.entries.get(document.owner or "")
    approver = isms.entries.get(state.approved_by or "")
    version = f"Version {state.version or 'unknown'}, {state.status.replace('_', ' ')}"
    left = f"{document.id if document.identified else state.title} · {version}"
    approved = f"Approved by {approver.name} on {state.approved_on}" if approver and state.approved_on else "No approval"
    review = f"Next review {state.standing.next_review or 'unknown'}"
    right = f"{(document.classification or 'not classified').capitalize()} · Owner {owner.name if owner else 'unknown'}"
    foot = f"{approved} · {review} · Uncontrolled when printed"
    words = escape(f"{left}. {right}. {foot}.")
    return _STYLE.format(left=css_string(left), right=css_string(right), foot=css_string(foot)) + f'<p class="isms-paper">{words}</p>'


def css_string(text: str) -> str:
    """Return a text for a string of CSS; whatever could end it, or the style around it, is written by its number."""
    return "".join(letter if (letter.isalnum() and letter.isascii()) or letter in " .,:-" else f"\\{ord(letter):x} " for letter in text)
