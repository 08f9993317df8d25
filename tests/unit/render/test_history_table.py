"""History as tables: every decision on a document, every revision in git."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from isms_plugin.model.history import Completeness, History
from isms_plugin.render.environment import View
from isms_plugin.render.history_table import history_table, issues_table
from isms_plugin.render.version_pages import version_uris
from tests.builders import a_document, a_person
from tests.unit.render.documents import NEW, OLD, PATH, changed, history, record, revision, two_issues, view


def issues(made: View) -> str:
    standing = made.facts.standings["POL-001"]
    return issues_table(made, standing, version_uris(made, standing))


def rows(html: str) -> list[list[str]]:
    """Words of the cells of each row."""
    found = re.findall(r"<tr>(<th scope=\"row\">.*?)</tr>", html, re.DOTALL)
    return [[unescape(re.sub(r"<[^>]+>", " ", cell)).strip() for cell in re.split(r"</th>|</td>", row)[:-1]] for row in found]


def first_cells(html: str) -> list[str]:
    return [re.sub(r"\s+", " ", row[0]) for row in rows(html)]


def test_versions_are_listed_newest_first_with_who_wrote_and_who_decided() -> None:
    newest, first = rows(issues(two_issues()))
    assert [re.sub(r"\s+", " ", cell) for cell in first[:4]] == ["1.0", "2026-01-01", "Carl Doe", "Anna Berg"]
    assert [re.sub(r"\s+", " ", cell) for cell in newest[:4]] == ["1.1 (in force)", "2026-02-01", "Carl Doe", "Bodo Kern"]
    assert "Kept for longer." in newest[4]
    assert first[5].startswith("minutes")
    assert "3: On record: a named person approved exactly this text" in first[5]


def test_each_version_leads_to_its_page_and_all_but_the_first_to_a_difference() -> None:
    html = issues(two_issues())
    assert '<a href="isms:documents/POL-001/version-1.0.md">' in html
    assert re.findall(r'href="isms:([^"]*#[^"]*)"', html) == ["documents/POL-001/version-1.1.md#since-1"]


def test_the_draft_stands_on_top_and_leads_to_its_difference() -> None:
    html = issues(changed())
    assert first_cells(html) == ["1.1 (draft)", "1.0 (in force)"]
    assert 'href="isms:documents/POL-001/draft.md#since-1"' in html
    assert rows(html)[0][5] == "Not approved"


def test_people_of_the_register_are_links_and_others_names() -> None:
    past = replace(history((OLD, "1.0")), revisions={PATH: (revision(2, OLD, author="Anna Berg"), revision(1, "x", author="Eve <b>"))})
    html = issues(view(record(OLD), past=past, body=OLD))
    author = re.split(r"</?td>", html)[3]
    assert author.startswith('<a class="isms-ref" href="isms:PER-001"') or ">Anna Berg</a>" in author
    assert "Eve &lt;b&gt;" in author


def test_whom_a_change_note_names_is_the_author() -> None:
    noted = a_document(changes=[{"version": "1.0", "by": "PER-002", "note": "First."}])
    html = issues(view(record(OLD), noted, past=history((OLD, "1.0")), body=OLD))
    assert re.sub(r"\s+", " ", rows(html)[0][2]).replace(" ,", ",") == "Bodo Kern, Carl Doe"


def test_an_unknown_author_is_said_to_be_unknown() -> None:
    html = issues(view(record(OLD), past=History(completeness=Completeness.SHALLOW), body=OLD))
    assert rows(html)[0][2] == "unknown"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"decision": "reviewed_no_change"}, "1.0 (reviewed no change)"),
        ({"decision": "rejected"}, "1.0 (rejected)"),
        ({"decision": "withdrawn"}, "1.0 (withdrawn)"),
    ],
)
def test_other_decisions_have_a_row_of_their_own(changes: dict[str, Any], words: str) -> None:
    other = record(OLD, decided_on="2026-06-01", remarks="Still **fits**.", person="PER-002", **changes)
    html = issues(view(record(OLD), other.model_copy(update={"id": "APR-POL-001-1.0-2"}), past=history((OLD, "1.0")), body=OLD))
    assert first_cells(html)[0] == words
    assert "Still <strong>fits</strong>." in html


def test_a_record_that_does_not_count_is_shown_as_one() -> None:
    html = issues(view(record(OLD), record("never", "0.9"), past=history((OLD, "1.0")), body=OLD))
    assert "0.9 (does not count)" in first_cells(html)


def test_versions_of_which_only_a_change_note_tells_have_no_record() -> None:
    noted = a_document(changes=[{"version": "0.5", "on": "2020-01-01", "note": "Before git."}])
    html = issues(view(record(OLD), noted, past=history((OLD, "1.0")), body=OLD))
    assert first_cells(html) == ["1.0 (in force)", "0.5"]
    assert [re.sub(r"\s+", " ", cell) for cell in rows(html)[1]] == ["0.5", "2020-01-01", "unknown", "", "Before git.", "No record"]


def test_what_was_never_issued_is_said_in_words() -> None:
    assert "No version was ever issued: no approval is on record" in issues(view(body=NEW))


def test_nothing_is_in_force_of_a_withdrawn_document() -> None:
    made = view(record(OLD), a_document(status="withdrawn"), past=history((OLD, "1.0")), body=OLD)
    assert first_cells(issues(made)) == ["1.0"]


def test_markup_in_versions_names_and_references_is_text() -> None:
    nasty = record(OLD, "<b>1", reference="<b>B-7", person="PER-002").model_copy(update={"id": "APR-1"})
    named = a_person(id="PER-002", name="<b>Bodo")
    made = view(nasty, named, a_document(version="<b>1"), past=history((OLD, "<b>1")), body=OLD)
    assert "<b>" not in issues(made)
    assert "&lt;b&gt;B-7" in issues(made)


def test_revisions_have_date_version_author_summary_and_commit() -> None:
    html = history_table(view(past=history((NEW, "1.1"), (OLD, ""))), PATH, "Revisions")
    assert rows(html) == [
        ["2026-01-02", "1.1", "Carl Doe", "Write 1.1", "0000000000"],
        ["2026-01-01", "none", "Carl Doe", "Write", "0000000000"],
    ]


def test_a_move_names_the_path_and_markup_is_text() -> None:
    moved = replace(revision(1, OLD, author="<b>Eve"), change="renamed", path="policies/<b>.md", summary="<b>Move")
    html = history_table(view(past=History(completeness=Completeness.COMPLETE, revisions={PATH: (moved,)})), PATH, "Revisions")
    assert "(renamed: policies/&lt;b&gt;.md)" in html
    assert "<b>" not in html


@pytest.mark.parametrize(
    ("past", "words"),
    [
        (History(completeness=Completeness.COMPLETE), "No revision: this file was never committed."),
        (History(reason="this is no git repository"), "History unknown: this is no git repository."),
        (History(completeness=Completeness.SHALLOW), "The clone is shallow"),
        (History(completeness=Completeness.COMPLETE, uncommitted=frozenset([PATH])), "differs from the last commit: an uncontrolled draft"),
    ],
)
def test_what_is_not_known_is_said(past: History, words: str) -> None:
    assert words in history_table(view(past=past), PATH, "Revisions")
