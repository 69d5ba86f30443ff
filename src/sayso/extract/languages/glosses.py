"""What a figure of a foreign text says, in a sentence of plain English made of what was read of it.

"Семеро загинули внаслідок вибуху в Харкові" is glossed as "7 people were killed in an explosion in Kharkiv". A gloss
is never shown: the English reader reads it, so that the claim has the event, the question and the vectors that an
English report of the same would have, and meets it in one point. What no word of the tables tells is not in it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.extract.languages.vocabularies import Text
from sayso.record import Figure, Place, Span, Time

DONE = {
    "missing": "are missing",
    "without supply": "were left without power",
    "infected": "were infected",
    "hospitalised": "were taken to hospital",
    "": "were counted",
}
"""How the states that are no participle are said; the others are: "were killed"."""
EVENTS = {
    "earthquake": "in an earthquake",
    "explosion": "in an explosion",
    "attack": "in an attack",
    "shelling": "in shelling",
    "strike": "in a strike",
    "fire": "in a fire",
    "flood": "in flooding",
    "crash": "in a crash",
    "storm": "in a storm",
    "collapse": "in a collapse",
    "outbreak": "in an outbreak",
    "strike_by_workers": "in a walkout",
    "landslide": "in a landslide",
    "shipwreck": "in a shipwreck",
}
BOUNDS = {"at least": "At least ", "at most": "At most ", "about": "About "}


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a figure: where, when, and in which event, as far as the words tell."""

    place: Place | None
    time: Time | None
    event: str


def gloss_figure(figure: Figure, beside: Beside) -> str:
    """The sentence for a figure that counts people or things; "" for any other, which counts nothing to be matched."""
    if figure.unit not in ("", "person") or not (figure.of or figure.state):
        return ""
    value = figure.low if figure.low is not None else figure.high
    if value is None or not value.is_integer() or (figure.of and not figure.of.isascii()):
        return ""
    words = [f"{BOUNDS.get(figure.bound, '')}{value:,.0f}", figure.of or "people"]
    words.append(DONE.get(figure.state, f"were {figure.state}"))
    words.append(EVENTS.get(beside.event, ""))
    words.append(f"in {plain(beside.place.name)}" if beside.place and beside.place.lat is not None else "")
    words.append(say_day(beside.time))
    return f"{' '.join(filter(None, words))}."


def say_day(time: Time | None) -> str:
    """A day as English writes it, by the publication's calendar; "" for what is no day."""
    if time is None or time.type != "DATE" or len(time.value) != 10 or not time.value[:4].isdecimal():
        return ""
    from calendar import month_name

    year, month, day = map(int, time.value.split("-"))
    return f"on {day} {month_name[month]} {year}"


def plain(name: str) -> str:
    """A name in plain Latin letters, without marks."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(c for c in letters if not unicodedata.combining(c) and c not in "‘’ʼ")


def find_event(text: Text, first: int, end: int) -> str:
    """The first event that some words name, "" where they name none."""
    return next((found.meaning for at in range(first, end) if (found := text.find("events", at))), "")


def nearest(values: Sequence[Place | Time], span: Span, inside: Span) -> int | None:
    """Which of some values of a sentence stands nearest to a span; None where there is none."""
    there = [n for n, v in enumerate(values) if inside[0] <= v.start and v.end <= inside[1]]
    return min(there, key=lambda n: max(values[n].start - span[1], span[0] - values[n].end, 0), default=None)
