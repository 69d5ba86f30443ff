"""What a value is of: under which predicate and in which role it stands, and whether it is of what the report tells or
of another time or event that it is compared with.

Later steps read this off the record and look at no words again. All is cues of grammar: "" where there is none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from statistics import median_low

from sayso.extract.figures.counting import tokens_of
from sayso.grammar.parses import Parse
from sayso.record import Span, Time
from sayso.tables import load_toml

ROLES = {
    **dict.fromkeys(("nsubj", "nsubjpass", "csubj"), "subject"),
    **dict.fromkeys(("dobj", "obj", "dative"), "object"),
    **dict.fromkeys(("attr", "acomp", "oprd"), "complement"),
    "agent": "agent",
}
"""Role by the relation of a phrase to its predicate; all others are adjuncts."""
LONG_AGO = timedelta(days=60)
"""How long before the days that a report tells of a date lies in its background."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """The predicate (a lemma) that a value stands under, its role, and what it is the background of."""

    predicate: str = ""
    role: str = ""
    background: str = ""


@cache
def load_meanings(name: str) -> frozenset[str]:
    """The words of a list of ``meanings.toml``."""
    return frozenset(load_toml("meanings.toml")[name]["words"])


class Meanings:
    """Tells the meanings of one report's values."""

    def __init__(self, parse: Parse, times: Sequence[Time]) -> None:
        """`times` are those of the reading, sorted by start."""
        self.parse, self.times = parse, times
        self.starts = [time.start for time in times]
        days = [time.earliest for time in times if is_day(time) and time.earliest is not None]
        self.story: datetime | None = median_low(days) if days else None

    def find(self, start: int, end: int) -> Meaning:
        """The meaning of the value at a span."""
        first, last = tokens_of(self.parse, start, end)
        if last < first:
            return Meaning()
        tokens, at, noun = self.parse.tokens, last, last
        role, others = "", False
        for above in (last, *self.parse.ancestors(last)):
            token = tokens[above]
            if token.pos in ("VERB", "AUX") and above != noun:
                role = ROLES.get(tokens[at].dep, "adjunct")
                if role == "complement":  # "The *previous record* was 40."
                    others = others or any(
                        self.is_other(c) for c in token.children if ROLES.get(tokens[c].dep) == "subject"
                    )
                return Meaning(token.lemma, role, self.find_background(last, others))
            others = others or self.is_other(above)
            at = above
        return Meaning("", role, self.find_background(last, others))

    def is_other(self, i: int) -> bool:
        """Whether a word or what hangs from it tells of another event, or of what is usual."""
        other, tokens = load_meanings("other"), self.parse.tokens
        return tokens[i].lemma in other or any(
            tokens[c].dep in ("amod", "compound", "nmod") and tokens[c].lemma in other for c in tokens[i].children
        )

    def find_background(self, i: int, other: bool) -> str:
        """Whether a value is of another event ("other") or of a time long before the report's ("earlier")."""
        if other:
            return "other"
        first, last = self.parse.sentences[self.parse.tokens[i].sentence]
        start, end = self.parse.tokens[first].start, self.parse.tokens[last - 1].end
        told = [
            t.latest for t in self.times[slice(*self.within(start, end))] if t.type in ("DATE", "TIME") and t.latest
        ]
        long_ago = self.story is not None and bool(told) and self.story - max(told) > LONG_AGO
        return "earlier" if long_ago else ""

    def within(self, start: int, end: int) -> Span:
        """The range of times that begin within a span."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)


def is_day(time: Time) -> bool:
    """Whether a time is a date of a month at most."""
    dated = time.type in ("DATE", "TIME") and time.earliest is not None and time.latest is not None
    return dated and time.latest - time.earliest <= timedelta(days=31)  # type: ignore[operator]
