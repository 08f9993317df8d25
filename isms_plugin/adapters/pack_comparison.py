"""Compares a pack with the repository: whether its documents, registers and evidence are what the commit it names holds."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Final

from isms_plugin import __version__
from isms_plugin.build import Build, build_facts
from isms_plugin.errors import IsmsError, SettingsError, SourceError
from isms_plugin.export.manifest import ABOUT, CHUNK
from isms_plugin.export.pack_data import DOCUMENTS, REGISTERS, data_files
from isms_plugin.export.pack_files import PackFiles
from isms_plugin.export.verification import Finding, Verification
from isms_plugin.model.cadence import Period
from isms_plugin.model.digest import digest_of
from isms_plugin.model.profile import Profile
from isms_plugin.render.environment import make_view
from isms_plugin.render.kept_names import FOLDER, kept_names
from isms_plugin.sources.git_proofs import CommitFacts, commit_facts
from isms_plugin.sources.profiles import profile_of
from isms_plugin.sources.snapshot import Snapshot
from isms_plugin.sources.workspace import Workspace, find_workspace, open_snapshot, workspace_at

_COMMIT: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_WORKBOOK: Final = ".xlsx"
_LARGEST_WORKBOOK: Final = 1 << 32
"""Bytes of an unpacked workbook; sheets have at most a million rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a comparison found: how many files were compared, and each that the repository would make otherwise."""

    commit: str
    compared: int
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claims:
    """What the manifest says that decides what is made of a commit."""

    commit: str
    tree: str
    as_of: date
    period: Period
    profile: Mapping[str, Any]
    program: str
    """Version of the program that made the pack."""


def compare_with_repository(files: PackFiles, checked: Verification, repository: Path) -> Comparison:
    """Make data, texts and evidence of the commit again and compare; nothing is checked out, and the working tree does not count.

    Raises IsmsError where the clone or the manifest does not allow that.
    """
    claims = _claims(checked.about)
    root = find_workspace(repository).root
    commit = commit_facts(root, claims.commit)
    if commit is None:
        raise SourceError(f"{repository}: this clone has no commit {claims.commit}, of which the pack is made; fetch it, and all tags")
    snapshot = open_snapshot(Workspace(root=root), commit.name)
    workspace = workspace_at(root, snapshot)
    profile, faults = _profile(snapshot, workspace, claims)
    if profile is None:
        return Comparison(commit=commit.name, compared=0, findings=(*_other_tree(commit, claims), *faults))
    workspace = replace(workspace, settings=workspace.settings.model_copy(update={"audited_period": claims.period}))
    settings = workspace.settings
    build = build_facts(
        workspace, claims.as_of, revision=commit.name, as_of=claims.as_of, profile=profile,
        with_overlay=bool(settings.overlay) and settings.publish_overlay,
    )  # fmt: skip
    expected = {**_data(build), **_evidence(build)}
    differing = list(_differing(files, checked, expected, build))
    return Comparison(
        commit=commit.name,
        compared=sum(name in checked.digests for name in expected),
        findings=(*_other_tree(commit, claims), *faults, *differing),
        notes=tuple(_notes(checked, expected, claims, differing=bool(faults or differing))),
    )


def _claims(about: Mapping[str, Any]) -> _Claims:
    """Return what the manifest says; raises SourceError where that is not enough to make anything again."""
    try:
        period = about["period"]
        claims = _Claims(
            commit=str(about["commit"]),
            tree=str(about["tree"]),
            as_of=date.fromisoformat(about["as_of"]),
            period=Period(date.fromisoformat(period["from"]), date.fromisoformat(period["to"])),
            profile={**about["profile"], "name": str(about["profile"]["name"])},
            program=str(about["made_with"]["mkdocs-isms"]),
        )
    except (KeyError, TypeError, ValueError):
        claims = None
    if claims is None or not _COMMIT.fullmatch(claims.commit):
        raise SourceError(f"{ABOUT} does not say of which commit, day, period and profile the pack is; it cannot be made again")
    return claims


def _other_tree(commit: CommitFacts, claims: _Claims) -> Iterator[Finding]:
    if commit.tree != claims.tree:
        yield Finding("repository", ABOUT, f"commit {commit.name[:10]} has the tree {commit.tree[:10]}, not {claims.tree[:10]}")


def _profile(snapshot: Snapshot, workspace: Workspace, claims: _Claims) -> tuple[Profile | None, list[Finding]]:
    """Return the profile as the commit has it, and what the pack says otherwise; None where the commit has none of that name."""
    try:
        profile = profile_of(snapshot, workspace.settings, claims.profile["name"])
    except SettingsError as error:
        return None, [Finding("repository", ABOUT, f"its profile is not in the commit: {error}")]
    kept = profile.model_dump(mode="json")
    other = sorted(key for key in kept.keys() | claims.profile.keys() if kept.get(key) != claims.profile.get(key))
    told = f"the profile {profile.name} is another one in the commit: {', '.join(other)}"
    return profile, [Finding("repository", ABOUT, told)] if other else []


def _data(build: Build) -> dict[str, tuple[str, ...]]:
    """Return the hashes that data and texts may have, by name; none is held longer than it takes to hash it."""
    return {name: _workbook_digests(data) if name.endswith(_WORKBOOK) else (digest_of((data,)),) for name, data in data_files(build)}


def _evidence(build: Build) -> dict[str, tuple[str, ...]]:
    """Return the hashes that files of evidence have in git, read piece by piece."""
    kept = kept_names(make_view(build.facts, {}))
    return {address.removeprefix("../"): (digest_of(build.sources.snapshot.chunks(path)),) for path, address in kept.items()}


def _differing(files: PackFiles, checked: Verification, expected: Mapping[str, tuple[str, ...]], build: Build) -> Iterator[Finding]:
    """Yield what the commit would make otherwise, the files of the pack that it would not make among them."""
    commit = build.sources.snapshot.revision[:10]
    for name, digests in expected.items():
        if name not in checked.digests:
            yield Finding("repository", name, f"commit {commit} has it, the pack does not")
        elif checked.digests[name] not in digests and not _same_parts(files, name, digests):
            yield Finding("repository", name, f"it is not what commit {commit} holds")
    for name in sorted(checked.digests.keys() - expected.keys()):
        if _comparable(name) and not (name.endswith(_WORKBOOK) and not any(item.endswith(_WORKBOOK) for item in expected)):
            yield Finding("repository", name, f"commit {commit} has nothing of that name")


def _comparable(name: str) -> bool:
    """Whether a file of a pack is made of the repository alone, by code that is here: pages and PDFs are not made again."""
    folder, _, rest = name.partition("/")
    return folder in (REGISTERS, FOLDER) or (folder == DOCUMENTS and rest.endswith(".md"))


def _notes(checked: Verification, expected: Mapping[str, Any], claims: _Claims, *, differing: bool) -> Iterator[str]:
    if any(name.endswith(_WORKBOOK) and name.startswith(REGISTERS) and name not in expected for name in checked.digests):
        yield "the workbook was not compared: pip install 'mkdocs-isms[xlsx]'"
    if differing and claims.program != __version__:
        yield f"the pack was made with mkdocs-isms {claims.program}, this is {__version__}; compare with that version"


def _workbook_digests(data: bytes) -> tuple[str, ...]:
    """Return the hash of a workbook and that of its parts: how tightly it is packed differs from machine to machine."""
    return (digest_of((data,)), _parts_digest(BytesIO(data)))


def _same_parts(files: PackFiles, name: str, digests: tuple[str, ...]) -> bool:
    """Whether a workbook holds the same, however it was packed."""
    if not name.endswith(_WORKBOOK):
        return False
    with suppress(zipfile.BadZipFile, IsmsError, NotImplementedError, EOFError), TemporaryFile() as copy:
        copy.writelines(files.chunks(name))
        return _parts_digest(copy) in digests
    return False


def _parts_digest(stream: IO[bytes]) -> str:
    """Return the hash of what lies in a workbook, each part by its name; empty where it holds more than any workbook does."""
    digest = hashlib.sha256()
    with zipfile.ZipFile(stream) as book:
        if sum(info.file_size for info in book.infolist()) > _LARGEST_WORKBOOK:
            return ""
        for name in sorted(book.namelist()):
            with book.open(name) as part:
                held = digest_of(iter(partial(part.read, CHUNK), b""))
                digest.update(f"{name}\0{held}\n".encode())
    return digest.hexdigest()
