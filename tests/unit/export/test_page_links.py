"""What a page leads to, loads and sends."""

from __future__ import annotations

import pytest

from isms_plugin.export.page_links import Reference, Use, links_of_page, links_of_styles


@pytest.mark.parametrize(
    ("html", "urls"),
    [
        ('<script src="x">', "x"),
        ('<img src="x" srcset="y 1x, z.png 200w,w">', "x y z.png w"),
        ('<img srcset="data:image/png;base64,AA== 2x, y">', "data:image/png;base64,AA== y"),
        ('<source srcset="x">', "x"),
        ('<video src="x" poster="y"><track src="z">', "x y z"),
        ('<iframe src="x">', "x"),
        ('<iframe srcdoc="&lt;img src=x&gt;">', "x"),
        ('<object data="x">', "x"),
        ('<embed src="x"><input src="y">', "x y"),
        ('<body background="x">', "x"),
        ('<html manifest="x">', "x"),
        ('<link rel="stylesheet" href="x">', "x"),
        ('<link rel="PRELOAD" imagesrcset="x 1x" href="y">', "x y"),
        ('<link rel="shortcut icon" href="x">', "x"),
        ('<link rel="preconnect" href="x">', "x"),
        ('<svg><image href="x"/><use xlink:href="y#z"/></svg>', "x y#z"),
        ('<rect fill="url(x.svg#a)" mask="url(#b)">', "x.svg#a"),
        ("<i style=\"background:url('x')\">", "x"),
        ("<style>@import 'x'; a{b:url(y)}</style>", "x y"),
        ('<meta http-equiv="Refresh" content="0; url=x">', "x"),
    ],
)
def test_what_is_loaded(html: str, urls: str) -> None:
    assert links_of_page(html).references == tuple(Reference(url, Use.LOADS) for url in urls.split())


@pytest.mark.parametrize(
    ("html", "reference"),
    [
        ('<a href="x">', Reference("x", Use.LEADS)),
        ('<area href="x">', Reference("x", Use.LEADS)),
        ('<svg><a xlink:href="x">', Reference("x", Use.LEADS)),
        ('<link rel="next" href="x">', Reference("x", Use.LEADS)),
        ('<form action="x">', Reference("x", Use.SENDS)),
        ('<button formaction="x">', Reference("x", Use.SENDS)),
        ('<a ping="x">', Reference("x", Use.SENDS)),
        ('<base href="x">', Reference("x", Use.STARTS)),
    ],
)
def test_what_else_is_done_with_an_address(html: str, reference: Reference) -> None:
    assert links_of_page(html).references == (reference,)


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="canonical" href="https://example.org">',
        '<meta name="description" content="0; url=x">',
        '<p title="see url(x)">',
        "<!-- <img src=x> -->",
        '<script>"<img src=x>"</script>',
        '<base target="_blank">',
        '<a name="x">',
    ],
)
def test_what_is_no_link(html: str) -> None:
    assert links_of_page(html).references == ()


def test_places_are_ids_and_names_of_anchors() -> None:
    assert links_of_page('<h2 id="a"><a name="b"><input name="c"><!-- <i id="d"> --></h2>').anchors == {"a", "b"}


@pytest.mark.parametrize(
    ("css", "urls"),
    [
        ("a{b:url(x)}", "x"),
        ("a{b:URL( 'x y' )}", "x y"),
        ('@import "x";@import url("y");', "x,y"),
        ("@font-face{src:url(x) format('woff2'),url(y)}", "x,y"),
        ('a{b:image-set("x" 1x, "y" 2dppx)}', "x,y"),
        (r"a{b:url(\78 y)}", "xy"),
        ("/* url(x) */ a{b:'url(y)'}", ""),
        ("@namespace svg url(http://www.w3.org/2000/svg);", ""),
        ("a{b:url(#x)}", ""),
        ("a{b:url()}", ""),
        ("a{b:url(\"data:image/svg+xml,<svg xmlns='http://x'>/*\")} c{d:url(y)}", "data:image/svg+xml,<svg xmlns='http://x'>/*,y"),
    ],
)
def test_what_styles_load(css: str, urls: str) -> None:
    assert ",".join(reference.url for reference in links_of_styles(css)) == urls
