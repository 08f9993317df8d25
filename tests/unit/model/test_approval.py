"""Approval records, and the bytes that a signature over one covers."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from isms_plugin.model.approval import Approval, decision_order, signed_bytes
from tests.builders import HASH, an_approval

SIGNED = {"method": "signed_record", "signature": "-----BEGIN SSH SIGNATURE-----\n"}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(str.strip).filter(bool)
FIELDS = ("version", "reference", "remarks", "self_approval")


def test_it_goes_by_document_and_version() -> None:
    assert an_approval().name == "POL-001 1.0"
    assert an_approval(title="First issue").name == "First issue"
    assert Approval(id="APR-1").name == "? ?"


def test_it_keeps_the_signed_answer_with_its_hash() -> None:
    assert an_approval(file="evidence/answer.pdf", sha256=HASH).kept_file == ("evidence/answer.pdf", HASH, "file")
    assert an_approval().kept_file is None


@pytest.mark.parametrize(
    "changes",
    [
        {"content_hash": "a" * 64},
        {"content_hash": "isms-text-1:" + "A" * 64},
        {"content_hash": "isms-text-1:" + "a" * 63},
        {"commit": "abc1234"},
        {"commit": "a" * 41},
        {"decision": "yes"},
        {"method": "telephone"},
        {"sha256": "0"},
    ],
)
def test_hashes_commits_and_decisions_without_meaning_are_refused(changes: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        an_approval(**changes)


@pytest.mark.parametrize("commit", ["a" * 40, "0" * 64])
def test_commits_of_both_object_formats_are_taken(commit: str) -> None:
    assert an_approval(commit=commit).commit == commit


def test_signatures_cover_canonical_json_that_names_its_schema() -> None:
    data = signed_bytes(an_approval(remarks="Ü, with conditions", **SIGNED))
    assert data.startswith(b'{"content_hash":"isms-text-1:')
    assert json.dumps(json.loads(data), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() == data
    assert json.loads(data)["schema"] == "isms-approval/1"
    assert "signature" not in json.loads(data)


def test_the_bytes_are_the_same_for_ever() -> None:
    """Signatures of years ago cover them: a change needs another schema."""
    approval = Approval.model_validate({
        "id": "APR-1", "document": "POL-1", "version": "1.0", "content_hash": f"isms-text-1:{HASH}", "decision": "approved",
        "person": "PER-1", "role": "ROL-1", "decided_on": "2026-01-02", "method": "signed_record", "next_review": "2027-01-02",
    })  # fmt: skip
    assert signed_bytes(approval).decode() == (
        f'{{"content_hash":"isms-text-1:{HASH}","decided_on":"2026-01-02","decision":"approved","document":"POL-1","id":"APR-1",'
        '"method":"signed_record","next_review":"2027-01-02","person":"PER-1","role":"ROL-1","schema":"isms-approval/1","version":"1.0"}'
    )


def test_the_order_in_which_fields_are_written_does_not_count() -> None:
    data = an_approval(**SIGNED).model_dump(mode="json", by_alias=True, exclude_defaults=True)
    assert signed_bytes(Approval.model_validate(dict(reversed(data.items())))) == signed_bytes(Approval.model_validate(data))


@given(st.sampled_from(FIELDS), TEXTS, TEXTS)
def test_records_that_say_something_else_never_have_the_same_bytes(field: str, one: str, other: str) -> None:
    first, second = (an_approval(**{field: text}) for text in (one, other))
    assert (signed_bytes(first) == signed_bytes(second)) == (first == second)


@given(st.dictionaries(st.sampled_from(FIELDS), TEXTS))
def test_a_record_that_was_written_and_read_again_has_the_same_bytes(texts: dict[str, str]) -> None:
    record = an_approval(**texts)
    again = Approval.model_validate(record.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    assert signed_bytes(again) == signed_bytes(record)


def test_of_one_day_the_lower_version_and_the_lower_number_come_first() -> None:
    day = "2026-01-01"
    ordered = [(day, "1.2", "APR-X-1.2"), (day, "1.10", "APR-X-1.10"), (day, "1.10", "APR-X-1.10-2"), ("2026-01-02", "1.0", "APR-X-1.0")]
    keys = [decision_order(*item) for item in ordered]
    assert all(earlier < later for earlier, later in pairwise(keys))
