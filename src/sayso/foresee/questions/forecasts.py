"""Forecasts: what people, teams, readers and models expect, kept with their time and reason, and the crowd's line.

A forecast counts from its moment until its forecaster's next one. One made before its question opens or after it closes
is refused; one that came to lie outside because the question was changed later is kept, called late, and not scored.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

from sayso.foresee.questions.bodies import read_all_bodies, read_body
from sayso.record import Assessment, Forecast, Problem, Question, Resolution

FORECASTERS = ("person", "team", "reader", "model")
ROUNDING = 0.011
"""How far probabilities in whole per cents may be from a sum of one."""
NUMBER = re.compile(r"[+-]?(\d[\d  _]*)?([.,]\d+)?([eE][+-]?\d+)?\s*%?")
LEVEL = re.compile(r"[pq]?(\d{1,2}(?:[.,]\d+)?)%?", re.IGNORECASE)
LONGEST_NAME = 200
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def check_forecast(question: Question, forecast: Forecast) -> Forecast:
    """The forecast, fit for its question; raises ValueError with what is wrong."""
    if not forecast.forecaster.strip():
        raise ValueError("a forecast bears a name: say whose it is")
    if len(forecast.forecaster) > LONGEST_NAME:
        raise ValueError(f"a forecaster's name has {LONGEST_NAME} characters at most")
    if forecast.kind not in FORECASTERS:
        raise ValueError(f"{forecast.kind!r} is no kind of forecaster: one of {', '.join(FORECASTERS)}")
    given = [
        name for name in ("probability", "probabilities", "quantiles") if getattr(forecast, name) not in (None, ())
    ]
    asked = {"yes/no": "probability", "choice": "probabilities"}.get(question.kind, "quantiles")
    if given != [asked]:
        raise ValueError(f"a question of the kind {question.kind} takes {WANTED[question.kind]}")
    if forecast.probability is not None:
        check_probability(forecast.probability)
    if forecast.probabilities:
        check_probabilities(question, forecast.probabilities)
    if forecast.quantiles:
        check_quantiles(forecast.quantiles)
    return forecast


WANTED = {
    "yes/no": "one probability between 0 and 1",
    "choice": "a probability for each option (option=0.2 ...)",
    "number": "quantiles (p10=... p50=... p90=...)",
    "date": "quantiles (p10=2025-03-01 p50=... p90=...)",
}


def check_probability(value: float) -> None:
    """Raise ValueError unless it is a probability."""
    if not 0 <= value <= 1:
        raise ValueError(f"{value:g} is no probability: it lies between 0 and 1 (70% is 0.7)")


def check_probabilities(question: Question, some: Sequence[tuple[str, float]]) -> None:
    """Raise ValueError unless each option has its probability and all come to one."""
    names = [name for name, _ in some]
    unknown = [name for name in names if name not in question.options]
    if unknown:
        raise ValueError(f"{unknown[0]!r} is no option: {', '.join(question.options)}")
    missing = [name for name in question.options if name not in names]
    if missing or len(set(names)) < len(names):
        raise ValueError(f"each option has one probability: see to {(missing or names)[0]!r}")
    for _, value in some:
        check_probability(value)
    total = math.fsum(value for _, value in some)
    if abs(total - 1) > ROUNDING:
        raise ValueError(f"the probabilities come to {total:g}, not to 1")


def check_quantiles(some: Sequence[tuple[float, float]]) -> None:
    """Raise ValueError unless levels rise within 0 and 1, and values with them."""
    for level, value in some:
        if not 0 < level < 1:
            raise ValueError(f"{level:g} is no level of a quantile: it lies between 0 and 1")
        if not math.isfinite(value):
            raise ValueError(f"{value} is no number")
    for (low, below), (high, above) in pairwise(some):
        if low == high:
            raise ValueError(f"the quantile p{100 * low:g} is given twice")
        if above < below:
            raise ValueError(f"quantiles are out of order: p{100 * low:g} lies above p{100 * high:g}")


def is_late(question: Question, at: datetime) -> str:
    """Why a forecast of that moment does not count, "" where it does."""
    if question.opens is not None and at < question.opens:
        return f"the question opens only at {question.opens:%Y-%m-%d %H:%M} UTC"
    if question.closes is not None and at > question.closes:
        return f"the question closed at {question.closes:%Y-%m-%d %H:%M} UTC"
    return ""


def parse_number(words: str) -> float:
    """A number as people write it: 0.7, 0,7, 70%, 1 500. Raises ValueError."""
    text = words.strip()
    if not text or NUMBER.fullmatch(text) is None or not any(c.isdigit() for c in text):
        raise ValueError(f"{words!r} is no number")
    share = text.endswith("%")
    try:
        value = float(re.sub(r"[ \s_]", "", text.rstrip("% ")).replace(",", "."))
    except ValueError:
        raise ValueError(f"{words!r} is no number") from None
    return value / 100 if share else value


def parse_day(words: str) -> float:
    """A date (ISO 8601) as its ordinal day, with the part of the day. Raises ValueError."""
    try:
        moment = datetime.fromisoformat(words.strip())
    except ValueError:
        raise ValueError(f"{words!r} is no date such as 2025-03-01") from None
    return moment.toordinal() + (moment.hour * 60 + moment.minute) / 1440


def parse_values(question: Question, words: Sequence[str]) -> dict[str, Any]:
    """What a forecaster wrote, as the field of `Forecast` that the question's kind takes; raises ValueError.

    One probability for yes/no ("0.7", "70%", "yes=0.7"), "option=0.2" for each option of a choice, "p10=..." for each
    quantile of a number or date.
    """
    pairs = [word.rpartition("=") for word in words]
    if question.kind == "yes/no":
        if len(words) != 1 or pairs[0][0].strip().casefold() not in ("", "yes"):
            raise ValueError(f"a question of the kind yes/no takes {WANTED['yes/no']}")
        return {"probability": parse_number(pairs[0][2])}
    if not pairs or not all(sign for _, sign, _ in pairs):
        raise ValueError(f"a question of the kind {question.kind} takes {WANTED[question.kind]}")
    if question.kind == "choice":
        known = {option.casefold(): option for option in question.options}
        named = [(known.get(name.strip().casefold(), name.strip()), parse_number(value)) for name, _, value in pairs]
        return {"probabilities": tuple(named)}
    parse = parse_day if question.kind == "date" else parse_number
    return {"quantiles": tuple(sorted(((parse_level(name), parse(value)) for name, _, value in pairs)))}


def parse_level(words: str) -> float:
    """The level of a quantile: "p10", "10%", "0.1" are 0.1. Raises ValueError."""
    found = LEVEL.fullmatch(words.strip())
    if found is None:
        raise ValueError(f"{words!r} names no quantile such as p10")
    value = float(found.group(1).replace(",", "."))
    return value if value < 1 else round(value / 100, 6)


def name_day(value: float) -> str:
    """An ordinal day as an ISO date; the number itself where the calendar does not reach."""
    return date.fromordinal(int(value)).isoformat() if 1 <= value < 3_652_060 else f"{value:g}"


def say_forecast(question: Question, forecast: Forecast) -> str:
    """A forecast in figures: "0.7", "north 0.2, south 0.8", "p10 3, p50 5"."""
    if forecast.probability is not None:
        return f"{forecast.probability:g}"
    if forecast.probabilities:
        return ", ".join(f"{name} {value:g}" for name, value in forecast.probabilities)
    show = name_day if question.kind == "date" else "{:g}".format
    return ", ".join(f"p{100 * level:g} {show(value)}" for level, value in forecast.quantiles)


def read_forecast(assessment: Assessment) -> Forecast:
    """The forecast that an assessment keeps. Raises ValueError."""
    apart = {"id": assessment.id, "question": assessment.about, "forecaster": assessment.by, "at": assessment.at}
    return read_body(assessment, Forecast, **apart)


def load_forecasts(
    assessments: Iterable[Assessment], versions: Mapping[str, list[Question]]
) -> tuple[dict[str, list[Forecast]], list[Problem]]:
    """The forecasts of each question by its id, in the order of saying, and what cannot be one.

    `assessments` are those of the kind "forecast", `versions` the questions'.
    """
    found, problems = read_all_bodies(assessments, read_forecast)
    kept: dict[str, list[Forecast]] = {}
    for forecast in found:
        if forecast.question not in versions:
            problems.append(Problem(step="read forecast", message="it is about no question", input=forecast.id))
            continue
        of_it = versions[forecast.question]
        question = next((q for q in of_it if q.version == forecast.version), of_it[-1])
        try:
            check_forecast(question, forecast)
        except ValueError as error:
            problems.append(Problem(step="read forecast", message=str(error), input=forecast.id))
            continue
        kept.setdefault(forecast.question, []).append(forecast)
    return kept, problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """What forecasters together expected of one thing at a moment: of yes, of an option, or at the middle quantile.

    `forecasters` is how many had said something by then; each counts once, with what was said last.
    """

    at: datetime
    option: str
    forecasters: int
    mean: float
    median: float
    low: float
    high: float


def draw_line(question: Question, forecasts: Iterable[Forecast], step: timedelta = timedelta(days=1)) -> list[Crowd]:
    """The crowd's line over time: after the last forecast of each `step`, for each thing that is forecast.

    `low` and `high` are the quartiles among forecasters. Late forecasts do not count.
    """
    said: dict[str, dict[str, float]] = {}
    ordered: dict[str, list[float]] = {}
    line: list[Crowd] = []
    counted = sorted((f for f in forecasts if not is_late(question, f.at)), key=lambda f: f.at)
    for n, forecast in enumerate(counted):
        for option, value in list_values(forecast):
            values = ordered.setdefault(option, [])
            before = said.setdefault(option, {}).get(forecast.forecaster)
            if before is not None:
                del values[bisect_left(values, before)]
            said[option][forecast.forecaster] = value
            insort(values, value)
        if n + 1 == len(counted) or (counted[n + 1].at - EPOCH) // step != (forecast.at - EPOCH) // step:
            line += [sum_up(forecast.at, option, values) for option, values in ordered.items()]
    return line


def sum_up(at: datetime, option: str, values: Sequence[float]) -> Crowd:
    """A crowd's values, in order of size, in five figures."""
    low, median, high = (pick_quantile(values, level) for level in (0.25, 0.5, 0.75))
    mean = math.fsum(values) / len(values)
    return Crowd(at=at, option=option, forecasters=len(values), mean=mean, median=median, low=low, high=high)


def pick_quantile(values: Sequence[float], level: float) -> float:
    """A quantile of values in order of size, between two of them where it falls there (Hyndman and Fan 1996, type
    7)."""
    place = level * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (place - below) * (values[above] - values[below])


def list_values(forecast: Forecast) -> Iterator[tuple[str, float]]:
    """What a forecast says, thing by thing: of yes (""), of each option, or its middle quantile."""
    if forecast.probability is not None:
        yield "", forecast.probability
    elif forecast.probabilities:
        yield from forecast.probabilities
    elif forecast.quantiles:
        yield "", min(forecast.quantiles, key=lambda q: abs(q[0] - 0.5))[1]


SCORED = ("question", "kind", "forecaster", "probability", "outcome", "time", "option")
"""The columns that `sayso score` reads."""
SCORED_NUMBERS = ("question", "kind", "forecaster", "quantile", "value", "outcome", "time")
"""The same for questions that ask for a number or a date."""


def rows_to_score(
    question: Question, forecasts: Iterable[Forecast], resolution: Resolution | None
) -> Iterator[dict[str, Any]]:
    """Forecasts as rows of the file that `sayso score` reads, late ones left out: one row a forecast of yes/no, one an
    option of a choice, one a quantile of a number or date.

    `outcome` is yes, no, the option, number or date that came true, void or ambiguous, "" while the question is not
    resolved.
    """
    shared = {"question": question.id, "kind": question.kind, "outcome": resolution.outcome if resolution else ""}
    for forecast in forecasts:
        if is_late(question, forecast.at):
            continue
        row = {**shared, "forecaster": forecast.forecaster, "time": forecast.at.isoformat()}
        if forecast.probability is not None:
            yield {**row, "probability": forecast.probability, "option": ""}
        for option, value in forecast.probabilities:
            yield {**row, "option": option, "probability": value}
        for level, number in forecast.quantiles:
            yield {**row, "quantile": level, "value": name_day(number) if question.kind == "date" else number}
