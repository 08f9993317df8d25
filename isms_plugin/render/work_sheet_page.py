"""The auditor's work sheet: every clause and control with what shows it, to be graded in the browser or by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files as package_files
from typing import Final, NamedTuple

from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.clauses import ClauseStanding, clause_standings
from isms_plugin.analysis.readiness.open_findings import OpenFinding, open_findings
from isms_plugin.analysis.soa.statement import SoaRow
from isms_plugin.model.control import Clause, Control, ControlDecision
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.work_sheet import GRADES, SCHEMA
from isms_plugin.render.addresses import ROWS_PER_PAGE
from isms_plugin.render.document_state import shown
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, SiteFile, part

SHEET: Final = "work-sheet.md"
SCRIPTS: Final = ("isms/work_sheet_files.js", "isms/work_sheet_offers.js", "isms/work_sheet.js")
"""In the order in which they are loaded."""
IDS: Final = "isms/work_sheet_ids.js"
_STATIC: Final = package_files("isms_plugin.render") / "static"
_THEMES: Final = {
    "organizational": "Organizational controls (A.5)",
    "people": "People controls (A.6)",
    "physical": "Physical controls (A.7)",
    "technological": "Technological controls (A.8)",
}
_OWN: Final = "Controls of our own"
_EXCLUDED: Final = "Excluded controls"


class Subject(NamedTuple):
    """A clause or control of the sheet, and what shows it."""

    entry: Clause | Control
    documents: tuple[Document, ...] = ()
    registers: tuple[tuple[type[Entry], int], ...] = ()
    evidence: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    decision: ControlDecision | None = None
    opened: tuple[OpenFinding, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """What is likely to be sampled: its evidence, its documents, its risks."""
        return (*self.evidence, *(document.id for document in self.documents), *self.risks)


class Group(NamedTuple):
    """Subjects below one heading."""

    title: str
    subjects: tuple[Subject, ...]


def work_sheet_page(view: View, name: str) -> Page:
    """Return the sheet; `name` is that of the organization's ISMS. It is whole without scripts, to be filled in by hand."""
    sheet = view.render(
        "work_sheet.html.jinja",
        name=name,
        schema=SCHEMA,
        grades=GRADES,
        groups=list(groups(view)),
        shown=lambda document: shown(view, document),
        scripts=(IDS, *SCRIPTS),
    )
    return Page(
        uri=SHEET,
        title="Work sheet",
        markdown=f"# Work sheet\n\n{part('lead')}\n\n{part('sheet')}",
        parts={"lead": view.render("work_sheet_lead.html.jinja")},
        late={"sheet": sheet},
        meta={"hide": ["navigation", "toc"]},
    )


def work_sheet_files(view: View) -> Iterator[SiteFile]:
    """Yield the scripts of the sheet, and the ids that it offers as samples."""
    for uri in SCRIPTS:
        yield SiteFile(uri=uri, content=(_STATIC / uri.removeprefix("isms/")).read_bytes())
    rows = ",\n".join(json.dumps([entry.id, entry.name], ensure_ascii=False) for entry in _sampled(view))
    yield SiteFile(uri=IDS, content=f"window.ismsSheetIds = [\n{rows}\n];\n".encode())


def groups(view: View) -> Iterator[Group]:
    """Yield clauses, applicable and undecided controls by theme, and what is excluded; groups without subjects are left out."""
    opened = open_findings(view.facts)
    standings = clause_standings(view.facts, view.audits[Stage.STAGE_2])
    clauses = tuple(_clause(view, standing, opened.get(name, ())) for name, standing in standings.items())
    controls = [_control(view, row, opened.get(row.control.id, ())) for row in view.facts.soa if not row.control.retired]
    placed: dict[str, list[Subject]] = {title: [] for title in (*_THEMES.values(), _OWN, _EXCLUDED)}
    for subject in controls:
        placed[_title(subject)].append(subject)
    found = [Group("Clauses 4 to 10", clauses), *(Group(title, tuple(subjects)) for title, subjects in placed.items())]
    return (group for group in found if group.subjects)


def _title(subject: Subject) -> str:
    control, decision = subject.entry, subject.decision
    if decision is not None and decision.decision == "excluded":
        return _EXCLUDED
    if not isinstance(control, Control) or control.own:
        return _OWN
    return _THEMES.get(control.theme or "", _OWN)


def _clause(view: View, standing: ClauseStanding, opened: tuple[OpenFinding, ...]) -> Subject:
    """Return a clause with its documented information and whatever else answers it, each once."""
    documents = (*(document for piece in standing.pieces for document in piece.answered.documents), *standing.documents)
    registers = dict((*(found for piece in standing.pieces for found in piece.answered.registers), *standing.registers))
    return Subject(
        entry=standing.clause,
        documents=tuple({document.id: document for document in documents if not document.retired}.values()),
        registers=tuple((declaration, count) for declaration, count in registers.items() if count and declaration in view.facts.isms.kinds),
        evidence=standing.evidence,
        opened=opened,
    )


def _control(view: View, row: SoaRow, opened: tuple[OpenFinding, ...]) -> Subject:
    documents = (view.facts.isms.get(Document, name) for name in row.documents)
    return Subject(
        entry=row.control,
        documents=tuple(document for document in documents if document is not None),
        evidence=row.evidence,
        risks=row.risks,
        decision=row.decision,
        opened=opened,
    )


def _sampled(view: View) -> Iterator[Entry]:
    """Yield the entries that the sheet completes ids of: those of registers that fit on a page, which people know by number."""
    for declaration in view.facts.isms.kinds:
        if not declaration.KIND.register or declaration.KIND.record or declaration.KIND.page == "shared":
            continue
        entries = view.facts.isms.living(declaration)
        if len(entries) <= ROWS_PER_PAGE:
            yield from entries
