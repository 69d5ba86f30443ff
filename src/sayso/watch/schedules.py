"""When to ask again: how often a feed changes is learned, failures are waited out, and articles that are known are
asked for often at first and then seldom.

Moments are seconds since 1970 by the machine's clock, which may be set back: what would then wait longer than anything
ever waits is due.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

Random = Callable[[], float]
"""A number from 0 up to 1."""
FOUND, IDLE = 0.6, 1.25
"""What the interval of a feed is multiplied by when it had something new, and when not: it comes to rest where about
three askings in ten find something."""
JITTER = 0.1
"""The share by which moments are moved at random, so that feeds do not all come due at once."""
LONGEST_S = 86_400
"""The longest wait after failures, and that a server may ask for: a day."""
AGES_S = (1800, 3600, 7200, 14_400, 28_800, 86_400, 259_200, 604_800)
"""The waits between the askings for an article: half an hour and then ever longer, the last after a week; then never
again."""
TRIES_S = (60, 300, 1800, 7200)
"""The waits between tries to fetch an article that was never had."""
FARTHEST_S = 8 * 86_400.0
"""Farther ahead than any wait leads."""


def learn_interval(interval: float, new: int, least: float, most: float) -> float:
    """The interval of a feed after an asking that found so many new entries, within its bounds."""
    return min(most, max(least, interval * (FOUND if new else IDLE)))


def spread(seconds: float, random: Random) -> float:
    """A wait moved a little at random."""
    return seconds * (1 + JITTER * (2 * random() - 1))


def back_off(interval: float, failures: int, random: Random) -> float:
    """The wait after so many failures in a row: doubled with each, up to a day, of which at random a half is left off
    (exponential back-off with jitter)."""
    return min(float(LONGEST_S), interval * 2.0 ** min(failures, 20)) * (0.5 + random() / 2)


def wait_for_age(rung: int, random: Random) -> float | None:
    """How long until an article is asked for again that was asked for so many times; None for never."""
    return spread(AGES_S[rung], random) if rung < len(AGES_S) else None


def is_due(at: float, now: float) -> bool:
    """Whether a moment has come, or lies farther ahead than any wait: then the clock went back."""
    return at <= now or at > now + FARTHEST_S


def read_retry_after(words: str, now: float) -> float:
    """The seconds that a server asks to be left alone (RFC 9110, Retry-After: seconds or a date), at most a day; 0
    where it does not say."""
    words = words.strip()
    if words.isascii() and words.isdigit():
        return min(float(LONGEST_S), float(words[:9]))
    try:
        moment = parsedate_to_datetime(words)
    except (TypeError, ValueError, OverflowError, IndexError):
        return 0.0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(float(LONGEST_S), max(0.0, (moment - datetime.fromtimestamp(now, UTC)).total_seconds()))
