"""Figures of a text in another language than English: how many, of what, with which bound and in which state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.extract.languages.counted import LENGTHS, Counted, name_counted
from sayso.extract.languages.dates import Dated
from sayso.extract.languages.numbers import Number
from sayso.extract.languages.vocabularies import Text
from sayso.record import Figure, Span

UNITS: dict[str, tuple[str, float]] = {
    "cm": ("m", 0.01),
    "mm": ("m", 0.001),
    "mile": ("km", 1.609344),
    "nautical": ("km", 1.852),
    "hectare": ("km2", 0.01),
    "litre": ("l", 1.0),
    "kmh": ("km/h", 1.0),
    "ms": ("km/h", 3.6),
    "celsius": ("°C", 1.0),
    "percent": ("share", 0.01),
    "second": ("s", 1.0),
    "minute": ("s", 60.0),
    "hour": ("s", 3600.0),
    "week": ("day", 7.0),
    "month": ("day", 30.4375),
    "year": ("day", 365.25),
    "decade": ("day", 3652.5),
}
"""Canonical units, as in English readings, by the names that the tables give them; others are canonical themselves."""
SIGNS = frozenset("$€£₽₴")
THINGS = frozenset(("destroyed", "damaged", "flooded", "without supply", "shot down", "launched"))
"""States that things are in; the others are of people."""
HARMED = frozenset(("killed", "wounded", "missing", "detained", "abducted"))
BREAKS = frozenset(",;:—–-()،؛")
FARTHEST = 14
"""Words between a number and the word for its state, at most."""
LABELLED = frozenset("№ # / § n".split())


def find_figures(text: Text, numbers: Sequence[Number], dates: Sequence[Dated]) -> list[Figure]:
    """The figures of a text, in order, without overlaps, none within a date."""
    taken = {at for dated in dates for at in range(dated.first, dated.last + 1)}
    free = [n for n in numbers if not taken & {n.first, n.last} and not is_label(text, n)]
    counted = list(read_counts(text, free))
    found: list[Figure] = []
    sentence_of = {at: n for n, (first, end) in enumerate(text.sentences) for at in range(first, end)}
    before: tuple[int, Counted, str] | None = None
    for n, each in enumerate(counted):
        sentence = sentence_of[each.first]
        inherits = not (each.unit or each.noun or each.fraction)
        if inherits and before and before[0] == sentence and not each.of:
            each = replace(each, of=before[1].of, unit=before[1].unit if before[1].unit == "person" else "")
        limits = (
            counted[n - 1].last + 1 if n and sentence_of[counted[n - 1].first] == sentence else 0,
            counted[n + 1].first if n + 1 < len(counted) and sentence_of[counted[n + 1].first] == sentence else 10**9,
        )
        state = find_state(text, each, text.sentences[sentence], limits)
        if state and not each.unit and not each.of:
            each = replace(each, of="people", unit="person") if state not in THINGS else each
        if not is_counted(text, each, state):
            continue
        found.append(make_figure(text, each, state))
        if each.noun and each.of:
            before = sentence, each, state
    return found


def is_label(text: Text, number: Number) -> bool:
    """Whether a number is part of a name, a code or an age in one word: "N-120", "№ 5", "71-річна"."""
    words, start, end = text.words, text.words[number.first].start, text.words[number.last].end
    before, after = text.text[max(0, start - 1) : start], text.text[end : end + 2]
    if before and (
        (before.isalnum() and text.vocabulary.language != "ar")
        or (before == "-" and text.text[max(0, start - 2) : start - 1].isalpha())
    ):
        return True
    counts = text.has("grammar.suffixes", number.last + 2) or text.has("grammar.suffixes", number.last)
    if (
        words[number.last].kind == "number"
        and len(after) == 2
        and after[0] in "-‑"
        and after[1].isalpha()
        and not counts
    ):
        return True
    if words[number.last].kind == "number" and after[:1].isalpha() and after[:1] not in "кkмmтt":
        return True
    if number.first and words[number.first - 1].text in LABELLED:
        return True
    return number.first > 0 and text.has("grammar.labels", number.first - 1) and words[number.first].kind == "number"


def read_counts(text: Text, numbers: Sequence[Number]) -> Iterator[Counted]:
    """Numbers with their bounds, joined to ranges, and with what they count; articles and years are left out."""
    at = 0
    while at < len(numbers):
        number, used = numbers[at], 1
        if at + 1 < len(numbers) and (joined := join_range(text, number, numbers[at + 1])):
            number, used = joined, 2
        counted = count(text, number)
        at += used
        while counted is not None and counted.unit and at < len(numbers) and numbers[at].first <= counted.last:
            at += 1  # "في المئة" is a unit and no hundred.
        if counted is not None:
            yield counted


def join_range(text: Text, low: Number, high: Number) -> Number | None:
    """Two numbers that give the ends of a range: "40–50", "entre 450 y 600", "від двох до п'яти"."""
    words, gap = text.words, range(low.last + 1, high.first)
    if len(gap) != 1 or low.low >= high.low or low.fraction or high.fraction:
        return None
    joint, before = words[gap[0]], low.first - 1
    dash = joint.text in "-–—" and words[low.last].kind == words[high.first].kind == "number"
    between = text.has("ranges.and", gap[0]) and text.has("ranges.between", before)
    led = text.has("ranges.from", before) or text.vocabulary.language in ("fr", "es", "de", "ar")
    upto = text.has("ranges.to", gap[0]) and led
    if not (dash or between or upto):
        # "بين 5 و7": and is written together with the number.
        return None
    scale = high.low / base_of(text, high) if high.low > base_of(text, high) else 1.0
    value = low.low * scale if scale > 1 and low.low < high.low / scale else low.low
    first = before if between or (upto and text.has("ranges.from", before)) else low.first
    return Number(first, high.last, value, high.high)


def base_of(text: Text, number: Number) -> float:
    """What a number in digits says without the word that multiplies it."""
    from sayso.extract.languages.numbers import read_digits

    word = text.words[number.first]
    return (read_digits(word.text, text.vocabulary) or number.low) if word.kind == "number" else number.low


def count(text: Text, number: Number) -> Counted | None:
    """A number with its bound, its unit and the noun that it counts; None where it counts nothing."""
    words = text.words
    first, bound = number.first, "exact"
    low: float | None = number.low
    high: float | None = number.high
    lead = text.vocabulary.part("bounds").find_ending(words, first, 4)
    if lead and low == high:
        bound, first = lead[0].meaning, lead[1]
    elif first and words[first - 1].text in "-−–" and _touches(text, first) and words[number.first].kind == "number":
        bound, first = "minus", first - 1
    sign = first - 1 if first and words[first - 1].text in SIGNS else -1
    made = Counted(first, number.last, number.last, low, high, fraction=number.fraction)
    if sign >= 0:
        unit = text.find("units", sign)
        made = replace(made, first=sign, unit=unit.meaning if unit else "USD")
    else:
        made = name_counted(text, made, number)
    if made.of and "." not in text.vocabulary.sign("group") and is_grouped(text, number):
        made = replace(made, low=number.low * 1000, high=number.high * 1000)
    half = text.find("grammar.half", made.last + 1) or text.find("grammar.half", made.core + 1)
    if half and number.low == number.high:
        made = replace(made, low=number.low + 0.5, high=number.high + 0.5, last=max(made.last, made.core) + half.words)
    cold = text.find("bounds", made.last + 1)
    if bound == "minus" or (cold and cold.meaning == "after"):
        made = replace(made, low=-number.high, high=-number.low, unit=made.unit or ("celsius" if not made.of else ""))
        bound = "exact"
    made = replace(made, alone=number.alone)
    if number.alone and not (made.unit not in ("", "person") or made.noun):
        return None
    if not (made.unit or made.of or made.fraction) and is_year(text, number):
        return None
    low, high = made.low, made.high
    if bound == "within":
        bound = "most" if made.unit in LENGTHS else "exact"
    if bound == "exact" and number.vague:
        bound = "least"
    if bound == "least":
        high = None
    if bound == "most":
        low = None
    return replace(made, low=low, high=high, bound={"least": "at least", "most": "at most"}.get(bound, bound))


def is_grouped(text: Text, number: Number) -> bool:
    """Whether a number of things has a point before three digits: "1.200" of people are no one and a fifth."""
    whole, _, rest = text.words[number.first].text.partition(".")
    return number.first == number.last and whole.isdecimal() and len(rest) == 3 and rest.isdecimal()


def _touches(text: Text, at: int) -> bool:
    return text.words[at - 1].end == text.words[at].start


def is_year(text: Text, number: Number) -> bool:
    """Whether a bare number in digits may be a year."""
    word = text.words[number.first]
    return word.kind == "number" and len(word.text) == 4 and 1900 <= number.low <= 2100


def is_counted(text: Text, counted: Counted, state: str) -> bool:
    """Whether a word for one counts: with a unit, or somebody who is dead, hurt, missing or held ("un mort", "ein
    Passagier starb"); in languages without articles, anything that the table has a noun for ("одну дитину")."""
    if not counted.alone or counted.unit not in ("", "person"):
        return True
    if text.vocabulary.language in ("uk", "ru", "ar"):
        return not text.has("grammar.prepositions", counted.core + 1)
    return counted.unit == "person" and state in HARMED


def find_state(text: Text, counted: Counted, sentence: Span, limits: Span) -> str:
    """The state of what a number counts: the nearest word for one in its clause."""
    if counted.unit and counted.unit != "person":
        return ""
    best: tuple[int, str] | None = None
    begin, end = max(sentence[0], limits[0]), min(sentence[1], limits[1])
    for step, stop in ((1, end), (-1, begin - 1)):
        at = counted.core + 1 if step > 0 else counted.first - 1
        crossed = 0
        for distance in range(FARTHEST):
            here = at + step * distance
            if (here >= stop) if step > 0 else (here <= stop):
                break
            if text.words[here].text in BREAKS:
                crossed += 1
                if crossed > (1 if text.words[here].text in ",،" else 0) or step < 0:
                    break
            found = text.find("states", here)
            if found and fits(counted, found.meaning):
                # What follows goes with the count sooner than what stands before it.
                behind = step > 0 if text.vocabulary.language == "ar" else step < 0
                weight = distance * 2 + (3 if behind else 0) + 8 * crossed
                if best is None or weight < best[0]:
                    best = weight, found.meaning
                break
    return best[1] if best else ""


def fits(counted: Counted, state: str) -> bool:
    """Whether what is counted can be in a state."""
    if counted.unit == "person":
        return state not in THINGS
    return state in THINGS or not counted.of


def make_figure(text: Text, counted: Counted, state: str) -> Figure:
    """The figure of a count, in its canonical unit."""
    start, end = text.words[counted.first].start, text.words[counted.last].end
    symbol, factor = UNITS.get(counted.unit, (counted.unit, 1.0))
    if counted.fraction:
        symbol, factor = "share", 1.0
    low, high = (None if v is None else float(f"{v * factor:.10g}") for v in (counted.low, counted.high))
    return Figure(
        start=start,
        end=end,
        text=text.text[start:end],
        low=low,
        high=high,
        unit=symbol,
        of=counted.of if not counted.unit or counted.unit == "person" else "",
        state=state,
        bound=counted.bound,
    )
