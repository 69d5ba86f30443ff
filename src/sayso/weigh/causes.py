"""What caused a happening and who ordered something: the words of a claim that say so, and of which happening."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.record import Relation
from sayso.weigh.bodies import ANYBODY
from sayso.weigh.facts import Fact, name_of
from sayso.weigh.happenings import find_families
from sayso.weigh.relations import TIME_PASSES, same_line, scope_differs, time_between
from sayso.weigh.subjects import Subject, Things
from sayso.weigh.things import CALENDAR, POINTERS, Alike, is_one_tale, read_things
from sayso.weigh.wordings import stems_of
from sayso.weigh.wordlists import name_things

WHY, ORDER = "why ", "order"
"""How the subject of a point on causes begins, the kind of happening follows; and that of one on orders."""
EFFECT_FIRST = re.compile(
    r"\b(?:(?:was|were|is|been|be) (?:partly |mainly |probably |directly )?"
    r"(?:caused|triggered|brought about|set off|provoked|started) by|"
    r"(?:was|is|were) (?:the )?(?:result|consequence|work|fault) of|because of|because|due to|owing to|as a result of|"
    r"(?:was|were|been|is) (?:blamed on|attributed to|put down to|down to)|resulted from|stemmed from|thanks to)\b",
    re.IGNORECASE,
)
CAUSE_FIRST = re.compile(
    r"\b(?:caused|triggered|led to|carried out|staged|mounted|brought about|set off|provoked|"
    r"(?:was|is|were|are) (?:the )?"
    r"(?:\w+ )?(?:cause of|reason for|to blame for|responsible for|behind)|was behind|resulted in)\b",
    re.IGNORECASE,
)
BLAMED_ON = re.compile(
    r"\b(?:blam\w+|attribut\w+|pinn?\w+) (?P<effect>[^,.;]{3,120}?) (?:on|to) (?P<cause>[^,.;]{3,120})", re.I
)
BLAMED_FOR = re.compile(
    r"\b(?:blam\w+|accus\w+|held) (?P<cause>[^,.;]{3,120}?) (?:responsible )?(?:for|of) (?P<effect>[^,.;]{3,120})", re.I
)
CLAIMED = re.compile(
    r"\b(?:claimed responsibility for|said it (?:had )?carried out) (?P<effect>[^,.;]{3,120})", re.IGNORECASE
)
FIRED = re.compile(
    r"\b(?:opened fire|fired|shot|attacked|shelled)(?: \w+){0,3} first\b|\bfired the first shots?\b|"
    r"\b(?:opened fire|fired|broke|breached|violated) first\b|"
    r"\b(?:broke|breached|violated) (?P<what>the (?:\w+ )?(?:truce|ceasefire|cease-fire|armistice))\b",
    re.IGNORECASE,
)
"""Words for beginning to fight, in which who did is in question."""
HEDGED = re.compile(
    r"\b(may|might|could|possibl\w+|perhaps|one of|among|partly|contribut\w+|suspect\w*|believ\w+)\b", re.I
)
STOP = re.compile(r"[,;.]|\b(?:which|who|and not|rather than|while|after|when)\b")
ORDERED = re.compile(
    r"\b(?:ordered|order(?:s)? (?:to|from|was|were)|gave the orders?|on the orders? of|on (?:\w+ )?orders from|"
    r"authori[sz]ed|"
    r"commanded|instructed|sent in|decided to|decision to|(?:given|issued) by|\w+['’]s orders?)\b",
    re.IGNORECASE,
)
AGENT = re.compile(
    r"\b(?:by|(?:orders?|instructions?|behest|request) (?:of|from)|came from) (?P<who>[^,.;]{3,80})", re.IGNORECASE
)
ORDERS = re.compile(r"\b(?:order|instruct|command)\w*\b", re.IGNORECASE)
"""Verbs of an order, which is more than a request."""
CLEFT = re.compile(r"it was (?P<who>[^,;.]{3,60}?)(?:, [^,;.]{3,60},)? (?:who|that)\b", re.IGNORECASE)
"""The opening of a sentence on who did it."""
ANYONE = frozenset(("anyone", "anybody", "nobody", "no one", "someone", "somebody"))
LONGEST_CAUSE = 100
BEFORE = 120


def read_cause(fact: Fact) -> tuple[str, Fact] | None:
    """The kind of happening that a fact gives a cause for, and the fact with the cause as its answer and what it
    happened to; None where it gives none."""
    if fact.claim.tense == "planned":
        return None
    parts = split_cause(fact)
    if parts is None:
        return None
    effect, cause = parts
    cause = STOP.split(cause.strip(), maxsplit=1)[0].strip()[:LONGEST_CAUSE]
    families = [name for name, _, _ in find_families(effect)]
    if not families or not stems_of(cause):
        return None
    things = read_things("", effect, without=(name_of(fact.attribution),))
    answer = f"not {cause}" if is_denied(fact) else cause
    return f"{WHY}{families[0]}", replace(
        fact, answer=answer, things=things, subject=Subject(frozenset(), effect.strip()[:80])
    )


def split_cause(fact: Fact) -> tuple[str, str] | None:
    """The words for an effect and those for its cause, None where a claim tells of none."""
    text = fact.claim.text
    for pattern in (BLAMED_ON, BLAMED_FOR):
        if found := pattern.search(text):
            return found.group("effect"), found.group("cause")
    if found := CLAIMED.search(text):
        return found.group("effect"), name_of(fact.attribution) or text[: found.start()]
    if found := FIRED.search(text):
        return found["what"] or "opened fire", text[: found.start()]
    if found := EFFECT_FIRST.search(text):
        return text[: found.start()], text[found.end() :]
    if found := CAUSE_FIRST.search(text):
        return text[found.end() :], text[: found.start()]
    return None


def is_denied(fact: Fact) -> bool:
    """Whether a claim, or who speaks, denies what its words tell."""
    return fact.denied != (fact.claim.polarity == "negative")


def read_order(fact: Fact) -> Fact | None:
    """A fact that tells who ordered or decided something, with who did as its answer; None for others."""
    found = ORDERED.search(fact.claim.text)
    if fact.claim.figure is not None:
        return None
    if found is not None and fact.claim.tense != "planned":
        who, rest = split_order(fact, found)
    elif fact.attribution is not None and fact.attribution.stance == "orders" and ORDERS.search(cue_of(fact)):
        # "The director gave the order to restart the pumps": the claim is what was ordered.
        who, rest = name_of(fact.attribution), fact.claim.text
        # That it was ordered is told as so, whatever came of it.
        fact = replace(fact, claim=replace(fact.claim, stands="asserted"))
    else:
        return None
    if not who or who.casefold() in (POINTERS | ANYBODY) - ANYONE or not stems_of(rest):
        return None
    answer = "nobody" if who.casefold() in ANYONE or is_denied(fact) else who
    things = read_things("", rest, without=(who, found.group() if found else ""))
    return replace(fact, answer=answer, things=things, subject=Subject(frozenset(), rest.strip()[:80]))


def cue_of(fact: Fact) -> str:
    """The words by which a fact's source says it."""
    cues = fact.attribution.cue if fact.attribution else ()
    return " ".join(fact.report.text[start:end] for start, end in cues)


def split_order(fact: Fact, found: re.Match[str]) -> tuple[str, str]:
    """Who gave an order and what was ordered, "" where the words about an order at a place do not say."""
    text, at = fact.claim.text, fact.claim.start
    told, cleft = AGENT.search(text, max(0, found.start() - 4)), CLEFT.match(text)
    actors = [a for a in fact.claim.actors if a.role == "actor" and a.end <= at + found.start()]
    if told is not None:
        return STOP.split(told.group("who"), maxsplit=1)[0].strip(), text[: told.start()]
    if cleft is not None:
        return cleft["who"], text[found.end() :]
    if actors:
        who = max(actors, key=lambda a: a.end).name
        return name_of(fact.attribution) if who.casefold() in POINTERS else who, text[found.end() :]
    owner, mark, _ = found.group().replace("’", "'").partition("'")
    return (owner, text[: found.start()]) if mark else ("", "")


def score_cause(facts: Sequence[Fact], fact: Fact, alike: Alike, *, order: bool) -> float:
    """How well a cause or an order fits those of a point, 0 to 1: by what was caused or ordered."""
    within = any(f.report.id == fact.report.id for f in facts)
    if not is_one_tale(within, alike):
        return 0.0
    shares = [share_things(f.things, fact.things) for f in facts if f.things and fact.things]
    best = max(shares, default=0.0)
    if best < (0.4 if order else 0.01) and (order or fact.things is None or len(fact.things.words) > 1):
        return 0.0
    return 0.5 + 0.3 * best + 0.2 * max(alike)


def share_things(a: Things, b: Things) -> float:
    """The words of two descriptions in common, as a share of the shorter; none where their names differ."""
    if a.names and b.names and not a.names & b.names:
        return 0.0
    return len(a.words & b.words) / max(1, min(len(a.words), len(b.words)))


def relate_causes(a: Fact, b: Fact, i: int, j: int, *, order: bool = False) -> Relation:
    """How two causes of one happening, or two who are said to have ordered one thing, stand to each other."""
    words = f"{a.answer} / {b.answer}"
    denied = [f.answer.startswith("not ") or f.answer == "nobody" for f in (a, b)]
    one, other = (name_things(stems_of(f.answer.removeprefix("not ")) - CALENDAR) for f in (a, b))
    # Two ministers share a word; two signals that failed are one cause.
    alike = len(one & other) > (0.5 if order else 0.0) * min(len(one), len(other)) or a.answer == b.answer
    if all(denied) or (alike and denied[0] == denied[1]):
        return Relation(a=i, b=j, relation="same", why=f"the same in other words: {words}")
    if any(denied):
        if alike or "nobody" in (a.answer, b.answer):
            return Relation(a=i, b=j, relation="contradiction", why=f"one denies what the other says: {words}")
        return Relation(a=i, b=j, relation="compatible", why=f"both can be true: {words}")
    if (not order and (a.possible or b.possible)) or HEDGED.search(f"{a.claim.text} {b.claim.text}"):
        return Relation(a=i, b=j, relation="compatible", why=f"one is told as possible only: {words}")
    if not order and (scope := scope_differs(a, b)):
        return Relation(a=i, b=j, relation="scope", why=f"{scope}: {words}")
    if same_line(a, b) and time_between(a, b) >= TIME_PASSES:
        return Relation(a=i, b=j, relation="revision", why=f"one line says otherwise later: {words}")
    return Relation(a=i, b=j, relation="contradiction", why=f"they name others: {words}")
