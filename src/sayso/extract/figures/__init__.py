"""Figures: how many, how much, of what, and what is said of them.

The way of a figure: numbers that count nothing are masked (`masks`); pieces of text (`lexemes`) in a row (`rows`) are
read as numbers (`numbers`); those get their unit (`units`, `quantities`), are joined to ranges (`ranges`) and bounded
by the words around them (`bounds`), beside counts in words (`vague_counts`): these are the passages that say how much
(`passages`). From the grammar come ordinals, articles and words for none that count (`ordinals`, `singles`, `zeros`),
what is no figure (`exclusions`) or denied (`denials`), what is counted and its state (`counting`, `states`), what a
label or table says of it (`labels`, `tables`), its window and its whole (`scopes`, `parts`). Last is reckoned what
figures come to with one another (`reckonings`), and after the claims lengths of time and ages are added (`lengths`,
`ages`).

- Times are no figures: what lies in a time expression, or is told in days, hours or years, is left to times.
- Ordinals, labels ("article 5", "Boeing 787"), scores, versions and telephone numbers are no figures.
- `unit` is a canonical symbol (``units.tsv``), an ISO 4217 code, "share" (0 to 1 of a whole), "person" where people
  are counted, and "" for all other things counted: `of` names those.
- `low` and `high` are in that unit; an open end is None. A figure said to be "about" keeps the value said.
- `text` covers the bounding words, the number and its unit, and not the noun counted.
- Nobody ("no casualties", "no one was hurt") is a count of 0.
- What the count's window is, and whether it is a part of another, is said by `scopes`; what figures come to with one
  another is reckoned apart (`reckonings`) and never takes the place of what was said.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from dataclasses import replace
from datetime import datetime

from sayso.extract.figures.ages import scan_ages
from sayso.extract.figures.counting import PERSON_STATES, Counted, find_counted, find_multiplied, tokens_of
from sayso.extract.figures.denials import bound_behind, free_particle, turn_bound
from sayso.extract.figures.ellipses import find_group, find_numbered
from sayso.extract.figures.entries import count_entry, find_entries, place_entry
from sayso.extract.figures.exclusions import is_figure, is_reference, names_model
from sayso.extract.figures.labels import add_label, find_label
from sayso.extract.figures.masks import mask_text
from sayso.extract.figures.numbers import read_number, scan_numbers
from sayso.extract.figures.ordinals import is_count, is_one_more, scan_ordinals
from sayso.extract.figures.parts import place_figure
from sayso.extract.figures.passages import scan_quantities
from sayso.extract.figures.quantities import TIMES, Quantity
from sayso.extract.figures.reckonings import PRONOUNS, reckon_figures, sentence_at
from sayso.extract.figures.scopes import Scoper, Window
from sayso.extract.figures.singles import scan_singles
from sayso.extract.figures.tables import find_head, find_heads
from sayso.extract.figures.units import HOURS, LENGTHS, Unit
from sayso.extract.figures.zeros import count_lives, is_emphatic, is_nothing, is_zero, names_nobody, scan_zeros
from sayso.grammar.parses import Parse
from sayso.record import Figure, Reading

__all__ = ["find_figures", "read_number", "scan_numbers"]

DATING = re.compile(r"\b(?:as (?:of|at)|by|until|up to)\s(?:\w+\s)?$", re.IGNORECASE)
"""Words before a time that make it the moment that a figure speaks of."""

GROUPED = re.compile(r"[^\d.]{0,4}[1-9]\d{0,2}\.\d{3}(?:\s?[^\d.\s]+)?")
"""A number with three digits after a point, and its currency before or after it."""
STATED = frozenset({"share", "km2", "m2", "times"})
"""Units of which a state is said (an area is seized); a distance or a sum of money has none."""


def find_figures(reading: Reading, parse: Parse) -> Reading:
    """The reading with its figures, sorted by start, none overlapping another or a time."""
    times = [(time.start, time.end) for time in reading.times]
    text = mask_text(parse.text, [*times, *(age.words for age in scan_ages(parse))])
    figures: list[Figure] = []
    before: tuple[int, Counted] | None = None
    counted_to = 0
    quantities, nobody, alone = gather_quantities(parse, text)
    heads, entries = find_heads(parse.text), find_entries(parse)
    cells = sorted(heads)
    scoper = Scoper(parse, reading.times, [each.core for each in quantities])
    for n, quantity in enumerate(quantities):
        # One sign between two numbers ("12 $ -5") belongs to the first that takes it.
        entry = entries.get(quantity.core[0]) if quantity.unit is None else None
        if figures and quantity.start < figures[-1].end:
            continue
        if entry is not None:
            counted = count_entry(parse, entry, quantity)
            figure = make_figure(parse, reading, quantity, counted, sentence_of(parse, quantity), Window())
            figures.append(place_entry(entry, figure, figures))
            continue
        if not is_figure(parse, text, quantity):
            continue
        if quantity.end <= counted_to and names_model(parse, quantity):
            continue
        quantity = free_particle(parse, turn_bound(parse, text, quantity))
        if quantity.unit is TIMES:
            counted = find_multiplied(parse, *quantity.core)
        else:
            counted = find_counted(parse, *quantity.core, [span for span in times if abs(span[0] - quantity.end) < 80])
        sentence = sentence_of(parse, quantity)
        if quantity.start in nobody:
            counted = count_lives(parse, quantity, counted)
            nobody_said = (counted.of == "people" and counted.state == "killed") or is_zero(parse, quantity, counted)
            label = find_label(parse, quantity) or find_head(heads, cells, quantity)
            if nobody_said or label or is_nothing(parse, quantity):
                counted = add_label(parse, label, counted) if label else counted
                person = nobody_said or counted.person or names_nobody(quantity, text)
                counted, window = replace(counted, person=person), scoper.find_window(quantity, counted)
                figures.append(make_figure(parse, reading, quantity, counted, sentence, window))
            continue
        if quantity.unit is None and not counted.of and before and before[0] == sentence:
            counted = inherit(before[1], counted)
        if label := find_label(parse, quantity) or find_head(heads, cells, quantity):
            counted = add_label(parse, label, counted)
        if is_vague_share(quantity, counted):
            continue
        group = None
        if is_reference(quantity, parse, counted):
            if (group := find_group(parse, quantity, figures)) is None:
                continue
            counted = replace(counted, of=group.of, person=True)
        if state := find_numbered(parse, quantity):
            counted = replace(counted, state=state, person=state in PERSON_STATES)
        after = quantities[n + 1] if n + 1 < len(quantities) else None
        following = (after.start, after.end) if after else None
        quantity = bound_behind(text, quantity, counted.end, after.start if after else len(text))
        if quantity.part and following and following[0] < counted.end <= following[1]:
            counted = replace(counted, of="")  # "half of the 500 square miles"
        figure = make_figure(parse, reading, quantity, counted, sentence, scoper.find_window(quantity, counted))
        last = figures[-1] if figures and sentence_at(parse, figures[-1]) == sentence else None
        money = quantity.unit is not None and quantity.unit.money
        if (counted.person or money) and is_grouped_by_point(parse.text, quantity):
            figure = replace(figure, low=figure.low and figure.low * 1000, high=figure.high and figure.high * 1000)
        figure = place_figure(parse.text, figure, quantity, figures, last, following)
        figures.append(replace(figure, part="single") if quantity.start in alone else figure)
        counted_to = counted.end
        if quantity.unit is None and counted.of and group is None:
            before = sentence, counted
    apart = [*times, *((place.start, place.end) for place in reading.places)]
    return replace(reading, figures=tuple(filter(is_finite, reckon_figures(parse, figures, apart))))


def is_finite(figure: Figure) -> bool:
    """Whether both ends of a figure are numbers: words can say more than a float holds."""
    return all(end is None or math.isfinite(end) for end in (figure.low, figure.high))


def gather_quantities(parse: Parse, text: str) -> tuple[list[Quantity], set[int], set[int]]:
    """Every passage of a masked text that may say how many, in order: numbers, words for none, ordinals and articles
    that count; and where those begin that may say that there is none, and that tell of single people."""
    zeros = list(scan_zeros(text))
    emphatic = [each for each in zeros if is_emphatic(each, text)]
    quantities = scan_quantities(text)
    quantities = [each for each in quantities if not overlaps(each, emphatic)] if emphatic else quantities
    zeros = [each for each in zeros if not overlaps(each, quantities)]
    ordinals = [each for each in scan_ordinals(text) if is_count(parse, each) and not overlaps(each, zeros)]
    quantities = [each for each in quantities if not overlaps(each, ordinals)] if ordinals else quantities
    singles = [each for each in scan_singles(parse) if not overlaps(each, quantities)]
    more = [each for each in quantities if is_one_more(parse, text, each)]
    quantities = [replace(each, low=1.0, high=1.0, part=False) if each in more else each for each in quantities]
    found = sorted([*quantities, *zeros, *ordinals, *singles], key=lambda each: each.start)
    return found, {each.start for each in zeros}, {each.start for each in (*singles, *more)}


def is_grouped_by_point(text: str, quantity: Quantity) -> bool:
    """Whether a number is one of thousands as the continent writes them, which nothing but what is counted tells:
    "3.000" of a measure are three, and of people and of money, which has two decimals, three thousand."""
    return (quantity.unit is None or quantity.unit.money) and GROUPED.fullmatch(text[slice(*quantity.core)]) is not None


def overlaps(quantity: Quantity, others: list[Quantity]) -> bool:
    """Whether a quantity lies over one of others, which are sorted by start."""
    at = bisect_right(others, quantity.start, key=lambda each: each.start)
    near = others[max(0, at - 1) : at + 1]
    return any(each.start < quantity.end and quantity.start < each.end for each in near)


def is_vague_share(quantity: Quantity, counted: Counted) -> bool:
    """Whether "most" or "all" is said of things; that there is none of them is a count."""
    return quantity.part and quantity.vague and quantity.high != 0 and not is_of_people(counted)


def is_of_people(counted: Counted) -> bool:
    """Whether "most" or "all" is said of people, or of those that a pronoun stands for."""
    return counted.person or counted.of.lower() in PRONOUNS


def inherit(before: Counted, counted: Counted) -> Counted:
    """What is counted where the noun is left out: the people of the figure before it in the sentence."""
    if not before.person:
        return counted
    return replace(counted, of=before.of, person=True)


def sentence_of(parse: Parse, quantity: Quantity) -> int:
    """The number of the sentence that a quantity stands in, -1 where it stands in none."""
    first, last = tokens_of(parse, *quantity.core)
    return parse.tokens[last].sentence if first <= last else -1


def verb_above(parse: Parse, i: int) -> int | None:
    """The nearest verb that a token hangs from."""
    return next((a for a in parse.ancestors(i) if parse.tokens[a].pos in {"VERB", "AUX"}), None)


def find_as_of(parse: Parse, reading: Reading, quantity: Quantity, sentence: int) -> datetime | None:
    """The moment that a figure speaks of: a time led by "as of", "by" or "until" under the verb that the figure stands
    under, where that verb tells of what is and not of what could be."""
    if sentence < 0:
        return None
    first, last = parse.sentences[sentence]
    start, end = parse.tokens[first].start, parse.tokens[last - 1].end
    verb = verb_above(parse, tokens_of(parse, *quantity.core)[1])
    if verb is None or any(parse.tokens[c].tag == "MD" for c in parse.tokens[verb].children):
        return None
    for time in reading.times:
        inside = start <= time.start < time.end <= end and time.type in {"DATE", "TIME"} and time.earliest is not None
        if inside and DATING.search(parse.text, max(start, time.start - 20), time.start):
            token = tokens_of(parse, time.start, time.end)[1]
            if verb in parse.ancestors(token):
                return time.earliest
    return None


def make_figure(
    parse: Parse, reading: Reading, quantity: Quantity, counted: Counted, sentence: int, window: Window
) -> Figure:
    """The figure of a quantity, in its canonical unit."""
    unit = quantity.unit
    if unit:
        symbol = unit.symbol
    elif quantity.part:
        symbol = "share"
    else:
        symbol = "person" if counted.person else ""

    def convert(value: float | None) -> float | None:
        if value is None:
            return None
        value = unit.convert(value) if unit else value
        return float(f"{value:.10g}") if math.isfinite(value) else None

    if symbol in LENGTHS and window.per in HOURS:
        # "900 km per hour" is a speed and no count by the hour.
        unit = Unit("km/h", (unit.factor if unit else 1.0) * LENGTHS[symbol] / HOURS[window.per])
        symbol, window = unit.symbol, Window()
    elif window.per:
        symbol += f"/{window.per}"

    return Figure(
        start=quantity.start,
        end=quantity.end,
        text=parse.text[quantity.start : quantity.end],
        low=convert(quantity.low),
        high=convert(quantity.high),
        unit=symbol,
        of=counted.of,
        state=counted.state if unit is None or unit.symbol in STATED else "",
        bound=quantity.bound,
        as_of=find_as_of(parse, reading, quantity, sentence),
        window=window.words,
        window_kind=window.kind,
    )
