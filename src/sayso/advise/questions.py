"""Short questions for points that sayso could only name by quoting a claim."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from sayso.advise.advisers import Adviser
from sayso.advise.anchors import is_asked
from sayso.record import Picture, Point

MOST_SHOWN, LONGEST = 8, 300
"""Values of a point that are shown, and code points of each."""


class Asked(msgspec.Struct):
    """What the model answers: a question."""

    question: str


def ask_questions(adviser: Adviser, picture: Picture) -> Picture:
    """The picture with the questions that a model proposed for points whose question is the quotation of a claim; the
    lines of figures have the same."""
    asked = {point.id: made for point in picture.points if point.quotes and (made := ask_question(adviser, point))}
    return replace(
        picture,
        points=tuple(
            replace(point, question=asked[point.id], quotes="", asked_by=adviser.by) if point.id in asked else point
            for point in picture.points
        ),
        estimates=tuple(
            replace(line, question=asked[line.point]) if line.point in asked else line for line in picture.estimates
        ),
    )


def ask_question(adviser: Adviser, point: Point) -> str:
    """The question that a model proposes for a point, "" where it is none, or not in the words of the claims."""
    values = point.values[:MOST_SHOWN]
    statements = list(dict.fromkeys(" ".join(value.text.split())[:LONGEST] for value in values))
    answers = list(dict.fromkeys(" ".join((value.words or value.word).split())[:LONGEST] for value in values))
    told = adviser.ask("question", {"statements": statements, "answers": answers}, Asked)
    if told is None:
        return ""
    question = " ".join(told.question.split())
    fits = is_asked(question, statements, answers)
    adviser.count(int(fits), int(not fits))
    return question if fits else ""
