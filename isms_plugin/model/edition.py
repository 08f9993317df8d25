"""Editions: the same ISMS published as it is and as it was at each baseline, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from isms_plugin.model.cadence import Period
    from isms_plugin.model.profile import Profile

FOLDER: Final = "baselines"
"""Folder of a site below which each baseline has an edition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What sets the build of an edition apart from an ordinary one."""

    repository: Path | None = None
    """The ISMS in its repository, where the files that are built from lie elsewhere."""
    revision: str = ""
    """The commit that those files are of."""
    baseline: str = ""
    """The baseline that is built; empty for the current edition."""
    day: date | None = None
    """Day of the baseline, which its edition speaks of."""
    as_of: date | None = None
    """Day to judge by whatever the settings say; for the current edition."""
    profile: Profile | None = None
    """For whom it is, where it does not show everything: the edition is then one to be read from disk."""
    period: Period | None = None
    """Days that evidence has to cover, whatever the settings say."""
    beside: tuple[str, ...] = ()
    """Patterns of what will lie beside the site, from its top: `../documents/*.pdf`."""
    others: tuple[tuple[str, str], ...] = ()
    """Title and folder of the other editions that the current one leads to, newest first."""

    @property
    def frozen(self) -> bool:
        """Whether nobody changes it any more: its pages lead to no editor."""
        return bool(self.baseline) or self.profile is not None

    @property
    def siblings(self) -> str:
        """The folder of the editions of baselines, from the top of this edition; empty where there are none."""
        return "../" if self.baseline else f"{FOLDER}/" if self.others else ""


CURRENT: Final = Edition()
"""An ordinary build."""


def edition_name(baseline: str) -> str:
    """Return the name of the folder of a baseline's edition: that of its tag, in one piece."""
    return baseline.replace("/", "-")


def folder_of(baseline: str) -> str:
    """Return the folder of the edition of a baseline, from the top of the site."""
    return f"{FOLDER}/{edition_name(baseline)}"
