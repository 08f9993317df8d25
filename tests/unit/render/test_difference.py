"""Differences between two versions of a text."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from isms_plugin.render.difference import difference

HEAD = "| what | when |\n|---|---|\n"
MARKDOWN = Markdown(extensions=["tables", "sane_lists", "fenced_code"], output_format="xhtml")


def html(text: str) -> str:
    return str(MARKDOWN.reset().convert(text))


def tree(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<div>{text}</div>")


def compared(old: str, new: str) -> str:
    """Difference of two Markdown texts, without the space between blocks."""
    return re.sub(r"\s*\n\s*(?=<)|\s+(?=</?t)", "", difference(html(old), html(new)))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("one two", "one two three", "<p>one two<ins> three</ins></p>"),
        ("one two three", "one three", "<p>one <del>two </del>three</p>"),
        ("kept for five years", "kept for three years", "<p>kept for <del>five</del><ins>three</ins> years</p>"),
        ("Yes we do", "Yes, we do", "<p>Yes<ins>,</ins> we do</p>"),
        ("it is A.5.15 here", "it is A.5.16 here", "<p>it is <del>A.5.15</del><ins>A.5.16</ins> here</p>"),
        ("保管は五年とする", "保管は三年とする", "<p>保管は<del>五</del><ins>三</ins>年とする</p>"),
    ],
)
def test_words_that_changed_are_marked(old: str, new: str, expected: str) -> None:
    assert compared(old, new) == expected


def test_text_that_is_only_wrapped_anew_is_the_same() -> None:
    assert compared("one\ntwo three", "one two\nthree") == "<p>one two three</p>"


def test_emphasis_is_part_of_the_wording() -> None:
    assert compared("it may end", "it **may** end") == "<p>it <del>may</del><ins><strong>may</strong></ins> end</p>"


def test_marks_stand_outside_of_emphasis() -> None:
    assert compared("so **one two** it", "so **one three** it") == (
        "<p>so <strong>one </strong><del><strong>two</strong></del><ins><strong>three</strong></ins> it</p>"
    )


def test_the_target_of_a_link_is_part_of_the_wording() -> None:
    assert compared("see [it](https://a/) now", "see [it](https://b/) now") == (
        '<p>see <del><a href="https://a/">it</a></del><ins><a href="https://b/">it</a></ins> now</p>'
    )


def test_the_title_of_a_link_is_not() -> None:
    new = '<p><a href="/" title="New">it</a></p>'
    assert difference('<p><a href="/" title="Old">it</a></p>', new) == new


def test_a_short_word_between_two_changes_is_taken_along() -> None:
    old, new = "Rights are reviewed quarterly by owners of systems", "Rights are reviewed yearly by heads of systems"
    assert "<del>quarterly by owners</del><ins>yearly by heads</ins>" in compared(old, new)


def test_a_longer_passage_between_two_changes_stays() -> None:
    old, new = "Five people keep the signed list for years", "Six people keep the signed list for months"
    assert compared(old, new) == ("<p><del>Five</del><ins>Six</ins> people keep the signed list for <del>years</del><ins>months</ins></p>")


def test_a_cell_written_anew_is_replaced_as_a_whole() -> None:
    row = "| the list of all rights in production | {} |"
    old, new = row.format("line manager and owner"), row.format("nobody but the board")
    assert "<td><del>line manager and owner</del><ins>nobody but the board</ins></td>" in compared(HEAD + old, HEAD + new)


def test_a_paragraph_written_anew_is_replaced_as_a_whole() -> None:
    assert compared("one two three four", "five six three seven") == (
        '<p class="isms-del"><del>one two three four</del></p><p class="isms-ins"><ins>five six three seven</ins></p>'
    )


def test_a_sentence_put_in_front_leaves_the_rest_alone() -> None:
    assert compared("Staff sign it.", "It is short. Staff sign it.") == "<p><ins>It is short. </ins>Staff sign it.</p>"


def test_a_paragraph_that_was_split_keeps_its_larger_part() -> None:
    old = "The list is an export. Rights that nobody confirms within five days are removed."
    new = "The list is an export.\n\nRights that nobody confirms within five days are removed."
    assert compared(old, new) == (
        '<p class="isms-ins"><ins>The list is an export.</ins></p>'
        "<p><del>The list is an export. </del>Rights that nobody confirms within five days are removed.</p>"
    )


def test_items_are_added_and_taken_out_in_their_list() -> None:
    assert compared("- one\n- two\n- three", "- one\n- three\n- four") == (
        '<ul><li>one</li><li class="isms-del"><del>two</del></li><li>three</li><li class="isms-ins"><ins>four</ins></li></ul>'
    )


def test_an_item_that_moved_is_marked_at_both_places() -> None:
    assert compared("1. one\n2. two\n3. three", "1. two\n2. three\n3. one") == (
        '<ol><li class="isms-del"><del>one</del></li><li>two</li><li>three</li><li class="isms-ins"><ins>one</ins></li></ol>'
    )


def test_a_list_put_under_an_item_leaves_its_text_alone() -> None:
    assert compared("- one two", "- one two\n    - three") == (
        '<ul><li>one two<ul class="isms-ins"><li><ins>three</ins></li></ul></li></ul>'
    )


def test_an_item_of_a_nested_list_changes_in_place() -> None:
    assert compared("- one\n    - a b c\n    - d", "- one\n    - a b x\n    - d") == (
        "<ul><li>one<ul><li>a b <del>c</del><ins>x</ins></li><li>d</li></ul></li></ul>"
    )


def test_blank_lines_between_items_change_no_words() -> None:
    assert compared("- one\n- two", "- one\n\n- two") == "<ul><li><p>one</p></li><li><p>two</p></li></ul>"


def test_numbers_instead_of_bullets_change_no_words() -> None:
    assert compared("- one\n- two", "1. one\n2. two") == "<ol><li>one</li><li>two</li></ol>"


def test_rows_are_added_and_taken_out_in_their_table() -> None:
    result = compared(HEAD + "| one | yearly |\n| two | never |", HEAD + "| one | yearly |\n| three | quarterly |")
    assert '<tr class="isms-del"><td><del>two</del></td><td><del>never</del></td></tr>' in result
    assert '<tr class="isms-ins"><td><ins>three</ins></td><td><ins>quarterly</ins></td></tr></tbody></table>' in result


def test_a_changed_cell_is_marked_alone() -> None:
    result = compared(HEAD + "| all rights | yearly |", HEAD + "| all rights | monthly |")
    assert "<tr><td>all rights</td><td><del>yearly</del><ins>monthly</ins></td></tr>" in result


def test_a_new_column_is_marked_in_every_row() -> None:
    result = compared(
        HEAD + "| one | yearly |\n| two | never |", "| what | who | when |\n|---|---|---|\n| one | A | yearly |\n| two | B | never |"
    )
    assert '<tr><th>what</th><th class="isms-ins"><ins>who</ins></th><th>when</th></tr>' in result
    assert '<tr><td>one</td><td class="isms-ins"><ins>A</ins></td><td>yearly</td></tr>' in result
    assert '<tr><td>two</td><td class="isms-ins"><ins>B</ins></td><td>never</td></tr>' in result


def test_cells_stay_in_their_column_even_if_they_equal_another() -> None:
    result = compared(HEAD + "| same row | 3 | |".replace("| |", "|"), HEAD + "| 3 | same row |")
    assert "<tr><td><del>same row</del><ins>3</ins></td><td><del>3</del><ins>same row</ins></td></tr>" in result


def test_a_table_with_other_headings_has_one_head() -> None:
    result = compared(HEAD + "| one | yearly |", "| x | y |\n|---|---|\n| one | yearly |")
    assert result.count("<thead>") == 1


def test_a_renamed_heading_stays_one_heading() -> None:
    assert compared("## Rights", "## Access") == "<h2><del>Rights</del><ins>Access</ins></h2>"


def test_the_level_of_a_heading_is_not_wording() -> None:
    assert compared("## Access rights", "### Access rights") == "<h3>Access rights</h3>"


def test_a_heading_taken_out_is_a_heading_without_its_id() -> None:
    old, new = '<h2 id="a">One</h2><p>x</p><h2 id="b">Two</h2>', '<h2 id="b">Two</h2>'
    assert difference(old, new) == '<h2 class="isms-del"><del>One</del></h2>\n<p class="isms-del"><del>x</del></p>\n<h2 id="b">Two</h2>'


def test_an_id_that_moved_is_there_once() -> None:
    old, new = '<h2 id="a">One two</h2><p>x</p>', '<p>x</p><h2 id="a">One two</h2>'
    assert difference(old, new).count('id="a"') == 1


def test_an_id_within_a_changed_line_is_there_once() -> None:
    text = '<p><em id="a">one two {} three four</em></p>'
    assert difference(text.format("x"), text.format("y")).count("id=") == 1


def test_classes_of_blocks_are_kept_beside_the_mark() -> None:
    assert difference("", '<div class="note"><p>x</p></div>').startswith('<div class="note isms-ins">')


def test_code_keeps_its_space_and_stays_one_element() -> None:
    old, new = "```\nif x:\n    one()\n    two()\n```", "```\nif x:\n    one()\n        two()\n```"
    assert difference(html(old), html(new)) == "<pre><code>if x:\n    one()<del>\n    </del><ins>\n        </ins>two()\n</code></pre>"


def test_code_added_as_a_whole_is_one_element() -> None:
    code = html("```\n if x:\n    one()\n```")
    assert difference("", code) == '<pre class="isms-ins"><code><ins> if x:\n    one()\n</ins></code></pre>'


def test_an_image_is_replaced_in_its_line() -> None:
    assert compared("see ![a](x.png) there", "see ![a](y.png) there") == (
        '<p>see <del><img alt="a" src="x.png" /></del><ins><img alt="a" src="y.png" /></ins> there</p>'
    )


def test_a_rule_is_marked_by_its_class() -> None:
    assert compared("one\n\n***\n\ntwo", "one\n\ntwo") == '<p>one</p><hr class="isms-del" /><p>two</p>'


def test_a_quote_is_compared_inside() -> None:
    assert compared("> one two\n>\n> - a", "> one two three\n>\n> - a\n> - b") == (
        '<blockquote><p>one two<ins> three</ins></p><ul><li>a</li><li class="isms-ins"><ins>b</ins></li></ul></blockquote>'
    )


def test_a_section_taken_out_leaves_the_next_one_alone() -> None:
    result = compared("## 1. One\n\na b\n\n## 2. Two\n\nc d", "## 1. Two\n\nc d")
    assert result == (
        '<h2 class="isms-del"><del>1. One</del></h2><p class="isms-del"><del>a b</del></p><h2><del>2</del><ins>1</ins>. Two</h2><p>c d</p>'
    )


def test_what_authors_struck_out_is_no_change() -> None:
    assert difference("", "<p><del>a</del> <ins>b</ins></p>") == '<p class="isms-ins"><ins><s>a</s> <u>b</u></ins></p>'


def test_an_unchanged_text_is_the_same() -> None:
    text = html('# A\n\none **two** `x  y` [z](u "t")\n\n- a\n    - b\n\n| c |\n|:-:|\n| d |\n\n```py\ne\n```\n\n![f](g)')
    before, after = (
        [(part.tag, part.attrib, (part.text or "").split(), (part.tail or "").split()) for part in tree(version).iter()]
        for version in (text, difference(text, text))
    )
    assert after == before


def test_text_is_escaped() -> None:
    assert compared("text", "text &lt;b&gt; `<i>` &amp;amp;") == "<p>text<ins> &lt;b&gt; <code>&lt;i&gt;</code> &amp;amp;</ins></p>"


def test_attributes_are_escaped() -> None:
    text = '<p><a href="?a=1&amp;b=2" title="&quot;&lt;">x</a></p>'
    assert difference(text, text) == text


def test_entities_that_xml_lacks_are_read() -> None:
    assert difference("<p>&copy;&nbsp;a</p>", "<p>&copy;&nbsp;a &bogus; & b</p>") == "<p>©\xa0a<ins> &amp;bogus; &amp; b</ins></p>"


def test_tags_that_html_leaves_open_are_read() -> None:
    assert compared("| a |\n|---|\n| b<br>c |", "| a |\n|---|\n| b<br>d |").endswith(
        "<td>b<br /><del>c</del><ins>d</ins></td></tr></tbody></table>"
    )


@pytest.mark.parametrize("broken", ["<p>one", "one</div><script>two()</script><div>", "<b <i>", "&#0;", "<p a=b>c</p>"])
def test_what_cannot_be_read_is_shown_as_text(broken: str) -> None:
    assert "".join(ElementTree.fromstring(f"<div>{difference(broken, broken)}</div>").itertext()) == broken


def test_characters_that_no_page_may_hold_are_left_out() -> None:
    assert difference("", "<p>a\x00\x0b\ud800\uffffb</p>") == '<p class="isms-ins"><ins>ab</ins></p>'


def test_nothing_runs_from_a_difference() -> None:
    assert difference("", '<p onclick="x" ONLOAD="y"><a href="JavaScript:z">a</a></p>') == '<p class="isms-ins"><ins><a>a</a></ins></p>'


def test_pictures_inside_of_a_text_keep_their_names() -> None:
    text = '<p><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0" /><path d="M1" /></svg></p>'
    assert difference(text, text) == '<p><svg viewBox="0 0 1 1"><path d="M0"></path><path d="M1"></path></svg></p>'


def test_deep_nesting_is_survived() -> None:
    deep = "<blockquote>" * 300 + "<p>{}</p>" + "</blockquote>" * 300
    assert "<del>one</del><ins>two</ins>" in difference(deep.format("a b one"), deep.format("a b two"))


def test_long_tables_are_compared_row_by_row() -> None:
    rows = [f"| Service {n} | reviewed every quarter by the owner |" for n in range(150)]
    old, new = HEAD + "\n".join(rows), HEAD + "\n".join(["| First | x |", *rows[:100], "| Last | y |"])
    assert Counter(re.findall("isms-ins|isms-del", difference(html(old), html(new)))) == {"isms-ins": 2, "isms-del": 50}


WORDS = st.sampled_from(
    re.findall(
        r"\S+", "access policy the of a role review, rights. **must** *soon* `key` [it](https://x/?a=1&b=2) ![i](p.png) & < 2.1 A.5.15"
    )
)
LINE = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)
CELL = st.lists(WORDS, max_size=3).map(" ".join)


def listed(items: list[tuple[str, list[str]]], mark: str, apart: bool) -> str:
    nested = ("\n".join([f"{mark} {text}", *(f"    {mark} {inner}" for inner in below)]) for text, below in items)
    return ("\n\n" if apart else "\n").join(nested)


def table(rows: list[list[str]], columns: int) -> str:
    lines = ["|" + "|".join(f" {cell} " for cell in row[:columns]) + "|" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * columns, *lines[1:]])


LISTS = st.builds(
    listed, st.lists(st.tuples(LINE, st.lists(LINE, max_size=2)), min_size=1, max_size=4), st.sampled_from(["-", "1."]), st.booleans()
)
TABLES = st.builds(table, st.lists(st.lists(CELL, min_size=4, max_size=4), min_size=1, max_size=4), st.integers(2, 4))
BLOCKS = st.one_of(
    LINE,
    LINE.map("## {}".format),
    LISTS,
    TABLES,
    st.lists(LINE, min_size=1, max_size=3).map(lambda lines: "```\n" + "\n    ".join(lines) + "\n```"),
    LISTS.map(lambda text: "> " + text.replace("\n", "\n> ")),
    st.just("* * *"),
)


@st.composite
def versions(draw: st.DrawFn) -> tuple[str, str]:
    """Two texts that share some blocks, with a word or line changed here and there."""
    old = draw(st.lists(BLOCKS, max_size=5))
    new = [block for block in old if draw(st.integers(0, 3))]
    new = [block.replace(draw(WORDS), draw(WORDS)) if draw(st.booleans()) else block for block in new]
    for block in draw(st.lists(BLOCKS, max_size=2)):
        new.insert(draw(st.integers(0, len(new))), block)
    return html("\n\n".join(old)), html("\n\n".join(new))


def words(element: ElementTree.Element, without: str = "-") -> list[str]:
    """Words of an element, leaving out what is marked so."""

    def text(part: ElementTree.Element) -> str:
        if part.tag == without or f"isms-{without}" in part.get("class", ""):
            return part.tail or ""
        return f"{part.text or ''}{''.join(map(text, part))}{part.tail or ''}"

    return text(element).split()


@given(versions())
@settings(max_examples=60)
def test_without_what_was_taken_out_the_text_is_the_new_one(pair: tuple[str, str]) -> None:
    assert words(tree(difference(*pair)), without="del") == words(tree(pair[1]))


@given(versions())
@settings(max_examples=60)
def test_without_what_was_added_the_text_is_the_old_one(pair: tuple[str, str]) -> None:
    assert words(tree(difference(*pair)), without="ins") == words(tree(pair[0]))


@given(versions())
@settings(max_examples=60)
def test_a_text_does_not_differ_from_itself(pair: tuple[str, str]) -> None:
    assert not re.search("<ins|<del|isms-", difference(pair[0], pair[0]))


@given(versions())
@settings(max_examples=60)
def test_everything_stands_where_html_allows_it(pair: tuple[str, str]) -> None:
    parents = {"li": {"ul", "ol"}, "tr": {"thead", "tbody"}, "td": {"tr"}, "th": {"tr"}, "thead": {"table"}, "tbody": {"table"}}
    for parent in tree(difference(*pair)).iter():
        for child in parent:
            assert parent.tag in parents.get(child.tag, {parent.tag})
            assert child.tag in parents or parent.tag not in {"ul", "ol", "table", "thead", "tbody", "tr"}
            assert not (parent.tag in {"ins", "del"} and child.tag in {"ins", "del", "p", "ul", "ol", "pre", "table", "h2", "blockquote"})


@given(versions())
@settings(max_examples=60)
def test_every_table_has_as_many_cells_in_each_row_as_the_wider_version(pair: tuple[str, str]) -> None:
    widest = max((len(row) for text in pair for row in tree(text).iter("tr")), default=0)
    assert all(len(row) <= widest for row in tree(difference(*pair)).iter("tr"))
