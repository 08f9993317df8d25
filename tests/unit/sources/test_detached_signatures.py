"""Signatures in files of their own, by real keys."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from isms_plugin.authoring.signing import sign
from isms_plugin.model.signing import Signature
from isms_plugin.sources.detached_signatures import Signed, signature_head, verify_detached

DATA = b"manifest"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(tmp_path / "key")], check=True)
    return tmp_path / "key"


def fingerprint(key: Path) -> str:
    told = subprocess.run(["ssh-keygen", "-l", "-f", str(key)], check=True, capture_output=True, text=True).stdout
    return told.split()[1]


def signers(key: Path, line: str) -> Path:
    path = key.with_name("allowed_signers")
    path.write_text(f"{line} {key.with_suffix('.pub').read_text()}")
    return path


def signed(key: Path, namespace: str = "isms-pack") -> bytes:
    return sign(DATA, key, namespace).encode()


def test_a_signature_names_key_and_namespace_before_anybody_verifies_it(key: Path) -> None:
    assert signature_head(signed(key)) == (fingerprint(key), "isms-pack")


@pytest.mark.parametrize(
    "armored",
    [
        b"",
        b"no signature",
        b"-----BEGIN SSH SIGNATURE-----\n!!\n-----END SSH SIGNATURE-----\n",
        b"-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAA\n-----END SSH SIGNATURE-----\n",
        b"-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAf////8=\n-----END SSH SIGNATURE-----\n",
    ],
)
def test_what_is_no_signature_is_bad(armored: bytes) -> None:
    assert signature_head(armored) is None
    assert verify_detached(DATA, armored, "isms-pack").signature.told == "it is no SSH signature, or is damaged"


def test_a_good_one_is_known_by_its_key_alone(key: Path) -> None:
    assert verify_detached(DATA, signed(key), "isms-pack") == Signed(Signature(state="good", key=fingerprint(key)))


def test_one_over_something_else_is_bad(key: Path) -> None:
    found = verify_detached(b"another", signed(key), "isms-pack").signature
    assert (found.state, found.told) == ("bad", "it was made over something else, or was changed")


def test_one_for_another_namespace_is_bad_and_says_which(key: Path) -> None:
    found = verify_detached(DATA, signed(key, "git"), "isms-pack").signature
    assert (found.state, found.told) == ("bad", "it was made for 'git', not for 'isms-pack'")


@pytest.mark.parametrize(
    ("line", "principals"),
    [
        ("anna@example.org", ("anna@example.org",)),
        ("anna@example.org,anna", ("anna@example.org", "anna")),
        ('anna namespaces="isms-pack,file"', ("anna",)),
        ('anna namespaces="git"', ()),
        ('anna valid-before="20200101"', ()),
        ("# nobody", ()),
    ],
)
def test_allowed_signers_give_it_a_name_where_they_allow_that(key: Path, line: str, principals: tuple[str, ...]) -> None:
    assert verify_detached(DATA, signed(key), "isms-pack", signers(key, line)).principals == principals


def test_signers_of_another_key_give_no_name(key: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = tmp_path / "other/key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(other)], check=True)
    assert verify_detached(DATA, signed(key), "isms-pack", signers(other, "bodo")).principals == ()


def test_without_the_program_nothing_is_called_good_or_bad(key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    armored = signed(key)
    monkeypatch.setenv("PATH", "")
    found = verify_detached(DATA, armored, "isms-pack").signature
    assert (found.state, found.told) == ("unknown", "ssh-keygen is not installed")


def test_a_program_that_is_too_old_calls_nothing_bad(key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    armored = signed(key)
    old = tmp_path / "bin/ssh-keygen"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho 'unknown option -- Y\nusage: ssh-keygen [-q]' >&2\nexit 1\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{old.parent}:/usr/bin:/bin")
    found = verify_detached(DATA, armored, "isms-pack").signature
    assert (found.state, "too old" in found.told) == ("unknown", True)
