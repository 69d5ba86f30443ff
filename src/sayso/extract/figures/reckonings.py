"""What figures come to with one another: a share of a stated number, killed and wounded together.

Nobody said these values, so that they stand beside the figure said and never in its place (`sayso.record.Reckoned`).

- A share is reckoned from the number that it is said to be of ("half of the 11,000", "a third of its 900 sailors"), or
  from the number that a pronoun, a body of people or nothing at all leads back to ("half of them", "half the force",
  "half are gone") in its own sentence or the one before.
- Killed and wounded told in one breath of the same people are added up: those are their casualties; so are people
  joined in one phrase ("two women and a man").
- "All but two of the 12", "all 12 but two" are ten; what is told of those is told neither of the two nor of the 12.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.extract.figures.counting import tokens_of
from sayso.extract.figures.quantities import load_counted
from sayso.extract.figures.scopes import is_fronted
from sayso.extract.figures.states import HARM, SUBJECTS
from sayso.grammar.parses import Parse
from sayso.record import Figure, Reckoned, Span

LONGEST_GAP = 60
"""Code points between a share and the number that it is of, or between the parts of a sum, at most."""
BREAK = re.compile(r"[,.:;!?()\d]")
JOINED = re.compile(r"(?:,|\band\b|\bwhile\b|\bplus\b)[\sa-z]*$", re.IGNORECASE)
EXCEPT = (
    r"(?:but|bar|except(?:ing)?(?:\sfor)?|excluding|save(?:\sfor)?|apart\sfrom|aside\sfrom|other\sthan|barring|minus|"
    r"with\sthe\sexception\sof)"
)
ALL_BUT = re.compile(rf"\b(?:all|each|any|everyone|everybody)\s{EXCEPT}\s(?:the\s)?$", re.IGNORECASE)
"""Words before a part that is left out of the number after it: "all but *two* of the 12"."""
BUT = re.compile(rf"\b{EXCEPT}\s$", re.IGNORECASE)
ALL = re.compile(
    r"\b(?:all|everyone|everybody|every\sone|each\sone)\s(?:of\s)?(?:the\s|its\s|their\s|his\s|her\s)?$", re.IGNORECASE
)
"""Words before a number and before the part that is left out of it: "all *12* climbers but *two*"."""
LEAD = 24
"""Code points before a number in which such words stand."""
HALF_THE = re.compile(r"\s(?:the|its|their|his|her)\s(?:(?:[^\W\d_]+\s)?[^\W\d_]+['’]s?\s)?", re.IGNORECASE)
"""What may stand between "half" and a number that it is of: "half the village's 600 houses"."""
PRONOUNS = frozenset("them these those us whom which they".split())
SUMS = frozenset({*PRONOUNS, "that", "it"})
"""Pronouns that may lead back to a sum or a measure: "half of *that*"."""
POSSESSIVES = frozenset("their its our his her".split())
NO_WHOLES = frozenset({"share", "times"})
NEAREST = 20
"""Figures looked back over for what a share is of."""
LAST_TOLD = 4
"""Sentences before a share in which the number of the same things may have been told."""
WITHIN = frozenset({"of", "out"})


def reckon_figures(parse: Parse, figures: Sequence[Figure], kept_apart: Sequence[Span] = ()) -> list[Figure]:
    """The figures, each with what it comes to with others; `kept_apart` are spans of times and places, which told
    between two counts make them counts of different things."""
    found = list(figures)
    for n, figure in enumerate(figures):
        reckoned = None
        if figure.unit == "share":
            base = find_base(parse, figures, n)
            reckoned = base and share_of(figure, base)
            if base:
                found[n] = replace(figure, part_of=(base.start, base.end))
        elif ALL_BUT.search(parse.text, max(0, figure.start - LEAD), figure.start):
            # Of those who are left out the opposite is said.
            found[n] = replace(figure, state="", part="subset")
            following = figures[n + 1] if n + 1 < len(figures) else None
            if following is not None and is_of(parse, figure, following):
                reckoned = take_away(following, figure)
                found[n + 1] = replace(following, state="")
        elif n and leaves_out(parse.text, figures[n - 1], figure):
            whole = figures[n - 1]
            found[n - 1] = replace(whole, state="")
            if n > 1 and found[n - 2].part_of == (whole.start, whole.end):
                found[n - 2] = replace(found[n - 2], state="", reckoned=None)
            found[n] = replace(figure, state="", part="subset", part_of=(whole.start, whole.end))
            reckoned = take_away(whole, replace(figure, state=figure.state or whole.state))
        elif n and is_sum(parse.text, figures[n - 1], figure, kept_apart):
            reckoned = add_up(figures[n - 1], figure)
        elif n and is_joint(parse, figures[n - 1], figure):
            reckoned = add_joint(found[n - 1], figure)
        if reckoned:
            found[n] = replace(found[n], reckoned=reckoned)
    return found


def find_base(parse: Parse, figures: Sequence[Figure], n: int) -> Figure | None:
    """The figure that the share at position `n` is a share of, or None where the report gives none."""
    share = figures[n]
    following = figures[n + 1] if n + 1 < len(figures) else None
    if following and is_of(parse, share, following):
        return following
    if n and (base := find_named_base(parse, figures, n)):
        return base
    fronted = n > 0 and is_fronted(
        parse.text, (figures[n - 1].start, figures[n - 1].end), (figures[n].start, figures[n].end)
    )
    if not fronted and not points_back(parse, share):
        return None
    sentence = sentence_at(parse, share)
    for figure in reversed(figures[:n]):
        if sentence_at(parse, figure) < sentence - 1:
            return None
        people = figure.unit == "person" or (figure.unit == "" and figure.of.lower() in {"", *PRONOUNS})
        things = figure.unit == "" and figure is figures[n - 1] and not share.of
        if (people or things) and figure.part_of is None and (figure.state not in HARM or share.of.lower() in PRONOUNS):
            return figure
    return None


def find_named_base(parse: Parse, figures: Sequence[Figure], n: int) -> Figure | None:
    """The number that a share of things leads back to: the one before it in its sentence, of "two thirds of *them*",
    or the last of that noun, of "a third of the *lines*"."""
    share, last = figures[n], figures[n - 1]
    words = share.of.lower().split()
    if not words:
        return None
    sentence = sentence_at(parse, share)
    if words[0] in SUMS:
        whole = last.unit not in NO_WHOLES and last.part_of is None and sentence_at(parse, last) == sentence
        return last if whole and (last.unit or last.of) and share.start - last.end < LONGEST_GAP else None
    for figure in reversed(figures[max(0, n - NEAREST) : n]):
        if sentence_at(parse, figure) < sentence - LAST_TOLD:
            return None
        if figure.unit in {"", "person"} and not figure.part and figure.of.lower().split()[-1:] == words[-1:]:
            return figure
    return None


def is_of(parse: Parse, share: Figure, base: Figure) -> bool:
    """Whether a share is said to be of a number after it: "half of the 11,000", "a third of the crew of 30"."""
    gap = parse.text[share.end : base.start]
    if len(gap) > LONGEST_GAP or BREAK.search(gap) or base.unit in {"share", "times"} or "/" in base.unit:
        return False
    if HALF_THE.fullmatch(gap) and share.text.lower().endswith("half"):
        return True
    if re.match(
        r"\s(?:out\s)?of\s(?:(?:the|its|their|his|her|those|these|some|a|an)\s){0,2}(?:[^\W\d_]+['’]s?\s)?$",
        gap,
        re.IGNORECASE,
    ):
        return True
    first, last = tokens_of(parse, share.start, share.end)
    for above in parse.ancestors(tokens_of(parse, base.start, base.end)[1]):
        if first <= above <= last:
            return True
        token = parse.tokens[above]
        if token.pos not in {"NOUN", "PROPN", "NUM"} and token.lemma not in WITHIN:
            return False
    return False


def points_back(parse: Parse, share: Figure) -> bool:
    """Whether a share is of what was spoken of before: "half of them", "half their number", "half are gone"."""
    tokens = parse.tokens
    first, last = tokens_of(parse, share.start, share.end)
    if last < first:
        return False
    words = [word.lower() for word in share.of.split()]
    bodies = load_counted()["bodies"]
    lead = re.match(r"\s(?:of\s)?(the|their|its|these|those)\s", parse.text[share.end : share.end + 14])
    if words:
        return words[0] in PRONOUNS or (lead is not None and len(words) == 1 and words[0] in bodies)
    number = next((i for i in range(last, first - 1, -1) if tokens[i].dep in {*SUBJECTS, "pobj"}), None)
    if number is None:
        return False
    if tokens[number].dep in SUBJECTS:
        return not any(tokens[c].dep == "prep" and c > number for c in tokens[number].children)
    by = tokens[number].head
    if tokens[by].lemma != "by" or tokens[tokens[by].head].pos not in {"VERB", "AUX"}:
        return False
    # "their ranks had been cut by half"
    for child in tokens[tokens[by].head].children:
        if tokens[child].dep in SUBJECTS and tokens[child].text.lower() in bodies:
            return any(tokens[c].text.lower() in {*POSSESSIVES, "the"} for c in tokens[child].children)
    return False


def sentence_at(parse: Parse, figure: Figure) -> int:
    """The number of the sentence of a figure."""
    first, last = tokens_of(parse, figure.start, figure.end)
    return parse.tokens[last].sentence if first <= last else -1


def share_of(share: Figure, base: Figure) -> Reckoned | None:
    """A share times its base, rounded to whole ones where people are counted; None where both ends are open."""

    def times(part: float | None, whole: float | None) -> float | None:
        if part is None or whole is None:
            return None
        value = part * whole
        if not math.isfinite(value):
            return None
        return float(round(value)) if base.unit in {"person", ""} else float(f"{value:.10g}")

    low, high = times(share.low, base.low), times(share.high, base.high)
    if low is None and high is None:
        return None
    return Reckoned(
        how="share",
        low=low,
        high=high,
        unit=base.unit,
        of=base.of,
        state=share.state,
        bases=((base.start, base.end),),
    )


def is_sum(text: str, one: Figure, other: Figure, kept_apart: Sequence[Span]) -> bool:
    """Whether two counts are the killed and the wounded (or wounded and killed) of the same people, told together."""
    if {one.state, other.state} != {"killed", "wounded"} or (one.unit, other.unit) != ("person", "person"):
        return False
    if other.of not in (one.of, "others") or one.window != other.window or one.part or other.part:
        return False
    gap = text[one.end : other.start]
    if len(gap) > LONGEST_GAP or re.search(r"[.;:!?()\d]", gap) or not JOINED.search(gap):
        return False
    return not any(one.end <= start and end <= other.start for start, end in kept_apart)


def leaves_out(text: str, whole: Figure, part: Figure) -> bool:
    """Whether a number is left out of the one before it: "all 12 climbers but two"."""
    gap = text[whole.end : part.start]
    if len(gap) > LONGEST_GAP or re.search(r"[.;:!?()\d]", gap):
        return False
    led = ALL.search(text, max(0, whole.start - LEAD), whole.start)
    return led is not None and BUT.search(text, max(whole.end, part.start - LEAD), part.start) is not None


def take_away(whole: Figure, part: Figure) -> Reckoned | None:
    """What is left of a number without a part of it ("all but two of the 12"), in the state that is told."""
    if whole.low is None or whole.low != whole.high or part.low is None or part.low != part.high:
        return None
    left = whole.low - part.low
    spans = ((part.start, part.end), (whole.start, whole.end))
    return Reckoned(how="rest", low=left, high=left, unit=whole.unit, of=whole.of, state=part.state, bases=spans)


def is_joint(parse: Parse, one: Figure, other: Figure) -> bool:
    """Whether two counts of people are joined in one phrase: "two women and one man", "seven guards and a driver"."""
    if (one.unit, other.unit) != ("person", "person") or one.high == 0 or other.high == 0:
        return False
    if {one.part, other.part} - {"", "single"}:
        return False
    if other.start - one.end > LONGEST_GAP or not one.of or one.window != other.window:
        return False
    a, b = (tokens_of(parse, figure.start, figure.end)[1] for figure in (one, other))
    heads = parse.tokens[a].head, parse.tokens[b].head
    joined = parse.tokens[heads[1]]
    return a < heads[0] < b < heads[1] and joined.dep == "conj" and joined.head == heads[0]


def add_joint(one: Figure, other: Figure) -> Reckoned | None:
    """The sum of two counts joined in one phrase, or of a third with the sum of two before it."""
    before = one.reckoned if one.reckoned is not None and one.reckoned.how == "sum" else one
    low = None if before.low is None or other.low is None else before.low + other.low
    high = None if before.high is None or other.high is None else before.high + other.high
    if low is None and high is None:
        return None
    bases = before.bases if isinstance(before, Reckoned) else ((one.start, one.end),)
    spans = (*bases, (other.start, other.end))
    return Reckoned(how="sum", low=low, high=high, unit="person", of="people", state=other.state, bases=spans)


def add_up(one: Figure, other: Figure) -> Reckoned | None:
    """The sum of two counts; an end that either leaves open stays open."""
    low = None if one.low is None or other.low is None else one.low + other.low
    high = None if one.high is None or other.high is None else one.high + other.high
    if low is None and high is None:
        return None
    spans = ((one.start, one.end), (other.start, other.end))
    return Reckoned(how="sum", low=low, high=high, unit="person", of=one.of, state="casualties", bases=spans)
