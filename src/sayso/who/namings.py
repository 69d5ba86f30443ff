"""What names are bodies', how far they reach, and what the words around them say that they are."""

from __future__ import annotations

import re
from collections.abc import Container

from sayso.grammar.parses import Name, Token
from sayso.grammar.phrases import Extent, Phrases
from sayso.who.institutions import find_institution
from sayso.who.mentions import People, Person, load_genders
from sayso.who.outlets import find_outlet, name_unlisted
from sayso.who.roles import load_governments, load_kinds, without_article
from sayso.who.sorts import is_known_sort, noun_of_name

SUBJECTS = ("nsubj", "nsubjpass")
BODY_KINDS = ("organisation", "outlet")
STRANGE = ("PERSON", "GPE", "NORP", "PRODUCT")
"""Labels that the parser may give to a body's name."""

NEARBY = 60
"""Tokens after a name in which "he" or "she" tells that it is a person's."""

PIECES = frozenset("report story article dispatch investigation exclusive tally count scoop".split())
"""What an outlet publishes: "a Reuters report" is Reuters."""

LONGEST_OUTLET = 6
"""Tokens on either side of a head that an outlet's name may have."""

OWNED_BY_FIRMS = frozenset(
    "executive ceo chairman chairwoman shareholder customer client employee subsidiary headquarters branch network "
    "server product plant unit division share competitor rival".split()
)
PERSONAL = frozenset("he she his her him himself herself who whom mr mrs ms".split())
RENAMED = re.compile(
    r",? (?:(?:which|that) )?(?:is |was |were |has been |had been |will be )?(?:later |since |then )?"
    r"(?:renamed|rebranded|now called|now known|changed its name to)(?: as)? ?"
)
"""What stands between the name that a body had and the one it has."""

FORMERLY = re.compile(r",? (?:which was )?(?:formerly|previously|once|until [^,]{1,20})(?: known as| called| named)? ?")
"""What stands between the name that a body has and the one it had."""

JOINING = frozenset({"of", "for"})
NAMING = frozenset({"call", "name", "know", "dub"})
LONGEST_NAME = 12


def is_body_name(phrases: Phrases, people: People, voted: set[str], name: Name) -> bool:
    """Whether a name is a body's, by its label, by what most of its mentions are taken for (`voted`), or by the words
    around it."""
    head = phrases.tokens[find_head(phrases, name)]
    if not head.text[:1].isupper():
        return False
    if any(i in people.mentions for i in range(name.first, name.last + 1)):
        return False
    words = clean_name(phrases.parse.words(name.first, name.last))
    if name.label == "ORG" or words in voted:
        return True
    if name.label == "WORK_OF_ART":
        return find_outlet(words) is not None
    if name.label == "GPE" and phrases.tokens[name.first - 1].text.lower() == "the" and name.first:
        return noun_of_name(words) != ""  # places have no article
    beside = [phrases.tokens[c] for c in head.children if phrases.tokens[c].dep == "appos"]
    return name.label in ("FAC", "PRODUCT", "PERSON") and any(is_body_noun(t) for t in beside)


def find_head(phrases: Phrases, name: Name) -> int:
    """The token that heads a name."""
    inside = range(name.first, name.last + 1)
    tops = (i for i in reversed(inside) if phrases.tokens[i].head not in inside or phrases.tokens[i].head == i)
    return next(tops, name.last)


def find_first(phrases: Phrases, name: Name) -> int:
    """The first token of a name, with the capitals before it that the parser left out ("Human" Rights Watch)."""
    first = name.first
    while first:
        before = phrases.tokens[first - 1]
        if before.pos != "PROPN" or before.dep != "compound" or before.ent or not first <= before.head <= name.last:
            break
        if not before.text[:1].isupper():
            break
        first -= 1
    return first


def find_last(phrases: Phrases, name: Name) -> int:
    """The last token of a name, with what "of" or "for" adds that the parser left out ("Organization for ...")."""
    last = name.last
    for i in (find_head(phrases, name), last):
        for c in phrases.children(i, "prep", "pobj"):
            end = phrases.right[c.i]
            capital = last < end and is_capital(phrases.parse.text[phrases.tokens[last].end : phrases.tokens[end].end])
            joins = c.lemma in JOINING and c.i in (name.last, name.last + 1)
            if joins and capital and name.first < end <= last + LONGEST_NAME:
                last = end
    return last


def is_capital(words: str) -> bool:
    """Whether all words of a passage are written with a capital, small joining words aside."""
    found = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", words)
    return any(w[0].isupper() for w in found) and all(
        w[0].isupper() or w in ("of", "for", "and", "the", "in") for w in found
    )


def list_nouns_beside(phrases: Phrases, token: Token, name: Name) -> list[str]:
    """The nouns that the words around a name call it by: apposition, "the insurer Norva", "Norva is an insurer"."""
    found = [phrases.tokens[c] for c in token.children if phrases.tokens[c].dep in ("appos", "compound", "nmod")]
    head = phrases.tokens[token.head]
    if token.dep in ("appos", "oprd", "attr", "nmod", "flat", "dep"):
        found.append(phrases.tokens[head.head] if head.lemma in NAMING and head.dep == "acl" else head)
    if token.dep in SUBJECTS and head.lemma == "be":
        found += phrases.children(head.i, "attr")
    outside = [t for t in found if not name.first <= t.i <= name.last]
    return [t.lemma.lower() for t in outside if is_known_sort(t.lemma) and (t.tag == "NN" or t.pos == "ADJ")]


def is_told_or_reports(phrases: Phrases, token: Token, name: str) -> bool:
    """Whether a name with an article is one that reports, or is told by a source, as papers are: "the Lantern
    reported that", "a miner told the Lantern". What is known to be something else does neither here."""
    if not any(phrases.tokens[c].text.lower() == "the" for c in token.children):
        return False
    if find_institution(name) or name.isupper():
        return False
    verb = phrases.tokens[token.head]
    if verb.lemma == "tell" and token.dep in ("dobj", "dative") and token.i > verb.i:
        return True
    return verb.lemma == "report" and token.dep == "nsubj" and phrases.child(verb.i, "dobj") is None


def is_spoken_of_as_person(phrases: Phrases, i: int) -> bool:
    """Whether "he" or "she", or a word of theirs, follows a name in its sentence or the next."""
    sentences = phrases.parse.sentences
    last = sentences[min(phrases.tokens[i].sentence + 1, len(sentences) - 1)][1]
    return any(t.text.lower() in PERSONAL for t in phrases.tokens[i : min(last, i + NEARBY)])


def is_used_as_body(phrases: Phrases, token: Token) -> bool:
    """Whether a name has what firms have, or says what no place says: "Norva's customers", "chief executive of Norva",
    "Norva, which"."""
    head = phrases.tokens[token.head]
    of = phrases.tokens[head.head] if token.dep == "pobj" and head.lemma in JOINING else None
    owner = of or (head if token.dep in ("poss", "compound") else None)
    clauses = phrases.children(token.i, "relcl")
    which = any(phrases.tokens[c].text.lower() == "which" for clause in clauses for c in clause.children)
    says = token.dep == "nsubj" and token.ent != "PERSON" and phrases.child(head.i, "ccomp") is not None
    return says or which or (owner is not None and owner.lemma in OWNED_BY_FIRMS)


def find_extent(phrases: Phrases, token: Token) -> Extent:
    """The noun with the words before it and what "of" names after it."""
    first, last = phrases.left[token.i], token.i
    of = next((c for c in phrases.children(token.i, "prep") if c.lemma in ("of", "for")), None)
    inner = phrases.child(of.i, "pobj") if of else None
    if of and inner and of.i == token.i + 1 and phrases.right[inner.i] - token.i <= LONGEST_NAME:
        last = inner.i
    return max(first, token.i - LONGEST_NAME), last


WHERE = frozenset("in near at outside around inside across off through throughout".split())
"""Prepositions before a name that make it a place."""


def find_strangers(phrases: Phrases, people: People, taken: Container[int]) -> dict[str, list[int]]:
    """The names, with their tokens, that are bodies' by what is said with them, though the parser takes them for
    people's or places', or sees no name; of the rest the one that nothing tells to be a person's. Those `taken` are
    known."""
    groups: dict[str, list[int]] = {}
    labels: dict[str, set[str]] = {}
    for name in phrases.parse.names:
        person = people.mentions.get(name.last)
        words = person.name if person else clean_name(phrases.parse.words(name.first, name.last))
        known = name.last in taken or name.label not in STRANGE or (person is not None and not is_stranger(person))
        if words and not known and not words.isupper() and words.lower() not in load_governments():
            groups.setdefault(words, []).append(name.last)
            labels.setdefault(words, set()).add(name.label)
    for token in phrases.tokens:  # what the parser took for no name, and says something
        known = token.i in taken or token.i in people.mentions or token.text.isupper()
        if token.pos == "PROPN" and not token.ent and not known and is_used_as_body(phrases, token):
            words = clean_name(phrases.parse.words(phrases.left[token.i], token.i))
            groups.setdefault(words, []).append(token.i)
    bodies = [
        words
        for words, heads in groups.items()
        if len(labels.get(words, ())) > 1 or any(is_used_as_body(phrases, phrases.tokens[i]) for i in heads)
    ]
    other = {
        i for heads in groups.values() for i in heads if is_spoken_of_as_person(phrases, i) or is_where(phrases, i)
    }
    maybe = [words for words, heads in groups.items() if other.isdisjoint(heads)]
    return {words: groups[words] for words in bodies or (maybe if len(maybe) == 1 else [])}


def is_where(phrases: Phrases, i: int) -> bool:
    """Whether a token names where something is ("arrested *in* Merin")."""
    token = phrases.tokens[i]
    return token.dep == "pobj" and phrases.tokens[token.head].text.lower() in WHERE


def is_stranger(person: Person) -> bool:
    """Whether nothing tells of somebody that it is a person: no role, title, gender or given name."""
    known = person.role or person.titles or person.gender or person.name.split()[0].lower() in load_genders()
    return not known


def is_body_noun(token: Token) -> bool:
    """Whether a common noun stands for a body ("ministry", "insurer")."""
    return token.pos == "NOUN" and (load_kinds().get(token.lemma) in BODY_KINDS or is_known_sort(token.lemma))


def clean_name(words: str) -> str:
    """A name on one line without article, possessive or marks around it."""
    bare = " ".join(words.split()).strip(' ,.;:()[]"“”‘’')
    return without_article(bare.removesuffix("'s").removesuffix("’s"))


def name_outlet(phrases: Phrases, head: Token, extent: Extent) -> str:
    """The outlet that a phrase names: its head, a name beside its head ("the news agency TASS"), or whose report it
    is ("a Reuters report"); "" where it names none."""
    tokens = phrases.tokens
    kind = load_kinds().get(head.lemma)
    stop = next((i for i in range(head.i + 1, extent[1] + 1) if tokens[i].text in (",", "(")), extent[1] + 1)
    if head.pos == "PROPN" or kind == "outlet" or head.lemma in ("agency", "service"):
        for first in range(max(extent[0], head.i - LONGEST_OUTLET), head.i + 1):
            for last in range(min(stop - 1, head.i + LONGEST_OUTLET), head.i - 1, -1):
                outlet = find_outlet(phrases.parse.words(first, last))
                if outlet and outlet.kind != "platform" and not _goes_on(phrases, first, last):
                    return outlet.name
    if kind == "outlet" or head.lemma in ("agency", *PIECES):
        beside = [c for c in head.children if tokens[c].dep in ("compound", "appos", "nmod", "poss")]
        by = [g for c in head.children if tokens[c].lemma in ("by", "from", "in") for g in tokens[c].children]
        for i in (*beside, *(by if head.lemma in PIECES else ())):
            if extent[0] <= i < stop:
                outlet = find_outlet(phrases.parse.words(phrases.left[i], i))
                if outlet and outlet.kind != "platform":
                    return outlet.name
    if kind in ("person", "official") or (kind is None and head.pos != "PROPN"):
        return ""
    start, end = phrases.span((extent[0], stop - 1))
    found = next(name_unlisted(phrases.parse.text[start:end]), (0, 0, ""))
    covered = found[0] <= head.start - start < found[1]
    return found[2] if covered or kind == "outlet" or head.lemma == "agency" else ""


def _goes_on(phrases: Phrases, first: int, last: int) -> bool:
    """Whether a name is only the end of a longer one: "Telegraph" in "Valley Telegraph"."""
    before = phrases.tokens[first - 1] if first else None
    if before is None or before.pos != "PROPN" or before.dep != "compound" or before.ent == "NORP":
        return False
    return first <= before.head <= last and before.text.lower() not in load_governments()
