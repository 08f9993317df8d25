"""Facts that may be told to the readers of a profile: true of the whole ISMS, and seen in what is shown of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from isms_plugin.analysis.facts import Facts, analyse
from isms_plugin.analysis.redaction.redaction import Redaction
from isms_plugin.analysis.redaction.told import Told
from isms_plugin.analysis.redaction.told_standings import ToldStandings
from isms_plugin.analysis.redaction.views import truthful
from isms_plugin.model.diagnostic import Diagnostic


def told_facts(facts: Facts, redaction: Redaction) -> Facts:
    """Work relations out from what is shown, take states from the whole, and keep of the diagnostics those that hold for both.

    A diagnostic that only the whole ISMS gives would tell of what is withheld; one that only the shown part gives would be wrong.
    """
    profile, withheld = truthful(redaction)
    settings = facts.settings.model_copy(update={"edit_url": ""})
    shown = analyse(redaction.isms, redaction.history, settings, facts.today, list)
    told = Told(redaction)
    diagnostics = tuple(_told(facts, shown, redaction))
    by_entry: dict[str, list[Diagnostic]] = defaultdict(list)
    for item in diagnostics:
        by_entry[item.entry].append(item)
    return replace(
        shown,
        standings=ToldStandings(redaction, told).of(facts.standings),
        coverage=told.coverage(facts.coverage),
        promises=told.promises(facts.promises),
        schedule=told.schedule(facts.schedule),
        occasions=told.occasions(facts.occasions),
        evidence=told.evidence(facts.evidence),
        evidence_coverage=told.evidence_coverage(facts.evidence_coverage),
        waivers=told.entries(facts.waivers),
        diagnostics=diagnostics,
        silenced=(),
        by_entry={entry: tuple(items) for entry, items in by_entry.items()},
        profile=profile,
        withheld=withheld,
    )


def _told(facts: Facts, shown: Facts, redaction: Redaction) -> Iterator[Diagnostic]:
    """Yield the diagnostics of the whole ISMS that what is shown gives too, in their order and without what may not be read."""
    seen = {(item.code, item.entry, item.message) for item in shown.diagnostics}
    for item in facts.diagnostics:
        message, hint = redaction.words.plain(item.message), redaction.words.plain(item.hint)
        if (item.code, item.entry, message) in seen and redaction.rules.shown(item.entry):
            told = redaction.isms.places.get(item.entry)
            place = item.place if told is None or told.path == item.place.path else told
            yield replace(item, message=message, hint=hint, place=place)
