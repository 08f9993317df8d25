"""Packs that somebody tampered with: every change is named, and nothing is called verified that was not."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from isms_plugin.authoring.signing import sign, sign_manifest
from isms_plugin.export.archive import write_archive
from isms_plugin.export.manifest import ABOUT, MANIFEST, SIGNATURE, write_manifest
from isms_plugin.export.verify_page import verify_page
from isms_plugin.sources.detached_signatures import signature_head
from tests.integration.test_cli import isms

COMMIT = "0123456789" * 4
SAID = {
    "schema": "isms-pack/1",
    "name": "Acme",
    "commit": COMMIT,
    "as_of": "2026-03-01",
    "profile": {"name": "auditor", "title": "Auditor pack"},
}
FILES = {
    "START-HERE.html": "start",
    "HOW-TO-VERIFY.html": verify_page(),
    "site/index.html": "<p>home</p>",
    "site/a b.html": "<p>ä</p>",
    "registers/risks.csv": "id\nRSK-001\n",
    "registers/empty.csv": "",
}
UNSIGNED = "Complete and unchanged since the manifest was written; who wrote it is not proven: it is not signed.\n"


@dataclass(frozen=True)
class Pack:
    """A pack in a folder, and what became of it."""

    folder: Path
    keys: Path

    def sign(self, key: str = "anna") -> Pack:
        sign_manifest(self.folder, self.keys / key)
        return self

    def zip(self) -> Path:
        target = self.folder.with_suffix(".zip")
        write_archive(self.folder, target, "acme-2026-03-01", None)
        return target

    def path(self, name: str) -> Path:
        return self.folder / name

    def verify(self, *options: object) -> list[dict[str, Any]]:
        """Return what differs, which is the same unpacked, one folder deeper, and in the zip."""
        told = [verified(path, *options) for path in (self.folder, self.zip())]
        assert told[0]["findings"] == told[1]["findings"]
        assert told[0]["verdict"] == told[1]["verdict"]
        found: list[dict[str, Any]] = told[0]["findings"]
        return found

    def names(self, *options: object) -> list[tuple[str, str]]:
        return [(item["sort"], item["name"]) for item in self.verify(*options)]


def verified(path: Path, *options: object) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(isms("verify", path, "--format", "json", *options).output)
    return data


def key_of(pack: Pack, name: str = "anna") -> str:
    told = subprocess.run(["ssh-keygen", "-l", "-f", str(pack.keys / name)], check=True, capture_output=True, text=True).stdout
    return told.split()[1]


def signers_of(pack: Pack, name: str = "anna") -> Path:
    path = pack.keys / "allowed_signers"
    path.write_text(f"{name}@example.org {(pack.keys / f'{name}.pub').read_text()}")
    return path


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    for name in ("anna", "mallory"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(folder / name)], check=True)
    return folder


def a_pack(folder: Path, keys: Path, **files: str) -> Pack:
    for name, text in {**FILES, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    write_manifest(folder, SAID)
    return Pack(folder, keys)


@pytest.fixture
def pack(tmp_path: Path, keys: Path) -> Pack:
    return a_pack(tmp_path / "pack", keys)


def told(pack: Pack, *options: object) -> tuple[int, str]:
    """Exit code and verdict."""
    result: Result = isms("verify", pack.zip(), *options)
    return result.exit_code, result.output.splitlines()[-1]


def test_an_unsigned_pack_is_not_called_verified(pack: Pack) -> None:
    result = isms("verify", pack.zip())
    assert result.exit_code == 0
    assert result.output == (
        "pack.zip (Acme, Auditor pack, state of 2026-03-01, commit 0123456789)\n  7 of 7 files are as MANIFEST.sha256 says\n" + UNSIGNED
    )
    assert "erified" not in result.output


def test_one_folder_deeper_is_the_same_pack(pack: Pack) -> None:
    assert isms("verify", pack.folder.parent).output.endswith(UNSIGNED)


def test_of_several_packs_in_a_folder_one_has_to_be_named(pack: Pack) -> None:
    shutil.copytree(pack.folder, pack.folder.with_name("other"))
    result = isms("verify", pack.folder.parent)
    assert (result.exit_code, "holds several packs; name one of other, pack" in result.output) == (2, True)


def test_a_signature_by_a_key_that_nobody_named_proves_no_signer(pack: Pack) -> None:
    result = isms("verify", pack.sign().zip())
    assert result.exit_code == 0
    assert f"signed with the key {key_of(pack)}; compare that with what the organization tells you by another way" in result.output
    assert result.output.endswith("Complete and unchanged since it was signed; whose key that is is not proven.\n")


def test_a_fingerprint_from_elsewhere_proves_it(pack: Pack) -> None:
    pack.sign()
    code, line = told(pack, "--fingerprint", key_of(pack))
    assert (code, line) == (0, "Verified: complete and unchanged since the owner of that key signed it.")
    assert told(pack, "--fingerprint", f"{key_of(pack)}=")[0] == 0


def test_allowed_signers_prove_it_and_give_the_name(pack: Pack) -> None:
    pack.sign()
    signers = signers_of(pack)
    assert told(pack, "--signers", signers) == (0, "Verified: complete and unchanged since anna@example.org signed it.")
    found = verified(pack.folder, "--signers", signers)
    assert found["signature"] == {"state": "proven", "key": key_of(pack), "principals": ["anna@example.org"]}
    assert found["verdict"] == "verified"


@pytest.mark.parametrize("option", ["--fingerprint", "--signers"])
def test_no_signature_is_a_finding_where_somebody_said_whose_it_has_to_be(pack: Pack, option: str) -> None:
    value = key_of(pack) if option == "--fingerprint" else signers_of(pack)
    assert pack.names(option, value) == [("signature", SIGNATURE)]


@pytest.mark.parametrize("option", ["--fingerprint", "--signers"])
def test_a_pack_signed_again_with_another_key_is_found(pack: Pack, option: str) -> None:
    pack.path("site/index.html").write_text("<p>forged</p>")
    write_manifest(pack.folder, SAID)
    pack.sign("mallory")
    (item,) = pack.verify(option, key_of(pack) if option == "--fingerprint" else signers_of(pack))
    assert (item["sort"], key_of(pack, "mallory") in item["told"]) == ("signature", True)


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[0] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("name", [*(name for name, text in FILES.items() if text), ABOUT])
def test_a_flipped_bit_is_named(pack: Pack, name: str) -> None:
    pack.sign()
    flip(pack.path(name))
    assert pack.names("--fingerprint", key_of(pack)) == [("changed", name)]
    assert told(pack)[0] == 1


def test_a_flipped_bit_in_the_zip_itself_is_named(pack: Pack) -> None:
    path = pack.zip()
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("acme-2026-03-01/site/index.html")
    data[info.header_offset + 30 + len(info.filename) + 4] ^= 1
    path.write_bytes(data)
    assert [(item["sort"], item["name"]) for item in verified(path)["findings"]] == [("changed", "site/index.html")]


def test_an_added_file_is_named(pack: Pack) -> None:
    pack.path("site/.hidden").write_text("x")
    assert pack.names() == [("added", "site/.hidden")]


def test_a_file_beside_the_folder_of_the_zip_is_named(pack: Pack) -> None:
    path = pack.zip()
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("readme.html", "x")
    assert [(item["sort"], item["name"]) for item in verified(path)["findings"]] == [("added", "../readme.html")]


def test_a_removed_file_is_named(pack: Pack) -> None:
    pack.path("registers/risks.csv").unlink()
    assert pack.names() == [("removed", "registers/risks.csv")]


def test_a_renamed_file_is_named_once_with_its_old_name(pack: Pack) -> None:
    pack.path("registers/risks.csv").rename(pack.path("registers/risk.csv"))
    (item,) = pack.verify()
    assert (item["sort"], item["name"], item["told"]) == (
        "renamed",
        "registers/risk.csv",
        "it is what the manifest calls registers/risks.csv",
    )


def test_two_files_that_changed_places_are_named(pack: Pack) -> None:
    first, second = pack.path("site/index.html"), pack.path("registers/risks.csv")
    held = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(held)
    found = pack.verify()
    assert [item["name"] for item in found] == ["registers/risks.csv", "site/index.html"]
    assert found[0]["told"].endswith("it holds what site/index.html should hold")


def test_a_link_is_named_and_not_followed(pack: Pack) -> None:
    pack.path("site/index.html").unlink()
    pack.path("site/index.html").symlink_to(pack.path("START-HERE.html"))
    (item,) = verified(pack.folder)["findings"]
    assert (item["sort"], item["name"], item["told"]) == ("refused", "site/index.html", "it is a link")


def test_a_file_and_the_manifest_changed_together_break_the_signature(pack: Pack) -> None:
    signature = pack.sign().path(SIGNATURE).read_bytes()
    pack.path("registers/risks.csv").write_text("id\n")
    write_manifest(pack.folder, SAID)
    pack.path(SIGNATURE).write_bytes(signature)
    assert pack.verify() == [{"sort": "signature", "name": SIGNATURE, "told": "it was made over something else, or was changed"}]


def test_the_signature_of_another_pack_is_none(pack: Pack, tmp_path: Path) -> None:
    other = a_pack(tmp_path / "elsewhere/pack", pack.keys, **{"site/index.html": "another"}).sign()
    shutil.copy(other.path(SIGNATURE), pack.path(SIGNATURE))
    assert pack.names("--signers", signers_of(pack)) == [("signature", SIGNATURE)]


def test_a_signature_for_something_else_is_none(pack: Pack) -> None:
    pack.path(SIGNATURE).write_text(sign(pack.path(MANIFEST).read_bytes(), pack.keys / "anna", "git"))
    assert pack.verify()[0]["told"] == "it was made for 'git', not for 'isms-pack'"


@pytest.mark.parametrize("text", ["", "no signature", "x" * 100_000])
def test_a_damaged_signature_is_bad(pack: Pack, text: str) -> None:
    pack.path(SIGNATURE).write_text(text)
    assert pack.names() == [("signature", SIGNATURE)]


def test_a_manifest_that_does_not_name_what_the_pack_is_of_is_told(pack: Pack) -> None:
    lines = pack.path(MANIFEST).read_text().splitlines(keepends=True)
    pack.path(MANIFEST).write_text("".join(line for line in lines if ABOUT not in line))
    assert pack.names() == [("manifest", ABOUT), ("added", ABOUT)]
    assert verified(pack.folder)["manifest"] is None


@pytest.mark.parametrize("text", ["{", "[]", '{"schema": "isms-pack/2"}', "[" * 100_000])
def test_a_pack_of_another_schema_is_told(pack: Pack, text: str) -> None:
    pack.path(ABOUT).write_text(text)
    lines = [line for line in pack.path(MANIFEST).read_text().splitlines() if ABOUT not in line]
    digest = subprocess.run(["sha256sum", ABOUT], cwd=pack.folder, check=True, capture_output=True, text=True).stdout
    pack.path(MANIFEST).write_text("\n".join([*lines, digest]))
    assert pack.names() == [("manifest", ABOUT)]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda path: path.unlink(), "MANIFEST.sha256 is not there"),
        (lambda path: path.write_text("nothing\n"), "line 1: it is no line of sha256sum"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), "its last line is not whole"),
    ],
)
def test_without_a_manifest_nothing_can_be_verified(pack: Pack, change: Callable[[Path], None], reason: str) -> None:
    change(pack.path(MANIFEST))
    for path in (pack.folder, pack.zip()):
        result = isms("verify", path)
        assert (result.exit_code, reason in result.output) == (3, True), result.output


def test_a_zip_that_is_cut_off_cannot_be_read(pack: Pack) -> None:
    path = pack.zip()
    path.write_bytes(path.read_bytes()[:-200])
    result = isms("verify", path)
    assert (result.exit_code, "neither a folder nor a whole zip" in result.output) == (3, True)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_in_the_zip_twice_is_refused(pack: Pack) -> None:
    path = pack.zip()
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("acme-2026-03-01/site/index.html", FILES["site/index.html"])
    (item,) = verified(path)["findings"]
    assert (item["sort"], item["name"], item["told"]) == ("refused", "site/index.html", "the zip holds it more than once")


def test_what_follows_the_end_of_the_zip_is_noted_and_harms_nothing(pack: Pack) -> None:
    path = pack.zip()
    path.write_bytes(path.read_bytes() + b"more")
    result = isms("verify", path)
    assert (result.exit_code, "note: the zip holds 4 bytes that belong to no file" in result.output) == (0, True)


def test_without_ssh_keygen_the_hashes_are_verified_all_the_same(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pack.sign().zip()
    monkeypatch.setenv("PATH", "")
    result = isms("verify", path)
    assert result.exit_code == 3
    assert "ssh-keygen is not installed; the signature was not verified, the hashes were" in result.output
    assert result.output.endswith("but not all was verified that should have been.\n")
    flip(pack.path("site/index.html"))
    assert told(pack)[0] == 1


@pytest.mark.parametrize("value", ["SHA256:short", "MD5:00:11", "x"])
def test_a_fingerprint_that_is_none_is_wrong_usage(pack: Pack, value: str) -> None:
    assert isms("verify", pack.folder, "--fingerprint", value).exit_code == 2


def test_a_name_in_a_pack_does_not_steer_the_terminal(pack: Pack) -> None:
    pack.path("site/\x1b[2J\u202e").write_text("x")
    output = isms("verify", pack.folder).output
    assert "\x1b" not in output
    assert "\u202e" not in output
    assert r"site/\x1b[2J\u202e" in output


def test_verifying_needs_no_mkdocs_and_no_git(pack: Pack) -> None:
    code = (
        "import sys\n"
        "for name in ('mkdocs', 'material', 'git', 'jinja2', 'markdown'): sys.modules[name] = None\n"
        "from isms_plugin.adapters.cli import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code, "verify", str(pack.zip())], capture_output=True, text=True, check=False)
    assert done.stdout.endswith(UNSIGNED), done.stderr


def test_a_large_file_never_lies_in_memory(pack: Pack) -> None:
    with pack.path("registers/large.csv").open("wb") as file:
        file.truncate(48 << 20)
    write_manifest(pack.folder, SAID)
    path = pack.zip()
    tracemalloc.start()
    try:
        write_manifest(pack.folder, SAID)
        assert not verified(pack.folder)["findings"]
        assert not verified(path)["findings"]
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()


def lines_of(shell: str) -> list[str]:
    """The command lines of the page, as a person copies them."""
    return [html.unescape(block) for block in re.findall(rf'<code data-shell="{shell}">(.*?)</code>', verify_page(), re.DOTALL)]


def run(pack: Pack, script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", script], cwd=pack.folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("shell", ["linux", "macos"])
def test_the_hashes_of_the_page_find_what_changed(pack: Pack, shell: str) -> None:
    (script,) = lines_of(shell)
    if shutil.which(script.split()[0]) is None:
        pytest.skip(f"{script.split()[0]} is not installed")
    done = run(pack, script)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "every file is as it was")
    flip(pack.path("site/a b.html"))
    done = run(pack, script)
    assert (done.returncode, "site/a b.html: FAILED" in done.stdout, "as it was" in done.stdout) == (1, True, False)


def test_the_list_of_the_page_finds_what_was_added(pack: Pack) -> None:
    script = lines_of("bash")[0]
    pack.sign()
    assert run(pack, script).stdout.split() == [MANIFEST, SIGNATURE]
    pack.path("site/ü.html").write_text("")
    assert run(pack, script).stdout.split() == [MANIFEST, SIGNATURE, "site/ü.html"]


def test_the_signature_lines_of_the_page_work_as_they_stand(pack: Pack) -> None:
    _, check, verify = lines_of("bash")
    pack.sign()
    (pack.folder.parent / "allowed_signers").write_text(f"NAME {(pack.keys / 'anna.pub').read_text()}")
    done = run(pack, check)
    assert (done.returncode, key_of(pack) in done.stdout) == (0, True)
    assert run(pack, verify).stdout.startswith('Good "isms-pack" signature for NAME')
    flip(pack.path(MANIFEST))
    assert run(pack, check).returncode != 0
    assert run(pack, verify).returncode != 0


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    assert not re.search(r"<script|https?://|src=|@import|url\(", verify_page())


def test_what_the_pack_signs_with_is_told_by_the_signature(pack: Pack) -> None:
    assert signature_head(pack.sign().path(SIGNATURE).read_bytes()) == (key_of(pack), "isms-pack")
