"""Registers of the organization's own: declared in YAML, and from then on kinds like all others."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import create_model

from isms_plugin.model.entry import (
    REVIEW,
    Boolean,
    ClauseRef,
    Date,
    Decimal,
    Due,
    Entry,
    FilePlace,
    Integer,
    Kind,
    Markdown,
    Need,
    Part,
    Ref,
    RegisterEntry,
    Text,
    column,
)

TYPES: Final = {
    "text": Text, "markdown": Markdown, "date": Date, "number": Decimal, "whole number": Integer,
    "true or false": Boolean, "place": FilePlace,
}  # fmt: skip
"""Types of fields by the word that stands for them; the name of a kind makes a reference to its entries, `any` to all."""

_SAMPLES: Final = {
    "text": "A few words", "markdown": "A sentence or two.", "date": "2026-01-31", "number": "1.5", "whole number": "3",
    "true or false": "true", "place": "evidence/file.pdf", "any": "RSK-001",
}  # fmt: skip
"""A value of each type, for the example on the reference page."""
_IDS: Final = {"control": "A.5.1", "clause": '"4.1"'}
"""Ids of kinds that come from the catalogue."""

NEEDS: Final[dict[str, Need]] = {"always": "always", "in_force": "in force", "closed": "closed", "optional": "optional"}


class OwnField(Part):
    """One field of a register of the organization's own."""

    name: Text | None = column("Name", "Key in YAML: small letters, digits and underscores.", need="always")
    title: Text | None = column("Title", "Heading of its column.", need="always")
    description: Text | None = column("Description", "What it holds.", need="always")
    type: Text = column(
        "Type",
        "text, markdown, date, number, whole number, true or false, place, choice, any, or the name of a kind such as person.",
        need="optional",
        default="text",
    )
    choices: tuple[Text, ...] = column("Choices", "Values it may have, for the type choice.", need="optional", default=())
    many: Boolean = column("Several", "Whether it is a list.", need="optional", default=False)
    need: Literal["always", "in_force", "closed", "optional"] = column(
        "Needed", "When it has to be filled.", need="optional", default="optional"
    )
    table: Boolean = column("In tables", "Whether tables show it.", need="optional", default=True)
    back: Text | None = column("Other side", "What an entry named here calls the relation.", need="optional")


class OwnRegister(RegisterEntry):
    """The declaration of a register of the organization's own."""

    KIND: ClassVar[Kind] = Kind(
        name="own_register", title="Register of our own", plural="Registers of our own", register="kinds", prefix="KIND", key="register",
        about="Registers that an organization declares itself. They get what all others get: pages, checks, schema, references, history.",
        due=(),
        example="""
            register: visitors
            title: Visitor
            plural: Visitors
            prefix: VIS
            about: Who was let into the offices.
            clauses: [A.7.2]
            group: Operation
            happened: came_on
            fields:
              - {name: came_on, title: Came on, description: Day of the visit., type: date, need: always}
              - {name: host, title: Host, description: Who let them in., type: person, need: always, back: Visitors let in}
            """,
    )  # fmt: skip
    owner: Text | None = column("Owner", "Not needed.", need="optional", table=False)
    register_name: Text | None = column("Register", "Name of the file or folder below the registers.", need="always", alias="register")
    title: Text | None = column("Title", "What one entry is called.", need="always")
    plural: Text | None = column("Plural", "What several are called.", need="always")
    prefix: Text | None = column("Prefix", "Letters that ids begin with.", need="always")
    about: Text | None = column("About", "What the register holds, in a sentence.", need="always")
    clauses: tuple[ClauseRef, ...] = column("Clauses", "Clauses and controls that it answers.", need="optional", default=())
    group: Text = column("Group", "Heading under which the site lists it.", need="optional", default="Our own")
    page: Literal["own", "limit", "rows"] = column(
        "Pages", "A page each, only while the register is small, or never.", need="optional", default="limit"
    )
    happened_field: Text | None = column(
        "Happened", "Field with the day on which it happened, for registers of what was.", need="optional", alias="happened"
    )
    closed_field: Text | None = column("Closed", "Field with the day that closes an entry.", need="optional", alias="closed")
    due_field: Text | None = column("Due", "Field with the day on which it falls due.", need="optional", alias="due")
    occasional: Boolean = column(
        "Occasional", "Whether nothing may happen for a long time, so that no entry is normal and a nil return says so.",
        need="optional", default=False,
    )  # fmt: skip
    fields: tuple[OwnField, ...] = column("Fields", "Fields beside those that every entry has.", need="always", default=())


def declared(register: OwnRegister, kinds: Iterable[type[Entry]]) -> type[Entry] | str:
    """Return the kind that a declaration makes, or what is wrong with it."""
    known = {declaration.KIND.name: declaration.KIND for declaration in kinds}
    wrong = _mistake(register, known)
    if wrong:
        return wrong
    name = str(register.register_name)
    fields: dict[str, Any] = {str(field.name): _field(field) for field in register.fields}
    made: type[Entry] = create_model(
        "".join(part.title() for part in name.split("-")),
        __base__=RegisterEntry,
        __doc__=str(register.about),
        **fields,
    )
    made.KIND = Kind(
        name=name.replace("-", "_"),
        title=str(register.title),
        plural=str(register.plural),
        about=str(register.about),
        register=name,
        prefix=str(register.prefix),
        clauses=register.clauses,
        group=register.group,
        page=register.page,
        happened=register.happened_field or "",
        closed=register.closed_field or "",
        occasion=(register.happened_field or "") if register.occasional else "",
        example=_example(register, known),
        due=(Due(register.due_field, str(register.title).lower()),) if register.due_field else (REVIEW,),
    )
    return made


def _example(register: OwnRegister, known: dict[str, Kind]) -> str:
    """Return an entry with a value of the right type in every field, as YAML."""
    lines = [f"id: {register.prefix}-001", f"title: {json.dumps(f'Name of the {str(register.title).lower()}')}", "owner: PER-001"]
    for field in register.fields:
        value = _value(field, known)
        lines.append(f"{field.name}: {f'[{value}]' if field.many else value}")
    return "\n".join(lines)


def _value(field: OwnField, known: dict[str, Kind]) -> str:
    if field.type == "choice":
        return json.dumps(field.choices[0], ensure_ascii=False)
    if field.type in known:
        return _IDS.get(field.type) or f"{known[field.type].prefix}-001"
    return _SAMPLES[field.type]


def _mistake(register: OwnRegister, known: dict[str, Kind]) -> str:
    """Return why a declaration cannot be used; empty when it can."""
    name = register.register_name or ""
    missing = [key for key in ("title", "plural", "prefix", "about", "fields") if not getattr(register, key)]
    if missing:
        return f"has no {', '.join(missing)}"
    if name in {kind.register for kind in known.values()} or name.replace("-", "_") in known:
        return f"the name {name!r} is taken by a register that exists"
    if register.prefix in {kind.prefix for kind in known.values()}:
        return f"the prefix {register.prefix!r} is taken"
    names = [field.name or "" for field in register.fields]
    dates = {field.name for field in register.fields if field.type == "date"} | {"next_review", "created"}
    for key in ("happened", "closed", "due"):
        named = getattr(register, f"{key}_field")
        if named and named not in dates:
            return f"{key}: {named!r} is no field of type date"
    if register.occasional and not register.happened_field:
        return "is occasional, but `happened` names no field with the day of the occasion"
    return next((told for told in (_field_mistake(field, names, known) for field in register.fields) if told), "")


def _field_mistake(field: OwnField, names: list[str], known: dict[str, Kind]) -> str:
    name = field.name or ""
    if not name.isidentifier() or name != name.lower() or name.startswith("_"):
        return f"{name!r} is no name of a field: small letters, digits and underscores"
    if names.count(name) > 1:
        return f"the field {name!r} is declared twice"
    if hasattr(RegisterEntry, name) or name in RegisterEntry.model_fields:
        return f"the field {name!r} is one that every entry has"
    if field.type == "choice" and not field.choices:
        return f"the field {name!r} has no choices"
    if field.type not in (*TYPES, "choice", "any", *known):
        return f"the field {name!r} has no known type: {field.type!r}"
    return ""


def _field(field: OwnField) -> tuple[Any, Any]:
    if field.type == "choice":
        inner: Any = Literal[field.choices]
    else:
        inner = TYPES.get(field.type) or Annotated[str, Ref(() if field.type == "any" else (field.type,))]
    declared_as = column(
        str(field.title or field.name), field.description or "", need=NEEDS[field.need], table=field.table, back=field.back or "",
        default=() if field.many else None,
    )  # fmt: skip
    return (tuple[inner, ...] if field.many else inner | None, declared_as)
