"""What a group of answers is an answer to, in words: those of its claims, or a sentence made of what it counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from sayso.grammar.questions import reads_well
from sayso.record import Claim, Figure
from sayso.tables import load_toml
from sayso.weigh.details import stem
from sayso.weigh.matching.groups import Group
from sayso.weigh.matching.signs import stack_vectors
from sayso.weigh.matching.units import Unit
from sayso.weigh.topics import is_elliptic, is_sum, name_family

LONGEST = 110
"""Code points of a claim that is shown, at most."""
ASKING = {
    "date": "When",
    "person": "Who",
    "place": "Where",
    "cause": "Why",
    "manner": "How",
    "state": "In what state",
    "yes-no": "What of this",
}
"""How what a group of answers is asked, by the kind of most of them."""
DEAD = frozenset("bodies victims dead deaths fatalities casualties lives corpses losses".split())
"""Nouns that say the state themselves: nobody asks how many bodies were killed."""
WORD = re.compile(r"[^\W_]{2,}")
NEAR = 2.0
"""What it counts that a question's claim is near to the others, beside the words that it shares with them."""
MOST_WORDS = 4
"""Words of what is counted that are shown, at most."""


def ask(group: Group) -> tuple[str, str]:
    """The question of a group, and the id of the claim that it quotes, "" where it quotes none: how many are in what
    state, else the question of one of its answers, else one on what they count, and only where there is none of these
    the claim that is most like the others."""
    asked = ask_count(group) if group.family == "figure" else ""
    if asked := asked or choose_question(group) or (ask_noun(group) if group.family == "figure" else ""):
        return asked, ""
    claim = choose_claim(group)
    told = " ".join(claim.text.split())
    shown = told if len(told) <= LONGEST else told[:LONGEST].rsplit(" ", 1)[0]
    return f"{name_asked(group)}? “{shown}”{'' if shown == told else ' …'}", claim.id


def choose_question(group: Group) -> str:
    """The question that shares most with the claims and the other questions of a group: of its answers of the kind that
    most are of, else of the claims that they stand in, else of any. "" where the grammar gave none."""
    kind = group.asked if group.family == "words" else group.family
    own = [unit.answer.question if unit.answer.kind == kind else "" for unit in group.units]
    others = [unit.answer.question if group.family == "words" else "" for unit in group.units]
    for asked in (own, [ask_claim(group, unit) for unit in group.units], others):
        sound = [question if question and reads_well(question) else "" for question in asked]
        if any(sound):
            return choose_central(sound, group.units)
    return ""


def ask_claim(group: Group, unit: Unit) -> str:
    """The question of the claim that a value in words or a date stands in: whether it is so, or when."""
    asked = next((a.question for a in unit.fact.claim.answers if a.kind == "yes-no"), "")
    if group.family == "words" or not asked:
        return asked
    inside = unit.fact.claim.start <= unit.answer.start < unit.fact.claim.end
    timed = inside and group.family == "date" and not asked.startswith(("Has ", "Have ", "Is ", "Are "))
    question = f"When {asked[0].lower()}{asked[1:]}"
    return question if timed and reads_well(question, unit.words) else ""


def choose_central(questions: Sequence[str], units: Sequence[Unit]) -> str:
    """The question of the claim that is nearest to all the others and shares most words with them, the shortest of
    several; `questions` are those of the units, "" where one has none."""
    bags = {question: {stem(word) for word in WORD.findall(question.casefold())} for question in questions}
    common = Counter(word for bag in (*(u.fact.own for u in units), *map(bags.__getitem__, questions)) for word in bag)
    vectors = stack_vectors([unit.fact.claim.vector for unit in units])
    near = (vectors @ vectors.sum(axis=0)) / len(units)

    def worth(n: int) -> tuple[float, int, str]:
        question = questions[n]
        shared = sum(common[word] for word in bags[question]) / (len(bags[question]) + 3) / len(units)
        return -round(shared + NEAR * float(near[n]), 3), len(question), question

    return questions[min((n for n, question in enumerate(questions) if question), key=worth)]


def ask_noun(group: Group) -> str:
    """How many of what most of its figures count, where they are plain counts and name it; else ""."""
    figures = [unit.fact.claim.figure for unit in group.units]
    nouns = Counter(f.of for f in figures if f is not None and f.unit in ("", "person") and is_noun(f.of))
    return f"How many {nouns.most_common(1)[0][0]}?" if nouns and group.unit in ("", "person") else ""


def name_asked(group: Group) -> str:
    """The word that asks."""
    if group.family == "figure":
        return "How much" if is_sum(group.unit) or group.unit not in ("", "person") else "How many"
    return ASKING["date" if group.family == "date" else group.asked]


def ask_count(group: Group) -> str:
    """How many of whom are in what state, where most of the claims agree on that and it makes a sentence; else ""."""
    figures = [unit.fact.claim.figure for unit in group.units]
    states = Counter(name_family(f.state) for f in figures if f is not None)
    state = states.most_common(1)[0][0]
    if group.unit not in ("", "person") or not state or 2 * states[state] <= len(figures):
        return ""
    nouns = Counter(
        f.of for f in figures if f is not None and f.state and is_noun(f.of) and f.of.split()[-1] not in DEAD
    )
    noun = nouns.most_common(1)[0][0] if nouns else "people" if group.unit == "person" else ""
    return f"How many {noun} were {load_asked().get(state, state)}?" if noun else ""


def is_noun(of: str) -> bool:
    """Whether words name what is counted, in the plural and briefly."""
    words = of.split()
    return (
        bool(words)
        and len(words) <= MOST_WORDS
        and words[-1].endswith(("s", "men", "people", "children"))
        and not words[-1].endswith(("ss", "us", "is"))
        and (of.replace(" ", "").replace("-", "").isalpha() and not is_elliptic_words(of))
    )


def is_elliptic_words(of: str) -> bool:
    """Whether words are only a pronoun or a word for a number."""
    return is_elliptic(Figure(start=0, end=0, text="", low=None, high=None, of=of))


def choose_claim(group: Group) -> Claim:
    """The claim that shares most with the others, the shortest of several."""
    claims = [unit.fact.claim for unit in group.units]
    bags = [unit.fact.own for unit in group.units]
    common = Counter(stem for bag in bags for stem in bag)

    def worth(n: int) -> tuple[float, int, int]:
        shared = sum(common[stem] for stem in bags[n]) / (len(bags[n]) + 3)
        return (-round(shared, 3), len(claims[n].text), n)

    return claims[min(range(len(claims)), key=worth)]


@cache
def load_asked() -> dict[str, str]:
    """How a question on a family of states ends, where its name alone would not do."""
    rows = load_toml("counts.toml")["families"]
    return {"total": "there in all", "fighting": "fighting or fit to fight"} | {
        row["state"]: row["asked"] for row in rows if "asked" in row
    }
