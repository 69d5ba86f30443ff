"""Score sayso's figures: on Recognizers-Text's numbers and units, and on the values of the example story's gold key.

Conventions of Recognizers-Text that are mapped: its units are spelt out and ours are canonical symbols in which values
are told, so that both are converted; of a range it lists the upper end; our spans take in bounding words ("about"). A
number's span must be its own to the letter. A sentence passes where all its numbers or quantities are found, and no
more: money, shares and temperatures are kinds of their own there and are passed over.

A value of the gold key counts as found where a figure or time that overlaps its words in the reading of the report it
names, or that of a claim which does, has its low and its high (to one in a thousand): as said or, where the key gives
what "half of the 11,000" comes to, as reckoned. Days are found as lengths of time, or as the date so long before
publication; dates as intervals in the report's zone, and a rough date ("~") as an interval that it lies in. Dates known
only as a bound ("../2024-11-04") stand in no words and are left out.
"""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from recognizers import Spec, count_seconds

from sayso.extract.figures.masks import mask_text
from sayso.extract.figures.numbers import scan_numbers
from sayso.extract.figures.passages import scan_quantities
from sayso.extract.figures.quantities import Quantity
from sayso.extract.figures.units import Unit, find_unit_after, load_units

OTHER_KINDS = frozenset({"share", "percentage point", "°C", "times"})
"""Units that have a specification of their own, apart from dimensions."""
SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}
"""First months of the seasons as EDTF numbers them: spring is 21."""
Interval = tuple[datetime, datetime]


def fail_numbers(specs: Iterable[Spec]) -> list[Spec]:
    """The sentences whose numbers are not read as the specification says."""
    return [spec for spec in specs if not reads_numbers(spec)]


def reads_numbers(spec: Spec) -> bool:
    """Whether the numbers of a sentence are read, with their very span, and no others."""
    text = spec["Input"]
    numbers = [n for n in scan_numbers(text) if not (n.digits and text[n.end : n.end + 1].isalpha())]
    ours = [(number.text.lower().strip(), number.value) for number in numbers]
    theirs = [(result["Text"].lower(), float(result["Resolution"]["value"])) for result in spec["Results"]]
    return len(ours) == len(theirs) and all(
        one[0] == other[0] and is_close(one[1], other[1]) for one, other in zip(ours, theirs, strict=True)
    )


def fail_dimensions(specs: Iterable[Spec]) -> list[Spec]:
    """The sentences whose quantities are not read as the specification says."""
    return [spec for spec in specs if not reads_dimensions(spec)]


def reads_dimensions(spec: Spec) -> bool:
    """Whether the quantities with units of a sentence are read, and no others."""
    text = spec["Input"]
    found = [q for q in scan_quantities(mask_text(text)) if q.unit and not q.unit.money]
    ours = [quantity for quantity in found if quantity.unit and quantity.unit.symbol not in OTHER_KINDS]
    return len(ours) == len(spec["Results"]) and all(map(is_quantity, ours, spec["Results"]))


def is_quantity(quantity: Quantity, result: Spec) -> bool:
    """Whether a quantity has the value and the unit of a result."""
    unit, value = find_unit(result["Resolution"]["unit"].lower()), result["Resolution"].get("value")
    ours = quantity.high if quantity.high is not None else quantity.low
    if unit is None or quantity.unit is None or ours is None or value in (None, "null"):
        return False
    same_unit = quantity.unit.symbol == unit.symbol
    return same_unit and is_close(quantity.unit.convert(ours), unit.convert(float(value)))


def find_unit(name: str) -> Unit | None:
    """The unit of a name as the specification spells it."""
    words, symbols = load_units()
    speed = find_unit_after(name, 0)
    return words.get(name) or words.get(name + "s") or symbols.get(name) or (speed[0] if speed else None)


def is_close(one: float | None, other: float | None, tolerance: float = 1e-6) -> bool:
    """Whether two values are the same, both absent included."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= tolerance * max(1.0, abs(other))


def list_gold(story: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The values of the story's gold key that have a figure or a date, each with its point's unit."""
    gold = json.loads((story / "gold.json").read_text(encoding="utf8"))
    for point in gold["points"]:
        for value in point["values"]:
            worth = value["value"]
            is_date = isinstance(worth, str) and not worth.startswith("..")
            is_figure = isinstance(worth, dict) and (worth.get("low") is not None or worth.get("high") is not None)
            if (point["kind"] == "figure" and is_figure) or (point["kind"] == "date" and is_date):
                yield point["unit"], value


def is_found(unit: str, value: dict[str, Any], reading: dict[str, Any]) -> bool:
    """Whether a reading has a figure or time with a gold value's low and high where its words stand."""
    start = reading["text"].index(value["text"])
    end = start + len(value["text"])
    worth = value["value"]
    published = datetime.fromisoformat(reading["published"])

    def near(kind: str) -> list[dict[str, Any]]:
        told = [claim[kind[:-1]] for claim in reading["claims"] if claim["start"] < end and start < claim["end"]]
        return [each for each in reading[kind] if each["start"] < end and start < each["end"]] + list(
            filter(None, told)
        )

    if isinstance(worth, str):
        wanted = read_edtf(worth.rstrip("~"))
        found = [read_interval(time, published) for time in near("times")]
        if wanted and worth.endswith("~"):
            return any(each and each[0] <= wanted[0] and wanted[1] <= each[1] for each in found)
        return wanted is not None and wanted in found
    figures = near("figures")
    figures += [figure["reckoned"] for figure in figures if figure["reckoned"]]
    if any(is_close(f["low"], worth["low"], 1e-3) and is_close(f["high"], worth["high"], 1e-3) for f in figures):
        return True
    low, high = worth["low"], worth["high"]
    lengths = [count_seconds(time["value"]) / 86400 for time in near("times") if time["type"] == "DURATION"]
    if unit != "days" or low is None or low != high:
        return False
    day = published.replace(tzinfo=None) - timedelta(days=low)
    dates = [read_interval(time, published) for time in near("times") if time["type"] == "DATE"]
    return any(is_close(length, low) for length in lengths) or any(d and d[0] <= day < d[1] for d in dates)


def read_interval(time: dict[str, Any], published: datetime) -> Interval | None:
    """The interval of a time as a reading prints it, in the local time of its publication."""
    if time["earliest"] is None or time["latest"] is None:
        return None
    ends = [datetime.fromisoformat(time[key]).astimezone(published.tzinfo) for key in ("earliest", "latest")]
    return ends[0].replace(tzinfo=None), ends[1].replace(tzinfo=None)


def read_edtf(words: str) -> Interval | None:
    """The interval of a day, a month or a season as EDTF writes them, or of two with a slash between."""
    if "/" in words:
        first, last = map(read_edtf, words.split("/"))
        return (first[0], last[1]) if first and last else None
    match = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?", words)
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2]), int(match[3] or 0)
    if day:
        start = datetime(year, month, day)
        return start, start + timedelta(days=1)
    begin = SEASONS.get(month, month)
    close = begin + 2 if month in SEASONS else begin
    end_year, end_month = year + (close - 1) // 12, (close - 1) % 12 + 1
    end = datetime(end_year, end_month, monthrange(end_year, end_month)[1]) + timedelta(days=1)
    return datetime(year, begin, 1), end
