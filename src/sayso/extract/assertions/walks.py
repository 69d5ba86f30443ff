"""How every word of a text stands, from the top of each sentence down: what governs a clause makes of it what its
class, its negation and the kind of clause say, and so on through what it governs in turn."""

from __future__ import annotations

from sayso.extract.assertions.effects import Kind, find_effect, join_effects
from sayso.extract.assertions.governors import find_governors, find_kind, look_through, order_tokens
from sayso.extract.assertions.moods import is_supposed
from sayso.extract.assertions.negations import find_own, find_passed
from sayso.extract.assertions.nouns import judge_noun, judge_report
from sayso.extract.assertions.surveys import COPULAS, VERBS, Survey
from sayso.extract.assertions.verbs import TELLING, judge_verb
from sayso.extract.assertions.verdicts import find_verdict, judge_source
from sayso.extract.assertions.words import (
    class_adjective,
    class_verb,
    load_words,
)
from sayso.grammar.parses import Parse, Token
from sayso.record import Stands


def survey_parse(parse: Parse) -> Survey:
    """How every word of a parse stands."""
    heads = find_governors(parse)
    n = len(parse.tokens)
    survey = Survey(parse, heads, ["asserted"] * n, [""] * n, [False] * n, list(range(n)))
    for i in order_tokens(heads):
        judge_token(survey, i)
    return survey


def judge_token(survey: Survey, i: int) -> None:
    """Fill in how a token stands; its governors are filled in already."""
    parse, heads = survey.parse, survey.heads
    token = parse.tokens[i]
    verbal = token.pos in VERBS or token.dep in ("ccomp", "xcomp", "pcomp", "ROOT")
    own = find_own(parse, i)
    stands: Stands = "asserted"
    if heads[i] != i:
        over = look_through(parse, heads, i)
        passed = find_passed(parse, i, over, survey.negations[over])
        own = own or passed if not (own and passed) else own
        kind = find_kind(parse, heads, i)
        if token.dep == "conj":
            stands = survey.stands[heads[i]]
            survey.governed[i] = survey.governed[heads[i]]
        elif kind is not None:
            outer = survey.stands[over]
            effect = judge_link(survey, i, over, kind)
            stands = join_effects(outer, effect)
            survey.made[i] = effect != "asserted"
            if stands != "asserted":
                survey.governed[i] = over if effect != "asserted" else survey.governed[over]
            elif kind == "that" and (survey.negations[over] or negates_noun(survey, over)):
                survey.governed[i] = over
        elif token.dep == "prep":
            stands = survey.stands[heads[i]]
        elif token.dep in ("advcl", "relcl", "acl"):
            stands = project(survey.stands[over])
            if errs(survey, token, over):
                stands, survey.made[i], survey.governed[i] = "withdrawn", True, over
    survey.negations[i] = own
    if verbal and stands == "asserted" and is_by_fakes(parse, token):
        stands = "misquoted"
    judging = token.lemma in COPULAS and find_verdict(parse, token) in ("true", "false", "open")
    if verbal and not judging and stands in ("asserted", "denied") and is_supposed(parse, i, own):
        stands = join_effects(stands, "supposed")
    survey.stands[i] = stands


def negates_noun(survey: Survey, i: int) -> bool:
    """Whether a noun is the object of what is negated ("did not hide *the fact* that")."""
    token = survey.parse.tokens[i]
    return token.pos == "NOUN" and token.dep == "dobj" and bool(survey.negations[survey.heads[i]])


def is_by_fakes(parse: Parse, verb: Token) -> bool:
    """Whether a clause is told according to something made up ("*according to* a satirical site")."""
    return any(
        parse.tokens[c].text.lower() == "according" and judge_source(parse, parse.tokens[c]) == "misquoted"
        for c in verb.children
    )


def errs(survey: Survey, token: Token, over: int) -> bool:
    """Whether what is said beside a verb is what somebody was wrong, or lied, in saying ("*lied* when she said")."""
    parse = survey.parse
    head = parse.tokens[over]
    if token.dep != "advcl" or token.i < over or survey.negations[over] or class_verb(parse, token) not in TELLING:
        return False
    wrong = head.lemma in load_words("erring") or (head.lemma in COPULAS and find_verdict(parse, head) == "false")
    return wrong and bool(class_verb(parse, token))


def project(outer: Stands) -> Stands:
    """How what is only beside a clause stands: what is told besides is asserted, but in what is taken back whole."""
    return outer if outer in ("withdrawn", "misquoted", "asked") else "asserted"


def judge_link(survey: Survey, i: int, over: int, kind: Kind) -> Stands:
    """What a governor makes of a token of some kind that it governs."""
    parse = survey.parse
    token, head = parse.tokens[i], parse.tokens[over]
    negation = survey.negations[over]
    if kind == "noun":
        return judge_noun(survey, token, head, negation)
    opener = parse.tokens[token.head].text.lower()
    if token.dep == "pcomp" and opener in ("without", "instead", "than"):
        return "asserted" if class_verb(parse, token) else "denied"
    if head.pos in ("NOUN", "PROPN", "PRON"):
        return judge_report(survey, token, head, kind)
    if head.pos == "ADJ":
        return find_effect(class_adjective(head), negation or survey.negations[head.head], kind)
    return judge_verb(survey, token, head, negation, kind)
