"""Pictures of stories, kept between runs in the user's cache folder: one file a story, without its readings, which the
ledger has.

They hold nothing that is not in the ledger and can be deleted at any time. A file says of which version of the story it
is and which program made it; any other is as if it were not there.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

import sayso
from sayso.crashes import mention, see
from sayso.ids import make_id
from sayso.journey import know
from sayso.record import Picture
from sayso.weigh.judgements import attribute_claims, read_rulings

if TYPE_CHECKING:
    from sayso.ledger import Ledger

FOLDER = "pictures"
STEPS = ("record", "who", "weigh", "tables")
"""The parts of the program that a picture comes from."""


class File(msgspec.Struct):
    """What a file holds."""

    version: str
    program: str
    picture: Picture


def know_story(ledger: Ledger, folder: Path | None, story: str, digests: Sequence[str], version: str) -> Picture:
    """The picture of a version of a story as it stands: kept in a folder, or else weighed and kept there. `digests` are
    its reports."""
    readings = ledger.readings(only=digests)
    judged = ledger.judgements(standing=True)
    if (kept := load_picture(folder, ledger.name, story, version)) is not None:
        known = attribute_claims(readings, read_rulings(judged))
        see(known)
        mention(kept.problems)
        return replace(kept, readings=known, judgements=tuple(judged))
    made = know(readings, None, judged)
    save_picture(folder, ledger.name, story, version, made)
    return made


def tell_base(digests: Sequence[str], newest: Mapping[str, int]) -> str:
    """What tells the reports of a story, with the newest reading of each, from all others."""
    return hashlib.sha256(repr([(digest, newest[digest]) for digest in digests]).encode()).hexdigest()


def tell_version(base: str, *judged: Sequence[str]) -> str:
    """What tells a story's state from every other: its reports, and the judgements that it heeds."""
    return hashlib.sha256(repr((base, judged)).encode()).hexdigest()[:16]


def load_picture(folder: Path | None, ledger: str, story: str, version: str) -> Picture | None:
    """The picture of a version of a story, without its readings, if it is kept."""
    if folder is None:
        return None
    try:
        found = msgspec.msgpack.decode(zlib.decompress(name_file(folder, ledger, story).read_bytes()), type=File)
    except (OSError, zlib.error, msgspec.MsgspecError):
        return None
    return found.picture if (found.version, found.program) == (version, name_program()) else None


def save_picture(folder: Path | None, ledger: str, story: str, version: str, picture: Picture) -> None:
    """Keep a picture. A folder that cannot be written to is no error: the next run makes it anew."""
    if folder is None:
        return
    path = name_file(folder, ledger, story)
    body = msgspec.msgpack.encode(File(version, name_program(), replace(picture, readings=())))
    part = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(zlib.compress(body, 1))
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)


def name_file(folder: Path, ledger: str, story: str) -> Path:
    """The file of a story of a ledger."""
    return folder / FOLDER / make_id("ledger", os.path.abspath(ledger)) / f"{make_id('kept', story)}.bin"  # noqa: PTH100


@cache
def name_program() -> str:
    """What tells this program from one that weighs otherwise: its files, as they stand."""
    root = Path(sayso.__file__).parent
    files = sorted(path for step in STEPS for path in (root / step).rglob("*") if path.suffix not in ("", ".pyc"))
    told = [(str(path.relative_to(root)), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
