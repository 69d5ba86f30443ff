"""From one ledger to another, whatever each is kept in: a file, a database, or JSON Lines to hand on."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import IO, cast

from sayso.files import replace_whole
from sayso.ledger.entries import list_entries
from sayso.ledger.errors import LedgerError
from sayso.ledger.ledgers import Ledger, open_ledger
from sayso.ledger.lines import is_copy, is_lines, read_lines, write_lines
from sayso.ledger.merges import Copied, find_lacking, take_in
from sayso.ledger.patience import HASTE, Patience
from sayso.record import Problem


def copy_ledger(source: str, target: str, copied: Copied, patience: Patience = HASTE) -> Iterator[Problem]:
    """Copy what one ledger has got and the other lacks, and count it in `copied`; gives what cannot be copied.

    Each is a ledger's file or URL, or a file of JSON Lines (see `sayso.ledger.lines`), but not both of these. Such a
    file is written anew, whole or not at all. A ledger keeps what it has, so that copying twice adds nothing, and
    copying can be stopped and made again. `patience` is for a target that is away. Raises `LedgerError`, and OSError
    where a file cannot be written.
    """
    if is_lines(source) and is_lines(target):
        raise LedgerError(f"{source}, {target}: both are JSON Lines: one of the two is to be a ledger")
    if source == target:
        raise LedgerError(f"{source}: it cannot be copied to itself: name another ledger")
    if is_lines(source):
        lines = read_lines(source)
        first = list(islice(lines, 1))  # Before a ledger is made of what is no copy.
        with open_ledger(target, patience=patience) as taking:
            yield from take_in(taking, chain(first, lines), copied)
        return
    with open_ledger(source, create=False, strict=False) as kept:
        if is_lines(target):
            write_file(kept, Path(target), copied)
            return
        with open_ledger(target, patience=patience) as taking:
            yield from take_in(taking, list_entries(kept, choose_lacking(taking, copied)), copied)


def choose_lacking(taking: Ledger, copied: Copied) -> Callable[[str, dict[str, datetime]], Collection[str]]:
    """What chooses the entries that a ledger lacks, and counts the others."""

    def choose(table: str, keys: dict[str, datetime]) -> Collection[str]:
        lacking = taking._patience.try_on(lambda: find_lacking(taking, table, keys))
        copied.known += len(keys) - len(lacking)
        return lacking

    return choose


def write_file(kept: Ledger, path: Path, copied: Copied) -> None:
    """Write a ledger as JSON Lines, packed by gzip where the file's name says so. Raises `LedgerError` where the file
    is there and is no such copy."""
    if path.exists() and path.stat().st_size and not is_copy(str(path)):
        raise LedgerError(f"{path}: it is there, and no copy of a ledger: name another file")
    with replace_whole(path) as file:
        if path.suffix == ".gz":
            # Without a moment of its own, so that the same ledger gives the same file.
            with gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as packed:
                write_lines(list_entries(kept), cast(IO[bytes], packed), copied.new)
        else:
            write_lines(list_entries(kept), file, copied.new)
