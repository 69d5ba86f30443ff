"""Direct speech of a text in another language than English: quotation marks and dashes of dialogue, with whom they
quote.

Beside a quotation and a mark, the first small word is the cue whatever it is ("..., — відрубав речник"), since
writers vary it; elsewhere it must be a word of saying. A quotation that goes on after its speaker ("..., — сказав
він. — ...") is cut in two, whether the marks close in between or not.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.extract.languages.accordings import match_according
from sayso.extract.languages.clauses import (
    DASHES,
    Quotes,
    Said,
    find_cues,
    find_inversion,
    find_source,
    find_subject,
    is_somebody,
)
from sayso.extract.languages.vocabularies import Text
from sayso.record import Span, Stance

NEAR = 5
"""Words after a quotation among which its cue stands."""
BEFORE = 14
"""Words before a quotation among which its cue stands."""
SHORT = 2
"""Words of a quotation that may be a name in quotation marks."""
MARKS = "«»“”„\"'‘’ \u00a0\u202f"
INSIDE = re.compile(r"[,!?…]\s*[—–-]\s+(?=[^\W\d_])|,\s+(?=[^\W\d_])")
"""What parts the words quoted from who says them, within quotation marks."""
RESUMES = re.compile(r"[.,:]\s*[—–-]\s+|[.!?]\s+|,\s*[—–-]\s*")
DIALOGUE = re.compile(r"(?:^|\n)\s*[—–―-]\s*(?=\S)")


@dataclass(slots=True)
class Finder:
    """One pass over a text; `used` gathers the words that are cues of quotations."""

    text: Text
    quotes: Quotes
    used: set[int]

    def find(self) -> Iterator[Said]:
        """The direct attributions of the text."""
        previous: tuple[Span, Said] | None = None
        for start, end in self.quotes.spans:
            said = self.read_inside(start, end) or self.read_beside(start, end)
            if not said and previous and self.goes_on(previous[0], (start, end)):
                said = [Said(previous[1].source, previous[1].cue, (self.bare(start, end),), previous[1].stance)]
            if said:
                previous = ((start, end), said[0])
                yield from self.led_by(start, said[0])
            yield from said
        yield from self.read_dialogues()

    def led_by(self, start: int, said: Said) -> Iterator[Said]:
        """What its speaker says in other words before a quotation, in the same sentence: "Викупу не буде — це, за
        словами мера, «справа принципу»"."""
        end = self.word_at(start)
        first = self.sentence_of(end)[0]
        cue = self.word_at(said.cue[0])
        stop = min([end, *([cue] if first <= cue < end else [])])
        marks = [n for n in range(first, stop) if self.text.words[n].text in ",،—–"]
        other = stop - first > NEAR and marks and not any(self.text.words[n].text == ":" for n in range(first, end))
        if other and (said.source[0][0] >= start or said.source[0][0] > self.text.words[marks[-1]].start):
            span = self.span(first, marks[-1])
            if not any(s <= span[0] < e for s, e in self.quotes.spans):
                yield Said(said.source, said.cue, (span,), said.stance)

    def word_at(self, place: int) -> int:
        """The first word that begins at a place of the text or after it."""
        return bisect_left(self.text.words, place, key=lambda word: word.start)

    def sentence_of(self, at: int) -> Span:
        """The sentence that a word stands in."""
        n = bisect_right(self.text.sentences, at, key=lambda s: s[0]) - 1
        return self.text.sentences[max(n, 0)] if self.text.sentences else (0, 0)

    def bare(self, start: int, end: int) -> Span:
        """A passage without the marks and spaces at its ends."""
        words = self.text.text
        while start < end and words[start] in MARKS:
            start += 1
        while end > start and words[end - 1] in MARKS:
            end -= 1
        return start, end

    def goes_on(self, before: Span, span: Span) -> bool:
        """Whether a quotation goes on with the one before it, in its sentence."""
        first, end = self.sentence_of(self.word_at(before[0]))
        return first <= self.word_at(span[0]) < end and len(self.text.text[span[0] : span[1]].split()) > SHORT

    def read_beside(self, start: int, end: int) -> list[Said]:
        """A quotation with the words that say whose it is, after it or before it."""
        content = self.bare(start, end)
        if content[0] >= content[1]:
            return []
        count = len(self.text.text[content[0] : content[1]].split())
        if count <= SHORT and self.is_outlet(start):
            return []
        found = self.after(start, end, count) or self.before(start, count)
        if not found:
            return []
        source, cue, stance = found
        return [Said((source,), cue, (content,), stance)]

    def is_outlet(self, start: int) -> bool:
        """Whether quotation marks hold the name of an outlet or of a body, by the word before them."""
        at = self.word_at(start) - 1
        found = self.text.find("who", at) if at >= 0 else None
        return (found is not None and found.meaning in ("outlet", "organisation")) or (
            at >= 0 and self.text.words[at].forms[0] in ("ل", "لـ")
        )

    def after(self, start: int, end: int, count: int) -> tuple[Span, Span, Stance] | None:
        """Who says a quotation, by the words after it."""
        words, text = self.text.words, self.text
        at = self.word_at(end)
        marked = False
        while at < len(words) and (words[at].text in DASHES or words[at].text in ",،.!?…"):
            marked, at = True, at + 1
        marked = marked or text.text[start:end].rstrip(MARKS)[-1:] in ("!", "?", "…", ",")
        limit = self.limit(at)
        if at >= limit or (words[at].is_capital and count <= SHORT):
            return None
        if "\n" in text.text[end : words[at].start] or (words[at - 1].text in ".…" and words[at - 1].start >= end):
            return None
        according = match_according(text, at)
        if according and marked and (source := find_source(text, at + according, limit)):
            self.used.add(at)
            return source, self.span(at, at + according), "asserts"
        if text.has("grammar.as", at) and marked:
            at += 1
        if not marked and count <= SHORT + 1:
            return None  # A name in quotation marks and the verb that it is the subject of.
        for cue, stop, stance in find_cues(text, self.quotes, at, min(limit, at + NEAR)):
            gap = [n for n in range(at, cue) if not (text.has("grammar.aux", n) or text.has("grammar.light", n))]
            if not marked and gap:
                break
            source = self.source_of(stop, limit, cue, at, bool(gap))
            if source:
                self.used.add(cue)
                return source, self.span(cue, stop), stance
        count += SHORT * (text.text[start:end].rstrip(MARKS)[-1:] in ("!", "?"))  # No name ends so.
        verb = find_inversion(text, at, limit) if marked and count > SHORT else None
        if verb and (source := find_source(text, verb[1], limit)):
            self.used.update(range(at, verb[1]))
            return source, self.span(*verb), "asserts"
        dashed = words[at - 1].text in DASHES or text.vocabulary.language == "ar"
        plain = words[at].kind == "word" and not words[at].is_capital
        if marked and words[at - 1].text in DASHES and count > SHORT and is_somebody(text, at):
            source = find_source(text, at, limit)
            if source:
                return source, self.span(at - 1, at), "asserts"
        if marked and dashed and count > SHORT and plain and self.may_say(at):
            source = find_source(text, at + 1, limit)
            if source:
                self.used.add(at)
                return source, self.span(at, at + 1), "asserts"
        return None

    def may_say(self, at: int) -> bool:
        """Whether an unknown small word after a quotation may be a verb: no preposition, article or conjunction."""
        parts = ("prepositions", "articles", "and", "but", "that", "stop", "pronouns", "not", "as")
        return not any(self.text.has(f"grammar.{part}", at) for part in parts)

    def source_of(self, stop: int, limit: int, cue: int, at: int, gap: bool) -> Span | None:
        """Who speaks after a cue, or between the quotation and the cue."""
        if stop < limit and self.text.words[stop].text == ",":
            # "Lâche, les yeux rougis, le patron": who speaks stands after an aside.
            aside = range(stop + 1, min(limit, stop + NEAR + 3))
            comma = next((n for n in aside if self.text.words[n].text == ","), -1)
            stop = comma + 1 if comma > 0 else stop
        found = find_source(self.text, stop, limit)
        if gap and (subject := find_subject(self.text, at, cue)):
            return subject
        return found

    def before(self, start: int, count: int) -> tuple[Span, Span, Stance] | None:
        """Who says a quotation, by the words before it in its sentence."""
        text, words = self.text, self.text.words
        end = self.word_at(start)
        first = max(self.sentence_of(end)[0], end - BEFORE)
        if end and end == self.sentence_of(end)[0]:
            # A colon may end the sentence before the quotation.
            if words[end - 1].text != ":" or "\n" in text.text[words[end - 1].end : start]:
                return None
            first = max(self.sentence_of(end - 1)[0], end - BEFORE)
        colon = end > first and words[end - 1].text == ":"
        for at in range(end - 1, first - 1, -1):
            according = match_according(text, at)
            if according and at + according < end:
                source = find_source(text, at + according, end)
                if source:
                    self.used.add(at)
                    return source, self.span(at, at + according), "asserts"
        cues = list(find_cues(text, self.quotes, first, end))
        for cue, stop, stance in reversed(cues):
            between = words[stop:end]
            if any(w.text in ".!?;" for w in between):
                break
            capital = text.text[start:][:3].strip(MARKS)[:1].isupper()
            if not colon and (cue in self.used or (capital and count <= SHORT)):
                continue  # "Пише «Коммерсантъ»": who says it, and not what.
            if not colon and self.is_within(stop, end):
                continue  # A part of what is said stands in the marks: the clause is reported.
            if end - stop > (NEAR + 3 if colon or count > SHORT or not capital else SHORT):
                continue
            subject = find_subject(text, self.clause_start(first, cue), cue)
            source = subject or find_source(text, stop, end) or self.far(first, cue)
            if source:
                self.used.add(cue)
                return source, self.span(cue, stop), stance
        somebody = any(is_somebody(text, n) for n in range(self.clause_start(first, end - 1), end - 1))
        if (
            colon
            and (count > SHORT or somebody)
            and (subject := find_subject(text, self.clause_start(first, end - 1), end - 1))
        ):
            mark = words[end - 1]
            return subject, (mark.start, mark.end), "asserts"
        return None

    def is_within(self, first: int, end: int) -> bool:
        """Whether words between a cue and a quotation belong to what is said: a that, or a noun of their own."""
        parts = ("articles", "prepositions", "light", "aux", "and", "contracted")
        own = [n for n in range(first, end) if self.text.words[n].kind == "word"]
        own = [n for n in own if not any(self.text.has(f"grammar.{p}", n) for p in parts)]
        return any(self.text.has("grammar.that", n) for n in range(first, end)) or len(own) > 1

    def far(self, first: int, cue: int) -> Span | None:
        """The first words of a sentence as the subject of a cue after a clause set between."""
        stop = next((n for n in range(first, cue) if self.text.words[n].text in ",،"), first)
        return find_subject(self.text, first, stop)

    def clause_start(self, first: int, cue: int) -> int:
        """The word after the last mark before a cue."""
        marks = [n for n in range(first, cue) if self.text.words[n].text in ",;:—–،؛»”"]
        return marks[-1] + 1 if marks else first

    def limit(self, at: int) -> int:
        """The end of the clause that tells who speaks: at a quotation mark, a stop or the sentence's end."""
        end = self.sentence_of(at)[1] if at < len(self.text.words) else at
        for n in range(at, end):
            if self.text.words[n].text in ":;—–―.!?" and not (self.text.words[n].text == "." and n + 1 < end):
                return n
        return end

    def span(self, first: int, end: int) -> Span:
        """The span of some words."""
        return self.text.words[first].start, self.text.words[end - 1].end

    def read_inside(self, start: int, end: int) -> list[Said]:
        """A quotation whose speaker stands within its marks: «..., — сказала вона. — ...»."""
        text = self.text.text
        for mark in INSIDE.finditer(text, start, end):
            at = self.word_at(mark.end())
            dashed = any(c in mark.group() for c in "—–-")
            found = self.cue_here(at, dashed)
            if found is None:
                continue
            cue, stop, stance = found
            resumes = RESUMES.search(text, self.text.words[stop - 1].end, end)
            limit = self.word_at(resumes.start()) if resumes else self.word_at(end - 1)
            source = find_source(self.text, stop, limit)
            if source is None or (not dashed and source[1] > source[0] + 200):
                continue
            self.used.add(cue)
            parts = [self.bare(start, mark.start() + (mark.group()[0] in "!?…"))]
            if resumes:
                parts.append(self.bare(resumes.end(), end))
            return [Said((source,), self.span(cue, stop), (p,), stance) for p in parts if p[0] < p[1]]
        return []

    def cue_here(self, at: int, dashed: bool) -> tuple[int, int, Stance] | None:
        """The cue that opens a clause at a word, after auxiliaries; after a dash any small word will do."""
        begin = at
        while at < len(self.text.words) and (self.text.has("grammar.aux", at) or self.text.has("grammar.light", at)):
            at += 1
        if at >= len(self.text.words) or self.text.words[at].is_capital:
            return None
        found = self.text.find("cues", at)
        if found and (at == begin or dashed or self.text.vocabulary.language == "fr"):
            stance: Stance = next(
                iter(find_cues(self.text, Quotes(self.text), at, at + found.words)), (0, 0, "asserts")
            )[2]
            return at, at + found.words, stance
        return None

    def read_dialogues(self) -> Iterator[Said]:
        """Paragraphs that open with a dash: "—Subimos al techo —relató Marisol Quispe—. Nueve horas estuvimos"."""
        text = self.text.text
        for opening in DIALOGUE.finditer(text):
            start = opening.end()
            stop = text.find("\n", start)
            stop = stop if stop >= 0 else len(text)
            for mark in re.finditer(r"[,.!?…]?\s*[—–―-]+\s*(?=[^\W\d_])|[,?!]\s+(?=[^\W\d_])", text[start:stop]):
                begin = start + mark.end()
                dashed = any(c in mark.group() for c in "—–―")
                if not dashed and "-" in mark.group():
                    continue
                at = self.word_at(begin)
                found = self.cue_here(at, dashed) or (self.any_cue(at) if dashed else None)
                if found is None:
                    continue
                cue, after, stance = found
                resumes = re.compile(r"\s*[—–―]\s*[.,;:]?\s*|[.]\s+").search(text, self.text.words[after - 1].end, stop)
                limit = self.word_at(resumes.start()) if resumes else self.word_at(stop)
                source = self.dialogue_source(after, limit)
                if source is None:
                    continue
                self.used.add(cue)
                parts = [
                    self.bare(start, start + mark.start() + (mark.group()[:1] in "!?…" and mark.group()[:1] != ""))
                ]
                if resumes and resumes.end() < stop:
                    parts.append(self.bare(resumes.end(), stop))
                for part in parts:
                    if part[0] < part[1]:
                        yield Said((source,), self.span(cue, after), (part,), stance)
                break

    def dialogue_source(self, first: int, limit: int) -> Span | None:
        """Who speaks in a dialogue: what follows the cue, with what is set beside it after a comma."""
        return find_source(self.text, first, limit)

    def any_cue(self, at: int) -> tuple[int, int, Stance] | None:
        """Any small word after a dash of a dialogue, pronouns and auxiliaries skipped."""
        while at < len(self.text.words) and (self.text.has("grammar.aux", at) or self.text.has("grammar.light", at)):
            at += 1
        if at < len(self.text.words) and self.text.words[at].text[0].islower() and self.may_say(at):
            return at, at + 1, "asserts"
        return None
