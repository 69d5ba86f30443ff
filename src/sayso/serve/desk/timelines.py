"""What happened when in a story: its dated happenings in order of time, and where their dates are doubted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sayso.harms import clean_text
from sayso.record import Claim, Happening, Picture, Point, Reading, Report, Time
from sayso.serve.desk.desks import Desk
from sayso.serve.desk.tellings import Teller, Telling
from sayso.serve.desk.viewpoints import Viewpoint
from sayso.tell.behind import find_when, name_when
from sayso.tell.citations import name_moment, name_outlet
from sayso.tell.phrases import cut_mark, name_interval, say_origins, shorten
from sayso.tell.tongues import _
from sayso.weigh.origins import count_independent

ONE_DAY, ONE_HOUR = timedelta(days=1), timedelta(hours=1)
MOST_OTHERS = 12
"""Other dates of one entry that are shown, those that most claims tell first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Why the date of an entry is doubted, with the words that disagree."""

    words: str
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A claim of an entry, and when it says that it was, in words; "" where it does not."""

    when: str
    telling: Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A happening on the timeline: what, where and when, who says so.

    It was within `earliest` to `latest`, half-open; `uncertain` is whether no single day is known. `others` are the
    middles of other dates that its claims tell.
    """

    id: str
    words: str
    what: str
    where: str
    when: str
    earliest: datetime
    latest: datetime
    uncertain: bool
    origins: str
    reports: int
    told: tuple[Dated, ...]
    doubts: tuple[Doubt, ...] = ()
    others: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day, or a longer time, that claims name themselves, and their words."""

    when: str
    uncertain: bool
    told: tuple[Telling, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The entries of a story, those of other years than its reports' apart; the days that claims name; and how many
    happenings have no date."""

    entries: tuple[Entry, ...]
    background: tuple[Entry, ...]
    days: tuple[Day, ...]
    undated: int


def find_timeline(desk: Desk, story: str, at: Viewpoint) -> Timeline:
    """The timeline of a story. Raises `MissingError`."""
    found = desk.story(story, at.as_of)
    timeline: Timeline = desk.hold(
        ("timeline", found.id, at.as_of), lambda: make_timeline(desk.picture(found.id, at.as_of))
    )
    return timeline


def make_timeline(picture: Picture) -> Timeline:
    """The timeline of a picture."""
    teller = Teller(picture)
    entries = [make_entry(h, picture, teller) for h in picture.timeline]
    years = {r.report.published.year for r in picture.readings if r.report.published}
    first, last = (min(years), max(years)) if years else (0, 9999)
    apart = {e.id for e in entries if (e.latest - ONE_HOUR).year < first or e.earliest.year > last}
    return Timeline(
        entries=tuple(entry for entry in entries if entry.id not in apart),
        background=tuple(entry for entry in entries if entry.id in apart),
        days=tuple(list_days(picture, teller)),
        undated=len(picture.happenings) - len(entries),
    )


def list_days(picture: Picture, teller: Teller) -> Iterator[Day]:
    """The days that claims name, in order of time."""
    told: dict[str, list[str]] = {}
    ends: dict[str, tuple[datetime, datetime]] = {}
    for reading in picture.readings:
        for claim in reading.claims:
            when = find_when(claim, reading.report)
            if when is not None and when.earliest and when.latest:
                day = name_when(when.earliest, when.latest, reading.report)
                told.setdefault(day, []).append(claim.id)
                first, last = ends.get(day, (when.earliest, when.latest))
                ends[day] = min(first, when.earliest), max(last, when.latest)
    for day in sorted(told, key=lambda day: ends[day]):
        wide = ends[day][1] - ends[day][0] > 2 * ONE_DAY  # One day lasts up to two where zones differ.
        yield Day(when=day, uncertain=wide, told=teller.tell_all(told[day]))


def make_entry(happening: Happening, picture: Picture, teller: Teller) -> Entry:
    """A happening as an entry."""
    assert happening.earliest is not None and happening.latest is not None
    found = [one for claim in happening.claims if (one := teller.find(claim)) is not None]
    times = {claim.id: when for reading, claim in found if (when := find_when(claim, reading.report)) is not None}
    own = next((r.report for r, c in found if c.time is not None and c.time.earliest == happening.earliest), None)
    order = sorted(
        found, key=lambda one: (one[1].id not in times, start_of(times.get(one[1].id)) or happening.earliest)
    )
    return Entry(
        id=happening.id,
        words=shorten(cut_mark(clean_text(happening.text))),
        what=happening.what,
        where=clean_text(happening.where),
        when=say_when(happening.earliest, happening.latest, own),
        earliest=happening.earliest,
        latest=happening.latest,
        uncertain=happening.latest - happening.earliest > ONE_DAY or is_approximate(happening, found),
        origins=say_origins(count_independent(happening.origins, picture.origins), (), name=False),
        reports=len({reading.report.id for reading, _claim in found}),
        told=tuple(
            Dated(when=say_time(times.get(claim.id), reading.report), telling=telling)
            for reading, claim in order
            if (telling := teller.tell(claim.id)) is not None
        ),
        doubts=tuple(find_doubts(happening, picture, teller)),
        others=list_others(happening, times),
    )


def say_when(earliest: datetime, latest: datetime, report: Report | None) -> str:
    """An interval in words by the clock of the report that gives it: with the hour where that is known."""
    if report is None or report.published is None:
        return name_interval(earliest, latest)
    if latest - earliest <= ONE_HOUR:
        return name_moment(earliest.astimezone(report.published.tzinfo), zone=False)
    return name_when(earliest, latest, report)


def say_time(when: Time | None, report: Report) -> str:
    """A claim's own time in words, "" without one."""
    return say_when(when.earliest, when.latest, report) if when and when.earliest and when.latest else ""


def start_of(when: Time | None) -> datetime | None:
    """When a time begins."""
    return when.earliest if when else None


def is_approximate(happening: Happening, found: Sequence[tuple[Reading, Claim]]) -> bool:
    """Whether the words that give a happening its date call it approximate or uncertain."""
    times = [claim.time for _reading, claim in found if claim.time and claim.time.earliest == happening.earliest]
    return bool(times) and all("~" in time.edtf or "?" in time.edtf for time in times)


def list_others(happening: Happening, times: dict[str, Time]) -> tuple[datetime, ...]:
    """The middles of the dates that a happening's claims tell and that lie outside of its own."""
    assert happening.earliest is not None and happening.latest is not None
    middles = Counter(
        when.earliest + (when.latest - when.earliest) / 2
        for when in times.values()
        if when.earliest and when.latest and (when.latest <= happening.earliest or when.earliest >= happening.latest)
    )
    return tuple(sorted(middle for middle, _count in middles.most_common(MOST_OTHERS)))


def find_doubts(happening: Happening, picture: Picture, teller: Teller) -> Iterator[Doubt]:
    """Where reports exclude each other on when it was, and where one gives another year for the same day."""
    mine = set(happening.claims)
    for point in picture.points:
        if point.kind == "date":
            yield from find_clashes(point, mine, teller)
    yield from find_other_years(happening, teller)


def find_clashes(point: Point, claims: set[str], teller: Teller) -> Iterator[Doubt]:
    """The contradictions of a point that claims of a happening are part of."""
    for relation in point.relations:
        a, b = point.values[relation.a], point.values[relation.b]
        if relation.relation == "contradiction" and claims & {a.claim, b.claim}:
            words = _("Reports date it differently: “{a}” or “{b}”", a=clean_text(a.words), b=clean_text(b.words))
            yield Doubt(words=words, tellings=teller.tell_all((a.claim, b.claim)))


def find_other_years(happening: Happening, teller: Teller) -> Iterator[Doubt]:
    """The claims of a happening that give its very day another year."""
    assert happening.earliest is not None and happening.latest is not None
    day = happening.earliest + (happening.latest - happening.earliest) / 2
    for claim in happening.claims:
        found = teller.find(claim)
        time = found[1].time if found else None
        if found is None or time is None or time.earliest is None or time.latest is None:
            continue
        other = time.earliest + (time.latest - time.earliest) / 2
        if (other.month, other.day) == (day.month, day.day) and other.year != day.year:
            outlet = name_outlet(found[0].report)
            words = _("{outlet} gives another year: “{words}”", outlet=outlet, words=clean_text(time.text))
            yield Doubt(words=words, tellings=teller.tell_all((claim,)))
