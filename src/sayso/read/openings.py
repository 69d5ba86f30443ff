"""From the name of an input to its bytes, in chunks: files, folders and standard input.

Nothing here trusts a name. Only regular files are opened, so that a pipe or a device cannot hold the batch up; links
that lead in a circle are left; packed bytes are unpacked under a bound.
"""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

CHUNK_BYTES = 64 * 1024
MAX_EXPANSION = 200
"""Unpacked bytes for one packed byte, beyond which a large stream is a bomb; text packs three to ten to one."""
LONGEST_WORDS = 80
"""Characters of a stranger's own words in a message."""
FREE_BYTES = 10_000_000
"""Unpacked bytes that are let through whatever they were packed into."""


class UnreadableError(Exception):
    """The bytes of an input cannot be had. The message says why and what to do, in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The bytes of one input, still to be read, and what its name or server says of them.

    `listed` is True for a file found in a folder or an archive rather than named by the user, `depth` in how many
    archives it lies.
    """

    name: str
    chunks: Iterator[bytes]
    url: str = ""
    media_type: str = ""
    charset: str = ""
    retrieved: datetime | None = None
    listed: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server answered: the unpacked bytes, the address they came from after redirects, and the media type and
    charset that the server declared."""

    content: bytes
    url: str
    media_type: str = ""
    charset: str = ""


Fetch = Callable[[str], Fetched]
"""From a URL to what is there; raises `UnreadableError`, whose message is for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableFolder:
    """A folder whose files cannot be listed, and why."""

    name: str
    reason: str


def open_file(name: str) -> Iterator[bytes]:
    """The bytes of a regular file, in chunks; raises `UnreadableError`, before the first chunk where it can."""
    try:
        # Without blocking: opening a pipe that nobody writes to would wait for ever.
        handle = os.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise UnreadableError(explain_error(error)) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise UnreadableError("not a regular file; give a file or folder, or pipe the bytes in and name the input -")
    return _read_chunks(os.fdopen(handle, "rb"))


def _read_chunks(stream: BinaryIO) -> Iterator[bytes]:
    try:
        with stream:
            while chunk := stream.read(CHUNK_BYTES):
                yield chunk
    except OSError as error:
        raise UnreadableError(explain_error(error)) from error


def read_stream(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of an open stream, in chunks; the stream stays open."""
    try:
        while chunk := stream.read(CHUNK_BYTES):
            yield chunk
    except (OSError, ValueError) as error:
        raise UnreadableError(explain_error(error)) from error


def shorten(words: str) -> str:
    """A stranger's words in one line that is no longer than a message bears."""
    line = " ".join(words[: 4 * LONGEST_WORDS].split())
    return line if len(line) <= LONGEST_WORDS else f"{line[: LONGEST_WORDS - 1]}…"


def explain_error(error: Exception) -> str:
    """What the system's error means for the user, in one line."""
    match error:
        case FileNotFoundError():
            return "no such file or folder; check the path"
        case PermissionError():
            return "no permission to read it; change its permissions or copy it to where you may read"
        case OSError():
            return f"cannot be opened: {error.strerror or error}; check the path"
    return f"cannot be opened: {error}; check the path"


def list_files(folder: str) -> Iterator[str | UnreadableFolder]:
    """The files below a folder in the order of their paths, hidden ones left out, and the folders that cannot be
    listed. Each folder is visited once, however many links lead to it."""
    yield from _list_files(Path(folder), set())


def _list_files(folder: Path, visited: set[tuple[int, int]]) -> Iterator[str | UnreadableFolder]:
    try:
        status = folder.stat()
        if (status.st_dev, status.st_ino) in visited:
            return
        visited.add((status.st_dev, status.st_ino))
        entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        yield UnreadableFolder(name=str(folder), reason=explain_error(error))
        return
    letters = {"cur", "new"} <= {entry.name for entry in entries}
    for entry in entries:
        if letters and entry.name == "tmp":
            continue  # Letters that are still being delivered to a Maildir.
        if _is_folder(entry):
            yield from _list_files(entry, visited)
        else:
            yield str(entry)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # A link that leads in a circle; opening it will say so.
        return False


def split_head(chunks: Iterator[bytes], size: int = CHUNK_BYTES) -> tuple[bytes, Iterator[bytes]]:
    """The first `size` bytes or a few more, and the stream as it was before."""
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) >= size:
            break
    return head, _put_back(head, chunks)


def _put_back(head: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from chunks


def join_chunks(chunks: Iterator[bytes], max_bytes: int) -> bytes:
    """All the bytes of a stream; raises `UnreadableError` as soon as there are more than `max_bytes`."""
    parts, size = [], 0
    for chunk in chunks:
        size += len(chunk)
        if size > max_bytes:
            raise UnreadableError(explain_size(max_bytes))
        parts.append(chunk)
    return b"".join(parts)


def explain_size(max_bytes: int) -> str:
    """What is said of an input of too many bytes."""
    return (
        f"larger than {max_bytes / 1e6:g} MB, the limit for one page or document; "
        "split it, or give JSON Lines with one report a line"
    )


def unpack_chunks(chunks: Iterator[bytes], *, window_bits: int = 31) -> Iterator[bytes]:
    """The unpacked bytes of a gzip stream (or of what zlib's `window_bits` says), in chunks of bounded size.

    Raises `UnreadableError` for broken data and where the stream grows more than `MAX_EXPANSION`-fold.
    """
    packed = unpacked = 0
    inside = False
    engine = zlib.decompressobj(window_bits)
    try:
        for chunk in chunks:
            packed += len(chunk)
            rest, part = chunk, b""
            # A full part may leave more inside the engine although all input is taken.
            while rest or len(part) == CHUNK_BYTES:
                part = engine.decompress(rest, CHUNK_BYTES)
                unpacked += len(part)
                if unpacked > FREE_BYTES and unpacked > MAX_EXPANSION * packed:
                    raise UnreadableError(
                        "unpacks to far more than a text would (a zip bomb?); unpack and check it by hand"
                    )
                if part:
                    yield part
                rest, inside = engine.unconsumed_tail, True
                if engine.eof:  # A gzip file may hold several members.
                    rest = engine.unused_data.lstrip(b"\0")
                    engine, part, inside = zlib.decompressobj(window_bits), b"", bool(rest)
    except zlib.error as error:
        raise UnreadableError(f"its compression is broken ({error}); get the file again") from error
    if inside:
        raise UnreadableError("its compression is broken (cut short); get the file again")
