"""Signatures that lie in a file beside what was signed, as `ssh-keygen -Y sign` writes them (OpenSSH, PROTOCOL.sshsig)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from isms_plugin.model.signing import Signature
from isms_plugin.sources.signatures import check_ssh, run_program

_ARMOR: Final = re.compile(rb"-----BEGIN SSH SIGNATURE-----\s+([A-Za-z0-9+/=\s]+)-----END SSH SIGNATURE-----\s*")
_MAGIC: Final = b"SSHSIG"


class SignatureHead(NamedTuple):
    """What a signature says of itself before anybody verifies it."""

    key: str
    """Fingerprint of the key, as `ssh-keygen -l` shows it."""
    namespace: str


class Signed(NamedTuple):
    """What became of a signature, and who is allowed to make such ones with its key."""

    signature: Signature
    principals: tuple[str, ...] = ()
    """Names that the allowed signers give the key for this namespace; none where no such file was given."""


def signature_head(armored: bytes) -> SignatureHead | None:
    """Return key and namespace that a signature names; None where it is no SSH signature."""
    match = _ARMOR.fullmatch(armored)
    try:
        blob = base64.b64decode(b"".join(match[1].split()), validate=True) if match else b""
        if not blob.startswith(_MAGIC):
            return None
        fields = _strings(blob[len(_MAGIC) + 4 :])
        key, namespace = next(fields), next(fields)
    except (binascii.Error, struct.error, StopIteration):
        return None
    digest = base64.b64encode(hashlib.sha256(key).digest()).decode().rstrip("=")
    return SignatureHead(f"SHA256:{digest}", namespace.decode("utf-8", "replace"))


def verify_detached(data: bytes, armored: bytes, namespace: str, signers: Path | None = None) -> Signed:
    """Verify a signature over some data for a namespace; `signers` is a file of allowed signers (ssh-keygen(1), ALLOWED SIGNERS)."""
    head = signature_head(armored)
    if head is None:
        return Signed(Signature(state="bad", told="it is no SSH signature, or is damaged"))
    if head.namespace != namespace:
        return Signed(Signature(state="bad", key=head.key, told=f"it was made for {head.namespace!r}, not for {namespace!r}"))
    with tempfile.TemporaryDirectory(prefix="isms-") as folder:
        place = Path(folder) / "signature"
        place.write_bytes(armored)
        found = check_ssh(data, place, namespace)
        if found.state != "good":
            told = "it was made over something else, or was changed" if found.state == "bad" else found.told
            return Signed(Signature(state=found.state, key=head.key, told=told))
        return Signed(found, tuple(_principals(data, place, namespace, signers)) if signers else ())


def _principals(data: bytes, signature: Path, namespace: str, signers: Path) -> Iterator[str]:
    """Yield the names for which the signature counts: the file may limit a key to other namespaces, or to some time."""
    command = ["ssh-keygen", "-Y", "find-principals", "-s", str(signature), "-f", str(signers)]
    found = run_program(command, b"", dict(os.environ))
    lines = "" if isinstance(found, str) or found.returncode else found.stdout.decode("utf-8", "replace")
    for name in dict.fromkeys(part for line in lines.splitlines() for part in line.split(",") if part and not part.startswith(("!", "-"))):
        command = ["ssh-keygen", "-Y", "verify", "-n", namespace, "-s", str(signature), "-f", str(signers), "-I", name]
        done = run_program(command, data, dict(os.environ))
        if not isinstance(done, str) and done.returncode == 0:
            yield name


def _strings(blob: bytes) -> Iterator[bytes]:
    """Yield the strings of an SSH message, each behind its length in four bytes (RFC 4251, section 5)."""
    while blob:
        (length,) = struct.unpack(">I", blob[:4])
        if length > len(blob) - 4:
            return
        yield blob[4 : 4 + length]
        blob = blob[4 + length :]
