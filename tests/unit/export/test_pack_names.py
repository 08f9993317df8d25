"""Names that unpack to the same files on every system."""

from __future__ import annotations

import unicodedata

import pytest

from isms_plugin.export.pack_names import check_names

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
