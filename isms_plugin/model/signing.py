"""Keys that sign, whose they are and for how long; and what became of a signature when it was verified."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final, Literal

from isms_plugin.model.approval import Code
from isms_plugin.model.entry import Date, Due, Kind, PersonRef, RegisterEntry, Text, column


class SigningKey(RegisterEntry):
    """A public key that belongs to a person for a period."""

    KIND: ClassVar[Kind] = Kind(
        name="signing_key", title="Signing key", plural="Signing keys", register="keys", prefix="KEY",
        clauses=("7.5.2", "A.8.24"), group="Documents", due=(Due("valid_to", "end of the signing key", code="", by="person", ends=True),),
        meaning=(),
        example="""
            id: KEY-001
            title: Key on the laptop
            person: PER-001
            public_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1z0b0Gk4m0b0Gk4m0b0Gk4m0b0Gk4m0b0Gk4m0b0Gk ingrid
            valid_from: 2026-02-02
            """,
        about="Public keys with which people sign approvals, commits and tags.",
    )  # fmt: skip
    title: Text | None = column("Title", "What the key is, such as the device that holds it.", need="optional")
    owner: PersonRef | None = column("Owner", "Not needed: the person answers for the key.", need="optional", table=False)
    person: PersonRef | None = column("Person", "Whose key it is.", need="always", back="Signing keys")
    public_key: Code | None = column(
        "Public key", "An OpenSSH line (`ssh-ed25519 AAAA...`) or an armored OpenPGP block.", need="always", table=False
    )
    fingerprint: Text | None = column(
        "OpenPGP fingerprint", "Forty hexadecimal digits; not needed for SSH keys.", need="optional", table=False
    )
    valid_from: Date | None = column("Valid from", "First day on which it counts.")
    valid_to: Date | None = column("Valid to", "Last day; empty while it counts.", need="optional")

    @property
    def openpgp(self) -> bool:
        """Whether it is an OpenPGP key rather than one of SSH."""
        return "BEGIN PGP" in (self.public_key or "")

    @property
    def identifier(self) -> str:
        """The fingerprint as verification tells it: `SHA256:...` for SSH, upper-case digits for OpenPGP; empty when unreadable."""
        if self.openpgp:
            return (self.fingerprint or "").replace(" ", "").upper()
        parts = (self.public_key or "").split()
        try:
            digest = hashlib.sha256(base64.b64decode(parts[1], validate=True)).digest()
        except (IndexError, binascii.Error, ValueError):
            return ""
        return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")

    def valid(self, day: date) -> bool:
        """Whether the key counts on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to) and not self.retired


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What verification found: `good` and the key it was made with, `bad`, `none`, or `unknown` where nothing could verify it."""

    state: Literal["good", "bad", "none", "unknown"] = "none"
    key: str = ""
    """Fingerprint of the key, as `SigningKey.identifier` writes it."""
    told: str = ""
    """Why it is bad or unknown."""


UNSIGNED: Final = Signature()
"""What carries no signature."""
