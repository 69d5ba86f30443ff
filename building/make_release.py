"""A release from what is committed, into dist: `make release`.

    make_release.py [--dist FOLDER] [--python PYTHON]

Writes the wheel and the sdist, the list of the wheel's parts (CycloneDX 1.6, by ``parts_list.py``) and SHA256SUMS.
The wheel is built twice, in different folders, and once more from the sdist: the bytes have to be the same, since they
depend on the commit and its date alone (SOURCE_DATE_EPOCH of reproducible-builds.org). Then it is installed into a
fresh environment, outside the checkout, and tried out (``eval/install.py``). Ends with exit status 1 where something of
that does not hold.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from parts_list import write_parts

ROOT = Path(__file__).resolve().parents[1]


class ReleaseError(Exception):
    """What keeps a release from being made."""


def main() -> int:
    """Make the release; the exit status."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument(
        "--dist", type=Path, default=ROOT / "dist", help="the folder that is written to, made empty first"
    )
    parser.add_argument("--python", default="", help="the Python that it is tried out with, instead of Debian's")
    given = parser.parse_args()
    try:
        made = make_release(given.dist)
    except ReleaseError as error:
        print(f"no release: {error}")
        return 1
    for path in made:
        print(f"{path.stat().st_size:>11,} {path.name}")
    wheel = next(path for path in made if path.suffix == ".whl")
    words = [given.python, "--wheel", str(wheel)] if given.python else ["--wheel", str(wheel)]
    return subprocess.run([sys.executable, str(ROOT / "eval" / "install.py"), *words], check=False).returncode


def make_release(dist: Path) -> list[Path]:
    """The files of a release, in a folder that is made anew. Raises `ReleaseError`."""
    if changed := ask_git("status", "--porcelain"):
        raise ReleaseError(f"{changed.splitlines()[0].strip()}: commit it first, or put it away")
    moment = int(ask_git("log", "-1", "--format=%ct"))
    shutil.rmtree(dist, ignore_errors=True)
    dist.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        one, two = (build(export(work / name), work / f"{name}-dist", moment) for name in ("one", "another"))
        with tarfile.open(one["sdist"]) as packed:
            packed.extractall(work / "sdist", filter="data")
        (unpacked,) = (work / "sdist").iterdir()
        three = build(unpacked, work / "third-dist", moment)
        for other, words in ((two, "built twice"), (three, "built from the sdist")):
            if digest(other["wheel"]) != digest(one["wheel"]):
                raise ReleaseError(f"{words}, the wheel has other bytes")
        made = [Path(shutil.copy(path, dist)) for path in one.values()]
    parts = dist / f"{made[0].name.partition('-py3')[0]}.cdx.json"
    write_parts(parts, made[0], moment)
    sums = dist / "SHA256SUMS"
    sums.write_text("".join(f"{digest(path)}  {path.name}\n" for path in (*made, parts)), "utf8")
    return [*made, parts, sums]


def ask_git(*words: str) -> str:
    """What git says of the checkout. Raises `ReleaseError`."""
    done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise ReleaseError(f"git {words[0]}: {' '.join(done.stderr.split())}")
    return done.stdout.rstrip()


def export(folder: Path) -> Path:
    """The committed files in a new folder: nothing that lies about in the checkout gets into a release."""
    folder.mkdir(parents=True)
    packed = folder.with_suffix(".tar")
    ask_git("archive", "--output", str(packed), "HEAD")
    with tarfile.open(packed) as files:
        files.extractall(folder, filter="data")
    return folder


def build(source: Path, dist: Path, moment: int) -> dict[str, Path]:
    """The wheel and the sdist of a folder of sources, dated by a moment in seconds. Raises `ReleaseError`."""
    surroundings = {**os.environ, "SOURCE_DATE_EPOCH": str(moment)}
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(dist), "-t", "wheel", "-t", "sdist"]
    done = subprocess.run(command, cwd=source, env=surroundings, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ReleaseError(f"hatchling: {' '.join(done.stderr.split())[-300:]}")
    (wheel,), (sdist,) = dist.glob("*.whl"), dist.glob("*.tar.gz")
    return {"wheel": wheel, "sdist": sdist}


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main())
