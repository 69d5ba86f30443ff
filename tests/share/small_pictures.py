"""A small picture of two reports on a shelled market, made by hand, so that any words can stand anywhere in it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sayso.record import (
    Answer,
    Attribution,
    Claim,
    Grade,
    Happening,
    Judgement,
    Link,
    Origin,
    Picture,
    Place,
    Point,
    Position,
    Provenance,
    Question,
    Reading,
    Relation,
    Report,
    Speaker,
    Story,
    Time,
    Value,
)
from sayso.share.exports import Shared
from sayso.tell.foreseen import Foreseen

DAY, NEXT = datetime(2031, 5, 4, tzinfo=UTC), datetime(2031, 5, 5, tzinfo=UTC)
MADE = datetime(2031, 6, 1, 12, 30, tzinfo=UTC)
SOLDAU = Place(
    start=0,
    end=6,
    text="Soldau",
    name="Soldau",
    geonames_id=7,
    lat=53.2,
    lon=20.2,
    radius_km=4.0,
    feature="PPL",
    country="PL",
)


def make_reading(id: str, words: str, killed: float, *, extra: str = "", **claimed: Any) -> Reading:
    """A report of one claim, "`killed` people were killed in Soldau", with `extra` words in every place that takes
    words; `claimed` are fields of the claim or of its attribution."""
    text = f"{extra} The governor, Anna Wit, said {words}. {extra}"
    start = text.index(words)
    end = start + len(words)
    report = Report(
        id=f"{id}{extra}",
        text=text,
        digest=id * 8,
        outlet=f"Wire {id}{extra}",
        title=f"{extra}Market shelled",
        author=extra,
        published=NEXT,
        published_exact=True,
        url=f"https://wire.example/{id}{extra}",
        language="en",
    )
    said = Attribution(
        source=((text.index("Anna"), text.index("Wit") + 3),),
        cue=((text.index("said"), text.index("said") + 4),),
        content=((start, end),),
        speaker=Speaker(name=f"Anna Wit{extra}", kind="person", role=f"governor{extra}"),
        via=(f"Relay{extra}",) if extra else (),
        certainty=(0.9, 1.0),
    )
    said = replace(said, **{name: claimed.pop(name) for name in ("stance", "negated") if name in claimed})
    fields: dict[str, Any] = {
        "id": f"c{id}",
        "seat": f"s{id}",
        "report": report.id,
        "start": start,
        "end": end,
        "text": words,
        "attribution": 0,
        "event": "casualties",
        "place": replace(SOLDAU, name=f"Soldau{extra}"),
        "time": Time(start=0, end=6, text=f"Sunday{extra}", type="DATE", value="2031-05-04", earliest=DAY, latest=NEXT),
        "answers": (
            Answer(start=start, end=end, kind="yes-no", word="yes"),
            Answer(
                start=start,
                end=start + 2,
                kind="figure",
                low=killed,
                high=killed,
                unit="person",
                of=f"people{extra}",
                state="killed",
            ),
        ),
    }
    return Reading(report=report, attributions=(said,), claims=(Claim(**{**fields, **claimed}),))


def count_killed(start: int, killed: float, of: str) -> Answer:
    """The number of those killed, whose two digits stand at `start`."""
    end = start + 2
    return Answer(start=start, end=end, kind="figure", low=killed, high=killed, unit="person", of=of, state="killed")


def make_picture(extra: str = "", **claimed: Any) -> Picture:
    """The picture of both reports: 12 and 14 were killed. `claimed` are fields of the second report's claim."""
    first = make_reading("a", "12 people were killed in Soldau", 12.0, extra=extra)
    second = make_reading("b", "14 people were killed in Soldau", 14.0, extra=extra, **claimed)
    values = tuple(
        Value(
            claim=r.claims[0].id,
            report=r.report.id,
            text=r.claims[0].text,
            words=f"{n:g}{extra}",
            start=r.claims[0].start,
            end=r.claims[0].start + 2,
            low=n,
            high=n,
            source=f"Anna Wit{extra}",
            origin=f"origin of {r.claims[0].id}{extra}",
        )
        for r, n in ((first, 12.0), (second, 14.0))
    )
    other = Relation(a=0, b=1, relation="contradiction", why=f"12 is not 14{extra}", witness="12 / 14", by=extra)
    return Picture(
        readings=(first, second),
        provenance=(
            Provenance(
                report=first.report.id, origins=(f"origin of ca{extra}",), claims=(("ca", f"origin of ca{extra}"),)
            ),
            Provenance(
                report=second.report.id,
                origins=(f"origin of cb{extra}",),
                also=(f"origin of ca{extra}",),
                because=(
                    Link(kind="copy", report=first.report.id, outlet=first.report.outlet, text=f"same words{extra}"),
                    Link(kind="byline", report="", outlet=f"Agency{extra}", text=f"by Agency{extra}"),
                ),
                claims=(("cb", f"origin of cb{extra}"),),
            ),
        ),
        origins=(Origin(name=f"origin of ca{extra}", group=f"office{extra}", first=DAY, reports=(first.report.id,)),),
        points=(
            Point(
                id="p1",
                question=f"How many were killed?{extra}",
                kind="figure",
                unit="person",
                values=values,
                relations=(other,),
                independent=(1, 2),
            ),
        ),
        positions=(Position(party=f"the army{extra}", stance="denied", about=f"it{extra}", at=DAY, claims=("cb",)),),
        stories=(Story(id="s1", name=f"Soldau{extra}", reports=(first.report.id, second.report.id)),),
        happenings=(
            Happening(
                id="deadbeef0badf00d",
                text="12 people were killed in Soldau",
                what="casualties",
                earliest=DAY,
                latest=NEXT,
                where=f"Soldau{extra}",
                who=(f"the army{extra}",),
                claims=("ca", "cb"),
                points=("p1",),
            ),
        ),
        grades=(
            Grade(about="claim", target="ca", grade="2", why=f"others say so{extra}"),
            Grade(about="source", target=f"Anna Wit{extra}", grade="B", why=f"I know her{extra}", by=f"ana{extra}"),
        ),
        judgements=(
            Judgement(
                id="j1",
                kind="grade",
                about="source",
                target="x",
                by=f"ana{extra}",
                at=DAY,
                reason=f"so{extra}",
                value="B",
            ),
        ),
    )


def make_shared(extra: str = "", **claimed: Any) -> Shared:
    """What is exported of it, with an open question."""
    asked = Question(id="q1", text=f"Will it be shelled again?{extra}", by=f"bo{extra}", closes=NEXT, resolves=NEXT)
    foreseen = Foreseen(questions=((asked, ()),))
    picture = make_picture(extra, **claimed)
    return Shared(picture=picture, foreseen=foreseen, title=f"Soldau{extra}", made=MADE, tool="sayso 1")
