"""Plain text of messages as HTML: ids become links, what stands in backticks becomes code."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from markupsafe import Markup

from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.entry import ID_PATTERN
from isms_plugin.render.environment import View

_TOKEN: Final = re.compile(rf"`(?P<code>[^`]+)`|(?<![\w.-])(?P<id>{ID_PATTERN})(?![\w-]|\.\w)")


def linked(view: View, text: str) -> Markup:
    """Return a text with a link from every id that is registered."""
    return Markup(_TOKEN.sub(lambda match: _shown(view, match), escape(text)))  # noqa: S704 - escaped


def told(view: View, item: Diagnostic) -> Markup:
    """Return what is wrong as a sentence; the entry comes first where the message does not name it."""
    text = linked(view, _sentence(item.message))
    named = item.entry not in view.facts.isms.entries or f"isms:{item.entry}" in text
    return text if named else Markup("{} {}").format(view.link(item.entry, item.entry), text)


def hint(view: View, item: Diagnostic) -> Markup:
    """Return what would clear it as a sentence; empty where nobody says."""
    return linked(view, _sentence(item.hint)) if item.hint else Markup("")


def _shown(view: View, match: re.Match[str]) -> str:
    if match["code"]:
        return f"<code>{match['code']}</code>"
    name = match["id"]
    return view.links.to(name, name) if name in view.facts.isms.entries else name


def _sentence(text: str) -> str:
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "?", "!")) else f"{whole}."
