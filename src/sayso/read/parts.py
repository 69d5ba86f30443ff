"""The parts of packed documents: Word, OpenDocument and EPUB files are ZIP archives of XML."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from sayso.read.reports import Content
from sayso.record import Problem

if TYPE_CHECKING:
    from zipfile import ZipFile

MAX_PART_BYTES = 50_000_000
"""Unpacked bytes of one part; markup takes several times the text's."""
Found = TypeVar("Found")


def open_parts(content: Content, take: Callable[[ZipFile], Found], kind: str, advice: str) -> Found | Problem:
    """What `take` finds in the archive that a document is, or the problem that it is broken or locked; `kind` and
    `advice` say in it what the document is and what to do."""
    from zipfile import ZipFile

    try:
        with ZipFile(io.BytesIO(content.content)) as archive:
            return take(archive)
    except (ImportError, MemoryError):
        raise
    except Exception as error:  # A damaged archive raises errors of half a dozen modules.
        if "password" in str(error) or "encrypted" in str(error):
            return Problem(step="open_parts", input=content.name, message=f"locked with a password ({kind}); {advice}")
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        return Problem(step="open_parts", input=content.name, message=f"a broken {kind} ({reason}); {advice}")


def read_part(archive: ZipFile, name: str) -> bytes | None:
    """The bytes of a part, None where the archive has none; raises `ValueError` where it unpacks to too much."""
    if name not in archive.NameToInfo:
        return None
    with archive.open(name) as part:
        content = part.read(MAX_PART_BYTES + 1)
    if len(content) > MAX_PART_BYTES:
        raise ValueError(f"larger than {MAX_PART_BYTES / 1e6:g} MB unpacked")
    return content


def parse_part(archive: ZipFile, name: str) -> Any:
    """The root of a part of XML, None where the archive has none; raises `ValueError` where it unpacks to too much."""
    content = read_part(archive, name)
    return None if content is None else parse_xml(content)


def parse_xml(content: bytes) -> Any:
    """The root of XML, its entities not resolved; None where there is none in it."""
    from lxml import etree

    # Programs that write such files are not all careful about their tags.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    return etree.fromstring(content, parser)
