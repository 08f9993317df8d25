"""The command line `isms`: a module for each group of commands, all of which register with `main`."""

from isms_plugin.adapters.cli import acknowledge, approve, baseline, baseline_create, init, read, site
from isms_plugin.adapters.cli.base import main

__all__ = ["acknowledge", "approve", "baseline", "baseline_create", "init", "main", "read", "site"]
