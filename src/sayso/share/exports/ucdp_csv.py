"""Rows of events as UCDP's Georeferenced Event Dataset has them (GED 24.1 codebook), by its names of columns.

An event is a happening with a day, a place and a number of deaths that somebody asserts. Columns that take a coder's
knowledge stay empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

from sayso.harms import clean_text
from sayso.moments import DAY
from sayso.record import Answer, Place
from sayso.share.exports import Shared
from sayso.share.exports.claims import MACHINE, Told, list_asked, name_published
from sayso.share.exports.happenings import Dated, list_dated
from sayso.tell.tables import print_csv

COLUMNS = (
    *("id", "relid", "year", "code_status", "type_of_violence", "side_a", "side_b", "number_of_sources"),
    *("source_article", "source_office", "source_date", "source_headline", "source_original"),
    *("where_prec", "where_coordinates", "where_description", "latitude", "longitude", "geom_wkt", "country"),
    *("event_clarity", "date_prec", "date_start", "date_end"),
    *("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low"),
    *("who", "reports", "claims", "words", "spans", "chains", "origins", "assertion"),
)
"""Those of UCDP, then those that say on whose word a row stands."""
LONGEST = 366
"""Days that an event of UCDP takes at most."""
DATE_PRECISIONS = ((1, 1), (6, 2), (7, 3), (31, 4), (LONGEST, 5))
"""UCDP's precisions of days: up to so many days, which code."""
NEAR_KM = 25.0
"""How far from a known point UCDP's second precision of places reaches."""
AREAS = {"ADM2": 3, "ADM1": 4, "PCLI": 6, "PCLD": 6, "PCLF": 6, "PCLS": 6, "PCL": 6, "PCLIX": 6}
"""UCDP's precisions of places that are areas, by the feature code of GeoNames."""
SOON = 7 * DAY
"""How long after a happening a report may say no time and still mean it."""
BETWEEN, UCDPS = " | ", ";"
"""What stands between several of one cell, in our columns and in those of UCDP."""


@dataclass(frozen=True, slots=True)
class Death:
    """How many were killed by the word of a claim: the lowest and highest number."""

    told: Told
    low: float
    high: float


def write(shared: Shared) -> bytes:
    """The table, a row an event, in order of time."""
    out = StringIO()
    print_csv(tuple(list_events(shared)), COLUMNS, out)
    return out.getvalue().encode("utf8")


def list_events(shared: Shared) -> Iterator[dict[str, Any]]:
    """The rows of those happenings that are events in the sense of UCDP."""
    for dated in list_dated(shared.picture):
        first, last = dated.days
        deaths = tuple(find_deaths(dated)) if dated.place and (last - first).days < LONGEST else ()
        if dated.place and deaths:
            yield row_of_event(dated, dated.place, deaths, first, last)


def find_deaths(dated: Dated) -> Iterator[Death]:
    """The numbers of those killed that claims assert of this happening as a whole, at its place and in its time, and
    that no later version of their article superseded. What was reckoned nobody said."""
    for told in dated.claims:
        if not (is_here(told, dated) and is_then(told, dated)):
            continue
        for answer in told.claim.answers:
            superseded = any(value.superseded for _, value in list_asked(told, answer))
            if is_death(answer) and not superseded:
                low, high = answer.low, answer.high
                yield Death(told, low if low is not None else 0.0, high if high is not None else low or 0.0)


def is_death(answer: Answer) -> bool:
    """Whether a value is a number of people killed, told of the whole."""
    whole = not (answer.reckoned or answer.background or answer.part in ("subset", "additional"))
    counted = answer.low is not None or answer.high is not None
    return answer.kind == "figure" and answer.state == "killed" and answer.unit == "person" and whole and counted


def is_here(told: Told, dated: Dated) -> bool:
    """Whether a claim names no other place than the happening's."""
    place = told.claim.place
    return place is None or dated.happening.where in (place.name, place.text)


def is_then(told: Told, dated: Dated) -> bool:
    """Whether a claim is of the happening's time: by its own words or, where it names no time, by its report, which
    came out then or soon after."""
    time, published = told.claim.time, told.report.published
    if time is None or time.earliest is None:
        return published is not None and dated.earliest <= published < dated.latest + SOON
    return time.earliest < dated.latest and (time.latest or time.earliest) >= dated.earliest


def row_of_event(dated: Dated, place: Place, deaths: tuple[Death, ...], first: date, last: date) -> dict[str, Any]:
    """The row of one event. `best` is the number that most origins give, the newest of several; of a range its lower
    end."""
    told = tuple({death.told.claim.id: death.told for death in deaths}.values())
    reports = {one.report.id: one.report for one in told}
    prec = next(code for most, code in DATE_PRECISIONS if (last - first).days < most)
    best = choose_best(deaths)
    return {
        "id": int(dated.happening.id[:12], 16),
        "relid": dated.happening.id,
        "year": first.year,
        "code_status": MACHINE,
        "number_of_sources": len({one.source for one in told}),
        "source_article": join((f"{r.outlet},{name_published(r)[:10]},{r.title}" for r in reports.values()), UCDPS),
        "source_office": join((r.outlet for r in reports.values()), UCDPS),
        "source_date": join((name_published(r)[:10] for r in reports.values()), UCDPS),
        "source_headline": join((r.title for r in reports.values()), UCDPS),
        "source_original": join(dict.fromkeys(one.source for one in told), UCDPS),
        "where_prec": find_precision(place),
        "where_coordinates": clean_text(place.name or place.text),
        "where_description": join(dict.fromkeys(p.text for one in told if (p := one.claim.place))),
        "latitude": place.lat,
        "longitude": place.lon,
        "geom_wkt": f"POINT ({place.lon} {place.lat})",
        "country": place.country,
        "event_clarity": 1 if prec <= 2 else 2,
        "date_prec": prec,
        "date_start": first.isoformat(),
        "date_end": last.isoformat(),
        "deaths_unknown": best,
        "best": best,
        "high": as_count(max(death.high for death in deaths)),
        "low": as_count(min(death.low for death in deaths)),
        "who": join(dated.happening.who),
        "reports": join(reports),
        "claims": join(one.claim.id for one in told),
        "words": join(" ".join(one.words.split()) for one in told),
        "spans": join(f"{one.claim.start}-{one.claim.end}" for one in told),
        "chains": join(one.way for one in told),
        "origins": join(dict.fromkeys(one.origin for one in told)),
        "assertion": "asserted",
    }


def choose_best(deaths: tuple[Death, ...]) -> int | float:
    """The number that most origins give, the newest of several."""
    given = Counter(low for low, _ in {(death.low or death.high, death.told.origin) for death in deaths})
    newest = {death.low or death.high: name_published(death.told.report) for death in deaths}
    for death in deaths:
        number = death.low or death.high
        newest[number] = max(newest[number], name_published(death.told.report))
    return as_count(max(given, key=lambda number: (given[number], newest[number], number)))


def find_precision(place: Place) -> int:
    """UCDP's code of how exactly a place is known: 1 a point, 2 near one, 3 and 4 districts and provinces, 6 a country,
    5 what is none of these."""
    if place.feature in AREAS:
        return AREAS[place.feature]
    if place.radius_km is None or place.radius_km <= NEAR_KM:
        return 1 if place.feature.startswith("PPL") else 2
    return 5


def as_count(number: float) -> int | float:
    """A number of people without the point that it was read with."""
    return int(number) if number == int(number) else number


def join(parts: Iterable[str], between: str = BETWEEN) -> str:
    """Several in one cell."""
    return between.join(clean_text(part) for part in parts if part)
