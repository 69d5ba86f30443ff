"""From the rows of a file to forecasts: which layout it has, and what its columns mean.

sayso's own layout has the columns question, forecaster, probability and outcome, in any order, under these names or
those of ``tables/forecast_columns.toml``. The others are those in which forecasts are published; each is known by its
columns. Outcomes may come in a file of their own, beside the forecasts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from sayso.foresee.forecast_files.cells import (
    LARGEST,
    fold,
    read_chance,
    read_moment,
    read_number,
    read_outcome,
    read_text,
)
from sayso.foresee.forecast_files.columns import (
    guess_columns,
    holds_numbers,
    holds_outcomes,
    holds_words,
    match_columns,
    says_nothing,
)
from sayso.foresee.forecast_files.rows import Cells, Sheet, refuse
from sayso.foresee.forecast_files.scales import find_day_order, is_in_percent, is_open
from sayso.foresee.scoring.books import DAY, Entry, Terms
from sayso.record import Problem
from sayso.tables import load_toml


@dataclass(slots=True)
class Haul:
    """What files of forecasts hold: the forecasts, what is known of the questions, what was wrong, and what was left
    aside on purpose (one sentence each)."""

    entries: list[Entry] = field(default_factory=list)
    terms: list[Terms] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scales:
    """What the columns of a sheet are written in: its probabilities in per cent or not, which of its columns of times
    (by sayso's own names) have the day first, and which contradict themselves."""

    percent: bool = False
    day_first: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()

    def read_moment(self, cells: Cells, own: str, *, end_of_day: bool = False) -> float:
        """The moment of a column, in seconds since 1970; NaN for an empty cell. Raises ValueError."""
        return read_moment(cells.get(own), end_of_day=end_of_day, day_first=own in self.day_first)


@dataclass(frozen=True, slots=True)
class Layout:
    """A published layout: its name, the folded columns by which it is known, how it is taken in, and whether it tells
    of questions, of which forecasts in other files are."""

    name: str
    known_by: frozenset[str]
    take: Callable[[Sheet, Haul], None]
    of_questions: bool = False


def take_plain(sheet: Sheet, haul: Haul) -> None:
    """sayso's own layout: a forecast a row, a question a row, or both; or a question a row, a forecaster a column."""
    sheet = lay_out(sheet)
    matched, unknown = match_columns(sheet.columns)
    guessed = guess_columns(matched, list(filter(says_nothing, unknown)), sheet.rows)
    matched = {own: name for own, name in matched.items() if name not in guessed.values()} | guessed
    unknown = [name for name in unknown if name not in guessed.values()]
    names = ", ".join(filter(None, sheet.columns)) or "none"
    has_quantiles = "value" in matched and bool({"quantile", "percentile"} & matched.keys())
    told = "value" if has_quantiles and "probability" not in matched else "probability"
    if "question" not in matched:
        haul.problems.append(refuse(sheet.name, f"no column question; its columns are {names}"))
        return
    if told not in matched and not {"outcome", "closes", "options"} & matched.keys():
        haul.problems.append(refuse(sheet.name, f"no column probability and none outcome; its columns are {names}"))
        return
    if told in matched and "forecaster" not in matched:
        # Words in a column that means nothing here may be names, of whom nobody knows which.
        if any(holds_words([row.get(name) for _, row in sheet.rows]) for name in filter(says_nothing, unknown)):
            haul.problems.append(refuse(sheet.name, f"no column forecaster; its columns are {names}"))
            return
        haul.notes.append(f"{sheet.name}: no column forecaster; all forecasts are taken for one forecaster's")
        sheet = Sheet(sheet.name, (*sheet.columns, OWN), tuple((line, row | {OWN: NOBODY}) for line, row in sheet.rows))
        matched["forecaster"] = OWN
    for own, name in guessed.items():
        haul.notes.append(f"{sheet.name}: column {name} is taken for {own}, by what it holds")
    if unknown:
        haul.notes.append(f"{sheet.name}: columns not used: {', '.join(unknown)}")
    try:
        take_rows(sheet, matched, settle_scales(sheet, matched, haul), haul)
    except ValueError as error:
        haul.problems.append(refuse(sheet.name, str(error)))


def lay_out(sheet: Sheet) -> Sheet:
    """A sheet with a forecast a row, where its probabilities stand in a column "yes" beside one "no", or in a column
    for each forecaster and no other; any other sheet as it is."""
    matched, unknown = match_columns(sheet.columns)
    ended = matched.get("resolved", "")
    outcome = "outcome" in matched or holds_outcomes(ended, [row.get(ended) for _, row in sheet.rows])
    if {"probability", "value", "option"} & matched.keys() or "question" not in matched or not outcome:
        return sheet
    told = [name for name in unknown if holds_numbers([row.get(name) for _, row in sheet.rows])]
    if set(told) == {"yes", "no"}:
        rows = [(line, row | {"probability": row.get("yes")}) for line, row in sheet.rows]
        return Sheet(sheet.name, (*sheet.columns, "probability"), tuple(rows))
    others = [name for name in unknown if name not in told]
    if "forecaster" in matched or len(told) < 2 or any(_has_figures(sheet, name) for name in others):
        return sheet
    rows = [
        (
            line,
            {key: cell for key, cell in row.items() if key not in told}
            | {"forecaster": name, "probability": row[name]},
        )
        for line, row in sheet.rows
        for name in told
        if read_text(row.get(name))
    ]
    kept = [name for name in sheet.columns if name not in told]
    return Sheet(sheet.name, (*kept, "forecaster", "probability"), tuple(rows))


def _has_figures(sheet: Sheet, name: str) -> bool:
    """Whether a column holds anything but words."""
    return any(any(map(str.isdigit, read_text(row.get(name)))) for _, row in sheet.rows)


def settle_scales(sheet: Sheet, matched: dict[str, str], haul: Haul) -> Scales:
    """What the columns of a sheet are written in. Raises ValueError where its probabilities cannot be told."""
    percent = False
    if head := matched.get("probability"):
        percent = is_in_percent(head, (row.get(head) for _, row in sheet.rows))
    orders: dict[str, bool | None] = {}
    broken: set[str] = set()
    for own in TIME_COLUMNS & matched.keys():
        head = matched[own]
        try:
            orders[own] = find_day_order(head, (row.get(head) for _, row in sheet.rows))
        except ValueError as error:
            haul.problems.append(refuse(sheet.name, str(error)))
            broken.add(own)
    known = {order for order in orders.values() if order is not None}
    # A column that does not tell goes by the others of its sheet, where these agree.
    usual = known == {True}
    open_ones = sorted(
        matched[own]
        for own, order in orders.items()
        if order is None and len(known) != 1 and any(is_open(read_text(row.get(matched[own]))) for _, row in sheet.rows)
    )
    if open_ones:
        haul.notes.append(
            f"{sheet.name}: nothing tells whether the days of {', '.join(open_ones)} have the day or the month first; "
            "read month first"
        )
    day_first = {own for own, order in orders.items() if (usual if order is None else order)}
    return Scales(percent, frozenset(day_first), frozenset(broken))


def take_rows(sheet: Sheet, matched: dict[str, str], scales: Scales, haul: Haul) -> None:
    """The rows of a sheet whose columns are known."""
    has_quantiles = "value" in matched and bool({"quantile", "percentile"} & matched.keys())
    told = "value" if has_quantiles and "probability" not in matched else "probability"
    seen: dict[tuple[Any, ...], None] = {}
    for line, row in sheet.rows:
        place = f"{sheet.name}:{line}"
        cells = {own: row.get(name) for own, name in matched.items()}
        for own in scales.broken:
            if is_open(read_text(cells[own])):
                cells[own] = None
        try:
            if any(map(read_text, row.get("") or ())):
                raise ValueError(f"more cells than the {len(sheet.columns)} columns; put quotes around decimal commas")
            cells = name_codes(cells)
            if told in matched:
                is_level = has_quantiles and is_quantile(cells)
                for share in split_shares(cells, haul):
                    haul.entries.append(read_entry(share, place, scales, is_quantile=is_level))
            key = tuple(read_text(cells.get(name)) for name in TERM_COLUMNS)
            # A question's terms stand on each of its rows: read once.
            if key not in seen:
                seen[key] = None
                haul.terms.append(read_terms(cells, scales, with_outcome=told not in matched))
        except ValueError as error:
            haul.problems.append(refuse(place, str(error)))


def split_shares(cells: Cells, haul: Haul) -> Iterator[Cells]:
    """The cells of each option where a forecast is a list of probabilities, in the order of the question's options;
    else the cells as they are. Raises ValueError where the options are not known."""
    shares = cells.get("probability")
    if not isinstance(shares, list | dict):
        yield cells
        return
    question, options = read_text(cells.get("question")), cells.get("options")
    known = tuple(map(read_text, options)) if isinstance(options, list) else split_options(read_text(options))
    known = known or next((terms.options for terms in haul.terms if terms.question == question), ())
    named = list(shares.items()) if isinstance(shares, dict) else list(zip(known, shares, strict=False))
    if len(named) != len(shares):
        raise ValueError(f"{len(shares)} probabilities for question {question}, whose {len(known)} options are known")
    for option, share in named:
        yield {**cells, "option": option, "probability": share}


def name_codes(cells: Cells) -> Cells:
    """Cells with the words of an option and an outcome in place of their codes, where the options come with codes
    ("(0) No, (1) Yes, (-1) Ambiguous"); what says that there is no end is no option."""
    codes = read_codes(read_text(cells.get("options")))
    if not codes:
        return cells
    named = dict(cells)
    for own in ("option", "outcome"):
        named[own] = codes.get(fold_code(cells.get(own)), cells.get(own))
    named["options"] = [words for words in codes.values() if read_outcome(words) in ("", "yes", "no")]
    return named


@lru_cache(1 << 10)
def read_codes(words: str) -> dict[str, str]:
    """The options of a list by their codes; empty where they have none."""
    parts = CODED.split(words)
    if len(parts) < MIN_CODED_PARTS or parts[0].strip():
        return {}
    codes = {fold_code(code): label.strip(" ,;|") for code, label in zip(parts[1::2], parts[2::2], strict=True)}
    return codes if all(codes.values()) and len(codes) == len(parts) // 2 else {}


def fold_code(cell: Any) -> str:
    """A code so that its spelling does not matter: 1, "1" and 1.0 are one."""
    words = read_text(cell)
    try:
        number = float(words)
    except ValueError:
        return fold(words)
    return str(int(number)) if number.is_integer() else fold(words)


NOBODY = "unnamed"
"""The forecaster of rows that name none, where that is nobody's slip."""
OWN = "forecaster (unnamed)"
"""The column that a sheet of one person's forecasts lacks."""
TIME_COLUMNS = frozenset({"time", "opens", "closes", "resolved"})
CODED = re.compile(r"(?:(?<=[,;|])|^)\s*(?=\([^()]{1,12}\)\s*\S|-?\w{1,4}\s?(?:=|:\s))\(?([^()=:]{1,12}?)\s?[)=:]\s*")
"""The code before each option of "(0) No, (1) Yes" or "0 = No; 1 = Yes"."""
MIN_CODED_PARTS = 5
"""Two options with codes, and what stands before the first, which is nothing."""
TERM_COLUMNS = ("question", "kind", "ordered", "options", "opens", "closes", "resolved")


def is_quantile(cells: Cells) -> bool:
    """Whether a row gives a quantile rather than a probability."""
    return not read_text(cells.get("probability")) and bool(read_text(cells.get("value")))


def read_entry(cells: Cells, place: str, scales: Scales, *, is_quantile: bool) -> Entry:
    """The forecast of one row. Raises ValueError with what is wrong."""
    question, forecaster = read_text(cells.get("question")), read_text(cells.get("forecaster"))
    if not question:
        raise ValueError("no question named")
    if not forecaster:
        raise ValueError(f"no forecaster named for question {question}")
    level = read_level(cells) if is_quantile else None
    return Entry(
        place=place,
        question=question,
        forecaster=forecaster,
        chance=read_value(cells.get("value"))
        if is_quantile
        else read_chance(cells.get("probability"), percent=scales.percent),
        level=level,
        option=read_text(cells.get("option")),
        time=scales.read_moment(cells, "time"),
        outcome=read_text(cells.get("outcome")),
    )


def read_level(cells: Cells) -> float:
    """The level of a quantile, between 0 and 1; "5%" and, in a column percentile, 5 are 0.05."""
    if read_text(cells.get("quantile")):
        level = read_chance(cells["quantile"])
    else:
        level = read_number(read_text(cells.get("percentile")).removesuffix("%")) / 100
    if not 0 < level < 1:
        raise ValueError(f"a quantile's level lies between 0 and 1, not at {level:g}")
    return level


def read_value(cell: Any) -> float:
    """A number, or a date as days since 1970."""
    try:
        return read_number(cell)
    except ValueError:
        pass
    try:
        moment = read_moment(cell)
    except ValueError:
        raise ValueError(f"{read_text(cell)!r} is neither a number (up to {LARGEST:g}) nor a date") from None
    if np.isnan(moment):
        raise ValueError("no value")
    return moment / DAY


def read_terms(cells: Cells, scales: Scales, *, with_outcome: bool) -> Terms:
    """What one row says of its question."""
    question = read_text(cells.get("question"))
    if not question:
        raise ValueError("no question named")
    kind = fold(read_text(cells.get("kind")))
    options = cells.get("options")
    return Terms(
        question=question,
        kind=next((own for own, names in load_toml("forecast_columns.toml")["kinds"].items() if kind in names), ""),
        options=tuple(map(read_text, options)) if isinstance(options, list) else split_options(read_text(options)),
        ordered=kind.startswith("ordered") or read_outcome(read_text(cells.get("ordered"))) == "yes",
        is_date=kind == "date",
        opens=scales.read_moment(cells, "opens"),
        closes=scales.read_moment(cells, "closes", end_of_day=True),
        # "resolved" may say when, or only whether.
        resolved=np.nan if is_flag(cells.get("resolved")) else scales.read_moment(cells, "resolved", end_of_day=True),
        outcome=read_text(cells.get("outcome")) if with_outcome else "",
    )


def is_flag(cell: Any) -> bool:
    """Whether a cell says yes or no."""
    return read_outcome(read_text(cell)) in ("yes", "no")


def split_options(words: str) -> tuple[str, ...]:
    """The options of "June; July; later", or of a list in brackets as JSON and Python write it."""
    if words.startswith("["):
        import ast

        try:
            listed = ast.literal_eval(words)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            raise ValueError(f"{words!r} is no list of options") from None
        return tuple(read_text(option) for option in listed)
    mark = next((mark for mark in (";", "|") if mark in words), ",")
    return tuple(filter(None, (option.strip() for option in words.split(mark))))
