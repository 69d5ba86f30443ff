"""Who a source is: its fullest name in the report, kind, role, affiliation, and whether it is anonymous."""

from __future__ import annotations

import re
from bisect import bisect_right

from sayso.extract.outlets import find_outlet
from sayso.extract.parses import Token
from sayso.extract.people import HONORIFICS, People, Person
from sayso.extract.phrases import Extent, Phrases
from sayso.extract.references import PLURAL, Heard, References, of_person
from sayso.extract.roles import find_affiliation, find_role, load_governments, load_kinds, without_article
from sayso.record import Span, Speaker

QUANTIFIERS = frozenset("some many others most several few both all one two three those everyone nobody none".split())

OFFICES = frozenset(
    "president premier chancellor minister governor mayor pope king queen chief director chairman chairwoman head "
    "leader commander secretary speaker ambassador founder owner".split()
)
"""Roles that one person holds at a time: "the president" is no anonymous source."""

CALLED = re.compile(
    r"\b(?:call\s?sign|nom de guerre|nicknamed|code\s?named|known\s+(?:only\s+)?as|goes\s+by)\s+"
    r"(?:of\s+|the\s+name\s+)?[\"'“‘]?([A-Z][\w-]+)"
)
"""How a fighter without a name is called: "a commander with the call sign Lynx"."""

LONGEST_INTRODUCTION = 60
"""Tokens of a phrase that may still introduce a person."""


class Speakers:
    """Resolves the sources of one report, in the order of the text: what went before tells who "she" is."""

    def __init__(self, phrases: Phrases, outlet: str = "") -> None:
        """`outlet` is the report's own, for "we" outside quotation marks."""
        self.phrases = phrases
        self.outlet = outlet
        self.people = People(phrases.parse)
        self.references = References(phrases, self.people)
        self._starts = [t.start for t in phrases.tokens]
        self._same: Heard | None = None
        self._introduce()

    def _introduce(self) -> None:
        """Give every person the role and affiliation that any mention gives, wherever it stands in the report."""
        for i, person in self.people.mentions.items():
            head = self.phrases.tokens[i]
            if head.dep in ("compound", "appos", "flat") and load_kinds().get(self.phrases.tokens[head.head].lemma):
                head = self.phrases.tokens[head.head]
            self._add_role(person, head, self.phrases.noun_phrase(head.i))

    def _add_role(self, person: Person, head: Token, extent: Extent) -> None:
        if extent[1] - extent[0] > LONGEST_INTRODUCTION or (person.role and person.affiliation):
            return
        role, affiliation = find_role(self.phrases, head, extent)
        if role and (not person.role or affiliation):
            person.role = role
        person.affiliation = person.affiliation or affiliation.removesuffix(person.name).strip()

    def resolve(self, source: tuple[Span, ...], attribution: int, around: Speaker | None = None) -> Speaker | None:
        """The speaker of a source, or None where there is none. `around` is who is being quoted around it."""
        if not source or not self._starts:
            return None
        first = max(0, bisect_right(self._starts, source[0][0]) - 1)
        last = max(first, bisect_right(self._starts, source[0][1] - 1) - 1)
        head = self._head(first, last)
        self._same = None
        speaker, gender = self._identify(head, (first, last), around)
        plural = head.tag in PLURAL or head.text.lower() in ("they", "we")
        origin = self._same.attribution if self._same and self._same.attribution >= 0 else attribution
        self.references.hear(Heard(speaker, head.i, head.lemma, plural, gender, origin))
        return speaker

    def earlier(self) -> int:
        """The attribution in which the speaker resolved last was first heard, or -1 where it is new or named."""
        return self._same.attribution if self._same else -1

    def cite(self, noun: Token, attribution: int) -> Speaker:
        """The speaker that a noun of the text heads, whom an outlet cites in an attribution."""
        speaker, gender = self._identify(noun, self.phrases.noun_phrase(noun.i), None)
        self.references.hear(Heard(speaker, noun.i, noun.lemma, noun.tag in PLURAL, gender, attribution))
        return speaker

    def _head(self, first: int, last: int) -> Token:
        tokens = self.phrases.tokens[first : last + 1]
        tops = [t for t in tokens if not first <= t.head <= last or t.head == t.i]
        nouns = [t for t in tops if t.pos in ("PROPN", "NOUN", "PRON", "NUM", "DET", "ADJ")]
        return (nouns or tops or tokens)[0]

    def _identify(self, head: Token, extent: Extent, around: Speaker | None) -> tuple[Speaker, str]:
        words = " ".join(self.phrases.parse.words(*extent).split()).strip(" ,")
        low = head.text.lower()
        if head.pos == "PRON" or low in ("who", "which", "that"):
            return self._of_pronoun(head, low, words, around)
        person = self._person(head, extent)
        if person:
            self._add_role(person, head, extent)
            if not person.affiliation and head.pos == "NOUN" and self._definite(head):
                person.affiliation = self.references.find_affiliation(head)
            return of_person(person), person.gender
        outlet = find_outlet(words)
        if outlet and outlet.kind != "platform":
            return Speaker(name=outlet.name, kind="outlet"), ""
        known = self.people.find(words) if words[:1].isupper() else None
        if known:
            return of_person(known), known.gender
        body = self.references.find_by_initials(without_article(words))
        if body:
            return body.speaker, ""
        if head.pos == "PROPN" and head.lemma not in load_kinds():
            return Speaker(name=without_article(words), kind=_kind_of_name(head, words)), ""
        if low not in QUANTIFIERS and self._definite(head):
            self._same = self.references.find_same(head)
            if self._same:
                return self._same.speaker, self._same.gender
            fuller = self.references.find_noun(head) if extent == (head.i - 1, head.i) else None
            if fuller:
                return self._of_noun(fuller, self.phrases.noun_phrase(fuller.i)), ""
        return self._of_noun(head, extent), ""

    def _person(self, head: Token, extent: Extent) -> Person | None:
        """The person named by the phrase: its head, or a name set beside the head."""
        for i in range(extent[0], extent[1] + 1):
            person = self.people.mentions.get(i)
            if not person:
                continue
            token = self.phrases.tokens[i]
            titled = head.text[:1].isupper() and head.i < i and load_kinds().get(head.lemma) == "official"
            if titled and i == extent[1]:
                return person  # "President of Norway Ann Lee"
            if i == head.i or (token.dep in ("appos", "compound", "flat", "npadvmod") and token.head == head.i):
                return person
            if all(self._joins(k) for k in self.phrases.tokens[min(i, head.i) + 1 : max(i, head.i)]):
                return person
        return None

    def _joins(self, token: Token) -> bool:
        """Whether a token joins a title to a name: part of a name, or of a word with hyphens ("Commander-in-Chief")."""
        before = self.phrases.tokens[token.i - 1]
        return token.pos == "PROPN" or token.text in ".-‐" or (before.text in "-‐" and before.end == token.start)

    def _of_noun(self, head: Token, extent: Extent) -> Speaker:
        """A source without a name: "a senior official", "analysts", "the study"."""
        kind = load_kinds().get(head.lemma, "unknown")
        words = " ".join(self.phrases.parse.words(*self._bare(head, extent)).split()).strip(" ,")
        if kind == "unknown" and head.ent in ("NORP", "GPE", "ORG"):
            kind = "collective" if head.tag in PLURAL else "organisation"
        if kind == "person" and head.tag in PLURAL:
            kind = "collective"
        if kind in ("official", "person") and (called := CALLED.search(self.phrases.parse.words(*extent))):
            role = head.lemma
            affiliation = find_affiliation(self.phrases, head, extent, head.i, head.i)
            return Speaker(name=called.group(1), kind="callsign", role=role, affiliation=affiliation, anonymous=True)
        affiliation = "" if kind == "organisation" else find_affiliation(self.phrases, head, extent, head.i, head.i)
        if affiliation == "whose":
            body = self.references.find_antecedent(head)
            affiliation = self.phrases.parse.words(self.phrases.left[body.i], body.i) if body else ""
            affiliation = " ".join(without_article(affiliation).split())
            words = f"{head.text} of {affiliation}" if affiliation else words
        office = head.lemma in OFFICES and head.tag not in PLURAL and self._definite(head)
        anonymous = kind in ("official", "person", "collective") and head.pos != "PROPN" and not office
        name = without_article(words) if kind in ("organisation", "outlet") else words
        role = head.lemma if kind in ("official", "person") else ""
        return Speaker(name=name, kind=kind, role=role, affiliation=affiliation, anonymous=anonymous)

    def _bare(self, head: Token, extent: Extent) -> Extent:
        """The phrase without the relative clause at its end: "officials, who asked not to be named"."""
        clauses = self.phrases.children(head.i, "relcl")
        first = min((self.phrases.left[c.i] for c in clauses if c.i > head.i), default=extent[1] + 1)
        return extent[0], max(head.i, min(extent[1], first - 1))

    def _definite(self, head: Token) -> bool:
        tokens = self.phrases.tokens
        return any(tokens[c].text.lower() in ("the", "this", "that") for c in head.children)

    def _of_pronoun(self, head: Token, low: str, words: str, around: Speaker | None) -> tuple[Speaker, str]:
        found: Heard | Token | None = None
        if low in ("i", "we", "my", "our", "me", "us"):
            if around:
                return around, ""
            return Speaker(name=self.outlet or words, kind="outlet" if self.outlet else "unknown"), ""
        if low in ("who", "which", "that"):
            antecedent = self.references.find_antecedent(head)
            if antecedent is not None and antecedent.i != head.i and antecedent.pos != "PRON":
                return self._identify(antecedent, self.phrases.noun_phrase(antecedent.i, before=head.i), around)
        elif low in ("he", "she", "his", "her", "him", "himself", "herself"):
            found = self.references.find_person(head, "f" if low.startswith(("she", "her")) else "m")
            if not found:
                return Speaker(name=words, kind="person"), ""
        elif low in ("it", "its", "itself", "they", "their", "them"):
            found = self.references.find_thing(head, plural=low.startswith("the"))
        if isinstance(found, Token):
            return self._identify(found, (self.phrases.left[found.i], found.i), around)
        if found:
            self._same = found
            return found.speaker, found.gender
        kind = "collective" if low in QUANTIFIERS or low == "they" else "unknown"
        return Speaker(name=words, kind=kind, anonymous=kind == "collective"), ""


def _kind_of_name(head: Token, words: str) -> str:
    if without_article(words).lower() in load_governments():
        return "organisation"
    if head.ent in ("ORG", "GPE", "NORP", "FAC", "LOC"):
        return "organisation"
    if head.ent in ("WORK_OF_ART", "LAW"):
        return "document"
    if head.ent == "PERSON" or head.text.lower() in HONORIFICS:
        return "person"
    return "organisation" if head.text.isupper() and len(head.text) <= 6 else "unknown"
