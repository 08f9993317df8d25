"""The whole site from one set of facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from isms_plugin.analysis.baselines import NO_BASELINES, Baselines
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.links import linked_files
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.clauses import clause_standings
from isms_plugin.analysis.readiness.controls import control_standings
from isms_plugin.model.control import Clause, Control, ControlDecision
from isms_plugin.model.document import Document, is_markdown
from isms_plugin.model.entry import Entry
from isms_plugin.model.own_register import OwnRegister
from isms_plugin.model.profile import ViewName
from isms_plugin.render.acknowledgement_pages import coverage_csv, coverage_page
from isms_plugin.render.calendar_pages import calendar_files, calendar_page
from isms_plugin.render.certification_page import certification_page
from isms_plugin.render.change_pages import change_pages, since_audit_page
from isms_plugin.render.control_pages import clause_page, control_page
from isms_plugin.render.document_list import master_document_list
from isms_plugin.render.document_pages import document_pages
from isms_plugin.render.employee_page import employee_page
from isms_plugin.render.entry_pages import entry_page
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.evidence_pages import evidence_coverage_page, evidence_files
from isms_plugin.render.evidence_room_page import evidence_room_pages
from isms_plugin.render.front_page import front_page
from isms_plugin.render.home_page import home_page
from isms_plugin.render.kept_names import kept_names
from isms_plugin.render.kept_pages import Anew
from isms_plugin.render.management_page import management_page
from isms_plugin.render.overview import clauses_page, diagnostics_page
from isms_plugin.render.page import Page, Site, SiteFile
from isms_plugin.render.populations_page import populations_csv, populations_page
from isms_plugin.render.promise_pages import promises_csv, promises_page
from isms_plugin.render.readiness_pages import stage_1_page, stage_2_page
from isms_plugin.render.reference_pages import reference_page
from isms_plugin.render.register_finder import finder_file
from isms_plugin.render.register_overview import register_overview
from isms_plugin.render.register_pages import page_count, register_csv, register_page
from isms_plugin.render.risk_pages import plan_csv, treatment_page, trend_page
from isms_plugin.render.show_me_page import show_me_page
from isms_plugin.render.since_pages import since_page
from isms_plugin.render.soa_page import soa_csv, soa_json, soa_pages
from isms_plugin.render.trace_pages import trace_files, trace_pages
from isms_plugin.render.withheld_page import withheld_page
from isms_plugin.render.work_sheet_page import work_sheet_files, work_sheet_page

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")
"""Beside documents these are published although no link may name them: HTML shows pictures too."""


def render_site(
    facts: Facts,
    *,
    name: str,
    meta: Mapping[str, Mapping[str, Any]],
    wording: dict[str, str],
    home: str = "index.md",
    baselines: Baselines = NO_BASELINES,
    editions: str = "",
    kept: Anew | None = None,
) -> Site:
    """Render every page and file that the readers may see.

    `home` is the address of the overview, so that an own first page can stay; `kept` holds what the last build of this process made.
    """
    kept = kept or Anew()
    plain = make_view(facts, wording)
    view = kept.begin(plain)
    made = [
        *_pages(view, kept, _Words(name, home, editions), baselines),
        *_registers(view, kept),
        *_entries(view, kept, meta),
        *_files(plain),
    ]
    kept.done()
    names = kept_names(plain)
    return Site(
        pages=tuple(item for item in made if isinstance(item, Page)),
        files=tuple(item for item in made if isinstance(item, SiteFile)),
        addresses={
            **{item.source: item.uri for item in made if isinstance(item, SiteFile) and item.source != item.uri},
            **names,
            **plain.links.addresses,
        },
        outside=tuple(SiteFile(uri=uri, source=path) for path, uri in names.items()),
    )


_Made = Iterable[Page | SiteFile]


class _Words(NamedTuple):
    """What the site is called, where its overview stands, and the folder of its editions."""

    name: str
    home: str
    editions: str


def _pages(view: View, kept: Anew, words: _Words, baselines: Baselines) -> Iterator[Page | SiteFile]:
    """Yield the pages and files made of several registers."""
    if view.facts.profile is not None:
        if not view.shows("dashboard"):
            yield from kept.made("front", (words,), lambda: (front_page(view, words.name),))
        yield from kept.made("withheld", (), lambda: (withheld_page(view),))
    for name, makers in _views(view, words, baselines).items():
        if view.shows(name):
            for number, make in enumerate(makers):
                yield from kept.made(("view", name, number), (words, baselines), make)


def _views(view: View, words: _Words, baselines: Baselines) -> Mapping[ViewName, tuple[Callable[[], _Made], ...]]:
    """Return what makes the pages and files of each view; what is made apart is kept apart."""
    name = words.name
    return {
        "dashboard": (lambda: (home_page(view, name, baselines, uri=words.home),),),
        "employees": (lambda: (employee_page(view),),),
        "soa": (lambda: soa_pages(view, baselines), lambda: (soa_csv(view), soa_json(view))),
        "clauses": (lambda: (clauses_page(view, clause_standings(view.facts, view.audits[Stage.STAGE_2])),),),
        "readiness": (
            lambda: (stage_1_page(view),),
            lambda: (stage_2_page(view),),
            lambda: (show_me_page(view),),
            lambda: (since_page(view, Stage.SURVEILLANCE),),
            lambda: (since_page(view, Stage.RECERTIFICATION),),
        ),
        "register-overview": (lambda: (register_overview(view),),),
        "populations": (lambda: (populations_page(view),), lambda: (populations_csv(view),)),
        "field-reference": (lambda: _references(view),),
        "acknowledgements": (lambda: (coverage_page(view), coverage_csv(view)),),
        "evidence-coverage": (lambda: (evidence_coverage_page(view), *evidence_files(view)),),
        "evidence-room": (lambda: evidence_room_pages(view),),
        "calendar": (lambda: (calendar_page(view),), lambda: calendar_files(view, name)),
        "promises": (lambda: (promises_page(view), promises_csv(view)),),
        "management": (lambda: (management_page(view),),),
        "certification": (lambda: (certification_page(view),),),
        "traceability": (lambda: trace_pages(view), lambda: trace_files(view)),
        "diagnostics": (lambda: (diagnostics_page(view),),),
        "treatment-plan": (lambda: (treatment_page(view),), lambda: (plan_csv(view),)),
        "risk-trend": (lambda: (trend_page(view, baselines),),),
        "baselines": (lambda: change_pages(view, baselines, words.editions),),
        "since-last-audit": (lambda: (since_audit_page(view, baselines),),),
        "work-sheet": (lambda: (work_sheet_page(view, name), *work_sheet_files(view)) if view.facts.profile else (),),
    }


def _references(view: View) -> Iterator[Page]:
    for declaration in view.facts.isms.kinds:
        if declaration.KIND.register:
            yield reference_page(view, declaration)
    yield reference_page(view, OwnRegister)


def _registers(view: View, kept: Anew) -> Iterator[Page | SiteFile]:
    """Yield the tables of all registers, and their files."""
    if any(declaration is Document and view.reads(declaration) for declaration in view.facts.isms.kinds):
        yield from kept.made("documents", (), lambda: (master_document_list(view),))
    for declaration in view.facts.isms.kinds:
        if declaration in (Clause, ControlDecision) or not view.reads(declaration):
            continue
        name = declaration.KIND.name
        for number in range(page_count(view, declaration) if declaration is not Document else 0):
            yield from kept.made(("register", name, number), (declaration,), partial(_register_page, view, declaration, number))
        yield from kept.made(("register", name, "files"), (declaration,), partial(_register_files, view, declaration))


def _register_page(view: View, declaration: type[Entry], number: int) -> tuple[Page, ...]:
    return (register_page(view, declaration, number),)


def _register_files(view: View, declaration: type[Entry]) -> Iterator[SiteFile]:
    yield register_csv(view, declaration)
    rows = finder_file(view, declaration)
    if rows is not None:
        yield rows


def _entries(view: View, kept: Anew, meta: Mapping[str, Mapping[str, Any]]) -> Iterator[Page | SiteFile]:
    """Yield the pages of entries that have one of their own."""
    beside = _beside(view, meta)
    for entry in view.facts.isms.entries.values():
        if "#" in view.links.addresses[entry.id] or not view.reads(type(entry)):
            continue
        rest = beside.get(entry.id, ())
        yield from kept.made(("entry", entry.id), (entry, *rest), partial(_entry, view, entry, *rest))


def _beside(view: View, meta: Mapping[str, Mapping[str, Any]]) -> Mapping[str, tuple[Any, ...]]:
    """Return what pages of some kinds are made of besides their entry, worked out for all of them at once."""
    audit = view.audits[Stage.STAGE_2]
    controls = control_standings(view.facts, audit) if view.shows("readiness") else {}
    return {
        **{document.id: (meta.get(document.id, {}),) for document in view.facts.isms.of(Document)},
        **{row.control.id: (row, controls.get(row.control.id)) for row in view.facts.soa},
        **{clause: (standing,) for clause, standing in clause_standings(view.facts, audit).items()},
    }


def _entry(view: View, entry: Entry, *beside: Any) -> _Made:
    if isinstance(entry, Document):
        return document_pages(view, entry, *beside)
    if isinstance(entry, Control):
        return (control_page(view, *beside),)
    return (clause_page(view, entry, *beside),) if isinstance(entry, Clause) else (entry_page(view, entry),)


def _files(view: View) -> Iterator[SiteFile]:
    """Yield the files that pages link to or show; those of evidence lie beside a pack, not in its site."""
    isms = view.facts.isms
    documents = {text.path for text in isms.texts.values()}
    named = linked_files(isms) - documents
    if view.facts.profile is None:
        named |= {entry.kept_file.path for entry in isms.entries.values() if entry.kept_file}
    for path in sorted(isms.files):
        if path in named or _picture(view, path):
            yield SiteFile(uri=published(path), source=path)


def published(path: str) -> str:
    """Return the address of a file; Markdown is handed out as it is, so no generator may take it for a page."""
    return f"{path}.txt" if is_markdown(path) else path


def _picture(view: View, path: str) -> bool:
    """Whether a file is a picture beside documents. What nothing names may lie there by accident and stays out."""
    folder = view.facts.settings.policies
    return (folder == "." or path.startswith(f"{folder}/")) and path.lower().endswith(PICTURES)
