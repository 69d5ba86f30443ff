"""A few sentences for a brief's front page: the model chooses and shortens, the words are those of claims.

A sentence joins the openings of claims that one source asserts, and says by whom and where, as every sentence of a
brief does. What the brief tells without a model stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import msgspec

from sayso.advise.advisers import Adviser
from sayso.advise.anchors import cut_opening
from sayso.record import Brief, Row, Section, Sentence
from sayso.tell.advised import TITLE
from sayso.tell.phrases import cut_mark
from sayso.tell.proofs import find_faults
from sayso.tell.sentences import SAYING, raise_first, say_claim, say_reported
from sayso.tell.sources import Sources, borrow_name
from sayso.tell.tongues import _, in_english

FEWEST, MOST = 2, 8
"""Claims of one source that are shown together."""
MOST_SENTENCES, MOST_PARTS = 5, 3
"""Sentences of the section, and claims that one joins."""
SECTION = "advised"


class Part(msgspec.Struct):
    """A statement and its opening words."""

    statement: int
    words: str


class Joined(msgspec.Struct):
    """A sentence, part by part."""

    parts: list[Part]


class Told(msgspec.Struct):
    """What the model answers: choices among statements, and where each is cut."""

    sentences: list[Joined]


def add_prose(adviser: Adviser, brief: Brief) -> Brief:
    """The brief with a section of sentences that a model proposed, after the first; the brief itself where it proposed
    none that holds, or is told in another language than that of the reports."""
    if not in_english():
        return brief
    sources = Sources(brief.picture, brief.before)
    told = {sentence.text for section in brief.sections for sentence in section.sentences}
    made: dict[str, Sentence] = {}
    for claims in group_claims(brief, sources):
        for sentence in propose_sentences(adviser, sources, claims):
            if sentence.text not in told and len(made) < MOST_SENTENCES:
                made[sentence.text] = sentence
    if not made:
        return brief
    section = Section(id=SECTION, title=_(TITLE), sentences=tuple(made.values()), front=True)
    return replace(brief, sections=(*brief.sections[:1], section, *brief.sections[1:]))


def group_claims(brief: Brief, sources: Sources) -> list[list[str]]:
    """The claims that the front page cites and that make sentences, by who asserts them, the largest groups first."""
    groups: dict[tuple[str, str, str], dict[str, None]] = {}
    for section in brief.sections:
        parts: list[Sentence | Row] = [*section.sentences, *(row for table in section.tables for row in table.rows)]
        for part in parts:
            for id in part.claims if section.front else ():
                if id in sources.claims and not sources.is_denied(id) and say_claim(sources, id):
                    groups.setdefault(name_teller(sources, id), {})[id] = None
    found = [list(group)[:MOST] for group in groups.values() if len(group) >= FEWEST]
    return sorted(found, key=lambda group: -len(group))


def name_teller(sources: Sources, id: str) -> tuple[str, str, str]:
    """Who tells a claim, how, and in which report where that is the outlet itself."""
    reading, claim = sources.find(id)
    told = None if claim.attribution is None else reading.attributions[claim.attribution]
    return sources.who(id), told.stance if told else "", "" if told else reading.report.id


def propose_sentences(adviser: Adviser, sources: Sources, claims: Sequence[str]) -> Iterator[Sentence]:
    """The sentences that a model proposes of some claims of one source, those that hold."""
    statements = {n: read_statement(sources, id) for n, id in enumerate(claims, start=1)}
    told = adviser.ask("prose", {"statements": {str(n): words for n, words in statements.items()}}, Told)
    for joined in told.sentences if told else ():
        parts = [(part.statement, cut_opening(statements.get(part.statement, ""), part.words)) for part in joined.parts]
        cited = [claims[n - 1] for n, words in parts if words]
        sound = 0 < len(parts) <= MOST_PARTS and len(set(cited)) == len(parts)
        text = say_joined(sources, cited, [words for _, words in parts]) if sound else ""
        adviser.count(int(bool(text)), int(not text))
        if text:
            yield Sentence(text=text, claims=tuple(cited), by=adviser.by)


def read_statement(sources: Sources, id: str) -> str:
    """The words of a claim as they stand in a sentence."""
    return cut_mark(sources.find(id)[1].text).strip(" .,;:–—-")


def say_joined(sources: Sources, claims: Sequence[str], parts: Sequence[str]) -> str:
    """A sentence of the openings of claims that one source tells; "" where it has a fault."""
    reading, claim = sources.find(claims[0])
    told = None if claim.attribution is None else reading.attributions[claim.attribution]
    others = [sources.lower_first(part, sources.reading(id)) for id, part in zip(claims[1:], parts[1:], strict=True)]
    said = f"{raise_first(', and '.join([parts[0], *others]))},"
    if told is None:
        sentence = say_reported(said, sources.outlet(claims[0]), sources, reading.report)
    else:
        credit = "; ".join(dict.fromkeys(sources.credit(id) for id in claims))
        sentence = _(SAYING[told.stance], said=said, who=borrow_name(sources.who(claims[0])), credit=credit)
    return "" if any(find_faults(sentence)) else sentence
