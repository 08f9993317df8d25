from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from isms_plugin.analysis.facts import analyse
from isms_plugin.model.audit import AuditFinding
from isms_plugin.model.entry import Entry
from isms_plugin.model.history import History
from isms_plugin.model.settings import Settings
from isms_plugin.render.chain_picture import chain_block
from isms_plugin.render.environment import make_view
from isms_plugin.render.plain_text import words_of
from tests.builders import TODAY, a_control, a_decision, a_document, a_person, a_risk, an_evidence, an_isms

SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)


def block(identifier: str, *changed: Entry, without: tuple[str, ...] = ()) -> str:
    return chain_block(make_view(analyse(an_isms(*changed, without=without), History(), Settings(), TODAY, list), {}), identifier)


def picture(identifier: str, *changed: Entry, without: tuple[str, ...] = ()) -> ET.Element:
    found = SVG.search(block(identifier, *changed, without=without))
    assert found
    return ET.fromstring(found[0])


def risks(count: int) -> list[Entry]:
    return [a_risk(id=f"RSK-{number:03}", title=f"Risk {number}") for number in range(1, count + 1)]


def evidence(count: int, **changes: object) -> list[Entry]:
    return [an_evidence(id=f"EVD-{number:03}", **changes) for number in range(1, count + 1)]


def test_every_box_but_the_entry_itself_is_a_link_that_says_where_it_leads() -> None:
    links = {link.get("href"): link.findtext("title") for link in picture("A.5.1").iter("a")}
    assert links == {
        "isms:RSK-001": "RSK-001 Theft", "isms:REQ-001": "REQ-001 GDPR", "isms:POL-001": "POL-001 Security policy",
        "isms:EVD-001": "EVD-001 Export",
    }  # fmt: skip


def test_a_picture_with_links_is_a_group_with_a_name() -> None:
    svg = picture("A.5.1")
    assert svg.get("role") == "group"
    assert svg.findtext("title") == "From what calls for it to what shows it: A.5.1"
    assert svg.get("aria-labelledby") == svg.find("title").get("id")  # type: ignore[union-attr]


def test_names_are_escaped_and_cut_but_whole_for_the_pointer() -> None:
    name = "Theft of <b>every</b> & any laptop of the company"
    html = block("A.5.1", a_risk(title=name))
    assert "<b>" not in html
    (link,) = (link for link in picture("A.5.1", a_risk(title=name)).iter("a") if link.get("href") == "isms:RSK-001")
    assert link.findtext("title") == f"RSK-001 {name}"
    assert [text.text for text in link.iter("text")] == ["RSK-001", "Theft of <b>every</b…"]


def test_an_empty_column_of_a_control_says_none() -> None:
    html = block("A.5.1", without=("POL-001", "APR-POL-001-1.0", "EVD-001"))
    assert html.count("isms-chain__none") == 2


def test_columns_that_are_empty_elsewhere_are_left_out() -> None:
    headings = [text.text for text in picture("POL-001").iter("text") if text.get("class") == "isms-chart__axis"]
    assert headings == ["Called for by (3)", "Control", "Document"]


def test_an_entry_that_is_linked_with_nothing_has_no_picture() -> None:
    assert block("A.5.2", a_control(id="A.5.2")) == ""
    assert block("PER-001") == ""


def test_of_many_the_rest_is_counted_and_found_under_the_relations() -> None:
    more = [link for link in picture("A.5.1", *risks(12)).iter("a") if link.get("class") == "isms-chain__more"]
    assert [("".join(link.itertext()), link.get("href")) for link in more] == [("+ 8 more", "#relations")]


def test_what_the_relations_do_not_name_is_found_in_the_matrix() -> None:
    more = [link for link in picture("RSK-001", *evidence(9)).iter("a") if link.get("class") == "isms-chain__more"]
    assert [link.get("href") for link in more] == ["isms:traceability/matrix.md"]


def test_boxes_do_not_overlap() -> None:
    svg = picture("RSK-001", *evidence(9), a_risk(controls=["A.5.1", "A.5.2", "A.5.3"]), a_control(id="A.5.2"), a_control(id="A.5.3"))
    boxes = sorted((float(box.get("x", 0)), float(box.get("y", 0)), float(box.get("height", 0))) for box in svg.iter("rect"))
    assert len(boxes) > 8
    assert all(x != next_x or y + height < next_y for (x, y, height), (next_x, next_y, _) in pairwise(boxes))
    width, height = float(svg.get("width", 0)), float(svg.get("height", 0))
    assert all(x + 132 <= width and y + tall <= height for x, y, tall in boxes)


def test_a_line_passes_a_column_between_its_boxes() -> None:
    svg = picture("A.5.1", a_document(id="POL-002"), a_document(id="POL-003"))
    rows = [float(box.get("y", 0)) for box in svg.iter("rect") if box.get("x") == "319"]
    (path,) = svg.iter("path")
    passing = [float(match[1]) for match in re.finditer(r"C\d+ \d+ \d+ \d+ 319 (\d+)h132", path.get("d", ""))]
    assert len(rows) == 3
    assert passing
    assert all(not row <= height <= row + 38 for height in passing for row in rows)


def test_a_link_that_a_way_through_another_box_draws_is_not_drawn_twice() -> None:
    (path,) = picture("A.5.1", an_evidence(**{"for": ["A.5.1", "POL-001"]}), without=("RSK-001", "REQ-001")).iter("path")
    assert path.get("d", "").count("M") == 2
    assert "A.5.1 Policies; owner Anna Berg; leads to POL-001, EVD-001" in words_of(
        block("A.5.1", an_evidence(**{"for": ["A.5.1", "POL-001"]}))
    )


def test_the_list_says_the_same_with_owners() -> None:
    words = words_of(block("A.5.1", a_decision(owner="PER-002"), a_person(id="PER-002", name="Bodo Kern")))
    assert "Called for by RSK-001 Theft; owner Anna Berg; leads to A.5.1" in words
    assert "Control A.5.1 Policies; owner Bodo Kern; leads to POL-001, EVD-001" in words


@pytest.mark.parametrize("anchor", ["A.5.1", "RSK-001"])
def test_the_picture_of_a_crowd_stays_small_and_says_what_it_leaves_out(anchor: str) -> None:
    controls = [a_control(id=f"A.5.{number}", title="A control with a long name, as they come") for number in range(1, 12)]
    ids = [control.id for control in controls]
    crowd = [
        *controls,
        *(a_risk(id=f"RSK-{number:03}", title="A risk with a long name, and more", controls=ids) for number in range(1, 12)),
        *(a_document(id=f"POL-{number:03}", title="A policy with a long name, and more", controls=ids) for number in range(1, 12)),
        *evidence(12, **{"for": ids, "title": "A report with a long name, and more"}),
        *(
            AuditFinding.model_validate({"id": f"FND-{number:03}", "title": "A finding with a long name", "concerns": ids})
            for number in range(12)
        ),
    ]
    html = block(anchor, *crowd)
    found = SVG.search(html)
    assert found
    assert len(found[0].encode()) < 12_000
    assert ("80 of 114 lines are drawn" in html) == (anchor == "RSK-001")
