"""Words by which policies say what they are, kept as package data in English and German."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any, Final

from isms_plugin.errors import SourceError
from isms_plugin.sources.yaml_reader import read_yaml

_WORDS: Final = "words.yml"
_BLANK: Final = re.compile(r"\W*|[\[<{].*[\]>}]|x+|[ymdjt]+(?:[-./ ][ymdjt]+)+")
_NUMBERING: Final = re.compile(r"^[\d.]+\s+")


@cache
def _words() -> dict[str, Any]:
    parsed = read_yaml((files("isms_plugin") / "catalogues" / "start" / _WORDS).read_text(encoding="utf-8"))
    if parsed.faults:
        raise SourceError(f"catalogue {_WORDS}: {parsed.faults[0].message}")
    return dict(parsed.value)


@cache
def meanings(subject: str) -> dict[str, str]:
    """Return what each word on a subject means: `labels`, `kinds`, `classifications` or `intervals`."""
    return {word: meaning for meaning, words in _words()[subject].items() for word in words}


@cache
def alike_words() -> dict[str, tuple[str, ...]]:
    """Return, for file names of ours, the words in titles of documents that stand in for them."""
    return {name: tuple(words) for name, words in _words()["alike"].items()}


def folded(text: str) -> str:
    """Return a text as words are compared: in small letters, without marks around it."""
    return " ".join(text.strip(" \t*_`:#").replace("_", " ").casefold().split()).removesuffix(".")


def concept_of(label: str) -> str | None:
    """Return what a label speaks of; None where it is none of ours."""
    return meanings("labels").get(folded(label))


def heads_control(heading: str) -> bool:
    """Whether a section with this heading holds control data."""
    return folded(_NUMBERING.sub("", heading)) in _words()["control_headings"] or heads_history(heading)


def heads_history(heading: str) -> bool:
    """Whether a section with this heading holds a table of versions."""
    return folded(_NUMBERING.sub("", heading)) in _words()["history_headings"]


def empty(value: str) -> bool:
    """Whether a value is none yet, but a place for one, such as `[DATE]`, TBD or YYYY-MM-DD."""
    small = " ".join(value.casefold().split())
    return small in _words()["placeholders"] or _BLANK.fullmatch(small) is not None
