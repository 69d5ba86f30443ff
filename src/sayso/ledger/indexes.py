"""Holding the index of words against the reports that it was made of.

In SQLite it keeps no texts, so that of each report a sum over all words at their places is compared, which is the same
in whatever order they come. In PostgreSQL its rows are made anew.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select, text

from sayso.ledger.searches import LONGEST, TOKENIZER, join, list_stems
from sayso.ledger.tables import clean_words, readings, reports
from sayso.record import Report

Finding = tuple[str, str]
Words = tuple[int, tuple[str, str]]
"""The number of a reading, and the title and the text that are indexed under it."""
MASK = (1 << 64) - 1
CHANGED = "the index of words says otherwise than the report: `sayso copy` into a new ledger makes it anew"


def check_words(connection: Connection) -> Iterator[Finding]:
    """Each report that was read is indexed by its words, and nothing else is."""
    check = check_sqlite if connection.dialect.name == "sqlite" else check_postgresql
    for number, message in check(connection):
        yield f"reading {number}", message


def list_words(connection: Connection) -> Iterator[Words]:
    """What is to be indexed, by the number of each report's first reading. A body that is no report is passed over:
    that is told elsewhere."""
    firsts = (
        select(func.min(readings.c.number).label("number"), readings.c.report).group_by(readings.c.report).subquery()
    )
    asked = select(firsts.c.number, reports.c.body).join(reports, reports.c.digest == firsts.c.report)
    for number, body in connection.execute(asked.execution_options(yield_per=50)):
        try:
            report = msgspec.json.decode(body, type=Report)
        except (msgspec.MsgspecError, TypeError, ValueError, RecursionError):
            continue
        yield number, (clean_words(report.title), clean_words(report.text[:LONGEST]))


def check_sqlite(connection: Connection) -> Iterator[tuple[int, str]]:
    """SQLite's: the words of each number, and the numbers that it counts."""
    connection.execute(text("DROP TABLE IF EXISTS temp.kept_words"))
    connection.execute(text("CREATE VIRTUAL TABLE temp.kept_words USING fts5vocab(main, report_words, instance)"))
    kept = defaultdict[int, int](int)
    for term, number, column, offset in connection.execute(text("SELECT term, doc, col, offset FROM temp.kept_words")):
        kept[number] = (kept[number] + hash((term, column, offset))) & MASK
    counted = set(connection.execute(text("SELECT rowid FROM report_words")).scalars())
    connection.execute(text("DROP TABLE temp.kept_words"))
    scratch = sqlite3.connect(":memory:", isolation_level=None)
    scratch.execute(f"CREATE VIRTUAL TABLE texts USING fts5(title, words, tokenize='{TOKENIZER}')")
    scratch.execute("CREATE VIRTUAL TABLE made USING fts5vocab(texts, instance)")
    for number, words in list_words(connection):
        scratch.execute("INSERT INTO texts (rowid, title, words) VALUES (1, ?, ?)", words)
        made = sum(hash(row) for row in scratch.execute("SELECT term, col, offset FROM made")) & MASK
        scratch.execute("DELETE FROM texts")
        if kept.pop(number, 0) != made or number not in counted:
            yield number, CHANGED
        counted.discard(number)
    scratch.close()
    for number in sorted(kept.keys() | counted):
        yield number, "the index of words has words of no report"


def check_postgresql(connection: Connection) -> Iterator[tuple[int, str]]:
    """PostgreSQL's: the row of each number."""
    asked = text("SELECT title, stems, tsvector_to_array(words) AS words FROM report_words WHERE number = :number")
    known = set(connection.execute(text("SELECT number FROM report_words")).scalars())
    for number, (title, words) in list_words(connection):
        heads, stems = list_stems(title), list_stems(words)
        row: Any = connection.execute(asked, {"number": number}).first()
        known.discard(number)
        made = (join(heads), join(stems), sorted({*heads, *stems}))
        if row is None or (row.title, row.stems, sorted(row.words)) != made:
            yield number, CHANGED
    for number in sorted(known):
        yield number, "the index of words has words of no report"
