"""What a change means for the ISMS as a comment on a merge request: a few lines, then what unfolds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from isms_plugin.analysis.changes import EntryChange
from isms_plugin.analysis.check_report import Reported
from isms_plugin.analysis.impact.acknowledgements import AcknowledgementImpact
from isms_plugin.analysis.impact.approvals import NeededApproval
from isms_plugin.analysis.impact.decisions import BroughtDecision
from isms_plugin.analysis.impact.impact import Compared, Impact
from isms_plugin.analysis.impact.touched import Touched, TouchedGroup
from isms_plugin.model.diagnostic import Grade
from isms_plugin.render.comment import Section, comment
from isms_plugin.render.comment_text import TITLE, in_html, plain
from isms_plugin.render.impact_words import document_lines, document_summary, field_words

MARKER: Final = "<!-- isms-impact -->"
"""First line, by which a pipeline finds the comment that it wrote before."""
_MANY: Final = 40
"""Ids that are told in one line."""
_NAME: Final = 40
"""Letters of a name where it is told what was left out."""
_FEW: Final = 3
"""Up to so many are named where they are counted."""
_GROUPS: Final = 7
"""Kinds of what is touched that the summary counts."""


def impact_comment(found: Impact) -> str:
    """Return the comment, one line break at its end."""
    return comment(list(_head(found)), _sections(found), _foot(found), "`isms impact --format json` has everything.")


def _head(found: Impact) -> Iterator[str]:
    yield from (MARKER, "### What this change means for the ISMS", "", _changed(found), _reach(found), _needed(found))
    if found.decisions:
        told = "; ".join(map(_decision, found.decisions[:_FEW]))
        more = len(found.decisions) - _FEW
        yield f"- **Decided already:** {told}{f'; {more} more' if more > 0 else ''}. Whoever is named should know of it."
    compared = found.compared
    if compared.conflicts:
        paths = _listed((plain(path, TITLE) for path in compared.conflicts), 10)
        yield f"\n> **Cannot be merged** with {plain(compared.base)}: {paths}. Below stands what the change alone does."
    if compared.gap:
        yield f"\n> **Incomplete**: {plain(compared.gap)}."
    if compared.steering:
        paths = _listed((plain(path, TITLE) for path in compared.steering), 10)
        yield f"\n> **How this is checked or who is asked changes too:** {paths}. Read that in the difference."


def _changed(found: Impact) -> str:
    effort, files = found.effort, len(found.compared.files)
    if not found.changes.total and not found.changes.records:
        layout = f"{_count(files, 'file differs', 'files differ')} in layout or comments alone" if files else "no file differs"
        return f"- **No entry of the ISMS changes**; {layout}."
    documents = [item.id for item in found.documents]
    rows = [change.id for group in found.changes.groups if not group.record for change in group.changes]
    other = "other " if documents else ""
    counts = (
        (effort.documents, "document", "documents", _named(documents)),
        (effort.rows, f"{other}entry", f"{other}entries", _named(name for name in rows if name not in documents)),
        (found.changes.records, "record", "records", ""),
    )
    what = ", ".join(_count(number, one, many) + names for number, one, many, names in counts if number)
    words = f"; {_count(effort.words, 'word', 'words')} of documents came or went" if effort.words else ""
    return f"- **To review:** {what}{words}."


def _reach(found: Impact) -> str:
    told = [", ".join(_counted(group) for group in found.touched[:_GROUPS]) or "nothing else"]
    if found.suspects:
        told.append(_count(len(found.suspects), "link becomes suspect", "links become suspect"))
    people = {name for item in found.acknowledgements for name in (*item.stale, *item.first)}
    if people:
        told.append(f"{_count(len(people), 'person has', 'people have')} to confirm a document again or for the first time")
    return f"- **Touched:** {'; '.join(told)}."


def _counted(group: TouchedGroup) -> str:
    return _count(len(group.direct) + len(group.related), plain(group.one, TITLE).lower(), plain(group.title, TITLE).lower())


def _needed(found: Impact) -> str:
    report = found.check
    fixed = len(report.comparison.fixed) if report.comparison else 0
    grades = [(grade, sum(item.grade is grade for item in report.reported)) for grade in sorted(Grade, reverse=True)]
    told = ", ".join(f"{count} {grade.word}" for grade, count in grades if count)
    new = f"{_count(len(report.reported), 'diagnostic is', 'diagnostics are')} new{f' ({told})' if told else ''}, {fixed} fixed"
    return f"- **Needed:** {_approvals(found.approvals)}; {new}."


def _approvals(every: Sequence[NeededApproval]) -> str:
    needed = [item for item in every if not item.draft]
    nobody = sum(bool(item.gap) for item in needed)
    told = _count(len(needed), "approval", "approvals") if needed else "no approval"
    if 0 < len(needed) <= _FEW:
        told += f" ({'; '.join(map(_who, needed))})"
    told += f", **{nobody} of which nobody can give today**" if nobody else ""
    drafts = len(every) - len(needed)
    more = f"{drafts} more" if needed else f"but {drafts}"
    return told + (f", {more} before {'a draft counts' if drafts == 1 else 'drafts count'}" if drafts else "")


def _decision(item: BroughtDecision) -> str:
    subject = f"{plain(item.subject, _NAME)} {plain(item.version, _NAME)}".strip()
    how = "signed" if item.signed else "without a signature" if item.method in ("", "record") else item.method.replace("_", " ")
    return f"{subject} {item.decision} by {plain(item.name, _NAME) or 'nobody'} on {item.on or 'no day'} ({how})"


def _who(item: NeededApproval) -> str:
    people = " or ".join(plain(person.name, _NAME) for person in item.holders)
    name = plain(item.id or item.title, _NAME)
    return f"{name} by {people}" if people else name


def _named(names: Iterable[str]) -> str:
    """Return names in brackets, where they are few."""
    every = [plain(name, _NAME) for name in names]
    return f" ({', '.join(every)})" if len(every) <= _FEW else ""


def _sections(found: Impact) -> Iterator[Section]:
    if found.approvals:
        yield _section(f"Approvals needed ({len(found.approvals)})", map(_approval, found.approvals), 0, "approvals")
    report = found.check
    if report.reported:
        alike = _together(report.reported)
        yield _section(f"New diagnostics ({len(report.reported)})", map(_diagnostic, alike), 1, "new diagnostics")
    if report.comparison and report.comparison.fixed:
        fixed = report.comparison.fixed
        yield _section(f"Fixed diagnostics ({len(fixed)})", map(_fixed, fixed), 6, "fixed diagnostics")
    by_id = {change.id: change for group in found.changes.groups for change in group.changes}
    for item in found.documents:
        lines = document_lines(item, by_id[item.id])
        yield Section(summary=document_summary(item), items=tuple(lines), rank=3, what=f"lines on {plain(item.id, _NAME)}")
    taken = {item.item.entry for item in report.reported if item.item.code == "duplicate-id"}
    for title, changes in found.rows:
        rows = (_entry(change, taken) for change in changes)
        yield _section(f"{in_html(title)} ({len(changes)})", rows, 2, f"changes of {plain(title, _NAME).lower()}")
    if found.suspects:
        rows = (_suspect(link.source, link.target, link.fields) for link in found.suspects)
        yield _section(f"Links that become suspect ({len(found.suspects)})", rows, 4, "suspect links")
    if found.acknowledgements:
        yield _section("Acknowledgements", map(_acknowledgement, found.acknowledgements), 4, "documents to be confirmed")
    if found.touched:
        yield _section("Everything touched", (line for group in found.touched for line in _group(group)), 5, "lines on what is touched")
    if found.compared.files and not found.changes.total and not found.changes.records:
        yield _section("Files", (f"- {plain(path)}" for path in found.compared.files), 7, "files")


def _section(summary: str, items: Iterable[str], rank: int, what: str) -> Section:
    return Section(summary=summary, items=tuple(items), rank=rank, what=what)


def _approval(item: NeededApproval) -> str:
    role = f"{plain(item.role, TITLE)} {plain(item.role_title, TITLE)}".strip()
    holders = " or ".join(f"{plain(person.name, TITLE)} ({plain(person.id, TITLE)})" for person in item.holders)
    who = f"**nobody can give it today**: {plain(item.gap)}" if item.gap else f"from {role}, today {holders}"
    name = f"**{plain(item.id, TITLE)}** {plain(item.title, TITLE)}" if item.id else f"**{plain(item.title, TITLE)}**"
    return f"- {name}: {plain(item.why)}; {who}"


def _together(found: Iterable[Reported]) -> list[list[Reported]]:
    """Return diagnostics that say the same in one, the gravest first."""
    alike: dict[tuple[str, ...], list[Reported]] = {}
    for each in sorted(found, key=lambda item: -item.grade):
        alike.setdefault((each.grade.word, each.item.code, each.item.message, each.item.hint, each.excuse), []).append(each)
    return list(alike.values())


def _diagnostic(alike: Sequence[Reported]) -> str:
    first, item = alike[0], alike[0].item
    places = _listed(plain(str(each.item.place)) for each in alike if each.item.place.path)
    excuse = f" *{plain(first.excuse)}*" if first.excuse else ""
    return f"- **{first.grade.word}** {item.code}: {plain(item.message)}; {plain(item.hint)}{f' ({places})' if places else ''}{excuse}"


def _fixed(found: Reported) -> str:
    return f"- {found.grade.word} {found.item.code}: {plain(found.item.message)}"


def _entry(change: EntryChange, taken: Collection[str]) -> str:
    name = plain(change.id, TITLE) if change.title == change.id else f"{plain(change.id, TITLE)} {plain(change.title, TITLE)}"
    if change.id in taken:
        return f"- **{name}**: its id is taken twice, so nobody can say what became of it"
    if change.change != "changed":
        return f"- **{name}** {change.change}"
    return "\n".join((f"- **{name}**", *(f"    - {plain(field.title, TITLE)}: {field_words(field)}" for field in change.fields)))


def _suspect(source: str, target: str, fields: Sequence[str]) -> str:
    names = plain(", ".join(fields))
    return f"- {plain(source, TITLE)} names {plain(target, TITLE)} ({names}): read both; `isms review` records that it still holds"


def _acknowledgement(item: AcknowledgementImpact) -> str:
    told = [f"{len(item.stale)} of {item.asked} confirm it again"] if item.stale else []
    told += [f"{len(item.first)} for the first time"] if item.first else []
    when = "" if item.approved else " once the new text is approved"
    people = _listed(plain(name, TITLE) for name in (*item.stale, *item.first))
    return f"- **{plain(item.document, TITLE)}** {plain(item.title, TITLE)}: {', '.join(told)}{when}: {people}"


def _group(group: TouchedGroup) -> Iterator[str]:
    yield f"- **{plain(group.title, TITLE)}**"
    if group.direct:
        yield f"    - {_listed(f'{_shown(group, item)} ({plain(item.change)})' for item in group.direct)}"
    ways: dict[tuple[str, ...], list[str]] = {}
    for item in group.related:
        ways.setdefault(item.via[:3], []).append(_shown(group, item))
    for via, names in ways.items():
        yield f"    - beside {', '.join(plain(name, TITLE) for name in via)}: {_listed(names)}"


def _shown(group: TouchedGroup, item: Touched) -> str:
    name = plain(item.id, TITLE)
    return f"{name}: {plain(item.title, TITLE)}" if group.kind == "promises" else name


def _foot(found: Impact) -> str:
    compared = found.compared
    head = plain(compared.head) if compared.head else "the working tree"
    how = ", merged in memory" if compared.merged and not compared.conflicts else ""
    return f"<sub>{plain(compared.base)} ({_short(compared)}) compared with {head}{how}, as of {found.today.isoformat()}.</sub>"


def _short(compared: Compared) -> str:
    return plain(compared.commit[:10])


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _listed(names: Iterable[str], many: int = _MANY) -> str:
    every = list(names)
    more = len(every) - many
    return ", ".join(every[:many]) + (f" and {more} more" if more > 0 else "")
