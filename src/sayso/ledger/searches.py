"""Finding the reports that hold some words, by the database's own index: SQLite's FTS5 or PostgreSQL's text search.

Both find and rank alike. Words are those that SQLite's tokenizer makes, on PostgreSQL too: it stems English, so that
"strike" finds "strikes". Reports are ranked by which phrases of the search they hold: each counts by how rare it is
among the reports (its inverse document frequency, as in Robertson and Spärck Jones, 1976), and once more in the title;
of two that fit as well the newer goes first. The index is made of what is kept and holds nothing else.
"""

from __future__ import annotations

import math
import re
import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    cast,
    column,
    false,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    table,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from sayso.ledger.tables import clean_words, readings, reports
from sayso.record import Report

LONGEST = 200_000
"""Code points of a report that are indexed: PostgreSQL's vectors end at a megabyte."""
LONGEST_WORD = 500
"""Code points of a word that count: PostgreSQL's words end at two thousand bytes."""
TOKENIZER = "porter unicode61 remove_diacritics 2"
"""How FTS5 makes words of text: https://www.sqlite.org/fts5.html#tokenizers"""
TERM = re.compile(r'(-?)"([^"]*)"?|(-?)([^\s"]+)')
WORD = re.compile(r"\w+")
MOST_TERMS = 64
SHARE = 1000
"""What a phrase counts for is a whole number of such shares: sums of these are the same in every order."""


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for: phrases that a report must hold, any one of which it must hold, or may not hold."""

    required: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    either: tuple[str, ...] = ()


def parse_search(words: str) -> Search:
    """The search that a user's words ask for: all of them, "several" in quotation marks together, none after a minus.

    Raises `ValueError` where no word is left to look for.
    """
    required: list[str] = []
    excluded: list[str] = []
    for minus, phrase, hyphen, word in TERM.findall(words):
        found = " ".join(WORD.findall(phrase or word))
        if found:
            (excluded if minus or hyphen else required).append(found)
    if not required:
        raise ValueError(f"{words!r} names no word to look for")
    return Search(tuple(required[:MOST_TERMS]), tuple(excluded[:MOST_TERMS]))


_scratch = threading.local()


def list_stems(words: str) -> list[str]:
    """The words of a text as the index has them, in their order: those that FTS5 makes of it."""
    if not hasattr(_scratch, "database"):
        _scratch.database = sqlite3.connect(":memory:", isolation_level=None)
        _scratch.database.execute(f"CREATE VIRTUAL TABLE texts USING fts5(words, tokenize='{TOKENIZER}')")
        _scratch.database.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(texts, instance)")
    database: sqlite3.Connection = _scratch.database
    database.execute("INSERT INTO texts VALUES (?)", (clean_words(words),))
    found = [stem[:LONGEST_WORD] for (stem,) in database.execute("SELECT term FROM stems ORDER BY offset")]
    database.execute("DELETE FROM texts")
    return found


def index_report(connection: Connection, number: int, report: Report) -> None:
    """Index a report's title and text under the number of its first reading."""
    title, words = clean_words(report.title), clean_words(report.text[:LONGEST])
    if connection.dialect.name == "sqlite":
        statement = text("INSERT INTO report_words (rowid, title, words) VALUES (:number, :title, :words)")
        connection.execute(statement, {"number": number, "title": title, "words": words})
        return
    heads, stems = list_stems(title), list_stems(words)
    statement = text(
        "INSERT INTO report_words (number, words, title, stems) "
        "VALUES (:number, array_to_tsvector(CAST(:words AS text[])), :title, :stems)"
    )
    values = {"number": number, "words": sorted({*heads, *stems}), "title": join(heads), "stems": join(stems)}
    connection.execute(statement, values)


def join(stems: list[str]) -> str:
    """Words in a row, each between spaces."""
    return f" {' '.join(stems)} "


INDEXES = {
    "sqlite": table("report_words", column("rowid"), column("report_words")),
    "postgresql": table("report_words", column("number"), column("words", TSVECTOR), column("title"), column("stems")),
}
"""The table of each database, in which what matters of it is; its first column is the number of a reading."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of a search, as conditions on a row of the index: whether the report holds it, and its title does."""

    held: ColumnElement[bool]
    titled: ColumnElement[bool]


def find_phrases(dialect: str, phrases: Iterable[str]) -> list[Phrase]:
    """The phrases that have a word."""
    split = [(phrase, list_stems(phrase)) for phrase in dict.fromkeys(phrases)]
    make = make_sqlite if dialect == "sqlite" else make_postgresql
    return [make(phrase, stems) for phrase, stems in split if stems]


def make_sqlite(phrase: str, _: list[str]) -> Phrase:
    """A phrase in the words of FTS5 (https://www.sqlite.org/fts5.html#full_text_query_syntax)."""
    index = INDEXES["sqlite"]

    def match(query: str) -> ColumnElement[bool]:
        matching = select(index.c.rowid).where(literal_column("report_words").op("MATCH")(query))
        return index.c.rowid.in_(matching.correlate(None))

    return Phrase(match(f'"{phrase}"'), match(f'title : "{phrase}"'))


def make_postgresql(_: str, stems: list[str]) -> Phrase:
    """A phrase as all its words, which the index finds, and these in a row."""
    index, row = INDEXES["postgresql"].c, join(stems)
    query = " & ".join(f"'{stem}'" for stem in dict.fromkeys(stems))
    titled = func.strpos(index.title, row) > 0
    held = index.words.op("@@")(cast(query, TSQUERY))
    return Phrase(and_(held, or_(titled, func.strpos(index.stems, row) > 0)) if len(stems) > 1 else held, titled)


def select_found(dialect: str, search: Search) -> Select[tuple[str]]:
    """The digests of the reports that a search finds, in no order."""
    index = INDEXES[dialect]
    required, either = (find_phrases(dialect, phrases) for phrases in (search.required, search.either))
    wanted = [phrase.held for phrase in required]
    if search.either:
        wanted.append(or_(false(), *(phrase.held for phrase in either)))
    unwanted = [not_(phrase.held) for phrase in find_phrases(dialect, search.excluded)]
    lost = len(required) < len(set(search.required)) or not wanted  # A phrase without a word is held by none.
    found = select(readings.c.report).select_from(index).join(readings, readings.c.number == next(iter(index.c)))
    return found.where(and_(*wanted, *unwanted, false() if lost else true()))


def rank_found(connection: Connection, search: Search, most: int) -> list[str]:
    """The digests of the reports that a search finds, the `most` that fit best, the best first."""
    dialect = connection.dialect.name
    index = INDEXES[dialect]
    total = connection.execute(select(func.count()).select_from(index)).scalar_one()
    fit: ColumnElement[int] = literal(0)
    for phrase in find_phrases(dialect, (*search.required, *search.either)):
        holding = connection.execute(select(func.count()).select_from(index).where(phrase.held)).scalar_one()
        rare = round(SHARE * math.log(1 + (total - holding + 0.5) / (holding + 0.5)))
        fit = fit + case((phrase.held, rare), else_=0) + case((phrase.titled, rare), else_=0)
    found = select_found(dialect, search).join(reports, reports.c.digest == readings.c.report)
    newest_first = (reports.c.published.is_(None), reports.c.published.desc(), reports.c.digest)
    return list(connection.execute(found.order_by(fit.desc(), *newest_first).limit(most)).scalars())
