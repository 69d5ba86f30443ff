"""The chain between a report and its source: which outlets passed the words on, and whom an outlet cites.

"A said, Reuters reported", "A told Reuters", "in an interview with Reuters", "quoted by Reuters", "in a statement
carried by Reuters" all put Reuters between the report and A. In "Reuters reported, citing A" the source's words are
"Reuters", yet who knows is A: the speaker is A then, by way of Reuters (`sayso.extract.citings`). "A quoted by
Reuters", "a document seen by Reuters" and "Reuters's correspondent" have the outlet inside the source's own words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.grammar.phrases import Phrases
from sayso.record import Attribution, Span, Speaker
from sayso.who.outlets import find_outlet, name_outlets, name_unlisted
from sayso.who.references import References

Mention = tuple[Span, str]
"""The span of an outlet's name and the name it goes by."""

DATELINE = re.compile(r"[^\n]{0,60}?\([^()\n]{1,40}\)\s*[-–—]+|[A-Z][^\n]{0,60}?\s[–—]\s")

LONGER_NAME = re.compile(r" (?!Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|News|Agency|TV|Radio)[A-Z]\w+")
"""What follows an outlet's name that is part of another one: "The National" in "the National Police"."""

HANDED_ON = re.compile(
    r"\b(?:quoted|cited|interviewed|contacted|reached|seen|obtained|reviewed|viewed|published|carried|aired|broadcast|"
    r"released|posted|shared|verified|provided|leaked|given|issued|spoke|speaking|spoken|talked|talking)"
    r"(?: \w+ly)? (?:by|in|on|with|to) (?:(?:the|a|an|its|his|her|state|local|news|agency|newspaper) ){0,4}$",
    re.IGNORECASE,
)
"""What stands before an outlet that had its source's words first: "officials quoted by", "a memo seen by"."""

REPORTING = re.compile(
    r"(?:['’]s?)? (?:\w+ ){0,2}?(?:correspondents?|reporters?|journalists?|sources?|witness(?:es)?)\b"
)
"""What stands after an outlet whose own people are the source: "Reuters witnesses", "the BBC's correspondent"."""

TOLD = 30
"""Code points between a cue and the outlet that was told, at most: "told the state news agency"."""


def overlaps(a: Span, b: Span) -> bool:
    """Whether two spans share a code point."""
    return a[0] < b[1] and b[0] < a[1]


def enclosing(attributions: list[Attribution]) -> list[list[int]]:
    """For each attribution the indices of those whose content its cue stands in, outermost first.

    Works by one sweep over the text: at most `DEEPEST` levels are kept.
    """
    bounds = sorted((s, -e, n) for n, a in enumerate(attributions) for s, e in a.content)
    order = sorted(range(len(attributions)), key=lambda n: attributions[n].cue[0][0] if attributions[n].cue else 0)
    found: list[list[int]] = [[] for _ in attributions]
    open_: list[tuple[int, int]] = []
    at = 0
    for n in order:
        if not attributions[n].cue:
            continue
        position = attributions[n].cue[0][0]
        while at < len(bounds) and bounds[at][0] <= position:
            open_.append((-bounds[at][1], bounds[at][2]))
            at += 1
        open_ = [(end, m) for end, m in open_ if end > position]
        # They were opened in the order of their beginning, which a stable sort keeps among those of one end.
        outer = sorted((span for span in open_ if span[1] != n), key=lambda span: -span[0])[:DEEPEST]
        found[n] = list(dict.fromkeys(m for _, m in outer))
    return found


DEEPEST = 8
"""Levels of attribution inside attribution that are followed."""


def mention_outlets(phrases: Phrases, references: References, sentence: int) -> list[Mention]:
    """The outlets that a sentence names or means ("the newspaper"), with the spans of the words.

    A dateline's wire ("KYIV (Reuters) -") is whose text the report is, not who passed on one source, and stays out.
    """
    first, last = phrases.parse.sentences[sentence]
    start, end = phrases.tokens[first].start, phrases.tokens[last - 1].end
    text = phrases.parse.text[start:end]
    dateline = DATELINE.match(text)
    low = dateline.end() if dateline else 0
    bodies = references.bodies
    found: list[Mention] = []
    for s, e, outlet in name_outlets(text):
        if s >= low and outlet.kind != "platform" and not LONGER_NAME.match(text, e):
            found.append(((start + s, start + e), outlet.name))
    mentioned = references.people.mentions
    people = [phrases.span((i, i)) for i in range(first, last) if i in mentioned and " " in mentioned[i].name]
    for s, e, name in name_unlisted(text):
        span = (start + s, start + e)
        taken = (*(known for known, _ in found), *people)  # a reporter of the name Ana Tribune is no paper
        if s >= low and not any(overlaps(span, other) for other in taken):
            found.append((span, name))
    for i in bodies.outlets_in(first, last):
        token = phrases.tokens[i]
        means = token.pos == "PROPN" or any(phrases.tokens[c].text.lower() in ("the", "this") for c in token.children)
        span = phrases.span((max(first, phrases.left[i]), i))
        known = span[0] < start + low or any(overlaps(span, s) for s, _ in found)
        if means and token.dep in ("dobj", "dative", "pobj", "nsubj", "appos") and not known:
            found.append((span, bodies.mentions[i].name))
    return sorted(found)


def find_via(
    attributions: list[Attribution],
    outer: list[list[int]],
    sentences: list[int],
    beside: dict[int, list[Mention]],
    text: str,
) -> list[tuple[str, ...]]:
    """The outlets between the report and each attribution's source, nearest first.

    `outer` is as `enclosing` gives it, `sentences` the sentence of each cue, `beside` the outlets mentioned in each.
    """
    by_sentence: dict[int, list[int]] = {}
    for n, sentence in enumerate(sentences):
        by_sentence.setdefault(sentence, []).append(n)
    found = []
    for n, attribution in enumerate(attributions):
        around = (attributions[m].speaker for m in outer[n])
        via = [speaker.name for speaker in around if speaker and speaker.kind == "outlet"]
        near = by_sentence[sentences[n]][:MOST_BESIDE]
        told: list[str] = []
        for span, name in beside.get(sentences[n], []):
            if any(overlaps(span, s) for s in attribution.source):
                if _hands_on(text, span, attribution):
                    told.append(name)
            elif any(overlaps(span, s) for s in attribution.content) or _belongs_elsewhere(span, n, near, attributions):
                continue
            else:
                (told if _is_told(span, attribution, text) else via).append(name)
        found.append(tuple(dict.fromkeys((*via, *told))))
    return found


def join_chain(via: tuple[str, ...], relays: Sequence[Speaker], speaker: Speaker | None, own: str) -> tuple[str, ...]:
    """The chain without the source itself and the report's `own` outlet, which relay nothing to themselves.

    `relays` are those who cite the next and the last of them the speaker, where any do: they stand nearest to the
    source.
    """
    known = find_outlet(own)
    skipped = {own, known.name if known else own}
    if speaker and speaker.kind == "outlet":
        skipped.add(speaker.name)
    inner = [relay.name for relay in relays]
    outer = [name for name in via if name not in inner]
    return tuple(dict.fromkeys(name for name in (*outer, *inner) if name not in skipped))


MOST_BESIDE = 30
"""Attributions of one sentence that are looked at for each other's sake."""


def _hands_on(text: str, span: Span, attribution: Attribution) -> bool:
    """Whether an outlet inside a source's words handed them on, or it is its own people that speak."""
    speaker = attribution.speaker
    if speaker and speaker.kind == "outlet":
        return False
    first = attribution.source[0][0]
    before = text[max(first, span[0] - 60) : span[0]].replace("\n", " ")
    return bool(HANDED_ON.search(before) or REPORTING.match(text, span[1]))


def _is_told(span: Span, attribution: Attribution, text: str) -> bool:
    """Whether an outlet is whom a source spoke to: it stands right after the cue ("told Reuters")."""
    return any(
        end <= span[0] <= end + TOLD and not re.search(r"[,;.:\"“”]", text[end : span[0]]) for _, end in attribution.cue
    )


def _belongs_elsewhere(span: Span, n: int, near: list[int], attributions: list[Attribution]) -> bool:
    """Whether an outlet's name is the source of, or told about, something else than attribution `n`."""
    mine = attributions[n]
    for m in near:
        if m == n:
            continue
        other = attributions[m]
        inside = any(overlaps(span, s) for s in other.source)
        shared = any(overlaps(a, b) for a in (*mine.content, *mine.cue) for b in (*other.content,))
        if inside and (not shared or (other.speaker and other.speaker.kind != "outlet")):
            return True
        if any(overlaps(span, s) for s in other.content) and not any(
            overlaps(c, s) for c in mine.cue for s in other.content
        ):
            return True
        after = any(end <= span[0] <= end + TOLD for _, end in other.cue)
        if after and mine.speaker and mine.speaker.kind == "outlet" and mine.source != other.source:
            return True  # "a diplomat told one paper, another reported": the other one was not told
    return False
