"""The command line `isms`: a module for each group of commands, all of which register with `main`."""

from isms_plugin.adapters.cli import (
    accept,
    acknowledge,
    approve,
    audit,
    audit_sample,
    baseline,
    baseline_create,
    data,
    due,
    evidence,
    init,
    management_review,
    new,
    read,
    reconcile,
    site,
)
from isms_plugin.adapters.cli.base import main

__all__ = [
    "accept",
    "acknowledge",
    "approve",
    "audit",
    "audit_sample",
    "baseline",
    "baseline_create",
    "data",
    "due",
    "evidence",
    "init",
    "main",
    "management_review",
    "new",
    "read",
    "reconcile",
    "site",
]
