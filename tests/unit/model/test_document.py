from __future__ import annotations

import pytest

from tests.builders import a_document


@pytest.mark.parametrize(
    ("status", "in_force", "draft", "retired"),
    [
        ("approved", True, False, False),
        ("draft", False, True, False),
        ("in_review", False, True, False),
        ("withdrawn", False, False, True),
        ("", False, False, False),
    ],
)
def test_the_status_says_whether_a_document_applies(status: str, in_force: bool, draft: bool, retired: bool) -> None:
    document = a_document(status=status)
    assert (document.in_force, document.draft, document.retired) == (in_force, draft, retired)


def test_a_document_that_goes_by_its_path_has_no_id_of_its_own() -> None:
    assert a_document().identified
    assert not a_document(id="policies/a.md").identified
