"""What a time expression is reckoned from: the moment of publication, the dates mentioned before it, and the way
that the verbs around it point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

from sayso.extract.times.grammar import Hit
from sayso.extract.times.periods import GRAINS, Period, day_of
from sayso.extract.times.words import BREAK, Words, load_words

DAY = GRAINS.index("day")
"""The fineness of a day."""
NEAR = 200
"""Code points before an expression within which a day belongs to the same passage."""
REACH = 30
"""Tokens that the search for a verb goes to either side."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day without its day: hours from midnight, its TIMEX3 value after the "T", its zone where it names one.

    `loose` is true of parts of the day that are times only beside a date ("night"), `twelve` of hours that may be of
    the morning or of the evening.
    """

    value: str
    first: timedelta
    last: timedelta
    zone: tzinfo | None = None
    loose: bool = False
    twelve: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression as its reader understood it, in the report's local time.

    `period` is what later expressions may refer to ("the next day"); `clock` a time of day that still lacks its day;
    `counted` the undertaking that a day or week is counted from, how many on, and which of the two units. `about` is
    true of days that may be off by one, `rivals` are the days that a date may be where nothing tells which.
    """

    start: int
    end: int
    type: str
    value: str
    earliest: datetime | None = None
    latest: datetime | None = None
    period: Period | None = None
    clock: Clock | None = None
    zone: tzinfo | None = None
    counted: tuple[str, int, str] | None = None
    about: bool = False
    rivals: tuple[Period, ...] = ()


@dataclass(slots=True)
class Anchor:
    """The state of reading one text.

    `now` is naive local time in `zone`. `day_first` is how the text's written-out dates begin, `numbers_day_first` how
    its dates in numbers do; None where nothing tells. `mentions` holds the last date found of each fineness and where
    it stands; those in the pluperfect ("on Monday he had said") are asides, since they do not move the story on.
    """

    words: Words
    now: datetime | None
    zone: tzinfo = UTC
    exact: bool = False
    day_first: bool | None = None
    tag_at: Callable[[int], str | None] | None = None
    numbers_day_first: bool | None = None
    mentions: dict[int, tuple[int, Period]] = field(default_factory=dict)
    asides: dict[int, tuple[int, Period]] = field(default_factory=dict)

    @property
    def today(self) -> Period | None:
        """The day of publication, where it is known."""
        return day_of(self.now) if self.now else None

    @property
    def until_now(self) -> datetime | None:
        """The end of what a report can tell of: its publication, or the end of that day if only the day is known."""
        if self.now is None:
            return None
        return self.now if self.exact else day_of(self.now).end

    def last_mention(self, fineness: int = 0) -> Period | None:
        """The last date mentioned that is at least as fine as a grain."""
        for mentions in (self.mentions, self.asides):
            fine = [mention for grain, mention in mentions.items() if grain >= fineness]
            if fine:
                return max(fine, key=lambda mention: mention[0])[1]
        return None

    def mentioned_moment(self, grain: str) -> datetime | None:
        """The start of the last date mentioned that is fine enough to reckon with."""
        mention = self.last_mention(min(GRAINS.index(grain), DAY) if grain in GRAINS else DAY)
        return mention.start if mention else None

    def mention_near(self, hit: Hit) -> Period | None:
        """The last day mentioned shortly before a hit."""
        start, period = self.mentions.get(DAY, (-NEAR, None))
        return period if hit.start - start < NEAR else None

    @property
    def has_mentions(self) -> bool:
        """Whether any date has been mentioned."""
        return bool(self.mentions or self.asides)

    def tag(self, hit: Hit) -> str | None:
        """The Penn tag of the first word of a hit, where the grammar is known."""
        return self.tag_at(hit.start) if self.tag_at else None

    def mention(self, hit: Hit, found: Found) -> None:
        """Keep a time for later expressions to refer to."""
        if found.period is None:
            return
        nearby = [self.words.word(i) for i in range(hit.last + 1, hit.last + 5)]
        nearby += [self.words.word(i) for i in range(hit.first - 4, hit.first)]
        mentions = self.asides if "had" in nearby else self.mentions
        mentions[found.period.fineness] = (found.start, found.period)

    def lean(self, hit: Hit) -> int:
        """Where the verb of the clause points: -1 to the past, 1 to the future, 0 where it does not tell."""
        return lean_of_words(self.words, hit.first, hit.last)


def is_sentence_end(words: Words, i: int) -> bool:
    """Whether a sentence ends at token `i`: a line end, or a full stop that is no abbreviation's."""
    if words.shape[i] == BREAK:
        return True
    mark = words.written(i)
    if mark in ("!", "?", ";"):
        return True
    if mark != ".":
        return False
    following = words.written(i + 1)
    return len(words.written(i - 1)) > 3 and (not following or not following[0].islower())


def lean_of_words(words: Words, first: int, last: int) -> int:
    """The lean of the nearest telling word: to the left within the sentence, then to the right. What was put off is
    ahead: "was adjourned until Monday"."""
    until = words.word(first - 1) in ("to", "until", "till")
    for i in range(first - 1, max(-1, first - REACH), -1):
        if is_sentence_end(words, i):
            break
        if until and words.word(i) in load_words("putting_off"):
            return 1
        lean = lean_of_word(words, i)
        if lean:
            return lean
    for i in range(last + 1, min(len(words), last + REACH)):
        if is_sentence_end(words, i):
            break
        lean = lean_of_word(words, i)
        if lean:
            return lean
    return 1 if words.word(first - 1) in ("by", "until", "till") else 0


def lean_of_word(words: Words, i: int) -> int:
    """The lean of one word: 1 for "will" or "due", -1 for "was" or "arrived", else 0. "Will be released" is ahead, and
    "the expedited delivery" says nothing."""
    ahead, behind = load_words("ahead"), load_words("behind")
    word = words.word(i)
    if (word in ahead and words.written(i) != "May") or (word == "won" and words.word(i + 2) == "t"):
        return 1
    if word in behind or (len(word) > 4 and word.endswith("ed") and words.written(i)[0].islower()):
        helpers = [words.word(k) for k in range(i - 1, max(-1, i - 5), -1) if words.written(k) != "May"]
        if helpers[:1] == ["have"] and helpers[1:2] in (["must"], ["may"], ["might"], ["should"]):
            return -1  # "It must have happened".
        if any(helper in ahead for helper in helpers) or ("be" in helpers[:2] and "to" in helpers[:4]):
            return 1
        return 0 if word.endswith("ed") and helpers[:1] and helpers[0] in load_words("determiners") else -1
    return 0
