"""Makes a pack: the site of a commit as the readers of a profile see it, what lies beside it, and the proof that nobody changed it."""

from __future__ import annotations

import os
import posixpath
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from isms_plugin import __version__
from isms_plugin.adapters.editions import Job, built_from_commit, configuration_of
from isms_plugin.adapters.mkdocs import IsmsPlugin
from isms_plugin.authoring.signing import sign_manifest
from isms_plugin.build import Build
from isms_plugin.export.archive import write_archive
from isms_plugin.export.leak_scan import scan
from isms_plugin.export.link_check import check_links, files_below
from isms_plugin.export.manifest import write_manifest
from isms_plugin.export.pack_data import data_files, workbook_reason
from isms_plugin.export.pack_names import check_names
from isms_plugin.export.pdf import pdf_files, pdf_reason
from isms_plugin.export.pdf.markdown_html import html_maker
from isms_plugin.export.verify_page import verify_page
from isms_plugin.model.cadence import Period
from isms_plugin.model.edition import Edition
from isms_plugin.model.profile import Profile
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.front_page import HOW_TO_VERIFY, START, Beside, start_page
from isms_plugin.render.page import resolve_links, unlink
from isms_plugin.sources.site_text import read_site_text

SITE: Final = "site"
_OF_SERVERS: Final = ("404.html", "sitemap.xml", "sitemap.xml.gz")
"""What only a server has a use for."""
_MOST: Final = 40
"""Findings that are told; more of one sort say nothing new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The pack that is wanted."""

    root: Path
    out: Path
    profile: Profile
    commit: str
    tree: str
    committed_on: datetime
    day: date
    as_of: date | None = None
    period: Period | None = None
    key: Path | None = None
    """Key to sign with, where it is to be signed."""
    archive: bool = False
    """Whether PDFs are made for the archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What was made: how many files, and what hinders handing it out; nothing was written then."""

    files: int = 0
    findings: tuple[str, ...] = ()


def make_pack(order: Order, tell: Callable[[str], None]) -> Pack:
    """Write a pack; raises IsmsError where it cannot be made at all."""
    order.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".isms-pack-", dir=order.out.parent) as scratch, _dated(order.committed_on):
        staging = Path(scratch) / "pack"
        edition = Edition(
            repository=order.root,
            revision=order.commit,
            day=order.day,
            as_of=order.as_of,
            profile=order.profile,
            period=order.period,
            beside=_places(order.profile),
        )
        job = Job(edition=edition, root=order.root, target=staging / SITE, fallback=configuration_of(order.root))
        tell(f"{order.profile.title}: the site of commit {order.commit[:10]}")
        with built_from_commit(job) as plugin:
            for name in _OF_SERVERS:
                (staging / SITE / name).unlink(missing_ok=True)
            _beside(staging, plugin, order, tell)
            secrets = plugin.build.redaction.secrets if plugin.build.redaction else frozenset()
            top = _name(plugin.build, order)
            about = _about(plugin.build, order)
        tell("links, names and withheld values are checked")
        findings = _findings(staging, top, secrets, (scratch, str(order.root), str(Path.home())))
        if findings:
            return Pack(findings=findings)
        write_manifest(staging, about)
        if order.key is not None:
            sign_manifest(staging, order.key)
        write_archive(staging, order.out, top, order.committed_on)
        return Pack(files=sum(path.is_file() for path in staging.rglob("*")))


def _places(profile: Profile) -> tuple[str, ...]:
    """Return where files will lie beside the site, from its top, as patterns."""
    found = [f"../{START}", f"../{HOW_TO_VERIFY}"]
    if "pdf" in profile.formats and not pdf_reason():
        found.append("../documents/*.pdf")
    if "csv" in profile.formats:
        found.append("../registers/*.csv")
    return tuple(found)


@contextmanager
def _dated(when: datetime) -> Iterator[None]:
    """Let everything that asks for a time get that of the commit (reproducible-builds.org, SOURCE_DATE_EPOCH)."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(when.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _beside(staging: Path, plugin: IsmsPlugin, order: Order, tell: Callable[[str], None]) -> None:
    """Write everything but the site."""
    build = plugin.build
    for file in plugin.site.outside:
        _write(staging, file.uri.removeprefix("../"), build.sources.snapshot.chunks(file.source))
    for name, content in data_files(build):
        _write(staging, name, (content,))
    missing = [workbook_reason()] if "xlsx" in order.profile.formats else []
    if "pdf" in order.profile.formats:
        missing.append(_pdfs(staging, plugin, order, tell))
    for reason in filter(None, missing):
        tell(f"left out: {reason}")
    _write(staging, HOW_TO_VERIFY, (verify_page().encode(),))
    view = make_view(build.facts, build.sources.wording)
    _write(staging, START, (_start(staging, plugin, view).encode(),))


def _pdfs(staging: Path, plugin: IsmsPlugin, order: Order, tell: Callable[[str], None]) -> str:
    """Write the PDFs, or return why there are none."""
    reason = pdf_reason()
    if not reason:
        build = plugin.build
        text = read_site_text(build.workspace.root)
        to_html, _ = html_maker(text.extensions, build.facts.isms.title, autolink=build.facts.settings.autolink)
        for name, content in pdf_files(build, to_html, language=text.language, archive=order.archive, tell=tell):
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

    html = start_page(view, plugin.build.workspace.name, _told_beside(staging))
    return resolve_links(unlink(html, there), address)


def _told_beside(staging: Path) -> list[Beside]:
    """Return what lies beside the site, folder by folder."""
    groups = (
        ("documents", "*.pdf", "Documents as PDF, to print and to file"),
        ("registers", "*.xlsx", "All registers and the statement in one workbook, with empty columns for your decision"),
        ("registers", "*.csv", "Registers as CSV"),
        ("registers", "*.json", "All registers as JSON"),
    )
    found = [
        Beside(about, tuple((f"../{folder}/{path.name}", path.stem) for path in sorted((staging / folder).glob(pattern))))
        for folder, pattern, about in groups
    ]
    return [beside for beside in found if beside.files]


def _write(staging: Path, name: str, chunks: Any) -> None:
    path = staging / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.writelines(chunks)


def _findings(staging: Path, top: str, secrets: frozenset[str], machine: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is wrong with the files of a pack, a sentence each."""
    links = check_links(staging, from_disk=True, apart=("evidence",))
    names = check_names(f"{top}/{name}" for name in files_below(staging))
    found = [*names, *links, *map(str, scan(staging, secrets, machine=machine))]
    more = (f"and {len(found) - _MOST} more",) if len(found) > _MOST else ()
    return (*found[:_MOST], *more)


def _name(build: Build, order: Order) -> str:
    """Return what the folder of the pack is called."""
    words = re.sub(r"[^a-z0-9]+", "-", build.workspace.name.lower()).strip("-")[:40].rstrip("-")
    return "-".join(filter(None, (words, order.profile.name, build.facts.today.isoformat())))


def _about(build: Build, order: Order) -> dict[str, Any]:
    """Return what the manifest says of the pack."""
    facts = build.facts
    counted = Counter(type(entry).KIND.register for entry in facts.isms.entries.values())
    return {
        "schema": "isms-pack/1",
        "name": build.workspace.name,
        "commit": order.commit,
        "tree": order.tree,
        "committed_on": order.committed_on.isoformat(),
        "as_of": facts.today.isoformat(),
        "period": {"from": facts.settings.period(facts.today).first.isoformat(), "to": facts.settings.period(facts.today).last.isoformat()},
        "profile": order.profile.model_dump(mode="json"),
        "made_with": {"mkdocs-isms": __version__, **{name: version(name) for name in ("mkdocs", "mkdocs-material", "markdown")}},
        "entries": {name: counted[name] for name in sorted(filter(None, counted))},
        "withheld": [{"source": item.source, "field": item.field, "count": item.count, "reason": item.reason} for item in facts.withheld],
    }
