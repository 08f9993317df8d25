"""Templates, and everything that pages are rendered with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from gettext import NullTranslations
from html import escape
from itertools import chain
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from isms_plugin.analysis.chain import Chains, chains
from isms_plugin.analysis.facts import Facts
from isms_plugin.analysis.readiness.check import Stage
from isms_plugin.analysis.readiness.mock_audit import MockAudit, mock_audit
from isms_plugin.analysis.trace import MENTIONED, MENTIONS, Relation, related
from isms_plugin.model.control import Clause
from isms_plugin.model.diagnostic import Diagnostic, Place
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import fields_of
from isms_plugin.model.history import Completeness
from isms_plugin.model.people import Person, Role
from isms_plugin.model.profile import ALL, WITHHELD, ViewName
from isms_plugin.render.addresses import ROWS_PER_PAGE, Links, addresses, folder, table_page
from isms_plugin.render.cells import Cells, chip, words
from isms_plugin.render.prose import Prose


@cache
def environment() -> Environment:
    """Return the template environment; every value is escaped unless it is HTML already."""
    made = Environment(
        loader=PackageLoader("isms_plugin.render", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(NullTranslations(), newstyle=True)  # type: ignore[attr-defined]
    made.filters["words"] = words
    made.filters["sentence"] = lambda text: text[:1].upper() + text[1:].removesuffix("?").removesuffix(".")
    made.globals |= {"table_page": table_page, "folder": folder, "rows_per_page": ROWS_PER_PAGE}
    made.filters["chip"] = lambda value: Markup(chip(value)) if value else ""  # noqa: S704 - chip escapes
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The facts, and the means to show them."""

    facts: Facts
    links: Links
    cells: Cells
    prose: Prose
    wording: dict[str, str]
    chains: Chains
    """What calls for what, and what answers it."""
    audits: Mapping[Stage, MockAudit]
    """What an auditor would raise, by stage."""

    def render(self, template: str, **values: Any) -> str:
        """Render a template with the view at hand."""
        return environment().get_template(template).render(view=self, facts=self.facts, **values)

    def link(self, identifier: str, text: str = "") -> Markup:
        """Return a link to an entry."""
        return Markup(self.links.to(identifier, text))  # noqa: S704 - made of escaped parts

    def block(self, text: str) -> Markup:
        """Markdown of an entry."""
        return Markup(self.prose.block(text))  # noqa: S704 - HTML in it was shown as text

    def source(self, place: Place) -> Markup:
        """Return a source line, as a link where the settings say where it leads."""
        if not place.path:
            return Markup("")
        url = self.facts.settings.source_url(place)
        shown = f"<code>{escape(str(place))}</code>"
        return Markup(f'<a class="isms-source" href="{escape(url)}">{shown}</a>' if url else shown)  # noqa: S704

    def relations(self, *identifiers: str, records: bool = True) -> list[tuple[str, list[Entry]]]:
        """All relations of one or more entries shown together, both ways, grouped by what they are called here; with or without records."""
        isms, trace = self.facts.isms, self.facts.trace
        outgoing = [relation for identifier in identifiers for relation in trace.outgoing.get(identifier, ()) if not self._shown(relation)]
        incoming = [
            relation
            for identifier in identifiers
            for relation in trace.incoming.get(identifier, ())
            if records or not self._recorded(relation)
        ]
        groups: dict[str, dict[str, Entry]] = {}
        for label, entries in chain(related(isms, outgoing, incoming=False), related(isms, incoming, incoming=True)):
            groups.setdefault(label, {}).update({entry.id: entry for entry in entries if entry.id not in identifiers})
        found = [(label, list(entries.values())) for label, entries in groups.items() if entries]
        return sorted(found, key=lambda group: group[0] in (MENTIONS, MENTIONED))

    def _recorded(self, relation: Relation) -> bool:
        """Whether it is a record of its target, which the page of that lists apart."""
        source = self.facts.isms.entries[relation.source]
        return source.KIND.record and any(spec.name == relation.field and spec.need == "always" for spec in fields_of(type(source)))

    def items(self, entries: Iterable[Entry]) -> Markup:
        """Return entries as items of a list: a link, the name where the link does not say it, and what is no longer in force."""
        return Markup("\n".join(map(self._item, entries)))  # noqa: S704 - made of escaped parts

    def _item(self, entry: Entry) -> str:
        name = "" if self.links.label(entry) == entry.name else f" <span>{escape(self.name(entry))}</span>"
        state = f' <span class="isms-chip">{escape(words(entry.status))}</span>' if entry.retired else ""
        return f"<li>{self.links.to(entry.id)}{name}{state}</li>"

    def _shown(self, relation: Relation) -> bool:
        """Whether the facts of the page show it already: a person or role by name, but no list of them."""
        entries = self.facts.isms.entries
        if not relation.field or not isinstance(entries[relation.target], Person | Role):
            return False
        specs = fields_of(type(entries[relation.source]))
        return not any(spec.name == relation.field and spec.ref and spec.many for spec in specs)

    def name(self, entry: Entry) -> str:
        """Return the name of an entry, for a row without one that of what it is about."""
        key = entry.KIND.key
        about = self.facts.isms.entries.get(getattr(entry, key) or "") if key else None
        return about.name if about else entry.name

    def crumbs(self, entry: Entry, *, self_linked: bool = False) -> str:
        """Where a page belongs: the register or list it is an entry of, for pages below an entry the entry as well."""
        kind = type(entry).KIND
        own = self.links.to(entry.id) if self_linked else escape(self.links.label(entry))
        register = f'<a href="isms:{table_page(type(entry))}">{escape(kind.plural)}</a>'
        return f'<p class="isms-crumbs">{register} &rsaquo; {own}</p>'

    def shows(self, name: ViewName) -> bool:
        """Whether pages of a view are made; without a profile all are."""
        profile = self.facts.profile
        return profile is None or profile.allows_view(name)

    def reads(self, declaration: type[Entry]) -> bool:
        """Whether readers see pages of a kind; what the catalogue brings is there without them all the same."""
        profile = self.facts.profile
        if profile is None:
            return True
        return profile.allows_view("clauses") if declaration is Clause else profile.allows_register(declaration.KIND.register)

    @property
    def whole(self) -> bool:
        """Whether readers see every register, so that what is not shown is not there."""
        profile = self.facts.profile
        return profile is None or profile.registers == ALL

    def gap(self, entry: Entry, field: str) -> Markup:
        """Return what stands for an empty field that is needed: that it is missing, or that it is withheld."""
        if field in self.facts.isms.withheld_from(entry):
            return Markup('<span class="isms-none">{}</span>').format(WITHHELD)
        return Markup('<span class="isms-missing">missing</span>')

    def problems(self, *identifiers: str) -> list[tuple[str, Diagnostic]]:
        """Diagnostics of entries with their grades; none where readers do not see what the checks find."""
        if not self.shows("diagnostics"):
            return []
        found = (item for identifier in identifiers for item in self.facts.by_entry.get(identifier, ()))
        return [(self.facts.grade(item).word, item) for item in found]

    @property
    def history_note(self) -> str:
        """What a reader must know about the history, empty when it is complete."""
        history = self.facts.history
        if history.completeness is Completeness.UNKNOWN:
            return f"History unknown: {history.reason}."
        if history.completeness is Completeness.SHALLOW:
            return "The clone is shallow: older revisions, their authors and dates are missing here."
        return ""


def make_view(facts: Facts, wording: dict[str, str]) -> View:
    """Put together what pages are rendered with."""
    links = Links(facts.isms, addresses(facts.isms, facts.settings.page_limit))
    prose = Prose(facts.isms.entries, autolink=facts.settings.autolink)
    return View(
        facts=facts,
        links=links,
        cells=Cells(links, prose),
        prose=prose,
        wording=wording,
        chains=chains(facts.isms, facts.trace),
        audits={stage: mock_audit(facts, stage) for stage in Stage},
    )
