from __future__ import annotations

import pytest

from isms_plugin.model.codes import CODES
from isms_plugin.model.diagnostic import Grade
from isms_plugin.sources.catalogue import read_catalogue

STANDARD = {entry.id for entry in read_catalogue().entries}


@pytest.mark.parametrize("code", CODES)
def test_a_code_has_a_grade_a_clause_of_the_standard_and_a_sentence(code: str) -> None:
    found = CODES[code]
    assert Grade.of(found.grade) > Grade.OFF
    assert found.clause in STANDARD or (found.clause == "" and found.grade == "info")
    assert found.meaning[0].isupper()
    assert found.meaning.endswith(".")
