"""What a cue does and how sure its words are: stance, directness, certainty, negation, basis."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from sayso.grammar.parses import Parse, Token
from sayso.grammar.quotations import Marked
from sayso.record import Basis, Directness, Span, Speaker, Stance
from sayso.tables import load_rows, load_toml

NEGATIONS = frozenset(["not", "n't", "n’t", "never", "no", "nor", "neither", "hardly", "without"])
SILENCES = frozenset("comment respond reply answer elaborate discuss say disclose specify confirm".split())
"""What one declines to do when one declines to speak."""

Band = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of the table of cues."""

    stance: Stance
    basis: Basis


@cache
def load_cues() -> dict[tuple[str, str], Cue]:
    """Part (verb, noun, phrase) and lemma of each cue, with its stance and basis."""
    return {
        (r["part"], r["cue"]): Cue(cast("Stance", r["stance"]), cast("Basis", r["basis"]))
        for r in load_rows("cues.tsv")
    }


@cache
def _phrases() -> re.Pattern[str]:
    words = sorted((cue for part, cue in load_cues() if part == "phrase"), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")


@cache
def _hedge_words() -> re.Pattern[str]:
    words = sorted(load_toml("hedges.toml")["words"], key=len, reverse=True)
    return re.compile(r"\b(" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)


CALLING = frozenset("call brand label describe deem dub denounce slam condemn decry deride dismiss portray".split())
"""Verbs that say what a content is ("called the report a lie")."""

LONGEST_VERDICT = 8
"""Tokens at the end of a content in which it is called untrue."""


def judge_stance(cue: list[Token], content: Sequence[Token] = ()) -> tuple[Stance, Basis, bool]:
    """Stance, basis and whether the cue is negated, from the cue's tokens and, where a verb leaves it open, the
    content's."""
    table = load_cues()
    lemmas = [t.lemma for t in cue]
    negated = any(t.text.lower() in NEGATIONS for t in cue)
    if negated and SILENCES & set(lemmas) and not {"confirm", "say", "disclose", "specify"} & set(lemmas):
        return "declines", "told", False
    line = " ".join("not" if x in NEGATIONS else x for x in lemmas if x not in ("to", "have", "do", "also"))
    phrase = _phrases().search(line)
    if phrase:
        row = table["phrase", phrase[0]]
        return row.stance, row.basis, negated and "not" not in phrase[0].split()
    told = _judge_content(cue, content)
    if told:
        return told.stance, told.basis, negated
    found = [table[key] for t in cue if (key := ("verb" if t.pos in ("VERB", "AUX") else "noun", t.lemma)) in table]
    if not found:
        found = [table[key] for t in cue for part in ("verb", "noun") if (key := (part, t.lemma)) in table]
    strong = [c for c in found if c.stance != "asserts"] or found
    if not strong:
        return "asserts", "unknown", negated
    first = strong[0]
    return first.stance, first.basis, negated


def _judge_content(cue: list[Token], content: Sequence[Token]) -> Cue | None:
    """What the content makes of a cue that leaves it open: "told them to leave", "called it a lie"."""
    table = load_cues()
    for token in cue:
        if token.lemma in CALLING and not any(t.text.lower() in NEGATIONS for t in content):
            verdicts = (table.get(("untrue", t.lemma)) for t in content[-LONGEST_VERDICT:])
            if found := next((v for v in verdicts if v), None):
                return found
        if (row := table.get(("infinitive", token.lemma))) and _is_infinitive(content):
            return row
    return None


def _is_infinitive(content: Sequence[Token]) -> bool:
    """Whether a content's main verb has "to" before it."""
    inside = {t.i: t for t in content}
    tops = [t for t in content if t.pos in ("VERB", "AUX") and (t.head == t.i or t.head not in inside)]
    return bool(tops) and any(c in inside and inside[c].tag == "TO" for c in tops[0].children)


def judge_certainty(parse: Parse, cue: list[Token], content: list[Token], stance: str, negated: bool) -> Band:
    """The band of probability that cue and content together give to the content.

    A hedge in the content's main clause counts before the cue's own lemma, and that before its stance.
    """
    table = load_toml("hedges.toml")
    if negated:
        return _band(table["stances"]["negated"])
    if stance in ("denies", "declines", "asks", "orders"):
        return _band(table["stances"][stance])
    for token in cue:
        found = _hedge_words().fullmatch(token.text)
        if found:
            return _band(table["words"][found[0].lower()])
    words = _main_clause(parse, content)
    found = _hedge_words().search(words)
    if found:
        return _band(table["words"][found[0].lower()])
    line = " ".join(token.lemma for token in cue)
    for lemma in (*(token.lemma for token in cue), *(key for key in table["cues"] if " " in key and key in line)):
        if lemma in table["cues"]:
            return _band(table["cues"][lemma])
    return _band(table["stances"][stance])


def _band(pair: list[float]) -> Band:
    return float(pair[0]), float(pair[1])


def _main_clause(parse: Parse, content: list[Token]) -> str:
    """The words that stand directly under the content's top verb: auxiliaries, adverbs, predicates."""
    inside = {t.i for t in content}
    tops = [t for t in content if t.head == t.i or t.head not in inside]
    words: list[Token] = []
    for top in [t for t in tops if t.pos in ("VERB", "AUX", "ADJ")][:1]:
        near = [c for c in top.children if c in inside]
        kept = {top.i}
        for c in near:
            if parse.tokens[c].dep in ("aux", "auxpass", "neg", "advmod", "acomp", "attr", "dobj"):
                kept.add(c)
                kept.update(
                    g
                    for g in parse.tokens[c].children
                    if g in inside and parse.tokens[g].dep in ("advmod", "amod", "neg", "det")
                )
        words = [parse.tokens[i] for i in sorted(kept)]
    return " ".join(t.text for t in words)


def judge_basis(basis: Basis, speaker: Speaker | None, content: list[Token]) -> Basis:
    """How the source knows: what the cue tells, unless the source is a document or the content says "we believe"."""
    if speaker and speaker.kind == "document":
        return "document"
    if basis in ("witnessed", "unknown") and content and content[0].text == "from":
        return "told"  # "had heard *from a guard* that"
    if basis in ("told", "unknown") and len(content) > 1:
        first, second = (
            (t.lemma for t in [t for t in content if t.pos != "PUNCT"][:2] or content[:2])
            if len([t for t in content if t.pos != "PUNCT"]) > 1
            else ("", "")
        )
        if first in ("i", "we") and second in ("think", "believe", "assume", "suspect", "guess", "assess", "estimate"):
            return "induced"
        if first in ("i", "we") and second in ("see", "witness", "hear", "watch"):
            return "witnessed"
    return basis


def judge_directness(marked: Marked, content: tuple[Span, ...]) -> Directness:
    """Whether a content is quoted whole (direct), in part (mixed) or not at all (indirect)."""
    if not content:
        return "indirect"
    if all(_quoted(marked, s, e) for s, e in content):
        return "direct"
    touched = any(((q := marked.from_(s)) is not None and q.start < e) or marked.at(s) is not None for s, e in content)
    return "mixed" if touched else "indirect"


def _quoted(marked: Marked, start: int, end: int) -> bool:
    q = marked.at(start)
    return q is not None and q.start >= start - 2 and end - 2 <= q.end
