"""How the sentences of a text in another language than English are cut: into clauses by their marks, with what stands
in quotation marks left whole."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from sayso.extract.languages.vocabularies import Text
from sayso.record import Span, Stance

COMMAS, STOPS, DASHES = frozenset(",،"), frozenset(";:؛()"), frozenset("—–―-")
DAYS = frozenset(("before_yesterday", "yesterday", "today", "tomorrow", "after_tomorrow"))


@dataclass(frozen=True, slots=True)
class Clause:
    """Words `first` up to `end` between two marks ("" at the sentence's ends)."""

    first: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Said:
    """Who says what by which words, as spans of the text."""

    source: tuple[Span, ...]
    cue: Span
    content: tuple[Span, ...]
    stance: Stance = "asserts"
    negated: bool = False


class Quotes:
    """Which words of a text stand in quotation marks."""

    def __init__(self, text: Text) -> None:
        """`text` knows its quoted spans, in order."""
        self.spans = sorted(text.quoted)
        self.starts = [start for start, _ in self.spans]

    def holds(self, at: int) -> bool:
        """Whether a place in the text lies in one."""
        n = bisect_right(self.starts, at) - 1
        return n >= 0 and at < self.spans[n][1]


def cut_clauses(text: Text, quotes: Quotes, first: int, end: int) -> list[Clause]:
    """The clauses of a sentence."""
    found, begin, before = [], first, ""
    for at in range(first, end):
        word = text.words[at]
        if word.kind == "mark" and is_break(text, at) and not quotes.holds(word.start):
            if at > begin:
                found.append(Clause(begin, at, before, word.text))
                before = word.text
            elif found:
                before = word.text if word.text not in COMMAS else before
                found[-1] = replace(found[-1], after=word.text)
            begin = at + 1
    last = end
    while last > begin and text.words[last - 1].text in ".!?…":
        last -= 1
    if last > begin:
        found.append(Clause(begin, last, before, ""))
    return join_emphatic(text, found)


def join_emphatic(text: Text, clauses: list[Clause]) -> list[Clause]:
    """Clauses without those that are no more than a pronoun which takes up the subject: "La maire, *elle*, assure"."""
    n = 1
    while n < len(clauses) - 1:
        alone = clauses[n].end - clauses[n].first == 1 and clauses[n].after in COMMAS
        if alone and any(text.has(f"grammar.{part}", clauses[n].first) for part in ("oblique", "persons")):
            before, after = clauses[n - 1], clauses[n + 1]
            clauses[n - 1 : n + 2] = [Clause(before.first, after.end, before.before, after.after)]
        else:
            n += 1
    return clauses


def is_break(text: Text, at: int) -> bool:
    """Whether a mark parts clauses: a comma, a colon, a dash with a space beside it."""
    word = text.words[at]
    if word.text in COMMAS or word.text in STOPS:
        return True
    if word.text in "?!" and at + 1 < len(text.words):
        return text.words[at + 1].text[0].islower()  # "Mais qui paiera ? s'interroge la maire."
    if word.text not in DASHES:
        return False
    loose = (
        text.text[word.end : word.end + 1] in (" ", "\u00a0") or text.text[max(0, word.start - 1) : word.start] == " "
    )
    return loose or word.text == "—"


def span_of(text: Text, first: int, end: int) -> Span | None:
    """The span of some words, without marks at its ends; None where there is no word."""
    while first < end and text.words[first].kind == "mark" and text.words[first].text not in '«“„"':
        first += 1
    while end > first and text.words[end - 1].kind == "mark" and text.words[end - 1].text not in '»”“"%':
        end -= 1
    return (text.words[first].start, text.words[end - 1].end) if first < end else None


def is_day(text: Text, at: int) -> bool:
    """Whether a word says on which day: a weekday, yesterday."""
    found = text.find("dates", at)
    return (found is not None and found.meaning in DAYS) or text.find("weekdays", at) is not None
