"""The page of a pack that explains how to verify it with what every machine has: no script, nothing loaded, nothing of this program."""

from __future__ import annotations

from isms_plugin.export.manifest import ABOUT, MANIFEST, NAMESPACE, SIGNATURE
from isms_plugin.render.environment import environment
from isms_plugin.render.front_page import START


def verify_page() -> str:
    """Return the page, the same for every pack: it holds no fingerprint, since one that comes with the pack proves nothing."""
    template = environment().get_template("how_to_verify.html.jinja")
    return template.render(about=ABOUT, manifest=MANIFEST, signature=SIGNATURE, namespace=NAMESPACE, start=START)
