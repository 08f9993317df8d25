"""A policy with a past, shown."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from isms_plugin.analysis.facts import analyse
from isms_plugin.model.approval import Approval
from isms_plugin.model.entry import Entry
from isms_plugin.model.fingerprint import text_hash
from isms_plugin.model.history import Completeness, History, Revision, StoredText
from isms_plugin.model.settings import Settings
from isms_plugin.render.environment import View, make_view
from tests.builders import TODAY, a_document, a_person, an_approval, an_isms

TITLE, PATH = "Security policy", "policies/security.md"
BODO = a_person(id="PER-002", name="Bodo Kern")


def revision(number: int, text: str, version: str = "1.0", author: str = "Carl Doe", title: str = TITLE) -> Revision:
    return Revision(
        commit=f"{number:040x}", date=datetime(2026, 1, number, tzinfo=UTC), author=author, email=f"{author[:4].lower()}@example.org",
        summary=f"Write {version}", path=PATH, version=version, blob=f"b{number}", text=text_hash(title, text),
    )  # fmt: skip


def history(*texts: tuple[str, str], title: str = TITLE) -> History:
    """The past of the policy, newest first: text and version of each revision, all of them stored."""
    revisions = tuple(revision(len(texts) - number, *item, title=title) for number, item in enumerate(texts))
    stored = {
        (PATH, item.text): StoredText(revision=item, path=PATH, title=title, version=item.version, body=text[0], first_line=10)
        for item, text in reversed(list(zip(revisions, texts, strict=True)))
    }
    return History(completeness=Completeness.COMPLETE, head="c" * 40, revisions={PATH: revisions}, texts=stored)


def record(text: str, version: str = "1.0", title: str = TITLE, **changes: Any) -> Approval:
    return an_approval(id=f"APR-POL-001-{version}", version=version, content_hash=text_hash(title, text), **changes)


def view(*entries: Entry, past: History | None = None, body: str = "", settings: Settings | None = None, **parts: Any) -> View:
    without = {"APR-POL-001-1.0"} - {entry.id for entry in entries}
    isms = an_isms(BODO, *entries, body=body, without=without, **parts)
    return make_view(analyse(isms, past or history(), settings or Settings(), TODAY, list), {})


OLD, NEW = "Logs are kept for a year.", "Logs are kept for two years."
NOTED = {"changes": [{"version": "1.1", "note": "Kept for longer."}]}


def changed(status: str = "approved", **options: Any) -> View:
    """Version 1.0 is approved, and the repository holds another text as version 1.1."""
    document = a_document(version="1.1", status=status, **NOTED)
    return view(record(OLD), document, past=history((NEW, "1.1"), (OLD, "1.0")), body=NEW, **options)


def two_issues(**options: Any) -> View:
    """Versions 1.0 and 1.1 were approved one after the other."""
    records = record(OLD), record(NEW, "1.1", decided_on="2026-02-01", person="PER-002")
    return view(*records, a_document(version="1.1", **NOTED), past=history((NEW, "1.1"), (OLD, "1.0")), body=NEW, **options)
