"""Which words of a report name places.

Two witnesses are heard: the gazetteer, asked for every run of capitalised words, longest first, and the parser's
named entities. Neither is believed alone. A name of the gazetteer that the parser does not take for a place needs a
reason: a preposition of place before it, a state after it, a type word in it, fame, or a better mention elsewhere in
the report. The words of people's names are not places however many villages are called so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sayso.extract.places.cues import (
    glued_token,
    is_listed,
    kind_beside,
    leads_to_division,
    opens_dateline,
    points_back,
    stands_where,
)
from sayso.extract.places.gazetteers import ABBREVIATION, DEMONYM, PRIMARY, Gazetteer, Spot, is_great, lies_in
from sayso.extract.places.levels import level_beside
from sayso.extract.places.names import fold_name
from sayso.extract.places.predicates import SURE, weigh_predicate
from sayso.extract.places.words import COMPASS, load_place_words
from sayso.grammar.parses import Name, Parse
from sayso.who.mentions import load_genders

LONGEST_NAME = 6
"""Tokens of the longest name looked up ("Democratic Republic of the Congo" has five)."""

JOINING = frozenset(
    "of the de del della di la le les lès du des da do dos upon on under and al el es y i am an der sur sous sul en "
    "au aux ob vor bei im - – 's ’s & d' ' ’".split()
)
"""Small words inside names ("Isle of Man", "Newcastle upon Tyne", "Frankfurt am Main")."""

LONGEST_ARTICLE = 3
"""Letters of a small word that may stand in a name of the gazetteer whatever its language ("Brim ad-Dara")."""

SMALL_WORDS = frozenset(("DET", "PRON", "CCONJ", "SCONJ", "AUX", "ADP", "PART", "INTJ"))
"""Parts of speech that no name but "The Hague" begins with."""

FAMOUS = 400_000
"""People in a place known well enough to be believed without another reason."""

TOWN = 1_000
"""People in a place that an organisation is more likely named after than after something else of that name."""

LARGE_TOWN = 5_000
"""People in a town that is meant rather than somebody of that name, where either could be."""

ENGLISH = frozenset(("AU", "CA", "GB", "IE", "NZ", "US"))
"""Countries whose towns are called like families that English news tells of."""

ENDS = frozenset(".;!?")
"""What ends a clause."""

NONE, WEAK, STRONG = range(3)
"""How good the evidence for a mention is. A weak one stands only if the same name has a strong one in the report."""


@dataclass(slots=True)
class Mention:
    """Words that name a place: tokens `first` to `last`, inclusive, and what the gazetteer knows of that name.

    `why` names the evidence and `strength` says how good it is. `kind` is the feature that a type word gives
    ("County": ADM2), "" without one. `inside` is the mention that the words put this one into ("Springfield, Ill.").
    `part_of` is the organisation whose name begins with it; a `seat` of power (the Kremlin) lies in the place. One that
    `governs` does what governments do ("Oslo declined"). The `kind` of an `office` is told by nothing but the office.
    """

    first: int
    last: int
    start: int
    end: int
    text: str
    spots: tuple[Spot, ...]
    why: str
    strength: int
    kind: str = ""
    demonym: bool = False
    inside: Mention | None = None
    part_of: str = ""
    seat: bool = False
    governs: bool = False
    office: bool = False


def find_mentions(parse: Parse, gazetteer: Gazetteer) -> list[Mention]:
    """The places named in a text, in order, without overlaps."""
    found = _Finder(parse, gazetteer).find()
    sure = {fold_name(m.text) for m in found if m.strength == STRONG}
    return [m for m in found if m.strength == STRONG or (m.strength == WEAK and fold_name(m.text) in sure)]


def _is_minor(spot: Spot) -> bool:
    """Whether a place is one of the hamlets, streams and hills that are called after every word and person there is."""
    return bool(spot.id) and not spot.population and spot.feature not in ("PCLI", "PPLC", "ADM1", "ADM2")


class _Finder:
    """One pass over a parse."""

    def __init__(self, parse: Parse, gazetteer: Gazetteer) -> None:
        self.parse = parse
        self.tokens = parse.tokens
        self.gazetteer = gazetteer
        self.words = load_place_words()
        self.named: dict[int, Name] = {}
        self.people: set[str] = set()
        for name in parse.names:
            inside = range(name.first, name.last + 1)
            self.named.update(dict.fromkeys(inside, name))
            if name.label == "PERSON" and len(inside) > 1:
                self.people.update(self.tokens[i].text for i in inside)

    def find(self) -> list[Mention]:
        """All mentions, weak ones as well."""
        found: list[Mention] = []
        i = 0
        while i < len(self.tokens):
            mention = self._mention_at(i) if self._may_begin(i) else None
            if mention:
                found.append(mention)
                i = mention.last + 1
            else:
                i += 1
        return found

    # What the words could be.

    def _may_begin(self, i: int) -> bool:
        """Whether a name could begin here: a capital, and no small word but one of a name or a headline."""
        token = self.tokens[i]
        return token.text[0].isupper() and (token.pos not in SMALL_WORDS or bool(token.ent) or token.text.isupper())

    def _ends(self, i: int) -> Iterator[int]:
        """Last tokens of the possible names that start at token `i`, the longest first."""
        ends = []
        for j in range(i, min(i + LONGEST_NAME, len(self.tokens))):
            token = self.tokens[j]
            if j > i and "\n" in self.parse.text[self.tokens[j - 1].end : token.start]:
                break
            if token.text[0].isupper() or (token.text[1:2] in ("'", "’") and token.text[2:3].isupper()):
                ends.append(j)  # "Ivory", or "d'Ivoire".
            elif token.text.lower() not in JOINING and len(token.text) > LONGEST_ARTICLE:
                break
        return reversed(ends)

    def _mention_at(self, i: int) -> Mention | None:
        if self._is_glued(i, -1):
            return None
        for j in self._ends(i):
            spots = self.gazetteer.find(self.parse.words(i, j))
            if spots and self._may_end(i, j, spots):
                break
        else:
            j, spots = -1, ()
        name = self.named.get(i)
        mention = self._seat(i) or self._typed(i, j)
        if mention is None and name and name.label in ("GPE", "LOC", "FAC"):
            mention = self._unlisted(i, j, name)
        if mention is None:
            mention = self._village(i, j)
        if mention is None and spots:
            mention = self._judge(i, j, spots)
        return mention

    def _seat(self, i: int) -> Mention | None:
        """A seat of power that stands for a government: "the White House"."""
        for j in (i + 1, i):
            town, country = self.words.metonyms.get(self.parse.words(i, j) if j < len(self.tokens) else "", ("", ""))
            if town:
                spots = tuple(s for s in self.gazetteer.find(town) if s.country == country and s.kind == PRIMARY)
                return replace(self._make(i, j, spots, "seat", STRONG), seat=True)
        return None

    def _may_end(self, i: int, j: int, spots: tuple[Spot, ...]) -> bool:
        """Whether a name of the gazetteer can be tokens `i` to `j` here."""
        if self._is_glued(j, 1):
            return False
        text = self.tokens[i].text
        if text in ("St.", "St", "Saint") and self.tokens[min(j + 1, len(self.tokens) - 1)].text in ("'s", "’s"):
            return False
        if text in ("The", "State", "City", "Village", "Town") and j > i:
            return all(s.kind == PRIMARY for s in spots) and text == "The"
        # "Oakland City Council" is of Oakland, whatever town is called Oakland City.
        beyond = self.tokens[j + 1].text if j + 1 < len(self.tokens) else ""
        city = j > i and self.tokens[j].text == "City" and (beyond in self.words.civic or beyond == "Manager")
        return not city or max(s.population for s in spots) >= FAMOUS

    def _typed(self, i: int, j: int) -> Mention | None:
        """A name that its type word makes a place though the gazetteer lacks it: "Gillis Street", "Oak Creek"."""
        last = -1
        end = i
        if self.tokens[i].pos != "PROPN" or self.tokens[i].text == "The":
            return None
        while end < len(self.tokens) and end - i < LONGEST_NAME and self.tokens[end].text[0].isupper():
            if end > i and self.tokens[end].text in self.words.alone and self.tokens[end].pos == "PROPN":
                last = end
            end += 1
        before = self.tokens[end - 1].text if end > i else ""
        if before in self.words.numbered and end < len(self.tokens) and self.tokens[end].text.isdigit():
            last = end if j < i else last
        if last <= j or last < 0:
            return None
        beyond = self.tokens[last + 1].text if last + 1 < len(self.tokens) else ""
        if j >= i and self.tokens[last].text in self.words.numbered and beyond.isdigit():
            return None  # "Nevada Highway 9" names a state and a road.
        if any(self.tokens[k].text in self.words.titles for k in range(i, last)):
            return None
        begin = self.gazetteer.find(self.parse.words(i, max(i, j)))
        if begin and all(s.kind == DEMONYM for s in begin):
            return None
        kind = self.words.after.get(self.tokens[last].text, "ST")
        if kind.startswith("ADM") and any(self.gazetteer.find(self.parse.words(k, last)) for k in range(i + 1, last)):
            return None
        if kind.startswith("ADM") and any(self.tokens[k].text in self.words.never for k in range(i, last)):
            return None
        return self._make(i, last, (), "typed:" + kind, STRONG, kind)

    def _is_glued(self, edge: int, step: int) -> bool:
        """Whether a hyphen makes the words part of another name ("Wal-Mart"); "Kyiv-Moscow" and "R-Ohio" are not."""
        other = glued_token(self.parse, edge, step)
        if other is None or (step < 0 and self.tokens[other].text in ("R", "D", "I")):
            return False
        return not all(self._is_known(self.gazetteer.find(self.tokens[k].text), DEMONYM) for k in (edge, other))

    def _is_known(self, spots: tuple[Spot, ...], *others: int) -> bool:
        """Whether one of the places is known to everybody by that name, or by a name of the `others` kinds."""
        return any(
            s.kind in others
            or (s.kind != DEMONYM and s.population >= FAMOUS)
            or (s.kind == PRIMARY and (s.feature in ("PCLI", "PPLC", "ADM1") or is_great(s)))
            for s in spots
        )

    def _unlisted(self, i: int, j: int, name: Name) -> Mention | None:
        """The parser's name where it is longer than any of the gazetteer's: a place that the gazetteer lacks."""
        last = name.last
        while last > i and not self.tokens[last].text[0].isupper():
            last -= 1
        text = self.tokens[i].text
        if last <= j or text.lower() in COMPASS | {"the", "city", "town", "village", "state"}:
            return None
        rest = {t.text for t in self.tokens[max(j, i) + 1 : last + 1]}
        if "," in rest or "and" in rest or rest & self.words.civic or text in self.people:
            return None
        if text in self.words.never or (i == last and text.isupper()):
            return None
        strong = stands_where(self.parse, i) and name.label != "FAC"
        return self._make(i, last, (), "parser:" + name.label, STRONG if strong else NONE)

    def _village(self, i: int, j: int) -> Mention | None:
        """A name that neither the gazetteer nor the parser has, but the words call one: "the village of Ada",
        "in Ada, in the Kano region"."""
        last = i
        while last + 1 < len(self.tokens) and last - i < 2 and self.tokens[last + 1].text[0].isupper():
            last += 1
        text = self.tokens[i].text
        if last <= j or self.tokens[i].pos != "PROPN" or text in self.words.never or text in self.words.titles:
            return None
        called = kind_beside(self.parse, i, last) == "PPL"
        if not called and not (stands_where(self.parse, i, surely=True) and leads_to_division(self.parse, last)):
            return None
        return self._make(i, last, (), "village", STRONG)

    # Whether they are.

    def _is_midway(self, i: int) -> bool:
        """Whether a capital within a sentence, after a word that places follow, outweighs the part of speech."""
        return self.parse.sentences[self.tokens[i].sentence][0] != i and stands_where(self.parse, i, surely=True)

    def _make(
        self, i: int, j: int, spots: tuple[Spot, ...], why: str, strength: int, kind: str = "", part_of: str = ""
    ) -> Mention:
        start, end = self.parse.span(i, j)
        demonym = bool(spots) and all(s.kind == DEMONYM for s in spots)
        return Mention(i, j, start, end, self.parse.text[start:end], spots, why, strength, kind, demonym, None, part_of)

    def _judge(self, i: int, j: int, spots: tuple[Spot, ...]) -> Mention | None:
        """Weigh the evidence for a name of the gazetteer."""
        tokens, words = self.tokens, self.words
        text = self.parse.words(i, j)
        name = self.named.get(i)
        label = name.label if name else ""
        states = tuple(s for s in spots if s.kind == ABBREVIATION)
        if states:
            mention = self._abbreviation(i, j, states, text)
            spots = tuple(s for s in spots if s.kind != ABBREVIATION)
            if mention or not spots:
                return mention
        if len(text) < 3 and not text.isupper():
            return None
        peoples = tuple(s for s in spots if s.kind == DEMONYM)
        hamlet = i == j and all(_is_minor(s) for s in spots if s.kind != DEMONYM)
        where = not hamlet and label in ("GPE", "LOC") and stands_where(self.parse, i)
        if peoples and not where and not self._is_known(tuple(s for s in spots if s.kind != DEMONYM)):
            spots = peoples  # Some village is called like almost every people.
        if spots and all(s.kind == DEMONYM for s in spots):
            return self._make(i, j, spots, "demonym", STRONG)
        if text in words.calendar and label not in ("GPE", "LOC"):
            return None
        if self._is_thing(i, j, text) or text in words.never or text in words.titles or text in words.institutions:
            return None
        kind = (words.after.get(tokens[j].text, "") if j > i else "") or kind_beside(self.parse, i, j)
        if self._state_follows(j, spots):
            return self._make(i, j, spots, "state", STRONG, kind)
        if opens_dateline(self.parse, i, j):
            return self._make(i, j, spots, "dateline", STRONG, kind)
        if text.isupper() and i == j and 2 < len(text) < 6 and not self._is_known(spots):
            return None
        if label not in ("GPE", "LOC"):
            if (text in words.common and not self._is_word_town(i, text)) or (i and tokens[i - 1].text in words.titles):
                return None
            if i == j and tokens[i].pos != "PROPN" and label not in ("ORG", "FAC") and not self._is_midway(i):
                return None
        if hamlet and label not in ("GPE", "LOC") and not kind and not stands_where(self.parse, i, surely=True):
            return None
        strength, part_of = self._weigh(i, j, spots, name, text, kind)
        level = level_beside(self.parse, i, j) if not kind else ""
        kind = level if level and any(s.feature.startswith(level) for s in spots if s.kind != DEMONYM) else kind
        if kind == "PCLI" and text not in self.people and any(s.feature == kind and s.kind == PRIMARY for s in spots):
            strength = STRONG  # "Jordan's king".
        made = self._make(i, j, spots, label or "alone", strength, kind, part_of) if strength else None
        return replace(made, office=True) if made and level and kind == level else made

    def _is_thing(self, i: int, j: int, text: str) -> bool:
        """Whether the words begin a thing named after a place ("Panama hat"), or name one of many ("in a Panama.")."""
        beyond = self.tokens[j + 1] if j + 1 < len(self.tokens) else None
        if beyond and f"{text} {beyond.lemma}" in self.words.phrases:
            return True
        one = i == j and i > 0 and self.tokens[i - 1].text.lower() in ("a", "an")
        return one and (beyond is None or beyond.text in ENDS or beyond.pos in ("CCONJ", "ADP", "VERB", "AUX"))

    def _is_word_town(self, i: int, text: str) -> bool:
        """Whether a word that is a well-known town too stands where a place does: "in Nice", "the mayor of Nice"."""
        if text not in self.words.towns or self.tokens[i].pos != "PROPN":
            return False
        return stands_where(self.parse, i, surely=True) or self.tokens[i - 1].text == "at"

    def _weigh(
        self, i: int, j: int, spots: tuple[Spot, ...], name: Name | None, text: str, kind: str
    ) -> tuple[int, str]:
        """How good the evidence is, by what the parser took the words for, and the organisation they begin."""
        label, single = name.label if name else "", i == j
        person = single and text in self.people
        known = self._is_known(spots)
        surely = stands_where(self.parse, i, surely=True) or points_back(self.parse, i, j) or is_listed(self.parse, j)
        where = surely or stands_where(self.parse, i)
        if label in ("GPE", "LOC", "FAC"):
            return WEAK if person and not surely else STRONG, ""
        if person:
            return NONE, ""
        if self._is_fought_over(i, j, spots, name, text):
            return STRONG, ""
        if label == "PERSON" and name:
            if name.first != i or name.last > j or not (single or known or kind or surely):
                return NONE, ""
            if (
                single
                and any(s.feature == "PPLC" and s.population >= FAMOUS for s in spots)
                and text.lower() not in load_genders()
            ):
                return STRONG, ""  # "Paris blamed Kyiv."
            return STRONG if surely or kind or (known and where) else WEAK, ""
        if label == "ORG" and name and name.last > j:
            return self._weigh_part(i, j, spots, name, known or bool(kind))
        if label == "ORG" and name and name.first < i and self.tokens[i - 1].pos == "PROPN":
            return WEAK, ""  # "United Russia" is not in Russia.
        if label == "ORG":
            code = single and text.isupper() and len(text) < 5 and not known
            return NONE if code else STRONG if where or known or (kind and not single) else WEAK, ""
        if label in ("", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT") or (kind and not single):
            return STRONG if where or known or kind else WEAK, ""
        return NONE, ""

    def _is_fought_over(self, i: int, j: int, spots: tuple[Spot, ...], name: Name | None, text: str) -> bool:
        """Whether what is said of a name shows the town that it is called like: "Brimwick was shelled". What is said of
        people too counts for a town of some size that is no English one, which are called like people."""
        if name and (name.first != i or name.last > j):
            return False
        shown = weigh_predicate(self.parse, i, j)
        towns = [s for s in spots if s.kind != DEMONYM and s.population >= (TOWN if shown == SURE else LARGE_TOWN)]
        if not shown or not towns or any(word.lower() in load_genders() for word in text.split()):
            return False
        # "Abbas" is no more than a part of what a town is called.
        words = set(fold_name(text).split())
        whole = any(not words < set(fold_name(s.name).split()) for s in towns)
        return shown == SURE or (whole and all(s.country not in ENGLISH for s in towns))

    def _abbreviation(self, i: int, j: int, spots: tuple[Spot, ...], text: str) -> Mention | None:
        after_town = i > 1 and self.tokens[i - 1].text == "," and self.tokens[i - 2].text[0].isupper()
        dotted = "." in text
        if (
            j + 1 < len(self.tokens)
            and self.tokens[j + 1].text == "."
            and self.tokens[j + 1].start == self.tokens[j].end
        ):
            dotted, j = True, j + 1
            text += "."
        if text not in self.words.abbreviations or (not dotted and not after_town):
            return None
        return self._make(i, j, spots, "abbreviation", STRONG if after_town or len(text) > 3 else WEAK)

    def _state_follows(self, j: int, spots: tuple[Spot, ...]) -> bool:
        """Whether a comma and a division or country follow that one of the places lies in ("Springfield, Ill.")."""
        if j + 2 >= len(self.tokens) or self.tokens[j + 1].text != "," or not self.tokens[j + 2].text[0].isupper():
            return False
        for k in self._ends(j + 2):
            around = [s for s in self.gazetteer.find(self.parse.words(j + 2, k)) if s.kind != DEMONYM]
            if around:
                holders = [a for a in around if a.feature != "ADM2" or a.kind == PRIMARY]
                return any(lies_in(s, a) for s in spots for a in holders if a.feature.startswith(("PCL", "ADM")))
        return False

    def _weigh_part(self, i: int, j: int, spots: tuple[Spot, ...], name: Name, known: bool) -> tuple[int, str]:
        """A place at the head of an organisation's name: "Oakland Police Department", not "Boston Globe"."""
        first = name.first + (self.tokens[name.first].text.lower() == "the")
        rest = {t.text for t in self.tokens[j + 1 : name.last + 1]}
        if i != first or rest & self.words.media or rest & self.words.firms:
            return NONE, ""
        usual = any(s.kind == PRIMARY and s.population >= TOWN for s in spots)
        strong = rest & self.words.civic and (known or usual)
        return STRONG if strong else WEAK, self.parse.words(name.first, name.last)
