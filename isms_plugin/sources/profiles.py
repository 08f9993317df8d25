"""Profiles of packs: those of the program, and those of the organization, which take the place of one of the same name."""

from __future__ import annotations

from importlib.resources import files as package_files
from pathlib import PurePosixPath
from typing import Final

from pydantic import ValidationError

from isms_plugin.errors import SettingsError
from isms_plugin.model.profile import Profile
from isms_plugin.sources.snapshot import Snapshot
from isms_plugin.sources.text import decode
from isms_plugin.sources.yaml_reader import locate, read_yaml

_OURS: Final = package_files("isms_plugin.catalogues") / "profiles"


def profile_names(snapshot: Snapshot, folder: str) -> list[str]:
    """Return the names of all profiles, sorted."""
    ours = {PurePosixPath(item.name).stem for item in _OURS.iterdir()}
    return sorted(ours | {PurePosixPath(path).stem for path in snapshot.paths(folder) if path.endswith(".yml")})


def read_profile(snapshot: Snapshot, folder: str, name: str) -> Profile:
    """Return a profile; raises SettingsError where there is none, or naming place and reason of everything in it that has no meaning."""
    if name not in profile_names(snapshot, folder):
        raise SettingsError(f"no profile is called {name!r}; there are {', '.join(profile_names(snapshot, folder))}")
    path = f"{folder}/{name}.yml"
    if snapshot.exists(path):
        return _profile(path, name, snapshot.read(path))
    return _profile(f"{name}.yml", name, (_OURS / f"{name}.yml").read_bytes())


def _profile(path: str, name: str, content: bytes) -> Profile:
    text, _ = decode(content)
    parsed = read_yaml(text or "")
    if not isinstance(parsed.value, dict) or not parsed.complete or parsed.faults:
        told = "; ".join(f"{path}:{fault.line}:{fault.column}: {fault.message}" for fault in parsed.faults)
        raise SettingsError(told or f"{path}:1:1: not a profile: it is no mapping")
    try:
        return Profile.model_validate({**parsed.value, "name": name})
    except ValidationError as error:
        told = "; ".join(
            f"{path}:{_position(text or '', fault['loc'])}: {_named(fault['loc'])}: {fault['msg']}" for fault in error.errors()
        )
        raise SettingsError(told) from None


def _position(text: str, pointer: tuple[int | str, ...]) -> str:
    line, column = locate(text, pointer) or (1, 1)
    return f"{line}:{column}"


def _named(pointer: tuple[int | str, ...]) -> str:
    return ".".join(map(str, pointer))
