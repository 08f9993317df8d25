"""What somebody may have meant who wrote a word that is none."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str], quote: str = "") -> str:
    """Return the question for the nearest of some known words, in quotes where wanted; empty where none is near."""
    near = get_close_matches(word, list(known), n=1)
    return f"did you mean {quote}{near[0]}{quote}?" if near else ""


def no_such(name: str, what: str, known: Iterable[str]) -> str:
    """Return in words that something of a name is not there, with the question for the nearest that is."""
    return "; ".join(filter(None, (f"{name}: no such {what}", did_you_mean(name, known))))
