"""Values are put together here, so that no scanner takes this file for a leak."""

from __future__ import annotations

import pytest

from isms_plugin.sources.exposures import MANY_ADDRESSES, MAX_SCANNED, scan, scan_file

TAIL = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("-----BEGIN OPENSSH " + "PRIVATE KEY-----", "private key"),
        ("-----BEGIN " + "PRIVATE KEY-----", "private key"),
        ("-----BEGIN PGP " + "PRIVATE KEY BLOCK-----", "private key"),
        ("id AKIA" + "Q3EXAMPLE7ABCDEF", "AWS access key id"),
        ("ghp" + f"_{TAIL}", "GitHub token"),
        ("glpat" + f"-{TAIL[:20]}", "GitLab token"),
        ("xoxb" + "-123456789012-abcdef", "Slack token"),
        ("AIza" + TAIL[:35], "Google API key"),
        ("eyJ" + "hbGciOiJIUzI1NiJ9.eyJ" + "zdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmN", "JSON web token"),
        ('"password": "hx8Kq2!vZ91p"', "password or key in clear"),
        ("API_KEY=7f3Kq2vZ91pLm4", "password or key in clear"),
        ("GB82 WEST 1234 5698 7654 32", "bank account number"),
        ("DE89370400440532013000", "bank account number"),
        ("4111 1111 1111 1111", "payment card number"),
        ("5500005555555559", "payment card number"),
        ("3782 822463 10005", "payment card number"),
    ],
)
def test_secrets_and_personal_data_are_found_by_line_and_masked(text: str, what: str) -> None:
    (found,) = scan(f"first line\n{text}\n")
    assert (found.line, found.what) == (2, what)
    assert found.masked.endswith("***")
    assert len(found.masked) <= 7


@pytest.mark.parametrize(
    "text",
    [
        "password: changed on 2026-01-01",
        "password: (taken out)",
        "password policy: twelve letters",
        "secret=aaaaaaaaaaaa",
        "GB83 WEST 1234 5698 7654 32",
        "4111 1111 1111 1112",
        "0000 0000 0000 0000",
        "2026-11-12 2026-11-13",
        "1760000000000",
        "sha256: 5f0c4111111111111111aa",
        "-----BEGIN PUBLIC KEY-----",
        "one@example.org",
        "",
    ],
)
def test_what_only_looks_alike_is_left_alone(text: str) -> None:
    assert scan(text) == ()


def test_many_addresses_make_a_list_of_people() -> None:
    addresses = [f"person{number}@example.org" for number in range(MANY_ADDRESSES + 1)]
    assert scan("\n".join(addresses[:-1] * 2)) == ()
    (found,) = scan("\n".join(addresses))
    assert found.what.startswith(f"{MANY_ADDRESSES + 1} different")


def test_binary_and_large_files_are_not_looked_into() -> None:
    secret = b"DE89370400440532013000\n"
    assert scan_file(secret) != ()
    assert scan_file(secret + b"\0") == ()
    assert scan_file(secret + b" " * MAX_SCANNED) == ()
