"""Texts folded so that the same words are the same bytes, however a format wrote them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Final
from urllib.parse import unquote_to_bytes

_WORDS: Final = bytes(byte if byte > 127 or chr(byte).isalnum() else 32 for byte in range(256)).lower()
_FOREIGN: Final = re.compile(r"[^\x00-\x7f]+")
_SPACELESS: Final = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Letters of scripts that put no space between words, each of which counts as a word."""
_PASSED_OVER: Final = ("Mn", "Mc", "Me", "Cf")
"""Accents, and signs that are not seen, such as soft hyphens."""

_COMMENT: Final = re.compile(r"<!--.{0,4000}?-->|<!\[CDATA\[|\]\]>", re.DOTALL)
_INLINE: Final = re.compile(
    r"(?i)</?(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|tspan|u|var|wbr)"
    r"(?=[\s/>])[^<>]{0,4000}>"
)
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,4000}>")
_UNITS: Final = re.compile(r"(?:\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2})+")
_POINT: Final = re.compile(r"\\u\{([0-9a-fA-F]{1,6})\}")
_CONTROL: Final = re.compile(r"\\([nrtbfv]|\r?\n)")
_PERCENT: Final = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_FOLD: Final = re.compile(r"\r?\n[ \t]")


def folded(text: str) -> bytes:
    """Return the words of a text with one space between them: without capitals, accents, punctuation and signs that are not seen."""
    plain = text if text.isascii() else _FOREIGN.sub(lambda run: _plain(run[0]), text)
    return b" ".join(plain.encode("utf-8", "replace").translate(_WORDS).split())


@lru_cache(maxsize=1 << 16)
def _plain(run: str) -> str:
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", run).casefold())
    kept = "".join(letter if letter.isalnum() else " " for letter in letters if unicodedata.category(letter) not in _PASSED_OVER)
    return _SPACELESS.sub(r" \g<0> ", unicodedata.normalize("NFC", kept))


def readings(text: str, ending: str = "") -> Iterator[str]:
    """Return a text as it is written, then as it is read where that differs: escapes resolved, tags left out.

    `ending` is that of the file: in calendars lines are folded, in XML every tag may stand within a word.
    """
    yield text
    resolved = _resolved(_FOLD.sub("", text) if ending in (".ics", ".vcf", ".eml") else text)
    if resolved != text:
        yield resolved
    if "<" in resolved:
        bare = _COMMENT.sub("", resolved)
        yield _TAG.sub(" ", _INLINE.sub("", bare))
        if ending in (".xml", ".rels", ".svg"):
            yield _TAG.sub("", bare)


def _resolved(text: str) -> str:
    if "\\" in text:
        text = _UNITS.sub(lambda run: _of_units(run[0]), text)
        text = _CONTROL.sub(" ", _POINT.sub(lambda found: _letter(int(found[1], 16)), text))
    if "&" in text:
        text = unescape(text)
    return _PERCENT.sub(lambda run: unquote_to_bytes(run[0]).decode("utf-8", "replace"), text) if "%" in text else text


def _of_units(run: str) -> str:
    units = run.encode("ascii").decode("unicode_escape")
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _letter(number: int) -> str:
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
