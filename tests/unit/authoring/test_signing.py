"""Records signed with a key of one's own, by the program that keeps it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from isms_plugin.authoring.signing import sign
from isms_plugin.errors import IsmsError
from isms_plugin.sources.signatures import verifier


def a_key(folder: Path, phrase: str = "") -> Path:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", phrase, "-C", "", "-f", str(folder / "key")], check=True)
    return folder / "key"


def test_what_was_signed_verifies_and_nothing_else_does(tmp_path: Path) -> None:
    signature = sign(b"record", a_key(tmp_path))
    assert signature.startswith("-----BEGIN SSH SIGNATURE-----")
    with verifier(()) as verify:
        assert [verify.record(data, signature).state for data in (b"record", b"another")] == ["good", "bad"]


def test_nothing_but_the_signature_is_written(tmp_path: Path) -> None:
    key = a_key(tmp_path)
    before = sorted(tmp_path.iterdir())
    sign(b"record", key)
    assert sorted(tmp_path.iterdir()) == before


def test_a_key_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(IsmsError, match=r"missing: no such key; name one with --key"):
        sign(b"record", tmp_path / "missing")


@pytest.mark.parametrize("content", ["", "no key at all", "ssh-ed25519 AAAA\n"])
def test_what_is_no_key_signs_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / "key").write_text(content)
    (tmp_path / "key").chmod(0o600)
    with pytest.raises(IsmsError, match="ssh-keygen did not sign: "):
        sign(b"record", tmp_path / "key")


def test_without_the_program_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = a_key(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(IsmsError, match="ssh-keygen is not installed; it comes with OpenSSH"):
        sign(b"record", key)
