"""Pages of changes: values before and after, told apart and readable, whatever somebody wrote into them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from isms_plugin.analysis.baselines import NO_BASELINES, Baselines, Frozen, counts
from isms_plugin.analysis.changes import Changes, InForce, changes
from isms_plugin.analysis.facts import analyse
from isms_plugin.model.entry import Entry
from isms_plugin.model.history import Baseline, History, Revision
from isms_plugin.model.isms import KINDS, Isms
from isms_plugin.model.settings import Settings
from isms_plugin.model.state import state_of
from isms_plugin.render.change_pages import change_pages, change_uris, since_audit_page
from isms_plugin.render.environment import View, make_view
from isms_plugin.render.page import Page
from tests.builders import TODAY, a_decision, a_document, a_person, a_profile, a_risk, a_supplier, an_isms

REVISION = Revision(
    commit="c" * 40, date=datetime(2026, 2, 1, tzinfo=UTC), author="Bodo <b>", email="", summary="why & what", path="registers/risks.yml"
)
WHEN = datetime(2026, 1, 1, tzinfo=UTC)


def all_pages(view: View, baselines: Baselines) -> list[Page]:
    first, *others = change_pages(view, baselines)
    return [first, since_audit_page(view, baselines), *others]


def view(isms: Isms) -> View:
    return make_view(analyse(isms, History(), Settings(), TODAY, list), {})


def baselines(found: Changes, *names: str) -> Baselines:
    frozen = [
        Frozen(
            baseline=Baseline(name=name, commit=str(number) * 40, tagger="Anna <Berg>", date=WHEN, message="First.\n\nMore & more."),
            signature="not signed",
            counts=counts(state_of(an_isms())),
            changes=replace(found, old=replace(found.old, name="before"), new=replace(found.new, name=name)) if number else None,
        )
        for number, name in enumerate(names)
    ]
    return Baselines(frozen=tuple(reversed(frozen)), since=found, audit=found, audited=names[-1])


def pages(old: Isms, new: Isms, *names: str, **changed: Any) -> dict[str, Page]:
    found = changes(state_of(old, name="old"), state_of(new, name="now"))
    if changed:
        groups = tuple(replace(group, changes=tuple(replace(item, **changed) for item in group.changes)) for group in found.groups)
        found = replace(found, groups=groups)
    return {page.uri: page for page in all_pages(view(new), baselines(found, *(names or ("isms-1", "isms-2"))))}


def cells(*changed: Entry, before: tuple[Entry, ...] = (), without: tuple[str, ...] = (), **parts: Any) -> list[str]:
    page = pages(an_isms(*before), an_isms(*changed, without=without), **parts)["since-last-audit.md"]
    html = "".join(value for key, value in page.late.items() if key.startswith("group-") and key != "group-approval")
    return re.findall(r"<td>(.*?)</td>", html, re.DOTALL)


def fields(*changed: Entry, **parts: Any) -> list[str]:
    return re.findall(r"<li>(.*?)</li>", cells(*changed, **parts)[1], re.DOTALL)


def test_there_is_a_page_for_each_step_since_the_newest_and_since_the_audit() -> None:
    found = pages(an_isms(), an_isms(), "isms-1", "isms-2", "isms-3")
    assert list(found) == ["baselines.md", "since-last-audit.md", "changes/isms-3.md", "changes/isms-2.md", "changes/since-isms-3.md"]
    assert [page.title for page in found.values()] == [
        "Baselines", "Since the last audit", "Changes: before to isms-3", "Changes: before to isms-2", "Changes since old",
    ]  # fmt: skip
    assert [page.searchable for page in found.values()] == [True, True, False, False, False]
    assert all("navigation" in page.meta["hide"] for page in found.values())


def test_names_of_baselines_become_names_of_files() -> None:
    found = changes(state_of(an_isms()), state_of(an_isms()))
    assert change_uris(baselines(found, "isms/1", "isms-1", "ISMS-1")) == {
        "isms/1": "changes/isms-1.md", "isms-1": "changes/isms-1-2.md", "ISMS-1": "changes/ISMS-1-3.md", "": "changes/since-ISMS-1.md",
    }  # fmt: skip


def test_without_baselines_the_pages_say_how_to_make_one() -> None:
    found = list(all_pages(view(an_isms()), NO_BASELINES))
    assert [page.uri for page in found] == ["baselines.md", "since-last-audit.md"]
    assert all("`isms baseline create NAME` makes one." in page.markdown for page in found)


def test_the_first_baseline_has_none_before_it() -> None:
    first = replace(baselines(changes(state_of(an_isms()), state_of(an_isms())), "isms-1"), audit=None, audited="")
    page = since_audit_page(view(an_isms()), first)
    assert "This is the state of the first baseline" in page.markdown
    assert "last_audit" not in page.markdown


def test_readers_of_a_pack_are_told_of_no_option() -> None:
    found = baselines(changes(state_of(an_isms()), state_of(an_isms())), "isms-1")
    facts = view(an_isms()).facts
    assert "`last_audit`" in since_audit_page(make_view(facts, {}), found).markdown
    assert "`last_audit`" not in since_audit_page(make_view(replace(facts, profile=a_profile()), {}), found).markdown


def test_a_last_audit_of_no_known_name_is_told() -> None:
    audited, listed = (
        next(page for page in all_pages(view(an_isms()), Baselines(audited="isms-9", gap="the clone is shallow")) if page.uri == uri)
        for uri in ("since-last-audit.md", "baselines.md")
    )
    assert "No baseline here is called isms-9" in audited.markdown
    assert "the clone is shallow" in audited.late["gap"]
    assert "the clone is shallow" in listed.late["gap"]
    assert "No baseline is known here." in listed.markdown


def test_every_group_is_at_a_glance_and_those_with_changes_have_a_table() -> None:
    page = pages(an_isms(), an_isms(a_risk(likelihood="4")))["since-last-audit.md"]
    (unchanged,) = re.findall("No change in: (.*)\\.</p>", page.late["summary"])
    assert len(unchanged.split(", ")) == sum(bool(declaration.KIND.register) for declaration in KINDS)
    assert "Documents" in unchanged
    assert "Risks" not in unchanged
    assert re.findall(r"^## (.*)$", page.markdown, re.MULTILINE) == ["Risks"]
    assert page.late.keys() == {"crumbs", "summary", "group-risks"}


def test_baselines_are_rows_of_a_table() -> None:
    html = pages(an_isms(), an_isms(a_risk(likelihood="4")))["baselines.md"].late["table"]
    newest, first = re.findall(r"<tr>(<th scope=\"row\">.*?)</tr>", html, re.DOTALL)
    assert '<a href="isms:changes/isms-2.md">1 change</a>' in newest
    assert "Anna &lt;Berg&gt;" in newest
    assert "First.<br>More &amp; more." in newest
    assert "the first" in first


@pytest.mark.parametrize(
    ("before", "after", "html"),
    [
        (a_decision(), a_decision(state="not_implemented"), "<del>implemented</del> <ins>not implemented</ins>"),
        (a_supplier(), a_supplier(contract="<b>Box</b>"), "<del>Safe</del> <ins>&lt;b&gt;Box&lt;/b&gt;</ins>"),
        (a_supplier(), a_supplier(contract=None), "<del>Safe</del>"),
        (a_supplier(contract=None), a_supplier(), "<ins>Safe</ins>"),
        (a_person(git=["anna", "ab"]), a_person(git=["anna", "berg"]), "<del>ab</del> <ins>berg</ins>"),
        (a_person(git=["a", "b"]), a_person(git=["b", "a"]), "<del>a; b</del> <ins>b; a</ins>"),
    ],
)
def test_a_value_before_is_struck_and_a_value_after_marked(before: Entry, after: Entry, html: str) -> None:
    assert fields(after, before=(before,))[0].partition("</strong> ")[2] == html


def test_ids_are_links_where_they_lead_somewhere() -> None:
    (owner,) = fields(a_supplier(owner="PER-009"))
    assert owner == '<strong>Owner</strong> <del><a class="isms-ref" href="isms:PER-001">Anna Berg</a></del> <ins>PER-009</ins>'
    (controls,) = fields(a_risk(controls=["A.5.1", "A.5.99"]))
    assert controls == "<strong>Treated by</strong> <ins>A.5.99</ins>"


def test_long_texts_are_compared_word_by_word() -> None:
    old = a_risk(scenario="A laptop with the list of all customers is stolen from a car [A.5.1].")
    new = a_risk(scenario="A laptop with the list of all customers is stolen from a train [A.5.1].")
    (field,) = fields(new, before=(old,))
    assert "<del>car</del>" in field
    assert "<ins>train</ins>" in field
    assert 'href="isms:A.5.1"' in field


def test_the_text_of_a_document_leads_to_the_document() -> None:
    page = pages(an_isms(), an_isms(body="New words."))["since-last-audit.md"]
    assert '<strong>Text</strong> <a href="isms:POL-001">changed</a>' in page.late["group-documents"]


def test_of_what_was_added_the_page_shows_what_registers_show() -> None:
    titles = [field.partition("</strong>")[0].removeprefix("<strong>") for field in fields(a_risk(id="RSK-002", title="Fire"))]
    assert "Likelihood" in titles
    assert not {"Title", "Scenario", "Treated by"} & set(titles)


def test_of_what_was_removed_it_shows_all() -> None:
    change, values, *_ = cells(without=("RSK-001",))
    assert change == "removed"
    assert "<strong>Scenario</strong> <del>A laptop is stolen.</del>" in values


def test_author_day_and_commit_are_told() -> None:
    told = cells(a_risk(likelihood="4"), commits=(REVISION,), uncommitted=True)[2]
    assert told == (
        '<small>not committed yet</small><br>Bodo &lt;b&gt;, <time datetime="2026-02-01T00:00:00+00:00">2026-02-01</time> '
        "<code>cccccccccc</code> <small>why &amp; what</small>"
    )
    assert cells(a_risk(likelihood="4"))[2] == "<small>unknown</small>"


def test_documents_have_their_approval() -> None:
    approval = InForce(record="APR-9", person="PER-001", day="2026-02-02", level=3, same_text=False)
    told = cells(a_document(version="2.0"), approval=approval)[3]
    assert told.startswith('APR-9, <a class="isms-ref" href="isms:PER-001">Anna Berg</a>, <time>2026-02-02</time>')
    assert "of an earlier text" in told
    assert "3: On record" in told
    unknown = replace(approval, level=None, same_text=True, person="", day="")
    assert cells(a_document(version="2.0"), approval=unknown)[3] == (
        "APR-9, <small>unknown</small>, <time>no date</time><br><small>Level unknown</small>"
    )
    assert cells(a_document(version="2.0"))[3] == "<small>none on record</small>"


def test_a_value_that_could_not_be_read_is_not_shown_as_empty() -> None:
    found = changes(state_of(an_isms()), state_of(an_isms(a_risk(treatment="sharing"))))
    entry = found.groups[3].changes[0]
    unread = replace(entry, fields=(replace(entry.fields[0], old=None),))
    groups = tuple(replace(group, changes=(unread,)) if group.changes else group for group in found.groups)
    page = next(
        page for page in all_pages(view(an_isms()), baselines(replace(found, groups=groups), "isms-1")) if page.uri == "since-last-audit.md"
    )
    assert "before: could not be read</span> <ins>sharing</ins>" in page.late["group-risks"]


def test_what_could_not_be_read_is_listed_once_for_both() -> None:
    found = changes(state_of(an_isms()), state_of(an_isms()))
    found = replace(
        found, old=replace(found.old, name="old", faults=("a.yml: x", "b.yml: <y>")), new=replace(found.new, faults=("a.yml: x",))
    )
    page = next(page for page in all_pages(view(an_isms()), baselines(found, "isms-1")) if page.uri == "since-last-audit.md")
    summary = " ".join(page.late["summary"].split())
    assert "Could not be read in old (1): <ul><li>b.yml: &lt;y&gt;</li></ul>" in summary
    assert "Could not be read in both (1): <ul><li>a.yml: x</li></ul>" in summary
