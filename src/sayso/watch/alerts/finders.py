"""What each kind of rule finds in a story that new reports bear on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from sayso.ids import identify_source
from sayso.ledger.searches import Search, parse_search
from sayso.record import Claim, Estimate, Point, Reading, Value
from sayso.tell.phrases import shorten
from sayso.watch.alerts.alerts import Alert
from sayso.watch.alerts.rules import Rule, holds_words
from sayso.watch.alerts.touched import Touched
from sayso.weigh.changes import count, say
from sayso.weigh.facts import EVER
from sayso.weigh.positions import is_nobody, read_stance

LONGEST = 200
"""Code points of a stranger's words in the line of an alert; its claims have them whole."""


def find_found(rule: Rule, touched: Touched) -> Iterator[Alert]:
    """Reports that hold the words of a search, or claims that do; words told twice are told once."""
    for reading in touched.fresh:
        report = reading.report
        if rule.claims:
            for claim in (c for c in reading.claims if rule.holds(tell_sentence(reading, c))):
                words = " ".join(claim.text.split())
                yield touched.alert(rule, (words.casefold(),), f"New claim: {shorten(words, LONGEST)}", (claim.id,))
        elif rule.holds(report.title, report.text):
            name = " ".join((report.title or report.id).split())
            by = f" ({report.outlet})" if report.outlet else ""
            text = f"New report: {shorten(name, LONGEST)}{by}"
            yield touched.alert(rule, (report.digest,), text, list_telling(rule, reading))


def tell_sentence(reading: Reading, claim: Claim) -> str:
    """The words of the sentence that a claim stands in, who says it too."""
    start, end = claim.sentence or (claim.start, claim.end)
    return reading.report.text[start:end]


def list_telling(rule: Rule, reading: Reading) -> list[str]:
    """The claims of a report that hold all words of a rule, else those that hold any, else all."""
    search = parse_search(rule.words)
    texts = {claim.id: claim.text for claim in reading.claims}
    whole = [id for id, text in texts.items() if holds_words(search, text)]
    either = [Search(required=(phrase,)) for phrase in search.required]
    some = [id for id, text in texts.items() if any(holds_words(one, text) for one in either)]
    return whole or some or list(texts)


def find_reached(rule: Rule, touched: Touched) -> Iterator[Alert]:
    """Points whose independent origins are now as many as asked for and were not before."""
    for point in touched.choose_points(rule):
        earlier = touched.earlier.get(point.id)
        was = earlier.independent if earlier else (0, 0)
        if was[0] < rule.at_least <= point.independent[0]:
            text = f"{point.question} {count(point.independent)} independent origins answer it; before, {count(was)}"
            claims = [value.claim for value in point.values]
            said = (rule.at_least, touched.find_anchor(point.values))
            yield touched.alert(
                rule, said, text, claims, question=point.question, was=count(was), now=count(point.independent)
            )


Content = tuple[Any, ...]


def tell_content(value: Value) -> Content:
    """What a value says, whoever says it."""
    numbers = (value.low, value.high, value.earliest, value.latest)
    word = "" if any(number is not None for number in numbers) else (value.word or value.words).casefold()
    return (*numbers, word, value.polarity)


def list_contradictions(point: Point) -> dict[tuple[Content, ...], list[tuple[Value, Value, str]]]:
    """The contradictions of a point by what is said on both sides, each with its values and witness, without those of
    versions that were replaced."""
    found: dict[tuple[Content, ...], list[tuple[Value, Value, str]]] = {}
    for relation in point.relations:
        a, b = point.values[relation.a], point.values[relation.b]
        if relation.relation == "contradiction" and not a.superseded and not b.superseded:
            sides = tuple(sorted((tell_content(a), tell_content(b)), key=repr))
            found.setdefault(sides, []).append((a, b, relation.witness or relation.why))
    return found


def find_contradicted(rule: Rule, touched: Touched) -> Iterator[Alert]:
    """Pairs of answers that exclude each other, of which one is new."""
    for point in touched.choose_points(rule):
        earlier = touched.earlier.get(point.id)
        known = list_contradictions(earlier) if earlier else {}
        for sides, pairs in list_contradictions(point).items():
            claims = list(chain.from_iterable((a.claim, b.claim) for a, b, _ in pairs))
            if sides in known or not any(map(touched.is_new, claims)):
                continue
            a, b, witness = next(
                pair for pair in pairs if touched.is_new(pair[0].claim) or touched.is_new(pair[1].claim)
            )
            was, now = (b, a) if touched.is_new(a.claim) else (a, b)
            text = f"{point.question} {say(was)}; now also {say(now)}"
            said = (touched.find_anchor(point.values), sides)
            yield touched.alert(
                rule, said, text, claims, question=point.question, was=say(was), now=say(now), why=witness
            )


def find_moved(rule: Rule, touched: Touched) -> Iterator[Alert]:
    """Lines of figures whose last one is further from the last before than the rule bears."""
    chosen = {point.id: point for point in touched.choose_points(rule)}
    lasts = {(e.point, identify_source(e.source)): pick_last(touched, e) for e in touched.before.estimates}
    for line in touched.after.estimates:
        earlier, whose = touched.earlier.get(line.point), identify_source(line.source)
        if line.point not in chosen or earlier is None or rule.source.casefold() not in line.source.casefold():
            continue
        was, now = lasts.get((earlier.id, whose)), pick_last(touched, line)
        sizes = [size_of(value) for value in (was, now) if value is not None]
        if was is None or len(sizes) < 2 or sizes[0] is None or sizes[1] is None or not rule.moved(sizes[0], sizes[1]):
            continue
        text = f"{line.question} {say(was)}; now {say(now)}"
        said = (touched.find_anchor(chosen[line.point].values), whose, *sizes)
        yield touched.alert(
            rule, said, text, (now.claim, was.claim), question=line.question, was=say(was), now=say(now)
        )


def pick_last(touched: Touched, line: Estimate) -> Value:
    """The figure of a line that speaks of the latest moment, or that was published last where it names none."""

    def order(value: Value) -> tuple[datetime, datetime]:
        published = touched.holders[value.claim][0].report.published or EVER
        return value.as_of or published, published

    return max(line.values, key=order)


def size_of(value: Value) -> float | None:
    """The middle of a figure, or the end that it has."""
    ends = [end for end in (value.low, value.high) if end is not None]
    return sum(ends) / len(ends) if ends else None


def find_denied(rule: Rule, touched: Touched) -> Iterator[Alert]:
    """What sources that are graded well enough deny, each statement of theirs once."""
    before, after = touched.facts
    known = {(identify_source(f.source), f.origin) for f in before if f.origin and read_stance(f) == "denied"}
    for fact in after:
        whose = identify_source(fact.source)
        grade = touched.reliabilities.get(whose, "F")
        if fact.report.digest not in touched.new or fact.marked or read_stance(fact) != "denied" or is_nobody(fact):
            continue
        if grade == "F" or grade > rule.grade or rule.source.casefold() not in fact.source.casefold():
            continue
        if (whose, fact.origin) in known or not rule.holds(fact.context, fact.claim.text):
            continue
        words = " ".join(fact.claim.text.split())
        text = f"{fact.source}, graded {grade}, denies: {shorten(words, LONGEST)}"
        yield touched.alert(rule, (whose, fact.origin or fact.claim.seat), text, (fact.claim.id,), now=words)


FINDERS: dict[str, Callable[[Rule, Touched], Iterator[Alert]]] = {
    "search": find_found,
    "origins": find_reached,
    "contradiction": find_contradicted,
    "movement": find_moved,
    "denial": find_denied,
}
"""What finds the alerts of a rule in a story. Indicators, revisions and questions look elsewhere too."""
