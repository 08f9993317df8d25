"""Reviews of GitHub and GitLab, as their files tell of them: who approved which commit, when, and where it can be seen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from isms_plugin.errors import IsmsError


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One person's approval of a request; `commit` is empty where the platform does not tell it."""

    names: tuple[str, ...]
    """Account and name, as the platform knows the person."""
    on: date
    reference: str
    commit: str = ""


def read_reviews(data: bytes, source: str) -> list[Review]:
    """Return the approvals in a file: a `pull_request_review` event or review list of GitHub, or the approvals of a GitLab merge request.

    Raises IsmsError where the file is neither, or approves nothing.
    """
    try:
        value = json.loads(data)
        reviews = list(_reviews(value))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise IsmsError(f"{source}: neither a review of GitHub nor the approvals of a GitLab merge request") from None
    if not reviews:
        raise IsmsError(f"{source}: nobody approved anything there")
    return reviews


def _reviews(value: Any) -> Iterator[Review]:
    if isinstance(value, list):
        # of one person the last decision counts: an approval may have been dismissed or followed by another request for changes
        last = {item["user"]["login"]: item for item in value if item["state"].lower() not in ("commented", "pending")}
        for item in last.values():
            yield from _reviews(item)
    elif "approved_by" in value:
        yield from _gitlab(value)
    else:
        review = value.get("review", value)
        if review["state"].lower() == "approved":
            yield Review(
                names=_names(review["user"], "login"),
                on=_day(review["submitted_at"]),
                reference=review["html_url"],
                commit=review["commit_id"],
            )


def _gitlab(value: Any) -> Iterator[Review]:
    address = value.get("web_url") or f"merge request !{value['iid']} of project {value['project_id']}"
    for approval in value["approved_by"]:
        day = approval.get("approved_at") or value["updated_at"]
        yield Review(names=_names(approval["user"], "username"), on=_day(day), reference=address, commit=value.get("sha") or "")


def _names(user: Any, account: str) -> tuple[str, ...]:
    names = tuple(user[key] for key in (account, "name", "email") if user.get(key))
    if not names:
        raise KeyError(account)
    return names


def _day(text: str) -> date:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).date()
