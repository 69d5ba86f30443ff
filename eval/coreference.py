"""Whether the people and bodies of a report are told apart and found again: MUC, B3 and CEAF-e on real news.

    coreference.py [SHARED]

The gold is that of ECB+ (``data/real/ecbplus-dev.jsonl``): mentions of people and organisations who take part in its
events, in the sentences that were annotated. Our mentions are found by sayso itself. One that meets no gold mention is
left out, since the gold leaves out everybody who takes part in no event; a gold mention that we do not find is missing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sayso.extract.attributions import find_attributions
from sayso.extract.parsers import parse_text
from sayso.grammar.parses import Token
from sayso.grammar.phrases import Phrases
from sayso.grammar.quotations import Marked, find_quotations
from sayso.record import Reading, Report, Speaker
from sayso.who.mentions import Person
from sayso.who.references import PLURAL, Heard, References, of_body, of_person
from sayso.who.roles import load_kinds
from sayso.who.speakers import Speakers

DATA = Path("data/real/ecbplus-dev.jsonl")
TYPES = ("HUMAN_PART_PER", "HUMAN_PART_ORG", "HUMAN_PART")
PERSONAL = {"he": "m", "his": "m", "him": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
HUMAN = ("er", "or", "ist", "man", "woman", "ant", "ee")
SPEAKING = frozenset("i we me my our us i'm i'd i've".split())
THINGS = {"it": False, "its": False, "itself": False, "they": True, "their": True, "them": True}

Partition = Sequence[frozenset[Any]]


def link_mentions(text: str) -> dict[int, int]:
    """The entity, by number, of each token of a text that means a person or body, by where the token begins."""
    parse, marked = parse_text(text), Marked(find_quotations(text))
    speakers = Speakers(Phrases(parse, marked))
    names: dict[int, str] = {}
    for token in parse.tokens:
        met = meet(speakers, token)
        if met:
            names[token.start], heard = met
            speakers.references.hear(heard)
    reading = find_attributions(Reading(report=Report(id="", text=text)), parse)
    for token in (t for t in parse.tokens if t.text.lower() in SPEAKING):
        said = [a for a in reading.attributions if any(s <= token.start < e for s, e in a.content)]
        source = said[-1].source[0] if said and said[-1].source else (0, 0)
        who = [names[at] for at in range(*source) if at in names]
        if who:
            names[token.start] = who[-1]
    numbers = {name: n for n, name in enumerate(dict.fromkeys(names.values()))}
    return {at: numbers[name] for at, name in names.items()}


def meet(speakers: Speakers, token: Token) -> tuple[str, Heard] | None:
    """Whom a token means, by the name that stands for them, and how later words remember them; None for no mention."""
    references, plural = speakers.references, token.tag in PLURAL
    tokens, low = speakers.phrases.tokens, token.text.lower()
    person, body = speakers.people.mentions.get(token.i), speakers.bodies.mentions.get(token.i)
    if person:
        return f"p {person.name}", Heard(of_person(person), token.i, token.lemma, False, person.gender)
    if low == "who":
        before = references.find_antecedent(token)
        return meet(speakers, before) if before is not None and before.i < token.i and before.pos != "PRON" else None
    if low in PERSONAL or low in THINGS:
        same = find_pronoun(references, token, low)
        return (name_of(speakers, same.speaker, same.at), replace(same, at=token.i)) if same else None
    if body:
        return f"b {body.heads[0]}", Heard(of_body(body), token.i, token.lemma, plural)
    if token.pos not in ("NOUN", "PROPN"):
        return None
    named = find_beside(speakers, token)
    if named:
        return f"p {named.name}", Heard(of_person(named), token.i, token.lemma, False, named.gender)
    new = any(tokens[c].text.lower() in ("a", "an", "another") for c in token.children)
    same = references.find_same(token) if not new else None
    alike = (h for h in reversed(references.heard) if h.noun == token.lemma and h.plural == plural)
    same = same or next((h for h in alike if not new or tokens[h.at].sentence == 0), None)
    if same and same.at != token.i:
        return name_of(speakers, same.speaker, same.at), replace(same, at=token.i, noun=token.lemma)
    kind = load_kinds().get(token.lemma, "person" if token.lemma.endswith(HUMAN) else "unknown")
    gender = "m" if low.endswith("man") and not low.endswith("woman") else "f" if low.endswith("woman") else ""
    return f"n {token.i}", Heard(Speaker(name=f"n {token.i}", kind=kind), token.i, token.lemma, plural, gender)


def find_beside(speakers: Speakers, token: Token) -> Person | None:
    """The person whose name a noun is set beside or says the role of: "Ann Lee, a climber", "Lee was the host"."""
    tokens = speakers.phrases.tokens
    head = tokens[token.head]
    if token.dep in ("appos", "compound", "nmod") and head.i in speakers.people.mentions:
        return speakers.people.mentions[head.i]
    if token.dep in ("attr", "oprd"):
        subject = speakers.phrases.child(head.i, "nsubj", "nsubjpass")
        return speakers.people.mentions.get(subject.i) if subject else None
    beside = [c for c in token.children if tokens[c].dep == "appos" and c in speakers.people.mentions]
    return speakers.people.mentions[beside[0]] if beside else None


def find_pronoun(references: References, token: Token, low: str) -> Heard | None:
    """Whom a pronoun means."""
    if low in PERSONAL:
        return references.find_person(token, PERSONAL[low])
    found = references.find_thing(token, THINGS[low])
    if isinstance(found, Token):
        body = references.bodies.mentions.get(found.i)
        return Heard(of_body(body) if body else Speaker(name=f"n {found.i}"), found.i, found.lemma, THINGS[low])
    return found


def name_of(speakers: Speakers, speaker: Speaker, at: int) -> str:
    """The name that stands for a speaker heard before."""
    if speaker.kind == "person" and speakers.people.named(speaker.name):
        return f"p {speaker.name}"
    body = speakers.bodies.mentions.get(at) or speakers.bodies.named(speaker.name)
    return f"b {body.heads[0]}" if body else speaker.name


def load_pairs(shared: Path) -> Iterator[tuple[Partition, Partition]]:
    """Of each report the gold entities and ours, as sets of gold mentions; ours that meet no gold mention left out."""
    for line in (shared / DATA).read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        gold: dict[str, set[tuple[int, int]]] = {}
        for mention in row["mentions"]:
            if mention["type"] in TYPES:
                gold.setdefault(mention["coref"], set()).add((mention["start"], mention["end"]))
        ours: dict[int, set[tuple[int, int]]] = {}
        linked = link_mentions(row["text"]) if gold else {}
        for span in (span for spans in gold.values() for span in spans):
            inside = [at for at in linked if span[0] <= at < span[1]]
            if inside:
                ours.setdefault(linked[max(inside)], set()).add(span)
        yield [frozenset(s) for s in gold.values()], [frozenset(s) for s in ours.values()]


def count_muc(of: Partition, by: Partition) -> tuple[float, float]:
    """Links of one partition that the other keeps, and all of its links."""
    where = {mention: n for n, entity in enumerate(by) for mention in entity}
    kept = total = 0
    for entity in of:
        parts = {where.get(mention, mention) for mention in entity}
        kept += len(entity) - len(parts)
        total += len(entity) - 1
    return kept, total


def count_b3(of: Partition, by: Partition) -> tuple[float, float]:
    """The share of its entity that the other partition keeps beside each mention of one, summed, and how many."""
    where = {mention: entity for entity in by for mention in entity}
    kept = sum(len(entity & where.get(m, frozenset())) / len(entity) for entity in of for m in entity)
    return kept, sum(len(entity) for entity in of)


def count_ceaf(gold: Partition, ours: Partition) -> float:
    """The likeness of entities under the best one-to-one alignment (phi 4)."""
    smaller, larger = sorted((gold, ours), key=len)
    return align([[2 * len(a & b) / (len(a) + len(b)) for b in larger] for a in smaller])


def align(likeness: Sequence[Sequence[float]]) -> float:
    """The highest sum of one cell a row, no two in one column, by the Hungarian method; no more rows than columns."""
    rows, columns = len(likeness), len(likeness[0]) if likeness else 0
    by_row, by_column, match = [0.0] * (rows + 1), [0.0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        match[0], column = row, 0
        least, used, way = [float("inf")] * (columns + 1), [False] * (columns + 1), [0] * (columns + 1)
        while match[column]:
            used[column], at, step, following = True, match[column], float("inf"), 0
            for c in (c for c in range(1, columns + 1) if not used[c]):
                cost = -likeness[at - 1][c - 1] - by_row[at] - by_column[c]
                if cost < least[c]:
                    least[c], way[c] = cost, column
                if least[c] < step:
                    step, following = least[c], c
            for c in range(columns + 1):
                if used[c]:
                    by_row[match[c]] += step
                    by_column[c] -= step
                else:
                    least[c] -= step
            column = following
        while column:
            match[column], column = match[way[column]], way[column]
    return sum(likeness[match[c] - 1][c - 1] for c in range(1, columns + 1) if match[c])


def f1(right: float, ours: float, gold: float, right_gold: float | None = None) -> float:
    """F1 in percent of what is right among ours and among the gold (`right_gold` there, where it is counted apart)."""
    precision = right / ours if ours else 0.0
    recall = (right if right_gold is None else right_gold) / gold if gold else 0.0
    return round(200 * precision * recall / (precision + recall), 1) if precision + recall else 0.0


def score_coreference(pairs: Sequence[tuple[Partition, Partition]]) -> dict[str, float]:
    """MUC, B3, CEAF-e and their mean, F1 in percent over all reports; and the share of gold mentions that are found."""
    scores = {}
    for name, count in (("MUC", count_muc), ("B3", count_b3)):
        recalled = [count(gold, ours) for gold, ours in pairs]
        precise = [count(ours, gold) for gold, ours in pairs]
        right, of = (sum(x[n] for x in precise) for n in (0, 1))
        kept, total = (sum(x[n] for x in recalled) for n in (0, 1))
        scores[name] = f1(right, of, total, kept)
    aligned = sum(count_ceaf(gold, ours) for gold, ours in pairs)
    scores["CEAF-e"] = f1(aligned, sum(len(o) for _, o in pairs), sum(len(g) for g, _ in pairs))
    mentions = [sum(len(e) for part in side for e in part) for side in zip(*pairs, strict=True)]
    return scores | {"mean": round(sum(scores.values()) / 3, 1), "found": round(100 * mentions[1] / mentions[0], 1)}


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2] / "shared"
    for measure, value in score_coreference(list(load_pairs(folder))).items():
        print(f"{measure}: {value}")
