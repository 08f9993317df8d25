"""Facts that may be told to the readers of a profile: true of the whole ISMS, and seen in what is shown of it."""

from __future__ import annotations

from dataclasses import replace

from isms_plugin.analysis.facts import Facts, analyse
from isms_plugin.analysis.redaction.redaction import Redaction


def told_facts(facts: Facts, redaction: Redaction) -> Facts:
    """Work everything out again from what is shown, and keep of the diagnostics those that hold for the whole ISMS too.

    A diagnostic that only the whole ISMS gives would tell of what is withheld; one that only the shown part gives would be wrong.
    """
    settings = facts.settings.model_copy(update={"edit_url": ""})
    shown = analyse(redaction.isms, redaction.history, settings, facts.today, facts.locate)
    known = {(item.code, item.entry, item.message) for item in facts.diagnostics}
    kept = tuple(item for item in shown.diagnostics if (item.code, item.entry, item.message) in known)
    by_entry = {entry: items for entry, found in shown.by_entry.items() if (items := tuple(item for item in found if item in kept))}
    return replace(shown, diagnostics=kept, silenced=(), by_entry=by_entry, profile=redaction.profile, withheld=redaction.withheld)
