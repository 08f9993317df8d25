"""What texts say of themselves, in the shapes found in public repositories."""

from __future__ import annotations

from datetime import date
from time import monotonic
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isms_plugin.authoring.start.change_table import written_version
from isms_plugin.authoring.start.lifted import Lifting, lift

CONTROLS = frozenset(("A.5.1", "A.5.15", "A.8.13"))


def lifting(body: str, first_line: int = 1) -> Lifting:
    return lift(body, first_line, controls=CONTROLS)


def values(body: str) -> dict[str, Any]:
    return {key: item.value for key, item in lifting(body).values.items()}


def refused(body: str) -> list[tuple[str, int, str]]:
    return [(item.field, item.line, item.why) for item in lifting(body).refused]


@pytest.mark.parametrize(
    "body",
    [
        "# Access Policy\n\n**Version:** 1.2\n**Next review:** 2027-03-05\n",
        "# Access Policy\n\n**Version**: 1.2  \n**Next review**: 5 March 2027\n",
        "# Access Policy\n\n__Version:__ 1.2\n__Next Review Date:__ 5.3.2027\n",
        "# Access Policy\n\n**Version:** 1.2 | **Next review:** March 5, 2027\n",
        "# Access Policy\n\n- **Version:** v1.2 (Draft)\n- **Next review:** 05.03.2027\n",
        "# Access Policy\n\nVersion: 1.2\nNext review: 2027-03-05\n",
        "# Access Policy\n\n* Version: 1.2\n* Next review: 2027-03-05\n",
        "# Access Policy\n\n> **Version:** 1.2\n> **Next review:** 2027-03-05\n",
        "# Access Policy\n\n*Version: 1.2*\n_Next review: 2027-03-05_\n",
        "# Access Policy\n\n| Version | 1.2 |\n|---|---|\n| Next review | 2027-03-05 |\n",
        "# Access Policy\n\n| | |\n|:--|:--|\n| **Version** | `1.2` |\n| **Next review** | 2027-03-05 |\n",
        "# Access Policy\n\n| Version | 1.2 | Next review | 2027-03-05 |\n|---|---|---|---|\n| Type | policy | Owner | Ann |\n",
        "# Access Policy\n\n| Version | Next review | Owner |\n|---|---|---|\n| 1.2 | 2027-03-05 | Ann |\n",
        "Access Policy\n=============\n\nVersion: 1.2\nNext review: 2027-03-05\n",
        "# Access Policy\n\n## Purpose\n\nWhy.\n\n## 9. Document Control\n\n**Version:** 1.2\n\n**Next review:** 2027-03-05\n",
    ],
)
def test_one_thing_in_many_shapes(body: str) -> None:
    assert values(body) == {"title": "Access Policy", "kind": "policy", "version": "1.2", "next_review": date(2027, 3, 5)}


def test_a_german_head() -> None:
    body = (
        "# Zugriffsrichtlinie\n\n**Dokument-ID:** RL-07  \n**Version:** 2.0  \n**Klassifizierung:** Vertraulich  \n"
        "**Gültig ab:** 10. 01. 2026  \n**Review-Zyklus:** jährlich  \n**Eigentümer:** Anna Weiß  \n"
    )
    assert values(body) == {
        "id": "RL-07", "version": "2.0", "classification": "confidential", "effective_from": date(2026, 1, 10), "review_interval": 12,
        "title": "Zugriffsrichtlinie", "kind": "policy",
    }  # fmt: skip
    assert [(item.concept, item.value, item.line) for item in lifting(body).told] == [("owner", "Anna Weiß", 8)]


def test_lines_are_those_of_the_file() -> None:
    assert lifting("# A\n\n**Version:** 1.2\n", first_line=7).values["version"].line == 9


@pytest.mark.parametrize(
    "body",
    [
        "# A\n\n## Purpose\n\n**Version:** 1.2\n",
        "# A\n\n```\nVersion: 1.2\n```\n",
        "# A\n\n**Version:** [VERSION]\n",
        "# A\n\n**Version:** {{ version }}\n",
        "# A\n\n**Version:** TBD\n",
        "# A\n\n| Version | |\n|---|---|\n",
        "# A\n\nThe version: 1.2 of it.\n",
    ],
)
def test_what_says_no_version_of_the_document(body: str) -> None:
    assert "version" not in values(body)
    assert refused(body) == []


@pytest.mark.parametrize("text", ["YYYY-MM-DD", "DD.MM.YYYY", "[DATE]", "<date>", "Pending", "n/a", "___", "—", "noch offen", "tt.mm.jjjj"])
def test_places_for_a_day_are_no_days(text: str) -> None:
    assert values(f"# A\n\n**Next review:** {text}\n") == {"title": "A"}


def test_two_days_that_contradict_each_other_are_none() -> None:
    body = "# A\n\n**Effective date:** 2024-03-05\n\n## Document control\n\n| Effective date | 2024-03-06 |\n|---|---|\n"
    assert "effective_from" not in values(body)
    assert refused(body) == [
        ("effective_from", 3, "lines 3, 7 contradict each other"), ("effective_from", 7, "lines 3, 7 contradict each other"),
    ]  # fmt: skip


def test_one_day_written_twice_is_one() -> None:
    assert values("# A\n\n**Effective date:** 2024-03-05\n**Valid from:** 5 March 2024\n")["effective_from"] == date(2024, 3, 5)


def test_a_readable_value_beside_an_unreadable_one_is_none() -> None:
    assert "effective_from" not in values("# A\n\n**Effective date:** 2024-03-05\n**Valid from:** spring\n")


HISTORY = """# A Policy

{head}
## Version history

| Date | Version | Author | Description of changes |
|---|---|---|---|
| 2023-01-10 | 1.9 | Jane | First |
| 5 March 2024 | 1.10 | Joe | Added [MFA](mfa.md) |
"""


def test_a_history_tells_the_version_and_its_changes() -> None:
    found = lifting(HISTORY.format(head=""))
    assert found.values["version"].value == "1.10"
    assert [tuple(change) for change in found.history.changes] == [
        ("1.9", date(2023, 1, 10), "First", "Jane", 8), ("1.10", date(2024, 3, 5), "Added MFA", "Joe", 9),
    ]  # fmt: skip


def test_a_version_that_the_history_contradicts_is_none() -> None:
    body = HISTORY.format(head="**Version:** 1.9\n")
    assert "version" not in values(body)
    assert refused(body) == [("version", 3, "line 10 has version 1.10 as the newest")]


def test_a_history_of_one_version_below_its_heading() -> None:
    found = lifting("# A\n\n## Change History\n\n| Version | Date | Changes |\n|---|---|---|\n| 1.0 | March 2024 | First |\n")
    assert [(change.version, change.day) for change in found.history.changes] == [("1.0", None)]
    assert [item.why for item in found.refused] == ["date 'March 2024' of version 1.0 names no single day"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A.5.1, A.8.13", ["A.5.1", "A.8.13"]),
        ("A.5.1 and A.5.15", ["A.5.1", "A.5.15"]),
        ("A.5.1; A.5.1", ["A.5.1"]),
        ("5.1", None),
        ("A.9.2.1", None),
        ("A.5.1, all others", None),
    ],
)
def test_controls_are_those_of_the_edition(text: str, expected: list[str] | None) -> None:
    assert values(f"# A\n\n**Controls:** {text}\n").get("controls") == expected


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Annually", 12),
        ("every 6 months", 6),
        ("24 Monate", 24),
        ("alle zwei Jahre", 24),
        ("2 years", 24),
        ("often", None),
        ("6 years", None),
    ],
)
def test_intervals(text: str, months: int | None) -> None:
    assert values(f"# A\n\n**Review cycle:** {text}\n").get("review_interval") == months


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Access Policy", "policy"), ("Backup Procedure", "procedure"), ("Notfallplan", "plan"), ("Backup", None),
        ("Policy and procedure on access", None), ("Policymaking", None),
    ],
)  # fmt: skip
def test_the_kind_is_in_the_title_or_nowhere(title: str, kind: str | None) -> None:
    assert values(f"# {title}\n").get("kind") == kind


NUMBERS = st.lists(st.integers(0, 999), min_size=1, max_size=4).map(lambda parts: ".".join(map(str, parts)))


@given(NUMBERS, st.sampled_from(("{}", "v{}", "V{}", "Version {}", "v. {}", "{} (Draft)", "{} (in Bearbeitung)", " {} ")))
def test_a_version_comes_back_from_every_form(version: str, form: str) -> None:
    assert written_version(form.format(version)) == version


@given(NUMBERS, NUMBERS)
def test_two_versions_are_one_or_none(first: str, second: str) -> None:
    found = values(f"# A\n\n**Version:** {first}\n**Document version:** {second}\n")
    assert found.get("version") == (first if first == second else None)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    lifting(text)


@pytest.mark.parametrize("line", ["*a" * 900, "[" * 1900, "**a" * 600, "**" + "a " * 900, "|a" * 900, "[" * 100_000])
def test_a_strange_line_does_not_take_long(line: str) -> None:
    began = monotonic()
    assert values(f"# A\n\n{line}\n|--|--|\n{line}\n") == {"title": "A"}
    assert monotonic() - began < 5
