"""Values put into the templates of the texts that an ISMS begins with."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any, Final

from jinja2 import Environment, StrictUndefined

_MARKS: Final = re.compile(r"([\\`*_{}\[\]#|])")


class _Raw(str):
    """A text that is put in as it is."""

    __slots__ = ()


def filled(path: str, template: str, values: Mapping[str, Any]) -> str:
    """Return a template with its values put in, so that none of them is taken for YAML or Markdown."""
    text = _environment(_markdown if path.endswith(".md") else _yaml).from_string(template).render(**values)
    return re.sub(r"\n{3,}", "\n\n", text)


@cache
def _environment(quoted: Callable[[Any], str]) -> Environment:
    environment = Environment(  # noqa: S701 - no HTML is made here
        finalize=quoted, undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["raw"] = _Raw
    return environment


def _yaml(value: Any) -> str:
    if isinstance(value, _Raw | date):
        return str(value)
    # what JSON writes is YAML as well, and needs no thought about what a word could be taken for
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f").replace("\x85", "\\u0085")


def _markdown(value: Any) -> str:
    if isinstance(value, _Raw):
        return str(value)
    return _MARKS.sub(r"\\\1", " ".join(str(value).split()).replace("&", "&amp;").replace("<", "&lt;"))
