"""The field reference of each register, made from its declaration."""

from __future__ import annotations

from html import escape
from textwrap import indent

from isms_plugin.model.document import Document
from isms_plugin.model.entry import Entry
from isms_plugin.model.fields import FieldSpec, fields_of
from isms_plugin.render.environment import View
from isms_plugin.render.page import Page, part
from isms_plugin.render.tables import Row, table

HEADINGS = ("Field", "Type", "Needed", "What it is")
NEEDS = {"always": "always", "in force": "unless draft", "closed": "once closed", "optional": ""}


def reference_uri(declaration: type[Entry]) -> str:
    """Return the address of a kind's reference page."""
    return f"reference/{declaration.KIND.register}.md"


def reference_page(view: View, declaration: type[Entry]) -> Page:
    """List every field that an entry of the kind may have."""
    kind = declaration.KIND
    place = view.facts.settings.policies if declaration is Document else view.facts.settings.registers
    where = (
        f"`{place}/*.md`, in the front matter"
        if declaration is Document
        else f"`{place}/{kind.register}.yml` or files in `{place}/{kind.register}/`"
    )
    example = f"## Example\n\n```yaml\n{_example(declaration)}\n```" if kind.example else ""
    rows = [Row(cells=_cells(spec, prefix)) for prefix, spec in _specs(declaration)]
    return Page(
        uri=reference_uri(declaration),
        title=f"Fields: {kind.plural}",
        markdown=f"# Fields of {kind.plural.lower()}\n\n{kind.about}\n\nKept in {where}.\n\n{example}\n\n## Fields\n\n{part('fields')}",
        late={"fields": table(HEADINGS, rows, caption=f"Fields of {kind.plural.lower()}")},
        meta={"hide": ["navigation", "toc"]},
    )


def _example(declaration: type[Entry]) -> str:
    """Return the example of a kind as one item of a list, or as front matter."""
    text = declaration.KIND.example_text
    return f"---\n{text}\n---" if declaration is Document else indent(text, "  ").replace("  ", "- ", 1)


def _specs(declaration: type[Entry]) -> list[tuple[str, FieldSpec]]:
    """Return the fields with those of structured values below the field that holds them."""
    found = []
    for spec in fields_of(declaration):
        found.append(("", spec))
        if spec.part:
            found += [(f"{spec.key}.", inner) for inner in fields_of(spec.part)]
    return found


def _cells(spec: FieldSpec, prefix: str) -> tuple[str, ...]:
    return (f"<code>{escape(prefix + spec.key)}</code>", _type(spec), NEEDS[spec.need], escape(spec.description))


def _type(spec: FieldSpec) -> str:
    if spec.ref:
        shown = (" or ".join(kind.replace("_", " ") for kind in spec.ref.kinds) or "any") + " id"
    elif spec.choices:
        shown = " | ".join(f"<code>{escape(choice)}</code>" for choice in spec.choices if choice)
    else:
        shown = spec.word
    return f"list of: {shown}" if spec.many else shown
