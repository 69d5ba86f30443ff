"""Tables of events (ACLED, UCDP GED, GDELT): each row becomes a report of those who keep the table.

Its text is the row's own note or, where rows are of codes only, a sentence or two with its day, place, actors and
count. Whom the row names as its source is what the report cites; the day of an event is never that of its report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import urlsplit

from sayso.read.columns import Row, date_rows
from sayso.read.dates import parse_published
from sayso.read.reports import Content, Facts, make_report, name_site
from sayso.record import Problem, Report
from sayso.tables import load_toml

LAYOUTS = (
    ("ACLED", frozenset(("event_date", "event_type", "actor1", "notes"))),
    ("UCDP GED", frozenset(("side_a", "side_b", "date_start", "type_of_violence"))),
    ("GDELT", frozenset(("globaleventid", "sqldate", "actor1name", "eventrootcode"))),
)
"""What each table of events is called, and columns that only it has."""
MOST_COLUMNS = 1_000
"""Columns of a table that are looked at."""
LOOKED_AT = 20
"""Lines in which the names of the columns are looked for."""
_DAYS = ("event_date", "date_start", "date_end")
_SPLIT = re.compile(r"\s*;\s*")
_MONTH = "January February March April May June July August September October November December".split()
_SPOT = re.compile(
    r"(?:near|in|at|around|between|along|outside|inside|on|close to|north|south|east|west)\b", re.IGNORECASE
)
_NAMED_ONLY = re.compile(r"^(?:XXX\d+|unknown|civilians?)$", re.IGNORECASE)

Numbered = tuple[int, Sequence[str]]
"""A line of cells and its number in its file."""


def head_rows(lines: Sequence[Numbered]) -> tuple[list[str], list[Row], list[int]]:
    """The names of a table's columns, its rows, and their numbers. Titles above the names are passed over; files of
    GDELT have none."""
    if not lines:
        return [], [], []
    first = lines[0][1]
    gdelt = _name_gdelt(first)
    if gdelt:
        at, names = -1, gdelt
    else:
        sizes = [sum(bool(cell.strip()) for cell in line) for _, line in lines[:LOOKED_AT]]
        at = next(n for n, size in enumerate(sizes) if 2 * size > max(sizes))
        names = [cell.strip() for cell in lines[at][1]]
    # The first of several columns of one name counts.
    first_of = {name: n for n, name in reversed(list(enumerate(names[:MOST_COLUMNS]))) if name}
    columns = sorted((n, name) for name, n in first_of.items())
    body = lines[at + 1 :]
    rows: list[Row] = [{name: line[n] for n, name in columns if n < len(line)} for _, line in body]
    return [name for _, name in columns], rows, [number for number, _ in body]


def _name_gdelt(first: Sequence[str]) -> list[str]:
    """The names of the columns of a line of GDELT; nothing for another line."""
    table = load_toml("gdelt.toml")
    names = table["columns"].split()
    if len(first) in (57, 58):
        names = [name for name in names if name not in table["added"].split()][: len(first)]
    fits = len(first) == len(names) and first[0].isdigit() and re.fullmatch(r"(?:19|20)\d{6}", first[1] or "")
    return names if fits else []


def find_layout(names: Sequence[str]) -> str:
    """What a table of events is called, by the names of its columns; "" for other tables."""
    folded = {name.casefold() for name in names}
    return next((layout for layout, needed in LAYOUTS if needed <= folded), "")


def tell_events(
    layout: str, rows: Sequence[Row], numbers: Sequence[int], content: Content, place: str
) -> Iterator[Report | Problem]:
    """The reports of the rows of a table of events; a row without what is needed is a problem."""
    for column in [name for row in rows[:1] for name in row if name.casefold() in _DAYS]:
        rows = [{**row, column: day} for row, day in zip(rows, date_rows(rows, column), strict=True)]
    tell = {"ACLED": tell_acled, "UCDP GED": tell_ucdp, "GDELT": tell_gdelt}[layout]
    for row, number in zip(rows, numbers, strict=True):
        cells = {name.casefold(): (value or "").strip() for name, value in row.items()}
        text, facts = tell(cells)
        if text:
            yield make_report(text, facts, raw=content.sha256, retrieved=content.retrieved)
        else:
            message = "a row without the day and the sides of an event; mend or remove it"
            yield Problem(step="tell_events", input=f"{place}:{number}", message=message)


def tell_acled(row: Row) -> tuple[str, Facts]:
    """The note of a row of ACLED, with its day and count where the note lacks them."""
    notes, day = row.get("notes", ""), _say_day(row.get("event_date", ""))
    place = _join_place(row.get("location", ""), row.get("admin1", ""), row.get("country", ""))
    undated = notes.replace(day.rpartition(" ")[0], "") if day else notes
    deaths = _count(row.get("fatalities", ""))
    counted = rf"\b(?:{deaths:,}|{deaths}|{_word_number(deaths)})\b" if deaths else ""
    if notes and day and undated == notes:
        notes = f"{'In ' + place + ', on' if place else 'On'} {day}: {notes}"
    if notes and deaths and not re.search(counted, undated, re.IGNORECASE):
        notes = f"{notes} ACLED says {deaths:,} people were killed."
    kind = row.get("sub_event_type") or row.get("event_type", "")
    facts = Facts(
        id=row.get("event_id_cnty", "") or row.get("data_id", ""),
        outlet="ACLED",
        title=f"{kind} in {place}" if kind and place else kind,
        published=row.get("timestamp", ""),
        cites=_list_sources(row.get("source", "")),
    )
    return notes, facts


def tell_ucdp(row: Row) -> tuple[str, Facts]:
    """A row of UCDP GED in words."""
    one, other, kind = row.get("side_a", ""), row.get("side_b", ""), row.get("type_of_violence", "")
    start, end = _say_day(row.get("date_start", "")), _say_day(row.get("date_end", ""))
    start, end = start or row.get("date_start", ""), end or row.get("date_end", "")
    if not one or not start:
        return "", Facts()
    when = f"On {start}" if start == end or not end else f"Between {start} and {end}"
    place = _join_place(row.get("where_coordinates", ""), row.get("adm_1", ""), row.get("country", ""))
    spot = row.get("where_description", "").rstrip(". ")
    did = f"{one} attacked civilians" if kind == "3" or _NAMED_ONLY.match(other) else f"{one} and {other} fought"
    where = f" in {place}" if place else ""
    if _SPOT.match(spot):
        where = " " + _join_place(spot, row.get("adm_1", ""), row.get("country", ""))
    text = f"{when} {did}{where}."
    best, low, high = (_count(row.get(key, "") or row.get(f"{key}_est", "")) for key in ("best", "low", "high"))
    if best:
        between = f", at least {low:,} and at most {high:,}" if low and high and low < high else ""
        text += f" UCDP says {best:,} people were killed{between}."
    civilians = _count(row.get("deaths_civilians", ""))
    if best and civilians and civilians < best:
        text += f" {civilians:,} of them were civilians."
    facts = Facts(
        id=f"UCDP-{row['id']}" if row.get("id") else "",
        outlet="UCDP",
        title=f"{one} – {other}, {place}" if place else f"{one} – {other}",
        cites=_list_sources(row.get("source_office", "") or _find_office(row.get("source_article", ""))),
    )
    return text, facts


def tell_gdelt(row: Row) -> tuple[str, Facts]:
    """A row of GDELT in words: its day, place, actors and what its code says that was done."""
    one, other = row.get("actor1name", "").title(), row.get("actor2name", "").title()
    day, root = _say_day(row.get("sqldate", "")), row.get("eventrootcode", "").zfill(2)
    table = load_toml("gdelt.toml")
    if not day or not (one or other) or root not in table["did"]:
        return "", Facts()
    did = f"{table['did'][root]} {other}" if one and other else table["did_alone"][root]
    place = row.get("actiongeo_fullname", "")
    url = row.get("sourceurl", "")
    host = urlsplit(url).hostname if url.startswith(("http://", "https://")) else ""
    text = f"{one or other} {did}{f' in {place}' if place else ''} on {day}."
    facts = Facts(
        id=f"GDELT-{row['globaleventid']}" if row.get("globaleventid") else "",
        outlet="GDELT",
        title=text.rpartition(" on ")[0],
        published=row.get("dateadded", ""),
        url=url if host else "",
        cites=(name_site(url),) if host else (),
    )
    return text, facts


def _say_day(words: str) -> str:
    """A day as "3 May 2031"; "" where the words name none."""
    found = parse_published(words)
    day = found[0].date() if found else None
    return f"{day.day} {_MONTH[day.month - 1]} {day.year}" if isinstance(day, date) else ""


def _join_place(*names: str) -> str:
    """A place and what it lies in, each named once."""
    return ", ".join(dict.fromkeys(name for name in names if name))


def _list_sources(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in _SPLIT.split(words.replace('"', "")) if name))


def _find_office(words: str) -> str:
    """The outlets in UCDP's list of articles ("Harbour Post,2031-05-04,Clash ..."; several stand apart by ";")."""
    return ";".join(part.strip(' "').split(",")[0] for part in words.split(";"))


def _count(words: str) -> int | None:
    digits = words.removesuffix(".0")
    return int(digits) if digits.isdigit() and len(digits) < 10 else None


def _word_number(number: int) -> str:
    """The word for a small number, else the number."""
    words = "zero one two three four five six seven eight nine ten eleven twelve".split()
    return words[number] if number < len(words) else str(number)
