"""What the columns of a file of forecasts mean: by their names, and where names do not say, by what stands in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sayso.foresee.forecast_files.cells import (
    read_chance,
    read_moment,
    read_number,
    read_outcome,
    read_text,
    strip_percent,
)
from sayso.foresee.forecast_files.rows import Cells
from sayso.tables import load_toml

SAMPLE = 500
"""Rows that are looked at to see what a column holds."""
SURER = ("resolution", "resolved to", "came true", "correct")
"""Names of an outcome that mean nothing else: "outcome" may also be what was betted on, and "answer" what was asked."""
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
PERCENT_HEAD = re.compile(r"%|\bper ?cent\b|\bpct\b|\b0 ?(?:to|–|\.\.)? ?100\b")
SHARE_HEAD = re.compile(r"\b0(?:\.0)? ?(?:to|–|\.\.)? ?1(?:\.0)?\b")

Rows = Sequence[tuple[int, Cells]]


@cache
def column_names() -> dict[str, tuple[str, ...]]:
    """By sayso's own name of a column, all names under which it comes."""
    known = load_toml("forecast_columns.toml")
    return {name: tuple(words) for name, words in known.items() if isinstance(words, list)}


def strip_head(head: str) -> str:
    """A column's folded name without its unit, brackets and marks: "chance (%)" is "chance"."""
    bare = PERCENT_HEAD.sub(" ", BRACKETS.sub(" ", head))
    return " ".join(re.sub(r"\bin\s*$", "", bare.strip(" ?:.#*")).split()).strip(" ?:.#*")


def match_columns(columns: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """By sayso's own name of a column, the one in the file; and those of the file that mean nothing here."""
    there = list(columns)
    bare = {strip_head(name): name for name in reversed(there)} | {name: name for name in there}
    matched: dict[str, str] = {}
    for own, names in column_names().items():
        for name in sorted(names, key=lambda name: name not in SURER) if own == "outcome" else names:
            if name in bare and bare[name] and bare[name] not in matched.values():
                matched[own] = bare[name]
                break
    # Where the outcome has a column of its own, "answer" is the option that was asked for.
    if "answer" in bare and "option" not in matched and matched.get("outcome") not in (None, bare["answer"]):
        matched["option"] = bare["answer"]
    return matched, [name for name in there if name and name not in matched.values()]


def says_nothing(name: str) -> bool:
    """Whether a column's name says nothing of questions or people; "question title" does, also beside a column
    "question id"."""
    known = column_names()
    return not {name, strip_head(name)} & {*known["question"], *known["forecaster"]}


def guess_columns(matched: dict[str, str], unknown: Sequence[str], rows: Rows) -> dict[str, str]:
    """What columns hold whose names say nothing, where only one thing can be meant: a probability, how questions ended,
    who forecast, and what. "Resolved" may be when, whether or how: words for yes and no in it are how, where nothing
    else says that."""
    cells = {name: [row.get(name) for _, row in rows[:SAMPLE]] for name in unknown}
    cells = {name: told for name, told in cells.items() if any(map(read_text, told))}
    found: dict[str, str] = {}
    if "outcome" not in matched and (head := matched.get("resolved")) and holds_outcomes(head, rows_of(rows, head)):
        matched = {own: name for own, name in matched.items() if own != "resolved"} | {"outcome": head}
        found["outcome"] = head
    for own, holds in (("probability", holds_chances), ("outcome", holds_outcomes)):
        fitting = [name for name, told in cells.items() if name not in found.values() and holds(name, told)]
        if own not in matched and "value" not in matched and len(fitting) == 1:
            found[own] = fitting[0]
    texts = [name for name, told in cells.items() if name not in found.values() and holds_words(told)]
    missing = [own for own in ("question", "forecaster") if own not in matched]
    if len(texts) == 1 and len(missing) == 2:
        missing = ["question"]  # One person's own sheet.
    if len(texts) == len(missing) == 2:
        # How a question ended hangs on the question, not on who was asked; and questions are the longer words.
        ends = rows_of(rows, (matched | found).get("outcome"))
        texts.sort(key=lambda name: (not decides(cells[name], ends), -count_words(cells[name])))
    if len(texts) == len(missing):
        found |= dict(zip(missing, texts, strict=True))
    return found


def rows_of(rows: Rows, name: str | None) -> list[Any]:
    """The first cells of a column."""
    return [row.get(name) if name else None for _, row in rows[:SAMPLE]]


def holds_chances(head: str, cells: Sequence[Any]) -> bool:
    """Whether a column holds probabilities: numbers up to 1 or 100, some of which say so by their sign, their head or
    a fraction."""
    told = [cell for cell in cells if read_text(cell)]
    try:
        chances = [read_chance(cell, percent=not is_share(cell)) for cell in told]
    except ValueError:
        return False
    signed = any(strip_percent(cell) is not None for cell in told)
    return bool(chances) and (
        signed or is_percent_head(head) or any(is_share(c) and 0 < read_number(c) < 1 for c in told)
    )


def holds_numbers(cells: Sequence[Any]) -> bool:
    """Whether a column holds numbers only, none too large or small for a probability, in per cent or not."""
    told = [cell for cell in cells if read_text(cell)]
    try:
        return bool(told) and all(read_chance(cell, percent=not is_share(cell)) >= 0 for cell in told)
    except ValueError:
        return False


def is_share(cell: Any) -> bool:
    """Whether a cell is a plain number from 0 to 1."""
    try:
        return 0 <= read_number(cell) <= 1
    except ValueError:
        return False


def holds_outcomes(_: str, cells: Sequence[Any]) -> bool:
    """Whether a column says how questions ended, in words."""
    told = [words for words in map(read_text, cells) if words]
    meanings = {read_outcome(words) for words in told}
    return "" not in meanings and bool(meanings & {"yes", "no"}) and not all(map(str.isdigit, told))


def holds_words(cells: Sequence[Any]) -> bool:
    """Whether a column holds words rather than numbers, days or how something ended."""
    told = [words for words in map(read_text, cells) if words]
    return len(told) == len(cells) and not all(map(is_bare, told)) and not holds_outcomes("", cells)


def is_bare(words: str) -> bool:
    """Whether words are a number or a moment."""
    for read in (read_chance, read_number, read_moment):
        try:
            read(words)
        except ValueError:
            continue
        return True
    return False


def decides(cells: Sequence[Any], ends: Sequence[Any]) -> bool:
    """Whether the same words always go with the same end."""
    ended: dict[str, set[str]] = defaultdict(set)
    for cell, end in zip(cells, ends, strict=True):
        ended[read_text(cell)].add(read_text(end))
    return all(len(seen) == 1 for seen in ended.values())


def count_words(cells: Sequence[Any]) -> float:
    """How many words a cell has on the mean."""
    return sum(len(read_text(cell).split()) for cell in cells) / max(1, len(cells))


def is_percent_head(head: str) -> bool:
    """Whether a column's folded name says that it is in per cent."""
    return PERCENT_HEAD.search(head) is not None


def is_share_head(head: str) -> bool:
    """Whether a column's folded name says that it goes from 0 to 1."""
    return not is_percent_head(head) and SHARE_HEAD.search(head) is not None
