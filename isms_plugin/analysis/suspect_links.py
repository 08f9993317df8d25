"""Suspect links: what an entry relies on changed in meaning since somebody last looked at the link (clause 8.1).

A link was looked at when a row of the ledger says so, else when the newest baseline was made, since an audit or a release looked at
the whole. A link that came later was made with its target in view. Nothing here writes: only `isms review` does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.isms import Isms
from isms_plugin.model.link_review import LinkReview
from isms_plugin.model.linked import Link, Linked, linked_of
from isms_plugin.model.meaning import ALGORITHM

Reviews = Mapping[tuple[str, str], tuple[LinkReview, ...]]
"""Reviews of links by both ends, newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspectLink:
    """All links from one entry to another that have to be looked at again: their fields, and what they were last looked at with."""

    source: str
    target: str
    fields: tuple[str, ...]
    since: str
    """Baseline, commit, or review of the link."""


def reviews_of(isms: Isms) -> Reviews:
    """Return the reviews that count, by both ends of the link."""
    found: dict[tuple[str, str], list[LinkReview]] = defaultdict(list)
    for review in isms.of(LinkReview):
        if review.living and review.reviewed_on and (review.fingerprint or "").startswith(f"{ALGORITHM}:"):
            found[review.source or "", review.target or ""].append(review)
    return {ends: tuple(sorted(rows, key=_age, reverse=True)) for ends, rows in found.items()}


def suspect_links(now: Linked, before: Linked | None, reviews: Reviews, *, drafts: bool = False) -> tuple[SuspectLink, ...]:
    """Return the links that have to be looked at again, in the order of the sources; without those at drafts unless these are wanted."""
    known = frozenset(before.links) if before else frozenset()
    found: dict[tuple[str, str], SuspectLink] = {}
    for link in now.links:
        if not drafts and (link.source in now.drafts or link.target in now.drafts):
            continue
        since, meaning = _last_look(link, reviews, before, known)
        if not meaning or meaning == now.meanings.get(link.target):
            continue
        ends = (link.source, link.target)
        known_as = found.get(ends) or SuspectLink(source=link.source, target=link.target, fields=(), since=since)
        found[ends] = replace(known_as, fields=(*known_as.fields, link.field))
    return tuple(found.values())


def newly_suspect(before: Linked, now: Linked, reviews: Reviews) -> tuple[SuspectLink, ...]:
    """Return the links that a change makes suspect: their targets meant something else before it. Drafts are told too."""
    changed = {name for name, meaning in now.meanings.items() if before.meanings.get(name, meaning) != meaning}
    held = {link for link in before.links if link.target in changed}
    links = tuple(link for link in now.links if link in held)
    current = {ends: tuple(row for row in rows if row.fingerprint == now.meanings.get(ends[1])) for ends, rows in reviews.items()}
    return suspect_links(Linked(links=links, meanings=now.meanings), before, current, drafts=True)


def check_suspect_links(isms: Isms, before: Linked | None) -> Iterator[Diagnostic]:
    """Report links to what has changed in meaning since they were last looked at."""
    reviews = reviews_of(isms)
    if before is None and not reviews:
        return
    for suspect in suspect_links(linked_of(isms), before, reviews):
        source, target = isms.entries[suspect.source], suspect.target
        yield Diagnostic(
            code="suspect-link",
            message=f"{', '.join(suspect.fields)}: {target} means something else than in {suspect.since}",
            hint=f'read both; once {source.id} fits again, `isms review {source.id} {target} --reason "..."` records that',
            entry=suspect.source,
            place=isms.place(source).at(suspect.fields[0]),
        )


def _last_look(link: Link, reviews: Reviews, before: Linked | None, known: frozenset[Link]) -> tuple[str, str]:
    """Return with what a link was last looked at, and what its target meant then; both empty where nobody knows."""
    for review in reviews.get((link.source, link.target), ()):
        if review.field in (None, "", link.field):
            return review.id, review.fingerprint or ""
    return (before.name, before.meanings.get(link.target, "")) if before and link in known else ("", "")


def _age(review: LinkReview) -> tuple[str, int, str]:
    return (review.reviewed_on.isoformat() if review.reviewed_on else "", len(review.id), review.id)
