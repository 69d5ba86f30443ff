"""What the objects of a STIX bundle are called, and what its extension says of claims."""

from __future__ import annotations

from typing import Any

from sayso.forms import to_json
from sayso.record import Grade, Report
from sayso.share.exports.claims import Told, name_judge
from sayso.share.exports.linked import Agent, identify_report, make_uuid

EXTENSION = (
    "Where a claim stands and how. words: the exact words; start, end: their span in the report's text, in Unicode "
    "code points, end exclusive; chain: from the outlet to the source; stands, polarity, tense, stance, certainty: "
    "how it is asserted or not; time, place, figure: what it says of them; origin: where it first came from; "
    "credibility, reliability: grades in the Admiralty code (of a denial: of what it says), why, and by whom (machine "
    "or an analyst). Of a report: its outlet, title, language and hash, and whether its publication is known to the "
    "minute or to the day."
)


def name_object(type: str, *parts: str) -> str:
    """The id of an object of a type."""
    return f"{type}--{make_uuid(*parts)}"


def name_note(told: Told) -> str:
    """The id of the note that a claim becomes."""
    return name_object("note", "claim", told.claim.id)


def name_report(report: Report) -> str:
    """The id of the report, or grouping, that a report becomes."""
    return f"{'report' if report.published else 'grouping'}--{identify_report(report)}"


def name_thing(thing: Told | Report | Agent) -> str:
    """The id of what a claim, a report or a source becomes."""
    if isinstance(thing, Agent):
        return f"identity--{thing.id}"
    return name_report(thing) if isinstance(thing, Report) else name_note(thing)


def describe(told: Told) -> dict[str, Any]:
    """What the extension says of a claim."""
    claim, said = told.claim, told.attribution
    return {
        "claim_id": claim.id,
        "words": told.words,
        "start": claim.start,
        "end": claim.end,
        "chain": list(told.chain),
        "stands": claim.stands,
        "polarity": claim.polarity,
        "tense": claim.tense,
        "stance": said.stance if said else None,
        "certainty": list(said.certainty) if said else None,
        "event": claim.event,
        "time": to_json(claim.time),
        "place": {**to_json(claim.place), "rivals": None} if claim.place else None,
        "figure": to_json(claim.figure),
        "origin": told.origin,
        "credibility": describe_grade(told.grade),
        "reliability": describe_grade(told.reliability),
    }


def describe_grade(grade: Grade | None) -> dict[str, str] | None:
    """A grade, why, and by whom."""
    return {"grade": grade.grade, "why": grade.why, "by": name_judge(grade.by)} if grade else None


def describe_report(report: Report) -> dict[str, Any]:
    """What the extension says of a report."""
    return {
        "outlet": report.outlet,
        "title": report.title,
        "author": report.author,
        "language": report.language,
        "published_exact": report.published_exact,
        "digest": report.digest,
        "raw_sha256": report.raw,
    }
