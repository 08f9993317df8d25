"""A Python-Markdown extension: `[A.8.13]` and `[RSK-001]` become links, as Markdown's own references do.

It defines the references that a text uses, so definitions of the author's, code spans and escapes keep their meaning,
and `[any text][RSK-001]` works as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from isms_plugin.analysis.mentions import BARE_CONTROL, BRACKET

Lookup = Callable[[str], str | None]
"""Name of the entry with that id, None when there is none."""

_SAFE_SCHEMES: Final = ("http:", "https:", "mailto:", "isms:", "tel:")


class ReferenceExtension(Extension):
    """Link references; `autolink` links bare control numbers, `plain` shows HTML and unsafe links as text."""

    def __init__(self, lookup: Lookup | None = None, *, autolink: bool = False, plain: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.lookup = lookup or (lambda _: None)
        self.autolink = autolink
        self.plain = plain

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Register the processors."""
        md.preprocessors.register(_Definitions(md, self.lookup), "isms-references", 15)
        md.treeprocessors.register(_Links(md, plain=self.plain), "isms-links", 5)
        if self.autolink:
            md.inlinePatterns.register(_BareControl(BARE_CONTROL.pattern, md, self.lookup), "isms-autolink", 75)
        if self.plain:
            md.preprocessors.deregister("html_block")
            md.inlinePatterns.deregister("html")


class _Definitions(Preprocessor):
    def __init__(self, md: Markdown, lookup: Lookup) -> None:
        super().__init__(md)
        self.lookup = lookup

    def run(self, lines: list[str]) -> list[str]:
        references: dict[str, Any] = self.md.references
        for match in BRACKET.finditer("\n".join(lines)):
            identifier = match["id"] or match["clause"]
            name = self.lookup(identifier)
            if name is not None:
                shown = match["id"] or f"clause {identifier}"
                references[shown.lower()] = (f"isms:{identifier}", None if name == identifier else name)
        return lines


class _BareControl(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, pattern: str, md: Markdown, lookup: Lookup) -> None:
        super().__init__(pattern, md)
        self.lookup = lookup

    def handleMatch(self, match: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override] # noqa: ARG002, N802
        name = self.lookup(match.group())
        if name is None:
            return None, None, None
        element = Element("a", {"href": f"isms:{match.group()}", "title": name})
        element.text = match.group()
        return element, match.start(), match.end()


class _Links(Treeprocessor):
    def __init__(self, md: Markdown, *, plain: bool) -> None:
        super().__init__(md)
        self.plain = plain

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            target = link.get("href", "")
            if target.startswith("isms:"):
                link.set("class", "isms-ref")
            elif self.plain and ":" in target.split("/")[0] and not target.lower().strip().startswith(_SAFE_SCHEMES):
                link.attrib.pop("href")


def makeExtension(**options: Any) -> ReferenceExtension:  # noqa: N802 - the name is Python-Markdown's
    """Make the extension from options."""
    return ReferenceExtension(**options)
