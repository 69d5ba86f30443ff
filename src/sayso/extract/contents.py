"""What could be the content of a verb: clauses, objects, what follows a preposition, quotations next to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.extract.parses import Token
from sayso.extract.phrases import DATES, Extent, Phrases
from sayso.extract.quotations import Quotation
from sayso.record import Span

FARTHEST_THAT = 25
"""Tokens after a verb in which a "that" may still belong to it."""

FARTHEST_AFTER, FARTHEST_BEFORE = 400, 200
"""Code points between a verb and a quotation that may belong to it."""

LONGEST_RUN = 20
"""Quotations that one attribution may go on for after its first."""

OPENERS = frozenset({"that", "to", "whether", "if", "what", "how", "why", "who", "for"})
SPACES = re.compile(r"[^\S\n]*")
BREAK = re.compile(r"[,.:;!?–—-]['\"’”\s]*$")


@dataclass(frozen=True, slots=True)
class Content:
    """A possible content: its kind, the last token of the cue with it, its extents, and features for the weights."""

    kind: str
    last: int
    extents: tuple[Extent, ...]
    features: tuple[str, ...] = ()


def find_contents(phrases: Phrases, verb: Token, own: Extent) -> Iterator[Content]:
    """The possible contents of a verb whose group is `own`."""
    tokens, left = phrases.tokens, phrases.left
    medium = phrases.medium(own[1])
    objects = [c for c in phrases.children(verb.i, "dobj", "attr", "oprd", "acomp") if c.i > verb.i]
    clausal = False
    for child in (tokens[c] for c in verb.children):
        if child.dep in ("ccomp", "xcomp") and child.pos != "PUNCT":
            clausal = clausal or (child.dep == "ccomp" and child.i > verb.i)
            yield from _clauses(phrases, verb, child, own, medium, objects)
        elif child.dep in ("dobj", "attr", "oprd", "acomp", "dative"):
            yield from _objects(phrases, verb, child, own)
        elif child.dep == "prep" and child.i > verb.i:
            yield from _prepositions(phrases, verb, child, own, objects)
        elif child.dep == "advcl" and child.i > verb.i:
            word = tokens[left[child.i]].text.lower()
            yield Content("advcl", own[1], (phrases.extent(child.i),), (f"m={word}", f"lm={verb.lemma} {word}"))
    if not clausal:
        clause = _that_clause(phrases, verb)
        if clause:
            yield Content("that", own[1], (clause,))
    after_comma = _stands_after_comma(phrases, verb)
    if after_comma or (verb.dep in ("parataxis", "advcl", "dep") and not phrases.child(verb.i, "mark")):
        # A clause that the parser hung the wrong way round: the rest of the sentence is the content.
        yield Content(
            "host-comma" if after_comma else "host-" + verb.dep,
            medium,
            tuple(cut_out(phrases.extent(verb.head), phrases.extent(verb.i))),
        )
    for place, at in _quotations_by(phrases, verb):
        yield Content(place, medium, ((at, at),), (f"ql={place} {verb.lemma}",))


def _stands_after_comma(phrases: Phrases, verb: Token) -> bool:
    """Whether a verb ends its sentence as in "It rained, the ministry said on Monday", whatever the parser calls it."""
    first, last = phrases.extent(verb.i)
    end = phrases.parse.sentences[verb.sentence][1]
    subject = phrases.child(verb.i, "nsubj")
    # The tagger takes a past tense for a participle at times; a subject and no auxiliary tell.
    finite = (
        verb.tag in ("VBD", "VBN", "VBZ", "VBP")
        and not phrases.child(verb.i, "auxpass")
        and verb.dep in ("parataxis", "advcl", "dep", "conj", "ccomp")
    )
    if not finite or not subject or first == 0 or verb.head > verb.i or phrases.child(verb.i, "mark", "cc"):
        return False
    begins = phrases.left[subject.i] == first or phrases.tokens[first].text == ","
    comma = "," in (phrases.tokens[first].text, phrases.tokens[first - 1].text)
    return begins and comma and all(t.pos == "PUNCT" for t in phrases.tokens[last + 1 : end])


def _clauses(
    phrases: Phrases, verb: Token, child: Token, own: Extent, medium: int, objects: list[Token]
) -> Iterator[Content]:
    extent = phrases.extent(child.i)
    mark = phrases.child(child.i, "mark", "aux")
    if mark and mark.dep == "mark" and extent[0] < mark.i < child.i and mark.i > verb.i:
        extent = (mark.i, extent[1])  # what the parser hung before "that" belongs to the verb
    word = mark.text.lower() if mark and mark.i <= child.i else phrases.tokens[extent[0]].text.lower()
    word = word if word in OPENERS else "-"
    side = "l" if child.i < verb.i else "r"
    features = (f"m={word}", f"lm={verb.lemma} {word}", f"side={side}")
    yield Content(f"{child.dep}-{side}", medium if child.dep == "ccomp" else own[1], (extent,), features)
    between = [o for o in objects if o.i < child.i]
    if between and (child.dep == "xcomp" or word == "-"):
        yield Content("o+" + child.dep, own[1], ((phrases.left[between[0].i], extent[1]),), features)


def _objects(phrases: Phrases, verb: Token, child: Token, own: Extent) -> Iterator[Content]:
    tokens, left, right, dep = phrases.tokens, phrases.left, phrases.right, child.dep
    extent = phrases.extent(child.i)
    head = f"o={child.ent if child.pos == 'PROPN' else child.lemma}"
    features = (head, f"lo={verb.lemma} {head}", f"oe={dep} {child.ent}")
    predicate = dep in ("attr", "acomp")
    if not predicate:
        yield Content(dep + ("-l" if child.i < verb.i else ""), own[1], (extent,), features)
    if child.i < verb.i or dep == "dative":
        return
    rest = [c for c in verb.children if c > child.i and tokens[c].dep in ("prep", "xcomp", "dobj", "oprd")]
    if rest and not predicate:
        yield Content(dep + "+", own[1], ((extent[0], right[rest[-1]]),), features)
    for clause in phrases.children(child.i, "acl", "ccomp", "xcomp", "relcl", "advcl"):
        if clause.i > child.i and left[clause.i] > child.i:
            yield Content(f"{dep}>{clause.dep}", left[clause.i] - 1, (phrases.extent(clause.i),), features)
    for prep in [*phrases.children(child.i, "prep"), *phrases.children(verb.i, "prep")]:
        inner = phrases.child(prep.i, "pobj", "pcomp")
        if prep.i > child.i and inner and left[inner.i] > prep.i:
            named = (
                f"p={prep.lemma}",
                f"op={child.lemma} {prep.lemma}",
                f"lop={verb.lemma} {child.lemma} {prep.lemma}",
            )
            yield Content(f"{dep}>p", left[inner.i] - 1, (phrases.extent(inner.i),), features + named)


def _prepositions(phrases: Phrases, verb: Token, prep: Token, own: Extent, objects: list[Token]) -> Iterator[Content]:
    inner = phrases.child(prep.i, "pobj", "pcomp")
    if (
        not inner
        or inner.ent in DATES
        or phrases.left[inner.i] <= prep.i
        or any(verb.i < o.i < prep.i for o in objects)
    ):
        return
    features = (f"p={prep.lemma}", f"lp={verb.lemma} {prep.lemma}", f"on={inner.lemma}")
    yield Content(f"p>{inner.dep}", phrases.left[inner.i] - 1, (phrases.extent(inner.i),), features)
    yield Content("pass+p", own[1], (phrases.extent(prep.i),), features)
    later = [c for c in verb.children if c > prep.i and phrases.tokens[c].dep in ("xcomp", "advcl")]
    if later:
        yield Content("p+x", prep.i, (phrases.extent(later[0]),), features)


def _that_clause(phrases: Phrases, verb: Token) -> Extent | None:
    """A clause after "that" which the parser did not hang on the verb, within the verb's sentence."""
    end = phrases.parse.sentences[verb.sentence][1]
    for i in range(verb.i + 1, min(end, verb.i + FARTHEST_THAT)):
        token = phrases.tokens[i]
        if token.text == "that" and token.dep == "mark":
            clause = phrases.tokens[token.head]
            if clause.dep == "ccomp" and clause.head != verb.i:
                return None
            last = phrases.right[clause.i]
            return (i, last) if last > i else None
    return None


def _quotations_by(phrases: Phrases, verb: Token) -> Iterator[tuple[str, int]]:
    """A token of each quotation next to an unquoted verb's clause, after and before it."""
    marked = phrases.marked
    if marked.at(verb.start):
        return
    start, end = phrases.parse.sentences[verb.sentence]
    after = marked.from_(verb.end)
    if after and after.start - verb.end < FARTHEST_AFTER:
        for i in range(verb.i, min(end + 1, len(phrases.tokens))):
            if phrases.tokens[i].end > after.start:
                yield "q-after", i
                break
    before = marked.before(verb.start)
    if before and verb.start - before.end < FARTHEST_BEFORE:
        for i in range(verb.i, max(start - 2, -1), -1):
            if phrases.tokens[i].end <= before.end:
                yield "q-before", i
                break


def cut_out(extent: Extent, hole: Extent) -> list[Extent]:
    """What is left of an extent when a hole is cut into it."""
    if hole[1] < extent[0] or hole[0] > extent[1]:
        return [extent]
    left = [(extent[0], hole[0] - 1)] if hole[0] > extent[0] else []
    return left + ([(hole[1] + 1, extent[1])] if hole[1] < extent[1] else [])


def grow_to_quotations(phrases: Phrases, spans: list[Span], cue: Span, source: Span | None, verb: Token) -> list[Span]:
    """Content spans grown to the ends of the quotations they touch, with those that go on right after them."""

    def free(q: Quotation) -> bool:
        return not (q.start < cue[1] and cue[0] < q.end) and not (source and q.start < source[1] and source[0] < q.end)

    grown: list[Span] = []
    direct = False
    for s, e in sorted(spans):
        first, last = phrases.marked.at(s), phrases.marked.at(e - 1)
        if first and free(first):
            s = first.start
            direct = True
        if last and free(last):
            e = max(e, last.end)
        if grown and s <= grown[-1][1]:
            grown[-1] = (grown[-1][0], max(e, grown[-1][1]))
        else:
            grown.append((s, e))
    if direct:
        text = phrases.parse.text
        sentence = phrases.tokens[phrases.parse.sentences[verb.sentence][1] - 1].end
        end = max(grown[-1][1], cue[1], source[1] if source else 0)
        for _ in range(LONGEST_RUN):
            q = phrases.marked.from_(end)
            if not q or not free(q) or not _goes_on(text, end, q.start, sentence):
                break
            grown.append((q.start, q.end))
            end = q.end
    return grown


def _goes_on(text: str, end: int, start: int, sentence: int) -> bool:
    """Whether a quotation at `start` carries on one whose attribution reaches to `end`: only space lies between, or
    the rest of the cue's sentence, in one paragraph."""
    between = text[end:start]
    if "\n" in between or len(between) > FARTHEST_AFTER:
        return False
    if not between.strip(" ,.:;!?–—-\u00a0"):
        return True
    return end <= sentence <= start and not text[sentence:start].strip() and bool(BREAK.search(between))
