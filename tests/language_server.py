"""The YAML language server as an editor speaks with it, over its standard input and output."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from queue import Queue
from typing import Any, BinaryIO


class LanguageServer:
    """A running server that has opened one folder."""

    def __init__(self, program: Path, folder: Path, settings: Mapping[str, Any]) -> None:
        self.folder, self.settings, self.last = folder, settings, 0
        self.answers: dict[int, Any] = {}
        self.diagnostics: dict[str, list[dict[str, Any]]] = {}
        self.news: Queue[None] = Queue()
        self.process = subprocess.Popen(
            ["node", str(program), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        threading.Thread(target=self._listen, daemon=True).start()
        root = folder.as_uri()
        client = {"workspace": {"configuration": True}, "textDocument": {"completion": {"completionItem": {"snippetSupport": True}}}}
        start = {"processId": None, "rootUri": root, "workspaceFolders": [{"uri": root, "name": "isms"}], "capabilities": client}
        self.ask("initialize", start)
        self._send({"method": "initialized", "params": {}})
        self._send({"method": "workspace/didChangeConfiguration", "params": {"settings": settings}})

    def open(self, path: str, text: str) -> list[dict[str, Any]]:
        """Open a file with a text; return what the server says about it."""
        uri = (self.folder / path).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        return self._wait(lambda: self.diagnostics.get(uri))

    def at(self, path: str, question: str, line: int, column: int) -> Any:
        """Ask about a place, counted from 0: `completion` or `hover`."""
        where = {"textDocument": {"uri": (self.folder / path).as_uri()}, "position": {"line": line, "character": column}}
        return self.ask(f"textDocument/{question}", where)

    def ask(self, method: str, params: Mapping[str, Any]) -> Any:
        self.last += 1
        number = self.last
        self._send({"id": number, "method": method, "params": params})
        return self._wait(lambda: self.answers.get(number))["result"]

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()

    def _wait(self, found: Any) -> Any:
        while (answer := found()) is None:
            self.news.get(timeout=60)
        return answer

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        self.process.stdin.flush()

    def _listen(self) -> None:
        assert self.process.stdout
        while (message := _message(self.process.stdout)) is not None:
            if message.get("method") == "textDocument/publishDiagnostics":
                self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
            elif message.get("method") == "workspace/configuration":
                values = [self.settings.get(item.get("section"), {}) for item in message["params"]["items"]]
                self._send({"id": message["id"], "result": values})
            elif "method" in message and "id" in message:
                self._send({"id": message["id"], "result": None})
            elif "id" in message:
                self.answers[message["id"]] = message
            self.news.put(None)


def _message(pipe: BinaryIO) -> dict[str, Any] | None:
    length = 0
    while line := pipe.readline().strip():
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    message: dict[str, Any] | None = json.loads(pipe.read(length)) if length else None
    return message
