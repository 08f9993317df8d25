"""Evidence in object storage: written once, read back to verify.

Credentials and region come from the environment, under the names that the provider's own programs use.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from isms_plugin.errors import IsmsError, SourceError
from isms_plugin.model.digest import digest_of
from isms_plugin.model.evidence import STORAGE

if TYPE_CHECKING:
    from obstore.store import ObjectStore

_CHUNK: Final = 4 * 1024 * 1024
_RETRIES: Final = 2
_PATIENCE: Final = timedelta(seconds=30)


class NotStoredError(IsmsError):
    """There is no such object."""


def put_once(url: str, content: bytes) -> None:
    """Write an object that must not exist yet, and read it back; raises IsmsError when it exists or differs."""
    store, key = _open(url, make=True)
    with _told(url):
        import obstore

        obstore.put(store, key, content, mode="create", use_multipart=False)
    if stored_digest(url) != digest_of((content,)):
        raise SourceError(f"{url}: what was read back differs from what was written")


def stored_digest(url: str) -> str:
    """Return the SHA-256 of an object, read piece by piece; raises NotStoredError when there is none."""
    store, key = _open(url)
    with _told(url):
        import obstore

        return digest_of(obstore.get(store, key).stream(min_chunk_size=_CHUNK))


def _open(url: str, *, make: bool = False) -> tuple[ObjectStore, str]:
    """Return the store around an object, and the object's name in it."""
    folder, _, key = url.rpartition("/")
    if not url.startswith(STORAGE) or folder.endswith(("/", ":")) or not key or ".." in url.split("/"):
        raise SourceError(f"{url}: no address in object storage; it is written {STORAGE[0]}bucket/folder/name")
    try:
        from obstore.store import from_url
    except ImportError:
        raise IsmsError(f"{url}: object storage needs a further package: pip install obstore") from None
    with _told(url):
        if url.startswith("file://"):
            return from_url(folder, mkdir=make), key
        return from_url(folder, retry_config={"max_retries": _RETRIES, "retry_timeout": _PATIENCE}), key


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Turn what the store says into one line."""
    from obstore.exceptions import AlreadyExistsError, BaseError

    try:
        yield
    except AlreadyExistsError:
        raise SourceError(f"{url}: exists already, and evidence is never overwritten") from None
    except FileNotFoundError:
        raise NotStoredError(f"{url}: there is no such object") from None
    except (BaseError, OSError, ValueError) as error:
        raise SourceError(f"{url}: {str(error).partition(chr(10))[0][:300]}") from None
