"""The points of a story, and each with its values beside each other."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from sayso.harms import clean_text
from sayso.record import Value
from sayso.serve.desk import Viewpoint
from sayso.serve.desk.points import Opened, find_point, find_points, list_points, say_value
from sayso.serve.guards.users import Reader
from sayso.serve.pages.notes import Notes, name_place
from sayso.serve.pages.showing import At, AtDesk, show
from sayso.tell.charts import draw_chart, draw_key, draw_lines, worth_drawing
from sayso.tell.citations import name_as_of, name_outlet
from sayso.tell.html import NARROW, WIDE
from sayso.tell.phrases import say_origins
from sayso.tell.tongues import mark
from sayso.weigh.grades import CREDIBILITY, RELIABILITY

router = APIRouter()

AT_ONCE = 60
"""Questions on one page."""
KINDS = {"figure": mark("figures"), "date": mark("dates"), "status": mark("whether it is so"), "event": mark("who")}
"""What each kind of question is called where one can choose between them."""


@router.get("/stories/{story}/points")
async def show_points(
    request: Request,
    story: str,
    desk: AtDesk,
    at: At,
    _: Reader,
    kind: Annotated[str, Query(max_length=20)] = "",
    differs: bool = False,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> Response:
    """The questions that reports of a story answer, those that differ first."""
    found = await run_in_threadpool(desk.story, story, at.as_of)
    everything = await run_in_threadpool(list_points, desk, found.id, at)
    points = await run_in_threadpool(lambda: find_points(desk, found.id, at, kind, differs=differs))
    pages = max(1, -(-len(points) // AT_ONCE))
    page = min(page, pages)
    kinds = {one.point.kind for one in everything}
    return show(
        request,
        "points.html.j2",
        at=at,
        story=found,
        points=points[(page - 1) * AT_ONCE : page * AT_ONCE],
        total=len(points),
        everything=len(everything),
        differing=sum(one.differs for one in everything),
        kinds=[(name, words) for name, words in KINDS.items() if name in kinds],
        kind=kind,
        differs=differs,
        page_number=page,
        pages=pages,
        chosen=lambda **change: name_choice(at, {"kind": kind, "differs": "1" if differs else "", **change}),
        say_origins=lambda point: say_origins(point.independent, (), name=False),
    )


@router.get("/stories/{story}/points/{point}")
async def show_point(request: Request, story: str, point: str, desk: AtDesk, at: At, _: Reader) -> Response:
    """One question: its answers beside each other, each with its words."""
    found = await run_in_threadpool(desk.story, story, at.as_of)
    opened = await run_in_threadpool(find_point, desk, found.id, point, at)
    shown = await run_in_threadpool(view_point, opened, at)
    return show(request, "point.html.j2", at=at, story=found, opened=opened, point=opened.asked.point, **shown)


def name_choice(at: Viewpoint, chosen: dict[str, object]) -> str:
    """The query of a page as chosen, seen from the same moment."""
    words = urlencode({name: value for name, value in chosen.items() if value})
    return f"{at.query}{'&' if at.query else '?'}{words}" if words else at.query or "?"


def view_point(opened: Opened, at: Viewpoint) -> dict[str, Any]:
    """What the template shows of a question beside the question itself."""
    asked, picture = opened.asked, opened.picture
    notes = Notes(at, picture)
    reports = {reading.report.id: reading.report for reading in picture.readings}
    row = ValueRows(opened, notes, at)
    sides = [
        {"side": side, "rows": [row.view(value) for value in side.values], "more": max(0, len(side.values) - 4)}
        for side in asked.sides
    ]
    gone = [value for value in asked.point.values if not any(value in side.values for side in asked.sides)]
    return {
        "sides": sides,
        "aside": [row.view(value) for value in gone],
        "chart": view_lines(opened),
        "relations": view_relations(opened, notes),
        "positions": [(one, notes.cite(one.claims)) for one in opened.positions if one.stance != "asserted"],
        "origins": count_values(asked.point.values),
        "independence": say_origins(asked.point.independent, (), name=False),
        "outlets": len({name_outlet(reports[v.report]) for v in asked.point.values if v.report in reports}),
        "notes": notes.list_all(),
    }


class ValueRows:
    """What the template shows of the values of one question."""

    def __init__(self, opened: Opened, notes: Notes, at: Viewpoint) -> None:
        """Index the reports that they are of."""
        self.point, self.notes, self.at = opened.asked.point, notes, at
        self.reports = {reading.report.id: reading.report for reading in opened.picture.readings}
        self.grades = {(one.about, one.target): one for one in opened.picture.grades}

    def view(self, value: Value) -> dict[str, Any]:
        """A value with who says it, where, of when, and where its words are."""
        report = self.reports.get(value.report)
        return {
            "claim": value.claim,
            "words": say_value(self.point, value),
            "said": clean_text(" ".join(value.text.split())),
            "source": clean_text(value.source),
            "outlet": name_outlet(report) if report else "",
            "as_of": name_as_of(value, report.published if report else None),
            "scope": clean_text(value.scope),
            "origin": clean_text(value.origin),
            "superseded": bool(value.superseded),
            **self.view_grade(value),
            "place": name_place(report.digest, value.claim, self.at) if report else "",
            "notes": self.notes.cite((value.claim,)),
        }

    def view_grade(self, value: Value) -> dict[str, str]:
        """The grade of a value's source and of its claim, as in "B2", and what it means."""
        found = [self.grades.get(about) for about in (("source", value.source), ("claim", value.claim))]
        means = {**RELIABILITY, **CREDIBILITY}
        return {
            "grade": "".join(one.grade for one in found if one),
            "graded": "; ".join(f"{one.grade}: {means[one.grade]} ({clean_text(one.why)})" for one in found if one),
        }


def view_lines(opened: Opened) -> dict[str, Any]:
    """The drawings of a question's figures over time, one for a page and one for a phone; {} where a picture would say
    no more than the figures."""
    published = {reading.report.id: reading.report.published for reading in opened.picture.readings}
    lines = draw_lines(opened.estimates, published)
    if not worth_drawing(lines):
        return {}
    question, unit = clean_text(opened.asked.point.question), opened.asked.point.unit
    return {
        "wide": draw_chart(lines, unit, question, WIDE),
        "narrow": draw_chart(lines, unit, question, NARROW),
        "legend": [(draw_key(number), line.source) for number, line in enumerate(lines)],
        "left_out": len(opened.estimates) - len(lines),
    }


def view_relations(opened: Opened, notes: Notes) -> list[dict[str, Any]]:
    """How the answers stand to each other, in words, each pair of answers once with the claims that show it first."""
    point = opened.asked.point
    found: dict[tuple[str, str, str, str], dict[str, Any]] = {}
    for relation in opened.relations:
        a, b = sort_pair(point.values[relation.a], point.values[relation.b])
        key = relation.relation, say_value(point, a), say_value(point, b), relation.by
        row = found.setdefault(
            key,
            {
                "kind": relation.relation,
                "a": key[1],
                "b": key[2],
                "by_a": clean_text(a.source),
                "by_b": clean_text(b.source),
                "why": clean_text(relation.witness or relation.why.partition(":")[0]),
                "by": clean_text(relation.by),
                "pairs": 0,
                "claims": (a.claim, b.claim),
            },
        )
        row["pairs"] += 1
    return [{**row, "notes": notes.cite(row["claims"])} for row in found.values() if row["a"] != row["b"]]


def sort_pair(a: Value, b: Value) -> tuple[Value, Value]:
    """Two values, the one that was told first before the other."""
    return (b, a) if a.as_of and b.as_of and b.as_of < a.as_of else (a, b)


def count_values(values: tuple[Value, ...]) -> list[tuple[str, int]]:
    """The origins of some values, each with how many it is behind, those of most first."""
    counts: dict[str, int] = {}
    for value in values:
        if value.origin:
            counts[clean_text(value.origin)] = counts.get(clean_text(value.origin), 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
