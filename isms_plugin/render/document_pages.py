"""Pages of documents: control block, the text in force, relations, issued versions and revisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from isms_plugin.analysis.completeness import missing_fields
from isms_plugin.model.document import Document
from isms_plugin.render.acknowledgement_pages import coverage_line
from isms_plugin.render.addresses import file_name
from isms_plugin.render.chain_picture import chain_parts
from isms_plugin.render.document_state import Shown, shown, withheld_data
from isms_plugin.render.document_text import body_of, linked
from isms_plugin.render.entry_pages import ENTRY_META, heading
from isms_plugin.render.environment import View
from isms_plugin.render.history_table import history_table, issues_table
from isms_plugin.render.page import Page, part
from isms_plugin.render.promise_pages import document_promises
from isms_plugin.render.running_text import running_text
from isms_plugin.render.version_pages import version_pages, version_uris


def document_pages(view: View, document: Document, site_meta: Mapping[str, object]) -> Iterator[Page]:
    """Return the document as its readers see it, then its versions and draft."""
    state = shown(view, document)
    yield _tombstone(view, state, site_meta) if state.status == "withdrawn" else _document_page(view, state, site_meta)
    yield from version_pages(view, state.standing, site_meta)


def _document_page(view: View, state: Shown, site_meta: Mapping[str, object]) -> Page:
    body = body_of(linked(state.text, view.facts.isms), state.title)
    return _page(view, state, site_meta, (body.strip("\n"),))


def _tombstone(view: View, state: Shown, site_meta: Mapping[str, object]) -> Page:
    """Return what is left of a withdrawn document: nobody shall read its text by mistake, anybody may find what took its place."""
    return _page(view, state, site_meta, ())


def _page(view: View, state: Shown, site_meta: Mapping[str, object], content: tuple[str, ...]) -> Page:
    document, place = state.document, view.facts.isms.place(state.document)
    uris = version_uris(view, state.standing)
    promised = document_promises(view, document)
    chain, drawn = chain_parts(view, document.id)
    identified = f"{document.id} " if document.identified else ""
    return Page(
        uri=view.links.addresses[document.id],
        title=f"{identified}{state.title}",
        markdown="\n\n".join(
            (
                part("crumbs"), f"# {heading(state.title)}", part("control-block"), *content, *chain, "## Relations", part("relations"),
                *(("## What it promises", part("promises")) if promised else ()),
                "## Versions", part("issues"), "## Revisions in git", part("history"), part("origin"), part("print"),
            )
        ),
        parts={"control-block": _control_block(view, state)},
        late={
            **drawn,
            "crumbs": view.crumbs(document),
            "relations": view.render("relations.html.jinja", groups=view.relations(document.id, records=False)),
            "promises": promised,
            "issues": issues_table(view, state.standing, uris),
            "history": history_table(view, place.path, f"Revisions of {document.id}"),
            "origin": view.render("origin.html.jinja", place=place),
            "print": running_text(view, state),
        },
        place=place,
        meta={**ENTRY_META, **site_meta},
        searchable=state.searchable or view.facts.settings.publish == "head",
    )  # fmt: skip


def _control_block(view: View, state: Shown) -> str:
    document = state.document
    return view.render(
        "control_block.html.jinja",
        document=document,
        state=state,
        missing={spec.name for spec in missing_fields(document, view.facts.isms.withheld_from(document))},
        withheld=withheld_data(view, state),
        path=view.facts.isms.place(document).path,
        file=file_name(document),
        uris=version_uris(view, state.standing),
        confirmed=coverage_line(view, document),
    )
