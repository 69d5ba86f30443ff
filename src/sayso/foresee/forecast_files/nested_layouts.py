"""The layouts in which forecasts lie within their questions: JSON as the interfaces of PredictionBook, Fatebook and
others give it, a question with the list of what was said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sayso.foresee.forecast_files.cells import fold, read_outcome, read_text
from sayso.foresee.forecast_files.layouts import NOBODY, Haul, take_plain
from sayso.foresee.forecast_files.rows import Cells, Sheet, list_objects

INNER = ("forecasts", "responses", "predictions")
"""Under what name a question holds what was said of it."""
QUESTION = ("title", "question", "question title", "description", "name", "text", "id")
OUTCOME = ("resolution", "outcome", "resolved to", "result")
RESOLVED = ("resolvedat", "resolved at", "resolution time")
WHO = ("username", "user name", "user", "user id", "userid", "forecaster", "responder", "creator", "name")
TIME = ("createdat", "created at", "madeat", "made at", "timestamp", "time")
CHANCES = {"forecast": "", "probability": "", "prediction": "", "confidence": " (%)"}
"""Where a forecast is, with the unit where its name means one: confidence is in per cent."""


def find_nested(listed: Any) -> list[Any]:
    """The questions that hold their forecasts, in a document or a list; empty where there are none."""
    if isinstance(listed, dict):
        found = (value for value in listed.values() if isinstance(value, list))
        return next(filter(None, map(find_nested, found)), [listed] if holds_forecasts(listed) else [])
    return listed if isinstance(listed, list) and any(map(holds_forecasts, listed)) else []


def holds_forecasts(one: Any) -> bool:
    """Whether an object is a question with a list of what was said of it."""
    if not isinstance(one, dict) or not set(QUESTION) & set(map(fold, map(str, one))):
        return False
    return any(isinstance(said, dict) and set(CHANCES) & set(map(fold, map(str, said))) for said in list_said(one))


def list_said(one: dict[str, Any]) -> Iterable[Any]:
    """What was said of a question."""
    folded = {fold(str(key)): value for key, value in one.items()}
    return next((folded[name] for name in INNER if isinstance(folded.get(name), list)), ())


def take_nested(name: str, questions: list[Any], haul: Haul) -> None:
    """Questions that hold their forecasts. What was said without a figure is a comment, and no forecast."""
    rows = tuple(row for row in unfold(questions) if row[1])
    columns = tuple(dict.fromkeys(key for _, row in rows for key in row))
    take_plain(Sheet(name, columns, rows), haul)


def unfold(questions: list[Any]) -> Iterator[tuple[int, Cells]]:
    """A row for each forecast, with the number of its question."""
    for number, question in list_objects(questions):
        outcome = pick(question, OUTCOME)
        if read_outcome(read_text(question.get("withdrawn"))) == "yes":
            outcome = "void"
        whole = {"question": pick(question, QUESTION), "outcome": outcome, "resolved": pick(question, RESOLVED)}
        for _, said in list_objects(list(list_said(question))):
            chance = next((key for key in CHANCES if read_text(said.get(key))), None)
            if chance is not None:
                made = {"forecaster": pick(said, WHO) or NOBODY, "time": pick(said, TIME)}
                yield number, {**whole, **made, f"probability{CHANCES[chance]}": said[chance]}


def pick(cells: Cells, names: Iterable[str]) -> str:
    """The words of the first of these cells that has any; of somebody given as an object, the name."""
    for name in names:
        cell = cells.get(name)
        if isinstance(cell, dict):
            cell = pick({fold(str(key)): value for key, value in cell.items()}, ("name", "username", "id"))
        if words := read_text(cell):
            return words
    return ""
