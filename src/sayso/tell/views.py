"""The views of a picture as rows: nested for programs, flat for tables and spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sayso.forms import to_json
from sayso.record import MODEL, Change, Estimate, Picture, Reading, Value
from sayso.tell.citations import name_moment
from sayso.tell.conflicts import SCOPE, find_conflicts
from sayso.tell.phrases import name_interval, quote
from sayso.weigh.facts import NEVER
from sayso.weigh.grades import CREDIBILITY, RELIABILITY

Row = dict[str, Any]
LONGEST_REASON = 90
"""Code points of a reason's words in a table; JSON has them whole."""


Rows = Callable[[Picture], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class View:
    """`nested` gives the rows that JSON prints, `flat` those of a table with the keys `columns`, `listed` those of a
    CSV with the keys `sheet`, which has the ids and numbers that a table has no room for."""

    columns: tuple[str, ...]
    sheet: tuple[str, ...]
    flat: Rows
    nested: Rows
    listed: Rows

    def choose(self, picture: Picture, format: str) -> tuple[Iterable[Row], tuple[str, ...]]:
        """The rows of a format and their columns."""
        if format == "table":
            return self.flat(picture), self.columns
        return (self.listed if format == "csv" else self.nested)(picture), self.sheet


def show_origins(picture: Picture) -> Iterable[Row]:
    """A row a report: its origins, those of the rest of it, and why."""
    for p in sorted(picture.provenance, key=lambda p: p.report):
        yield {"id": p.report, "origins": list(p.origins), "also": list(p.also), "because": to_json(p.because)}


def list_origins(picture: Picture) -> Iterable[Row]:
    """The same, with the reasons in words."""
    for row in show_origins(picture):
        reasons = [
            f"{b['kind']} {b['outlet'] or b['report']}: {quote(b['text'], LONGEST_REASON)}{say_changed(b['changed'])}"
            for b in row["because"]
        ]
        yield {**row, "because": "; ".join(reasons)}


def say_changed(changed: Iterable[Row]) -> str:
    """What relaying changed, in brackets; "" where it changed nothing."""
    told = "; ".join(f"{a['kind']} changed from {quote(a['before'])} to {quote(a['after'])}" for a in changed)
    return f" ({told})" if told else ""


def value_of(value: Value) -> Any:
    """A value as JSON: low and high of a figure or duration, an interval of time, or a word."""
    if value.low is not None or value.high is not None:
        return {"low": value.low, "high": value.high}
    if value.word:
        return value.word
    return {"earliest": to_json(value.earliest), "latest": to_json(value.latest)}


def show_points(picture: Picture) -> Iterable[Row]:
    """A row a point. A relation's `a` and `b` are positions in its values."""
    for point in picture.points:
        yield {
            "id": point.id,
            "question": point.question,
            "kind": point.kind,
            "unit": point.unit,
            "claims": [v.claim for v in point.values],
            "values": [
                {
                    "value": value_of(v),
                    "text": v.text,
                    "words": v.words,
                    "report": v.report,
                    "start": v.start,
                    "end": v.end,
                    "who": v.who,
                    "scope": v.scope,
                    "polarity": v.polarity,
                    "source": v.source,
                    "as_of": to_json(v.as_of),
                    "origin": v.origin,
                    "claim": v.claim,
                    "superseded": v.superseded,
                    "by": v.by,
                }
                for v in point.values
            ],
            "relations": to_json(point.relations),
            "independent_origins": {"low": point.independent[0], "high": point.independent[1]},
            "asked_by": point.asked_by,
            "matched_by": point.matched_by,
        }


def spread_points(picture: Picture) -> Iterable[Row]:
    """A row a value of a point, of which there may be one only."""
    for row in show_points(picture):
        whole = {name: row[name] for name in ("id", "question", "kind", "unit", "asked_by", "matched_by")}
        origins = row["independent_origins"]
        clashes = {n for r in row["relations"] if r["relation"] == "contradiction" for n in (r["a"], r["b"])}
        for number, value in enumerate(row["values"]):
            yield {
                **value,
                **whole,
                **spread_value(value["value"]),
                "contradicted": number in clashes,
                "origins_low": origins["low"],
                "origins_high": origins["high"],
            }


def spread_value(value: Any) -> Row:
    """The parts of a value, each in a cell of its own."""
    return value if isinstance(value, dict) else {"word": value}


def list_points(picture: Picture) -> Iterable[Row]:
    """A row a point of several values: how many, from how many origins, and which do not agree."""
    for point in picture.points:
        if len(point.values) < 2:
            continue
        low, high = point.independent
        models = dict.fromkeys((point.asked_by, point.matched_by, *(v.by for v in point.values)))
        proposed = ", ".join(name for name in models if name.startswith(MODEL))
        yield {
            "question": f"{point.question} (in part proposed by {proposed})" if proposed else point.question,
            "values": "; ".join(dict.fromkeys(v.words for v in point.values)),
            "claims": len(point.values),
            "origins": f"{low}" if low == high else f"{low}-{high}",
            "conflicts": sum(r.relation == "contradiction" for r in point.relations),
        }


def show_conflicts(picture: Picture) -> Iterable[Row]:
    """A row a question on which reports disagree: its answers beside each other, each with who gives it, and whether
    they exclude each other; nothing that only differs in scope or that a later version of its article superseded."""
    for conflict in find_conflicts(picture):
        if conflict.verdict != SCOPE:
            yield {
                "question": conflict.point.question,
                "verdict": conflict.verdict,
                "sides": [
                    {
                        "value": value_of(side.first),
                        "words": side.first.words,
                        "text": side.first.text,
                        "denied": side.denied,
                        "sources": list(dict.fromkeys(value.source for value in side.values)),
                        "reports": list(dict.fromkeys(value.report for value in side.values)),
                        "claims": list(dict.fromkeys(value.claim for value in side.values)),
                    }
                    for side in conflict.sides
                ],
                "why": conflict.why,
                "claims": list(conflict.claims),
            }


def list_conflicts(picture: Picture) -> Iterable[Row]:
    """The same, with the sides in words."""
    for row in show_conflicts(picture):
        sides = (
            f"{'not ' if side['denied'] else ''}{side['words'] or side['text']} ({', '.join(side['sources'])})"
            for side in row["sides"]
        )
        yield {**row, "sides": " / ".join(sides)}


def show_estimates(picture: Picture) -> Iterable[Row]:
    """A row a figure: the question, the source whose line it is on, and when."""
    for estimate in told_estimates(picture):
        for v in estimate.values:
            yield {
                "point": estimate.point,
                "question": estimate.question,
                "source": estimate.source,
                "as_of": to_json(v.as_of),
                "low": v.low,
                "high": v.high,
                "unit": estimate.unit,
                "words": v.words,
                "report": v.report,
                "claim": v.claim,
            }


def told_estimates(picture: Picture) -> list[Estimate]:
    """The estimates of questions to which more than one figure was given."""
    several = {p.id for p in picture.points if p.kind == "figure" and len(p.values) > 1}
    return [e for e in picture.estimates if e.point in several]


def show_timeline(picture: Picture) -> Iterable[Row]:
    """A row an event, in order of time."""
    for h in picture.timeline:
        yield {
            "earliest": to_json(h.earliest),
            "latest": to_json(h.latest),
            "text": h.text,
            "claims": list(h.claims),
            "origins": list(h.origins),
        }


def list_timeline(picture: Picture) -> Iterable[Row]:
    """The same with days in words and numbers of claims and origins."""
    for h in picture.timeline:
        yield {
            "when": name_interval(h.earliest, h.latest),
            "text": h.text,
            "claims": len(h.claims),
            "origins": len(h.origins),
        }


def show_grades(picture: Picture) -> Iterable[Row]:
    """A row a claim or source that is graded, sources last."""
    texts = {v.claim: v for point in picture.points for v in point.values}
    for grade in picture.grades:
        value = texts.get(grade.target) if grade.about == "claim" else None
        words = {**CREDIBILITY, **RELIABILITY}[grade.grade]
        what = {"text": value.text, "source": value.source, "report": value.report} if value else {}
        yield {**to_json(grade), "means": words, **what}


def list_grades(picture: Picture) -> Iterable[Row]:
    """The same with a claim's words for its id."""
    for row in show_grades(picture):
        yield {**row, "target": quote(row["text"], LONGEST_REASON) if "text" in row else row["target"]}


def show_positions(picture: Picture) -> Iterable[Row]:
    """A row a position of a party, in order of time."""
    for position in sorted(picture.positions, key=lambda p: (p.at or NEVER, p.party)):
        yield to_json(position)


def show_stories(picture: Picture) -> Iterable[Row]:
    """A row a story: its reports, and when the first and the last of them were published."""
    for story in picture.stories:
        yield {
            "id": story.id,
            "name": story.name,
            "reports": list(story.reports),
            "from": to_json(story.earliest),
            "to": to_json(story.latest),
        }


def list_stories(picture: Picture) -> Iterable[Row]:
    """The same with the number of reports."""
    for row in show_stories(picture):
        yield {**row, "reports": len(row["reports"])}


def show_happenings(picture: Picture) -> Iterable[Row]:
    """A row a happening: what it was, when, where and whose, and the claims that tell of it."""
    for h in picture.happenings:
        yield {
            "id": h.id,
            "name": h.text,
            "what": h.what,
            "when": {"earliest": to_json(h.earliest), "latest": to_json(h.latest)} if h.earliest else None,
            "where": h.where,
            "who": list(h.who),
            "claims": list(h.claims),
            "points": list(h.points),
            "origins": list(h.origins),
        }


def spread_happenings(picture: Picture) -> Iterable[Row]:
    """The same with both ends of its time in cells of their own."""
    for row in show_happenings(picture):
        yield {**row, **(row["when"] or {})}


def list_happenings(picture: Picture) -> Iterable[Row]:
    """The happenings of which several claims tell, with days in words."""
    for h in picture.happenings:
        if len(h.claims) > 1:
            when = name_interval(h.earliest, h.latest) if h.earliest and h.latest else ""
            yield {
                "happening": h.text,
                "what": h.what,
                "when": when,
                "where": h.where,
                "claims": len(h.claims),
                "origins": len(h.origins),
            }


CHANGES = ("kind", "about", "was", "now", "by", "why")


def show_changes(changes: Iterable[Change]) -> Iterable[Row]:
    """A row a change."""
    for change in changes:
        yield {**to_json(change), "claims": list(change.claims)}


VIEWS: dict[str, View] = {
    "origins": View(
        columns=("id", "origins", "also", "because"),
        sheet=("id", "origins", "also", "because"),
        flat=list_origins,
        nested=show_origins,
        listed=list_origins,
    ),
    "stories": View(
        columns=("id", "name", "reports", "from", "to"),
        sheet=("id", "name", "reports", "from", "to"),
        flat=list_stories,
        nested=show_stories,
        listed=show_stories,
    ),
    "happenings": View(
        columns=("happening", "what", "when", "where", "claims", "origins"),
        sheet=("id", "name", "what", "earliest", "latest", "where", "who", "claims", "points", "origins"),
        flat=list_happenings,
        nested=show_happenings,
        listed=spread_happenings,
    ),
    "points": View(
        columns=("question", "values", "claims", "origins", "conflicts"),
        sheet=(
            *("id", "question", "kind", "low", "high", "unit", "earliest", "latest", "word", "words", "polarity"),
            *("scope", "who", "source", "report", "claim", "as_of", "origin", "superseded", "contradicted"),
            *("origins_low", "origins_high", "by", "asked_by", "matched_by"),
        ),
        flat=list_points,
        nested=show_points,
        listed=spread_points,
    ),
    "conflicts": View(
        columns=("question", "sides", "verdict", "why"),
        sheet=("question", "sides", "verdict", "why", "claims"),
        flat=list_conflicts,
        nested=show_conflicts,
        listed=list_conflicts,
    ),
    "estimates": View(
        columns=("question", "source", "as_of", "words", "report"),
        sheet=("point", "question", "source", "as_of", "low", "high", "unit", "words", "report", "claim"),
        flat=show_estimates,
        nested=show_estimates,
        listed=show_estimates,
    ),
    "positions": View(
        columns=("party", "stance", "about", "at"),
        sheet=("party", "stance", "about", "at", "claims", "point"),
        flat=show_positions,
        nested=show_positions,
        listed=show_positions,
    ),
    "grades": View(
        columns=("grade", "means", "target", "why", "by"),
        sheet=("target", "about", "grade", "means", "why", "by", "text", "source", "report"),
        flat=list_grades,
        nested=show_grades,
        listed=show_grades,
    ),
    "timeline": View(
        columns=("when", "text", "claims", "origins"),
        sheet=("earliest", "latest", "text", "claims", "origins"),
        flat=list_timeline,
        nested=show_timeline,
        listed=show_timeline,
    ),
}


OUTLINE = ("id", "outlet", "published", "title", "found")


def outline_reading(reading: Reading) -> Row:
    """One line on a reading: its report and how much was found in it."""
    report = reading.report
    counts = ("attributions", "claims", "figures", "times", "places", "problems")
    found = [
        f"{n} {name if n > 1 else name.removesuffix('s')}" for name in counts if (n := len(getattr(reading, name)))
    ]
    return {
        "id": report.id,
        "outlet": report.outlet,
        "published": name_moment(report.published, exact=report.published_exact, zone=False),
        "title": report.title,
        "found": ", ".join(found) or "nothing",
    }
