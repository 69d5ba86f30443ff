"""What state a thing is in: open or closed, holding or broken, alive or dead, and in whose hands it is.

The states and their words are those of `tables/conditions.toml`; which of two a claim says is read from the word and
its negation, of what from the noun that the word is said of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from sayso.record import Actor, Relation
from sayso.tables import load_toml
from sayso.weigh.facts import Fact, name_of
from sayso.weigh.relations import STILL, TIME_PASSES, moment_of, relate_states, scope_differs, time_between
from sayso.weigh.subjects import Subject, name_subject
from sayso.weigh.things import (
    LONGEST_BEFORE,
    POINTERS,
    Alike,
    choose_actor,
    is_one_tale,
    match_things,
    match_words,
    read_things,
)
from sayso.weigh.wordings import stems_of

IS = "is "
"""How the subject of such a point begins; the name of the state follows."""
HELD = "held"
NEGATION = re.compile(r"\b(no|not|never|neither|nor|nobody|n['’]t|without|cannot)\b|n['’]t\b", re.IGNORECASE)
HANDS = re.compile(
    r"\b(?:in the hands of|under (?:the )?control of|(?:held|controlled|seized|captured|taken|retaken|recaptured|"
    r"occupied|run) by|(?:fell|fallen|passed) to)\b",
    re.IGNORECASE,
)
"""Words after which the holder stands."""
WHOSE = re.compile(
    r"\b(?:in|under|into) (?:the )?(?P<who>(?!the\b)[\w'’-]+(?: [\w'’-]+)?) (?:hands|control|rule|occupation)\b",
    re.IGNORECASE,
)
"""The same with the holder inside ("in army hands")."""
COPULA = re.compile(r"\b(?:is|are|was|were|remains?|remained) (?:still |all |both |now )?$", re.IGNORECASE)
OBJECT = re.compile(
    r"\s+(?:the|an?|its|their|his|her|all|any)\s+(?P<what>[\w'’-]+(?:\s(?!(?:of|in|at|on|to|by|for|and|was|is|as)\b)[\w'’-]+)?)"
)
SUBJECT = re.compile(
    r"(?:the|an?|its|their|his|her|both|all)?\s*(?P<what>(?:[\w'’-]+\s){0,2}[\w'’-]+)\s+"
    r"(?:is|are|was|were|has|have|had|remain\w*|stay\w*)\b",
    re.IGNORECASE,
)
"""Noun phrases by the words about them."""
BY = re.compile(r"\s*(?:the |an? )?((?:[\w'’-]+ ?){1,5})")
OWN = re.compile(r"^(his|her|its|our|their)\b", re.IGNORECASE)
NEAR_BEFORE = 24
"""Code points before a word for a state in which it is negated."""
FEWEST_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Condition:
    """Two opposite states: the patterns of their words, of things they are said of (None for all), and of phrases in
    which the words mean something else; `by` where the state is somebody's doing,
    `subject` where the words are said of who acts."""

    name: str
    question: str
    yes: re.Pattern[str]
    no: re.Pattern[str]
    of: re.Pattern[str] | None
    never: re.Pattern[str] | None
    by: bool
    subject: bool


@cache
def load_conditions() -> tuple[Condition, ...]:
    """The opposite states of the table."""
    return tuple(
        Condition(
            row["name"],
            row["question"],
            match_words(tuple(row["yes"])),
            match_words(tuple(row["no"])),
            match_words(tuple(row["of"])) if "of" in row else None,
            match_words(tuple(row["never"])) if "never" in row else None,
            bool(row.get("by")),
            bool(row.get("subject")),
        )
        for row in load_toml("conditions.toml")["conditions"]
    )


def is_doing(about: str) -> bool:
    """Whether a point is on a state that is somebody's doing."""
    return any(condition.by and about == f"{IS}{condition.name}" for condition in load_conditions())


@cache
def load_holding() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The words for holding something, and those for what can be held."""
    table = load_toml("conditions.toml")["holding"]
    return match_words(tuple(table["holds"])), match_words(tuple(table["of"]))


def read_conditions(fact: Fact) -> Iterator[tuple[str, Fact]]:
    """The states that a fact tells of, each with the fact as it answers: yes or no, and of what."""
    if fact.possible or fact.planned:
        return
    text, actors, at = fact.claim.text, fact.claim.actors, fact.claim.start
    for condition in load_conditions():
        plain = condition.never.sub(blank, text) if condition.never else text
        sides = [(m, side) for side in (True, False) for m in (condition.yes if side else condition.no).finditer(plain)]
        if not sides or len({side for _, side in sides}) > 1:
            # "Out of order" holds "in order"'s noun; what is said both ways says nothing.
            sides = keep_longest(sides)
        if not sides:
            continue
        found, holds = sides[0]
        # What is counted is a figure's question, but not the state of "the two hostages".
        if fact.claim.figure is not None and not COPULA.search(text[: found.start()]):
            continue
        others = [a for a in actors if not condition.subject or a.end <= at + found.start()]
        actor = choose_actor(others, at + found.start(), at + found.end())
        phrase, around = describe_thing(fact, actor, at + found.start())
        if not phrase or (condition.by and (actor is None or actor.end <= at + found.start())):
            phrase, around = find_phrase(text, found.start(), found.end(), object_only=condition.by)
        if condition.of is not None:
            named = condition.of.search(text)
            phrase, around = (named.group(), text[named.start() :]) if named else ("", "")
        if not phrase:
            continue
        negated = NEGATION.search(text[max(0, found.start() - NEAR_BEFORE) : found.start()]) is not None
        denied = fact.denied and not condition.by
        answer = "yes" if holds != (negated != denied) else "no"
        things = read_things(phrase, around, without=(found.group(),))
        who = name_actor(fact) if condition.by else phrase
        subject = name_subject(who) if condition.by else Subject(frozenset(), phrase)
        yield f"{IS}{condition.name}", replace(fact, answer=answer, things=things, subject=subject)


def keep_longest(sides: Sequence[tuple[re.Match[str], bool]]) -> list[tuple[re.Match[str], bool]]:
    """The words for a state that stand inside no longer words, none where both states are told."""
    kept = [
        (m, side)
        for m, side in sides
        if not any(o.start() <= m.start() and m.end() <= o.end() and len(o.group()) > len(m.group()) for o, _ in sides)
    ]
    return kept if len({side for _, side in kept}) == 1 else []


def blank(match: re.Match[str]) -> str:
    """As many blanks as a passage has letters."""
    return " " * len(match.group())


def describe_thing(fact: Fact, actor: Actor | None, word: int) -> tuple[str, str]:
    """The noun phrase that a word at a position is said of, and what stands with it; for a pronoun, the words before
    the claim."""
    text = fact.report.text
    if actor is None or actor.name.casefold() in POINTERS or text[actor.start : actor.end].casefold() in POINTERS:
        before = text[max(0, fact.claim.start - LONGEST_BEFORE) : fact.claim.start]
        return ("it", before) if actor is not None or opens_with_pointer(fact) else ("", "")
    around = text[actor.start : word] if actor.start < word else text[actor.start : fact.claim.end]
    return actor.name, around


def open_actor(text: str, at: int, start: int) -> Actor | None:
    """The noun phrase that a claim opens with as one who takes part, where no parse gives any."""
    found = SUBJECT.match(text[:start])
    return (
        Actor(name=found["what"], role="target", start=at + found.start("what"), end=at + found.end("what"))
        if found
        else None
    )


def find_phrase(text: str, start: int, end: int, *, object_only: bool = False) -> tuple[str, str]:
    """The noun phrase right after a word, or that which the claim opens with before its verb, with what stands there:
    where no parse gives any."""
    if after := OBJECT.match(text, end):
        return after["what"], text[after.start("what") :]
    opening = None if object_only else SUBJECT.match(text[:start])
    return (opening["what"], text[:start]) if opening and opening["what"].casefold() not in POINTERS else ("", "")


def opens_with_pointer(fact: Fact) -> bool:
    """Whether a claim begins with a pronoun."""
    return fact.claim.text.split(maxsplit=1)[:1] != [] and fact.claim.text.split()[0].casefold() in POINTERS


def name_actor(fact: Fact) -> str:
    """Who acts in a claim: by name, or who speaks where a pronoun or "his men" stands for them."""
    name = next((a.name for a in fact.claim.actors if a.role == "actor"), "")
    start = next((a.start for a in fact.claim.actors if a.role == "actor"), 0)
    if not name or name.casefold() in POINTERS or opens_with_pointer(fact):
        return name_of(fact.attribution) or name
    if OWN.match(fact.report.text[max(fact.claim.start, start - 6) : start].strip() or name):
        return name_of(fact.attribution) or name
    return name


def read_holder(fact: Fact) -> Fact | None:
    """A fact that says in whose hands a place is, with the holder as its answer; None for others."""
    if fact.possible or fact.planned or fact.claim.figure is not None:
        return None
    text, at = fact.claim.text, fact.claim.start
    holds, of = load_holding()
    after, whose = HANDS.search(text), WHOSE.search(text)
    if whose is not None:
        actor, who, span = choose_actor(fact.claim.actors, at + whose.start(), at + whose.end()), whose["who"], whose
        actor = actor or open_actor(text, at, whose.start())
    elif after is not None:
        actor = choose_actor(fact.claim.actors, at + after.start(), at + after.end())
        found = BY.match(text, after.end())
        who = found.group(1).strip() if found else ""
        span = after
    else:
        verb = holds.search(text)
        if verb is None:
            return None
        actor = next((a for a in fact.claim.actors if a.role == "target" and a.start >= at + verb.end()), None)
        if actor is None:
            # "is in control of the main shaft": the noun after the words for holding.
            tail = of.search(text, verb.end(), verb.end() + 40)
            start = verb.end() if tail else 0
            actor = (
                Actor(name=text[start : tail.end()].strip(), role="target", start=at + start, end=at + tail.end())
                if tail
                else None
            )
        who, span = name_actor(fact), verb
    place = fact.claim.place
    if actor is None or not who:
        return None
    named = place is not None and place.start < actor.end and actor.start < place.end
    if not (of.search(actor.name) or named):
        return None
    negated = NEGATION.search(text[max(0, span.start() - NEAR_BEFORE) : span.start()]) is not None
    phrase, around = describe_thing(
        fact, actor, at + span.start() if actor.start < at + span.start() else fact.claim.end
    )
    answer = f"not {who}" if negated or fact.claim.polarity == "negative" else who
    return replace(
        fact, answer=answer, things=read_things(phrase, around, without=(who,)), subject=Subject(frozenset(), phrase)
    )


def score_condition(facts: Sequence[Fact], fact: Fact, alike: Alike, *, by: bool) -> float:
    """How well a fact on the state of a thing fits the facts of a point, 0 to 1."""
    if not is_one_tale(any(f.report.id == fact.report.id for f in facts), alike):
        return 0.0
    if by and not any(stems_of(f.subject.words) & stems_of(fact.subject.words) for f in facts):
        return 0.0
    one = max((match_things(f.things, fact.things) for f in facts if f.things and fact.things), default=0.0)
    return 0.6 * one + 0.4 * max(alike) if one >= FEWEST_ALIKE else 0.0


def relate_holders(a: Fact, b: Fact, i: int, j: int) -> Relation:
    """How two answers on who holds a place stand to each other."""
    words = f"{a.answer} / {b.answer}"
    one, other = (name_subject(f.answer.removeprefix("not ")) for f in (a, b))
    alike = bool(one.keys & other.keys) or one.words.casefold() == other.words.casefold()
    denied = [f.answer.startswith("not ") for f in (a, b)]
    if alike:
        return relate_states(a, b, i, j, not denied[0], not denied[1])
    if any(denied):
        return Relation(a=i, b=j, relation="compatible", why=f"both can be true: {words}")
    if scope := scope_differs(a, b):
        return Relation(a=i, b=j, relation="scope", why=f"{scope}: {words}")
    later = a if moment_of(a) > moment_of(b) else b
    anew = a.report.id != b.report.id and not STILL.search(later.claim.text)
    if anew and time_between(a, b) >= TIME_PASSES:
        return Relation(a=i, b=j, relation="revision", why=f"it changed hands: {words}")
    return Relation(a=i, b=j, relation="contradiction", why=f"two are said to hold it: {words}")
