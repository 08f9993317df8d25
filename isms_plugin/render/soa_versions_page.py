"""Versions of the statement of applicability: which baseline holds which, and the difference from one to the next."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from isms_plugin.analysis.baselines import Baselines, Frozen
from isms_plugin.analysis.changes import Changes
from isms_plugin.analysis.soa.issued import SOA, SoaVersion
from isms_plugin.analysis.soa.versions import decisions_changed
from isms_plugin.model.control import ControlDecision
from isms_plugin.model.document import Document
from isms_plugin.model.profile import WITHHELD
from isms_plugin.render.change_cells import HEADINGS, change_row
from isms_plugin.render.entry_pages import ENTRY_META, heading
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, part
from isms_plugin.render.tables import Row, table

VERSIONS: Final = "soa/versions.md"


def versions_page(view: View, baselines: Baselines) -> Page:
    """Return the list of frozen versions, and below it what changed between two of them, newest first."""
    steps = list(_steps(baselines))
    sections = [f"## {heading(_title(found))}\n\n{part(_mark(number))}" for number, (found, _) in enumerate(steps)]
    crumbs = '<p class="isms-crumbs"><a href="isms:soa.md">Statement of applicability</a> &rsaquo; Versions</p>'
    lead = "What the statement said in each baseline, and what was decided otherwise since. Nothing here is typed: it is read from git."
    none = () if baselines.frozen else ("No baseline is known here." if baselines.gap else "There is no baseline yet.",)
    return Page(
        uri=VERSIONS,
        title="Versions of the statement of applicability",
        markdown="\n\n".join(
            (part("crumbs"), "# Versions of the statement of applicability", lead, *none, part("gap"), part("list"), *sections)
        ),
        late={
            "crumbs": crumbs,
            "gap": _notice(f"History: {baselines.gap}.") if baselines.gap else "",
            "list": _list(view, baselines) if baselines.frozen else "",
            **{_mark(number): _step(view, found, newer) for number, (found, newer) in enumerate(steps)},
        },
        meta=ENTRY_META,
        searchable=False,
    )


def _steps(baselines: Baselines) -> Iterator[tuple[Changes, tuple[SoaVersion | None, SoaVersion | None]]]:
    """Yield what changed from each baseline to the next, newest first, with the versions before and after; None stands for now."""
    newest = baselines.frozen[0].soa if baselines.frozen else None
    if baselines.since is not None:
        yield baselines.since, (newest, None)
    for newer, older in zip(baselines.frozen, baselines.frozen[1:], strict=False):
        if newer.changes is not None:
            yield newer.changes, (older.soa, newer.soa)


def _mark(number: int) -> str:
    """Return the name of a part for a number; names have letters only."""
    return "step-" + "".join("abcdefghij"[int(digit)] for digit in str(number))


def _title(found: Changes) -> str:
    return f"Since {found.old.label}" if found.new.current else f"{found.old.label} to {found.new.label}"


def _list(view: View, baselines: Baselines) -> str:
    headings = ("Baseline", "Day", "Version", "Approved by", "Controls included", "Rows changed")
    rows = [Row(cells=_cells(view, frozen)) for frozen in baselines.frozen]
    return table(headings, rows, caption="Versions in baselines", css="isms-table--soa-versions")


def _cells(view: View, frozen: Frozen) -> list[str]:
    changed = "" if frozen.changes is None else str(len(decisions_changed(frozen.changes)))
    return [
        escape(frozen.baseline.name),
        f"<time>{frozen.baseline.date.date().isoformat()}</time>",
        _version(view, frozen.soa),
        _approval(view, frozen.soa),
        str(frozen.counts[ControlDecision.KIND.name]),
        changed,
    ]


def _version(view: View, held: SoaVersion | None) -> str:
    if held is None:
        return '<span class="isms-missing">no document</span>'
    version = escape(held.version) or '<span class="isms-missing">no version</span>'
    return f"{view.links.to(held.document)} {version}"


def _approval(view: View, held: SoaVersion | None) -> str:
    if held is None:
        return ""
    if not held.record:
        if view.facts.profile and "approvals" in {item.source for item in view.facts.withheld}:
            return f'<span class="isms-none">{WITHHELD}</span>'
        return '<span class="isms-missing">no approval of this text</span>'
    record = view.links.to(held.record) if held.record in view.facts.isms.entries else escape(held.record)
    return f"{view.links.to(held.person)}, <time>{escape(held.day)}</time>, {record}"


def _step(view: View, found: Changes, versions: tuple[SoaVersion | None, SoaVersion | None]) -> str:
    """Return what was decided otherwise between two states, under what the versions say of themselves."""
    changes = decisions_changed(found)
    told = "".join(f"<p>{sentence}</p>" for sentence in _told(view, found, versions))
    if not changes:
        return f"{told}<p>No row of the statement changed.</p>"
    rows = [change_row(view, found, change, approvals=False) for change in changes]
    return told + table(HEADINGS, rows, caption=_title(found), css="isms-table--changes")


def _told(view: View, found: Changes, versions: tuple[SoaVersion | None, SoaVersion | None]) -> Iterator[str]:
    before, after = versions
    if found.new.current:
        after = _now(view)
    if before is None or after is None:
        return
    if before.version == after.version:
        yield f"Version {escape(before.version)} before and after."
        return
    yield f"Version {escape(before.version)} became {escape(after.version)}."
    document = view.facts.isms.get(Document, after.document)
    for change in reversed(document.changes if document else ()):
        if change.version == after.version:
            yield escape(change.note or "")


def _now(view: View) -> SoaVersion | None:
    documents = (document for document in view.facts.isms.of(Document) if SOA in document.answers and not document.retired)
    return next((SoaVersion(document=document.id, version=document.version or "") for document in documents), None)


def _notice(text: str) -> str:
    return f'<p class="isms-notice isms-notice--minor">{escape(text)}</p>'
