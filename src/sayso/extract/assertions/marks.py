"""Stretches of a text that stand otherwise by a mark beside them and not by grammar: what a question mark ends, a
questioner's turn in a transcript, and whole texts marked as satire or as not yet to be published."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from sayso.extract.transcripts import ASKING, find_turns, is_question
from sayso.grammar.parses import Parse
from sayso.record import Problem, Reading, Span, Stands
from sayso.who.outlets import find_outlet

_FICTION = r"(?:satire|satirical(?:article)?|parody|parodies|fiction(?:al)?|fictitious|made[- ]up|invented)"
_WORK = r"(?:article|story|stories|piece|post|column|content|news|report|item|headline)s?"
_SITE = r"(?:site|website|page|publication|newspaper|magazine|blog|outlet)"
_WHOLLY = r"(?:entirely |purely |wholly |intended as |meant as |an? (?:piece|work) of |a )?"
SATIRE = re.compile(
    # A line of its own, or before its mark: "[Satire]", "Category: Satire", "Satire: a ferry sank".
    r"^[ \t(\[*#]*(?:(?:category|section|filed under|posted in|tags?|genre|marked as) ?:? ?)?"
    rf"(?:this (?:is|{_WORK} is) )?(?:a )?(?:work of )?{_FICTION}(?: {_WORK})?(?:[ \t]*$|[)\]*.:!]+(?=\s|$))"
    # A sentence of its own, which nobody says.
    rf"|(?:(?<=[.!?] )|(?<=[.!?]\n)|^)this is {_WHOLLY}{_FICTION}(?: (?:{_SITE}|{_WORK}))?\b(?=[.!,;]|$)"
    rf"|\bthis (?:{_WORK}|{_SITE}) is {_WHOLLY}{_FICTION}\b"
    # What a site says of all that it has, or of itself in its last line.
    rf"|\b(?:all|every|everything|the)\b[^.\n]{{0,60}}\b(?:on|of|in) (?:this|the|our) {_SITE}\b[^.\n]{{0,40}}"
    rf"\b(?:is|are) [^.\n]{{0,20}}{_FICTION}\b"
    rf"|(?<=\n)[^.\n]{{1,60}}\bis a (?:work of )?(?:satirical|satire|parody)(?: news)? ?{_SITE}\b[^\n]{{0,200}}\Z",
    re.IGNORECASE | re.MULTILINE,
)
_BEFORE_EMBARGO = r"(?:(?:strictly|strict|under|press|media|news|release|report|this|is|please|note) ){0,5}"
EMBARGO = re.compile(
    rf"^[ \t(\[*]*{_BEFORE_EMBARGO}embargo(?:ed)?\b[^\n]{{0,80}}?\b(?:until|till|before|not for|\d{{1,2}}[:.]\d\d)"
    rf"|^[ \t(\[*]*{_BEFORE_EMBARGO}(?:embargoed (?:for|to)\b|embargo(?:ed)? ?:)"
    r"|^[ \t(\[*]*not (?:for|to be) (?:release|publication|broadcast|published|released|used)\b[^\n]{0,20}?"
    r"\b(?:until|before)\b"
    r"|^[ \t(\[*]*hold (?:for release|until|till)\b"
    r"|\bcheck against delivery\b",
    re.IGNORECASE | re.MULTILINE,
)
NEAR = 600
"""Code points from the beginning or the end of a text within which a mark is of the whole text."""
OPENERS = '"“‘«'


@dataclass(slots=True)
class Marks:
    """Stretches with how they stand, in order and apart, and how the whole text does."""

    spans: list[Span] = field(default_factory=list)
    whole: Stands = "asserted"

    def stands_at(self, position: int) -> Stands:
        """How a code point stands by its marks."""
        at = bisect_right(self.spans, (position, len(OPENERS) << 40)) - 1
        if at >= 0 and self.spans[at][0] <= position < self.spans[at][1]:
            return "asked"
        return self.whole


def find_marks(parse: Parse) -> Marks:
    """The marks of a text."""
    spans = [*find_questions(parse), *find_asking_turns(parse.text)]
    return Marks(join_spans(spans), judge_whole(parse.text))


def find_questions(parse: Parse) -> list[Span]:
    """What ends with a question mark: from the quotation mark or the beginning of the sentence before it."""
    found = []
    for first, end in parse.sentences:
        begin = parse.tokens[first].start
        for token in parse.tokens[first:end]:
            if "?" in token.text:
                found.append((begin, token.end))
                begin = token.end
            elif token.text[-1:] in OPENERS or token.text in (":", "—", "–", ";", "…"):
                begin = token.end
    return found


def find_asking_turns(text: str) -> list[Span]:
    """The turns of a transcript that ask."""
    return [
        span
        for turn in find_turns(text)
        if turn.word.lower() in ASKING and is_question(turn.word, text[slice(*turn.content[-1])])
        for span in turn.content
    ]


def join_spans(spans: list[Span]) -> list[Span]:
    """Spans in order, those that touch made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


@dataclass(frozen=True, slots=True)
class Notice:
    """What a text says of itself as a whole: how it stands by that, and the words, where they are in it."""

    stands: Stands
    span: Span | None = None


def find_notice(text: str, outlet: str = "") -> Notice | None:
    """What a text, at its beginning or end, or its outlet says of it as a whole: satire tells nothing for so, and what
    is embargoed has not been said yet."""
    for pattern, stands in ((SATIRE, "supposed"), (EMBARGO, "open")):
        for begin in (0, max(NEAR, len(text) - NEAR)):
            if found := pattern.search(text[begin : begin + NEAR]):
                return Notice(
                    "supposed" if stands == "supposed" else "open", (begin + found.start(), begin + found.end())
                )
    known = find_outlet(outlet) if outlet else None
    return Notice("supposed") if known and known.kind == "satire" else None


def judge_whole(text: str) -> Stands:
    """How a whole text stands by a mark at its beginning or end."""
    notice = find_notice(text)
    return notice.stands if notice else "asserted"


SAID = {
    "supposed": "is marked as satire: nothing in it is taken as told for so",
    "open": "is under embargo: nothing in it is taken as said yet",
}
"""What is done with a text that stands so as a whole."""


def report_notice(reading: Reading, notice: Notice) -> Problem:
    """That a whole text is marked, by its own words or its outlet, and what is done with it."""
    report = reading.report
    by = f"“{' '.join(report.text[slice(*notice.span)].split())}”" if notice.span else f"by its outlet, {report.outlet}"
    start, end = notice.span or (None, None)
    message = f"the text {SAID[notice.stands]} ({by})"
    return Problem(step="judge_notices", message=message, input=report.id, start=start, end=end)
