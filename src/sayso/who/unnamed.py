"""Sources without a name: what kind they are, on what condition they spoke, and what they go by."""

from __future__ import annotations

import re

from sayso.grammar.parses import Token
from sayso.grammar.phrases import Extent, Phrases
from sayso.record import Speaker, SpeakerKind
from sayso.who.roles import HYPHENS, PLACED, clean, find_affiliation, load_kinds, without_article
from sayso.who.sorts import is_known_sort

PLURAL = frozenset({"NNS", "NNPS"})

QUANTIFIERS = frozenset("some many others most several few both all one two three those everyone nobody none".split())

PARTS = QUANTIFIERS | frozenset(
    "each any dozen hundred thousand ten score number handful couple pair majority minority half group member four "
    "five six seven eight nine".split()
)
"""What may stand for people named after "of": "one of the officials", "dozens of residents"."""

OFFICES = frozenset(
    "president premier chancellor minister governor mayor pope king queen chief director chairman chairwoman head "
    "leader commander secretary speaker ambassador founder owner".split()
)
"""Roles that one person holds at a time: "the president" is no anonymous source."""

POINTING = frozenset("the this that these those both same".split())
"""Words before a noun for what was spoken of."""

SPEAKING_FOR = frozenset({"spokesman", "spokeswoman", "spokesperson"})
"""Roles whose holder speaks on the record for somebody, named or not."""

CALLED = re.compile(
    r"\b(?:call\s?sign|nom de guerre|nicknamed|code\s?named?|known\s+(?:only\s+)?(?:as|by)|goes\s+by)\s+"
    r"(?:of\s+|is\s+|the\s+(?:name|call\s?sign|nom de guerre)\s+(?:of\s+)?|(?:his|her|their|its)\s+call\s?sign,?\s+)?"
    r"[\"'“‘]?(?:the\s+)?([A-Z][\w-]+)"
)
"""How a fighter without a name is called: "a commander with the call sign Lynx"."""

FIRST_NAME = re.compile(
    r"\b(?:gave|giving|give|using|uses?|identif\w+|named|name|called)\b[^.\n]{0,60}?\b(?:only|just)\b[^.\n]{0,40}?"
    r"(?:\bas|\bnames?,?|\binitials?,?)\s+[\"'“‘]?([A-Z][\w.-]*)"
)
"""Who tells a first name and no more: "a soldier who gave only his first name, Marek"."""

ONLY_NAMED = re.compile(r"\b(?:named|called)\s+([A-Z][\w-]+(?:\s[A-Z][\w-]+)?)")
"""A name brought in by a word for it: "a man named Joseph"."""

QUOTED_NAME = re.compile(r"^[\"“‘'«]([^\W\d_][\w-]*(?: [A-Z]?[\w-]+)?),?[\"”’'»]")
"""A call sign in quotation marks at the beginning of a phrase."""

UNNAMED = re.compile(
    r"\b(?:condition\s+(?:of\s+anonymity|that\s+(?:he|she|they|it)\s+(?:not\s+be|be\s+not|was\s+not|were\s+not)\s+(?:named|identified))"
    r"|not\s+authori[sz]ed\s+to|(?:declined|asked|requested|preferred|wished|wanted)\s+(?:not\s+)?to\s+(?:not\s+)?"
    r"(?:be\s+(?:named|identified|quoted\s+by\s+name)|remain\s+anonymous|give\s+(?:his|her|their)\s+names?)"
    r"|(?:speaking|spoke|speak|briefed\s+\w+)\s+anonymously|(?:speaking|spoke)\s+on\s+background"
    r"|(?:cannot|can\s+not|could\s+not|may\s+not|not)\s+(?:to\s+)?be\s+(?:named|identified)|requested\s+anonymity"
    r"|(?:granted|asked\s+for|under)\s+anonymity|withh(?:e|o)ld\s+(?:his|her|their)\s+names?)\b",
    re.IGNORECASE,
)
"""The conditions on which unnamed sources speak."""

GATHERING = frozenset("media press television tv radio newspaper wire news broadcaster broadcasting".split())

AUTHORED = frozenset({"by", "from", "of"})


def describe_unnamed(phrases: Phrases, head: Token, extent: Extent, body: Token | None) -> Speaker:
    """A source without a name: "a senior official", "one of the soldiers", "analysts", "the study".

    `extent` is the phrase around `head`; `body` is whom "whose" stands for, where the phrase begins with it.
    """
    kinds = load_kinds()
    bare = cut_clauses(phrases, head, extent)
    words = " ".join(phrases.parse.words(*bare).split()).strip(" ,")
    noun = _counted(phrases, head, bare) or head
    kind: SpeakerKind = kinds.get(name_two(phrases, noun), kinds.get(noun.lemma, "unknown"))
    if kind == "unknown" and is_known_sort(noun.lemma.lower()) and is_definite(phrases, noun):
        kind = "organisation"
    if kind == "unknown" and noun.ent in ("NORP", "GPE", "ORG"):
        kind = "collective" if noun.tag in PLURAL else "organisation"
    single = head.lemma in ("one", "none", "member") and head.tag not in PLURAL
    if kind == "person" and noun.tag in PLURAL and not single:
        kind = "collective"
    if kind == "document" and _gathers(phrases, head):
        kind = "outlet"
    whole = phrases.parse.words(*extent)
    if kind == "document":
        return Speaker(name=words, kind=kind, affiliation=find_author(phrases, head, bare))
    affiliation = "" if kind in ("organisation", "outlet") else find_affiliation(phrases, noun, extent, noun.i, noun.i)
    if not affiliation and kind == "official" and phrases.tokens[noun.i - 1].text in HYPHENS:
        owner = next((t for t in phrases.tokens[extent[0] : noun.i] if t.dep == "poss" and t.pos == "PROPN"), None)
        affiliation = clean(phrases, phrases.left[owner.i], owner.i) if owner else ""
    if affiliation == "whose":
        affiliation = phrases.parse.words(phrases.left[body.i], body.i) if body else ""
        affiliation = " ".join(without_article(affiliation).split())
        words = f"{head.text} of {affiliation}" if affiliation else words
    role = noun.lemma if kind in ("official", "person") else ""
    alias = CALLED.search(whole) if kind in ("official", "person") else None
    if alias:
        return Speaker(name=alias[1], kind="callsign", role=role, affiliation=affiliation, anonymous=True)
    first = FIRST_NAME.search(whole) if kind in ("official", "person", "collective") else None
    if first:
        return Speaker(name=first[1], kind="person", role=role or noun.lemma, affiliation=affiliation, anonymous=True)
    named = ONLY_NAMED.search(phrases.parse.words(head.i, bare[1])) if kind in ("official", "person") else None
    if named:
        return Speaker(name=named[1], kind="person", role=role, affiliation=affiliation)
    known = head.tag not in PLURAL and is_definite(phrases, head) and head.lemma in OFFICES
    known = known or (head.lemma in SPEAKING_FOR and bool(affiliation))
    people = kind in ("official", "person", "collective") and (head.pos != "PROPN" or noun is not head)
    anonymous = people and (not known or bool(UNNAMED.search(whole)))
    name = without_article(words) if kind in ("organisation", "outlet") else words
    return Speaker(name=name, kind=kind, role=role, affiliation=affiliation, anonymous=anonymous)


def name_two(phrases: Phrases, noun: Token) -> str:
    """A noun in the singular with the word before it, in small letters ("coast guard"); "" for one of several, and in
    the plural."""
    before = phrases.tokens[noun.i - 1] if noun.i else noun
    one = any(phrases.tokens[c].text.lower() in ("a", "an", "one") for c in noun.children)
    if noun.tag in PLURAL or before.head != noun.i or one:
        return ""
    return f"{before.text} {noun.text}".lower()


def is_definite(phrases: Phrases, head: Token) -> bool:
    """Whether a noun has "the", "this", "that" or somebody's name before it."""
    tokens = phrases.tokens
    return any(tokens[c].text.lower() in POINTING or tokens[c].dep == "poss" for c in head.children)


def cut_clauses(phrases: Phrases, head: Token, extent: Extent) -> Extent:
    """The phrase without the clauses at its end that tell how it spoke: "officials, who asked not to be named"."""
    tokens = phrases.tokens
    clauses = phrases.children(head.i, "relcl")
    stop = min((phrases.left[c.i] for c in clauses if c.i > head.i), default=extent[1] + 1)
    for i in range(head.i + 1, min(stop, extent[1]) + 1):
        token = tokens[i]
        following = tokens[i + 1] if i < extent[1] else token
        aside = token.text == "," and (following.tag in PARTICIPLES or following.text.lower() in ASIDE)
        if aside or (token.tag in PARTICIPLES and token.lemma in HANDING and following.text == "by"):
            stop = i - 1 if tokens[i - 1].dep == "cc" else i
            break
    return extent[0], max(head.i, min(extent[1], stop - 1))


PARTICIPLES = frozenset({"VBG", "VBN", "VBD"})
"""Tags of participles, and of the past tense, whose forms they share."""

ASIDE = frozenset("who which whose whom both all neither also not".split())
HANDING = frozenset(
    "quote cite see obtain review view interview publish carry air release verify share leak provide".split()
)


def find_author(phrases: Phrases, head: Token, extent: Extent) -> str:
    """Whose a document is, where a name tells: "a report by the World Bank", "a UN study"; "" where none does."""
    for child in phrases.children(head.i, "prep", "agent", "acl"):
        if not head.i < child.i <= extent[1]:
            continue
        place = phrases.child(child.i, "agent", "prep") if child.dep == "acl" else child
        inner = phrases.child(place.i, "pobj") if place and place.lemma in AUTHORED else None
        if inner and inner.i <= extent[1] and (inner.ent in PLACED or load_kinds().get(inner.lemma) == "organisation"):
            words = phrases.parse.words(phrases.left[inner.i], min(inner.i, extent[1]))
            return without_article(" ".join(words.split()))
    found = find_affiliation(phrases, head, extent, head.i, head.i)
    last = found.split()[-1] if found else ""
    return found if last[:1].isupper() or last.lower() in load_kinds() else ""


def _counted(phrases: Phrases, head: Token, extent: Extent) -> Token | None:
    """The noun after "of" that a number or part stands for ("one of the soldiers"), or None."""
    if head.lemma not in PARTS and head.text.lower() not in PARTS and head.pos != "NUM":
        return None
    of = next((c for c in phrases.children(head.i, "prep") if c.lemma == "of" and c.i <= extent[1]), None)
    noun = phrases.child(of.i, "pobj") if of else None
    return noun if noun and noun.i <= extent[1] and load_kinds().get(noun.lemma) in ("official", "person") else None


def _gathers(phrases: Phrases, head: Token) -> bool:
    """Whether a report is the media's own: "press reports", "local media reports"."""
    return head.lemma in ("report", "account") and any(
        t.lemma in GATHERING for t in phrases.children(head.i, "compound", "amod", "nmod")
    )
