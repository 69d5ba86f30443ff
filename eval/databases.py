"""Whether SQLite and PostgreSQL tell the same: every view of a ledger in each, as it is and as it was, to the letter.

    python eval/databases.py [LEDGER|REPORTS ...]

Of each ledger (or of reports, which are read first; without any, of the examples) there are then: itself, a copy in a
PostgreSQL server that is started for it, a copy of that through JSON Lines, and its two halves kept apart, one in each
database, and merged again. Prints how many views were compared; ends with status 1 where any differs.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from servers import Server, run_server

from sayso.api.ledgers import OpenLedger
from sayso.api.narrowings import Narrowing
from sayso.journey import add_all, check
from sayso.ledger import Ledger, Search, open_ledger, parse_search
from sayso.ledger.entries import Entry, list_entries
from sayso.ledger.merges import Copied, take_in
from sayso.ledger.transfers import copy_ledger
from sayso.tell.checked import list_flags
from sayso.tell.views import VIEWS

EXAMPLES = Path(__file__).parents[1] / "examples"
MOST_ARTICLES = 5
"""Reports of a ledger that are checked against it, as if they were articles."""
MOST_WORDS = 12
"""Searches that are made, each for words of a report's title."""


def show_all(ledger: Ledger, thorough: bool) -> Iterator[tuple[str, str]]:
    """The name and the JSON of each thing that can be asked of a ledger: as it is and as it was held once, or, if that
    is to be `thorough`, as it was known and held at several moments."""
    readings = ledger.readings()
    moments = sorted(r.report.published for r in readings if r.report.published)
    entered = sorted({j.entered for j in ledger.judgements() if j.entered})
    past = [moments[len(moments) * part // 4] for part in (1, 2, 3)] if moments else []
    asked = OpenLedger(ledger)
    narrowings: list[Narrowing] = [{}, *(Narrowing(held_at=moment) for moment in entered[: 3 if thorough else 1])]
    narrowings += [Narrowing(as_of=moment) for moment in past if thorough]
    for narrowing in narrowings:
        named = ", ".join(f"{name} {moment}" for name, moment in narrowing.items())
        for view in VIEWS:
            yield f"{view} {named}", asked.view(view, **narrowing).render("json")
        yield f"brief {named}", asked.brief(**narrowing).render("json").decode()
        if past:
            yield f"changes {named}", asked.changes(past[0], **narrowing).render("json")
    for reading in readings[:MOST_WORDS]:
        words = " ".join((reading.report.title or reading.report.text).split()[:2])
        yield f"search {words}", json.dumps(list(search(ledger, words)))
    for reading, found in zip(readings, check(ledger, readings[: MOST_ARTICLES if thorough else 1]), strict=False):
        yield f"check {reading.report.id}", json.dumps(list_flags(found), default=str)
    yield "versions", json.dumps(sorted(ledger.versions().items()))


def search(ledger: Ledger, words: str) -> Iterator[list[str]]:
    """The digests of the reports that hold some words, all of them or any."""
    try:
        asked = parse_search(words)
    except ValueError:
        return
    for about in (asked, Search(either=asked.required)):
        yield ledger.search(about, most=10)
        yield [reading.report.digest for reading in ledger.readings(about=about)]


def halve(ledger: Ledger, half: int) -> Iterator[Entry]:
    """The entries of a ledger about every second report; judgements and assessments as a whole."""
    for entry in list_entries(ledger):
        about = entry.row.get("digest") or entry.row.get("report")
        if about is None or int(about, 16) % 2 == half:
            yield entry


def make_copies(where: str, server: Server, folder: Path) -> Iterator[tuple[str, str]]:
    """The same ledger kept otherwise: how, and where."""
    in_postgres, through_lines, lines = server.make_database(), str(folder / "lines.db"), str(folder / "lines.jsonl.gz")
    halves, merged = (str(folder / "half.db"), server.make_database()), server.make_database()
    for source, target in ((where, in_postgres), (in_postgres, lines), (lines, through_lines)):
        copy(source, target)
    with open_ledger(where) as whole:
        for half, place in enumerate(halves):
            with open_ledger(place) as ledger:
                list(take_in(ledger, halve(whole, half), Copied()))  # What is judged of the other half has no place.
        for source in reversed(halves):
            copy(source, merged)
        with open_ledger(merged) as ledger:  # What is judged of both halves at once.
            list(take_in(ledger, (e for e in list_entries(whole) if e.table == "judgements"), Copied()))
    yield "in PostgreSQL", in_postgres
    yield "through JSON Lines", through_lines
    yield "halved and merged", merged


def copy(source: str, target: str) -> None:
    """Copy a ledger. Raises `RuntimeError` where something of it cannot be copied."""
    for problem in copy_ledger(source, target, Copied()):
        raise RuntimeError(f"{problem.input}: {problem.message}")


def compare(where: str, server: Server, thorough: bool = True) -> tuple[int, list[str]]:
    """How many views were compared, and which of which copy differ; see `show_all`."""
    with tempfile.TemporaryDirectory() as folder:
        with open_ledger(where) as ledger:
            expected = dict(show_all(ledger, thorough))
        compared, different = 0, []
        for how, place in make_copies(where, server, Path(folder)):
            with open_ledger(place) as ledger:
                found = dict(show_all(ledger, thorough))
                different += [f"{how}: verify: {problem.input}: {problem.message}" for problem in ledger.verify()]
            compared += len(found)
            different += [
                f"{how}: {name}" for name in expected.keys() | found.keys() if expected.get(name) != found.get(name)
            ]
    return compared, sorted(different)


def main() -> int:
    """Compare, and print."""
    failed = False
    with run_server() as server, tempfile.TemporaryDirectory() as folder:
        for name in sys.argv[1:] or [str(EXAMPLES)]:
            where = name
            if not name.endswith(".db"):
                where = str(Path(folder) / "read.db")
                with open_ledger(where) as ledger:
                    add_all(ledger, [name])
            compared, different = compare(where, server)
            print(f"{name}: {compared} views compared, {len(different)} differ")
            for view in different:
                print(f"  {view}")
            failed = failed or bool(different)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
