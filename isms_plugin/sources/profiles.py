"""Profiles of packs: those of the program, and those of the organization, which take the place of one of the same name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files as package_files
from pathlib import PurePosixPath
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from isms_plugin.errors import SettingsError
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import field_map
from isms_plugin.model.isms import KINDS
from isms_plugin.model.near import did_you_mean
from isms_plugin.model.profile import ALL, Profile
from isms_plugin.model.settings import Settings
from isms_plugin.sources.registers import read_own_registers
from isms_plugin.sources.snapshot import Snapshot
from isms_plugin.sources.text import decode
from isms_plugin.sources.yaml_reader import locate, read_yaml

_OURS: Final = package_files("isms_plugin.catalogues") / "profiles"


def profile_names(snapshot: Snapshot, folder: str) -> list[str]:
    """Return the names of all profiles, sorted."""
    ours = {PurePosixPath(item.name).stem for item in _OURS.iterdir()}
    return sorted(ours | {PurePosixPath(path).stem for path in snapshot.paths(folder) if path.endswith(".yml")})


def profile_of(snapshot: Snapshot, settings: Settings, name: str) -> Profile:
    """Return a profile of an ISMS, held against its registers, those of its own included; raises SettingsError as `read_profile` does."""
    kinds, _ = read_own_registers(snapshot, settings.registers, KINDS)
    return read_profile(snapshot, settings.profiles, name, kinds)


def read_profile(snapshot: Snapshot, folder: str, name: str, kinds: Sequence[type[Entry]] = KINDS) -> Profile:
    """Return a profile; raises SettingsError where there is none, or naming place and reason of everything in it that has no meaning.

    `kinds` are those of the ISMS, its own registers included: a misspelt register or field would withhold or show what nobody meant.
    """
    names = profile_names(snapshot, folder)
    if name not in names:
        raise SettingsError(f"no profile is called {name!r}{_meant(name, names)}; there are {', '.join(names)}")
    path = f"{folder}/{name}.yml"
    if snapshot.exists(path):
        return _profile(path, name, snapshot.read(path), kinds)
    return _profile(f"{name}.yml", name, (_OURS / f"{name}.yml").read_bytes(), kinds)


def _profile(path: str, name: str, content: bytes, kinds: Sequence[type[Entry]]) -> Profile:
    text, _ = decode(content)
    parsed = read_yaml(text or "")
    if not isinstance(parsed.value, dict) or not parsed.complete or parsed.faults:
        told = "; ".join(f"{path}:{fault.line}:{fault.column}: {fault.message}" for fault in parsed.faults)
        raise SettingsError(told or f"{path}:1:1: not a profile: it is no mapping")
    try:
        profile = Profile.model_validate({**parsed.value, "name": name})
    except ValidationError as error:
        told = "; ".join(
            f"{path}:{_position(text or '', fault['loc'])}: {_named(fault['loc'])}: {_told(fault)}" for fault in error.errors()
        )
        raise SettingsError(told) from None
    mistakes = [
        f"{path}:{_position(text or '', pointer)}: {_named(pointer)}: {told}" for pointer, told in _mistakes(profile, parsed.value, kinds)
    ]
    if mistakes:
        raise SettingsError("; ".join(mistakes))
    return profile


def _mistakes(profile: Profile, written: Mapping[Any, Any], kinds: Sequence[type[Entry]]) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Yield what names no register or field, with the way to it."""
    known = {kind.KIND.register: kind for kind in kinds if kind.KIND.register}
    for position, name in enumerate(profile.registers if profile.registers != ALL else ()):
        if name not in known:
            single = isinstance(written.get("registers"), str)
            yield ("registers",) if single else ("registers", position), f"no register is called {name!r}{_meant(name, known)}"
    for name, fields in profile.fields.items():
        if name not in known:
            yield ("fields", name), f"no register is called {name!r}{_meant(name, known)}"
            continue
        keys = field_map(known[name])
        for position, key in enumerate(fields):
            if key not in keys:
                single = isinstance(written["fields"][name], str)
                yield ("fields", name) if single else ("fields", name, position), f"{name} have no field {key!r}{_meant(key, keys)}"


def _told(fault: ErrorDetails) -> str:
    """Return what is wrong with a field, in the words of pydantic but for what it has no near match for."""
    if fault["type"] == "extra_forbidden":
        return f"a profile has no such field{_meant(str(fault['loc'][-1]), Profile.model_fields)}"
    near = _meant(str(fault["input"]), re.findall(r"'([^']*)'", fault["msg"])) if fault["type"] == "literal_error" else ""
    return f"{fault['msg']}{near}"


def _meant(name: str, known: Iterable[str]) -> str:
    question = did_you_mean(name, known)
    return f", {question}" if question else ""


def _position(text: str, pointer: tuple[int | str, ...]) -> str:
    line, column = locate(text, pointer) or (1, 1)
    return f"{line}:{column}"


def _named(pointer: tuple[int | str, ...]) -> str:
    return ".".join(map(str, pointer))
