"""Words that may not be read, and what stands for them."""

from __future__ import annotations

import pytest

from isms_plugin.analysis.redaction.words import Words, words_of_name

WORDS = Words(
    hidden=lambda name: name.startswith("RSK-"),
    phrases={"Anna Berg": "Security lead", "Berg": "Security lead", "aberg": "Security lead", "José Núñez": "Buyer"},
    exact={"Bo": "Helper"},
    addresses={"anna@example.org": "Security lead"},
    paths=frozenset({"evidence/secret.csv"}),
    commits=frozenset({"0123456789abcdef0123456789abcdef01234567"}),
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ask Anna Berg.", "Ask Security lead."),
        ("ask ANNA\n  berg, please", "ask Security lead, please"),
        ("Ms Berg's idea", "Ms Security lead's idea"),
        ("by_berg_2026", "by_Security lead_2026"),
        ("Bergamo", "Bergamo"),
        ("Bo, not bo or Bob", "Helper, not bo or Bob"),
        ("Jose\u0301 Nu\u0301n\u0303ez", "Buyer"),
        ("anna@example.org, Anna.Berg@other.example", "Security lead, Security lead"),
        ("aberg@example.org or bodo@example.org", "Security lead or bodo@example.org"),
        ("See RSK-001, not XRSK-001 or RISK-001.", "See (withheld), not XRSK-001 or RISK-001."),
        ("in evidence/secret.csv.", "in (withheld)"),
        ("in evidence/other.csv", "in evidence/other.csv"),
        ("at 0123456 and 0123456789ab, not 01234567890", "at (withheld) and (withheld), not 01234567890"),
        ("Nothing here.", "Nothing here."),
    ],
)
def test_each_is_replaced_as_a_whole(text: str, shown: str) -> None:
    assert WORDS.plain(text) == shown
    assert WORDS.clean(text) == (text == shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[RSK-001] and [POL-01]", "(withheld) and [POL-01]"),
        ("[the theft](isms:RSK-001 'title')", "the theft"),
        ("[the theft](isms:RSK-001#more)", "the theft"),
        ("[the theft][RSK-001]", "the theft"),
        ("[the rule](isms:POL-01) and [text](https://example.org)", "[the rule](isms:POL-01) and [text](https://example.org)"),
        ("[RSK-001](https://example.org)", "[(withheld)](https://example.org)"),
        ("`RSK-001`", "`(withheld)`"),
    ],
)
def test_of_a_link_the_words_stay(text: str, shown: str) -> None:
    assert WORDS.markdown(text) == shown


def test_the_longest_name_comes_first() -> None:
    words = Words(phrases={"Anna": "A", "Anna Berg": "B", "Anna Berg Olsen": "C"})
    assert words.plain("Anna, Anna Berg, Anna Berg Olsen, Anna Berger") == "A, B, C, A Berger"


def test_words_of_a_name_are_those_that_give_it_away() -> None:
    assert words_of_name("Bo van May-Berg 2", frozenset({"van", "may"})) == (["Berg"], ["Bo"])
