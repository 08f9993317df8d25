"""Each file in `cases/` is an ISMS and everything that is wrong in it.

`files` by path (a mapping with `text` and `encoding` where UTF-8 will not do), `settings`, `today`; `diagnostics` as
`path:line:column code`, with a fragment of message or hint after a colon; `entries` that were read nevertheless;
`corrected` files, `~` for none, with which nothing is wrong any more.

What is missing in the ISMS as a whole has its cases in `audit_cases/`, see `test_audit_cases.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from isms_plugin.analysis.facts import Facts
from isms_plugin.model.codes import CODES
from isms_plugin.model.diagnostic import Diagnostic
from tests.builders import TODAY
from tests.test_audit_cases import OF_THE_WHOLE

OF_HISTORY = {
    "no-history", "shallow-clone", "not-committed", "approval-commit-gone", "evidence-backdated", "id-reused", "entry-deleted",
    "value-rewritten", "merge-conflict", "known-gone",
}  # fmt: skip
"""Need a repository: tests/unit/analysis/documents/test_control.py, tests/integration/test_approve.py,
test_evidence.py, test_tombstones.py, test_measures.py, test_check_changed.py and test_check_known.py."""

CASES = {path.stem: yaml.load(path.read_bytes(), yaml.BaseLoader) for path in sorted((Path(__file__).parent / "cases").glob("*.yml"))}
CORRECTED = {name: case for name, case in CASES.items() if "corrected" in case}


def content(file: Any) -> bytes:
    return file["text"].encode(file["encoding"]) if isinstance(file, dict) else file.encode()


def worked_out(case: dict[str, Any], analysed: Callable[..., Facts], changes: dict[str, Any]) -> Facts:
    files = {path: content(file) for path, file in (case["files"] | changes).items() if file != "~"}
    today = date.fromisoformat(case["today"]) if "today" in case else TODAY
    return analysed(files, today, **case.get("settings", {}))


def place_and_code(item: Diagnostic) -> str:
    return f"{item.place} {item.code}".strip()


def expected(case: dict[str, Any]) -> list[tuple[str, str]]:
    return [next(iter(item.items())) if isinstance(item, dict) else (item, "") for item in case["diagnostics"]]


@pytest.mark.parametrize("name", CASES)
def test_reports_what_is_wrong_and_nothing_else(name: str, analysed: Callable[..., Facts]) -> None:
    facts = worked_out(CASES[name], analysed, {})
    found = [place_and_code(item) for item in facts.diagnostics]
    assert found == [place for place, _ in expected(CASES[name])]
    for item, (_, fragment) in zip(facts.diagnostics, expected(CASES[name]), strict=True):
        assert fragment in f"{item.message}; {item.hint}"
    if "entries" in CASES[name]:
        assert [entry.id for entry in facts.isms.entries.values() if facts.isms.place(entry).path] == CASES[name]["entries"]


@pytest.mark.parametrize("name", CORRECTED)
def test_the_correction_clears_it(name: str, analysed: Callable[..., Facts]) -> None:
    facts = worked_out(CASES[name], analysed, CASES[name]["corrected"])
    assert [place_and_code(item) for item in facts.diagnostics] == []


@pytest.mark.parametrize("cases", [CASES, CORRECTED], ids=["failing", "passing"])
def test_every_code_has_a_case(cases: dict[str, Any]) -> None:
    assert {place.split()[-1] for case in cases.values() for place, _ in expected(case)} == CODES.keys() - OF_HISTORY - OF_THE_WHOLE
