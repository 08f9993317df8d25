"""`isms approve`: records decisions on documents, or asks for one."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from isms_plugin.adapters.cli.base import OK, build_of, day_of, exits, main
from isms_plugin.errors import IsmsError

if TYPE_CHECKING:
    from isms_plugin.authoring.approve import Decision
    from isms_plugin.build import Build
    from isms_plugin.model.approval import Approval

DECISIONS: Final = ("approved", "rejected", "reviewed-no-change", "withdrawn")
METHODS: Final = ("record", "signed-commit", "signed-tag", "platform-review", "signed-pdf", "minutes")
_HASH: Final = re.compile(rb"isms-text-\d+:[0-9a-f]{64}")


@main.command()
@click.argument("documents", metavar="ID...", nargs=-1, required=True)
@click.option("--as", "person", default="", metavar="PERSON", help="Who decided: id, name, address or account.")
@click.option("--role", default="", help="Role in which they decided; default: the document's approver role.")
@click.option(
    "--on",
    "decided_on",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=day_of,
    help="Day of the decision; default: the setting `as_of`, else today.",
)
@click.option("--decision", type=click.Choice(DECISIONS), default="approved", show_default=True, help="What was decided.")
@click.option("--method", type=click.Choice(METHODS), default="record", show_default=True, help="How the decision was given.")
@click.option("--reference", default="", help="Where it can be seen: minutes, address, name of a tag or commit.")
@click.option("--remarks", default="", help="Reasons, conditions, outcome of the review.")
@click.option("--next-review", type=click.DateTime(["%Y-%m-%d"]), callback=day_of, help="Day of the next review.")
@click.option("--self-approval", default="", metavar="REASON", help="Why the author had to decide.")
@click.option("--sign", "sign_it", is_flag=True, help="Sign the record with the approver's SSH key.")
@click.option("--key", type=click.Path(path_type=Path), help="That key; default: `user.signingkey` of git.")
@click.option("--request", "ask", is_flag=True, help="Write an approval request that prints instead.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File of the request; default: ID-VERSION-request.html.")
@click.option(
    "--from", "answer", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Signed answer; it is kept with its hash."
)
@click.option(
    "--review", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Review event of GitHub or approvals of GitLab, JSON."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
@exits
def approve(directory: Path, documents: tuple[str, ...], ask: bool, out: Path | None, yes: bool, **options: Any) -> int:  # noqa: FBT001
    """Record that a person approved documents, refused them, reviewed them or withdrew them.

    The record is bound to the text by its hash, to the person by the register, and to the day. Nothing is written when
    anything would not stand up: somebody without the role, the author, a text that is not committed.
    """
    if ask:
        return _request(build_of(directory), documents, out)
    if options["method"] == "signed-pdf" and options["answer"] is None:
        raise click.UsageError("--method signed-pdf takes the signed answer with --from FILE")
    if not (options["person"] or options["review"]):
        raise click.UsageError("--as PERSON says who decided; or --review FILE, or --request")
    written: dict[str, str | bytes] = {}
    build = build_of(directory, closely=documents)
    for name in documents:
        seen, record, files = _record(build, directory, name, options)
        _show(seen, record)
        if not yes and not click.confirm(f"Record: {_sentence(record)}?", default=True):
            raise IsmsError("nothing was written")
        written |= files
    from isms_plugin.authoring.files import write_files

    write_files(build.workspace.root, written)
    for path in written:
        click.echo(f"written: {path}")
    click.echo("Commit them together; the decision is on record from then on.")
    return OK


def _record(build: Build, directory: Path, name: str, options: dict[str, Any]) -> tuple[Build, Approval, dict[str, str | bytes]]:
    """Return the record of a decision, the ISMS it was made on, and the files it writes."""
    from isms_plugin.authoring.approve import files_of, kept_answer, make_record

    decision, at = _decision(build, name, options)
    seen = build_of(directory, revision=at, closely=(name,)) if at else build
    record = make_record(seen.facts, replace(decision, document=name))
    files: dict[str, str | bytes] = {}
    answer: Path | None = options["answer"]
    if answer is not None:
        content = answer.read_bytes()
        _fits(answer, content, record)
        kept = kept_answer(record.id, build.facts.settings.evidence, answer.name)
        method = "signed_pdf" if record.method == "record" else record.method
        record = record.model_copy(update={"file": kept, "sha256": hashlib.sha256(content).hexdigest(), "method": method})
        files[kept] = content
    if options["sign_it"]:
        record = _signed(build, record, options["key"])
    text = build.facts.isms.texts.get(name)
    source = build.sources.snapshot.read(text.path) if text else b""
    return seen, record, files_of(build.facts, record, source) | files


def _decision(build: Build, name: str, options: dict[str, Any]) -> tuple[Decision, str]:
    """Return what was decided, and the commit that was looked at where a platform says so."""
    from isms_plugin.authoring.approve import Decision

    given = Decision(
        document=name,
        person=options["person"],
        decided_on=options["decided_on"] or build.facts.today,
        decision=options["decision"].replace("-", "_"),
        method=options["method"].replace("-", "_"),
        **{key: options[key] for key in ("role", "reference", "remarks", "self_approval", "next_review")},
    )
    if options["review"] is None:
        return given, ""
    return _reviewed(build, given, options["review"], options["decided_on"])


def _reviewed(build: Build, given: Decision, path: Path, day: date | None) -> tuple[Decision, str]:
    from isms_plugin.authoring.approve import find_person
    from isms_plugin.authoring.platform_review import read_reviews
    from isms_plugin.model.people import Person

    reviews = read_reviews(path.read_bytes(), str(path))
    if given.person:
        person = find_person(build.facts, given.person)
        reviews = [review for review in reviews if person.known_as(*review.names)]
    if len(reviews) != 1:
        raise IsmsError(f"{path}: {'several people' if reviews else 'nobody of that name'} approved there; name one of them with --as")
    (review,) = reviews
    # the register may know the account or the name
    known = (name for name in review.names if any(person.known_as(name) for person in build.facts.isms.of(Person)))
    who = given.person or find_person(build.facts, next(known, review.names[0])).id
    reference = given.reference or review.reference
    decided = replace(given, person=who, decided_on=day or review.on, method="platform_review", reference=reference)
    return decided, review.commit


def _fits(path: Path, content: bytes, record: Approval) -> None:
    """Refuse an answer that names the hash of another text; pictures and PDFs name none that can be read."""
    named = {found.decode() for found in _HASH.findall(content)}
    if named and record.content_hash not in named:
        raise IsmsError(f"{path}: this answer is about another text ({min(named)[:24]}...), not the one in the repository")


def _signed(build: Build, record: Approval, key: Path | None) -> Approval:
    from isms_plugin.authoring.approve import with_signature
    from isms_plugin.authoring.signing import sign
    from isms_plugin.sources.git_history import signing_key

    return with_signature(record, lambda data: sign(data, key or signing_key(build.workspace.root)))


def _show(build: Build, record: Approval) -> None:
    """Show what is different from the text in force."""
    from isms_plugin.authoring.text_difference import text_difference

    standing = build.facts.standings[record.document or ""]
    text, current = build.facts.isms.texts[standing.document.id], standing.current
    click.echo(f"{standing.document.id} {standing.document.name}, version {record.version}")
    if current is None or current.text is None:
        click.echo("  never approved before" if current is None else "  the text in force is not in this clone")
        return
    lines = list(text_difference((current.text.title, current.text.body), (standing.document.name, text.body)))
    click.echo(f"  from version {current.version}:" if lines else f"  the words are those of version {current.version}")
    for line in lines:
        click.secho(f"  {line}", fg={"+": "green", "-": "red", "@": "cyan"}.get(line[:1]))


def _sentence(record: Approval) -> str:
    verb = (record.decision or "").replace("_", " ")
    return f"{record.document} {record.version} {verb} by {record.person} as {record.role} on {record.decided_on}"


def _request(build: Build, documents: tuple[str, ...], out: Path | None) -> int:
    from isms_plugin.authoring.approve import request_page

    if out is not None and len(documents) > 1:
        raise click.UsageError("--out takes one document")
    pages = {name: request_page(build.facts, name) for name in documents}
    for name, html in pages.items():
        target = out or Path(f"{name}-{build.facts.standings[name].document.version}-request.html")
        target.write_text(html, encoding="utf-8")
        click.echo(f"written: {target}")
    return OK
