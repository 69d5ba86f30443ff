"""Answers of models, kept in the user's cache folder by what was asked: a second run asks nothing and tells the same.

A file an answer, named by the hash of the address, the model and the whole request. They can be deleted at any time.
What a file holds is checked like what a server says.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from sayso.files import replace_file

LARGEST_KEPT = 256 << 10
"""Bytes of an answer that is read again."""


def find_answer(folder: Path | None, address: str, request: bytes) -> str | None:
    """The answer that was given before; None where there was none."""
    if folder is None:
        return None
    try:
        with name_file(folder, address, request).open("rb") as file:
            return file.read(LARGEST_KEPT).decode("utf8")
    except (OSError, UnicodeDecodeError):
        return None


def keep_answer(folder: Path | None, address: str, request: bytes, answer: str) -> None:
    """Keep an answer. A folder that cannot be written to is no error: the next run asks again."""
    if folder is None:
        return
    path = name_file(folder, address, request)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, answer.encode("utf8", "replace"))
    except OSError:
        return


def name_file(folder: Path, address: str, request: bytes) -> Path:
    """Where the answer to a request is kept."""
    name = hashlib.sha256(address.encode("utf8") + b"\n" + request).hexdigest()
    return folder / "advice" / name[:2] / name
