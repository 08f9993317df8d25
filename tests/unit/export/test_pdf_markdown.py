"""Markdown of documents with the extensions of a site, as far as they are harmless."""

from __future__ import annotations

from typing import Any

import pytest

from isms_plugin.export.pdf.markdown_html import html_maker


def html(text: str, *extensions: tuple[str, dict[str, Any]]) -> str:
    to_html, left_out = html_maker(extensions, {"POL-02": "Access"}.get)
    assert not left_out
    return to_html(text)


def test_references_and_what_every_site_has_work() -> None:
    made = html("## One\n\n[POL-02]\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```")
    assert 'href="isms:POL-02"' in made
    assert "<table>" in made
    assert '<h2 id="one">One</h2>' in made
    assert "<pre><code>code" in made


def test_headings_have_no_permalinks_whatever_the_site_says() -> None:
    assert "headerlink" not in html("# One", ("toc", {"permalink": True, "slugify": {"kwds": {}}}))


def test_extensions_of_the_site_work() -> None:
    made = html(
        '!!! note "Mind"\n    this\n\n- [x] done\n\ntext[^1]\n\n[^1]: Note.',
        ("admonition", {}),
        ("pymdownx.tasklist", {}),
        ("footnotes", {}),
    )
    assert 'class="admonition note"' in made
    assert 'type="checkbox"' in made
    assert "Note." in made


def test_mermaid_is_told_from_other_code() -> None:
    made = html("```mermaid\nA --> B\n```", ("pymdownx.superfences", {"custom_fences": [{"name": "mermaid", "class": "mermaid"}]}))
    assert '<pre class="mermaid"><code>A --&gt; B' in made


def test_emoji_are_characters() -> None:
    assert html(":warning:", ("pymdownx.emoji", {"emoji_index": "", "emoji_generator": ""})).startswith("<p>⚠")


@pytest.mark.parametrize("name", ["pymdownx.snippets", "pymdownx.b64", "markdown_include.include", "os", "not-there"])
def test_what_reads_files_or_is_code_of_others_is_left_out_and_named(name: str) -> None:
    to_html, left_out = html_maker([(name, {"base_path": "/"}), ("admonition", {})], {}.get)
    assert left_out == (name,)
    assert to_html('--8<-- "etc/hosts"') == '<p>--8&lt;-- "etc/hosts"</p>'


def test_options_that_an_extension_does_not_take_do_not_take_it_away() -> None:
    assert 'class="admonition' in html("!!! note\n    this", ("admonition", {"nonsense": 1}))


def test_one_text_leaves_nothing_for_the_next() -> None:
    to_html, _ = html_maker([("footnotes", {})], {}.get)
    to_html("a[^1]\n\n[^1]: Old.")
    assert "Old" not in to_html("b")
