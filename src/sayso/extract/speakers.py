"""Who a source is: its fullest name in the report, kind, role, affiliation, and whether it is anonymous."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.extract.outlets import find_outlet
from sayso.extract.parses import Parse, Token
from sayso.extract.people import HONORIFICS, People, Person
from sayso.extract.phrases import Phrases
from sayso.record import Span, Speaker
from sayso.tables import load_rows

PLURAL = frozenset({"NNS", "NNPS"})
QUANTIFIERS = frozenset("some many others most several few both all one two three".split())
AFFILIATING = ("of", "for", "at", "in", "with", "from")


@cache
def load_kinds() -> dict[str, str]:
    """The kind of source that each common noun heads."""
    return {row["noun"]: row["kind"] for row in load_rows("sources.tsv")}


@dataclass(slots=True)
class Heard:
    """A speaker met earlier in the report: where, and the noun that headed its phrase."""

    speaker: Speaker
    at: int
    noun: str
    plural: bool
    gender: str = ""


class Speakers:
    """Resolves the sources of one report, in the order of the text: what went before tells who "she" is."""

    def __init__(self, parse: Parse, phrases: Phrases, outlet: str = "") -> None:
        """`outlet` is the report's own, for "we" and "this newspaper"."""
        self.parse = parse
        self.phrases = phrases
        self.people = People(parse)
        self.outlet = outlet
        self.heard: list[Heard] = []

    def resolve(self, source: tuple[Span, ...], quoted_by: Speaker | None = None) -> Speaker | None:
        """The speaker of a source, or None where there is none. `quoted_by` is who is being quoted around it."""
        tokens = self._tokens(source)
        if not tokens:
            return None
        head = self._head(tokens)
        speaker, gender = self._identify(head, tokens, quoted_by)
        plural = head.tag in PLURAL or head.text.lower() in ("they", "we")
        self.heard.append(Heard(speaker, head.i, head.lemma, plural, gender))
        return speaker

    def describe(self, noun: Token) -> Speaker:
        """The speaker that a noun of the text heads, as if it were a source."""
        first, last = self.phrases.noun_phrase(noun.i)
        return self._identify(noun, self.parse.tokens[first : last + 1], None)[0]

    def _tokens(self, source: tuple[Span, ...]) -> list[Token]:
        if not source:
            return []
        low, high = 0, len(self.parse.tokens)
        start, end = source[0]
        while low < high:
            middle = (low + high) // 2
            if self.parse.tokens[middle].end <= start:
                low = middle + 1
            else:
                high = middle
        found = []
        while low < len(self.parse.tokens) and self.parse.tokens[low].start < end:
            found.append(self.parse.tokens[low])
            low += 1
        return found

    def _head(self, tokens: list[Token]) -> Token:
        inside = {t.i for t in tokens}
        tops = [t for t in tokens if t.head not in inside or t.head == t.i]
        nouns = [t for t in tops if t.pos in ("PROPN", "NOUN", "PRON", "NUM", "DET", "ADJ")]
        return (nouns or tops or tokens)[0]

    def _identify(self, head: Token, tokens: list[Token], quoted_by: Speaker | None) -> tuple[Speaker, str]:
        words = " ".join(self.parse.text[tokens[0].start : tokens[-1].end].split()).strip(" ,")
        low = head.text.lower()
        if head.pos == "PRON" or low in ("who", "which", "that"):
            return self._pronoun(head, low, words, quoted_by)
        person = self._person(head, tokens)
        if person:
            role, affiliation = self._role(head, tokens)
            if len(role) > len(person.role):
                person.role = role
            person.affiliation = person.affiliation or affiliation
            return self._of_person(person), person.gender
        outlet = find_outlet(words)
        if outlet:
            return Speaker(name=outlet.name, kind="outlet"), ""
        if head.pos == "PROPN":
            return Speaker(name=self._without_article(words), kind=self._kind_of_name(head)), ""
        if head.text.lower() not in QUANTIFIERS and self._definite(head):
            earlier = self._same_role(head)
            if earlier:
                return earlier.speaker, earlier.gender
        return self._of_noun(head, tokens, words), ""

    @staticmethod
    def _of_person(person: Person) -> Speaker:
        return Speaker(name=person.name, kind="person", role=person.role, affiliation=person.affiliation)

    def _person(self, head: Token, tokens: list[Token]) -> Person | None:
        """The person named by the phrase: by its head, or by an appositive or flat name beside the head."""
        inside = {t.i for t in tokens}
        for token in tokens:
            person = self.people.mentions.get(token.i)
            if not person:
                continue
            near = token.i == head.i or token.head == head.i or self.parse.tokens[token.head].head == head.i
            if token.i == head.i or (near and token.dep in ("appos", "compound", "flat") and token.head in inside):
                return person
        return None

    def _role(self, head: Token, tokens: list[Token]) -> tuple[str, str]:
        """Role and affiliation that the phrase gives its person."""
        kinds = load_kinds()
        inside = {t.i for t in tokens}
        affiliation = ""
        for token in tokens:
            if token.i not in inside or kinds.get(token.lemma) not in ("official", "person"):
                continue
            if token.i != head.i and self._inside_relative(token, head):
                continue
            if token.dep in ("pobj", "poss", "conj") and token.i != head.i:
                continue
            role = token.text
            first = token.i
            while first - 1 in inside and self._belongs_to_role(first - 1):
                first -= 1
            role = self.parse.words(first, token.i)
            affiliation = self._affiliation(token, inside)
            if not affiliation and first - 1 in inside:
                affiliation = self._before(first - 1, inside)
            return (role.lower() if not role.isupper() else role), affiliation
        return "", affiliation

    def _inside_relative(self, token: Token, head: Token) -> bool:
        return any(
            self.parse.tokens[a].dep in ("relcl", "acl")
            for a in (token.i, *self.parse.ancestors(token.i))
            if a > head.i and a != head.i
        )

    def _belongs_to_role(self, i: int) -> bool:
        token = self.parse.tokens[i]
        return token.lemma in (
            "prime",
            "vice",
            "deputy",
            "foreign",
            "defence",
            "defense",
            "interior",
            "chief",
            "senior",
            "former",
            "press",
            "lieutenant",
            "major",
            "brigadier",
            "finance",
        )

    def _affiliation(self, role: Token, inside: set[int]) -> str:
        """ "spokesman for X", "X's spokesman"."""
        for child in self.phrases.children(role.i, "prep", "poss"):
            if child.i not in inside:
                continue
            if child.dep == "poss" and child.pos == "PROPN":
                return self._clean(self.phrases.left[child.i], child.i)
            if child.dep == "prep" and child.lemma in AFFILIATING:
                inner = self.phrases.child(child.i, "pobj")
                if inner and inner.i in inside:
                    first, last = self.phrases.noun_phrase(inner.i)
                    stop = next(
                        (k for k in range(inner.i, last + 1) if self.parse.tokens[k].text in (",", "who", "which")),
                        last + 1,
                    )
                    return self._clean(first, min(last, stop - 1))
        return ""

    def _before(self, i: int, inside: set[int]) -> str:
        """The names and nouns directly before a role: "Ukrainian military spokesman", "Pentagon spokesman"."""
        first = i
        while first in inside and (
            self.parse.tokens[first].pos in ("PROPN", "NOUN") or self.parse.tokens[first].ent in ("NORP", "ORG", "GPE")
        ):
            first -= 1
        return self._clean(first + 1, i) if first < i else ""

    def _clean(self, first: int, last: int) -> str:
        return (
            self._without_article(" ".join(self.parse.words(first, last).split()).strip(" ,.")) if first <= last else ""
        )

    @staticmethod
    def _without_article(words: str) -> str:
        for article in ("the ", "The ", "a ", "A ", "an ", "An "):
            if words.startswith(article):
                return words[len(article) :]
        return words

    def _kind_of_name(self, head: Token) -> str:
        kind = load_kinds().get(head.lemma, "")
        if kind in ("organisation", "document", "outlet"):
            return kind
        if head.ent in ("ORG", "GPE", "NORP", "FAC", "LOC"):
            return "organisation"
        if head.ent in ("WORK_OF_ART", "LAW"):
            return "document"
        if head.ent == "PERSON" or head.text.lower() in HONORIFICS:
            return "person"
        return "organisation" if head.text.isupper() and len(head.text) <= 6 else "unknown"

    def _of_noun(self, head: Token, tokens: list[Token], words: str) -> Speaker:
        """A source without a name: "a senior official", "analysts", "the study"."""
        kinds = load_kinds()
        kind = kinds.get(head.lemma, "unknown")
        plural = head.tag in PLURAL
        inside = {t.i for t in tokens}
        affiliation = self._affiliation(head, inside)
        if not affiliation and head.i - 1 in inside:
            first = head.i - 1
            while (
                first in inside
                and self.parse.tokens[first].dep in ("amod", "compound", "nmod")
                and self.parse.tokens[first].pos != "PROPN"
                and self.parse.tokens[first].ent not in ("NORP", "ORG", "GPE")
            ):
                first -= 1
            affiliation = self._before(first, inside) if first in inside else ""
        if kind == "person" and plural:
            kind = "collective"
        name = self._without_article(words) if kind in ("organisation", "outlet") else words
        anonymous = kind in ("official", "person", "collective") and head.pos != "PROPN"
        role = head.lemma if kind in ("official", "person") else ""
        return Speaker(name=name, kind=kind, role=role, affiliation=affiliation, anonymous=anonymous)

    def _definite(self, head: Token) -> bool:
        return any(self.parse.tokens[c].text.lower() in ("the", "this", "that") for c in head.children)

    def _same_role(self, head: Token) -> Heard | None:
        """The latest speaker whom "the colonel" or "the ministry" can mean: by role, noun, or last word of a name."""
        kinds = load_kinds()
        plural = head.tag in PLURAL
        modified = [
            c
            for c in head.children
            if self.parse.tokens[c].dep in ("prep", "poss", "appos", "relcl", "amod", "compound")
        ]
        if modified:
            return None
        for heard in reversed(self.heard[-40:]):
            speaker = heard.speaker
            if heard.plural != plural:
                continue
            if speaker.kind == "outlet" and kinds.get(head.lemma) == "outlet":
                return heard
            if (
                head.lemma == heard.noun
                or head.lemma in speaker.role.lower().split()
                or speaker.name.lower().split()[-1:] == [head.lemma]
            ):
                return heard
        if not plural:
            for person in self.people.people:
                if head.lemma in person.role.lower().split() and any(h < head.i for h in person.heads):
                    return Heard(self._of_person(person), head.i, head.lemma, False, person.gender)
        if head.lemma == "agency" or kinds.get(head.lemma) == "outlet":
            outlet = self._latest_outlet(head.i)
            if outlet:
                return Heard(Speaker(name=outlet, kind="outlet"), head.i, head.lemma, False)
        return None

    def _latest_outlet(self, before: int) -> str:
        for name in reversed(
            [n for n in self.parse.names if n.last < before and n.label in ("ORG", "WORK_OF_ART")][-20:]
        ):
            outlet = find_outlet(self.parse.words(name.first, name.last))
            if outlet:
                return outlet.name
        return ""

    def _pronoun(self, head: Token, low: str, words: str, quoted_by: Speaker | None) -> tuple[Speaker, str]:
        if low in ("i", "we", "my", "our", "me", "us"):
            if quoted_by:
                return quoted_by, ""
            return Speaker(name=self.outlet or words, kind="outlet" if self.outlet else "unknown"), ""
        if low in ("who", "which", "that"):
            antecedent = self._antecedent(head)
            if antecedent is not None:
                extent = self.phrases.noun_phrase(antecedent.i, before=head.i)
                return self._identify(antecedent, self.parse.tokens[extent[0] : extent[1] + 1], quoted_by)
        if low in ("he", "she", "his", "her", "him", "himself", "herself"):
            gender = "f" if low.startswith(("she", "her")) else "m"
            return self._he_or_she(head, gender, words)
        if low in ("it", "its", "itself", "they", "their", "them"):
            plural = low.startswith("the")
            for heard in reversed(self.heard[-12:]):
                kind = heard.speaker.kind
                fits = heard.plural if plural else not heard.plural and kind in ("organisation", "document", "outlet")
                if fits or (plural and kind in ("organisation", "collective")):
                    return heard.speaker, ""
        kind = "collective" if low in ("some", "many", "others", "they", "those", "everyone", "people") else "unknown"
        return Speaker(name=words, kind=kind, anonymous=kind == "collective"), ""

    def _antecedent(self, head: Token) -> Token | None:
        for i in (head.i, *self.parse.ancestors(head.i)):
            token = self.parse.tokens[i]
            if token.dep == "relcl":
                return self.parse.tokens[token.head]
        return None

    def _he_or_she(self, head: Token, gender: str, words: str) -> tuple[Speaker, str]:
        """The latest person who spoke, or was a subject before, and is not known to be of the other gender."""
        spoke = next((h for h in reversed(self.heard[-12:]) if self._can_be(h.speaker, h.gender, gender)), None)
        subject = self._latest_subject(head, gender)
        if subject and (spoke is None or self._nearer(subject[1], spoke.at, head)):
            person = subject[0]
            person.gender = person.gender or gender
            return self._of_person(person), gender
        if spoke:
            return spoke.speaker, gender
        return Speaker(name=words, kind="person"), gender

    @staticmethod
    def _can_be(speaker: Speaker, known: str, gender: str) -> bool:
        if speaker.kind not in ("person", "official"):
            return False
        return (
            known in ("", gender)
            and not (speaker.role.endswith("woman") and gender == "m")
            and not (speaker.role.endswith("man") and gender == "f" and not speaker.role.endswith("woman"))
        )

    def _latest_subject(self, head: Token, gender: str) -> tuple[Person, int] | None:
        low = self.parse.sentences[max(0, head.sentence - 2)][0]
        for i in range(head.i - 1, low - 1, -1):
            person = self.people.mentions.get(i)
            if person and self.parse.tokens[i].dep in ("nsubj", "nsubjpass") and person.gender in ("", gender):
                return person, i
        return None

    def _nearer(self, subject: int, spoke: int, head: Token) -> bool:
        """Whether a subject rules out an earlier speaker: it stands in a later sentence than the speaker does."""
        return self.parse.tokens[subject].sentence > self.parse.tokens[min(spoke, len(self.parse.tokens) - 1)].sentence
