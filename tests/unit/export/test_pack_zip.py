"""Zips that somebody handed over: read where they lie, and nothing in them harms."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from isms_plugin.errors import IsmsError
from isms_plugin.export.manifest import MANIFEST
from isms_plugin.export.pack_files import BadFileError, PackFiles, read_short
from isms_plugin.export.pack_zip import open_zip

Change = Callable[[zipfile.ZipFile], None]


def made(folder: Path, change: Change = lambda _: None, top: str = "pack/", form: int = zipfile.ZIP_DEFLATED) -> Path:
    path = folder / "pack.zip"
    with zipfile.ZipFile(path, "w", form) as archive:
        archive.writestr(f"{top}{MANIFEST}", "")
        archive.writestr(f"{top}a.txt", b"a" * 5000)
        change(archive)
    return path


def read(path: Path) -> PackFiles:
    with open_zip(path) as files:
        return files


@pytest.mark.parametrize("top", ["", "pack/"])
def test_paths_are_those_from_the_folder_of_the_manifest(tmp_path: Path, top: str) -> None:
    with open_zip(made(tmp_path, top=top)) as files:
        assert files.names == {MANIFEST, "a.txt"}
        assert read_short(files, "a.txt") == b"a" * 5000
        assert (files.refused, files.notes) == ({}, ())


def test_what_lies_beside_that_folder_is_told_apart(tmp_path: Path) -> None:
    assert "../other.txt" in read(made(tmp_path, lambda archive: archive.writestr("other.txt", ""))).names


def test_folders_are_no_files(tmp_path: Path) -> None:
    assert read(made(tmp_path, lambda archive: archive.mkdir("pack/sub"))).names == {MANIFEST, "a.txt"}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("../evil", "../../evil"),
        ("/etc/passwd", "..//etc/passwd"),
        ("pack/../../evil", "../../evil"),
        ("pack/a\\b", "a\\b"),
        ("C:/evil", "../C:/evil"),
        ("pack//x", "/x"),
        ("pack/a\x1b[2J", "a\x1b[2J"),
    ],
)
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str, told: str) -> None:
    files = read(made(tmp_path, lambda archive: archive.writestr(name, "evil")))
    assert list(files.refused) == [told]
    assert told not in files.names


def entry(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


@pytest.mark.parametrize(("mode", "reason"), [(0o120777, "it is a link"), (0o020600, "it is no file"), (0o010600, "it is no file")])
def test_links_and_devices_are_refused(tmp_path: Path, mode: int, reason: str) -> None:
    assert read(made(tmp_path, lambda archive: archive.writestr(entry("pack/x", mode), "/etc/passwd"))).refused == {"x": reason}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["a.txt", "A.TXT"])
def test_what_is_in_it_twice_is_refused(tmp_path: Path, name: str) -> None:
    files = read(made(tmp_path, lambda archive: archive.writestr(f"pack/{name}", "other")))
    assert set(files.refused.values()) == {"the zip holds it more than once"}
    assert files.names == {MANIFEST}


def test_other_ways_of_packing_are_refused(tmp_path: Path) -> None:
    assert "a.txt" in read(made(tmp_path, form=zipfile.ZIP_BZIP2)).refused


def patched(path: Path, name: bytes, offset: int, value: bytes) -> Path:
    """Change a field of the record of a file in the list at the end of the zip (APPNOTE.TXT, 4.3.12)."""
    data = bytearray(path.read_bytes())
    start = data.rfind(name) - 46
    data[start + offset : start + offset + len(value)] = value
    path.write_bytes(data)
    return path


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    assert "encrypted" in read(patched(made(tmp_path), b"pack/a.txt", 8, b"\x01\x00")).refused["a.txt"]


def test_a_file_that_is_said_to_hold_more_than_can_be_packed_is_refused(tmp_path: Path) -> None:
    path = patched(made(tmp_path), b"pack/a.txt", 24, struct.pack("<I", 4_000_000_000))
    assert "it is said to hold 4000000000 bytes" in read(path).refused["a.txt"]


def test_files_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path = made(tmp_path, lambda archive: archive.writestr("pack/b.txt", "b" * 5000))
    with zipfile.ZipFile(path) as archive:
        offset = archive.getinfo("pack/a.txt").header_offset
    files = read(patched(path, b"pack/b.txt", 42, struct.pack("<I", offset)))
    assert files.refused == dict.fromkeys(("a.txt", "b.txt"), "it shares its bytes with another file")


def test_bytes_beyond_the_end_are_refused(tmp_path: Path) -> None:
    path = patched(made(tmp_path), b"pack/a.txt", 20, struct.pack("<I", 100_000))
    assert read(path).refused == {"a.txt": "its bytes lie beyond those of the zip"}


def test_a_name_that_is_another_one_before_the_bytes_is_damaged(tmp_path: Path) -> None:
    path = made(tmp_path)
    data = path.read_bytes().replace(b"pack/a.txt", b"pack/b.txt", 1)
    path.write_bytes(data)
    with open_zip(path) as files, pytest.raises(BadFileError, match="it cannot be unpacked: File name in directory"):
        read_short(files, "a.txt")


def test_a_flipped_bit_is_found_where_it_is_unpacked(tmp_path: Path) -> None:
    path = made(tmp_path)
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("pack/a.txt").header_offset + 30 + len("pack/a.txt")
    data = bytearray(path.read_bytes())
    data[start + 5] ^= 1
    path.write_bytes(data)
    with open_zip(path) as files, pytest.raises(BadFileError, match="it cannot be unpacked"):
        read_short(files, "a.txt")


@pytest.mark.parametrize("cut", [slice(0, 100), slice(0, -1), slice(0, -30), slice(0, 0)])
def test_a_zip_that_is_cut_off_is_none(tmp_path: Path, cut: slice) -> None:
    path = made(tmp_path)
    path.write_bytes(path.read_bytes()[cut])
    with pytest.raises(IsmsError, match="neither a folder nor a whole zip"):
        read(path)


def test_a_zip_that_lacks_its_beginning_gives_nothing_away(tmp_path: Path) -> None:
    path = made(tmp_path)
    path.write_bytes(path.read_bytes()[20:])
    try:
        files = read(path)
    except IsmsError:
        return
    assert MANIFEST in files.refused or MANIFEST not in files.names


def test_a_comment_is_told(tmp_path: Path) -> None:
    def comment(archive: zipfile.ZipFile) -> None:
        archive.comment = b"hello"

    assert any("a comment of 5 bytes" in note for note in read(made(tmp_path, comment)).notes)


@pytest.mark.parametrize(("before", "behind"), [(b"x" * 100, b""), (b"", b"x" * 100)])
def test_bytes_before_and_behind_are_told(tmp_path: Path, before: bytes, behind: bytes) -> None:
    path = made(tmp_path)
    path.write_bytes(before + path.read_bytes() + behind)
    files = read(path)
    assert (files.refused, [note[:40] for note in files.notes]) == ({}, ["the zip holds 100 bytes that belong to n"])


def test_a_file_that_is_in_no_list_is_told(tmp_path: Path) -> None:
    path = made(tmp_path, lambda archive: archive.writestr("pack/hidden.txt", "x" * 90, zipfile.ZIP_STORED))
    with zipfile.ZipFile(path, "a") as archive:
        archive.filelist.remove(archive.getinfo("pack/hidden.txt"))
        archive._didModify = True
    files = read(path)
    assert "hidden.txt" not in files.names
    assert len(files.notes) == 1


def test_zips_made_piece_by_piece_have_nothing_to_tell(tmp_path: Path) -> None:
    class Unseekable(io.RawIOBase):
        def __init__(self, path: Path) -> None:
            self.file = path.open("wb")

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:
            return self.file.write(data)

        def close(self) -> None:
            self.file.close()

    path = tmp_path / "pack.zip"
    target = Unseekable(path)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (MANIFEST, "a", "b"):
            archive.writestr(name, name * 100)
    target.close()
    assert read(path).notes == ()
    assert len(read(path).names) == 3


def test_a_file_that_is_too_large_to_be_read_whole_is_told(tmp_path: Path) -> None:
    with open_zip(made(tmp_path)) as files, pytest.raises(BadFileError, match="larger than 100 bytes"):
        read_short(files, "a.txt", 100)
