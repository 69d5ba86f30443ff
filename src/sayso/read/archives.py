"""Archives (ZIP, TAR, WACZ): what is in them is read as the files of a folder are.

Nothing is unpacked to a disk, so that no name in an archive leads anywhere; how many files it may hold, how much they
may unpack to, by how much they may grow and how deep archives may lie in archives is bounded.
"""

from __future__ import annotations

import posixpath
import re
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from sayso.read.openings import CHUNK_BYTES, FREE_BYTES, MAX_EXPANSION, Source, UnreadableError
from sayso.record import Problem

if TYPE_CHECKING:
    from tarfile import TarFile, TarInfo
    from zipfile import ZipFile, ZipInfo

MAX_MEMBERS = 10_000
TOO_MANY = f"more than {MAX_MEMBERS:,} files in it, of which the first were read; split it"
MAX_UNPACKED = 2_000_000_000
"""Unpacked bytes of all that is read of one archive."""
MAX_DEPTH = 3
"""Archives in archives."""
MAX_NAME = 300
IN_MEMORY = 20_000_000
"""Bytes of an archive up to which it is held in memory; a larger one waits in a file without a name."""
DOCUMENTS = {
    "word/document.xml": "document",
    "xl/workbook.xml": "workbook",
    "META-INF/container.xml": "book",
}
"""What an archive is by a part that it has."""
FOREIGN = {
    "ppt/presentation.xml": ".pptx",
    "Index/Document.iwa": ".pages",
    "AndroidManifest.xml": ".apk",
    "doc.kml": ".kmz",
}
_OPEN_TYPES = {b"text": "document", b"text-template": "document", b"spreadsheet": ".ods", b"presentation": ".odp"}
_CONTROL = re.compile("[\x01-\x1f\x7f-\x9f\u2028\u2029]")
"""What a terminal obeys, or takes for the end of a line."""
_CRAWLED = re.compile(r"archive/.{1,200}\.warc(?:\.gz)?", re.IGNORECASE)


def keep_bytes(chunks: Iterator[bytes], max_bytes: int, message: str = "") -> IO[bytes]:
    """A file with the bytes of a stream; raises `UnreadableError` with the message where there are more than
    `max_bytes`."""
    kept = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # The caller closes it.
    size = 0
    try:
        for chunk in chunks:
            size += len(chunk)
            if size > max_bytes:
                said = f"an archive larger than {max_bytes / 1e6:g} MB; unpack it and give the folder"
                raise UnreadableError(message or said)
            kept.write(chunk)
    except BaseException:
        kept.close()
        raise
    kept.seek(0)
    return kept


def recognise_members(kept: IO[bytes]) -> str:
    """What an archive is by what is in it: document, workbook, book, archive or, of what is refused, the end of the
    names of such files. Raises `UnreadableError` for a broken one."""
    from zipfile import ZipFile, is_zipfile

    if not is_zipfile(kept):
        kept.seek(0)
        return "archive"
    try:
        with ZipFile(kept) as archive:
            names = archive.NameToInfo.keys()
            known = next((form for part, form in (DOCUMENTS | FOREIGN).items() if part in names), "")
            if not known and "mimetype" in names and not archive.NameToInfo["mimetype"].flag_bits & 1:
                kind = archive.open("mimetype").read(100).strip().rpartition(b"opendocument.")[2]
                known = _OPEN_TYPES.get(kind, "")
            return known or "archive"
    except Exception as error:  # A damaged archive raises errors of half a dozen modules.
        raise UnreadableError(_explain(error)) from error
    finally:
        kept.seek(0)


def list_members(kept: IO[bytes], source: Source) -> Iterator[Source | Problem]:
    """The files in an archive as sources, named "ARCHIVE/MEMBER", each to be read before the next is asked for. One
    that is locked or broken is a problem; raises `UnreadableError` where the archive itself is."""
    from zipfile import is_zipfile

    if source.depth >= MAX_DEPTH:
        raise UnreadableError(f"an archive more than {MAX_DEPTH} archives deep; unpack it and give the folder")
    try:
        packed = is_zipfile(kept)
        kept.seek(0)
        yield from _list_zip(kept, source) if packed else _list_tar(kept, source)
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:  # A damaged archive raises errors of half a dozen modules.
        raise UnreadableError(_explain(error)) from error


def _list_zip(kept: IO[bytes], source: Source) -> Iterator[Source | Problem]:
    from zipfile import ZipFile

    with ZipFile(kept) as archive:
        infos = [info for info in archive.infolist() if not is_hidden(info.filename)]
        infos = [info for info in infos if info.filename and not info.filename.endswith("/")]
        infos = [info for info in infos if not stat.S_ISLNK(info.external_attr >> 16)]
        crawled = [info for info in infos if _CRAWLED.fullmatch(info.filename)]
        if crawled and "datapackage.json" in archive.NameToInfo:
            infos = crawled  # A web archive: the rest are lists of what is in it.
        allowance = Allowance()
        # Who names an archive of one file names that file.
        listed = source.listed or len(infos) > 1
        for info in infos[:MAX_MEMBERS]:
            name = name_member(source.name, info.filename)
            if info.flag_bits & 1:
                yield _refuse(name, "locked with a password; unpack it and give the folder")
            else:
                chunks = _open_zipped(archive, info, allowance)
                yield Source(name=name, chunks=chunks, listed=listed, depth=source.depth + 1)
        if len(infos) > MAX_MEMBERS:
            yield _refuse(source.name, TOO_MANY)


def _list_tar(kept: IO[bytes], source: Source) -> Iterator[Source | Problem]:
    import tarfile

    with tarfile.open(fileobj=kept, mode="r:") as archive:
        allowance = Allowance()
        for number, info in enumerate(archive):
            if number >= MAX_MEMBERS:
                yield _refuse(source.name, TOO_MANY)
                return
            if info.isfile() and not is_hidden(info.name):
                chunks = _open_taped(archive, info, allowance)
                yield Source(
                    name=name_member(source.name, info.name), chunks=chunks, listed=True, depth=source.depth + 1
                )


@dataclass(slots=True)
class Allowance:
    """How many bytes may yet be unpacked of one archive."""

    left: int = MAX_UNPACKED

    def spend(self, size: int) -> None:
        """Take some bytes off; raises `UnreadableError` where there are none left."""
        self.left -= size
        if self.left < 0:
            raise UnreadableError(f"its archive unpacks to more than {MAX_UNPACKED / 1e9:g} GB; split it")


def _open_zipped(archive: ZipFile, info: ZipInfo, allowance: Allowance) -> Iterator[bytes]:
    """The bytes of a member of a ZIP; raises `UnreadableError` where they are broken or grow too much."""
    size = 0
    try:
        with archive.open(info) as part:
            while chunk := part.read(CHUNK_BYTES):
                size += len(chunk)
                allowance.spend(len(chunk))
                if size > FREE_BYTES and size > MAX_EXPANSION * max(1, info.compress_size):
                    raise UnreadableError("unpacks to far more than a text would (a zip bomb?); check it by hand")
                yield chunk
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:  # zlib, bz2, lzma and zipfile each have errors of their own.
        raise UnreadableError(_explain(error)) from error


def _open_taped(archive: TarFile, info: TarInfo, allowance: Allowance) -> Iterator[bytes]:
    """The bytes of a member of a tape archive; raises `UnreadableError` where they are cut short."""
    from tarfile import TarError

    part = archive.extractfile(info)
    if part is None:
        return
    with part:
        try:
            while chunk := part.read(CHUNK_BYTES):
                allowance.spend(len(chunk))
                yield chunk
        except (TarError, OSError) as error:
            raise UnreadableError(_explain(error)) from error


def name_member(archive: str, name: str) -> str:
    """What a file in an archive is called, in one line: its path below the archive's, without what leads out of it."""
    inside = posixpath.normpath("/" + name.replace("\\", "/").replace("\0", "")).lstrip("/")
    return f"{archive}/{_CONTROL.sub(chr(0xFFFD), inside[-MAX_NAME:])}"


def is_hidden(name: str) -> bool:
    """Whether a file in an archive is one that systems hide: its name or a folder's begins with a dot, or it is what a
    Mac adds."""
    parts = name.replace("\\", "/").split("/")
    return "__MACOSX" in parts or any(part.startswith(".") and part not in (".", "..") for part in parts)


def _explain(error: Exception) -> str:
    if "password" in str(error) or "encrypted" in str(error):
        return "locked with a password; unpack it and give the folder"
    reason = " ".join(str(error).split())[:200] or type(error).__name__
    return f"a broken archive ({reason}); get the file again"


def _refuse(name: str, message: str) -> Problem:
    return Problem(step="list_members", input=name, message=message)
