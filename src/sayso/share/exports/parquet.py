"""Apache Parquet: a row a claim, what belongs together nested: its report, source, time, place, and its values with the
points that they answer and how these stand to the values of other claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

import pyarrow
import pyarrow.parquet

from sayso.harms import clean_text
from sayso.record import Picture, Point
from sayso.share.exports import Shared
from sayso.share.exports.claims import (
    Asked,
    Told,
    list_asked,
    list_told,
    name_judge,
    name_time,
    row_of_answer,
    row_of_claim,
)

WORDS, NUMBER, WHOLE, YES_NO = pyarrow.string(), pyarrow.float64(), pyarrow.int64(), pyarrow.bool_()
MOMENT = pyarrow.timestamp("us", tz="UTC")


def struct(**fields: pyarrow.DataType) -> pyarrow.DataType:
    """The type of an object with these fields."""
    return pyarrow.struct(list(fields.items()))


RELATION = struct(claim=WORDS, relation=WORDS, why=WORDS, witness=WORDS, by=WORDS)
POINT = struct(
    id=WORDS,
    question=WORDS,
    kind=WORDS,
    as_of=MOMENT,
    superseded=WORDS,
    origins_low=WHOLE,
    origins_high=WHOLE,
    relations=pyarrow.list_(RELATION),
)
ANSWER = struct(
    kind=WORDS,
    value=WORDS,
    start=WHOLE,
    end=WHOLE,
    low=NUMBER,
    high=NUMBER,
    bound=WORDS,
    unit=WORDS,
    of=WORDS,
    state=WORDS,
    part=WORDS,
    reckoned=YES_NO,
    earliest=MOMENT,
    latest=MOMENT,
    word=WORDS,
    points=pyarrow.list_(POINT),
)
SCHEMA = pyarrow.schema(
    {
        "claim": WORDS,
        "words": WORDS,
        "start": WHOLE,
        "end": WHOLE,
        "assertion": WORDS,
        "polarity": WORDS,
        "tense": WORDS,
        "event": WORDS,
        "report": struct(
            id=WORDS,
            outlet=WORDS,
            title=WORDS,
            author=WORDS,
            url=WORDS,
            published=WORDS,
            retrieved=MOMENT,
            language=WORDS,
            digest=WORDS,
            raw=WORDS,
        ),
        "chain": pyarrow.list_(WORDS),
        "source": struct(name=WORDS, kind=WORDS, role=WORDS, affiliation=WORDS, anonymous=YES_NO, by=WORDS),
        "attribution": struct(
            stance=WORDS,
            cue=WORDS,
            negated=YES_NO,
            basis=WORDS,
            directness=WORDS,
            certainty_low=NUMBER,
            certainty_high=NUMBER,
            via=pyarrow.list_(WORDS),
        ),
        "time": struct(text=WORDS, type=WORDS, value=WORDS, earliest=MOMENT, latest=MOMENT),
        "place": struct(
            text=WORDS,
            name=WORDS,
            role=WORDS,
            lat=NUMBER,
            lon=NUMBER,
            radius_km=NUMBER,
            country=WORDS,
            geonames_id=WHOLE,
        ),
        "answers": pyarrow.list_(ANSWER),
        "origin": WORDS,
        "happenings": pyarrow.list_(WORDS),
        "grades": pyarrow.list_(struct(about=WORDS, grade=WORDS, why=WORDS, by=WORDS)),
    }.items()
)
"""The columns and what each holds."""


def write(shared: Shared) -> bytes:
    """The table; what it is of stands in the metadata of its schema."""
    picture = shared.picture
    related = relate(picture)
    rows = [row_of(told, related) for told in list_told(picture)]
    told_of = {
        "title": clean_text(shared.title),
        "made": name_time(shared.made),
        "as_of": name_time(picture.as_of),
        "tool": shared.tool,
    }
    table = pyarrow.Table.from_pylist(rows, schema=SCHEMA.with_metadata(told_of))
    out = BytesIO()
    pyarrow.parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


Related = Mapping[tuple[str, int], list[dict[str, Any]]]
"""How the values of a point stand to others, by the point's id and the value's position."""


def relate(picture: Picture) -> Related:
    """The relations of all points, from either side."""
    found: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for point in picture.points:
        for r in point.relations:
            for one, other in ((r.a, r.b), (r.b, r.a)):
                found[point.id, one].append(
                    {
                        "claim": point.values[other].claim,
                        "relation": r.relation,
                        "why": clean_text(r.why),
                        "witness": clean_text(r.witness),
                        "by": name_judge(r.by),
                    }
                )
    return found


def row_of(told: Told, related: Related) -> dict[str, Any]:
    """The row of a claim."""
    flat, claim, report, said = row_of_claim(told), told.claim, told.report, told.attribution
    speaker, time, place = said.speaker if said else None, claim.time, claim.place
    return {
        **{key: flat[key] for key in ("claim", "words", "start", "end", "assertion", "polarity", "tense", "event")},
        "report": {
            **{key: flat[key] for key in ("outlet", "title", "url", "published")},
            "id": flat["report"],
            "author": clean_text(report.author),
            "retrieved": report.retrieved,
            "language": report.language,
            "digest": report.digest,
            "raw": report.raw,
        },
        "chain": [clean_text(link) for link in told.chain],
        "source": {
            "name": told.source,
            "kind": flat["source_kind"],
            "role": clean_text(speaker.role) if speaker else "",
            "affiliation": clean_text(speaker.affiliation) if speaker else "",
            "anonymous": flat["anonymous"],
            "by": flat["source_by"],
        },
        "attribution": said
        and {
            **{
                key: flat[key]
                for key in ("stance", "cue", "negated", "basis", "directness", "certainty_low", "certainty_high")
            },
            "via": [clean_text(outlet) for outlet in said.via],
        },
        "time": time
        and {
            "text": clean_text(time.text),
            "type": time.type,
            "value": time.value,
            "earliest": time.earliest,
            "latest": time.latest,
        },
        "place": place
        and {
            "text": flat["place"],
            "name": flat["place_name"],
            "role": flat["place_role"],
            **{key: flat[key] for key in ("lat", "lon", "radius_km", "country", "geonames_id")},
        },
        "answers": list(rows_of_answers(told, related)),
        "origin": flat["origin"],
        "happenings": list(told.happenings),
        "grades": [
            {"about": grade.about, "grade": grade.grade, "why": clean_text(grade.why), "by": name_judge(grade.by)}
            for grade in (told.grade, told.reliability)
            if grade
        ],
    }


def rows_of_answers(told: Told, related: Related) -> Iterable[dict[str, Any]]:
    """The values of a claim."""
    for answer in told.claim.answers:
        row = row_of_answer(told, answer)
        yield {
            **row,
            "start": row["value_start"],
            "end": row["value_end"],
            "earliest": answer.earliest,
            "latest": answer.latest,
            "points": [row_of_point(asked, related) for asked in list_asked(told, answer)],
        }


def row_of_point(asked: Asked, related: Related) -> dict[str, Any]:
    """A point that a value answers, with how the value stands to the others there."""
    point, value = asked
    return {
        "id": point.id,
        "question": clean_text(point.question),
        "kind": point.kind,
        "as_of": value.as_of,
        "superseded": clean_text(value.superseded),
        "origins_low": point.independent[0],
        "origins_high": point.independent[1],
        "relations": related.get((point.id, find_position(point, asked)), []),
    }


def find_position(point: Point, asked: Asked) -> int:
    """The position of a value in its point."""
    return next(number for number, value in enumerate(point.values) if value is asked[1])
