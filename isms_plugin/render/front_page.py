"""The first page of a pack: what it is of, where to begin, and what is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from markupsafe import Markup

from isms_plugin import __version__
from isms_plugin.analysis.readiness.open_findings import OpenFinding, open_findings
from isms_plugin.model.document import Document
from isms_plugin.model.profile import ViewName
from isms_plugin.render.addresses import table_page
from isms_plugin.render.document_state import shown
from isms_plugin.render.entry_pages import heading
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, part

START: Final = "START-HERE.html"
HOW_TO_VERIFY: Final = "HOW-TO-VERIFY.html"
WITHHELD_PAGE: Final = "withheld.md"


class Door(NamedTuple):
    """A way into the pack: where it leads, what it is called, and what is found there."""

    target: str
    title: str
    about: str


class Beside(NamedTuple):
    """Files of a sort that lie beside the site: what they are, and the address and name of each."""

    about: str
    files: tuple[tuple[str, str], ...]


_VIEWS: Final[tuple[tuple[ViewName, Door], ...]] = (
    ("soa", Door("soa.md", "Statement of applicability", "Each control: in or out, why, how far, and what shows it.")),
    ("clauses", Door("clauses/index.md", "Clauses 4 to 10", "What has to be written down, and what answers it.")),
    (
        "evidence-room",
        Door("evidence-room.md", "Evidence room", "Evidence as it is asked for: joiner, leaver, access, change, incident ..."),
    ),
    ("populations", Door("populations.md", "Populations", "Every register as a whole, with counts for the audited period.")),
    ("treatment-plan", Door("risks/treatment.md", "Risk treatment plan", "What is done about each risk, by whom and until when.")),
    ("since-last-audit", Door("since-last-audit.md", "Since the last audit", "What changed since then, and who decided on it.")),
    ("employees", Door("employees.md", "What applies to me", "What to read, what to report where, whom to ask.")),
    ("certification", Door("certification.md", "Certification", "Scope, stages, findings of the certification body.")),
    ("work-sheet", Door("work-sheet.md", "Work sheet", "Grade controls and clauses, note and sample; kept in this browser, no network.")),
)
_REGISTERS: Final = (
    ("document", "Each with version, approval and history."),
    ("control", "Each with decision, documents and evidence."),
    ("risk", "Each with owner, level, treatment and acceptance."),
    ("information_request", "What was asked for, and the answers."),
    ("certification", "Certificates, what they cover, and until when they hold."),
)


def front_page(view: View, name: str) -> Page:
    """Return the first page of the site of a pack."""
    title = front_title(view, name)
    return Page(
        uri="index.md",
        title=title,
        markdown=f"# {heading(title)}\n\n{part('front')}",
        parts={"front": front(view)},
        meta={"hide": ["navigation", "toc"]},
    )


def front_title(view: View, name: str) -> str:
    """Return what the pack is called."""
    profile = view.facts.profile
    return ": ".join(filter(None, (name, profile.title if profile else "")))


def front(view: View) -> str:
    """Return what the first page says, with `isms:` links."""
    facts = view.facts
    return view.render(
        "front.html.jinja",
        profile=facts.profile,
        period=facts.settings.period(facts.today),
        version=__version__,
        doors=[*_documents(view), *_doors(view)],
        findings=_open(view),
        start=f"../{START}",
        verify=f"../{HOW_TO_VERIFY}",
        withheld=sum(item.count for item in facts.withheld),
        withheld_page=WITHHELD_PAGE,
    )


def _documents(view: View) -> Iterator[Door]:
    """Yield the document that an auditor opens first."""
    for document in view.facts.isms.of(Document):
        if "scope" in document.answers and document.in_force:
            state = shown(view, document)
            yield Door(document.id, f"Scope: {state.title}", f"Version {state.version}." if state.version else "")


def _doors(view: View) -> Iterator[Door]:
    for name, door in _VIEWS:
        if view.shows(name):
            yield door
    for kind, about in _REGISTERS:
        if kind == "certification" and view.shows("certification"):  # the page about it leads to the register
            continue
        for declaration in view.facts.isms.kinds:
            if declaration.KIND.name == kind and view.reads(declaration):
                count = sum(not entry.retired for entry in view.facts.isms.of(declaration))
                yield Door(table_page(declaration), f"{declaration.KIND.plural} ({count})", about)


def _open(view: View) -> list[OpenFinding]:
    """Return what is open, each once, the gravest first."""
    found = {item.entry.id: item for items in open_findings(view.facts).values() for item in items}
    return sorted(found.values(), key=lambda item: -item.grade)


def start_page(view: View, name: str, beside: Sequence[Beside]) -> str:
    """Return the page at the top of a pack, with `isms:` links: the same in plain HTML, without script or style sheet from elsewhere."""
    return view.render("start_here.html.jinja", title=front_title(view, name), front=Markup(front(view)), beside=beside)  # noqa: S704 - made by a template
