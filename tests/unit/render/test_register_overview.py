from __future__ import annotations

import re

import pytest

from isms_plugin.analysis.facts import analyse
from isms_plugin.model.entry import Entry
from isms_plugin.model.history import History
from isms_plugin.model.isms import KINDS, Isms
from isms_plugin.model.nil_return import NilReturn
from isms_plugin.model.own_register import OwnRegister
from isms_plugin.model.settings import Settings
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.page import put_in
from isms_plugin.render.reference_pages import reference_page, reference_uri
from isms_plugin.render.register_overview import register_overview
from isms_plugin.sources.yaml_reader import read_yaml
from tests.builders import TODAY, an_isms

REGISTERS = [declaration for declaration in KINDS if declaration.KIND.register]


def view_of(isms: Isms) -> View:
    return make_view(analyse(isms, History(), Settings(), TODAY, list), {})


def listed(*entries: Entry) -> dict[str, str]:
    page = register_overview(view_of(an_isms(*entries)))
    items = re.findall(r'<li><a href="isms:[^"]*">([^<]*)</a> <small>([^<]*)</small></li>', put_in(page.markdown, page.parts))
    return dict(items)


def test_every_register_is_listed_with_what_it_holds() -> None:
    found = listed()
    assert set(found) == {declaration.KIND.plural for declaration in REGISTERS if declaration.KIND.page != "shared"}
    assert found["Risks"] == "1"
    assert found["Events and incidents"] == "nothing yet"


def test_a_register_that_is_empty_for_a_reason_says_so() -> None:
    assert listed(NilReturn.model_validate({"id": "NIL-1", "register": "incidents"}))["Events and incidents"] == "nil return"


@pytest.mark.parametrize("declaration", [*REGISTERS, OwnRegister], ids=lambda declaration: str(declaration.KIND.name))
def test_the_page_of_fields_shows_an_example_that_can_be_copied(declaration: type[Entry]) -> None:
    page = reference_page(view_of(an_isms()), declaration)
    (example,) = re.findall(r"```yaml\n(.*?)\n```", page.markdown, re.DOTALL)
    read = read_yaml(example.strip("-\n ") if example.startswith("---") else example)
    assert read.faults == []
    assert page.uri == reference_uri(declaration)
    assert page.late["fields"].count("<tr>") >= len(declaration.model_fields)
