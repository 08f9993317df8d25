"""Baselines, and what changed from one to the next, since the newest, and since the last audit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import escape
from typing import Any, Final

from isms_plugin.analysis.baselines import COUNTED, Baselines, Frozen
from isms_plugin.analysis.changes import Changes, Group
from isms_plugin.model.document import Document
from isms_plugin.model.edition import edition_name
from isms_plugin.render.addresses import free_name
from isms_plugin.render.change_cells import APPROVAL, HEADINGS, change_row
from isms_plugin.render.entry_pages import ENTRY_META, heading
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, part
from isms_plugin.render.tables import Row, table

BASELINES: Final = "baselines.md"
SINCE_AUDIT: Final = "since-last-audit.md"
NONE_YET: Final = "There is no baseline yet: `isms baseline create NAME` makes one."


def change_pages(view: View, baselines: Baselines, editions: str = "") -> Iterator[Page]:
    """Return the list of baselines, and the pages of what changed between them; `editions` is the folder where their editions lie."""
    uris = change_uris(baselines)
    yield _list(baselines, uris, editions)
    for frozen in baselines.frozen:
        if frozen.changes is not None:
            found = frozen.changes
            title = f"Changes: {found.old.label} to {found.new.label}"
            yield _page(view, found, uris[found.new.label], title, searchable=False)
    if baselines.since is not None:
        yield _page(view, baselines.since, uris[""], f"Changes since {baselines.since.old.label}", searchable=False)


def change_uris(baselines: Baselines) -> dict[str, str]:
    """Return the address of the changes that led to each baseline, and under the empty name of those since the newest."""
    taken: set[str] = set()
    names = [frozen.baseline.name for frozen in reversed(baselines.frozen)]
    uris = {name: f"changes/{free_name(_file(name), taken)}.md" for name in names}
    return uris | ({"": f"changes/{free_name(f'since-{_file(names[-1])}', taken)}.md"} if names else {})


def _file(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") or "baseline"


def _list(baselines: Baselines, uris: dict[str, str], editions: str) -> Page:
    told = "" if baselines.frozen else f"{_none(baselines)}\n\n"
    headings = ("Name", "Day", "Tagged by", "Holds", "Changes", "Message", "Commit")
    rows = [Row(cells=_baseline_cells(frozen, uris, editions)) for frozen in baselines.frozen]
    since = f"[What changed since the newest](isms:{uris['']}) and [since the last audit](isms:{SINCE_AUDIT}).\n\n" if rows else ""
    return Page(
        uri=BASELINES,
        title="Baselines",
        markdown=f"# Baselines\n\nFrozen states of the whole ISMS, each an annotated tag.\n\n{told}{since}{part('gap')}\n\n{part('table')}",
        late={
            "gap": _notice(f"History: {baselines.gap}.") if baselines.gap else "",
            "table": table(headings, rows, caption="Baselines", css="isms-table--baselines") if rows else "",
        },
        meta={"hide": ["navigation", "toc"]},
    )


def _baseline_cells(frozen: Frozen, uris: dict[str, str], editions: str) -> list[str]:
    baseline, found = frozen.baseline, frozen.changes
    changes = f'<a href="isms:{escape(uris[baseline.name])}">{found.counted}</a>' if found else "<small>the first</small>"
    return [
        f'<a href="isms:{editions}{edition_name(baseline.name)}/index.html">{escape(baseline.name)}</a>'
        if editions
        else escape(baseline.name),
        f'<time datetime="{baseline.date.isoformat()}">{baseline.date.date().isoformat()}</time>',
        f"{escape(baseline.tagger)}<br><small>{escape(frozen.signature)}</small>",
        ", ".join(f"{frozen.counts[declaration.KIND.name]} {title.lower()}" for declaration, title in COUNTED),
        changes,
        "<br>".join(escape(" ".join(piece.split())) for piece in baseline.message.split("\n\n")),
        f"<code>{baseline.commit[:10]}</code>",
    ]


def since_audit_page(view: View, baselines: Baselines) -> Page:
    """Return what changed since the baseline of the last audit."""
    if baselines.audit is not None:
        name = baselines.audit.old.label
        # readers of a pack set no options
        lead = f"From the baseline {heading(name)}{'' if view.facts.profile else '; the option `last_audit` names another one'}."
        return _page(view, baselines.audit, SINCE_AUDIT, "Since the last audit", lead=lead)
    if baselines.frozen and not baselines.audited and not baselines.gap:
        told = f"This is the state of the first baseline, and there is none before it: [baselines](isms:{BASELINES})."
    elif baselines.frozen or baselines.audited:
        told = f"No baseline here is called {heading(baselines.audited)}, as the option `last_audit` has it: [baselines](isms:{BASELINES})."
    else:
        told = _none(baselines)
    gap = _notice(f"History: {baselines.gap}.") if baselines.gap else ""
    return Page(
        uri=SINCE_AUDIT,
        title="Since the last audit",
        markdown=f"# Since the last audit\n\n{told}\n\n{part('gap')}",
        late={"gap": gap},
        meta=ENTRY_META,
    )


def _page(view: View, found: Changes, uri: str, title: str, *, lead: str = "", searchable: bool = True) -> Page:
    """Return the page of some changes: all groups at a glance, then those in which something changed."""
    some = [group for group in found.groups if group.changes]
    sections = [f"## {heading(group.title)}\n\n{part(_name(group))}" for group in some]
    crumbs = f'<p class="isms-crumbs"><a href="isms:{BASELINES}">Baselines</a> &rsaquo; {escape(title)}</p>'
    return Page(
        uri=uri,
        title=title,
        markdown="\n\n".join((part("crumbs"), f"# {heading(title)}", *filter(None, (lead,)), part("summary"), *sections)),
        late={
            "crumbs": crumbs,
            "summary": view.render("compared.html.jinja", **_summary(found)),
            **{_name(group): _table(view, found, group) for group in some},
        },
        meta=ENTRY_META,
        searchable=searchable,
    )


def _name(group: Group) -> str:
    return f"group-{group.name.replace('_', '-')}"


def _summary(found: Changes) -> dict[str, Any]:
    return {
        "found": found,
        "total": found.counted,
        "groups": [(group.title, _counts(group)) for group in found.groups],
        "unchanged": [group.title for group in found.groups if not group.changes],
        "unread": found.unread,
    }


def _counts(group: Group) -> str:
    counts = Counter(change.change for change in group.changes)
    return ", ".join(f"{counts[word]} {word}" for word in ("added", "changed", "removed") if counts[word])


def _table(view: View, found: Changes, group: Group) -> str:
    approvals = any(change.kind == Document.KIND.name for change in group.changes)
    rows = [change_row(view, found, change, approvals=approvals) for change in group.changes]
    return table((*HEADINGS, APPROVAL) if approvals else HEADINGS, rows, caption=group.title, css="isms-table--changes")


def _none(baselines: Baselines) -> str:
    # who cannot see the tags must not say that there are none
    return "No baseline is known here." if baselines.gap else NONE_YET


def _notice(text: str) -> str:
    return f'<p class="isms-notice isms-notice--minor">{escape(text)}</p>'
