"""Words planted wherever an ISMS keeps something from its readers occur in nothing that is rendered for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from isms_plugin.build import Build, build_facts, data_of
from isms_plugin.export.register_data import data_tables, register_data
from isms_plugin.sources.profiles import profile_of
from isms_plugin.sources.workspace import find_workspace, open_snapshot
from tests.repository import Repository, approval, policy

DAY = date(2026, 2, 1)
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


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    repository = Repository(tmp_path_factory.mktemp("redaction") / "isms")
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


def built(repository: Repository, name: str) -> Build:
    workspace = find_workspace(repository.root)
    profile = profile_of(open_snapshot(workspace), workspace.settings, name) if name else None
    return build_facts(workspace, DAY, profile=profile)


def rendered(build: Build) -> Iterator[tuple[str, str]]:
    """Everything that is made of an ISMS, by where it stands."""
    site = build.site()
    for page in site.pages:
        told = (page.uri, page.title, page.markdown, *page.parts.values(), *page.late.values(), str(page.place), str(page.meta))
        yield page.uri, "\n".join(told)
    for file in (*site.files, *site.outside):
        yield file.uri, f"{file.uri} {file.source} {build.content(file).decode('utf-8', 'replace')}"
    yield "addresses", str(site.addresses)
    yield "isms.json", b"".join(data_of(build, site, {})).decode()
    yield "registers.json", register_data(build.facts).decode()
    for table in data_tables(build.facts):
        yield table.name, table.csv.decode()
    for path, text in build.facts.isms.pages.items():
        yield path, text.body
    yield "account", str(build.facts.withheld)
    yield "meta", str(build.sources.meta)


_SOURCES = (*FILES, *FILES.values(), OTTO, MARKED, PEOPLE, ASSETS, RISKS)
_IN_GIT = "Canarytag Canarytagger Canaryreviewer canaryreview canarymessage"
PLANTED = frozenset(word.lower() for word in re.findall(r"(?i)canary[a-z]+", " ".join((*_SOURCES, _IN_GIT))))


def test_the_words_are_planted(repository: Repository) -> None:
    text = "".join(text for _, text in rendered(built(repository, ""))).lower()
    unrendered = {"canarypicture", "canaryaccount", "canarycontent", "canarymail", "canaryaddress", "canaryreviewer", "canaryreview"}
    assert {word for word in PLANTED if word not in text} <= unrendered


@pytest.mark.parametrize("name", PROFILES)
def test_none_of_them_is_rendered(repository: Repository, name: str) -> None:
    hidden = PLANTED - ({"canarymessage"} if name == "everything" else set())
    found = [(where, word) for where, text in rendered(built(repository, name)) for word in hidden if word in text.lower()]
    assert found == []


@pytest.mark.parametrize("name", PROFILES)
def test_the_scan_would_look_for_them(repository: Repository, name: str) -> None:
    secrets = " ".join(built(repository, name).redaction.secrets).lower()  # type: ignore[union-attr]
    looked_for = {
        "canaryname", "canaryrisk", "canaryscenario", "canarylocation", "canaryasset", "canaryvault", "canarycontract", "canarytitle",
        "canarymillions", "canaryaccount", "canarynumber", "canarymail", "canaryaddress", "canaryauthor",
    }  # fmt: skip
    assert {word for word in looked_for if word not in secrets} == set()


def test_what_may_be_read_is_there(repository: Repository) -> None:
    build = built(repository, "reader")
    text = "".join(text for _, text in rendered(build))
    wanted = ("Sentence 3 of Access policy", "Security lead", "Laptop", "Hosting for (withheld)", "2026-01-0", "EVD-002", "isms-1")
    assert [word for word in wanted if word not in text] == []
    assert [file.uri for file in build.site().outside] == ["../evidence/EVD-001.csv"]
    assert build.facts.standings["POL-01"].state == "approved"
    assert [issue.version for issue in build.facts.standings["POL-01"].issues] == ["1.1", "1.0"]


def test_without_commits_no_path_and_no_commit_is_told(repository: Repository) -> None:
    # the reference of the fields tells anybody where a register is kept
    text = "".join(text for where, text in rendered(built(repository, "nothing")) if not where.startswith("reference/"))
    commits = repository.git("log", "--all", "--format=%H").split()
    assert [commit for commit in commits if commit[:7] in text] == []
    assert [path for path in FILES if path in text and path not in ("docs/index.md", "evidence/export.csv")] == []


def test_an_export_tells_what_it_withholds(repository: Repository) -> None:
    build = built(repository, "reader")
    told = {(item.source, item.field): item.count for item in build.facts.withheld}
    assert told["risks", ""] == 1
    assert told["assets", ""] == 1
    assert told["assets", "location"] == 1
    assert told["texts", "section"] == 2
    assert told["git", "author and message"] == 3
    (page,) = [page for page in build.site().pages if page.uri == "withheld.md"]
    assert "Location" in page.late["table"]
