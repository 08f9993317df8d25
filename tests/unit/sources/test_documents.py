from __future__ import annotations

import pytest

from isms_plugin.model.document import Document
from isms_plugin.sources.documents import SITE_KEYS, DocumentReading, first_heading, read_documents, read_pages
from tests.builders import MemoryTree


def reading(files: dict[str, str]) -> DocumentReading:
    return read_documents(MemoryTree({path: text.encode() for path, text in files.items()}), "policies")


def document(text: str) -> Document:
    ((entry, _),) = reading({"policies/a.md": text}).entries
    assert isinstance(entry, Document)
    return entry


@pytest.mark.parametrize(
    ("body", "heading"),
    [
        ("# Access\n", "Access"),
        ("\n\nText\n\n# Access\n# Other\n", "Access"),
        ("# Access #\n", "Access"),
        ("#\tAccess", "Access"),
        ("Access\n======\n", "Access"),
        ("## Part\n", None),
        ("#Access\n", None),
        ("", None),
        ("```\n# a comment\n```\n# Access\n", "Access"),
        ("~~~\n# a comment\n~~~\n", None),
        ("# *Access* to `git` and __all__ **else**\n", "Access to git and all else"),
        ("# Use of user_name_field and 2*3*4\n", "Use of user_name_field and 2*3*4"),
        ("# _a_\n", "a"),
    ],
)
def test_the_first_top_heading_is_the_title(body: str, heading: str | None) -> None:
    assert first_heading(body) == heading
    assert document(f"---\nid: POL-001\n---\n{body}").title == heading


def test_a_title_in_front_matter_wins() -> None:
    assert document("---\nid: POL-001\ntitle: Front\n---\n# Body\n").title == "Front"
    assert document("---\nid: POL-001\ntitle:\n---\n# Body\n").title == "Body"


def test_the_body_is_kept_with_its_place() -> None:
    text = reading({"policies/a.md": "---\nid: POL-001\n---\n\nText\n"}).texts["POL-001"]
    assert (text.path, text.body, text.first_line) == ("policies/a.md", "\nText\n", 4)


@pytest.mark.parametrize("key", sorted(SITE_KEYS))
def test_what_front_matter_says_to_the_site_is_handed_on(key: str) -> None:
    found = reading({"policies/a.md": f"---\nid: POL-001\n{key}: [x]\n---\n"})
    assert found.meta == {"POL-001": {key: ["x"]}}
    assert found.diagnostics == []


def test_of_two_documents_with_one_id_the_first_keeps_text_and_site_data() -> None:
    found = reading({"policies/a.md": "---\nid: POL-001\ntags: [a]\n---\nA", "policies/b.md": "---\nid: POL-001\ntags: [b]\n---\nB"})
    assert found.texts["POL-001"].body == "A"
    assert found.meta["POL-001"] == {"tags": ["a"]}
    assert len(found.entries) == 2


@pytest.mark.parametrize("front", ["", "id:\n", "id: []\n", "id: [POL-001]\n", "id: ' '\n"])
def test_a_document_without_an_id_goes_by_its_path(front: str) -> None:
    found = reading({"policies/a/b.md": f"---\ntitle: A\n{front}---\n# B\n"})
    ((entry, place),) = found.entries
    assert (entry.id, entry.title) == ("policies/a/b.md", "A")
    assert [(item.code, item.place) for item in found.diagnostics] == [("missing-id", place)]


@pytest.mark.parametrize("name", ["README.md", "readme.md", "a/ReadMe.md"])
def test_a_readme_without_control_data_is_a_page(name: str) -> None:
    found = reading({f"policies/{name}": "# Read me\n"})
    assert (found.entries, found.diagnostics) == ([], [])
    assert found.pages[f"policies/{name}"].body == "# Read me\n"


def test_a_readme_with_control_data_is_a_document() -> None:
    assert [entry.id for entry, _ in reading({"policies/README.md": "---\nid: POL-001\n---\n"}).entries] == ["POL-001"]


@pytest.mark.parametrize("text", ["---\nid: POL-001\n", "+++\nid = 1\n+++\n", "---\n- a\n---\n", "\0"])
def test_a_document_whose_control_data_cannot_be_read_is_reported_once_and_still_there(text: str) -> None:
    found = reading({"policies/README.md": text})
    assert [entry.id for entry, _ in found.entries] == ["policies/README.md"]
    assert len(found.diagnostics) == 1


def test_other_files_are_no_documents() -> None:
    assert reading({"policies/a.txt": "", "policies/img/a.png": ""}).entries == []


def test_pages_of_the_site_are_read_without_their_front_matter() -> None:
    reading = DocumentReading()
    read_pages(MemoryTree({"docs/index.md": b"---\ntitle: Home\n---\nText", "docs/a.css": b""}), "docs", reading)
    assert [(page.path, page.body, page.first_line) for page in reading.pages.values()] == [("docs/index.md", "Text", 4)]
    assert reading.diagnostics == []


def test_pages_of_the_site_that_cannot_be_read_are_named() -> None:
    reading = DocumentReading()
    read_pages(MemoryTree({"docs/a.md": b"caf\xe9\n", "docs/b.MD": b"<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> z\n"}), "docs", reading)
    assert [(item.code, str(item.place)) for item in reading.diagnostics] == [
        ("unreadable-file", "docs/a.md:1:4"),
        ("conflict-marker", "docs/b.MD:1:1"),
    ]
