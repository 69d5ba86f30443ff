"""What the spans of attributions mean: speaker, chain, stance, certainty and basis of each.

Works on spans and the parse only, whatever found the spans.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from sayso.extract.chains import Mention, enclosing, find_via, join_chain, mention_outlets
from sayso.extract.citings import list_cited
from sayso.extract.stances import judge_basis, judge_certainty, judge_stance
from sayso.grammar.parses import Parse, Token
from sayso.grammar.phrases import Phrases
from sayso.grammar.quotations import Marked
from sayso.record import Attribution, Span, Speaker
from sayso.who.speakers import Speakers

RELAYING = ("outlet", "organisation")
"""Kinds of those who pass on what others say: an agency that no list has is an organisation."""
NOBODY = re.compile(r"(?:neither|nobody|no one|none|no)\b", re.IGNORECASE)
"""How a source begins that denies its cue: "Neither X nor Y has admitted"."""


def describe_attributions(
    parse: Parse,
    spans: list[Attribution],
    marked: Marked,
    outlet: str,
    labels: Mapping[Span, str] = MappingProxyType({}),
    title: Parse | None = None,
) -> list[Attribution]:
    """The attributions with all that their words say, in the text's order, so that "she" finds who spoke before.

    `labels` are those of a transcript's turns by their cues, `title` the parse of its title, which may tell who is
    interviewed.
    """
    starts = [t.start for t in parse.tokens]
    phrases = Phrases(parse, marked)
    speakers = Speakers(phrases, outlet)
    if labels:
        speakers.take_turns(sorted((cue[0], label) for cue, label in labels.items()), title)
    outer = enclosing(spans)
    described = list(spans)
    sentences: list[int] = []
    beside: dict[int, list[Mention]] = {}
    cited: dict[int, list[Speaker]] = {}
    earlier: list[int] = []
    for n, attribution in enumerate(spans):
        cue = _tokens(parse, starts, attribution.cue)
        content = _tokens(parse, starts, attribution.content)
        sentence = cue[0].sentence if cue else _sentence_at(parse, starts, attribution.cue[0][0])
        sentences.append(sentence)
        around = next((described[m].speaker for m in reversed(outer[n]) if spans[m].directness != "indirect"), None)
        label = labels.get(attribution.cue[0])
        at = (attribution.source or attribution.cue)[0][0]
        speaker = speakers.name(label, at, n) if label else speakers.resolve(attribution.source, n, around)
        if (
            not (attribution.source or label)
            and attribution.directness != "indirect"
            and n
            and _is_beside(parse, spans, n)
        ):
            speaker = described[n - 1].speaker  # a quoted scrap whose verb has no subject of its own
        earlier.append(speakers.earlier())
        if sentence not in beside:
            beside[sentence] = mention_outlets(phrases, speakers.references, sentence)
        if speaker and speaker.kind == "outlet":
            nouns = list_cited(parse, attribution, sentence)
            if nouns:
                cited[n] = [speaker, *(speakers.cite(noun, n) for noun in nouns)]
        stance, basis, negated = judge_stance(cue, content)
        if label:  # what a colon or a foreign verb does, its finder knows
            stance, basis, negated = attribution.stance, "told", False
        negated = negated or bool(NOBODY.match(parse.text, *(attribution.source or ((0, 0),))[0]))
        described[n] = replace(
            attribution,
            speaker=speaker,
            stance=stance,
            negated=negated,
            basis=judge_basis(basis, speaker, content),
            certainty=judge_certainty(parse, cue, content, stance, negated),
        )
    chains = find_via(described, outer, sentences, beside, parse.text)
    for n in sorted(range(len(spans)), key=lambda n: len(outer[n])):  # Who is around another is told of before it.
        attribution, via = described[n], chains[n]
        speaker = attribution.speaker
        within = next((m for m in reversed(outer[n]) if len(outer[m]) < len(outer[n])), None)
        if not via and n not in cited and speaker and speaker.anonymous and 0 <= earlier[n] < n:
            via = described[earlier[n]].via
        *relays, source = cited.get(n, [speaker])
        via = join_chain(
            via if within is None else (*described[within].via, *via),
            [r for r in relays if r and r.kind in RELAYING],
            source,
            outlet,
        )
        named = speakers.aliases.get(source, source) if source else None
        described[n] = replace(attribution, speaker=named, via=via, within=within)
    return described


def _sentence_at(parse: Parse, starts: list[int], at: int) -> int:
    """The number of the sentence that the last token before a place stands in: a cue may lie between two tokens."""
    return parse.tokens[max(0, bisect_right(starts, at) - 1)].sentence if parse.tokens else 0


def _is_beside(parse: Parse, spans: list[Attribution], n: int) -> bool:
    """Whether an attribution stands in the paragraph of the one before it."""
    return "\n" not in parse.text[spans[n - 1].cue[0][0] : spans[n].cue[0][0]]


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
