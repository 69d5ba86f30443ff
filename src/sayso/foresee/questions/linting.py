"""What gets questions voided, found before they are asked: no deadline, nothing to measure, nobody named.

Each finding has a reason code, its severity (an error is refused, a warning shown) and words for whoever asks. The
rules are those that forecasting tournaments give their question writers; the words they go by are in
``tables/linting.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache

from sayso.grammar.parses import Parse, Token
from sayso.record import Question, Reading
from sayso.tables import load_toml
from sayso.weigh.wordings import stems_of
from sayso.who.institutions import find_countries, find_institution

FEWEST_STEMS = 3
"""Content words of criteria that say anything to measure."""
NEAR, FAR = timedelta(days=3), timedelta(days=45)
"""How long before and after the date in its words a question may resolve."""
BOUND = re.compile(r"\b(by|before|until|till|through|no later than)( the end of)?\s*$", re.IGNORECASE)
SECOND = re.compile(
    r"\?.*\w.*\?|\b(?:and|or)(?: if so,?)? (?:will|would|when|how|who|which)\b", re.IGNORECASE | re.DOTALL
)
CITED = re.compile(
    r"\b(according to|as (published|reported|listed|given|recorded|announced|measured) (by|in|on)|"
    r"(published|reported|announced|recorded|listed|certified|confirmed|declared|issued) (by|in|on))\b",
    re.IGNORECASE,
)
HOW = re.compile(r"\bhow\s+$", re.IGNORECASE)
DATES = re.compile(
    r"^(january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|"
    r"thursday|friday|saturday|sunday|yes|no|if|the|a|an|will|i)$",
    re.IGNORECASE,
)
NAMED = frozenset(("PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something about a question that could get it voided. `code` names the rule, `severity` is error or warning."""

    code: str
    severity: str
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its words and those of its criteria read."""

    question: Question
    parse: Parse
    text: Reading
    criteria: Reading


def lint_question(question: Question, *, now: datetime, decided: str = "") -> list[Finding]:
    """What is wrong with a question, errors first. `now` is when it is asked; `decided` says by which evidence the
    ledger has decided it already, "" where it has not."""
    asked = read_asked(question, now)
    found = [finding for rule in RULES for finding in rule(asked, now)]
    if decided:
        found.append(Finding(code="decided", severity="error", words=f"the ledger has decided it already: {decided}"))
    return sorted(found, key=lambda finding: finding.severity)


@lru_cache(maxsize=64)
def read_asked(question: Question, now: datetime) -> Asked:
    """The question, its words and criteria read as any report is."""
    from sayso.extract import read_report
    from sayso.extract.parsers import parse_text
    from sayso.record import Report

    asked = question.at or now
    text = read_report(Report(id="question", text=question.text, published=asked))
    criteria = read_report(Report(id="criteria", text=question.criteria, published=asked))
    return Asked(question, parse_text(question.text), text, criteria)


@cache
def match_phrases(name: str) -> re.Pattern[str]:
    """One pattern for a list of the table, the longest first."""
    words = sorted(load_toml("linting.toml")[name], key=len, reverse=True)
    return re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, words)) + r")(?![\w-])", re.IGNORECASE)


@cache
def load_words(name: str) -> frozenset[str]:
    """A list of the table."""
    return frozenset(load_toml("linting.toml")[name])


def has_figure(reading: Reading) -> bool:
    """Whether a text gives a measure: a figure that is no date."""
    return any(figure.low is not None or figure.high is not None for figure in reading.figures)


def find_deadline(asked: Asked) -> datetime | None:
    """The last moment that a question's words name, None where they name none."""
    ends = [time.latest for time in asked.text.times if time.latest is not None and time.type in ("DATE", "TIME")]
    return max(ends, default=None)


def check_deadline(asked: Asked, now: datetime) -> Iterator[Finding]:
    """A day on which it resolves, in the future, that fits the words."""
    resolves, told = asked.question.resolves, find_deadline(asked)
    if resolves is None and told is None:
        yield Finding(code="no-deadline", severity="error", words="say by when it resolves (--resolves 2031-06-30)")
        return
    end = resolves or told
    if end is not None and end < now:
        yield Finding(code="past-deadline", severity="error", words=f"its deadline, {end:%Y-%m-%d}, has passed")
    if resolves is None or told is None:
        return
    bound = any(BOUND.search(asked.question.text[: time.start]) for time in asked.text.times if time.latest == told)
    if resolves < told - NEAR or (bound and resolves > told + FAR):
        words = f"its words say {told - timedelta(seconds=1):%Y-%m-%d}, but it resolves on {resolves:%Y-%m-%d}"
        yield Finding(code="deadlines-differ", severity="warning", words=words)


def check_criteria(asked: Asked, now: datetime) -> Iterator[Finding]:
    """Criteria by which two people would come to one outcome."""
    criteria = asked.question.criteria
    if not criteria.strip():
        yield Finding(code="no-criteria", severity="error", words="say what decides it (--criteria 'Yes if ...')")
        return
    if found := match_phrases("impressions").search(criteria):
        words = f"“{found.group()}” leaves it to an impression: say what is counted, or who must say what"
        yield Finding(code="no-criteria", severity="error", words=words)
    elif len(stems_of(criteria)) < FEWEST_STEMS and not has_figure(asked.criteria) and not asked.criteria.attributions:
        words = "the criteria name nothing to measure: say what is counted, or who must say what"
        yield Finding(code="no-criteria", severity="error", words=words)


def check_vague(asked: Asked, now: datetime) -> Iterator[Finding]:
    """No words that two people measure differently; measured ones are only warned of."""
    seen = set()
    criteria = list_vague(asked.question.criteria)
    measured = has_figure(asked.criteria) and not criteria
    for word in (*list_vague(asked.question.text), *criteria):
        if word.casefold() not in seen:
            seen.add(word.casefold())
            words = f"“{word}” means different things to different people: give a number, a name or a day"
            yield Finding(code="vague-words", severity="warning" if measured else "error", words=words)


def list_vague(text: str) -> list[str]:
    """The vague words of a text, but for those in names ("Major Ames", "the Strong Bank")."""
    found = match_phrases("vague").finditer(text)
    return [
        m.group() for m in found if not (m.start() and m.group()[0].isupper()) and not HOW.search(text[: m.start()])
    ]


def check_actor(asked: Asked, now: datetime) -> Iterator[Finding]:
    """Somebody who acts and can be told from others."""
    for subject in list_subjects(asked.parse):
        phrase = words_of(asked.parse, subject)
        if subject.lemma.casefold() in load_words("pronouns"):
            head = asked.parse.tokens[subject.head]
            if not (subject.lemma == "it" and head.lemma in load_words("weather")) and not before(asked.parse, subject):
                yield Finding(code="no-actor", severity="error", words=f"say who “{phrase}” is")
            return
        if subject.lemma.casefold() in load_words("actors") and not names_in(asked.parse, asked.text):
            yield Finding(code="no-actor", severity="error", words=f"say which “{phrase}”: there are many")
            return


def check_place(asked: Asked, now: datetime) -> Iterator[Finding]:
    """A place that can be told from others, where it matters."""
    if names_in(asked.parse, asked.text):
        return
    for token in asked.parse.tokens:
        if token.pos == "NOUN" and token.lemma.casefold() in load_words("places") and token.dep in ("pobj", "dobj"):
            phrase = words_of(asked.parse, token)
            yield Finding(code="no-place", severity="error", words=f"say which “{phrase}”: there are many")
            return
    events = {claim.event for claim in asked.text.claims} | {claim.conflict for claim in asked.text.claims}
    if events & load_words("located") and not names_in(asked.parse, asked.criteria):
        yield Finding(code="no-place", severity="error", words="say where: it happens all over the world")


def check_single(asked: Asked, now: datetime) -> Iterator[Finding]:
    """One thing asked."""
    if SECOND.search(asked.question.text) or asks_twice(asked.parse):
        words = "it asks two things: ask two questions, or say in the criteria what counts as one"
        yield Finding(code="two-questions", severity="error", words=words)


def asks_twice(parse: Parse) -> bool:
    """Whether two clauses with verbs of their own are joined by "and" or "or"; "killed or wounded" and "say or confirm"
    are one."""
    for token in parse.tokens:
        if is_second_verb(parse, token):
            return True
        if token.dep != "conj" or token.pos not in ("VERB", "AUX"):
            continue
        first = parse.tokens[token.head]
        if first.pos not in ("VERB", "AUX") or {first.lemma, token.lemma} <= load_words("sayings"):
            continue
        own = any(parse.tokens[i].dep in ("nsubj", "nsubjpass") for i in token.children)
        if own or not (first.tag == token.tag == "VBN"):
            return True
    return False


def is_second_verb(parse: Parse, token: Token) -> bool:
    """Whether a verb goes with the question's "will" though another clause has it already: "the council name a premier
    or the mission *leave*"."""
    if token.tag != "VB" or token.dep not in ("relcl", "advcl", "acl", "ccomp"):
        return False
    helped = any(parse.tokens[i].dep in ("aux", "auxpass", "mark") for i in token.children)
    joined = any(other.lemma in ("and", "or") for other in parse.tokens[: token.i])
    return joined and not helped and parse.tokens[token.head].pos in ("NOUN", "PROPN")


def check_negatives(asked: Asked, now: datetime) -> Iterator[Finding]:
    """No double negatives: forecasters mistake yes for no."""
    lemmas = [token.lemma.casefold() for token in asked.parse.tokens]
    negators = sum(lemma in load_words("negators") for lemma in lemmas)
    refusals = sum(
        token.lemma.casefold() in load_words("refusals") and token.pos == "VERB" for token in asked.parse.tokens
    )
    if negators + refusals > 1:
        yield Finding(code="double-negative", severity="warning", words="two negatives: ask it the other way round")


def check_source(asked: Asked, now: datetime) -> Iterator[Finding]:
    """Somebody whose word decides."""
    criteria = asked.question.criteria
    if asked.question.source.strip() or CITED.search(criteria) or find_institution(criteria) is not None:
        return
    if any(attribution.source for attribution in asked.criteria.attributions):
        return
    words = "say by whose word it resolves (--source), or in the criteria"
    yield Finding(code="no-source", severity="warning", words=words)


def check_terms(asked: Asked, now: datetime) -> Iterator[Finding]:
    """A unit for a number, and options among which one must come true."""
    question = asked.question
    if question.kind == "number" and not question.unit:
        yield Finding(code="no-unit", severity="warning", words="say in which unit the number is (--unit)")
    rest = re.compile(r"\b(other|others|another|none|neither|no|nobody|not|else)\b", re.IGNORECASE)
    if question.kind == "choice" and not any(rest.search(option) for option in question.options):
        words = "add an option for everything else (“none of these”), or one may be missing"
        yield Finding(code="options-open", severity="warning", words=words)


RULES = (
    check_deadline,
    check_criteria,
    check_vague,
    check_actor,
    check_place,
    check_single,
    check_negatives,
    check_source,
    check_terms,
)
"""The rules, each from a question and the moment of asking to what it finds."""


def list_subjects(parse: Parse) -> list[Token]:
    """The heads of the subjects of a question's main verb and of what it says, in order."""
    return [token for token in parse.tokens if token.dep in ("nsubj", "nsubjpass") and token.tag not in ("WP", "WDT")][
        :1
    ]


def words_of(parse: Parse, token: Token) -> str:
    """The words of a noun phrase."""
    return parse.words(*parse.subtree(token.i))


def before(parse: Parse, token: Token) -> bool:
    """Whether a name stands before a pronoun, whom it may mean."""
    return any(name.last < token.i and name.label in NAMED for name in parse.names)


def names_in(parse: Parse, reading: Reading) -> bool:
    """Whether a text names anybody or any place."""
    text = reading.report.text
    if reading.places or find_countries(text):
        return True
    if parse.text == text and any(name.label in NAMED for name in parse.names):
        return True
    words = re.findall(r"(?<![.?!]\s)(?<!^)\b[A-Z][\w'’-]*", text)
    return any(not DATES.match(word) for word in words)
