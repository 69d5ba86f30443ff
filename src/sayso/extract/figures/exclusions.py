"""Which quantities are no figures: spells of time, labels, years, ordinals, pronouns."""

from __future__ import annotations

import re

from sayso.extract.figures.counting import PERSON_STATES, Counted, tokens_of
from sayso.extract.figures.ellipses import find_numbered, is_left_alone, is_one_side
from sayso.extract.figures.quantities import Quantity, load_counted
from sayso.grammar.parses import Parse

SPELL = re.compile(
    r"(?:\s(?!(?:an?|per|each|every|by|on|in|at|of|for|since|until|after|before|within)\b)\w+)?\s(?:years?|months?|days?|weeks?|hours?|minutes?)\b"
)
OCCASIONS = re.compile(r"\stimes\b(?!\s(?:as|the|that|more|less|fewer|its|their|his|a|an|\w+er)\b)(?!-)", re.IGNORECASE)
"""What makes a number one of occasions ("warned three times") and not a multiple ("three times as many")."""
AGED = re.compile(r"\b(?:boy|girl|man|woman|child|youth|lad|teenager|son|daughter|infant)\sof\s$", re.IGNORECASE)
"""Words before a number that make it an age."""
OTHER_HALVES = frozenset("first second other last next latter this better third fourth final each".split())
"""Words before "half" and "quarter" that make them a spell of time or of a game."""

LABELS = re.compile(r"\b(?P<label>[^\W\d_]+)s\s(?P<before>\d+(?:,\s|,?\s(?:and|or|&)\s))*$")
JOINED = re.compile(r"(?:,|,?\s(?:and|or|&))\s\d")
"""A label in the plural with numbers before one of its numbers, and the next of them: "versions 8 and 9"."""
LONGEST_LIST = 200
COUNTS = re.compile(r"(?:[^\d(),;:\n]{2,40}\s\d{1,3}(?:,?\d{3})*(?:[,;]\s|$|(?=\))))+")
"""Names and their counts, one after another."""
ITEM = r"[A-Z][^\d(),;:.\n]{1,38}\s\d{1,3}(?:,\d{3})*(?:\s[a-z]+){0,3}"
OPEN_COUNTS = re.compile(
    rf"\s?(?:of\s(?:which|whom)\s{ITEM}|(?:of\sthem\s|including\s)?{ITEM}(?:,?\sand\s|[,;]\s){ITEM})"
    rf"(?:(?:,?\sand\s|[,;]\s){ITEM})*"
)
"""The same outside a bracket: "Brim 74, Skaft 96, Ytre Holm 42"."""

DATING = frozenset("the in since of by until during after before from between this".split())
"""Words before a number like 2020 that make it a year whatever follows."""
POINTING = frozenset("the these those other first last next past all its their his her our both".split())
"""Words before a small number word without a noun that make it a reference to what is known already."""
RANKING = frozenset("other first last next past both these those".split())
"""Words before a small number word that pick out some of what is counted."""
LIMITS = frozenset("only just".split())
AMOUNTS = frozenset("of at to".split())
"""Words before "zero" that make it an amount ("the figure of zero")."""
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr"})
SHORTEST_SENTENCE = 5
"""Words of a sentence that says no more than a number."""


def next_word(text: str, at: int) -> str:
    """The word that begins at a place, after a space or hyphen at most; lower case."""
    match = re.compile(r"[\s-]{0,2}([^\W\d_]+(?:['’.][^\W\d_]+)?)").match(text, at)
    return match[1].lower() if match else ""


def is_figure(parse: Parse, text: str, quantity: Quantity) -> bool:
    """Whether a quantity is one, and not a time, a label, a year or an ordinal."""
    lists = load_counted()
    following = next_word(text, quantity.end)
    lead = text[max(0, quantity.core[0] - 30) : quantity.core[0]]
    previous = re.findall(r"[^\W\d_]+", lead)
    touching = bool(re.search(r"[^\W\d_][.]?\s?[#(]?$", lead))
    # Seasons are no times, and so are counted as things are: "signed for three seasons".
    spell = (following in lists["durations"] and following != "seasons") or SPELL.match(text, quantity.end)
    if following == "times" and quantity.unit is None and OCCASIONS.match(text, quantity.end):
        return True
    if spell and quantity.unit is None and not quantity.part:
        return False
    if is_calibre(text, quantity) or is_named_unit(parse, text, quantity) or is_number_of_post(text, quantity):
        return False
    if is_one_of_labels(text, quantity) and not counts_noun(parse, quantity):
        return False
    if quantity.part:
        return is_share(parse, text, quantity, [word.lower() for word in previous])
    if quantity.unit is None and AGED.search(lead):
        return False
    first = tokens_of(parse, *quantity.core)[0]
    last_token = parse.tokens[first - 1] if 0 < first < len(parse.tokens) else None
    told = last_token is not None and (last_token.pos == "VERB" or last_token.tag[:2] == "VB")  # "losses number 300"
    labelled = touching and not told and not begins_sentence(parse, first) and not is_listed(text, quantity)
    if quantity.unit is None and quantity.bound == "exact" and previous and labelled:
        label, is_range = previous[-1].lower(), quantity.low != quantity.high
        if (label in lists["labels"] and not find_numbered(parse, quantity)) or (
            is_range and label.removesuffix("s") in lists["labels"]
        ):
            return False  # "Rooms 12-14".
        if quantity.bare and previous[-1][0].isupper() and is_label(parse, quantity):
            return False
    dates = bool(previous) and previous[-1].lower() in DATING
    return not (is_year(quantity) and (dates or not counts_noun(parse, quantity)))


def begins_sentence(parse: Parse, token: int) -> bool:
    """Whether a token is the first of its sentence: what stands before it is no label of it."""
    return token < len(parse.tokens) and parse.sentences[parse.tokens[token].sentence][0] == token


def is_calibre(text: str, quantity: Quantity) -> bool:
    """Whether a quantity is the calibre of a weapon: small, and before its name by three words at most."""
    small = quantity.unit is not None and quantity.unit.symbol == "m" and quantity.unit.factor < 0.1
    if not small and quantity.unit is not None:
        return False
    words = re.findall(r"[^\W\d_]+", re.split(r"[,.;:()]", text[quantity.end : quantity.end + 40])[0].lower())
    if not small:
        return bool(words) and words[0] in {"gauge", "caliber", "calibre"}
    return bool(load_counted()["calibres"] & set(words[:4]))


def is_named_unit(parse: Parse, text: str, quantity: Quantity) -> bool:
    """Whether two numbers with a hyphen are part of a name: "the 2-7 Cavalry"."""
    if quantity.unit is not None or not re.fullmatch(r"\d{1,3}[-‐‑–]\d{1,3}", text[slice(*quantity.core)]):
        return False
    last = tokens_of(parse, *quantity.core)[1]
    following = parse.tokens[last + 1] if last + 1 < len(parse.tokens) else None
    named = following is not None and following.tag in {"NNP", "NNPS"} and following.text[:1].isupper()
    return named and text[max(0, quantity.start - 4) : quantity.start].lower() == "the "


def is_number_of_post(text: str, quantity: Quantity) -> bool:
    """Whether a number is that of a post in a thread, or of a paragraph of a law: "4/ The mayor", "§ 4"."""
    before, after = text[max(0, quantity.start - 3) : quantity.start], text[quantity.end : quantity.end + 2]
    opens = not text[: quantity.start].rpartition("\n")[2].strip(" (#")
    return before.rstrip().endswith("§") or (opens and re.match(r"/\s", after) is not None)


def is_one_of_labels(text: str, quantity: Quantity) -> bool:
    """Whether a number is one of several that a label in the plural has: "versions 8 and 9", "routes 3, 7 or 12"."""
    found = LABELS.search(text, max(0, quantity.core[0] - LONGEST_LIST), quantity.core[0]) if quantity.bare else None
    if found is None or found["label"].lower() not in load_counted()["labels"]:
        return False
    return found["before"] is not None or JOINED.match(text, quantity.core[1]) is not None


def is_year(quantity: Quantity) -> bool:
    """Whether a number, or both ends of a range, could be years."""
    ends = [value for value in (quantity.low, quantity.high) if value is not None]
    return quantity.bare and all(1900 <= value <= 2099 and value % 1 == 0 for value in ends)


def counts_noun(parse: Parse, quantity: Quantity) -> bool:
    """Whether a number is the numeral of a noun after it."""
    first, last = tokens_of(parse, *quantity.core)
    nouns = [parse.tokens[t.head] for t in parse.tokens[first : last + 1] if t.dep == "nummod" and t.head > last]
    return any(noun.tag in {"NNS", "NNPS"} for noun in nouns)


def is_label(parse: Parse, quantity: Quantity) -> bool:
    """Whether a bare number after a name is part of it ("Boeing 787", "Sputnik 1") and counts nothing after it."""
    first, last = tokens_of(parse, *quantity.core)
    if not 0 < first <= last:
        return False
    previous = parse.tokens[first - 1]
    if previous.pos != "PROPN" or counts_noun(parse, quantity):
        return False
    after = parse.tokens[last + 1] if last + 1 < len(parse.tokens) else None
    return after is None or after.tag not in {"NNS", "JJ", "VBN", "VBD"}


def names_model(parse: Parse, quantity: Quantity) -> bool:
    """Whether a bare number stands right behind a name: within what another counts, it is a model's ("600 Nimbus *5*
    phones")."""
    first = tokens_of(parse, *quantity.core)[0]
    return quantity.bare and 0 < first < len(parse.tokens) and parse.tokens[first - 1].pos == "PROPN"


def is_listed(text: str, quantity: Quantity) -> bool:
    """Whether a number stands in a bracket of names with their counts: "41 (Alba 29, Bren 8)"."""
    begin = text.rfind("(", max(0, quantity.start - LONGEST_LIST), quantity.start)
    end = text.find(")", quantity.end, quantity.end + LONGEST_LIST)
    if begin >= 0 and end >= 0 and COUNTS.fullmatch(text, begin + 1, end) is not None:
        return True
    lead = text[max(0, quantity.start - LONGEST_LIST) : quantity.start]
    opened = [*re.finditer(r"[:(\n]\s?(?:[-•*–]\s)?|,\s(?=of\swhich|of\swhom|including)", lead)]
    tail = re.match(r"[^.)\n]*", text[quantity.start : quantity.end + LONGEST_LIST])
    items = (lead[opened[-1].end() :] if opened else "") + (tail.group() if tail else "")
    return bool(opened) and OPEN_COUNTS.fullmatch(items.rstrip()) is not None


def is_share(parse: Parse, text: str, quantity: Quantity, previous: list[str]) -> bool:
    """Whether a fraction is a share of something: "half of", "a third", and not "the first half" or "a third man"."""
    words = text[quantity.core[0] : quantity.core[1]].lower()
    following = next_word(text, quantity.end)
    if text[quantity.end : quantity.end + 1] in {"-", "‑"} or following in load_counted()["durations"]:
        return False
    if re.match(r"\s(?:of\s)?(?:an?|the|this|that)\s", text[quantity.end : quantity.end + 12]):
        after = re.findall(r"[^\W\d_]+", text[quantity.end : quantity.end + 30].lower())
        if set(after[:3]) & (load_counted()["durations"] | {"year", "century"}):
            return False
    last_word = previous[-1] if previous else ""
    if words in {"half", "quarter"} and (last_word in OTHER_HALVES or (words == "quarter" and last_word != "a")):
        return False
    if re.fullmatch(r"an?\s\w+", words) and words.split()[1] not in {"half", "quarter"}:
        first, last = tokens_of(parse, *quantity.core)
        token = parse.tokens[last] if first <= last else None
        if token and token.head > last and parse.tokens[token.head].pos in {"NOUN", "PROPN"}:
            return False
    if "/" in words:
        return following in {"of", "majority"}
    return True


def is_reference(quantity: Quantity, parse: Parse, counted: Counted) -> bool:
    """Whether a small number word refers rather than counts: "one reason", "the other three", "the first two"."""
    words = parse.text[quantity.core[0] : quantity.core[1]].lower()
    value = quantity.low
    small = value is not None and value == quantity.high and abs(value) <= 10 and words.isalpha()
    if not small or quantity.vague or quantity.part or quantity.unit or quantity.bound != "exact":
        return False
    lead = parse.text[max(0, quantity.start - 20) : quantity.start]
    before = re.findall(r"[^\W\d_]+", lead.lower())
    last = before[-1] if before and not lead.rstrip().endswith(",") else ""
    if words == "zero":
        return not counted.state and last not in AMOUNTS
    if words == "one":
        told = counted.person if counted.of else counted.state in PERSON_STATES
        return not (told or is_one_of_some(parse, quantity) or is_told_of(parse, quantity)) and not (
            last in LIMITS or next_word(parse.text, quantity.end) == "single"
        )
    if last in RANKING:
        return not counted.state
    if last in {"to", "from"} and set(before[-4:-1]) & load_counted()["changes"]:
        return False  # "rose to eight"
    if is_told_of(parse, quantity):
        return False
    return not counted.state and not counted.of and (last in POINTING or not is_argument(parse, quantity))


TOTALS = re.compile(
    r"\b(?:number|figure|total|count|toll|tally)\b[^.;:!?\d]{0,60}(?:\s(?:at|as)|,)\s[\"“]?$", re.IGNORECASE
)
"""What says before a number that it is how many there are: "put the number of deaths at four"."""
SPOKEN = re.compile(
    r"\b(?:(?:spoke|speaks?|spoken|talks?|talked|boasts?|boasted|warns?|warned|tells?|told)\sof|insists?\son|insisted\son"
    r"|says|said|counts|counted)\s[\"“]?$",
    re.IGNORECASE,
)
"""Verbs of which a number alone is all that is told: "the ministry spoke of six"."""


def is_told_of(parse: Parse, quantity: Quantity) -> bool:
    """Whether a small number without a noun is how many there are by the words around it: the number of some things,
    what somebody spoke of, or a subject told apart ("*the four from Accra* came later", "*all four* were freed")."""
    text = parse.text
    lead = text[max(0, quantity.start - 80) : quantity.start]
    if TOTALS.search(lead) or is_one_side(parse, quantity) or is_left_alone(parse, quantity):
        return True
    first, last = tokens_of(parse, *quantity.core)
    token = parse.tokens[last]
    ends = last + 1 >= len(parse.tokens) or parse.tokens[last + 1].pos in {"PUNCT", "ADP", "CCONJ"}
    if SPOKEN.search(lead):
        return ends and not text.startswith(" of ", quantity.end)
    if token.dep not in {"nsubj", "nsubjpass"} or (quantity.low or 0) < 2:
        return False
    before = parse.tokens[first - 1].text.lower() if first else ""
    apart = any(parse.tokens[c].dep in {"prep", "relcl"} and c > last for c in token.children)
    return before == "all" or (before in {"the", "those"} and apart and not text.startswith(" of the", quantity.end))


def is_one_of_some(parse: Parse, quantity: Quantity) -> bool:
    """Whether "one" is one of those that are counted: "two were saved and *one* was lost"."""
    tokens = parse.tokens
    i = tokens_of(parse, *quantity.core)[1]
    if tokens[i].dep not in {*ARGUMENTS, "appos"}:
        return False
    begin, end = parse.sentences[tokens[i].sentence]
    others = [t for t in tokens[begin:end] if t.tag == "CD" and t.i != i and t.dep in {*ARGUMENTS, "nummod", "pobj"}]
    of_them = any(t.text.lower() in {"them", "whom", "which"} for t in tokens[i + 1 : i + 3])
    alone = i + 1 < end and tokens[i + 1].pos in {"VERB", "AUX"}
    return bool(others) and (of_them or alone)


def is_argument(parse: Parse, quantity: Quantity) -> bool:
    """Whether a number without a noun is subject or object of a verb ("*five* stayed", "the minister says *seven*") or
    all that a short sentence says ("So three.")."""
    first, last = tokens_of(parse, *quantity.core)
    if last < first:
        return False
    token = parse.tokens[last]
    begin, end = parse.sentences[token.sentence]
    above = parse.tokens[token.head]
    if last < token.head <= last + 2 and above.pos == "VERB" and above.tag in ("VBD", "VBZ", "VBP"):
        return True  # "*Four* abstained", whatever the parser makes of the number.
    if token.head == last + 1 and above.text.lower() in ("more", "others"):
        token, above = above, parse.tokens[above.head]  # "*ten more* are awaited"
    if token.dep in ARGUMENTS:
        return above.pos in {"VERB", "AUX"}
    return token.dep == "ROOT" and end - begin <= SHORTEST_SENTENCE
