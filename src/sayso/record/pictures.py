"""What weighing makes of many readings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sayso.record.judgements import Judgement
from sayso.record.readings import Reading
from sayso.record.reports import Problem
from sayso.record.terms import Polarity, RelationKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration:
    """What relaying made of a statement: the same figure of another state ("casualties" became "killed"), another
    figure, or another source.

    `kind` is state, figure or source; `before` and `after` are the words for it, `was` the claim of the report stood
    on (`report`) and `claim` the one that differs.
    """

    kind: str
    before: str
    after: str
    report: str
    was: str
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Why a report is held to stand on something else.

    `kind` is one of cites (names an outlet as its source), links (a hyperlink), byline (a wire's name in author or
    dateline), copy (the same text), quotation (the same quoted words), details (the same rare details without
    credit), update (a later version of the same article), source (a source's own words). `report` is the id of the
    report stood on, or "" where it is not in the ledger; `outlet` its outlet; `text` the words that show it. `changed`
    is what the report tells otherwise than the one stood on, or than the first to tell of its origin.
    """

    kind: str
    report: str
    outlet: str
    text: str
    changed: tuple[Alteration, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a report's information came from. `origins` are those of what it leads with, `also` those of the rest.

    `claims` maps each of the report's claim ids to its origin's name, as pairs.
    """

    report: str
    origins: tuple[str, ...]
    also: tuple[str, ...] = ()
    because: tuple[Link, ...] = ()
    claims: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where claims first came from: one statement by one source. `group` is the institution behind it: origins of
    one group are not independent of each other."""

    name: str
    group: str
    first: datetime | None = None
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What one claim answers to a point's question: a figure's low and high, a date interval or a word (yes, no).

    `words` are the very words of the value ("at least 3,000") at `start` to `end` of its report, `text` the claim's.
    `polarity` is negative where it is said not to be so, `scope` are the words by which it is of a part only, `who` is
    the body behind its source, "" where the outlet speaks in its own voice. `superseded` is the id of the later
    version of the same article that replaced the report: the value stays, and counts no more. `by` is the analyst or
    the model that named the source, "" where the words do.
    """

    claim: str
    report: str
    text: str
    words: str = ""
    start: int = 0
    end: int = 0
    low: float | None = None
    high: float | None = None
    earliest: datetime | None = None
    latest: datetime | None = None
    word: str = ""
    polarity: Polarity = "positive"
    scope: str = ""
    who: str = ""
    source: str = ""
    as_of: datetime | None = None
    origin: str = ""
    superseded: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How two values of a point stand to each other: same, compatible, revision, scope, contradiction or unrelated.

    `a` and `b` are positions in the point's values; `why` says it in words, `by` which analyst judged so ("" where
    sayso did). `witness` are the two values of a contradiction that exclude each other, in words; "" for other kinds.
    `disputed` is how likely it is that both answer one question, and that they do and one excludes or replaces the
    other; (0, 0) where that was not reckoned.
    """

    a: int
    b: int
    relation: RelationKind
    why: str
    by: str = ""
    witness: str = ""
    disputed: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The question that a group of claims answers. `kind` is figure, date, status or event; `quotes` is the id of the
    claim whose words the question quotes, "" where it quotes none.

    `independent` is the lower and upper bound on the number of independent origins behind its values. `asked_by` is the
    model that proposed the question, and `matched_by` the one by whose advice values were brought together or kept
    apart; "" where sayso found both.
    """

    id: str
    question: str
    kind: str
    unit: str = ""
    values: tuple[Value, ...] = ()
    relations: tuple[Relation, ...] = ()
    independent: tuple[int, int] = (0, 0)
    quotes: str = ""
    asked_by: str = ""
    matched_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The line of figures that one source gave to one point over time: values in order of their as-of time."""

    point: str
    question: str
    unit: str
    source: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What one party did about one matter: asserted, denied, did not deny, declined or silent, and when. `point` is
    the id of the point that the matter answers, "" where it answers none."""

    party: str
    stance: str
    about: str
    at: datetime | None
    claims: tuple[str, ...]
    point: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """How credible a claim is (1 to 6) or how reliable a source (A to F), in the Admiralty code.

    `about` is claim or source, `target` the claim's id or the source's name, `why` the reason, `by` the analyst who
    gave the grade ("" where sayso suggests it).
    """

    about: str
    target: str
    grade: str
    why: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One instance of an event or state, told in one or more reports.

    `text` is the claim that tells it best, `what` the event in sayso's words ("" where it is of no kind that has a
    name), `earliest` and `latest` the half-open interval in which most say that it was, None where nobody does;
    `where` the place, `who` those who take part, `claims` the ids of those that tell of it, `points` those of the
    questions that they answer.
    """

    id: str
    text: str
    what: str = ""
    earliest: datetime | None = None
    latest: datetime | None = None
    where: str = ""
    who: tuple[str, ...] = ()
    claims: tuple[str, ...]
    origins: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The reports that tell of one chain of events: `name` is the title of one of them, `reports` their ids, `earliest`
    and `latest` when the first and the last were published."""

    id: str
    name: str
    reports: tuple[str, ...]
    earliest: datetime | None = None
    latest: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All that weighing says of a set of readings, as known at `as_of` (None: all there is), and the judgements that
    it heeds. `problems` name the reports that it was made without, since a step crashed on them."""

    readings: tuple[Reading, ...]
    provenance: tuple[Provenance, ...] = ()
    origins: tuple[Origin, ...] = ()
    points: tuple[Point, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    positions: tuple[Position, ...] = ()
    stories: tuple[Story, ...] = ()
    happenings: tuple[Happening, ...] = ()
    grades: tuple[Grade, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    as_of: datetime | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def timeline(self) -> tuple[Happening, ...]:
        """The happenings that are dated, in order of time."""
        dated = [(h.earliest, h.latest, h) for h in self.happenings if h.earliest is not None and h.latest is not None]
        return tuple(h for _, _, h in sorted(dated, key=lambda d: (d[0], d[1] - d[0], d[2].id)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A difference between what was known at two moments.

    `kind` is question (one that was not answered before), value (an answer by an origin new to it), origins (more or
    fewer independent ones), revision, contradiction (new), settled (a contradiction that no longer stands), corrected
    (by the outlet itself), gone (an answer no longer given: its report or claim was retracted) or judged. `about` is
    the point's question, `was` and `now` the values in words, `by` who says or judged so, `why` the reason.
    """

    kind: str
    about: str
    was: str = ""
    now: str = ""
    by: str = ""
    why: str = ""
    at: datetime | None = None
    claims: tuple[str, ...] = ()
