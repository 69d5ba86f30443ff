"""How surely a change to a package of evidence is noticed, and what others' validators say of an unchanged one.

    python eval/evidence.py --ledger story.db --what STORY --tries 200 [--wacz PATH/wacz]

Each try changes one package of one format in one way, chosen by chance from a seed: a byte anywhere, a byte of the
zip's own structure (headers, list of files, end), bytes more or fewer, a file removed, added, renamed or exchanged for
another, a tag file rewritten. It is noticed where `sayso verify` finds a fault. With the same tries it is counted what
bagit-python and py-wacz notice.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import logging
import random
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sayso.errors import Error
from sayso.ledger import open_ledger
from sayso.share.evidence.checks import check_package
from sayso.share.evidence.contents import gather_contents
from sayso.share.evidence.selections import select_evidence
from sayso.share.evidence.writings import FORMATS, write_package

Change = Callable[[Path, random.Random], None]


def flip_byte(path: Path, chance: random.Random) -> None:
    """Another byte in the place of one, anywhere in a zip, or in any file of a folder."""
    file = chance.choice(list_files(path)) if path.is_dir() else path
    content = bytearray(file.read_bytes())
    if not content:
        content = bytearray(b"x")
    else:
        content[chance.randrange(len(content))] ^= chance.randrange(1, 256)
    file.write_bytes(content)


def flip_structure(path: Path, chance: random.Random) -> None:
    """Another byte in what the zip says of its files: local headers, the list of files and the end."""
    with zipfile.ZipFile(path) as zipped:
        spans = [(entry.header_offset, entry.header_offset + 30 + len(entry.filename)) for entry in zipped.infolist()]
        spans.append((zipped.start_dir, path.stat().st_size))
    start, end = chance.choice([chance.choice(spans), spans[-1]])
    content = bytearray(path.read_bytes())
    content[chance.randrange(start, end)] ^= chance.randrange(1, 256)
    path.write_bytes(content)


def resize(path: Path, chance: random.Random) -> None:
    """Bytes more or fewer: put in, cut out, cut off, put before, put after, or as a comment of the zip."""
    file = chance.choice(list_files(path)) if path.is_dir() else path
    content, place = file.read_bytes(), chance.randrange(file.stat().st_size + 1)
    more = chance.randbytes(chance.randrange(1, 40))
    file.write_bytes(
        chance.choice(
            [
                content[:place] + more + content[place:],
                content[:place] + content[place + 1 :] if place < len(content) else content + more,
                content[:place] if place < len(content) else content + more,
                more + content,
                content + more,
                content[:-2] + len(more).to_bytes(2, "little") + more if not path.is_dir() else content + b"\n",
            ]
        )
    )


def rearrange(path: Path, chance: random.Random) -> None:
    """A file removed, added or renamed, two exchanged, or all packed anew, with the hashes left as they are."""
    names, contents = read_files(path)
    place = chance.randrange(len(names))
    kind = chance.choice(["remove", "add", "rename", "exchange", "repack"])
    if kind == "remove":
        del names[place], contents[place]
    elif kind == "add":
        names.append(names[place] + ".txt")
        contents.append(chance.randbytes(9))
    elif kind == "rename":
        names[place] += "x"
    elif kind == "exchange" or path.is_dir():
        other = next(n for n, content in enumerate(contents) if content != contents[place])
        contents[place], contents[other] = contents[other], contents[place]
    write_files(path, names, contents)


def rewrite_tag(path: Path, chance: random.Random) -> None:
    """A line of a file around the package's own said otherwise: description, manifest, declaration."""
    names, contents = read_files(path)
    tags = [
        n for n, name in enumerate(names) if name.rpartition("/")[2].startswith(("bag", "manifest", "tag", "datap"))
    ]
    place = chance.choice(tags)
    lines = contents[place].splitlines(keepends=True)
    line = chance.randrange(len(lines))
    lines[line] = chance.choice([b"", lines[line] * 2, lines[line].swapcase(), b" " + lines[line]])
    if b"".join(lines) == contents[place]:
        lines.append(b"Source-Organization: another\n")
    contents[place] = b"".join(lines)
    write_files(path, names, contents)


CHANGES: dict[str, Change] = {
    "a byte anywhere": flip_byte,
    "a byte of the zip's structure": flip_structure,
    "bytes more or fewer": resize,
    "files rearranged": rearrange,
    "a tag file rewritten": rewrite_tag,
}


def list_files(folder: Path) -> list[Path]:
    """The files below a folder, in order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def read_files(path: Path) -> tuple[list[str], list[bytes]]:
    """The names and bytes of all files of a package."""
    if path.is_dir():
        files = list_files(path)
        return [file.relative_to(path).as_posix() for file in files], [file.read_bytes() for file in files]
    with zipfile.ZipFile(path) as zipped:
        return zipped.namelist(), [zipped.read(name) for name in zipped.namelist()]


def write_files(path: Path, names: list[str], contents: list[bytes]) -> None:
    """Write a package anew, in its own way, of these files."""
    if path.is_dir():
        shutil.rmtree(path)
        for name, content in zip(names, contents, strict=True):
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(content)
        return
    with zipfile.ZipFile(path, "w") as zipped:
        for name, content in zip(names, contents, strict=True):
            zipped.writestr(zipfile.ZipInfo(name), content)


def is_noticed(path: Path) -> bool:
    """Whether sayso finds a fault."""
    try:
        return bool(check_package(path).problems)
    except Error:
        return True


def is_noticed_by_bagit(path: Path, folder: Path) -> bool:
    """Whether bagit-python finds a fault in a bag, or whoever unpacks it."""
    import bagit  # type: ignore[import-untyped]

    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    try:
        if path.is_file():
            with zipfile.ZipFile(path) as zipped:
                zipped.extractall(folder)
            (path,) = folder.iterdir()
        bagit.Bag(str(path)).validate()
    except Exception:
        return True
    return False


def is_noticed_by_wacz(path: Path, program: str) -> bool:
    """Whether py-wacz finds a fault."""
    return subprocess.run([program, "validate", "-f", path], capture_output=True, check=False).returncode != 0


def measure(ledger: str, what: str, tries: int, seed: int, wacz: str) -> None:
    """Pack, let others validate, change and count."""
    chance, noticed, done, others = random.Random(seed), Counter[str](), Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as made, open_ledger(ledger, create=False) as kept:
        begun = time.perf_counter()
        contents = gather_contents(
            kept, select_evidence(kept, what), made=datetime(2030, 1, 1, tzinfo=UTC), by="eval", tool="sayso"
        )
        whole = {format: Path(made, f"whole.{format}") for format in FORMATS}
        for format, place in whole.items():
            write_package(place, format, contents)
        size = sum(m.bytes for m in contents.measures)
        print(f"{len(contents.head.reports)} reports, {len(contents.parts)} files, {size / 1e6:.1f} MB, ", end="")
        print(f"packed three times in {time.perf_counter() - begun:.1f} s")
        for format, place in whole.items():
            begun = time.perf_counter()
            faults = len(check_package(place).problems)
            print(f"{format}, unchanged: {faults} faults, verified in {time.perf_counter() - begun:.2f} s")
        print(
            f"unchanged, by bagit-python: {'a fault' if is_noticed_by_bagit(whole['bagit'], Path(made)) else 'valid'}"
        )
        if wacz:
            print(f"unchanged, by py-wacz: {'a fault' if is_noticed_by_wacz(whole['wacz'], wacz) else 'valid'}")
        for number in range(tries):
            format = list(FORMATS)[number % len(FORMATS)]
            kind = chance.choice([name for name in CHANGES if format != "bagit" or "zip" not in name])
            place = Path(made, f"try-{number}.{format}")
            (shutil.copytree if whole[format].is_dir() else shutil.copy)(whole[format], place)
            CHANGES[kind](place, chance)
            done[kind] += 1
            found = is_noticed(place)
            noticed[kind] += found
            if not found:
                print(f"MISSED: try {number}, {format}, {kind}", file=sys.stderr)
            with contextlib.redirect_stdout(io.StringIO()), tempfile.TemporaryDirectory() as folder:
                if format != "wacz":
                    others["bags"] += 1
                    others["bags noticed by bagit-python"] += is_noticed_by_bagit(place, Path(folder))
                elif wacz:
                    others["WACZ"] += 1
                    others["WACZ noticed by py-wacz"] += is_noticed_by_wacz(place, wacz)
            (shutil.rmtree if place.is_dir() else Path.unlink)(place)
    for kind in CHANGES:
        print(f"{kind}: {noticed[kind]} of {done[kind]} noticed")
    print(f"all: {sum(noticed.values())} of {tries} noticed (seed {seed})")
    print("the same tries: " + ", ".join(f"{name} {n}" for name, n in sorted(others.items())))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", default="sayso.db")
    parser.add_argument("--what", required=True, help="an id of a claim, a report or a story, or words of its name")
    parser.add_argument("--tries", type=int, default=200)
    parser.add_argument("--seed", type=int, default=16)
    parser.add_argument("--wacz", default=shutil.which("wacz") or "", help="the program of py-wacz")
    given = parser.parse_args()
    measure(given.ledger, given.what, given.tries, given.seed, given.wacz)
