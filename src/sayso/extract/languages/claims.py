"""The claims of a text in another language than English: one for each figure, and one for a sentence that counts
nothing.

A claim's words are the report's own. Its event, and the questions and vectors of its answers, are those of its gloss in
English (`glosses`), where there is one; without, it is quoted and located but meets no other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from sayso.extract.languages.glosses import Beside, find_event, gloss_figure, nearest
from sayso.extract.languages.vocabularies import Text
from sayso.ids import identify_claim
from sayso.record import Answer, Claim, Figure, Place, Reading, Report, Span, Time

Located = TypeVar("Located", Place, Time)
APART = "\n\n"
LONGEST = 1_200
"""Code points of a sentence that is a claim as a whole."""
HEAD = 120
"""Words at the beginning of a report in which its event is named, where a sentence names none."""
BEFORE = 40
"""Contents before a figure among which that one is looked for in which it stands."""


def find_claims(reading: Reading, text: Text, read_english: Callable[[Report], Reading]) -> list[Claim]:
    """The claims of a reading that has all else, in the order of the text."""
    claims = list(list_claims(reading, text))
    glosses = [gloss_claim(reading, text, claim) for claim in claims]
    said = read_glosses(reading.report, glosses, read_english)
    return [identify_claim(join_gloss(claim, said[n]) if n in said else claim) for n, claim in enumerate(claims)]


def list_claims(reading: Reading, text: Text) -> Iterator[Claim]:
    """What each sentence claims, without a gloss: a claim for each figure in it, or one."""
    starts = [figure.start for figure in reading.figures]
    contents = sorted((s, e, n) for n, said in enumerate(reading.attributions) for s, e in said.content)
    for first, end in text.sentences:
        span = (text.words[first].start, text.words[end - 1].end)
        if not any(word.kind == "word" for word in text.words[first:end]):
            continue
        figures = reading.figures[bisect_left(starts, span[0]) : bisect_left(starts, span[1])]
        counted: Sequence[Figure | None] = figures or [None]
        for figure in counted:
            yield make_claim(reading, text, shorten(text, span, figure), figure, contents)


def shorten(text: Text, sentence: Span, figure: Figure | None) -> Span:
    """A sentence, or of one that never ends the words around its figure."""
    if sentence[1] - sentence[0] <= LONGEST:
        return sentence
    middle = figure.start if figure else sentence[0]
    first = bisect_left(text.words, max(sentence[0], middle - LONGEST // 2), key=lambda word: word.start)
    last = bisect_right(text.words, min(sentence[1], middle + LONGEST // 2), key=lambda word: word.end) - 1
    start = min(text.words[first].start, middle)
    return start, max(text.words[max(last, first)].end, figure.end if figure else start + 1)


def make_claim(
    reading: Reading, text: Text, sentence: Span, figure: Figure | None, contents: Sequence[tuple[int, int, int]]
) -> Claim:
    """The claim of a sentence, or of a figure in it: of what somebody says there, the words that he says."""
    at = (figure.start, figure.end) if figure else sentence
    index = find_attribution(contents, at, sentence, exact=figure is not None)
    start, end = sentence
    asked = text.text[start:end].rstrip('»”" ').endswith(("?", "؟"))
    places, times = within(reading.places, sentence), within(reading.times, sentence)
    place, time = nearest(places, at, sentence), nearest(times, at, sentence)
    return Claim(
        id="",
        seat="",
        report=reading.report.id,
        start=start,
        end=end,
        text=text.text[start:end],
        attribution=index,
        place=places[place] if place is not None else None,
        time=times[time] if time is not None else None,
        figure=figure,
        stands="asked" if asked else "asserted",
        sentence=sentence,
    )


def within(values: Sequence[Located], span: Span) -> Sequence[Located]:
    """The values, which are in order, that begin within a span."""
    first = bisect_left(values, span[0], key=lambda value: value.start)
    return values[first : bisect_left(values, span[1], key=lambda value: value.start)]


def find_attribution(contents: Sequence[tuple[int, int, int]], at: Span, sentence: Span, *, exact: bool) -> int | None:
    """The attribution in whose content a figure stands, or that half of a sentence is. `contents` are start, end and
    the number of the attribution, in order."""
    stop = bisect_right(contents, (at[0] if exact else sentence[1], 10**9, 0))
    for start, end, n in contents[max(0, stop - BEFORE) : stop]:
        shared = min(end, sentence[1]) - max(start, sentence[0])
        if (exact and start <= at[0] and at[1] <= end) or (not exact and 2 * shared > sentence[1] - sentence[0]):
            return n
    return None


def gloss_claim(reading: Reading, text: Text, claim: Claim) -> str:
    """What a claim says in English, "" where nothing is known of it."""
    if claim.figure is None:
        return ""
    first = bisect_right(text.words, claim.start, key=lambda word: word.end)
    end = bisect_right(text.words, claim.end - 1, key=lambda word: word.start)
    # Where and in which event is often said once, at the beginning.
    place = claim.place or next(iter(reading.places), None)
    event = find_event(text, first, end) or find_event(text, 0, min(first, HEAD))
    return gloss_figure(claim.figure, Beside(place, claim.time, event))


def read_glosses(report: Report, glosses: Sequence[str], read_english: Callable[[Report], Reading]) -> dict[int, Claim]:
    """What the English reader makes of some glosses: by the number of each, the claim of its figure."""
    places: list[tuple[int, int]] = []
    words, at = [], 0
    for n, gloss in enumerate(glosses):
        if gloss:
            places.append((at, n))
            words.append(gloss)
            at += len(gloss) + len(APART)
    if not words:
        return {}
    read = read_english(Report(id=report.id, text=APART.join(words), published=report.published, language="en"))
    found: dict[int, Claim] = {}
    for claim in read.claims:
        if claim.figure is not None:
            n = places[bisect_right(places, (claim.figure.start, len(glosses))) - 1][1]
            found.setdefault(n, claim)
    return found


def join_gloss(claim: Claim, said: Claim) -> Claim:
    """A claim with the event, answers and vectors of its gloss, whose spans become those of the report's own words."""
    figure = claim.figure
    if figure is None:
        return claim
    answers = [a for each in said.answers if (a := move_answer(each, claim, figure))]
    return replace(
        claim,
        event=said.event,
        category=said.category,
        mode=said.mode,
        conflict=said.conflict,
        tense=said.tense,
        vector=said.vector,
        answers=tuple(sorted(answers, key=lambda a: (a.start, a.end, a.kind))),
    )


def move_answer(answer: Answer, claim: Claim, figure: Figure) -> Answer | None:
    """An answer of a gloss as one of the report: where its value stands there; None for what only the gloss says."""
    if answer.kind == "figure" and not answer.reckoned:
        return replace(
            answer,
            start=figure.start,
            end=figure.end,
            low=figure.low,
            high=figure.high,
            unit=figure.unit,
            of=figure.of,
            state=figure.state,
            bound=figure.bound,
            part="",
            part_of=None,
        )
    time = claim.time
    if answer.kind == "date" and time is not None and time.earliest is not None:
        return replace(
            answer, start=time.start, end=time.end, earliest=time.earliest, latest=time.latest, word=time.value
        )
    if answer.kind == "yes-no":
        return replace(answer, start=claim.start, end=claim.end)
    return None
