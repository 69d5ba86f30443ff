"""The file of an imported gazetteer: columns that are read where they lie on the disk.

    magic | column | column | ... | footer (JSON) | length of the footer (8 bytes) | magic

Every column begins at a multiple of eight bytes and holds numbers of one format (`struct` letters, in the byte order
that the footer names). The footer gives the place of each column, the lists `countries` and `features`, and `about`:
name, date, counts and sources. The name is the hash of the columns, so that the same places have the same name. A file
is mapped into memory and not read, so that opening is instant and processes share its pages.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.errors import Error

MAGIC = b"sayso-places-1\0\0"
"""How the file begins and ends: its format and version, 16 bytes."""

FORMATS = {
    **dict.fromkeys(("id", "population", "entries", "name_ends"), "I"),
    **dict.fromkeys(("lat", "lon", "radius_km"), "f"),
    **dict.fromkeys(("admin1", "admin2"), "i"),
    **dict.fromkeys(("country", "feature"), "H"),
    "hashes": "Q",
    "names": "B",
}
"""The columns, and the format of the numbers in them."""

ITEM_BYTES = {"I": 4, "f": 4, "i": 4, "H": 2, "Q": 8, "B": 1}

MOST_FOOTER = 1 << 24
"""Bytes of a footer; a longer one is a broken file."""

NAME_BYTES = 6
"""Bytes of the hash that names a gazetteer."""


class GazetteerError(Error):
    """A gazetteer cannot be used; the message says which, why, and what to do."""


@dataclass(frozen=True, slots=True)
class About:
    """What an imported gazetteer is: the hash of its content, when it was made (ISO 8601), how many places and names
    it holds, and of which files, each with its rows and its bad lines."""

    name: str
    made: str
    places: int
    names: int
    sources: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """An open file."""

    about: About
    countries: list[str]
    features: list[str]
    columns: dict[str, memoryview[Any]]


def write_columns(
    path: Path, columns: Mapping[str, Iterable[bytes]], lists: Mapping[str, list[str]], about: Mapping[str, Any]
) -> About:
    """Write a file whole or not at all: beside its place first, then moved there. The columns come in chunks."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with beside.open("wb") as out:
            digest, places = hashlib.blake2b(digest_size=NAME_BYTES), {}
            out.write(MAGIC)
            for name in sorted(FORMATS):
                start = out.tell()
                for chunk in columns[name]:
                    digest.update(chunk)
                    out.write(chunk)
                places[name] = (start, out.tell() - start)
                out.write(b"\0" * (-out.tell() % 8))
            told = {**about, "name": digest.hexdigest()}
            footer = {"byteorder": sys.byteorder, "columns": places, "lists": lists, "about": told}
            words = json.dumps(footer, ensure_ascii=False, sort_keys=True).encode("utf8")
            out.write(words + len(words).to_bytes(8, "little") + MAGIC)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return _tell(told)


def read_about(path: str | Path) -> About:
    """What the file says of itself; only its end is read."""
    with Path(path).open("rb") as raw:
        return _tell(_read_footer(path, raw.seek(0, os.SEEK_END), raw)["about"])


def open_columns(path: str | Path) -> Columns:
    """Map a file into memory. Raises `GazetteerError` where it is none, or broken."""
    with Path(path).open("rb") as raw:
        size = raw.seek(0, os.SEEK_END)
        footer = _read_footer(path, size, raw)
        view = memoryview(mmap.mmap(raw.fileno(), 0, access=mmap.ACCESS_READ))
    try:
        columns = dict(_cast(view, footer["columns"]))
        places, names = len(columns["id"]), len(columns["hashes"])
        wanted = {"entries": names, "hashes": names, "names": len(columns["names"])}
        if not places or any(len(column) != wanted.get(name, places) for name, column in columns.items()):
            raise ValueError("columns of unequal length")
        return Columns(_tell(footer["about"]), footer["lists"]["countries"], footer["lists"]["features"], columns)
    except (KeyError, TypeError, ValueError) as error:
        raise _broken(path, str(error)) from None


def _cast(view: memoryview[int], places: Mapping[str, tuple[int, int]]) -> Iterator[tuple[str, memoryview[Any]]]:
    for name, format in FORMATS.items():
        start, length = places[name]
        if start < 0 or length % ITEM_BYTES[format] or not 0 <= length <= len(view) - start:
            raise ValueError(f"the column {name} is cut off")
        yield name, view[start : start + length].cast(format)  # type: ignore[call-overload]


def _read_footer(path: str | Path, size: int, raw: Any) -> dict[str, Any]:
    raw.seek(max(0, size - len(MAGIC) - 8))
    end = raw.read()
    raw.seek(0)
    if raw.read(len(MAGIC)) != MAGIC or end[8:] != MAGIC:
        raise _broken(path, "it is no gazetteer of this version of sayso")
    length = int.from_bytes(end[:8], "little")
    start = size - len(MAGIC) - 8 - length
    if length > MOST_FOOTER or start < len(MAGIC):
        raise _broken(path, "its end is broken")
    raw.seek(start)
    try:
        footer = json.loads(raw.read(length))
        order = footer["byteorder"]
        _tell(footer["about"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _broken(path, f"its end is broken ({error})") from None
    if order != sys.byteorder:
        raise _broken(path, "it was made on a machine with the other byte order")
    return dict(footer)


def _tell(about: Mapping[str, Any]) -> About:
    return About(
        str(about["name"]), str(about["made"]), int(about["places"]), int(about["names"]), tuple(about["sources"])
    )


def _broken(path: str | Path, why: str) -> GazetteerError:
    return GazetteerError(f"the gazetteer {path} cannot be used: {why}; import it again (sayso gazetteer import)")
