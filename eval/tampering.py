"""What `sayso verify --head` notices of what is done to a ledger behind sayso's back, triggers dropped or not.

Two kinds of tries, each on a fresh copy of one ledger with a head noted down before:

- single changes: a byte of the file, or a column of a row of the record; what changes nothing that is read (free pages,
  padding) is not counted;
- judgements and forecasts: forged, edited, removed, put in another order; half of them by somebody who makes the whole
  chain anew afterwards.

    python eval/tampering.py --tries 1000 --judged 200 --seed 1
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, select

from sayso.errors import Error
from sayso.extract import VERSION, read_report
from sayso.ledger import Ledger, open_ledger
from sayso.ledger.chains import START, Head, join_link
from sayso.ledger.engines import make_engine
from sayso.ledger.rows import (
    assessment_of_row,
    identify_assessment,
    identify_judgement,
    judgement_of_row,
    row_of_assessment,
    row_of_judgement,
)
from sayso.ledger.tables import KEYS, RECORD, assessments, chain, claims, judgements, metadata
from sayso.record import Raw, Report

BEGUN = datetime(2026, 3, 1, tzinfo=UTC)
WORDS = "mayor river bridge army convoy village houses people soldiers dam ministry shelter".split()
Rows = list[dict[str, object]]


def make_ledger(path: Path, reports: int, rng: random.Random) -> Head:
    """A ledger with some real readings, judged and forecast; its head."""
    moments = iter(BEGUN + timedelta(minutes=n) for n in range(1_000_000))
    with open_ledger(str(path), clock=lambda: next(moments)) as ledger:
        for number in range(reports):
            add_report(ledger, number, rng)
        digests = [heading[0] for heading in ledger.headings()]
        made = [ledger.retract(digest, by=rng.choice(["ana", "bo"]), reason="a hoax") for digest in digests[::3]]
        for judgement in made[::2]:
            ledger.judge("undo", judgement.id, by="cem", reason="it holds")
        asked = [ledger.assess("question", {"text": f"Will dam {n} hold?"}, by="ana") for n in range(4)]
        for n in range(5 * len(asked)):
            ledger.assess("forecast", {"probability": rng.random()}, by=f"f{n % 5}", about=asked[n % 4].id)
        return ledger.head()


def add_report(ledger: Ledger, number: int, rng: random.Random) -> None:
    """A report with its bytes and its reading."""
    words = " ".join(rng.choice(WORDS) for _ in range(30))
    text = f"The mayor of Rioja said on {1 + number % 28} May 2024 that {rng.randint(2, 900)} people died. {words}."
    content = text.encode()
    raw = Raw(
        sha256=hashlib.sha256(content).hexdigest(), content=content, name=f"r{number}.txt", media_type="text/plain"
    )
    ledger.add_raw(raw)
    report = Report(id=f"r{number}", text=text, outlet=f"Outlet {number % 5}", title=f"Day {number}", language="en",
                    author="Rosa", raw=raw.sha256, retrieved=BEGUN, published=BEGUN)  # fmt: skip
    ledger.add_reading(read_report(report), extractor=VERSION)


def dump_read(path: Path) -> object:
    """All that sayso reads of a file: its schema, every row of its tables, its index of words. What cannot be read is
    something else."""
    try:
        engine = make_engine(str(path), create=False, wait_seconds=1)
        with engine.connect() as connection:
            rows = {t.name: sorted(map(repr, connection.execute(select(t)))) for t in metadata.tables.values()}
            schema = connection.exec_driver_sql(
                "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2"
            ).all()
            version = connection.exec_driver_sql("SELECT * FROM sayso_version").all()
            connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.w USING fts5vocab(main, report_words, instance)")
            words = sorted(map(repr, connection.exec_driver_sql("SELECT * FROM temp.w")))
            counted = connection.exec_driver_sql("SELECT rowid FROM report_words").all()
            asked = ask_indexes(connection)
        engine.dispose()
    except Exception as error:
        return f"unreadable: {type(error).__name__}"
    return repr((rows, schema, version, words, counted, asked))


def ask_indexes(connection: Connection) -> list[object]:
    """What sayso finds by indexes."""
    found: list[object] = []
    for table, key in (*KEYS.items(), ("claims", claims.c.seat)):
        source = metadata.tables[table]
        values = connection.execute(select(key).select_from(source)).scalars().all()
        found.extend(len(connection.execute(select(key).where(key == value)).all()) for value in values)
    return found


def notice(path: Path, head: Head) -> str:
    """By what a change is noticed: the first thing that is said, without its numbers; "" where nothing is."""
    try:
        with open_ledger(str(path), create=False, strict=False) as ledger:
            for problem in ledger.verify(head):
                return problem.message[:60]
            told = [one for one in ledger.standings() if one.state in ("unsigned", "foreign", "forged")]
            return f"its signature: {told[0].state}" if told else ""
    except Error:
        return "refused at opening"


def change_byte(path: Path, rng: random.Random) -> None:
    """One byte of the file is another."""
    content = bytearray(path.read_bytes())
    at = rng.randrange(len(content))
    content[at] ^= rng.randrange(1, 256)
    path.write_bytes(content)


def open_unkept(path: Path) -> sqlite3.Connection:
    """The file as an editor of it opens it, its triggers dropped."""
    editor = sqlite3.connect(path, isolation_level=None)
    editor.execute("PRAGMA foreign_keys = OFF")
    for name, _ in list_triggers(editor):
        editor.execute(f"DROP TRIGGER {name}")
    return editor


def list_triggers(editor: sqlite3.Connection) -> list[tuple[str, str]]:
    """The triggers, by name, with what makes them."""
    return editor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name").fetchall()


def change_row(path: Path, rng: random.Random) -> None:
    """One column of one row of the record, or of what is made of it, is another; or a row is removed."""
    with sqlite3.connect(path) as before:
        triggers = list_triggers(before)
    before.close()
    editor = open_unkept(path)
    table = rng.choice([*RECORD, claims, chain])
    rows = [id for (id,) in editor.execute(f"SELECT rowid FROM {table.name}")]
    if not rows:
        table = judgements
        rows = [id for (id,) in editor.execute("SELECT rowid FROM judgements")]
    row, column = rng.choice(rows), rng.choice(list(table.columns)).name
    if rng.random() < 0.15:
        editor.execute(f"DELETE FROM {table.name} WHERE rowid = ?", (row,))
    else:
        (value,) = editor.execute(f'SELECT "{column}" FROM {table.name} WHERE rowid = ?', (row,)).fetchone()
        editor.execute(f'UPDATE OR IGNORE {table.name} SET "{column}" = ? WHERE rowid = ?', (spoil(value, rng), row))
    put_back(editor, triggers, rng)


def spoil(value: object, rng: random.Random) -> object:
    """Another value of a kind with one."""
    if value is None:
        return rng.choice(["", "x", 0])
    if isinstance(value, int):
        return value + rng.choice([-1, 1])
    if isinstance(value, float):
        return value + 1
    if isinstance(value, bytes):
        at = rng.randrange(len(value))
        return value[:at] + bytes([value[at] ^ 1]) + value[at + 1 :]
    words = str(value)
    at = rng.randrange(len(words)) if words else 0
    return words[:at] + rng.choice("abc019") + words[at + 1 :]


def put_back(editor: sqlite3.Connection, triggers: list[tuple[str, str]], rng: random.Random) -> None:
    """Cover it: the triggers are there again, one time in two."""
    if rng.random() < 0.5:
        for _, sql in triggers:
            editor.execute(sql)
    editor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    editor.close()


# Judgements and forecasts, with ids that fit.


def forge(rows: Rows, table: str, rng: random.Random) -> None:
    """One more that nobody made."""
    refit(other := dict(rng.choice(rows)), table, by="mallory")
    rows.insert(rng.randrange(len(rows) + 1), other)


def edit(rows: Rows, table: str, rng: random.Random) -> None:
    """One says something else, under an id that fits."""
    refit(rng.choice(rows), table, by="eve")


def remove(rows: Rows, table: str, rng: random.Random) -> None:
    """One is gone."""
    rows.remove(rng.choice(rows))


def reorder(rows: Rows, table: str, rng: random.Random) -> None:
    """Two change places: when they were entered, too."""
    a, b = rng.sample(range(len(rows)), 2)
    rows[a]["entered"], rows[b]["entered"] = rows[b]["entered"], rows[a]["entered"]
    rows[a], rows[b] = rows[b], rows[a]


def refit(row: dict[str, object], table: str, by: str) -> None:
    """Another name, and the id that it makes."""
    row["by"] = by
    if table == "judgements":
        row["id"] = identify_judgement(judgement_of_row(row))
        row.update(row_of_judgement(judgement_of_row(row)))
    else:
        row["id"] = identify_assessment(assessment_of_row(row))
        row.update(row_of_assessment(assessment_of_row(row)))


WAYS: tuple[Callable[[Rows, str, random.Random], None], ...] = (forge, edit, remove, reorder)


def change_judged(path: Path, rng: random.Random, way: Callable[[Rows, str, random.Random], None]) -> None:
    """Do one of these to the file; one time in two the whole chain is made anew of what is there then."""
    with sqlite3.connect(path) as before:
        triggers = list_triggers(before)
    before.close()
    open_unkept(path).close()
    table = rng.choice([judgements, assessments])
    engine = make_engine(str(path), create=False, wait_seconds=1)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        links = connection.execute(select(chain).order_by(chain.c.position)).mappings().all()
        order = {link["key"]: link["position"] for link in links}
        rows = [dict(row) for row in connection.execute(select(table)).mappings()]
        rows.sort(key=lambda row: order[row["id"]])
        way(rows, table.name, rng)
        connection.execute(table.delete())
        for row in rows:
            connection.execute(table.insert(), row)
        if rng.random() < 0.5:
            link_again(connection, [dict(link) for link in links], table.name, rows)
        connection.commit()
    engine.dispose()
    put_back(sqlite3.connect(path, isolation_level=None), triggers, rng)


def link_again(connection: Connection, links: Rows, table: str, rows: Rows) -> None:
    """Make the chain anew, the rows of one table in their new order where its links were."""
    connection.execute(chain.delete())
    head, waiting = Head(0, START), iter(rows)
    for row_table, row, entered in list_again(connection, links, table, waiting):
        link = join_link(head, row_table, row, entered)
        head = Head(link.position, link.head)
        connection.execute(chain.insert(), {name: getattr(link, name) for name in link.__slots__})


def list_again(
    connection: Connection, links: Rows, table: str, waiting: Iterator[dict[str, object]]
) -> Iterator[tuple[str, dict[str, object], datetime]]:
    """The rows in the order of the new chain."""
    last = BEGUN
    for link in links:
        last, name = link["entered"], str(link["in_table"])  # type: ignore[assignment]
        if name == table:
            row = next(waiting, None)
        else:
            source = metadata.tables[name]
            found = connection.execute(select(source).where(KEYS[name] == link["key"])).mappings().first()
            row = dict(found) if found else None
        if row is not None:
            yield name, row, last
    yield from ((table, row, last) for row in waiting)


def measure(tries: int, judged: int, reports: int, seed: int) -> bool:
    """Make the tries and print the figures; whether all that changes anything read was noticed."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        whole, copy = Path(folder) / "whole.db", Path(folder) / "copy.db"
        head = make_ledger(whole, reports, rng)
        before = dump_read(whole)
        if said := notice(whole, head):
            raise SystemExit(f"the ledger is not whole before it is touched: {said}")
        changes: list[tuple[str, int, Callable[[Path, random.Random], None]]] = [
            ("bytes", tries // 2, change_byte),
            ("rows", tries - tries // 2, change_row),
            *(
                (f"judged: {way.__name__}", judged // len(WAYS), lambda path, r, way=way: change_judged(path, r, way))
                for way in WAYS
            ),
        ]
        missed = 0
        for name, count, change in changes:
            seen: Counter[str] = Counter()
            for number in range(count):
                shutil.copyfile(whole, copy)
                change(copy, rng)
                if dump_read(copy) == before:
                    seen["nothing read changed"] += 1
                    continue
                said = notice(copy, head)
                seen["noticed" if said else "MISSED"] += 1
                if not said:
                    shutil.copyfile(copy, Path(tempfile.gettempdir()) / f"missed-{name.split()[-1]}-{number}.db")
            missed += seen["MISSED"]
            told = ", ".join(f"{seen[key]} {key}" for key in ("noticed", "MISSED", "nothing read changed"))
            sys.stdout.write(f"{name}: {count} tries: {told}\n")
    return not missed


def main() -> None:
    """Parse the options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tries", type=int, default=1000, help="single changes, half of them bytes")
    parser.add_argument("--judged", type=int, default=200, help="tries on judgements and forecasts")
    parser.add_argument("--reports", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    raise SystemExit(0 if measure(given.tries, given.judged, given.reports, given.seed) else 1)


if __name__ == "__main__":
    main()
