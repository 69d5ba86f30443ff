"""What a question asks of the world: its words and criteria, read as any report is, as terms that claims can meet.

Whose word counts, what must be said to happen, to whom and where, and the bound of a figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sayso.record import Figure, Question, Reading, Report
from sayso.tables import load_toml
from sayso.weigh.facts import Fact, gather_facts
from sayso.weigh.states import count_kinds, status_of
from sayso.weigh.subjects import name_subject
from sayso.weigh.wordings import stems_of
from sayso.who.institutions import Institution, find_countries, find_institution

CHUNK = re.compile(r"\s*(?:,\s*(?:or|and)\s+|,|;|/|\bor\b|\band\b)\s*", re.IGNORECASE)
CONDITION = re.compile(
    r"^\W*(?:(?:this |the question )?(?:resolves? )?(?:as )?(?:yes|true|no) )?(?:if|when|only if)\s+", re.I
)
AFTER_SOURCE = re.compile(r"[.;:?]|\b(?:that|puts?|says?|gives?)\b")
"""What ends the words for a source."""
SAYER = re.compile(
    r"((?:[^\s,;]+[\s,]+){1,25}?)(?:says?|announces?|reports?|puts?|confirms?|declares?|publish(?:es)?|states?|gives?|"
    r"estimates?|lists?|acknowledges?|admits?|records?)\b(?!\s+(?:by|from)\b)",
)
"""Who must say so, before a verb of saying."""
SMALL = re.compile(r"(?<![\w'’-])(?!(?:of|the|and)\b)[a-z][\w'’-]*")
NAME = re.compile(r"\b[A-Z][\w'’-]*")
DIGIT = re.compile(r"\d")
MOST_SOURCES = 20
FEWEST_STEMS = 3
"""Content words of a wording that says by itself what is asked."""


@dataclass(frozen=True, slots=True)
class Source:
    """Whose word the criteria take: their words for it, their stems, and the institution where it is known."""

    words: str
    stems: frozenset[str]
    institution: Institution | None


@dataclass(frozen=True, slots=True)
class Wording:
    """The stems of one way to put a question, and those of them that are no names: what is done or is so."""

    stems: frozenset[str]
    acts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure that must be reached or not be passed: `low` or `high` is None where it is open; `kinds` are the units
    and states that it may be told in, as points tell figures apart."""

    low: float | None
    high: float | None
    kinds: frozenset[tuple[str, str]]

    def holds(self, figure: Figure) -> bool | None:
        """Whether a figure lies within; None where it may or may not."""
        least, most = figure.low, figure.high
        if self.low is not None:
            if least is not None and least >= self.low:
                return True
            return None if most is None or most >= self.low else False
        if most is not None and self.high is not None and most <= self.high:
            return True
        return None if least is None or (self.high is not None and least <= self.high) else False


@dataclass(frozen=True, slots=True)
class Terms:
    """What a question asks for.

    `wordings` are the ways in which it is put, `events` and `statuses` what happens in them, `keys` the
    countries of those whom it is about, `countries` all that it names, `sources` whose word counts (() for anybody's),
    `party` whether it asks what they say themselves, `bound` the figure. `anew` asks for what had stopped, `named` for
    somebody who stands by his name. `negative` asks whether something does not happen, `denied` whether somebody says
    that it is not so. `verbs` are the stems of what is done (none of a choice, whose options say it),
    `stances` those in which it is asked for ("orders an inquiry").
    """

    wordings: tuple[Wording, ...]
    events: frozenset[str]
    statuses: frozenset[tuple[str, bool]]
    keys: frozenset[str]
    countries: frozenset[str]
    sources: tuple[Source, ...]
    party: bool
    bound: Bound | None
    anew: bool
    named: bool
    negative: bool
    denied: bool
    verbs: frozenset[str]
    stances: frozenset[str]


@cache
def match_words(name: str) -> re.Pattern[str]:
    """One pattern for a list of ``resolving.toml``, the longest first."""
    words = sorted(load_toml("resolving.toml")[name], key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, words)) + r")(?![\w-])", re.IGNORECASE)


@cache
def mute_stems() -> frozenset[str]:
    """The stems of words of asking and saying, which say nothing of the matter."""
    return stems_of(" ".join(load_toml("resolving.toml")["mute"]))


def read_terms(question: Question) -> Terms:
    """The terms of a question. Never raises: what cannot be made out is left open."""
    asked = read_words(question.text, question.opens or question.at)
    decided = read_words(CONDITION.sub("", question.criteria), question.opens or question.at)
    both = [reading for reading in (decided, asked) if reading.report.text]
    facts = gather_facts(both, ())
    sources = find_sources(question, asked, decided)
    spoken = {stem for source in sources for stem in source.stems}
    wordings = [found for reading in both if (found := list_stems(reading, spoken)).stems]
    speakers = {key for source in sources for key in name_subject(source.words).keys if key.startswith("@")}
    told = [fact for fact in facts if says_matter(fact)]
    whom = {key for fact in told for key in fact.subject.keys if key.startswith("@")}
    # Capitals matter: a ministry that states something is not the States.
    named = {key for fact in told for key in name_subject(SMALL.sub(",", cut_sources(fact))).keys}
    countries = {key for key in named if key.startswith("@")}
    keys = whom - speakers or whom or countries - speakers or countries
    text = f"{question.text} {question.criteria}"
    main = next((fact for fact in facts if fact.report.id == "question"), None)
    verbs = frozenset[str]().union(*(list_verbs(reading.report.text) for reading in both))
    party = any(attribution.source for attribution in asked.attributions)
    negative = main is not None and main.claim.polarity == "negative"
    # "Yes if the company says so": the question tells of what.
    if min((len(wording.stems) for wording in wordings), default=0) < FEWEST_STEMS:
        stems, acts = (frozenset[str]().union(*(getattr(w, of) for w in wordings)) for of in ("stems", "acts"))
        wordings = [Wording(stems, acts)]
    return Terms(
        wordings=tuple(wordings),
        # A type of conflict is given by less than an event: it is asked for where no event is.
        events=frozenset(f.claim.event for f in told if f.claim.event)
        or frozenset(f.claim.conflict for f in told if f.claim.conflict),
        statuses=frozenset(status for fact in told if (status := status_of(fact)) is not None),
        keys=frozenset(keys),
        countries=frozenset(countries - speakers),
        sources=sources,
        party=party,
        bound=find_bound(facts, told),
        anew=match_words("anew").search(text) is not None,
        named=match_words("on_record").search(question.criteria) is not None,
        negative=negative and not party,
        denied=negative and party,
        verbs=verbs - spoken if question.kind != "choice" else frozenset(),
        stances=frozenset(attribution.stance for reading in both for attribution in reading.attributions),
    )


def read_words(text: str, asked: datetime | None) -> Reading:
    """A question's words or criteria read as a report of the moment of asking."""
    from sayso.extract import read_report

    name = "question" if text.rstrip().endswith("?") else "criteria"
    return read_report(Report(id=name, text=text.strip(), published=asked))


def says_matter(fact: Fact) -> bool:
    """Whether a claim of a question says what is asked about, and not only who must say so."""
    return len(stems_of(fact.claim.text) - mute_stems()) > 1


def cut_sources(fact: Fact) -> str:
    """A claim's words without those for its source."""
    words = fact.claim.text
    for start, end in fact.attribution.source if fact.attribution else ():
        words = words.replace(fact.report.text[start:end], " ")
    return words


def list_stems(reading: Reading, spoken: set[str]) -> Wording:
    """What is asked about: without who must say it, dates, and words of asking and saying."""
    text = reading.report.text
    cut = [*((time.start, time.end) for time in reading.times)]
    cut += [span for a in reading.attributions for span in (*a.source, *a.cue)]
    for start, end in sorted(cut, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    stems = stems_of(text) - mute_stems()
    stems = stems - spoken or stems
    return Wording(stems, (stems & stems_of(NAME.sub(" ", text))) or stems)


def list_verbs(text: str) -> frozenset[str]:
    """The stems of the verbs of a text that say what is done."""
    from sayso.extract.parsers import parse_text

    words = " ".join(token.text for token in parse_text(text).tokens if token.pos == "VERB")
    return stems_of(words) - mute_stems() - stems_of(" ".join(load_toml("resolving.toml")["light"]))


def name_state(text: str) -> str:
    """What is asked of people who are counted ("killed"), "" where nothing is."""
    from sayso.extract.parsers import parse_text

    lemmas = {token.lemma.casefold() for token in parse_text(text).tokens}
    for state in load_toml("counted.toml")["states"]:
        words = {word for part in ("object", "subject", "nouns") for word in state.get(part, "").split()}
        if words & lemmas:
            return str(state["state"])
    return ""


def find_bound(facts: Sequence[Fact], told: Sequence[Fact]) -> Bound | None:
    """The figure that decides: the first with a bound, of the criteria before the question's."""
    for fact in facts:
        figure = fact.claim.figure
        if figure is None or figure.bound not in ("at least", "at most"):
            continue
        kinds = {kind for other in facts for kind in list_kinds(other, figure)} - {("", "")}
        if not kinds and any(other.claim.event == "casualties" for other in told):
            kinds = {("person", "casualties")}
        if figure.bound == "at least":
            return Bound(figure.low, None, frozenset(kinds))
        return Bound(None, figure.high, frozenset(kinds))
    return None


def list_kinds(fact: Fact, figure: Figure | None = None) -> set[tuple[str, str]]:
    """The unit and state in which points tell a fact's figure apart; none where that is not `figure`, if given."""
    own = fact.claim.figure
    if own is None or (figure is not None and (own.low, own.high) != (figure.low, figure.high)):
        return set()
    return count_kinds(fact)


def find_sources(question: Question, asked: Reading, decided: Reading) -> tuple[Source, ...]:
    """Whose word counts: that of those whom the criteria name, of those of whom it is asked what they will say, or of
    the question's own source."""
    named = [words for reading in (decided, asked) for words in list_speakers(reading)]
    if not named and question.source:
        named = [question.source]
    found: dict[str, Source] = {}
    for words in named:
        for source in split_sources(words):
            found.setdefault(source.words.casefold(), source)
    return tuple(found.values())[:MOST_SOURCES]


def list_speakers(reading: Reading) -> list[str]:
    """The words of those who must say so in a text."""
    text = reading.report.text
    found = []
    for attribution in reading.attributions:
        words = " ".join(text[start:end] for start, end in attribution.source)
        if not words and attribution.cue:  # The source of "if A or B says" may be too long for the reader.
            words = text[: attribution.cue[0][0]]
        if words and not DIGIT.search(words):
            found.append(words)
    if not found and reading.report.id == "criteria" and (said := SAYER.match(text)) is not None:
        found.append(said.group(1))
    if not found:
        found += [AFTER_SOURCE.split(text[cited.end() :])[0] for cited in match_words("cited").finditer(text)]
    if not found and (named := find_institution(text)) is not None and named.name and reading.report.id == "criteria":
        found.append(named.name)
    return found


def split_sources(words: str) -> list[Source]:
    """Each of the sources that words join: "Peru's president, army or health ministry" are three of Peru."""
    words = match_words("documents").sub(" ", words)
    found: list[Source] = []
    country = ""
    for chunk in CHUNK.split(words):
        chunk = " ".join(chunk.split())
        if not chunk or not stems_of(chunk):
            continue
        institution = find_institution(chunk)
        if institution is not None and institution.country:
            country = institution.country
        elif country and institution is not None and institution.branch and not find_countries(chunk):
            from sayso.tables.countries import name_countries

            institution = find_institution(f"{name_countries().get(country, country)}'s {chunk}") or institution
        found.append(Source(chunk, stems_of(chunk), institution))
    return found
