"""What lies beside the site of a pack: the page at its top, evidence, data, texts and PDFs, and how to verify it."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from isms_plugin.adapters.mkdocs import IsmsPlugin
from isms_plugin.export.pack_data import DOCUMENTS, REGISTERS, data_files, workbook_reason
from isms_plugin.export.pdf import pdf_files, pdf_reason
from isms_plugin.export.pdf.markdown_html import html_maker
from isms_plugin.export.verify_page import verify_page
from isms_plugin.model.profile import Profile
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.front_page import HOW_TO_VERIFY, START, Beside, start_page
from isms_plugin.render.page import resolve_links, unlink
from isms_plugin.sources.site_text import read_site_text

SITE: Final = "site"

Tell = Callable[[str], None]


def places_beside(profile: Profile) -> tuple[str, ...]:
    """Return where files will lie beside the site, from its top, as patterns."""
    found = [f"../{START}", f"../{HOW_TO_VERIFY}"]
    if "pdf" in profile.formats and not pdf_reason():
        found.append(f"../{DOCUMENTS}/*.pdf")
    if "csv" in profile.formats:
        found.append(f"../{REGISTERS}/*.csv")
    return tuple(found)


def write_beside(staging: Path, plugin: IsmsPlugin, profile: Profile, *, archive: bool, tell: Tell) -> None:
    """Write everything but the site and the manifest; `archive` says whether PDFs are made for the archive."""
    build = plugin.build
    for file in plugin.site.outside:
        _write(staging, file.uri.removeprefix("../"), build.sources.snapshot.chunks(file.source))
    for name, content in data_files(build):
        _write(staging, name, (content,))
    missing = [workbook_reason()] if "xlsx" in profile.formats else []
    if "pdf" in profile.formats:
        missing.append(_pdfs(staging, plugin, archive=archive, tell=tell))
    for reason in filter(None, missing):
        tell(f"left out: {reason}")
    _write(staging, HOW_TO_VERIFY, (verify_page().encode(),))
    view = make_view(build.facts, build.sources.wording)
    _write(staging, START, (_start(staging, plugin, view).encode(),))


def _pdfs(staging: Path, plugin: IsmsPlugin, *, archive: bool, tell: Tell) -> str:
    """Write the PDFs, or return why there are none."""
    reason = pdf_reason()
    if not reason:
        build = plugin.build
        text = read_site_text(build.workspace.root)
        to_html, _ = html_maker(text.extensions, build.facts.isms.title, autolink=build.facts.settings.autolink)
        for name, content in pdf_files(build, to_html, language=text.language, archive=archive, tell=tell):
            _write(staging, name, (content,))
    return reason


def _start(staging: Path, plugin: IsmsPlugin, view: View) -> str:
    """Return the page at the top, whose links lead into the site and beside it."""
    addresses, urls = plugin.site.addresses, plugin.urls

    def address(target: str) -> str:
        uri, mark, anchor = addresses.get(target, target).partition("#")
        return posixpath.normpath(f"{SITE}/{urls.get(uri, uri)}") + mark + anchor

    def there(target: str) -> bool:
        uri = addresses.get(target, target).partition("#")[0]
        return uri in urls or uri in (f"../{HOW_TO_VERIFY}", f"../{START}") or (staging / SITE / uri).is_file()

    html = start_page(view, plugin.build.workspace.name, _told_beside(staging, view))
    return resolve_links(unlink(html, there), address)


def _told_beside(staging: Path, view: View) -> list[Beside]:
    """Return what lies beside the site, folder by folder."""
    columns = ", with empty columns for your decision" if view.shows("work-sheet") else ""
    groups = (
        (DOCUMENTS, "*.pdf", "Documents as PDF, to print and to file"),
        (REGISTERS, "*.xlsx", f"All registers and the statement in one workbook{columns}"),
        (REGISTERS, "*.csv", "Registers as CSV"),
        (REGISTERS, "*.json", "All registers as JSON"),
    )
    found = [
        Beside(about, tuple((f"../{folder}/{path.name}", path.stem) for path in sorted((staging / folder).glob(pattern))))
        for folder, pattern, about in groups
    ]
    return [beside for beside in found if beside.files]


def _write(staging: Path, name: str, chunks: Iterable[bytes]) -> None:
    path = staging / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.writelines(chunks)
