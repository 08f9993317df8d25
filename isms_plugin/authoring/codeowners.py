"""The file CODEOWNERS of GitHub and GitLab: the lines between two marks are made from the registers, all others are left as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Final, Literal

from isms_plugin.analysis.code_owners import CodeOwners, OwnedFile, account_of
from isms_plugin.errors import IsmsError
from isms_plugin.model.isms import Isms
from isms_plugin.model.people import Person

Platform = Literal["github", "gitlab"]

PLACES: Final = {
    "github": (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"),
    "gitlab": ("CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"),
}
"""Where the platforms look for the file, in their order; from the top of the repository."""
NEW: Final = {"github": ".github/CODEOWNERS", "gitlab": ".gitlab/CODEOWNERS"}
"""Where it is made when there is none."""

BEGIN: Final = "# isms codeowners: generated from here; change owners and roles in the registers, and write it anew"
END: Final = "# isms codeowners: up to here"

_SPECIAL: Final = re.compile(r"[\\ #*?\[\]!]")
_WORD: Final = re.compile(r"(?<!\S)[^\s#]*@[^\s#]+")


def place_of(top: Path, platform: Platform) -> str:
    """Return where a platform finds the file: the first place that has one, else where it is to be made."""
    return next((path for path in PLACES[platform] if (top / path).is_file()), NEW[platform])


def block_of(owners: CodeOwners, platform: Platform, prefix: str = "") -> str:
    """Return the generated lines; `prefix` is the path from the top of the repository to the ISMS, empty or ending in `/`.

    The last line that fits a file counts. On GitLab a section of its own asks for one of those who may approve a document as well.
    """
    lines = [BEGIN, *(["[ISMS]"] if platform == "gitlab" else [])]
    if owners.rest:
        lines += ["# Everything else", " ".join((f"/{_escaped(prefix)}" if prefix else "*", *owners.rest))]
    for title, files in (
        ("Registers: owners of what they hold", owners.registers),
        ("Documents: who may approve, owners", owners.documents),
    ):
        lines += [f"# {title}", *_lines(files, prefix)] if files else []
    approved = [OwnedFile(path=file.path, asked=file.approvers) for file in owners.documents if file.approvers]
    if platform == "gitlab" and approved:
        lines += ["[Approval of documents]", *_lines(approved, prefix)]
    return "\n".join([*lines, END, ""])


def _lines(files: Iterable[OwnedFile], prefix: str) -> Iterator[str]:
    return (" ".join((f"/{_escaped(prefix + file.path)}", *file.asked)) for file in files)


def _escaped(path: str) -> str:
    """Return a path as a pattern that fits nothing else."""
    return _SPECIAL.sub(lambda found: "\\" + found[0], path)


def with_block(text: str, block: str, source: str) -> str:
    """Return the text of the file with the generated lines in their place; raises IsmsError where it is unclear which these are."""
    if not text.strip():
        return block
    before, held, after = _parted(text, source)
    if not held:
        raise IsmsError(
            f"{source}: has lines of its own and none from here; put these two where the generated lines shall stand:\n{BEGIN}\n{END}"
        )
    return before + block + after


def generated(text: str, source: str) -> str:
    """Return the generated lines of the file, empty where there are none."""
    return _parted(text, source)[1]


def _parted(text: str, source: str) -> tuple[str, str, str]:
    lines = text.splitlines(keepends=True)
    begins = [number for number, line in enumerate(lines) if line.strip() == BEGIN]
    ends = [number for number, line in enumerate(lines) if line.strip() == END]
    if not begins and not ends:
        return text, "", ""
    if len(begins) != 1 or len(ends) != 1 or ends[0] < begins[0]:
        raise IsmsError(f"{source}: the two lines that begin and end what is generated have to be there once each, in that order")
    first, last = begins[0], ends[0] + 1
    return "".join(lines[:first]), "".join(lines[first:last]), "".join(lines[last:])


def drift(written: str, block: str) -> list[str]:
    """Return the lines that differ, those in the file with `-` and those that belong there with `+`."""
    told = unified_diff(written.splitlines(), block.splitlines(), lineterm="", n=0)
    return [line for line in told if not line.startswith(("---", "+++", "@@"))]


def strangers(written: str, block: str, isms: Isms) -> list[str]:
    """Return a sentence on each account that is in the file and no longer belongs there."""
    gone = dict.fromkeys(name for name in _WORD.findall(written) if name not in _WORD.findall(block))
    return [f"{name}: {_whose(name, isms)}" for name in sorted(gone)]


def _whose(account: str, isms: Isms) -> str:
    person = next((person for person in isms.of(Person) if account_of(person).casefold() == account.casefold()), None)
    if person is None:
        return "is the account of nobody in the register of people"
    left = f", who left on {person.active_to}" if person.active_to else ", who is not asked about anything any more"
    return f"{person.id} {person.name}{left}"
