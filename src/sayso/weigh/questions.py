"""What a group of answers is an answer to, in words: those of its claims, or a sentence made of what it counts."""

from __future__ import annotations

from collections import Counter
from functools import cache

from sayso.record import Claim, Figure
from sayso.tables import load_toml
from sayso.weigh.matching.groups import Group
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
MOST_WORDS = 4
"""Words of what is counted that are shown, at most."""


def ask(group: Group) -> tuple[str, str]:
    """The question of a group, and the id of the claim that it quotes: of counted people in a state a sentence, which
    quotes none; of anything else the claim that is most like the others."""
    if group.family == "figure" and (asked := ask_count(group)):
        return asked, ""
    claim = choose_claim(group)
    told = " ".join(claim.text.split())
    shown = told if len(told) <= LONGEST else told[:LONGEST].rsplit(" ", 1)[0]
    return f"{name_asked(group)}? “{shown}”{'' if shown == told else ' …'}", claim.id


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
    nouns = Counter(f.of for f in figures if f is not None and f.state and is_noun(f.of))
    noun = nouns.most_common(1)[0][0] if nouns else "people" if group.unit == "person" else ""
    return f"How many {noun} were {load_asked().get(state, state)}?" if noun else ""


def is_noun(of: str) -> bool:
    """Whether words name what is counted, in the plural and briefly."""
    words = of.split()
    return (
        bool(words)
        and len(words) <= MOST_WORDS
        and words[-1].endswith(("s", "men", "people", "children"))
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
