"""How a report brings its people in: the role and affiliation that any mention gives them, wherever it stands."""

from __future__ import annotations

from sayso.grammar.parses import Parse, Token
from sayso.grammar.phrases import Extent, Phrases
from sayso.grammar.quotations import Marked
from sayso.who.bodies import Bodies
from sayso.who.mentions import People, Person
from sayso.who.roles import HONORIFICS, RANKS, find_role, load_kinds
from sayso.who.unnamed import is_definite

NAMED_LATER = frozenset(
    "ambassador envoy spokesman spokeswoman spokesperson director governor mayor commander head chief chairman "
    "chairwoman secretary consul founder".split()
)
"""Offices that a lead may give before the next sentence gives the name. Of presidents and ministers the next name may
as well be another one's, whom everybody knows."""

PLAIN_TITLES = RANKS | HONORIFICS
"""Titles that tell no office."""

LEAD = 3
"""Sentences at a report's beginning in which a name may follow its office so."""

BODYS_OWN = frozenset("spokesman spokeswoman spokesperson director chairman chairwoman executive chief head".split())
"""Roles in the body that was spoken of last: "The ministry was cautious. Spokesman Ivo Kral said ..."."""

BELONGING = frozenset("of from with at".split())
"""Prepositions after a person's name before the body that he belongs to."""

LONGEST_BRACKET = 8
"""Tokens in brackets after a name that may be a body's."""

LONGEST_INTRODUCTION = 60
"""Tokens of a phrase that may still introduce a person."""


def introduce_people(phrases: Phrases, people: People, bodies: Bodies) -> dict[int, Person]:
    """Give every person the role and affiliation that their mentions give, and find the offices that a lead names
    before their holders: the person of each such token."""
    for i, person in people.mentions.items():
        head = phrases.tokens[i]
        if head.dep in ("compound", "appos", "flat") and load_kinds().get(phrases.tokens[head.head].lemma):
            head = phrases.tokens[head.head]
        add_role(phrases, bodies, person, head, phrases.noun_phrase(head.i))
        if person.role.split()[-1:] and person.role.split()[-1] in BODYS_OWN and not person.affiliation:
            low = phrases.parse.sentences[max(0, head.sentence - 1)][0]
            at = bodies.last_subject(low, head.i)
            person.affiliation = bodies.mentions[at].name if at is not None else ""
        person.affiliation = person.affiliation or _find_home(phrases, bodies, phrases.tokens[i])
    return _name_offices(phrases, people, bodies)


def _find_home(phrases: Phrases, bodies: Bodies, name: Token) -> str:
    """The named body that stands after a person's name as where he belongs: "Ana Lima of the Coast Trust", "(Green
    Party)"; "" where none does."""
    following = phrases.tokens[name.i + 1 : name.i + 2]
    joined = [c for c in phrases.children(name.i, "prep") if c.lemma in BELONGING]
    joined += [t for t in following if t.lemma in ("of", "from")]
    within = [token for c in joined for token in phrases.children(c.i, "pobj")]
    if following and following[0].text == "(":
        close = next((t.i for t in phrases.tokens[name.i + 2 : name.i + 2 + LONGEST_BRACKET] if t.text == ")"), name.i)
        within += phrases.tokens[name.i + 2 : close]
    found = (bodies.mentions.get(token.i) for token in within)
    return next((body.name for body in found if body is not None and body.named), "")


def list_people(parse: Parse) -> list[Person]:
    """The people of a short text, such as a title, with their roles."""
    phrases = Phrases(parse, Marked([]))
    people = People(parse)
    introduce_people(phrases, people, Bodies(phrases, people))
    return people.people


def add_role(phrases: Phrases, bodies: Bodies, person: Person, head: Token, extent: Extent) -> None:
    """Give a person the role and affiliation that one phrase around `head` tells."""
    if extent[1] - extent[0] > LONGEST_INTRODUCTION or (person.role and person.affiliation):
        return
    role, affiliation = find_role(phrases, head, extent)
    person.titles.update(role.split())
    if role and (not person.role or affiliation):
        person.role = role
    body = affiliation.removesuffix(person.name).strip()
    person.affiliation = person.affiliation or (bodies.fuller(body, *extent) if body else "")


def _name_offices(phrases: Phrases, people: People, bodies: Bodies) -> dict[int, Person]:
    """The office in a report's lead with the name that opens the next sentence, if nothing else tells who that is:
    "Chile's ambassador denied it. Rosa Quiroga said ..."."""
    offices: dict[int, Person] = {}
    for person in people.people:
        i = person.heads[0]
        sentence = phrases.tokens[i].sentence
        if person.affiliation or not person.titles <= PLAIN_TITLES or not set(person.role.split()) <= RANKS:
            continue
        if " " not in person.name or not 0 < sentence <= LEAD:
            continue
        before = i - len(person.name.split()) + 1 - len(person.titles)
        if before > phrases.parse.sentences[sentence][0]:
            continue
        first, last = phrases.parse.sentences[sentence - 1]
        for token in phrases.tokens[first:last]:
            if token.dep != "nsubj" or phrases.tokens[token.head].dep != "ROOT":
                continue
            extent = phrases.noun_phrase(token.i)
            named = any(k in people.mentions for k in range(extent[0], extent[1] + 1))
            if token.lemma in NAMED_LATER and token.tag == "NN" and is_definite(phrases, token) and not named:
                add_role(phrases, bodies, person, token, extent)
                offices[token.i] = person
            break
    return offices
