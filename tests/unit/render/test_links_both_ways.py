"""From every entry one click to whatever it names, and one to whatever names it, on pages and in rows alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from isms_plugin.analysis.facts import Facts, analyse
from isms_plugin.model.control import Clause, Control, ControlDecision
from isms_plugin.model.diagnostic import Place
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import FieldSpec
from isms_plugin.model.history import History
from isms_plugin.model.isms import KINDS, DocumentText, Isms
from isms_plugin.model.settings import Settings
from isms_plugin.render.page import Site
from isms_plugin.render.site import render_site
from tests.builders import TODAY
from tests.generated import references

IDS = {kind: [f"{kind.KIND.prefix or 'CLS'}-00{number}" for number in (1, 2)] for kind in KINDS}
COUNTED = ("document", "acknowledgement")
"""A document tells how many have acknowledged it and leads to the list; it does not name each."""
CLAIMED = ("approved_by", "changes")
"""Of a document these are claims; its page shows what the records say, and the authors of its versions."""


def targets(spec: FieldSpec) -> list[str]:
    """Ids of the kinds that a field takes."""
    kinds = spec.ref.kinds if spec.ref else ()
    return [identifier for kind, ids in IDS.items() if not kinds or kind.KIND.name in kinds for identifier in ids]


def an_entry(draw: Random, kind: type[Entry], number: int) -> Entry:
    data: dict[str, Any] = {} if kind is Clause else references(draw, kind, targets, set())  # clauses come from the catalogue
    if kind is ControlDecision:
        data["control"] = IDS[Control][number]
    return kind.model_validate({"id": IDS[kind][number], **data})


def generated(seed: int, limit: int) -> tuple[Facts, Site]:
    draw = Random(seed)
    entries = {ids[number]: an_entry(draw, kind, number) for kind, ids in IDS.items() for number in range(2)}
    isms = Isms(
        entries=entries,
        places={identifier: Place("registers/all.yml", line, 1) for line, identifier in enumerate(entries, 1)},
        texts={identifier: DocumentText(path=f"policies/{identifier}.md", body="", first_line=3) for identifier in IDS[Document]},
    )
    facts = analyse(isms, History(), Settings(page_limit=limit), TODAY, list)
    return facts, render_site(facts, name="Test", meta={}, wording={})


def missing(facts: Facts, site: Site) -> Iterator[tuple[str, str, str]]:
    """Relations of which one end has no link to the other: page of that end, id that it lacks, and field."""
    html = {page.uri: "".join((page.markdown, *page.parts.values(), *page.late.values())) for page in site.pages}
    links = {uri: set(re.findall(r'isms:([^"#)]+)', text)) for uri, text in html.items()}
    entries = facts.isms.entries
    for relation in (relation for found in facts.trace.outgoing.values() for relation in found):
        for here, other in ((relation.source, relation.target), (relation.target, relation.source)):
            page = site.addresses[here].partition("#")[0]
            kinds = (entries[here].KIND.name, entries[other].KIND.name)
            claim = kinds == ("document", "person") and relation.field in CLAIMED
            there = other in links[page] or site.addresses[other].partition("#")[0] == page
            if not there and not claim and kinds != COUNTED:
                yield page, other, relation.field


@pytest.mark.parametrize("limit", [1, 500], ids=["rows", "pages"])
@pytest.mark.parametrize("seed", range(6))
def test_each_end_of_a_relation_links_to_the_other(seed: int, limit: int) -> None:
    facts, site = generated(seed, limit)
    assert sum(map(len, facts.trace.outgoing.values())) > 300
    assert list(missing(facts, site)) == []
