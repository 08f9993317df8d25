"""The policy names the scripts that stand in pages, and each form says the same."""

from __future__ import annotations

import base64
import json
from hashlib import sha256

import pytest

from isms_plugin.export.security_headers import FORMS, POLICY, inline_scripts, nginx, pages_file, plain, security_headers


def named(text: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize(
    "html",
    [
        "<script>a()</script>",
        '<SCRIPT type="text/javascript">a()</SCRIPT >',
        "<script type=module>a()</script>",
        "<script defer>a()</script>",
    ],
)
def test_a_script_in_a_page_is_named_by_its_hash(html: str) -> None:
    assert inline_scripts(f"<p>x</p>{html}<p>y</p>") == {named("a()")}


@pytest.mark.parametrize(
    "html",
    [
        '<script src="a.js"></script>',
        "<script src=a.js>a()</script>",
        '<script id="x" type="application/json">{"a": 1}</script>',
        "&lt;script&gt;a()&lt;/script&gt;",
        "",
    ],
)
def test_what_runs_nothing_of_its_own_is_not_named(html: str) -> None:
    assert inline_scripts(html) == set()


def test_every_sign_counts_and_line_ends_are_as_browsers_read_them() -> None:
    assert inline_scripts("<script> a()\r\n</script>") == {named(" a()\n")}


def test_pages_share_one_policy_in_a_fixed_order() -> None:
    pages = ["<script>b()</script>", "<script>a()</script>", "<script>b()</script>"]
    policy = security_headers(pages)[POLICY]
    assert policy == security_headers(reversed(pages))[POLICY]
    assert f"script-src 'self' {' '.join(sorted((named('a()'), named('b()'))))};" in policy
    assert "script-src 'self';" in security_headers([])[POLICY]


def test_every_form_says_all_of_it() -> None:
    headers = security_headers(["<script>a()</script>"])
    assert json.loads(plain(headers)) == headers
    assert pages_file(headers).startswith("/*\n  Content-Security-Policy: default-src")
    written = nginx(headers)
    assert f'set $isms_content_security_policy "{headers[POLICY]}";' in written
    for name, value in headers.items():
        assert f"  {name}: {value}\n" in pages_file(headers)
        assert name == POLICY or f'add_header {name} "{value}" always;' in written
    assert {name for name, _ in FORMS.values()} == {"isms-headers.conf", "_headers", "headers.json"}
