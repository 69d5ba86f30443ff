"""Whose word a claim is, where extraction found that somebody speaks and not who: the model names words of the
sentence, and sayso's own tables say what they do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

import msgspec

from sayso.advise.advisers import Adviser, name_prompt
from sayso.advise.anchors import find_words, list_words
from sayso.extract.lemmas import find_lemma
from sayso.extract.stances import NEGATIONS, load_cues
from sayso.record import Attribution, Claim, Proposal, Reading, Span, Speaker, Stance
from sayso.tables import load_toml
from sayso.weigh.facts import sentence_span

PROMPT = "source"
LONGEST_SENTENCE, LONGEST_SOURCE, LONGEST_CUE = 700, 12, 5
"""Code points of a sentence that is shown; words of a source and of a cue, at most."""
FEWEST = 5
"""Words of a claim that is no sentence by itself."""
PASSIVE = frozenset("is are was were be been being".split())
"""Words before a verb by which it says what was said to its subject."""
NOBODY = frozenset("he she it they we i you his her its their our my who which that this these those".split())
"""Words that what names nobody by itself begins with."""
ALONE = frozenset("one some many others another nobody someone somebody everyone all none".split())
"""Words that name nobody when they stand alone."""
VOUCHING = ("asserts", "reports", "estimates")
"""What a cue must do: a model's word is not enough to have somebody deny, ask or order what he is said to have said."""
QUOTED = re.compile(r"[\"“”«»„]")
TAGS = ("VBD", "VBZ", "VBN", "VBG", "VB")


class Named(msgspec.Struct):
    """What the model answers: words of the sentence."""

    source: str
    cue: str


def propose_sources(adviser: Adviser, readings: Iterable[Reading]) -> Iterator[Proposal]:
    """What a model proposes for the claims of some readings that somebody speaks and nobody is named for."""
    for reading in readings:
        for claim in find_unsure(reading):
            if (made := propose_source(adviser, reading, claim)) is not None:
                yield made


def propose_source(adviser: Adviser, reading: Reading, claim: Claim) -> Proposal | None:
    """What a model proposes for one claim; None where it names nobody in the claim's sentence."""
    text, (begin, end) = reading.report.text, bound_sentence(reading, claim)
    named = adviser.ask(PROMPT, {"sentence": text[begin:end], "said": claim.text}, Named)
    if named is None or not named.source.strip():
        return None
    found = anchor_source(text, (begin, end), claim, named)
    adviser.count(int(found is not None), int(found is None))
    if found is None:
        return None
    source, cue, stance = found
    return Proposal(
        report=reading.report.digest, seat=claim.seat, source=source, cue=cue, stance=stance, by=adviser.by,
        prompt=name_prompt(PROMPT),
    )  # fmt: skip


def find_unsure(reading: Reading) -> Iterator[Claim]:
    """The claims that are somebody's word and nobody's by name: of an attribution without a speaker, or of none in a
    sentence that quotes or says that something was said."""
    for claim in reading.claims:
        told = None if claim.attribution is None else reading.attributions[claim.attribution]
        if claim.stands not in ("asserted", "open") or (not claim.form and len(list_words(claim.text)) < FEWEST):
            continue
        if claim.end - claim.start > LONGEST_SENTENCE // 2:
            continue
        if told is not None:
            if told.speaker is None and not told.via:
                yield claim
            continue
        begin, end = bound_sentence(reading, claim)
        around = f"{reading.report.text[begin : claim.start]} … {reading.report.text[claim.end : end]}"
        if QUOTED.search(around) or any(find_stance(word) for word in list_words(around)):
            yield claim


def bound_sentence(reading: Reading, claim: Claim) -> Span:
    """The span of the sentence that a claim stands in, no longer than is shown."""
    begin, end = sentence_span(reading.report.text, claim.start, claim.end)
    begin = max(begin, claim.start - LONGEST_SENTENCE // 2)
    return begin, min(end, len(reading.report.text), begin + LONGEST_SENTENCE)


def anchor_source(text: str, sentence: Span, claim: Claim, named: Named) -> tuple[Span, Span, Stance] | None:
    """The spans of what the model named, and what the cue does; None where either does not stand in the sentence
    beside the claim, the source is nobody's name, or the cue is none that sayso knows."""
    source = find_words(text, named.source, sentence, claim.start)
    if source is None:
        return None
    cue = find_words(text, named.cue, sentence, source[0])
    if cue is None or overlap(source, cue) or any(claim.start <= s < claim.end for s, _ in (source, cue)):
        return None
    words, said = list_words(text[slice(*source)]), list_words(text[slice(*cue)])
    if not 0 < len(words) <= LONGEST_SOURCE or not 0 < len(said) <= LONGEST_CUE:
        return None
    if words[0] in NOBODY or (len(words) == 1 and words[0] in ALONE) or not any(word[0].isalpha() for word in words):
        return None
    before = list_words(text[max(sentence[0], cue[0] - 12) : cue[0]])
    if any(word in NEGATIONS for word in (*before, *said)) or (before and before[-1] in PASSIVE) or said[0] in PASSIVE:
        return None  # "Did not say" does what no word of it does, and who "was told" said nothing.
    stances = [stance for word in said if (stance := find_stance(word))]
    return (source, cue, stances[0]) if stances and all(stance in VOUCHING for stance in stances) else None


def overlap(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


@cache
def find_stance(word: str) -> Stance | None:
    """What a verb does, in any of its forms, where it is a cue."""
    if word == "according":
        return "asserts"
    cues = load_cues()
    lemmas = (word, *(find_lemma(word, tag) for tag in TAGS))
    return next((cues["verb", lemma].stance for lemma in lemmas if ("verb", lemma) in cues), None)


def lay_over(readings: Iterable[Reading], proposals: Sequence[Proposal]) -> tuple[Reading, ...]:
    """The readings with claims given to the sources that a model proposed, each signed by it. A reading whose words
    are others than those the proposal was made of is left as it is."""
    made: dict[str, dict[str, Proposal]] = {}
    for one in proposals:
        made.setdefault(one.report, {})[one.seat] = one
    return tuple(lay_over_reading(r, made[r.report.digest]) if r.report.digest in made else r for r in readings)


def lay_over_reading(reading: Reading, proposals: dict[str, Proposal]) -> Reading:
    """The same for one reading, by the claims' seats: a claim gets an attribution of its own."""
    claims, attributions = list(reading.claims), list(reading.attributions)
    unsure = {claim.seat for claim in find_unsure(reading)}
    for n, claim in enumerate(claims):
        made = proposals.get(claim.seat)
        if made is None or claim.seat not in unsure or not fits(reading.report.text, made):
            continue
        claims[n] = replace(claim, attribution=len(attributions))
        attributions.append(
            Attribution(
                source=(made.source,),
                cue=(made.cue,),
                content=((claim.start, claim.end),),
                speaker=name_source(reading.report.text[slice(*made.source)]),
                stance=made.stance,
                certainty=tuple(load_toml("hedges.toml")["stances"][made.stance]),
                by=made.by,
            )
        )
    return replace(reading, claims=tuple(claims), attributions=tuple(attributions))


def fits(text: str, made: Proposal) -> bool:
    """Whether the spans of a proposal lie in a text."""
    return all(0 <= start < end <= len(text) for start, end in (made.source, made.cue))


def name_source(words: str) -> Speaker:
    """A speaker by its words. Who that is, sayso does not say: the grammar did not."""
    name = " ".join(words.split())
    return Speaker(name=re.sub(r"^(?:the|an?) (?=[A-Z])", "", name, flags=re.IGNORECASE))
