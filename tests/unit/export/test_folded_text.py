"""Texts folded so that the same words are the same bytes."""

from __future__ import annotations

import json
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.export.folded_text import folded, readings


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Anna  Berg\n", "anna berg"),
        ("anna.berg@example.org", "anna berg example org"),
        ("ANNA_BERG-notes.pdf", "anna berg notes pdf"),
        ("José Núñez", "jose nunez"),
        ("Jose\u0301", "jose"),
        ("STRAẞE straße", "strasse strasse"),
        ("\ufb01le con\u00adfi\u200bdential", "file confidential"),
        ("Юлия Й", "юлия и"),
        ("田中さん", "田 中 さ ん"),
        ("١٢", "١٢"),
        ("« » … !", ""),
    ],
)
def test_words_are_what_is_left(text: str, words: str) -> None:
    assert folded(text).decode() == words


@pytest.mark.parametrize(
    ("text", "ending", "reading"),
    [
        ("An&shy;na &eacute;", "", "An\u00adna é"),
        (r"An\u006ea \u00e9\ud83d\ude00\x41", "", "Anna é😀A"),
        (r"\u{41}\nB", "", "A B"),
        ("An%6Ea%20%C3%A9", "", "Anna é"),
        ("An\r\n na\n\tx", ".ics", "Annax"),
        ("An<mark>n</mark>a<wbr>x", "", "Annax"),
        ("<td>An</td><td>na</td>", "", " An  na "),
        ("An<!-- x -->na", "", "Anna"),
        ("<t>An</t></r><r><t>na</t>", ".xml", "Anna"),
        (r"\u003cb\u003eAn\u003c/b\u003ena", "", "Anna"),
    ],
)
def test_a_text_is_read_as_its_format_means_it(text: str, ending: str, reading: str) -> None:
    assert reading in [*readings(text, ending)]


def test_a_text_without_signs_is_read_once() -> None:
    assert [*readings("plain")] == ["plain"]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"])))
def test_every_escape_is_resolved(text: str) -> None:
    written = text.replace("\\", "").replace("%", "").replace("&", "")
    for form in (json.dumps(written), escape(written), json.dumps(escape(written)), "".join(f"&#{ord(letter)};" for letter in written)):
        assert any(folded(written) in folded(reading) for reading in readings(form))


@given(st.text(), st.text())
def test_words_are_the_same_wherever_they_stand(left: str, right: str) -> None:
    assert folded(f"{left}\n{right}").split() == [*folded(left).split(), *folded(right).split()]
    assert folded(folded(left).decode()) == folded(left)
