"""The ISMS as the readers of a profile see it, with an account of what they do not see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from isms_plugin.analysis.baselines import signature_words
from isms_plugin.analysis.redaction.account import Tally
from isms_plugin.analysis.redaction.entries import Entries, each
from isms_plugin.analysis.redaction.faults import told_faults
from isms_plugin.analysis.redaction.past import UNTOLD, Past
from isms_plugin.analysis.redaction.people import People, people_of
from isms_plugin.analysis.redaction.places import Places
from isms_plugin.analysis.redaction.rules import Rules
from isms_plugin.analysis.redaction.secrets import SHORTEST, Finder, secrets_of, texts_of
from isms_plugin.analysis.redaction.states import States
from isms_plugin.analysis.redaction.texts import Texts
from isms_plugin.analysis.redaction.vocabulary import ordinary_words, vocabulary
from isms_plugin.analysis.redaction.words import Words
from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.history import Baseline, History, Revision, StoredText
from isms_plugin.model.isms import Isms
from isms_plugin.model.profile import Profile, Withheld
from isms_plugin.model.settings import Settings
from isms_plugin.model.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """What is left of an ISMS under a profile."""

    profile: Profile
    isms: Isms
    history: History
    withheld: tuple[Withheld, ...] = ()
    """Account of everything withheld, in the order of the registers."""
    secrets: frozenset[str] = frozenset()
    """Values that may occur nowhere in what is handed out."""
    whole: Isms = field(repr=False)
    """The ISMS as it is in the repository: for what is worked out, never for pages."""
    signatures: Mapping[str, str] = field(default_factory=dict)
    """What is known of the signatures of baselines, in words, by their names."""
    rules: Rules = field(repr=False)
    words: Words = field(repr=False)
    past: Past = field(repr=False)
    texts: Texts = field(repr=False)
    states: States = field(repr=False)

    @property
    def kinds(self) -> tuple[type[Entry], ...]:
        """All kinds of the repository, with which earlier states of it are read."""
        return self.whole.kinds

    @property
    def touched(self) -> frozenset[str]:
        """Names of the registers from which something is withheld."""
        return frozenset(item.source for item in self.withheld)

    def state(self, state: State) -> State:
        """Return an earlier state of the ISMS as these readers see it."""
        return self.states.of(state)

    def commits(self, found: Mapping[str, tuple[Revision, ...]]) -> dict[str, tuple[Revision, ...]]:
        """Return the commits that changed each entry, of what is shown."""
        return {name: tuple(map(self.past.revision, revisions)) for name, revisions in found.items() if self.rules.shown(name)}

    def signature(self, baseline: Baseline) -> str:
        """Return in words what is known of the signature of a baseline."""
        return self.signatures.get(baseline.name, "")

    def stored(self, document: Document, text: StoredText) -> StoredText:
        """Return a text that a document had before."""
        return self.past.stored(document, text, self.texts)


def redact(isms: Isms, history: History, settings: Settings, profile: Profile, *, docs: str = "docs") -> Redaction:
    """Take out what a profile withholds; the same input gives the same placeholders. `docs` is the folder of the site's own pages."""
    rules = Rules(profile, isms)
    ordinary = ordinary_words(isms)
    people = people_of(rules, history, ordinary)
    places = Places(rules, settings, docs, _words(rules, history, people))
    words = places.words.without(places.hidden)
    tally = Tally()
    entries = Entries(rules, people, words, places.kept.__contains__, tally)
    shown = dict(each(entries))
    texts = Texts(rules, words, places, _issued(history), tally)
    stored = [texts.stored(document, text) for document, text in _texts_before(isms, places, history)]
    redacted = _isms(rules, entries, shown, texts, places)
    _count(tally, rules, history, people, redacted)
    secrets = secrets_of((*entries.secrets, *texts.secrets), _of_people(people), _shown(rules, redacted, stored), ordinary)
    past = Past(rules, people, words, places, Finder(secrets))
    return Redaction(
        profile=profile,
        isms=redacted,
        history=past.history(history, texts),
        withheld=tally.account(isms.kinds),
        secrets=secrets,
        whole=isms,
        signatures={item.name: past.signed(signature_words(isms, item)) for item in history.baselines},
        rules=rules,
        words=words,
        past=past,
        texts=texts,
        states=States(rules, history, people, places, ordinary),
    )


def _words(rules: Rules, history: History, people: People) -> Words:
    revisions = (revision.commit for found in history.revisions.values() for revision in found)
    commits = frozenset((*history.commits, *revisions)) if rules.profile.commits == "none" else frozenset()
    return Words(hidden=rules.hidden, phrases=people.phrases, exact=people.exact, addresses=people.addresses, commits=commits)


def _issued(history: History) -> dict[str, list[StoredText]]:
    found: dict[str, list[StoredText]] = {}
    for (path, _), text in history.texts.items():
        found.setdefault(path, []).append(text)
    return found


def _texts_before(isms: Isms, places: Places, history: History) -> Iterator[tuple[Document, StoredText]]:
    for (path, _), text in history.texts.items():
        document = isms.get(Document, places.documents.get(path))
        if document is not None:
            yield document, text


def _isms(rules: Rules, entries: Entries, shown: Mapping[str, Entry], texts: Texts, places: Places) -> Isms:
    whole = rules.isms
    bodies = {
        name: texts.document(document, text)
        for name, text in whole.texts.items()
        if (document := whole.get(Document, name)) is not None and name in shown
    }
    pages = {path: texts.page(path, text) for path, text in whole.pages.items() if path in places.pages}
    files = places.kept | texts.linked
    return replace(
        whole,
        entries=shown,
        places={name: places.place(name) for name in whole.places if name in shown},
        texts=bodies,
        pages=pages,
        files=frozenset(files),
        digests={path: digest for path, digest in whole.digests.items() if path in places.kept},
        sizes={path: size for path, size in whole.sizes.items() if path in places.kept},
        lfs=whole.lfs & places.kept,
        exposures={},
        signatures={name: found for name, found in whole.signatures.items() if rules.shown(name)},
        kinds=rules.kinds,
        faults=told_faults(rules, entries.words, places),
        withheld=entries.withheld,
        whole={name: whole.entries[name] for name, entry in shown.items() if entry is not whole.entries[name]},
    )


def _count(tally: Tally, rules: Rules, history: History, people: People, redacted: Isms) -> None:
    """Count what is withheld beside fields and texts."""
    profile, whole = rules.profile, rules.isms
    tally.add("people by name", "", f"{profile.people} stand for names", len(people.placeholders))
    tally.add("pages", "", "the page is not for these readers", len(whole.pages) - len(redacted.pages))
    kept = {entry.kept_file.path for entry in whole.entries.values() if entry.kept_file} & whole.files
    tally.add("files", "", "the file is not for these readers", len(kept - redacted.files))
    commits = {revision.commit for found in history.revisions.values() for revision in found}
    if profile.commits == "none":
        tally.add("git", "commit", UNTOLD, len(commits))
    elif profile.commits == "dates":
        tally.add("git", "author and message", "commits are shown by their days", len(commits))


def _of_people(people: People) -> Iterator[str]:
    yield from (name for name in (*people.phrases, *people.addresses) if len(name) >= SHORTEST)


def _shown(rules: Rules, redacted: Isms, stored: Iterable[StoredText]) -> Iterator[str]:
    """Yield all that may be read, commits aside."""
    yield from vocabulary(redacted, examples=rules.profile.allows_view("field-reference"))
    for entry in redacted.entries.values():
        yield entry.id
        yield from texts_of(entry)
    yield from (text.body for text in (*redacted.texts.values(), *redacted.pages.values()))
    yield from (text.body for text in stored)
    yield from redacted.files
    yield from (place.path for place in redacted.places.values())
