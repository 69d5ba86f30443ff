"""Searching all that is kept: by words, in parts by story, outlet, language and month, and by what claims mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from sayso.errors import Error
from sayso.harms import clean_text
from sayso.ledger import Search, parse_search
from sayso.record import Claim, Reading, Report, Story
from sayso.serve.desk.desks import Desk
from sayso.serve.desk.readings import map_stories
from sayso.serve.desk.viewpoints import Viewpoint
from sayso.tell.checked import name_article
from sayso.tell.citations import cite_claim
from sayso.tell.phrases import shorten
from sayso.weigh.details import common_words, stem

PER_PAGE = 20
MOST_FOUND = 1_000
"""Reports of a search that are counted and shown, those that fit best."""
MOST_CHOICES = 12
"""Choices of a part that are offered, the most frequent."""
SNIPPET = 260
"""Code points of a report that show its words."""
MOST_READ = 120
"""Reports whose claims are compared with what is asked by meaning: that takes a twentieth of a second."""
MOST_MEANT = 4
LEAST_LIKE = 0.45
"""Likeness below which a claim is not shown: of a dozen questions on 300 reports, what lay below was about another
matter."""
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a search is narrowed to: a story's id, an outlet, a language, a month ("2024-03"); "" for all."""

    story: str = ""
    outlet: str = ""
    language: str = ""
    month: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that was found: its title and a passage, each in pieces with whether they are words that were asked."""

    report: Report
    story: Story | None
    title: tuple[tuple[str, bool], ...]
    passage: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a part can be narrowed to: its value, its name, and how many reports have it."""

    value: str
    name: str
    reports: int


@dataclass(frozen=True, slots=True)
class Meant:
    """A claim that means what is asked, with how like it is (1: the same)."""

    claim: str
    words: str
    path: str
    digest: str
    published: datetime | None
    likeness: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: how many reports, those of one page, and for each part what it can be narrowed to. `capped`
    is whether there are more that fit less well. `meant` are claims of the same meaning, of `compared` reports."""

    asked: str
    total: int
    capped: bool
    page: int
    pages: int
    hits: tuple[Hit, ...]
    choices: dict[str, tuple[Choice, ...]]
    meant: tuple[Meant, ...]
    compared: int


def find_hits(desk: Desk, asked: str, at: Viewpoint, within: Narrowing | None = None, page: int = 1) -> Found:
    """The reports that have some words, the best first, a page of them. Raises `Error` where the words are no search,
    in one line."""
    within = within or Narrowing()
    try:
        search = parse_search(asked)
    except ValueError as error:
        raise Error(str(error)) from None
    digests = desk.ledger.search(search, at.as_of, most=MOST_FOUND + 1)
    kept = {report.digest: report for report in desk.ledger.reports(digests[:MOST_FOUND])}
    stories = map_stories(desk, at.as_of)
    every = [(kept[digest], stories.get(digest)) for digest in digests[:MOST_FOUND] if digest in kept]
    shown = [one for one in every if is_within(one, within)]
    pages = max(1, -(-len(shown) // PER_PAGE))
    page = min(max(page, 1), pages)
    stems = {stem(word) for phrase in search.required for word in WORD.findall(phrase)}
    on_page = shown[(page - 1) * PER_PAGE : page * PER_PAGE]
    meant, compared = find_meant(desk, search, at, within) if page == 1 else ((), 0)
    return Found(
        asked=clean_text(asked),
        total=len(shown),
        capped=len(digests) > MOST_FOUND,
        page=page,
        pages=pages,
        hits=tuple(show_hit(report, story, stems) for report, story in on_page),
        choices={name: list_choices(every, within, name) for name in PARTS},
        meant=meant,
        compared=compared,
    )


PARTS: dict[str, Callable[[Report, Story | None], tuple[str, str]]] = {
    "story": lambda _, story: (story.id, clean_text(story.name)) if story else ("", ""),
    "outlet": lambda report, _: (report.outlet, clean_text(report.outlet)),
    "language": lambda report, _: (report.language, clean_text(report.language)),
    "month": lambda report, _: (name_month(report.published), name_month(report.published)),
}
"""The value and the name of a report in each part that a search can be narrowed by."""


def name_month(moment: datetime | None) -> str:
    """The month of a moment in UTC, "2024-03"."""
    return f"{moment.astimezone(UTC):%Y-%m}" if moment else ""


def fits(one: tuple[Report, Story | None], name: str, wanted: str) -> bool:
    """Whether a report is of what a part is narrowed to."""
    return not wanted or PARTS[name](*one)[0] == wanted


def is_within(one: tuple[Report, Story | None], within: Narrowing) -> bool:
    """Whether a report is of all that a search is narrowed to."""
    return all(fits(one, name, getattr(within, name)) for name in PARTS)


def list_choices(every: Sequence[tuple[Report, Story | None]], within: Narrowing, name: str) -> tuple[Choice, ...]:
    """What a part can be narrowed to, of the reports that fit all other parts."""
    others = [one for one in every if all(fits(one, part, getattr(within, part)) for part in PARTS if part != name)]
    counted = Counter(PARTS[name](*one) for one in others)
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    chosen = [item for item in ranked[:MOST_CHOICES] if item[0][0]]
    chosen += [item for item in ranked[MOST_CHOICES:] if item[0][0] == getattr(within, name) != ""]
    if name == "month":
        chosen.sort()
    return tuple(Choice(value, called, n) for (value, called), n in chosen)


def show_hit(report: Report, story: Story | None, stems: set[str]) -> Hit:
    """A report that was found, with the passage that has most of the words."""
    title = name_article(report)
    start, end = choose_passage(report.text, stems)
    words = (
        ("… " if start else "") + " ".join(report.text[start:end].split()) + (" …" if end < len(report.text) else "")
    )
    return Hit(report, story, tuple(split_words(title, stems)), tuple(split_words(words, stems)))


def choose_passage(text: str, stems: set[str]) -> tuple[int, int]:
    """The span of a text, about `SNIPPET` long, that has most different words of a search, the first of these."""
    places = [(match.start(), stem(match.group())) for match in WORD.finditer(text[:200_000])]
    places = [(start, word) for start, word in places if word in stems]
    if not places:
        return 0, cut_at_space(text, SNIPPET)
    best, most = places[0][0], 0
    for n, (start, _) in enumerate(places[:500]):
        within = {word for other, word in places[n : n + 40] if other < start + SNIPPET - 60}
        if len(within) > most:
            best, most = start, len(within)
    first = text.find(" ", best - 60, best) + 1 if best > 60 else 0
    return first, cut_at_space(text, first + SNIPPET)


def cut_at_space(text: str, end: int) -> int:
    """The last space before a place, or the place itself where there is none near."""
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", end - 40, end)
    return space if space > 0 else end


def split_words(words: str, stems: set[str]) -> list[tuple[str, bool]]:
    """Words in pieces, each with whether it is one of a search's."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for match in WORD.finditer(words):
        if stem(match.group()) in stems:
            pieces += [(clean_text(words[at : match.start()]), False), (clean_text(match.group()), True)]
            at = match.end()
    pieces.append((clean_text(words[at:]), False))
    return [piece for piece in pieces if piece[0]]


def find_meant(desk: Desk, search: Search, at: Viewpoint, within: Narrowing) -> tuple[tuple[Meant, ...], int]:
    """The claims that are most like what is asked in meaning, and of how many reports: of those that have any of the
    words and, where a search is narrowed to a story, of the story's. A whole ledger is not gone through."""
    either = [word for phrase in search.required for word in WORD.findall(phrase)]
    either = [word for word in either if word.lower() not in common_words()] or either
    digests = desk.ledger.search(Search(either=tuple(either), excluded=search.excluded), at.as_of, most=MOST_READ)
    if within.story:
        of_story = [d for story, some in desk.shelves(at.as_of) if story.id == within.story for d in some]
        digests = [*dict.fromkeys([*(d for d in digests if d in set(of_story)), *of_story])][:MOST_READ]
    stories = map_stories(desk, at.as_of)
    readings = [
        reading
        for reading in desk.ledger.readings(at.as_of, only=digests)
        if is_within((reading.report, stories.get(reading.report.digest)), within)
    ]
    claims = [(reading, claim) for reading in readings for claim in reading.claims if claim.vector]
    if not claims:
        return (), len(readings)
    wanted = read_meaning(" ".join(search.required))
    rows = np.stack([np.frombuffer(claim.vector, np.int8).astype(np.float32) for _, claim in claims])
    likeness = rows @ wanted / (np.linalg.norm(rows, axis=1) * np.linalg.norm(wanted) + 1e-9)
    return tuple(choose_meant(claims, likeness)), len(readings)


def read_meaning(words: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """What some words mean, as a vector that those of claims can be compared with."""
    from sayso.extract.meanings.vectors import add_up, average
    from sayso.extract.networks import load_network
    from sayso.extract.parsers import parse_text

    parse = parse_text(words)
    whole = average(add_up(parse.contexts), np.array([[0, len(parse.tokens)]], np.int64))
    row: np.ndarray[tuple[int], np.dtype[np.float32]] = load_network().layers.project(whole, "match.claim")[0]
    return row


def choose_meant(claims: Sequence[tuple[Reading, Claim]], likeness: Iterable[float]) -> Iterable[Meant]:
    """The likest claims, each of its words once."""
    seen: set[str] = set()
    for like, n in sorted(((float(like), n) for n, like in enumerate(likeness)), reverse=True):
        reading, claim = claims[n]
        words = clean_text(" ".join(claim.text.split()))
        if like < LEAST_LIKE or len(seen) == MOST_MEANT:
            return
        if words.casefold() not in seen:
            seen.add(words.casefold())
            path = cite_claim(reading, claim, 0, "").path
            yield Meant(claim.id, shorten(words, 300), path, reading.report.digest, reading.report.published, like)
