"""Where documents lie in a folder that becomes an ISMS as it is."""

from __future__ import annotations

from isms_plugin.authoring.start.source_folder import SourceFolder
from isms_plugin.errors import IsmsError
from isms_plugin.sources.workspace import CONFIGURATION, find_workspace

DEFAULT = "policies"


def documents_folder(source: SourceFolder) -> str:
    """Return the folder of the documents: as the configuration says, `policies`, or the one folder that holds them all.

    Raises IsmsError where they lie in several: which of them are documents is not ours to say.
    """
    if any(name in source.files for name in CONFIGURATION):
        return find_workspace(source.root).settings.policies
    folders = sorted({path.partition("/")[0] if "/" in path else "." for path in source.documents})
    if DEFAULT in folders or not folders:
        return DEFAULT
    if len(folders) == 1 and folders[0] not in (".", "docs", "registers", "evidence"):
        return folders[0]
    named = ", ".join("the top" if folder == "." else folder for folder in folders)
    raise IsmsError(
        f"{source.root}: Markdown lies in {named}; move the documents below {DEFAULT}/, or name a new folder that takes them along: "
        f"isms init --from SRC DIR"
    )
