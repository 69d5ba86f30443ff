"""The layouts in which others publish forecasts: the Good Judgment Project, Metaculus, ForecastBench, aggreCAT.

What each leaves to the reader is settled here, and said in a note where forecasts are left aside.
"""

from __future__ import annotations

import ast
import re
from functools import partial
from typing import Any

import numpy as np

from sayso.foresee.forecast_files.cells import fold, read_chance, read_moment, read_number, read_text
from sayso.foresee.forecast_files.layouts import Haul, Layout, read_value, split_options, take_plain
from sayso.foresee.forecast_files.nested_layouts import find_nested, take_nested
from sayso.foresee.forecast_files.rows import Cells, Sheet, list_objects, refuse
from sayso.foresee.scoring.books import Entry, Floats, Terms

LETTERED = re.compile(r"\(([a-z])\)\s*")
"""The options of the Good Judgment Project: "(a) Yes, (b) No"."""


def take_gjp_questions(sheet: Sheet, haul: Haul) -> None:
    """Questions of the Good Judgment Project: dates month first, options lettered, a question closed by its day's end.

    A conditional question's other branch is voided. Type 6 has ordered options.
    """
    for line, row in sheet.rows:
        try:
            letters = tuple(LETTERED.findall(read_text(row.get("options"))))
            texts = [text.strip(" ,") for text in LETTERED.split(read_text(row.get("options")))[2::2]]
            named = dict(zip(letters, map(fold, texts), strict=False))
            is_yes_no = sorted(named.values()) == ["no", "yes"]
            haul.terms.append(
                Terms(
                    question=read_text(row.get("ifp id")),
                    kind="yes-no" if is_yes_no else "choice",
                    options=tuple(sorted(letters, key=lambda x: named[x] == "yes")) if is_yes_no else letters,
                    ordered=read_text(row.get("q type")) == "6",
                    opens=read_moment(row.get("date start")),
                    closes=read_moment(row.get("date closed"), end_of_day=True),
                    resolved=read_moment(row.get("date closed"), end_of_day=True),
                    outcome="void" if fold(read_text(row.get("q status"))) == "voided" else read_text(row["outcome"]),
                )
            )
        except ValueError as error:
            haul.problems.append(refuse(f"{sheet.name}:{line}", str(error)))


def take_gjp_forecasts(sheet: Sheet, haul: Haul) -> None:
    """Forecasts of the Good Judgment Project: a row for each option of each forecast."""
    for line, row in sheet.rows:
        place = f"{sheet.name}:{line}"
        try:
            haul.entries.append(
                Entry(
                    place=place,
                    question=read_text(row["ifp id"]),
                    forecaster=read_text(row["user id"]),
                    option=read_text(row["answer option"]),
                    chance=read_chance(row["value"]),
                    time=read_moment(row.get("timestamp") or row.get("fcast date")),
                )
            )
        except (ValueError, KeyError) as error:
            haul.problems.append(refuse(place, str(error)))


METACULUS_KINDS = {"binary": "yes-no", "multiple choice": "choice", "numeric": "number", "discrete": "number"}
LEVELS: Floats = np.round(np.arange(0.01, 1, 0.01), 2)
"""The levels at which a cumulative distribution is turned into quantiles."""


def take_metaculus_questions(sheet: Sheet, haul: Haul) -> None:
    """``question_data.csv`` of a Metaculus export; "annulled" is void."""
    for line, row in sheet.rows:
        try:
            kind = fold(read_text(row.get("question type")))
            options = read_text(row.get("mc options (all)")) or read_text(row.get("mc options (current)"))
            places = read_text(row.get("continuous range"))
            outcome = read_text(row.get("resolution"))
            haul.terms.append(
                Terms(
                    question=read_text(row["question id"]),
                    kind=METACULUS_KINDS.get(kind, "number" if kind == "date" else ""),
                    is_date=kind == "date",
                    # A number's options are the places at which its distribution is given.
                    options=split_options(options) or split_options(places),
                    opens=read_moment(row.get("open time")),
                    closes=read_moment(row.get("actual close time") or row.get("scheduled close time")),
                    resolved=read_moment(row.get("resolution known time")),
                    outcome=outcome,
                )
            )
        except ValueError as error:
            haul.problems.append(refuse(f"{sheet.name}:{line}", str(error)))


def take_metaculus_forecasts(sheet: Sheet, haul: Haul) -> None:
    """``forecast_data.csv`` of a Metaculus export. Rows of Metaculus's own aggregates (those without a forecaster's id)
    are left aside, unless there are no others: then each method is a forecaster."""
    rows = [row for row in sheet.rows if not is_metaculus_aggregate(row[1])]
    if rows and len(rows) < len(sheet.rows):
        haul.notes.append(f"{sheet.name}: {len(sheet.rows) - len(rows)} aggregates left aside")
    terms = {t.question: t for t in haul.terms}
    for line, row in rows or sheet.rows:
        place = f"{sheet.name}:{line}"
        try:
            haul.entries.extend(list_metaculus_entries(row, place, terms))
        except (ValueError, KeyError, SyntaxError) as error:
            haul.problems.append(refuse(place, str(error)))


def is_metaculus_aggregate(row: Cells) -> bool:
    """Whether a row is what a method made of many forecasts."""
    return bool(read_text(row.get("forecaster count"))) and not read_text(row.get("forecaster id"))


def list_metaculus_entries(row: Cells, place: str, terms: dict[str, Terms]) -> list[Entry]:
    """The entries of one forecast: one of a yes/no question, one an option, or one a quantile."""
    question = read_text(row["question id"])
    names = ("forecaster id", "forecaster (anonymized)", "forecaster username")
    who = next(filter(None, (read_text(row.get(name)) for name in names)), "")
    made = partial(Entry, place=place, question=question, forecaster=who, time=read_moment(row.get("start time")))
    if read_text(row.get("probability yes")):
        return [made(chance=read_chance(row["probability yes"]))]
    known = terms.get(question)
    if shares := read_text(row.get("probability yes per category")):
        listed = ast.literal_eval(shares)
        pairs = listed.items() if isinstance(listed, dict) else zip(known.options if known else (), listed, strict=True)
        return [made(chance=read_chance(share), option=str(o)) for o, share in pairs if share is not None]
    if (curve := read_text(row.get("continuous cdf"))) and known and known.options:
        heights = np.array(ast.literal_eval(curve), dtype=float)
        places = np.array([read_value(place) for place in known.options])
        values = np.interp(LEVELS, np.maximum.accumulate(heights), places)
        return [made(chance=float(v), level=float(n)) for n, v in zip(LEVELS, values, strict=True)]
    raise ValueError(f"no probability for question {question}, or its question is not among the files before it")


def take_aggrecat_ratings(sheet: Sheet, haul: Haul) -> None:
    """Judgements of aggreCAT: the best guesses, in percent, that a claim replicates. Of several rounds the last counts,
    which is made after talking the first over (the IDEA protocol)."""
    best = [(line, row) for line, row in sheet.rows if read_text(row.get("element")) == "three_point_best"]
    last = max((read_text(row.get("round")) for _, row in best), default="")
    if earlier := sum(read_text(row.get("round")) != last for _, row in best):
        haul.notes.append(f"{sheet.name}: {earlier} best guesses of earlier rounds than {last} left aside")
    for line, row in best:
        if read_text(row.get("round")) == last:
            place = f"{sheet.name}:{line}"
            try:
                chance = read_chance(read_number(row["value"]) / 100)
                claim, expert = read_text(row["paper id"]), read_text(row["user name"])
                haul.entries.append(Entry(place=place, question=claim, forecaster=expert, chance=chance))
            except (ValueError, KeyError) as error:
                haul.problems.append(refuse(place, str(error)))


def take_aggrecat_outcomes(sheet: Sheet, haul: Haul) -> None:
    """Outcomes of aggreCAT: whether a claim replicated."""
    for _, row in sheet.rows:
        haul.terms.append(Terms(question=read_text(row["paper id"]), kind="yes-no", outcome=read_text(row["outcome"])))


LAYOUTS = (
    Layout("GJP questions", frozenset({"ifp id", "q status", "options", "outcome"}), take_gjp_questions),
    Layout("GJP forecasts", frozenset({"ifp id", "user id", "answer option", "value"}), take_gjp_forecasts),
    Layout("Metaculus questions", frozenset({"question id", "question type", "resolution"}), take_metaculus_questions),
    Layout(
        "Metaculus forecasts", frozenset({"question id", "start time", "probability yes"}), take_metaculus_forecasts
    ),
    Layout("aggreCAT ratings", frozenset({"round", "paper id", "user name", "element"}), take_aggrecat_ratings),
    Layout("aggreCAT outcomes", frozenset({"paper id", "outcome"}), take_aggrecat_outcomes),
)
"""The published layouts that are tables."""


def take_document(sheet: Sheet, haul: Haul) -> None:
    """A JSON document: a set of forecasts or of resolutions of ForecastBench, or sayso's own rows under "forecasts" and
    "questions"."""
    document = sheet.whole if isinstance(sheet.whole, dict) else {}
    lists = {key: value for key, value in document.items() if isinstance(value, list)}
    if "resolutions" in lists:
        take_forecastbench_resolutions(sheet.name, lists["resolutions"], haul)
    elif "forecasts" in lists and {"model", "organization"} & document.keys():
        take_forecastbench_forecasts(sheet.name, document, haul)
    elif "questions" in lists and "forecast_due_date" in document and "forecasts" not in lists:
        haul.notes.append(f"{sheet.name}: a set of questions, which holds no outcomes; give the resolution set")
    elif ("forecasts" in lists or "questions" in lists) and not find_nested(document):
        for key in ("questions", "forecasts"):
            if rows := list_objects(lists.get(key, [])):
                columns = tuple(dict.fromkeys(name for _, row in rows for name in row))
                take_plain(Sheet(f"{sheet.name}:{key}", columns, rows), haul)
    elif questions := find_nested(document):
        take_nested(sheet.name, questions, haul)
    else:
        haul.problems.append(refuse(sheet.name, "JSON without a list of forecasts, questions or resolutions"))


def name_forecastbench(row: dict[str, Any]) -> str:
    """A question of ForecastBench: its source, its id, the directions of a combined one, and, of one asked for several
    dates, the date."""
    id, direction = row.get("id"), row.get("direction")
    parts = [read_text(row.get("source")), "+".join(map(str, id)) if isinstance(id, list) else read_text(id)]
    if isinstance(direction, list) and direction:
        parts.append(",".join(map(str, direction)))
    return "/".join(filter(None, parts))


def take_forecastbench_resolutions(name: str, rows: list[Any], haul: Haul) -> None:
    """A resolution set of ForecastBench. What is not resolved yet stays open, though it holds a market's price."""
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            haul.problems.append(refuse(f"{name}:{number}", "no object"))
            continue
        try:
            day = read_text(row.get("resolution_date"))
            outcome = read_text(row.get("resolved_to")) if row.get("resolved") else ""
            question = name_forecastbench(row)
            resolved = read_moment(day, end_of_day=True)
            # A market's forecast names no date, a data set's one names each: known by either.
            haul.terms.append(Terms(question=f"{question}@{day}", kind="yes-no", resolved=resolved, outcome=outcome))
            haul.terms.append(Terms(question=question, kind="yes-no", resolved=resolved, outcome=outcome))
        except ValueError as error:
            haul.problems.append(refuse(f"{name}:{number}", str(error)))


def take_forecastbench_forecasts(name: str, document: dict[str, Any], haul: Haul) -> None:
    """A set of forecasts of ForecastBench: one forecaster, named by organisation and model."""
    who = " ".join(filter(None, (read_text(document.get("organization")), read_text(document.get("model")))))
    try:
        time = read_moment(document.get("forecast_due_date"))
    except ValueError as error:
        haul.problems.append(refuse(name, str(error)))
        return
    for number, row in enumerate(document["forecasts"], 1):
        place = f"{name}:{number}"
        try:
            day = read_text(row.get("resolution_date"))
            question = name_forecastbench(row) + (f"@{day}" if day else "")
            chance = read_chance(row.get("forecast"))
            haul.entries.append(Entry(place=place, question=question, forecaster=who, chance=chance, time=time))
        except (ValueError, AttributeError) as error:
            haul.problems.append(refuse(place, str(error)))
