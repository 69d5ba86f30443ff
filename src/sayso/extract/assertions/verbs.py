"""What a verb makes of a clause that it governs."""

from __future__ import annotations

from sayso.extract.assertions.effects import Kind, find_effect
from sayso.extract.assertions.negations import Negation, find_own
from sayso.extract.assertions.nouns import is_own
from sayso.extract.assertions.surveys import COPULAS, Survey
from sayso.extract.assertions.verdicts import calls_false, find_verdict, is_note, judge_source
from sayso.extract.assertions.words import (
    class_noun,
    class_verb,
    load_classes,
    load_words,
)
from sayso.extract.stances import CALLING
from sayso.grammar.parses import Token
from sayso.record import Stands

TELLING = ("say", "suspect", "pretend", "accuse", "bid", "confirm", "know", "")
"""Classes of verbs that tell what somebody or something holds."""


def judge_verb(survey: Survey, token: Token, head: Token, negation: Negation, kind: Kind) -> Stands:
    """What a verb makes of a clause."""
    parse = survey.parse
    children = [parse.tokens[c] for c in head.children]
    if head.lemma in COPULAS and (said := find_verdict(parse, head)):
        on: Negation = next(
            (survey.negations[c.i] or find_own(parse, c.i) for c in children if c.dep in ("acomp", "attr")), ""
        )
        effect = find_effect(said, negation or on or "", kind)
        owned = any(is_own(parse, c) for c in children) or class_verb(parse, parse.tokens[head.head]) == "confirm"
        return "withdrawn" if effect == "denied" and owned else effect
    if head.lemma in COPULAS and kind == "that":
        for c in children:
            if c.dep == "csubj" and (cleft := class_verb(parse, c)):
                return find_effect(cleft, find_own(parse, c.i), kind)  # "What he did not *deny* was that"
    name = class_verb(parse, head)
    passive = head.tag == "VBN" and any(c.dep == "auxpass" for c in children)
    if name == "accuse":
        name = "suspect" if passive or head.tag == "VBN" else "say"
    adverbs = {load_classes("adverbs").get(c.text.lower(), "") for c in children if c.dep in ("advmod", "amod")}
    if name in TELLING and (marked := judge_source(parse, head)):
        return marked
    if name in ("know", "say") and kind in ("whether", "how") and survey.stands[head.i] == "supposed":
        return "asked"  # "wanted *to know* why"
    if head.lemma in ("claim", "profess") and kind == "to":
        return "supposed"
    if name == "know" and head.lemma == "see" and parse.tokens[head.head].lemma == "remain":
        return "open"
    if not name and kind == "to" and head.lemma == "be" and token.lemma not in load_words("settled"):
        return "supposed"  # "is *to close* in June"
    if head.lemma in CALLING and calls_false(parse, head):
        name = "deny"
    if "falsely" in adverbs and name not in ("deny", "plan"):
        return "misquoted"
    if name in ("say", "suspect", "bid") and is_note(survey, head, "formerly" in adverbs):
        return "withdrawn"
    nouns = [c for c in children if c.dep == "dobj" and c.i < len(parse.tokens)]
    if not name and nouns and (inner := class_noun(nouns[0])):
        name = inner  # "cast *doubt*", "gave an *answer*"
    if name == "deny" and negation and any(c.dep == "aux" and c.lemma in ("can", "could") for c in children):
        return "asserted"  # what cannot be denied
    if name == "deny" and negation and head.lemma in load_words("disputing"):
        return "asserted"  # who did not *dispute* it let it stand
    return find_effect(name, negation, kind)
