"""The scope of a figure: over what time it was counted, and whether it counts a part or more of the same.

A daily count and a running total differ in scope and do not contradict each other, and neither do "300 dead" and "50
of them officers". Only what the words say counts, and only where the grammar ties them to the figure: a time under
another verb ("officials said *on Monday* that 40 were killed") is not the figure's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from sayso.extract.figures.counting import Counted, tokens_of
from sayso.extract.figures.quantities import Quantity, load_counted
from sayso.grammar.parses import Parse
from sayso.record import Span, Time
from sayso.tables import load_toml

RATE = re.compile(
    r"\s(?:an?|per|each|every)\s(?:single\s)?(second|minute|hour|day|night|week|month|quarter|year)\b"
    r"(?!\s(?:ago|before|after|earlier|later)\b)"
    r"|\s(?P<adverb>hourly|daily|nightly|weekly|monthly|quarterly|yearly|annually)\b(?!\s[a-z])",
    re.IGNORECASE,
)
"""Words after what is counted that make it a rate: "40 casualties a day", "1,000 daily"."""
SINCE = re.compile(r"\b[Ss]ince\b")
NOT_COUNTED_OVER = frozenset("by as of until till after before to than".split())
"""Words before a time that make it no window of a count."""
NO_WINDOW = re.compile(r"\s(?:on|later|after|earlier)[A-Z\d]|_REF$")
LEADING = frozenset(
    "in on over during within for through throughout between from the past last just only around across".split()
)
"""Words that begin a window, before its time expression."""
COMPARED = re.compile(r"\b(?:from|than|against|compared|versus)\b", re.IGNORECASE)
LONGEST_WINDOW = 12
"""Words of "since ...", at most."""
PART_OF_NEXT = re.compile(r"\s(?:out\s)?of\s(?:(?:the|these|those|its|their|his|her|some|about)\s){0,2}", re.IGNORECASE)
PARTITIVE = re.compile(
    r"\s(?:out\s)?of\s(?:the|them|these|those|its|their|his|her|whom|which|us|our)\b(?!\s(?:past|last))", re.IGNORECASE
)
SUBSET = re.compile(
    r"\b(?:of\s(?:whom|which|them|these|those|that\snumber)|including|among\s(?:them|those|whom)),?\s$", re.IGNORECASE
)
"""Words right before a figure that make it a part of the one before: "of whom 50", "including 300 dead"."""


FRONTED = re.compile(r"(?:^|[^\w\s]\s*|\n\s*)of\s(?:(?:the|these|those|its|their)\s)?$", re.IGNORECASE)
LONGEST_FRONT = 100
"""Code points between a whole and the part told after it, at most."""


class Window(NamedTuple):
    """The words of a window, its kind (rate, span, total) and, of a rate, the unit of time."""

    words: str = ""
    kind: str = ""
    per: str = ""


class Part(NamedTuple):
    """Whether a figure is a subset of another or additional to it; `of` is the next or previous figure of its
    sentence, "" where it is neither."""

    kind: str = ""
    of: str = ""


@cache
def match_totals() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of the words for a running total: right before a number, and anywhere."""
    table = load_toml("counted.toml")["totals"]
    before, around = ("|".join(re.escape(words) for words in table[where]) for where in ("before", "around"))
    return (
        re.compile(rf"\b(?P<words>{before}),?\s(?:of\s)?$", re.IGNORECASE),
        re.compile(rf"\b(?P<words>{around})\b", re.IGNORECASE),
    )


class Scoper:
    """Finds the windows of one text's figures."""

    def __init__(self, parse: Parse, times: tuple[Time, ...], quantities: list[Span]) -> None:
        """`times` are those of the reading and `quantities` the spans of all that may be figures, sorted by start."""
        self.parse = parse
        self.quantities = quantities
        self.by_sentence: dict[int, list[tuple[Time, int, int]]] = {}
        for time in times:
            first, last = tokens_of(parse, time.start, time.end)
            if first <= last and time.type != "SET":
                self.by_sentence.setdefault(parse.tokens[first].sentence, []).append((time, first, last))
        lowered = parse.text.lower()
        told = any(words in lowered for words in load_toml("counted.toml")["totals"]["around"])
        self.totals = [m.span() for m in match_totals()[1].finditer(parse.text)] if told else []
        since = (tokens_of(parse, m.start(), m.end())[1] for m in SINCE.finditer(parse.text))
        self.since = [i for i in since if parse.tokens[i].dep in {"prep", "mark"}]

    def find_window(self, quantity: Quantity, counted: Counted) -> Window:
        """The window of a quantity: a rate before a running total, and that before a stretch of time."""
        parse = self.parse
        first, last = tokens_of(parse, *quantity.core)
        if last < first:
            return Window()
        rate = RATE.match(parse.text, max(counted.end, quantity.end))
        if rate:
            per = rate[1] or load_toml("counted.toml")["rates"][rate["adverb"].lower()]
            return Window(rate.group().strip(), "rate", per.lower())
        above = list(self.governors(last))
        for i in (*range(last + 1, min(last + 3, len(parse.tokens))), *above, *self.children(above)):
            per = load_toml("counted.toml")["rates"].get(parse.tokens[i].text.lower())
            if per and self.sentence(i) == self.sentence(last) and (i < first or parse.tokens[i].end <= counted.end):
                return Window(parse.tokens[i].text, "rate", per)
        lead = match_totals()[0].search(parse.text, max(0, quantity.start - 24), quantity.start)
        if lead:
            return Window(lead["words"], "total")
        # Nearest first: what another figure stands before is that figure's, where there is a choice.
        found = [
            (crossed, rank, window)
            for rank, one in enumerate((self.find_total(last), self.find_span(last)))
            if one
            for window, start in (one,)
            if (crossed := self.crosses(quantity, start)) is not None
        ]
        return min(found)[2] if found else Window()

    def crosses(self, quantity: Quantity, start: int) -> bool | None:
        """Whether another figure stands between a quantity and a window that begins at `start`; None where that one is
        compared with it ("300, up from 200 on Tuesday")."""
        low, high = (quantity.end, start) if quantity.end <= start else (start, quantity.start)
        at = bisect_left(self.quantities, low, key=lambda span: span[0])
        if at == len(self.quantities) or self.quantities[at][0] >= high:
            return False
        compared = quantity.end <= start and COMPARED.search(self.parse.text, quantity.end, start)
        return None if compared else True

    def sentence(self, i: int) -> int:
        """The number of the sentence of a token."""
        return self.parse.tokens[i].sentence

    def governors(self, i: int) -> Iterator[int]:
        """What a token hangs from, up to its verb, and that verb's subject where the token is no subject."""
        tokens = self.parse.tokens
        subject = tokens[i].dep in {"nsubj", "nsubjpass"}
        for above in self.parse.ancestors(i):
            if tokens[above].pos in {"VERB", "AUX"}:
                if not subject:
                    yield from (c for c in tokens[above].children if tokens[c].dep in {"nsubj", "nsubjpass"})
                return
            subject |= tokens[above].dep in {"nsubj", "nsubjpass"}
            yield above

    def children(self, governors: list[int]) -> list[int]:
        """The adjectives and nouns before each of some nouns."""
        tokens = self.parse.tokens
        return [c for i in governors for c in tokens[i].children if tokens[c].dep in {"amod", "compound"}]

    def verb_over(self, i: int) -> int | None:
        """The nearest verb that a token hangs from, or itself."""
        tokens = self.parse.tokens
        return next((a for a in (i, *self.parse.ancestors(i)) if tokens[a].pos in {"VERB", "AUX"}), None)

    def belongs(self, i: int, last: int) -> bool:
        """Whether a token (of a time or a phrase) says when the figure that ends at token `last` was counted: it
        hangs from the figure's verb, or from a noun that the figure hangs from too."""
        tokens, parse = self.parse.tokens, self.parse
        if self.verb_over(i) != self.verb_over(last):
            return False
        own = {last, *parse.ancestors(last)}
        for above in (i, *parse.ancestors(i)):
            if tokens[above].pos in {"VERB", "AUX"}:
                return True
            if above in own:
                return True
            if above != i and tokens[above].pos in {"NOUN", "PROPN", "NUM"} and tokens[above].ent != "DATE":
                return False
        return False

    def is_shared(self, i: int, last: int) -> bool:
        """Whether a time under another verb counts for the figure that ends at token `last` too: their verbs are joined
        and it stands before or after both ("On Friday they killed 12 and wounded 40")."""
        tokens = self.parse.tokens
        one, other = self.verb_over(i), self.verb_over(last)
        if one is None or other is None or one == other:
            return False
        below, above = max(one, other), min(one, other)
        joined = tokens[below].dep == "conj" and tokens[below].head == above
        return joined and not above < i < last

    def find_total(self, last: int) -> tuple[Window, int] | None:
        """The words that make a quantity a running total, and where they begin: "so far", "since the war began"."""
        text, tokens = self.parse.text, self.parse.tokens
        sentence = self.sentence(last)
        for start, end in self.totals:
            at = tokens_of(self.parse, start, end)[1]
            if self.sentence(at) == sentence and self.belongs(at, last):
                return Window(text[start:end], "total"), start
        for i in self.since:
            if self.sentence(i) != sentence:
                continue
            clause = tokens[i].head if tokens[i].dep == "mark" else i
            tied = tokens[clause].head if tokens[i].dep == "mark" else i
            # "since they have no fuel" gives a reason; "since the war began" a moment.
            if tokens[i].dep == "mark" and tokens[clause].tag != "VBD":
                continue
            end = self.parse.subtree(clause)[1]
            if i < end <= i + LONGEST_WINDOW and self.belongs(tied, last) and not i <= last <= end:
                words = self.parse.words(i, end)
                return Window(words.rstrip(" .,;:"), "total"), tokens[i].start
        return None

    def find_span(self, last: int) -> tuple[Window, int] | None:
        """The stretch of time that a figure was counted over, and where its words begin: "in the last 24 hours", "on
        Monday", "this year"."""
        tokens = self.parse.tokens
        found: list[tuple[bool, int, int, int]] = []
        times = self.by_sentence.get(self.sentence(last), ())
        verb = self.verb_over(last)
        if verb is not None and tokens[verb].lemma in load_counted()["tellings"]:
            return None
        for time, first, end in times:
            begin, start = first, self.parse.sentences[self.sentence(first)][0]
            while begin > start and tokens[begin - 1].text.lower() in LEADING:
                begin -= 1
            before = tokens[begin - 1].text.lower() if begin > start else ""
            # "75 hours of video" and "four years behind" are lengths, "two years later" is a moment.
            bare = time.type == "DURATION" and tokens[begin].text.lower() not in LEADING
            if before in NOT_COUNTED_OVER or before == "since" or bare or NO_WINDOW.search(time.text + time.value):
                continue
            top = next((i for i in range(first, end + 1) if not first <= tokens[i].head <= end), end)
            own = self.belongs(top, last)
            if own or self.is_shared(top, last):
                found.append((not own, abs(first - last), begin, end))
        if not found:
            return None
        _, _, begin, end = min(found)
        following = self.parse.text[tokens[end].end :][:20] if tokens[begin].text.lower() in {"between", "from"} else ""
        if re.match(r"\s(?:and|to|until|till|through)\s", following):
            end = next((until for _, first, until in times if first == end + 2), end)
        return Window(self.parse.words(begin, end), "span"), tokens[begin].start


def is_fronted(text: str, base: Span, part: Span) -> bool:
    """Whether a part is told after the whole that it is of: "Of the 700 recruits who came, 40 fell ill"."""
    lead = FRONTED.search(text, max(0, base[0] - 16), base[0])
    return lead is not None and text[base[1] : part[0]].endswith(", ") and part[0] - base[1] <= LONGEST_FRONT


def find_part(text: str, quantity: Quantity, preceding: Span | None, following: Span | None) -> Part:
    """Whether a quantity is a subset or additional, by the words around it; `preceding` and `following` are the spans
    of the figure before it in its sentence and of the next quantity."""
    lists = load_counted()
    lead = text[max(0, quantity.start - 32) : quantity.start]
    of_those = preceding and PART_OF_NEXT.fullmatch(text, preceding[1], quantity.start)
    if (SUBSET.search(lead) and not of_those) or (
        preceding and not quantity.part and is_fronted(text, preceding, quantity.core)
    ):
        return Part("subset", "before")
    if quantity.unit is None and not quantity.part:
        if following and PART_OF_NEXT.fullmatch(text, quantity.end, following[0]):
            return Part("subset", "next")
        if found := PARTITIVE.match(text, quantity.end):
            pronoun = found.group().split()[-1].lower() in {"them", "these", "those", "whom", "which"}
            return Part("subset", "before" if pronoun else "")
    before = re.findall(r"[^\W\d_]+", lead)
    after = re.match(r"\s([^\W\d_]+)(?:\s(than)\b)?", text[quantity.end : quantity.end + 24])
    if before and lead[-1:].isspace() and before[-1].lower() in lists["additional_before"]:
        return Part("additional")
    if after and after[1].lower() in lists["additional_after"] and not after[2]:
        return Part("additional")
    return Part()
