"""Who is asked about a change: the owners of what a file holds and, of a document, those who may approve it (clauses 5.3 and 7.5.3)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Final

from isms_plugin.model.document import Document
from isms_plugin.model.isms import Isms
from isms_plugin.model.people import Person, Role
from isms_plugin.model.settings import Settings

_ACCOUNT: Final = re.compile(r"@[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*")
_BARE: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_ADDRESS: Final = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnedFile:
    """A file, or a folder with a `/` at its end, and the accounts of those who are asked about it."""

    path: str
    asked: tuple[str, ...]
    """Those who may approve it first, then the owners of what it holds."""
    approvers: tuple[str, ...] = ()
    """Those who may approve it, where it is a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeOwners:
    """Who is asked about which file, by path, and who cannot be asked."""

    registers: tuple[OwnedFile, ...] = ()
    documents: tuple[OwnedFile, ...] = ()
    rest: tuple[str, ...] = ()
    """Accounts of those who are asked about everything else."""
    gaps: tuple[str, ...] = ()
    """Sentences on people who are named and cannot be asked, and on roles that nobody holds."""


def account_of(person: Person) -> str:
    """Return the account of a person as platforms write it: the first with `@`, else a single word, else an address; empty without any."""
    for shape in (_ACCOUNT, _BARE, _ADDRESS):
        for name in person.git:
            if shape.fullmatch(name):
                return f"@{name}" if shape is _BARE else name
    return ""


def code_owners(isms: Isms, settings: Settings, today: date) -> CodeOwners:
    """Return who is asked about which file on a day; retired and closed entries are left out, and so is who cannot be asked."""
    asked = _Asked(isms, today)
    registers: dict[str, tuple[str, ...]] = {}
    documents: list[OwnedFile] = []
    for path, (approvers, owners) in sorted(_named(isms).items()):
        if not path.isprintable():
            asked.told.append(f"{path!r}: nobody can be asked about a file of that name")
            continue
        may, own = asked.accounts(approvers, path), asked.accounts(owners, path)
        everybody = tuple(dict.fromkeys((*may, *own)))
        if everybody and path.startswith(f"{settings.registers}/"):
            registers[path] = everybody
        elif everybody:
            documents.append(OwnedFile(path=path, asked=everybody, approvers=may))
    rest = asked.accounts([settings.code_owners] if settings.code_owners else [], "everything else", strictly=True)
    return CodeOwners(
        registers=tuple(_folded(registers, settings.registers)), documents=tuple(documents), rest=rest, gaps=tuple(asked.gaps())
    )  # fmt: skip


def _named(isms: Isms) -> dict[str, tuple[list[str], list[str]]]:
    """Return the ids of people and roles that entries name, by file: those who may approve, and owners."""
    found: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for entry in isms.entries.values():
        path = isms.place(entry).path
        if path and not entry.retired and not entry.closed:
            approvers, owners = found[path]
            if isinstance(entry, Document) and entry.approver_role:
                approvers.append(entry.approver_role)
            if entry.owner:
                owners.append(entry.owner)
    return found


def _folded(files: Mapping[str, tuple[str, ...]], registers: str) -> Iterator[OwnedFile]:
    """Yield files by path; a folder in which all that can be asked about has the same people is one line."""
    folders: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for path, asked in files.items():
        folders[_folder(path)].add(asked)
    told: set[str] = set()
    for path, asked in files.items():
        folder = _folder(path)
        if folder == registers or len(folders[folder]) > 1:
            yield OwnedFile(path=path, asked=asked)
        elif folder not in told:
            told.add(folder)
            yield OwnedFile(path=f"{folder}/", asked=asked)


def _folder(path: str) -> str:
    return PurePosixPath(path).parent.as_posix()


class _Asked:
    """Finds the accounts of people and roles, and notes those that cannot be asked."""

    def __init__(self, isms: Isms, today: date) -> None:
        self.isms = isms
        self.today = today
        self.told: list[str] = []
        self.missing: dict[str, list[str]] = defaultdict(list)
        """Files for which somebody is missing, by the sentence that says why."""

    def accounts(self, names: Iterable[str], path: str, *, strictly: bool = False) -> tuple[str, ...]:
        """Return the accounts of the people that ids stand for; an id of nothing is told where it has to be one."""
        found: dict[str, None] = {}
        for name in dict.fromkeys(names):
            entry = self.isms.entries.get(name)
            if isinstance(entry, Role):
                people = self._holders(entry, path)
            elif isinstance(entry, Person):
                people = [entry]
            else:
                people = []
                if strictly:
                    self.told.append(f"code_owners: {name} is neither a person nor a role")
            found.update(dict.fromkeys(filter(None, (self._account(person, path) for person in people))))
        return tuple(found)

    def _holders(self, role: Role, path: str) -> list[Person]:
        held = [person for name in (role.holder, role.deputy) if (person := self.isms.get(Person, name))]
        if role.retired or not held:
            self.missing[f"{role.id} {role.name}: " + ("the role is retired" if role.retired else "nobody holds the role")].append(path)
            return []
        return held

    def _account(self, person: Person, path: str) -> str:
        account = account_of(person)
        reason = self._reason(person) or ("" if account else "has no account in the field `git`")
        if reason:
            self.missing[f"{person.id} {person.name}: {reason}"].append(path)
            return ""
        return account

    def _reason(self, person: Person) -> str:
        if person.retired:
            return "is retired in the register of people"
        if person.active(self.today):
            return ""
        left = person.active_to is not None and person.active_to < self.today
        return f"left on {person.active_to}" if left else f"begins on {person.active_from}"

    def gaps(self) -> Iterator[str]:
        """Yield a sentence for each person and role that cannot be asked, by id, then what else is wrong."""
        for sentence, paths in sorted(self.missing.items()):
            first, *others = dict.fromkeys(paths)
            yield f"{sentence}; named for {first}" + (f" and {len(others)} more" if others else "")
        yield from self.told
