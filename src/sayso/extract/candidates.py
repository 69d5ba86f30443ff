"""Candidate attributions: every way in which a verb, noun or "according to" of a parse could attribute something.

Grammar proposes, weights choose: this module lists for each possible cue the readings that the syntax allows (which
words are the cue, who the source is, what the content), and describes each by features. `sayso.extract.spans` picks.
The extents follow the conventions of PARC 3 and PolNeAR: a source is a whole noun phrase with its title, appositives
and relative clause; a cue is the verb with its auxiliaries, negation, adverbs and preposition; a content keeps its
"that" and its quotation marks and gives up its last full stop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sayso.extract.contents import Content, cut_out, find_contents, grow_to_quotations
from sayso.extract.parses import Parse, Token
from sayso.extract.phrases import Extent, Phrases
from sayso.extract.quotations import Marked
from sayso.extract.sources import Subject, find_subjects, trim_source
from sayso.extract.stances import load_cues
from sayso.record import Span

LONGEST_CHAIN = 3
"""Verbs that one cue may hold ("sought to avoid saying")."""

LONGEST_LABEL = 5
"""Words of a speaker's label before a colon."""

ADVERBS = frozenset({"reportedly", "allegedly", "apparently", "supposedly", "seemingly"})


VIEWS = frozenset("view opinion estimate estimation assessment words account telling judgment judgement word".split())
"""Nouns that give a whole clause to somebody: "in the view of"."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a possible cue. `group` is the token it is about: at most one reading of a group is chosen.
    `features` describe it for the weights; spans are in code points."""

    group: int
    source: tuple[Span, ...]
    cue: Span
    content: tuple[Span, ...]
    features: tuple[str, ...]


def find_candidates(
    parse: Parse, marked: Marked, wanted: Callable[[Token], bool] = lambda token: True
) -> Iterator[list[Candidate]]:
    """The groups of candidates of a text whose words are `wanted`, in the order of their cues."""
    phrases = Phrases(parse, marked)
    for token in filter(wanted, parse.tokens):
        group: list[Candidate] = []
        if token.pos == "VERB" or (token.pos == "AUX" and token.dep not in ("aux", "auxpass")):
            group = list(_according(phrases, token) if token.lemma == "accord" else _of_verb(phrases, token))
        elif token.pos in ("NOUN", "PROPN") and token.dep != "compound":
            group = list(_in_view(phrases, token)) or list(_of_noun(phrases, token))
        elif token.text == ":":
            group = list(_of_colon(phrases, token))
        elif token.lemma in ADVERBS:
            group = list(_of_adverb(phrases, token))
        if group:
            yield group


NOBODY = Subject(None, "-", None)


def _of_verb(phrases: Phrases, verb: Token) -> Iterator[Candidate]:
    own = phrases.verb_group(verb.i)
    cues = [("own", own)]
    above = verb
    while above.dep == "xcomp" and above.head < above.i and len(cues) < LONGEST_CHAIN:
        above = phrases.tokens[above.head]
        if above.pos not in ("VERB", "AUX", "ADJ"):
            break
        cues.append((f"chain{len(cues)}", (phrases.verb_group(above.i)[0], own[1])))
    contents = list(find_contents(phrases, verb, own))
    common = list(_verb_features(phrases, verb))
    for rank, subject in enumerate(find_subjects(phrases, verb)):
        sourced = [*common, *_subject_features(verb, subject, rank)]
        offered = [*contents, Content("pass", own[1], ())] if subject.patient else contents
        for name, cue in cues[: 1 if rank else None]:
            if name != "own":
                top = phrases.tokens[cue[0]]
                sourced = [*sourced, f"ch={top.lemma}", f"chl={top.lemma} {verb.lemma}"]
            for content in offered:
                if subject.patient or content.kind != "pass+p":
                    yield _compose(phrases, verb, cue, subject, content, name, sourced)


def _verb_features(phrases: Phrases, verb: Token) -> Iterator[str]:
    row = load_cues().get(("verb", verb.lemma))
    yield f"l={verb.lemma}"
    yield f"st={row.stance} {row.basis}" if row else "st=-"
    yield f"d={verb.dep}"
    yield f"t={verb.tag}"
    yield f"in={phrases.marked.at(verb.start) is not None}"
    yield f"h={verb.dep} {phrases.tokens[verb.head].lemma}"
    for child in phrases.children(verb.i, "aux", "auxpass", "neg", "advmod", "prt", "mark"):
        if child.dep in ("prt", "neg", "aux") or child.i < verb.i:
            yield f"a={child.dep} {child.lemma}"
        if child.dep in ("prt", "neg"):
            yield f"la={verb.lemma} {child.lemma}"


def _subject_features(verb: Token, subject: Subject, rank: int) -> Iterator[str]:
    yield f"how={subject.how}"
    yield f"s={subject.kind}"
    yield f"sw={subject.token.lemma if subject.token else '-'}"
    yield f"ls={verb.lemma} {subject.kind}"
    yield f"lh={verb.lemma} {subject.how}"
    yield f"rank={rank} {subject.how}"
    yield f"hd={subject.how} {verb.dep} {verb.tag}"


def _compose(
    phrases: Phrases, at: Token, cue: Extent, subject: Subject, content: Content, name: str, common: list[str]
) -> Candidate:
    """The candidate with its spans in code points, its quotations made whole and its features complete."""
    tokens, marked = phrases.tokens, phrases.marked
    last = max(cue[1], content.last)
    while last > at.i and tokens[last].pos == "PUNCT" and tokens[last].text != ":":
        last -= 1
    cue = (cue[0], last)
    if cue[1] + 1 < len(tokens) and tokens[cue[1] + 1].text == ":":
        cue = (cue[0], cue[1] + 1)
    pieces = [*([subject.patient] if subject.patient else []), *content.extents]
    for hole in [cue, *([subject.extent] if subject.extent else [])]:
        pieces = [part for piece in pieces for part in cut_out(piece, hole)]
    pieces = [phrases.trim(*p) for p in pieces]
    pieces = [p for p in pieces if any(c.isalnum() for c in phrases.parse.words(*p))]
    cue_span = phrases.span(cue)
    source = phrases.span(subject.extent) if subject.extent else None
    spans = grow_to_quotations(phrases, [phrases.span(p) for p in pieces], cue_span, source, at)
    opening = bool(spans) and marked.at(spans[0][0]) is not None and marked.at(cue_span[0]) is None
    quoted = "q" if opening and marked.within(spans[0]) else "m" if opening else "n"
    row = load_cues().get(("noun" if at.pos in ("NOUN", "PROPN") else "verb", at.lemma))
    known = f"{row.stance} {row.basis}" if row else "-"
    lemma, kind = at.lemma, content.kind
    features = [
        *common,
        *content.features,
        "1",
        f"k={kind}",
        f"lk={lemma} {kind}",
        f"c={name}",
        f"kc={kind} {name}",
        f"lc={lemma} {name}",
        f"q={quoted}",
        f"lq={lemma} {quoted}",
        f"kq={kind} {quoted}",
        f"kd={kind} {at.dep}",
        f"kh={kind} {subject.how}",
        f"w={min(sum(e - s for s, e in spans) // 25, 6)}",
        f"n={min(len(spans), 4)}",
        f"len={min(cue[1] - cue[0], 6)}",
        f"stk={known} {kind}",
        f"stq={known} {quoted}",
        f"stc={known} {name}",
        f"sts={known} {subject.kind}",
    ]
    if pieces:
        first = tokens[pieces[-1][0]]
        features += [f"f={first.lemma}", f"ft={first.tag}", f"lf={lemma} {first.tag}"]
    return Candidate(at.i, (source,) if source else (), cue_span, tuple(spans), tuple(features))


def _according(phrases: Phrases, token: Token) -> Iterator[Candidate]:
    to = next((phrases.tokens[c] for c in token.children if phrases.tokens[c].text.lower() == "to"), None)
    noun = phrases.child(to.i, "pobj") if to else None
    if not to or not noun:
        return
    subject = Subject(noun, "according", trim_source(phrases, noun, phrases.noun_phrase(noun.i)))
    head = phrases.tokens[token.head]
    while head.dep in ("prep", "pobj", "amod", "npadvmod") and head.head != head.i and head.pos not in ("VERB", "AUX"):
        head = phrases.tokens[head.head]
    start, end = phrases.parse.sentences[token.sentence]
    whole = phrases.extent(head.i)
    if head.i == token.i or head.dep == "ROOT":
        whole = (start, end - 1)  # what the parser left out of the clause belongs to it as well
    content = Content("according", to.i, tuple(cut_out(whole, phrases.extent(token.i))))
    yield _compose(phrases, token, (token.i, to.i), subject, content, "own", ["l=according"])


def _of_noun(phrases: Phrases, noun: Token) -> Iterator[Candidate]:
    """ "their claim that ...", "criticism of ... by ..."."""
    owner = phrases.child(noun.i, "poss")
    first = phrases.right[owner.i] + 1 if owner and owner.i < noun.i else phrases.left[noun.i]
    doer = owner
    if owner is None:
        by = next((c for c in phrases.children(noun.i, "prep") if c.lemma in ("by", "from")), None)
        doer = phrases.child(by.i, "pobj") if by else None
    if first < noun.i and phrases.tokens[first].dep == "case":
        first += 1
    subject = Subject(doer, "poss" if owner else "by", phrases.noun_phrase(doer.i)) if doer else NOBODY
    common = [
        f"nl={noun.lemma}",
        f"nd={noun.dep}",
        f"ns={subject.kind}",
        f"in={phrases.marked.at(noun.start) is not None}",
    ]
    cue, bare = (min(first, noun.i), noun.i), (noun.i, noun.i)
    for clause in phrases.children(noun.i, "acl", "ccomp", "xcomp"):
        if clause.i > noun.i and phrases.left[clause.i] > noun.i:
            word = phrases.tokens[phrases.left[clause.i]].text.lower()
            features = (f"nm={word}", f"nlm={noun.lemma} {word}")
            content = Content("n-" + clause.dep, noun.i, (phrases.extent(clause.i),), features)
            for name, words in (("noun", cue), ("bare", bare))[: 1 if cue == bare else 2]:
                yield _compose(phrases, noun, words, subject, content, name, common)
    for prep in phrases.children(noun.i, "prep"):
        inner = phrases.child(prep.i, "pobj", "pcomp")
        if not inner or prep.i < noun.i or phrases.left[inner.i] <= prep.i or prep.lemma in ("by", "from"):
            continue
        if owner or noun.dep != "dobj":
            features = (f"np={prep.lemma}", f"nlp={noun.lemma} {prep.lemma}")
            content = Content("n-p", prep.i, (phrases.extent(inner.i),), features)
            yield _compose(phrases, noun, cue, subject, content, "noun", common)


def _in_view(phrases: Phrases, noun: Token) -> Iterator[Candidate]:
    """ "in the estimate of General X", "in her view": the noun's clause is the content."""
    prep = phrases.tokens[noun.head]
    if noun.dep != "pobj" or prep.lemma not in ("in", "by") or prep.head == prep.i or noun.lemma not in VIEWS:
        return
    of = next((c for c in phrases.children(noun.i, "prep") if c.lemma == "of"), None)
    owner = phrases.child(noun.i, "poss") or (phrases.child(of.i, "pobj") if of else None)
    if owner is None:
        return
    last = of.i if of and owner.i > of.i else noun.i
    subject = Subject(owner, "view", trim_source(phrases, owner, phrases.noun_phrase(owner.i)))
    whole = phrases.extent(prep.head)
    content = Content("view", last, tuple(cut_out(whole, phrases.extent(prep.i))), (f"v={noun.lemma}",))
    first = prep.i if of else max(prep.i, phrases.right[owner.i] + 1)
    yield _compose(phrases, noun, (first, last), subject, content, "own", [])


def _of_colon(phrases: Phrases, colon: Token) -> Iterator[Candidate]:
    """A speaker before a colon, as in transcripts and headlines."""
    text, tokens = phrases.parse.text, phrases.tokens
    start = text.rfind("\n", 0, colon.start) + 1
    words = text[start : colon.start].split() if colon.start - start < 80 else []
    if not 0 < len(words) <= LONGEST_LABEL:
        return
    label = " ".join(words)
    if is_dateline(text, start, colon.end):
        return
    end = text.find("\n", colon.end)
    end = len(text) if end < 0 else end
    first = last = colon.i
    while first > 0 and tokens[first - 1].start >= start:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].start < end:
        last += 1
    if first == colon.i or last == colon.i:
        return
    speaker = tokens[first : colon.i]
    common = [
        f"cu={label.isupper()}",
        f"ct={len(words)}",
        f"ce={any(t.ent in ('PERSON', 'ORG') for t in speaker)}",
        f"cp={all(t.pos in ('PROPN', 'NOUN', 'PUNCT') for t in speaker)}",
        f"cv={any(t.pos in ('VERB', 'AUX') for t in speaker)}",
        f"c0={start == 0}",
    ]
    subject = Subject(speaker[-1], "label", (first, colon.i - 1))
    content = Content("colon", colon.i, ((colon.i + 1, last),))
    yield _compose(phrases, colon, (colon.i, colon.i), subject, content, "own", common)


def is_dateline(text: str, start: int, end: int) -> bool:
    """Whether words in capitals up to a colon say where a text was filed ("OSLO: "): they open it and come once, not
    again and again as those of a transcript."""
    label = text[start:end].strip()
    return label.isupper() and not text[:start].strip() and text.count(label) == 1


def _of_adverb(phrases: Phrases, adverb: Token) -> Iterator[Candidate]:
    """A clause under "reportedly" or the like: the outlet names no source."""
    if adverb.head != adverb.i:
        content = Content("adverb", adverb.i, tuple(cut_out(phrases.extent(adverb.head), (adverb.i, adverb.i))))
        yield _compose(phrases, adverb, (adverb.i, adverb.i), NOBODY, content, "own", [f"l={adverb.lemma}"])
