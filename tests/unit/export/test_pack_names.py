"""Names that unpack to the same files on every system."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.export.pack_names import check_names, safe_name

GOOD = [
    "START-HERE.html",
    "site/index.html",
    "site/risks/RSK-001.html",
    "documents/POL-01.pdf",
    "evidence/größe.csv",
    "a/.hidden",
    "con-1.md",
]


def test_ordinary_names_have_no_fault() -> None:
    assert list(check_names(GOOD)) == []


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("/etc/passwd", "is an absolute path"),
        ("C:/x", "is an absolute path"),
        ("a/../b", "leads to another folder"),
        ("a//b", "has an empty part"),
        ("a/./b", "has an empty part"),
        ("", "has an empty part"),
        ("a\\b", "has \\ in it"),
        ("what?.md", "has ? in it"),
        ("a:b*.md", "has * : in it"),
        ("a\tb", "has \\t in it"),
        ("a\u202eb", "has \\u202e in it"),
        ("a\udc80b", "has \\udc80 in it"),
        ("dot.", "ends with a dot or a space"),
        ("space /b", "ends with a dot or a space"),
        ("x/NUL.txt", "Windows reserves, NUL.txt"),
        ("com1", "Windows reserves, com1"),
        ("CON .md", "Windows reserves, CON .md"),
        ("lpt³", "Windows reserves"),
        (unicodedata.normalize("NFD", "é"), "is not in Unicode's form NFC"),
        ("語" * 86, "more than 255 bytes"),
    ],
)
def test_each_fault_is_told(name: str, fault: str) -> None:
    assert any(fault in told for told in check_names([name])), list(check_names([name]))


def test_the_longest_name_is_as_long_as_it_may_be() -> None:
    assert list(check_names(["a" * 100 + "/" + "b" * 49])) == []
    assert [told.partition(": ")[2] for told in check_names(["a" * 100 + "/" + "b" * 50])] == ["is 151 letters long, more than 150"]


@pytest.mark.parametrize(
    ("names", "fault"),
    [
        (["a/Risk.md", "a/risk.md"], "a/risk.md: differs from a/Risk.md only in capitals or in the form of letters"),
        (["Docs/a.md", "docs/b.md"], "docs/b.md: differs from Docs only in capitals or in the form of letters"),
        (["straße.md", "STRASSE.md"], "STRASSE.md: differs from straße.md only in capitals or in the form of letters"),
        (["a.md", "a.md"], "a.md: is there twice"),
        (["a", "a/b"], "a/b: lies in a file"),
    ],
)
def test_names_that_clash_are_told(names: list[str], fault: str) -> None:
    assert list(check_names(names)) == [fault]


@pytest.mark.parametrize("text", ["RSK-001", "POL-01.pdf", "größe.csv", "2026-11-30"])
def test_a_safe_text_stays_as_it_is(text: str) -> None:
    assert safe_name(text) == text


def test_what_is_replaced_is_told_apart_and_the_ending_stays() -> None:
    assert re.fullmatch(r"a-b-[0-9a-f]{6}\.pdf", safe_name("a/b.pdf"))
    assert safe_name("a/b.pdf") != safe_name("a:b.pdf")


@given(st.text(max_size=400))
def test_every_text_makes_a_safe_name_and_always_the_same(text: str) -> None:
    name = safe_name(text)
    assert list(check_names([name])) == []
    assert "/" not in name
    assert safe_name(text) == name
    assert safe_name(name) == name
