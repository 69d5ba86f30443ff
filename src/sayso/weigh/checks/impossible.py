"""What cannot be, whatever others say: none of it needs a ledger."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.record import Flag
from sayso.weigh.checks.calendars import find_bad_days, find_future_pasts
from sayso.weigh.checks.matters import Matter
from sayso.weigh.checks.sums import find_bad_sums
from sayso.weigh.checks.totals import find_falling_totals


def find_impossible(matter: Matter) -> Iterator[Flag]:
    """Everything impossible in an article: by the calendar, by arithmetic, by what totals do."""
    yield from find_bad_days(matter)
    yield from find_future_pasts(matter)
    yield from find_bad_sums(matter)
    yield from find_falling_totals(matter)
