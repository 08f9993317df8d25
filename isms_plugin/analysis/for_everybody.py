"""What concerns everybody who works here: which texts are new, what each speaks of, for whom it is, whom to ask and where to report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from isms_plugin.analysis.documents.acknowledgements import Coverage
from isms_plugin.analysis.mentions import without_code
from isms_plugin.analysis.trace import Trace
from isms_plugin.model.document import Document
from isms_plugin.model.isms import Isms
from isms_plugin.model.people import Person, Role

_REPORTING: Final = (("A.6.8",), ("A.5.24", "A.5.25", "A.5.26"))
"""Controls whose documents say how events are reported; the later ones where there is none for the first."""
_HEADING: Final = re.compile(r"^##[ \t]+(?:\d+(?:\.\d+)*[.)]?[ \t]+)?(?P<words>[^\n]+?)[ \t]*#*[ \t]*(?:\{[^}\n]*\})?[ \t]*$", re.MULTILINE)
_MARKS: Final = re.compile(r"[*`_]|\[|\](?:\([^)]*\))?")
_SHARED: Final = 3
"""Documents from which on a heading that they share says nothing about any of them."""


class Held(NamedTuple):
    """A role and the person who holds it, None where nobody who is here does."""

    role: Role
    holder: Person | None


def is_new(approved_on: date | None, today: date, grace: int) -> bool:
    """Whether a text is new to its readers: within so many days from its approval, the last of them included."""
    return approved_on is not None and approved_on <= today <= approved_on + timedelta(days=grace)


def topics(texts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return what each text speaks of: its headings of the second level without number, but those that several texts share."""
    found = {name: list(dict.fromkeys(_headings(text))) for name, text in texts.items()}
    shared = Counter(heading.casefold() for headings in found.values() for heading in headings)
    return {name: tuple(item for item in headings if shared[item.casefold()] < _SHARED) for name, headings in found.items()}


def _headings(text: str) -> Iterator[str]:
    prose = without_code(text)
    for match in _HEADING.finditer(text):
        words = _MARKS.sub("", match["words"]).strip()
        if words and prose.startswith("##", match.start()):
            yield words


def by_audience(documents: Iterable[Document], coverage: Coverage) -> tuple[list[Document], dict[str, list[Document]]]:
    """Return the documents for everybody, and the others under each audience that they name, by its words.

    For everybody is what names no audience, and what names one whose documents everybody is asked to acknowledge.
    """
    asked = (item.document.audience for item in coverage.documents if not item.groups)
    all_staff = {word.casefold() for words in asked for word in words}
    everybody: list[Document] = []
    others: dict[str, list[Document]] = {}
    for document in documents:
        if not document.audience or any(word.casefold() in all_staff for word in document.audience):
            everybody.append(document)
        else:
            for word in dict.fromkeys(document.audience):
                others.setdefault(word, []).append(document)
    return everybody, dict(sorted(others.items(), key=lambda group: (group[0].casefold(), group[0])))


def reporting_documents(isms: Isms) -> list[Document]:
    """Return the documents in force that say how incidents and weaknesses are reported."""
    in_force = [document for document in isms.of(Document) if document.in_force]
    for controls in _REPORTING:
        found = [document for document in in_force if any(control in document.controls for control in controls)]
        if found:
            return found
    return []


def whom_to_ask(isms: Isms, today: date) -> list[Held]:
    """Return the roles in force with their holders, in the order of the register."""
    return [_held(isms, role, today) for role in isms.living(Role)]


def answering(documents: Iterable[Document], held: Sequence[Held], trace: Trace) -> list[Held]:
    """Return the roles to turn to about documents: those whose duties name one, else those that own one, or whose holder does."""
    found = list(documents)
    naming = {role for document in found for role in trace.sources(document.id, Role, "")}
    owners = {document.owner for document in found if document.owner}
    owning = [item for item in held if item.role.id in owners or (item.holder is not None and item.holder.id in owners)]
    return [item for item in held if item.role.id in naming] or owning


def _held(isms: Isms, role: Role, today: date) -> Held:
    holder = isms.get(Person, role.holder)
    return Held(role, holder if holder is not None and not holder.retired and holder.active(today) else None)
