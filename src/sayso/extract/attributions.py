"""Who says what in a report: attributions with their speaker, chain, stance, certainty and basis.

Finding the spans (`sayso.extract.spans`) is one step, saying what they mean is the others: each works on spans and the
parse only, so that a better span finder changes nothing here.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from sayso.extract.chains import enclosing, find_cited, find_via
from sayso.extract.parses import Parse, Token
from sayso.extract.phrases import Phrases
from sayso.extract.quotations import Marked, find_quotations
from sayso.extract.spans import find_spans
from sayso.extract.speakers import Speakers
from sayso.extract.stances import judge_basis, judge_certainty, judge_directness, judge_stance
from sayso.record import Attribution, Reading, Span


def find_attributions(reading: Reading, parse: Parse) -> Reading:
    """The reading with its attributions, in the order of the cues."""
    marked = Marked(find_quotations(parse.text))
    spans = [
        Attribution(source=c.source, cue=(c.cue,), content=c.content, directness=judge_directness(marked, c.content))
        for c in find_spans(parse, marked)
    ]
    if not spans:
        return reading
    described = _describe(parse, spans, marked, reading.report.outlet)
    return replace(reading, attributions=tuple(described))


def _describe(parse: Parse, spans: list[Attribution], marked: Marked, outlet: str) -> list[Attribution]:
    starts = [t.start for t in parse.tokens]
    outer = enclosing(spans)
    speakers = Speakers(parse, Phrases(parse, marked), outlet)
    described: list[Attribution] = list(spans)
    sentences: list[int] = []
    # Outermost first would need two passes; the order of the text lets "she" find who spoke before.
    for n, attribution in enumerate(spans):
        cue = _tokens(parse, starts, attribution.cue)
        content = _tokens(parse, starts, attribution.content)
        sentence = cue[0].sentence if cue else 0
        sentences.append(sentence)
        around = next((described[m].speaker for m in reversed(outer[n]) if spans[m].directness != "indirect"), None)
        speaker = speakers.resolve(attribution.source, around)
        stance, basis, negated = judge_stance(cue)
        described[n] = replace(
            attribution,
            speaker=speaker,
            stance=stance,
            negated=negated,
            basis=judge_basis(basis, speaker, content),
            certainty=judge_certainty(parse, cue, content, stance, negated),
        )
    via = find_via(parse, described, outer, sentences, outlet)
    for n, attribution in enumerate(described):
        speaker, chain = attribution.speaker, via[n]
        if speaker and speaker.kind == "outlet":
            cited = find_cited(parse, attribution, sentences[n])
            if cited:
                known = speakers.describe(cited)
                chain = tuple(dict.fromkeys((*chain, speaker.name))) if speaker.name != outlet else chain
                attribution = replace(attribution, speaker=known)
        described[n] = replace(attribution, via=chain)
    return described


def _tokens(parse: Parse, starts: list[int], spans: tuple[Span, ...]) -> list[Token]:
    """The tokens of spans, in order."""
    found: list[Token] = []
    for s, e in spans:
        i = max(0, bisect_right(starts, s) - 1)
        while i < len(starts) and starts[i] < e:
            if parse.tokens[i].end > s:
                found.append(parse.tokens[i])
            i += 1
    return found
