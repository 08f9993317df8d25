"""What else git proves: baselines, and that a signed tag or commit holds the text that was approved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from isms_plugin.errors import SourceError
from isms_plugin.model.approval import Approval, signed_bytes
from isms_plugin.model.history import Baseline
from isms_plugin.model.signing import UNSIGNED, Signature
from isms_plugin.sources.git_history import Repository, open_repository, rev_parse
from isms_plugin.sources.git_log import read_blobs
from isms_plugin.sources.signatures import Verifier, verifier
from isms_plugin.sources.stored_texts import hash_of

if TYPE_CHECKING:
    from git import Repo

_FIELDS: Final = (
    "%(refname:lstrip=2)", "%(objectname)", "%(*objectname)", "%(taggername)", "%(taggerdate:iso-strict)", "%(contents:subject)",
    "%(contents:body)", "%(contents:signature)",
)  # fmt: skip


def read_baselines(repo: Repo, start: str, pattern: str, verify: Verifier) -> tuple[Baseline, ...]:
    """Return the baselines that a commit leads to, newest first; tags without annotation are none, they tell nothing."""
    listing = repo.git.for_each_ref(f"--merged={start}", f"--format={'%00'.join(_FIELDS)}%01", f"refs/tags/{pattern}")
    rows = (line.lstrip("\n").split("\0") for line in listing.split("\x01"))
    found = (_baseline(repo, row, verify) for row in rows if len(row) == len(_FIELDS) and row[2])
    return tuple(sorted(found, key=lambda item: (item.date, item.name), reverse=True))


def list_baselines(root: Path, pattern: str, revision: str = "") -> tuple[str, tuple[Baseline, ...]]:
    """Return the commit of a revision, HEAD when none is named, and the baselines it leads to; their signatures are not looked at.

    Raises SourceError where a named revision is not there.
    """
    opened = open_repository(root)
    commit = "" if isinstance(opened, str) else rev_parse(opened.repo, revision or "HEAD")
    if isinstance(opened, str) or not commit:
        if revision:
            raise SourceError(f"--at {revision}: {opened if isinstance(opened, str) else 'no such commit'}")
        return "", ()
    with verifier(()) as verify:
        return commit, read_baselines(opened.repo, commit, pattern, verify)


def _baseline(repo: Repo, row: list[str], verify: Verifier) -> Baseline:
    name, tag, commit, tagger, date, subject, body, signature = row
    return Baseline(
        name=name,
        commit=commit,
        tagger=tagger,
        date=datetime.fromisoformat(date),
        message=f"{subject}\n\n{body}".strip(),
        signature=verify.stored(repo, tag, "tag") if signature.strip() else UNSIGNED,
    )


def read_signatures(
    approvals: Iterable[Approval], verify: Verifier, opened: Repository | str, paths: Mapping[str, tuple[str, ...]]
) -> dict[str, Signature]:
    """Return what became of the signatures of approvals; `paths` are those that a document had, from the top of the repository."""
    found: dict[str, Signature] = {}
    for approval in approvals:
        if approval.signature:
            found[approval.id] = verify.record(signed_bytes(approval), approval.signature)
        elif approval.method in ("signed_commit", "signed_tag"):
            found[approval.id] = (
                Signature(state="unknown", told=opened)
                if isinstance(opened, str)
                else _stored(opened.repo, approval, verify, paths.get(approval.document or "", ()))
            )
    return found


def _stored(repo: Repo, approval: Approval, verify: Verifier, paths: tuple[str, ...]) -> Signature:
    """Verify a signed tag or commit, and that the text it holds is the one that was approved."""
    kind = "tag" if approval.method == "signed_tag" else "commit"
    named = approval.reference or approval.commit or ""
    name, commit = rev_parse(repo, named, kind), rev_parse(repo, named, "commit")
    if not name or not commit:
        return Signature(state="unknown", told=f"this clone has no {kind} {named!r}")
    signature = verify.stored(repo, name, kind)
    if signature.state != "good":
        return signature
    held = {hash_of(data) for _, data in read_blobs(repo, [f"{commit}:{path}" for path in paths])}
    if approval.content_hash not in held:
        return Signature(state="bad", told=f"the {kind} holds another text of the document")
    return signature


class CommitFacts(NamedTuple):
    """A commit: its name, that of its tree, and when it was made."""

    name: str
    tree: str
    date: datetime


def commit_facts(root: Path, revision: str) -> CommitFacts | None:
    """Return what a revision stands for; None where there is no such commit, raises SourceError where there is no repository."""
    opened = open_repository(root)
    if isinstance(opened, str):
        raise SourceError(f"{root}: {opened}")
    name = rev_parse(opened.repo, revision)
    if not name:
        return None
    told = str(opened.repo.git.log("-1", "--format=%cI", "--end-of-options", name))
    return CommitFacts(name, rev_parse(opened.repo, name, "tree"), datetime.fromisoformat(told.strip()))
