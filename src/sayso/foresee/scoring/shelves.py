"""Forecasts gathered into books, a question each: checked, put into arrays, with how the question ended."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace

import numpy as np

from sayso.foresee.forecast_files.cells import fold, read_number, read_outcome
from sayso.foresee.forecast_files.layouts import read_value
from sayso.foresee.forecast_files.rows import refuse
from sayso.foresee.scoring.books import YES_NO, Book, Entry, Floats, NumberBook, Shelf, Terms
from sayso.record import Problem

ROUNDING = 0.005
"""What rounding to two digits may take from or add to one probability; so much an option, at least 0.01 in all, may a
row's sum stray from 1."""
ENDS = ("unresolved", "void", "ambiguous", "broken")
"""Why a question is not scored; broken: what the files say of it cannot be."""


class UnfitError(Exception):
    """Forecasts or outcomes that cannot be: what is wrong, in words for the user."""


def fill_shelf(entries: Sequence[Entry], terms: Sequence[Terms]) -> tuple[Shelf, list[Problem]]:
    """The books of all questions that have forecasts and an end, in the order of their names, and what was wrong.

    A forecast made after its question closed, or whose probabilities cannot be, is named and left out; a question
    whose outcome contradicts itself is named and not scored.
    """
    problems: list[Problem] = []
    asked, clashes = merge_terms(terms)
    by_question: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_question[entry.question].append(entry)
    names = {name: n for n, name in enumerate(sorted({entry.forecaster for entry in entries}, key=sort_naturally))}
    books: list[Book] = []
    numbers: list[NumberBook] = []
    skipped = dict.fromkeys(ENDS, 0)
    for question in sorted(by_question, key=sort_naturally):
        known = asked.get(question, Terms(question=question))
        made = list(drop_late(by_question[question], known, problems))
        try:
            if question in clashes:
                raise UnfitError(clashes[question])
            book = bind_book(made, known, names, problems)
        except UnfitError as error:
            problems.append(refuse(made[0].place if made else question, f"question {question}: {error}"))
            skipped["broken"] += 1
            continue
        if isinstance(book, str):
            skipped[book] += 1
        elif isinstance(book, NumberBook):
            numbers.append(book)
        elif book is not None:
            books.append(book)
    return Shelf(forecasters=tuple(names), books=tuple(books), numbers=tuple(numbers), skipped=skipped), problems


def keep_busy(shelf: Shelf, fewest: int) -> Shelf:
    """The books that have at least so many forecasts: an aggregate of one or two is hardly one."""
    books = tuple(book for book in shelf.books if len(book.forecasters) >= fewest)
    return replace(shelf, books=books, numbers=tuple(one for one in shelf.numbers if len(one.forecasters) >= fewest))


def sort_naturally(name: str) -> tuple[tuple[bool, float, str], ...]:
    """A key by which "2" comes before "10"."""
    parts = re.split(r"(\d{1,15})", name)
    return tuple((part.isdecimal(), float(part) if part.isdecimal() else 0.0, part) for part in parts)


def merge_terms(terms: Sequence[Terms]) -> tuple[dict[str, Terms], dict[str, str]]:
    """What is known of each question, from all that says something of it; and where two outcomes clash."""
    merged: dict[str, Terms] = {}
    clashes: dict[str, str] = {}
    empty = {field.name: field.default for field in fields(Terms)}
    for one in terms:
        known = merged.get(one.question)
        if known is None:
            merged[one.question] = one
            continue
        if one.outcome and known.outcome and fold(one.outcome) != fold(known.outcome):
            clashes[one.question] = f"its outcome is {known.outcome!r} and {one.outcome!r}"
        gaps = {name: getattr(one, name) for name in empty if is_gap(getattr(known, name))}
        merged[one.question] = replace(known, **gaps)
    return merged, clashes


def is_gap(value: object) -> bool:
    """Whether a question's term is not known."""
    return value in ("", (), False) or (isinstance(value, float) and np.isnan(value))


def drop_late(entries: Sequence[Entry], known: Terms, problems: list[Problem]) -> Iterator[Entry]:
    """The forecasts made while the question was open and not yet resolved; those made later are named."""
    for entry in entries:
        if entry.time > known.closes:
            problems.append(refuse(entry.place, f"made after question {entry.question} closed; left out"))
        elif entry.time > known.resolved:
            problems.append(refuse(entry.place, f"made after question {entry.question} was resolved; left out"))
        else:
            yield entry


def bind_book(
    entries: Sequence[Entry], known: Terms, names: dict[str, int], problems: list[Problem]
) -> Book | NumberBook | str | None:
    """The book of one question, why it is not scored (one of `ENDS`), or None where no forecast is left. Raises
    `UnfitError`."""
    if not entries:
        return None
    said = {fold(entry.outcome): entry.outcome for entry in entries}
    said.setdefault(fold(known.outcome), known.outcome)
    meanings = {read_outcome(words) for words in said.values()}
    for end in ("void", "ambiguous"):
        if end in meanings:
            return end
    if meanings == {"unresolved"}:
        return "unresolved"
    if entries[0].level is not None:
        return bind_number(entries, known, names, problems)
    options, outcome = find_outcome(entries, known)
    rows = list(group_rows(entries, options, problems))
    if not rows:
        return None
    rows.sort(key=lambda row: (np.isnan(row[0].time), row[0].time))
    is_yes_no = known.kind == "yes-no" or tuple(map(fold, options)) == YES_NO
    return Book(
        question=known.question,
        kind="yes-no" if is_yes_no else "choice",
        options=options,
        ordered=known.ordered,
        forecasters=np.array([names[first.forecaster] for first, _ in rows], dtype=np.int64),
        times=np.array([first.time for first, _ in rows]),
        chances=np.array([chances for _, chances in rows]),
        outcome=outcome,
        opens=known.opens,
        closes=known.closes,
        resolved=known.resolved,
    )


def find_outcome(entries: Sequence[Entry], known: Terms) -> tuple[tuple[str, ...], int]:
    """The options of a question in their order, and the index of the one that came true. Raises `UnfitError`."""
    told = sorted({entry.option for entry in entries}, key=sort_naturally)
    said = {(entry.option, entry.outcome) for entry in entries if read_outcome(entry.outcome) != "unresolved"}
    if read_outcome(known.outcome) != "unresolved":
        said |= {(option, known.outcome) for option in told}
    if len(told) == 1 and len(known.options) < 2:
        return YES_NO, int(is_true(told[0], {words for _, words in said}))
    if "" in told:
        raise UnfitError("some of its forecasts name an option and some do not")
    options = known.options if len(known.options) > 1 else tuple(told)
    if stray := [option for option in told if option not in options]:
        raise UnfitError(f"{', '.join(stray)}: none of its options {', '.join(options)}")
    folded = [fold(option) for option in options]
    words = {fold(word) for _, word in said}
    if len(words) == 1 and (word := words.pop()) in folded:
        return options, folded.index(word)
    meant = {(option, read_outcome(word)) for option, word in said}
    true = {option for option, meaning in meant if meaning == "yes"}
    if len(true) == 1 and all(meaning in ("yes", "no") for _, meaning in meant) and meant.isdisjoint({(*true, "no")}):
        return options, options.index(true.pop())
    if not true and all(meaning in ("yes", "no") for _, meaning in meant):
        raise UnfitError("none of its options came true, or it is not among the forecasts")
    raise UnfitError(f"its outcome {', '.join(sorted({repr(word) for _, word in said}))} names no single option")


def is_true(option: str, said: set[str]) -> bool:
    """Whether the one thing asked came true. Raises `UnfitError`."""
    meanings = set()
    for words in said:
        meaning = read_outcome(words)
        if option and fold(words) == fold(option):
            meanings.add(True)
        elif meaning in ("yes", "no"):
            meanings.add(meaning == "yes")
        elif option:  # Another option, which the forecasts do not ask for.
            meanings.add(False)
        else:
            raise UnfitError(f"its outcome {words!r} is neither 0 nor 1")
    if len(meanings) != 1:
        raise UnfitError(f"its outcome is {' and '.join(sorted(map(repr, said)))}")
    return meanings.pop()


def group_rows(
    entries: Sequence[Entry], options: tuple[str, ...], problems: list[Problem]
) -> Iterator[tuple[Entry, Floats]]:
    """Each forecast with its probabilities in the order of the options. The lines of one forecast are those of one
    forecaster and time; a second one at the same time is a forecast of its own."""
    if len(options) == 2 and len({entry.option for entry in entries}) == 1:
        # One of two options is asked for: the other has the rest.
        column = max(0, options.index(entries[0].option)) if entries[0].option in options else 1
        for entry in entries:
            chances = np.full(2, 1 - entry.chance)
            chances[column] = entry.chance
            yield entry, chances
        return
    columns = {option: n for n, option in enumerate(options)}
    groups: dict[tuple[str, float | str, int], dict[int, Entry]] = {}
    turns: dict[tuple[str, float | str, str], int] = defaultdict(int)
    for entry in entries:
        time = "" if np.isnan(entry.time) else entry.time
        turn = turns[entry.forecaster, time, entry.option]
        turns[entry.forecaster, time, entry.option] += 1
        groups.setdefault((entry.forecaster, time, turn), {})[columns[entry.option]] = entry
    for group in groups.values():
        first = min(group.values(), key=lambda entry: columns[entry.option])
        chances = np.full(len(options), np.nan)
        for column, entry in group.items():
            chances[column] = entry.chance
        total, missing = float(np.nansum(chances)), np.isnan(chances)
        stray = max(0.01, ROUNDING * len(options)) + 1e-9
        if missing.sum() == 1 and total <= 1 + stray:
            chances[missing] = max(0.0, 1 - total)  # The one option that is not named has the rest.
        elif abs(total - 1) > stray:
            problems.append(refuse(first.place, f"probabilities of {first.forecaster} sum to {total:g}, not to 1"))
            continue
        chances = np.nan_to_num(chances)
        yield first, chances / chances.sum()


def bind_number(
    entries: Sequence[Entry], known: Terms, names: dict[str, int], problems: list[Problem]
) -> NumberBook | None:
    """The book of a number. Its levels are those that every forecast gives. Raises `UnfitError`."""
    said = {words for words in (known.outcome, *(e.outcome for e in entries)) if read_outcome(words) != "unresolved"}
    try:
        outcomes = {read_number(words) if is_number(words) else read_value(words) for words in said}
    except ValueError as error:
        raise UnfitError(f"its outcome: {error}") from None
    if len(outcomes) > 1:
        raise UnfitError(f"its outcome is {' and '.join(sorted(said))}")
    groups: dict[tuple[str, float | str], dict[float, Entry]] = defaultdict(dict)
    for entry in entries:
        groups[entry.forecaster, "" if np.isnan(entry.time) else entry.time][entry.level or 0.0] = entry
    rows = []
    for group in groups.values():
        levels = sorted(group)
        values = [group[level].chance for level in levels]
        if values != sorted(values):
            first = group[levels[0]]
            problems.append(refuse(first.place, f"quantiles of {first.forecaster} fall as their levels rise"))
        else:
            rows.append((group[levels[0]], dict(zip(levels, values, strict=True))))
    if not rows:
        return None
    shared = sorted(set.intersection(*(set(values) for _, values in rows)))
    if not shared:
        raise UnfitError("its forecasts have no level of quantiles in common")
    rows.sort(key=lambda row: (np.isnan(row[0].time), row[0].time))
    return NumberBook(
        question=known.question,
        levels=np.array(shared),
        forecasters=np.array([names[first.forecaster] for first, _ in rows], dtype=np.int64),
        times=np.array([first.time for first, _ in rows]),
        quantiles=np.array([[values[level] for level in shared] for _, values in rows]),
        outcome=outcomes.pop(),
        is_date=known.is_date,
        opens=known.opens,
        closes=known.closes,
        resolved=known.resolved,
    )


def is_number(words: str) -> bool:
    """Whether a cell holds a number rather than a date."""
    try:
        read_number(words)
    except ValueError:
        return False
    return True
