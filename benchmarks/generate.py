"""Makes ISMS repositories of any size: the same arguments give the same commit.

python -m benchmarks.generate TARGET [--tier small] [--documents 40] [--commits 500] [--entries 650] [--seed 1]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.commits import MAILMAP, plan_commits, stream
from benchmarks.policies import make_policies
from benchmarks.registers import Sizes, evidence_file, is_filed, make_registers

HERE: Final = Path(__file__).parent
CONFIGURATION: Final = HERE / "mkdocs.yml"
GUIDE: Final = b"# How to read this site\n\nBegin with [POL-0001], then look at [A.5.1] and [clause 4.1].\n"


@dataclass(frozen=True, slots=True)
class Tier:
    """What a repository is made of."""

    documents: int
    commits: int
    entries: int
    seed: int = 1

    def doubled(self, *what: str) -> Tier:
        """Return a tier with twice as many of something."""
        return Tier(**{name: value * 2 if name in what else value for name, value in asdict(self).items()})


TIERS: Final = {"small": Tier(40, 500, 650), "medium": Tier(200, 5_000, 6_300), "large": Tier(1_000, 50_000, 46_500)}


def generate(tier: Tier, target: Path) -> str:
    """Write a repository, unless the folder holds the same one already, and return its HEAD."""
    stamp = target.with_name(f"{target.name}.json")
    wanted = {**asdict(tier), "generator": _fingerprint()}
    if stamp.is_file() and (target / ".git").is_dir() and json.loads(stamp.read_text())["made from"] == wanted:
        return str(json.loads(stamp.read_text())["head"])
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    _git(target, "init", "--quiet", "--initial-branch=main")
    _import(target, _chunks(tier))
    _git(target, "update-ref", "-d", "refs/heads/side")
    _git(target, "checkout", "--quiet", "--force", "main")
    head = _git(target, "rev-parse", "HEAD").strip()
    stamp.write_text(json.dumps({"head": head, "made from": wanted}, indent=1))
    return head


def _fingerprint() -> str:
    """Hash of everything that decides what is written."""
    sources = [HERE / f"{name}.py" for name in ("generate", "commits", "policies", "registers", "examples")]
    return hashlib.sha256(b"".join(path.read_bytes() for path in (*sources, CONFIGURATION))).hexdigest()[:16]


def _chunks(tier: Tier) -> Iterable[bytes]:
    random = Random(f"isms {tier.seed}")
    sizes = Sizes.of(tier.entries)
    policies = make_policies(tier.documents, random, sizes.referable())
    registers = make_registers(sizes, policies, random)
    files: dict[str, list[bytes]] = {"mkdocs.yml": [CONFIGURATION.read_bytes()], ".mailmap": [MAILMAP], "docs/guide/reading.md": [GUIDE]}
    files |= {path: _stages(rows) for path, rows in registers.items()}
    files |= {path: [content] for path, content in (evidence_file(number) for number in range(1, sizes.evidence + 1) if is_filed(number))}
    return stream(plan_commits(policies, files, tier.commits, random))


def _stages(rows: list[str]) -> list[bytes]:
    """Return a register as it grew; the last stage holds all rows."""
    return ["".join(rows[: len(rows) * stage // 4 or 1]).encode() for stage in (1, 2, 3, 4)]


def _import(target: Path, chunks: Iterable[bytes]) -> None:
    importer = subprocess.Popen(["git", "fast-import", "--quiet"], cwd=target, stdin=subprocess.PIPE)
    assert importer.stdin is not None
    with importer.stdin:
        importer.stdin.writelines(chunks)
    if importer.wait():
        raise SystemExit("git fast-import failed")


def _git(target: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=target, check=True, capture_output=True, text=True).stdout


def main() -> None:
    """Generate one repository from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", type=Path)
    parser.add_argument("--tier", choices=TIERS, default="small", help="sizes that are not given otherwise")
    for name in asdict(TIERS["small"]):
        parser.add_argument(f"--{name}", type=int)
    options = vars(parser.parse_args())
    sizes = asdict(TIERS[options["tier"]])
    print(generate(Tier(**{name: options[name] or default for name, default in sizes.items()}), options["target"]))


if __name__ == "__main__":
    main()
