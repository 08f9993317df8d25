"""What became of a pack since its manifest was written: every file that is not as the manifest says, by name."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from isms_plugin.export.manifest import ABOUT, MANIFEST, SCHEMA, SELF, ManifestError, read_manifest
from isms_plugin.export.pack_files import BadFileError, PackFiles, read_short
from isms_plugin.model.digest import digest_of

Sort = Literal["changed", "added", "removed", "renamed", "refused", "manifest", "signature", "repository"]

_SHOWN: Final = 16
"""Digits of a hash that a person compares; enough to find the line in the manifest."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that differs: of which sort, which file or other thing, and what is known of it."""

    sort: Sort
    name: str
    told: str = ""

    def __str__(self) -> str:
        return f"{self.sort}: {self.name}" + (f": {self.told}" if self.told else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What a pack holds, compared with its manifest."""

    manifest: bytes
    """The manifest as it is: what a signature is over."""
    named: Mapping[str, str]
    """Hashes by name, as the manifest says."""
    digests: Mapping[str, str]
    """Hashes by name, as the files are."""
    about: Mapping[str, Any]
    """What `MANIFEST.json` says; empty where it is not the one that the manifest names."""
    findings: tuple[Finding, ...]

    @property
    def same(self) -> int:
        """How many files are as the manifest says."""
        return sum(self.digests.get(name) == digest for name, digest in self.named.items())


def verify_files(files: PackFiles) -> Verification:
    """Compare the files of a pack with its manifest; raises ManifestError where that is absent or damaged."""
    if MANIFEST not in files.names:
        raise ManifestError(f"{MANIFEST} {files.refused.get(MANIFEST, 'is not there')}: nothing in this pack can be verified")
    try:
        manifest = read_short(files, MANIFEST)
    except BadFileError as error:
        raise ManifestError(f"{MANIFEST} is damaged: {error}") from None
    named = read_manifest(manifest)
    digests, damaged = _digests(files)
    about, faults = _about(files, named, digests)
    compared = list(_compared(named, digests, damaged, files.refused))
    return Verification(manifest=manifest, named=named, digests=digests, about=about, findings=(*faults, *compared))


def _digests(files: PackFiles) -> tuple[dict[str, str], dict[str, str]]:
    """Return the hashes of all files, and why some cannot be read."""
    digests: dict[str, str] = {}
    damaged: dict[str, str] = {}
    for name in sorted(files.names - SELF):
        try:
            digests[name] = digest_of(files.chunks(name))
        except BadFileError as error:
            damaged[name] = str(error)
    return digests, damaged


def _compared(
    named: Mapping[str, str], digests: Mapping[str, str], damaged: Mapping[str, str], refused: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield what differs, by name; a file of the same hash under another name is the same file, renamed."""
    whose: dict[str, list[str]] = defaultdict(list)
    for name, digest in named.items():
        whose[digest].append(name)
    present = digests.keys() | damaged.keys() | refused.keys()
    missing = {name for name in named if name not in present}
    renamed = dict(_renamed(missing, {name: digest for name, digest in digests.items() if name not in named}, whose))
    for name in sorted(present | missing):
        if name in refused:
            yield Finding("refused", name, refused[name])
        elif name in damaged:
            yield Finding("changed" if name in named else "added", name, damaged[name])
        elif name in missing and name not in renamed.values():
            yield Finding("removed", name, f"the manifest names it, with SHA-256 {named[name][:_SHOWN]}")
        elif name in renamed:
            yield Finding("renamed", name, f"it is what the manifest calls {renamed[name]}")
        elif name in digests and name not in named:
            yield Finding("added", name, "the manifest does not name it")
        elif name in digests and digests[name] != named[name]:
            yield Finding("changed", name, _difference(digests[name], named[name], whose))


def _renamed(missing: set[str], added: Mapping[str, str], whose: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Yield new and old name of each file that has another name now."""
    left = set(missing)
    for name, digest in sorted(added.items()):
        old = next((item for item in whose.get(digest, ()) if item in left), None)
        if old is not None:
            left.discard(old)
            yield name, old


def _difference(digest: str, said: str, whose: Mapping[str, list[str]]) -> str:
    other = whose.get(digest)
    told = f"SHA-256 is {digest[:_SHOWN]}, the manifest says {said[:_SHOWN]}"
    return f"{told}; it holds what {other[0]} should hold" if other else told


def _about(files: PackFiles, named: Mapping[str, str], digests: Mapping[str, str]) -> tuple[Mapping[str, Any], list[Finding]]:
    """Return what the pack says of itself; nothing where the manifest does not vouch for it."""
    if ABOUT not in named:
        return {}, [Finding("manifest", ABOUT, f"{MANIFEST} does not name it, so nothing proves what this pack is of")]
    if digests.get(ABOUT) != named[ABOUT]:
        return {}, []  # told as any other file that changed
    try:
        about = json.loads(read_short(files, ABOUT))
    except (ValueError, RecursionError, BadFileError):
        about = None
    if not isinstance(about, dict) or about.get("schema") != SCHEMA:
        return {}, [Finding("manifest", ABOUT, f"it is not what {SCHEMA} calls a manifest; a newer program may have made it")]
    return about, []
