"""What governs each word of a parse, and as what: the parser's heads, with a few of them mended and prepositions
looked through."""

from __future__ import annotations

from collections import deque

from sayso.extract.assertions.effects import Kind
from sayso.extract.assertions.words import class_adjective, class_verb, has_noun_class, is_report, load_words
from sayso.grammar.parses import Parse, Token

CONTENT = frozenset(("ccomp", "xcomp", "csubj", "csubjpass", "pcomp", "acl"))
NOUN_LINKS = frozenset(("dobj", "pobj", "nsubj", "nsubjpass", "attr", "appos", "oprd", "dep", "acomp"))
ASKED_BY = frozenset("how why who whom whose what which where when".split())
OPENING = frozenset(("that", "whether"))
MOST_ABOVE = 30
"""Governors that are looked at to see that a mended one makes no ring."""
SPEAKING = ("say", "confirm", "deny")
NAMING = ("report", "proof", "confirm", "suspect", "plan", "deny", "withdraw", "doubt", "know")


def find_governors(parse: Parse) -> list[int]:
    """The governor of each token; its own where it has none."""
    heads = [token.head for token in parse.tokens]
    for token in parse.tokens:
        if token.dep == "conj" and is_saying_too(parse, token):
            heads[token.i] = parse.tokens[token.head].head
    for mark in parse.tokens:
        if mark.dep == "mark" and mark.i and mark.head != mark.i and mark.text.lower() in OPENING:
            named = find_named(parse, mark)
            if named is not None and heads[mark.head] != named and not is_below(heads, named, mark.head):
                heads[mark.head] = named
    return heads


def find_named(parse: Parse, mark: Token) -> int | None:
    """The governor of a clause that a conjunction opens, by the word right before it: "contrary to *reports* that", "it
    *is possible* that"."""
    before = parse.tokens[mark.i - 1]
    if before.sentence != mark.sentence:
        return None
    if before.pos == "NOUN" and any(has_noun_class(before, name) for name in NAMING):
        return before.i
    if before.pos == "ADJ" and before.dep in ("acomp", "attr", "oprd") and class_adjective(before):
        return before.head
    clause = parse.tokens[mark.head]
    over = parse.tokens[clause.head]
    if mark.text.lower() == "that" and clause.dep in ("ccomp", "advcl") and not class_verb(parse, over):
        # "*Rumours* spread online that the singer had died"
        nouns = (parse.tokens[c] for c in over.children if parse.tokens[c].dep in ("nsubj", "nsubjpass"))
        return next((n.i for n in nouns if n.i < over.i < mark.i and is_report(n)), None)
    return None


def is_saying_too(parse: Parse, token: Token) -> bool:
    """Whether a verb of saying hangs from a verb of what is said and goes on for who spoke before ("denied it had left
    and *said* it was open")."""
    head = parse.tokens[token.head]
    if head.dep != "ccomp" or class_verb(parse, token) not in SPEAKING or class_verb(parse, head) in SPEAKING:
        return False
    led = any(parse.tokens[c].dep == "ccomp" for c in token.children)
    return led and not any(parse.tokens[c].dep in ("nsubj", "nsubjpass", "aux") for c in token.children)


def is_below(heads: list[int], i: int, top: int) -> bool:
    """Whether a token hangs from another, or may do so."""
    for _ in range(MOST_ABOVE):
        if i == top:
            return True
        if heads[i] == i:
            return False
        i = heads[i]
    return True


def order_tokens(heads: list[int]) -> list[int]:
    """All tokens, each after its governor."""
    below: dict[int, list[int]] = {}
    for i, head in enumerate(heads):
        if head != i:
            below.setdefault(head, []).append(i)
    queue = deque(i for i, head in enumerate(heads) if head == i)
    found = []
    while queue:
        i = queue.popleft()
        found.append(i)
        queue.extend(below.get(i, ()))
    return found


def look_through(parse: Parse, heads: list[int], i: int) -> int:
    """The governor of a token beyond prepositions and the adverbs that they hang from ("*short of* denying")."""
    at = heads[i]
    for _ in range(MOST_ABOVE):
        token = parse.tokens[at]
        if (
            heads[at] == at
            or token.dep not in ("prep", "agent", "dative", "advmod", "prt", "cc")
            or token.pos == "VERB"
        ):
            break
        at = heads[at]
    return at


def find_kind(parse: Parse, heads: list[int], i: int) -> Kind | None:
    """As what a token is governed; None where it is only beside what governs it."""
    token = parse.tokens[i]
    if heads[i] != token.head:
        return kind_of_clause(parse, token)
    if token.dep == "ccomp" and is_main(parse, token):
        return None
    if token.dep == "advcl" and follows_as(parse, token):
        return "to"
    if token.dep in ("relcl", "advcl") and is_content(parse, token):
        return "that"
    if token.dep == "pcomp" and parse.tokens[token.head].text.lower() not in load_words("leading"):
        return None  # "after losing it"
    if token.pos in ("VERB", "AUX", "ADJ") or (token.dep in ("ccomp", "xcomp", "pcomp") and token.pos != "ADP"):
        if token.dep in CONTENT and not (token.dep == "acl" and not leads_to_clause(parse, token)):
            return kind_of_clause(parse, token)
        if token.dep == "relcl" and is_report(parse.tokens[heads[i]]):
            return "that"  # "a story *that said* the dam had burst"
    return "noun" if token.dep in NOUN_LINKS else None


def is_main(parse: Parse, token: Token) -> bool:
    """Whether what is taken for a complement is the main clause after a subordinate one ("*Although* the union rejected
    the offer, 300 drivers *returned*")."""
    head = parse.tokens[token.head]
    if token.i < head.i:
        return False
    first = min([token.i, *(c for c in token.children if parse.tokens[c].dep != "punct")])
    marks = {parse.tokens[c].text for c in token.children if head.i < c < first}
    if ";" in marks:
        return True
    return "," in marks and any(parse.tokens[c].dep == "mark" and c < head.i for c in head.children)


def follows_as(parse: Parse, token: Token) -> bool:
    """Whether a participle follows an "as" that hangs from its governor ("was quoted *as* having called it dead")."""
    first = min([token.i, *token.children])
    before = parse.tokens[first - 1]
    opens = first > 0 and before.text.lower() == "as" and before.dep == "prep" and before.head == token.head
    return opens and parse.tokens[first].tag == "VBG"


def is_content(parse: Parse, token: Token) -> bool:
    """Whether what is taken for a relative or adverbial clause is what its governor tells ("no *sign* that the door was
    forced", "*That* ships were lost is a lie")."""
    marks = [parse.tokens[c] for c in token.children if parse.tokens[c].dep == "mark"]
    return any(m.text.lower() == "that" for m in marks) and (token.dep == "relcl" or token.i < token.head)


def leads_to_clause(parse: Parse, token: Token) -> bool:
    """Whether what hangs from a noun is its content, and not a participle that tells more of it ("the man *shot*")."""
    children = [parse.tokens[c] for c in token.children]
    if any(c.dep == "mark" or c.tag == "TO" for c in children) or token.tag not in ("VBN", "VBD"):
        return True
    return any(c.dep in ("nsubj", "nsubjpass", "expl") for c in children)


def kind_of_clause(parse: Parse, token: Token) -> Kind:
    """What kind of clause a verb heads."""
    subject = False
    for c in token.children:
        child = parse.tokens[c]
        word = child.text.lower()
        if child.dep == "mark" and word in load_words("questions"):
            return "whether"
        if child.i < token.i and opens_question(parse, child):
            return "how"
        subject = subject or child.dep in ("nsubj", "nsubjpass", "expl", "csubj")
        if child.tag == "TO" and child.dep in ("aux", "mark"):
            return "to"
    return "that" if subject or token.tag not in ("VBG", "VB", "VBN") else "to"


def opens_question(parse: Parse, token: Token) -> bool:
    """Whether a word opens an indirect question ("*how many* died")."""
    if token.tag in ("WRB", "WP", "WP$", "WDT") and token.text.lower() in ASKED_BY:
        return True
    return any(parse.tokens[c].tag in ("WRB", "WP$") and c < token.i for c in token.children)
