"""What a governor makes of a noun, and a noun of the clause that hangs from it."""

from __future__ import annotations

from sayso.extract.assertions.effects import Kind, find_effect
from sayso.extract.assertions.governors import look_through
from sayso.extract.assertions.negations import Negation, find_own, keeps
from sayso.extract.assertions.surveys import COPULAS, VERBS, Survey
from sayso.extract.assertions.verdicts import find_verdict, judge_modifiers
from sayso.extract.assertions.words import (
    class_noun,
    class_verb,
    has_noun_class,
    is_report,
    load_words,
)
from sayso.extract.stances import SILENCES
from sayso.grammar.parses import Parse, Token
from sayso.record import Stands


def judge_noun(survey: Survey, token: Token, head: Token, negation: Negation) -> Stands:
    """What a governor makes of a noun: one that tells what is said, or one for what is denied, feared or left open."""
    if (thing := judge_thing(survey, token, head, negation)) is not None:
        return thing
    if not (is_report(token) or class_noun(token)):
        return "asserted"
    parse = survey.parse
    opener = parse.tokens[token.head]
    prepositions = {opener.text.lower(), parse.tokens[opener.head].text.lower()} if token.dep == "pobj" else set()
    if prepositions & load_words("against"):
        return "misquoted"
    if head.pos in VERBS:
        beside = token.dep == "pobj" and not prepositions & load_words("about")
        return "asserted" if beside else judge_told(survey, token, head, negation)
    if token.dep != "pobj":
        return "asserted"
    if head.pos == "PRON" and survey.negations[head.i]:
        return "denied"  # "nothing to *the rumour*"
    name = "suspect" if has_noun_class(head, "proof") else class_noun(head)
    return find_effect(name, survey.negations[head.i] or beyond(survey, head), "noun")


def judge_thing(survey: Survey, token: Token, head: Token, negation: Negation) -> Stands | None:
    """What a governor makes of a noun for what happened or is the case, None where nothing is shown."""
    parse = survey.parse
    beside = head.pos not in VERBS or token.dep in ("nsubj", "csubj")
    if not beside and (stands := judge_object(survey, token, head, negation)):
        return stands
    if token.dep == "pobj" and has_noun_class(head, "proof") and beyond(survey, head):
        return "denied"  # "no trace *of poison*"
    feared = token.dep == "pobj" and (has_noun_class(head, "suspect") or has_noun_class(head, "doubt"))
    if feared and not is_report(token):
        return "denied" if beyond(survey, head) else "supposed"  # "amid fears *of a strike*"
    called = [parse.tokens[c] for c in head.children if parse.tokens[c].dep == "attr"]
    judged = head.lemma in COPULAS and token.dep == "nsubj" and not negation
    if judged and any(c.lemma in load_words("untruths") for c in called):
        return "misquoted"
    return "denied" if is_missing(parse, token) else None


def judge_object(survey: Survey, token: Token, head: Token, negation: Negation) -> Stands | None:
    """What a verb makes of its object: "did not confirm *the arrests*", "suspected *of fraud*"."""
    parse = survey.parse
    name, opener = class_verb(parse, head), parse.tokens[token.head].text.lower() if token.dep == "pobj" else ""
    if token.pos != "NOUN" or any(parse.tokens[c].dep == "dative" for c in head.children):
        return None
    if opener:
        if name in ("suspect", "accuse") and opener == "of" and (head.tag == "VBN" or name == "suspect"):
            return "supposed"
        silent = negation and (head.lemma in SILENCES or name == "say") and opener in ("on", "about")
        return "open" if silent else "asked" if name == "ask" and opener in ("about", "on") else None
    if token.dep not in ("dobj", "nsubjpass"):
        return None
    if negation and head.lemma in SILENCES - {"say", "answer"}:
        return "open"
    if name == "suspect" or head.lemma in load_words("planned"):
        return find_effect("possible", negation, "noun")
    refusing = head.lemma in load_words("refusing")  # "rejected an offer": no more is said of it
    known = (name == "deny" and not refusing) or name in ("exclude", "doubt") or (name == "confirm" and negation)
    return find_effect(name, negation, "noun") if known else None


def judge_told(survey: Survey, token: Token, head: Token, negation: Negation) -> Stands:
    """What a verb makes of a noun for what is said ("retracted its *report* that")."""
    parse = survey.parse
    if head.lemma in COPULAS and token.dep in ("nsubj", "nsubjpass"):
        verdict = find_effect(find_verdict(parse, head), negation, "noun")
        if is_own(parse, token) and verdict == "denied":
            return "withdrawn"  # "*its* finding was an error"
        return "misquoted" if verdict == "denied" and not is_said(survey, head) else verdict
    if token.dep == "nsubj" and not has_particle(parse, head):
        return "asserted"
    if is_mended(parse, head, token):
        return "asserted"
    name = class_verb(parse, head)
    if not name:
        thing = next((parse.tokens[c] for c in head.children if parse.tokens[c].dep == "dobj"), None)
        name = class_noun(thing) if thing is not None and thing.i != token.i else ""
    return find_effect(name, negation, "noun") if name in ("suspect", *NOUN_VERBS) else "asserted"


def is_mended(parse: Parse, verb: Token, noun: Token) -> bool:
    """Whether the text that the words stand in was only mended ("*this article* was amended"): what was taken back is
    told beside it."""
    pointed = any(parse.tokens[c].text.lower() == "this" for c in noun.children)
    return pointed and verb.lemma in MENDING and noun.lemma in OWN_TEXTS


MENDING = frozenset(("amend", "correct", "revise"))
OWN_TEXTS = frozenset(("article", "story", "report", "page", "post", "piece", "headline", "caption"))


def is_own(parse: Parse, noun: Token) -> bool:
    """Whether a subject is what who speaks said before ("*its* finding", "*our report*")."""
    owned = any(parse.tokens[c].dep == "poss" and parse.tokens[c].pos == "PRON" for c in noun.children)
    return owned and noun.dep in ("nsubj", "nsubjpass") and is_report(noun)


def is_said(survey: Survey, verb: Token) -> bool:
    """Whether a verb stands under a word of saying."""
    tokens = survey.parse.tokens
    return any(
        class_verb(survey.parse, tokens[i]) in ("say", "confirm", "know") for i in survey.parse.ancestors(verb.i)
    )


def is_missing(parse: Parse, noun: Token) -> bool:
    """Whether a clause says that there is none of something ("there were *no deaths*")."""
    if (
        noun.pos != "NOUN"
        or noun.dep not in ("dobj", "attr", "pobj")
        or class_noun(noun)
        or has_noun_class(noun, "proof")
    ):
        return False
    return any(parse.tokens[c].text.lower() == "no" and parse.tokens[c].dep == "det" for c in noun.children)


NOUN_VERBS = ("uphold", "deny", "exclude", "confirm", "withdraw", "misreport", "doubt", "check")


def has_particle(parse: Parse, verb: Token) -> bool:
    """Whether a verb is in the passive."""
    return any(parse.tokens[c].dep == "auxpass" for c in verb.children)


DEEPEST = 3
"""Nouns of nouns that are followed."""


def beyond(survey: Survey, noun: Token, deep: int = 0) -> Negation:
    """How a noun is negated by its own determiner or by the verb that it is the object of."""
    parse = survey.parse
    words = {parse.tokens[c].text.lower() for c in noun.children if c < noun.i}
    if "no" in words or "neither" in words:
        return "not"
    if words & load_words("few") and "a" not in words:
        return "few"
    if negation := survey.negations[noun.i]:
        return negation
    if noun.dep == "pobj" and deep < DEEPEST and (whole := parse.tokens[parse.tokens[noun.head].head]).pos == "NOUN":
        return beyond(survey, whole, deep + 1)  # "not a *shred* of evidence"
    governor = look_through(parse, survey.heads, noun.i) if noun.dep == "pobj" else survey.heads[noun.i]
    head = parse.tokens[governor]
    if parse.tokens[noun.head].text.lower() in ("without", "beyond") or (
        head.text.lower() == "of" and parse.tokens[head.head].lemma in ("lack", "absence")
    ):
        return "not"
    if noun.dep in ("dobj", "pobj") and head.pos in VERBS and keeps(parse, governor):
        return "" if survey.negations[governor] else "not"  # "*dodged* a question about"
    if head.lemma == "lack" and head.pos in VERBS:
        return "" if survey.negations[governor] else "not"
    return survey.negations[governor] if noun.dep in ("dobj", "attr", "nsubj", "nsubjpass") else ""


def judge_report(survey: Survey, token: Token, noun: Token, kind: Kind) -> Stands:
    """What a noun makes of the clause that hangs from it ("*denial* that", "no *evidence* that")."""
    negation = beyond(survey, noun)
    if noun.lemma in load_words("untruths"):
        return "misquoted"
    if marked := judge_modifiers(survey.parse, noun, token.i):
        return marked
    if later := judge_later(survey, token, noun):
        return later
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
    return find_effect(name, negation, kind)


def judge_later(survey: Survey, token: Token, noun: Token) -> Stands | None:
    """What a verb makes of a noun with its clause that the parser took for a second clause of the noun ("the claim that
    it lost a jet *is false*"): one after it, without a subject or conjunction of its own."""
    parse = survey.parse
    for c in noun.children:
        verb = parse.tokens[c]
        if c <= token.i or verb.pos not in VERBS or verb.dep not in ("acl", "relcl", "ccomp", "dep", "conj"):
            continue
        near = [parse.tokens[g] for g in verb.children]
        if any(n.dep in ("mark", "nsubj", "nsubjpass") or n.tag in ("WDT", "WP") for n in near):
            continue
        negation = find_own(parse, verb.i)
        if verb.lemma in COPULAS:
            verdict = find_effect(find_verdict(parse, verb), negation, "noun")
        elif any(n.dep == "auxpass" for n in near) and class_verb(parse, verb) in NOUN_VERBS:
            verdict = find_effect(class_verb(parse, verb), negation, "noun")
        else:
            continue
        if verdict != "asserted":
            return verdict
    return None
