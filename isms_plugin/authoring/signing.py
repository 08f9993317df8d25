"""Signing a record or a manifest with a person's own SSH key, through ssh-keygen, which knows agents and hardware keys."""

from __future__ import annotations

import subprocess
from pathlib import Path

from isms_plugin.errors import IsmsError
from isms_plugin.export import manifest
from isms_plugin.model.approval import NAMESPACE


def sign(data: bytes, key: Path, namespace: str = NAMESPACE) -> str:
    """Return the SSH signature over some data, for a namespace outside of which it does not count.

    `key` is a private key, or a public one whose other half an agent holds. Raises IsmsError where nothing could be signed.
    """
    if not key.is_file():
        raise IsmsError(f"{key}: no such key; name one with --key")
    command = ["ssh-keygen", "-Y", "sign", "-n", namespace, "-f", str(key)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, check=False)  # noqa: S603 - a fixed program
    except FileNotFoundError:
        raise IsmsError("ssh-keygen is not installed; it comes with OpenSSH") from None
    if done.returncode != 0 or b"BEGIN SSH SIGNATURE" not in done.stdout:
        raise IsmsError("ssh-keygen did not sign: " + " ".join(done.stderr.decode("utf-8", "replace").split())[-200:])
    return done.stdout.decode()


def sign_manifest(folder: Path, key: Path) -> None:
    """Write the signature over the manifest of a pack beside it, and nothing else; raises as `sign` does."""
    signature = sign((folder / manifest.MANIFEST).read_bytes(), key, manifest.NAMESPACE)
    (folder / manifest.SIGNATURE).write_bytes(signature.encode())
