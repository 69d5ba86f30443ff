"""What sets two texts in like words apart: other states, people or places counted, what one gives as gone since.

Equal numbers of the killed and of the hurt, of soldiers and of civilians, of one town and of another are never the
same; what a text tells only to say what came of it is a state that a later one has replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.record import Place
from sayso.weigh.details import stem
from sayso.weigh.matching.units import Unit
from sayso.weigh.moments import is_replaced
from sayso.weigh.pair_signs import Match
from sayso.weigh.relation_signs import Signs
from sayso.weigh.topics import name_family
from sayso.weigh.witnesses import count_others
from sayso.weigh.wordings import stems_of
from sayso.weigh.wordlists import find_opposites, match_list

LIKE_MEANING = 0.855
"""How alike two texts that differ in one word are by the encoder, at least, where the two words mean the same: of 44
pairs of our own, made to ask it, 21 of 23 that mean the same are so, and 1 of 21 that do not."""
TOWN_KM = 30.0
"""Radius of a place from which it may hold another: a region, a country."""
AFTER = re.compile(r"\s(?:\w+ )?after\s(?!that\b|this\b|all\b)")
FIRST = re.compile(r"^(?:\w+ )?after\s([^,]+),\s")
BEFORE = re.compile(r",?\s(?:(?:\w+ ){0,2}before|until)\s")
SINCE = re.compile(r"(?:[,;.]\s(?:but|and|then|yet)?\s?|\s(?:but|and|then)\s)(?=.*\b(?:later|again|since|then|now)\b)")
"""How one of two events is told to be the later: by "after", first or second, by "before", and by "later"."""
TOLD = 0.65
"""The share of a text's words that another must have to tell of the same event before it tells of its end."""


def find_apart(told: Sequence[Match]) -> str:
    """In words, how all counts of two texts that could be one count are of other states, people or places; "" where
    some are not."""
    reasons = [tell_apart(mine, rival.unit) for mine, rival in told if mine.family == "figure"]
    return reasons[0] if reasons and all(reasons) else ""


def tell_apart(a: Unit, b: Unit) -> str:
    """How two figures count other things; "" where nothing says so."""
    one, other = a.fact.claim.figure, b.fact.claim.figure
    if one is None or other is None:
        return ""
    if count_others(a, b):
        return f"{name_family(one.state)} / {name_family(other.state)}"
    if pairs := find_opposites(one.of.casefold(), other.of.casefold()):
        return f"{pairs[0][0]} / {pairs[0][1]}"
    x, y = a.fact.claim.place, b.fact.claim.place
    return f"{x.text} / {y.text}" if x and y and are_apart(x, y) else ""


def are_apart(x: Place, y: Place) -> bool:
    """Whether two places are two towns, neither of which can hold the other; of names that no gazetteer has, two."""
    if "metonym" in (x.role, y.role) or x.text.casefold() == y.text.casefold():
        return False
    if x.geonames_id is None or y.geonames_id is None:
        return x.geonames_id is y.geonames_id
    return x.geonames_id != y.geonames_id and max(x.radius_km or 0.0, y.radius_km or 0.0) < TOWN_KM


def find_other_word(signs: Signs, told: Sequence[Match], texts: tuple[str, str]) -> str:
    """The one word in which two texts that give one number differ, where it makes them mean other things: "30 shops"
    and "30 houses"; "" where they differ in more, or mean nearly the same."""
    counted = [(mine, rival.unit) for mine, rival in told if mine.family == "figure" and rival.agrees]
    numbers = frozenset[str]().union(*(stems_of(unit.words) for match in counted for unit in match))
    one, other = (stems_of(text) - numbers for text in texts)
    alone = one - other, other - one
    if len(counted) != 1 or signs["figure: on one side"] or max(map(len, alone)) != 1 or not one & other:
        return ""
    if signs["wholes alike"] >= LIKE_MEANING or len({bool(stems_of(u.answer.of)) for m in counted for u in m}) > 1:
        return ""  # "Six miners", "six people in the mine"
    return " / ".join(next(iter(words), "") for words in alone)


def find_replaced(told: Sequence[Match]) -> str:
    """The figure that one text tells and the other gives as what it was before ("rose from *12* to 19"), in words."""
    for mine, rival in told:
        figure = mine.fact.claim.figure
        moved = is_replaced(mine.fact) != is_replaced(rival.unit.fact)
        if mine.family == "figure" and figure and rival.agrees and moved:
            return f"{figure.text} is what it was before"
    return ""


def find_undone(one: str, other: str) -> str:
    """What a text tells of the event that another tells, and that undid it ("the army recaptured the airport after
    rebels seized it"), in words; "" for nothing."""
    for whole, event in ((other, one), (one, other)):
        words = stems_of(event)
        for earlier, later in split_events(whole.casefold()):
            shared = words & (stems_of(earlier) | stems_of(later))
            if not words & stems_of(earlier) or len(shared) < TOLD * len(words) or stems_of(later) >= words:
                continue
            undoing = match_list("undoing", "verbs").search(later)
            opposite = find_opposites(event.casefold(), later)
            turned = next((w for w in later.split() if w.startswith("un") and stem(w.strip(".,")[2:]) in words), "")
            if undoing or opposite or turned:
                found = turned or (undoing.group() if undoing else " / ".join(opposite[0]))
                return f"undone since: {found}"
    return ""


def split_events(text: str) -> Iterator[tuple[str, str]]:
    """The earlier and the later of two events that a text sets one after the other."""
    if first := FIRST.match(text):
        yield first[1], text[first.end() :]
    for pattern in (AFTER, BEFORE, SINCE):
        if found := pattern.search(text):
            before, after = text[: found.start()], text[found.end() :]
            yield (after, before) if pattern is AFTER else (before, after)
