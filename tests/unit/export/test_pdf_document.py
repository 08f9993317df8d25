"""What PDFs are made of, before any library prints them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from html import unescape
from typing import Any

import pytest

from isms_plugin.analysis.baselines import Baselines
from isms_plugin.analysis.redaction.facts import told_facts
from isms_plugin.analysis.redaction.redaction import redact
from isms_plugin.errors import IsmsError
from isms_plugin.export.pdf.document import document_sheet
from isms_plugin.export.pdf.files import press_of
from isms_plugin.export.pdf.markdown_html import html_maker
from isms_plugin.export.pdf.press import Press
from isms_plugin.export.pdf.statement import statement_sheet
from isms_plugin.model.document import Document
from isms_plugin.model.fingerprint import text_hash
from isms_plugin.model.profile import Profile
from isms_plugin.render.environment import View, make_view
from tests.builders import a_document
from tests.unit.render.documents import NEW, OLD, changed, history, record, view


def press(made: View, **options: Any) -> Press:
    to_html, _ = html_maker((), {key: entry.name for key, entry in made.facts.isms.entries.items()}.get)
    return Press(view=made, name="Test ISMS", to_html=to_html, file={"policies/net.png": b"PNG"}.__getitem__, **options)


def html_of(made: View, identifier: str = "POL-001", **options: Any) -> str:
    document = made.facts.isms.get(Document, identifier)
    assert document
    return document_sheet(press(made, **options), document)[0].html


def block(html: str) -> dict[str, str]:
    """The control block, title and value."""
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td></tr>', html.partition("</table>")[0])
    return {title: unescape(re.sub(r"<[^>]*>", "", value)) for title, value in rows}


def margins(html: str) -> dict[str, str]:
    """What stands in the margins, as a reader sees it."""
    found = re.findall(r'@((?:top|bottom)-\w+) \{ content: "((?:[^"\\]|\\[0-9a-f]{1,6} )*)" \}', html)
    return {name: re.sub(r"\\([0-9a-f]+) ", lambda match: chr(int(match[1], 16)), text) for name, text in found}


def approved(**options: Any) -> View:
    return view(record(OLD), past=history((OLD, "1.0")), body=OLD, **options)


def test_page_one_says_everything_that_the_register_says_of_the_text() -> None:
    found = block(html_of(approved()))
    assert found == {
        "Document": "POL-001", "Kind": "policy", "Version": "1.0", "Status": "approved", "Classification": "internal",
        "Owner": "Anna Berg", "Approver": "CISO", "Approved by": "Anna Berg", "Approved on": "2026-01-01",
        "Record of approval": "APR-POL-001-1.0", "Proof of approval": found["Proof of approval"], "Effective from": "none",
        "Next review": found["Next review"], "Controls": "A.5.1", "Clauses": "5.2",
        "Hash of the text": text_hash("Security policy", OLD), "Commit": "c" * 40, "As of": "2026-11-24",
    }  # fmt: skip


def test_every_page_says_which_text_it_is_who_approved_it_and_of_which_commit() -> None:
    assert margins(html_of(approved())) == {
        "top-left": "POL-001 Security policy",
        "top-center": "",
        "top-right": "Version 1.0 · approved · Internal",
        "bottom-left": f"Approved by Anna Berg on 2026-01-01 (APR-POL-001-1.0)\nCommit {'c' * 10} · Uncontrolled when printed",
    }
    assert '@bottom-right { content: "Page " counter(page) " of " counter(pages) }' in html_of(approved())


def test_nothing_in_a_title_ends_the_style_of_the_margins() -> None:
    nasty = '"; } </style><script>alert(1)</script> \\ ü'
    html = html_of(view(a_document(title=nasty)))
    assert margins(html)["top-left"] == f"POL-001 {nasty}"
    assert "<script" not in html


def test_the_text_in_force_is_printed_and_a_change_since_is_told() -> None:
    html = html_of(changed())
    assert OLD in html
    assert NEW not in html
    assert "The approved version; the repository holds a text that nobody approved." in html
    assert block(html)["Hash of the text"] == text_hash("Security policy", OLD)
    assert "1.1 <small>(draft)</small>" in html


@pytest.mark.parametrize(
    ("made", "mark", "told"),
    [
        (view(a_document(), body=OLD), "DRAFT", "Draft. No approval of this text is on record."),
        (view(a_document(status="withdrawn"), record(OLD), past=history((OLD, "1.0")), body=OLD), "WITHDRAWN", "Withdrawn. Do not use."),
    ],
)
def test_what_is_not_in_force_says_so_on_every_page(made: View, mark: str, told: str) -> None:
    html = html_of(made)
    assert margins(html)["top-center"] == mark
    assert told in html


def test_a_draft_beside_a_version_in_force_names_that() -> None:
    made = changed("draft", settings=approved().facts.settings.model_copy(update={"publish": "head"}))
    html = html_of(made)
    assert NEW in html
    assert margins(html)["top-center"] == "DRAFT"
    assert margins(html)["bottom-left"].startswith("No approval")
    assert "Draft. In force is version 1.0." in html


def test_a_withdrawn_document_has_no_text_and_no_hash_of_one() -> None:
    html = html_of(view(a_document(status="withdrawn"), record(OLD), past=history((OLD, "1.0")), body=OLD))
    assert OLD not in html
    assert "Hash of the text" not in html
    assert margins(html)["bottom-left"].startswith("Withdrawn\n")


def test_contents_name_the_headings_of_the_text_and_what_follows_it() -> None:
    body = "# Security policy\n\n## One\n\n### Two\n\n#### Three\n"
    html = html_of(view(a_document(), body=body))
    assert re.findall(r'<li class="level-(\d)"><a href="#([^"]+)">([^<]+)</a></li>', html) == [
        ("2", "one", "One"), ("3", "two", "Two"), ("2", "pdf-relations", "Relations"), ("2", "pdf-versions", "Versions"),
    ]  # fmt: skip
    for anchor in ("one", "two", "pdf-relations", "pdf-versions"):
        assert f'id="{anchor}"' in html


def test_no_link_leads_out_of_it_but_those_the_author_wrote() -> None:
    html = html_of(view(a_document(), body="[A.5.1], [the risk][RSK-001], [out](https://example.org/), [page](../docs/index.md)"))
    assert set(re.findall(r'href="([^"#]+)', html)) == {"https://example.org/"}
    assert "A.5.1, the risk (RSK-001), " in html


def test_it_is_dated_by_its_commit_and_by_the_day_without_one() -> None:
    day = datetime(2026, 3, 4, 23, 30, tzinfo=timezone(timedelta(hours=-2)))
    made = view(past=replace(history((OLD, "1.0")), committed_on=day))
    assert '<meta name="dcterms.modified" content="2026-03-05T01:30:00Z">' in html_of(made)
    assert press(made).made == datetime(2026, 3, 5, 1, 30, tzinfo=UTC)
    assert press(view()).made == datetime(2026, 11, 24, tzinfo=UTC)


def test_uncommitted_changes_are_told_on_every_page() -> None:
    made = view(a_document(), past=replace(history((OLD, "1.0")), uncommitted=frozenset(("policies/security.md",))), body=OLD)
    html = html_of(made)
    assert margins(html)["bottom-left"].endswith(f"Commit {'c' * 10} with uncommitted changes · Uncontrolled when printed")
    assert block(html)["Commit"] == f"{'c' * 40} with uncommitted changes"


def test_without_git_the_commit_is_unknown() -> None:
    html = html_of(view(past=replace(history(), head="")))
    assert margins(html)["bottom-left"].endswith("Commit unknown · Uncontrolled when printed")
    assert block(html)["Commit"] == "unknown"


def test_files_that_readers_have_are_read_and_no_others() -> None:
    made = press(view(files=frozenset(("policies/net.png",))))
    assert made.read("policies/net.png") == b"PNG"
    for path in ("policies/other.png", "/etc/passwd", "../x", "policies/../policies/net.png"):
        with pytest.raises(IsmsError):
            made.read(path)


def test_for_the_archive_the_data_of_the_entry_is_attached() -> None:
    document = a_document(id="POL-002", title="Other")
    made = view(document)
    assert document_sheet(press(made), document)[0].attached == ()
    (attached,) = document_sheet(press(made, archive=True), document)[0].attached
    data = json.loads(attached.content)
    assert attached.name == "entry.json"
    assert data["schema"] == "isms-data/1"
    assert [row["id"] for row in data["registers"]["documents"]["rows"]] == ["POL-002"]


def test_language_and_name_are_those_of_the_site() -> None:
    html = html_of(view(), language="de")
    assert '<html lang="de">' in html
    assert '<meta name="author" content="Test ISMS">' in html
    assert "<title>POL-001 Security policy</title>" in html


def for_readers(made: View, **allowed: Any) -> View:
    """What readers see who may see no more than a profile allows."""
    profile = Profile.model_validate({"title": "Pack", "readers": "Customers.", "classifications": ["public", "internal"]} | allowed)
    facts = made.facts
    return make_view(told_facts(facts, redact(facts.isms, facts.history, facts.settings, profile)), {})


def test_what_is_withheld_is_told_as_such() -> None:
    made = for_readers(approved(), registers=["documents", "soa"], fields={"documents": ["title", "kind", "version"]}, commits="none")
    html = html_of(made)
    found = block(html)
    assert {"Owner", "Next review", "Approved by", "Approved on"} <= {title for title, value in found.items() if value == "(withheld)"}
    assert found["Version"] == "1.0"
    assert "Commit" not in found
    assert margins(html)["bottom-left"] == "Approved (withheld)\nUncontrolled when printed"
    assert "APR-POL-001-1.0" not in html
    assert "Anna Berg" not in html
    assert "c" * 10 not in html


def test_who_may_see_everything_reads_the_same_page() -> None:
    whole = approved()
    assert block(html_of(for_readers(whole))) == block(html_of(whole))
    assert margins(html_of(for_readers(whole))) == margins(html_of(whole))


def statement(made: View, **options: Any) -> str:
    return statement_sheet(press(made, **options), Baselines()).html


def test_the_statement_says_as_what_it_was_issued_and_explains_its_words() -> None:
    issuing = a_document(id="DOC-05", title="Statement", answers=["soa"])
    html = statement(view(issuing))
    assert block(html)["Issued as"] == "DOC-05, version 1.0"
    assert margins(html)["top-right"] == "DOC-05 version 1.0 · draft · internal"
    assert margins(html)["top-center"] == "NO APPROVAL ON RECORD"
    assert "<dt>excluded</dt>" in html


def test_the_statement_holds_every_control_and_its_links_stay_inside() -> None:
    html = statement(view())
    assert 'id="A.5.1"' in html
    assert 'id="why-A.5.1"' in html
    assert 'href="#why-A.5.1"' in html
    assert "isms:" not in html.replace("isms:tel", "")


def test_a_statement_that_no_document_issues_says_so() -> None:
    html = statement(view(a_document(answers=[])))
    assert "No document in force issues this statement" in html
    assert margins(html)["top-right"].startswith("Not issued")


def test_the_data_of_the_statement_is_attached_for_the_archive() -> None:
    (attached,) = statement_sheet(press(view(), archive=True), Baselines()).attached
    assert "soa" in json.loads(attached.content)


def test_a_press_is_made_of_a_build() -> None:
    from types import SimpleNamespace

    sources = SimpleNamespace(wording={}, snapshot=SimpleNamespace(read=lambda path: path.encode()))
    build: Any = SimpleNamespace(facts=view(files=frozenset(("a.png",))).facts, sources=sources, workspace=SimpleNamespace(name="X"))
    assert press_of(build, str, language="de").read("a.png") == b"a.png"
