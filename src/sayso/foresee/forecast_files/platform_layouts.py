"""The layouts in which platforms let people take their forecasts away: PredictionBook, Fatebook, Manifold, and
Cultivate (INFER, the RAND Forecasting Initiative, Good Judgment Open).

Each is turned into sayso's own columns, so that scales, days and options are read in one way. What a platform means by
its words is settled here, and said in a note where forecasts are left aside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sayso.foresee.forecast_files.cells import fold, read_chance, read_number, read_outcome, read_text
from sayso.foresee.forecast_files.columns import is_percent_head
from sayso.foresee.forecast_files.layouts import NOBODY, Haul, Layout, take_plain
from sayso.foresee.forecast_files.rows import Cells, Sheet

RESPONDERS = ("responder", "user", "user name", "user id", "username", "creator")
STILL_OPEN = "(none) still open"
"""One of PredictionBook's options."""


def rewrite(sheet: Sheet, haul: Haul, rewrite_row: Callable[[Cells], Cells]) -> None:
    """Take a sheet in by sayso's own columns, which `rewrite_row` makes of each row."""
    rows = tuple((line, rewrite_row(row) | {"": row.get("")}) for line, row in sheet.rows)
    columns = tuple(dict.fromkeys(name for _, row in rows for name in row if name))
    take_plain(Sheet(sheet.name, columns, rows), haul)


def take_predictionbook(sheet: Sheet, haul: Haul) -> None:
    """PredictionBook's predictions. Its deadline closes nothing, nor does a judgement: people may go on forecasting,
    and a question may be judged again; so no forecast is late. Other collections have the same columns (iqisa's), and
    are known by options that do not tell of open questions: these are read as they stand."""
    if not any(STILL_OPEN in fold(read_text(row.get("options"))) for _, row in sheet.rows):
        take_plain(sheet, haul)
        return

    def rewrite_row(row: Cells) -> Cells:
        return {
            "question": row.get("question id"),
            "forecaster": read_text(row.get("user id")) or NOBODY,
            "probability": row.get("probability"),
            "option": row.get("answer option"),
            "options": row.get("options"),
            "outcome": row.get("outcome"),
            "time": row.get("timestamp"),
        }

    rewrite(sheet, haul, rewrite_row)


def take_predictionbook_rows(sheet: Sheet, haul: Haul) -> None:
    """PredictionBook's responses, a row each: confidence is in per cent, whoever answered forecasts (not who put the
    prediction), and the deadline closes nothing."""

    def rewrite_row(row: Cells) -> Cells:
        return {
            "question": row.get("prediction id"),
            "forecaster": next(filter(None, (read_text(row.get(name)) for name in RESPONDERS)), NOBODY),
            "probability (%)": row.get("confidence"),
            "outcome": row.get("outcome", row.get("judgement")),
            "time": row.get("created at", row.get("timestamp")),
        }

    told = tuple((line, row) for line, row in sheet.rows if read_text(row.get("confidence")))
    rewrite(Sheet(sheet.name, sheet.columns, told), haul, rewrite_row)


def take_fatebook(sheet: Sheet, haul: Haul) -> None:
    """Fatebook's export. "Resolve by" closes nothing. Each option of a multiple choice is judged for itself, and is a
    question of its own, since its forecasts are made one by one."""

    def read_forecast(row: Cells) -> Any:
        head = next((name for name in row if name.startswith("forecast (scale")), "forecast")
        cell = row.get(head)
        return f"{read_text(cell)}%" if is_percent_head(head) and read_text(cell) else cell

    def rewrite_row(row: Cells) -> Cells:
        outcome = read_text(row.get("resolution") or row.get("question resolution"))
        title, option = read_text(row.get("question title")), read_text(row.get("multiple choice option"))
        return {
            "question": f"{title}: {option}" if option else title,
            "forecaster": read_text(row.get("forecast created by")) or NOBODY,
            "probability": read_forecast(row),
            "outcome": "ambiguous" if fold(outcome) == "other" else outcome,
            "time": row.get("forecast created at"),
            "resolved": row.get("resolved at") or row.get("question resolved at"),
        }

    rewrite(sheet, haul, rewrite_row)


def take_manifold_bets(sheet: Sheet, haul: Haul) -> None:
    """Manifold's bets: the probability after a bet is what its maker forecast. The side that was bought ("outcome") is
    no outcome; how the market ended stands in "resolution", or in a file of markets. What the house or a rule did (the
    first stake, shares that cancel out, orders that found no other side) is nobody's forecast."""
    made = tuple((line, row) for line, row in sheet.rows if is_bet(row))
    if len(made) < len(sheet.rows):
        haul.notes.append(f"{sheet.name}: {len(sheet.rows) - len(made)} bets that are nobody's forecast left aside")

    def rewrite_row(row: Cells) -> Cells:
        names = ("userid", "user id", "username", "userusername")
        return {
            "question": name_market(row),
            "forecaster": next(filter(None, (read_text(row.get(name)) for name in names)), NOBODY),
            "probability": row.get("probafter"),
            "outcome": name_answer(row.get("resolution"), read_text(row.get("answerid"))),
            "time": row.get("createdtime") or row.get("time"),
        }

    rewrite(Sheet(sheet.name, sheet.columns, made), haul, rewrite_row)


def is_bet(row: Cells) -> bool:
    """Whether a bet says what somebody thought."""
    if any(read_outcome(read_text(row.get(name))) == "yes" for name in ("isredemption", "isante", "iscancelled")):
        return False
    try:
        return read_number(row.get("amount")) != 0
    except ValueError:
        return True


def name_market(row: Cells) -> str:
    """The market of a bet, and the answer in it where there are several, each of which is yes or no."""
    names = ("contractid", "marketid", "contractslug", "market", "question")
    market = next(filter(None, (read_text(row.get(name)) for name in names)), "")
    answer = read_text(row.get("answerid"))
    return f"{market}/{answer}" if answer and answer != "undefined" else market


def name_resolution(cell: Any) -> str:
    """How a market ended: cancelled is void, and one that was resolved to a probability neither yes nor no."""
    words = read_text(cell)
    return {"cancel": "void", "mkt": "ambiguous"}.get(fold(words), words)


def name_answer(resolution: Any, answer: str) -> str:
    """How one answer of a market ended: by its own yes or no, or by which answer the market was resolved to."""
    words = name_resolution(resolution)
    if not answer or answer == "undefined" or not words or read_outcome(words):
        return words
    return "1" if words == answer else "0"


def take_manifold_markets(sheet: Sheet, haul: Haul) -> None:
    """Manifold's markets: how each ended. A market's closing closes its bets."""

    def rewrite_row(row: Cells) -> Cells:
        return {
            "question": row.get("id"),
            "outcome": name_resolution(row.get("resolution")),
            "resolved": row.get("resolutiontime"),
        }

    rewrite(sheet, haul, rewrite_row)
    inner = [(line, bet | {"contractid": row.get("id")}) for line, row in sheet.rows for bet in list_inner(row, "bets")]
    if inner:
        columns = tuple(dict.fromkeys(name for _, bet in inner for name in bet))
        take_manifold_bets(Sheet(f"{sheet.name}:bets", columns, tuple(inner)), haul)


def list_inner(row: Cells, name: str) -> Iterator[Cells]:
    """The objects of a list that stands in a cell, with folded names."""
    listed = row.get(name)
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict):
            yield {fold(str(key)): value for key, value in one.items()}


CULTIVATE = {
    "question": ("question name", "question", "question title", "question id"),
    "forecaster": ("membership username", "username", "membership guid", "membership id", "user id", "forecaster"),
    "probability": ("forecasted probability", "final probability", "probability", "forecast"),
    "option": ("answer name", "answer", "answer id"),
    "outcome": ("answer resolved probability", "answer correct", "correct", "correctness", "resolved probability"),
    "time": ("prediction set created at", "filled at", "prediction created at", "created at", "made at"),
}
"""By sayso's own name of a column, those of a Cultivate site, the best first."""


def take_cultivate(sheet: Sheet, haul: Haul) -> None:
    """Prediction sets of a Cultivate site (INFER, Good Judgment Open): a row for each answer of each forecast, with the
    probability that the answer was resolved to. Forecasts made after the answer was known are left aside."""
    known = "made after correctness known"
    made = tuple((line, row) for line, row in sheet.rows if read_outcome(read_text(row.get(known))) != "yes")
    if len(made) < len(sheet.rows):
        haul.notes.append(
            f"{sheet.name}: {len(sheet.rows) - len(made)} forecasts made after the answer was known left out"
        )
    chosen = {own: find_filled(names, sheet.columns, made) for own, names in CULTIVATE.items()}
    if chosen["probability"] is None:
        # A sheet of questions and their answers: of each question the answer that came true.
        made = tuple((line, row) for line, row in made if name_share(row.get(chosen["outcome"] or "")) not in ("0", ""))

    numbered = {terms.question for terms in haul.terms}

    def rewrite_row(row: Cells) -> Cells:
        own = {name: row.get(there) for name, there in chosen.items() if there}
        if read_text(row.get("question id")) in numbered:  # Other files name it by its number only.
            own["question"] = row.get("question id")
        own["outcome"] = name_share(own.get("outcome"))
        if chosen["probability"] is None and read_outcome(own["outcome"]) == "yes":
            own["outcome"] = read_text(own.pop("option", None))
        if read_outcome(read_text(row.get("question voided", row.get("voided")))) == "yes":
            own["outcome"] = "void"
        return own

    rewrite(Sheet(sheet.name, sheet.columns, made), haul, rewrite_row)


def take_cultivate_answers(sheet: Sheet, haul: Haul) -> None:
    """The answers of a Cultivate site's questions, a row each, with what each was resolved to."""
    ended: dict[str, list[Cells]] = {}
    for _, row in sheet.rows:
        ended.setdefault(read_text(row.get("question id")), []).append(row)
    rows: list[tuple[int, Cells]] = []
    for number, (question, answers) in enumerate(ended.items(), 1):
        shares = [name_share(answer.get("resolved probability")) for answer in answers]
        true = [read_text(a.get("name")) for a, share in zip(answers, shares, strict=True) if share == "1"]
        outcome = true[0] if len(true) == 1 else "" if not any(shares) else "ambiguous"
        rows.append((number, {"question": question, "outcome": outcome}))
    take_plain(Sheet(sheet.name, ("question", "outcome"), tuple(rows)), haul)


def take_cultivate_questions(sheet: Sheet, haul: Haul) -> None:
    """The questions of a Cultivate site: when each ended, and which were voided."""

    def rewrite_row(row: Cells) -> Cells:
        voided = read_outcome(read_text(row.get("voided"))) == "yes"
        return {
            "question": row.get("id"),
            "outcome": "void" if voided else "",
            "closes": row.get("ends at"),
            "resolved": row.get("resolved at"),
        }

    rewrite(sheet, haul, rewrite_row)


def find_filled(names: Iterable[str], columns: Iterable[str], rows: Iterable[tuple[int, Cells]]) -> str | None:
    """The first of these columns that is there and not empty."""
    there, listed = set(columns), list(rows)
    return next((n for n in names if n in there and any(read_text(row.get(n)) for _, row in listed)), None)


def name_share(cell: Any) -> str:
    """What an answer was resolved to: a share between 0 and 1 is neither yes nor no."""
    try:
        share = read_chance(cell)
    except ValueError:
        return {"correct": "1", "incorrect": "0"}.get(fold(read_text(cell)), read_text(cell))
    return "ambiguous" if 0 < share < 1 else f"{share:g}"


LAYOUTS = (
    Layout("PredictionBook", frozenset({"n opts", "options", "q status", "user id", "time open"}), take_predictionbook),
    Layout("Fatebook", frozenset({"question title", "forecast created by", "forecast created at"}), take_fatebook),
    Layout("PredictionBook", frozenset({"prediction id", "confidence"}), take_predictionbook_rows),
    Layout("Manifold bets", frozenset({"contractid", "probafter"}), take_manifold_bets),
    Layout("Manifold bets", frozenset({"probbefore", "probafter"}), take_manifold_bets),
    Layout("Manifold markets", frozenset({"id", "creatorid", "resolution"}), take_manifold_markets),
    Layout("Manifold markets", frozenset({"id", "outcometype", "resolution"}), take_manifold_markets),
    Layout("Cultivate", frozenset({"answer name", "forecasted probability"}), take_cultivate),
    Layout("Cultivate", frozenset({"answer id", "forecasted probability"}), take_cultivate),
    Layout("Cultivate", frozenset({"answer resolved probability", "question id"}), take_cultivate),
    Layout(
        "Cultivate answers", frozenset({"resolved probability", "question id", "name"}), take_cultivate_answers, True
    ),
    Layout("Cultivate questions", frozenset({"id", "name", "ends at", "voided"}), take_cultivate_questions, True),
)
"""The layouts of platforms that are tables."""
