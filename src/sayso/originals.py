"""Models and tables as they came with sayso: each is held against ``originals.tsv`` when it is loaded, once a process.

That tells what is damaged, cut short or another version's. It is no guard against somebody who may write to where sayso
is installed: they can change the list, or the program. Up to a megabyte a file is held to its SHA-256. A larger one is
held to its length and a CRC-32, which takes half the time (7 ms for the encoder, at every start): of its bytes, or of
the list of parts that an archive of arrays (npz) ends with, which tells the CRC-32 of each part that is read.

Tables of plugins, and models and gazetteers that the user names, are not among them.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from sayso.errors import Error

ROOT = Path(__file__).resolve().parent
LIST = ROOT / "originals.tsv"
HASHED_BYTES = 1_000_000
"""Up to this length a file is held to its SHA-256."""
CHUNK_BYTES = 128 << 10


class DamagedError(Error):
    """A file of the package is not what came with sayso. Nothing is to be read with what is left of it."""


@dataclass(frozen=True, slots=True)
class Original:
    """What a file was when sayso was made: its length in bytes, CRC-32 (see `sum_up`) and SHA-256, both in
    hexadecimal."""

    size: int
    crc32: str
    sha256: str


def read_original(name: str) -> bytes:
    """The bytes of a small file of the package by its path in there ("tables/events.tsv"). Raises `DamagedError` where
    it is not what it was."""
    try:
        content = (ROOT / name).read_bytes()
    except OSError as error:
        raise DamagedError(f"{ROOT / name}: {error.strerror or error}: install sayso again") from None
    known = load_originals().get(name)
    if known is None or len(content) != known.size or hashlib.sha256(content).hexdigest() != known.sha256:
        raise DamagedError(explain(ROOT / name))
    return content


@cache
def check_original(path: Path) -> None:
    """Raise `DamagedError` where a file of the package, which a library reads by its path, is not what it was. Files
    elsewhere are not looked at."""
    if not path.is_relative_to(ROOT):
        return
    name = path.relative_to(ROOT).as_posix()
    known = load_originals().get(name)
    if known is None:
        raise DamagedError(explain(ROOT / name))
    if known.size <= HASHED_BYTES:
        read_original(name)
        return
    try:
        same = path.stat().st_size == known.size and sum_up(path) == known.crc32
    except (OSError, BadZipFile) as error:
        raise DamagedError(f"{path}: {getattr(error, 'strerror', None) or error}: install sayso again") from None
    if not same:
        raise DamagedError(explain(ROOT / name))


@contextmanager
def open_original(path: Path) -> Iterator[BinaryIO]:
    """An archive of arrays, open for reading, checked before and as its parts are read. Raises `DamagedError`."""
    check_original(path)
    try:
        with path.open("rb") as file:
            yield file
    except BadZipFile as error:
        raise DamagedError(f"{explain(path)} ({error})") from None


def sum_up(path: Path) -> str:
    """The CRC-32 of a file, or of the list of parts of an archive of arrays. Raises OSError and `BadZipFile`."""
    if path.suffix == ".npz":
        with ZipFile(path) as archive:
            parts = [(part.filename, part.CRC, part.file_size, part.header_offset) for part in archive.infolist()]
        return f"{zlib.crc32(repr(parts).encode()):08x}"
    crc, buffer = 0, bytearray(CHUNK_BYTES)
    with path.open("rb", buffering=0) as file:
        while length := file.readinto(buffer):
            crc = zlib.crc32(memoryview(buffer)[:length], crc)
    return f"{crc:08x}"


def explain(path: Path) -> str:
    """What is said of a file that is not what it was."""
    return f"{path}: not what came with sayso: install it again (after a change of your own: make originals)"


@cache
def load_originals() -> dict[str, Original]:
    """What each file was, by its path in the package. Raises `DamagedError` where the list cannot be read."""
    try:
        lines = LIST.read_text("utf8").splitlines()
        rows = (line.split("\t") for line in lines[1:])
        return {name: Original(int(size), crc32, sha256) for name, size, crc32, sha256 in rows}
    except (OSError, ValueError) as error:
        raise DamagedError(f"{LIST}: it cannot be read ({error}): install sayso again") from None
