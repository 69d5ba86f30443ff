"""Who says what in a report: attributions with their speaker, chain, stance, certainty and basis.

Finding the spans (`sayso.extract.spans`) is one step, saying what they mean (`sayso.extract.descriptions`) the other.
Transcripts and texts in other languages than English have finders of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.extract.assertions.unspoken import find_unspoken
from sayso.extract.continuations import continue_quotations
from sayso.extract.descriptions import describe_attributions
from sayso.extract.foreign_quotations import find_foreign_quotations
from sayso.extract.nestings import find_nestings
from sayso.extract.parsers import parse_text
from sayso.extract.spans import find_spans
from sayso.extract.stances import judge_directness
from sayso.extract.tellings import find_tellings
from sayso.extract.transcripts import Turn, find_turns, is_question
from sayso.grammar.parses import Parse
from sayso.grammar.quotations import Marked, find_quotations
from sayso.record import Attribution, Problem, Reading


def find_attributions(reading: Reading, parse: Parse) -> Reading:
    """The reading with its attributions, in the order of the cues."""
    marked = Marked(find_quotations(parse.text))
    language = reading.report.language
    if language not in ("", "en"):
        reading = replace(reading, problems=(*reading.problems, report_language(reading)))
        spans = quote_foreign(parse.text, marked, language)
        labels = {a.cue[0]: parse.text[slice(*a.source[0])] for a in spans}
    else:
        reading = replace(reading, problems=(*reading.problems, *report_foreign(reading, marked)))
        turns = find_turns(parse.text)
        labels = {turn.colon: turn.word for turn in turns}
        spans = join_spans(take_turns(parse.text, turns), find_spoken(parse, marked))
    if not spans:
        return reading
    title = parse_text(reading.report.title) if labels and reading.report.title else None
    described = describe_attributions(parse, spans, marked, reading.report.outlet, labels, title)
    return replace(reading, attributions=tuple(described))


def find_spoken(parse: Parse, marked: Marked) -> list[Attribution]:
    """The spans that the words of a text tell, what grammar shows besides, and quotations that go on."""
    spans = [
        Attribution(source=t.source, cue=t.cue, content=t.content, directness=judge_directness(marked, t.content))
        for t in find_spans(parse, marked)
    ]
    for find in (find_unspoken, find_nestings):
        spans = sorted((*spans, *find(parse, spans)), key=lambda a: (a.cue, a.content))
    spans = continue_quotations(parse, marked, spans)
    return sorted((*spans, *find_tellings(parse, marked, spans)), key=lambda a: (a.cue, a.content))


def take_turns(text: str, turns: Sequence[Turn]) -> list[Attribution]:
    """The turns of a transcript as attributions: label, colon and words."""
    return [
        Attribution(
            source=(turn.label,) if turn.label else (),
            cue=(turn.colon,),
            content=turn.content,
            directness="direct",
            stance="asks" if is_question(turn.word, text[slice(*turn.content[-1])]) else "asserts",
        )
        for turn in turns
    ]


def quote_foreign(text: str, marked: Marked, language: str) -> list[Attribution]:
    """What quotation marks and a few words of a language tell."""
    return [
        Attribution(
            source=(quoted.source,),
            cue=(quoted.cue,),
            content=(quoted.content,),
            directness=judge_directness(marked, (quoted.content,)),
            stance=quoted.stance,
        )
        for quoted in find_foreign_quotations(text, marked, language)
    ]


def join_spans(turns: list[Attribution], spoken: list[Attribution]) -> list[Attribution]:
    """Turns and what is said inside them, in the order of the cues; what reads a label as words is left out."""
    labels = sorted(((turn.source or turn.cue)[0][0], turn.cue[0][1]) for turn in turns)
    kept, at = [], 0
    for attribution in sorted(spoken, key=lambda a: a.cue):
        while at < len(labels) and labels[at][1] <= attribution.cue[0][0]:
            at += 1
        if at == len(labels) or attribution.cue[0][1] <= labels[at][0]:
            kept.append(attribution)
    return sorted((*turns, *kept), key=lambda a: a.cue) if turns else spoken


FOREIGN_WORDS = 3
"""Words of such a quotation, at least: fewer are a name or a cry."""


def report_foreign(reading: Reading, marked: Marked) -> list[Problem]:
    """That quotations of an English text are in another language: what they say is not read."""
    from sayso.read.languages import detect_few

    problems = []
    for quotation in marked.quotations:
        words = reading.report.text[quotation.start : quotation.end]
        if len(words.split()) < FOREIGN_WORDS:
            continue
        language = detect_few(" ".join(words.split()))
        if language not in ("", "en"):
            message = f"a quotation is not in English but in another language ({language}): what it says is not read"
            span = {"start": quotation.start, "end": quotation.end}
            problems.append(Problem(step="find_attributions", message=message, input=reading.report.id, **span))
    return problems


def report_language(reading: Reading) -> Problem:
    """That a report is in another language than English, and what is done with it."""
    message = (
        f"the text is not in English but in another language ({reading.report.language}):"
        " its sources are found by quotation marks and names only"
    )
    return Problem(step="find_attributions", message=message, input=reading.report.id)
