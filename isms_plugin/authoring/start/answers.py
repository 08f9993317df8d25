"""What an ISMS begins with: the few answers that its first texts are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

Language = Literal["en", "de"]
Platform = Literal["github", "gitlab", "none"]

LANGUAGES: Final[tuple[str, ...]] = get_args(Language)
PLATFORMS: Final[tuple[str, ...]] = get_args(Platform)
SIZES: Final = (10, 50, 250)
"""Sizes of organizations, in people, for which the texts differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What is known of the organization; what is empty stays a place to decide."""

    name: str
    scope: str = ""
    size: int = 10
    language: str = "en"
    platform: str = "none"
    lead: str = ""
    """Name of the information security manager."""
    director: str = ""
    """Name of the one person of top management who answers for the ISMS."""
