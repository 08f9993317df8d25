"""The command line `isms`: a module for each group of commands, all of which register with `main`."""

from isms_plugin.adapters.cli import (
    accept,
    acknowledge,
    approve,
    baseline,
    baseline_create,
    data,
    due,
    evidence,
    init,
    read,
    reconcile,
    site,
)
from isms_plugin.adapters.cli.base import main

__all__ = [
    "accept",
    "acknowledge",
    "approve",
    "baseline",
    "baseline_create",
    "data",
    "due",
    "evidence",
    "init",
    "main",
    "read",
    "reconcile",
    "site",
]
