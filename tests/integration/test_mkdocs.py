"""The plugin inside MkDocs: the sample and small sites, built for real and read back."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from mkdocs.exceptions import Abort

from isms_plugin.export.site_check import check_site
from tests.integration.conftest import ROOT, BuiltSite, Make, build_site
from tests.repository import MINIMAL, Repository, policy

RISK = """- id: RSK-001
  title: Phishing & <b>fraud</b>
  owner: PER-001
  scenario: A mail asks for a password. <script>alert(1)</script> See [POL-01].
  assets: [AST-001]
  method_version: "1.0"
  likelihood: 3
  consequence: 4
  treatment: modification
  controls: [A.8.13]
  residual_likelihood: 1
  residual_consequence: 4
  assessed_on: 2026-01-02
"""
ASSET = """- id: AST-001
  title: Mailboxes
  owner: PER-001
  kind: service
  classification: internal
  location: Cloud
  personal_data: true
  criticality: high
  state: in_use
"""


def data(site: BuiltSite) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site.path / "isms.json").read_text(encoding="utf-8"))
    return found


def test_the_sample_builds_without_a_warning(sample: BuiltSite) -> None:
    assert sample.warnings == []


def test_the_sample_is_whole(sample: BuiltSite) -> None:
    assert list(check_site(sample.path)) == []


def test_every_entry_of_the_sample_has_an_address_that_exists(sample: BuiltSite) -> None:
    entries = data(sample)["entries"]
    assert len(entries) > 450
    for entry in entries:
        url, _, anchor = entry["url"].partition("#")
        page = sample.path / url / "index.html"
        assert page.is_file(), entry["id"]
        assert not anchor or f'id="{anchor}"' in page.read_text(encoding="utf-8"), entry["id"]


def test_relations_are_walked_both_ways(sample: BuiltSite) -> None:
    entries = {entry["id"]: entry for entry in data(sample)["entries"]}
    forward = {(entry["id"], relation["target"]) for entry in entries.values() for relation in entry["relations"]}
    back = {(source, entry["id"]) for entry in entries.values() for source in entry["named_by"]}
    assert forward == back
    assert len(forward) > 1000


@pytest.mark.parametrize(("here", "there"), [("controls/A.8.13", "risks/RSK-006"), ("controls/A.8.13", "documents/POL-12")])
def test_pages_link_to_each_other(sample: BuiltSite, here: str, there: str) -> None:
    assert f'href="../../{there}/"' in sample.html(f"{here}/index.html")
    assert f'href="../../{here}/"' in sample.html(f"{there}/index.html")


def test_the_statement_holds_every_control_and_the_csv_agrees(sample: BuiltSite) -> None:
    rows = re.findall(r'<tr id="((?:A|CTL)[^"]+)"', sample.html("soa/index.html"))
    with (sample.path / "soa/soa.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = [row["control"] for row in csv.DictReader(file)]
    assert rows == listed
    assert len(rows) == 96


def test_evidence_files_are_handed_out_unchanged(sample: BuiltSite) -> None:
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (sample.path / "evidence/2026").iterdir()}
    registered = re.findall(r"^ *sha256: ([0-9a-f]{64})$", (ROOT / "registers/evidence.yml").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(registered) == digests
    assert len(registered) == 65


def test_edit_links_lead_to_the_line_of_the_entry(sample: BuiltSite) -> None:
    lines = (ROOT / "registers/risks.yml").read_text(encoding="utf-8").splitlines()
    line = lines.index("- id: RSK-006") + 1
    assert f"/registers/risks.yml#L{line}" in sample.html("risks/RSK-006/index.html")


def test_long_tables_stay_out_of_the_search(sample: BuiltSite) -> None:
    index = (sample.path / "search/search_index.json").read_text(encoding="utf-8")
    assert "Backups cannot be restored" in index
    assert "Revisions of POL-03" not in index
    assert "Master document list" in index
    assert "isms-rows" not in index


def test_two_builds_give_the_same_bytes(sample: BuiltSite, tmp_path: Path) -> None:
    again = build_site(ROOT / "mkdocs.yml", tmp_path / "again")
    ours, theirs = (
        {path.relative_to(site.path): hashlib.sha256(path.read_bytes()).digest() for path in site.path.rglob("*") if path.is_file()}
        for site in (sample, again)
    )
    assert ours == theirs


def test_markup_in_registers_is_shown_as_text(make_site: Make) -> None:
    site = make_site({"registers/risks.yml": RISK, "registers/assets.yml": ASSET})
    for page in ("risks/RSK-001/index.html", "risks/index.html", "index.html", "assets/AST-001/index.html"):
        html = site.html(page)
        assert "<b>fraud</b>" not in html
        assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in site.html("risks/RSK-001/index.html")
    assert 'href="../../documents/POL-01/"' in site.html("risks/RSK-001/index.html")


def test_three_lines_of_configuration_give_a_whole_site(make_site: Make) -> None:
    site = make_site({"docs/contact.md": "# Contact\n\nAsk [PER-001] about [A.5.1] or [the policy](../policies/access.md).\n"})
    assert list(check_site(site.path)) == []
    home = site.html("index.html")
    assert "What to do first" in home
    for page in ("documents/", "soa/", "risks/", "clauses/", "controls/", "diagnostics/", "contact/"):
        assert f'href="{page}"' in home, page
    for page in ("employees/", "management/", "certification/", "readiness/stage-1/", "readiness/show-me/"):
        assert f'href="{page}"' in home, page
    contact = site.html("contact/index.html")
    for link in ("../people/PER-001/", "../controls/A.5.1/", "../documents/POL-01/"):
        assert f'href="{link}"' in contact


def test_an_own_first_page_stays(make_site: Make) -> None:
    site = make_site({"docs/index.md": "# Welcome\n\nHello.\n"})
    assert "Hello." in site.html("index.html")
    overview = site.html("overview/index.html")
    assert "Largest risks" in overview
    assert 'href="../employees/"' in overview


@pytest.mark.parametrize(
    ("setting", "address"),
    [
        ("help/report.md", "../help/report/"),
        ("https://desk.example/new", "https://desk.example/new"),
        ("mailto:help@example.org", "mailto:help@example.org"),
    ],
)
def test_employees_are_led_to_where_incidents_are_reported(make_site: Make, setting: str, address: str) -> None:
    site = make_site({"docs/help/report.md": "# Tell us\n"}, options=f"      report_page: {setting}\n")
    assert f'href="{address}"' in site.html("employees/index.html")
    assert f'href="{address.removeprefix("../")}"' in site.html("index.html")
    assert [found for found in check_site(site.path) if found.startswith("employees/")] == []


def test_an_own_navigation_gets_the_isms_added(make_site: Make) -> None:
    config = "site_name: Test\ntheme: {name: material}\nplugins: [search, isms]\nnav: [{Contact: contact.md}]\n"
    site = make_site({"docs/contact.md": "# Contact\n", "mkdocs.yml": config})
    assert 'href="../soa/"' in site.html("contact/index.html")


def test_html_addresses_work_as_well(make_site: Make) -> None:
    site = make_site({"registers/risks.yml": RISK, "registers/assets.yml": ASSET}, use_directory_urls=False)
    assert list(check_site(site.path)) == []
    assert 'href="../risks/RSK-001.html"' in site.html("controls/A.8.13.html")


def test_the_plain_theme_works_as_well(make_site: Make) -> None:
    config = "site_name: Test\ntheme: {name: mkdocs, highlightjs: false}\nplugins: [isms]\n"
    site = make_site({"mkdocs.yml": config})
    assert 'href="../../people/PER-001/"' in site.html("documents/POL-01/index.html")


def test_a_site_of_two_lines_without_any_source_builds(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Empty\nplugins: [isms]\ntheme: material\n", encoding="utf-8")
    site = build_site(tmp_path / "mkdocs.yml", tmp_path / "site")
    assert list(check_site(site.path)) == []
    assert any("no statement of applicability" in line for line in site.warnings)


def test_mistakes_are_warnings_with_place_code_and_grade(make_site: Make) -> None:
    site = make_site({"registers/risks.yml": RISK})
    assert "WARNING registers/risks.yml:5:12: AST-001 does not exist [unknown-reference, minor]" in "\n".join(site.warnings)


def test_a_strict_build_fails_on_mistakes(make_site: Make) -> None:
    with pytest.raises(Abort):
        make_site({"registers/risks.yml": RISK}, strict=True)


def test_codes_can_be_turned_off_and_regraded(make_site: Make) -> None:
    site = make_site({"registers/risks.yml": RISK}, options="      codes: {unknown-reference: info, no-decision: 'off'}\n")
    assert not [line for line in site.warnings if "AST-001" in line or "no-decision" in line]
    assert [line for line in site.log if line.startswith("INFO") and "AST-001 does not exist" in line]


@pytest.mark.parametrize("options", ["      as_of: yesterday\n", "      polices: docs\n", "      codes: {no-such-code: off}\n"])
def test_options_without_meaning_stop_the_build_by_name(make_site: Make, options: str) -> None:
    with pytest.raises(Abort, match="Aborted with") as stopped:
        make_site(options=options)
    assert stopped.value.exit_code == 1


def test_a_page_of_the_same_name_is_not_overwritten(make_site: Make) -> None:
    site = make_site({"docs/soa.md": "# Mine\n"})
    assert "Mine" in site.html("soa/index.html")
    assert any("soa.md: the ISMS has a page of that name" in line for line in site.warnings)


def test_without_git_the_history_is_unknown(make_site: Make) -> None:
    site = make_site()
    assert "History unknown: this is no git repository." in site.html("documents/POL-01/index.html")
    assert data(site)["history"] == "unknown"


def test_a_document_page_shows_its_control_block_and_history(make_site: Make, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repo")
    repository.commit("issue the policy", {**MINIMAL, "policies/access.md": policy(version="1.0")})
    commit = repository.commit("raise it <b>now</b>", {"policies/access.md": policy(version="1.1")}, "Bodo Kern <bodo@example.org>")
    site = make_site({"policies/access.md": policy(version="1.1")}, root=repository.root)
    html = site.html("documents/POL-01/index.html")
    assert "<strong>Changed since approval.</strong>" in html
    assert "Draft. Do not use." in site.html("documents/POL-01/draft/index.html")
    for shown in ("<dd>POL-01</dd>", "<dd>1.0</dd>", "<dd>2027-01-01</dd>", "Anna Berg</a>", "Managing director</a>"):
        assert shown in html
    first, second = re.findall(r'<tr><th scope="row"><time.*?</tr>', html)
    assert "2026-01-02" in first
    assert "Bodo Kern" in first
    assert "raise it &lt;b&gt;now&lt;/b&gt;" in first
    assert commit[:10] in first
    assert ">1.0<" in second
    assert "issue the policy" in second


def test_an_uncommitted_text_is_marked_as_draft(make_site: Make, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repo")
    repository.commit("issue", MINIMAL)
    html = make_site({"policies/access.md": policy(text="Changed.")}, root=repository.root).html("documents/POL-01/index.html")
    assert "an uncontrolled draft" in html


def test_a_shallow_clone_says_so_on_every_document(make_site: Make, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "origin")
    repository.commit("first", MINIMAL)
    repository.commit("second", {"policies/access.md": policy(text="More.")})
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--depth=1", f"file://{repository.root}", str(clone)], check=True)
    site = make_site({"policies/access.md": policy(text="More.")}, root=clone)
    assert "The clone is shallow" in site.html("documents/POL-01/index.html")
    assert any("shallow-clone" in line for line in site.warnings)


def test_licensed_wording_is_shown_to_authors_only(make_site: Make) -> None:
    files = {"private.yml": 'A.5.1: {title: A xyzzy title, text: "Xyzzy words."}\n'}
    options = "      overlay: private.yml\n"
    site = make_site(files, options=options)
    everything = b"".join(path.read_bytes() for path in site.path.rglob("*") if path.is_file())
    assert b"yzzy" not in everything
    folder = site.path.parent / "isms"
    served = build_site(folder / "mkdocs.yml", site.path, command="serve")
    assert "Xyzzy words." in served.html("controls/A.5.1/index.html")


def test_documents_without_control_data_are_whole_pages(make_site: Make) -> None:
    files = {
        "policies/handbook/index.md": "# Handbook\n\nSee [the rules](rules.md).\n",
        "policies/handbook/rules.md": "---\ntitle: Rules\nweight: 7\n---\n\n### Purpose\n\n[Up](index.md)\n",
        "policies/headless.md": "name: Narrative\nacronym: N\n---\n# Narrative\n\nText.\n",
    }
    site = make_site(files)
    assert list(check_site(site.path)) == []
    assert 'href="../../documents/policies-handbook-rules/"' in site.html("documents/policies-handbook/index.html")
    rules = site.html("documents/policies-handbook-rules/index.html")
    assert 'href="../../documents/policies-handbook/"' in rules
    assert "No approval of this text is on record." in rules
    assert "<summary>4 diagnostics</summary>" in rules
    assert rules.count("missing</span>") == 6, "what is missing is said, nothing is filled in"
    assert "acronym" not in site.html("documents/policies-headless/index.html").split("<article")[1].split("isms-notice")[0]


def test_evidence_in_markdown_is_handed_out_as_it_is(make_site: Make) -> None:
    evidence = """- id: EVD-001
  title: Minutes
  owner: PER-001
  for: [A.5.1]
  kind: minutes
  period_from: 2026-01-01
  period_to: 2026-01-01
  taken_on: 2026-01-01
  taken_by: PER-001
  source: Meeting
  method: statement
  classification: internal
  at: evidence/minutes.md
"""
    site = make_site({"registers/evidence.yml": evidence, "evidence/minutes.md": "# Minutes\n"})
    assert list(check_site(site.path)) == []
    assert (site.path / "evidence/minutes.md.txt").read_text(encoding="utf-8") == "# Minutes\n"
    assert 'href="../../evidence/minutes.md.txt"' in site.html("evidence/EVD-001/index.html")


def test_what_other_plugins_did_to_a_page_is_kept(make_site: Make) -> None:
    hook = "import mkdocs.plugins\n@mkdocs.plugins.event_priority(100)\ndef on_page_markdown(text, **_):\n    return text + 'ADDED'\n"
    config = "site_name: Test\ntheme: {name: material}\nplugins: [search, isms]\nhooks: [hook.py]\n"
    files = {"hook.py": hook, "mkdocs.yml": config, "docs/contact.md": "# Contact\n\n[The policy](../policies/access.md)\n"}
    html = make_site(files).html("contact/index.html")
    assert "ADDED" in html
    assert 'href="../documents/POL-01/"' in html


def test_files_that_documents_name_are_published_and_no_others(make_site: Make) -> None:
    text = "[tool](tool.zip) ![plan](Plan.PNG) `[code](secret.zip)`"
    names = ("tool.zip", "Plan.PNG", "shown-by-html.svg", "secret.zip", "stray.docx")
    site = make_site({"policies/access.md": policy(text=text), **{f"policies/{name}": "x" for name in names}})
    assert list(check_site(site.path)) == []
    assert {path.name for path in (site.path / "policies").iterdir()} == {"tool.zip", "Plan.PNG", "shown-by-html.svg"}


def test_long_registers_become_paged_tables(make_site: Make) -> None:
    assets = "".join(f"{ASSET}  custodian: PER-001\n".replace("AST-001", f"AST-{number:04d}") for number in range(1, 1203))
    site = make_site({"registers/assets.yml": assets, "registers/risks.yml": RISK.replace("AST-001", "AST-0700")})
    assert list(check_site(site.path)) == []
    assert not (site.path / "assets/AST-0700").exists()
    second = site.html("assets/page-2/index.html")
    assert '<tr id="AST-0700">' in second
    assert 'href="../../risks/RSK-001/"' in second
    assert 'href="../../assets/page-2/#AST-0700"' in site.html("risks/RSK-001/index.html")
    assert second.count("<tr id=") == 500
    assert "<small>Custodian</small>" in second, "what no column shows is not lost"


def test_bare_control_numbers_become_links_when_asked(make_site: Make) -> None:
    site = make_site({"policies/access.md": policy(text="We follow A.5.15 and `A.5.16`.")}, options="      autolink: true\n")
    html = site.html("documents/POL-01/index.html")
    assert re.search(r'<a [^>]*href="../../controls/A.5.15/"[^>]*>A.5.15</a>', html)
    assert "<code>A.5.16</code>" in html


def test_a_source_that_cannot_be_read_stops_without_traceback(make_site: Make, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Abort):
        make_site(options="      overlay: nowhere.yml\n      publish_overlay: true\n")
    assert "nowhere.yml: cannot be read" in caplog.text
