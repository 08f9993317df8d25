"""Hashes: the same for the same content, however it comes, and named."""

from __future__ import annotations

from isms_plugin.model.digest import digest_of, digest_of_values, named_digest

NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_the_pieces_make_no_difference() -> None:
    assert digest_of(()) == NOTHING
    assert digest_of((b"abc",)) == digest_of((b"a", b"", b"bc")) == ABC


def test_a_text_is_hashed_as_bytes_behind_the_name_of_the_algorithm() -> None:
    assert named_digest("isms-x-1", "abc") == f"isms-x-1:{ABC}"
    assert named_digest("x", "\udcff") == f"x:{digest_of((bytes([0xFF]),))}"


def test_the_order_of_keys_does_not_count_and_that_of_a_list_does() -> None:
    assert digest_of_values("x", {"a": [1, 2], "b": None}) == digest_of_values("x", {"b": None, "a": [1, 2]})
    assert digest_of_values("x", {"a": [1, 2]}) != digest_of_values("x", {"a": [2, 1]})
