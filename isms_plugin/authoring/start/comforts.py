"""What a new ISMS gets besides its texts: pipelines of its platform, and settings and schemas for an editor."""

from __future__ import annotations

from typing import Final

from isms_plugin.authoring.editor_settings import editor_files
from isms_plugin.authoring.pipelines import pipeline_files
from isms_plugin.export.schema import schemas
from isms_plugin.model.isms import KINDS

_SCHEMAS: Final = ".isms/schema"
"""Where `isms schema` writes them anew."""
_REGISTERS: Final = "registers"


def comforts(platform: str) -> dict[str, bytes]:
    """Return files by path; for the platform `none` without pipelines."""
    editor = editor_files(KINDS, _REGISTERS, _SCHEMAS, {}).files
    return {
        **{f"{_SCHEMAS}/{name}": content for name, content in schemas(KINDS).items()},
        **{path: text.encode() for path, text in editor.items()},
        **(pipeline_files(platform) if platform != "none" else {}),
    }
