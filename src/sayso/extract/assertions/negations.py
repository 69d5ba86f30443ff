"""Whether a word is negated, by what hangs from it and by what it hangs from.

Besides "not" and its like: a subject that is nobody ("*No one* denied"), a verb or adjective that keeps from what it
leads to ("*declined* to confirm", "has *yet* to", "*stopped short of* denying"), and "without" and "instead of".
"""

from __future__ import annotations

from typing import Literal

from sayso.extract.assertions.words import class_adjective, class_verb, load_words
from sayso.grammar.parses import Parse, Token

Negation = Literal["", "not", "never", "longer", "nobody", "few"]
"""How a word is negated: by a word, for all times, by who it is said of."""

SUBJECTS = frozenset(("nsubj", "nsubjpass", "expl", "csubj"))
PASSING = frozenset(("xcomp", "ccomp", "advcl", "acomp", "acl", "pcomp"))
"""What an infinitive or gerund hangs by from a verb whose negation is its own as well."""
ALTERNATIVES = frozenset(("or", "nor"))


def find_own(parse: Parse, i: int) -> Negation:
    """How what hangs directly from a word negates it."""
    found: Negation = "not" if parse.tokens[i].text.lower() in load_words("nobody") else ""
    for c in parse.tokens[i].children:
        child = parse.tokens[c]
        word = child.text.lower()
        if child.ent and child.text.istitle() and child.pos == "PROPN":
            continue  # "the *No* Nonsense Party"
        if word == "never":
            return "never"
        if word in ("longer", "more") and c and parse.tokens[c - 1].text.lower() == "no" and child.dep == "advmod":
            return "longer"
        if child.dep in SUBJECTS:
            by = find_quantity(parse, child)
            if by:
                return by
        if (word in load_words("negations") and child.dep not in ("prep", "mark")) or (
            child.dep in ("dobj", "aux") and word in ("nothing", "n't")
        ):
            found = "not"
        elif child.dep in ("dobj", "attr") and find_quantity(parse, child) == "nobody":
            found = "not"  # "gave *no details* on whether"
    return found or ("not" if is_fronted(parse, i) else "")


def is_fronted(parse: Parse, i: int) -> bool:
    """Whether a negated phrase that opens a clause turns its order ("*At no point* did winds exceed")."""
    near = [parse.tokens[c] for c in parse.tokens[i].children]
    subject = next((c.i for c in near if c.dep in SUBJECTS), -1)
    if subject < 0:
        return False
    turned = next((c.i for c in near if c.dep in ("aux", "auxpass") and c.i < subject), -1)
    if i < subject and parse.tokens[i].pos == "AUX":
        turned = i
    opening = [parse.tokens[g] for c in near if c.dep == "prep" and c.i < turned for g in c.children]
    return any(find_quantity(parse, noun) == "nobody" for noun in opening if noun.dep == "pobj")


def find_quantity(parse: Parse, noun: Token) -> Negation:
    """Whether a noun is of nobody or of few."""
    words = {noun.text.lower()} | {parse.tokens[c].text.lower() for c in noun.children if parse.tokens[c].i < noun.i}
    a_few = "a" in words
    single = "not" in words and words & {"one", "a", "single"}  # "*not one* of his men", "*not a single* shot"
    if "neither" in words and any(parse.tokens[c].text.lower() == "nor" for c in noun.children):
        return "not"  # "*Neither the bank nor* the board" are two, and not nobody
    if words & load_words("nobody") or "no" in words or single:
        return "nobody"
    return "few" if words & load_words("few") and not a_few else ""


def keeps(parse: Parse, i: int) -> bool:
    """Whether a word keeps from what it leads to: "declined to", "is unable to", "has yet to"."""
    token = parse.tokens[i]
    if token.pos == "ADJ" and class_adjective(token) == "keep":
        return True
    if token.pos not in ("VERB", "AUX"):
        return False
    if class_verb(parse, token) == "keep":
        return True
    near = [parse.tokens[c] for c in token.children]
    if token.lemma in ("be", "have", "remain", "seem", "prove"):
        yet = any(c.text.lower() == "yet" and c.i > token.i for c in near) and not any(c.dep == "neg" for c in near)
        return yet or any(c.dep in ("acomp", "attr", "xcomp") and class_adjective(c) == "keep" for c in near)
    return False


def find_passed(parse: Parse, i: int, governor: int, over: Negation) -> Negation:
    """How what a word hangs from negates it, where `over` is how the governor itself is: an infinitive or a gerund
    has its verb's negation, and a word after "or" that of the word before."""
    token, head = parse.tokens[i], parse.tokens[governor]
    if token.dep == "conj" or parse.tokens[token.head].text.lower() in ALTERNATIVES:
        return (
            over
            if (has_alternative(parse, head) or has_alternative(parse, parse.tokens[token.head]))
            and not has_own_subject(parse, token)
            else ""
        )
    if token.dep == "pcomp":
        opener = parse.tokens[token.head].text.lower()
        if opener in load_words("instead") or parse.tokens[parse.tokens[token.head].head].text.lower() in load_words(
            "instead"
        ):
            return "not"
    to = token.dep == "relcl" and any(parse.tokens[c].tag == "TO" for c in token.children)
    if not (to or token.dep in PASSING) or not is_unfinite(parse, token):
        return ""
    if head.pos in ("VERB", "AUX", "ADJ", "ADV"):
        if keeps(parse, governor):
            return "" if over else "not"
        if token.dep == "advcl" and not is_far(parse, head):
            return ""
        return "not" if is_too_much(parse, head) else over
    return "not" if over else ""  # "no reason *to believe*"


def is_too_much(parse: Parse, head: Token) -> bool:
    """Whether a quality is too great for what follows it ("*too* early to say")."""
    return any(parse.tokens[c].text.lower() == "too" for c in head.children)


def is_far(parse: Parse, head: Token) -> bool:
    """Whether a verb says how far somebody goes ("did not go as *far* as to deny")."""
    return any(parse.tokens[c].text.lower() == "far" for c in head.children)


def has_alternative(parse: Parse, head: Token) -> bool:
    """Whether "or" or "nor" coordinates what hangs from a word."""
    return head.text.lower() in ALTERNATIVES or any(parse.tokens[c].text.lower() in ALTERNATIVES for c in head.children)


def has_own_subject(parse: Parse, token: Token) -> bool:
    """Whether a verb has a subject: a number right before it is one ("that *70* starved"), whatever it hangs as."""
    children = [parse.tokens[c] for c in token.children]
    return any(c.dep in SUBJECTS or (c.tag == "CD" and c.i == token.i - 1 and c.dep == "nummod") for c in children)


def is_unfinite(parse: Parse, token: Token) -> bool:
    """Whether a verb is an infinitive or a gerund without a subject."""
    if has_own_subject(parse, token):
        return False
    if token.tag in ("VBG", "VB"):
        return True
    return any(parse.tokens[c].tag == "TO" for c in token.children) or token.dep in ("xcomp", "pcomp")
