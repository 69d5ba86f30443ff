"""Writing a package: a folder or a zip file, whole or not at all.

A zip file is written plainly, without compression, in the order of paths, with one date and one mode for all, so that
the same files give the same bytes with every version of every library.
"""

from __future__ import annotations

import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from sayso.errors import Error
from sayso.files import read_mask, replace_whole, sync_file, sync_folder
from sayso.share.evidence.contents import Contents
from sayso.share.evidence.heads import STAMP, dump_head
from sayso.share.evidence.parts import Part, make_part, measure
from sayso.share.evidence.wrappings import Form, name_top, wrap

DATE = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a zip: when it was made is said in the head."""
MODE = stat.S_IFREG | 0o644
FORMATS = ("bagit", "zip", "wacz")
"""How packages are written: a bag as a folder, the same zipped, a web archive."""


def choose_format(format: str, path: Path) -> str:
    """The format that is named, else that which a name ends in, else a folder."""
    ending = path.suffix.lower().lstrip(".")
    return format or (ending if ending in FORMATS else "bagit")


def write_package(path: Path, format: str, contents: Contents, stamp: bytes = b"") -> None:
    """Write a package as `bagit` (a folder), `zip` (the same bag, zipped) or `wacz`; `stamp` is the time stamp over its
    head, if there is one. Raises `Error` where something is there already that is not replaced, or OSError."""
    if format == "bagit":
        write_folder(path, list_all("bagit", contents, stamp))
        return
    with replace_whole(path) as file:
        write_zipped(file, format, contents, stamp)


def write_zipped(file: IO[bytes], format: str, contents: Contents, stamp: bytes = b"") -> None:
    """Write a package as one file, `wacz` or `zip`. Raises OSError."""
    top = "" if format == "wacz" else name_top(dump_head(contents.head))
    parts = list_all("wacz" if format == "wacz" else "bagit", contents, stamp)
    write_zip(file, (Part(top + part.path, part.read) for part in parts))


def list_all(form: Form, contents: Contents, stamp: bytes) -> list[Part]:
    """All files of a wrapped package, in the order of their paths."""
    parts, measures = list(contents.parts), list(contents.measures)
    if stamp:
        parts.append(make_part(STAMP, stamp))
        measures.append(measure(STAMP, stamp))
    wrapping = wrap(form, contents.head, measures)
    inner = (Part(wrapping.folder + part.path, part.read) for part in parts)
    outer = (make_part(path, content) for path, content in wrapping.files.items())
    return sorted([*inner, *outer], key=lambda part: part.path)


def write_folder(path: Path, parts: Iterable[Part]) -> None:
    """Write a folder beside its place and rename it, so that nobody ever sees half of it. Raises `Error` where there is
    something of this name already: nothing is replaced."""
    if path.exists() or path.is_symlink():
        raise Error(f"{path}: it is there already: name a folder that is not there yet")
    made = Path(tempfile.mkdtemp(dir=path.parent, prefix=".sayso-"))
    try:
        for part in parts:
            place = made / part.path
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("wb") as file:
                file.write(part.read())
                sync_file(file)
        made.chmod(0o777 & ~read_mask())
        made.rename(path)
        sync_folder(path.parent)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def write_zip(file: IO[bytes], parts: Iterable[Part]) -> None:
    """Write files into a zip."""
    with zipfile.ZipFile(file, "w") as zipped:
        for part in parts:
            entry = zipfile.ZipInfo(part.path, DATE)
            entry.external_attr = MODE << 16
            entry.create_system = 3
            zipped.writestr(entry, part.read(), zipfile.ZIP_STORED)
