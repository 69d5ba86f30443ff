"""Many forecasts from one file: CSV in any order of columns, with decimal points or commas, or JSON.

The layout is the one that `sayso score` reads and `sayso forecasts --format csv` writes. Rows of one forecaster,
question and moment are one forecast. What cannot be taken is a problem with its line; the rest is taken.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sayso.foresee.forecast_files.cells import read_chance, read_text
from sayso.foresee.forecast_files.columns import match_columns
from sayso.foresee.forecast_files.layouts import Haul, Scales, settle_scales
from sayso.foresee.forecast_files.rows import Sheet, read_sheet
from sayso.foresee.questions.forecasts import check_forecast, is_late, parse_day, parse_level, parse_number
from sayso.record import Forecast, Problem, Question


@dataclass(slots=True)
class Taken:
    """What a file gave: forecasts in its order, and what was wrong."""

    forecasts: list[Forecast] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: where it stands, the forecast's head, and what it says of an option, a quantile or of yes."""

    place: str
    question: Question
    forecaster: str
    at: datetime
    name: str
    value: float
    reason: str
    kind: str


def take_forecasts(
    content: bytes,
    name: str,
    *,
    find: Callable[[str], Question],
    now: datetime,
    question: Question | None = None,
    kind: str = "person",
) -> Taken:
    """The forecasts of a file called `name`.

    `find` gives the question of an id or of its words (ValueError where there is none); `question` is the one of all
    rows of a file without that column. `now` is the moment of rows without a time, `kind` the kind of forecaster where
    the file does not say.
    """
    taken = Taken()
    sheet = read_sheet(content, name)
    if isinstance(sheet, Problem):
        taken.problems.append(sheet)
        return taken
    columns, _ = match_columns(sheet.columns)
    wanted = [] if question else ["question"]
    missing = [column for column in (*wanted, "forecaster") if column not in columns]
    if missing or not {"probability", "value"} & columns.keys():
        message = (
            f"no column {' and none '.join(missing or ['probability'])}; its columns are {', '.join(sheet.columns)}"
        )
        taken.problems.append(Problem(step="take_forecasts", message=message, input=name))
        return taken
    haul = Haul()
    try:
        scales = settle_scales(keep_shares(sheet, columns), columns, haul)
    except ValueError as error:
        taken.problems.append(Problem(step="take_forecasts", message=str(error), input=name))
        return taken
    taken.problems += haul.problems
    known: dict[str, Question] = {}

    def look_up(words: str) -> Question:
        if words not in known:
            known[words] = find(words)
        return known[words]

    groups: dict[tuple[str, str, datetime], list[Row]] = {}
    for line, cells in sheet.rows:
        place = f"{name}:{line}"
        own = {column: cells.get(there) for column, there in columns.items()}
        try:
            asked = question if question and not read_text(own.get("question")) else look_up(read_text(own["question"]))
            row = read_row(own, cells, place, asked, now, kind, scales)
        except ValueError as error:
            taken.problems.append(Problem(step="take_forecasts", message=str(error), input=place))
            continue
        # Two lines of one forecaster at one moment are two forecasts where one line says all.
        key = (asked.id, row.forecaster, row.at)
        if asked.kind == "yes/no" and key in groups:
            make_forecast(groups.pop(key), taken)
        groups.setdefault(key, []).append(row)
    for rows in groups.values():
        make_forecast(rows, taken)
    return taken


def keep_shares(sheet: Sheet, columns: Mapping[str, str]) -> Sheet:
    """A sheet without the rows of quantiles, whose values say nothing of how probabilities are written."""
    levels = [columns[own] for own in ("quantile", "percentile") if own in columns]
    rows = tuple(row for row in sheet.rows if not any(read_text(row[1].get(name)) for name in levels))
    return Sheet(sheet.name, sheet.columns, rows)


def read_row(
    own: Mapping[str, Any],
    cells: Mapping[str, Any],
    place: str,
    question: Question,
    now: datetime,
    kind: str,
    scales: Scales,
) -> Row:
    """One line of a file. Raises ValueError with what is wrong."""
    forecaster = read_text(own.get("forecaster"))
    if not forecaster:
        raise ValueError("no forecaster named")
    seconds = scales.read_moment(dict(own), "time")
    at = now if math.isnan(seconds) else datetime.fromtimestamp(seconds, UTC)
    name, value = "", 0.0
    if question.kind in ("yes/no", "choice"):
        name = read_text(own.get("option"))
        value = read_chance(own.get("probability"), percent=scales.percent)
        if question.kind == "yes/no" and name.casefold() == "no":
            value = 1 - value
    else:
        name = read_text(own.get("quantile")) or read_text(own.get("percentile"))
        told = read_text(own.get("value")) or read_text(own.get("probability"))
        value = parse_day(told) if question.kind == "date" else parse_number(told)
    reason = read_text(cells.get("reason"))
    return Row(place, question, forecaster, at, name, value, reason, read_text(cells.get("forecaster kind")) or kind)


def make_forecast(rows: list[Row], taken: Taken) -> None:
    """The forecast of some lines, or what is wrong with it."""
    first = rows[0]
    question = first.question
    try:
        if late := is_late(question, first.at):
            raise ValueError(f"refused: {late}")
        values: dict[str, Any] = {"probability": first.value}
        if question.kind == "choice":
            named = {option.casefold(): option for option in question.options}
            values = {"probabilities": tuple((named.get(r.name.casefold(), r.name), r.value) for r in rows)}
        elif question.kind != "yes/no":
            values = {"quantiles": tuple(sorted((parse_level(row.name), row.value) for row in rows))}
        forecast = Forecast(
            question=question.id,
            version=question.version,
            forecaster=first.forecaster,
            kind=first.kind,
            at=first.at,
            reason=first.reason,
            **values,
        )
        taken.forecasts.append(check_forecast(question, forecast))
    except ValueError as error:
        taken.problems.append(Problem(step="take_forecasts", message=str(error), input=first.place))
