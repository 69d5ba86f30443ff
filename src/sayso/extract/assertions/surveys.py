"""How every word of a text stands, from the top of each sentence down: what governs a clause makes of it what its
class, its negation and the kind of clause say, and so on through what it governs in turn."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.extract.assertions.effects import Kind, find_effect, join_effects
from sayso.extract.assertions.governors import find_governors, find_kind, look_through, order_tokens
from sayso.extract.assertions.moods import is_supposed
from sayso.extract.assertions.negations import Negation, find_own, find_passed, keeps
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
    made: list[bool]
    """Whether it is what directly governs a token that makes it stand otherwise."""
    governed: list[int]
    """The governor that makes a token stand otherwise than its surroundings, or itself."""


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
        elif token.dep == "prep":
            stands = survey.stands[heads[i]]
        elif token.dep in ("advcl", "relcl", "acl"):
            stands = project(survey.stands[over])
    survey.negations[i] = own
    if verbal and stands == "asserted" and is_by_fakes(parse, token):
        stands = "misquoted"
    judging = token.lemma in COPULAS and find_verdict(parse, token) in ("true", "false", "open")
    if verbal and not judging and stands in ("asserted", "denied") and is_supposed(parse, i, own):
        stands = join_effects(stands, "supposed")
    survey.stands[i] = stands


def is_by_fakes(parse: Parse, verb: Token) -> bool:
    """Whether a clause is told according to something made up ("*according to* a satirical site")."""
    return any(
        parse.tokens[c].text.lower() == "according" and judge_source(parse, parse.tokens[c]) == "misquoted"
        for c in verb.children
    )


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


def judge_verb(survey: Survey, token: Token, head: Token, negation: Negation, kind: Kind) -> Stands:
    """What a verb makes of a clause."""
    parse = survey.parse
    children = [parse.tokens[c] for c in head.children]
    if head.lemma in COPULAS and (said := find_verdict(parse, head)):
        on: Negation = next(
            (survey.negations[c.i] or find_own(parse, c.i) for c in children if c.dep in ("acomp", "attr")), ""
        )
        effect = find_effect(said, negation or on or "", kind)
        return "withdrawn" if effect == "denied" and any(is_own(parse, c) for c in children) else effect
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
    return find_effect(name, negation, kind)


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


TELLING = ("say", "suspect", "pretend", "accuse", "bid", "confirm", "know", "")
"""Classes of verbs that tell what somebody or something holds."""


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


def judge_noun(survey: Survey, token: Token, head: Token, negation: Negation) -> Stands:
    """What a governor makes of a noun; of those that tell what is said, and of what is denied."""
    parse = survey.parse
    if head.pos in VERBS and token.dep not in ("nsubj", "csubj"):
        name = class_verb(parse, head)
        refusing = head.lemma in load_words("refusing")  # "rejected an offer": no more is said of it
        known = (name == "deny" and not refusing) or name in ("exclude", "doubt") or (name == "confirm" and negation)
        known = known and token.pos == "NOUN" and not any(parse.tokens[c].dep == "dative" for c in head.children)
        looked_to = token.dep in ("dobj", "nsubjpass") and (name == "suspect" or head.lemma in load_words("planned"))
        if (known and token.dep in ("dobj", "nsubjpass")) or looked_to:
            return find_effect("possible" if looked_to else name, negation, "noun")
    if token.dep == "pobj" and has_noun_class(head, "proof") and beyond(survey, head):
        return "denied"  # "no trace *of poison*"
    if is_missing(parse, token):
        return "denied"
    if not (is_report(token) or class_noun(token)):
        return "asserted"
    prepositions = {parse.tokens[token.head].text.lower()} | {
        parse.tokens[parse.tokens[token.head].head].text.lower() if token.dep == "pobj" else ""
    }
    if token.dep == "pobj" and prepositions & load_words("against"):
        return "misquoted"
    if token.dep == "pobj" and head.pos in VERBS and not prepositions & load_words("about"):
        return "asserted"
    if head.pos in VERBS:
        if head.lemma in COPULAS and token.dep in ("nsubj", "nsubjpass"):
            verdict = find_effect(find_verdict(parse, head), negation, "noun")
            if is_own(parse, token) and verdict == "denied":
                return "withdrawn"  # "*its* finding was an error"
            return "misquoted" if verdict == "denied" and not is_said(survey, head) else verdict
        name = class_verb(parse, head)
        if token.dep == "nsubj" and not has_particle(parse, head):
            return "asserted"
        if not name:
            thing = next((parse.tokens[c] for c in head.children if parse.tokens[c].dep == "dobj"), None)
            name = class_noun(thing) if thing is not None and thing.i != token.i else ""
        return find_effect(name, negation, "noun") if name in ("suspect",) or name in NOUN_VERBS else "asserted"
    if token.dep == "pobj" and head.pos == "PRON" and survey.negations[head.i]:
        return "denied"  # "nothing to *the rumour*"
    if token.dep == "pobj" and (name := class_noun(head) or ("proof" if has_noun_class(head, "proof") else "")):
        return find_effect(
            "suspect" if name == "proof" else name, survey.negations[head.i] or beyond(survey, head), "noun"
        )
    return "asserted"


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
