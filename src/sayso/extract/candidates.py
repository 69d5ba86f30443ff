"""Candidate attributions: every way in which a verb, noun or "according to" of a parse could attribute something.

Grammar proposes, weights choose: this module lists for each possible cue the readings that the syntax allows (which
words are the cue, who the source is, what the content), and describes each by features. `sayso.extract.spans` picks.
The extents follow the conventions of PARC 3 and PolNeAR: a source is a whole noun phrase with its title, appositives
and relative clause; a cue is the verb with its auxiliaries, negation, adverbs and preposition; a content keeps its
"that" and its quotation marks and gives up its last full stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.extract.parses import Parse, Token
from sayso.extract.phrases import Phrases
from sayso.extract.quotations import Marked, Quotation
from sayso.record import Span

Extent = tuple[int, int]

FEWEST_ADJACENT = 3
"""Code points of punctuation and space that may stand between a cue's clause and a quotation that belongs to it."""

GAP = re.compile(r"[\s,.:;!?–—-]*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a possible cue. `group` is the token it is about: at most one reading of a group is chosen.
    `features` describe it for the weights; spans are in code points."""

    group: int
    source: tuple[Span, ...]
    cue: Span
    content: tuple[Span, ...]
    features: tuple[str, ...]


def find_candidates(parse: Parse, marked: Marked) -> Iterator[list[Candidate]]:
    """The groups of candidates of a text, in the order of their cues."""
    phrases = Phrases(parse)
    for token in parse.tokens:
        group: list[Candidate] = []
        if token.pos == "VERB" or (token.pos == "AUX" and token.dep not in ("aux", "auxpass")):
            if token.lemma == "accord":
                group = list(_according(phrases, marked, token))
            else:
                group = list(_of_verb(phrases, marked, token))
        elif token.pos in ("NOUN", "PROPN") and token.dep != "compound":
            group = list(_of_noun(phrases, marked, token))
        elif token.text == ":":
            group = list(_of_colon(phrases, marked, token))
        elif token.lemma in ("reportedly", "allegedly", "apparently", "supposedly", "seemingly"):
            group = list(_of_adverb(phrases, marked, token))
        if group:
            yield group


def _subject(phrases: Phrases, verb: Token) -> tuple[Token | None, str, int | None]:
    """Who does what the verb says: its token, how it was found, and the token before which its phrase ends."""
    at = verb
    how = "own"
    for _ in range(6):
        subject = phrases.child(at.i, "nsubj", "csubj")
        if subject:
            return subject, how, None
        passive = phrases.child(at.i, "nsubjpass")
        if passive:
            if at is verb:
                agent = phrases.child(at.i, "agent")
                by = phrases.child(agent.i, "pobj") if agent else None
                return by, "agent" if by else "nobody", None
            return passive, how + "+pass", None
        head = phrases.tokens[at.head]
        if head.i == at.i:
            return None, "none", None
        if at.dep in ("acl", "relcl"):
            return head, "noun", phrases.left[at.i]
        if at.dep == "xcomp":
            patient = phrases.child(head.i, "dobj", "dative")
            if patient and head.i < patient.i < at.i and head.lemma not in ("promise",):
                return patient, "object", phrases.left[at.i]
        how = at.dep
        if at.dep not in ("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "dep"):
            return None, "none", None
        if at.dep == "ccomp" and phrases.child(at.i, "mark"):
            return None, "none", None
        at = head
    return None, "none", None


def _kind_of_source(token: Token | None) -> str:
    if token is None:
        return "-"
    if token.pos == "PRON":
        return token.text.lower()
    return token.ent or ("name" if token.pos == "PROPN" else "noun")


def _span(phrases: Phrases, extent: Extent) -> Span:
    return phrases.tokens[extent[0]].start, phrases.tokens[extent[1]].end


def _without(extent: Extent, hole: Extent) -> list[Extent]:
    """What is left of an extent when a hole is cut into it."""
    if hole[1] < extent[0] or hole[0] > extent[1]:
        return [extent]
    left = [(extent[0], hole[0] - 1)] if hole[0] > extent[0] else []
    return left + ([(hole[1] + 1, extent[1])] if hole[1] < extent[1] else [])


def _of_verb(phrases: Phrases, marked: Marked, verb: Token) -> Iterator[Candidate]:
    subject, how, before = _subject(phrases, verb)
    source = phrases.noun_phrase(subject.i, before) if subject else None
    passive = phrases.child(verb.i, "nsubjpass") if verb.pos == "VERB" else None
    own = phrases.verb_group(verb.i)
    cues = [("own", own)]
    above = verb
    while above.dep == "xcomp" and above.head < above.i and len(cues) < 3:
        above = phrases.tokens[above.head]
        if above.pos not in ("VERB", "AUX", "ADJ"):
            break
        cues.append((f"chain{len(cues)}", (phrases.verb_group(above.i)[0], own[1])))
    common = list(_verb_features(phrases, marked, verb, subject, how))
    for name, cue in cues:
        chain = phrases.tokens[cue[0]] if name != "own" else None
        for kind, last, extents, more in _contents(phrases, marked, verb, passive, own):
            whole = (cue[0], max(cue[1], last))
            yield _candidate(phrases, marked, verb, whole, source, extents, kind, name, common, more, chain)


def _contents(
    phrases: Phrases, marked: Marked, verb: Token, passive: Token | None, own: Extent
) -> Iterator[tuple[str, int, list[Extent], list[str]]]:
    """The kind, last token of the cue, extents and features of everything that could be the verb's content."""
    tokens = phrases.tokens
    left, right = phrases.left, phrases.right
    lemma = verb.lemma
    objects = [c for c in phrases.children(verb.i, "dobj", "attr", "oprd", "acomp") if c.i > verb.i]
    patient = [(left[passive.i], right[passive.i])] if passive else []
    medium = phrases.medium(own[1])
    for child in (tokens[c] for c in verb.children):
        dep = child.dep
        extent = (left[child.i], right[child.i])
        if dep in ("ccomp", "xcomp") and child.pos != "PUNCT":
            mark = phrases.child(child.i, "mark", "aux")
            word = mark.text.lower() if mark and mark.i <= child.i else tokens[extent[0]].text.lower()
            word = word if word in ("that", "to", "whether", "if", "what", "how", "why", "who", "for") else "-"
            side = "l" if child.i < verb.i else "r"
            more = [f"m={word}", f"lm={lemma} {word}", f"side={side}"]
            yield f"{dep}-{side}", medium if dep == "ccomp" else own[1], [*patient, extent], more
            if dep == "xcomp" or (dep == "ccomp" and word == "-" and objects):
                between = [o for o in objects if o.i < child.i]
                if between:
                    yield "o+" + dep, own[1], [(left[between[0].i], extent[1])], more
        elif dep in ("dobj", "attr", "oprd", "acomp", "dative"):
            head = f"o={child.lemma}" if child.pos != "PROPN" else f"o={child.ent}"
            more = [head, f"lo={lemma} {head}"]
            if dep not in ("attr", "acomp"):
                yield dep + ("-l" if child.i < verb.i else ""), own[1], [*patient, extent], more
            if child.i > verb.i and dep != "dative":
                rest = [c for c in verb.children if c > child.i and tokens[c].dep in ("prep", "xcomp", "dobj", "oprd")]
                if rest and dep not in ("attr", "acomp"):
                    yield dep + "+", own[1], [*patient, (extent[0], right[rest[-1]])], more
                for clause in phrases.children(child.i, "acl", "ccomp", "xcomp", "relcl", "advcl"):
                    if clause.i > child.i and left[clause.i] > child.i:
                        yield (
                            f"{dep}>{clause.dep}",
                            left[clause.i] - 1,
                            [*patient, (left[clause.i], right[clause.i])],
                            more,
                        )
                for prep in [*phrases.children(child.i, "prep"), *phrases.children(verb.i, "prep")]:
                    if prep.i <= child.i:
                        continue
                    inner = phrases.child(prep.i, "pobj", "pcomp")
                    if inner and left[inner.i] > prep.i:
                        named = [
                            *more,
                            f"p={prep.lemma}",
                            f"op={child.lemma} {prep.lemma}",
                            f"lop={lemma} {child.lemma} {prep.lemma}",
                        ]
                        yield f"{dep}>p", left[inner.i] - 1, [*patient, (left[inner.i], right[inner.i])], named
        elif dep in ("prep", "agent") and child.i > verb.i:
            inner = phrases.child(child.i, "pobj", "pcomp")
            if inner and left[inner.i] > child.i and dep == "prep":
                more = [f"p={child.lemma}", f"lp={lemma} {child.lemma}", f"on={inner.lemma}"]
                if not any(verb.i < o.i < child.i for o in objects):
                    yield f"p>{inner.dep}", left[inner.i] - 1, [*patient, (left[inner.i], right[inner.i])], more
                    later = [c for c in verb.children if c > child.i and tokens[c].dep in ("xcomp", "advcl")]
                    if later:
                        yield "p+x", child.i, [*patient, (left[later[0]], right[later[0]])], more
                    if patient:
                        yield "pass+p", own[1], [*patient, extent], more
        elif dep == "advcl" and child.i > verb.i:
            word = tokens[extent[0]].text.lower()
            yield "advcl", own[1], [*patient, extent], [f"m={word}", f"lm={lemma} {word}"]
    if passive:
        yield "pass", own[1], patient, []
    if verb.dep in ("parataxis", "advcl", "ccomp", "dep"):
        host = verb.head
        # A clause that the parser hung the wrong way round: the rest of the sentence is the content.
        if verb.dep != "ccomp" and not phrases.child(verb.i, "mark"):
            pieces = _without((left[host], right[host]), (left[verb.i], right[verb.i]))
            if pieces:
                yield "host-" + verb.dep, medium, pieces, []
    for place, quotation in _quotations_by(phrases, marked, verb):
        yield place, medium, [quotation], [f"ql={place} {lemma}"]


def _quotations_by(phrases: Phrases, marked: Marked, verb: Token) -> Iterator[tuple[str, Extent]]:
    """Extents that stand for the quotations next to a verb's clause, before and after it."""
    if marked.at(verb.start):
        return
    start, end = phrases.parse.sentences[verb.sentence]
    after = marked.from_(verb.end)
    if after and after.start - verb.end < 400:
        at = _token_at(phrases, after.start, verb.i, end + 2)
        if at is not None and at < end + 1:
            yield "q-after", (at, at)
    ahead = marked.before(verb.start)
    if ahead and verb.start - ahead.end < 200:
        at = _token_before(phrases, ahead.end, verb.i, max(0, start - 1))
        if at is not None:
            yield "q-before", (at, at)


def _token_at(phrases: Phrases, position: int, low: int, high: int) -> int | None:
    for i in range(low, min(high, len(phrases.tokens))):
        if phrases.tokens[i].start <= position < phrases.tokens[i].end:
            return i
    return None


def _token_before(phrases: Phrases, position: int, high: int, low: int) -> int | None:
    for i in range(high, low - 1, -1):
        if phrases.tokens[i].end <= position:
            return i
    return None


def _verb_features(phrases: Phrases, marked: Marked, verb: Token, subject: Token | None, how: str) -> Iterator[str]:
    kind = _kind_of_source(subject)
    yield f"l={verb.lemma}"
    yield f"d={verb.dep}"
    yield f"t={verb.tag}"
    yield f"how={how}"
    yield f"s={kind}"
    yield f"sw={subject.lemma if subject else '-'}"
    yield f"ls={verb.lemma} {kind}"
    yield f"in={marked.at(verb.start) is not None}"
    for child in phrases.children(verb.i, "aux", "auxpass", "neg", "advmod", "prt", "mark"):
        if child.dep in ("prt", "neg", "aux") or child.i < verb.i:
            yield f"a={child.dep} {child.lemma}"
        if child.dep in ("prt", "neg"):
            yield f"la={verb.lemma} {child.lemma}"
    head = phrases.tokens[verb.head]
    yield f"h={verb.dep} {head.lemma}"


def _candidate(
    phrases: Phrases,
    marked: Marked,
    at: Token,
    cue: Extent,
    source: Extent | None,
    extents: list[Extent],
    kind: str,
    name: str,
    common: list[str],
    more: list[str],
    chain: Token | None = None,
) -> Candidate:
    """The candidate with its spans in code points, its quotations made whole and its features complete."""
    tokens = phrases.tokens
    if cue[1] + 1 < len(tokens) and tokens[cue[1] + 1].text == ":":
        cue = (cue[0], cue[1] + 1)
    cue_span = _span(phrases, cue)
    holes = [cue] + ([source] if source else [])
    pieces: list[Extent] = []
    for extent in extents:
        parts = [extent]
        for hole in holes:
            parts = [p for part in parts for p in _without(part, hole)]
        pieces.extend(phrases.trim(*p) for p in parts)
    source_span = _span(phrases, source) if source else None
    content = _whole_quotations(phrases, marked, [_span(phrases, p) for p in pieces], cue_span, source_span, at)
    opening = bool(content) and marked.at(content[0][0]) is not None and marked.at(cue_span[0]) is None
    within = "q" if opening and marked.within(content[0]) else "m" if opening else "n"
    words = sum(e - s for s, e in content) // 25
    features = [
        *common,
        *more,
        "1",
        f"k={kind}",
        f"lk={at.lemma} {kind}",
        f"c={name}",
        f"kc={kind} {name}",
        f"lc={at.lemma} {name}",
        f"q={within}",
        f"lq={at.lemma} {within}",
        f"kq={kind} {within}",
        f"w={min(words, 6)}",
        f"kd={kind} {at.dep}",
        f"n={len(content)}",
        f"src={source is not None} {kind}",
        f"len={min(cue[1] - cue[0], 6)}",
    ]
    if chain:
        features += [f"ch={chain.lemma}", f"chl={chain.lemma} {at.lemma}"]
    if pieces:
        first = tokens[pieces[-1][0]]
        features += [f"f={first.lemma}", f"ft={first.tag}", f"lf={at.lemma} {first.tag}"]
    return Candidate(at.i, (source_span,) if source_span else (), cue_span, tuple(content), tuple(features))


def _whole_quotations(
    phrases: Phrases, marked: Marked, spans: list[Span], cue: Span, source: Span | None, at: Token
) -> list[Span]:
    """Content spans grown to the ends of the quotations they touch, with those that go on right after them."""
    text = phrases.parse.text

    def free(q: Quotation) -> bool:
        return not (q.start < cue[1] and cue[0] < q.end) and not (source and q.start < source[1] and source[0] < q.end)

    grown: list[Span] = []
    direct = False
    for s, e in spans:
        if s >= e:
            continue
        first, last = marked.at(s), marked.at(e - 1)
        if first and free(first):
            s = first.start
            direct = True
        if last and free(last):
            e = max(e, last.end)
        if grown and s <= grown[-1][1]:
            grown[-1] = (grown[-1][0], max(e, grown[-1][1]))
        else:
            grown.append((s, e))
    if direct and grown:
        end = max(grown[-1][1], cue[1], source[1] if source else 0)
        for _ in range(20):
            q = marked.from_(end)
            if not q or not free(q) or not GAP.fullmatch(text, end, q.start) or "\n" in text[end : q.start]:
                break
            grown.append((q.start, q.end))
            end = q.end
    return grown


def _according(phrases: Phrases, marked: Marked, token: Token) -> Iterator[Candidate]:
    to = next((phrases.tokens[c] for c in token.children if phrases.tokens[c].text.lower() == "to"), None)
    noun = phrases.child(to.i, "pobj") if to else None
    if not to or not noun:
        return
    source = phrases.noun_phrase(noun.i)
    head = phrases.tokens[token.head]
    while head.dep in ("prep", "pobj", "amod", "npadvmod") and head.head != head.i and head.pos not in ("VERB", "AUX"):
        head = phrases.tokens[head.head]
    if head.i == token.i:
        start, end = phrases.parse.sentences[token.sentence]
        whole = (start, end - 1)
    else:
        whole = (phrases.left[head.i], phrases.right[head.i])
    pieces = _without(whole, (phrases.left[token.i], phrases.right[token.i]))
    cue = (token.i, to.i)
    yield _candidate(phrases, marked, token, cue, source, pieces, "according", "own", ["l=according"], [])


def _of_noun(phrases: Phrases, marked: Marked, noun: Token) -> Iterator[Candidate]:
    owner = phrases.child(noun.i, "poss")
    source = phrases.noun_phrase(owner.i) if owner else None
    first = phrases.right[owner.i] + 1 if owner and owner.i < noun.i else phrases.left[noun.i]
    if owner is None:
        by = next((c for c in phrases.children(noun.i, "prep") if c.lemma in ("by", "from")), None)
        doer = phrases.child(by.i, "pobj") if by else None
        source = phrases.noun_phrase(doer.i) if doer else None
    if first < noun.i and phrases.tokens[first].dep == "case":
        first += 1
    kind = _kind_of_source(owner)
    common = [f"nl={noun.lemma}", f"nd={noun.dep}", f"ns={kind}", f"in={marked.at(noun.start) is not None}"]
    cue = (min(first, noun.i), noun.i)
    bare = (noun.i, noun.i)
    for clause in phrases.children(noun.i, "acl", "ccomp", "xcomp"):
        if clause.i > noun.i and phrases.left[clause.i] > noun.i:
            word = phrases.tokens[phrases.left[clause.i]].text.lower()
            extent = (phrases.left[clause.i], phrases.right[clause.i])
            more = [f"nm={word}", f"nlm={noun.lemma} {word}"]
            for name, c in (("noun", cue), ("bare", bare)) if cue != bare else (("noun", cue),):
                yield _candidate(phrases, marked, noun, c, source, [extent], "n-" + clause.dep, name, common, more)
    for prep in phrases.children(noun.i, "prep"):
        inner = phrases.child(prep.i, "pobj", "pcomp")
        if not inner or prep.i < noun.i or phrases.left[inner.i] <= prep.i or prep.lemma in ("by", "from"):
            continue
        if not owner and noun.dep == "dobj":
            continue
        extent = (phrases.left[inner.i], phrases.right[inner.i])
        more = [f"np={prep.lemma}", f"nlp={noun.lemma} {prep.lemma}"]
        yield _candidate(phrases, marked, noun, (cue[0], prep.i), source, [extent], "n-p", "noun", common, more)


def _of_colon(phrases: Phrases, marked: Marked, colon: Token) -> Iterator[Candidate]:
    """A speaker before a colon, as in transcripts and headlines."""
    text = phrases.parse.text
    start = text.rfind("\n", 0, colon.start) + 1
    end = text.find("\n", colon.end)
    end = len(text) if end < 0 else end
    words = text[start : colon.start].split()
    if not 0 < len(words) <= 5 or not text[colon.end : end].strip():
        return
    first = colon.i
    while first > 0 and phrases.tokens[first - 1].start >= start:
        first -= 1
    last = colon.i
    while last + 1 < len(phrases.tokens) and phrases.tokens[last + 1].start < end:
        last += 1
    if first == colon.i or last == colon.i:
        return
    speaker = phrases.tokens[first : colon.i]
    label = " ".join(words)
    common = [
        f"cu={label.isupper()}",
        f"ct={len(words)}",
        f"ce={any(t.ent in ('PERSON', 'ORG') for t in speaker)}",
        f"cp={all(t.pos in ('PROPN', 'NOUN', 'PUNCT') for t in speaker)}",
        f"cv={any(t.pos in ('VERB', 'AUX') for t in speaker)}",
        f"c0={start == 0}",
    ]
    yield _candidate(
        phrases,
        marked,
        colon,
        (colon.i, colon.i),
        (first, colon.i - 1),
        [(colon.i + 1, last)],
        "colon",
        "own",
        common,
        [],
    )


def _of_adverb(phrases: Phrases, marked: Marked, adverb: Token) -> Iterator[Candidate]:
    """A clause under "reportedly" or the like: the outlet names no source."""
    head = adverb.head
    if head == adverb.i:
        return
    pieces = _without((phrases.left[head], phrases.right[head]), (adverb.i, adverb.i))
    yield _candidate(
        phrases, marked, adverb, (adverb.i, adverb.i), None, pieces, "adverb", "own", [f"l={adverb.lemma}"], []
    )
