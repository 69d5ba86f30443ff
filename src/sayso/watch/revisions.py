"""What an outlet changed in its article from one reading of an address to the next: a figure, a source, a date, a
headline, how sure it sounds; and whether it says that it corrected.

A sentence that stands in both versions word for word tells nothing. Of the rest, those that are about the same are
paired, and of each pair what they hold is compared. What only was added is news and no revision.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from sayso.read.page_notes import says_corrected
from sayso.record import Attribution, Claim, Figure, Reading, Report, Span, Time
from sayso.weigh.checks.versions import cut_sentences
from sayso.weigh.details import find_details
from sayso.weigh.facts import CORRECTION
from sayso.weigh.wordings import compare_stems, stems_of

T = TypeVar("T")
RevisionKind = Literal["headline", "figure", "source", "date", "hedge", "polarity"]
SAME_SENTENCE = 0.5
"""The least likeness of the content words of two sentences, each counting the same, of which one is the other's later
form. Sentences of one article on other matters share a name or two of five."""
MOST_SENTENCES = 300
"""Changed sentences of a version that are compared; matching takes time with the square of their number."""
OPEN = 0.5
"""What is left of certainty where a statement is asked, supposed or told as what may be."""
FIRM = 0.1
"""By how much the middle of the band of certainty moves before a statement counts as hedged otherwise."""
NOTED = 2
"""Words of matter that a note of a correction and a revision share at least for the note to be of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One thing that an article tells otherwise than it did.

    `kind` is headline, figure, source (to whom the words are given), date, hedge (how sure they are) or polarity
    (affirmed or not). `was` and `now` are both wordings, `now` "" for what was taken out; `span_before` and
    `span_after` where they stand in the texts, None for a headline and for what is not there. `claim_before` and
    `claim_after` are the claims that hold them, None where there is none. `noted` are the words by which the outlet
    says that it corrected, "" for a quiet change.
    """

    kind: RevisionKind
    was: str
    now: str
    claim_before: Claim | None = None
    claim_after: Claim | None = None
    noted: str = ""
    span_before: Span | None = None
    span_after: Span | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a reading, and what was found in it."""

    reading: Reading
    span: Span

    @property
    def words(self) -> str:
        """The sentence as printed, in one line."""
        return " ".join(self.reading.report.text[slice(*self.span)].split())

    def matter(self) -> str:
        """The sentence without the words of who says it."""
        text, (start, end) = self.reading.report.text, self.span
        for a, b in sorted((s for t in self.attributions() for s in (*t.source, *t.cue)), reverse=True):
            if start <= a < b <= end:
                text, end = text[:a] + text[b:], end - (b - a)
        return text[start:end]

    def holds(self, start: int, end: int) -> bool:
        """Whether a span begins in it."""
        return self.span[0] <= start < self.span[1] and start < end

    def figures(self) -> list[Figure]:
        """The figures in it."""
        return [f for f in self.reading.figures if self.holds(f.start, f.end)]

    def times(self) -> list[Time]:
        """The dates in it that have an anchor."""
        return [t for t in self.reading.times if self.holds(t.start, t.end) and t.earliest is not None]

    def attributions(self) -> list[Attribution]:
        """The attributions whose words of who says it stand in it."""
        return [a for a in self.reading.attributions if a.source and self.holds(*a.source[0])]

    def claims(self) -> list[Claim]:
        """The claims that begin in it."""
        return [c for c in self.reading.claims if self.holds(c.start, c.end)]

    def claim_at(self, span: Span | None) -> Claim | None:
        """The claim that holds a span, else the first that begins in the sentence; None where none does."""
        claims = self.claims()
        inside = (c for c in claims if span and c.start <= span[0] and span[1] <= c.end)
        return next(inside, claims[0] if claims else None)


def find_revisions(before: Reading, after: Reading) -> tuple[Revision, ...]:
    """What the later reading of an address tells otherwise than the earlier, in the order of the later text, a headline
    first."""
    found: list[tuple[Revision, frozenset[str]]] = []
    if revision := compare_headlines(before.report, after.report):
        found.append((revision, find_details(f"{revision.was} {revision.now}")))
    for old, new in pair_passages(before, after):
        about = find_details(f"{old.words} {new.words}")
        found += [(revision, about) for revision in compare_passages(old, new)]
    return mark_noted(found, list_notes(before.report, after.report))


def compare_headlines(before: Report, after: Report) -> Revision | None:
    """The change of a headline; None where only its capitals, its marks or the outlet's name beside it changed."""
    was, now = (fold(report.title, report.outlet) for report in (before, after))
    return Revision(kind="headline", was=before.title, now=after.title) if was and now and was != now else None


def fold(title: str, outlet: str) -> str:
    """A headline without what makes no other of it: capitals, punctuation, its outlet's name at an end."""
    plain, name = (
        " ".join("".join(c if c.isalnum() else " " for c in unicodedata.normalize("NFKC", words).casefold()).split())
        for words in (title, outlet)
    )
    return plain.removesuffix(f" {name}").removeprefix(f"{name} ") if name else plain


def pair_passages(before: Reading, after: Reading) -> list[tuple[Passage, Passage]]:
    """The sentences of an earlier version that are not in the later one, each with the later one's that is most like it
    and new, in the order of the later."""
    old, new = list_changed(before, after), list_changed(after, before)
    one, other = ([stems_of(passage.matter()) for passage in some] for some in (old, new))
    pairs = ((i, j) for i in range(len(old)) for j in range(len(new)))
    rated = [(-like, abs(i - j), i, j) for i, j in pairs if (like := rate_stems(one[i], other[j])) >= SAME_SENTENCE]
    paired: dict[int, int] = {}
    for _, _, i, j in sorted(rated):
        if i not in paired.values() and j not in paired:
            paired[j] = i
    return [(old[i], new[j]) for j, i in sorted(paired.items())]


def list_changed(mine: Reading, theirs: Reading) -> list[Passage]:
    """The sentences of a reading that the other has not, word for word, as often; without notes of corrections, which
    tell of what was printed before."""
    left = Counter(Passage(theirs, span).words for span in cut_sentences(theirs.report.text))
    found: list[Passage] = []
    for span in cut_sentences(mine.report.text):
        passage = Passage(mine, span)
        if left[passage.words] > 0:
            left[passage.words] -= 1
        elif len(found) < MOST_SENTENCES and not is_note(passage.words):
            found.append(passage)
    return found


def compare_passages(old: Passage, new: Passage) -> Iterator[Revision]:
    """What one sentence tells otherwise than its earlier form."""
    yield from compare_figures(old, new)
    yield from compare_times(old, new)
    yield from compare_sources(old, new)
    yield from compare_hedges(old, new)


def compare_figures(old: Passage, new: Passage) -> Iterator[Revision]:
    """The figures of a sentence that are others now, or gone."""
    was, now = drop_same(old.figures(), new.figures(), lambda f: (f.low, f.high, f.unit, f.bound))
    for figure in was:
        alike = [f for f in now if f.unit == figure.unit]
        fitting = [f for f in alike if f.state == figure.state] or alike
        later = fitting[0] if fitting else None
        if later is not None:
            now.remove(later)
        yield revise("figure", old, new, (figure.start, figure.end), (later.start, later.end) if later else None)


def compare_times(old: Passage, new: Passage) -> Iterator[Revision]:
    """The dates of a sentence that are others now, or gone. What is said in the same words ("yesterday") is no other
    date because the article was dated anew."""
    was, now = drop_same(old.times(), new.times(), lambda t: (t.earliest, t.latest))
    was, now = drop_same(was, now, lambda t: t.text.casefold())
    for time in was:
        fitting = [t for t in now if t.type == time.type] or now
        later = fitting[0] if fitting else None
        if later is not None:
            now.remove(later)
        yield revise("date", old, new, (time.start, time.end), (later.start, later.end) if later else None)


def drop_same(was: Sequence[T], now: Sequence[T], key: Callable[[T], object]) -> tuple[list[T], list[T]]:
    """Two lists without what is in both by a key, each as often."""
    shared = Counter(map(key, was)) & Counter(map(key, now))
    left = []
    for some in (was, now):
        spare = shared.copy()
        left.append([each for each in some if not take(spare, key(each))])
    return left[0], left[1]


def take(spare: Counter[object], key: object) -> bool:
    """Take one of a kind off a count, where there is one."""
    if spare[key] <= 0:
        return False
    spare[key] -= 1
    return True


def compare_sources(old: Passage, new: Passage) -> Iterator[Revision]:
    """To whom the words of a sentence are given, where that is somebody else now, or nobody."""
    was, now = old.attributions(), new.attributions()
    gone = [a for a in was if not any(same_source(a, b) for b in now)]
    came = [b for b in now if not any(same_source(a, b) for a in was)]
    # With more sources than before, one of whom was there, the sentence tells more; it takes nothing back.
    if gone or (came and not was and old.claims()):
        before, after = (some[0].source[0] if some else None for some in (gone, came))
        yield revise("source", old, new, before, after)


def same_source(a: Attribution, b: Attribution) -> bool:
    """Whether two attributions name one source: the words of one name, without those of grammar, are all in the
    other's ("the coast guard", "Greek Coast Guard")."""
    one, other = name_source(a), name_source(b)
    return bool(one and other) and (one <= other or other <= one)


def name_source(attribution: Attribution) -> frozenset[str]:
    """The details of a source's name and of the outlets that it was taken from; all its words where it is named by
    words of reporting alone ("sources")."""
    speaker = attribution.speaker
    words = " ".join((speaker.name if speaker else "", *attribution.via))
    return find_details(words) or frozenset(words.casefold().split())


def compare_hedges(old: Passage, new: Passage) -> Iterator[Revision]:
    """The statements of a sentence that sound surer now or less sure, or say the contrary."""
    left = new.claims()
    for claim in old.claims():
        stems = stems_of(claim.text)
        likes = [rate_stems(stems, stems_of(other.text)) for other in left]
        if max(likes, default=0.0) < SAME_SENTENCE:
            continue
        later = left[likes.index(max(likes))]
        left.remove(later)
        kind: RevisionKind = "hedge"
        if is_denied(claim) != is_denied(later):
            kind = "polarity"
        elif abs(rate_certainty(old.reading, claim) - rate_certainty(new.reading, later)) < FIRM:
            continue
        yield revise(kind, old, new, (claim.start, claim.end), (later.start, later.end))


def rate_stems(one: frozenset[str], other: frozenset[str]) -> float:
    """How near two bags of content words are, each word counting the same, from 0 to 1."""
    return compare_stems(one, other, dict.fromkeys(one | other, 1.0))


def is_denied(claim: Claim) -> bool:
    """Whether what a claim's words say is said not to be so."""
    return (claim.polarity == "negative") != (claim.stands == "denied")


def rate_certainty(reading: Reading, claim: Claim) -> float:
    """How sure a claim is made to sound, from 0 to 1: the middle of the band that its attribution's words give it; half
    of that where it is left open or told as what may be; what is planned is not."""
    low, high = reading.attributions[claim.attribution].certainty if claim.attribution is not None else (1.0, 1.0)
    supposed = claim.stands == "supposed" and claim.tense != "planned"
    unsure = supposed or claim.tense == "hypothetical" or claim.stands in ("asked", "open")
    return (low + high) / 2 * (OPEN if unsure else 1.0)


def revise(kind: RevisionKind, old: Passage, new: Passage, was: Span | None, now: Span | None) -> Revision:
    """A revision of one span into another, with the claims that hold them."""
    return Revision(
        kind=kind,
        was=words_at(old, was),
        now=words_at(new, now),
        claim_before=old.claim_at(was),
        claim_after=new.claim_at(now),
        span_before=was,
        span_after=now,
    )


def words_at(passage: Passage, span: Span | None) -> str:
    """The words of a span in one line, "" where there is none."""
    return " ".join(passage.reading.report.text[slice(*span)].split()) if span else ""


def list_notes(before: Report, after: Report) -> list[str]:
    """The sentences of the later version, not in the earlier one, by which its outlet says that it corrected."""
    known = {" ".join(before.text[slice(*span)].split()) for span in cut_sentences(before.text)}
    words = (" ".join(after.text[slice(*span)].split()) for span in cut_sentences(after.text))
    return [w for w in dict.fromkeys(words) if w not in known and is_note(w)]


def is_note(words: str) -> bool:
    """Whether a sentence is one by which an outlet says that it corrected."""
    return says_corrected(words) or CORRECTION.search(words) is not None


def mark_noted(found: Sequence[tuple[Revision, frozenset[str]]], notes: Sequence[str]) -> tuple[Revision, ...]:
    """Revisions with the note of a correction that is of them: one that shares words of matter with the sentence. A
    note that is of none of them by its words ("This article was amended.") may be of any."""
    details = {note: find_details(note) for note in notes}
    of = {note: {n for n, (_, about) in enumerate(found) if len(details[note] & about) >= NOTED} for note in notes}
    return tuple(
        replace(revision, noted=next((note for note in notes if n in of[note] or not of[note]), ""))
        for n, (revision, _) in enumerate(found)
    )
