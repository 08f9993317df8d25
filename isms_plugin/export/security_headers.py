"""Headers with which a web server hands out a site: what its pages may load and run, and what may frame them."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Final

_SCRIPT: Final = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_TYPE: Final = re.compile(r"""\btype\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)
_RUN: Final = ("", "module", "text/javascript", "application/javascript")

_OTHERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
_TRANSPORT: Final = ("Strict-Transport-Security", "max-age=31536000")
POLICY: Final = "Content-Security-Policy"


def inline_scripts(html: str) -> set[str]:
    """Return the hashes, as a policy writes them, of the scripts that stand in a page itself."""
    found = set()
    for attributes, text in _SCRIPT.findall(html.replace("\r\n", "\n")):
        kind = _TYPE.search(attributes)
        if not re.search(r"\bsrc\s*=", attributes, re.IGNORECASE) and (kind[1].lower() if kind else "") in _RUN:
            found.add(f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'")
    return found


def security_headers(pages: Iterable[str]) -> dict[str, str]:
    """Return the headers for a site of these pages: scripts run from its own files and as they stand in the pages now, no others."""
    hashes = sorted({found for html in pages for found in inline_scripts(html)})
    policy = {
        "default-src": ("'none'",),
        "script-src": ("'self'", *hashes),
        "style-src": ("'self'", "'unsafe-inline'"),  # the theme and diagrams set styles; styles run nothing
        "img-src": ("'self'", "data:"),
        "font-src": ("'self'",),
        "connect-src": ("'self'",),
        "worker-src": ("'self'",),
        "form-action": ("'self'",),
        "base-uri": ("'none'",),
        "frame-ancestors": ("'none'",),
    }
    words = "; ".join(f"{name} {' '.join(values)}" for name, values in policy.items())
    return {POLICY: words, **_OTHERS, _TRANSPORT[0]: _TRANSPORT[1]}


def nginx(headers: Mapping[str, str]) -> str:
    """Return headers as a file that a server block of nginx includes."""
    lines = [f'set $isms_content_security_policy "{headers[POLICY]}";', f"add_header {POLICY} $isms_policy always;"]
    lines += [f'add_header {name} "{value}" always;' for name, value in headers.items() if name != POLICY]
    return "\n".join(
        ("# Written by `isms publishing`; anew after each upgrade of the theme.", *lines, "add_header Cache-Control $isms_cache;", "")
    )


def pages_file(headers: Mapping[str, str]) -> str:
    """Return headers as the file `_headers` of several hosts of static pages."""
    return "/*\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())


def plain(headers: Mapping[str, str]) -> str:
    """Return headers as JSON."""
    return json.dumps(dict(headers), indent=2) + "\n"


FORMS: Final[Mapping[str, tuple[str, Callable[[Mapping[str, str]], str]]]] = {
    "nginx": ("isms-headers.conf", nginx),
    "nginx-sso": ("isms-headers.conf", nginx),
    "headers-file": ("_headers", pages_file),
    "json": ("headers.json", plain),
}
"""Recipes: the file with the headers, and what makes it."""
