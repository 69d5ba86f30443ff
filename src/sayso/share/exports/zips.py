"""ZIP archives whose bytes are those of their files and nothing else: the same in the same order, on every machine."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

UNIX, FILE_MODE = 3, 0o100644
FIRST_YEAR, LAST_YEAR = 1980, 2107
"""What the times of a ZIP can say."""


def write_zip(files: Mapping[str, bytes], made: datetime) -> bytes:
    """The archive of some files by their names, all as old as `made`."""
    year = min(max(made.year, FIRST_YEAR), LAST_YEAR)
    when = (year, made.month, made.day, made.hour, made.minute, made.second)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=zlib.Z_BEST_COMPRESSION) as archive:
        for name, content in files.items():
            info = ZipInfo(name, when)
            info.create_system, info.external_attr, info.compress_type = UNIX, FILE_MODE << 16, ZIP_DEFLATED
            archive.writestr(info, content, compresslevel=zlib.Z_BEST_COMPRESSION)
    return out.getvalue()


def read_zip(content: bytes) -> dict[str, bytes]:
    """The files of an archive that we wrote, by their names."""
    with ZipFile(BytesIO(content)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}
