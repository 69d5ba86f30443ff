"""Cutting a report into the passages that become claims: one per clause that can be checked by itself.

What an attribution says is cut by its content, sentence by sentence; what no attribution covers is the outlet's own
voice. Where two attributions nest ("A said that B said that X"), the inner one has X and the outer one is its chain.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.extract.assertions import Assertions
from sayso.grammar.parses import Parse, Token
from sayso.read.furniture import find_furniture
from sayso.read.mastheads import list_head_lines
from sayso.record import Attribution, Reading, Span

FEWEST_WORDS = 3
"""A content of fewer words ("to comment"), or without a verb ("a withdrawal from one axis"), says nothing without its
cue, so that the whole attribution is the claim."""

SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
DEEPEST = 6
"""Clauses in clauses that are cut from each other."""
ADNOMINAL = ("acl", "relcl", "appos")
"""How what says more of a noun hangs from it."""
SMALL = ("ADP", "DET", "PUNCT", "SYM", "SCONJ", "ADV", "CCONJ", "PART", "PRON")
"""Parts of speech of words that tell nothing by themselves."""
NOUN_PARTS = ("det", "amod", "compound", "nummod", "poss", "nmod")
EDGES = " \t\r\n\"'“”‘’«»,;:–—-"


@dataclass(frozen=True, slots=True)
class Clause:
    """A passage to make a claim of: its span, its tokens (indices, end exclusive), its head token and whose it is."""

    start: int
    end: int
    first: int
    last: int
    head: int
    attribution: int | None
    inner: tuple[Span, ...] = ()
    """Clauses in it that stand otherwise and are clauses of their own, whose figures are theirs."""


def cut_clauses(reading: Reading, parse: Parse, assertions: Assertions) -> list[Clause]:
    """All clauses of a report, in order of their beginning, cut where parts of them stand otherwise."""
    spans: list[tuple[int, int, int | None]] = []
    covered: list[Span] = []
    inner = find_nested(reading.attributions)
    for index, attribution in enumerate(reading.attributions):
        covered += [*attribution.source, *attribution.cue, *attribution.content]
        if index not in inner:
            said = [reach_subject(parse, span) for span in content_spans(attribution, parse)]
            covered += said
            spans += [(start, end, index) for start, end in said]
    counts = [figure.start for figure in reading.figures if figure.high != 0 or figure.state]
    values = sorted([*counts, *(time.start for time in reading.times if time.type != "SET")])
    contents = sorted((*span, i) for i, a in enumerate(reading.attributions) if i not in inner for span in a.content)
    for start, end in own_voice_spans(parse, sorted(covered)):
        # "The ministry *cut its count to 97*, saying ...": who says the one thing does the other, and counts are kept.
        if begins_within(counts, start, end):
            start, end = reach_subject(parse, (start, end))
        start, end = reach_noun(parse, (start, end))
        spans.append((start, end, find_owner(parse, contents, start, end)))
    clauses = cut_spans(parse, spans, values, assertions)
    cues = {start for attribution in reading.attributions for start, _ in attribution.cue}
    spare = [
        span
        for span in spare_spans(parse, clauses, values)
        if begins_within(counts, *span) or not is_cue(parse, span, cues, values)
    ]
    left = [(start, end, find_owner(parse, contents, start, end)) for start, end in spare]
    found = drop_repeats([*clauses, *cut_spans(parse, left, values, assertions)])
    silent = sorted({*find_furniture(parse.text), *list_head_lines(parse.text)})
    return leave_furniture(found, silent, parse)


def leave_furniture(clauses: list[Clause], furniture: Sequence[Span], parse: Parse) -> list[Clause]:
    """The clauses without those that have no word outside the lines of furniture, and without such lines at the
    beginning of others, where a sentence runs on from a byline without a stop."""
    if not furniture:
        return clauses
    kept = []
    for clause in clauses:
        first, last = clause.first, clause.last
        while first < last and is_inside(parse.tokens[first].start, furniture):
            first += 1
        while first < last and is_inside(parse.tokens[last - 1].start, furniture):
            last -= 1
        if first == last or not first <= clause.head < last:
            if not is_inside(parse.tokens[clause.head].start, furniture):
                kept.append(clause)
        elif (first, last) == (clause.first, clause.last):
            kept.append(clause)
        else:
            start, end = parse.tokens[first].start, parse.tokens[last - 1].end
            kept.append(replace(clause, start=start, end=end, first=first, last=last))
    return kept


def is_inside(at: int, spans: Sequence[Span]) -> bool:
    """Whether a place lies in one of some spans, which are sorted and apart."""
    n = bisect_right(spans, at, key=lambda span: span[0]) - 1
    return n >= 0 and at < spans[n][1]


def find_owner(parse: Parse, contents: Sequence[tuple[int, int, int]], start: int, end: int) -> int | None:
    """The attribution in whose content the noun lies that a stretch says more of: that was said as well. `contents` are
    spans with their attributions, sorted; None for the outlet's own voice."""
    first, last = tokens_within(parse, start, end)
    while first < last and is_loose(parse.tokens[first]):
        first += 1
    if first >= last:
        return None
    head = parse.tokens[find_head(parse, first, last)]
    governor = parse.tokens[head.head]
    if head.dep not in ADNOMINAL or first <= governor.i < last:
        return None
    at = bisect_right(contents, governor.start, key=lambda span: span[0]) - 1
    return contents[at][2] if at >= 0 and governor.start < contents[at][1] else None


def cut_spans(
    parse: Parse, spans: list[tuple[int, int, int | None]], values: Sequence[int], assertions: Assertions
) -> list[Clause]:
    """The clauses of some spans with their attributions; `values` are where figures and times begin."""
    clauses = []
    for start, end, attribution in sorted(spans, key=lambda s: (s[0], s[1])):
        for first, last in split_coordinates(parse, *tokens_within(parse, start, end)):
            clauses += cut_assertions(parse, (first, last), attribution, assertions, values)
    return clauses


def spare_spans(parse: Parse, clauses: Sequence[Clause], values: Sequence[int]) -> Iterator[Span]:
    """The stretches of sentences that no clause covers and that hold a value ("*On 3 May the engineers told the mayor*
    that ..."), and whole sentences with a verb that have no clause at all."""
    covered = sorted((clause.start, clause.end) for clause in clauses)
    stretches = list(own_voice_spans(parse, covered))
    edges = {(parse.tokens[first].start, parse.tokens[last - 1].end) for first, last in parse.sentences}
    for start, end in stretches:
        if begins_within(values, start, end) or (start, end) in edges:
            yield start, end


def is_cue(parse: Parse, span: Span, cues: set[int], values: Sequence[int]) -> bool:
    """Whether a stretch only says that somebody spoke and when ("the paper reported on Tuesday"); a time before that
    ("On Sunday, she said") may be that of what was said. `cues` and `values` are where those begin."""
    first, last = tokens_within(parse, *span)
    while first < last and is_loose(parse.tokens[first]):
        first += 1
    if first >= last:
        return False
    spoke = parse.tokens[find_head(parse, first, last)].start
    return spoke in cues and not begins_within(values, span[0], spoke)


def begins_within(starts: Sequence[int], start: int, end: int) -> bool:
    """Whether any of some places, which are sorted, lies within a span."""
    return bisect_left(starts, start) < bisect_left(starts, end)


def cut_assertions(
    parse: Parse,
    stretch: tuple[int, int],
    attribution: int | None,
    assertions: Assertions,
    values: Sequence[int],
    deep: int = 0,
) -> list[Clause]:
    """The clauses of a stretch of tokens: one, or several where what it holds stands otherwise than it does."""
    first, last = stretch

    def cut_on(begin: int, end: int, deeper: int = deep) -> list[Clause]:
        return cut_assertions(parse, (begin, end), attribution, assertions, values, deeper)

    for i in range(first, last - FEWEST_WORDS):
        if "?" in parse.tokens[i].text:  # “Is it safe?” she asked
            asked = cut_on(first, i + 1) or list(make_question(parse, first, i, attribution))
            return [*asked, *cut_on(i + 1, last)]
    if (colon := find_colon(parse, first, last)) is not None:
        told = cut_on(first, colon) if states(parse, parse.tokens[first].start, parse.tokens[colon].start) else []
        return [*told, *cut_on(colon + 1, last)]
    whole = trim_clause(parse, first, last, attribution, values)
    first, last = (whole.first, whole.last) if whole else (first, last)
    if last <= first or deep == DEEPEST:
        return [whole] if whole else []
    cut = assertions.cut(first, last, whole.head if whole else find_head(parse, first, last))
    inner: list[Clause] = []
    for begin, end in cut.clauses:
        inner += cut_on(begin, end, deep + 1)
    for begin, end, noun in cut.nouns:
        inner.append(Clause(parse.tokens[begin].start, parse.tokens[end - 1].end, begin, end, noun, attribution))
    if not inner:
        return [whole] if whole else []
    around = [trim_clause(parse, begin, end, attribution, values) for begin, end in cut.around]
    spans = tuple((c.start, c.end) for c in inner)
    return [*(replace(clause, inner=spans) for clause in around if clause), *inner]


def find_colon(parse: Parse, first: int, last: int) -> int | None:
    """The colon after which a stretch asks ("He put it plainly*:* is it safe?"), None where there is none."""
    if "?" not in "".join(token.text for token in parse.tokens[last - 1 : last + 1]):
        return None
    colons = (i for i in range(first + 1, last - FEWEST_WORDS) if parse.tokens[i].text == ":")
    return next(colons, None)


def make_question(parse: Parse, first: int, last: int, attribution: int | None) -> Iterator[Clause]:
    """The clause of a question whose subject the parser has missed."""
    while first < last and is_loose(parse.tokens[first]):
        first += 1
    if last - first >= FEWEST_WORDS and is_verb(parse, head := find_head(parse, first, last)):
        yield Clause(parse.tokens[first].start, parse.tokens[last - 1].end, first, last, head, attribution)


def find_nested(attributions: Sequence[Attribution]) -> set[int]:
    """The attributions whose content is, but for a few words, another attribution: their claim is the inner one's."""
    parts = [[*a.source, *a.cue, *a.content] for a in attributions]
    begins = sorted((min(s for s, _ in spans), i) for i, spans in enumerate(parts) if spans)
    nested = set()
    for i, outer in enumerate(attributions):
        if not outer.content:
            continue
        outer_size = sum(e - s for s, e in outer.content)
        here = bisect_left(begins, (min(s for s, _ in outer.content), -1))
        limit = max(e for _, e in outer.content)
        for begin, j in begins[here:]:
            if begin >= limit:
                break
            inner_size = sum(e - s for s, e in parts[j])
            inside = sum(overlap_size(a, b) for a in parts[j] for b in outer.content)
            if j != i and attributions[j].source and inside >= 0.9 * inner_size and inside >= 0.6 * outer_size:
                nested.add(i)
                break
    return nested


def overlap_size(a: Span, b: Span) -> int:
    """How many code points two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def content_spans(attribution: Attribution, parse: Parse) -> Iterator[Span]:
    """What an attribution says, one span a sentence; the whole attribution where the content is too short to stand."""
    pieces = [(s, e) for s, e in attribution.content if e > s]
    words = sum(len(parse.text[s:e].split()) for s, e in pieces)
    if words < FEWEST_WORDS or attribution.stance == "declines" or not any(states(parse, s, e) for s, e in pieces):
        pieces = [*attribution.source, *attribution.cue, *pieces]
        if pieces:
            yield min(s for s, _ in pieces), max(e for _, e in pieces)
        return
    by_sentence: dict[int, list[Span]] = {}
    for s, e in pieces:
        first, last = tokens_within(parse, s, e)
        for i in range(first, last):
            token = parse.tokens[i]
            by_sentence.setdefault(token.sentence, []).append((max(s, token.start), min(e, token.end)))
    for found in by_sentence.values():
        yield found[0][0], found[-1][1]


def reach_subject(parse: Parse, span: Span) -> Span:
    """A content reaching back to the subject of its head verb, where the attribution has cut that off."""
    first, last = tokens_within(parse, *span)
    if first >= last:
        return span
    head = find_head(parse, first, last)
    begin = parse.sentences[parse.tokens[head].sentence][0]
    subject = find_subject(parse, head, begin, last)
    if subject is None or subject >= first or not is_verb(parse, head):
        return span
    return parse.tokens[parse.subtree(subject)[0]].start, span[1]


def reach_noun(parse: Parse, span: Span) -> Span:
    """A stretch that only says more of a noun before it ("Ana Roth, *injured in the first crash*, said ...") reaching
    back to that noun, so that it says of whom it is."""
    first, last = tokens_within(parse, *span)
    while first < last and is_loose(parse.tokens[first]):
        first += 1
    if first >= last:
        return span
    token = parse.tokens[find_head(parse, first, last)]
    noun = parse.tokens[token.head]
    if token.dep not in ADNOMINAL or not noun.i < first or noun.pos not in ("NOUN", "PROPN"):
        return span
    begin = min([noun.i, *(c for c in noun.children if c < noun.i and parse.tokens[c].dep in NOUN_PARTS)])
    return parse.tokens[begin].start, span[1]


def states(parse: Parse, start: int, end: int) -> bool:
    """Whether a passage states something: the token that governs it is a verb."""
    first, last = tokens_within(parse, start, end)
    return first < last and is_verb(parse, find_head(parse, first, last))


def own_voice_spans(parse: Parse, covered: Sequence[Span]) -> Iterator[Span]:
    """The stretches of each sentence that no attribution covers."""
    at = 0
    for first, last in parse.sentences:
        start, end = parse.tokens[first].start, parse.tokens[last - 1].end
        while at < len(covered) and covered[at][1] <= start:
            at += 1
        here, n = start, at
        while n < len(covered) and covered[n][0] < end:
            if covered[n][0] > here:
                yield here, covered[n][0]
            here = max(here, covered[n][1])
            n += 1
        if here < end:
            yield here, end


def tokens_within(parse: Parse, start: int, end: int) -> tuple[int, int]:
    """The range of tokens that lie within a span, by binary search."""
    starts, _ = parse.edges()
    first = bisect_left(starts, start)
    return first, bisect_left(starts, end, lo=first)


def split_coordinates(parse: Parse, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Cut a stretch before each coordinated clause that has a subject of its own ("A left, and B came")."""
    cuts = [first]
    for i in range(first + 1, last):
        token = parse.tokens[i]
        if token.dep != "conj" or token.pos not in ("VERB", "AUX") or not has_subject(parse, i):
            continue
        begin = max(first, parse.subtree(i)[0])
        if begin > cuts[-1] + FEWEST_WORDS:
            cuts.append(begin)
    yield from zip(cuts, [*cuts[1:], last], strict=True)


def has_subject(parse: Parse, i: int) -> bool:
    """Whether a verb has a subject of its own."""
    return any(parse.tokens[c].dep in SUBJECTS for c in parse.tokens[i].children)


def find_subject(parse: Parse, verb: int, first: int, last: int) -> int | None:
    """The subject of a verb within a stretch, or that of the verb that it is coordinated with; None without one."""
    for at in (verb, parse.tokens[verb].head):
        for c in parse.tokens[at].children:
            if parse.tokens[c].dep in SUBJECTS and first <= c < last:
                return c
        if parse.tokens[verb].dep not in ("conj", "dep"):
            break
    return None


def trim_clause(
    parse: Parse, first: int, last: int, attribution: int | None, values: Sequence[int] = ()
) -> Clause | None:
    """A clause without loose marks and conjunctions at its edges; None where nothing can be claimed in it. A fragment
    will do where it holds one of the `values` (where figures and times begin) or says something after a label."""
    tokens = parse.tokens
    while first < last and (is_loose(tokens[first]) or is_complementizer(tokens[first])):
        first += 1
    while last > first and (is_loose(tokens[last - 1]) or is_cut_off(parse, last - 1)):
        last -= 1
    if last <= first:
        return None
    head = find_head(parse, first, last)
    start, end = tokens[first].start, tokens[last - 1].end
    if attribution is None and not begins_within(values, start, end):
        short = last - first < FEWEST_WORDS
        if not (is_statement(parse, head, first, last) and not short) and not is_labelled(parse, first, last):
            return None
    elif attribution is None and is_bare_time(parse, head, first, last):
        return None
    # A closing bracket or percent sign is no loose mark when its opening is inside.
    if parse.text[end : end + 1] == ")" and "(" in parse.text[start:end]:
        end += 1
    return Clause(start, end, first, last, head, attribution)


def is_statement(parse: Parse, head: int, first: int, last: int) -> bool:
    """Whether a stretch states something by itself: a verb with a subject, a sentence's own verb, whose subject the
    parser may have missed or a headline left out ("Stolen in a night raid"), or one that says more of a noun."""
    token = parse.tokens[head]
    if not is_verb(parse, head):
        return False
    return find_subject(parse, head, first, last) is not None or token.head == head or token.dep in ADNOMINAL


def is_bare_time(parse: Parse, head: int, first: int, last: int) -> bool:
    """Whether a stretch is no more than when something outside it took place ("since May")."""
    tokens = parse.tokens
    if first <= tokens[head].head < last:
        return False
    return all(token.pos in SMALL or token.ent in ("DATE", "TIME") for token in tokens[first:last])


def is_labelled(parse: Parse, first: int, last: int) -> bool:
    """Whether a stretch is a label and what is said of it ("Bridge: closed to traffic")."""
    marks = [i for i in range(first + 1, last - 1) if parse.tokens[i].text == ":"]
    return bool(marks) and any(parse.tokens[i].pos not in ("PUNCT", "SYM") for i in range(marks[0] + 1, last))


def is_loose(token: Token) -> bool:
    """Whether a token at the edge of a clause belongs to the text around it."""
    if token.pos == "SYM" and unicodedata.category(token.text[-1]) == "Sc":
        return False  # "$40,000 a month": the sign is of what follows it
    return (
        token.pos in ("PUNCT", "SYM") or token.text in EDGES or token.text.lower() in ("and", "but", "or", "so", "yet")
    )


def is_complementizer(token: Token) -> bool:
    """Whether a token is the "that" of "said that"."""
    return token.text.lower() == "that" and token.dep == "mark"


def is_cut_off(parse: Parse, i: int) -> bool:
    """Whether a token opens what comes after the clause ("by half, *in* the estimate of"), and is not stranded at the
    end of its sentence ("what it was looking *for*")."""
    following = parse.tokens[i + 1] if i + 1 < len(parse.tokens) else None
    within = following is not None and following.sentence == parse.tokens[i].sentence and following.pos != "PUNCT"
    return within and parse.tokens[i].dep in ("prep", "mark")


def is_verb(parse: Parse, i: int) -> bool:
    """Whether a token is a verb or an auxiliary."""
    return parse.tokens[i].pos in ("VERB", "AUX")


def find_head(parse: Parse, first: int, last: int) -> int:
    """The token that governs a stretch: a verb whose governor lies outside it, else any such token."""
    tops = [i for i in range(first, last) if not first <= parse.tokens[i].head < last or parse.tokens[i].head == i]
    verbs = [i for i in tops if is_verb(parse, i)]
    within = verbs or tops or [first]
    if len(within) == 1:
        return skip_participle(parse, within[0], first, last)
    # The stretch's head governs most of it.
    head = max(within, key=lambda i: (parse.subtree(i)[1] - parse.subtree(i)[0], -i))
    return skip_participle(parse, head, first, last)


def skip_participle(parse: Parse, head: int, first: int, last: int) -> int:
    """The finite verb of "soldiers *sent* to Kursk *have been withdrawn*", where the parser took the participle for it.

    The finite verb then hangs from the participle without a subject of its own and without a conjunction.
    """
    tokens = parse.tokens
    children = tokens[head].children
    if tokens[head].tag not in ("VBN", "VBD") or any(tokens[c].dep in ("aux", "auxpass", "cc") for c in children):
        return head
    for c in children:
        helped = any(tokens[g].dep in ("aux", "auxpass") and tokens[g].pos == "AUX" for g in tokens[c].children)
        if first <= c < last and c > head and is_verb(parse, c) and helped and not has_subject(parse, c):
            return c if tokens[c].dep in ("conj", "dep") else head
    return head


def drop_repeats(clauses: list[Clause]) -> list[Clause]:
    """One clause for one span: the attributed one before the outlet's own."""
    best: dict[Span, Clause] = {}
    for clause in clauses:
        key = (clause.start, clause.end)
        if key not in best or best[key].attribution is None:
            best[key] = clause
    return sorted(best.values(), key=lambda c: (c.start, c.end))
