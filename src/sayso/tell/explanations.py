"""The journey of one thing, in words: what was read, how it was understood, who is meant and why, where it comes from.

What is explained is a claim, a point, a report, an origin or somebody by name. The lines are those of the steps, in
their order, so that a fault can be found where it was made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sayso.harms import clean_text
from sayso.record import Attribution, Claim, Picture, Point, Provenance, Reading
from sayso.tell.phrases import quote
from sayso.weigh.facts import gather_facts
from sayso.weigh.matching import rate_some
from sayso.weigh.matching.clusters import link_averages
from sayso.weigh.matching.joins import SURE, rate_joins, weigh_join
from sayso.weigh.matching.signs import Columns, make_columns
from sayso.weigh.matching.units import FAMILIES, Unit, list_units
from sayso.weigh.matching.weights import rate_pairs, weigh_signs
from sayso.who.identities import Cast, Who, group_of

SHOWN = 12
"""Lines of one kind that are shown."""

LINKED = 5
"""Signs of a link that are shown."""

FEWEST = 3
"""Values of a point whose halves are told: of two, their link says as much."""

LONGEST = 160
"""Code points of a passage that is shown as a reason."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a journey: its name, and what it made, a line each."""

    name: str
    lines: tuple[str, ...]


class Explainer:
    """Explains what a picture holds."""

    def __init__(self, picture: Picture) -> None:
        """Index the picture; everybody in its readings is put together once."""
        self.picture = picture
        self.cast = Cast(picture.readings)
        self.place = {reading.report.id: n for n, reading in enumerate(picture.readings)}
        self.told = {p.report: p for p in picture.provenance}
        self.columns: dict[str, tuple[dict[tuple[str, int, int], int], Columns]] = {}

    def explain(self, what: str) -> list[Step]:
        """The journey of what an id (or its beginning), a name or words of a claim mean; [] where nothing does."""
        for point in self.picture.points:
            if point.id.startswith(what):
                return list(self.explain_point(point))
        found = self.find_claim(what)
        if found is not None:
            return list(self.explain_claim(*found))
        if what in self.place:
            return list(self.explain_report(self.picture.readings[self.place[what]]))
        for origin in self.picture.origins:
            if origin.name == what:
                lines = (f"independent of others but for those of: {origin.group}", *origin.reports[:SHOWN])
                return [Step(f"origin: {origin.name}", lines)]
        everybody = [w for w in self.cast.everybody if any(what.casefold() == name.casefold() for name in w.names)]
        if everybody:
            return [self.explain_who(who) for who in everybody]
        found = self.find_words(what)
        return list(self.explain_claim(*found)) if found is not None else []

    def find_claim(self, what: str) -> tuple[Reading, Claim] | None:
        """The claim whose id or seat begins so."""
        for reading in self.picture.readings:
            for claim in reading.claims:
                if claim.id.startswith(what) or claim.seat.startswith(what):
                    return reading, claim
        return None

    def find_words(self, words: str) -> tuple[Reading, Claim] | None:
        """The first claim that has these words."""
        low = words.casefold()
        for reading in self.picture.readings:
            for claim in reading.claims:
                if low in claim.text.casefold():
                    return reading, claim
        return None

    def explain_claim(self, reading: Reading, claim: Claim) -> Iterator[Step]:
        """The steps of a claim, from its words to what it answers."""
        report = reading.report
        lines = (f"“{clean_text(claim.text)}”", f"{report.outlet or report.id}, {claim.start}-{claim.end} of its text")
        yield Step("words", lines)
        yield Step("parse", tuple(list_parse(report.text, claim)))
        attribution = None if claim.attribution is None else reading.attributions[claim.attribution]
        yield Step("attribution", tuple(list_attribution(report.text, attribution)))
        who = None
        if claim.attribution is not None:
            who = self.cast.speakers[self.place[report.id]].get(claim.attribution)
        if claim.attribution is None:
            who = self.cast.outlets[self.place[report.id]]
        yield self.explain_who(who) if who is not None else Step("who", ("nobody who is known",))
        yield Step("meaning", tuple(list_meaning(claim)))
        yield Step("origin", tuple(list_origin(self.told.get(report.id), claim)))
        points = (p for p in self.picture.points if any(v.claim == claim.id for v in p.values))
        yield Step("answers", tuple(f"{p.question} ({p.id})" for p in points) or ("no question that others answer",))

    def explain_who(self, who: Who) -> Step:
        """Who somebody is, by which names, for whom they speak, and why names were put together."""
        names = ", ".join(f"{name} ({n})" for name, n in who.names.most_common(SHOWN))
        lines = [f"{who.sort}: {names}"]
        if who.of is not None:
            lines.append(f"speaks for {who.of.name}")
        lines.append(f"independent of others but for those of: {group_of(who)}")
        lines += list(dict.fromkeys(who.because))[:SHOWN]
        lines.append("reports: " + ", ".join(self.picture.readings[i].report.id for i in sorted(who.reports)[:SHOWN]))
        return Step(f"who: {who.name}", tuple(lines))

    def explain_point(self, point: Point) -> Iterator[Step]:
        """The values of a point, how they stand to each other, and how many independent origins there are."""
        yield Step("question", (point.question, f"{point.kind} {point.unit}".strip()))
        values = (f"{n}: {v.words or v.word} — {v.source}, {v.report} ({v.claim})" for n, v in enumerate(point.values))
        yield Step("values", tuple(values))
        yield Step("one question, since", (*self.list_links(point), *self.tell_join(point)))
        related = (f"{r.a} and {r.b}: {r.relation}: {r.why}" for r in point.relations)
        yield Step("relations", tuple(related) or ("none is named",))
        low, high = point.independent
        origins = tuple(dict.fromkeys(v.origin for v in point.values if v.origin))
        yield Step(f"origins: {low} to {high} independent", origins)

    def list_links(self, point: Point) -> Iterator[str]:
        """For each value of a point, the other that it is likeliest to answer one question with, and the signs that
        weigh most for and against it."""
        rows, columns = self.find_columns(point.kind if point.kind in FAMILIES else "words")
        mine = [rows.get((v.claim, v.start, v.end)) for v in point.values[:SHOWN]]
        for n, row in enumerate(mine):
            others = np.array([other for other in mine if other is not None and other != row], np.int64)
            if row is None or not len(others):
                continue
            likely = rate_pairs(columns, np.full(len(others), row), others)
            best = int(likely.argmax())
            signs = weigh_signs(columns, row, int(others[best]))[:LINKED]
            words = ", ".join(f"{name} {weight:+.1f}" for name, _, weight in signs)
            yield f"{n} and {mine.index(int(others[best]))}: {likely[best]:.2f} = {words}"

    def tell_join(self, point: Point) -> Iterator[str]:
        """The halves of a point that are least likely to answer one question, and what keeps them together."""
        rows, columns = self.find_columns(point.kind if point.kind in FAMILIES else "words")
        places = {rows.get((v.claim, v.start, v.end)): n for n, v in enumerate(point.values)}
        mine = [row for row in places if row is not None]
        if len(mine) < FEWEST:
            return
        likely = np.zeros((len(columns), len(columns)), np.float32)
        block = likely[np.ix_(mine, mine)] = rate_some(columns, mine)[:, mine]
        tree = link_averages(block, 0.0)[0].place(mine)
        one, other = (", ".join(str(n) for n in sorted(places[row] for row in half.rows)) for half in tree.halves)
        if tree.likely >= SURE:
            yield f"{one} / {other}: together, by what their pairs are likely on average, {tree.likely:.2f}"
            return
        signs = weigh_join(tree, columns, likely)[:LINKED]
        chance = rate_joins([tree], columns, likely)[0]
        yield f"{one} / {other}: {chance:.2f} = " + ", ".join(f"{name} {weight:+.1f}" for name, weight in signs)

    def find_columns(self, family: str) -> tuple[dict[tuple[str, int, int], int], Columns]:
        """What the answers of a family are matched by, and the row of each by its claim and span; made once."""
        if family not in self.columns:
            units = [unit for unit in self.units if unit.family == family]
            rows = {(u.fact.claim.id, u.answer.start, u.answer.end): n for n, u in enumerate(units)}
            self.columns[family] = rows, make_columns(units)
        return self.columns[family]

    @cached_property
    def units(self) -> list[Unit]:
        """All answers of the picture that are matched."""
        picture = self.picture
        return list_units(gather_facts(picture.readings, picture.provenance, picture.origins), picture.readings)

    def explain_report(self, reading: Reading) -> Iterator[Step]:
        """Where a report comes from and what is in it."""
        told = self.told.get(reading.report.id)
        yield Step("origin", tuple(list_origin(told, None)))
        claims = (f"{c.id} {quote(c.text, LONGEST)}" for c in reading.claims)
        yield Step("claims", tuple(claims))


def list_parse(text: str, claim: Claim) -> Iterator[str]:
    """The words of a claim with tag, relation and governor, as the reader parses the report."""
    from sayso.extract.parsers import parse_text

    parse = parse_text(text)
    for token in parse.tokens:
        if claim.start <= token.start < claim.end:
            of = f"of {parse.tokens[token.head].text}" if token.head != token.i else ""
            yield f"{token.text:16} {token.tag:5} {token.dep:10} {of:16} {token.ent}".rstrip()


def list_attribution(text: str, attribution: Attribution | None) -> Iterator[str]:
    """The spans of an attribution and what its cue does."""
    if attribution is None:
        yield "none: the outlet says it"
        return
    for part in ("source", "cue", "content"):
        spans = getattr(attribution, part)
        yield f"{part:8} " + (" … ".join(quote(text[s:e], LONGEST) for s, e in spans) or "—")
    speaker = attribution.speaker
    if speaker is not None:
        about = ", ".join(filter(None, (speaker.kind, speaker.role, speaker.affiliation)))
        yield f"speaker  {speaker.name} ({about}{', anonymous' if speaker.anonymous else ''})"
    if attribution.via:
        yield "through  " + ", ".join(attribution.via)
    low, high = attribution.certainty
    yield f"stance   {attribution.stance}{', negated' if attribution.negated else ''}; certain from {low} to {high}"


def list_meaning(claim: Claim) -> Iterator[str]:
    """How a claim stands, what it tells of, and its answers."""
    event = f" of {claim.event}" if claim.event else ""
    yield f"{claim.stands}, {claim.polarity}, {claim.tense}{event}"
    for actor in claim.actors:
        yield f"{actor.role:8} {actor.name}"
    for answer in claim.answers:
        value = answer.word or f"{answer.low} to {answer.high} {answer.unit}".strip()
        yield f"{answer.kind:8} {value}" + (f" {answer.state}" if answer.state else "")


def list_origin(told: Provenance | None, claim: Claim | None) -> Iterator[str]:
    """Where a report, and one claim of it, comes from, link by link."""
    if told is None:
        yield "not traced"
        return
    if claim is not None:
        yield "this claim: " + dict(told.claims).get(claim.id, "unknown")
    yield "the report: " + "; ".join(told.origins)
    for link in told.because[:SHOWN]:
        where = f" {link.report or link.outlet}" if link.report or link.outlet else ""
        yield f"{link.kind}{where}: {quote(link.text, LONGEST)}"
