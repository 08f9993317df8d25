"""Giving an entry another id: all that refers to it follows, or nothing is written.

Ids are permanent (clause 7.5.2), so this is for drafts and for mistakes: what was frozen in a baseline, what records name and what
was approved stays as it is unless somebody insists.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from isms_plugin.authoring.entry_change import writable_entry
from isms_plugin.authoring.foresight import new_diagnostics
from isms_plugin.authoring.id_places import NewName, in_lines
from isms_plugin.authoring.renamed_text import Renamed, Values, renamed_markdown, renamed_yaml
from isms_plugin.build import Build
from isms_plugin.errors import IsmsError
from isms_plugin.model.diagnostic import Diagnostic, Pointer
from isms_plugin.model.document import Document, is_markdown
from isms_plugin.model.entry import ID_PATTERN, Entry
from isms_plugin.model.fields import references_of
from isms_plugin.model.history import Completeness
from isms_plugin.model.isms import Isms
from isms_plugin.sources.workspace import CONFIGURATION

_SHOWN = 5
"""Records that are named; of more the number is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """What a rename does: files by path as they will be, places that change in each, files that move, and what it costs."""

    name: NewName
    files: Mapping[str, bytes]
    places: Mapping[str, int]
    movable: tuple[str, ...]
    """Files named after the old id that stay where they are."""
    reasons: tuple[str, ...]
    """Why ids like this one do not change; empty where nothing speaks against it."""
    left: tuple[str, ...]
    """Lines that name the old id in plain words, by place; they stay as they are."""
    cuts_history: bool = False
    """Whether git will take a document for a new one, since id and file change at once."""


def rename(build: Build, old: str, new: str, taken: Collection[str], *, move: bool = False) -> Rename:
    """Return what gives an entry another id; raises IsmsError where it cannot have that, or a file cannot be changed in place."""
    isms = build.facts.isms
    entry = writable_entry(isms, old)
    _refuse_id(isms, entry, new, taken)
    named = _named_after(isms, entry)
    name = NewName(old=old, new=new, moved={path: _moved(path, old, new) for path in named} if move else {})
    for target in name.moved.values():
        if build.sources.snapshot.exists(target):
            raise IsmsError(f"{target}: is there already; nothing is overwritten")
    places = dict(_renamed_files(build, entry, name))
    files = {name.moved.get(path, path): made.text.encode() for path, made in places.items() if made.places or path in name.moved}
    for path in name.moved.keys() - places.keys():
        files[name.moved[path]] = build.sources.snapshot.read(path)
    return Rename(
        name=name,
        files=files,
        places={path: made.places for path, made in places.items() if made.places},
        movable=() if move else tuple(named),
        reasons=tuple(_reasons(build, entry, files, name)),
        left=tuple(_left(build, name, files)),
        cuts_history=isinstance(entry, Document) and bool(name.moved) and bool(build.facts.history.of(isms.place(entry).path)),
    )


def _refuse_id(isms: Isms, entry: Entry, new: str, taken: Collection[str]) -> None:
    kind = entry.KIND
    if kind.key and entry.id == f"{kind.prefix}-{getattr(entry, kind.key, '')}":
        raise IsmsError(f"{entry.id}: goes by its {kind.key} and has no id of its own")
    if isinstance(entry, Document) and not entry.identified:
        raise IsmsError(f"{entry.id}: has no id yet; write `id: {kind.prefix}-001` into its front matter")
    if not re.fullmatch(ID_PATTERN, new):
        raise IsmsError(f"{new}: is no id; letters, then - or ., then digits, such as {kind.prefix}-001")
    same = next((name for name in (*isms.entries, *sorted(taken)) if name.lower() == new.lower()), "")
    if same and same != entry.id:
        raise IsmsError(f"{new}: {same} is taken, here, on another branch, or by what was deleted; ids are never used again")
    if new == entry.id:
        raise IsmsError(f"{new}: is its id already")


def _named_after(isms: Isms, entry: Entry) -> list[str]:
    """Return the files that are the entry's own and carry its id in their names."""
    kept = entry.kept_file.path if entry.kept_file else ""
    own = [isms.place(entry).path, *([kept] if kept in isms.files else [])]
    begins = re.compile(rf"{re.escape(entry.id)}(?![A-Za-z0-9])")
    return [path for path in dict.fromkeys(own) if begins.match(posixpath.basename(path))]


def _moved(path: str, old: str, new: str) -> str:
    folder, name = posixpath.split(path)
    return posixpath.join(folder, new + name.removeprefix(old))


def _renamed_files(build: Build, entry: Entry, name: NewName) -> Iterator[tuple[str, Renamed]]:
    """Yield every file of the ISMS that may refer to the entry, as it will be."""
    isms, snapshot, settings = build.facts.isms, build.sources.snapshot, build.workspace.settings
    ids = _ids_by_path(isms, entry)
    for path in sorted({path for folder in (*build.workspace.folders[:2], build.workspace.docs) for path in snapshot.paths(folder)}):
        register = path.startswith(f"{settings.registers}/")
        if not is_markdown(path) and not (register and path.lower().endswith((".yml", ".yaml"))):
            continue
        data = snapshot.read(path)
        if name.old.encode() not in data and not name.moved:
            continue
        values = Values(name=name, path=path, ids=ids.get(path, frozenset()))
        try:
            text = data.decode()
            if not is_markdown(path):
                yield path, renamed_yaml(text, values)
                continue
            front = partial(renamed_yaml, values=values) if path in ids or path not in isms.pages else None
            yield path, renamed_markdown(data, text, name, path, front)
        except UnicodeDecodeError:
            raise IsmsError(f"{path}: is not UTF-8 text") from None
        except IsmsError as error:
            raise IsmsError(f"{path}: {error}") from None


def _ids_by_path(isms: Isms, entry: Entry) -> dict[str, frozenset[Pointer]]:
    """Return where the id stands as an id: in the entry itself and in the fields of others, by path and the way from the top."""
    found: dict[str, set[Pointer]] = defaultdict(set)
    own = isms.place(entry)
    found[own.path].add((*own.pointer, "id"))
    for other in isms.entries.values():
        place = isms.place(other)
        if place.path:
            found[place.path].update((*place.pointer, *ref.pointer) for ref in references_of(other) if ref.target == entry.id)
    return {path: frozenset(pointers) for path, pointers in found.items()}


def _reasons(build: Build, entry: Entry, files: Mapping[str, bytes], name: NewName) -> Iterator[str]:
    """Yield why the id should stay."""
    history, isms = build.facts.history, build.facts.isms
    held = [state.name for state in history.former if entry.id in state.entries]
    if held:
        yield f"{entry.id} stands in {', '.join(held)}, which others may have seen; retire it and begin another instead"
    if history.completeness is Completeness.SHALLOW:
        yield "the clone is shallow, so nobody can tell whether a baseline holds it; `git fetch --unshallow --tags` gets the rest"
    records = [other.id for other in isms.entries.values() if other.KIND.record and _names(other, entry.id)]
    if records:
        more = f" and {len(records) - _SHOWN} more" if len(records) > _SHOWN else ""
        yield f"records of what was name it and would be rewritten: {', '.join(records[:_SHOWN])}{more}"
    for item in new_diagnostics(build, files, tuple(name.moved), (name.old, name.new)):
        yield _told(item)


def _names(other: Entry, name: str) -> bool:
    return any(ref.target == name for ref in references_of(other))


def _told(item: Diagnostic) -> str:
    return f"{item.place}: {item.message} [{item.code}]"


def _left(build: Build, name: NewName, files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the places in documents, registers, pages and settings that name the old id without referring to it."""
    snapshot, settings = build.sources.snapshot, build.workspace.settings
    others = frozenset(build.facts.isms.entries) - {name.old}
    folders = (*build.workspace.folders[:2], build.workspace.docs, settings.profiles, "reconcile")
    paths = {path for folder in folders for path in snapshot.paths(folder)} - name.moved.keys()
    extra = [path for path in (*CONFIGURATION, settings.known) if path and snapshot.exists(path)]
    for path in sorted({*paths, *extra, *files}):
        if path.lower().endswith((".md", ".yml", ".yaml", ".markdown")):
            text = (files[path] if path in files else snapshot.read(path)).decode("utf-8", "replace")
            yield from (f"{path}:{line}" for line in in_lines(text, name.old, others))
