"""The people whom a report names, and the fullest form of each name.

A bare surname means the person of that surname if the report names just one; where two share it, it stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from sayso.grammar.parses import Name, Parse, Token
from sayso.tables import load_rows
from sayso.who.names import fold_word, same_person, same_surname
from sayso.who.outlets import STATIONS
from sayso.who.roles import FULL_RANKS, load_bodies, load_governments, load_introductions, load_kinds
from sayso.who.sorts import is_known_sort

FEMALE = frozenset("mrs mrs. ms ms. miss dame lady spokeswoman chairwoman congresswoman she her".split())
MALE = frozenset("mr mr. sir lord spokesman chairman congressman he his him".split())


INSTITUTIONS = frozenset(
    "staff assembly office council command department ministry committee headquarters court house hospital university "
    "party church union company group affairs state security intelligence prosecutor's".split()
)
"""Words written with a capital after a rank that name a body and not a person."""

PARTICLES = frozenset("de del della di da van von der den bin ibn al el la le".split())
HYPHENS = frozenset("-‐‑")
NEARBY = 12
"""Tokens of the next sentence in which "he" or "she" tells that the name before was a person's."""
SHORTEST_SPELT = 5
"""Letters of a surname from which another spelling of it is told from another name."""

MOST_SPELT = 50
"""People whose surnames begin alike that a spelling is compared with."""

FIRST = "first "
"""Before a name's first word, where people are looked up by it."""

LONGEST_NAME = 7
"""Tokens that a name may have."""


@cache
def load_genders() -> dict[str, str]:
    """The gender, f or m, that a given name in small letters tells."""
    return {name: row["gender"] for row in load_rows("given_names.tsv") for name in row["names"].split()}


def vote_labels(parse: Parse) -> dict[str, str]:
    """What most mentions of each name are taken for by the parser: it errs on one and not on all."""
    votes: dict[str, Counter[str]] = {}
    for name in parse.names:
        if name.label in ("ORG", "PERSON", "GPE"):
            votes.setdefault(parse.words(name.first, name.last), Counter())[name.label] += 1
    found = {words: counts.most_common(1)[0][0] for words, counts in votes.items()}
    return {w: "PERSON" if " " in w and w.split()[0].lower() in load_genders() else label for w, label in found.items()}


def list_names(parse: Parse) -> list[Name]:
    """The names of a report. Where no person's name stands, two capitals or more after "the" ("the Pelva Lantern"), or
    one after a noun that means an outlet ("the daily Lantern"), are one body's name, whatever the parser takes its
    words for: for a person, or for two things."""
    found: list[Name] = []
    for n, name in enumerate(parse.names):
        if found and name.first <= found[-1].last:
            continue
        last = _last_capital(parse.tokens, name.first)
        labels = {other.label for other in parse.names[n : n + LONGEST_NAME] if other.first <= last}
        whole = Name(name.first, max(last, name.last), "ORG")
        taken = name.label == "PERSON" or (len(labels) > 1 and last > name.last)
        found.append(whole if taken and _stands_as_body(parse, whole) else name)
    return found


def _last_capital(tokens: Sequence[Token], i: int) -> int:
    """The last token of the capitalised words that token `i` begins, each of which belongs to the next."""
    last = i
    while tokens[last].dep == "compound" and last + 1 < min(len(tokens), i + LONGEST_NAME):
        following = tokens[last + 1]
        if following.pos != "PROPN" or not following.text[:1].isupper():
            break
        last += 1
    return last


def _stands_as_body(parse: Parse, name: Name) -> bool:
    words = parse.words(name.first, name.last).lower().split()
    before = parse.tokens[name.first - 1] if name.first else None
    if parse.tokens[name.last].dep in ("compound", "nmod", "amod"):
        return False  # "The George Floyd protests".
    if before is None or any(word in load_introductions() or load_kinds().get(word) == "official" for word in words):
        return False
    return (len(words) > 1 and before.text.lower() == "the") or load_kinds().get(before.lemma) == "outlet"


@dataclass(slots=True)
class Person:
    """Someone the report names. `role` and `affiliation` are filled as mentions give them; `gender` is f, m or "".
    `titles` are all the ranks and offices, in small letters, under which any mention introduces them."""

    name: str
    role: str = ""
    affiliation: str = ""
    gender: str = ""
    heads: list[int] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)


class People:
    """Everyone named in a report, found once for the whole of it; looked up by a name's last token or by its words."""

    def __init__(self, parse: Parse) -> None:
        """Finds the names: the parser's persons, and capitalised words after a rank or honorific."""
        self.parse = parse
        self.people: list[Person] = []
        self.mentions: dict[int, Person] = {}
        full = self._full = dict[str, list[Person]]()
        self._spelt: dict[str, list[Person]] = {}
        runs = list(self._runs())
        for words, _, _ in sorted(runs, key=lambda r: -len(r[0])):
            if len(words) > 1 and not self._fit(full, words) and not self._fit_spelling(words):
                person = Person(" ".join(words), gender=load_genders().get(words[0].lower(), ""))
                self.people.append(person)
                self._spelt.setdefault(fold_word(words[-1])[:2], []).append(person)
                full.setdefault(words[-1].lower(), []).append(person)
                full.setdefault(FIRST + words[0].lower(), []).append(person)
        for words, last, before in runs:
            fits = self._fit(full, words) or self._fit_spelling(words)
            title = before.text.lower() if before else ""
            gender = "f" if title in FEMALE else "m" if title in MALE else ""
            if len(fits) > 1 and gender:  # "Mrs Haddad" where Omar and Leila Haddad are named
                fits = [p for p in fits if p.gender == gender] or [p for p in fits if not p.gender] or fits
            if len(fits) == 1:
                person = fits[0]
            elif len(fits) > 1:
                person = Person(" ".join(words))
            elif len(words) == 1 and words[0].lower() in load_governments():
                continue
            else:
                person = Person(" ".join(words))
                self.people.append(person)
                full.setdefault(words[-1].lower(), []).append(person)
            person.heads.append(last)
            person.gender = person.gender or gender
            person.titles.update(self._titles_before(last - len(words)))
            self.mentions[last] = person

    def _fit_spelling(self, words: list[str]) -> list[Person]:
        """Those whose name these words spell otherwise ("Zelenskyy"), where the report names just one such."""
        name = " ".join(words)
        if len(words[-1]) < SHORTEST_SPELT:
            return []
        near = self._spelt.get(fold_word(words[-1])[:2], [])
        fits = [p for p in near[:MOST_SPELT] if p.name != name and self._is_spelt(p.name, name)]
        return fits if len(fits) == 1 else []

    @staticmethod
    def _is_spelt(full: str, name: str) -> bool:
        surnames = fold_word(full.split()[-1]), fold_word(name.split()[-1])
        return same_surname(*surnames) and same_person(full, name)

    def find(self, words: str) -> Person | None:
        """The one person of the report whose name ends with these words, or None where none or several do."""
        fits = self._fit(self._full, words.split()) if words else []
        return fits[0] if len(fits) == 1 else None

    def _titles_before(self, i: int) -> set[str]:
        """The ranks and offices that stand right before a name which token `i` precedes ("Brigadier General")."""
        found: set[str] = set()
        while i >= 0 and len(found) < LONGEST_NAME:
            word = self.parse.tokens[i].text.lower().rstrip(".")
            if word not in load_introductions() and load_kinds().get(word) != "official" and word not in HYPHENS:
                break
            found.add(FULL_RANKS.get(word, word))
            i -= 1
        return found

    def named(self, name: str) -> Person | None:
        """The person of exactly this name, or None."""
        fits = [p for p in self._full.get(name.split()[-1].lower(), []) if p.name == name] if name.split() else []
        return fits[0] if fits else None

    @staticmethod
    def _fit(full: dict[str, list[Person]], words: list[str]) -> list[Person]:
        """Those whose name ends with these words, or has the same first and last one."""
        fits = []
        if len(words) == 1 and words[0].lower() not in full and words[0].lower() not in load_genders():
            return full.get(FIRST + words[0].lower(), [])  # "Kim" for Kim Jong Un, or one known by a first name alone
        for person in full.get(words[-1].lower(), []):
            names = person.name.lower().split()
            mine = [w.lower() for w in words]
            if names[-len(mine) :] == mine or (len(mine) > 1 and names[0] == mine[0] and names[-1] == mine[-1]):
                fits.append(person)
        return fits

    def _runs(self) -> list[tuple[list[str], int, Token | None]]:
        """The words, last token and preceding token of each mention of a person, in order."""
        tokens = self.parse.tokens
        found: dict[int, tuple[list[str], int, Token | None]] = {}
        for i, token in enumerate(tokens):
            if (
                token.text[:1].isupper()
                and token.text.lower() in load_introductions()
                and (not i or tokens[i - 1].text != "'s")
            ):
                last = self._grow(i)
                if last > i and tokens[last].lemma not in load_kinds():
                    self._keep(found, i, last)
            elif self._is_role_before_name(i):
                self._keep(found, i + 1, self._grow(i))
            elif i and tokens[i - 1].lemma == "of" and token.text.lower() in load_governments():
                last = self._grow(i)
                if last - i >= 2:  # "President of Norway Ann Lee"
                    self._keep(found, i + 1, last)
            elif self._is_beside_role(token):  # "the mayor, Ana Lima"
                self._keep(found, min(c for c in token.children if tokens[c].dep == "compound"), i)
        covered = {k for words, last, _ in found.values() for k in range(last - len(words) - 2, last + 1)}
        votes = vote_labels(self.parse)
        names = list_names(self.parse)
        for name in names:
            if name.label == "PERSON" and name.last not in covered and not self._is_body(name, votes):
                self._keep(found, name.first, self._grow(name.last))
        for name in names:
            if name.last not in found and self._is_somebody(name):
                self._keep(found, name.first, name.last)
        surnames = {words[-1] for words, _, _ in found.values() if len(words) > 1}
        for token in tokens:
            if token.text in surnames and token.i not in found and self._stands_alone(token):
                self._keep(found, token.i, token.i)
        return [found[k] for k in sorted(found)]

    def _stands_alone(self, token: Token) -> bool:
        """Whether a surname known from a full name stands by itself, where the parser saw no name."""
        tokens = self.parse.tokens
        beside = tokens[max(0, token.i - 1) : token.i] + tokens[token.i + 1 : token.i + 2]
        return token.pos == "PROPN" and not token.ent and not any(t.pos == "PROPN" for t in beside)

    def _is_role_before_name(self, i: int) -> bool:
        """Whether token `i` is a role in small letters with a name right after it ("spokesman Ivan Petrenko")."""
        tokens = self.parse.tokens
        if tokens[i].tag != "NN" or load_kinds().get(tokens[i].lemma) not in ("official", "person"):
            return False
        following = tokens[i + 1] if i + 1 < len(tokens) else tokens[i]
        return (
            following.pos == "PROPN" and following.text[:1].isupper() and following.ent not in ("DATE", "GPE", "NORP")
        )

    def _is_beside_role(self, token: Token) -> bool:
        """Whether a token ends a name set beside a role, two or three words that the parser may take for a place."""
        if token.dep != "appos":
            return False
        tokens = self.parse.tokens
        role = tokens[token.head]
        if role.tag != "NN" or load_kinds().get(role.lemma) not in ("official", "person"):
            return False
        names = [tokens[c] for c in token.children if tokens[c].dep == "compound"] + [token]
        return 2 <= len(names) <= 3 and all(t.pos == "PROPN" and t.text[:1].isupper() for t in names)

    @staticmethod
    def _is_no_name(word: str) -> bool:
        """Whether a word before a name is no part of it: a title, a hyphen, a small word of a title."""
        return (
            word.lower() in load_introductions() or not word[:1].isalpha() or (word.islower() and word not in PARTICLES)
        )

    def _is_body(self, name: Name, votes: dict[str, str]) -> bool:
        """Whether what the parser took for a person is a body: by a table, by its other mentions, by its words, or by
        the noun beside it ("Norva, an insurer")."""
        words = self.parse.words(name.first, name.last)
        if words in load_bodies() or words.split()[0] in STATIONS or votes[words] == "ORG":
            return True
        tokens = self.parse.tokens
        of = tokens[tokens[name.first].head]
        if name.first == name.last and of.dep == "prep" and of.lemma in ("of", "in", "at"):
            role = tokens[of.head]
            if load_kinds().get(role.lemma) == "official" and role.i == of.i - 1:
                return True  # "the mayor of Lesna"
        beside = [tokens[c] for i in range(name.first, name.last + 1) for c in tokens[i].children if c > name.last]
        nouns = [t.lemma for t in beside if t.dep == "appos" and t.tag == "NN"]
        return any(load_kinds().get(n, "organisation") == "organisation" and is_known_sort(n) for n in nouns)

    def _is_somebody(self, name: Name) -> bool:
        """Whether what the parser took for a body is a person: an office stands beside it, or it is two or three plain
        names, and "he" or "she" next."""
        tokens = self.parse.tokens[name.first : name.last + 1]
        head = tokens[-1]
        beside = [self.parse.tokens[c] for c in head.children if c > name.last]
        if name.label == "ORG" and any(
            t.dep == "appos" and t.tag == "NN" and load_kinds().get(t.lemma) in ("official", "person") for t in beside
        ):
            return True
        if name.label == "PERSON" or not 2 <= len(tokens) <= 3 or head.dep != "nsubj":
            return False
        if any(t.pos != "PROPN" or t.text.isupper() or t.text.lower() in INSTITUTIONS for t in tokens):
            return False
        following = head.sentence + 1
        if following >= len(self.parse.sentences):
            return False
        first, last = self.parse.sentences[following]
        nearby = self.parse.tokens[first : min(last, first + NEARBY)]
        pronoun = next((n for n, t in enumerate(nearby) if t.text.lower() in ("he", "she") and t.dep == "nsubj"), None)
        return pronoun is not None and not any(t.ent == "PERSON" for t in nearby[:pronoun])

    def _grow(self, i: int) -> int:
        """The last token of the capitalised words that go on after token `i`, particles and hyphens between them."""
        tokens = self.parse.tokens
        last = at = i
        while at + 1 < len(tokens) and tokens[at + 1].sentence == tokens[i].sentence and at - i < LONGEST_NAME:
            at += 1
            token = tokens[at]
            if token.pos == "PROPN" and token.text[:1].isupper() and token.text.lower() not in INSTITUTIONS:
                last = at
            elif token.text in HYPHENS and tokens[at - 1].end == token.start:
                if at + 1 < len(tokens) and tokens[at + 1].start == token.end and tokens[at + 1].text[:1].isalpha():
                    at += 1
                    last = at
            elif token.text not in PARTICLES:
                break
        return last

    def _keep(self, found: dict[int, tuple[list[str], int, Token | None]], first: int, last: int) -> None:
        tokens = self.parse.tokens
        while first <= last and self._is_no_name(tokens[first].text):
            first += 1
        while last >= first and (tokens[last].text.lower() in ("'s", "’s") or not tokens[last].text[-1:].isalnum()):
            last -= 1
        if first > last:
            return
        while last - first > 1 and tokens[first].text.lower() in load_governments():
            first += 1  # "President of Norway Ann Lee"
        words = self.parse.words(first, last).split()
        if len(words) <= LONGEST_NAME and words[0][:1].isalnum():
            found.setdefault(last, (words, last, tokens[first - 1] if first else None))
