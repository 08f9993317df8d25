from __future__ import annotations

from isms_plugin.model.diagnostic import Place
from isms_plugin.model.people import Person
from isms_plugin.model.risk import Risk
from tests.builders import a_control, a_risk, an_isms


def test_entries_of_a_kind_keep_the_order_of_their_sources() -> None:
    isms = an_isms(a_risk(id="RSK-003"), a_risk(id="RSK-002"))
    assert [risk.id for risk in isms.of(Risk)] == ["RSK-001", "RSK-003", "RSK-002"]


def test_an_entry_is_got_by_kind_and_id() -> None:
    isms = an_isms()
    assert isms.get(Risk, "RSK-001") == a_risk()
    assert isms.get(Person, "RSK-001") is None
    assert isms.get(Risk, "RSK-999") is None
    assert isms.get(Risk, None) is None


def test_an_entry_of_the_catalogue_has_no_place() -> None:
    isms = an_isms()
    assert isms.place(a_control()) == Place()
    assert isms.place(a_risk()).path == "registers/risks.yml"
