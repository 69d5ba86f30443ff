"""The answers of a claim: every value in it that answers a question, whatever its kind; the unit that is matched."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from sayso.grammar.parses import Parse
from sayso.record import Answer, Claim, Figure, Reading, Time


def find_answers(reading: Reading, parse: Parse) -> Reading:
    """The reading whose claims list all their answers, in the order of the text."""
    starts = [figure.start for figure in reading.figures], [time.start for time in reading.times]
    claims = tuple(replace(claim, answers=list_answers(reading, claim, *starts)) for claim in reading.claims)
    return replace(reading, claims=claims)


def list_answers(reading: Reading, claim: Claim, figures: list[int], times: list[int]) -> tuple[Answer, ...]:
    """The answers of one claim; `figures` and `times` are where those of the reading begin."""
    found: list[Answer] = []
    for figure in reading.figures[bisect_left(figures, claim.start) : bisect_left(figures, claim.end)]:
        found += answer_figure(figure)
    for time in reading.times[bisect_left(times, claim.start) : bisect_left(times, claim.end)]:
        found += answer_time(time)
    if claim.place is not None and claim.start <= claim.place.start < claim.end:
        place = claim.place
        found.append(Answer(start=place.start, end=place.end, kind="place", word=place.name or place.text))
    for actor in claim.actors:
        found.append(Answer(start=actor.start, end=actor.end, kind="person", word=actor.name, state=actor.role))
    word = "no" if claim.polarity == "negative" else "yes"
    found.append(Answer(start=claim.start, end=claim.end, kind="yes-no", word=word, state=claim.event))
    return tuple(sorted(set(found), key=lambda a: (a.start, a.end, a.kind, a.reckoned)))


def answer_figure(figure: Figure) -> Iterator[Answer]:
    """What a figure answers, and what it comes to with others of its report."""
    yield Answer(
        start=figure.start,
        end=figure.end,
        kind="figure",
        low=figure.low,
        high=figure.high,
        unit=figure.unit,
        of=figure.of,
        state=figure.state,
    )
    if (reckoned := figure.reckoned) is not None:
        yield Answer(
            start=figure.start,
            end=figure.end,
            kind="figure",
            low=reckoned.low,
            high=reckoned.high,
            unit=reckoned.unit,
            of=reckoned.of,
            state=reckoned.state,
            reckoned=True,
        )


def answer_time(time: Time) -> Iterator[Answer]:
    """When, where the words can be placed in time."""
    if time.earliest is not None:
        yield Answer(
            start=time.start, end=time.end, kind="date", earliest=time.earliest, latest=time.latest, word=time.value
        )
