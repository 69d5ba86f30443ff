"""Durations: "27-year", "for about two weeks", "the past three weeks", and the times they reach to or from.

A duration has an interval only where the words anchor it: the past and the next so many units, and "for two weeks"
with a verb in the perfect ("have not been seen for two weeks"), reach to or from the publication.
"""

from __future__ import annotations

from sayso.extract.times.amounts import Amount, read_amount
from sayso.extract.times.anchors import Anchor, Found, is_sentence_end
from sayso.extract.times.dates import Answer
from sayso.extract.times.grammar import Hit, rule
from sayso.extract.times.periods import shift_moment

PERFECT = frozenset(("have", "has", "ve", "been", "haven", "hasn"))
AGES = frozenset(("old", "olds"))
PLURAL_LEFT = frozenset("for within after over in during took takes of many lasting lasted last by into through spent spend".split())
"""Words before a bare plural ("for years") that make it a duration."""
SINGULAR_LEFT = frozenset(
    """for within after over in than almost nearly about least most every under half-a took takes lasted once just only
    exactly roughly around barely lasting spent until nearly to of with entire""".split()
)
"""Words before "a year" that make it a duration rather than a rate."""


def found_duration(hit: Hit, amount: Amount, anchor: Anchor, step: int) -> Found:
    """A duration, reaching back from (-1) or ahead of (1) the publication, or unanchored (0)."""
    value = amount.value
    if not step or anchor.now is None or anchor.today is None:
        return Found(hit.start, hit.end, "DURATION", value)
    count = amount.count if amount.count is not None else amount.vague
    if count is None:
        ends = (None, anchor.until_now) if step < 0 else (anchor.today.start, None)
        return Found(hit.start, hit.end, "DURATION", value, *ends)
    base = anchor.now if amount.letter.startswith("T") else anchor.today.start
    try:
        far = shift_moment(base, amount.grain, step * count * amount.factor)
    except (OverflowError, ValueError):
        return Found(hit.start, hit.end, "DURATION", value)
    if step < 0:
        return Found(hit.start, hit.end, "DURATION", value, far, anchor.until_now)
    return Found(hit.start, hit.end, "DURATION", value, base, far)


@rule(
    "(?:the/these/those/its/his/her/their)? {APPROX}? <way>PAST/LAST/NEXT/COMING/FOLLOWING/PREVIOUS"
    " {APPROX}? <amount>({AMOUNT}|{VAGUE}|couple of|couple|number of|half) (?:a/an)? DASH? <unit>UNITS/UNIT",
    "(?:the/this) <way>PAST <unit>UNIT",
    "the <way>LAST/NEXT <unit>UNIT",
    "<amount>({AMOUNT}|{VAGUE}) <way>COMING/PREVIOUS/FOLLOWING <unit>UNITS",
)
def read_pointed_duration(hit: Hit, anchor: Anchor) -> Answer:
    """The past three weeks, the next six months, the last few days, the past decade."""
    way = hit.text("way")
    amount = read_amount(hit)
    if amount is None:
        return None
    if "amount" not in hit and way in ("last", "next"):
        reach = hit.before in ("over", "in", "during", "for", "within", "throughout", "than") or amount.letter.startswith("T")
        if not reach or hit.after in ("of", "in", "before"):
            return None
    step = {"past": -1, "last": -1, "next": 1, "coming": 1, "upcoming": 1}.get(way, 0)
    return found_duration(hit, amount, anchor, step)


@rule(
    "{APPROX}? <amount>({AMOUNT}) <to>DASH/to/or <upper>({AMOUNT}) DASH? <unit>UNIT/UNITS",
    "between <amount>({AMOUNT}) <to>(and) <upper>({AMOUNT}) <unit>UNITS",
)
def read_duration_range(hit: Hit, anchor: Anchor) -> Answer:
    """Two to three weeks: valued by its upper end."""
    low, high = read_amount(hit), read_amount(hit, "upper")
    if low is None or high is None or hit.after in AGES:
        return None
    if hit.text("to") == "-" and hit.after == "-" and hit.words.word(hit.last + 2) in AGES:
        return None
    if low.count is not None and high.count is not None and low.count >= high.count:
        return None
    if hit.words.word(hit.first) == "between":
        hit = Hit(hit.words, hit.first + 1, hit.last, hit.groups)
    return found_duration(hit, high, anchor, step_of(hit, anchor))


@rule(
    "{APPROX}? <amount>({AMOUNT}|{VAGUE}) DASH? <unit>UNIT/UNITS (?:DASH? <long>long)?",
    "{APPROX}? <amount>(half DASH? a/an|a DASH? half DASH?|half) DASH? <unit>UNIT (?:DASH? <long>long)?",
    "{APPROX}? <amount>(a/an/one) <unit>UNIT and a half",
    "{APPROX}? (?:a/an/entire/whole/full/one) (?:whole/full/entire/further/additional)? <unit>UNIT",
    "<unit>UNIT DASH long",
    "<unit>UNITS DASH long",
)
def read_duration(hit: Hit, anchor: Anchor) -> Answer:
    """Five years, 27-year, half an hour, a week, several years, week-long."""
    words = hit.words
    if is_age(hit):
        return None
    amount = read_amount(hit)
    if amount is None:
        return None
    tokens = [words.word(i) for i in range(hit.first, hit.last + 1)]
    if tokens[-3:] == ["and", "a", "half"] and amount.count:
        amount = Amount(amount.count + 0.5, None, amount.factor, amount.letter)
    unit = hit.text("unit")
    if unit in ("second", "min", "sec", "quarter", "quarters", "night", "weekend") and ("amount" not in hit or tokens[0] in ("a", "one", "the")):
        return None
    if unit == "second" and "amount" in hit and "-" not in tokens:
        return None
    if "amount" not in hit and "long" not in tokens:
        if hit.before not in SINGULAR_LEFT and tokens[0] in ("a", "an", "one") and words.word(hit.first) not in approximators():
            return None
        if hit.before in ("of", "with", "to") or tokens[0] in ("entire", "whole", "full"):
            return None
    if "amount" in hit and unit in ("day", "week", "month", "year", "hour") and "-" not in tokens and amount.count not in (1, 0.5, 1.5, None):
        return None if hit.after not in ("-",) and "long" not in hit and amount.letter in ("D",) and hit.before in ("on",) else found_duration(hit, amount, anchor, step_of(hit, anchor))
    if hit.after in ("of",) and unit == "quarters":
        return None
    return found_duration(hit, amount, anchor, step_of(hit, anchor))


def approximators() -> frozenset[str]:
    """First words of an approximation."""
    return frozenset("about around roughly approximately nearly almost some barely just well more less no not at up as".split())


def is_age(hit: Hit) -> bool:
    """Whether the years are somebody's: "27-year-old", "aged 40 years", "five years of age"."""
    words = hit.words
    after = [words.word(hit.last + k) for k in (1, 2)]
    return after[0] in AGES or (after[0] == "-" and after[1] in AGES) or after == ["of", "age"] or hit.before == "aged"


@rule("<unit>UNITS")
def read_bare_units(hit: Hit, anchor: Anchor) -> Answer:
    """For years, within hours, over the years."""
    amount = read_amount(hit)
    if amount is None or amount.letter in ("WE", "TS") or hit.text("unit") in ("quarters", "nights", "semesters"):
        return None
    left = hit.before
    if left == "the" and hit.words.word(hit.first - 2) in ("over", "through"):
        return found_duration(Hit(hit.words, hit.first - 1, hit.last, hit.groups), amount, anchor, 0)
    return found_duration(hit, amount, anchor, step_of(hit, anchor)) if left in PLURAL_LEFT - {"of", "by"} else None


def step_of(hit: Hit, anchor: Anchor) -> int:
    """Whether a duration reaches to the publication ("have not been seen for two weeks"), from it ("will last for two
    weeks"), or neither."""
    words = hit.words
    if hit.before in ("within", "in") and anchor.lean(hit) > 0 and hit.after not in ("of", "after"):
        return 1
    if hit.before != "for":
        return 0
    for i in range(hit.first - 2, max(-1, hit.first - 16), -1):
        if is_sentence_end(words, i):
            break
        word = words.word(i)
        if word in PERFECT:
            helpers = [words.word(k) for k in range(i - 1, max(-1, i - 5), -1)]
            return 0 if "had" in helpers or "will" in helpers else -1
        if word in ("had", "was", "were", "did", "said"):
            return 0
    return 0
