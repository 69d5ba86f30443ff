"""Opening a package from a stranger: a folder, or a zip file, neither of which is trusted.

Only plain names are taken, only regular files are read, and nothing is unpacked: in a package of ours no file is
compressed, so that no zip can hold more than its own size.
"""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from sayso.errors import Error
from sayso.share.evidence.parts import PATH, Part
from sayso.share.evidence.writings import write_zip

MOST_FILES, LARGEST_FILE = 200_000, 2 << 30
"""Files of a package, and bytes of one of them: it is read whole."""
CHUNK_BYTES = 1 << 20


class Opened(Protocol):
    """An open package: the paths of its files in order, what is wrong with its outside, and the bytes of each file."""

    @property
    def paths(self) -> frozenset[str]:
        """The paths of all files, without the folder that a zipped bag lies in."""

    @property
    def top(self) -> str:
        """The folder in a zip that all files lie in, "" for none."""

    def size(self, path: str) -> int:
        """How many bytes a file has. Raises OSError."""

    def read(self, path: str) -> bytes:
        """The bytes of a file that is among `paths`. Raises OSError, also where they are too many."""

    def list_faults(self) -> Iterator[tuple[str, str]]:
        """What is wrong with how the files are held: where, and what."""


@dataclass(slots=True)
class OpenFolder:
    """A package that is a folder. `faults` are the names in it that are no plain files."""

    folder: Path
    paths: frozenset[str]
    faults: list[tuple[str, str]]
    top: str = ""

    def size(self, path: str) -> int:
        """How many bytes a file has. Raises OSError."""
        return (self.folder / path).lstat().st_size

    def read(self, path: str) -> bytes:
        """The bytes of a file, which is no link even if it has become one since. Raises OSError."""
        check_readable(self, path)
        handle = os.open(self.folder / path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            return file.read(LARGEST_FILE)

    def list_faults(self) -> Iterator[tuple[str, str]]:
        """Links, devices and names that no package has."""
        yield from self.faults


@dataclass(slots=True)
class OpenZip:
    """A package that is a zip file; `top` is the folder that a bag lies in, "" for none."""

    file: IO[bytes]
    zipped: zipfile.ZipFile
    top: str
    paths: frozenset[str]

    def size(self, path: str) -> int:
        """How many bytes a file has. Raises OSError."""
        return self.zipped.getinfo(self.top + path).file_size

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises OSError."""
        check_readable(self, path)
        try:
            return self.zipped.read(self.top + path)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
            raise OSError(f"the zip does not give it: {' '.join(str(error).split())}") from error

    def list_faults(self) -> Iterator[tuple[str, str]]:
        """Whatever of the zip is otherwise than it is written: it is written once more and compared, byte by byte."""
        import tempfile

        with tempfile.SpooledTemporaryFile(max_size=64 << 20) as again:
            write_zip(again, (Part(self.top + path, lambda path=path: self.read(path)) for path in sorted(self.paths)))  # type: ignore[misc]
            again.seek(0)
            self.file.seek(0)
            at = 0
            while True:
                ours, theirs = again.read(CHUNK_BYTES), self.file.read(CHUNK_BYTES)
                if ours != theirs:
                    pairs = zip(ours, theirs, strict=False)
                    at += next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(ours), len(theirs)))
                    yield (
                        "the zip",
                        f"byte {at} is not as sayso writes it: it was changed, or packed anew by another tool",
                    )
                    return
                if not ours:
                    return
                at += len(ours)


def check_readable(opened: Opened, path: str) -> None:
    """Raise OSError where a file is not in the package, or too large to be read whole: nothing outside is opened,
    whatever a head or a log may name."""
    if path not in opened.paths:
        raise OSError("it is missing")
    if opened.size(path) > LARGEST_FILE:
        raise OSError(f"it is larger than {LARGEST_FILE >> 30} GB: no file of a package is")


@contextmanager
def open_package(path: Path) -> Iterator[Opened]:
    """The package at a path. Raises `Error` where there is none, with what to do."""
    try:
        if path.is_dir():
            yield list_folder(path)
            return
        if not path.exists():
            raise Error(f"{path}: no such file or folder; check the path")
        if not path.is_file():
            raise Error(f"{path}: no package is like this: name a folder, a .zip or a .wacz")
        with path.open("rb") as file:
            yield open_zip(path, file)
    except OSError as error:
        raise Error(f"{path}: {error.strerror or error}") from error


def list_folder(folder: Path) -> OpenFolder:
    """The files below a folder; links are not followed."""
    paths, faults = list[str](), list[tuple[str, str]]()
    waiting = [folder]
    while waiting:
        for entry in sorted(os.scandir(waiting.pop()), key=lambda entry: entry.name):
            path = Path(entry.path).relative_to(folder).as_posix()
            if entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry.path))
            elif not entry.is_file(follow_symlinks=False):
                faults.append((path, "it is a link or a device: a package has plain files only"))
            elif not PATH.fullmatch(path):
                faults.append((path, "no file of a package is called so"))
            else:
                paths.append(path)
            if len(paths) + len(faults) > MOST_FILES:
                raise Error(f"{folder}: more than {MOST_FILES} files: no package of sayso has so many")
    return OpenFolder(folder, frozenset(paths), faults)


def open_zip(path: Path, file: IO[bytes]) -> OpenZip:
    """A zip file whose names and sizes are such as a package has. Raises `Error`."""
    try:
        zipped = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OverflowError, IndexError) as error:
        raise Error(f"{path}: no whole zip file ({' '.join(str(error).split())}): get the package again") from error
    entries = zipped.infolist()
    size = os.fstat(file.fileno()).st_size
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > size:
        raise Error(f"{path}: it would unpack to more than it is (a zip bomb?): no package of sayso")
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names):
        raise Error(f"{path}: it holds two files of one name: no package of sayso")
    for entry in entries:
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if not PATH.fullmatch(entry.filename) or kind not in (0, stat.S_IFREG):
            raise Error(f"{path}: it holds {entry.filename!r}: no file of a package is called or made so")
        if entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1:
            raise Error(f"{path}: {entry.filename} is compressed or locked: unpack it, and verify the folder")
    tops = {name.partition("/")[0] for name in names}
    top = f"{tops.pop()}/" if len(tops) == 1 and all("/" in name for name in names) else ""
    return OpenZip(file, zipped, top, frozenset(name.removeprefix(top) for name in names))
