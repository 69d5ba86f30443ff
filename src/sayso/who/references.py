"""Whom "she", "the colonel", "the ministry" or "the newspaper" means: what was heard earlier in the report tells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.grammar.parses import Token
from sayso.grammar.phrases import Phrases
from sayso.record import Speaker
from sayso.tables import load_rows
from sayso.tables.countries import list_country_words
from sayso.who.bodies import Bodies, Body
from sayso.who.mentions import People, Person
from sayso.who.roles import load_governments, load_kinds
from sayso.who.sorts import is_known_sort

RECENT = 12
"""Speakers heard before that a pronoun may mean."""

KNOWN = 40
"""Speakers heard before that a role or noun may mean."""

FARTHEST_NOUN = 400
"""Tokens back in which "the source" finds "a source in ..."."""

PLURAL = frozenset({"NNS", "NNPS"})
SAME = frozenset({"same", "both", "two", "three"})
"""Words before a noun that tell nobody else from who was heard."""

ANYBODY = frozenset("person source people individual interlocutor insider".split())
"""Nouns for anybody who goes unnamed."""

GENDERS = {"man": "m", "gentleman": "m", "boy": "m", "woman": "f", "lady": "f", "girl": "f"}

LEADERS = frozenset("president premier chancellor king queen leader emir".split())
KNOWN_PEOPLE = 500
"""People of a report among whom the holder of an office is looked for."""

DEEPEST = 12
"""Governors of a word that are looked at."""

SUBJECTS = ("nsubj", "nsubjpass")
BODIES = ("organisation", "outlet")
NAMED = frozenset({"ORG", "NORP", "GPE", "FAC", "PRODUCT"})
MODIFIERS = ("prep", "poss", "appos", "relcl", "amod", "compound", "nmod", "acl")


@cache
def load_wider() -> dict[str, frozenset[str]]:
    """The roles that each wider word may stand for: an officer is a colonel, a major, ..."""
    return {row["word"]: frozenset(row["covers"].split("|")) for row in load_rows("wider_roles.tsv")}


@dataclass(frozen=True, slots=True)
class Heard:
    """A speaker met earlier in the report: where, the noun that headed its phrase, and the attribution it spoke in."""

    speaker: Speaker
    at: int
    noun: str
    plural: bool
    gender: str = ""
    attribution: int = -1


def of_person(person: Person) -> Speaker:
    """The speaker that a person of the report is."""
    return Speaker(name=person.name, kind="person", role=person.role, affiliation=person.affiliation)


def of_body(body: Body) -> Speaker:
    """The speaker that a body of the report is."""
    return Speaker(name=body.name, kind=body.kind, role=body.called)


class References:
    """The speakers heard so far in a report, and what later words can mean among them."""

    def __init__(self, phrases: Phrases, people: People, bodies: Bodies) -> None:
        """Starts with nobody heard; `hear` adds in the order of the text."""
        self.phrases = phrases
        self.tokens = phrases.tokens
        self.people = people
        self.bodies = bodies
        self.heard: list[Heard] = []

    def hear(self, heard: Heard) -> None:
        """Remember a speaker."""
        self.heard.append(heard)

    def find_same(self, head: Token) -> Heard | None:
        """Whom a definite phrase ("the colonel", "the ministry", "the Ukrainian leader") means: somebody of that role
        or sort, never just whoever spoke last."""
        lemma, plural = head.lemma, head.tag in PLURAL
        if lemma == "leader" and not plural:
            for heard in reversed(self.heard[-RECENT:]):
                if heard.speaker.kind == "person":
                    return heard if LEADERS & set(heard.speaker.role.lower().split()) else None
        kind = load_kinds().get(lemma)
        person = self._find_by_role(head) if kind not in ("organisation", "outlet") else None
        return person or (self.find_body(head) if kind in BODIES or is_known_sort(lemma) else None)

    def find_body(self, head: Token) -> Heard | None:
        """The body spoken of before that a noun means, or None where it is a new one."""
        body = self.bodies.mentions.get(head.i) or self.bodies.find(head)
        plural = head.tag in PLURAL
        if body is None or (not body.named and body.heads[0] >= head.i):
            behind = "" if plural else self._find_behind(head.lemma)
            speaker = Speaker(name=behind, kind="organisation") if behind else None
        else:
            speaker = of_body(body)
        if speaker is None:
            return None
        spoke = next((h.attribution for h in reversed(self.heard[-KNOWN:]) if h.speaker.name == speaker.name), -1)
        return Heard(speaker, head.i, head.lemma, plural, attribution=spoke)

    def _find_by_role(self, head: Token) -> Heard | None:
        """The person, or source without a name, whom a definite noun means by role, noun or name."""
        lemma, plural = head.lemma, head.tag in PLURAL
        if any(self.tokens[c].dep in MODIFIERS and self.tokens[c].lemma not in SAME for c in head.children):
            return None if plural else self._find_titled(head)
        for heard in reversed(self.heard[-KNOWN:]):
            speaker = heard.speaker
            if heard.plural != plural or speaker.kind in ("unknown", "organisation", "outlet"):
                continue
            if lemma == heard.noun or self._goes_by(speaker, lemma) or speaker.name.lower().split()[-1:] == [lemma]:
                return heard
        if lemma in GENDERS and not plural:
            return next((h for h in reversed(self.heard[-RECENT:]) if can_be(h, GENDERS[lemma])), None)
        if lemma in ANYBODY:
            unnamed = (h for h in reversed(self.heard[-KNOWN:]) if h.speaker.anonymous and h.plural == plural)
            return next((h for h in unnamed if h.speaker.kind in ("person", "official", "collective")), None)
        for person in reversed(self.people.people) if not plural else ():
            if (lemma in person.role.lower().split() or lemma in person.titles) and person.heads[0] < head.i:
                return Heard(of_person(person), person.heads[0], lemma, False, person.gender)
        return None

    def _find_titled(self, head: Token) -> Heard | None:
        """Whom a whole title means ("the prime minister", "the Norwegian foreign minister"), heard or named before."""
        inside = [c for c in head.children if self.tokens[c].dep in MODIFIERS]
        if any(self.tokens[c].dep not in ("amod", "compound", "nmod") for c in inside):
            return None
        title = {self.tokens[c].text.lower() for c in inside if self.tokens[c].ent not in ("NORP", "GPE")} | {
            head.lemma
        }
        states = {code for c in inside if (code := _code(self.tokens[c].text))}
        for person in reversed(self.people.people):
            role = set(person.role.lower().split()) | person.titles
            same = not states or _code(person.affiliation.removesuffix("'s")) in states
            if head.lemma in role and title <= role and same and person.heads[0] < head.i:
                return Heard(of_person(person), person.heads[0], head.lemma, False, person.gender)
        return None

    def _goes_by(self, speaker: Speaker, noun: str) -> bool:
        """Whether a noun can stand for a speaker: a role or rank of theirs, or a wider word for one ("the officer")."""
        words = set(speaker.role.lower().split())
        if speaker.kind == "person" and (person := self.people.named(speaker.name)):
            words |= person.titles
        return noun in words or bool(words & load_wider().get(noun, frozenset()))

    def _find_behind(self, noun: str) -> str:
        """The body that somebody heard just before speaks for ("the company" after Nordgas's director), or ""."""
        for heard in reversed(self.heard[-2:]):
            name = heard.speaker.affiliation
            firm = noun in ("company", "firm") and name[:1].isupper() and name.lower() not in load_governments()
            if heard.speaker.kind in ("person", "official") and (firm or noun in name.lower().split()):
                return name
        return ""

    def find_holder(self, role: str, body: str) -> Person | None:
        """The person of the report who holds a role in a body ("its head"), or None where none or several do."""
        mine = body.lower()
        held = [
            person
            for person in self.people.people[:KNOWN_PEOPLE]
            if role in person.role.lower().split() and person.affiliation.lower() in (mine, f"the {mine}")
        ]
        return held[0] if len(held) == 1 else None

    def find_affiliation(self, head: Token) -> str:
        """Whom an unnamed speaker under the same noun was said to speak for, "" where there was none."""
        found = (h.speaker for h in reversed(self.heard[-KNOWN:]) if h.noun == head.lemma and h.speaker.anonymous)
        return next((speaker.affiliation for speaker in found if speaker.affiliation), "")

    def find_noun(self, head: Token) -> Token | None:
        """The earlier, fuller phrase under the same noun ("the source" finds "a source in military intelligence")."""
        for i in range(head.i - 1, max(-1, head.i - FARTHEST_NOUN), -1):
            token = self.tokens[i]
            same = token.lemma == head.lemma and token.tag == head.tag and token.pos == "NOUN"
            if same and any(self.tokens[c].dep in MODIFIERS for c in token.children):
                return token
        return None

    def find_unnamed(self, noun: str) -> Speaker | None:
        """The unnamed source heard last whom a role can mean, whatever is said of it beside."""
        for heard in reversed(self.heard[-KNOWN:]):
            if heard.speaker.kind == "official" and not heard.plural and heard.speaker.anonymous:
                return heard.speaker if heard.noun == noun or self._goes_by(heard.speaker, noun) else None
        return None

    def find_person(self, head: Token, gender: str) -> Heard | None:
        """Whom "he" or "she" means: the person who spoke last, or whom a later clause has as its subject."""
        spoke = next((h for h in reversed(self.heard[-RECENT:]) if can_be(h, gender)), None)
        low = self._sentence_start(head, 2)
        for i in range(head.i - 1, low - 1, -1):
            token = self.tokens[i]
            person = self.people.mentions.get(i)
            if token.dep not in SUBJECTS or self._is_under(token, head):
                continue
            if person and person.gender not in ("", gender):
                continue
            if spoke and self.tokens[spoke.at].sentence >= token.sentence:
                return spoke
            if person:
                person.gender = gender
                return Heard(of_person(person), i, token.lemma, False, gender)
        return spoke or self._find_beside(head, gender)

    def _find_beside(self, head: Token, gender: str) -> Heard | None:
        """The one person whom the sentence before names, whatever their part in it."""
        low = self._sentence_start(head, 1)
        near = {id(p): p for i in range(low, head.i) if (p := self.people.mentions.get(i)) and p.gender in ("", gender)}
        if len(near) != 1:
            return None
        person = next(iter(near.values()))
        return Heard(of_person(person), person.heads[0], "", False, gender)

    def find_thing(self, head: Token, plural: bool) -> Heard | Token | None:
        """Whom "it" or "they" means: a speaker of that number, or what is the subject of a nearer clause."""
        low = self._sentence_start(head, 2)
        spoke = next((h for h in reversed(self.heard[-RECENT:]) if can_be_thing(h, plural)), None)
        near = [i for i in range(head.i - 1, low - 1, -1) if self._may_be_thing(self.tokens[i], head, plural)]
        main = (i for i in near if self.tokens[self.tokens[i].head].dep in ("ROOT", "conj"))
        subject = next(main, next(iter(near), None))
        if subject is not None and (spoke is None or spoke.at < subject):
            return self.tokens[subject]
        beside = None if plural or spoke else self.bodies.last_mention(self._sentence_start(head, 2), head.i)
        return spoke or (self.tokens[beside] if beside is not None else None)

    def _may_be_thing(self, token: Token, pronoun: Token, plural: bool) -> bool:
        """Whether "it" or "they" can mean the subject that a token heads."""
        if token.dep not in SUBJECTS or token.pos not in ("NOUN", "PROPN") or token.i in self.people.mentions:
            return False
        if self._is_under(token, pronoun):
            return False
        kind = load_kinds().get(token.lemma)
        body = token.i in self.bodies.mentions
        if plural:
            return body or (token.tag in PLURAL and kind in (*BODIES, "official", "person", "collective"))
        return token.tag not in PLURAL and (body or kind in BODIES or (token.pos == "PROPN" and token.ent in NAMED))

    def _is_under(self, token: Token, pronoun: Token) -> bool:
        """Whether a word stands in what a pronoun's own verb says ("Three are missing, they said"): it is another."""
        verb = self.tokens[pronoun.head].i
        near = zip(self.phrases.parse.ancestors(token.i), range(DEEPEST), strict=False)
        return token.sentence == pronoun.sentence and any(i == verb for i, _ in near)

    def _sentence_start(self, head: Token, back: int) -> int:
        """The first token of the sentence so many before that of a word."""
        return self.phrases.parse.sentences[max(0, head.sentence - back)][0]

    def find_antecedent(self, head: Token) -> Token | None:
        """The noun that a relative pronoun stands for."""
        for i in (head.i, *self.phrases.parse.ancestors(head.i)):
            if self.tokens[i].dep == "relcl":
                return self.tokens[self.tokens[i].head]
        return None


def _code(word: str) -> str:
    """The code of the country that a word names, or ""."""
    return load_codes().get(word, "")


@cache
def load_codes() -> dict[str, str]:
    """Country codes by name, people and seat of government, as written."""
    return dict(list_country_words())


def can_be(heard: Heard, gender: str) -> bool:
    """Whether "he" or "she" can mean somebody heard before."""
    role = heard.speaker.role
    if heard.speaker.kind not in ("person", "official") or heard.plural or heard.gender not in ("", gender):
        return False
    return not (role.endswith("woman") and gender == "m") and not (
        role.endswith("man") and not role.endswith("woman") and gender == "f"
    )


def can_be_thing(heard: Heard, plural: bool) -> bool:
    """Whether "it" or "they" can mean a source heard before."""
    if plural:
        return heard.plural or heard.speaker.kind in ("collective", "organisation")
    return not heard.plural and heard.speaker.kind in ("organisation", "document", "outlet")
