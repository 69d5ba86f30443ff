"""What a later sentence makes of an earlier one: "It later withdrew the report", "That was wrong", "He has not."

Who takes back what he said points to it by a pronoun or a noun without content of its own; what was said is the
nearest clause before it that stands under a word of saying.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract.assertions.governors import find_kind
from sayso.extract.assertions.nouns import is_mended
from sayso.extract.assertions.surveys import COPULAS, Survey
from sayso.extract.assertions.verdicts import find_verdict
from sayso.extract.assertions.words import class_noun, class_verb, has_noun_class, is_report, load_words
from sayso.grammar.parses import Token
from sayso.record import Stands

FARTHEST = 3
"""Sentences before a later word on what was said within which it was said."""
POINTING = frozenset("it this that they them these those which".split())
SPEAKERS = frozenset("i we he she it they".split())
PUBLISHING = frozenset("issue publish print run post release make add append carry".split())
SUBJECTS = ("nsubj", "nsubjpass")


def follow_up(survey: Survey) -> None:
    """Mend how clauses stand that later sentences take back or call false."""
    for n, (first, end) in enumerate(survey.parse.sentences):
        for i in range(first, end):
            token = survey.parse.tokens[i]
            if token.pos not in ("VERB", "AUX") or survey.stands[i] != "asserted":
                continue
            effect = judge_word(survey, token)
            if effect and (target := find_said(survey, n, i)) is not None:
                mark_said(survey, target, effect)


def judge_word(survey: Survey, verb: Token) -> Stands | None:
    """What a verb makes of what was said before: withdrawn, misquoted, or nothing."""
    tokens = survey.parse.tokens
    children = [tokens[c] for c in verb.children]
    negated = bool(survey.negations[verb.i])
    if class_verb(survey.parse, verb) == "withdraw" and not negated:
        things = [t for t in find_things(survey, children) if t.tag != "WDT" and not is_mended(survey.parse, verb, t)]
        return "withdrawn" if any(points_back(survey, thing) for thing in things) else None
    if class_verb(survey.parse, verb) == "uphold" and negated:
        nouns = [tokens[g] for c in children if c.dep == "prep" for g in c.children] + children
        return "withdrawn" if any(points_back(survey, n) for n in nouns if n.dep in ("pobj", "dobj")) else None
    if verb.lemma in PUBLISHING:
        issued = any(c.dep in ("dobj", "nsubjpass") and is_retraction(c) for c in children)
        return "withdrawn" if issued and not negated else None
    subject = next((c for c in children if c.dep in SUBJECTS), None)
    if subject is None or not points_back(survey, subject):
        return None
    verdict = find_verdict(survey.parse, verb) if verb.lemma in COPULAS else ""
    if (verdict == "false" and not negated) or (verdict == "true" and negated):
        return "misquoted" if subject.text.lower() == "which" else judge_voice(survey, verb)
    return None


def find_things(survey: Survey, children: list[Token]) -> Iterator[Token]:
    """What a verb with these children takes back: its object, or its subject in the passive."""
    passive = any(c.dep == "auxpass" for c in children)
    yield from (c for c in children if c.dep == ("nsubjpass" if passive else "dobj"))
    for c in children:
        if c.dep == "prep" and c.text in ("for", "from"):
            yield from (survey.parse.tokens[g] for g in c.children if survey.parse.tokens[g].dep == "pobj")


def is_retraction(noun: Token) -> bool:
    """Whether a noun is of taking back."""
    return has_noun_class(noun, "withdraw") or noun.lemma in load_words("notes")


def judge_voice(survey: Survey, verb: Token) -> Stands | None:
    """What a verdict makes of what it is on: the outlet's own tells of an error, somebody's may be a denial only."""
    for above in survey.parse.ancestors(verb.i):
        token = survey.parse.tokens[above]
        itself = any(survey.parse.tokens[c].text.lower() in SPEAKERS for c in token.children)
        if class_verb(survey.parse, token) == "confirm" and itself:
            return "withdrawn"  # "*He admitted* that this was wrong"
        if class_verb(survey.parse, survey.parse.tokens[above]) in ("say", "confirm"):
            return None
    return "misquoted"


def points_back(survey: Survey, noun: Token) -> bool:
    """Whether a noun or pronoun is of something said before, and tells nothing of it itself."""
    if noun.text.lower() in POINTING:
        return True
    if not is_report(noun):
        return False
    children = [survey.parse.tokens[c] for c in noun.children]
    if any(c.dep in ("acl", "ccomp") or (c.dep == "relcl" and class_noun(noun) == "") for c in children):
        return False
    return any(c.dep in ("det", "poss") and c.text.lower() not in ("a", "an", "no", "any", "some") for c in children)


def find_said(survey: Survey, sentence: int, before: int) -> int | None:
    """The nearest clause before a token that stands under a word of saying, in its sentence or one before it."""
    for n in range(sentence, max(-1, sentence - FARTHEST - 1), -1):
        first, end = survey.parse.sentences[n]
        found = next(find_contents(survey, first, min(end, before)), None)
        if found is not None:
            return found
    return None


def find_contents(survey: Survey, first: int, end: int) -> Iterator[int]:
    """The clauses of a sentence that stand under a word of saying or a noun of what is said."""
    tokens = survey.parse.tokens
    for i in range(first, end):
        if tokens[i].pos not in ("VERB", "AUX", "ADJ") or survey.stands[i] not in ("asserted", "supposed"):
            continue
        if find_kind(survey.parse, survey.heads, i) != "that":
            continue
        over = tokens[survey.heads[i]]
        told = is_report(over) if over.pos == "NOUN" else class_verb(survey.parse, over) in ("say", "bid", "accuse")
        if told:
            yield i


def mark_said(survey: Survey, target: int, effect: Stands) -> None:
    """Let a clause stand otherwise, and all in it that stood as it did."""
    before = survey.stands[target]
    for i in survey.parse.descendants(target):
        if survey.stands[i] == before:
            survey.stands[i] = effect
    survey.made[target], survey.governed[target] = True, survey.heads[target]
