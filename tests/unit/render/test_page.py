"""Parts and links of pages."""

from __future__ import annotations

from isms_plugin.render.page import part, put_in, resolve_links


def test_parts_are_put_in_where_they_are_marked() -> None:
    assert put_in(f"a {part('x')} b", {"x": "<i>1</i>"}) == "a <i>1</i> b"


def test_parts_that_come_later_stay_marked() -> None:
    assert put_in(f"{part('now')}{part('late')}", {"now": "1"}) == f"1{part('late')}"


def test_a_part_is_not_searched_for_parts() -> None:
    assert put_in(part("x"), {"x": part("x")}) == part("x")


def test_links_are_resolved_with_their_anchor() -> None:
    html = '<a href="isms:RSK-001#how">x</a> <img src="isms:a/b.png"> <a href="https://isms:1">y</a>'
    assert (
        resolve_links(html, lambda target: f"to/{target}/")
        == '<a href="to/RSK-001/#how">x</a> <img src="to/a/b.png/"> <a href="https://isms:1">y</a>'
    )
