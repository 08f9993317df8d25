"""Registers of a made-up organization: rows that lack nothing and refer to each other."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.examples import OTHERS, example_rows, identifiers
from benchmarks.policies import CONTROLS, EXCLUDED, INCLUDED, Policy
from isms_plugin.model.entry import Kind

ROLES = 12
_KINDS = ("information", "software", "hardware", "service", "facility")
_CLASSES = ("public", "internal", "confidential", "restricted")
_EVIDENCE = ("ticket", "access_review", "configuration_export", "report", "log")
_LEVELS = ("low", "medium", "high")
_BY_YEAR = {"audit_programme": 4, "management_review": 12}
"""Registers that grow with the years and not with the organization: rows of a dozen years."""


METHOD = (
    '- version: "1.1"\n  title: Method\n  owner: PER-0001\n  valid_from: 2026-01-01\n  acceptable: 25\n'
    "  likelihood: [{value: 1, name: a, meaning: a}, {value: 2, name: b, meaning: b}, {value: 3, name: c, meaning: c},"
    " {value: 4, name: d, meaning: d}, {value: 5, name: e, meaning: e}]\n"
    "  consequence: [{value: 1, name: a, meaning: a}, {value: 2, name: b, meaning: b}, {value: 3, name: c, meaning: c},"
    " {value: 4, name: d, meaning: d}, {value: 5, name: e, meaning: e}]\n"
    "  bands: [{name: low, from: 1}, {name: high, from: 10}]\n"
)
"""The method that all risks are assessed with; what it finds acceptable leaves nothing to report."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many rows each register has; the bulk are assets and evidence, as in life."""

    people: int
    suppliers: int
    requirements: int
    risks: int
    assets: int
    evidence: int
    others: int
    """Rows of each of the other registers, as far as it may have that many."""

    @classmethod
    def of(cls, entries: int) -> Sizes:
        """Share out a number of entries; roles and the statement of applicability always have theirs."""
        rest = max(entries - len(CONTROLS) - ROLES, 40)
        people = suppliers = max(rest // 50, 2)
        requirements, risks = max(min(rest // 100, 100), 2), max(min(rest // 12, 200), 2)
        others = rest // 3 // len(OTHERS)
        bulk = rest - people - suppliers - requirements - risks - sum(_most(kind, others) for kind in OTHERS) - 1  # and the method
        return cls(people, suppliers, requirements, risks, assets=bulk - bulk * 9 // 20, evidence=bulk * 9 // 20, others=others)

    def of_kind(self, kind: Kind) -> int:
        """Return the number of rows of another register."""
        return _most(kind, self.others)

    def referable(self) -> list[str]:
        """Ids that policies may name."""
        return [
            *(f"RSK-{number:04d}" for number in range(1, self.risks + 1)),
            *(f"SUP-{number:04d}" for number in range(1, self.suppliers + 1)),
        ]


def _most(kind: Kind, count: int) -> int:
    return min(count, _BY_YEAR.get(kind.name, count))


def make_registers(sizes: Sizes, policies: Sequence[Policy], random: Random) -> dict[str, list[str]]:
    """Return the rows of every register as YAML, by the path of its file."""
    names = {
        "POL": [policy.id for policy in policies],
        "PER": identifiers("PER", sizes.people, 4),
        "ROL": identifiers("ROL", ROLES, 3),
        "SUP": identifiers("SUP", sizes.suppliers, 4),
        "REQ": identifiers("REQ", sizes.requirements, 3),
        "RSK": identifiers("RSK", sizes.risks, 4),
        "AST": identifiers("AST", sizes.assets, 5),
        "EVD": identifiers("EVD", sizes.evidence, 5),
        **{kind.prefix: identifiers(kind.prefix, sizes.of_kind(kind), 5) for kind in OTHERS},
    }
    return {
        "registers/risk-methods.yml": [METHOD],
        "registers/people.yml": [_person(number) for number in range(1, sizes.people + 1)],
        "registers/roles.yml": [_role(number, sizes) for number in range(1, ROLES + 1)],
        "registers/suppliers.yml": [_supplier(number, sizes, random) for number in range(1, sizes.suppliers + 1)],
        "registers/requirements.yml": [_requirement(number, policies, random) for number in range(1, sizes.requirements + 1)],
        "registers/risks.yml": [_risk(number, sizes, random) for number in range(1, sizes.risks + 1)],
        "registers/assets.yml": [_asset(number, sizes, random) for number in range(1, sizes.assets + 1)],
        "registers/evidence.yml": [_evidence(number, sizes, random) for number in range(1, sizes.evidence + 1)],
        "registers/soa.yml": [_decision(control, policies, random) for control in CONTROLS],
        **{f"registers/{kind.register}.yml": example_rows(kind, sizes.of_kind(kind), names, random) for kind in OTHERS},
    }


def evidence_file(number: int) -> tuple[str, bytes]:
    """Path and content of the file behind a piece of evidence."""
    lines = (f"{row};user{(number * 31 + row) % 97:02d};granted;2026-02-{row % 28 + 1:02d}" for row in range(1, 40))
    return f"evidence/2026/EVD-{number:05d}.csv", "\n".join(("row;account;state;day", *lines, "")).encode()


def is_filed(number: int) -> bool:
    """Whether that piece of evidence is a file here rather than a record in another system."""
    return number % 100 == 1


def _day(random: Random, year: int = 2026) -> str:
    return f"{year}-{random.randint(1, 9):02d}-{random.randint(1, 28):02d}"


def _truth(random: Random) -> str:
    return random.choice(("true", "false"))


def _someone(sizes: Sizes, random: Random) -> str:
    return f"PER-{random.randint(1, sizes.people):04d}"


def _person(number: int) -> str:
    return f"- {{id: PER-{number:04d}, name: Person {number}, job: Specialist for area {number % 40}, active_from: 2015-04-01}}\n"


def _role(number: int, sizes: Sizes) -> str:
    return (
        f"- id: ROL-{number:03d}\n  title: Role {number}\n  holder: PER-{number % sizes.people + 1:04d}\n"
        f"  duties: Answers for part {number} of the ISMS.\n  authorities: Decides on part {number}.\n"
        "  appointed_by: PER-0001\n  appointed_on: 2026-01-12\n"
    )


def _supplier(number: int, sizes: Sizes, random: Random) -> str:
    return (
        f"- id: SUP-{number:04d}\n  title: Supplier {number}\n  owner: {_someone(sizes, random)}\n  service: Sort {number % 30}\n"
        f"  data_shared: {random.choice(_CLASSES)}\n  criticality: {random.choice(_LEVELS)}\n  contract: C-{number:05d}\n"
        f"  security_terms: in_contract\n  personal_data: {_truth(random)}\n  reviewed_on: {_day(random)}\n  result: acceptable\n"
    )


def _requirement(number: int, policies: Sequence[Policy], random: Random) -> str:
    met_by = ", ".join((random.choice(policies).id, *random.sample(INCLUDED, 2)))
    return (
        f"- id: REQ-{number:03d}\n  title: Duty {number}\n  owner: PER-0001\n  source: law\n  citation: Act {number}\n"
        f"  asks: Measures that fit the risk of case {number}.\n  met_by: [{met_by}]\n"
        f"  evaluated_on: {_day(random)}\n  evaluated_by: PER-0002\n  result: met\n"
    )


def _risk(number: int, sizes: Sizes, random: Random) -> str:
    assets = ", ".join(f"AST-{random.randint(1, sizes.assets):05d}" for _ in range(3))
    likelihood, consequence = random.randint(2, 5), random.randint(2, 5)
    return (
        f"- id: RSK-{number:04d}\n  title: Loss of service in case {number}\n  owner: {_someone(sizes, random)}\n  scenario: >-\n"
        f"    Somebody leaves a door open and case {number} happens; [{random.choice(INCLUDED)}] lowers the chance of it.\n"
        f'  assets: [{assets}]\n  method_version: "1.1"\n  likelihood: {likelihood}\n  consequence: {consequence}\n'
        f"  treatment: modification\n  controls: [{', '.join(random.sample(INCLUDED, 3))}]\n"
        f"  residual_likelihood: {likelihood - 1}\n  residual_consequence: {consequence - 1}\n  assessed_on: {_day(random)}\n"
    )


def _asset(number: int, sizes: Sizes, random: Random) -> str:
    supplier = f"  supplier: SUP-{random.randint(1, sizes.suppliers):04d}\n" if number % 3 == 0 else ""
    return (
        f"- id: AST-{number:05d}\n  title: Device {number}\n  owner: {_someone(sizes, random)}\n  kind: {random.choice(_KINDS)}\n"
        f"  classification: {random.choice(_CLASSES)}\n  location: Site {number % 12}\n  personal_data: {_truth(random)}\n"
        f"  criticality: {random.choice(_LEVELS)}\n  state: in_use\n  state_on: {_day(random)}\n{supplier}"
    )


def _evidence(number: int, sizes: Sizes, random: Random) -> str:
    where = f"  at: https://records.example/{number}\n"
    if is_filed(number):
        path, content = evidence_file(number)
        where = f"  at: {path}\n  sha256: {hashlib.sha256(content).hexdigest()}\n"
    person = _someone(sizes, random)
    return (
        f"- id: EVD-{number:05d}\n  title: Record {number}\n  owner: {person}\n  for: [{', '.join(random.sample(INCLUDED, 2))}]\n"
        f"  kind: {random.choice(_EVIDENCE)}\n  period_from: {_day(random, 2025)}\n  period_to: 2026-09-30\n  taken_on: 2026-10-01\n"
        f"  taken_by: {person}\n  source: Desk {number % 9}\n  method: export\n{where}  classification: internal\n"
    )


def _decision(control: str, policies: Sequence[Policy], random: Random) -> str:
    if control in EXCLUDED:
        return (
            f"- control: {control}\n  owner: PER-0001\n  decision: excluded\n  reason: There is nothing here that it could be applied to.\n"
        )
    policy = random.choice(policies).id
    return (
        f"- control: {control}\n  owner: PER-0001\n  decision: included\n"
        f"  reason: 'Part {control} of [{random.choice(policies).id}] rests on it.'\n"
        f"  state: implemented\n  how: As [{policy}] says.\n  documents: [{policy}]\n  verified_on: {_day(random)}\n"
    )
