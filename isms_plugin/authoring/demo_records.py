"""What the demo's people put on record: approvals, acknowledgements, acceptances of risks, and new versions of texts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from isms_plugin.authoring.approve import STATUS, record_file, record_id
from isms_plugin.authoring.front_matter import with_status
from isms_plugin.authoring.row_edit import set_fields
from isms_plugin.model.acknowledgement import Acknowledgement
from isms_plugin.model.approval import Approval
from isms_plugin.model.risk import Risk
from isms_plugin.model.risk_state import state_hash
from isms_plugin.sources.markdown_reader import read_markdown
from isms_plugin.sources.stored_texts import hash_of
from isms_plugin.sources.yaml_reader import read_yaml


def approval(data: bytes, decision: Mapping[str, Any], day: date, commit: str, taken: Callable[[str], bool]) -> tuple[str, str]:
    """Return path and text of the record of a decision on the text of a file at a commit."""
    document, version = _named(data)
    told = {
        "decision": "approved",
        **{key: value for key, value in decision.items() if key != "file"},
        "id": record_id(
            document, version, lambda name: taken(_path(Approval.KIND.register, name.removeprefix(f"{Approval.KIND.prefix}-")))
        ),
        "document": document,
        "version": version,
        "content_hash": hash_of(data),
        "decided_on": day,
        "commit": commit,
    }
    return record_file("registers", Approval.model_validate(told))


def decided(text: str, decision: Mapping[str, Any]) -> str:
    """Return a document with what a decision makes of its control data: status and next review."""
    status = STATUS.get(decision.get("decision", "approved"))
    text = with_status(text.encode(), status).decode() if status else text
    if "next_review" not in decision:
        return text
    return re.sub(r"^next_review: .*$", f"next_review: {decision['next_review']}", text, count=1, flags=re.MULTILINE)


def acknowledgement(data: bytes, given: Mapping[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    """Return path and rows for the people who confirmed the text of a file."""
    document, version = _named(data)
    told = {"document": document, "version": version, "content_hash": hash_of(data)}
    return _path(Acknowledgement.KIND.register, f"{document}-{version}"), [
        {
            "id": f"{Acknowledgement.KIND.prefix}-{document}-{version}-{person}",
            "person": person,
            **told,
            "acknowledged_on": date.fromisoformat(day),
            "method": given["method"],
            "source": given["source"],
        }
        for person, day in given["people"].items()
    ]


def accepted(text: str, given: Mapping[str, Any]) -> str:
    """Return the register of risks with the acceptance of some by their owners, bound to the state they are in."""
    rows = read_yaml(text).value
    for name in given["risks"]:
        position = next(number for number, row in enumerate(rows) if row["id"] == name)
        risk = Risk.model_validate(rows[position])
        values = {"accepted_by": risk.owner, "accepted_on": given["on"], "accepted_state": state_hash(risk)}
        text = set_fields(text, (position,), values)
    return text


def raised(text: str, change: Mapping[str, str], day: date) -> str:
    """Return a document with a new version in review, and the note that says what it changes."""
    note = json.dumps(change["note"], ensure_ascii=False)
    row = f'  - {{version: "{change["version"]}", "on": {day}, by: {change["by"]}, note: {note}}}\n'
    text = with_status(text.encode(), "in_review").decode()
    text = re.sub(r'^version: ".*"$', f'version: "{change["version"]}"', text, count=1, flags=re.MULTILINE)
    return text.replace("changes:\n", f"changes:\n{row}", 1)


def _named(data: bytes) -> tuple[str, str]:
    control = read_markdown(data).data or {}
    return control["id"], control["version"]


def _path(register: str, name: str) -> str:
    return f"registers/{register}/{name}.yml"
