"""Checking a package without its ledger: whatever can be made anew is made anew and compared.

The hashes are those of the head, the wrapping is made once more, and so is the zip around it. Then what the files say
is held against itself: ids against content, spans against texts, the records of conversion against both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sayso.errors import Error
from sayso.record import Problem
from sayso.share.evidence.heads import HEAD, LARGEST_HEAD, STAMP, Head, dump_head, load_head
from sayso.share.evidence.insides import check_insides
from sayso.share.evidence.openings import Opened, open_package
from sayso.share.evidence.parts import Measure, measure
from sayso.share.evidence.timestamps import LARGEST_STAMP
from sayso.share.evidence.wrappings import DATAPACKAGE, PAYLOAD, Form, name_top, wrap

MOST_NAMED = 100
"""Faults that are told of one package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPackage:
    """What became of checking a package: its head, its root hash, the bytes of its time stamp (empty where there is
    none), and what is wrong with it; nothing wrong means that it is whole."""

    head: Head
    root: str
    head_bytes: bytes
    stamp: bytes
    problems: tuple[Problem, ...]


def check_package(path: Path) -> CheckedPackage:
    """Check every byte of a package. Raises `Error` where it is none of sayso's, or only half of one."""
    with open_package(path) as opened:
        form = recognise(path, opened)
        folder = PAYLOAD if form == "bagit" else ""
        if folder + HEAD not in opened.paths:
            raise Error(f"{path}: a package of another tool, or half of one: {folder}{HEAD} is not in it")
        if opened.size(folder + HEAD) > LARGEST_HEAD:
            raise Error(f"{path}: its head is larger than any that sayso writes")
        content = opened.read(folder + HEAD)
        try:
            head = load_head(content)
        except ValueError as error:
            raise Error(f"{path}: {error}") from None
        faults = list(islice(list_faults(opened, form, head, content), MOST_NAMED))
        stamped = folder + STAMP in opened.paths and opened.size(folder + STAMP) <= LARGEST_STAMP
        stamp = opened.read(folder + STAMP) if stamped else b""
    return CheckedPackage(
        head=head,
        root=hashlib.sha256(content).hexdigest(),
        head_bytes=content,
        stamp=stamp,
        problems=tuple(Problem(step="verify", input=f"{path}: {where}", message=what) for where, what in faults),
    )


def recognise(path: Path, opened: Opened) -> Form:
    """What a package is wrapped into. Raises `Error` where it is nothing that sayso makes."""
    if "bagit.txt" in opened.paths:
        return "bagit"
    if DATAPACKAGE in opened.paths:
        return "wacz"
    raise Error(f"{path}: no package of evidence: neither bagit.txt nor {DATAPACKAGE} is in it")


def list_faults(opened: Opened, form: Form, head: Head, content: bytes) -> Iterator[tuple[str, str]]:
    """All that is wrong with a package: where, and what. `content` is the head as it lies there."""
    if dump_head(head) != content:
        yield HEAD, "it is not as sayso writes it: it was changed"
    if opened.top and opened.top != name_top(content):
        yield opened.top, "the folder in the zip has another name than sayso gives it"
    folder = PAYLOAD if form == "bagit" else ""
    listed = {file.path: file for file in head.files}
    own = {HEAD, STAMP, *listed}
    measures = []
    for path in sorted(own):
        if folder + path not in opened.paths:
            if path != STAMP:
                yield path, "it is missing"
            continue
        if path == STAMP and opened.size(folder + path) > LARGEST_STAMP:
            yield path, "it is longer than a time stamp"
            continue
        if path in listed and opened.size(folder + path) != listed[path].bytes:
            yield path, "it has more or fewer bytes than the head says: it was changed"
            continue
        try:
            found = measure(path, opened.read(folder + path))
        except OSError as error:
            yield path, f"it cannot be read: {error.strerror or error}"
            continue
        measures.append(found)
        if path in listed and found.sha256 != listed[path].sha256:
            yield path, "its bytes have another hash than the head says: it was changed"
    yield from compare_wrapping(opened, form, head, measures, {folder + path for path in own})
    yield from opened.list_faults()
    yield from check_insides(head, lambda path: opened.read(folder + path))


def compare_wrapping(
    opened: Opened, form: Form, head: Head, measures: list[Measure], own: set[str]
) -> Iterator[tuple[str, str]]:
    """What is around the files of a package against what should be; `own` are the files of the package."""
    wrapping = wrap(form, head, measures)
    for path, expected in wrapping.files.items():
        if path not in opened.paths:
            yield path, "it is missing"
        elif opened.size(path) != len(expected) or opened.read(path) != expected:
            yield path, "it does not fit the files: it was changed, or they were"
    for path in sorted(opened.paths):
        if path not in own and path not in wrapping.files:
            yield path, "the head does not list it: it was added"
