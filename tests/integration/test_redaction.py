"""Words planted wherever an ISMS keeps something from its readers occur in nothing that is rendered for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from isms_plugin.build import Build, build_facts, data_of
from isms_plugin.export.register_data import data_tables, register_data
from isms_plugin.sources.profiles import profile_of
from isms_plugin.sources.workspace import find_workspace, open_snapshot
from tests.canaries import FILES, PLANTED, PROFILES, plant
from tests.repository import Repository

DAY = date(2026, 2, 1)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return plant(tmp_path_factory.mktemp("redaction") / "isms")


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
