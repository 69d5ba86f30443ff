"""Rows of two claims to be compared, read and answered: the work of `sayso compare`.

A row is ``{"id", "a", "b"}``, each claim a string or ``{"text", "published", "outlet", "source"}``. The answers of the
two texts are matched as those of reports are; what each sign weighs for each relation was learnt on our own pairs
(``training/pairs.py``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np

from sayso.crashes import tell
from sayso.errors import Error
from sayso.extract import read_report
from sayso.read.dates import parse_published
from sayso.read.rows import split_lines
from sayso.record import Problem, Reading, Report
from sayso.weigh.differences import find_apart
from sayso.weigh.endorsements import judge_stance
from sayso.weigh.matching.steps import Steps
from sayso.weigh.matching.weights import ALWAYS, load_steps
from sayso.weigh.pair_signs import Match, compare_texts
from sayso.weigh.relation_signs import Signs
from sayso.weigh.relations import words_of
from sayso.weigh.settlements import likely_matches, settle
from sayso.who.institutions import find_institution, fold
from sayso.who.names import same_person

LONGEST_TEXT = 20_000
"""Code points of a claim: more is a report, which `sayso add` and `sayso points` take apart."""
LONGEST_LINE_BYTES = 8_000_000
RELATIONS = ("same", "compatible", "revision", "scope", "contradiction", "unrelated")
"""The six relations, in the order of the glossary."""
ALL = "all"
"""The one family of the table of weights."""
SURE = 0.3
"""How likely two answers must be to answer one question for what excludes them to be a contradiction's witness."""
SHOWN = 3
Text = tuple[Reading, str]
"""A text that was read, and who is given as its source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How the two claims of a row stand to each other, what the second does to the first, and why."""

    id: str
    relation: str
    stance: str
    why: str


class UnfitPairError(Error, ValueError):
    """A row that does not hold two claims; the message says what is wrong with it."""


def compare_pairs(chunks: Iterable[bytes], name: str) -> Iterator[Compared | Problem]:
    """The answer to each line of a JSON Lines input, or what is wrong with it, in order; empty ones are passed over."""
    for number, line in enumerate(split_lines(chunks, LONGEST_LINE_BYTES), start=1):
        if line is not None and not line.strip():
            continue
        try:
            yield compare_row(load_row(line), f"{name}:{number}")
        except UnfitPairError as error:
            yield Problem(step="compare_pairs", message=str(error), input=f"{name}:{number}")
        except Exception as error:  # A fault of ours on one pair must not cost the user the others.
            yield Problem(step="compare_pairs", message=f"comparing crashed: {tell(error)}", input=f"{name}:{number}")


def load_row(line: bytes | None) -> Mapping[str, Any]:
    """One line as an object. Raises `UnfitPairError` where it is none."""
    if line is None:
        raise UnfitPairError(f"the line is longer than {LONGEST_LINE_BYTES / 1e6:g} MB")
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnfitPairError(f"not JSON: {error}") from None
    if not isinstance(row, dict):
        raise UnfitPairError('not a JSON object; a pair is {"id": "...", "a": "...", "b": "..."}')
    return row


def compare_row(row: Mapping[str, Any], place: str) -> Compared:
    """The answer to one row; `place` is its id where it has none. Raises `UnfitPairError`."""
    a, b = (read_claim(row, name) for name in ("a", "b"))
    relation, why = relate_texts(a, b)
    stance, why_stance = judge_stance(a[0].report.text, b[0])
    if relation == "contradiction" and stance == "supports":
        stance, why_stance = "contradicts", "what excludes it is told"
    given = row.get("id")
    return Compared(
        id=place if given is None or given == "" else str(given),
        relation=relation,
        stance=stance,
        why=f"{relation}: {why}. {stance}: {why_stance}",
    )


def relate_texts(a: Text, b: Text) -> tuple[str, str]:
    """How two texts stand to each other, and why in words."""
    signs, matches = sign_texts(*order_texts(a, b))
    if settled := settle(signs, matches, (a[0].report.text, b[0].report.text)):
        return settled
    steps = load_weights()
    weighed = {name: steps[name].weigh(np.array(value)) for name, value in signs.items() if name in steps}
    total = steps[ALWAYS].weights[0] + np.sum(list(weighed.values()), axis=0)
    chances = np.exp(total - total.max())
    relation = choose_relation(dict(zip(RELATIONS, (chances / chances.sum()).tolist(), strict=True)), matches, signs)
    column = RELATIONS.index(relation)
    spoke = sorted(((float(w[column] - w.mean()), name) for name, w in weighed.items()), reverse=True)
    named = [f"{name} {weight:+.1f}" for weight, name in spoke[:SHOWN] if weight > 0]
    shown = find_witness(matches) if relation == "contradiction" else [tell_match(m) for m in matches[:1]]
    return relation, "; ".join([*shown, *named]) or "nothing else speaks"


def choose_relation(chances: Mapping[str, float], matches: Sequence[Match], signs: Signs) -> str:
    """The likeliest relation of those that can be: no contradiction without a witness, no revision where nothing says
    what came first, and nothing but scope or unrelated where all that is counted is something else."""
    possible = dict(chances)
    if not find_witness(matches):
        del possible["contradiction"]
    if not signs["days apart"] and not signs["replaced"]:
        del possible["revision"]
    if find_apart(likely_matches(matches)):
        possible = {name: possible[name] for name in ("scope", "unrelated")}
    return max(possible, key=lambda name: possible[name])


def find_witness(matches: Sequence[Match]) -> list[str]:
    """What excludes each other in two texts, in words: the likeliest to answer one question."""
    return [rival.witness for _, rival in matches if rival.witness and rival.likely >= SURE][:1]


def tell_match(match: Match) -> str:
    """Two answers to one question, in words."""
    mine, rival = match
    return f"{words_of(mine)} / {words_of(rival.unit)}"


def order_texts(a: Text, b: Text) -> tuple[Text, Text]:
    """Two texts, the one that was published first before the other; where that is unknown, as they come."""
    x, y = (text[0].report.published for text in (a, b))
    return (b, a) if x is not None and y is not None and y < x else (a, b)


def sign_texts(a: Text, b: Text) -> tuple[Signs, list[Match]]:
    """The signs of two texts, and the answers in them that may answer one question."""
    (x, one), (y, other) = (place_text(text, name) for text, name in ((a, "a"), (b, "b")))
    return compare_texts(x, y, one_source=is_one_source(one, other))


def place_text(text: Text, name: str) -> Text:
    """A text under a name that tells it from the other, with its source, given or its own."""
    reading, source = text
    voice = next((a.speaker.name for a in reading.attributions if a.speaker), "")
    return replace(reading, report=replace(reading.report, id=name)), source or voice


def is_one_source(a: str, b: str) -> bool:
    """Whether two names are one source's: the same words, one person, or one institution that the tables know."""
    if not a or not b:
        return False
    one, other = find_institution(a), find_institution(b)
    known = one is not None and other is not None and bool(one.group) and one.group == other.group
    return fold(a) == fold(b) or same_person(a, b) or known


@cache
def load_weights() -> Mapping[str, Steps]:
    """The steps of each sign, with a weight for each of `RELATIONS`."""
    return load_steps("pair_steps.tsv", RELATIONS)[ALL]


def read_claim(row: Mapping[str, Any], name: str) -> tuple[Reading, str]:
    """One claim of a row, read. Raises `UnfitPairError` where there is none or one of its fields makes no sense."""
    if name not in row:
        raise UnfitPairError(f'"{name}" is missing')
    try:
        return read_text(row[name])
    except UnfitPairError as error:
        raise UnfitPairError(f'"{name}": {error}') from None


def read_text(claim: object) -> tuple[Reading, str]:
    """A claim, given as a string or an object with a text, read, and who is given as its source. Raises
    `UnfitPairError`."""
    fields = {"text": claim} if isinstance(claim, str) else claim
    if not isinstance(fields, Mapping) or not isinstance(fields.get("text"), str):
        raise UnfitPairError('neither a string nor an object with a "text"')
    text = fields["text"]
    if not text.strip():
        raise UnfitPairError("the text is empty")
    if len(text) > LONGEST_TEXT:
        raise UnfitPairError(f"the text has {len(text):,} characters; a claim has {LONGEST_TEXT:,} at most")
    published = fields.get("published")
    moment = parse_published(published) if isinstance(published, str) else None
    if published and moment is None:
        raise UnfitPairError(f"{str(published)[:40]!r} is no date such as 2025-02-01 or 2025-02-01T18:00Z")
    outlet, source = (str(fields.get(name) or "") for name in ("outlet", "source"))
    report = Report(
        id="",
        text=text,
        outlet=outlet,
        published=moment[0] if moment else None,
        published_exact=bool(moment and moment[1]),
        language="en",
    )
    return read_report(report), source
