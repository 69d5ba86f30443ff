"""The bodies that a report speaks of: ministries, forces, firms, movements, papers; and which words mean one of them.

A body is known by its name, by its initials, and by the sorts of thing it is: the noun that heads its name ("Coast
Rescue Service"), the noun beside its name ("Norva, an insurer"), what tables say of it. "The service" and "the insurer"
mean a body of that sort; where the report has none they are a body of their own.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from math import exp, log1p

from sayso.grammar.parses import Name, Token
from sayso.grammar.phrases import Phrases
from sayso.record import SpeakerKind
from sayso.who.institutions import find_institution
from sayso.who.mentions import People, list_names, vote_labels
from sayso.who.namings import (
    BODY_KINDS,
    FORMERLY,
    LONGEST_NAME,
    RENAMED,
    SUBJECTS,
    clean_name,
    find_extent,
    find_first,
    find_head,
    find_last,
    find_strangers,
    is_body_name,
    is_body_noun,
    is_told_or_reports,
    list_nouns_beside,
)
from sayso.who.outlets import find_outlet, is_masthead
from sayso.who.roles import load_governments, load_kinds
from sayso.who.sorts import OUTLET_NOUNS, fits, is_known_sort, noun_of_name

FADING = 80.0
"""Tokens over which what was spoken of fades from mind."""

KEPT_IN_MIND = 60
"""Mentions back that a noun is compared with."""

PLURAL = frozenset({"NNS", "NNPS"})
MODIFIERS = ("amod", "compound", "nmod", "poss", "prep", "relcl", "acl")
ANOTHER = frozenset("other second third last new latter former first rival".split())
"""Words before a noun that tell it from a body spoken of."""

LONGEST_DATELINE = 15
"""Tokens in which a sentence shows that it is no dateline."""

FIRMS = frozenset("company firm corporation business bank airline insurer".split())
"""Nouns that mean no state's body, and none of the United Nations."""
MOST_ALIKE = 50
"""Names with a first or last word in common that a shorter one is looked for among."""


@dataclass(slots=True)
class Body:
    """A body of the report. `nouns` are the sorts of thing that it is said to be, `called` the first of them that
    stands for it and is no part of its name; `heads` are its mentions' last tokens."""

    name: str
    kind: SpeakerKind = "organisation"
    nouns: set[str] = field(default_factory=set)
    called: str = ""
    named: bool = True
    heads: list[int] = field(default_factory=list)


class Bodies:
    """Every body of a report, found once for the whole of it, in the order of the text."""

    def __init__(self, phrases: Phrases, people: People) -> None:
        """Finds the names, then the nouns that mean them or bodies of their own."""
        self.phrases = phrases
        self.tokens = phrases.tokens
        self.people = people
        self.mentions: dict[int, Body] = {}
        self._order: list[int] = []
        self._by_words: dict[str, Body] = {}
        self._by_edge: dict[str, list[tuple[str, Body]]] = {}
        self._by_initials: dict[str, Body] = {}
        voted = {words for words, label in vote_labels(phrases.parse).items() if label == "ORG"}
        self._strangers: dict[int, Body] = {}
        self._strange: list[int] = []
        names = [name for name in list_names(phrases.parse) if is_body_name(phrases, people, voted, name)]
        for i, name in sorted(((find_head(phrases, name), name) for name in names), key=lambda pair: pair[0]):
            self._meet(i, self._name_of(self.tokens[i], name))
        for i, body in self.mentions.items():
            if body.named and not body.nouns and is_told_or_reports(phrases, self.tokens[i], body.name):
                body.kind, body.nouns = "outlet", set(OUTLET_NOUNS["newspaper"])
        self._join_renamed()
        self._meet_strangers()
        for token in self.tokens:
            if token.i not in self.mentions and is_body_noun(token):
                found = self._named_by(token) or self.find(token) or self._new_noun(token)
                if found:
                    self._call(found, token)
                    self._meet(token.i, found)

    def find(self, noun: Token) -> Body | None:
        """The body spoken of before that a noun with "the" or "this" means by its sort, or None."""
        pointed = any(self.tokens[c].text.lower() in ("the", "this", "that", "same") for c in noun.children)
        word = noun.lemma.lower()
        if not pointed:  # "Police", and whatever a headline speaks of
            bare = not any(self.tokens[c].dep in ("det", *MODIFIERS) for c in noun.children) and noun.tag not in PLURAL
            heard = reversed(self._before(self._order, noun.i) if bare else [])
            return next((self.mentions[i] for i in heard if word in self.mentions[i].nouns), None)
        beside = self._words_beside(noun)
        if beside is None:
            return None
        near = self._before(self._order, noun.i)
        sure = self._most_in_mind((i for i in near if self._is_of_sort(i, word, beside)), noun.i)
        if sure or noun.tag in PLURAL:
            return sure
        if beside & ANOTHER:
            return None
        strange = self._before(self._strange, noun.i) if fits(word, set(), unknown=True) else []
        return self._most_in_mind((*(i for i in near if self._may_be_of_sort(i, word)), *strange), noun.i)

    def named(self, words: str) -> Body | None:
        """The body of these words or these initials, or None."""
        return self._by_words.get(words.lower()) or self._by_initials.get(words)

    def fuller(self, words: str, first: int, last: int) -> str:
        """The name of the body that words within the tokens `first` to `last` mean, or the words ("the ministry")."""
        at, end = bisect_left(self._order, first), bisect_left(self._order, last + 1)
        for i in self._order[at:end]:
            body = self.mentions[i]
            if words.endswith(self.tokens[i].text) and (body.named or len(body.name) > len(words)):
                return words if body.name in words else body.name
        return words

    def last_subject(self, low: int, before: int) -> int | None:
        """The token of the last body from `low` on that is a clause's subject ahead of token `before`, or None."""
        near = (i for i in reversed(self._before(self._order, before)) if i >= low)
        return next((i for i in near if self.tokens[i].dep in SUBJECTS), None)

    def last_mention(self, low: int, before: int) -> int | None:
        """The token of the last body from `low` on ahead of token `before`, or None."""
        near = (i for i in reversed(self._before(self._order, before)) if i >= low)
        return next((i for i in near if self.mentions[i].kind != "outlet"), None)

    def outlets_in(self, first: int, last: int) -> list[int]:
        """The tokens from `first` on, before `last`, that name or mean an outlet."""
        at, end = bisect_left(self._order, first), bisect_left(self._order, last)
        return [i for i in self._order[at:end] if self.mentions[i].kind == "outlet"]

    @staticmethod
    def _before(order: list[int], i: int) -> list[int]:
        """The mentions that are still in mind at token `i`."""
        at = bisect_left(order, i)
        return order[max(0, at - KEPT_IN_MIND) : at]

    def _most_in_mind(self, mentions: Iterable[int], at: int) -> Body | None:
        """The body of these mentions that a reader has most in mind at a token: named often, lately, as subject."""
        weights: dict[int, float] = {}
        found: dict[int, Body] = {}
        for i in mentions:
            body = self.mentions.get(i) or self._strangers[i]
            weight = (2.0 if self.tokens[i].dep in SUBJECTS else 1.0) * exp((i - at) / FADING) * log1p(len(body.heads))
            weights[id(body)] = weights.get(id(body), 0.0) + weight
            found[id(body)] = body
        return found[max(weights, key=weights.__getitem__)] if weights else None

    def _join_renamed(self) -> None:
        """Make one of a body and what it was, or is now, called: "the Harbour Fund, renamed the Coast Trust"."""
        for i, j in pairwise(self._order):
            one, other = self.mentions[i], self.mentions[j]
            if one is other or j - i > LONGEST_NAME or self.tokens[i].sentence != self.tokens[j].sentence:
                continue
            between = self.phrases.parse.text[self.tokens[i].end : self.tokens[self.phrases.left[j]].start]
            match = RENAMED.fullmatch(between) or FORMERLY.fullmatch(between)
            if match:
                one.name = other.name if match.re is RENAMED else one.name
                one.nouns |= other.nouns
                self.mentions |= dict.fromkeys(other.heads, one)
                one.heads = sorted((*one.heads, *other.heads))
                self._by_words |= dict.fromkeys(
                    [w for w, _ in self._by_edge.get(other.name.lower().split()[-1], ()) if self._by_words[w] is other],
                    one,
                )

    def _meet_strangers(self) -> None:
        """Learn the names that are bodies' by what is said with them, whatever the parser takes them for."""
        for words, heads in find_strangers(self.phrases, self.people, self.mentions).items():
            self._strangers |= dict.fromkeys(heads, Body(words, heads=heads))
        self._strange = sorted(self._strangers)

    def _is_of_sort(self, i: int, word: str, beside: frozenset[str]) -> bool:
        body = self.mentions[i]
        return fits(word, body.nouns) and beside <= {w.lower() for w in body.name.split()} | body.nouns

    def _may_be_of_sort(self, i: int, word: str) -> bool:
        body = self.mentions[i]
        if is_of_states(body.name) and word in FIRMS:
            return False  # "The company" is none of the United Nations.
        return body.named and body.kind != "outlet" and fits(word, body.nouns, unknown=True) and self._tells(i)

    def _tells(self, i: int) -> bool:
        """Whether a token's sentence has a verb: a dateline's has none."""
        first, last = self.phrases.parse.sentences[self.tokens[i].sentence]
        return any(t.pos in ("VERB", "AUX") for t in self.tokens[first : min(last, first + LONGEST_DATELINE)])

    def _words_beside(self, noun: Token) -> frozenset[str] | None:
        """The words set before a noun that the body must share; None where a name, a phrase or a clause tells another
        one."""
        found = set()
        for c in noun.children:
            child = self.tokens[c]
            if child.dep in ("prep", "relcl", "acl", "poss") or child.ent in ("GPE", "NORP", "PERSON"):
                return None
            if child.dep in ("amod", "compound", "nmod") and child.text.lower() != "same":
                found.add(child.text.lower())
        return frozenset(found)

    def _call(self, body: Body, token: Token) -> None:
        """Keep that a noun means a body, which is then of that sort."""
        noun = token.lemma.lower()
        body.nouns.add(noun)
        if body.named and body.kind != "outlet" and not body.called and noun not in body.name.lower().split():
            first = token.i
            while first > self.phrases.left[token.i] and self.tokens[first - 1].pos in ("NOUN", "ADJ"):
                first -= 1
            body.called = " ".join((*self.phrases.parse.words(first, token.i).split()[:-1], noun)).lower()

    def _meet(self, i: int, body: Body) -> None:
        insort(body.heads, i)
        self.mentions[i] = body
        insort(self._order, i)

    def _name_of(self, token: Token, name: Name) -> Body:
        """The body of a name: one met before under it, or a new one."""
        words = clean_name(self.phrases.parse.words(find_first(self.phrases, name), find_last(self.phrases, name)))
        capital = len(words.split()) == 1 and is_known_sort(words.lower())
        body = (self.find(token) if capital else None) or self.named(words) or self._part_of(words)
        outlet = find_outlet(words)
        if body is None:
            body = Body(outlet.name if outlet else words)
        elif not outlet and len(words) > len(body.name):
            body.name = words
        beside = list_nouns_beside(self.phrases, token, name)
        if outlet or is_masthead(words) or any(load_kinds().get(noun) == "outlet" for noun in beside):
            body.kind = "outlet"
            body.nouns |= OUTLET_NOUNS.get(outlet.kind if outlet else "newspaper", OUTLET_NOUNS["newspaper"])
        self._know(body, words)
        body.nouns |= {n for n in (noun_of_name(words), *beside) if n}
        return body

    def _part_of(self, words: str) -> Body | None:
        """The one body whose name begins or ends with these words ("Nordgas" for "Nordgas Holding"), or None."""
        if not words[:1].isupper():
            return None
        low = words.lower()
        edges = [*self._by_edge.get(low.split()[0], ()), *self._by_edge.get(low.split()[-1], ())][:MOST_ALIKE]
        found = {id(b): b for w, b in edges if w.startswith(low + " ") or w.endswith(" " + low)}
        return next(iter(found.values())) if len(found) == 1 else None

    def _know(self, body: Body, words: str) -> None:
        if words and words.lower() not in self._by_words:
            self._by_words[words.lower()] = body
            for edge in {words.lower().split()[0], words.lower().split()[-1]}:
                self._by_edge.setdefault(edge, []).append((words.lower(), body))
        letters = "".join(w[0] for w in words.replace("-", " ").split() if w[0].isupper())
        if len(letters) > 2 and not words.isupper():
            self._by_initials.setdefault(letters, body)

    def _named_by(self, token: Token) -> Body | None:
        """The body whose name stands beside a noun, met already or by its name ("the group, Black Heron")."""
        for c in (*token.children, token.head):
            beside = self.tokens[c].dep == "appos" or (c == token.head and token.dep in ("appos", "compound"))
            if beside and c in self.mentions and self.mentions[c].named:
                return self.mentions[c]
        return None

    def _new_noun(self, token: Token) -> Body | None:
        """The body that a noun brings in, by its words; None where the noun may as well be a thing ("the plant")."""
        kind = load_kinds().get(token.lemma)
        if kind not in BODY_KINDS:
            return None
        first, last = find_extent(self.phrases, token)
        if kind == "outlet" and last > first and self.tokens[token.i - 1].pos == "PROPN":
            last = token.i - 1  # "the Nordblad newspaper"
        words = clean_name(self.phrases.parse.words(first, last))
        known = self._by_words.get(words.lower()) if first < token.i else None
        if known:
            return known
        body = Body(words, kind, {token.lemma.lower()}, named=False)
        if len(words.split()) > 1:
            self._by_words.setdefault(words.lower(), body)
        return body


def is_of_states(name: str) -> bool:
    """Whether a name is that of a body of a state, or of one that belongs to none, as the table of them has it."""
    known = find_institution(name)
    return known is not None and bool(known.name) and name.casefold() not in load_governments()
