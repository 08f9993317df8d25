"""`isms schema` sets an editor up; what the author then sees comes from the real YAML language server."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.conftest import ROOT
from tests.integration.test_cli import isms
from tests.language_server import LanguageServer

pytestmark = pytest.mark.xdist_group("editor")

VERSION = "1.25.0"
PROGRAM = Path("node_modules/yaml-language-server/bin/yaml-language-server")
RISK = "- id: RSK-900\n  title: Loss\n  treatment: modifcation\n  likelihood: 2\n  owner: \n  sev\n"


@pytest.fixture(scope="session")
def program() -> Path:
    """The language server, installed once below build/ and never shipped."""
    npm, folder = shutil.which("npm"), ROOT / "build" / "yaml-language-server"
    if npm is None or shutil.which("node") is None:
        pytest.skip("npm is not there, which brings the YAML language server")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / PROGRAM).is_file():
            install = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), f"yaml-language-server@{VERSION}"]
            done = subprocess.run(install, capture_output=True, text=True, check=False)
            if done.returncode:
                pytest.skip(f"npm could not install the YAML language server: {done.stderr.strip()[-200:]}")
    return folder / PROGRAM


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample ISMS, set up for an editor."""
    made = tmp_path_factory.mktemp("editor") / "isms"
    for name in ("registers", "policies", "evidence"):
        shutil.copytree(ROOT / name, made / name)
    shutil.copy(ROOT / "mkdocs.yml", made)
    assert isms("schema", "--ids", "--vscode", directory=made).exit_code == 0
    return made


@pytest.fixture(scope="session")
def server(program: Path, folder: Path) -> Iterator[LanguageServer]:
    """The server with exactly the settings that were written."""
    schemas = json.loads((folder / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    yaml = {"schemas": schemas, "validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}
    started = LanguageServer(program, folder, {"yaml": yaml})
    yield started
    started.close()


def labels(found: Any) -> list[str]:
    return [item["label"] for item in found["items"]]


def test_the_registers_of_the_sample_have_no_faults_in_the_editor(server: LanguageServer, folder: Path) -> None:
    told = {}
    for name in ("risks", "soa", "audits", "evidence", "kinds", "nil-returns", "measures"):
        path = f"registers/{name}.yml"
        if (folder / path).is_file():
            told[path] = [item["message"] for item in server.open(path, (folder / path).read_text(encoding="utf-8"))]
    assert len(told) >= 5
    assert {path: messages for path, messages in told.items() if messages} == {}


def test_faults_stand_at_their_lines(server: LanguageServer) -> None:
    found = server.open("registers/risks/fault.yml", RISK.replace("  sev\n", "  severity: 2\n"))
    assert sorted((item["range"]["start"]["line"], item["message"].split(".")[0]) for item in found) == [
        (2, "Value is not accepted"),
        (5, "Property severity is not allowed"),
    ]


def test_values_and_ids_complete(server: LanguageServer) -> None:
    server.open("registers/risks/new.yml", RISK.replace("modifcation", ""))
    choices = labels(server.at("registers/risks/new.yml", "completion", 2, 13))
    assert choices[:4] == ["modification", "avoidance", "sharing", "retention"]
    people = server.at("registers/risks/new.yml", "completion", 4, 9)["items"]
    assert ("PER-007", "Aisha Farouk") in {(item["label"], item["documentation"]) for item in people}
    assert "PER-001" in labels({"items": people})
    assert "scenario" in labels(server.at("registers/risks/new.yml", "completion", 5, 2))


def test_hovering_tells_what_a_field_means(server: LanguageServer) -> None:
    server.open("registers/risks/hover.yml", RISK)
    told = server.at("registers/risks/hover.yml", "hover", 3, 5)["contents"]["value"]
    assert told.startswith("#### Likelihood\n\nWith the controls that work today.")


def test_a_register_of_the_organizations_own_is_known(server: LanguageServer) -> None:
    found = server.open("registers/key-events.yml", "- id: KEY-001\n  nosuch: 1\n")
    assert [item["message"] for item in found if item["range"]["start"]["line"] == 1] == ["Property nosuch is not allowed."]


def test_a_file_that_is_not_plain_json_stays_and_the_lines_are_told(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / "registers").mkdir()
    (tmp_path / ".vscode").mkdir()
    mine = tmp_path / ".vscode/settings.json"
    mine.write_text('{\n  // my own\n  "a": 1\n}\n', encoding="utf-8")
    done = isms("schema", "--vscode", directory=tmp_path)
    assert done.exit_code == 1
    assert mine.read_text(encoding="utf-8") == '{\n  // my own\n  "a": 1\n}\n'
    assert '"./.isms/schema/risks.schema.json"' in done.output
    assert (tmp_path / ".vscode/isms.code-snippets").is_file()


def test_schemas_elsewhere_are_nothing_for_the_editor(tmp_path: Path) -> None:
    (tmp_path / "isms/policies").mkdir(parents=True)
    (tmp_path / "isms/registers").mkdir()
    done = isms("schema", "../schemas", "--vscode", directory=tmp_path / "isms")
    assert done.exit_code == 2
    assert not (tmp_path / "schemas").exists()
    assert not (tmp_path / "isms/.vscode").exists()
