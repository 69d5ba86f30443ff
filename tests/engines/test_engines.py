"""Every engine gives the same readings in the same order, and passes everything else on in its place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sayso.engines import Given, Item, choose_engine
from sayso.engines.clusters import BATCH_BYTES, BATCH_CHARACTERS, BATCH_REPORTS, split_batches
from sayso.read.reports import Facts, make_report
from sayso.record import Problem, Raw, Reading, Remark, Report


def write_reports(count: int) -> list[Report]:
    text = "Some {0} dockers of Lagos are on strike, their union said on Monday. The port denied it."
    return [make_report(text.format(n + 3), Facts(id=f"r{n}", outlet="The Quay")) for n in range(count)]


def mix(reports: list[Report]) -> list[Given]:
    """Reports with other things between them."""
    items: list[Given] = [Problem(step="first", message="none")]
    for n, report in enumerate(reports):
        items += [Raw(sha256=str(n), content=b"x", name="x"), report]
    return [*items, Remark(step="last", message="done")]


@pytest.mark.parametrize("name", ["pool", "inline"])
@pytest.mark.parametrize("count", [2, 30])
def test_readings_stand_where_the_reports_stood(name: str, count: int) -> None:
    items = mix(write_reports(count))
    found = list(choose_engine(name)(items, workers=2))
    assert len(found) == len(items)
    for given, item in zip(items, found, strict=True):
        if isinstance(given, Report):
            assert isinstance(item, Reading) and item.report == given and item.claims
        else:
            assert item is given


def test_no_engine_reads_far_ahead() -> None:
    taken = 0

    def give() -> Iterator[Given]:
        nonlocal taken
        for report in write_reports(3) * 400:
            taken += 1
            yield report

    reading: Iterator[Item] = choose_engine("inline")(give())
    next(reading)
    assert taken == 1


def test_a_batch_is_bounded_by_reports_text_and_bytes_and_nothing_is_lost() -> None:
    short, long = write_reports(40), [make_report("word " * 30_000, Facts(id=f"l{n}")) for n in range(3)]
    heavy: list[Given] = [Raw(sha256=str(n), content=bytes(BATCH_BYTES // 2), name="x") for n in range(5)]
    items: list[Given] = [*short, *long, *heavy]
    batches = list(split_batches(items))
    assert [item for batch in batches for item in batch] == items
    for batch in batches:
        assert sum(isinstance(item, Report) for item in batch) <= BATCH_REPORTS
        assert sum(len(r.text) for r in batch[:-1] if isinstance(r, Report)) < BATCH_CHARACTERS
        assert sum(len(r.content) for r in batch if isinstance(r, Raw)) <= BATCH_BYTES
