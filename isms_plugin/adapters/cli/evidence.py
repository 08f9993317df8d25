"""Commands for evidence: ask for it, register it, verify what lies in object storage."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from isms_plugin.adapters.cli.base import FOUND, OK, build_of, day_of, exits, main
from isms_plugin.errors import IsmsError

if TYPE_CHECKING:
    from isms_plugin.analysis.facts import Facts
    from isms_plugin.authoring.evidence_record import NewEvidence, Record
    from isms_plugin.model.cadence import Period
    from isms_plugin.model.evidence import Evidence

F = TypeVar("F", bound=Callable[..., Any])
MAX_BYTES: Final = 100 * 1024 * 1024
"""A file beyond this does not belong in a repository, and is no evidence that anybody reads."""


class _ChoiceOf(click.ParamType[str]):
    """A choice of a field of evidence, read from its declaration when somebody makes one: `isms --help` answers at once."""

    def __init__(self, field: str) -> None:
        self.name = field

    @property
    def words(self) -> tuple[str, ...]:
        """What may be chosen."""
        from isms_plugin.model.evidence import Evidence
        from isms_plugin.model.fields import field_map

        return field_map(Evidence)[self.name].choices

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002 - as click calls it
        """Return the choices as help shows them."""
        return f"[{'|'.join(self.words)}]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return a choice; refuses any other word."""
        return str(value) if value in self.words else self.fail(f"{value!r} is not one of {', '.join(self.words)}", param, ctx)


def _day_option(name: str, to: str, text: str) -> Callable[[F], F]:
    return click.option(name, to, type=click.DateTime(["%Y-%m-%d"]), callback=day_of, help=text)


@main.group()
def evidence() -> None:
    """Ask for evidence, register it, verify it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What the command line says."""

    file: Path
    identifier: str
    store: str
    accepted: str
    dry_run: bool
    values: dict[str, Any]

    def new(self, facts: Facts, directory: Path) -> NewEvidence:
        """Return the evidence to register, with the person who took it."""
        from isms_plugin.authoring.evidence_record import NewEvidence

        if self.file.stat().st_size > MAX_BYTES:
            raise IsmsError(f"{self.file}: larger than {MAX_BYTES // 1024 // 1024} MiB; register the address where it lies")
        taken_by = _person(facts, self.values["taken_by"], directory)
        name = self.file.stem.replace("-", " ").replace("_", " ")
        title = self.values["title"] or name[:1].upper() + name[1:]
        values = {**self.values, "taken_by": taken_by, "owner": self.values["owner"] or taken_by, "title": title}
        return NewEvidence(
            name=self.file.name,
            content=self.file.read_bytes(),
            values=values,
            identifier=self.identifier,
            store=self.store,
            accepted=self.accepted,
        )


@evidence.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--for", "for", multiple=True, required=True, metavar="ID", help="Control, clause or entry that it proves; may be repeated.")
@click.option("--kind", type=_ChoiceOf("kind"), required=True, help="What sort of record it is.")
@click.option("--title", default="", help="Short name; default: the name of the file.")
@click.option("--what", default="", help="What it shows, in a sentence or two.")
@_day_option("--from", "period_from", "First day it speaks of; default: the day it was taken.")
@_day_option("--to", "period_to", "Last day it speaks of; default: the day it was taken.")
@_day_option("--taken-on", "taken_on", "Day it was taken from its source; default: today.")
@_day_option("--valid-to", "valid_to", "Last day on which it proves anything.")
@click.option("--taken-by", default="", metavar="PERSON", help="Id or name of who took it; default: whoever commits here.")
@click.option("--owner", default="", metavar="ID", help="Person who answers for it; default: who took it.")
@click.option("--source", default="", help="System or person it comes from.")
@click.option("--method", type=_ChoiceOf("method"), help="How it was taken.")
@click.option("--classification", type=_ChoiceOf("classification"), default="internal", show_default=True, help="Who may read it.")
@click.option("--every", type=_ChoiceOf("every"), help="Calendar period for each of which such evidence is due.")
@click.option("--population", type=click.IntRange(0), help="How many there were.")
@click.option("--sample", type=click.IntRange(0), help="How many were looked at.")
@click.option("--redacted", is_flag=True, help="Something was blacked out.")
@click.option("--id", "identifier", default="", metavar="ID", help="Id; default: the next free one.")
@click.option("--store", default="", metavar="URL", help="Folder in object storage, such as s3://bucket/isms, instead of the repository.")
@click.option("--accept-findings", "accepted", default="", metavar="REASON", help="Why what the scan finds may stay; kept in the register.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.pass_obj
@exits
def add(directory: Path, file: Path, identifier: str, store: str, accepted: str, dry_run: bool, **values: Any) -> int:  # noqa: FBT001 - an option
    """Register a file as evidence: hash, dates, a copy that is never overwritten, and a row of its own.

    Exit code: 0 registered, 1 the scan found secrets or personal data and nothing was written, 2 wrong usage, 3 it cannot be registered.
    """
    from isms_plugin.authoring.evidence_record import record_evidence
    from isms_plugin.authoring.files import write_files
    from isms_plugin.sources.object_storage import put_once

    values["redacted"] = "true" if values["redacted"] else None
    asked = _Asked(file=file, identifier=identifier, store=store, accepted=accepted.strip(), dry_run=dry_run, values=values)
    build = build_of(directory)
    snapshot, settings = build.sources.snapshot, build.facts.settings
    taken = [*snapshot.paths(settings.evidence), *snapshot.paths(settings.registers)]
    record = record_evidence(build.facts, asked.new(build.facts, build.workspace.root), taken)
    if not _acceptable(record, asked):
        return FOUND
    if not dry_run:
        for url, content in record.objects.items():
            put_once(url, content)
        write_files(build.workspace.root, record.files)
    click.echo("\n".join(_summary(record, dry_run=dry_run)))
    return OK


def _person(facts: Facts, name: str, directory: Path) -> str:
    """Return the id of a person by id, name or what they are called in git; without a name, of whoever commits here."""
    from isms_plugin.model.people import Person
    from isms_plugin.sources.git_history import committer

    if facts.isms.get(Person, name):
        return name
    try:
        names = (name,) if name else committer(directory)
    except IsmsError:
        raise click.UsageError("say who took it: --taken-by PERSON") from None
    found = [person.id for person in facts.isms.of(Person) if person.known_as(*names)]
    if len(found) != 1:
        who = f"{' or '.join(names)} is {'nobody' if not found else ' or '.join(found)} in the register of people"
        raise click.UsageError(f"{who}; say with --taken-by PERSON who took it")
    return found[0]


def _acceptable(record: Record, asked: _Asked) -> bool:
    """Say what the scan found; whether it may be registered all the same."""
    found = [*((str(asked.file), item) for item in record.exposures), *(("the row", item) for item in record.row_exposures)]
    for where, item in found:
        click.echo(f"{where}: {item}", err=True)
    if found and not asked.accepted:
        number = f"{len(found)} {'finding' if len(found) == 1 else 'findings'}"
        hint = "take out what does not belong there, or give a reason with --accept-findings"
        click.echo(f"isms: {number}, nothing was written; {hint}", err=True)
        return False
    return True


def _summary(record: Record, *, dry_run: bool) -> Iterable[str]:
    from isms_plugin.analysis.completeness import missing_fields

    entry = record.entry
    yield f"{entry.id} {'would be' if dry_run else 'is'} registered for {', '.join(entry.proves)}, SHA-256 {entry.sha256}"
    missing = [spec.key for spec in missing_fields(entry)]
    if missing:
        yield f"still missing: {', '.join(missing)}; fill it in in the register"
    yield from record.objects
    yield from record.files


@evidence.command()
@click.argument("target", metavar="ID")
@click.option("--to", default="", metavar="PERSON", help="Person who is asked.")
@click.option("--period", default="", metavar="FROM..TO", help="Days that it has to cover; default: the audited period.")
@click.option("--format", "form", type=click.Choice(["text", "md"]), default="text", show_default=True, help="Form of the request.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; default: the screen.")
@click.pass_obj
@exits
def request(directory: Path, target: str, to: str, period: str, form: str, out: Path | None) -> int:
    """Write a request for evidence that a colleague can answer."""
    from isms_plugin.authoring.evidence_request import Request, request_text
    from isms_plugin.sources.evidence_examples import evidence_examples

    facts = build_of(directory).facts
    asked = Request(target=target, to=to, period=_period(period) or facts.settings.period(facts.today), examples=evidence_examples())
    text = request_text(facts, asked, markdown=form == "md")
    if out is None:
        click.echo(text, nl=False)
        return OK
    if out.exists():
        raise IsmsError(f"{out}: exists already; name another file")
    out.write_text(text, encoding="utf-8")
    click.echo(f"written to {out}")
    return OK


def _period(text: str) -> Period | None:
    from isms_plugin.model.cadence import Period

    if not text:
        return None
    first, _, last = text.partition("..")
    try:
        period = Period(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        raise click.UsageError("--period: write two days as YYYY-MM-DD..YYYY-MM-DD") from None
    if period.last < period.first:
        raise click.UsageError("--period: the first day is after the last")
    return period


@evidence.command()
@click.argument("identifiers", metavar="[ID]...", nargs=-1)
@click.pass_obj
@exits
def verify(directory: Path, identifiers: tuple[str, ...]) -> int:
    """Compare evidence with its recorded SHA-256, that in object storage included.

    Exit code: 0 all that can be verified is, 1 something differs or is missing, 2 wrong usage, 3 storage cannot be reached.
    """
    from isms_plugin.model.evidence import Evidence

    facts = build_of(directory).facts
    found = [facts.isms.get(Evidence, name) for name in identifiers] if identifiers else list(facts.isms.of(Evidence))
    unknown = [name for name, item in zip(identifiers, found, strict=False) if item is None]
    if unknown:
        raise IsmsError(f"{', '.join(unknown)}: no such evidence")
    words = [(item, *_verified(facts, item)) for item in found if item is not None and (identifiers or not item.retired)]
    for item, word, told in words:
        if identifiers or word != "elsewhere":
            click.echo(f"{item.id} {word}: {told}")
    counts = {word: sum(other == word for _, other, _ in words) for word in dict.fromkeys(word for _, word, _ in words)}
    click.echo(", ".join(f"{count} {word}" for word, count in counts.items()) + "." if counts else "No evidence.")
    return FOUND if counts.keys() & {"mismatch", "missing"} else OK


def _verified(facts: Facts, item: Evidence) -> tuple[str, str]:
    """Return in a word whether evidence is what was registered, and what that rests on."""
    from isms_plugin.analysis.evidence.state import Check
    from isms_plugin.sources.object_storage import NotStoredError, stored_digest

    standing = facts.evidence[item.id]
    word = {Check.CHANGED: "mismatch", Check.ELSEWHERE: "elsewhere", Check.UNHASHED: "unhashed"}.get(standing.check, standing.check.value)
    if not item.stored:
        return word, standing.checked
    try:
        found = stored_digest(item.at or "")
    except NotStoredError as error:
        return "missing", str(error)
    if item.sha256 is None:
        return "unhashed", f"{item.at} has SHA-256 {found}"
    if found != item.sha256:
        return "mismatch", f"{item.at} has SHA-256 {found}, recorded is {item.sha256}"
    return "verified", f"{item.at} has the recorded SHA-256"
