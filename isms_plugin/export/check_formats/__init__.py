"""Reports of a check in the forms that platforms and other programs read; the same report gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from isms_plugin.analysis.check_report import CheckReport
from isms_plugin.export.check_formats.code_quality import code_quality
from isms_plugin.export.check_formats.github import workflow_commands
from isms_plugin.export.check_formats.junit import junit
from isms_plugin.export.check_formats.plain_json import plain_json
from isms_plugin.export.check_formats.plain_text import plain_text
from isms_plugin.export.check_formats.sarif import sarif

FORMATS: Final[Mapping[str, Callable[[CheckReport], str]]] = {
    "text": plain_text,
    "json": plain_json,
    "sarif": sarif,
    "junit": junit,
    "github": workflow_commands,
    "codequality": code_quality,
}
"""Every form by the name that the command gives it."""
