"""The shapes of what comes out, as models: of them the OpenAPI document is made.

Those of nouns are made of the nouns themselves, so that a field that is added to one is told of here too.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, Generic, TypeVar, get_type_hints

from pydantic import BaseModel, Field, create_model

from sayso import record
from sayso.watch.alerts import alerts, rules

Item = TypeVar("Item")
Moment = str
"""A moment or a day, ISO 8601."""


class Page(BaseModel, Generic[Item]):
    """A page of a list. `next` is the cursor of the next page, null after the last."""

    items: list[Item]
    next: str | None


def page_of(item: Any) -> Any:
    """The model of a page of some items."""
    return Page.__class_getitem__(item)


def many(item: Any) -> Any:
    """A list of what has the shape of a noun."""
    return list.__class_getitem__(item)


def shape(noun: type, name: str, *, without: tuple[str, ...] = (), partly: bool = False, **changed: Any) -> Any:
    """The model of a noun's row: its fields but those `without`, of its types but those `changed`, and those added by
    it; where it is told `partly`, what is empty is left out of a row."""
    hints = get_type_hints(noun)
    made: dict[str, Any] = {}
    for one in fields(noun):
        if one.name not in without:
            left_out = partly and (one.default is not MISSING)
            made[one.name] = (changed.pop(one.name, hints[one.name]), Field(None) if left_out else ...)
    made |= {key: (kind, ...) for key, kind in changed.items()}
    model: Any = create_model(name, __doc__=(noun.__doc__ or "").split("\n\n")[0], **made)
    return model


class Interval(BaseModel):
    """From the first moment to the last."""

    earliest: Moment | None
    latest: Moment | None


class Range(BaseModel):
    """From the least to the most; null where it is open."""

    low: float | None
    high: float | None


class Count(BaseModel):
    """At least and at most so many."""

    low: int
    high: int


class Story(BaseModel):
    """The reports that tell of one chain of events."""

    id: str
    name: str
    reports: list[str]
    from_: Moment | None = Field(alias="from")
    to: Moment | None


class Happening(BaseModel):
    """One event or state, whoever tells of it."""

    id: str
    name: str
    what: str
    when: Interval | None
    where: str
    who: list[str]
    claims: list[str]
    points: list[str]
    origins: list[str]


class Event(BaseModel):
    """What happened when, and by whose word."""

    earliest: Moment | None
    latest: Moment | None
    text: str
    claims: list[str]
    origins: list[str]


class Value(BaseModel):
    """One answer to a point's question, with the words that give it."""

    value: Range | Interval | str
    text: str
    words: str
    report: str
    start: int
    end: int
    who: str
    scope: str
    polarity: str
    source: str
    as_of: Moment | None
    origin: str
    claim: str
    superseded: str
    by: str


class Point(BaseModel):
    """A question that claims answer, the answers, and how they stand to each other."""

    id: str
    question: str
    kind: str
    unit: str
    claims: list[str]
    values: list[Value]
    relations: list[record.Relation]
    independent_origins: Count
    asked_by: str
    matched_by: str


class Side(BaseModel):
    """One of the rival answers, and who gives it."""

    value: Range | Interval | str
    words: str
    text: str
    denied: bool
    sources: list[str]
    reports: list[str]
    claims: list[str]


class Conflict(BaseModel):
    """A question on which reports disagree."""

    question: str
    verdict: str
    sides: list[Side]
    why: str
    claims: list[str]


class Provenance(BaseModel):
    """Where a report's information came from, and why."""

    id: str
    origins: list[str]
    also: list[str]
    because: list[record.Link]


class Estimate(BaseModel):
    """One figure of the line of one source."""

    point: str
    question: str
    source: str
    as_of: Moment | None
    low: float | None
    high: float | None
    unit: str
    words: str
    report: str
    claim: str


class Grade(BaseModel):
    """How credible a claim is, or how reliable a source, in the Admiralty code; of a claim also its words."""

    about: str
    target: str
    grade: str
    why: str
    by: str
    means: str
    text: str | None = None
    source: str | None = None
    report: str | None = None


Position = shape(record.Position, "Position")
Change = shape(record.Change, "Change")

Answer = shape(record.Answer, "Answer", without=("vector",), partly=True)
Claim = shape(record.Claim, "Claim", without=("vector",), answers=many(Answer))
REPORT: dict[str, Any] = {"published": Moment | None}
Reading = shape(
    record.Report,
    "Reading",
    **REPORT,
    attributions=list[record.Attribution],
    times=list[record.Time],
    places=list[record.Place],
    figures=list[record.Figure],
    claims=many(Claim),
    problems=list[record.Problem],
)
APART = ("text", "links", "cites", "published_words")
Report = shape(record.Report, "Report", without=APART, **REPORT, claims=int)


class Passage(BaseModel):
    """A claim with a word that was looked for, and its place in the report."""

    claim: str
    text: str
    start: int
    end: int


Found = shape(record.Report, "Found", without=APART, **REPORT, passages=list[Passage])


class Source(BaseModel):
    """Whose word answers questions: how much of it, where, and its grade ("" where there is none)."""

    name: str
    who: str
    claims: int
    reports: list[str]
    points: list[str]
    grade: str
    why: str


class Flag(BaseModel):
    """A passage of an article, and what is said of it."""

    start: int
    end: int
    quote: str
    kind: str
    why: str
    against: list[str]


class Checked(BaseModel):
    """An article with its flags."""

    id: str
    flags: list[Flag]


class Compared(BaseModel):
    """How two claims stand to each other, what the second does to the first, and why."""

    relation: str
    stance: str
    why: str


class Step(BaseModel):
    """A step of a journey."""

    step: str
    lines: list[str]


class Judgement(BaseModel):
    """What an analyst decided."""

    judged: Moment
    by: str
    kind: str
    target: str
    other: str
    value: str
    reason: str
    undone: bool
    id: str


class Added(BaseModel):
    """What adding did: how many readings were new and known before, and what went wrong."""

    new: int
    known: int
    problems: list[record.Problem]
    remarks: list[record.Remark]


class AddedText(Added):
    """The same of one text, with its report."""

    report: str
    digest: str


class Job(BaseModel):
    """Reports being added: waiting, reading, done, stopped or failed; how many were read, and what was added so far."""

    id: str
    what: str
    by: str
    begun: Moment
    state: str
    read: int
    added: Added
    error: str


class MatrixRow(BaseModel):
    """A question that has hypotheses."""

    id: str
    question: str
    hypotheses: int
    evidence: int
    analysts: list[str]
    by: str
    at: Moment


class ScenariosRow(BaseModel):
    """A set of scenarios."""

    id: str
    title: str
    scenarios: list[str]
    indicators: int
    analysts: list[str]
    by: str
    at: Moment


class Verdict(BaseModel):
    """A hypothesis, and how it ranks."""

    rank: int
    hypothesis: str
    text: str
    inconsistency: float
    prior: float
    posterior: float
    rated: int


class Matrix(BaseModel):
    """A matrix of competing hypotheses, weighed (see the page on hypotheses)."""

    id: str
    question: str
    by: str
    at: Moment | None
    order: list[list[str]]
    hypotheses: list[Verdict]
    evidence: list[dict[str, Any]]
    analysts: list[str]
    disagreement: float
    orders: dict[str, list[list[str]]]
    ratios: dict[str, float]
    problems: list[record.Problem]


class Scenarios(BaseModel):
    """A set of scenarios with how each stands (see the page on scenarios)."""

    id: str
    title: str
    exclusive: bool
    by: str
    at: Moment | None
    scenarios: list[dict[str, Any]]
    problems: list[record.Problem]


class Crowd(BaseModel):
    """What all forecasters together expect at a moment."""

    at: Moment
    option: str
    forecasters: int
    median: float
    mean: float
    low: float
    high: float


class Question(BaseModel):
    """A question about what is to come, how it stands, and what the crowd expects."""

    id: str
    version: str
    number: int
    question: str
    kind: str
    options: list[str]
    unit: str
    status: str
    opens: Moment | None
    closes: Moment | None
    resolves: Moment | None
    criteria: str
    source: str
    about: str
    by: str
    asked: Moment | None
    forecasts: int
    late: int
    forecasters: int
    crowd: list[Crowd]
    outcome: str
    resolved: record.Resolution | None


Forecast = shape(record.Forecast, "Forecast", without=("proof",))


Rule = shape(rules.Rule, "Rule", at=Moment | None, rule=str)
Alert = shape(
    alerts.Alert, "Alert", claims=list[alerts.Cited], seen_by=str, seen_at=Moment, reason=str, failing=list[str]
)


class Brief(BaseModel):
    """A situation report: its sections of sentences, each with the ids of its claims, and the claims."""

    title: str
    as_of: Moment | None
    since: Moment | None
    sections: list[dict[str, Any]]
    claims: dict[str, Any]
    estimates: list[dict[str, Any]]
    reports: list[dict[str, Any]]
    problems: list[record.Problem]
