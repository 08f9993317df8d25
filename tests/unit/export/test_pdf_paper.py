"""HTML of the site on its way to paper."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.export.pdf.paper import Heading, on_paper


def paper(html: str, **options: object) -> str:
    return on_paper(html, **options).html  # type: ignore[arg-type]


def test_headings_are_gathered_with_their_anchors_and_lose_their_permalinks() -> None:
    made = on_paper('<h2 id="one">1. One &amp; <em>two</em><a class="headerlink" href="#one">&para;</a></h2><h3>No anchor</h3>')
    assert made.headings == (Heading(2, "one", "1. One & two"), Heading(3, "section-2", "No anchor"))
    assert made.html == '<h2 id="one">1. One &amp; <em>two</em></h2><h3 id="section-2">No anchor</h3>'


def test_references_are_words_and_say_the_id_where_the_words_do_not() -> None:
    html = '<a href="isms:POL-02">Access</a>, <a href="isms:POL-02">POL-02</a>, <a href="isms:risks/index.md">risks</a>'
    named = {"POL-02": "POL-02"}
    assert paper(html, named=lambda target, told: "" if target in told else named.get(target, "")) == "Access (POL-02), POL-02, risks"


def test_links_inside_the_document_stay_where_they_lead_somewhere() -> None:
    html = '<h2 id="a">A</h2><a href="#a">here</a><a href="#b">nowhere</a><a href="isms:POL-01#a">self</a><a href="isms:POL-02#a">other</a>'
    made = paper(html, own="POL-01")
    assert made == '<h2 id="a">A</h2><a href="#a">here</a>nowhere<a href="#a">self</a>other'


def test_links_outward_keep_their_address_alone_and_scripts_are_no_address() -> None:
    html = '<a href="https://example.org/?a=1&amp;b" onclick="x()" target="_blank">out</a><a href="javascript:x()">js</a>'
    assert paper(html) == '<a href="https://example.org/?a=1&amp;b">out</a>js'


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("isms:policies/net.png", "isms:policies/net.png"),
        ("net.png", "isms:policies/net.png"),
        ("../docs/a%20b.png", "isms:docs/a%20b.png"),
        ("data:image/png;base64,AA==", "data:image/png;base64,AA=="),
    ],
)
def test_pictures_are_those_of_the_isms(source: str, address: str) -> None:
    assert paper(f'<img src="{source}" alt="Net" onerror="x()">', path="policies/a.md") == f'<img src="{address}" alt="Net">'


@pytest.mark.parametrize(
    "source", ["https://example.org/x.png", "//example.org/x.png", "/etc/passwd", "file:///etc/passwd", "data:text/html,x", ""]
)
def test_any_other_picture_is_told_and_its_description_stands_for_it(source: str) -> None:
    made = on_paper(f'<img src="{source}" alt="Net">')
    assert made.html == '<span class="left-out">[Net]</span>'
    assert len(made.left_out) == 1


def test_a_picture_without_a_description_gets_one() -> None:
    assert 'alt="Picture"' in paper('<img src="a.png">')


@pytest.mark.parametrize(
    "html", ["<script>alert(1)</script>", "<style>p{}</style>", "<iframe src=x>y</iframe>", "<!-- note -->", "<link rel=attachment href=x>"]
)
def test_what_runs_or_hides_is_left_out(html: str) -> None:
    assert paper(f"<p>a{html}b</p>") == "<p>ab</p>"


def test_what_opens_on_a_screen_is_open_on_paper() -> None:
    assert (
        paper("<details><summary>More</summary><p>Text</p></details>")
        == '<div class="details"><p class="summary">More</p><p>Text</p></div>'
    )


def test_boxes_of_a_task_list_are_characters() -> None:
    made = paper('<input type="checkbox" disabled checked> done <input type="checkbox"/> open <input type="radio">')
    assert made == '<span class="box">☑</span> done <span class="box">☐</span> open '


@pytest.mark.parametrize(
    "html",
    [
        '<pre class="mermaid"><code>A --&gt; B</code></pre>',
        '<div class="mermaid">A --&gt; B</div>',
        '<pre><code class="language-mermaid">A --&gt; B</code></pre>',
    ],
)
def test_diagrams_are_drawn_or_shown_as_their_source(html: str) -> None:
    assert paper(f"a{html}b", drawn=lambda source: f"[{source}]") == "a[A --> B]b"
    assert paper(f"a{html}b") == f"a{html}b"


def test_a_table_too_wide_for_the_page_may_break_its_words() -> None:
    assert 'class="tight"' in paper(f"<table><tr><td>{'a' * 25}</td></tr></table>")
    assert 'class="tight"' in paper(f"<table><tr>{'<td>a</td>' * 10}</tr></table>")
    assert 'class="tight"' not in paper(f"<table><tr>{'<td>a few words</td>' * 5}</tr></table>")


def test_paper_stays_as_it_is_when_it_is_made_once_more() -> None:
    html = (
        '<h2>A</h2><a href="isms:POL-02">x</a><img src="a b.png"><details><summary>s</summary></details><table><tr><td>'
        + "a" * 30
        + "</td></tr></table>"
    )
    once = paper(html, path="policies/a.md")
    assert paper(once, path="policies/a.md") == once


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words = ""

    def handle_data(self, data: str) -> None:
        self.words += data


@given(st.lists(st.sampled_from(["<p>", "</p>", "<b>x", "</b>", "a & b", "&lt;", "<a href='isms:X'>", "</a>", "<h2>", "</h2>", "<br/>"])))
def test_no_word_is_lost(pieces: list[str]) -> None:
    before, after = _Words(), _Words()
    html = "".join(pieces)
    before.feed(html)
    before.close()
    after.feed(paper(html))
    after.close()
    assert after.words == before.words
