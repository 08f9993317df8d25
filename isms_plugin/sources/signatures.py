"""Signatures, verified by the programs that made them: ssh-keygen, git and gpg, with the keys of the register and no others."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from isms_plugin.model.approval import NAMESPACE
from isms_plugin.model.signing import Signature, SigningKey
from isms_plugin.sources.cache import NO_CACHE, Cache

if TYPE_CHECKING:
    from git import Repo

_SSH: Final = re.compile(r'Good "[^"]*" signature (?:for \S+ )?with \S+ key (SHA256:\S+)')
_GPG_GOOD: Final = re.compile(r"^\[GNUPG:\] (?:GOODSIG|EXPKEYSIG) ", re.MULTILINE)
"""The register says for how long a key counts, so one that has expired since is still told by its owner."""
_GPG_KEY: Final = re.compile(r"^\[GNUPG:\] VALIDSIG (?:\S+ )*([0-9A-F]{40})$", re.MULTILINE)
_SECONDS: Final = 30


@contextmanager
def verifier(keys: Iterable[SigningKey], cache: Cache = NO_CACHE) -> Iterator[Verifier]:
    """Verify signatures with some keys; what was found is kept, since it never changes."""
    with ExitStack() as stack:
        made = Verifier(tuple(keys), cache, stack)
        yield made
        made.keep()


class Verifier:
    """Verifies records, tags and commits."""

    def __init__(self, keys: tuple[SigningKey, ...], cache: Cache, stack: ExitStack) -> None:
        self.keys = keys
        self.cache = cache
        self.stack = stack
        self.made_of = [hashlib.sha256("\n".join(key.public_key or "" for key in keys).encode()).hexdigest()]
        self.known: dict[str, list[str]] = cache.get("signatures", self.made_of) or {}
        self.found: dict[str, list[str]] = {}
        self.folder: Path | None = None

    def keep(self) -> None:
        """Keep what was found."""
        if self.found:
            self.cache.put("signatures", self.made_of, self.known | self.found)

    def record(self, data: bytes, signature: str) -> Signature:
        """Verify an SSH signature over a record."""
        name = hashlib.sha256(data + b"\0" + signature.encode()).hexdigest()
        return self._known(name) or self._kept(name, self._ssh_record(data, signature))

    def stored(self, repo: Repo, name: str, kind: str) -> Signature:
        """Verify the signature of a commit or tag, given by its full object name; `kind` says which of the two."""
        return self._known(name) or self._kept(name, self._git(repo, name, kind))

    def _known(self, name: str) -> Signature | None:
        kept = self.known.get(name)
        return Signature(state=kept[0], key=kept[1], told=kept[2]) if kept else None  # type: ignore[arg-type]

    def _kept(self, name: str, signature: Signature) -> Signature:
        if signature.state in ("good", "bad"):
            self.found[name] = [signature.state, signature.key, signature.told]
        return signature

    def _ssh_record(self, data: bytes, signature: str) -> Signature:
        place = self._folder() / "record.sig"
        place.write_text(signature.strip() + "\n", encoding="utf-8")
        return check_ssh(data, place, NAMESPACE)

    def _git(self, repo: Repo, name: str, kind: str) -> Signature:
        command = [
            "git", "-C", str(repo.git_dir), "-c", f"gpg.ssh.allowedSignersFile={self._allowed()}", "-c", "gpg.minTrustLevel=undefined",
            f"verify-{kind}", "--raw", name,
        ]  # fmt: skip
        done = run_program(command, b"", {**os.environ, "GNUPGHOME": str(self._folder() / "gnupg"), "LC_ALL": "C"})
        return _judged(done, "git")

    def _folder(self) -> Path:
        """Return a folder of our own with the keys of the register: what the user trusts elsewhere does not count."""
        if self.folder is None:
            self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix="isms-")))
            home = self.folder / "gnupg"
            home.mkdir(mode=0o700)
            blocks = "\n".join(key.public_key or "" for key in self.keys if key.openpgp)
            if blocks:
                environment = {**os.environ, "GNUPGHOME": str(home)}
                run_program(["gpg", "--batch", "--quiet", "--no-autostart", "--import"], blocks.encode(), environment)
        return self.folder

    def _allowed(self) -> Path:
        place = self._folder() / "allowed_signers"
        lines = (f'{key.person} namespaces="git" {key.public_key}' for key in self.keys if key.identifier and not key.openpgp)
        place.write_text("".join(f"{' '.join(line.split())}\n" for line in lines), encoding="utf-8")
        return place


def check_ssh(data: bytes, signature: Path, namespace: str) -> Signature:
    """Verify an SSH signature in a file over some data; whose key it was is judged elsewhere."""
    command = ["ssh-keygen", "-Y", "check-novalidate", "-n", namespace, "-s", str(signature)]
    done = run_program(command, data, dict(os.environ))
    if not isinstance(done, str) and b"usage: ssh-keygen" in done.stderr:
        return Signature(state="unknown", told="this ssh-keygen is too old to verify signatures; OpenSSH 8.2 can")
    return _judged(done, "ssh-keygen")


def run_program(command: list[str], data: bytes, environment: dict[str, str]) -> subprocess.CompletedProcess[bytes] | str:
    """Run a program, or say why it cannot be run."""
    try:
        return subprocess.run(command, input=data, env=environment, capture_output=True, check=False, timeout=_SECONDS)  # noqa: S603 - fixed programs
    except FileNotFoundError:
        return f"{command[0]} is not installed"
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{command[0]} cannot be run: {error}"


def _judged(done: subprocess.CompletedProcess[bytes] | str, program: str) -> Signature:
    if isinstance(done, str):
        return Signature(state="unknown", told=done)
    told = (done.stdout + b"\n" + done.stderr).decode("utf-8", "replace")
    ssh, gpg = _SSH.search(told), _GPG_KEY.search(told)
    if ssh and (done.returncode == 0 or "No principal matched" in told):
        return Signature(state="good", key=ssh[1])
    if gpg and _GPG_GOOD.search(told) and "BADSIG" not in told:
        return Signature(state="good", key=gpg[1])
    if not told.strip():
        return Signature(told="it carries no signature")
    if "cannot run gpg" in told or "NO_PUBKEY" in told:
        return Signature(state="unknown", told="its key is not in the register, or gpg is not installed")
    return Signature(state="bad", told=f"{program} says: " + " ".join(told.split())[-160:])
