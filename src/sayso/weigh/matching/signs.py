"""What two answers have in common and what sets them apart, as named signs: one number a pair and sign.

Signs say nothing of whether two values agree, only of whether they may answer one question. Units of one family are
compared: their columns are made once, and a sign is reckoned for many pairs at a time.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from sayso.weigh.details import stem
from sayso.weigh.matching.units import Unit
from sayso.weigh.topics import name_family
from sayso.weigh.wordings import stems_of

Floats = np.ndarray[Any, np.dtype[np.float32]]
Ints = np.ndarray[Any, np.dtype[np.int64]]

BUCKETS = 512
"""How many numbers a bag of stems is folded into (Weinberger et al. 2009, "Feature hashing")."""
BACKGROUND = 1000
"""Answers on other matters that a story is weighed against."""
NEAREST = 8
"""Answers of other reports whose mean nearness tells how crowded it is around one."""
NAME = re.compile(r"(?<=[\w,;:] )[A-Z][\w'’-]+")
"""A word with a capital that does not open a sentence."""
ROWS_AT_ONCE = 1024
DAY = 86_400.0
EQUAL = 1e-6
"""How far apart two likenesses are at most that count as one: of copies."""
WIDEST, LONGEST = 5.0, 7.0
"""Ends of the scales of ratios of figures and of days between dates, in logarithms."""
KINDS = ("person", "place", "cause", "manner", "state", "yes-no")


@dataclass(frozen=True, slots=True)
class Columns:
    """Some units of one family, a row each."""

    family: str
    vectors: Floats
    said: Floats
    claims: Floats
    sentences: Floats
    names: Floats
    words: Floats
    counted: Floats
    report: Ints
    sentence: Ints
    crowded: Floats
    published: Floats
    kind: Ints
    predicate: Ints
    role: Ints
    background: Ints
    unit: Ints
    state: Ints
    part: Ints
    low: Floats
    reckoned: Ints
    earliest: Floats
    latest: Floats
    negative: Ints
    countries: Ints
    happened: Floats

    def __len__(self) -> int:
        """The number of units."""
        return len(self.report)


def make_columns(units: Sequence[Unit]) -> Columns:
    """The columns of some units of one family: at least one."""
    answers, facts = [u.answer for u in units], [u.fact for u in units]
    figures = [f.claim.figure if u.family == "figure" else None for u, f in zip(units, facts, strict=True)]
    reports: dict[tuple[str, str], int] = {}
    report = [reports.setdefault((f.report.id, f.report.digest), len(reports)) for f in facts]
    vectors = stack_vectors([a.vector for a in answers])
    rows = np.array(report, np.int64)
    return Columns(
        family=units[0].family,
        vectors=vectors,
        said=stack_vectors([f.claim.vector for f in facts]),
        claims=fold(stems_of(f.claim.text) for f in facts),
        sentences=fold(f.own for f in facts),
        names=fold(frozenset(find_names(f.context)) for f in facts),
        words=fold(stems_of(u.words) for u in units),
        counted=fold(
            frozenset(stem(w) for w in (x.of if x else a.of).split()) for a, x in zip(answers, figures, strict=True)
        ),
        report=rows,
        sentence=number(f"{n} {f.context}" for n, f in zip(report, facts, strict=True)),
        crowded=measure_crowd(vectors, rows),
        published=moments(f.report.published for f in facts),
        kind=number((a.kind for a in answers), KINDS),
        predicate=number(a.predicate for a in answers),
        role=number(a.role for a in answers),
        background=number("x" if a.background else "" for a in answers),
        unit=number(x.unit if x else "" for x in figures) + 1,
        state=number(name_family(x.state) if x else "" for x in figures),
        part=number(a.part for a in answers),
        low=np.array([log_of(a.low if a.low is not None else a.high) for a in answers], np.float32),
        reckoned=np.array([a.reckoned for a in answers], np.int64),
        earliest=moments(a.earliest for a in answers),
        latest=moments(a.latest for a in answers),
        negative=np.array([f.claim.polarity == "negative" for f in facts], np.int64),
        countries=number(" ".join(sorted(k for k in f.subject.keys if k.startswith("@"))) for f in facts),
        happened=moments(f.when.earliest if f.when is not None else None for f in facts),
    )


def stack_vectors(vectors: Sequence[bytes]) -> Floats:
    """Vectors in 8 bits as rows of length 1; of one that is missing, a row like no other's."""
    width = max(map(len, vectors), default=0) or 1
    found = np.zeros((len(vectors), width), np.float32)
    for row, vector in zip(found, vectors, strict=True):
        if len(vector) == width:
            row[:] = np.frombuffer(vector, np.int8)
    return shorten_rows(found)


def find_names(text: str) -> Iterator[str]:
    """The words with a capital that open no sentence, in small letters."""
    return (m.group().lower() for m in NAME.finditer(text))


def shorten_rows(rows: Floats) -> Floats:
    """Rows made of length 1; one of nothing stays so."""
    size = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    rows /= np.where(size > 0, size, 1)[:, None]
    return rows


def fold(bags: Iterable[frozenset[str]]) -> Floats:
    """Bags of stems as rows of length 1 whose products are their cosines, near enough; rare stems weigh more."""
    bags = list(bags)
    counts = Counter(s for bag in bags for s in bag)
    found = np.zeros((len(bags), BUCKETS), np.float32)
    for row, bag in zip(found, bags, strict=True):
        for s in bag:
            bucket, sign = place_stem(s)
            row[bucket] += sign * math.log((len(bags) + BACKGROUND) / (counts[s] + 0.5))
    return shorten_rows(found)


@lru_cache(maxsize=200_000)
def place_stem(word: str) -> tuple[int, float]:
    """The number that a stem is folded into, and with which sign."""
    code = zlib.crc32(word.encode("utf8", "replace"))
    return code % BUCKETS, 1.0 if code & 0x80000000 else -1.0


def number(words: Iterable[str], known: Sequence[str] = ()) -> Ints:
    """Words as numbers, equal where they are; -1 for none."""
    places = {word: n for n, word in enumerate(known)}
    return np.array([places.setdefault(w, len(places)) if w else -1 for w in words], np.int64)


def moments(times: Iterable[Any]) -> Floats:
    """Moments in days; NaN where unknown."""
    return np.array([t.timestamp() / DAY if t is not None else math.nan for t in map(aware, times)], np.float64)


def aware(time: Any) -> Any:
    """A moment of which it is known where, so that it can be reckoned with."""
    from datetime import UTC

    return time.replace(tzinfo=UTC) if time is not None and time.tzinfo is None else time


def log_of(number: float | None) -> float:
    """The logarithm of a figure's size."""
    return math.nan if number is None else math.log1p(min(abs(number), 1e30))


def measure_crowd(vectors: Floats, report: Ints) -> Floats:
    """For each unit, how near the nearest of other reports are on average; 0 where there are none."""
    n = len(vectors)
    found = np.zeros(n, np.float32)
    others = n - np.bincount(report)[report]
    for at in range(0, n, ROWS_AT_ONCE):
        rows = slice(at, at + ROWS_AT_ONCE)
        near = vectors[rows] @ vectors.T
        near[report[rows, None] == report] = -np.inf
        most = min(NEAREST, n)
        near = np.partition(near, n - most, axis=1)[:, n - most :]
        near[np.isneginf(near)] = 0.0
        found[rows] = near.sum(axis=1) / np.clip(others[rows], 1, most)
    return found


Sign = Callable[[Columns, Ints, Ints], Any]
"""Reckons a sign for the pairs of rows `i` and `j` of some columns."""


def dot(name: str) -> Sign:
    """The cosine of a column."""

    def reckon(c: Columns, i: Ints, j: Ints) -> Any:
        rows = getattr(c, name)
        if len(i) < len(rows):
            return np.einsum("ij,ij->i", rows[i], rows[j])
        found = np.empty(len(i), np.float32)
        order = np.argsort(i, kind="stable")
        for at in range(0, len(rows), ROWS_AT_ONCE):  # Whole products are faster than single pairs.
            first, last = np.searchsorted(i, (at, at + ROWS_AT_ONCE), sorter=order)
            some = order[first:last]
            found[some] = (rows[at : at + ROWS_AT_ONCE] @ rows.T)[i[some] - at, j[some]]
        return found

    return reckon


def equal(name: str) -> Sign:
    """1 where two have the same, -1 where each has another, 0 where one has none."""

    def reckon(c: Columns, i: Ints, j: Ints) -> Any:
        x, y = getattr(c, name)[i], getattr(c, name)[j]
        return np.where((x < 0) | (y < 0), 0, np.where(x == y, 1, -1))

    return reckon


def one_of_two(name: str) -> Sign:
    """0 where neither has it, 1 where one has, 2 where both have."""

    def reckon(c: Columns, i: Ints, j: Ints) -> Any:
        values = getattr(c, name)
        return (values[i] > 0).astype(np.int64) + (values[j] > 0)

    return reckon


def between(name: str, most: float) -> Sign:
    """The logarithm of how far apart two moments are, in days; NaN where one is unknown."""

    def reckon(c: Columns, i: Ints, j: Ints) -> Any:
        values = getattr(c, name)
        return np.minimum(np.log1p(np.abs(values[i] - values[j])), most)

    return reckon


def crowd(c: Columns, i: Ints, j: Ints) -> Any:
    """How much nearer two are than each is to its nearest."""
    return dot("vectors")(c, i, j) - (c.crowded[i] + c.crowded[j]) / 2


def crowded(c: Columns, i: Ints, j: Ints) -> Any:
    """How near the nearest of both are."""
    return (c.crowded[i] + c.crowded[j]) / 2


def lead(c: Columns, i: Ints, j: Ints) -> Floats:
    """How much nearer the second of each pair is to the first than any other of its report is: a report that tells of
    both the dead and the hurt has one answer nearer to "how many died?" than the other. NaN within one report."""
    found = np.full(len(i), np.nan, np.float32)
    members = np.split(np.argsort(c.report, kind="stable"), np.cumsum(np.bincount(c.report))[:-1])
    where = np.empty(len(c), np.int64)
    for some in members:
        where[some] = np.arange(len(some))
    order = np.argsort(c.report[j], kind="stable")
    ends = np.searchsorted(c.report[j], np.arange(len(members) + 1), sorter=order)
    for report, some in enumerate(members):
        pairs = order[ends[report] : ends[report + 1]]
        pairs = pairs[c.report[i[pairs]] != report]
        if not len(pairs):
            continue
        rows, row = np.unique(i[pairs], return_inverse=True)
        near = c.vectors[rows] @ c.vectors[some].T
        best = near.max(axis=1)
        first = near >= best[:, None] - EQUAL
        second = np.where(first, -1.0, near).max(axis=1)
        mine = where[j[pairs]]
        found[pairs] = near[row, mine] - np.where(first[row, mine], second[row], best[row])
    return found


def mutual_lead(c: Columns, i: Ints, j: Ints) -> Any:
    """How much nearer two are than either is to any other of the other's report."""
    return np.minimum(lead(c, i, j), lead(c, j, i))


def same_report(c: Columns, i: Ints, j: Ints) -> Any:
    """1 within one report."""
    return (c.report[i] == c.report[j]).astype(np.int64)


def same_sentence(c: Columns, i: Ints, j: Ints) -> Any:
    """1 within one sentence of one report."""
    return (c.sentence[i] == c.sentence[j]).astype(np.int64)


def ratio(c: Columns, i: Ints, j: Ints) -> Any:
    """How many times one figure is the other, in logarithms; NaN where one has no number."""
    return np.minimum(np.abs(c.low[i] - c.low[j]), WIDEST)


def equal_size(c: Columns, i: Ints, j: Ints) -> Any:
    """The size of two equal figures in logarithms, which are less by chance the larger they are; -1 for others."""
    alike = np.abs(c.low[i] - c.low[j]) < 0.02
    return np.where(alike, np.minimum(c.low[i], 10.0), -1.0)


def same_part(c: Columns, i: Ints, j: Ints) -> Any:
    """1 where both count a whole, or parts in one way."""
    return (c.part[i] == c.part[j]).astype(np.int64)


def width(c: Columns, i: Ints, j: Ints) -> Any:
    """How far apart the lengths of two stretches of time are, in logarithms."""
    spans = np.log1p(np.nan_to_num(np.maximum(c.latest - c.earliest, 0.0), nan=0.0))
    return np.abs(spans[i] - spans[j])


def both_kinds(c: Columns, i: Ints, j: Ints) -> Any:
    """The kind of two answers in words of one kind; -1 for two kinds."""
    return np.where(c.kind[i] == c.kind[j], c.kind[i], -1)


COMMON: dict[str, Sign] = {
    "questions alike": dot("vectors"),
    "nearer than others": crowd,
    "others near": crowded,
    "nearest in their reports": mutual_lead,
    "claims alike": dot("said"),
    "claims in like words": dot("claims"),
    "sentences in like words": dot("sentences"),
    "names": dot("names"),
    "answers in like words": dot("words"),
    "one report": same_report,
    "one sentence": same_sentence,
    "days between reports": between("published", LONGEST),
    "days between what they tell of": between("happened", LONGEST),
    "countries": equal("countries"),
    "predicate": equal("predicate"),
    "role": equal("role"),
    "background": one_of_two("background"),
    "denials": one_of_two("negative"),
}
SIGNS: dict[str, dict[str, Sign]] = {
    "figure": COMMON
    | {
        "unit": equal("unit"),
        "state": equal("state"),
        "counted": dot("counted"),
        "part": same_part,
        "ratio": ratio,
        "equal figures": equal_size,
        "reckoned": one_of_two("reckoned"),
    },
    "date": COMMON | {"days between dates": between("earliest", LONGEST), "lengths": width},
    "words": COMMON | {"kind": both_kinds, "said of": dot("counted")},
}
"""The signs of each family, by name."""


ONE_NOUN = 0.5
"""How near the words for what two figures count must be for one noun."""


def are_two_counts(c: Columns, i: Ints, j: Ints) -> Any:
    """Which pairs are two numbers of one sentence for two things: of other nouns, or of those to whom another thing was
    done ("12 killed and 45 injured"). What one sentence counts apart is no answer to one question."""
    if c.family != "figure":
        return np.zeros(len(i), bool)
    nouns = np.einsum("ij,ij->i", c.counted[i], c.counted[j])
    named = (np.abs(c.counted[i]).sum(axis=1) > 0) & (np.abs(c.counted[j]).sum(axis=1) > 0)
    others = (equal("state")(c, i, j) < 0) | (named & (nouns < ONE_NOUN))
    return (c.sentence[i] == c.sentence[j]) & (np.abs(c.low[i] - c.low[j]) > 0) & others


def read_signs(columns: Columns, i: Ints, j: Ints) -> dict[str, Any]:
    """All signs of some pairs of rows."""
    return {name: sign(columns, i, j) for name, sign in SIGNS[columns.family].items()}
