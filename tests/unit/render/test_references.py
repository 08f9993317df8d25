"""References in Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from isms_plugin.analysis.mentions import mentions
from isms_plugin.render.references import ReferenceExtension, makeExtension

KNOWN = {"A.8.13": "Information backup", "RSK-001": "Phishing", "9.2.2": "Internal audit programme", "POL-03": "POL-03"}


def html(text: str, *, autolink: bool = False, plain: bool = False) -> str:
    return Markdown(extensions=[ReferenceExtension(KNOWN.get, autolink=autolink, plain=plain)]).convert(text)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("see [A.8.13].", '<a class="isms-ref" href="isms:A.8.13" title="Information backup">A.8.13</a>'),
        ("[RSK-001]", '<a class="isms-ref" href="isms:RSK-001" title="Phishing">RSK-001</a>'),
        ("[clause 9.2.2]", '<a class="isms-ref" href="isms:9.2.2" title="Internal audit programme">clause 9.2.2</a>'),
        ("[POL-03]", '<a class="isms-ref" href="isms:POL-03">POL-03</a>'),
        ("[the backups][A.8.13]", '<a class="isms-ref" href="isms:A.8.13" title="Information backup">the backups</a>'),
        ("*[RSK-001]*, [A.8.13]", 'title="Phishing">RSK-001</a></em>'),
    ],
)
def test_a_reference_becomes_a_link(text: str, target: str) -> None:
    assert target in html(text)


@pytest.mark.parametrize(
    "text",
    [
        "`[A.8.13]`",
        "    [A.8.13]",
        r"\[A.8.13]",
        "[RSK-999]",
        "[RFC-2119]",
        "[A.8.13](https://example.org)",
        "![A.8.13](x.png)",
        "[x]",
        "A.8.13",
    ],
)
def test_what_is_no_reference_stays(text: str) -> None:
    assert "isms:" not in html(text)


def test_definitions_of_the_author_win() -> None:
    assert html("[RSK-001]\n\n[RSK-001]: https://example.org") == '<p><a href="https://example.org">RSK-001</a></p>'


def test_bare_controls_become_links_when_asked() -> None:
    done = html("A.8.13 and A.8.99, not `A.8.13`, [A.8.13](https://example.org), A.8.13.1 or xA.8.13", autolink=True)
    assert done.count('href="isms:A.8.13"') == 1


@pytest.mark.parametrize(
    "text", ["<b>bold</b>", "<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b", "<!-- hidden -->", "<div>\n\nx"]
)
def test_html_in_registers_is_text(text: str) -> None:
    done = html(text, plain=True)
    assert not re.search(r"<(b|script|img|div|!)", done)
    assert "&lt;" in done


@pytest.mark.parametrize("target", ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"])
def test_links_of_registers_have_harmless_schemes(target: str) -> None:
    assert "href" not in html(f"[x]({target})", plain=True)


@pytest.mark.parametrize("target", ["https://example.org/a:b", "mailto:x@example.org", "other.md", "#part", "isms:RSK-001"])
def test_other_links_of_registers_stay(target: str) -> None:
    assert f'href="{target}"' in html(f"[x]({target})", plain=True)


def test_the_entry_point_makes_the_extension() -> None:
    assert isinstance(makeExtension(), ReferenceExtension)


@given(
    st.lists(
        st.sampled_from(["[A.8.13]", "`[A.8.13]`", "[RSK-001]", " and ", "\n\n", "word", "**", "[the][RSK-001]", "[x](y)"]), max_size=12
    ).map("".join)
)
def test_what_is_linked_is_what_is_counted_as_mentioned(text: str) -> None:
    linked = re.findall(r'href="isms:([^"]+)"', html(text))
    mentioned = [mention.target for mention in mentions(text)]
    assert set(linked) <= set(mentioned)
