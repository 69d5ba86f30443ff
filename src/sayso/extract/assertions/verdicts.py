"""What is said of what is said: false, made up, taken back, unconfirmed, or an outlet's own earlier words."""

from __future__ import annotations

from sayso.extract.assertions.surveys import COPULAS, Survey
from sayso.extract.assertions.words import (
    class_adjective,
    class_noun,
    class_verb,
    has_noun_class,
    is_report,
    load_words,
)
from sayso.grammar.parses import Parse, Token
from sayso.record import Stands


def find_verdict(parse: Parse, verb: Token) -> str:
    """What a copula calls its subject: the class of its adjective or noun ("is *false*", "was a *hoax*")."""
    for c in verb.children:
        child = parse.tokens[c]
        if child.dep not in ("acomp", "attr", "oprd", "xcomp", "dep", "advmod", "prep"):
            continue
        if child.dep == "xcomp" and child.lemma == "be":
            return find_verdict(parse, child)  # "turned out *to be false*"
        if (name := class_adjective(child)) and name != "keep":
            return name
        if child.dep == "attr" and not is_report(child) and (name := class_noun(child)):
            return name
        if child.dep == "attr" and has_noun_class(child, "proof"):
            return "proof"
    return ""


def judge_modifiers(parse: Parse, noun: Token, but: int = -1) -> Stands | None:
    """What the words on a noun of what is said make of it ("*false* claims", "a *since-deleted* post", "*unconfirmed*
    reports", "the article, which has been *withdrawn*"); the token `but` is not looked at."""
    for c in noun.children:
        child = parse.tokens[c]
        if child.dep not in ("amod", "acl", "compound", "relcl", "appos", "nmod") or child.i == but:
            continue
        if child.dep == "appos" and child.lemma in load_words("untruths"):
            return "misquoted"
        adjective, verb = class_adjective(child), class_verb(parse, child) if child.tag in ("VBN", "VBD", "JJ") else ""
        active = child.dep == "relcl" and not any(parse.tokens[g].dep == "auxpass" for g in child.children)
        if active:
            calls = child.lemma in COPULAS and find_verdict(parse, child) == "false"
            negated = any(parse.tokens[g].dep == "neg" for g in child.children)
            if calls and not negated:
                return "misquoted"
            continue
        if verb == "withdraw":
            return "withdrawn"
        if adjective == "false" or verb in ("misreport", "deny") or load_fakes(child):
            return "misquoted"
        if adjective in ("possible", "open"):
            return "supposed"
    return None


def load_fakes(token: Token) -> bool:
    """Whether an adjective or participle tells of a fake ("*doctored*", "*manipulated*")."""
    return token.lemma in load_words("fakes") or token.text.lower() in load_words("fakes")


def judge_source(parse: Parse, verb: Token) -> Stands | None:
    """What the words on who or what speaks make of what is said ("a *doctored* video shows", "*unconfirmed* reports
    say", "wrote in a *since-deleted* post")."""
    for c in verb.children:
        child = parse.tokens[c]
        nouns = [child] if child.dep in ("nsubj", "nsubjpass") else []
        if child.dep == "prep":
            nouns = [parse.tokens[g] for g in child.children if parse.tokens[g].dep == "pobj"]
        for noun in nouns:
            fake = any(
                load_fakes(parse.tokens[g]) for g in noun.children if parse.tokens[g].dep in ("amod", "compound")
            )
            if fake:
                return "misquoted"
            if is_report(noun) and (marked := judge_modifiers(parse, noun)):
                return marked
    return None


def calls_false(parse: Parse, verb: Token) -> bool:
    """Whether a verb of calling has its complement say that something is untrue ("called it *a lie*")."""
    end = min(parse.sentences[verb.sentence][1], verb.i + FARTHEST)
    return any(class_adjective(token) == "false" for token in parse.tokens[verb.i + 1 : end])


FARTHEST = 40
"""Words within which a verb of calling has its verdict."""


def is_note(survey: Survey, verb: Token, formerly: bool) -> bool:
    """Whether a verb tells what an outlet's own text said before: "an *earlier version* said", "it *originally* said",
    "*Clarification:* the story said"."""
    parse = survey.parse
    first = max(parse.sentences[verb.sentence][0], verb.i - FARTHEST // 4)
    subject = next((t for t in reversed(parse.tokens[first : verb.i]) if is_version(t)), None)
    if subject is None or any(t.dep == "mark" for t in parse.tokens[subject.i + 1 : verb.i]):
        return False
    before = {parse.tokens[g].text.lower() for g in subject.children}
    return bool(formerly or before & load_words("former") or (verb.tag in ("VBD", "VBN") and follows_note(parse, verb)))


def is_version(token: Token) -> bool:
    """Whether a word is of what an outlet published itself."""
    word = token.text.lower()
    return bool({word, word.removesuffix("s")} & load_words("versions")) and token.dep != "pobj"


def follows_note(parse: Parse, verb: Token) -> bool:
    """Whether a verb's sentence, or the one before, begins by calling itself a correction."""
    for n in (verb.sentence, verb.sentence - 1):
        if n >= 0:
            first, end = parse.sentences[n]
            opening = {token.text.lower() for token in parse.tokens[first : min(end, first + NOTE)]}
            if opening & load_words("notes"):
                return True
    return False


NOTE = 8
"""Words at the beginning of a sentence that show that it is a note of correction."""
