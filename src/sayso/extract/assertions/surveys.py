"""How every word of a text stands, from the top of each sentence down: what governs a clause makes of it what its
class, its negation and the kind of clause say, and so on through what it governs in turn."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.extract.assertions.effects import Kind, find_effect, join_effects
from sayso.extract.assertions.governors import find_governors, find_kind, look_through, order_tokens
from sayso.extract.assertions.moods import is_supposed
from sayso.extract.assertions.negations import Negation, find_own, find_passed, has_own_subject, keeps
from sayso.extract.assertions.words import (
    class_adjective,
    class_noun,
    class_verb,
    has_noun_class,
    is_report,
    load_classes,
    load_words,
)
from sayso.extract.stances import CALLING
from sayso.grammar.parses import Parse, Token
from sayso.record import Stands

COPULAS = frozenset(("be", "prove", "remain", "seem", "appear", "become", "look", "turn"))
VERBS = ("VERB", "AUX")


@dataclass(slots=True)
class Survey:
    """A parse with, for each token, how the clause or noun that it heads stands, and how it is negated."""

    parse: Parse
    heads: list[int]
    stands: list[Stands]
    negations: list[Negation]
    governed: list[int]
    """The governor that makes a token stand otherwise than its surroundings, or itself."""


def survey_parse(parse: Parse) -> Survey:
    """How every word of a parse stands."""
    heads = find_governors(parse)
    n = len(parse.tokens)
    survey = Survey(parse, heads, ["asserted"] * n, [""] * n, list(range(n)))
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
            if stands != "asserted":
                survey.governed[i] = over if effect != "asserted" else survey.governed[over]
        elif token.dep == "prep":
            stands = survey.stands[heads[i]]
        elif token.dep in ("advcl", "relcl", "acl"):
            stands = project(survey.stands[over])
    survey.negations[i] = own
    if verbal and stands in ("asserted", "denied") and is_supposed(parse, i, own):
        stands = join_effects(stands, "supposed")
    survey.stands[i] = stands


def project(outer: Stands) -> Stands:
    """How what is only beside a clause stands: what is told besides is told for so, but for what is taken back whole."""
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
        return "denied"
    if head.pos in ("NOUN", "PROPN", "PRON"):
        return judge_report(survey, token, head, kind)
    if head.pos == "ADJ":
        return find_effect(class_adjective(head), negation or survey.negations[head.head], kind)
    return judge_verb(survey, head, negation, kind)


def judge_verb(survey: Survey, head: Token, negation: Negation, kind: Kind) -> Stands:
    """What a verb makes of a clause."""
    parse = survey.parse
    children = [parse.tokens[c] for c in head.children]
    if head.lemma in COPULAS and (said := find_verdict(parse, head)):
        return find_effect(said, negation, kind)
    name = class_verb(parse, head)
    passive = head.tag == "VBN" and any(c.dep == "auxpass" for c in children)
    if name == "accuse":
        name = "suspect" if passive or head.tag == "VBN" else "say"
    adverbs = {load_classes("adverbs").get(c.text.lower(), "") for c in children if c.dep in ("advmod", "amod")}
    if any(is_fake(parse, c) for c in children if c.dep in ("nsubj", "nsubjpass")):
        return "misquoted"
    if name == "know" and head.lemma == "see" and parse.tokens[head.head].lemma == "remain":
        return "open"
    if not name and kind == "to" and head.lemma == "be":
        return "supposed"  # "is *to close* in June"
    if head.lemma in CALLING and any(calls_false(parse, c) for c in children):
        name = "deny"
    if "falsely" in adverbs and name not in ("deny", "plan"):
        return "misquoted"
    if name in ("say", "suspect", "bid") and is_note(survey, head, "formerly" in adverbs):
        return "withdrawn"
    nouns = [c for c in children if c.dep == "dobj" and c.i < len(parse.tokens)]
    if not name and nouns and (inner := class_noun(nouns[0])):
        name = inner  # "cast *doubt*", "gave an *answer*"
    return find_effect(name, negation, kind)


def is_fake(parse: Parse, noun: Token) -> bool:
    """Whether a noun is of something made up ("a *doctored* video", "a *spoof* account")."""
    return any(load_fakes(parse.tokens[c]) for c in noun.children if parse.tokens[c].dep in ("amod", "compound", "nmod"))


def calls_false(parse: Parse, token: Token) -> bool:
    """Whether a complement of a verb of calling says that something is untrue ("*a lie*", "*as nonsense*")."""
    if token.dep == "prep" and token.text.lower() == "as":
        return any(class_adjective(parse.tokens[c]) == "false" for c in token.children)
    if class_verb(parse, token) != "" or token.pos in VERBS:
        return any(class_adjective(parse.tokens[c]) == "false" and c > token.i for c in token.children)
    return token.dep in ("oprd", "ccomp", "xcomp", "dobj", "attr", "acomp") and class_adjective(token) == "false"


def is_note(survey: Survey, verb: Token, formerly: bool) -> bool:
    """Whether a verb tells what an outlet's own text said before: "an *earlier version* said", "it *originally* said",
    "*Clarification:* the story said"."""
    parse = survey.parse
    for c in verb.children:
        subject = parse.tokens[c]
        if subject.dep not in ("nsubj", "nsubjpass") or subject.text.lower() not in load_words("versions"):
            continue
        before = {parse.tokens[g].text.lower() for g in subject.children}
        if formerly or before & load_words("former") or (verb.tag in ("VBD", "VBN") and follows_note(parse, verb)):
            return True
    return False


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


def find_verdict(parse: Parse, verb: Token) -> str:
    """What a copula calls its subject: the class of its adjective or noun ("is *false*", "was a *hoax*")."""
    for c in verb.children:
        child = parse.tokens[c]
        if child.dep not in ("acomp", "attr", "oprd", "xcomp", "dep", "advmod", "prep"):
            continue
        if name := class_adjective(child):
            if name not in ("keep", "planned"):
                return name
            if name == "planned":
                return name
        if child.dep == "attr" and not is_report(child) and (name := class_noun(child)):
            return name
        if child.dep == "attr" and has_noun_class(child, "proof"):
            return "proof"
    return ""


def judge_noun(survey: Survey, token: Token, head: Token, negation: Negation) -> Stands:
    """What a governor makes of a noun; of those that tell what is said, and of what is denied."""
    parse = survey.parse
    if head.pos in VERBS and token.dep not in ("nsubj", "csubj"):
        name = class_verb(parse, head)
        if name == "deny" and token.dep in ("dobj", "nsubjpass", "pobj"):
            return find_effect("deny", negation, "noun")
    if not (is_report(token) or class_noun(token)):
        return "asserted"
    prepositions = {parse.tokens[token.head].text.lower()} | {
        parse.tokens[parse.tokens[token.head].head].text.lower() if token.dep == "pobj" else ""
    }
    if token.dep == "pobj" and prepositions & load_words("against"):
        return "misquoted"
    if head.pos in VERBS:
        if head.lemma in COPULAS and token.dep in ("nsubj", "nsubjpass"):
            return find_effect(find_verdict(parse, head), negation, "noun")
        name = class_verb(parse, head)
        if token.dep == "nsubj" and not has_particle(parse, head):
            return "asserted"
        if not name:
            thing = next((parse.tokens[c] for c in head.children if parse.tokens[c].dep == "dobj"), None)
            name = class_noun(thing) if thing is not None and thing.i != token.i else ""
        return find_effect(name, negation, "noun") if name in ("suspect",) or name in NOUN_VERBS else "asserted"
    if token.dep == "pobj" and (name := class_noun(head) or ("proof" if has_noun_class(head, "proof") else "")):
        return find_effect("suspect" if name == "proof" else name, survey.negations[head.i] or beyond(survey, head), "noun")
    return "asserted"


NOUN_VERBS = ("deny", "exclude", "confirm", "withdraw", "misreport", "doubt", "check")


def has_particle(parse: Parse, verb: Token) -> bool:
    """Whether a verb is in the passive."""
    return any(parse.tokens[c].dep == "auxpass" for c in verb.children)


def beyond(survey: Survey, noun: Token) -> Negation:
    """How a noun is negated by its own determiner or by the verb that it is the object of."""
    parse = survey.parse
    words = {parse.tokens[c].text.lower() for c in noun.children if c < noun.i}
    if "no" in words or "neither" in words:
        return "not"
    if words & load_words("few") and "a" not in words:
        return "few"
    if negation := survey.negations[noun.i]:
        return negation
    governor = look_through(parse, survey.heads, noun.i) if noun.dep == "pobj" else survey.heads[noun.i]
    head = parse.tokens[governor]
    if head.text.lower() == "without" or (head.text.lower() == "of" and parse.tokens[head.head].lemma in ("lack", "absence")):
        return "not"
    if noun.dep in ("dobj", "pobj") and head.pos in VERBS and keeps(parse, governor):
        return "" if survey.negations[governor] else "not"  # "*dodged* a question about"
    if head.lemma == "lack" and head.pos in VERBS:
        return "" if survey.negations[governor] else "not"
    return survey.negations[governor] if noun.dep in ("dobj", "attr", "nsubj", "nsubjpass") else ""


def judge_report(survey: Survey, token: Token, noun: Token, kind: Kind) -> Stands:
    """What a noun makes of the clause that hangs from it ("*denial* that", "no *evidence* that", "*false* claims that")."""
    parse = survey.parse
    negation = beyond(survey, noun)
    if noun.lemma in load_words("untruths"):
        return "misquoted"
    for c in noun.children:
        child = parse.tokens[c]
        if child.dep not in ("amod", "acl", "compound", "relcl", "appos") or child.i == token.i:
            continue
        adjective, verb = class_adjective(child), class_verb(parse, child) if child.tag in ("VBN", "VBD", "JJ") else ""
        if "withdraw" in (adjective, verb):
            return "withdrawn"
        if adjective == "false" or verb in ("misreport", "deny") or load_fakes(child):
            return "misquoted"
        if adjective in ("possible", "open"):
            return "supposed"
    if has_noun_class(noun, "proof"):
        return find_effect("proof", negation, "that" if kind != "whether" else kind)
    if has_noun_class(noun, "ask") and negation:
        return "open"
    if has_noun_class(noun, "confirm") and (negation or kind in ("whether", "how")):
        return "open" if negation else find_effect("say", negation, kind)
    if kind == "to" and has_noun_class(noun, "plan"):
        return find_effect("plan", negation, kind)
    name = class_noun(noun)
    if name == "report":
        name = "suspect" if has_noun_class(noun, "suspect") else "say"
    if name in ("suspect", "plan") and kind == "to" and not has_own_subject(parse, noun):
        return find_effect(name, negation, kind)
    return find_effect(name, negation, kind)


def load_fakes(token: Token) -> bool:
    """Whether an adjective or participle tells of a fake ("*doctored*", "*manipulated*")."""
    return token.lemma in load_words("fakes") or token.text.lower() in load_words("fakes")
