"""The auditor pack of the sample against a single build of it: time, size, and memory with a large file of evidence (budget 14)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from benchmarks.measure import PYTHON, Case, Figure, Run, paired
from benchmarks.versions import commit_all, write_sample

_LARGE: Final = 300_000_000
"""Bytes of a file of evidence that is far larger than everything else together."""


def packs(case: Case) -> Iterator[Figure]:
    """Compare `isms export` with a single build, and its memory with and without a large file of evidence."""
    isms, zipped = _repository(case.folder / "packed"), case.folder / "pack.zip"

    def single() -> Run:
        case.cold()
        return case.run(
            PYTHON, "-m", "mkdocs", "build", "--quiet", "--config-file", isms / "mkdocs.yml", "--site-dir", case.folder / "single"
        )

    def pack(root: Path = isms) -> Run:
        case.cold()
        return case.run(Path(PYTHON).with_name("isms"), "-C", root, "export", "--out", zipped)

    found = paired(pack, single, case.runs)
    with ZipFile(zipped) as archive:
        files = len(archive.infolist())
    note = f"{found.note()}, {files} files, {zipped.stat().st_size / 1e6:.1f} MB"
    yield Figure(14, "sample", "isms export with all PDFs / a single build", found.ratios(), note=note)
    large = _with_large_evidence(case.folder / "packed-large")
    grown = paired(lambda: pack(large), pack, max(1, case.runs // 2))
    note = f"{grown.ours[0].memory:.0f} / {grown.theirs[0].memory:.0f} MiB"
    yield Figure(
        14, "sample", f"peak memory with {_LARGE // 1_000_000} MB of evidence / without", grown.memory(), budget="<= 1.1", note=note
    )


def _repository(root: Path) -> Path:
    write_sample(root)
    commit_all(root, 1, "The sample")
    return root


def _with_large_evidence(root: Path) -> Path:
    """Return the sample with one large file of evidence, and a profile that lets it into the pack."""
    write_sample(root)
    record = next((root / "evidence").rglob("EVD-002*"))
    with record.open("ab") as file:
        file.truncate(_LARGE)
    (root / "profiles").mkdir(exist_ok=True)
    ours = Path(__file__).parents[1] / "isms_plugin" / "catalogues" / "profiles" / "auditor.yml"
    shutil.copy(ours, root / "profiles" / "auditor.yml")
    profile = root / "profiles" / "auditor.yml"
    profile.write_text(profile.read_text(encoding="utf-8").replace("largest_file: 100", "largest_file: 1000"), encoding="utf-8")
    commit_all(root, 1, "The sample with a large file")
    return root
