"""Registers as whole populations, as readers see them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from isms_plugin.analysis.audits.sampling import population_hash
from isms_plugin.model.entry import Entry
from isms_plugin.model.former import Former, FormerEntry
from isms_plugin.model.history import History
from isms_plugin.model.nil_return import NilReturn
from isms_plugin.model.profile import Withheld
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.plain_text import words_of
from isms_plugin.render.populations_page import populations_csv, populations_page
from tests.builders import an_incident, facts_of

INCIDENTS = (
    an_incident(),
    an_incident(id="INC-003", status="retired"),
    an_incident(id="INC-005", detected_on="2024-01-05"),
    an_incident(id="INC-006", detected_on=None),
)


def a_view(*entries: Entry) -> View:
    return make_view(facts_of(*entries), {})


def told(view: View) -> str:
    page = populations_page(view)
    return words_of(" ".join(page.late.values()))


def test_a_register_is_told_with_its_days_ids_and_what_explains_its_numbers() -> None:
    assert (
        "Events and incidents 4 1 2024-01-05 to 2026-09-14 detected on INC-001 to INC-006 "
        "retired, kept so that the id stays taken: INC-003 1 without a day, so in no period INC-002 not in use; INC-004 not in use CSV"
    ) in told(a_view(*INCIDENTS))


def test_a_deleted_entry_is_told_without_its_title() -> None:
    former = Former(name="isms-1", entries={"INC-002": FormerEntry("incident", "Secret", "registers/incidents.yml", "active")})
    view = make_view(replace(facts_of(*INCIDENTS), history=History(former=(former,))), {})
    assert "INC-002 deleted: in isms-1 it was there" in told(view)
    assert "Secret" not in told(view)


def test_readers_are_told_what_is_withheld() -> None:
    view = make_view(replace(facts_of(*INCIDENTS), withheld=(Withheld("incidents", "", 2, "confidential"),)), {})
    assert "2 entries withheld from these readers: confidential INC-002 withheld or not in use" in told(view)


def test_days_that_are_withheld_put_nothing_into_a_period() -> None:
    withheld = {"INC-001": frozenset(("detected_on",))}
    alone, beside = an_incident(detected_on=None), an_incident(id="INC-002")
    assert "incidents 1 (withheld) INC-001 the day of 1 is withheld CSV" in told(make_view(facts_of(alone, withheld=withheld), {}))
    assert "incidents 2 1 2026-09-14 detected on INC-001 to INC-002 the day of 1 is withheld CSV" in told(
        make_view(facts_of(alone, beside, withheld=withheld), {})
    )


def test_a_nil_return_stands_for_an_empty_register() -> None:
    nil = NilReturn.model_validate({"id": "NIL-1", "register": "incidents", "period_from": "2026-01-01", "period_to": "2026-06-30"})
    assert "Events and incidents 0 0 nil return 2026-01-01 to 2026-06-30 CSV" in told(a_view(nil))
    assert "Events and incidents 0 0 nothing registered CSV" in told(a_view())


def test_of_many_gaps_the_rest_is_counted() -> None:
    assert "INC-16 not in use and 2 more" in told(a_view(*(an_incident(id=f"INC-{number}") for number in range(1, 22, 2))))


def test_registers_and_files_are_linked() -> None:
    html = "".join(populations_page(a_view()).late.values())
    for target in ("incidents/index.md", "incidents/incidents.csv", "soa.md", "soa/soa.csv", "documents/index.md"):
        assert f'href="isms:{target}"' in html, target


def test_the_command_names_the_audited_period() -> None:
    html = populations_page(a_view()).parts["draw"]
    assert "isms audit sample changes --n 5 --seed WORD --from 2025-11-25 --to 2026-11-24" in html


def test_the_csv_file_holds_the_hashes_of_what_is_drawn_from() -> None:
    rows = csv.DictReader(io.StringIO(populations_csv(a_view(*INCIDENTS)).content.decode("utf-8-sig")))
    row = next(row for row in rows if row["register"] == "incidents")
    assert (row["in_all"], row["of_the_period"], row["without_day"], row["missing"], row["retired_ids"]) == (
        "4", "1", "1", "INC-002; INC-004", "INC-003",
    )  # fmt: skip
    assert row["population_hash"] == population_hash(["INC-001", "INC-005", "INC-006"])
    assert row["period_hash"] == population_hash(["INC-001"])
