"""The people whom a report names, and the fullest form of each name.

A bare surname means the person of that surname if the report names just one; where two share it, it stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.extract.parses import Parse, Token

HONORIFICS = frozenset("mr mr. mrs mrs. ms ms. miss dr dr. sir dame lord lady prof prof. rev rev.".split())
FEMALE = frozenset("mrs mrs. ms ms. miss dame lady spokeswoman chairwoman congresswoman she her".split())
MALE = frozenset("mr mr. sir lord spokesman chairman congressman he his him".split())

RANKS = frozenset(
    "president vice prime minister premier chancellor secretary general senator representative congressman "
    "congresswoman governor mayor king queen prince princess pope ambassador colonel col col. gen gen. lt lt. "
    "lieutenant major maj maj. captain capt capt. sergeant sgt sgt. admiral adm adm. marshal commander brigadier chief "
    "judge justice rep rep. sen sen. gov gov. spokesman spokeswoman spokesperson foreign defence defense interior "
    "director professor officer".split()
)
"""Words written with a capital before a name that are no part of it."""


@dataclass(slots=True)
class Person:
    """Someone the report names. `role` and `affiliation` are filled as mentions give them; `gender` is f, m or "" ."""

    name: str
    role: str = ""
    affiliation: str = ""
    gender: str = ""
    heads: list[int] = field(default_factory=list)


class People:
    """Everyone named in a report, found once for the whole of it; looked up by a name's last token or by its words."""

    def __init__(self, parse: Parse) -> None:
        """Finds the names: the parser's persons, and capitalised words after a rank or honorific."""
        self.parse = parse
        self.people: list[Person] = []
        self.mentions: dict[int, Person] = {}
        full: dict[str, list[Person]] = {}
        runs = list(self._runs())
        for words, _, _ in sorted(runs, key=lambda r: -len(r[0])):
            if len(words) > 1 and not self._fit(full, words):
                person = Person(" ".join(words))
                self.people.append(person)
                full.setdefault(words[-1].lower(), []).append(person)
        for words, last, before in runs:
            fits = self._fit(full, words)
            if len(fits) == 1:
                person = fits[0]
            elif len(fits) > 1:
                person = Person(" ".join(words))
            else:
                person = Person(" ".join(words))
                self.people.append(person)
                full.setdefault(words[-1].lower(), []).append(person)
            person.heads.append(last)
            title = before.text.lower() if before else ""
            person.gender = person.gender or ("f" if title in FEMALE else "m" if title in MALE else "")
            self.mentions[last] = person

    @staticmethod
    def _fit(full: dict[str, list[Person]], words: list[str]) -> list[Person]:
        """Those whose name ends with these words, or has the same first and last one."""
        fits = []
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
        for name in self.parse.names:
            if name.label != "PERSON":
                continue
            self._keep(found, name.first, name.last)
        i = 0
        while i < len(tokens):
            if tokens[i].text.lower() in RANKS | HONORIFICS and tokens[i].text[:1].isupper():
                last = i
                while (
                    last + 1 < len(tokens)
                    and tokens[last + 1].pos == "PROPN"
                    and tokens[last + 1].text[:1].isupper()
                    and tokens[last + 1].ent not in ("ORG", "GPE", "DATE", "NORP")
                    and tokens[last + 1].sentence == tokens[i].sentence
                ):
                    last += 1
                if last > i:
                    self._keep(found, i, last)
                i = last
            i += 1
        return [found[k] for k in sorted(found)]

    def _keep(self, found: dict[int, tuple[list[str], int, Token | None]], first: int, last: int) -> None:
        tokens = self.parse.tokens
        while first <= last and (
            tokens[first].text.lower() in RANKS | HONORIFICS or not tokens[first].text[:1].isalpha()
        ):
            first += 1
        while last >= first and tokens[last].text.lower() in ("'s", "’s", "’", "'"):
            last -= 1
        if first > last or tokens[first].start == tokens[last].end:
            return
        words = [t.text for t in tokens[first : last + 1] if t.text[:1].isalnum()]
        if words and not any("\n" in w for w in words):
            found.setdefault(last, (words, last, tokens[first - 1] if first else None))
