"""A new document: control data to be filled in, and headings that a document of its kind usually has, in words of our own."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from isms_plugin.analysis.facts import Facts
from isms_plugin.authoring.new_entry import Begun, Wish, begin, form_lines, prefix_in_use
from isms_plugin.authoring.new_place import Written, file_name_of
from isms_plugin.errors import IsmsError
from isms_plugin.model.document import Document, is_markdown
from isms_plugin.model.fields import field_map
from isms_plugin.sources.snapshot import Snapshot, confined

DOCUMENT_KINDS: Final = field_map(Document)["kind"].choices
"""What sorts of document there are."""

_PREFIXES: Final = {"policy": "POL", "procedure": "PRC", "plan": "PLN"}
"""Prefixes of ids where no document of a kind shows another; DOC for all others."""

_EXTERNAL: Final = ("publisher", "edition", "held_at", "licence", "checked_on")

_SECTIONS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "policy": (
        ("Purpose", "What this policy protects, and why that matters to us."),
        ("Scope", "Whom and what it applies to, and what it leaves out."),
        ("Rules", "What has to be done: one rule to a sentence, each of them such that somebody can check it."),
        ("Responsibilities", "Who does what; name roles, as in [ROL-001]."),
        ("Exceptions", "Who may allow one, for how long, and where it is recorded."),
        ("What shows that it is followed", "Records and measurements, and who looks at them how often."),
    ),
    "procedure": (
        ("Purpose", "What this procedure achieves."),
        ("When it applies", "What starts it."),
        ("Roles", "Who takes part, and who decides."),
        ("Steps", "One step to an item: who does what, with which tool, and by when."),
        ("When it goes wrong", "What to do where a step cannot be done, and whom to tell."),
        ("Records", "What each time leaves behind, and in which register."),
    ),
    "plan": (
        ("Aim", "What is achieved once the plan is carried out."),
        ("What is planned", "Who does what by when, with which means."),
        ("How progress is seen", "Who looks at it how often, and what is measured."),
        ("Changes to the plan", "Who decides on them."),
    ),
    "standard": (
        ("Purpose", "What this standard makes alike, and why."),
        ("Scope", "Systems and people it applies to."),
        ("Requirements", "What has to hold: one requirement to a sentence, with values."),
        ("How it is checked", "By whom, how often, and with which tool."),
    ),
    "report": (
        ("Subject", "What was looked at, in which time, and for whom."),
        ("Findings", "What was found, with what shows it."),
        ("Conclusion", "What follows, and who decides."),
    ),
    "template": (
        ("How to use it", "Who fills it in, on which occasion, and where it is kept."),
        ("Form", "The fields to be filled in."),
    ),
    "statement": (
        ("Statement", "What is stated."),
        ("Reasons", "What it rests on."),
        ("Review", "What would change it, and who looks at it how often."),
    ),
    "external": (
        ("What we use it for", "Which of our processes follow it."),
        ("Where it is kept", "Who has access, and how a new edition is noticed."),
    ),
}


def begin_document(facts: Facts, snapshot: Snapshot, sort: str, wish: Wish, taken: Iterable[str], path: str = "") -> tuple[Begun, Written]:
    """Return a new document of a sort, such as policy, as a draft, and its file; raises IsmsError where it cannot be written."""
    alike = [document for document in facts.isms.of(Document) if document.kind == sort and document.identified]
    prefix = prefix_in_use([document.id for document in alike], facts.today) or _PREFIXES.get(sort, "DOC")
    fixed = {"kind": sort, "version": "0.1"}
    begun = begin(facts, Document, replace(wish, fixed=fixed), taken, prefix=prefix)
    folder = posixpath.dirname(facts.isms.place(alike[-1]).path) if alike else facts.settings.policies
    target = confined(path or f"{folder}/{file_name_of(begun.titled) or begun.id.lower()}.md")
    if not target.startswith(f"{confined(facts.settings.policies)}/") and facts.settings.policies != ".":
        raise IsmsError(f"{path}: is not read as a document; name a file in {facts.settings.policies}/")
    if not is_markdown(target):
        raise IsmsError(f"{path}: a document is Markdown; name a file that ends in .md")
    if snapshot.exists(target):
        raise IsmsError(f"{target}: is there already; name another file with --file, or the document otherwise")
    return begun, Written(target, _text(begun, sort).encode(), 1)


def _text(begun: Begun, sort: str) -> str:
    front = "\n".join(form_lines(Document, begun.values, _EXTERNAL if sort == "external" else ()))
    heading = [f"# {begun.titled}"] if begun.titled else []
    sections = [f"## {number}. {title}\n\n<!-- {hint} -->" for number, (title, hint) in enumerate(_SECTIONS.get(sort, ()), 1)]
    return f"---\n{front}\n---\n" + "\n\n".join([*heading, *sections]) + "\n"
