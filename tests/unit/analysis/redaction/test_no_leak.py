"""Whatever a profile says: a word that stands in nothing but what is withheld is nowhere in what is left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from isms_plugin.analysis.facts import analyse
from isms_plugin.analysis.redaction.facts import told_facts
from isms_plugin.analysis.redaction.redaction import redact
from isms_plugin.model.control import Clause, Control
from isms_plugin.model.diagnostic import Diagnostic
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import FieldSpec, fields_of
from isms_plugin.model.fingerprint import text_hash
from isms_plugin.model.history import Baseline, Completeness, History, Revision, StoredText
from isms_plugin.model.isms import DocumentText, Isms
from isms_plugin.model.people import Person
from isms_plugin.model.profile import Profile
from isms_plugin.model.settings import Settings
from isms_plugin.model.state import state_of
from tests.builders import (
    TODAY,
    a_communication,
    a_document,
    a_finding,
    a_measure,
    a_nonconformity,
    a_profile,
    a_site,
    a_waiver,
    an_acknowledgement,
    an_action,
    an_audit,
    an_evidence,
    an_incident,
    an_isms,
    an_issue,
)  # fmt: skip

CLASSES = ("public", "internal", "confidential", "restricted")
_ASKED = ("isms", "history", "locate", "settings", "profile")
"""What facts hold that was looked at already, or comes from whoever asks."""
_MEANT = ("id", "status", "version", "register_name", "answers", "method_version", "audience", "groups", "waives")
"""Texts that mean something to the program, so that no word can be put into them."""
_numbers = count(1)


def a_canary() -> str:
    return f"Canary{next(_numbers):05}bird"


def planted(entry: Entry, canaries: dict[str, tuple[str, str]]) -> Entry:
    """Return an entry with a word of its own in each text, kept with its register and field."""
    changed: dict[str, Any] = {}
    for spec in fields_of(type(entry)):
        if spec.word in ("text", "Markdown") and spec.form != "code" and not _set(spec):
            word = a_canary()
            canaries[word] = (entry.id, spec.key)
            text = f"folder/{word}.csv" if spec.form == "place" else f"Some words, {word} among them."
            changed[spec.name] = (text,) if spec.many else text
    return entry.model_copy(update=changed)


def _set(spec: FieldSpec) -> bool:
    return bool(spec.choices or spec.ref) or spec.name in _MEANT


CANARIES: dict[str, tuple[str, str]] = {}
_WHOLE = an_isms(
    a_nonconformity(), an_audit(), a_finding(), an_action(), a_measure(), an_incident(), an_issue(), a_site(), a_communication(),
    an_acknowledgement(), a_waiver("no-driver"), an_evidence(every="quarter"),
    a_document(ack_required="true", promises=[{"what": "test", "every": "quarter", "register": "incidents"}]),
)  # fmt: skip
ENTRIES = {name: entry if isinstance(entry, Clause | Control) else planted(entry, CANARIES) for name, entry in _WHOLE.entries.items()}
WRONG = {a_canary(): ("RSK-001", "consequence"), a_canary(): ("AST-001", "criticality")}
CANARIES |= WRONG
FAULTS = tuple(
    Diagnostic(code="invalid-value", message=f"{word} is no value", entry=name, place=_WHOLE.places[name].at(key))
    for word, (name, key) in WRONG.items()
)
BOARD, EVERYBODY, BEFORE = a_canary(), a_canary(), a_canary()
AUTHOR, ADDRESS, SUMMARY, TAGGER = (a_canary() for _ in range(4))
BODY = f"Read {EVERYBODY}.\n\n<!-- audience: board -->\nThe board reads {BOARD} here.\n<!-- /audience -->\n"
TEXT = text_hash("Security policy", "")
REVISION = Revision(
    commit="c" * 40, date=datetime(2026, 1, 1, tzinfo=UTC), author=f"Otto {AUTHOR}", email=f"{ADDRESS}@example.org",
    summary=f"Add {SUMMARY}.",
    path="policies/security.md", version="1.0", text=TEXT, reviewers=(f"Otto {AUTHOR} <{ADDRESS}@example.org>",),
)  # fmt: skip
OLD = StoredText(
    revision=REVISION, path="policies/security.md", title="Old", version="1.0", body=f"Before, {BEFORE}.\n{BODY}", first_line=10
)
HISTORY = History(
    completeness=Completeness.COMPLETE,
    head="c" * 40,
    revisions={"policies/security.md": (REVISION,), "registers/risks.yml": (REVISION,)},
    texts={("policies/security.md", TEXT): OLD},
    baselines=(Baseline(name="isms-1", commit="c" * 40, tagger=f"Otto {TAGGER}", date=REVISION.date, message=f"With {SUMMARY}."),),
)
FIELDS = {kind.KIND.register: [spec.key for spec in fields_of(kind)] for kind in _WHOLE.kinds if kind.KIND.register}


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    registers = draw(st.one_of(st.just(["all"]), st.lists(st.sampled_from(sorted(FIELDS)), unique=True)))
    limited = draw(st.lists(st.sampled_from(sorted(FIELDS)), unique=True, max_size=8))
    return a_profile(
        registers=registers,
        classifications=draw(st.lists(st.sampled_from(CLASSES), unique=True)),
        unclassified=draw(st.sampled_from(CLASSES)),
        fields={name: draw(st.lists(st.sampled_from(FIELDS[name]), unique=True)) for name in limited},
        audiences=draw(st.sampled_from([["all"], ["board"], ["staff"], []])),
        people=draw(st.sampled_from(["names", "roles", "pseudonyms"])),
        commits=draw(st.sampled_from(["full", "dates", "none"])),
        evidence_files=draw(st.booleans()),
    )


@st.composite
def classified(draw: st.DrawFn) -> Isms:
    drawn = {name: draw(st.sampled_from((None, *CLASSES))) for name, entry in ENTRIES.items() if not isinstance(entry, Clause | Control)}
    given = {name: entry.model_copy(update={"classification": drawn[name]} if name in drawn else {}) for name, entry in ENTRIES.items()}
    texts = {"POL-001": DocumentText(path="policies/security.md", body=BODY, first_line=10)}
    return Isms(entries=given, places=_WHOLE.places, texts=texts, files=frozenset({"policies/security.md"}), faults=FAULTS)


def withheld(isms: Isms, profile: Profile) -> Iterator[str]:
    """Every planted word that the readers of a profile may not see, told without the code under test."""
    for word, (name, key) in CANARIES.items():
        entry = isms.entries[name]
        register = entry.KIND.register
        shown = profile.registers == ("all",) or register in profile.registers
        readable = (entry.classification or profile.unclassified) in profile.classifications
        listed = register not in profile.fields or key in profile.fields[register]
        personal = profile.people != "names" and isinstance(entry, Person) and key in ("name", "git", "identifier")
        if not (shown and readable and listed) or personal:
            yield word
    document = isms.entries["POL-001"]
    gone = not (profile.registers == ("all",) or "documents" in profile.registers)
    unread = gone or (document.classification or profile.unclassified) not in profile.classifications
    if unread or profile.audiences not in (("all",), ("board",)):
        yield BOARD
    if unread:
        yield from (EVERYBODY, BEFORE)
    if profile.commits != "full" or profile.people != "names":
        yield from (AUTHOR, ADDRESS, TAGGER)
    if profile.commits != "full":
        yield SUMMARY


@settings(max_examples=80, deadline=None)
@given(classified(), profiles())
def test_what_is_withheld_is_nowhere(isms: Isms, profile: Profile) -> None:
    facts = analyse(isms, HISTORY, Settings(), TODAY, list)
    redaction = redact(isms, HISTORY, Settings(), profile)
    told = told_facts(facts, redaction)
    old = redaction.state(state_of(isms, name="isms-1", commit="c" * 40))
    commits = redaction.commits({"RSK-001": (REVISION,), "POL-001": (REVISION,)})
    left = repr((redaction.isms, redaction.history, old, redaction.withheld, commits, redaction.signatures))
    left += repr(
        [(name, getattr(told, name)) for name in told.__slots__ if name not in ("isms", "history", "locate", "settings", "profile")]
    )
    assert [word for word in withheld(isms, profile) if word in left] == []


@settings(max_examples=15, deadline=None)
@given(classified(), profiles())
def test_the_same_input_gives_the_same(isms: Isms, profile: Profile) -> None:
    first, second = (redact(isms, HISTORY, Settings(), profile) for _ in range(2))
    assert repr((first.isms, first.history, first.withheld)) == repr((second.isms, second.history, second.withheld))
    assert first.secrets == second.secrets


@settings(max_examples=30, deadline=None)
@given(classified(), profiles())
def test_what_may_be_read_stays_and_secrets_are_not_in_it(isms: Isms, profile: Profile) -> None:
    redaction = redact(isms, HISTORY, Settings(), profile)
    hidden = set(withheld(isms, profile))
    left = repr((redaction.isms, redaction.isms.texts))
    shown = [word for word, (_, key) in CANARIES.items() if word not in hidden and word not in WRONG and key not in ("at", "file")]
    assert [word for word in shown if word not in left] == []
    assert [secret for secret in redaction.secrets if any(word in secret for word in shown)] == []
