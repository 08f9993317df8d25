from __future__ import annotations

import pytest

from isms_plugin.analysis.links import check_links, linked_files
from isms_plugin.model.diagnostic import Diagnostic
from tests.builders import an_isms

FILES = frozenset(
    (
        "policies/security.md",
        "policies/b c.md",
        "policies/e_(1).md",
        "policies/img/a.png",
        "docs/index.md",
        "docs/guide/index.md",
        "evidence/README.md",
    )
)


def check(body: str) -> list[Diagnostic]:
    return list(check_links(an_isms(body=body, files=FILES)))


@pytest.mark.parametrize(
    "link",
    [
        "[a](security.md)", "[a](./security.md)", "[a](../policies/security.md)", "[a](security.md#part)", "[a](security.md?raw=1)",
        "[a]( security.md )", '[a](security.md "Title")', "[a](<security.md>)", "[a](b%20c.md)", "[a](<b c.md>)", "[a](e_(1).md)",
        "![a](img/a.png)", "[![a](img/a.png)](security.md)", "[a](../docs/)", "[a](../docs/guide)", "[a](../evidence/)",
        "[a](#part)", "[a](?x)", "[a]()", "[a](https://example.org)", "[a](mailto:a@example.org)", "[a](//example.org)", "[a](/about/)",
        "[a](isms:RSK-001)", "[a](tel:+49)", "`[a](gone.md)`", "```\n[a](gone.md)\n```", "<!-- [a](gone.md) -->", "[a] (gone.md)",
        "gone.md",
    ],
)  # fmt: skip
def test_nothing_is_wrong_with(link: str) -> None:
    assert check(link) == []


@pytest.mark.parametrize(
    ("link", "code", "line", "column"),
    [
        ("[a](gone.md)", "missing-file", 10, 5),
        ("text\n\nü [a](gone.md#part)", "missing-file", 12, 7),
        ("[a](<gone gone.md>)", "missing-file", 10, 6),
        ("![a](img/gone.png)", "missing-file", 10, 6),
        ("[a](Security.md)", "missing-file", 10, 5),
        ("[a](img/)", "missing-file", 10, 5),
        ("[a](../registers/risks.yml)", "link-outside", 10, 5),
        ("[a](../README.md)", "link-outside", 10, 5),
        ("[a](../../x.md)", "link-outside", 10, 5),
        ("[a](%2e%2e/%2e%2e/x.md)", "link-outside", 10, 5),
    ],
)
def test_a_link_to_nothing_is_reported_where_its_target_is(link: str, code: str, line: int, column: int) -> None:
    (found,) = check(link)
    assert (found.code, found.entry, str(found.place)) == (code, "POL-001", f"policies/security.md:{line}:{column}")


def test_every_link_is_checked() -> None:
    assert [item.place.column for item in check("[a](b.md) [c](security.md) [d](e.md)")] == [5, 32]


def test_pages_are_checked_too() -> None:
    isms = an_isms(pages={"docs/guide/start.md": "[a](index.md) [b](../index.md) [c](gone.md)"}, files=FILES)
    (found,) = check_links(isms)
    assert (found.message, found.entry, str(found.place)) == ("gone.md: there is no docs/guide/gone.md", "", "docs/guide/start.md:1:36")


def test_files_that_documents_link_to_are_told_and_no_others() -> None:
    body = "[a](b%20c.md) [b](img/a.png#x) [c](gone.md) [d](https://example.org/a.png) `[e](security.md)`"
    assert linked_files(an_isms(body=body, files=FILES)) == {"policies/b c.md", "policies/img/a.png"}
