"""The first page: doors for everybody, and what the manager of the ISMS has to see first."""

from __future__ import annotations

from typing import Final

from isms_plugin.analysis.baselines import Baselines
from isms_plugin.analysis.dashboard import Dashboard, Line, Sort, dashboard
from isms_plugin.analysis.newest_changes import counted, newest
from isms_plugin.analysis.next_days import Awaited, distance
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.risk.profile import by_level
from isms_plugin.model.audit import Audit
from isms_plugin.model.certification import Certification
from isms_plugin.model.diagnostic import Grade
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.evidence import Evidence
from isms_plugin.model.management_review import ManagementReview
from isms_plugin.render.acknowledgement_pages import COVERAGE
from isms_plugin.render.addresses import table_page
from isms_plugin.render.calendar_pages import CALENDAR
from isms_plugin.render.change_pages import change_uris
from isms_plugin.render.employee_page import EMPLOYEES, report_link, to_read
from isms_plugin.render.entry_pages import heading
from isms_plugin.render.environment import View
from isms_plugin.render.overview import grades
from isms_plugin.render.page import Page, part
from isms_plugin.render.readiness_findings import PAGES
from isms_plugin.render.soa_page import counts

EVIDENCE_COVERAGE: Final = "evidence/coverage.md"

_SHOWN: Final = 10
"""Lines of one list; the page that it leads to has them all."""
_LARGEST: Final = 5
_PLANNED_IN: Final[dict[Awaited, type[Entry]]] = {
    "external audit": Audit, "internal audit": Audit, "management review": ManagementReview, "end of the certificate": Certification,
}  # fmt: skip


def home_page(view: View, name: str, baselines: Baselines, *, uri: str = "index.md") -> Page:
    """Return the page where everybody finds their way, and the manager of the ISMS what is blocked, due, changed and not covered."""
    title = name or "Information security management system"
    board = dashboard(view.facts, view.audits)
    return Page(
        uri=uri,
        title=title,
        markdown=f"# {heading(title)}\n\n{part('doors')}\n\n{part('board')}\n\n{part('glance')}",
        parts={"doors": _doors(view, board), "glance": _glance(view, board)},
        late={"board": _board(view, board, baselines)},
        meta={"hide": ["navigation", "toc"]},
    )


def _doors(view: View, board: Dashboard) -> str:
    return view.render(
        "home_doors.html.jinja",
        employees=EMPLOYEES,
        report=report_link(view),
        to_read=to_read(view),
        stage=board.audit.stage,
        stages=[(stage.title, PAGES[stage]) for stage in Stage],
        stage_page=PAGES[board.audit.stage],
        certificate=board.certificate,
        documents=sum(not document.retired for document in view.facts.isms.of(Document)),
        evidence=sum(1 for _ in view.facts.isms.of(Evidence)),
        first=board.first,
        table_page=table_page,
    )


def _board(view: View, board: Dashboard, baselines: Baselines) -> str:
    changes = baselines.since
    return view.render(
        "home_board.html.jinja",
        board=board,
        blocked=board.of("blocked"),
        overdue=board.of("overdue"),
        soon=board.of("soon"),
        coverage=board.of("coverage"),
        target=lambda line: _target(line, board),
        shown=_SHOWN,
        raised=[(grade.word, len(board.audit.graded(grade))) for grade in (Grade.MAJOR, Grade.MINOR, Grade.OFI)],
        stage_page=PAGES[board.audit.stage],
        calendar=CALENDAR,
        acknowledgements=COVERAGE,
        evidence=EVIDENCE_COVERAGE,
        changes=changes,
        changes_page=change_uris(baselines).get("", ""),
        counted=counted(changes) if changes else [],
        newest=newest(changes, _SHOWN) if changes else [],
        baselines=baselines,
        days=[(day, table_page(_PLANNED_IN[day.what])) for day in board.days],
        distance=distance,
    )


def _target(line: Line, board: Dashboard) -> str:
    """Return where a line leads: to its entry, else to the page that has all of its sort."""
    if line.entry:
        return line.entry
    return PAGES[board.audit.stage] if line.sort in (Sort.GATE, Sort.RAISED) else CALENDAR


def _glance(view: View, board: Dashboard) -> str:
    return view.render(
        "home_glance.html.jinja",
        soa=counts(view.facts.soa),
        risks=by_level(view.facts.isms)[:_LARGEST],
        grades=grades(view),
        waived=board.waived,
    )
