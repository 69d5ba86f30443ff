"""Lengths of time as figures: "lasted *30 seconds*", "banned for *four years*"; not those that a count is told over.

They are found after the claims: a clause is not cut for them, as it is for what is counted. Days and longer are told in
days (unit "day"), what is shorter in seconds ("s").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from sayso.extract.figures.bounds import add_bounds
from sayso.extract.figures.counting import is_person, tokens_of
from sayso.extract.figures.numbers import scan_numbers
from sayso.extract.figures.ordinals import load_ordinals
from sayso.extract.figures.quantities import Quantity
from sayso.grammar.parses import Parse
from sayso.record import Figure, Reading, Time
from sayso.tables import load_toml

DAYS = {"Y": 365.25, "M": 30.4375, "W": 7.0, "D": 1.0}
SECONDS = {"D": 86400.0, "H": 3600.0, "M": 60.0, "S": 1.0}
NEAR = 150
"""Code points between a count and the length that it is told over, at most."""
NTHS = {"minute": ("s", 60.0), "hour": ("s", 3600.0), "day": ("day", 1.0), "week": ("day", 7.0)}
LENGTH = re.compile(r"P(?=.)((?:\d{1,9}(?:\.\d+)?[YMWD])*)(?:T((?:\d{1,9}(?:\.\d+)?[HMS])+))?")


def find_lengths(reading: Reading, parse: Parse) -> Reading:
    """The reading with its lengths of time among its figures."""
    # Money is paid over a length that is told for itself: "three years at 2 million a season".
    windows = [
        (figure.start, figure.window) for figure in reading.figures if figure.of and figure.unit in {"", "person"}
    ]
    told = [time for time in reading.times if not any(is_window(time, *window) for window in windows)]
    told = [time for time in told if time.type == "DURATION" and not is_age(parse, time)]
    lengths = [figure for time in told if (figure := measure_length(parse.text, time)) is not None]
    taken = [(each.start, each.end) for each in (*reading.figures, *lengths)]
    taken += [(each.start, each.end) for each in reading.times]
    lengths += [each for each in find_nths(parse.text) if not any(a < each.end and each.start < b for a, b in taken)]
    figures = sorted([*reading.figures, *lengths], key=lambda figure: figure.start) if lengths else reading.figures
    return replace(reading, figures=tuple(figures))


@cache
def match_nths() -> re.Pattern[str]:
    """A pattern of the ordinals of minutes, hours, days and weeks: "the 99th minute", "her eighty-fifth day"."""
    table = load_toml("numbers.toml")
    tens = "|".join(word for word, value in table["tens"].items() if value >= 20)
    ones = "|".join(load_ordinals())
    return re.compile(
        rf"\b(?:(?P<digits>\d{{1,4}})(?:st|nd|rd|th)|(?:(?P<tens>{tens})[-\s])?(?P<ones>first|{ones}))"
        r"\s(?P<unit>minute|hour|day|week)\b(?!\sof\s(?:[A-Z]|last|next|this))",
        re.IGNORECASE,
    )


def find_nths(text: str) -> Iterator[Figure]:
    """Lengths that an ordinal tells: what is in its 51st day has gone on for so many."""
    tens = load_toml("numbers.toml")["tens"]
    for match in match_nths().finditer(text):
        ones = {"first": 1.0, **load_ordinals()}.get((match["ones"] or "").lower(), 0.0)
        value = float(match["digits"] or 0) or tens.get((match["tens"] or "").lower(), 0.0) + ones
        unit, by = NTHS[match["unit"].lower()]
        if value > 2:
            start, end = match.start(), match.end()
            yield Figure(start=start, end=end, text=match.group(), low=value * by, high=value * by, unit=unit)


def is_window(time: Time, start: int, window: str) -> bool:
    """Whether a length is what a count near it, which begins at `start`, is told over."""
    return time.text in window and abs(time.start - start) < NEAR


def is_age(parse: Parse, time: Time) -> bool:
    """Whether a length is somebody's age: "a clerk of 40 years"."""
    token = parse.tokens[tokens_of(parse, time.start, time.end)[1]]
    led = parse.tokens[token.head]
    return led.lemma == "of" and is_person(parse.tokens[led.head])


def measure_length(text: str, time: Time) -> Figure | None:
    """A duration as a figure, with the words that bound it; None for what has no number."""
    length = LENGTH.fullmatch(time.value) if time.type == "DURATION" else None
    if length is None:
        return None
    dates, clocks = (
        [(float(part[:-1]), part[-1]) for part in re.findall(r"[\d.]+.", half or "")] for half in length.groups()
    )
    unit, parts = ("day", [(n, DAYS[letter]) for n, letter in dates])
    if clocks:
        # What is shorter than a day is told in seconds, and so is what it is added to.
        unit = "s"
        parts = [(n, by * SECONDS["D"]) for n, by in parts] + [(n, SECONDS[letter]) for n, letter in clocks]
    high, by = sum(n * by for n, by in parts), parts[-1][1]
    ends = [number.value for number in scan_numbers(time.text)]
    low = ends[0] * by if len(ends) == 2 and 0 < ends[0] < ends[1] and ends[1] * by == high else high
    said = Quantity(start=time.start, end=time.end, core=(time.start, time.end), low=low, high=high)
    # The numbers of "about two weeks" begin within the time.
    number = next((n.start for n in scan_numbers(time.text)), 0)
    said = add_bounds(text, replace(said, start=time.start + number))
    start = min(said.start, time.start)
    return Figure(
        start=start,
        end=said.end,
        text=text[start : said.end],
        low=None if said.low is None else round(said.low, 6),
        high=None if said.high is None else round(said.high, 6),
        unit=unit,
        bound=said.bound,
    )
