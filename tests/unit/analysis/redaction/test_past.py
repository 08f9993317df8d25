"""The history as the readers of a profile see it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from isms_plugin.analysis.redaction.redaction import Redaction, redact
from isms_plugin.model.former import Former, FormerEntry
from isms_plugin.model.history import Baseline, Completeness, History, Revision
from isms_plugin.model.profile import WITHHELD
from isms_plugin.model.settings import Settings
from isms_plugin.model.signing import Signature
from isms_plugin.model.state import state_of
from tests.builders import a_document, a_person, a_profile, a_risk, an_asset, an_isms

DAY = datetime(2026, 1, 1, tzinfo=UTC)


def a_revision(**changes: Any) -> Revision:
    given: dict[str, Any] = {
        "commit": "c" * 40, "date": DAY, "author": "Anna Berg", "email": "anna@example.org", "summary": "Add RSK-001 for Anna Berg",
        "path": "policies/security.md", "reviewers": ("Otto Meier <otto@example.org>",),
    }  # fmt: skip
    return Revision(**given | changes)


HISTORY = History(
    completeness=Completeness.COMPLETE,
    head="c" * 40,
    committed_on=DAY,
    revisions={"policies/security.md": (a_revision(), a_revision(author="Otto Meier", email="otto@example.org"))},
    uncommitted=frozenset({"policies/security.md", "registers/risks.yml"}),
    baselines=(
        Baseline(
            name="isms-1", commit="c" * 40, tagger="Otto Meier", date=DAY, message="Theft and all",
            signature=Signature(state="good", key="K"),
        ),
    ),
    former=(Former(name="isms-1", entries={"RSK-001": FormerEntry("risk", "Theft by Anna Berg", "registers/risks.yml", "active")}),),
)  # fmt: skip


def seen(**profile: Any) -> Redaction:
    return redact(an_isms(a_person(git=["anna@example.org"])), HISTORY, Settings(), a_profile(**profile))


def test_everything_is_told_where_nothing_is_withheld() -> None:
    assert seen().history == HISTORY


@pytest.mark.parametrize(
    ("profile", "authors", "addresses", "summary", "reviewers"),
    [
        ({"people": "roles"}, ["CISO", WITHHELD], {""}, "Add RSK-001 for CISO", (WITHHELD,)),
        ({"people": "pseudonyms"}, ["Person 001", WITHHELD], {""}, "Add RSK-001 for Person 001", (WITHHELD,)),
        ({"commits": "dates"}, [WITHHELD, WITHHELD], {""}, WITHHELD, ()),
        ({"registers": ["documents", "people"]}, ["Anna Berg", "Otto Meier"], {"anna@example.org", "otto@example.org"},
         "Add (withheld) for Anna Berg", ("Otto Meier <otto@example.org>",)),
    ],
)  # fmt: skip
def test_authors_and_messages(
    profile: dict[str, Any], authors: list[str], addresses: set[str], summary: str, reviewers: tuple[str, ...]
) -> None:
    found = seen(**profile).history.of("policies/security.md")
    assert [item.author for item in found] == authors
    assert {item.email for item in found} == addresses
    assert (found[0].summary, found[0].reviewers, found[0].date) == (summary, reviewers, DAY)


def test_without_commits_there_is_no_history() -> None:
    redaction = seen(commits="none")
    assert redaction.history == History(completeness=Completeness.UNKNOWN, reason="commits are not for these readers")
    assert {place.path for place in redaction.isms.places.values()} == {WITHHELD}
    assert redaction.isms.texts["POL-001"].path == WITHHELD
    assert ("git", "commit", 1) in {(item.source, item.field, item.count) for item in redaction.withheld}


def test_of_what_is_not_shown_there_is_no_history() -> None:
    history = seen(registers=["risks"]).history
    assert history.revisions == {}
    assert history.uncommitted == {"registers/risks.yml"}


def test_a_document_that_is_withheld_lies_nowhere() -> None:
    isms = an_isms(a_document(classification="restricted"))
    redaction = redact(isms, HISTORY, Settings(), a_profile(classifications=["internal"]))
    assert redaction.isms.places["POL-001"].path == WITHHELD
    assert redaction.history.revisions == {}


def test_a_message_that_tells_a_withheld_value_goes_as_a_whole() -> None:
    isms = an_isms(an_asset(title="Project Falcon", classification="restricted"))
    told = (a_revision(summary="Buy servers for project  FALCON"), a_revision(summary="Mend a word"))
    history = History(completeness=Completeness.COMPLETE, revisions={"policies/security.md": told})
    redaction = redact(isms, history, Settings(), a_profile(classifications=["internal"]))
    assert [item.summary for item in redaction.history.of("policies/security.md")] == [WITHHELD, "Mend a word"]


@pytest.mark.parametrize(
    ("profile", "tagger", "message", "signature"),
    [
        ({}, "Otto Meier", "Theft and all", "signed with a key that is not registered"),
        ({"people": "roles"}, WITHHELD, "Theft and all", "signed with a key that is not registered"),
        ({"commits": "dates"}, WITHHELD, WITHHELD, "signed with a key that is not registered"),
    ],
)
def test_baselines(profile: dict[str, Any], tagger: str, message: str, signature: str) -> None:
    redaction = seen(**profile)
    (baseline,) = redaction.history.baselines
    assert (baseline.tagger, baseline.message, baseline.commit, redaction.signature(baseline)) == (tagger, message, "c" * 40, signature)


@pytest.mark.parametrize(
    ("profile", "held"),
    [
        ({}, ["Theft by Anna Berg"]),
        ({"people": "roles"}, ["Theft by CISO"]),
        ({"registers": ["documents"]}, [None]),
        ({"fields": {"risks": ["owner"]}}, [WITHHELD]),
        ({"classifications": ["internal"]}, []),
    ],
)
def test_what_ids_stood_for(profile: dict[str, Any], held: list[str | None]) -> None:
    former = seen(**profile).history.former
    assert [item.entries["RSK-001"].title if item.entries else None for item in former] == held


def test_earlier_states_are_told_by_the_rules_of_today() -> None:
    then = an_isms(
        a_risk(title="Old title", note="By Anna Berg"), a_person(id="PER-009", name="Carl Gone"),
        a_risk(id="RSK-009", classification="restricted"), an_asset(title="Was public", classification="public"), body="x",
    )  # fmt: skip
    now = an_isms(an_asset(title="Is secret", classification="restricted"))
    redaction = redact(
        now, HISTORY, Settings(), a_profile(classifications=["public", "internal"], people="roles", fields={"risks": ["note"]})
    )
    state = redaction.state(state_of(then, name="isms-1", commit="c" * 40))
    assert state.entries["RSK-001"].title == WITHHELD
    assert state.entries["RSK-001"].data["note"] == "By CISO"
    assert (state.entries["RSK-009"].title, state.entries["AST-001"].title) == (WITHHELD, WITHHELD)
    assert "public" not in repr(state.entries["AST-001"])
    assert state.entries["PER-009"].title == "CISO"
    assert "Carl" not in repr(state)
    assert state.entries["POL-001"].text == then.text_hash(a_document())
    assert (state.name, state.commit) == ("isms-1", "c" * 40)


def test_what_could_not_be_read_then_is_not_told() -> None:
    state = state_of(an_isms(), name="isms-1")
    told = seen().state(type(state)(name="isms-1", faults=("registers/risks.yml:3: secret is no date",)))
    assert told.faults == (WITHHELD,)


def test_states_are_the_same_where_nothing_is_withheld() -> None:
    state = state_of(an_isms(a_person(git=["anna@example.org"]), body="x"), name="isms-1", commit="c" * 40)
    assert {name: (entry.data, entry.title, entry.text) for name, entry in seen().state(state).entries.items()} == {
        name: (entry.data, entry.title, entry.text) for name, entry in state.entries.items()
    }
