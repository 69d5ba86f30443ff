"""Files that are written whole or left as they were."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO


def replace_file(path: Path, content: bytes) -> None:
    """Write a file whole. Raises OSError."""
    with replace_whole(path) as file:
        file.write(content)


@contextmanager
def replace_whole(path: Path) -> Iterator[IO[bytes]]:
    """Write a file beside the one named and rename it, so that no reader ever sees half of it. A pipe or a device is
    written to as it is; a link stays one. Raises OSError."""
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
            file.flush()
            made.chmod(mode)
            made.replace(path)
        except BaseException:
            made.unlink(missing_ok=True)
            raise


def read_mask() -> int:
    """The rights that new files are not given."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
