"""What a language model proposed, as a brief tells it: marked, so that every face of it says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sayso.record import MODEL, Brief, Picture, Row, Section, Sentence, Table
from sayso.tell.tongues import _, mark

TITLE = mark("In short, as a language model proposes")
"""The title of the section of a model's own sentences."""


def mark_brief(brief: Brief) -> Brief:
    """The brief with each sentence and row marked that a model proposed, that stands on a source or a question that
    one proposed, or on answers that were brought together by one's advice."""
    marker = Marker([picture for picture in (brief.picture, brief.before) if picture is not None])
    return replace(brief, sections=tuple(marker.mark_section(section) for section in brief.sections))


class Marker:
    """Marks what stands on proposals of a picture or two."""

    def __init__(self, pictures: Iterable[Picture]) -> None:
        """Index which claims have a proposed source, and which points a proposed question or grouping."""
        self.sources: dict[str, str] = {}
        self.questions: dict[str, str] = {}
        self.matched: list[tuple[frozenset[str], str]] = []
        for picture in pictures:
            for reading in picture.readings:
                for claim in reading.claims:
                    by = "" if claim.attribution is None else reading.attributions[claim.attribution].by
                    if by.startswith(MODEL):
                        self.sources[claim.id] = by
            for point in picture.points:
                if point.asked_by:
                    self.questions[point.question] = point.asked_by
                if point.matched_by:
                    self.matched.append((frozenset(value.claim for value in point.values), point.matched_by))

    def mark_section(self, section: Section) -> Section:
        """A section, marked."""
        sentences = tuple(self.mark_sentence(sentence) for sentence in section.sentences)
        return replace(section, sentences=sentences, tables=tuple(self.mark_table(table) for table in section.tables))

    def mark_sentence(self, sentence: Sentence) -> Sentence:
        """A sentence, with what of it was proposed beside it."""
        by, said = self.find_marks(sentence.text, sentence.claims)
        if sentence.by:
            by, said = sentence.by, [_("proposed by {model}", model=sentence.by), *said]
        if not by:
            return sentence
        return replace(sentence, by=by, detail="; ".join(filter(None, (sentence.detail, *said))))

    def mark_table(self, table: Table) -> Table:
        """A table, with what of its rows was proposed in their first cells."""
        return replace(table, rows=tuple(self.mark_row(row) for row in table.rows))

    def mark_row(self, row: Row) -> Row:
        """A row, the same way."""
        _by, said = self.find_marks(row.cells[0] if row.cells else "", row.claims)
        return (
            replace(row, cells=(f"{row.cells[0]} ({'; '.join(said)})", *row.cells[1:])) if said and row.cells else row
        )

    def find_marks(self, text: str, claims: Iterable[str]) -> tuple[str, list[str]]:
        """By which model something of a text or its claims was proposed, and what, in words."""
        cited = frozenset(claims)
        source = next((by for claim, by in self.sources.items() if claim in cited), "")
        question = next((by for asked, by in self.questions.items() if text.startswith(asked.rstrip("?"))), "")
        matched = next((by for values, by in self.matched if len(values & cited) > 1), "")
        said = [_("source proposed by {model}", model=source)] if source else []
        said += [_("question proposed by {model}", model=question)] if question else []
        said += [_("matched on the advice of {model}", model=matched)] if matched else []
        return source or question or matched, said
