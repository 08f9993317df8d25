"""An ISMS in which words are planted wherever something is kept from its readers: `canary...`, each of them once."""

from __future__ import annotations

import re
from pathlib import Path

from tests.repository import Repository, approval, policy

OTTO = "Otto Canaryauthor <canaryaddress@example.org>"

READER = """
title: Reader pack
readers: Somebody.
classifications: [public, internal]
registers: [documents, approvals, people, roles, assets, evidence, suppliers]
fields:
  people: [name, job]
  assets: [title, owner, classification, kind]
  suppliers: [title, service]
audiences: [staff]
people: roles
commits: dates
pages: [index.md]
formats: [csv, json]
"""
PROFILES = {
    "reader": READER,
    "nothing": READER.replace("commits: dates", "commits: none").replace("people: roles", "people: pseudonyms"),
    "everything": READER.replace("commits: dates", "commits: full"),
}
PEOPLE = """
- {id: PER-001, name: Zora Canaryname, job: Security lead, active_from: 2020-01-01, git: [canaryaccount, zora@canarymail.example]}
- {id: PER-002, name: Bodo Kern, job: Managing director, active_from: 2020-01-01, identifier: canarynumber}
"""
OLD_PEOPLE = PEOPLE + "- {id: PER-003, name: Ida Canarygone, job: Clerk, active_from: 2020-01-01}\n"
ROLES = """
- {id: ROL-001, title: Managing director, holder: PER-002, duties: Asks Zora Canaryname., authorities: Decides., appointed_by: PER-002,
   appointed_on: 2020-01-01}
"""
RISKS = """
- {id: RSK-001, title: Canaryrisk, owner: PER-001, scenario: The canaryscenario happens., method_version: "1.0", likelihood: 2,
   consequence: 2, treatment: retention}
"""
ASSETS = """
- {id: AST-001, title: Laptop, owner: PER-001, kind: hardware, classification: internal, location: canarylocation, note: canarynote}
- {id: AST-002, title: canaryasset, owner: PER-001, kind: hardware, classification: restricted, location: canaryvault}
"""
OLD_ASSETS = (
    ASSETS.replace("title: Laptop", "title: Notebook")
    .replace("canarylocation", "canaryformer")
    .replace("classification: restricted", "classification: internal")
)
SUPPLIERS = "- {id: SUP-001, title: Cloud, owner: PER-001, service: Hosting for RSK-001, contract: canarycontract}\n"
EVIDENCE = """
- {id: EVD-001, title: Export, owner: PER-001, for: [A.5.1], kind: report, taken_on: 2026-01-02, taken_by: PER-001, source: Directory,
   method: export, at: evidence/export.csv, classification: internal}
- {id: EVD-002, title: canarytitle, owner: PER-001, for: [A.5.1, RSK-001], kind: report, taken_on: 2026-01-02, taken_by: PER-001,
   source: canarysource, method: export, at: evidence/canaryfile.csv, classification: restricted}
"""
BOARD = "\n<!-- audience: board -->\n## The canarychapter\n\nThe board spends canarymillions on it.\n<!-- /audience -->\n"
LINKS = """
Told by Zora Canaryname (canaryaccount, zora@canarymail.example), see [RSK-001] and [the list](../evidence/canaryfile.csv).
Read [the plan](canaryplan.md), [all](#the-canarychapter), ![x](../evidence/canarypicture.png). <!-- canarycomment -->
"""
UNMARKED = policy(text="The board spends canarymillions on it.\n")
MARKED = policy(version="1.1", text=BOARD + LINKS)
SECRET = policy("POL-02", title="Canarymerger").replace("classification: internal", "classification: restricted")
FILES = {
    "mkdocs.yml": "site_name: Test\nplugins: [isms]\n",
    "policies/access.md": UNMARKED,
    "policies/canaryplan.md": SECRET,
    "registers/people.yml": OLD_PEOPLE,
    "registers/roles.yml": ROLES,
    "registers/risks.yml": RISKS.replace("Canaryrisk", "Canarybefore"),
    "registers/assets.yml": OLD_ASSETS,
    "registers/suppliers.yml": SUPPLIERS,
    "registers/evidence.yml": EVIDENCE,
    "evidence/export.csv": "id\n1\n",
    "evidence/canaryfile.csv": "canarycontent\n",
    "docs/index.md": f"# Home\n\nAsk Zora Canaryname.\n{BOARD}\n[RSK-001]\n",
    "docs/other.md": "# Canarypage\n",
    **{f"profiles/{name}.yml": text for name, text in PROFILES.items()},
}


def plant(folder: Path) -> Repository:
    """Return the repository: in fields, sections, file names, older versions, messages, authors and tags."""
    repository = Repository(folder)
    repository.commit("Begin with canarymessage", FILES, OTTO)
    repository.commit("Approve", {"registers/approvals/POL-01-1.0.yml": approval(UNMARKED)}, OTTO)
    tagger = {"GIT_COMMITTER_NAME": "Carl Canarytagger", "GIT_COMMITTER_EMAIL": "carl@canarytag.example"}
    repository.git("tag", "-a", "isms-1", "-m", "Canarytag of Otto", **tagger)
    newer = {
        "policies/access.md": MARKED, "registers/people.yml": PEOPLE, "registers/assets.yml": ASSETS, "registers/risks.yml": RISKS,
        "registers/approvals/POL-01-1.1.yml": approval(MARKED, version="1.1", decided_on="2026-01-04"),
    }  # fmt: skip
    repository.commit("Mark\n\nReviewed-by: Rita Canaryreviewer <rita@canaryreview.example>", newer, OTTO)
    return repository


_SOURCES = (*FILES, *FILES.values(), OTTO, MARKED, PEOPLE, ASSETS, RISKS)
_IN_GIT = "Canarytag Canarytagger Canaryreviewer canaryreview canarymessage"
PLANTED = frozenset(word.lower() for word in re.findall(r"(?i)canary[a-z]+", " ".join((*_SOURCES, _IN_GIT))))
