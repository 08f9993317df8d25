"""Runs the steps of a workflow of GitHub, or of a job of GitLab, as a runner would: scripts for real, actions by what they stand for."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml

BIN = Path(sys.executable).parent
_EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")
_RECORDING = '#!/bin/sh\nprintf "%s\\n" "${0##*/} $*" >> "$CALLS"\n'
_RECORDED = ("pip", "sudo", "apt-get")
"""Programs that would fetch something: they only note that they were called."""


def evaluated(value: Any, context: Mapping[str, Any]) -> str:
    """Put what a context holds into the expressions of a value; only a secret or variable of the platform may be missing."""
    text = str(value).lower() if isinstance(value, bool) else str(value)

    def found(match: re.Match[str]) -> str:
        at: Any = context
        for part in match[1].split("."):
            at = at.get(part, "") if at in (context.get("secrets"), context.get("vars")) else at[part]
        return str(at)

    return _EXPRESSION.sub(found, text)


@dataclass
class Runner:
    """One machine: a folder for what the platform keeps, one for the work, and the artifacts of a run."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)
    origin: Path | None = None
    output: str = ""

    def __post_init__(self) -> None:
        self.temp, self.work, self.artifacts = (self.root / name for name in ("temp", "work", "artifacts"))
        for folder in (self.temp, self.work, self.artifacts, self.root / "bin"):
            folder.mkdir(parents=True, exist_ok=True)
        for name in _RECORDED:
            (self.root / "bin" / name).write_text(_RECORDING)
            (self.root / "bin" / name).chmod(0o755)
        self.context = {"runner": {"temp": str(self.temp)}, "secrets": {}, "vars": {}, **self.context}

    @property
    def calls(self) -> list[str]:
        """What the programs were asked to fetch."""
        file = self.root / "calls"
        return file.read_text().splitlines() if file.exists() else []

    def script(self, text: str, shell: str = "bash", variables: Mapping[str, str] | None = None) -> int:
        """Run a script in the work folder; returns its exit code and keeps what it said."""
        file = self.temp / "script"
        file.write_text(text, encoding="utf-8")
        command = [sys.executable, str(file)] if shell == "python" else ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(file)]
        environment = {
            "PATH": os.pathsep.join((str(self.root / "bin"), str(BIN), os.environ["PATH"])), "HOME": str(self.root),
            "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"], "CALLS": str(self.root / "calls"), "RUNNER_TEMP": str(self.temp),
            "GITHUB_STEP_SUMMARY": str(self.root / "summary.md"), "NO_MKDOCS_2_WARNING": "1", "LANG": "C.UTF-8",
            **self.environment, **(variables or {}),
        }  # fmt: skip
        done = subprocess.run(command, cwd=self.work, env=environment, capture_output=True, text=True, check=False)
        self.output += done.stdout + done.stderr
        return done.returncode

    def job(self, workflow: bytes, name: str) -> int:
        """Run the steps of a job until one fails; those with a condition are left out."""
        parsed = yaml.safe_load(workflow)
        job = parsed["jobs"][name]
        for step in job["steps"]:
            code = 0 if "if" in step else self._step(step, {**parsed.get("env", {}), **step.get("env", {})})
            if code and not step.get("continue-on-error"):
                return code
        return 0

    def _step(self, step: Mapping[str, Any], variables: Mapping[str, Any]) -> int:
        values = {key: evaluated(value, self.context) for key, value in variables.items()}
        if "run" in step:
            assert "${{" not in step["run"], "an expression inside of a script"
            return self.script(step["run"], step.get("shell", "bash"), values)
        options = {key: evaluated(value, self.context) for key, value in step.get("with", {}).items()}
        action = step["uses"].partition("@")[0].rpartition("/")[2]
        act: Callable[[dict[str, str]], int] | None = getattr(self, f"_{action.replace('-', '_')}", None)
        return act(options) if act else 0

    def _checkout(self, options: dict[str, str]) -> int:
        assert options["fetch-depth"] == "0"
        assert options["persist-credentials"] == "false"
        command = ["git", "clone", "--quiet", str(self.origin), "."]
        subprocess.run(command, cwd=self.work, check=True, capture_output=True)
        reference = options.get("ref") or "origin/main"
        subprocess.run(["git", "checkout", "--quiet", "--detach", reference], cwd=self.work, check=True, capture_output=True)
        return 0

    def _upload_artifact(self, options: dict[str, str]) -> int:
        source, target = Path(options["path"]), self.artifacts / options["name"]
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            target.mkdir()
            shutil.copy(source, target)
        return 0

    def _download_artifact(self, options: dict[str, str]) -> int:
        source = self.artifacts / options["name"]
        if not source.is_dir():
            return 1
        shutil.copytree(source, options["path"], dirs_exist_ok=True)
        return 0


@dataclass
class Platform:
    """A server that answers as its table says and keeps what it was asked."""

    address: str
    answers: dict[str, Any]
    asked: list[tuple[str, str, Any, dict[str, str]]] = field(default_factory=list)

    @property
    def writes(self) -> list[tuple[str, str, Any]]:
        """What was to be changed: method, path and data."""
        return [(method, path, data) for method, path, data, _ in self.asked if method != "GET"]


@contextmanager
def platform(answers: Mapping[str, Any]) -> Iterator[Platform]:
    """Serve answers on this machine, by method and path with its query; writes without one are answered with an empty object."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            # urllib calls what has no type of its own a form
            told = self.headers.get("Content-Type") in ("application/json", "application/x-www-form-urlencoded")
            made.asked.append((self.command, self.path, json.loads(body) if body and told else body or None, dict(self.headers)))
            known = made.answers.get(f"{self.command} {self.path}", None if self.command == "GET" else {})
            self.send_response(404 if known is None else 200)
            self.end_headers()
            self.wfile.write(json.dumps(known).encode())

        do_GET = do_POST = do_PUT = do_PATCH = answer  # noqa: N815 - names of the standard library

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        made = Platform(f"http://127.0.0.1:{server.server_address[1]}", dict(answers))
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield made
        finally:
            server.shutdown()
