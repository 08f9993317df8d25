"""Markdown of documents as HTML, with the extensions of the site as far as they need neither its code nor files or networks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from markdown import Markdown
from pymdownx.superfences import fence_code_format  # type: ignore[import-untyped]

from isms_plugin.render.references import Lookup, ReferenceExtension

ToHtml = Callable[[str], str]

_BUILT_IN: Final = ("toc", "tables", "fenced_code")
"""What MkDocs always has."""
_PLAIN: Final = frozenset(
    ("abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "legacy_attrs", "legacy_em",
     "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc")
)  # fmt: skip
_READING: Final = ("b64", "pathconverter", "snippets", "striphtml")
"""Extensions of pymdownx that read files or change addresses."""
_CALLING: Final = frozenset(
    ("slugify", "emoji_index", "emoji_generator", "custom_fences", "custom_inline", "format", "validator", "normalizer", "build_url")
)
"""Options that name code, which is not run here."""
_MERMAID: Final = {"name": "mermaid", "class": "mermaid", "format": fence_code_format}
_FIXED: Final[Mapping[str, Mapping[str, Any]]] = {
    "toc": {"permalink": False, "anchorlink": False},
    "pymdownx.superfences": {"custom_fences": [_MERMAID]},
    "pymdownx.highlight": {"use_pygments": False},
    "pymdownx.tasklist": {"custom_checkbox": False, "clickable_checkbox": False},
}


def html_maker(
    extensions: Iterable[tuple[str, Mapping[str, Any]]], lookup: Lookup, *, autolink: bool = False
) -> tuple[ToHtml, tuple[str, ...]]:
    """Return what turns Markdown into HTML, and the names of extensions that have no part in it."""
    options: dict[str, dict[str, Any]] = {name: dict(_FIXED.get(name, {})) for name in _BUILT_IN}
    left_out = []
    for name, given in extensions:
        short = name.removeprefix("markdown.extensions.")
        if _harmless(short):
            options[short] = {key: value for key, value in given.items() if key not in _CALLING} | dict(_FIXED.get(short, {}))
        else:
            left_out.append(name)
    if "pymdownx.emoji" in options:
        options["pymdownx.emoji"] |= _emoji()
    made = _made(options, ReferenceExtension(lookup, autolink=autolink), left_out)

    def to_html(text: str) -> str:
        made.reset()
        return made.convert(text)

    return to_html, tuple(left_out)


def _harmless(name: str) -> bool:
    package, _, rest = name.partition(".")
    return name in _PLAIN or (package == "pymdownx" and rest.split(".")[0] not in _READING)


def _made(options: Mapping[str, Mapping[str, Any]], references: ReferenceExtension, left_out: list[str]) -> Markdown:
    """Return Markdown with one extension after the other; what cannot be loaded is left out, what takes no such options has none."""
    made = Markdown(output_format="html")
    for name, given in options.items():
        for configured in (given, {}) if given else ({},):
            try:
                made.registerExtensions([name], {name: dict(configured)})
            except (ImportError, AttributeError, KeyError, TypeError, ValueError):
                continue
            break
        else:
            left_out.append(name)
    made.registerExtensions([references], {})
    return made


def _emoji() -> dict[str, Any]:
    """Draw emoji as the characters that they are: pictures of them would come from a network."""
    from pymdownx.emoji import to_alt  # type: ignore[import-untyped]

    return {"emoji_generator": to_alt}
