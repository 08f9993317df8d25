"""A real nginx on loopback, with the settings that `isms publishing` writes."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")

MAIN = """\
{user}daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    include {types};
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/isms.conf;
}}
"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def nginx(folder: Path, site: Path, changes: Mapping[str, str]) -> Iterator[str]:
    """Run nginx with the settings in a folder, in which only lines marked CHANGE are changed; yield its address."""
    assert NGINX, "nginx is missing; `make test` installs it"
    port = free_port()
    wanted = {"listen": f"127.0.0.1:{port}", "server_name": "127.0.0.1", "root": str(site), **changes}
    lines = []
    for line in (folder / "isms.conf").read_text(encoding="utf-8").splitlines():
        name = line.split()[0] if line.strip() else ""
        if not line.endswith("# CHANGE"):
            lines.append(line)
        elif not name.startswith("ssl_"):
            lines.append(f"{name} {wanted[name]};")
    (folder / "isms.conf").write_text("\n".join(lines), encoding="utf-8")
    types = next(path for path in (Path("/etc/nginx/mime.types"), Path("/usr/local/etc/nginx/mime.types")) if path.is_file())
    user = "user root;\n" if os.geteuid() == 0 else ""  # it would give up rights that folders of tests ask for
    (folder / "nginx.conf").write_text(MAIN.format(user=user, folder=folder, types=types), encoding="utf-8")
    started = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")])
    try:
        _wait(started, port)
        yield f"http://127.0.0.1:{port}/"
    finally:
        started.terminate()
        started.wait(timeout=30)


def _wait(started: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and started.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx did not start")


class Answer:
    """What a server answered: status, headers by lower-case name, and body."""

    def __init__(self, url: str, method: str = "GET", **headers: str) -> None:
        request = urllib.request.Request(url, method=method, headers={key.replace("_", "-"): value for key, value in headers.items()})
        try:
            found = _OPENER.open(request, timeout=30)
        except urllib.error.HTTPError as error:
            found = error
        with found:
            self.status: int = found.status
            self.headers = {key.lower(): value for key, value in found.headers.items()}
            self.body: str = found.read().decode(errors="replace")


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow nothing."""


_OPENER = urllib.request.build_opener(_Stay)


def directive(policy: str, name: str) -> str:
    """Return one directive of a content security policy."""
    found = re.search(rf"(?:^|; ){name} ([^;]*)", policy)
    return found[1] if found else ""
