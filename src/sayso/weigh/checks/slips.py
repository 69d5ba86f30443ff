"""Slips: an answer of which all but one part is as others give it. The summer of another year, the number in another
currency, the digits in another order, the injured made dead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sayso.record import Flag, Time
from sayso.weigh.checks.doubt_signs import SPEAKER, Doubt, are_two_speakers, is_slip
from sayso.weigh.checks.doubts import quote_span, tell_others
from sayso.weigh.checks.matters import Matter
from sayso.weigh.figures import NUMBER, is_vague, of_one_unit
from sayso.weigh.matching.units import Unit
from sayso.weigh.origins import count_independent
from sayso.weigh.relation_signs import DAY
from sayso.weigh.rivals import SOME, Rival, agrees, are_one_sentence, is_edited
from sayso.weigh.topics import is_sum
from sayso.weigh.witnesses import exclude_dates, fold_words
from sayso.weigh.wordings import stems_of

YEAR = timedelta(days=365.25)
YEAR_WORDS = re.compile(r"(?<!\d)\d{4}(?!\d)")
LONGEST = timedelta(days=125)
"""A season is part of a year; what lasts longer is in no part of it that another year's could be taken for."""
YEARS_OFF = (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)
"""Whoever tells of a time longer ago tells of something else."""
FEWEST = 2
"""Independent origins that answer otherwise; of a sentence in nearly the same words, one is enough."""
QUOTED = re.compile(r"[“\"«„]([^“”\"«»„]{6,200})[”\"»“]")
LARGE = 1_000
"""From here on, and of three digits or more, a number of two things is no chance."""


def find_slips(matter: Matter) -> Iterator[Flag]:
    """A flag on each answer that is a slip away from what others, and more than say so too, answer."""
    for doubt in matter.doubts:
        told = [r for r in doubt.rivals if r.likely >= SOME and not matter.is_own(r.unit.fact)]
        for slip in SLIPS.get(doubt.family, ()):
            others = [r for r in told if not r.agrees and slip.is_off(doubt.unit, r.unit)]
            same = [r for r in told if r.agrees and speaks_for(doubt, r, others)]
            if is_outweighed(matter, doubt, slip, others, same):
                yield flag_slip(matter, doubt, others, slip)
                break


def speaks_for(doubt: Doubt, one: Rival, others: Iterable[Rival]) -> bool:
    """Whether an answer that agrees is one for the article: it quotes the same words, or does not agree with the others
    too, as "in May" does with two of its days."""
    if doubt.family == SPEAKER:
        return quote_alike(doubt.unit, one.unit)
    return not any(agrees(one.unit, other.unit) for other in others)


def is_outweighed(matter: Matter, doubt: Doubt, slip: Slip, others: Sequence[Rival], agreeing: Sequence[Rival]) -> bool:
    """Whether enough others answer otherwise, and more than answer so."""
    behind, against = (count_origins(matter, rivals) for rivals in (agreeing, others))
    enough = against >= FEWEST or slip.alone or any(are_one_sentence(doubt.unit, r.unit) for r in others)
    return enough and against > behind


def count_origins(matter: Matter, rivals: Iterable[Rival]) -> int:
    """The independent origins of some answers, at least."""
    return count_independent([r.unit.fact.origin for r in rivals], matter.picture.origins)[0]


def flag_slip(matter: Matter, doubt: Doubt, others: list[Rival], slip: Slip) -> Flag:
    """The flag on an answer, with who answers otherwise."""
    years = sorted({t.earliest.year for r in others if (t := r.unit.fact.claim.time) is not None and t.earliest})
    return matter.flag_words(
        *quote_span(doubt.unit),
        slip.kind,
        f"{tell_others(others)} ({slip.words.format(years=' or '.join(map(str, years)))})",
        [r.unit.fact for r in others],
        doubt.unit.fact,
    )


def is_year_slip(mine: Unit, other: Unit) -> bool:
    """Whether a date, its year written out, is of the same part of another year."""
    time = mine.fact.claim.time
    return time is not None and YEAR_WORDS.search(time.text) is not None and is_year_off(time, other.fact.claim.time)


def is_year_off(mine: Time, other: Time | None) -> bool:
    """Whether two times are the same part of two years."""
    if mine.earliest is None or other is None or other.earliest is None:
        return False
    length, others = (time.latest - time.earliest if time.latest else DAY for time in (mine, other) if time.earliest)
    later = other.earliest - mine.earliest
    least, most = later - length, later + others
    once = least < timedelta(0) < most
    return max(length, others) <= LONGEST and not once and any(least < n * YEAR < most for n in YEARS_OFF)


def is_year_turned(mine: Unit, other: Unit) -> bool:
    """Whether two dates, their years written out, are one but for the order of the figures of the year: "October 1978"
    for "October 1987"."""
    x, y = mine.fact.claim.time, other.fact.claim.time
    if x is None or y is None or x.earliest is None or y.earliest is None:
        return False
    one, theirs = (YEAR_WORDS.findall(time.text) for time in (x, y))
    turned = bool(one and theirs) and one[-1] != theirs[-1] and Counter(one[-1]) == Counter(theirs[-1])
    lengths = [(time.latest or time.earliest) - time.earliest for time in (x, y) if time.earliest]
    same = (x.earliest.month, x.earliest.day) == (y.earliest.month, y.earliest.day)
    return turned and same and abs(lengths[0] - lengths[1]) <= DAY


def is_date_slip(mine: Unit, other: Unit) -> bool:
    """Whether a day stands where another does in the same sentence; both are written out."""
    times = [unit.fact.claim.time for unit in (mine, other)]
    written = all(time is not None and any(c.isdigit() for c in time.text) for time in times)
    return written and mine.answer.predicate != "" and is_edited(mine, other) and bool(exclude_dates(*times))


def is_unit_slip(mine: Unit, other: Unit) -> bool:
    """Whether a sum or a measure has the number of another in another unit."""
    x, y = mine.fact.claim.figure, other.fact.claim.figure
    if x is None or y is None or is_vague(x) or is_vague(y):
        return False
    numbers = [NUMBER.search(figure.text) for figure in (x, y)]
    if not all(numbers) or "" in (x.unit, y.unit) or x.unit == y.unit == "person":
        return False
    one, theirs = (m.group() for m in numbers if m)
    rare = len(one.replace(",", "").replace(".", "").strip("0")) > 2 or (x.low or 0) >= LARGE
    if one != theirs or not (rare or (is_sum(x.unit) and is_sum(y.unit))):
        return False
    if x.unit == y.unit:  # Miles and kilometres, hectares and decares.
        return x.low != y.low and last_word(x.text) != last_word(y.text)
    return not of_one_unit(x, y) and (x.low, x.high) == (y.low, y.high)


def last_word(text: str) -> str:
    """The last word of a figure: its unit, as it was said."""
    return text.casefold().split()[-1] if text.strip() else ""


def is_digit_slip(mine: Unit, other: Unit) -> bool:
    """Whether a number has the digits of another in another order, or a nought more or less, in the same sentence."""
    x, y = mine.fact.claim.figure, other.fact.claim.figure
    return x is not None and y is not None and of_one_unit(x, y) and is_slip(mine, other) and is_edited(mine, other)


def is_speaker_slip(mine: Unit, other: Unit) -> bool:
    """Whether the words in quotation marks are given to somebody who cannot be the one that others give them to."""
    return are_two_speakers(mine.fact, other.fact) and quote_alike(mine, other)


def quote_alike(mine: Unit, other: Unit) -> bool:
    """Whether telling words that stand in quotation marks in one sentence stand in the other's too."""
    theirs = fold_words(other.fact.context)
    quoted = [m.group(1) for m in QUOTED.finditer(mine.fact.context)]
    return any(is_telling(words) and fold_words(words) in theirs for words in quoted)


def is_telling(words: str) -> bool:
    """Whether some words are few people's to say: no number, and more than one word that means something."""
    means = stems_of(words)
    return not any(c.isdigit() for c in words) and bool(means) and len(means) + (len(words.split()) > FEWEST) >= FEWEST


@dataclass(frozen=True, slots=True)
class Slip:
    """A way in which an answer is one part away from another's: what tells it, how it is said, the kind of flag, and
    whether one origin in other words is enough."""

    is_off: Callable[[Unit, Unit], bool]
    words: str
    kind: str = "contradicted"
    alone: bool = False


SLIPS: dict[str, tuple[Slip, ...]] = {
    "date": (
        Slip(is_year_slip, "the same time of {years}"),
        Slip(is_year_turned, "the same figures of the year", alone=True),
        Slip(is_date_slip, "in the same sentence"),
    ),
    "figure": (
        Slip(is_unit_slip, "the same number, of something else"),
        Slip(is_digit_slip, "the same digits"),
    ),
    SPEAKER: (Slip(is_speaker_slip, "the same words in quotation marks", "misattributed", alone=True),),
}
"""The slips by the family of an answer."""
