"""What is passed over in a folder or an archive: files that are not meant as reports, counted by kind for remarks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from sayso.read.formats import SUFFIXES, named_suffix
from sayso.read.refusals import is_paper, name_kind
from sayso.record import Problem, Raw, Remark, Report

Item = Raw | Report | Problem | Remark
TABLES = ("sheet", "workbook")
NAMELESS = "files that no name says to be reports"
TEXTLESS = "files without a report"

MOST_KINDS, MOST_NAMES = 12, 3
"""Kinds that are told of what a folder holds besides reports, and files that are named of each."""


Place = tuple[int, ...]
"""Which file of an archive is meant: its number and, where it is an archive itself, that of the file in it."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A file that is passed over: its name, and the kind of what it is."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Begun:
    """That a file of an archive is begun: its place and its name."""

    place: Place
    name: str


Thing = Item | Passed | Begun


def name_passed(name: str, form: str) -> str:
    """What kind of file is passed over where it lies in a folder or an archive; "" for one that is meant to be a
    report: its name says so, or its bytes are of a kind that reports come in."""
    suffix = named_suffix(name)
    if form in ("markdown", "text", "page", "pdf", "rich text") and is_paper(name):
        return "papers beside reports, to be named where they are meant"
    if form in TABLES:
        return "tables, to be named where they are meant"
    if form == "listing":
        return "lists of addresses"
    if form in ("text", "markdown") and suffix not in SUFFIXES:
        return NAMELESS
    if form in ("packed", "binary", "other") and suffix not in SUFFIXES:
        return name_kind(suffix)
    return ""


def tell_passed(items: Iterable[Item | Passed], place: str) -> Iterator[Item]:
    """The items of a folder or an archive and, last, a remark for each kind of what was passed over in it."""
    passed: dict[str, list[str]] = defaultdict(list)
    for item in items:
        if isinstance(item, Passed):
            passed[item.kind].append(item.name)
        else:
            yield item
    kinds = sorted(passed.items(), key=lambda pair: -len(pair[1]))
    for kind, names in kinds[:MOST_KINDS]:
        shown = ", ".join(PurePath(name).name[:60] for name in names[:MOST_NAMES])
        more = ", ..." if len(names) > MOST_NAMES else ""
        yield Remark(step="tell_passed", input=place, message=f"passed over {kind} ({len(names):,}): {shown}{more}")
    if rest := sum(len(names) for _, names in kinds[MOST_KINDS:]):
        yield Remark(step="tell_passed", input=place, message=f"passed over files of other kinds ({rest:,})")
