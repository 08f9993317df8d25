"""The whole site from one set of facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from isms_plugin.analysis.baselines import NO_BASELINES, Baselines
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.links import linked_files
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.clauses import clause_standings
from isms_plugin.analysis.readiness.controls import control_standings
from isms_plugin.model.control import Clause, Control, ControlDecision
from isms_plugin.model.document import Document, is_markdown
from isms_plugin.model.own_register import OwnRegister
from isms_plugin.render.acknowledgement_pages import coverage_csv, coverage_page
from isms_plugin.render.calendar_pages import calendar_files, calendar_page
from isms_plugin.render.certification_page import certification_page
from isms_plugin.render.change_pages import change_pages
from isms_plugin.render.control_pages import clause_page, control_page
from isms_plugin.render.document_list import master_document_list
from isms_plugin.render.document_pages import document_pages
from isms_plugin.render.employee_page import employee_page
from isms_plugin.render.entry_pages import entry_page
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.evidence_pages import evidence_coverage_page, evidence_files
from isms_plugin.render.home_page import home_page
from isms_plugin.render.management_page import management_page
from isms_plugin.render.overview import clauses_page, diagnostics_page
from isms_plugin.render.page import Page, Site, SiteFile
from isms_plugin.render.promise_pages import promises_csv, promises_page
from isms_plugin.render.readiness_pages import readiness_pages
from isms_plugin.render.reference_pages import reference_page
from isms_plugin.render.register_finder import finder_file
from isms_plugin.render.register_overview import register_overview
from isms_plugin.render.register_pages import register_csv, register_pages
from isms_plugin.render.risk_pages import plan_csv, risk_pages
from isms_plugin.render.soa_page import soa_csv, soa_json, soa_pages
from isms_plugin.render.trace_pages import trace_files, trace_pages

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
) -> Site:
    """Render every page and file; `home` is the address of the overview, so that an own first page can stay."""
    view = make_view(facts, wording)
    files = (*_files(view), *calendar_files(view, name))
    return Site(
        pages=(
            home_page(view, name, baselines, uri=home),
            employee_page(view),
            *soa_pages(view, baselines),
            *_pages(view, meta),
            *risk_pages(view, baselines),
            *change_pages(view, baselines, editions),
        ),
        files=files,
        addresses={**{file.source: file.uri for file in files if file.source != file.uri}, **view.links.addresses},
    )


def _pages(view: View, meta: Mapping[str, Mapping[str, Any]]) -> Iterator[Page]:
    isms = view.facts.isms
    yield master_document_list(view)
    clauses = clause_standings(view.facts, view.audits[Stage.STAGE_2])
    controls = control_standings(view.facts, view.audits[Stage.STAGE_2])
    yield clauses_page(view, clauses)
    yield from readiness_pages(view, controls)
    yield register_overview(view)
    for declaration in isms.kinds:
        if declaration not in (Document, Clause, ControlDecision):
            yield from register_pages(view, declaration)
    for declaration in isms.kinds:
        if declaration.KIND.register:
            yield reference_page(view, declaration)
    yield reference_page(view, OwnRegister)
    yield coverage_page(view)
    yield evidence_coverage_page(view)
    yield calendar_page(view)
    yield promises_page(view)
    yield management_page(view)
    yield certification_page(view)
    yield from trace_pages(view)
    yield diagnostics_page(view)
    rows = {row.control.id: row for row in view.facts.soa}
    for entry in isms.entries.values():
        if "#" in view.links.addresses[entry.id]:
            continue
        if isinstance(entry, Document):
            yield from document_pages(view, entry, meta.get(entry.id, {}))
        elif isinstance(entry, Control):
            yield control_page(view, rows[entry.id], controls.get(entry.id))
        elif isinstance(entry, Clause):
            yield clause_page(view, entry, clauses.get(entry.id))
        else:
            yield entry_page(view, entry)


def _files(view: View) -> Iterator[SiteFile]:
    isms = view.facts.isms
    for declaration in isms.kinds:
        if declaration not in (Clause, ControlDecision):
            yield register_csv(view, declaration)
            rows = finder_file(view, declaration)
            if rows is not None:
                yield rows
    yield soa_csv(view)
    yield soa_json(view)
    yield coverage_csv(view)
    yield from evidence_files(view)
    yield plan_csv(view)
    yield promises_csv(view)
    yield from trace_files(view)
    documents = {text.path for text in isms.texts.values()}
    named = (linked_files(isms) - documents) | {entry.kept_file.path for entry in isms.entries.values() if entry.kept_file}
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
