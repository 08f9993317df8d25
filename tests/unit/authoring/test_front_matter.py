"""The status of a document, changed without touching anything else."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from isms_plugin.authoring.front_matter import with_status
from isms_plugin.errors import IsmsError
from isms_plugin.sources.markdown_reader import read_markdown
from tests.repository import policy

STATUSES = st.sampled_from(["draft", "in_review", "approved", "withdrawn"])
LINES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\x85"), max_size=20)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("status: draft", "status: approved"),
        ("status:   in_review  ", "status:   approved  "),
        ("status:\tdraft", "status:\tapproved"),
        ("status: 'draft'", "status: approved"),
        ('status: "in_review" # until May', "status: approved # until May"),
        ("status: draft\r", "status: approved\r"),
        ("status: ", "status: approved"),
    ],
)
def test_the_line_keeps_its_form(line: str, expected: str) -> None:
    assert with_status(f"---\nid: POL-1\n{line}\n---\nText\n".encode(), "approved") == f"---\nid: POL-1\n{expected}\n---\nText\n".encode()


@pytest.mark.parametrize(
    "text",
    [
        "---\nid: POL-1\n---\nstatus: draft\n",
        "---\nid: POL-1\n---\nText\n",
        "# No front matter\n",
        "status: draft\n",
        "",
        "---\nstatus:\n---\n",
        "---\nstatus: |\n  draft\n---\n",
        "---\nstatus: in review\n---\n",
        "---\n{id: POL-1, status: draft}\n---\n",
        "---\nnote: |\n  x\n status: draft\n---\n",
        "---\nstatus: draft\nstatus: draft\nid\n",
        "+++\nstatus: draft\n+++\n",
    ],
)
def test_where_there_is_no_plain_line_nothing_is_guessed(text: str) -> None:
    with pytest.raises(IsmsError, match="set `status: approved` by hand first"):
        with_status(text.encode(), "approved")


@pytest.mark.parametrize("text", ["\ufeff" + policy(), policy().replace("\n", "\r\n"), "\n" + policy(), policy(text="status: draft")])
def test_signs_at_the_start_line_ends_and_the_text_stay(text: str) -> None:
    assert with_status(text.encode(), "withdrawn") == text.replace("status: approved", "status: withdrawn").encode()


@given(STATUSES, STATUSES, LINES, st.lists(LINES, max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_nothing_but_the_status_changes(old: str, new: str, title: str, body: list[str], end: str) -> None:
    front = ["---", f"note: '{title.replace(chr(39), '')}'", f"status: {old}", "id: POL-1", "---"]
    data = end.join((*front, *body)).encode()
    before = read_markdown(data)
    assume(not before.faults)
    changed = with_status(data, new)
    after = read_markdown(changed)
    assert after.data == {**(before.data or {}), "status": new}
    assert (after.body, after.body_line) == (before.body, before.body_line)
    assert changed.replace(f"status: {new}".encode(), b"", 1) == data.replace(f"status: {old}".encode(), b"", 1)
    assert with_status(changed, old) == data
