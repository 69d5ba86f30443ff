"""How a watch is: its feeds as rows, and as metrics in the text format of Prometheus (0.0.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sayso.watch.states import FeedState, States

COLUMNS = ("feed", "asked", "found", "next", "every", "reports", "failures", "error")
"""What a table of feeds shows."""
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
ARTICLES = ("wanted", "kept", "gone")
METRICS = (
    ("sayso_feed_asked_timestamp_seconds", "gauge", "When the feed was asked last.", "asked"),
    ("sayso_feed_found_timestamp_seconds", "gauge", "When the feed last had something new.", "found"),
    ("sayso_feed_next_timestamp_seconds", "gauge", "When the feed is to be asked next.", "next"),
    ("sayso_feed_interval_seconds", "gauge", "How often the feed is asked, as learned from how often it changes.",
     "interval"),
    ("sayso_feed_failures", "gauge", "Times in a row that the feed could not be had.", "failures"),
    ("sayso_feed_reports_total", "counter", "Reports that were kept of the feed.", "kept"),
)  # fmt: skip
"""Each metric of a feed: its name, type, meaning, and the field that it is."""
ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


def list_rows(feeds: Iterable[FeedState]) -> list[dict[str, Any]]:
    """The feeds of the list that was watched last, as rows: moments in UTC (None for never), `every` in seconds."""
    return [
        {
            "feed": state.name,
            "kind": state.kind,
            "place": state.place,
            "asked": tell_moment(state.asked),
            "found": tell_moment(state.found),
            "next": tell_moment(state.next),
            "every": round(state.interval),
            "reports": state.kept,
            "failures": state.failures,
            "error": state.error,
        }
        for state in feeds
        if state.listed
    ]


def tell_moment(seconds: float) -> str | None:
    """A moment as ISO 8601 in UTC; None for never."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}" if seconds else None


def tell_span(seconds: float) -> str:
    """A span of time in its largest unit: 45 s, 15 min, 3 h, 2 d."""
    for size, unit in ((86_400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds / size:.2g} {unit}"
    return f"{seconds:.0f} s"


def tell_metrics(states: States) -> str:
    """What is known of feeds and articles, as Prometheus reads it."""
    feeds = [state for state in states.feeds() if state.listed]
    counts = states.count_articles()
    lines = [line for metric in METRICS for line in tell_metric(metric, feeds)]
    lines += ["# HELP sayso_watch_articles Articles that feeds led to.", "# TYPE sayso_watch_articles gauge"]
    lines += [f'sayso_watch_articles{{state="{state}"}} {counts.get(state, 0)}' for state in ARTICLES]
    return "\n".join(lines) + "\n"


def tell_metric(metric: tuple[str, str, str, str], feeds: Sequence[FeedState]) -> Iterator[str]:
    """The lines of one metric."""
    name, kind, meaning, field = metric
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} {kind}"
    for state in feeds:
        yield f'{name}{{feed="{state.name.translate(ESCAPES)}"}} {getattr(state, field)}'
