"""What stops the program. Mistakes in the ISMS are diagnostics, never exceptions."""


class IsmsError(Exception):
    """Stop with a message that says what is broken and what to do."""


class SourceError(IsmsError):
    """The sources cannot be read at all: no folder, no such revision."""


class SettingsError(IsmsError):
    """A setting has no meaning."""
