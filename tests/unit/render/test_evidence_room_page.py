"""The evidence room as readers see it."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import Any

import pytest

from isms_plugin.model.entry import Entry
from isms_plugin.model.profile import Profile
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.evidence_places import held_files, place_of, size_in_words
from isms_plugin.render.evidence_room_page import evidence_room_pages
from isms_plugin.render.page import Page
from isms_plugin.render.plain_text import words_of
from tests.builders import HASH, a_control, a_decision, an_evidence, facts_of

KEPT = "evidence/export.csv"
ELSEWHERE = {"at": "https://portal.example.org/1", "held_by": "PER-001", "sha256": None}


def a_view(*entries: Entry, profile: dict[str, Any] | None = None, **parts: Any) -> View:
    joiner = (a_control(id="A.6.2"), a_decision(id="SOA-A.6.2", control="A.6.2"))
    facts = facts_of(*joiner, *entries, **{"sizes": {KEPT: 2_500_000}} | parts)
    made = Profile.model_validate({"title": "Pack", "readers": "Auditor.", "classifications": ["internal"]} | (profile or {}))
    return make_view(replace(facts, profile=made if profile is not None else None), {})


def piece(name: str = "EVD-002", /, **changes: Any) -> Entry:
    return an_evidence(**{"id": name, "for": ["A.6.2"], "kind": "contract"} | changes)


def room_page(view: View) -> Page:
    return evidence_room_pages(view)[0]


def joiner(view: View) -> str:
    return room_page(view).late["trail-joiner"]


def test_a_piece_is_told_in_full_with_a_link_to_its_file() -> None:
    html = joiner(a_view(piece(source="Directory")))
    words = words_of(html)
    assert "EVD-002 Export current For A.6.2 Days 2026-01-01 to 2026-06-30 Source Directory, taken 2026-07-01 by Anna Berg" in words
    assert "File export.csv, 2.5 MB SHA-256 aaaaaaaaaaaa" in words
    assert f'href="isms:{KEPT}"' in html
    assert f'title="{HASH}" data-rest="{HASH[12:]}"' in html


def test_it_is_told_in_full_once() -> None:
    page = room_page(a_view(piece(**{"for": ["A.6.2", "A.5.1"]}), piece("EVD-003", kind="report", **{"for": ["A.5.1"]})))
    html = "".join(page.late.values())
    assert re.findall(r'<li class="isms-piece" id="([^"]+)"', html) == ["EVD-002", "EVD-001", "EVD-003"]
    again = set(re.findall(r'href="#([^"]+)"', html))
    assert again == {"EVD-001", "EVD-002", "EVD-003"}


def test_what_no_trail_leads_to_has_a_section_of_its_own() -> None:
    page = room_page(a_view(piece(**{"for": ["RSK-001"]})))
    assert "## Other evidence" in page.markdown
    assert "EVD-002" in words_of(page.late["others"])
    assert "## Other evidence" not in room_page(a_view(piece())).markdown


def test_what_is_not_of_the_period_comes_under_words_that_say_so() -> None:
    old = piece("EVD-003", period_from="2024-01-01", period_to="2024-06-30", taken_on="2024-07-01")
    words = words_of(joiner(a_view(piece(), old)))
    assert words.index("EVD-002") < words.index("Not of the audited period:") < words.index("EVD-003")


def test_what_lies_elsewhere_says_where_and_whom_to_ask() -> None:
    words = words_of(joiner(a_view(piece(**ELSEWHERE))))
    assert "in another system https://portal.example.org/1 ask Anna Berg" in words


def test_an_address_that_no_browser_opens_is_no_link() -> None:
    html = joiner(a_view(piece(**ELSEWHERE | {"at": "javascript://alert(1)"})))
    assert "javascript://alert(1)" in html
    assert 'href="javascript' not in html


def test_a_missing_or_changed_file_is_marked() -> None:
    words = words_of(joiner(a_view(piece(at="evidence/gone.csv"))))
    assert "file missing" in words
    assert "file changed" in words_of(joiner(a_view(piece(sha256="b" * 64))))


def test_a_hash_that_nobody_recorded_is_told_as_such() -> None:
    assert "SHA-256, not recorded: aaaaaaaaaaaa" in words_of(joiner(a_view(piece(sha256=None))))


@pytest.mark.parametrize(("size", "held"), [(2_000_000, True), (2_000_001, False)])
def test_in_a_pack_large_files_stay_out_with_size_and_hash(size: int, held: bool) -> None:
    view = a_view(piece(), without=["EVD-001"], profile={"largest_file": 2, "ask": "the security office"}, sizes={KEPT: size})
    assert (KEPT in held_files(view)) is held
    words = words_of(joiner(view))
    left_out = "left out because of its size, 2.0 MB ask the security office SHA-256 aaaaaaaaaaaa"
    assert (left_out in words) is not held


def test_in_a_pack_a_file_has_the_name_that_it_has_there() -> None:
    html = joiner(a_view(piece(), without=["EVD-001"], profile={}))
    assert f'<a href="isms:{KEPT}">EVD-002.csv</a>' in html


def test_a_pack_without_files_leads_to_none() -> None:
    view = a_view(piece(), profile={"evidence_files": "false"})
    assert "not in this pack, 2.5 MB ask Anna Berg" in words_of(joiner(view))
    assert "isms:evidence/export.csv" not in joiner(view)


def test_a_pointer_of_git_lfs_is_no_file() -> None:
    for view in (a_view(piece(), lfs=frozenset((KEPT,))), a_view(piece(), profile={}, lfs=frozenset((KEPT,)))):
        assert "kept in Git LFS, 2.5 MB ask Anna Berg" in words_of(joiner(view))


def test_the_head_counts_pieces_and_states() -> None:
    view = a_view(piece(), piece("EVD-003", **ELSEWHERE), piece("EVD-004", at="evidence/gone.csv"), piece("EVD-005", status="draft"))
    words = words_of(room_page(view).parts["head"])
    assert "4 pieces of evidence, 4 of them speak of the audited period" in words
    assert "3 are kept as files with their SHA-256, 1 lie in other systems" in words
    assert "1 of the files are missing. 1 drafts and retired pieces are left out." in words
    assert "not verifiable here 1 · current 3" in words


def test_an_empty_room_is_a_page_all_the_same() -> None:
    page = room_page(a_view(without=["EVD-001"]))
    assert "0 pieces of evidence" in words_of(page.parts["head"])


def test_a_question_that_nothing_answers_says_so() -> None:
    assert "The signed contract of the last person who joined nothing registered Shown by Anna Berg" in words_of(joiner(a_view()))


def test_of_very_many_the_rest_is_in_the_files() -> None:
    page = room_page(a_view(*(piece(f"EVD-{number:04}") for number in range(502))))
    assert "".join(page.late.values()).count('class="isms-piece"') == 500
    assert "3 more are told in full in the register and in the CSV file." in words_of(page.parts["head"])


def test_the_csv_file_has_a_row_for_each_answer() -> None:
    view = a_view(piece(title="=1+1"), piece("EVD-003", **{"for": ["RSK-001"]} | ELSEWHERE))
    rows = list(csv.DictReader(io.StringIO(evidence_room_pages(view)[1].content.decode("utf-8-sig"))))
    assert {row["id"] for row in rows} == {"EVD-001", "EVD-002", "EVD-003"}
    first = next(row for row in rows if row["id"] == "EVD-002")
    assert (first["trail"], first["title"], first["bytes"], first["sha256"], first["ask"]) == (
        "Joiner", "'=1+1", "2500000", HASH, "PER-001",
    )  # fmt: skip
    assert next(row for row in rows if row["id"] == "EVD-003")["trail"] == ""


def test_what_is_withheld_is_not_called_missing() -> None:
    bare = piece(at=None, sha256=None, period_from=None, period_to=None)
    view = a_view(bare, profile={}, withheld={"EVD-002": frozenset(("at", "sha256", "period_from", "period_to"))})
    words = words_of(joiner(view))
    assert "Days (withheld)" in words
    assert "File (withheld) ask Anna Berg" in words
    kept = a_view(piece(sha256=None), profile={}, without=["EVD-001"], withheld={"EVD-002": frozenset(("sha256",))})
    assert "SHA-256" not in words_of(joiner(kept))


def test_titles_are_text() -> None:
    html = joiner(a_view(piece(title="<b>x</b>", source="<i>y</i>")))
    assert "<b>x</b>" not in html
    assert "&lt;i&gt;y&lt;/i&gt;" in html


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (2_500_000, "2.5 MB"), (2_000_000_000, "2.0 GB")],
)
def test_sizes_are_told_in_words(size: int, words: str) -> None:
    assert size_in_words(size) == words


def test_what_has_no_place_is_bad() -> None:
    view = a_view(piece(at=None, sha256=None))
    assert place_of(view, view.facts.isms.entries["EVD-002"], {}).bad  # type: ignore[arg-type]
