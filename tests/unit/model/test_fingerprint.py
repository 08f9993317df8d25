"""The hash of an approved text: every word counts, the way it is laid out does not."""

from __future__ import annotations

import re
import textwrap
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import markdown

from isms_plugin.model.fingerprint import ALGORITHM, canonical_text, text_hash

TEXT = """# Access policy

Nobody has access without
a reason.

- Rights are reviewed
  every quarter.
- Leavers lose them.

| Who  | When  |
|------|-------|
| Anna | daily |

```sh
run  this
```
"""


def same(one: str, other: str) -> bool:
    return text_hash("Access policy", one) == text_hash("Access policy", other)


def test_the_algorithm_is_named_in_the_hash() -> None:
    assert re.fullmatch(ALGORITHM + ":[0-9a-f]{64}", text_hash("Access policy", TEXT))


def test_the_hash_is_the_same_for_ever() -> None:
    """Records of years ago hold it: a change of this value needs a new number in the name of the algorithm."""
    assert text_hash("Access policy", TEXT) == "isms-text-1:a6304a192828365a2168db07fcdae1a473f30f6b5704addab26428dfdc5a4a0d"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n", "\r\n"),
        ("\n\n", "\n\n\n"),
        ("without\na", "without a"),
        ("a reason.", "a  reason.   "),
        ("reviewed\n  every", "reviewed every"),
        ("quarter.\n- Leavers", "quarter.\n\n- Leavers"),
        ("- Rights", "-   Rights"),
        ("| Who  | When  |", "|Who|When|"),
        ("|------|-------|", "| -- | -- |"),
        ("# Access policy\n\n", ""),
        ("# Access policy\n\n", "\ufeff# Access policy\n"),
        ("# Access policy", "# Access  policy #"),
    ],
)
def test_layout_does_not_count(old: str, new: str) -> None:
    assert old in TEXT
    assert same(TEXT, TEXT.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Nobody", "Everybody"),
        ("reason.", "reason"),
        ("Nobody has", "**Nobody** has"),
        ("- Rights", "Rights"),
        ("- Leavers", "    - Leavers that are\n"),
        ("run  this", "run this"),
        ("Anna", "Bodo"),
        ("without\na reason", "without\n\na reason"),
        ("Nobody", "    Nobody"),
        ("a reason", "\n- a reason"),
    ],
)
def test_words_and_structure_count(old: str, new: str) -> None:
    assert old in TEXT
    assert not same(TEXT, TEXT.replace(old, new))


def test_what_is_indented_below_an_admonition_may_be_wrapped_and_is_no_code() -> None:
    note = "!!! note\n\n    Nobody has access without a reason.\n"
    assert same(note, note.replace("access without", "access\n    without"))
    assert not same(note, note.replace("    Nobody", "            Nobody")), "as deep as this it is code"


def test_the_title_counts_wherever_it_is_written() -> None:
    assert text_hash("Access policy", TEXT) != text_hash("Access rules", TEXT)
    assert not same(TEXT, TEXT.replace("# Access policy", "# Access rules"))


def test_titles_and_texts_are_never_mixed_up() -> None:
    assert text_hash("A", "B") != text_hash("A\n\nB", "")
    assert canonical_text("A", "# A\n\n# A\n") == "# A\n# A"


words = st.text(alphabet="abcdeXYZ,.;'\"()&", min_size=1, max_size=8).filter(lambda word: not word.startswith(("(", "&")) or len(word) > 1)
sentences = st.lists(words, min_size=1, max_size=25).map(" ".join)
inline = st.sampled_from(["{}", "**{}**", "`{}`", "[{}](https://example.org)", "*{}*"])
paragraphs = st.builds(lambda form, text: form.format(text), inline, sentences)
lists = st.lists(sentences, min_size=1, max_size=4).map(lambda items: "\n".join(f"- {item}" for item in items))
numbered = st.lists(sentences, min_size=1, max_size=4).map(lambda items: "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1)))
quotes = sentences.map("> {}".format)
headings = sentences.map("## {}".format)
code = sentences.map("```\n{}\n```".format)
tables = st.lists(st.tuples(words, words), min_size=1, max_size=4).map(
    lambda rows: "\n".join(["| a | b |", "|---|---|", *(f"| {one} | {two} |" for one, two in rows)])
)
blocks = st.one_of(paragraphs, lists, numbered, quotes, headings, code, tables)
documents = st.lists(blocks, min_size=1, max_size=6)


def wrapped(block: str, width: int) -> str:
    """Re-wrap a block as an editor does."""
    if block.startswith(("##", "```", "|")):
        return block
    lines = []
    for line in block.split("\n"):
        marker = re.match(r"(?:- |\d+\. |> |)", line)
        assert marker
        indent = "> " if marker[0] == "> " else " " * len(marker[0])
        options = {"break_long_words": False, "break_on_hyphens": False, "subsequent_indent": indent}
        lines += textwrap.wrap(line, width, **options) or [line]
    return "\n".join(lines)


@given(documents, st.integers(30, 120), st.sampled_from(["\n\n", "\n\n\n", "\r\n\r\n", " \n \n"]))
def test_wrapping_anew_never_changes_the_hash(document: list[str], width: int, between: str) -> None:
    assert same("\n\n".join(document), between.join(wrapped(block, width) for block in document))


def rendered(text: str) -> str:
    """The words and signs that a reader sees, without white space."""
    html = markdown(text, extensions=["tables", "sane_lists", "fenced_code", "admonition", "footnotes", "def_list"])
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]*>", "", html)))


pieces = st.sampled_from([*"ax#-*>|`=:!+1. \n\t<&[]", "    ", "\n\n", "- ", "1. ", "\n- "])
edits = st.tuples(st.floats(0, 1), st.integers(0, 3), pieces)


@settings(max_examples=300)
@given(documents, st.lists(edits, min_size=1, max_size=3))
def test_an_edit_that_changes_what_is_read_changes_the_hash(document: list[str], changes: list[tuple[float, int, str]]) -> None:
    text = edited = "\n\n".join(document)
    for where, removed, inserted in changes:
        position = int(where * len(edited))
        edited = edited[:position] + inserted + edited[position + removed :]
    if rendered(text) != rendered(edited):
        assert not same(text, edited)
