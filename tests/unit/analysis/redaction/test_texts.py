"""Texts of documents and pages as the readers of a profile see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from isms_plugin.analysis.redaction.redaction import Redaction, redact
from isms_plugin.model.history import Completeness, History, Revision, StoredText
from isms_plugin.model.isms import DocumentText, Isms
from isms_plugin.model.settings import Settings
from tests.builders import a_document, a_person, a_profile, an_evidence, an_isms

SECRET = an_evidence(id="EVD-002", at="evidence/secret.csv", classification="restricted")
FILES = frozenset(
    ("policies/security.md", "policies/other.md", "policies/plan.png", "evidence/export.csv", "evidence/secret.csv", "evidence/loose.csv",
     "registers/risks.yml", "docs/index.md", "docs/guide/index.md", "docs/secret.md")
)  # fmt: skip


def an_isms_of(body: str, docs: dict[str, str] | None = None) -> Isms:
    isms = an_isms(SECRET, a_document(id="POL-002", title="Other"), body=body, files=FILES, pages=docs)
    return replace(isms, texts={**isms.texts, "POL-002": DocumentText(path="policies/other.md", body="Other.", first_line=5)})


def seen(body: str, docs: dict[str, str] | None = None, history: History | None = None, **profile: Any) -> Redaction:
    given = {"classifications": ["public", "internal", "confidential"], "pages": ["*"]} | profile
    return redact(an_isms_of(body, docs), history or History(), Settings(), a_profile(**given))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[Other](other.md#part)", "[Other](isms:POL-002#part)"),
        ("[Export](../evidence/export.csv)", "[Export](isms:evidence/export.csv)"),
        ("[Export](<../evidence/export.csv> 'all of it')", "[Export](<isms:evidence/export.csv> 'all of it')"),
        ("[Secret](../evidence/secret.csv)", "Secret"),
        ("[Secret](../evidence/secret.csv 'a title'){.x}", "Secret"),
        ("[Loose](../evidence/loose.csv)", "Loose"),
        ("[Raw](../registers/risks.yml)", "Raw"),
        ("[Gone](gone.md)", "Gone"),
        ("![Plan](plan.png)", "![Plan](isms:policies/plan.png)"),
        ("![Alt](../evidence/secret.png)", "Alt"),
        ("[![Plan](plan.png)](../evidence/secret.csv)", "![Plan](isms:policies/plan.png)"),
        ("[Web](https://example.org/a), [here](#part)", "[Web](https://example.org/a), [here](#part)"),
        ("[Disk](file:///etc/passwd)", "Disk"),
        ('<a href="../evidence/secret.csv">S</a>', "<a>S</a>"),
        ('<img src="plan.png" alt="x">', '<img src="plan.png" alt="x">'),
        ("[a][b]\n\n[b]: ../evidence/secret.csv 'title'", "[a][b]\n\n"),
        ("A <!-- to do: ask the board --> b", "A  b"),
        ("`<!-- kept -->`", "`<!-- kept -->`"),
        ('--8<-- "registers/risks.yml"', "(withheld)"),
        ("Lies in evidence/secret.csv, says it.", "Lies in (withheld), says it."),
    ],
)
def test_links_lead_to_what_is_shown_or_leave_their_words(text: str, shown: str) -> None:
    assert seen(text).isms.texts["POL-001"].body == shown


def test_files_that_texts_link_to_are_shown() -> None:
    assert seen("![Plan](plan.png)").isms.files == {"evidence/export.csv", "policies/plan.png"}
    assert seen("Nothing.", evidence_files=False).isms.files == frozenset()


def test_a_link_to_a_section_that_is_withheld_goes() -> None:
    body = "[The board](#for-the-board) and [all](#for-all)\n\n<!-- audience: board -->\n## For the board\n<!-- /audience -->\n## For all"
    redaction = seen(body, audiences=["staff"], pages=["*"])
    assert "[all](#for-all)" in redaction.isms.texts["POL-001"].body
    assert "for-the-board" not in repr(redaction.isms)
    page = {"docs/index.md": "[Look](../policies/security.md#for-the-board)"}
    assert seen(body, page, audiences=["staff"]).isms.pages["docs/index.md"].body == "[Look](isms:POL-001)"


def test_only_pages_that_the_profile_names_are_shown() -> None:
    pages = {"docs/index.md": "[To](secret.md), [it](guide/)", "docs/secret.md": "Hidden.", "docs/guide/index.md": "Told."}
    redaction = seen("x", pages, pages=["index.md", "guide/*"])
    assert {path: text.body for path, text in redaction.isms.pages.items()} == {
        "docs/index.md": "To, [it](guide/)",
        "docs/guide/index.md": "Told.",
    }
    assert ("pages", 1) in {(item.source, item.count) for item in redaction.withheld}


def test_the_hash_is_that_of_the_whole_text() -> None:
    body = "All.\n<!-- audience: board -->\nBoard.\n<!-- /audience -->"
    whole, redaction = an_isms_of(body), seen(body, audiences=[])
    document = a_document()
    assert redaction.isms.text_hash(document) == whole.text_hash(document)
    assert redaction.isms.texts["POL-001"].body.split() == ["All.", "(withheld)"]
    assert [(item.source, item.field, item.count) for item in redaction.withheld if item.source == "texts"] == [("texts", "section", 1)]


def test_of_a_document_that_is_withheld_there_is_no_text() -> None:
    redaction = redact(an_isms(a_document(classification="restricted"), body="Secret words of ours."), History(), Settings(), a_profile(
        classifications=["public"], unclassified="public"))  # fmt: skip
    text = redaction.isms.texts["POL-001"]
    assert (text.body, text.path) == ("(withheld)", "(withheld)")
    assert "Secret words of ours." in redaction.secrets


def with_old_text(body: str, **changes: Any) -> History:
    revision = Revision(
        commit="a" * 40, date=datetime(2026, 1, 1, tzinfo=UTC), author="A", email="a@example.org", summary="S", path="policies/security.md"
    )
    stored = StoredText(revision=revision, path="policies/security.md", title="Security policy", version="1", body=body, first_line=1)
    return History(completeness=Completeness.COMPLETE, texts={("policies/security.md", "h"): stored}, **changes)


@pytest.mark.parametrize(
    ("before", "shown"),
    [
        ("All.\n\nThe board may\nspend ten million.", "All.\n\n(withheld)\n(withheld)"),
        ("All.\n\nThe board may spend ten\nmillion, no more.", "All.\n\n(withheld)"),
        ("All.\n\n- The board may\n- Others.", "All.\n\n(withheld)\n- Others."),
        ("All.\n\nNothing of that.", "All.\n\nNothing of that."),
    ],
)
def test_what_one_version_marks_no_other_tells(before: str, shown: str) -> None:
    body = "All.\n\n<!-- audience: board -->\nThe board may\nspend ten million.\n\nThe board may spend ten million.\n<!-- /audience -->"
    redaction = seen(body, history=with_old_text(before), audiences=["staff"])
    (stored,) = redaction.history.texts.values()
    assert stored.body == shown


def test_marks_of_an_earlier_version_hold_for_what_is_no_longer_there() -> None:
    old = "All.\n\n<!-- audience: board -->\nThe board may spend ten million.\n<!-- /audience -->"
    (stored,) = seen("All.", history=with_old_text(old), audiences=["staff"]).history.texts.values()
    assert "million" not in stored.body


def test_names_of_people_go_from_texts_and_paths() -> None:
    isms = an_isms(a_person(), an_evidence(at="evidence/berg.csv"), body="Ask Anna Berg.", files=frozenset(("evidence/berg.csv",)))
    redaction = redact(isms, History(), Settings(), a_profile(people="roles"))
    assert redaction.isms.texts["POL-001"].body == "Ask CISO."
    assert redaction.isms.files == frozenset()
    assert "berg" not in repr(redaction.isms).lower()
