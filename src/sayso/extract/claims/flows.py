"""Whose word a clause is that nobody is said to say: reports go on with what a source says without saying so again.

"Three piers were cracked, the engineer said. The river had undercut them." A clause in the outlet's own voice may go on
with who speaks before it in its paragraph, who speaks after it there, or who spoke last in the paragraph before. Each
has named signs, by grammar and place; a logistic regression weighs them (``tables/flow_weights.tsv``, made by
``training/flows.py`` from who is known to have said what in stories of our own).
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from sayso.extract.chains import enclosing
from sayso.extract.claims.clauses import Clause, find_subject, tokens_within
from sayso.grammar.parses import Parse, Token
from sayso.record import Attribution, Reading, Span
from sayso.tables import load_rows

CARRIED_FROM = 0.5
"""Probability from which a clause is given to who speaks beside it."""

ALWAYS = "always"
STATING = frozenset(("asserts", "reports", "estimates"))
"""What the source of a clause that goes on does: who denies, asks or promises does not do so with all else."""

THINGS = frozenset("it its they their them this that these those such both".split())
SHE = frozenset("he she his her".split())
SELVES = frozenset("i we my our us me you your".split())
NEAR, FAR = 1, 5
"""Sentences away that count as beside, and beyond which a distance is no longer told."""
BETWEEN = 8
"""Code points, marks and line ends, between the end of what somebody says and the next paragraph, at most."""

Signs = dict[str, float]


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks: the attribution's index, where its words begin and end, and their sentences."""

    index: int
    low: int
    high: int
    first: int
    last: int
    name: str


class Flow:
    """Who speaks where in a report; looked up by place in logarithmic time."""

    def __init__(self, reading: Reading, parse: Parse) -> None:
        """Every attribution with a speaker that stands in nobody else's words."""
        self.attributions = reading.attributions
        self.parse = parse
        self.text = parse.text
        self._sentences = [parse.tokens[first].start for first, _ in parse.sentences]
        self._lines = [0, *(match.end() for match in re.finditer("\n", parse.text))]
        self._opening = len(parse.text) - len(parse.text.lstrip())
        nested = enclosing(list(reading.attributions))
        self.voices = sorted(self._list_voices(nested), key=lambda v: (v.low, -v.high))
        self._lows = [v.low for v in self.voices]
        self._counts = Counter(v.name for v in self.voices)

    def _list_voices(self, nested: Sequence[Sequence[int]]) -> Iterator[Voice]:
        for n, attribution in enumerate(self.attributions):
            if nested[n] or attribution.speaker is None or not attribution.speaker.name:
                continue
            spans = (*attribution.source, *attribution.cue, *attribution.content)
            low, high = min(s for s, _ in spans), max(e for _, e in spans)
            yield Voice(n, low, high, self.sentence(low), self.sentence(high - 1), attribution.speaker.name)

    def sentence(self, at: int) -> int:
        """The number of the sentence at a place."""
        return max(0, bisect_right(self._sentences, at) - 1)

    def line(self, at: int) -> Span:
        """Where the line that a place is in begins and ends."""
        n = bisect_right(self._lines, at)
        return self._lines[n - 1], self._lines[n] - 1 if n < len(self._lines) else len(self.text)

    def list_beside(self, clause: Clause) -> Iterator[tuple[str, Voice, Voice | None]]:
        """Who may say a clause: where they speak, who they are, and who speaks on the other side of the clause."""
        low, high = self.line(clause.start)[0], self.line(clause.end)[1]
        at = bisect_left(self._lows, clause.start)
        before = self.voices[at - 1] if at else None
        after = self.voices[at] if at < len(self.voices) and self.voices[at].low < high else None
        if before and before.high > low:
            yield "before", before, after
        elif before and low - before.high <= BETWEEN and not self.text[before.high : low].strip("\n\"'”’.!? "):
            yield "paragraph before", before, after
        if after:
            yield "after", after, before if before and before.high > low else None

    def find_signs(self, clause: Clause, where: str, voice: Voice, other: Voice | None) -> Signs:
        """The signs that a clause is the word of somebody beside it."""
        said = self.attributions[voice.index]
        sentence, low = self.parse.tokens[clause.first].sentence, self.line(clause.start)[0]
        away = sentence - voice.last if voice.low < clause.start else voice.first - sentence
        signs = {
            ALWAYS: 1.0,
            "in one sentence": float(away <= 0),
            "beside": float(away == NEAR),
            "sentences away": min(1.0, max(0, away) / FAR),
            "the same on the other side": float(other is not None and other.name == voice.name),
            "another on the other side": float(other is not None and other.name != voice.name),
            "share of what is said": self._counts[voice.name] / len(self.voices),
            "nobody else is heard": float(len(self._counts) == 1),
            "opens the report": float(low <= self._opening),
            "in a list": float(self.text[low : low + 2] in ("- ", "* ", "• ")),
        }
        told = (*tell_words(self.parse, clause, voice.name), *tell_source(said), *tell_joint(self.parse, clause, said))
        for name, holds in told:
            signs[name] = float(holds)
        return {f"{where}: {name}": value for name, value in signs.items() if value}

    def find_likely(self, clause: Clause) -> int | None:
        """The attribution that a clause goes on from, where one is likely."""
        likely = [
            (weigh_signs(self.find_signs(clause, where, voice, other)), voice.index)
            for where, voice, other in self.list_beside(clause)
            if is_stating(self.attributions[voice.index])
        ]
        best = max(likely, default=(0.0, -1))
        return best[1] if best[0] >= CARRIED_FROM else None


def carry_words(reading: Reading, parse: Parse, clauses: Sequence[Clause]) -> tuple[Reading, list[Clause]]:
    """Clauses, those in the outlet's own voice with whose word they are where what stands around them tells; and the
    reading, with who says what is only "said to be" so."""
    if not reading.attributions:
        return reading, list(clauses)
    flow = Flow(reading, parse)
    attributions, carried = list(reading.attributions), list[Clause]()
    for clause in clauses:
        n = clause.attribution
        if n is None:
            carried.append(replace(clause, attribution=flow.find_likely(clause)))
            continue
        carried.append(clause)
        if attributions[n].speaker is None and (likely := flow.find_likely(clause)) is not None:
            known = attributions[likely]
            attributions[n] = replace(attributions[n], speaker=known.speaker, via=known.via)
    return replace(reading, attributions=tuple(attributions)), carried


def is_stating(said: Attribution) -> bool:
    """Whether somebody says how things are."""
    return said.stance in STATING and not said.negated


def tell_source(said: Attribution) -> Iterator[tuple[str, bool]]:
    """What of an attribution tells whether it goes on: who speaks, and how."""
    speaker = said.speaker
    if speaker is not None:
        yield f"source is {speaker.kind}", True
        yield "source without a name", speaker.anonymous
    yield "quoted", said.directness == "direct"
    yield "quoted in part", said.directness == "mixed"
    yield "named after", bool(said.cue and said.content) and said.cue[0] > said.content[0]
    yield "through an outlet", bool(said.via)


def tell_joint(parse: Parse, clause: Clause, said: Attribution) -> Iterator[tuple[str, bool]]:
    """What joins a clause to an attribution: what it hangs from, and words that both have."""
    above = next((i for i in parse.ancestors(clause.head) if not clause.first <= i < clause.last), None)
    token = None if above is None else parse.tokens[above]
    same = token is not None and token.sentence == parse.tokens[clause.head].sentence
    yield "hangs from what is said", same and token is not None and lies_in(token, said.content)
    yield "hangs from the verb of saying", same and token is not None and lies_in(token, said.cue)
    mine = {t.lemma for t in parse.tokens[clause.first : clause.last] if t.pos in ("NOUN", "PROPN") and not t.ent}
    yield "tells of the same things", bool(mine) and any(t.lemma in mine for t in within(parse, said.content))
    yield "goes on in its tense", tell_tense(parse, parse.tokens[clause.head]) in said_tenses(parse, said)
    head = parse.tokens[clause.head]
    yield (
        "somebody speaks in it",
        any(
            t.lemma in SPEAKING and any(parse.tokens[c].dep == "nsubj" for c in t.children)
            for t in parse.tokens[clause.first : clause.last]
        )
        or head.lemma in SPEAKING,
    )


def said_tenses(parse: Parse, said: Attribution) -> set[str]:
    """The tenses of the verbs that somebody uses."""
    return {tell_tense(parse, t) for t in within(parse, said.content) if t.pos == "VERB"}


SPEAKING = frozenset("say tell put speak claim state report write call deny".split())


def within(parse: Parse, spans: Sequence[Span]) -> list[Token]:
    """The tokens of the last of some spans, the nearest to what follows."""
    if not spans:
        return []
    first, last = tokens_within(parse, *spans[-1])
    return parse.tokens[max(first, last - LONGEST) : last]


LONGEST = 60
"""Tokens of what somebody says that are compared."""


def lies_in(token: Token, spans: Sequence[Span]) -> bool:
    """Whether a token lies in one of some spans."""
    return any(start <= token.start < end for start, end in spans)


def tell_words(parse: Parse, clause: Clause, name: str) -> Iterator[tuple[str, bool]]:
    """What of a clause's words tells whether it goes on from somebody of a name."""
    tokens = parse.tokens[clause.first : clause.last]
    head = parse.tokens[clause.head]
    yield tell_tense(parse, head), True
    subject = find_subject(parse, clause.head, clause.first, clause.last)
    word = parse.tokens[subject].text.lower() if subject is not None else ""
    yield "of a thing told before", word in THINGS
    yield "of him or her", word in SHE
    yield "of the source", subject is not None and parse.tokens[subject].text in name.split()
    yield "passive", subject is not None and parse.tokens[subject].dep == "nsubjpass"
    yield "names the source", any(t.text in name.split() for t in tokens if t.pos == "PROPN")
    yield "speaks of itself", any(t.text.lower() in SELVES for t in tokens)
    first = parse.tokens[parse.sentences[tokens[0].sentence][0]]
    yield "part of a sentence", first.i < clause.first
    yield "opens with a link", first.i == clause.first and tokens[0].pos in ("ADV", "CCONJ", "SCONJ", "ADP")
    yield "has a number", any(t.pos == "NUM" for t in tokens)
    yield "names somebody", any(t.ent in ("PERSON", "ORG", "NORP") for t in tokens)
    yield "names a day", any(t.ent in ("DATE", "TIME") for t in tokens)
    yield "asks", parse.text[clause.end : clause.end + 1] == "?" or parse.text[clause.end - 1] == "?"


def tell_tense(parse: Parse, head: Token) -> str:
    """The tense of a clause's verb by the tags of its group."""
    group = [head, *(parse.tokens[c] for c in head.children if parse.tokens[c].dep in ("aux", "auxpass"))]
    words = {t.text.lower() for t in group}
    tags = {t.tag for t in group}
    if "had" in words and head.tag == "VBN":
        return "past before the past"
    if "would" in words or "could" in words or "should" in words:
        return "future of the past"
    if "will" in words:
        return "future"
    if "VBD" in tags:
        return "past"
    if tags & {"VBP", "VBZ"}:
        return "present perfect" if words & {"has", "have"} and "VBN" in tags else "present"
    return "no tense"


@cache
def load_weights() -> Mapping[str, float]:
    """What each sign weighs."""
    return {row["sign"]: float(row["weight"]) for row in load_rows("flow_weights.tsv")}


def weigh_signs(signs: Signs) -> float:
    """The probability that a clause goes on with what somebody says."""
    weights = load_weights()
    return 1 / (1 + math.exp(-sum(value * weights.get(name, 0.0) for name, value in signs.items())))
