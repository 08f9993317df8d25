"""The files of a new ISMS: small, all of it drafts, and without a mistake of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from isms_plugin.authoring.package_texts import package_texts
from isms_plugin.authoring.start.answers import Answers
from isms_plugin.authoring.start.text_templates import filled
from isms_plugin.model.cadence import later
from isms_plugin.model.control import Clause, Control
from isms_plugin.sources.catalogue import read_catalogue

_UNNAMED: Final = {"en": "to be named", "de": "noch zu benennen"}
_SITE: Final = {"en": "{name}: information security", "de": "{name}: Informationssicherheit"}
_SCHEMES: Final = {"en": ("Dark", "Light"), "de": ("Dunkel", "Hell")}
_PLANNED: Final = {"first_audit": 6, "first_review": 7, "second_audit": 18, "third_audit": 30}
"""Months from the beginning after which something is proposed to take place."""
_CYCLE: Final = 36
"""Months of the audit programme: as long as a certificate lasts."""


def first_files(answers: Answers, today: date, policies: str = "policies") -> dict[str, str]:
    """Return the files of a new ISMS by path; `policies` is the folder of its documents."""
    values = _values(answers, today, policies)
    texts = {**package_texts("start/common"), **package_texts(f"start/{answers.language}")}
    return {_moved(path, policies): filled(path, text, _spoken(path, values, answers)) for path, text in texts.items()}


def _moved(path: str, policies: str) -> str:
    folder, _, rest = path.partition("/")
    return f"{policies}/{rest}" if folder == "policies" else path


def _spoken(path: str, values: Mapping[str, Any], answers: Answers) -> Mapping[str, Any]:
    """Return the values as a file needs them: running text says of unnamed people that they are."""
    if not path.endswith(".md"):
        return values
    unnamed = _UNNAMED[answers.language]
    return {**values, "lead": answers.lead or unnamed, "director": answers.director or unnamed}


def _values(answers: Answers, today: date, policies: str) -> dict[str, Any]:
    entries = read_catalogue().entries
    controls = [entry for entry in entries if isinstance(entry, Control)]
    dark, light = _SCHEMES[answers.language]
    return {
        "name": _one_line(answers.name),
        "scope": _one_line(answers.scope),
        "lead": _one_line(answers.lead),
        "director": _one_line(answers.director),
        "size": answers.size,
        "language": answers.language,
        "policies": policies,
        "site_name": _SITE[answers.language].format(name=_one_line(answers.name)),
        "dark": dark,
        "light": light,
        "controls": controls,
        "clauses": [entry.id for entry in entries if isinstance(entry, Clause) and not entry.heading],
        **_themes(controls),
        "today": today,
        "cycle_end": later(today, _CYCLE) - timedelta(days=1),
        **{name: later(today, months) for name, months in _PLANNED.items()},
    }


def _themes(controls: list[Control]) -> dict[str, list[str]]:
    themes: dict[str, list[str]] = {}
    for control in controls:
        themes.setdefault(control.theme or "", []).append(control.id)
    return themes


def _one_line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f-\x9f\s]+", " ", text).strip()
