"""One field of a document's front matter, changed without touching anything else."""

from __future__ import annotations

import re
from typing import Final

from isms_plugin.errors import IsmsError
from isms_plugin.sources.markdown_reader import read_markdown

_STATUS: Final = re.compile(rb"^(status:[ \t]*)(\"[^\"\n]*\"|'[^'\n]*'|[A-Za-z_]*)([ \t]*(?:#[^\n]*)?\r?)$", re.MULTILINE)


def with_status(data: bytes, status: str) -> bytes:
    """Return a file with another status; raises IsmsError where its front matter has no plain `status` line."""
    changed, count = _STATUS.subn(rb"\g<1>" + status.encode() + rb"\g<3>", data, count=1)
    before, after = read_markdown(data), read_markdown(changed)
    if not count or after.data != {**(before.data or {}), "status": status} or after.body != before.body:
        raise IsmsError(f"the front matter has no plain `status:` line to change; set `status: {status}` by hand first")
    return changed
