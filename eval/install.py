"""What the base install weighs, how long it takes, and whether it works: `make weigh`.

    install.py [PYTHON] [--wheel FILE]

Makes a fresh virtual environment with a Python (Debian's, where there is one) and that environment's own pip, installs
this checkout, or a wheel, into it from outside the checkout, and prints what each package weighs. Then saved pages are
read with it and a brief is told of them, and each extra that is not there has to be named in one line. Ends with exit
status 1 where something does not work or a limit is passed.

All of `site-packages` counts, by the blocks of the disk as `du` does: pip and setuptools, which the environment comes
with, and the compiled bytecode. Times are taken on machines that do other work too, so that their limits are wide.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DEBIAN = Path("/usr/bin/python3")
MIB = 2**20

MOST_MIB = 390
"""What `site-packages` may weigh; 366 when this was set."""
MOST_SECONDS = 300
"""How long the install may take: 28 on two cores with little else running, 100 on busy ones."""
MOST_START = 7
"""How many times as long reading one short text, start included, may take a processor as loading `LIBRARIES` does: 4.6
when this was set. A ratio, since one machine takes three times as long as another."""
LIBRARIES = "import numpy, onnxruntime"
STARTS = 7
"""How often each is done; the least counts."""
HEAVY_MIB = 2
"""Packages from this weight on are printed."""
TOGETHER = {"numpy.libs": "numpy", "pypdfium2_raw": "pypdfium2", "pkg_resources": "setuptools"}
"""Folders that belong to a package of another name."""

SHORT = "The ferry left at noon, the harbour office said. Two crew members were hurt, according to the coastguard.\n"
PAGE = """<!DOCTYPE html><html lang="en"><head><title>{title} - {outlet}</title>
<meta property="og:site_name" content="{outlet}"><meta property="article:published_time" content="{day}T08:00:00Z">
</head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>{title}</h1>{body}</article>
<footer>All rights reserved. Sign up for our letter.</footer></body></html>"""
PAGES = (
    (
        "Orsk Courier",
        "2031-04-02",
        "Dam at Velsk overflows",
        "At least 40 homes in Velsk were flooded on Tuesday, the town's mayor, Irina Dolan, said. "
        "She said that the dam had overflowed after three days of rain.",
    ),
    (
        "Velsk Evening Post",
        "2031-04-03",
        "Sixty homes under water",
        "The emergency service said on Wednesday that 60 homes in Velsk were flooded. "
        "No one was hurt, its spokesman, Pavel Brandt, told reporters. The dam's owner declined to comment.",
    ),
    (
        "Northern Relay",
        "2031-04-03",
        "Velsk flooded after dam overflows",
        "At least 40 homes in Velsk were flooded on Tuesday, the Orsk Courier reported, citing the mayor.",
    ),
)
"""Saved pages: outlet, day, headline, text. Their second paragraph makes each long enough for an article."""
MORE = (
    "Roads to the north of the town stay closed until the water has gone, and schools will open again on Monday. "
    "The river rose faster than in the spring of 2019, when the lower streets were under water for a week."
)

LACKING = (
    ("pdf", ("brief", "pages", "-o", "brief.pdf")),
    ("docx", ("brief", "pages", "-o", "brief.docx")),
    ("postgres", ("points", "--ledger", "postgresql://nobody@localhost/none")),
    ("rda", ("score", "forecasts.rda")),
    ("export", ("export", "pages", "-o", "claims.parquet")),
    ("watch", ("watch", "feeds.toml")),
    ("ray", ("add", "pages", "--engine", "ray")),
)
"""What needs an extra, by the extra's name."""


class NotWorkingError(Exception):
    """What the install does not do."""


def main(python: str, what: Path) -> int:
    """Install, measure, try out and print; the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        subprocess.run([python, "-m", "venv", "venv"], cwd=work, check=True)
        try:
            seconds = install(work, what)
            weights = weigh_packages(find_packages(work))
            print_weights(weights)
            try_pages(work)
            try_lacking(work)
            start, least = time_start(work)
        except NotWorkingError as error:
            print(f"does not work: {error}")
            return 1
    total = sum(weights.values())
    print(f"site-packages {total:.0f} MiB (at most {MOST_MIB}), of which pip and setuptools {count_tools(weights):.0f}")
    print(f"install {seconds:.0f} s (at most {MOST_SECONDS})")
    print(
        f"read of one short text {start:.2f} s of a processor, {start / least:.1f} times the loading of its libraries "
        f"(at most {MOST_START})"
    )
    return int(total > MOST_MIB or seconds > MOST_SECONDS or start > MOST_START * least)


def choose_python() -> str:
    """Debian's Python where it is there, can make environments (`ensurepip`) and is new enough (`tomllib`); else the
    one that runs this."""
    asked = [str(DEBIAN), "-c", "import ensurepip, tomllib"]
    able = DEBIAN.exists() and not subprocess.run(asked, capture_output=True).returncode
    return str(DEBIAN) if able else sys.executable


def install(work: Path, what: Path) -> float:
    """Install a checkout or a wheel into the environment of a folder by its own pip: the seconds that took. Raises
    `NotWorkingError`."""
    pip = [str(work / "venv" / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    version = subprocess.run([*pip, "--version"], cwd=work, check=True, capture_output=True, text=True).stdout
    print(f"pip install {what.name} by {' '.join(version.split()[:2])}")
    began = time.monotonic()
    done = subprocess.run([*pip, "install", str(what)], cwd=work, capture_output=True, text=True)
    if done.returncode:
        raise NotWorkingError(f"pip install: {done.stdout}{done.stderr}")
    return time.monotonic() - began


def find_packages(work: Path) -> Path:
    """The folder `site-packages` of the environment of a folder."""
    return next((work / "venv" / "lib").glob("python3*/site-packages"))


def weigh_packages(packages: Path) -> dict[str, float]:
    """What each package weighs in MiB, the heaviest first."""
    weights: dict[str, float] = {}
    for one in packages.iterdir():
        plain = one.name.partition("-")[0].removesuffix(".py")
        name = TOGETHER.get(plain, plain)
        weights[name] = weights.get(name, 0) + weigh(one) / MIB
    return dict(sorted(weights.items(), key=lambda item: -item[1]))


def weigh(path: Path) -> int:
    """The bytes of the disk that a file, or a folder with all in it, takes."""
    inside = path.rglob("*") if path.is_dir() else ()
    return sum(one.lstat().st_blocks * 512 for one in (path, *inside))


def count_tools(weights: dict[str, float]) -> float:
    """What the environment weighed before the install, in MiB."""
    return weights.get("pip", 0) + weights.get("setuptools", 0)


def print_weights(weights: dict[str, float]) -> None:
    """A line for each heavy package, and one for the rest."""
    heavy = {name: mib for name, mib in weights.items() if mib >= HEAVY_MIB}
    for name, mib in heavy.items():
        print(f"  {name:20} {mib:6.1f} MiB")
    print(f"  {'the rest':20} {sum(weights.values()) - sum(heavy.values()):6.1f} MiB")


def run(work: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """One command of the installed program, in the folder."""
    command = [str(work / "venv" / "bin" / "sayso"), *words]
    return subprocess.run(command, cwd=work, env=make_environment(), capture_output=True, text=True)


def make_environment() -> dict[str, str]:
    """The environment without what would lead to the checkout or to a ledger of the user's."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "SAYSO_"))}


def write_pages(folder: Path) -> None:
    """Put the saved pages into a folder."""
    folder.mkdir()
    for number, (outlet, day, title, text) in enumerate(PAGES, start=1):
        body = "".join(f"<p>{paragraph}</p>" for paragraph in (text, MORE))
        page = PAGE.format(outlet=outlet, day=day, title=title, body=body)
        (folder / f"{number}.html").write_text(page, "utf8")


def try_pages(work: Path) -> None:
    """Read the saved pages, and tell a brief of them. Raises `NotWorkingError`."""
    write_pages(work / "pages")
    done = run(work, "read", "pages", "--format", "jsonl")
    readings = [json.loads(line) for line in done.stdout.splitlines()]
    found = {(reading["outlet"], len(reading["attributions"]) > 0) for reading in readings}
    if done.returncode or found != {(outlet, True) for outlet, *_ in PAGES}:
        raise NotWorkingError(f"read: {done.stderr or found}")
    if any("Sign up" in reading["text"] or "Sport" in reading["text"] for reading in readings):
        raise NotWorkingError("read: what stands around an article is taken for it")
    done = run(work, "brief", "pages")
    if done.returncode or not all(words in done.stdout for words in ("Irina Dolan", "60 homes", "Orsk Courier")):
        raise NotWorkingError(f"brief: {done.stderr or done.stdout}")


def try_lacking(work: Path) -> None:
    """See to it that who lacks an extra is told its name in one line. Raises `NotWorkingError`."""
    (work / "forecasts.rda").write_bytes(b"RDX3\nX\n")
    (work / "feeds.toml").write_text('[[feed]]\nurl = "https://post.example/feed.xml"\n', "utf8")
    for extra, words in LACKING:
        done = run(work, *words)
        lines = [line for line in done.stderr.splitlines() if f"sayso[{extra}]" in line]
        if done.returncode != 1 or len(lines) != 1 or "Traceback" in done.stderr:
            raise NotWorkingError(f"without {extra}: {done.stderr or done.stdout}")


def time_start(work: Path) -> tuple[float, float]:
    """The least seconds of a processor that reading one short text took, and those that loading its libraries did, in
    turn."""
    (work / "short.txt").write_text(SHORT, "utf8")
    programs = work / "venv" / "bin"
    read = [str(programs / "sayso"), "read", "short.txt", "--format", "jsonl"]
    load = [str(programs / "python"), "-c", LIBRARIES]
    times = [(time_command(work, read), time_command(work, load)) for _ in range(STARTS)]
    return min(start for start, _ in times), min(least for _, least in times)


def time_command(work: Path, command: list[str]) -> float:
    """The seconds of a processor that a command takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    if subprocess.run(command, cwd=work, env=make_environment(), capture_output=True).returncode:
        raise NotWorkingError(" ".join(command[1:]))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("python", nargs="?", default=choose_python())
    parser.add_argument("--wheel", type=Path, default=ROOT)
    given = parser.parse_args()
    sys.exit(main(given.python, given.wheel.resolve()))
