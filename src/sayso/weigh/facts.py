"""Claims as weighing sees them: each with its report, chain, origin, subject, stems and the moment it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sayso.record import Attribution, Claim, Origin, Provenance, Reading, Report, Time
from sayso.weigh.bodies import PRONOUNS, find_bodies, resolve_subject
from sayso.weigh.subjects import Subject
from sayso.weigh.topics import is_bare, resolve_figure
from sayso.weigh.wordings import narrow_words, stems_of
from sayso.who.identities import Cast
from sayso.who.voices import Voice, find_voice

UNSAID = frozenset(("declines", "asks", "orders", "promises", "predicts"))
"""Stances whose words nobody vouches for."""
FORWARD = frozenset(("predicts", "asks", "orders", "promises"))
"""Stances towards what is not yet so."""
TAKEN_BACK = ("withdrawn", "misquoted")
NOTICES = "judge_notices"
"""The step whose problems say that a whole text is marked, as satire or as under embargo."""
UNTOLD = ("asked", "open", *TAKEN_BACK)
"""How claims stand that nobody says to be so or not to be so."""
CORRECTION = re.compile(r"\b(earlier|previous) versions? of (this|the) (article|report|story)\b|^correction\b", re.I)
SILENCE = re.compile(
    r"\b(no (immediate |official )?(word|comment|response|reaction|statement)|(has|have|had) not (yet )?"
    r"(commented|responded|confirmed|reacted|admitted|acknowledged)|"
    r"neither .{1,60} (has|have) (commented|confirmed|admitted|acknowledged|responded)|"
    r"did not (immediately )?(respond|comment|reply)|without comment)\b",
    re.I,
)
SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])|\n+")
LONGEST_SENTENCE = 400
ARM = ": "
"""What stands in the name of a group of sources between a state and its arm."""
OFFICES = frozenset(
    "head chief commander director minister president governor mayor leader secretary spokesman spokeswoman "
    "spokesperson ambassador envoy chairman chairwoman".split()
)
"""Offices that one person holds, who may be named after it."""
PEOPLE = ("person", "callsign")
"""Kinds of speaker that are one human being."""
OPENING = 4
"""Code points of a sentence that show that it is one: quotation marks, a bracket and its capital."""
TOLD_BEFORE = 160
"""Code points before a bare figure in which what it counts was told."""
LONGEST_STORY = 20_000
"""Code points of a report that tell what it is about."""
PART = re.compile(r"\s+(?:of (?:the|them|those|these|its|their|his|her)|more)\b")
KIND = re.compile(
    r"\b(special forces|elite|officers?|generals?|marines?|paratroopers?|sappers?|engineers?|pilots?|medics?|women|"
    r"children|passengers?|crew|staff|foreign\w*|conscripts?|volunteers?|reservists?)\b",
    re.IGNORECASE,
)
"""Nouns for one kind of those who make up a body of people."""
TOLD_APART = ("clash", "casualties")
"""Events that tell those counted apart from the whole that a pronoun means."""
DATES = ("DATE", "TIME")
LEADING = re.compile(
    r"[\s,]*(?:(?:on|in|at|by|since|around|about|late|early|of|the|shortly|before|after)[\s,]*){0,4}", re.I
)
OPENS = re.compile(r"[\s\"“'‘(]*(?:on|in|at|by|since|around|about|late|early|shortly|before|after|the|\s){0,8}", re.I)
"""Words between a claim and a date right after it, and before one that opens a sentence."""
CLEFT = re.compile(r"\bit was (?:on |in |at )?(?:\w+ ){0,2}$", re.IGNORECASE)
"""Words before a date that is what a sentence is about ("it was on Monday that the bridge fell")."""
DAY = re.compile(r"\d{4}-\d\d-\d\d")
EVER = datetime.min.replace(tzinfo=UTC)
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A claim with what is needed to weigh it.

    `said` is when its report was published, `first` when its origin was first told, `group` the institution behind
    that; `context` is the sentence that the claim stands in, `own` its stems, `stems` those and the title's, `story`
    those of the whole report, `order` the claim's place in it, `scope` and `part` the words by which the claim or its
    figure speaks of a part only; `possible` is true of what may be, may come or is asked, `planned` of what is yet to
    come, `corrected` of what the outlet takes back. `dated` is the day that its sentence names, `body` whom its report
    is about, `superseded` the later version of its article. `when` is the date of what it tells; `voice` is who vouches
    for it, None where the outlet speaks in its own. `marked` is true of what stands in a text that is marked as
    a whole, as satire or as under embargo.
    """

    claim: Claim
    report: Report
    attribution: Attribution | None
    origin: str
    subject: Subject
    context: str
    stems: frozenset[str]
    story: frozenset[str]
    scope: str
    part: str
    order: int
    first: datetime | None
    group: str
    possible: bool
    planned: bool
    corrected: bool
    body: Subject | None = None
    superseded: str = ""
    own: frozenset[str] = frozenset()
    dated: Time | None = None
    when: Time | None = None
    voice: Voice | None = None
    marked: bool = False

    @property
    def denied(self) -> bool:
        """Whether who speaks denies what the claim's words tell."""
        denies = self.attribution is not None and self.attribution.stance == "denies" and not self.attribution.negated
        return self.claim.stands == "denied" or (denies and self.claim.stands == "asserted")

    @property
    def told(self) -> bool:
        """Whether somebody says what the claim's words tell, holds it for possible, or denies it for himself: of what
        is asked, left open, taken back or only called false, and of texts that are marked as satire, nothing is
        weighed."""
        if self.marked:
            return False
        if self.claim.stands == "denied":
            return self.attribution is not None and self.attribution.stance == "denies"
        return self.claim.stands not in UNTOLD and not self.open

    @property
    def open(self) -> bool:
        """Whether a source will neither say nor deny it."""
        refused = self.attribution is not None and self.attribution.negated and self.attribution.stance == "denies"
        return self.claim.stands == "open" or refused

    @property
    def said(self) -> datetime:
        """When the report was published; the end of time where that is unknown."""
        return self.report.published or NEVER

    @property
    def contrary(self) -> bool:
        """Whether it is said that what the claim's words tell is not so, by who speaks or by the words themselves."""
        return is_contrary(self.claim, self.attribution)

    @property
    def refused(self) -> bool:
        """Whether who speaks says that what the claim's words tell is not so."""
        return is_refused(self.claim, self.attribution)

    @property
    def vouched(self) -> bool:
        """Whether somebody says that it is so or that it is not, rather than asks, supposes, expects or declines to
        say."""
        told = self.attribution
        silent = told is not None and (told.stance in UNSAID or (told.stance == "denies" and told.negated))
        return self.claim.stands in ("asserted", "denied") and not silent

    @property
    def source(self) -> str:
        """Who says it: the speaker's name, else the last outlet it came through, else the report's own outlet."""
        if name := name_of(self.attribution):
            return name
        if self.attribution and self.attribution.via:
            return self.attribution.via[-1]
        return self.report.outlet or self.report.id


def is_contrary(claim: Claim, told: Attribution | None) -> bool:
    """Whether it is said that what a claim's words tell is not so: by who speaks, or by the words themselves. Of none
    and of no more than so many, "not" is part of the count."""
    figure = claim.figure
    counted = figure is not None and (figure.high == 0 or figure.bound in ("at least", "at most"))
    return is_refused(claim, told) != (claim.polarity == "negative" and not counted)


def is_refused(claim: Claim, told: Attribution | None) -> bool:
    """Whether who speaks says that what a claim's words tell is not so."""
    denied = told is not None and told.stance == "denies" and not told.negated
    return denied or claim.stands in ("denied", "misquoted")


def gather_facts(
    readings: Sequence[Reading], provenance: Sequence[Provenance], origins: Sequence[Origin] = ()
) -> list[Fact]:
    """All claims of some readings as facts, in order of publication, whatever the order of the readings."""
    origin_of = {claim: origin for p in provenance for claim, origin in p.claims}
    known = {origin.name: origin for origin in origins}
    latest = find_latest(provenance, {r.report.id: r.report for r in readings})
    facts, cast = [], Cast(readings)
    for place, reading in enumerate(readings):
        title = stems_of(reading.report.title)
        story = title | stems_of(reading.report.text[:LONGEST_STORY])
        bodies = find_bodies(reading)
        inner = find_inner(reading.claims)
        marked = any(problem.step == NOTICES for problem in reading.problems)
        for order, told in enumerate(reading.claims):
            if told.id in inner:
                continue
            claim = resolve_figure(reading, told)
            context = sentence_around(reading.report.text, claim.start, claim.end)
            bare = is_bare(reading, told)
            # A bare figure is of what was told before it, in whose words it is found again.
            before = reading.report.text[max(0, claim.start - TOLD_BEFORE) : claim.start] if bare else ""
            own = stems_of(f"{before} {context}")
            origin = known.get(origin_of.get(claim.id, ""))
            attribution = None if claim.attribution is None else reading.attributions[claim.attribution]
            stance = attribution.stance if attribution else "asserts"
            facts.append(
                Fact(
                    claim=claim,
                    report=reading.report,
                    attribution=attribution,
                    origin=origin_of.get(claim.id, ""),
                    subject=resolve_subject(claim, bodies, bare=bare),
                    context=context,
                    stems=own | title,
                    own=own,
                    story=story,
                    scope=narrow_words(claim.text) or kind_words(claim),
                    part=part_words(reading.report.text, claim),
                    order=order,
                    first=origin.first if origin else None,
                    group=origin.group if origin else "",
                    possible=stance in FORWARD or claim.stands in ("supposed", "asked", "open"),
                    planned=stance in FORWARD or claim.tense == "planned" or is_yet_to_come(claim),
                    corrected=claim.stands in TAKEN_BACK,
                    dated=find_day(reading, claim),
                    when=find_date(reading, claim),
                    body=bodies.main,
                    superseded=latest.get(reading.report.id, ""),
                    voice=find_voice(cast, place, claim, attribution, origin.group if origin else ""),
                    marked=marked,
                )
            )
    return sorted(place_speakers(facts), key=lambda f: (f.said, f.report.id, f.report.digest, f.order, f.claim.id))


def find_inner(claims: Sequence[Claim]) -> set[str]:
    """The claims that stand in a longer one of their report and are not asserted: the longer one says of them how they
    stand ("There was no evidence *that the votes were altered*")."""
    inner: set[str] = set()
    last: Claim | None = None
    for claim in sorted(claims, key=lambda c: (c.start, -c.end)):
        if last is None or claim.end > last.end:
            last = claim
        elif (claim.start, claim.end) != (last.start, last.end) and claim.stands != "asserted":
            inner.add(claim.id)
    return inner


def is_yet_to_come(claim: Claim) -> bool:
    """Whether a claim tells of what may yet be, and not of what may have been."""
    return claim.stands == "supposed" and claim.tense == "hypothetical"


def find_latest(provenance: Iterable[Provenance], reports: Mapping[str, Report]) -> dict[str, str]:
    """The id of the latest version of each report that a later version of the same article has replaced."""
    first: dict[str, str] = {}
    for one in provenance:
        parent = next((link.report for link in one.because if link.kind == "update" and link.report in reports), "")
        if parent and parent != one.report:
            first[one.report] = parent
    versions: dict[str, list[str]] = {}
    for report in first:
        root, seen = report, {report}
        while (before := first.get(root)) is not None and before not in seen:
            root = before
            seen.add(root)
        versions.setdefault(root, [root]).append(report)
    latest = {}
    for some in versions.values():
        last = max(some, key=lambda name: (reports[name].published or EVER, name))
        latest.update({name: last for name in some if name != last})
    return latest


def place_speakers(facts: Sequence[Fact]) -> list[Fact]:
    """The facts, each person's with the institution that another claim of the report gives him: under his name, or
    under his office before he is named ("the head of the coast guard ... Admiral Ames said")."""
    known: dict[tuple[str, str], str] = {}
    office: dict[str, str] = {}
    placed = []
    for fact in facts:
        speaker = fact.attribution.speaker if fact.attribution else None
        key = (fact.report.digest or fact.report.id, fact.source)
        if speaker is not None and ARM in fact.group:
            if speaker.kind in PEOPLE:
                known.setdefault(key, fact.group)
            if speaker.kind == "official" and not speaker.anonymous and speaker.role in OFFICES:
                office[key[0]] = fact.group
        placed.append((fact, key, office.get(key[0], "")))
    found = []
    for fact, key, before in placed:
        speaker = fact.attribution.speaker if fact.attribution else None
        alone = (
            speaker is not None and speaker.kind == "person" and not speaker.affiliation and fact.group == fact.source
        )
        if speaker is not None and ARM not in fact.group:
            fact = replace(fact, group=known.get(key) or (before if alone else "") or fact.group)
        found.append(fact)
    return found


def sentence_around(text: str, start: int, end: int) -> str:
    """The words of the sentence or sentences that a passage stands in."""
    begin, stop = sentence_span(text, start, end)
    return text[begin:stop]


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence or sentences that a passage stands in begin and end."""
    floor = max(0, start - LONGEST_SENTENCE)
    ends = (m.end() for m in SENTENCE_END.finditer(text, floor, start + OPENING))
    begin = max((at for at in ends if at <= start), default=floor)
    stop = SENTENCE_END.search(text, max(start, end - 1), end + LONGEST_SENTENCE)
    return begin, stop.start() if stop else end + LONGEST_SENTENCE


def part_words(text: str, claim: Claim) -> str:
    """The words by which a figure counts a part of a whole ("two *of the* missing"), "" where it counts none: "8,000
    of them were still fighting" counts all who were."""
    found = PART.match(text, claim.figure.end) if claim.figure else None
    if found is None or (claim.event in TOLD_APART and found.group().split()[-1] in PRONOUNS):
        return ""
    return found.group().strip()


def kind_words(claim: Claim) -> str:
    """The words by which a figure counts one kind of people only ("1,500 *special forces* soldiers")."""
    found = KIND.search(claim.figure.of) if claim.figure else None
    return found.group() if found else ""


def name_of(attribution: Attribution | None) -> str:
    """The speaker's name, "" where there is none."""
    return attribution.speaker.name if attribution and attribution.speaker else ""


def find_day(reading: Reading, claim: Claim) -> Time | None:
    """The first day that a claim's sentence names."""
    begin, end = sentence_span(reading.report.text, claim.start, claim.end)
    days = (t for t in reading.times if begin <= t.start < end and t.type == "DATE" and DAY.fullmatch(t.value))
    return next((t for t in days if t.earliest is not None), None)


def find_date(reading: Reading, claim: Claim) -> Time | None:
    """The date or clock time of what a claim tells: one in it, right after it, or at the opening of its sentence; not
    that of who says it ("said on Monday that")."""
    text = reading.report.text
    begin, end = sentence_span(text, claim.start, claim.end)
    cues = [cue for attribution in reading.attributions for cue in attribution.cue]
    said = [stop for cue, stop in cues if begin <= stop <= end and not claim.start <= cue < claim.end]
    dates = [
        time
        for time in reading.times
        if begin <= time.start < end
        and time.type in DATES
        and time.earliest is not None
        and (not text.startswith(" that ", time.end) or CLEFT.search(text[begin : time.start]))
        and not any(stop <= time.start and LEADING.fullmatch(text, stop, time.start) for stop in said)
    ]
    inside = [t for t in dates if claim.start <= t.start < claim.end]
    after = (t for t in dates if t.start >= claim.end and LEADING.fullmatch(text, claim.end, t.start))
    opens = (t for t in dates if t.end <= claim.start and OPENS.fullmatch(text, begin, t.start))
    own = (t for t in inside if claim.time is not None and t.start == claim.time.start)
    return next(own, None) or next(iter(inside), None) or next(after, None) or next(opens, None)
