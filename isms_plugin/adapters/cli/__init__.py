"""The command line `isms`: a module for each group of commands, all of which register with `main`."""

from isms_plugin.adapters.cli import read
from isms_plugin.adapters.cli.base import main

__all__ = ["main", "read"]
