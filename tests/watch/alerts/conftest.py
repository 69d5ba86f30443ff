"""Reports of a mine that fell in, for rules to be told of."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from sayso.extract import read_report
from sayso.ids import digest_report
from sayso.ledger import Ledger, open_ledger
from sayso.record import Report


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    """An empty ledger in memory."""
    with open_ledger(":memory:") as opened:
        yield opened


@pytest.fixture
def add(ledger: Ledger) -> Callable[..., Report]:
    """Adds a report of a day of May 2031."""

    def add_report(id: str, text: str, day: int = 1, **facts: Any) -> Report:
        moment = datetime(2031, 5, day, 9, tzinfo=UTC)
        given = {"title": "Miners missing after shaft falls in at Oruro", "outlet": f"The {id}", **facts}
        report = Report(id=id, text=text, published=moment, published_exact=True, **given)
        report = replace(report, digest=digest_report(report))
        ledger.add_reading(read_report(report), extractor="test")
        return report

    return add_report
