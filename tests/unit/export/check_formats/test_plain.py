"""A check as text and as plain JSON."""

from __future__ import annotations

import json

from isms_plugin.export.check_formats.plain_json import plain_json
from isms_plugin.export.check_formats.plain_text import plain_text
from tests.unit.export.check_formats.reports import MAJOR, MINOR, OFI, a_comparison, a_report, a_reported, the_report

TEXT = """\
major: A.5.7 has no decision [no-decision, 6.1.3]
registers/actions.yml:4:8: minor: ACT-001: action was due on 2026-11-13 [overdue, 8.1]
    do it
registers/roles.yml:2: ofi: nobody stands in [no-deputy, 5.3]
registers/actions.yml:4:8: info: ACT-001: action was due on 2026-11-13 [evidence-gap, 8.1] (waived by EXC-003 until 2027-03-31)
    do it
registers/actions.yml:4:8: minor: ACT-001: action was due on 2026-11-13 [no-owner, 7.5.2] (known: Until the merger.)
    do it
1 major, 2 minor, 1 ofi, 1 info; 1 of them known.
"""


def test_people_get_a_line_for_each_a_hint_and_the_number() -> None:
    assert plain_text(the_report()) == TEXT


def test_nothing_found_is_said() -> None:
    assert plain_text(a_report()) == "Nothing found.\n"


def test_a_change_tells_what_is_new_what_is_fixed_and_how_many_stay() -> None:
    assert plain_text(a_report(MINOR, comparison=a_comparison(fixed=(OFI,)))).splitlines() == [
        "new:",
        "registers/actions.yml:4:8: minor: ACT-001: action was due on 2026-11-13 [overdue, 8.1]",
        "    do it",
        "fixed:",
        "registers/roles.yml:2: ofi: nobody stands in [no-deputy, 5.3]",
        "Compared with main (0123456789), merged with it.",
        "new: 1 (1 minor), fixed: 1, still there: 5",
    ]


def test_a_change_that_could_not_be_merged_says_why() -> None:
    told = plain_text(a_report(comparison=a_comparison(merged=False, gap="git 2.30 cannot merge")))
    assert told == "Compared with main (0123456789).\ngit 2.30 cannot merge.\nnew: 0, fixed: 0, still there: 5\n"


def test_no_line_is_a_command_to_a_runner() -> None:
    found = a_reported(message="\n::error::hi ##[add-mask]a ##vso[b]", hint="::warning::hi\x1b[2J", path="::error::x.md", line=0, column=0)
    assert plain_text(a_report(found)).splitlines()[:2] == [
        "./::error::x.md: minor: \\n::error::hi # #[add-mask]a # #vso[b] [overdue, 8.1]",
        "    ./::warning::hi\\x1b[2J",
    ]


def test_data_has_every_field_and_what_excuses_a_diagnostic() -> None:
    found = json.loads(plain_json(the_report()))
    assert (found["schema"], list(found)) == ("isms-check/1", ["schema", "diagnostics"])
    assert found["diagnostics"][1] == {
        "code": "overdue", "severity": "minor", "clause": "8.1", "message": "ACT-001: action was due on 2026-11-13", "hint": "do it",
        "entry": "ACT-001", "path": "registers/actions.yml", "line": 4, "column": 8, "fingerprint": MINOR.fingerprint,
    }  # fmt: skip
    assert found["diagnostics"][3]["waived_by"] == "EXC-003"
    assert (found["diagnostics"][4]["known"], found["diagnostics"][4]["reason"]) == (True, "Until the merger.")


def test_data_of_a_change_tells_what_it_was_compared_with() -> None:
    changed = json.loads(plain_json(a_report(MINOR, comparison=a_comparison(fixed=(MAJOR,)))))["changed"]
    fixed = changed.pop("fixed")
    assert [item["code"] for item in fixed] == ["no-decision"]
    assert changed == {"base": "main", "commit": "0123456789abcdef", "merged": True, "gap": "", "standing": 5}
