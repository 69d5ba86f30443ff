"""Whom "she", "the colonel", "the ministry" or "the newspaper" means: what was heard earlier in the report tells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.grammar.parses import Token
from sayso.grammar.phrases import Phrases
from sayso.record import Speaker
from sayso.tables import load_rows
from sayso.tables.countries import list_country_words
from sayso.who.mentions import People, Person
from sayso.who.outlets import find_outlet
from sayso.who.roles import PLACED, load_governments, load_kinds, without_article

RECENT = 12
"""Speakers heard before that a pronoun may mean."""

KNOWN = 40
"""Speakers heard before that a role or noun may mean."""

FARTHEST_NOUN = 400
"""Tokens back in which "the source" finds "a source in ..."."""

LONGEST_INITIALS = 6

PLURAL = frozenset({"NNS", "NNPS"})
LEADERS = frozenset("president premier chancellor king queen leader emir".split())
FIRMS = frozenset({"company", "firm"})
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


class References:
    """The speakers heard so far in a report, and what later words can mean among them."""

    def __init__(self, phrases: Phrases, people: People) -> None:
        """Starts with nobody heard; `hear` adds in the order of the text."""
        self.phrases = phrases
        self.tokens = phrases.tokens
        self.people = people
        self.heard: list[Heard] = []

    def hear(self, heard: Heard) -> None:
        """Remember a speaker."""
        self.heard.append(heard)

    def find_same(self, head: Token) -> Heard | None:
        """Whom a definite phrase ("the colonel", "the Ukrainian leader") means by role, noun or name."""
        kinds = load_kinds()
        lemma, plural = head.lemma, head.tag in PLURAL
        modified = any(self.tokens[c].dep in MODIFIERS for c in head.children)
        if lemma == "leader" and not plural:
            for heard in reversed(self.heard[-RECENT:]):
                if heard.speaker.kind == "person":
                    return heard if LEADERS & set(heard.speaker.role.lower().split()) else None
        if modified:
            return None if plural else self._find_titled(head)
        outlet = kinds.get(lemma) == "outlet" or lemma == "agency"
        for heard in reversed(self.heard[-KNOWN:]):
            speaker = heard.speaker
            if heard.plural != plural or speaker.kind in ("unknown",):
                continue
            same = lemma == heard.noun or self._goes_by(speaker, lemma)
            if same or speaker.name.lower().split()[-1:] == [lemma] or (outlet and speaker.kind == "outlet"):
                return heard
        if not plural:
            for person in reversed(self.people.people):
                if (lemma in person.role.lower().split() or lemma in person.titles) and person.heads[0] < head.i:
                    return Heard(of_person(person), person.heads[0], lemma, False, person.gender)
        if kinds.get(lemma) == "organisation" and not plural:
            behind = self._find_behind(lemma)
            if behind:
                return Heard(Speaker(name=behind, kind="organisation"), head.i, lemma, False)
            bodies = (h for h in reversed(self.heard[-KNOWN:]) if h.speaker.kind == "organisation")
            named = next((h for h in bodies if h.speaker.name.isupper() or kinds.get(h.noun) == "organisation"), None)
            if named:
                return named
        name = self.find_latest_outlet(head.i) if outlet else ""
        return Heard(Speaker(name=name, kind="outlet"), head.i, lemma, False) if name else None

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
            firm = noun in FIRMS and name[:1].isupper() and name.lower() not in load_governments()
            if heard.speaker.kind in ("person", "official") and (firm or noun in name.lower().split()):
                return name
        return ""

    def find_by_initials(self, words: str) -> Heard | None:
        """The body heard before whose initials the words are ("NIS")."""
        if not (2 <= len(words) <= LONGEST_INITIALS and words.isupper() and words.isalpha()):
            return None
        for heard in reversed(self.heard[-KNOWN:]):
            initials = "".join(w[0] for w in heard.speaker.name.split() if w[0].isupper())
            if heard.speaker.kind == "organisation" and len(initials) > 1 and initials.endswith(words):
                return heard
        return None

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

    def find_body_before(self, head: Token) -> str:
        """The body that is the subject of the sentence before a word, or of its own before it; "" where none is."""
        for sentence in (head.sentence, head.sentence - 1):
            if sentence < 0:
                continue
            first, last = self.phrases.parse.sentences[sentence]
            bodies = [t for t in self.tokens[first : min(last, head.i)] if self._is_body(t)]
            main = [t for t in bodies if self.tokens[t.head].dep in ("ROOT", "conj")] or bodies
            if main:
                words = self.phrases.parse.words(self.phrases.left[main[-1].i], main[-1].i)
                return without_article(" ".join(words.split()))
        return ""

    def _is_body(self, token: Token) -> bool:
        """Whether a token heads the subject of a clause and is a body."""
        known = token.ent in ("ORG", "GPE") or load_kinds().get(token.lemma) == "organisation"
        return known and token.dep in ("nsubj", "nsubjpass") and token.tag not in PLURAL

    def find_unnamed(self, noun: str) -> Speaker | None:
        """The unnamed source heard last whom a role can mean, whatever is said of it beside."""
        for heard in reversed(self.heard[-KNOWN:]):
            if heard.speaker.kind == "official" and not heard.plural and heard.speaker.anonymous:
                return heard.speaker if heard.noun == noun or self._goes_by(heard.speaker, noun) else None
        return None

    def find_latest_outlet(self, before: int) -> str:
        """The outlet named last before a token, "" where none was."""
        last = [n for n in self.phrases.parse.names if n.last < before and n.label in ("ORG", "WORK_OF_ART")][-20:]
        for name in reversed(last):
            outlet = find_outlet(self.phrases.parse.words(name.first, name.last))
            if outlet:
                return outlet.name
        return ""

    def find_person(self, head: Token, gender: str) -> Heard | None:
        """Whom "he" or "she" means: the person who spoke last, or a person who was the subject of a later sentence."""
        spoke = next((h for h in reversed(self.heard[-RECENT:]) if _can_be(h, gender)), None)
        low = self.phrases.parse.sentences[max(0, head.sentence - 2)][0]
        for i in range(head.i - 1, low - 1, -1):
            person = self.people.mentions.get(i)
            if not person or self.tokens[i].dep not in ("nsubj", "nsubjpass") or person.gender not in ("", gender):
                continue
            if spoke is None or self.tokens[i].sentence > self.tokens[spoke.at].sentence:
                person.gender = gender
                return Heard(of_person(person), i, self.tokens[i].lemma, False, gender)
            break
        return spoke

    def find_thing(self, head: Token, plural: bool) -> Heard | Token | None:
        """Whom "it" or "they" means: a speaker of that number, or a body that is the subject of a nearer clause."""
        low = self.phrases.parse.sentences[max(0, head.sentence - 1)][0]
        spoke = next((h for h in reversed(self.heard[-RECENT:]) if _can_be_thing(h, plural)), None)
        for i in range(head.i - 1, low - 1, -1):
            token = self.tokens[i]
            if spoke and spoke.at >= i:
                return spoke
            body = token.ent in PLACED or load_kinds().get(token.lemma) == "organisation"
            if token.dep in ("nsubj", "nsubjpass") and body and (token.tag in PLURAL) == plural and token.pos != "PRON":
                return token
        return spoke

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


def _can_be(heard: Heard, gender: str) -> bool:
    role = heard.speaker.role
    if heard.speaker.kind not in ("person", "official") or heard.plural or heard.gender not in ("", gender):
        return False
    return not (role.endswith("woman") and gender == "m") and not (
        role.endswith("man") and not role.endswith("woman") and gender == "f"
    )


def _can_be_thing(heard: Heard, plural: bool) -> bool:
    if plural:
        return heard.plural or heard.speaker.kind in ("collective", "organisation")
    return not heard.plural and heard.speaker.kind in ("organisation", "document", "outlet")
