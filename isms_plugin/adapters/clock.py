"""The date, taken from outside only here."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from isms_plugin.errors import SettingsError


def today() -> date:
    """Return the day that the environment names, else that of the clock, in UTC; raises as `day_of_environment` does."""
    return day_of_environment() or datetime.now(UTC).date()


def day_of_environment() -> date | None:
    """Return the day of `SOURCE_DATE_EPOCH` where it is set (reproducible-builds.org), in UTC.

    Raises SettingsError where it is no number of seconds: another day must not be taken in silence.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return None
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise SettingsError(f"SOURCE_DATE_EPOCH: {epoch!r} is no number of seconds since 1970") from None
