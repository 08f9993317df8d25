"""What a site needs from MkDocs and Material so that it loads nothing from outside, and a navigation that works as is."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, PluginCollection
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import nest_paths

from isms_plugin.model.profile import Profile
from isms_plugin.render.page import Page

log = logging.getLogger("mkdocs.plugins.isms")

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
            {"Evidence room": "evidence-room.md"},
            {"Populations": "populations.md"},
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
    {"Changes": [{"Since the last audit": "since-last-audit.md"}, {"Baselines": "baselines.md"}]},
    {"Work sheet": "work-sheet.md"},
    {"Withheld": "withheld.md"},
]
REGISTERS = "Registers"
_HOME = ("index.md", "README.md")
_KEPT = ("isms", "search")
_PICTURES = {"logo": None, "favicon": "assets/images/favicon.png"}
"""Settings of the theme that name a picture which every page shows, and what the theme has where none is named."""
_FROM_NETWORK = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|//)")
_FETCHING = ("navigation.instant", "content.action", "announce.dismiss", "header.autohide")
"""Features of the theme that fetch pages, lead to an editor, or make no sense in what is read from disk."""


def own_files() -> Iterator[tuple[str, str]]:
    """Yield address and path of the program's own styles and scripts."""
    static = Path(str(package_files("isms_plugin.render") / "static"))
    for name in ("isms.css", "isms.js", "tablesort.min.js", "mermaid.tiny.js", "iframe-worker.js"):
        path = static / name
        yield f"isms/{name}", str(path if path.is_file() else static / "vendor" / name)


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
    ours = _there([*MAIN, {REGISTERS: registers}, *CLOSING], files)
    for uri in _named(ours):
        _list(files, uri)
    if config.nav is not None:
        config.nav = [*config.nav, {"ISMS": ours}]
        return
    own = [file.src_uri for file in files.documentation_pages() if file.src_uri not in pages]
    home = next((uri for uri in _HOME if files.get_file_from_path(uri)), "index.md")
    if home in pages:
        _list(files, home)
    if "overview.md" in pages:
        ours.insert(0, {"Overview": "overview.md"})
        _list(files, "overview.md")
    config.nav = [{"Home": home}, *ours, *nest_paths([uri for uri in own if uri != home])]  # type: ignore[no-untyped-call]


def _offline() -> BasePlugin[Any]:
    """Return the plugin of the theme that lets its search work without a server."""
    from material.plugins.offline.plugin import OfflinePlugin  # type: ignore[import-untyped]

    plugin: BasePlugin[Any] = OfflinePlugin()
    plugin.load_config({})
    return plugin


def without_own_pages(files: Files, config: MkDocsConfig, profile: Profile) -> Files:
    """Return the files of a site without those of its own that a profile does not name; what the theme brings stays.

    The first page is that of the pack, whatever the site begins with. Logo and styles, which every page shows, stay as well.
    """
    look = {config.theme.get(name) for name in _PICTURES} | set(config.extra_css)

    def kept(file: File) -> bool:
        named = file.src_uri not in _HOME and _names(profile, file.src_uri)
        return file.src_dir != config.docs_dir or named or file.src_uri in look

    return Files([file for file in files if kept(file)])


def _names(profile: Profile, uri: str) -> bool:
    return any(fnmatch(uri, pattern) for pattern in profile.pages)


def read_from_disk(config: MkDocsConfig, profile: Profile) -> None:
    """Set a site up to be opened from disk: addresses end in files, nothing is fetched, and nothing leads to an editor or a server.

    Of its plugins only the search and those that a profile names stay, of its scripts those that it names among the pages, and no hook:
    what others put into pages nobody has looked at.
    """
    _leave_out_what_is_fetched(config, profile)
    kept = PluginCollection()
    for name, plugin in config.plugins.items():
        if name in profile.plugins or name in (*_KEPT, f"{config.theme.name}/search"):
            kept[name] = plugin
    if config.theme.name == "material":
        kept["material/offline"] = _offline()
    config.plugins = kept
    config.use_directory_urls = False
    config.site_url = ""
    config.repo_url = config.repo_name = config.edit_uri = config.edit_uri_template = None
    config.nav = None
    for name in ("analytics", "social", "consent", "alternate", "version", "homepage"):
        config.extra.pop(name, None)
    if config.theme.name == "material":
        features = config.theme.get("features") or []
        config.theme["features"] = [name for name in features if not name.startswith(_FETCHING)]


def _leave_out_what_is_fetched(config: MkDocsConfig, profile: Profile) -> None:
    """Leave out styles and pictures that come from a network, and scripts that no profile names, and tell which."""
    styles, scripts = list(config.extra_css), list(config.extra_javascript)
    pictures = {name: config.theme.get(name) for name in _PICTURES}
    config.extra_css = [style for style in styles if not _FROM_NETWORK.match(style)]
    config.extra_javascript = [script for script in scripts if not _FROM_NETWORK.match(str(script)) and _names(profile, str(script))]
    fetched = {name: picture for name, picture in pictures.items() if _FROM_NETWORK.match(str(picture))}
    for name in fetched:
        config.theme[name] = _PICTURES[name]
    told = [*fetched.values(), *(style for style in styles if style not in config.extra_css)]
    for left in (*told, *(str(script) for script in scripts if script not in config.extra_javascript)):
        why = "it comes from a network" if _FROM_NETWORK.match(left) else "a script, which `pages` of the profile does not name"
        log.warning("left out of the pack: %s: %s", left, why)


def _there(nav: list[Any], files: Files) -> list[Any]:
    """Return a navigation without what the site does not have."""
    found: list[Any] = []
    for item in nav:
        title, target = next(iter(item.items())) if isinstance(item, dict) else ("", item)
        if isinstance(target, list):
            target = _there(target, files)
        elif files.get_file_from_path(target) is None:
            continue
        if target:
            found.append({title: target} if title else target)
    return found


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
