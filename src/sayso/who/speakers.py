"""Who a source is: its fullest name in the report, kind, role, affiliation, and whether it is anonymous."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from sayso.grammar.parses import Parse, Token
from sayso.grammar.phrases import Extent, Phrases
from sayso.record import Span, Speaker, SpeakerKind
from sayso.who.bodies import Bodies
from sayso.who.introductions import add_role, introduce_people, list_people
from sayso.who.mentions import People, Person
from sayso.who.namings import name_outlet
from sayso.who.outlets import find_outlet
from sayso.who.references import PLURAL, Heard, References, of_body, of_person
from sayso.who.roles import BODY_ENDS, HONORIFICS, find_role, load_bodies, load_governments, load_kinds, without_article
from sayso.who.turns import ASKING, Cast, cast_turns, name_label
from sayso.who.unnamed import CALLED, QUANTIFIERS, QUOTED_NAME, UNNAMED, describe_unnamed, is_definite

OWNING = frozenset("his her its their".split())
OFFICE = frozenset("staff office team aide administration cabinet secretariat camp".split())
"""Nouns for those who work for one person: "his staff" of a mayor is the mayor's office."""

SOME = QUANTIFIERS - frozenset("nobody none few".split())
"""Pronouns for people who are there though nobody says who."""

LONGEST_LOOKED_AT = 150
"""Tokens of a sentence that are searched for the terms on which its source spoke."""


class Speakers:
    """Resolves the sources of one report, in the order of the text: what went before tells who "she" is."""

    def __init__(self, phrases: Phrases, outlet: str = "") -> None:
        """`outlet` is the report's own, for "we" outside quotation marks."""
        self.phrases = phrases
        self.outlet = outlet
        self.people = People(phrases.parse)
        self.bodies = Bodies(phrases, self.people)
        self.references = References(phrases, self.people, self.bodies)
        self._starts = [t.start for t in phrases.tokens]
        self.called: dict[str, Speaker] = {}
        self.aliases: dict[Speaker, Speaker] = {}
        self._same: Heard | None = None
        self.offices = introduce_people(phrases, self.people, self.bodies)
        self.cast = Cast()

    def take_turns(self, labels: Sequence[tuple[int, str]], title: Parse | None) -> None:
        """Learn who speaks under the labels of a transcript, given with their places in order. `title` is the parse of
        the report's title."""
        titled = list_people(title) if title else []
        start, second = labels[0][0], labels[min(len(labels), 2) - 1][0]
        places = [(self.phrases.tokens[person.heads[0]].start, person) for person in self.people.people]
        before = [person for at, person in places if at < start]
        addressed = [person for at, person in places if start < at < second]
        words = dict.fromkeys(" ".join(label.split()) for _, label in labels)
        known = [*titled, *self.people.people]
        self.cast = cast_turns(list(words), [*titled, *before, *addressed], known, self.outlet)

    def resolve(self, source: tuple[Span, ...], attribution: int, around: Speaker | None = None) -> Speaker | None:
        """The speaker of a source, or None where there is none. `around` is who is being quoted around it."""
        if not source or not self._starts:
            return None
        first = max(0, bisect_right(self._starts, source[0][0]) - 1)
        last = max(first, bisect_right(self._starts, source[0][1] - 1) - 1)
        head = self._head(first, last)
        self._same = None
        speaker, gender = self._identify(head, (first, last), around)
        if speaker.kind == "official" and not speaker.anonymous and UNNAMED.search(self._sentence(head)):
            speaker = replace(speaker, anonymous=True)
        plural = head.tag in PLURAL or head.text.lower() in ("they", "we")
        origin = self._same.attribution if self._same and self._same.attribution >= 0 else attribution
        self.references.hear(Heard(speaker, head.i, head.lemma, plural, gender, origin))
        return speaker

    def name(self, label: str, at: int, attribution: int) -> Speaker:
        """The speaker of a label ("MR. SMITH", "Q") at a place, or of a name in a language that is not parsed, by its
        words."""
        words = " ".join(label.split())
        cast = self.cast.speakers.get(words)
        speaker = cast or name_label(words)
        known = self.people.find(speaker.name) if speaker.kind == "person" and not cast else None
        speaker = of_person(known) if known and " " in known.name else speaker
        token = max(0, bisect_right(self._starts, at) - 1)
        self.references.hear(Heard(speaker, token, words.lower(), False, "", attribution))
        return speaker

    def _sentence(self, token: Token) -> str:
        first, last = self.phrases.parse.sentences[token.sentence]
        return self.phrases.parse.words(first, min(last, first + LONGEST_LOOKED_AT) - 1)

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
        head = (nouns or tops or tokens)[0]
        # "Officials quoted by Reuters said": the parse may take "quoted" for what the officials did.
        subject = self.phrases.child(head.i, "nsubj", "nsubjpass") if head.pos == "VERB" else None
        return subject if subject and first <= subject.i <= last else head

    def _identify(self, head: Token, extent: Extent, around: Speaker | None) -> tuple[Speaker, str]:
        words = " ".join(self.phrases.parse.words(*extent).split()).strip(" ,")
        low = head.text.lower()
        if head.pos == "PRON" or low in ("who", "which", "that"):
            return self._of_pronoun(head, low, words, around)
        called = self._call_sign(head, extent, words)
        if called:
            return called, ""
        owned = self._owned(head, extent)
        if owned:
            return owned
        person = self._person(head, extent)
        if person and not find_outlet(person.name):
            add_role(self.phrases, self.bodies, person, head, extent)
            if not person.affiliation and head.pos == "NOUN" and is_definite(self.phrases, head):
                person.affiliation = self.references.find_affiliation(head)
            return of_person(person), person.gender
        outlet = name_outlet(self.phrases, head, extent)
        if outlet:
            return Speaker(name=outlet, kind="outlet"), ""
        known = self.people.find(words) if words[:1].isupper() else None
        if known:
            return of_person(known), known.gender
        body = self.bodies.mentions.get(head.i) if head.pos == "PROPN" else None
        body = body or self.bodies.named(without_article(words))
        if body and body.named:
            return of_body(body), ""
        if head.pos == "PROPN" and head.lemma not in load_kinds():
            extent = self._before_apposition(head, extent)
            words = " ".join(self.phrases.parse.words(*extent).split()).strip(" ,")
            return Speaker(name=without_article(words), kind=_kind_of_name(head, words)), ""
        if low not in QUANTIFIERS and is_definite(self.phrases, head):
            self._same = self.references.find_same(head)
            if self._same:
                return self._same.speaker, self._same.gender
            fuller = self.references.find_noun(head) if extent == (head.i - 1, head.i) else None
            if fuller:
                return self._of_noun(fuller, self.phrases.noun_phrase(fuller.i)), ""
        return self._of_noun(head, extent), ""

    def _owned(self, head: Token, extent: Extent) -> tuple[Speaker, str] | None:
        """Who is told by whose they are: "its head", "his staff", "their report"; None where nobody tells."""
        pronoun = next((t for t in self.phrases.children(head.i, "poss") if t.text.lower() in OWNING), None)
        if pronoun is None or head.pos != "NOUN" or any(i in self.people.mentions for i in range(*extent)):
            return None
        owner, _ = self._of_pronoun(pronoun, pronoun.text.lower(), pronoun.text, None)
        if owner.kind == "unknown":
            return None
        holder = self.references.find_holder(head.lemma, owner.name)
        if holder:
            return of_person(holder), holder.gender
        speaker = describe_unnamed(self.phrases, head, extent, None)
        if owner.kind == "person" and head.lemma in OFFICE:
            role = owner.role or owner.name
            return replace(speaker, name=f"{role}'s office", kind="organisation", affiliation=owner.name), ""
        return replace(speaker, affiliation=owner.name), ""

    def _call_sign(self, head: Token, extent: Extent, words: str) -> Speaker | None:
        """A source that goes by a call sign or first name heard before, or by one in quotation marks ("Falcon", a
        drone pilot)."""
        bare = words.strip("\"“”‘’'«» ,")
        if bare in self.called:
            return self.called[bare]
        alias = CALLED.search(words)
        person = self._person(head, extent) if alias else None
        if alias and person and person.name == alias[1]:
            speaker = Speaker(name=alias[1], kind="callsign", role=person.role, anonymous=True)
            return self.called.setdefault(alias[1], replace(speaker, affiliation=person.affiliation))
        quoted = QUOTED_NAME.match(words)
        if not quoted:
            return None
        if words[quoted.end() :].lstrip(", ").startswith("who "):
            return self.called.setdefault(quoted[1], Speaker(name=quoted[1], kind="callsign", anonymous=True))
        for token in self.phrases.tokens[extent[0] : extent[1] + 1]:
            if token.tag == "NN" and load_kinds().get(token.lemma) in ("official", "person"):
                role, affiliation = find_role(self.phrases, token, extent)
                speaker = Speaker(name=quoted[1], kind="callsign", role=role, affiliation=affiliation, anonymous=True)
                return self.called.setdefault(quoted[1], speaker)
        return None

    def _before_apposition(self, head: Token, extent: Extent) -> Extent:
        """A name without what is set beside it: "Nordgas, the pipeline's owner"."""
        beside = [
            self.phrases.left[c.i] for c in self.phrases.children(head.i, "appos", "relcl", "acl") if c.i > head.i
        ]
        commas = [i - 1 for i in beside if self.phrases.tokens[i - 1].text == "," and i - 1 > head.i]
        return extent[0], min((i - 1 for i in commas), default=extent[1])

    def _person(self, head: Token, extent: Extent) -> Person | None:
        """The person named by the phrase: its head, or a name set beside the head or after its sentence."""
        if head.i in self.offices:
            return self.offices[head.i]
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
            body = self.phrases.tokens[token.head]
            of = self.phrases.tokens[body.head]
            office = of.head == head.i and load_kinds().get(head.lemma) in ("official", "person")
            if office and token.dep == "appos" and body.dep == "pobj" and body.i not in self.people.mentions:
                return person  # "the head of the agency, Ann Lee": a person is not set beside an agency.
            if all(self._joins(k) for k in self.phrases.tokens[min(i, head.i) + 1 : max(i, head.i)]):
                return person
        return None

    def _joins(self, token: Token) -> bool:
        """Whether a token joins a title to a name: part of a name, or of a word with hyphens ("Commander-in-Chief")."""
        before = self.phrases.tokens[token.i - 1]
        return token.pos == "PROPN" or token.text in ".-‐" or (before.text in "-‐" and before.end == token.start)

    def _of_noun(self, head: Token, extent: Extent) -> Speaker:
        """A source without a name; one that goes by a call sign or first name is known by it from then on."""
        speaker = describe_unnamed(self.phrases, head, extent, self.references.find_antecedent(head))
        if speaker.affiliation:
            speaker = replace(speaker, affiliation=self.bodies.fuller(speaker.affiliation, *extent))
        if speaker.kind == "callsign":
            before = self.references.find_unnamed(speaker.role) if is_definite(self.phrases, head) else None
            if before:
                speaker = replace(speaker, affiliation=speaker.affiliation or before.affiliation)
                self.aliases[before] = speaker
        if speaker.kind == "callsign" or (speaker.kind == "person" and speaker.anonymous and speaker.name.istitle()):
            self.called.setdefault(speaker.name, speaker)
        return speaker

    def _of_pronoun(self, head: Token, low: str, words: str, around: Speaker | None) -> tuple[Speaker, str]:
        found: Heard | Token | None = None
        if low in ("you", "your") and around and self.cast.guest and around.role in ASKING:
            return self.cast.guest, ""
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
        elif low in ("it", "its", "itself", "they", "their", "them"):
            found = self.references.find_thing(head, plural=low.startswith("the"))
        if isinstance(found, Token):
            return self._identify(found, (self.phrases.left[found.i], found.i), around)
        if found:
            self._same = found
            return found.speaker, found.gender
        if low in ("someone", "somebody"):
            return Speaker(name=words, kind="person", anonymous=True), ""
        kind: SpeakerKind = "collective" if low in SOME else "unknown"
        return Speaker(name=words, kind=kind, anonymous=kind == "collective"), ""


def _kind_of_name(head: Token, words: str) -> SpeakerKind:
    name = without_article(words)
    if (
        {name.lower(), head.text.lower()} & load_governments()
        or name in load_bodies()
        or name.split(" ")[-1] in BODY_ENDS
    ):
        return "organisation"
    if head.ent in ("ORG", "GPE", "NORP", "FAC", "LOC"):
        return "organisation"
    if head.ent in ("WORK_OF_ART", "LAW"):
        return "document"
    if head.ent == "PERSON" or head.text.lower() in HONORIFICS:
        return "person"
    return "organisation" if head.text.isupper() and len(head.text) <= 6 else "unknown"
