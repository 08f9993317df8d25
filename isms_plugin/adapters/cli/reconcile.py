"""The command that compares a register with what another system exports."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

import click

from isms_plugin.adapters.cli.base import FOUND, OK, as_of_option, build_of, exits, format_option, main
from isms_plugin.errors import IsmsError, SettingsError

if TYPE_CHECKING:
    from isms_plugin.analysis.reconciliation.result import Reconciled
    from isms_plugin.authoring.reconciliation_record import Export, Proposed
    from isms_plugin.build import Build
    from isms_plugin.model.entry import Entry
    from isms_plugin.model.reconciliation import Reconciliation
    from isms_plugin.sources.reconciliation_plan import PlanFile

FOLDER: Final = "reconcile"
"""Folder of the mappings, at the top of the ISMS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What the command line says."""

    name: str
    file: Path
    mapping: Path | None
    form: str
    propose: Path | None
    write: bool
    finding: bool
    record: bool
    audit: str
    person: str
    dry_run: bool

    @property
    def called(self) -> str:
        """What the export is called; the name of a pipe is a number that means nothing."""
        return self.file.name if self.file.is_file() else "export"

    def check(self) -> None:
        """Refuse what does not go together."""
        for option, value in {"--audit": self.audit, "--as": self.person}.items():
            if value and not (self.finding or (self.record and option == "--as")):
                raise click.UsageError(f"{option} needs --finding{' or --record' if option == '--as' else ''}")
        if self.dry_run and not (self.write or self.finding or self.record or self.propose):
            raise click.UsageError("--dry-run needs --propose, --write, --finding or --record")
        if self.propose and self.propose.exists():
            raise click.UsageError(f"{self.propose}: exists already; name another file")


@main.command()
@click.argument("name", metavar="REGISTER")
@click.option(
    "--from", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True, help="Export: CSV, JSON, XLSX or ODS."
)
@click.option(
    "--map", "mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Mapping; default: reconcile/REGISTER.yml."
)
@format_option
@as_of_option
@click.option("--propose", type=click.Path(dir_okay=False, path_type=Path), help="Write entries for what is missing into a new file.")
@click.option("--write", is_flag=True, help="Add those entries to the register, as drafts.")
@click.option("--finding", is_flag=True, help="Write a draft of a nonconformity that states the differences.")
@click.option("--audit", default="", metavar="ID", help="With --finding: write a finding of this audit instead.")
@click.option("--as", "person", default="", metavar="PERSON", help="Who compared and raises it; default: who commits here.")
@click.option("--record", is_flag=True, help="Register the comparison as evidence: numbers and ids, nothing of the export.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.pass_obj
@exits
def reconcile(directory: Path, as_of: date | None, **options: Any) -> int:
    """Compare a register with an export of a device manager, ledger, HR list or identity provider.

    REGISTER is the name of a mapping in reconcile/, usually that of the register. The export is read where it lies and never copied.

    Exit code: 0 nothing differs, 1 something does, 2 wrong usage or mapping, 3 nothing could be read.
    """
    asked = _Asked(**options)
    asked.check()
    from isms_plugin.adapters.reconciliation_reports import reconciliation_data, reconciliation_lines
    from isms_plugin.authoring.reconciliation_record import Export
    from isms_plugin.sources.tables import read_export

    build = build_of(directory, as_of)
    plan = _plan(build, asked)
    declaration = _register(build, plan, asked)
    data = read_export(asked.file)
    result = _compared(build, plan, declaration, asked, data)
    export = Export(name=asked.called, sha256=hashlib.sha256(data).hexdigest())
    if asked.form == "json":
        click.echo(json.dumps(reconciliation_data(build.facts, declaration, result, export), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(reconciliation_lines(declaration, result, export)))
    if asked.file.resolve().is_relative_to(build.workspace.root):
        _say([f"note: {asked.file} lies inside the repository; exports hold personal data, so keep them out of it"])
    if result.differences or asked.record:
        _record(build, plan.plan, declaration, result, export, asked)
    return FOUND if result.differences else OK


def _say(lines: Iterable[str]) -> None:
    """Tell what is no part of the answer."""
    for line in lines:
        click.echo(line, err=True)


def _plan(build: Build, asked: _Asked) -> PlanFile:
    from isms_plugin.sources.reconciliation_plan import read_plan

    if asked.mapping:
        return read_plan(asked.mapping.read_bytes(), str(asked.mapping))
    snapshot = build.sources.snapshot
    paths = [PurePosixPath(path) for path in snapshot.paths(FOLDER)]
    mappings = {path.stem: str(path) for path in paths if str(path.parent) == FOLDER and path.suffix in (".yml", ".yaml")}
    if asked.name in mappings:
        path = mappings[asked.name]
        return read_plan(snapshot.read(path), path)
    known = f"there are: {', '.join(mappings)}" if mappings else "write it, or name one with --map"
    raise SettingsError(f"{FOLDER}/{asked.name}.yml: no such mapping; {known}")


def _register(build: Build, plan: PlanFile, asked: _Asked) -> type[Entry]:
    name = plan.plan.register_name or asked.name
    kinds = {kind.KIND.register: kind for kind in build.facts.isms.kinds if kind.KIND.register}
    if name not in kinds:
        raise SettingsError(f"{plan.path}: no register is called {name!r}; there are: {', '.join(sorted(kinds))}")
    return kinds[name]


def _compared(build: Build, plan: PlanFile, declaration: type[Entry], asked: _Asked, data: bytes) -> Reconciled:
    from isms_plugin.analysis.reconciliation.checks import plan_faults
    from isms_plugin.analysis.reconciliation.comparison import reconcile as compare
    from isms_plugin.sources.tables import read_table

    table = read_table(data, str(asked.file), sheet=plan.plan.sheet, inside=plan.plan.inside)
    table = replace(table, name=asked.called)
    facts = build.facts
    plan.refuse(plan_faults(plan.plan, declaration, facts.isms, table))
    return compare(facts.isms, declaration, plan.plan, table, facts.today)


def _record(build: Build, plan: Reconciliation, declaration: type[Entry], result: Reconciled, export: Export, asked: _Asked) -> None:
    """Write what was asked for, all of it or nothing."""
    from isms_plugin.adapters.reconciliation_reports import proposal_lines
    from isms_plugin.authoring.reconciliation_evidence import comparison_record
    from isms_plugin.authoring.reconciliation_record import finding, proposals
    from isms_plugin.authoring.register_additions import additions

    facts, snapshot, settings = build.facts, build.sources.snapshot, build.facts.settings
    found = proposals(facts, declaration, plan, result.unregistered) if asked.propose or asked.write else []
    files = additions(snapshot, settings.registers, declaration, [item.row for item in found]) if asked.write else {}
    person = _person(build, asked.person) if asked.record or asked.finding else ""
    evidence = ""
    if asked.record:
        taken = [*snapshot.paths(settings.evidence), *snapshot.paths(settings.registers)]
        record = comparison_record(facts, declaration, plan, result, export, person, taken)
        evidence, files = record.entry.id, {**files, **record.files}
        _say([f"evidence: {evidence} {record.entry.title}"])
    if asked.finding and result.differences:
        made, row = finding(facts, declaration, plan, result, export, person, asked.audit, evidence)
        files = {**files, **additions(snapshot, settings.registers, made, [row])}
        _say([f"{made.KIND.title.lower()}: {row['id']} {row['title']}"])
    _say(proposal_lines(found))
    if not asked.dry_run:
        _write(build.workspace.root, files, asked.propose, found)
    told = "would be written" if asked.dry_run else "written"
    _say(f"{told}: {path}" for path in [*([asked.propose] if asked.propose and found else []), *files])


def _write(root: Path, files: Mapping[str, bytes], out: Path | None, found: list[Proposed]) -> None:
    from isms_plugin.authoring.files import write_files
    from isms_plugin.authoring.yaml_text import row_yaml

    if out is None or not found:
        write_files(root, files)
        return
    write_files(out.parent, {out.name: "".join(row_yaml(item.row) for item in found)})
    try:
        write_files(root, files)
    except IsmsError:
        # the file may lie anywhere, so that one call cannot write both
        out.unlink(missing_ok=True)
        raise


def _person(build: Build, named: str) -> str:
    """Return the id of who raises a finding."""
    from isms_plugin.authoring.accept import known_name
    from isms_plugin.authoring.approve import find_person
    from isms_plugin.sources.git_history import committer

    names = (named,) if named else committer(build.workspace.root)
    return find_person(build.facts, known_name(build.facts, names)).id
