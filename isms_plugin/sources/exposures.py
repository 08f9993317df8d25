"""A scan for secrets and personal data: a small table of patterns, each with what makes a match credible."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from isms_plugin.model.exposure import Exposure

MAX_SCANNED: Final = 1_000_000
"""Bytes of the largest file that is scanned."""
MANY_ADDRESSES: Final = 10
"""Different e-mail addresses from which on a file counts as a list of people."""
_ENTROPY: Final = 3.0
"""Bits for each letter from which on a value looks drawn at random."""


class _Rule(NamedTuple):
    what: str
    pattern: re.Pattern[str]
    credible: Callable[[str], bool]


def _always(_: str) -> bool:
    return True


def _random(value: str) -> bool:
    counts = Counter(value)
    entropy = -sum(count / len(value) * math.log2(count / len(value)) for count in counts.values())
    return entropy >= _ENTROPY and not value.isalpha()


def _iban(value: str) -> bool:
    """Whether the check digits fit (ISO 13616: modulo 97)."""
    letters = re.sub(r"\s", "", value)
    moved = letters[4:] + letters[:4]
    return 15 <= len(letters) <= 34 and int("".join(str(int(letter, 36)) for letter in moved)) % 97 == 1


def _card(value: str) -> bool:
    """Whether the check digit fits (ISO/IEC 7812-1: Luhn); a row of the same digit is no number."""
    digits = [int(letter) for letter in value if letter.isdigit()]
    doubled = [digit if position % 2 == 0 else digit * 2 - 9 * (digit > 4) for position, digit in enumerate(reversed(digits))]
    return 13 <= len(digits) <= 19 and len(set(digits)) > 1 and sum(doubled) % 10 == 0


_CARD: Final = (
    r"(?:[3-6][0-9]|2[2-7])[0-9]{11,17}"
    r"|(?:[3-6][0-9]|2[2-7])[0-9]{2}([ -])[0-9]{4}\2[0-9]{4}\2[0-9]{1,7}"
    r"|3[47][0-9]{2}[ -][0-9]{6}[ -][0-9]{5}"
)
"""As cards print their number: in one piece, in groups of four, or in American Express's three groups."""
_RULES: Final = (
    _Rule("private key", re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----"), _always),
    _Rule("AWS access key id", re.compile(r"\b((?:AKIA|ASIA)[A-Z0-9]{16})\b"), _always),
    _Rule("GitHub token", re.compile(r"\b((?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,}))\b"), _always),
    _Rule("GitLab token", re.compile(r"\b(glpat-[A-Za-z0-9_-]{20,})"), _always),
    _Rule("Slack token", re.compile(r"\b(xox[abeprs]-[A-Za-z0-9-]{10,})"), _always),
    _Rule("Google API key", re.compile(r"\b(AIza[A-Za-z0-9_-]{35})"), _always),
    _Rule("JSON web token", re.compile(r"\b(eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,})"), _always),
    _Rule(
        "password or key in clear",
        re.compile(r"(?i)(?:passw(?:or)?d|pwd|secret|api[_-]?key|access[_-]?token)[\"']?\s{0,3}[:=]\s{0,3}[\"']?([^\s\"',;<>]{8,200})"),
        _random,
    ),
    _Rule("bank account number", re.compile(r"\b([A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?)\b"), _iban),
    _Rule("payment card number", re.compile(rf"(?<![\w.-])({_CARD})(?![\w-])"), _card),
)
_ADDRESS: Final = re.compile(r"\b[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}\b")


def scan(text: str) -> tuple[Exposure, ...]:
    """Return what looks like a secret or personal data, by line; nothing that is returned holds a whole value."""
    found = {Exposure(_line(text, at), what, _masked(value)) for at, what, value in _matches(text)}
    addresses = dict.fromkeys(match[0].lower() for match in _ADDRESS.finditer(text)) if "@" in text else {}
    if len(addresses) > MANY_ADDRESSES:
        first = _ADDRESS.search(text)
        found.add(Exposure(_line(text, first.start() if first else 0), f"{len(addresses)} different e-mail addresses, first", "***@***"))
    return tuple(sorted(found))


def scan_file(data: bytes) -> tuple[Exposure, ...]:
    """Return the findings in a file; binary and large files are not looked into."""
    if len(data) > MAX_SCANNED or b"\0" in data:
        return ()
    return scan(data.decode("utf-8", "replace"))


def _matches(text: str) -> Iterator[tuple[int, str, str]]:
    for what, pattern, credible in _RULES:
        for match in pattern.finditer(text):
            value = match[match.lastindex or 0]
            if credible(value):
                yield match.start(), what, value


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _masked(value: str) -> str:
    """Return as much of a value as its owner needs to find it."""
    kept = 4 if len(value) >= 16 else 2
    return f"{value[:kept]}***"
