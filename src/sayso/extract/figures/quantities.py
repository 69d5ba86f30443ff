"""Quantities in plain text: numbers and vague counts with their unit, range and bound.

No grammar is needed for these: "at least 3,000", "between 10,000 and 12,000", "$2-3bn", "several hundred", "40 per
cent" are written in a row. What is counted is found later, from the parse.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import cache

from sayso.extract.figures.numbers import Number, scan_numbers
from sayso.extract.figures.units import POUND_STERLING, Unit, any_of, find_unit_after, find_unit_before, load_units
from sayso.record import Span
from sayso.tables import load_rows, load_toml

MANY = re.compile(r"(?!across|this|less|plus|towards|upwards|besides|always)[a-z]{3,}s", re.IGNORECASE)
"""A word after "2.5m" that makes it 2.5 million of something."""
LONGEST_MODIFIER = 40
"""Code points looked back for the words that bound a number."""
TIMES = Unit("times")
"""The unit of what is multiplied: "doubled" is 2 times."""
PLACING = frozenset({"over", "under", "above", "below", "near"})
"""Bounding words that mean a place before a small number word or a vague count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A passage that says how much. `low` and `high` are as written, in `unit` where there is one.

    `core` is the span of the numbers and units without the bounding words. `part` marks a share without a unit of
    its own (half, one in four), `vague` a count in words only (dozens), `bare` plain digits that may be a label.
    """

    start: int
    end: int
    core: Span
    low: float | None
    high: float | None
    scale: float = 1.0
    unit: Unit | None = None
    bound: str = "exact"
    part: bool = False
    vague: bool = False
    bare: bool = False


@cache
def load_counted() -> dict[str, frozenset[str]]:
    """The word lists of ``counted.toml``."""
    table = load_toml("counted.toml")
    return {name: frozenset(words.split()) for name, words in table.items() if isinstance(words, str)}


@cache
def load_vague() -> dict[tuple[str, str], tuple[float, float | None]]:
    """Low and high of each vague count by its words and how they are used: alone (count), before a scale, as share."""
    vague = {}
    for row in load_rows("vague_counts.tsv"):
        for use in ("count", "before") if row["kind"] == "both" else (row["kind"],):
            vague[row["words"], use] = (float(row["low"]), float(row["high"]) if row["high"] else None)
    return vague


@cache
def match_vague() -> re.Pattern[str]:
    """A pattern of vague counts, alone or before a scale: "dozens", "several hundred", "a few tens of thousands"."""
    before, alone, share = (
        any_of([word for word, kind in load_vague() if kind == use]) for use in ("before", "count", "share")
    )
    scales = "|".join(word for word in load_toml("numbers.toml")["scales"])
    return re.compile(
        rf"\b(?:(?P<before>{before})\s(?P<scale>(?:{scales})(?:\s(?:thousand|million|billion))?)s?|(?P<alone>{alone})|(?P<share>{share})(?=\sof\s))\b",
        re.IGNORECASE,
    )


RISEN = re.compile(
    r"\b(?:go(?:es|ne|ing)?|went|(?:mov|climb|edg|inch|shoot|jump)\w*|shot|creeps?|crept)\s$", re.IGNORECASE
)
"""Verbs whose "up" is a direction: what "has gone up to eleven" is eleven."""


@cache
def match_bounds() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Patterns of bounding words before and after a number, and the bound that each means."""
    rows = load_rows("bounds.tsv")
    before = any_of([row["words"] for row in rows if row["side"] == "before"])
    after = any_of([row["words"] for row in rows if row["side"] == "after"])
    return (
        re.compile(
            rf"(?<![\w-])(?P<words>{before})(?:(?<!\w)|\s+(?:the\s|a\stotal\sof\s)?|\b)" + r"[\"“”'‘’]?$", re.IGNORECASE
        ),
        re.compile(rf"(?P<space>\s?)(?P<words>{after})(?!\w)", re.IGNORECASE),
        {row["side"] + " ".join(row["words"].split()): row["bound"] for row in rows},
    )


def find_vague(text: str) -> list[Quantity]:
    """Counts in words only."""
    found = []
    for match in match_vague().finditer(text):
        words = match["before"] or match["alone"] or match["share"]
        use = "before" if match["before"] else "count" if match["alone"] else "share"
        low, high = load_vague()[re.sub(r"[\s-]+", " ", words.lower()), use]
        if words.lower() == "scores" and not text.startswith(" of ", match.end()):
            continue
        by = math.prod(load_toml("numbers.toml")["scales"][w.lower()] for w in (match["scale"] or "").split())
        if match["share"]:
            bound = "exact" if low == high else "at least"
            found.append(
                Quantity(
                    start=match.start(),
                    end=match.end(),
                    core=match.span(),
                    low=low,
                    high=None if bound == "at least" else high,
                    bound=bound,
                    part=True,
                    vague=True,
                )
            )
            continue
        unit, end = find_vague_unit(text, match.end())
        found.append(
            Quantity(
                start=match.start(),
                end=end,
                core=(match.start(), end),
                unit=unit,
                low=low * by,
                high=None if high is None else high * by,
                scale=by,
                bound="about" if high is not None else "at least",
                vague=True,
            )
        )
    return found


@cache
def match_multiples() -> re.Pattern[str]:
    """A pattern of the words that multiply: "doubled", "tenfold"; "doubled down" multiplies nothing."""
    return re.compile(rf"\b(?:{'|'.join(load_toml('numbers.toml')['multiples'])})\b(?!\s(?:down|over|up|back)\b)", re.I)


def find_multiples(text: str) -> list[Quantity]:
    """By how many times things grew or shrank, where one word says it."""
    multiples = load_toml("numbers.toml")["multiples"]
    lowered = text.lower()
    if not any(word in lowered for word in multiples):
        return []
    return [
        Quantity(
            start=match.start(),
            end=match.end(),
            core=match.span(),
            low=float(multiples[match.group().lower()]),
            high=float(multiples[match.group().lower()]),
            unit=TIMES,
        )
        for match in match_multiples().finditer(text)
    ]


def find_vague_unit(text: str, at: int) -> tuple[Unit | None, int]:
    """The unit that follows a vague count, after "of" too ("hundreds of millions of dollars", "dozens of miles")."""
    unit = find_unit_after(text, at) or (find_unit_after(text, at + 3) if text.startswith(" of ", at) else None)
    return unit or (None, at)


def measure_number(text: str, number: Number) -> Quantity:
    """A number with the currency before it and the unit after it."""
    start, end, value, scale = number.start, number.end, number.value, number.scale
    before = find_unit_before(text, start)
    unit = None
    if before:
        unit, start = before
        letter = re.compile(r"\s?(m|t|Tn|Bn|BN|Mn)\b").match(text, end)
        if letter and scale == 1.0:
            scale = load_toml("numbers.toml")["money_letters"][letter[1]]
            value, end = value * scale, letter.end()
    if ABBREVIATED.match(text, max(0, end - 3), end + 1):
        end += 1  # "2,3 Mrd. euros"
    after = find_unit_after(text, end)
    if after and text[end : after[1]].strip() == "m" and not before:
        following = re.compile(r"\s([^\W\d_]+)").match(text, after[1])
        if following and (following[1].lower() in load_counted()["persons"] or MANY.fullmatch(following[1])):
            # "2.5m refugees", "3m euros": million, not metres.
            scale *= 1e6
            value, end, after = value * 1e6, after[1], find_unit_after(text, after[1])
    if after and (unit is None or after[0] == unit):
        unit, end = after
        if text[end - 6 : end].lower() == "pounds" and unit.symbol == "kg" and scale >= 1e6:
            unit = POUND_STERLING
    return Quantity(
        start=start,
        end=end,
        core=(start, end),
        low=value,
        high=value,
        scale=scale,
        unit=unit,
        part=number.part and unit is None,
        bare=number.bare and unit is None,
    )


ABBREVIATED = re.compile(r"(?:mio|mrd)\.", re.IGNORECASE)
RANGE_GAP = re.compile(r"\s?(?P<mark>[-‐‑–~])\s?|\s(?P<word>to|through|or|and)\s(?:even\s|perhaps\s|possibly\s)?")


STEP = re.compile(r"\bby\s(?:an?other\s)?$", re.IGNORECASE)
"""Words before the number by which another grew: "rose by 3 to 12"."""


def span_range(text: str, a: Quantity, b: Quantity) -> Quantity | None:
    """One quantity for two that are the ends of a range: "10,000 to 12,000", "between 2 and 3 million", "5-10%"."""
    gap = RANGE_GAP.fullmatch(text, a.end, b.start) if b.start - a.end < 16 else None
    if not gap or a.part != b.part or a.low is None or b.low is None or (a.vague and b.vague):
        return None
    lead = text[max(0, a.start - 90) : a.start]
    between = re.search(r"\bbetween\s(?:about\s|around\s|roughly\s)?$", lead, re.IGNORECASE)
    source = re.search(r"\bfrom\s(?:about\s|around\s|roughly\s)?$", lead, re.IGNORECASE)
    word = (gap["word"] or "").lower()
    if (word == "and") != bool(between) or (word == "to" and STEP.search(lead)):
        return None
    if source and load_counted()["changes"] & set(re.findall(r"[^\W\d_]+", re.split(r"[.;!?]\s", lead)[-1].lower())):
        return None
    if a.unit and b.unit and a.unit != b.unit:
        return None
    if a.unit and not a.unit.money and not b.unit:
        return None
    low, high = a.low, b.low
    if a.scale == 1.0 and b.scale > 1.0 and low < high / b.scale:
        low *= b.scale
    rounded = re.fullmatch(r"\d{1,3},000", text[b.core[0] : b.core[1]])
    if gap["mark"] and a.bare and rounded and low < high / 1000 <= 10 * low:
        low *= 1000  # "10-12,000"
    if between and low > high:
        low, high = high, low
    if low >= high or (word == "or" and high > 3 * low):
        return None
    opened = between or source
    start = a.start - len(lead) + opened.start() if opened else a.start
    return Quantity(
        start=start,
        end=b.end,
        core=(a.start, b.end),
        low=low,
        high=b.high if b.vague else high,
        scale=b.scale,
        unit=b.unit or a.unit,
        bare=a.bare and b.bare,
        part=a.part,
        vague=a.vague or b.vague,
    )


COMPOUND_GAP = re.compile(r"(?:\sand)?\s")
INCHES = re.compile(r"\sin\b(?!\s(?:the|an?|his|her|its|their)\b)")
"""The symbol of inches, which elsewhere is the preposition."""


def span_compound(text: str, a: Quantity, b: Quantity) -> Quantity | None:
    """One quantity for two units of a kind, the finer after the coarser: "5 feet 2 inches", "7 pounds and 4 ounces"."""
    if not a.unit or a.unit.money or a.low is None or b.low is None or not COMPOUND_GAP.fullmatch(text, a.end, b.start):
        return None
    fine, end = b.unit, b.end
    inches = INCHES.match(text, b.end) if fine is None and text[a.core[0] : a.end].endswith(("ft", "feet")) else None
    if inches:
        fine, end = load_units()[0]["inches"], inches.end()
    if fine is None or fine.symbol != a.unit.symbol or fine.factor >= a.unit.factor or fine.offset:
        return None
    if b.low * fine.factor >= a.unit.factor:
        return None
    value = a.low + b.low * fine.factor / a.unit.factor
    return replace(a, end=end, core=(a.core[0], end), low=value, high=value)


def is_score(text: str, a: Quantity, b: Quantity) -> bool:
    """Whether two numbers with a hyphen between them are a score, a vote or an identifier rather than a range."""
    gap = re.compile(r"\s?[-‐‑–:]\s?").fullmatch(text, a.end, b.start) if b.start - a.end < 4 else None
    if not gap or not (a.bare and b.bare) or a.low is None or b.low is None:
        return False
    near = re.findall(r"[^\W\d_]+", text[max(0, a.start - 25) : a.start].lower())[-2:]
    near += re.findall(r"[^\W\d_]+", text[b.end : b.end + 25].lower())[:2]
    return a.low >= b.low or bool(load_counted()["scores"] & set(near))


SOFT = re.compile(r"(?:just|slightly|a little|little|a bit|barely)\s(?:over|above|more)\b", re.IGNORECASE)
LITTLE_OVER = 1.03
"""Up to how many times a number "just over" it goes."""
COMPARED = re.compile(r"\bthe\s+$", re.IGNORECASE)


def add_bounds(text: str, found: Quantity) -> Quantity:
    """The quantity with the words around it that bound it."""
    before, after, meanings = match_bounds()
    bounds = []
    start, end = found.start, found.end
    small = found.unit is None and not found.part and not (found.low or 0) >= 10 and not text[found.core[0]].isdigit()
    while (match := before.search(text, max(0, start - LONGEST_MODIFIER), start)) and match.start() < start:
        words = re.sub(r"[\s-]+", " ", match["words"].lower())
        if words in PLACING and (small or found.vague):
            break  # "a bridge over two rivers", "spread over thousands of homes"
        if words == "up to" and RISEN.search(text, max(0, match.start() - LONGEST_MODIFIER), match.start()):
            break  # "has gone up to eleven"
        bound = meanings["before" + words]
        if bound != "about" and COMPARED.search(match.group()):
            break  # "more than the 40 that it spoke of": those were 40.
        bounds.append(bound)
        start = match.start()
    following = after.match(text, end)
    if following:
        words = re.sub(r"\s+", " ", following["words"].lower()).strip()
        bounds.append(meanings["after" + words])
        end = following.end()
    if not bounds:
        return replace(found, start=start, end=end)
    # Of two that differ ("up to more than") the inner one counts: it is read first.
    inner = [bound for bound in bounds if bound != "about"]
    bound, low, high = inner[0] if inner else "about", found.low, found.high
    if bound == "at least" and (low == high or found.vague):
        soft = low is not None and SOFT.match(text, start)
        high = low * LITTLE_OVER if soft and low is not None else None
    elif bound == "at most" and (low == high or found.vague):
        low = None
        high = found.high if found.high is not None else found.low
    return replace(found, start=start, end=end, bound=bound, low=low, high=high)


def scan_quantities(text: str) -> list[Quantity]:
    """Every quantity of a text, in order, without overlaps, unit not yet converted."""
    vague = find_vague(text)
    taken = [found.core for found in vague]
    amounts = [*vague, *find_multiples(text)] + [
        measure_number(text, number)
        for number in scan_numbers(text)
        if not any(number.start < end and start < number.end for start, end in taken)
    ]
    amounts.sort(key=lambda found: found.start)
    found: list[Quantity] = []
    at = 0
    while at < len(amounts):
        amount = amounts[at]
        following = amounts[at + 1] if at + 1 < len(amounts) else None
        if following and is_score(text, amount, following):
            at += 2
            continue
        both = following and (span_compound(text, amount, following) or span_range(text, amount, following))
        found.append(add_bounds(text, both or amount))
        at += 2 if both else 1
    return join_bounds(text, found)


def join_bounds(text: str, found: list[Quantity]) -> list[Quantity]:
    """Two bounds of one count as one range: "more than 40 but fewer than 60"."""
    joined: list[Quantity] = []
    for quantity in found:
        last = joined[-1] if joined else None
        if (
            last
            and {last.bound, quantity.bound} == {"at least", "at most"}
            and last.unit == quantity.unit
            and re.fullmatch(r",?\s(?:and|but)\s", text[last.end : quantity.start])
        ):
            low = last.low if quantity.low is None else quantity.low
            high = last.high if quantity.high is None else quantity.high
            if low is not None and high is not None and low < high:
                core = (last.core[0], quantity.core[1])
                joined[-1] = replace(quantity, start=last.start, core=core, low=low, high=high, bound="exact")
                continue
        joined.append(quantity)
    return joined
