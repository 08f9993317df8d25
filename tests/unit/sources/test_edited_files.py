"""A snapshot as it would be after an edit."""

from __future__ import annotations

import pytest

from isms_plugin.errors import SourceError
from isms_plugin.sources.edited_files import EditedFiles
from isms_plugin.sources.held_files import HeldFiles


def test_written_files_take_the_place_of_others_and_removed_ones_are_gone() -> None:
    files = EditedFiles(HeldFiles({"a/x.yml": b"1", "a/y.yml": b"2", "b/z.yml": b"3"}), {"a/x.yml": b"new", "a/w.yml": b"4"}, ["a/y.yml"])
    assert files.paths("a") == ["a/w.yml", "a/x.yml"]
    assert [files.read(path) for path in ("a/w.yml", "a/x.yml", "b/z.yml")] == [b"4", b"new", b"3"]
    assert [files.exists(path) for path in ("a/x.yml", "a/y.yml", "b/z.yml", "c")] == [True, False, True, False]
    with pytest.raises(SourceError, match="to be removed"):
        files.read("a/y.yml")
