"""What tells readers which edition of the site they are in, and leads them to the others."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from isms_plugin.model.edition import Edition

if TYPE_CHECKING:
    from isms_plugin.analysis.facts import Facts

_TOPIC: Final = re.compile(r'(<div class="md-header__topic">\s*<span class="md-ellipsis">.*?</span>)', re.DOTALL)
"""Where Material's script puts its version selector."""


def edition_banner(facts: Facts, edition: Edition) -> str:
    """Return the words that stand on every page of a superseded edition, and how much of it could not be read."""
    faults = len(facts.isms.faults)
    unread = f' {faults} things in it could not be read: <a href="isms:diagnostics.md">diagnostics</a>.' if faults else ""
    return (
        f'<p class="isms-notice isms-notice--major isms-edition"><strong>Superseded edition.</strong> This is the baseline '
        f"{escape(edition.baseline)} of {edition.day}, not what holds today.{unread} "
        f'<a href="isms:../../index.html">Current edition</a> · <a href="isms:../index.html">All baselines</a></p>'
    )


def pack_mark(facts: Facts, name: str) -> str:
    """Return the words that stand at the end of every page of a pack: on paper, too, it has to say which state it shows."""
    title = facts.profile.title if facts.profile else ""
    commit = f"commit <code>{facts.history.head[:10]}</code>" if facts.history.head else ""
    told = " · ".join(filter(None, (escape(name), escape(title), f"state of <time>{facts.today}</time>", commit)))
    return f'<p class="isms-lead isms-pack-mark"><small>{told}</small></p>'


def with_selector(html: str, top: str, edition: Edition) -> str:
    """Return a page of the current edition with a version selector in Material's own form, which needs no script to be filled."""
    links = "".join(
        f'<li class="md-version__item"><a href="{top}{quote(folder)}/index.html" class="md-version__link">{escape(title)}</a></li>'
        for title, folder in edition.others
    )
    here = f'<li class="md-version__item"><a href="{top or "./"}" class="md-version__link">Current</a></li>'
    selector = (
        '<div class="md-version"><button class="md-version__current" aria-label="Select version">Current</button>'
        f'<ul class="md-version__list">{here}{links}</ul></div>'
    )
    return _TOPIC.sub(lambda match: match[1] + selector, html, count=1)
