"""Files that are written whole or left as they were, whatever the program or the power does meanwhile."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

UNABLE = (errno.EINVAL, errno.ENOTSUP, errno.EACCES)
"""What is said where a folder cannot be flushed: on some file systems of a network, or where one may write into it and
not list it."""


def replace_file(path: Path, content: bytes) -> None:
    """Write a file whole. Raises OSError."""
    with replace_whole(path) as file:
        file.write(content)


@contextmanager
def replace_whole(path: Path) -> Iterator[IO[bytes]]:
    """Write a file beside the one named and rename it, so that no reader ever sees half of it. A pipe or a device is
    written to as it is; a link stays one. What is renamed is on the disk before, and its name is afterwards: else a
    power cut might leave the name without the content. Raises OSError."""
    path = path.resolve() if path.is_symlink() else path
    if path.exists() and not path.is_file():
        with path.open("wb") as device:
            yield device
        return
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~read_mask()
    with NamedTemporaryFile(dir=path.parent, prefix=".sayso-", delete=False) as file:
        made = Path(file.name)
        try:
            yield file
            sync_file(file)
            made.chmod(mode)
            made.replace(path)
            sync_folder(path.parent)
        except BaseException:
            made.unlink(missing_ok=True)
            raise


def sync_file(file: IO[bytes]) -> None:
    """Flush a file to the disk. Raises OSError."""
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Flush a folder's list of files to the disk, where the system can. Raises OSError."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in UNABLE:
            raise


def read_mask() -> int:
    """The rights that new files are not given."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
