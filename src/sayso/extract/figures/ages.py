"""Ages as figures: "a *34*-year-old nurse", "Ada Berg, *41*, broke free", "aged *12*", "a man of *41*", "she was *41*".

An age is told in years (unit "year", which lengths of time never have: those are in days and seconds), and is of the
"age" of whoever bears it, by name where the report gives one. Like lengths, ages are found after the claims: no clause
is cut for them. Where they stand no count is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from sayso.extract.claims.actors import Mention, find_mentions, refer
from sayso.extract.figures.bounds import add_bounds
from sayso.extract.figures.counting import is_person, tokens_of
from sayso.extract.figures.numbers import read_number, scan_numbers
from sayso.extract.figures.quantities import Quantity, load_counted
from sayso.extract.figures.rows import load_words
from sayso.grammar.parses import Parse, Token
from sayso.record import Figure, Reading, Span

UNIT = "year"
OLDEST = 115
"""Years that nobody is older than: a number beside a name that is higher is no age."""
YOUNGEST_IN_BRACKET = 14
"""Numbers below it in brackets after a name are more often a seed, a goal or a rank."""
HYPHEN = r"[-‐‑\s]"
SUBJECTS = ("nsubj", "nsubjpass")
PREDICATES = ("attr", "acomp", "dobj", "npadvmod", "advmod")
HE_OR_SHE = ("he", "she", "i")
FOLLOWING = (*',.;!?)"”', "when", "at", "in", "on", "by")
"""What may follow a number that alone is somebody's age: no noun, and no sign that makes it a score or a price."""
NOUNS = ("NOUN", "PROPN")
FARTHEST = 6
"""Tokens from an age to the noun behind it, at most: "the 34-year-old former prison guard"."""


@dataclass(frozen=True, slots=True)
class Age:
    """An age: the span of its number, the span of all its words, its ends, and the token of who bears it."""

    number: Span
    words: Span
    low: float
    high: float
    bearer: int | None = None


@cache
def match_told() -> re.Pattern[str]:
    """A pattern of ages that say that they are ages, from the words for numbers."""
    small = load_words()[0]
    ones = "|".join(word for word, value in small.items() if value < 20)
    tens = "|".join(word for word, value in small.items() if value >= 20)
    number = rf"(?:\d{{1,4}}|(?:{tens})(?:[-‐‑\s](?:{ones}))?|(?:{ones}))"
    other = r"(?:\s(?:to|or)\s|\s?[-–]\s?)"
    return re.compile(
        rf"\b(?P<old>{number})(?:{other}(?P<old_to>{number}))?{HYPHEN}years?{HYPHEN}(?:olds?|of\sage)\b"
        rf"|\b(?:aged?|ages|(?:at|of)\s(?:the\s)?age\sof)\s(?:about\s|around\s|only\s|just\s)?"
        rf"(?P<aged>{number})(?:{other}(?P<aged_to>{number}))?(?:\syears)?\b(?![,.]?\d|\s?%)",
        re.IGNORECASE,
    )


def find_ages(reading: Reading, parse: Parse) -> Reading:
    """The reading with the ages that its report gives among its figures."""
    taken = [(each.start, each.end) for each in reading.figures]
    ages = [age for age in scan_ages(parse) if not any(a < age.number[1] and age.number[0] < b for a, b in taken)]
    if not ages:
        return reading
    mentions = find_mentions(parse)
    found = [make_age(parse, age, name_bearer(parse, age, mentions)) for age in ages]
    return replace(reading, figures=tuple(sorted([*reading.figures, *found], key=lambda figure: figure.start)))


def make_age(parse: Parse, age: Age, name: str) -> Figure:
    """An age as a figure, with the words that bound it."""
    said = Quantity(start=age.number[0], end=age.number[1], core=age.number, low=age.low, high=age.high)
    bound = add_bounds(parse.text, said)
    if bound.end != said.end:  # "41 or more" is cut from its years: what follows belongs to something else.
        bound = replace(said, start=bound.start) if bound.bound == "about" else said
    return Figure(
        start=bound.start,
        end=bound.end,
        text=parse.text[bound.start : bound.end],
        low=bound.low,
        high=bound.high,
        unit=UNIT,
        of=f"age of {name}" if name else "age",
        bound=bound.bound,
    )


def scan_ages(parse: Parse) -> list[Age]:
    """Every age of a text, in order, without overlaps."""
    found: list[Age] = []
    for age in sorted((*find_told(parse), *find_beside(parse)), key=lambda age: age.number):
        if not found or found[-1].words[1] <= age.words[0]:
            found.append(age)
    return found


def find_told(parse: Parse) -> Iterator[Age]:
    """Ages that say that they are: "34-year-old", "41 years old", "aged 12 to 14"."""
    for match in match_told().finditer(parse.text):
        old = match["old"] is not None
        low = read_number(match["old"] or match["aged"])
        high = read_number(match["old_to"] or match["aged_to"] or "") or low
        if low is None or high is None or high < low:
            continue
        name = "old" if old else "aged"
        number = match.start(name), match.end(f"{name}_to") if match[f"{name}_to"] else match.end(name)
        yield Age(number, match.span(), low, high, find_bearer(parse, match.span(), before=old))


def find_beside(parse: Parse) -> Iterator[Age]:
    """Ages that are a number beside somebody: after a name, in "a man of 41", or as what he or she is."""
    for number in scan_numbers(parse.text):
        if number.part or number.value % 1 or not 1 <= number.value <= OLDEST:
            continue
        first, last = tokens_of(parse, number.start, number.end)
        whole = first <= last and (parse.tokens[first].start, parse.tokens[last].end) == (number.start, number.end)
        if not whole or parse.tokens[last].tag != "CD":
            continue
        top = next((t for t in parse.tokens[first : last + 1] if not first <= t.head <= last), parse.tokens[last])
        bearer = find_named(parse, first, last) or find_of(parse, first, last) or find_told_of(parse, top, last)
        if bearer is not None:
            span = number.start, number.end
            yield Age(span, span, number.value, number.value, bearer.i)


def find_named(parse: Parse, first: int, last: int) -> Token | None:
    """Who stands before a number between two commas, or before one in brackets: "Ada Berg, 41,", "Ada Berg (34)"."""
    tokens = parse.tokens
    number = parse.text[tokens[first].start : tokens[last].end]
    if first < 2:
        return None
    opening, before = tokens[first - 1], tokens[first - 2]
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if opening.text == "(":
        named = after is not None and after.text in (")", ",", ";") and number.isdigit()
        full = before.ent == "PERSON" and first > 2 and tokens[first - 3].ent == "PERSON"
        return before if named and full and int(number) >= YOUNGEST_IN_BRACKET else None
    if opening.text != "," or (after is not None and after.text not in (",", ".", ";", ")", ":", "and", "of", "from")):
        return None
    following = (
        tokens[last + 2] if after is not None and after.text in (",", "and") and last + 2 < len(tokens) else None
    )
    if following is not None and following.tag == "CD":  # "lines 4, 12, 15 and 20"
        return None
    owned = before.tag == "NN" and before.ent == "" and any(tokens[c].tag == "PRP$" for c in before.children)
    return before if is_called(before) or is_one(before) or owned else None


def find_of(parse: Parse, first: int, last: int) -> Token | None:
    """Who is told with an age after "of": "a man of 41"."""
    tokens = parse.tokens
    if first < 2 or tokens[first - 1].text != "of" or not is_one(tokens[first - 2]):
        return None
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    return None if after is not None and after.pos in (*NOUNS, "ADJ", "SYM") else tokens[first - 2]


def find_told_of(parse: Parse, number: Token, last: int) -> Token | None:
    """Who is so old by a number alone: "she was 41 when she left", "he turned 40"; not who would be or will be."""
    tokens = parse.tokens
    verb = tokens[number.head]
    if number.dep not in PREDICATES or verb.lemma not in ("be", "turn") or number.i < verb.i:
        return None
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if after is not None and not (after.pos in ("SCONJ", "CCONJ", "ADV") or after.text in FOLLOWING):
        return None
    if any(tokens[c].tag == "MD" for c in verb.children):
        return None
    subject = next((tokens[c] for c in reversed(verb.children) if tokens[c].dep in SUBJECTS and c < verb.i), None)
    if subject is None:
        return None
    return subject if subject.text.lower() in HE_OR_SHE or subject.ent == "PERSON" or is_one(subject) else None


def is_called(token: Token) -> bool:
    """Whether a token is of the name of a person, or of nothing else that is known."""
    named = token.ent == "PERSON" or (token.ent == "" and token.tag == "NNP")
    return named and token.text.lower().rstrip(".") not in load_counted()["labels"]


def is_one(token: Token) -> bool:
    """Whether a noun is one person, and no body of people ("a crew of 41", "a family of five")."""
    return token.tag == "NN" and is_person(token) and token.lemma not in load_counted()["collectives"]


def find_bearer(parse: Parse, span: Span, *, before: bool) -> int | None:
    """The token of whoever an age is told of: the noun that it stands before (where it may), who it stands behind, or
    the subject."""
    tokens = parse.tokens
    first, last = tokens_of(parse, *span)
    if last < first:
        return None
    noun = None
    for token in tokens[last + 1 : last + 1 + FARTHEST] if before else ():
        if token.pos in NOUNS:
            noun = token.i
        elif noun is not None or token.pos not in ("ADJ", "NUM", "PUNCT") or token.text in (",", ".", ";", ")"):
            break
    if noun is not None:
        return noun
    at = first - 2 if first > 1 and tokens[first - 1].text in (",", "(") else first - 1
    if at >= 0 and tokens[at].pos in NOUNS:
        return at
    if at >= 0 and tokens[at].pos == "DET":  # "a 52-year-old": whoever that is.
        return None
    verb = next((a for a in parse.ancestors(last) if tokens[a].pos in ("VERB", "AUX")), None)
    subjects = () if verb is None else tokens[verb].children
    return next((c for c in subjects if tokens[c].dep in SUBJECTS and c < first), None)


def name_bearer(parse: Parse, age: Age, mentions: list[Mention]) -> str:
    """Whoever bears an age, by name where there is one, else by the noun; "" where neither is known."""
    if age.bearer is None:
        return ""
    token = parse.tokens[age.bearer]
    near = {age.bearer, *(c for c in token.children if parse.tokens[c].dep in ("appos", "compound"))}
    for name in parse.names:
        called = 0 < name.first - age.bearer <= 3 and parse.tokens[name.first - 1].tag in ("VBN", ",", token.tag)
        if name.label == "PERSON" and (called or any(name.first <= i <= name.last for i in near)):
            return re.sub(r"['’]s$", "", parse.words(name.first, name.last))
    if token.pos == "PRON":
        found = refer(parse, mentions, age.bearer)
        return "" if found.lower() == token.text.lower() else found
    return f"the {token.text.lower()}" if token.pos == "NOUN" else token.text
