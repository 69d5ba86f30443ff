"""The questions of a reading: of each answer the full question that it is the value of, in plain English.

Questions are made from the grammar of the sentence, in the manner of question-answer driven semantic role labelling
(He, Lewis & Zettlemoyer 2015): the verb is turned round with its auxiliary, the value gives way to a word that asks,
and what leans on other sentences is left out or keeps the question from being asked at all.
"""

from __future__ import annotations

from dataclasses import replace

from sayso.extract.figures.counting import tokens_of
from sayso.extract.questions.asking import ask
from sayso.extract.questions.frames import Frames
from sayso.extract.questions.names import find_names
from sayso.extract.questions.wordings import Wordings
from sayso.grammar.parses import Parse
from sayso.record import Answer, Claim, Reading


def find_questions(reading: Reading, parse: Parse) -> Reading:
    """The reading whose answers have their questions, as far as the grammar gives clean ones."""
    if not parse.tokens:
        return reading
    timed: set[int] = set()
    for time in reading.times:
        first, last = tokens_of(parse, time.start, time.end)
        timed.update(range(first, last + 1))
    frames = Frames(parse, Wordings(parse, frozenset(timed), find_names(reading, parse)))
    known: dict[tuple[str, int, int, bool], str] = {}
    claims = tuple(
        replace(c, answers=tuple(put(a, ask_once(frames, c, a, known)) for a in c.answers)) for c in reading.claims
    )
    return replace(reading, claims=claims)


def ask_once(frames: Frames, claim: Claim, answer: Answer, known: dict[tuple[str, int, int, bool], str]) -> str:
    """The question of an answer, made once for a value that stands in several claims."""
    key = (answer.kind, answer.start, answer.end, answer.reckoned)
    if key not in known:
        known[key] = ask(frames, claim, answer)
    return known[key]


def put(answer: Answer, question: str) -> Answer:
    """An answer with its question."""
    return answer if answer.question == question else replace(answer, question=question)
