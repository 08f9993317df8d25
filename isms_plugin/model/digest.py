"""Hashes with SHA-256: of bytes that come in pieces, and of what an entry says, named after the algorithm that tells what counts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any


def digest_of(chunks: Iterable[bytes]) -> str:
    """Return the hash of bytes that come in pieces, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def named_digest(algorithm: str, text: str) -> str:
    """Return name and hash of a text, with a colon between them; a byte that is no UTF-8 counts as it is."""
    return f"{algorithm}:{digest_of((text.encode('utf-8', 'surrogateescape'),))}"


def digest_of_values(algorithm: str, values: Any) -> str:
    """Return name and hash of plain values, whatever the order of their keys."""
    return named_digest(algorithm, json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
