"""Pages of issued versions and drafts, and the differences between them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from isms_plugin.model.history import Completeness, History
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page
from isms_plugin.render.version_pages import version_pages, version_uris
from tests.builders import a_document
from tests.unit.render.documents import NEW, NOTED, OLD, changed, history, record, two_issues, view


def uris(made: View) -> dict[str, str]:
    return version_uris(made, made.facts.standings["POL-001"])


def pages(made: View) -> dict[str, Page]:
    made_of = made.facts.standings["POL-001"]
    found = {page.uri.removeprefix("documents/POL-001/"): page for page in version_pages(made, made_of, {"tags": 1})}
    linked = {uri.partition("#")[0] for uri in uris(made).values()}
    assert linked == {f"documents/POL-001/{name}" for name in found}, "what is linked is there"
    return found


def differences(page: Page) -> list[tuple[str, str, bool]]:
    """Anchor, summary and whether it is open, of each."""
    found = re.findall(r'<details class="isms-difference"( open)?><summary id="([^"]*)">(.*?)</summary>', page.late["differences"])
    return [(anchor, summary, bool(opened)) for opened, anchor, summary in found]


def test_the_only_version_in_force_is_the_document_itself() -> None:
    assert uris(view(record(OLD), past=history((OLD, "1.0")), body=OLD)) == {}


def test_two_versions_have_a_page_each() -> None:
    assert uris(two_issues()) == {
        "APR-POL-001-1.0": "documents/POL-001/version-1.0.md",
        "APR-POL-001-1.1": "documents/POL-001/version-1.1.md",
    }


@pytest.mark.parametrize("status", ["approved", "draft", "in_review"])
def test_another_text_than_the_approved_one_has_a_page_as_a_draft(status: str) -> None:
    assert uris(changed(status)) == {"draft": "documents/POL-001/draft.md", "difference": "documents/POL-001/draft.md#since-1"}


def test_a_document_that_was_never_approved_is_its_own_draft() -> None:
    assert uris(view(body=NEW)) == {}


def test_a_withdrawn_document_keeps_the_pages_of_its_versions() -> None:
    gone = record(OLD, decision="withdrawn", decided_on="2026-03-01").model_copy(update={"id": "APR-POL-001-1.0-2"})
    made = view(record(OLD), gone, a_document(status="withdrawn"), past=history((OLD, "1.0")), body=OLD)
    assert list(pages(made)) == ["version-1.0.md"]


def test_versions_that_read_alike_have_addresses_of_their_own() -> None:
    records = (
        record(OLD, "1/0").model_copy(update={"id": "APR-1"}),
        record(NEW, "1 0", decided_on="2026-02-01").model_copy(update={"id": "APR-2"}),
    )
    made = view(*records, a_document(version="1 0"), past=history((NEW, "1 0"), (OLD, "1/0")), body=NEW)
    first, second = uris(made)["APR-1"], uris(made)["APR-2"]
    assert first == "documents/POL-001/version-1-0.md"
    assert second.startswith("documents/POL-001/version-1-0")
    assert first.lower() != second.lower()


def test_nothing_of_them_is_found_by_the_search() -> None:
    assert [page.searchable for made in (two_issues(), changed()) for page in pages(made).values()] == [False, False, False]


def test_a_page_shows_the_text_of_its_version_and_no_other() -> None:
    found = pages(two_issues())
    assert OLD in found["version-1.0.md"].markdown
    assert NEW not in found["version-1.0.md"].markdown
    assert NEW in found["version-1.1.md"].markdown
    assert found["version-1.1.md"].title == "POL-001 Security policy, version 1.1"
    assert found["version-1.1.md"].meta["tags"] == 1


def test_a_superseded_version_says_so_and_until_when() -> None:
    found = pages(two_issues())
    old = found["version-1.0.md"].parts["notice"]
    assert "Superseded. Do not use." in old
    assert "was in force from 2026-01-01 to 2026-02-01." in old
    assert "is in force." in found["version-1.1.md"].parts["notice"]


def test_a_version_that_was_in_force_twice_has_a_page_for_each_time() -> None:
    again = record(OLD, "1.2", decided_on="2026-03-01")
    records = record(OLD), record(NEW, "1.1", decided_on="2026-02-01"), again
    noted = a_document(version="1.2", changes=[{"version": version, "note": "x"} for version in ("1.1", "1.2")])
    made = view(*records, noted, past=history((OLD, "1.2"), (NEW, "1.1"), (OLD, "1.0")), body=OLD)
    assert list(pages(made)) == ["version-1.2.md", "version-1.1.md", "version-1.0.md"]


def test_the_proof_is_told_in_words_with_author_record_and_hash() -> None:
    notice = pages(two_issues())["version-1.0.md"].parts["notice"]
    assert "3. On record: a named person approved exactly this text." in notice
    assert "<dd>Carl Doe</dd>" in notice
    assert "APR-POL-001-1.0" in notice
    assert f"<code>{record(OLD).content_hash}</code>" in notice


def test_the_first_version_is_compared_with_nothing() -> None:
    assert pages(two_issues())["version-1.0.md"].late["differences"] == ""


def test_a_version_is_compared_with_each_one_before_and_the_last_difference_is_open() -> None:
    records = record(OLD), record(NEW, "1.1", decided_on="2026-02-01"), record("Third.", "2.0", decided_on="2026-03-01")
    noted = a_document(version="2.0", changes=[{"version": version, "note": "x"} for version in ("1.1", "2.0")])
    made = view(*records, noted, past=history(("Third.", "2.0"), (NEW, "1.1"), (OLD, "1.0")), body="Third.")
    assert differences(pages(made)["version-2.0.md"]) == [
        ("since-1", "What changed since version 1.1", True),
        ("since-2", "What changed since version 1.0", False),
    ]


def test_a_difference_is_of_words() -> None:
    assert "kept for <del>a year</del><ins>two years</ins>" in pages(two_issues())["version-1.1.md"].late["differences"]


def test_a_draft_is_compared_with_what_is_in_force_and_says_that_it_is_one() -> None:
    page = pages(changed())["draft.md"]
    assert differences(page) == [("since-1", "What is different from version 1.0", True)]
    assert "<ins>two years</ins>" in page.late["differences"]
    assert "Draft. Do not use." in page.parts["notice"]
    assert "nobody approved it since" in page.parts["notice"]
    assert "Nobody has approved this text yet." in pages(changed("in_review"))["draft.md"].parts["notice"]


def test_a_draft_of_the_same_words_says_that_they_are_the_same() -> None:
    made = view(record(OLD), a_document(version="1.1", status="draft", **NOTED), past=history((OLD, "1.1"), (OLD, "1.0")), body=OLD)
    assert "The words are the same." in pages(made)["draft.md"].late["differences"]


def test_a_draft_that_was_refused_says_so() -> None:
    refused = record(NEW, "1.1", decision="rejected", decided_on="2026-02-02")
    document = a_document(version="1.1", status="in_review", **NOTED)
    made = view(record(OLD), refused, document, past=history((NEW, "1.1"), (OLD, "1.0")), body=NEW)
    assert "Its approval was refused (2026-02-02)." in pages(made)["draft.md"].parts["notice"]


def test_names_and_versions_are_text_and_no_markup() -> None:
    document = a_document(version="<b>2</b>", status="draft", title="Security <i>policy</i>")
    past = history((NEW, "<b>2</b>"), (OLD, "1.0"), title="Security <i>policy</i>")
    records = record(OLD, title="Security <i>policy</i>"), record(NEW, "<b>2</b>", title="Security <i>policy</i>", decided_on="2026-02-01")
    found = pages(view(records[0], records[1].model_copy(update={"id": "APR-2"}), document, past=past, body="Else."))
    for page in found.values():
        shown = page.parts["notice"] + "".join(re.findall(r"<summary.*?</summary>", page.late["differences"])) + page.late["crumbs"]
        assert "<b>" not in shown
        assert "<i>" not in shown
        assert not re.search(r"^# .*<i>", page.markdown, re.MULTILINE)


@pytest.mark.parametrize("completeness", [Completeness.SHALLOW, Completeness.UNKNOWN])
def test_without_the_texts_of_the_past_there_is_no_link_to_a_difference_that_is_not_there(completeness: Completeness) -> None:
    made = view(record(OLD), a_document(version="1.1", **NOTED), past=History(completeness=completeness), body=NEW)
    found = pages(made)
    assert all(differences(page) == [] for page in found.values())


def test_a_text_that_is_missing_from_the_clone_has_no_page() -> None:
    past = history((NEW, "1.1"), (OLD, "1.0"))
    kept = {key: text for key, text in past.texts.items() if text.body == NEW}
    records = record(OLD), record(NEW, "1.1", decided_on="2026-02-01")
    shallow = replace(past, texts=kept, completeness=Completeness.SHALLOW)
    made = view(*records, a_document(version="1.1", **NOTED), past=shallow, body=NEW)
    assert list(pages(made)) == ["version-1.1.md"]
    assert differences(pages(made)["version-1.1.md"]) == []
