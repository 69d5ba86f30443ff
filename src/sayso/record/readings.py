"""What extraction finds in a report, each value with its words and span."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sayso.record.reports import Problem, Report, Span
from sayso.record.terms import (
    ActorRole,
    AnswerKind,
    Basis,
    Directness,
    Form,
    PlaceRole,
    Polarity,
    Presence,
    SpeakerKind,
    Stance,
    Stands,
    Tense,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who is quoted or paraphrased, resolved within the report.

    `kind` is one of person, organisation, document, official, collective, outlet, unknown. `name` is the fullest
    mention in the report ("Colonel Oleksandr Kindratenko" gives "Oleksandr Kindratenko"), or the words of the source
    where it has no name ("a senior official").
    """

    name: str
    kind: SpeakerKind = "unknown"
    role: str = ""
    affiliation: str = ""
    anonymous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A source, a cue and a content in a report (PARC / PolNeAR terms), and what the cue does.

    `via` lists the outlets between this report and the source, nearest first: "A said, Reuters reported" has
    ("Reuters",). `basis` is how the source knows: witnessed, told, document, induced or unknown. `directness` is
    direct, indirect or mixed. `stance` is one of asserts, reports, estimates, suspects, predicts, denies, declines,
    asks, orders, promises. `certainty` is a band of probabilities that the words give to the content. `by` is the
    analyst who named the speaker, "" where the words do.

    `within` is the index, in the reading's attributions, of the innermost one in whose content this one stands: "A said
    that B had told him that C saw" is a chain, C within B within A; None where the report itself tells.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: Speaker | None = None
    via: tuple[str, ...] = ()
    basis: Basis = "unknown"
    directness: Directness = "indirect"
    stance: Stance = "asserts"
    certainty: tuple[float, float] = (0.0, 1.0)
    negated: bool = False
    by: str = ""
    within: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A time expression. `type` and `value` as in TIMEX3; `earliest` and `latest` are None where it has no anchor.

    `edtf` is the date in EDTF (ISO 8601-2) where it is approximate, uncertain or open: "2023-03~", "2014/..", "199X".
    """

    start: int
    end: int
    text: str
    type: str
    value: str
    earliest: datetime | None = None
    latest: datetime | None = None
    edtf: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """Another place that a name could have meant."""

    name: str
    geonames_id: int
    country: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A mention of a place. `name` is the gazetteer's; id, coordinates and radius are None where it is not located.

    `country` is an ISO 3166-1 alpha-2 code. `feature` is a GeoNames feature code. `role` is place, or metonym where
    the name stands for a government or people ("Moscow denied").
    """

    start: int
    end: int
    text: str
    name: str = ""
    geonames_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    country: str = ""
    radius_km: float | None = None
    feature: str = ""
    role: PlaceRole = "place"
    rivals: tuple[Rival, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """What a figure comes to when it is reckoned with others of its report: nobody said it.

    `how` is share (a share times what it is a share of), sum (killed and wounded together are casualties) or rest (all
    but two of twelve). `bases`
    are the spans of the figures that it was reckoned with. The rest is as in `Figure`.
    """

    how: str
    low: float | None
    high: float | None
    unit: str = ""
    of: str = ""
    state: str = ""
    bases: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A quantity. `low` or `high` is None for an open end. `unit` is a canonical unit symbol or noun ("km2", "USD",
    "share", "person", "day", "").

    `of` is the head words of what is counted ("North Korean soldiers"), `state` what is said of the counted where it
    matters (killed, wounded, captured, missing, casualties, sent, ...). `bound` is exact, about, at least or at most.
    `as_of` is the moment the figure speaks of, where the words say so.

    Its scope in time is `window`, the words for it ("over the past day", "a day", "since August", "so far"), and
    `window_kind`: rate (so many a day), span (counted over a stretch of time), total (a running total), "" where no
    words say it. `part` is subset ("of whom 50", "two of the missing"), additional ("another 1,000", "up by 30 to 90")
    or single ("a guard was killed"), "" for a count by itself; `part_of` is the span of the figure that it is a part
    or a share of, where the report gives one.
    `reckoned` is what the figure comes to with others, never said and never to be shown as said.
    """

    start: int
    end: int
    text: str
    low: float | None
    high: float | None
    unit: str = ""
    of: str = ""
    state: str = ""
    bound: str = "exact"
    as_of: datetime | None = None
    window: str = ""
    window_kind: str = ""
    part: str = ""
    part_of: Span | None = None
    reckoned: Reckoned | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who takes part in a claim's event. `role` is actor, target or counted."""

    name: str
    role: ActorRole
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Somebody seen, or not seen, over the claim's time and at its place.

    `presence` is present or absent. `whom` is who was looked for, `observer` who looked (who speaks, where nobody
    else is named), `view` the words for what the observer could see ("in our sector"), "" where none are said;
    `start` and `end` are the span of those words, None without.
    """

    presence: Presence
    whom: str = ""
    observer: str = ""
    view: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A value in a claim that answers a question: the unit that is matched. `start` and `end` are the span of its words
    in the report.

    A figure has `low`, `high` (None for an open end) and `unit`, in `of` what is counted and in `state` what is said of
    it; a date has `earliest` and `latest`; anything else has `word`. `reckoned` is true of a figure that was worked
    out from others of the report (half of the 3,000), which nobody said.

    `predicate` is the lemma of the verb that the value stands under and `role` how: subject, object, complement, agent
    or adjunct. `part` and `part_of` are those of its figure. `background` is earlier (of a time long before what the
    report tells of), other (of another event, or of what is usual), "" where no words say so. Of an answer in words,
    `of` is what it is said of. `vector` is what it is an answer to, as the encoder sees it: 8-bit numbers, of which
    only the direction counts. `question` is the full question that the value answers, made from the grammar of its
    sentence, "" where that gives none that is clean; it counts for no id.
    """

    start: int
    end: int
    kind: AnswerKind
    low: float | None = None
    high: float | None = None
    unit: str = ""
    of: str = ""
    state: str = ""
    earliest: datetime | None = None
    latest: datetime | None = None
    word: str = ""
    reckoned: bool = False
    bound: str = ""
    predicate: str = ""
    role: str = ""
    part: str = ""
    part_of: Span | None = None
    background: str = ""
    vector: bytes = b""
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One checkable statement: a clause of the report with its chain, event, actors, place, time and figure.

    `id` is made from the content, `seat` from the report, span and wording only, so that it survives a better
    extractor. `attribution` is an index into the reading's attributions, or None where the outlet speaks in its own
    voice. `polarity` is positive or negative.

    `event` is what happens in sayso's own words; `category` and `mode` are those of the PLOVER codebook, and
    `conflict` is the type of ``conflicts.toml`` ("air strike"); each is "" where the words name none. `tense` is
    happened, ongoing, planned or hypothetical.

    `sentence` is the span of the sentence that the claim stands in, `form` the tense in which its words are a sentence
    by themselves ("past" or "present"), "" where they are a fragment.

    `stands` says how the claim stands in its report (see `Stands`); `answers` are all values in it that answer a
    question. `vector` is what the claim says, as the encoder sees it: 8-bit numbers, of which only the
    direction counts.
    """

    id: str
    seat: str
    report: str
    start: int
    end: int
    text: str
    attribution: int | None = None
    event: str = ""
    actors: tuple[Actor, ...] = ()
    place: Place | None = None
    time: Time | None = None
    figure: Figure | None = None
    polarity: Polarity = "positive"
    category: str = ""
    mode: str = ""
    conflict: str = ""
    tense: Tense = "happened"
    sighting: Sighting | None = None
    stands: Stands = "asserted"
    answers: tuple[Answer, ...] = ()
    sentence: Span | None = None
    form: Form = ""
    vector: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A report and everything found in it. Every step of extraction takes a reading and returns a reading."""

    report: Report
    attributions: tuple[Attribution, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    figures: tuple[Figure, ...] = ()
    claims: tuple[Claim, ...] = ()
    problems: tuple[Problem, ...] = ()
