"""Makes a pack: the site of a commit as the readers of a profile see it, what lies beside it, and the proof that nobody changed it."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from isms_plugin import __version__
from isms_plugin.adapters.editions import Job, built_from_commit, configuration_of
from isms_plugin.adapters.pack_beside import SITE, places_beside, write_beside
from isms_plugin.adapters.pack_order import Order
from isms_plugin.authoring.signing import sign_manifest
from isms_plugin.build import Build
from isms_plugin.export.archive import write_archive
from isms_plugin.export.leak_scan import scan
from isms_plugin.export.link_check import check_links, files_below, told_once
from isms_plugin.export.manifest import SCHEMA, write_manifest
from isms_plugin.export.pack_names import check_names
from isms_plugin.model.edition import Edition
from isms_plugin.sources.environment import environment

_OF_SERVERS: Final = ("404.html", "sitemap.xml", "sitemap.xml.gz")
"""What only a server has a use for."""
_NAMED: Final = 3
"""Files not committed that are named; of more the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What was made: how many files, and what hinders handing it out; nothing was written then."""

    files: int = 0
    findings: tuple[str, ...] = ()


def make_pack(order: Order, tell: Callable[[str], None]) -> Pack:
    """Write a pack; raises IsmsError where it cannot be made at all."""
    order.out.parent.mkdir(parents=True, exist_ok=True)
    # everything that asks for a time gets that of the commit (reproducible-builds.org)
    dated = {"SOURCE_DATE_EPOCH": str(int(order.committed_on.timestamp()))}
    with tempfile.TemporaryDirectory(prefix=".isms-pack-", dir=order.out.parent) as scratch, environment(dated):
        staging = Path(scratch) / "pack"
        edition = Edition(
            repository=order.root,
            revision=order.commit,
            day=order.day,
            as_of=order.as_of,
            profile=order.profile,
            period=order.period,
            beside=places_beside(order.profile),
        )
        job = Job(edition=edition, root=order.root, target=staging / SITE, fallback=configuration_of(order.root))
        tell(f"{order.profile.title}: the site of commit {order.commit[:10]}")
        if order.uncommitted:
            more = f" and {len(order.uncommitted) - _NAMED} more" if len(order.uncommitted) > _NAMED else ""
            tell(f"not committed, so not in it: {', '.join(order.uncommitted[:_NAMED])}{more}")
        with built_from_commit(job) as plugin:
            for name in _OF_SERVERS:
                (staging / SITE / name).unlink(missing_ok=True)
            write_beside(staging, plugin, order.profile, archive=order.archive, tell=tell)
            secrets = plugin.build.redaction.secrets if plugin.build.redaction else frozenset()
            top = _name(plugin.build, order)
            about = _about(plugin.build, order)
        tell("links, names and withheld values are checked")
        findings = _findings(staging, top, secrets, (scratch, str(order.root), str(Path.home())))
        if findings:
            return Pack(findings=findings)
        write_manifest(staging, about)
        if order.key is not None:
            sign_manifest(staging, order.key)
        write_archive(staging, order.out, top, order.committed_on)
        return Pack(files=len(files_below(staging)))


def _findings(staging: Path, top: str, secrets: frozenset[str], machine: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is wrong with the files of a pack, a sentence each."""
    links = check_links(staging, from_disk=True, apart=("evidence",))
    names = check_names(f"{top}/{name}" for name in files_below(staging))
    return (*names, *told_once(links), *map(str, scan(staging, secrets, machine=machine)))


def _name(build: Build, order: Order) -> str:
    """Return what the folder of the pack is called."""
    words = re.sub(r"[^a-z0-9]+", "-", build.workspace.name.lower()).strip("-")[:40].rstrip("-")
    return "-".join(filter(None, (words, order.profile.name, build.facts.today.isoformat())))


def _about(build: Build, order: Order) -> dict[str, Any]:
    """Return what the manifest says of the pack."""
    facts = build.facts
    counted = Counter(type(entry).KIND.register for entry in facts.isms.entries.values())
    return {
        "schema": SCHEMA,
        "name": build.workspace.name,
        "commit": order.commit,
        "tree": order.tree,
        "committed_on": order.committed_on.isoformat(),
        "as_of": facts.today.isoformat(),
        "period": {"from": facts.settings.period(facts.today).first.isoformat(), "to": facts.settings.period(facts.today).last.isoformat()},
        "profile": order.profile.model_dump(mode="json"),
        "made_with": {"mkdocs-isms": __version__, **{name: version(name) for name in ("mkdocs", "mkdocs-material", "markdown")}},
        "entries": {name: counted[name] for name in sorted(filter(None, counted))},
        "withheld": [{"source": item.source, "field": item.field, "count": item.count, "reason": item.reason} for item in facts.withheld],
    }
