"""Signatures by real keys, verified by the real programs."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from isms_plugin.authoring.signing import sign
from isms_plugin.errors import IsmsError
from isms_plugin.model.approval import signed_bytes
from isms_plugin.model.signing import Signature, SigningKey
from isms_plugin.sources.cache import Cache
from isms_plugin.sources.git_history import Repository as Opened
from isms_plugin.sources.git_history import open_repository
from isms_plugin.sources.git_proofs import read_baselines, read_signatures
from isms_plugin.sources.signatures import verifier
from isms_plugin.sources.stored_texts import hash_of
from tests.builders import an_approval
from tests.repository import Repository, policy

Key = tuple[Path, SigningKey]


@pytest.fixture(scope="session")
def ssh_keys(tmp_path_factory: pytest.TempPathFactory) -> list[Key]:
    """Keys of two people."""
    folder = tmp_path_factory.mktemp("keys")
    made = []
    for number, kind in enumerate(("ed25519", "rsa"), start=1):
        path = folder / kind
        subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "", "-f", str(path)], check=True)
        entry = {"id": f"KEY-00{number}", "person": f"PER-00{number}", "public_key": path.with_suffix(".pub").read_text()}
        made.append((path, SigningKey.model_validate(entry)))
    return made


@pytest.fixture(scope="session")
def gpg_key(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SigningKey]:
    """A home of gpg with one key, and its public half."""
    home = tmp_path_factory.mktemp("g")
    home.chmod(0o700)

    def gpg(*arguments: str) -> str:
        command = ["gpg", "--homedir", str(home), "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", "", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    gpg("--quick-generate-key", "Anna Berg <anna@example.org>", "ed25519", "sign", "never")
    fingerprint = next(line.split(":")[9] for line in gpg("--with-colons", "--list-keys").splitlines() if line.startswith("fpr"))
    entry = {"id": "KEY-003", "person": "PER-001", "public_key": gpg("--armor", "--export"), "fingerprint": fingerprint}
    return home, SigningKey.model_validate(entry)


@pytest.mark.parametrize("number", [0, 1])
def test_a_signed_record_is_good_and_names_its_key(ssh_keys: list[Key], number: int) -> None:
    path, key = ssh_keys[number]
    approval = an_approval()
    with verifier([]) as verify:
        assert verify.record(signed_bytes(approval), sign(signed_bytes(approval), path)) == Signature(state="good", key=key.identifier)


def test_a_flipped_byte_anywhere_in_a_signed_record_is_found(ssh_keys: list[Key]) -> None:
    data = signed_bytes(an_approval())
    signature = sign(data, ssh_keys[0][0])
    with verifier([]) as verify:
        for position in range(0, len(data), 7):
            flipped = data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :]
            assert verify.record(flipped, signature).state == "bad"


@pytest.mark.parametrize("position", range(40, 260, 20))
def test_a_flipped_byte_in_the_signature_is_found(ssh_keys: list[Key], position: int) -> None:
    data = signed_bytes(an_approval())
    signature = sign(data, ssh_keys[0][0])
    flipped = signature[:position] + ("A" if signature[position] != "A" else "B") + signature[position + 1 :]
    with verifier([]) as verify:
        found = verify.record(data, flipped)
    assert found.state == "bad" or found.key != ssh_keys[0][1].identifier


def test_a_signature_made_for_something_else_does_not_count(ssh_keys: list[Key]) -> None:
    data = signed_bytes(an_approval())
    command = ["ssh-keygen", "-Y", "sign", "-n", "git", "-f", str(ssh_keys[0][0])]
    signature = subprocess.run(command, input=data, check=True, capture_output=True).stdout.decode()
    with verifier([]) as verify:
        assert verify.record(data, signature).state == "bad"


def test_what_was_verified_once_is_kept(ssh_keys: list[Key], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = signed_bytes(an_approval())
    signature = sign(data, ssh_keys[0][0])
    with verifier([], Cache(tmp_path)) as verify:
        first = verify.record(data, signature)
    monkeypatch.setenv("PATH", "")
    with verifier([], Cache(tmp_path)) as verify:
        assert verify.record(data, signature) == first
        assert verify.record(data + b" ", signature).state == "unknown"


def test_without_the_program_nothing_is_called_good_or_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with verifier([]) as verify:
        assert verify.record(b"data", "signature") == Signature(state="unknown", told="ssh-keygen is not installed")


def test_a_key_that_is_not_there_cannot_sign(tmp_path: Path) -> None:
    with pytest.raises(IsmsError, match="no such key"):
        sign(b"data", tmp_path / "none")


Signed = Callable[[str], tuple[Opened, str]]


@pytest.fixture
def by_ssh(tmp_path: Path, ssh_keys: list[Key]) -> Repository:
    """A repository that signs with the first SSH key."""
    repository = Repository(tmp_path / "repository")
    for name, value in (("gpg.format", "ssh"), ("user.signingkey", str(ssh_keys[0][0])), ("commit.gpgsign", "true")):
        repository.git("config", name, value)
    repository.commit("Add policy", {"isms/policies/access.md": policy()})
    return repository


@pytest.fixture
def by_gpg(tmp_path: Path, gpg_key: tuple[Path, SigningKey], monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A repository that signs with the OpenPGP key."""
    monkeypatch.setenv("GNUPGHOME", str(gpg_key[0]))
    repository = Repository(tmp_path / "repository")
    for name, value in (("user.signingkey", gpg_key[1].fingerprint or ""), ("commit.gpgsign", "true")):
        repository.git("config", name, value)
    repository.commit("Add policy", {"isms/policies/access.md": policy()})
    return repository


def found(repository: Repository, keys: list[SigningKey], **changes: str) -> Signature:
    """What becomes of a record whose proof is a commit or tag."""
    held = hash_of((repository.root / "isms/policies/access.md").read_bytes())
    approval = an_approval(**{"method": "signed_commit", "reference": "HEAD", "content_hash": held} | changes)
    with verifier(keys) as verify:
        paths = {"POL-001": ("isms/policies/access.md",)}
        return read_signatures([approval], verify, open_repository(repository.root), paths)[approval.id]


def test_a_commit_signed_with_ssh_is_good(by_ssh: Repository, ssh_keys: list[Key]) -> None:
    assert found(by_ssh, [key for _, key in ssh_keys]) == Signature(state="good", key=ssh_keys[0][1].identifier)


def test_a_commit_signed_with_openpgp_is_good(by_gpg: Repository, gpg_key: tuple[Path, SigningKey]) -> None:
    assert found(by_gpg, [gpg_key[1]]) == Signature(state="good", key=gpg_key[1].identifier)


def test_a_key_of_the_users_own_that_is_not_registered_is_not_trusted(by_gpg: Repository) -> None:
    assert found(by_gpg, []).state == "unknown"


def test_a_tag_signed_with_ssh_is_good(by_ssh: Repository, ssh_keys: list[Key]) -> None:
    by_ssh.git("tag", "-s", "-m", "Approved", "approved/1", **by_ssh.identity())
    assert found(by_ssh, [ssh_keys[0][1]], method="signed_tag", reference="approved/1").state == "good"


def test_an_ssh_key_outside_of_the_register_is_told_and_judged_later(by_ssh: Repository, ssh_keys: list[Key]) -> None:
    assert found(by_ssh, [ssh_keys[1][1]]) == Signature(state="good", key=ssh_keys[0][1].identifier)


def test_a_signed_commit_with_another_text_proves_nothing(by_ssh: Repository, ssh_keys: list[Key]) -> None:
    other = "isms-text-1:" + "0" * 64
    assert found(by_ssh, [ssh_keys[0][1]], content_hash=other).told == "the commit holds another text of the document"


def test_an_unsigned_commit_carries_no_signature(by_ssh: Repository, ssh_keys: list[Key]) -> None:
    by_ssh.git("config", "commit.gpgsign", "false")
    by_ssh.commit("Unsigned")
    assert found(by_ssh, [ssh_keys[0][1]]).state == "none"


@pytest.mark.parametrize("reference", ["gone", "--help", "HEAD~9"])
def test_what_this_clone_does_not_hold_is_unknown(by_ssh: Repository, reference: str) -> None:
    assert found(by_ssh, [], method="signed_tag", reference=reference).state == "unknown"


def test_baselines_tell_who_tagged_them_and_whether_they_are_signed(by_ssh: Repository, ssh_keys: list[Key]) -> None:
    by_ssh.git("tag", "-a", "-m", "First", "isms-1", **by_ssh.identity())
    by_ssh.git("tag", "-s", "-m", "Second\n\nFor the audit.", "isms-2", **by_ssh.identity())
    by_ssh.git("tag", "isms-light")
    by_ssh.git("tag", "-a", "-m", "Not ours", "v1", **by_ssh.identity())
    opened = open_repository(by_ssh.root)
    assert isinstance(opened, Opened)
    with verifier([ssh_keys[0][1]]) as verify:
        second, first = read_baselines(opened.repo, "HEAD", "isms-*", verify)
    assert (first.name, first.tagger, first.date.date(), first.signature.state) == ("isms-1", "Forge", date(2026, 1, 2), "none")
    assert (second.name, second.message, second.signature.state) == ("isms-2", "Second\n\nFor the audit.", "good")
    assert second.commit == by_ssh.git("rev-parse", "HEAD")


def test_a_program_that_cannot_be_run_leaves_a_signature_unknown(ssh_keys: list[Key], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("ssh-keygen", 30)

    monkeypatch.setattr(subprocess, "run", refuse)
    with verifier([ssh_keys[0][1]]) as verify:
        found = verify.record(b"record", "signature")
    assert (found.state, found.told.startswith("ssh-keygen cannot be run: ")) == ("unknown", True)
