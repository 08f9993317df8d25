"""Verifies a pack: its files by the manifest, the manifest by its signature, and the data by the repository where there is a clone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from isms_plugin.errors import IsmsError
from isms_plugin.export.manifest import MANIFEST, NAMESPACE, SIGNATURE
from isms_plugin.export.pack_files import BadFileError, PackFiles, read_short
from isms_plugin.export.pack_folder import folder_files
from isms_plugin.export.pack_zip import open_zip
from isms_plugin.export.verification import Finding, Verification, verify_files

if TYPE_CHECKING:
    from isms_plugin.adapters.pack_comparison import Comparison

Verdict = Literal["verified", "unchanged", "different", "unverified"]
"""Nothing differs and the signer is who was named; nothing differs, but who wrote it is not proven; something differs; not all could be
verified that should be."""
_MOST_SIGNATURE = 1 << 16
"""Bytes of a signature; the largest are those of RSA keys, a few thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signed the manifest, as far as that is proven."""

    state: Literal["proven", "unproven", "unsigned", "bad", "unknown"]
    told: str
    """A sentence."""
    key: str = ""
    principals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """All that was found out about a pack."""

    checked: Verification
    signer: Signer
    notes: tuple[str, ...]
    comparison: Comparison | None = None
    reason: str = ""
    """Why the pack could not be compared with the repository, though that was asked for."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that differs."""
        bad = (Finding("signature", SIGNATURE, self.signer.told),) if self.signer.state == "bad" else ()
        return (*self.checked.findings, *bad, *(self.comparison.findings if self.comparison else ()))

    @property
    def verdict(self) -> Verdict:
        """What all of it comes to."""
        if self.findings:
            return "different"
        if self.reason or self.signer.state == "unknown":
            return "unverified"
        return "verified" if self.signer.state == "proven" else "unchanged"


def verify_pack(path: Path, *, signers: Path | None = None, fingerprint: str = "", repository: Path | None = None) -> Verified:
    """Return what a pack is worth; raises IsmsError where it is none, or its manifest is absent or damaged."""
    with nullcontext(folder_files(path)) if path.is_dir() else open_zip(path) as files:
        checked = verify_files(files)
        signer = _signer(files, checked, signers, fingerprint)
        comparison, reason = _compared(files, checked, repository)
        return Verified(checked=checked, signer=signer, notes=files.notes, comparison=comparison, reason=reason)


def _compared(files: PackFiles, checked: Verification, repository: Path | None) -> tuple[Comparison | None, str]:
    if repository is None:
        return None, ""
    from isms_plugin.adapters.pack_comparison import compare_with_repository

    try:
        return compare_with_repository(files, checked, repository), ""
    except IsmsError as error:
        return None, str(error)


def _signer(files: PackFiles, checked: Verification, signers: Path | None, fingerprint: str) -> Signer:
    """Return who signed; a signature that is not there is bad where somebody said whose it has to be."""
    if SIGNATURE not in files.names:
        asked = signers is not None or bool(fingerprint)
        told = files.refused.get(SIGNATURE, "it is not there, so who wrote the manifest is not proven")
        return Signer(state="bad" if asked or SIGNATURE in files.refused else "unsigned", told=told)
    from isms_plugin.sources.detached_signatures import verify_detached

    try:
        armored = read_short(files, SIGNATURE, _MOST_SIGNATURE)
    except BadFileError as error:
        return Signer(state="bad", told=str(error))
    found, principals = verify_detached(checked.manifest, armored, NAMESPACE, signers)
    if found.state == "unknown":
        return Signer(state="unknown", key=found.key, told=f"{found.told}; the signature was not verified, the hashes were")
    if found.state != "good":
        return Signer(state="bad", key=found.key, told=found.told)
    return _judged(found.key, principals, signers, fingerprint)


def _judged(key: str, principals: tuple[str, ...], signers: Path | None, fingerprint: str) -> Signer:
    """Return whose a good signature is, by what was named on the command line and nothing in the pack."""
    if fingerprint and key != fingerprint:
        return Signer(state="bad", key=key, told=f"it was made with the key {key}, not with {fingerprint}")
    if signers is not None and not principals:
        return Signer(state="bad", key=key, told=f"it was made with the key {key}, which {signers.name} allows nobody to sign packs with")
    if principals:
        return Signer(state="proven", key=key, principals=principals, told=f"signed by {', '.join(principals)} with the key {key}")
    if fingerprint:
        return Signer(state="proven", key=key, told=f"signed with the key that you named, {key}")
    told = f"signed with the key {key}; compare that with what the organization tells you by another way than this pack"
    return Signer(state="unproven", key=key, told=told)


def verification_data(name: str, found: Verified) -> dict[str, Any]:
    """Return everything that was found out (schema isms-verification/1)."""
    comparison = found.comparison
    return {
        "schema": "isms-verification/1",
        "pack": name,
        "verdict": found.verdict,
        "files": {"named": len(found.checked.named), "same": found.checked.same},
        "findings": [{"sort": item.sort, "name": item.name, "told": item.told} for item in found.findings],
        "signature": {"state": found.signer.state, "key": found.signer.key or None, "principals": list(found.signer.principals)},
        "repository": {"commit": comparison.commit, "compared": comparison.compared} if comparison else None,
        "not_compared": found.reason or None,
        "notes": [*found.notes, *(comparison.notes if comparison else ())],
        "manifest": dict(found.checked.about) or None,
    }


def verification_lines(name: str, found: Verified) -> Iterator[str]:
    """Yield what was found out as lines to read, the verdict last; what the pack says of itself only where the manifest vouches for it."""
    about, comparison = found.checked.about, found.comparison
    yield " ".join(filter(None, (name, f"({_of(about)})" if about else "")))
    yield from (f"  {item}" for item in found.findings)
    yield f"  {found.checked.same} of {len(found.checked.named)} files are as {MANIFEST} says"
    if found.signer.state in ("proven", "unproven", "unknown"):
        yield f"  {found.signer.told}"
    if comparison:
        yield f"  {comparison.compared} documents, tables and files of evidence were compared with commit {comparison.commit[:10]}"
    if found.reason:
        yield f"  not compared with the repository: {found.reason}"
    yield from (f"  note: {note}" for note in (*found.notes, *(comparison.notes if comparison else ())))
    yield _sentence(found)


def _of(about: Mapping[str, Any]) -> str:
    """Return what a pack says it is of."""
    profile = about.get("profile")
    title = profile.get("title", "") if isinstance(profile, dict) else ""
    dated = f"state of {about.get('as_of')}, commit {str(about.get('commit'))[:10]}"
    return ", ".join(filter(None, (str(about.get("name", "")), title, dated)))


def _sentence(found: Verified) -> str:
    """Return the verdict, which claims no more than was proven."""
    if found.verdict == "different":
        return f"Not as it was handed out: {len(found.findings)} findings."
    if found.verdict == "unverified":
        return "No file differs from the manifest, but not all was verified that should have been."
    if found.verdict == "verified":
        return f"Verified: complete and unchanged since {', '.join(found.signer.principals) or 'the owner of that key'} signed it."
    if found.signer.state == "unsigned":
        return "Complete and unchanged since the manifest was written; who wrote it is not proven: it is not signed."
    return "Complete and unchanged since it was signed; whose key that is is not proven."
