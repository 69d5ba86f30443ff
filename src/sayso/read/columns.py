"""Which column of a table holds what of a report: by its name, as people and programs call it, and by what is in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from sayso.read.day_orders import find_day_order, order_day
from sayso.tables import load_toml

Row = Mapping[str, str]
FIELDS = ("text", "title", "outlet", "author", "published", "time", "url", "language", "id")
"""The fields of a report that a column may hold."""
FEWEST_WORDS = 4
"""Words of the usual text in a column that is called one of texts: a column of codes and names is none."""
MANY_WORDS = 12
"""Words of the usual text in a column of texts whose name says nothing."""
FEWEST_FILLED = 0.2
"""The share of rows that have a text."""
FEWEST_COLUMNS = 3
"""Columns by whose names alone a text is a table."""
SAMPLE = 500
"""Rows that are looked at."""
LONGEST_NAME = 30
"""Characters of a column's name that a message shows."""
_DAY = re.compile(r"^\s*(\d{1,4})[./-](\d{1,2})[./-](\d{2,4})(?!\d)")
_WORDS = re.compile(r"[\s_-]+")
_OTHER_DAYS = frozenset(
    "event incident start end birth access accessed retrieved crawl crawled collected added modified updated".split()
)
_ADDRESS = re.compile(r"\s*https?://\S+\s*", re.IGNORECASE)


class ColumnsError(ValueError):
    """The words of an option that names columns cannot be understood. The message says why."""


def parse_columns(words: str) -> dict[str, str]:
    """The columns that an option names, by the fields that they hold: "text=Hit Sentence,outlet=Media Outlet"; raises
    `ColumnsError`."""
    chosen = {}
    for pair in filter(None, (part.strip() for part in words.split(","))):
        field, equals, name = (part.strip() for part in pair.partition("="))
        if not equals or not name or field not in FIELDS:
            raise ColumnsError(f'"{pair}" is no FIELD=COLUMN; a field is one of {", ".join(FIELDS)}')
        chosen[field] = name
    return chosen


def guess_columns(names: Sequence[str], rows: Sequence[Row], chosen: Mapping[str, str]) -> dict[str, str]:
    """The columns of a table by the fields that they hold. What is `chosen` goes before what is guessed; raises
    `ColumnsError` where the table has no such column."""
    known = {_fold(name): name for name in names}
    found = {}
    for field, name in chosen.items():
        if _fold(name) not in known:
            raise ColumnsError(f'it has no column "{name}" (it has: {", ".join(map(show_name, names[:12]))})')
        found[field] = known[_fold(name)]
    for field in FIELDS:
        if field not in found:
            taken = set(found.values())
            fitting = (n for n in _find_named(field, known) if n not in taken and _fits(field, n, rows))
            name = next(fitting, "")
            if not name and field == "text":
                name = _find_longest([n for n in names if n not in taken], rows)
            if name:
                found[field] = name
    return found


def _find_named(field: str, known: Mapping[str, str]) -> list[str]:
    """The columns that are called as such a field is, the likeliest first; longer names that end so ("article text")
    come last. The day of an event, or on which a page was fetched, is not that of its report."""
    called = load_names()[field]
    whole = [known[name] for name in called if name in known]
    long = [
        n
        for folded, n in known.items()
        for name in called
        if len(name) > 3 and folded.endswith(f" {name}") and folded.split()[0] not in _OTHER_DAYS
    ]
    return list(dict.fromkeys([*whole, *long]))


def _fits(field: str, name: str, rows: Sequence[Row]) -> bool:
    """Whether what is in a column is what the field holds, where that can be told."""
    values = [value for row in rows[:SAMPLE] if (value := (row.get(name) or "").strip())]
    if field == "text":
        return count_words(values) >= FEWEST_WORDS and len(values) >= FEWEST_FILLED * len(rows[:SAMPLE])
    if field == "url":
        return not values or any(_ADDRESS.fullmatch(value) for value in values)
    if field in ("outlet", "author"):
        return not values or not all(_ADDRESS.fullmatch(value) or value.isdigit() for value in values)
    return True


def _find_longest(names: Sequence[str], rows: Sequence[Row]) -> str:
    """The column whose usual value has the most words, where those are many; "" where none has."""
    sizes = {name: count_words([v for row in rows[:SAMPLE] if (v := (row.get(name) or "").strip())]) for name in names}
    longest = max(names, key=lambda name: sizes[name], default="")
    return longest if longest and sizes[longest] >= MANY_WORDS else ""


def count_words(values: Sequence[str]) -> int:
    """The words of the usual one of some texts: the median."""
    sizes = sorted(len(value.split()) if " " in value else len(value) // 8 for value in values)
    return sizes[len(sizes) // 2] if sizes else 0


def explain_columns(found: Mapping[str, str], names: Sequence[str]) -> str:
    """How a table is read, in one line."""
    told = ", ".join(f'{field} from "{show_name(found[field])}"' for field in FIELDS if field in found)
    rest = len([name for name in names if name not in found.values()])
    others = f"; {rest} other columns are left out" if rest > 1 else "; one other column is left out" if rest else ""
    return f"a table: {told}{others}; name others by --columns text=NAME,outlet=NAME"


def show_name(name: str) -> str:
    """The name of a column as a message shows it: in one line, the first words of a long one."""
    return " ".join(name[:LONGEST_NAME].split())


def is_headed(line: str) -> bool:
    """Whether a line names the columns of a table of reports, three or more apart by one mark, in whatever file."""
    for mark in ("\t", ",", ";", "|"):
        cells = [_fold(cell.strip(" \"'")) for cell in line.split(mark)]
        if len(cells) >= FEWEST_COLUMNS:
            known = {field for field in FIELDS for cell in cells if cell in load_names()[field]}
            return "text" in known and len(known) >= FEWEST_COLUMNS
    return False


def date_rows(rows: Sequence[Row], column: str) -> list[str]:
    """The days of a column, day and month told apart for the whole of it; as they are where nothing tells, or where
    they are written in another way."""
    values = [(row.get(column) or "").strip() for row in rows]
    matches = [_DAY.match(value) for value in values]
    order = find_day_order([_numbers(match) for match in matches if match])
    return [_rewrite(value, match, order) for value, match in zip(values, matches, strict=True)]


def _rewrite(value: str, match: re.Match[str] | None, order: str) -> str:
    if match is None or not order:
        return value
    year, month, day = order_day(_numbers(match), order)
    return f"{year:04}-{month:02}-{day:02}{value[match.end() :]}"


def _numbers(match: re.Match[str]) -> tuple[int, int, int]:
    return int(match[1]), int(match[2]), int(match[3])


def _fold(name: str) -> str:
    return _WORDS.sub(" ", name.strip().casefold())


@cache
def load_names() -> dict[str, tuple[str, ...]]:
    """The names of columns, folded, by the field that they hold."""
    return {field: tuple(dict.fromkeys(map(_fold, load_toml("sheet_columns.toml")[field]))) for field in FIELDS}
