"""Lists the models and tables that come with sayso, with length, CRC-32 and SHA-256: `make originals`.

    list_originals.py [--check]

Writes ``src/sayso/originals.tsv``, to which each file is held when it is loaded. With `--check` it writes nothing, and
ends with exit status 1 where a file is not what the list says.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from sayso.originals import LIST, ROOT, sum_up

FOLDERS = ("models", "tables")
LEFT_OUT = (".py", ".pyc", ".md")
"""Endings of files that are program or prose."""
HEAD = ("path", "bytes", "crc32", "sha256")


def list_originals() -> Iterator[tuple[str, ...]]:
    """The rows of the list, in the order of the paths."""
    found = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file())
    for path in sorted(path for path in found if path.suffix not in LEFT_OUT):
        content = path.read_bytes()
        digests = sum_up(path), hashlib.sha256(content).hexdigest()
        yield path.relative_to(ROOT).as_posix(), str(len(content)), *digests


def form_list() -> str:
    """The list as it is written."""
    return "".join("\t".join(row) + "\n" for row in (HEAD, *list_originals()))


def main(words: list[str], where: Path = LIST) -> int:
    """Write the list, or hold the files against it; the exit status."""
    if words != ["--check"]:
        where.write_text(form_list(), "utf8")
        return 0
    wrong = set(form_list().splitlines()) ^ set(where.read_text("utf8").splitlines())
    for name in sorted({line.partition("\t")[0] for line in wrong}):
        print(f"{name}: not as it is listed")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
