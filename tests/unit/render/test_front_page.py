"""The first page of a pack: where it leads, and what it does not speak of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from isms_plugin.model.profile import Withheld
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.front_page import Beside, front, start_page
from tests.builders import a_certification, a_profile, facts_of


def view(*withheld: Withheld, **profile: Any) -> View:
    return make_view(replace(facts_of(a_certification()), profile=a_profile(**profile), withheld=withheld), {})


@pytest.mark.parametrize(("views", "door"), [(["soa"], "certifications/index.md"), (["certification"], "certification.md")])
def test_certificates_are_led_to_once(views: list[str], door: str) -> None:
    page = front(view(views=views))
    assert [target for target in ("certifications/index.md", "certification.md") if f'href="isms:{target}"' in page] == [door]


def test_what_is_withheld_is_counted_in_words() -> None:
    once = Withheld("risks", "scenario", 1, "the field is not for these readers")
    assert "1 value or entry</a>" in front(view(once))
    assert "3 values or entries</a>" in front(view(once, replace(once, count=2)))


def test_where_nothing_lies_beside_the_site_there_is_no_word_of_it() -> None:
    files = Beside("Registers as CSV", (("../registers/risks.csv", "risks"),))
    assert "Beside the site" in start_page(view(), "Test", [files])
    assert "Beside the site" not in start_page(view(), "Test", [])
