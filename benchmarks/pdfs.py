"""PDFs of the sample: all of them against a single build of its site, and one of many against one alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import PYTHON, Case, Figure, Run, paired
from benchmarks.versions import commit_all, write_sample


def pdfs(case: Case) -> Iterator[Figure]:
    """Compare `isms pdf --all` with a single build of the sample, and its share for each PDF with a document printed alone."""
    isms, out = case.folder / "printed", case.folder / "pdf"
    write_sample(isms)
    commit_all(isms, 1, "The sample")
    program = Path(PYTHON).with_name("isms")

    def every() -> Run:
        return case.run(program, "-C", isms, "pdf", "--all", "--out", out)

    def single() -> Run:
        command = (PYTHON, "-m", "mkdocs", "build", "--quiet", "--config-file", isms / "mkdocs.yml")
        return case.run(*command, "--site-dir", case.folder / "single")

    found = paired(every, single, case.runs)
    files = list(out.glob("*.pdf"))
    size = sum(path.stat().st_size for path in files) / 1e6
    note = f"{found.note()}; {len(files)} files, {size:.1f} MB"
    yield Figure(16, "sample", "isms pdf --all / a single build", found.ratios(), note=note)
    yield Figure(16, "sample", "isms pdf --all / a single build, memory", found.memory())
    alone = [case.run(program, "-C", isms, "pdf", "POL-01", "--out", out) for _ in range(case.runs)]
    shares = tuple(run.seconds / len(files) / one.seconds for run, one in zip(found.ours, alone, strict=True))
    yield Figure(16, "sample", "one PDF of many / one alone", shares)
