"""The answers of a claim: every value in it that answers a question, whatever its kind; the unit that is matched."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sayso.extract.claims.clauses import find_head, tokens_within
from sayso.extract.figures.counting import tokens_of
from sayso.extract.meanings import Meanings
from sayso.extract.meanings.words import find_words
from sayso.grammar.parses import Parse
from sayso.record import Answer, Claim, Figure, Reading, Time

MOST_FIGURES = 30
"""Figures of one clause that are answers, and each of a claim: a list of hundreds would make tens of thousands."""


def find_answers(reading: Reading, parse: Parse) -> Reading:
    """The reading whose claims list all their answers, in the order of the text."""
    starts = [figure.start for figure in reading.figures]
    meanings = Meanings(parse, reading.times)
    stands = find_innermost(reading, starts)
    claims = tuple(
        replace(claim, answers=list_answers(reading, parse, claim, starts, meanings, stands))
        for claim in reading.claims
    )
    return replace(reading, claims=claims)


def find_innermost(reading: Reading, starts: list[int]) -> dict[int, Claim]:
    """The shortest claim that each figure stands in, by where the figure begins."""
    found: dict[int, Claim] = {}
    for claim in reading.claims:
        for start in starts[bisect_left(starts, claim.start) : bisect_left(starts, claim.end)]:
            known = found.get(start)
            if known is None or claim.end - claim.start < known.end - known.start:
                found[start] = claim
    return found


def list_answers(
    reading: Reading,
    parse: Parse,
    claim: Claim,
    starts: list[int],
    meanings: Meanings,
    innermost: Mapping[int, Claim],
) -> tuple[Answer, ...]:
    """The answers of one claim; `starts` are where the figures of the reading begin. A figure of a claim within it that
    stands otherwise is none of its own: "claims *that 22 died* are made up"."""
    first, last = tokens_within(parse, claim.start, claim.end)
    found: list[Answer] = []
    for figure in reading.figures[bisect_left(starts, claim.start) : bisect_left(starts, claim.end)][:MOST_FIGURES]:
        if innermost[figure.start].stands == claim.stands:
            found += answer_figure(figure, meanings)
    begin, end = meanings.within(claim.start, claim.end)
    times = reading.times[begin:end] or find_times_of(parse, meanings, first, last)
    found += [answer for time in times for answer in answer_time(time, meanings)]
    if claim.place is not None and claim.start <= claim.place.start < claim.end:
        place = claim.place
        found.append(Answer(start=place.start, end=place.end, kind="place", word=place.name or place.text))
    for actor in claim.actors:
        found.append(Answer(start=actor.start, end=actor.end, kind="person", word=actor.name, role=actor.role))
    found += [word for word in find_words(parse, first, last) if not names_actor(word, claim)]
    word = "no" if claim.polarity == "negative" else "yes"
    verb = parse.tokens[find_head(parse, first, last)].lemma if first < last else ""
    found.append(Answer(start=claim.start, end=claim.end, kind="yes-no", word=word, state=claim.event, predicate=verb))
    return tuple(sorted(set(found), key=lambda a: (a.start, a.end, a.kind, a.reckoned, a.word, a.role)))


def names_actor(answer: Answer, claim: Claim) -> bool:
    """Whether an answer says by whom, where the claim has that actor already."""
    return answer.kind == "person" and any(a.start < answer.end and answer.start < a.end for a in claim.actors)


def find_times_of(parse: Parse, meanings: Meanings, first: int, last: int) -> Sequence[Time]:
    """The times of a clause's sentence that stand under its verb, where the clause has none within."""
    if first >= last:
        return ()
    head = find_head(parse, first, last)
    begin, end = parse.sentences[parse.tokens[head].sentence]
    span = meanings.within(parse.tokens[begin].start, parse.tokens[end - 1].end)
    return [time for time in meanings.times[slice(*span)] if stands_under(parse, time, head)]


def stands_under(parse: Parse, time: Time, verb: int) -> bool:
    """Whether a time hangs from a verb and from none between."""
    i = tokens_of(parse, time.start, time.end)[1]
    return next((a for a in parse.ancestors(i) if parse.tokens[a].pos in ("VERB", "AUX")), None) == verb


def answer_figure(figure: Figure, meanings: Meanings) -> Iterator[Answer]:
    """What a figure answers, and what it comes to with others of its report."""
    meaning = meanings.find(figure.start, figure.end)
    said = Answer(
        start=figure.start,
        end=figure.end,
        kind="figure",
        low=figure.low,
        high=figure.high,
        unit=figure.unit,
        of=figure.of,
        state=figure.state,
        bound=figure.bound,
        predicate=meaning.predicate,
        role=meaning.role,
        part=figure.part,
        part_of=figure.part_of,
        background=meaning.background,
    )
    yield said
    if (found := figure.reckoned) is not None:
        yield replace(
            said, low=found.low, high=found.high, unit=found.unit, of=found.of, state=found.state, reckoned=True
        )


def answer_time(time: Time, meanings: Meanings) -> Iterator[Answer]:
    """When, where the words can be placed in time."""
    if time.earliest is not None:
        meaning = meanings.find(time.start, time.end)
        yield Answer(
            start=time.start,
            end=time.end,
            kind="date",
            earliest=time.earliest,
            latest=time.latest,
            word=time.value,
            predicate=meaning.predicate,
            background=meaning.background,
        )
