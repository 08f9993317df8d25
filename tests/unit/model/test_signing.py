"""Keys of people, as verification names them."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from isms_plugin.model.signing import SigningKey

ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"
PGP = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDME\n-----END PGP PUBLIC KEY BLOCK-----\n"


def a_key(**changes: Any) -> SigningKey:
    return SigningKey.model_validate({"id": "KEY-001", "person": "PER-001", "public_key": ED25519, "valid_from": "2026-01-01"} | changes)


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa", "rsa"])
def test_the_fingerprint_is_the_one_that_ssh_keygen_tells(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "anna on her laptop", "-f", str(path)], check=True)
    told = subprocess.run(["ssh-keygen", "-l", "-f", f"{path}.pub"], check=True, capture_output=True, text=True).stdout
    assert a_key(public_key=path.with_suffix(".pub").read_text(encoding="utf-8")).identifier == told.split()[1]


def test_the_comment_of_a_key_does_not_count() -> None:
    assert a_key(public_key=f"{ED25519} anna@example.org").identifier == a_key().identifier


@pytest.mark.parametrize("text", [None, "", "ssh-ed25519", "ssh-ed25519 !!!", "ssh-ed25519 AAA", "ssh-ed25519 ü"])
def test_what_is_no_key_has_no_fingerprint(text: str | None) -> None:
    assert a_key(public_key=text).identifier == ""


def test_an_openpgp_key_goes_by_the_fingerprint_that_is_written_down() -> None:
    key = a_key(public_key=PGP, fingerprint="ab12 cd34")
    assert (key.openpgp, key.identifier) == (True, "AB12CD34")
    assert a_key(public_key=PGP).identifier == ""
    assert not a_key().openpgp


DAYS = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, [False, True, True, True]),
        ({"valid_to": "2026-06-30"}, [False, True, True, False]),
        ({"valid_from": None}, [True, True, True, True]),
        ({"status": "retired"}, [False, False, False, False]),
    ],
)
def test_a_key_counts_from_its_first_day_to_its_last(changes: dict[str, Any], expected: list[bool]) -> None:
    assert [a_key(**changes).valid(day) for day in DAYS] == expected
