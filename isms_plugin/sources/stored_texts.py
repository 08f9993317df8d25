"""Texts of documents as git holds them: which revision carried which text, and the texts that approvals name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from isms_plugin.model.fingerprint import ALGORITHM, text_hash
from isms_plugin.model.history import Revision, StoredText
from isms_plugin.sources.cache import Cache
from isms_plugin.sources.documents import title_of
from isms_plugin.sources.git_log import read_blobs
from isms_plugin.sources.markdown_reader import MarkdownText, read_markdown

if TYPE_CHECKING:
    from git import Repo

Revisions = Mapping[str, tuple[Revision, ...]]
Texts = dict[tuple[str, str], StoredText]


def read_texts(repo: Repo, revisions: Revisions, named: Mapping[str, frozenset[str]], prefix: str, cache: Cache) -> tuple[Revisions, Texts]:
    """Return the revisions with the hashes of their texts, and the texts whose hashes are named, by path of the current text.

    Only the paths in `named` are looked at. A stored text never changes, so it is hashed once in its life.
    """
    wanted = {path: revisions.get(path, ()) for path in named}
    asked = frozenset[str]().union(*named.values())
    known: dict[str, str] = cache.get("texts", [ALGORITHM]) or {}
    blobs = {revision.blob for found in wanted.values() for revision in found if revision.blob}
    missing = blobs - known.keys()
    parsed: dict[str, MarkdownText] = {}
    for blob, data in read_blobs(repo, sorted(missing | {blob for blob in blobs & known.keys() if known[blob] in asked})):
        text = read_markdown(data)
        known[blob] = _hash(text)
        if known[blob] in asked:
            parsed[blob] = text
    if missing:
        cache.put("texts", [ALGORITHM], known)
    hashed = {path: tuple(replace(revision, text=known.get(revision.blob, "")) for revision in found) for path, found in wanted.items()}
    texts: Texts = {}
    for path, found in hashed.items():
        for revision in found:
            if revision.text in named[path] and revision.blob in parsed:
                texts.setdefault((path, revision.text), _stored(revision, parsed[revision.blob], prefix))
    return {**revisions, **hashed}, texts


def hash_of(data: bytes) -> str:
    """Return the hash of a document's text from the bytes of its file."""
    return _hash(read_markdown(data))


def _hash(text: MarkdownText) -> str:
    return text_hash(_title(text), text.body)


def _stored(revision: Revision, text: MarkdownText, prefix: str) -> StoredText:
    return StoredText(
        revision=revision,
        path=revision.path.removeprefix(prefix),
        title=_title(text),
        version=revision.version,
        body=text.body,
        first_line=text.body_line,
    )


def _title(text: MarkdownText) -> str:
    title = title_of(text.data or {}, text.body)
    return title.strip() if isinstance(title, str) else ""
