"""The JSON forms of the nouns: the machine-readable face that scorers, tests and other programs read.

Field names are those of `sayso.record`. `None` stays null, spans are pairs, datetimes ISO 8601.
"""

from __future__ import annotations

from typing import Any

import msgspec

from sayso.record import Reading


def to_json(value: Any) -> Any:
    """A noun as plain lists, dicts, strings and numbers."""
    return msgspec.to_builtins(value)


def dump_json(value: Any) -> str:
    """One line of JSON, UTF-8 characters as they are."""
    return msgspec.json.encode(value).decode("utf8")


def row_of_reading(reading: Reading) -> dict[str, Any]:
    """The row that `sayso read --format jsonl` prints: the report's fields, then what was found in it."""
    report = to_json(reading.report)
    if reading.report.published and not reading.report.published_exact:
        report["published"] = reading.report.published.date().isoformat()
    found = to_json(reading)
    del found["report"]
    for claim in found["claims"]:
        del claim["vector"]
        claim["answers"] = [trim_answer(answer) for answer in claim["answers"]]
    return {**report, **found}


ENDS = {"figure": ("low", "high"), "date": ("earliest", "latest")}
"""Fields of an answer that stand in its row even where they are open, by its kind."""


def trim_answer(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without the fields that its kind does not have, and without its vector, which is for matching alone."""
    kept = ENDS.get(answer["kind"], ())
    # A start of 0 is no False, though it equals it.
    return {n: v for n, v in answer.items() if n in kept or (n != "vector" and v not in (None, "") and v is not False)}
