from __future__ import annotations

from isms_plugin.model.acknowledgement import Acknowledgement
from tests.builders import an_acknowledgement


def test_it_goes_by_person_document_and_version() -> None:
    assert an_acknowledgement().name == "PER-001 POL-001 1.0"
    assert an_acknowledgement(title="On paper").name == "On paper"
    assert Acknowledgement(id="ACK-1").name == "? ? ?"
