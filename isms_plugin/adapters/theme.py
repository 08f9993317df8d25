"""What a site needs from MkDocs and Material so that it loads nothing from outside, and a navigation that works as is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.utils import nest_paths

from isms_plugin.render.page import Page

MAIN: list[dict[str, Any]] = [
    {"What applies to me": "employees.md"},
    {"Documents": "documents/index.md"},
    {"Statement of applicability": ["soa.md", {"Versions": "soa/versions.md"}]},
    {"Risks": ["risks/index.md", {"Treatment plan": "risks/treatment.md"}, {"Trend": "risks/trend.md"}]},
    {
        "Audit": [
            {
                "Readiness": [
                    {"Stage 1": "readiness/stage-1.md"},
                    {"Stage 2": "readiness/stage-2.md"},
                    {"Show me": "readiness/show-me.md"},
                    {"Surveillance": "readiness/surveillance.md"},
                    {"Recertification": "readiness/recertification.md"},
                ]
            },
            {"Certification": "certification.md"},
            {"For top management": "management.md"},
            {"Clauses": "clauses/index.md"},
            {"Diagnostics": "diagnostics.md"},
        ]
    },
]
CLOSING: list[dict[str, Any]] = [
    {
        "Traceability": [
            {"Matrix": "traceability/matrix.md"},
            {"Broken chains": "traceability/broken-chains.md"},
            {"Evidence coverage": "evidence/coverage.md"},
            {"Promises": "promises.md"},
            {"Calendar": "calendar.md"},
        ]
    },
]
REGISTERS = "Registers"


def make_self_contained(config: MkDocsConfig) -> None:
    """Turn off fonts from elsewhere, draw emoji as text, and bring along the scripts that would come from a network."""
    if config.theme.name == "material":
        config.theme["font"] = False
        polyfills = config.extra.setdefault("polyfills", [])
        polyfills.insert(0, "isms/iframe-worker.js")
    config.extra_css.insert(0, "isms/isms.css")
    config.extra_javascript[:0] = ["isms/tablesort.min.js", "isms/isms.js"]
    if "pymdownx.emoji" in config.markdown_extensions:
        options = config.mdx_configs.setdefault("pymdownx.emoji", {})
        options.setdefault("options", {})
        options["emoji_generator"] = _local_emoji(options.get("emoji_generator"))


def _local_emoji(generator: Any) -> Any:
    """Icons stay drawings, emoji become characters: drawings of emoji would come from a network."""

    def draw(index: str, shortname: str, alias: str, uc: str | None, alt: str, *rest: Any) -> Any:
        if uc:
            element = Element("span", {"class": "isms-emoji"})
            element.text = alt
            return element
        return generator(index, shortname, alias, uc, alt, *rest)

    return draw


def navigation(config: MkDocsConfig, files: Files, pages: Mapping[str, Page]) -> None:
    """Show the main pages of the ISMS in the navigation unless the site's own one names some of them."""
    if config.nav is not None and any(uri in pages for uri in _named(config.nav)):
        for uri in _named(config.nav):
            _list(files, uri)
        return
    groups: dict[str, list[Any]] = {}
    for page in pages.values():
        if page.group:
            groups.setdefault(page.group, []).append({page.title: page.uri})
    registers = [*groups.pop(REGISTERS, []), *({group: listed} for group, listed in groups.items())]
    ours = [*MAIN, {REGISTERS: registers}, *CLOSING]
    for uri in _named(ours):
        _list(files, uri)
    if config.nav is not None:
        config.nav = [*config.nav, {"ISMS": ours}]
        return
    own = [file.src_uri for file in files.documentation_pages() if file.src_uri not in pages]
    home = next((uri for uri in ("index.md", "README.md") if files.get_file_from_path(uri)), "index.md")
    if home in pages:
        _list(files, home)
    if "overview.md" in pages:
        ours.insert(0, {"Overview": "overview.md"})
        _list(files, "overview.md")
    config.nav = [{"Home": home}, *ours, *nest_paths([uri for uri in own if uri != home])]  # type: ignore[no-untyped-call]


def _list(files: Files, uri: str) -> None:
    file = files.get_file_from_path(uri)
    if file is not None:
        file.inclusion = InclusionLevel.INCLUDED


def _named(nav: Any) -> list[str]:
    """Every page address in a navigation."""
    if isinstance(nav, str):
        return [nav]
    parts = nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ()
    return [uri for part in parts for uri in _named(part)]
