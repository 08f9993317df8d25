"""Which documents and registers are the documented information that clauses ask for (clause 7.5.1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from isms_plugin.model.control import Clause, DocumentedInformation
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.isms import Isms


class Answered(NamedTuple):
    """One piece of documented information, and what it is here: documents in any state but retired, registers with their living entries."""

    clause: Clause
    item: DocumentedInformation
    documents: tuple[Document, ...]
    registers: tuple[tuple[type[Entry], int], ...]

    @property
    def exists(self) -> bool:
        """Whether there is anything of it at all, drafts included."""
        return bool(self.documents or any(count for _, count in self.registers))


def documented_information(isms: Isms) -> list[Answered]:
    """Return every piece that a clause asks for, in the order of the catalogue."""
    return list(_answered(isms))


def documents_of(isms: Isms, answer: str) -> list[Document]:
    """Return the documents that are a piece of documented information, in any state but retired."""
    return [document for document in isms.of(Document) if answer in document.answers and not document.retired]


def _answered(isms: Isms) -> Iterator[Answered]:
    documents: dict[str, list[Document]] = defaultdict(list)
    for document in isms.of(Document):
        for answer in document.answers if not document.retired else ():
            documents[answer].append(document)
    for clause in isms.of(Clause):
        for item in clause.documented_information:
            name = item.id or ""
            registers = tuple((kind, len(isms.living(kind))) for kind in isms.kinds if name in kind.KIND.answers)
            yield Answered(clause, item, tuple(documents[name]), registers)
