"""Direct speech of a text in another language than English: quotation marks and dashes of dialogue, with whom they
quote.

Beside a quotation and a mark, the first small word is the cue whatever it is ("..., — відрубав речник"), since
writers vary it; elsewhere it must be a word of saying. A quotation that goes on after its speaker ("..., — сказав
він. — ...") is cut in two, whether the marks close in between or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.extract.languages.accordings import match_according
from sayso.extract.languages.clauses import DASHES, Clause, Quotes, Said, is_day
from sayso.extract.languages.cues import find_cues, find_inversion
from sayso.extract.languages.dialogues import read_dialogues, read_inside
from sayso.extract.languages.passages import MARKS, find_limit, join_words, may_say, sentence_of, strip_marks, word_at
from sayso.extract.languages.pronouns import find_opening
from sayso.extract.languages.sources import (
    INFINITIVES,
    find_clitic,
    find_source,
    find_subject,
    is_noun_phrase,
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


@dataclass(slots=True)
class Finder:
    """One pass over a text; `used` gathers the words that are cues of quotations."""

    text: Text
    quotes: Quotes
    used: set[int]
    told: Said | None = None

    def find(self) -> Iterator[Said]:
        """The direct attributions of the text."""
        previous: tuple[Span, Said] | None = None
        for start, end in self.quotes.spans:
            said = read_inside(self.text, self.used, start, end) or self.read_beside(start, end)
            if not said and previous and self.goes_on(previous[0], (start, end)):
                said = [
                    Said(previous[1].source, previous[1].cue, (strip_marks(self.text, start, end),), previous[1].stance)
                ]
            said = said or self.near(start, end)
            if said:
                previous, self.told = ((start, end), said[0]), said[0]
                yield from self.led_by(start, said[0])
            yield from said
        yield from read_dialogues(self.text, self.used)

    def near(self, start: int, end: int) -> list[Said]:
        """A quotation of a whole clause without a word of saying, with who is named beside it: after it in its
        sentence, or else before it: "« Nous ne céderons pas » : le président du syndicat a quitté la table"."""
        content = strip_marks(self.text, start, end)
        words = self.text.text[slice(*content)]
        opens = words[:1].isupper() or self.text.vocabulary.language == "ar"
        fewest = NEAR if self.text.vocabulary.language == "ar" else SHORT + 2
        fewest -= 2 * (words.rstrip(MARKS)[-1:] in ("!", "?"))  # "« Vos papiers ! » Le sergent ne sourit pas."
        if len(words.split()) < fewest or not opens or self.is_outlet(start):
            return []
        first, stop = self.sentence_of_quotation(start, end)
        for begin, limit in ((self.word_after(end), stop), (first, word_at(self.text, start))):
            source = find_opening(self.text, begin, limit)
            if source:
                return [Said((source,), (end - 1, end), (content,), "asserts")]
        return []

    def word_after(self, end: int) -> int:
        """The first word after a quotation that is no mark."""
        at = word_at(self.text, end)
        while at < len(self.text.words) and self.text.words[at].kind == "mark":
            at += 1
        return at

    def sentence_of_quotation(self, start: int, end: int) -> Span:
        """The words of the sentences that a quotation begins and ends in."""
        first = sentence_of(self.text, word_at(self.text, start))[0]
        stop = sentence_of(self.text, max(first, word_at(self.text, end) - 1))[1]
        alone = self.text.words[first].start >= start and self.word_after(end) >= stop
        # "« On nous ment ! » La foule, massée devant la mairie, ne décolère pas."
        return first, sentence_of(self.text, stop)[1] if alone and stop < len(self.text.words) else stop

    def led_by(self, start: int, said: Said) -> Iterator[Said]:
        """What its speaker says in other words before a quotation, in the same sentence: "Викупу не буде — це, за
        словами мера, «справа принципу»"."""
        end = word_at(self.text, start)
        first = sentence_of(self.text, end)[0]
        cue = word_at(self.text, said.cue[0])
        stop = min([end, *([cue] if first <= cue < end else [])])
        marks = [n for n in range(first, stop) if self.text.words[n].text in ",،—–"]
        parted = bool(marks) and first < marks[-1] < cue < end  # "Тела доставят в Минск, сказал посол, «...»".
        other = (
            stop - first > (SHORT + 1 if parted else NEAR)
            and marks
            and not any(self.text.words[n].text == ":" for n in range(first, end))
        )
        if other and (said.source[0][0] >= start or said.source[0][0] > self.text.words[marks[-1]].start):
            span = join_words(self.text, first, marks[-1])
            if not self.quotes.holds(span[0]):
                yield Said(said.source, said.cue, (span,), said.stance)

    def goes_on(self, before: Span, span: Span) -> bool:
        """Whether a quotation goes on with the one before it, in its sentence."""
        first, end = sentence_of(self.text, word_at(self.text, before[0]))
        at = word_at(self.text, span[0])
        alone = sentence_of(self.text, at)
        if at == alone[0] == end and alone[1] <= self.word_after(span[1]) and word_at(self.text, before[1]) < end:
            # "« Trois camions sont passés », compte un berger. « Puis plus rien. »"
            return "\n" not in self.text.text[before[1] : span[0]]
        return first <= word_at(self.text, span[0]) < end and len(self.text.text[span[0] : span[1]].split()) > SHORT

    def read_beside(self, start: int, end: int) -> list[Said]:
        """A quotation with the words that say whose it is, after it or before it."""
        content = strip_marks(self.text, start, end)
        if content[0] >= content[1]:
            return []
        count = len(self.text.text[content[0] : content[1]].split())
        if count <= SHORT and self.is_outlet(start):
            return []
        found = self.after(start, end, count) or self.before(start, count)
        if not found:
            return []
        source, cue, stance = found
        if cue[0] >= end:
            content = self.whole(content)
        return [Said((source,), cue, (content,), stance)]

    def whole(self, content: Span) -> Span:
        """What is said, where no more than its end stands in quotation marks: "*Il n'y aurait « aucun survivant »*,
        selon la chaîne d'État"."""
        text, at = self.text, word_at(self.text, content[0])
        first, before = sentence_of(text, at)[0], at - 1
        while before >= first and text.words[before].text in MARKS:
            before -= 1
        small = text.text[content[0] : content[0] + 1].islower() or text.vocabulary.language == "ar"
        if not small or before < first or text.words[before].kind == "mark":
            return content
        begin = next((n + 1 for n in range(before, first, -1) if text.words[n].text in ":;؛—–»”"), first)
        return text.words[begin].start, content[1]

    def is_outlet(self, start: int) -> bool:
        """Whether quotation marks hold the name of an outlet or of a body, by the word before them."""
        at = word_at(self.text, start) - 1
        found = self.text.find("who", at) if at >= 0 else None
        return (found is not None and found.meaning in ("outlet", "organisation")) or (
            at >= 0 and self.text.words[at].forms[0] in ("ل", "لـ")
        )

    def after(self, start: int, end: int, count: int) -> tuple[Span, Span, Stance] | None:
        """Who says a quotation, by the words after it."""
        words, text = self.text.words, self.text
        at = word_at(self.text, end)
        marked = False
        while at < len(words) and (words[at].text in DASHES or words[at].text in ",،.!?…"):
            marked, at = True, at + 1
        marked = marked or text.text[start:end].rstrip(MARKS)[-1:] in ("!", "?", "…", ",")
        limit = find_limit(self.text, at)
        if at >= limit or (words[at].is_capital and count <= SHORT):
            return None
        if "\n" in text.text[end : words[at].start] or (words[at - 1].text in ".…" and words[at - 1].start >= end):
            return None
        according = match_according(text, at)
        if according and marked and (source := find_source(text, at + according, limit)):
            self.used.add(at)
            return source, join_words(self.text, at, at + according), "asserts"
        if text.has("grammar.as", at) and marked:
            at += 1
        if not marked and count <= SHORT + 1:
            return None  # A name in quotation marks and the verb that it is the subject of.
        for cue, stop, stance in find_cues(text, self.quotes, at, min(limit, at + NEAR)):
            gap = [n for n in range(at, cue) if not (text.has("grammar.aux", n) or text.has("grammar.light", n))]
            if not marked and gap:
                break
            if count <= SHORT and find_clitic(text, at, stop):
                break  # A part of what is said stands in the marks: the clause is reported.
            source = self.source_of(stop, limit, cue, at, bool(gap))
            if source:
                self.used.add(cue)
                return source, join_words(self.text, cue, stop), stance
        count += SHORT * (text.text[start:end].rstrip(MARKS)[-1:] in ("!", "?"))  # No name ends so.
        verb = find_inversion(text, at, limit) if marked and count > SHORT else None
        if verb and (source := find_clitic(text, *verb) or find_source(text, verb[1], limit)):
            self.used.update(range(at, verb[1]))
            return source, join_words(self.text, *verb), "asserts"
        dashed = words[at - 1].text in DASHES or text.vocabulary.language == "ar"
        plain = words[at].kind == "word" and not words[at].is_capital
        if marked and words[at - 1].text in DASHES and count > SHORT and is_somebody(text, at):
            source = find_source(text, at, limit)
            if source:
                return source, join_words(self.text, at - 1, at), "asserts"
        if marked and dashed and count > SHORT and plain and may_say(self.text, at):
            source = find_source(text, at + 1, limit)
            if source:
                self.used.add(at)
                return source, join_words(self.text, at, at + 1), "asserts"
        return None

    def source_of(self, stop: int, limit: int, cue: int, at: int, gap: bool) -> Span | None:
        """Who speaks after a cue, or between the quotation and the cue."""
        comma = next((n for n in range(stop, min(limit, stop + SHORT + 1)) if self.text.words[n].text == ","), stop)
        if is_day(self.text, stop) or all(self.text.has("grammar.light", n) for n in range(stop, comma)):
            stop = comma  # "a promis hier soir, dans une allocution, le président".
        if stop < limit and self.text.words[stop].text == ",":
            # "Lâche, les yeux rougis, le patron": who speaks stands after an aside.
            aside = range(stop + 1, min(limit, stop + NEAR + 3))
            comma = next((n for n in aside if self.text.words[n].text == ","), -1)
            stop = comma + 1 if comma > 0 else stop
            if comma > 0 and self.text.has(
                "grammar.prepositions", stop
            ):  # "..., vendredi, sur France Inter, le député".
                comma = next(
                    (n for n in range(stop, min(limit, stop + NEAR + 1)) if self.text.words[n].text == ","), -1
                )
                stop = comma + 1 if comma > 0 else stop
        found = find_clitic(self.text, at, stop) or find_source(self.text, stop, limit)
        subject = find_subject(self.text, at, cue) if gap else None
        named = subject and any(is_somebody(self.text, n) for n in range(at, cue))
        return subject if subject and (named or found is None) else found

    def before(self, start: int, count: int) -> tuple[Span, Span, Stance] | None:
        """Who says a quotation, by the words before it in its sentence."""
        text, words = self.text, self.text.words
        end = word_at(self.text, start)
        first = max(sentence_of(self.text, end)[0], end - BEFORE)
        if end and end == sentence_of(self.text, end)[0]:
            # A colon may end the sentence before the quotation.
            if words[end - 1].text != ":" or "\n" in text.text[words[end - 1].end : start]:
                return None
            first = max(sentence_of(self.text, end - 1)[0], end - BEFORE)
        colon = end > first and words[end - 1].text == ":"
        for at in range(end - 1, first - 1, -1):
            according = match_according(text, at)
            if according and at + according < end:
                source = find_source(text, at + according, end)
                if source:
                    self.used.add(at)
                    return source, join_words(self.text, at, at + according), "asserts"
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
            if subject and not any(is_somebody(text, n) for n in range(self.clause_start(first, cue), cue)):
                subject = self.parted(cue) or subject
            if text.vocabulary.language == "fr" and words[cue].forms[0].endswith("ant") and words[cue - 1].text == ",":
                subject = self.far(sentence_of(text, cue)[0], cue) or subject  # ", qualifiant le plan de « piège »".
            source = subject or self.parted(cue) or find_source(text, stop, end) or self.far(first, cue)
            if source:
                self.used.add(cue)
                return source, join_words(self.text, cue, stop), stance
        if colon and (source := self.takes_up(first, end - 2)):
            return source, (words[end - 1].start, words[end - 1].end), "asserts"
        somebody = any(is_somebody(text, n) for n in range(self.clause_start(first, end - 1), end - 1))
        if (
            colon
            and (count > SHORT or somebody)
            and (subject := self.parted(end - 1) or find_subject(text, self.clause_start(first, end - 1), end - 1))
        ):
            mark = words[end - 1]
            return subject, (mark.start, mark.end), "asserts"
        return None

    def takes_up(self, first: int, at: int) -> Span | None:
        """Who goes on to speak where an infinitive stands before the colon: "*l'avocate* d'ajouter :", "..., avant de
        conclure :", by the first words of the sentence."""
        text = self.text
        infinitive = INFINITIVES.get(text.vocabulary.language)
        if not infinitive or at <= first or not infinitive.search(text.words[at].forms[0]):
            return None
        if not text.has("grammar.genitive", at - 1):
            return None
        begin = self.clause_start(first, at)
        named = any(is_somebody(text, n) for n in range(begin, at - 1))
        if named:
            return find_subject(text, begin, at - 1)
        told = self.told if self.told and self.told.cue[0] >= text.words[sentence_of(text, at)[0]].start else None
        return told.source[0] if told and told.source else self.far(sentence_of(text, at)[0], at)

    def is_within(self, first: int, end: int) -> bool:
        """Whether words between a cue and a quotation belong to what is said: a that, or a noun of their own."""
        parts = ("articles", "prepositions", "light", "aux", "and", "contracted")
        own = [n for n in range(first, end) if self.text.words[n].kind == "word"]
        own = [n for n in own if not any(self.text.has(f"grammar.{p}", n) for p in parts)]
        return any(self.text.has("grammar.that", n) for n in range(first, end)) or len(own) > 1

    def parted(self, cue: int) -> Span | None:
        """The subject of a cue that an apposition parts from it: "*La présidente*, Carole Dumas, a qualifié ..."."""
        first = sentence_of(self.text, cue)[0]
        near = range(first, min(cue, first + BEFORE))
        stop = next((n for n in near if self.text.words[n].text in ",،"), first)
        phrase = Clause(first, stop, "", ",")
        return find_subject(self.text, first, stop) if is_noun_phrase(self.text, phrase) else None

    def far(self, first: int, cue: int) -> Span | None:
        """The first words of a sentence as the subject of a cue after a clause set between."""
        stop = next((n for n in range(first, cue) if self.text.words[n].text in ",،"), first)
        return find_subject(self.text, first, stop)

    def clause_start(self, first: int, cue: int) -> int:
        """The word after the last mark before a cue."""
        marks = [n for n in range(first, cue) if self.text.words[n].text in ",;:—–،؛»”"]
        return marks[-1] + 1 if marks else first
