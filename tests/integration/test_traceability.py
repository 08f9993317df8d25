"""Traceability in a real site: both ends of every relation of the sample link to each other, and the pages around it."""

from __future__ import annotations

import posixpath
import re
from datetime import date
from html import unescape

from isms_plugin.build import build_facts
from isms_plugin.render.addresses import addresses
from isms_plugin.sources.workspace import find_workspace
from tests.integration.conftest import ROOT, BuiltSite


def place_of(uri: str) -> tuple[str, str]:
    """The file and anchor that an address of a source page has in the site."""
    page, _, anchor = uri.partition("#")
    name = page.removesuffix(".md")
    folder = name.removesuffix("index").rstrip("/") if name == "index" or name.endswith("/index") else name
    return posixpath.join(folder, "index.html"), anchor


def linked(site: BuiltSite, file: str) -> set[str]:
    """Files, with anchors and without, that a page leads to."""
    found = set()
    for href in re.findall(r'href="([^":]+)"', site.html(file)):
        path, _, anchor = unescape(href).partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file
        target = target if posixpath.splitext(target)[1] == ".html" else posixpath.join(target, "index.html")
        found |= {target, f"{target}#{anchor}"}
    return found


def test_each_end_of_a_relation_links_to_the_other(sample: BuiltSite) -> None:
    facts = build_facts(find_workspace(ROOT), date(2026, 11, 30)).facts
    found = {name: place_of(uri) for name, uri in addresses(facts.isms, facts.settings.page_limit).items()}
    links = {file: linked(sample, file) for file in {file for file, _ in found.values()}}
    relations = [relation for some in facts.trace.outgoing.values() for relation in some]
    kinds = {entry.id: entry.KIND.name for entry in facts.isms.entries.values()}
    missing = []
    for here, other in ((a, b) for relation in relations for a, b in (relation[:2], relation[1::-1])):
        file, (target, anchor) = found[here][0], found[other]
        counted = (kinds[here], kinds[other]) == ("document", "acknowledgement")  # told as a number that leads to the list
        if file != target and not counted and (f"{target}#{anchor}" if anchor else target) not in links[file]:
            missing.append((here, other))
    assert len(relations) > 2000
    assert missing == []


def test_the_chain_of_a_control_is_drawn_with_links(sample: BuiltSite) -> None:
    html = sample.html("controls/A.8.13/index.html")
    picture = re.search(r'<svg class="isms-chart isms-chain__picture".*?</svg>', html, re.DOTALL)
    assert picture
    assert 'href="../../risks/RSK-006/' in picture[0]
    assert "isms:" not in picture[0]
    assert len(picture[0].encode()) < 12_000


def test_chains_are_not_searched(sample: BuiltSite) -> None:
    assert "owner Aisha Farouk; leads to" in sample.html("controls/A.8.13/index.html")
    assert "owner Aisha Farouk; leads to" not in sample.html("search/search_index.json")


def test_matrix_and_broken_chains_are_there_as_pages_and_files(sample: BuiltSite) -> None:
    assert "Traceability matrix" in sample.html("traceability/matrix/index.html")
    assert 'id="control-without-evidence"' in sample.html("traceability/broken-chains/index.html")
    assert sample.html("traceability/matrix.csv").startswith("\ufeffcontrol,title,owner,state,risks_count,risks")
    assert sample.html("traceability/broken-chains.csv").startswith("\ufeffrule,id,kind")
