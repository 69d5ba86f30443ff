"""Reports and readings of a made-up flood, and ways to make more."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from itertools import cycle

from hypothesis import strategies as st

from sayso.ids import digest_report, identify_claim
from sayso.ledger import Ledger, open_ledger
from sayso.ledger.engines import make_engine
from sayso.ledger.ledgers import tell_time
from sayso.record import Actor, Attribution, Claim, Figure, Place, Raw, Reading, Report, Speaker, Time

ONE = "finder 1"
TWO = "finder 2"
LIMA = timezone(timedelta(hours=-5))


class Clock:
    """A clock that goes on by a minute each time it is asked."""

    def __init__(self, start=datetime(2030, 1, 1, tzinfo=UTC)):
        self.now = start

    def __call__(self):
        self.now += timedelta(minutes=1)
        return self.now


@cache
def dump_empty():
    """The pages of an empty ledger: to make one anew by its migrations takes a tenth of a second."""
    with open_ledger(":memory:") as ledger, ledger._engine.connect() as connection:
        return connection.connection.driver_connection.serialize()


@cache
def list_engines():
    """Engines without end: eight, one after the other, since each has statements to learn."""
    return cycle([make_engine(":memory:", create=True, wait_seconds=1) for _ in range(8)])


def open_empty(clock=tell_time):
    """An empty ledger in memory; no more than eight at once."""
    engine = next(list_engines())
    connection = engine.raw_connection()
    connection.driver_connection.deserialize(dump_empty())
    connection.close()
    return Ledger(engine, ":memory:", clock)


def day(number, hour=0):
    """A moment in May 2024."""
    return datetime(2024, 5, number, hour, tzinfo=UTC)


def make_report(id="flood-1", text="The river took 40 houses in Rioja on 3 May, the mayor said.", **more):
    given = {"outlet": "The Valley Post", "title": "Flood", "url": "", "published": day(4), "published_exact": True}
    report = Report(id=id, text=text, **(given | more))
    return Report(**{f: getattr(report, f) for f in report.__slots__ if f != "digest"}, digest=digest_report(report))


def make_raw(content=b"<p>The river", name="flood.html"):
    return Raw(sha256=hashlib.sha256(content).hexdigest(), content=content, name=name, media_type="text/html")


def read_words(report):
    """A reading of any report: a claim a sentence, with a figure, a place and a time where it has a word to hold it."""
    claims, start = [], 0
    for sentence in report.text.split(". "):
        end = start + len(sentence)
        words, spans, at = sentence.split(" "), [], start
        for word in words:
            spans.append((at, at + len(word)))
            at += len(word) + 1
        if sentence:
            (s, e), word = spans[0], words[0]
            last, final = spans[-1], words[-1]
            claims.append(
                identify_claim(
                    Claim(
                        id="",
                        seat="",
                        report=report.id,
                        start=start,
                        end=end,
                        text=sentence,
                        attribution=0,
                        event="DISASTER",
                        actors=(Actor(name=word, role="actor", start=s, end=e),),
                        figure=Figure(start=s, end=e, text=word, low=40.0, high=None, unit="house"),
                        place=Place(start=s, end=e, text=word, geonames_id=3692073, lat=-6.06, lon=-77.17),
                        time=Time(
                            start=last[0],
                            end=last[1],
                            text=final,
                            type="DATE",
                            value="2024-05-03",
                            earliest=day(3).astimezone(LIMA),
                            latest=day(4).astimezone(LIMA),
                        ),
                    )
                )
            )
        start = end + 2
    whole = (0, len(report.text))
    return Reading(
        report=report,
        attributions=(Attribution(source=(whole,), cue=(whole,), content=(whole,), speaker=Speaker(name="the mayor")),),
        times=tuple(claim.time for claim in claims),
        places=tuple(claim.place for claim in claims),
        figures=tuple(claim.figure for claim in claims),
        claims=tuple(claims),
    )


def read_story(**more):
    return read_words(make_report(**more))


MOMENTS = st.none() | st.datetimes(
    min_value=datetime(1, 1, 1), max_value=datetime(9999, 12, 31), timezones=st.sampled_from([UTC, LIMA, None])
)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
REPORTS = st.builds(
    make_report,
    id=WORDS,
    text=WORDS,
    outlet=st.sampled_from(["", "The Valley Post", "Radio Alto Mayo"]),
    title=WORDS,
    url=st.sampled_from(["", "https://valley.example/flood", "https://alto.example/1"]),
    published=MOMENTS,
    retrieved=MOMENTS,
    published_exact=st.booleans(),
    language=st.sampled_from(["", "en"]),
)
STORIES = st.lists(REPORTS.map(read_words), max_size=6)
