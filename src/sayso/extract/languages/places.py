"""Places of a text in another language than English: capitals (and in Arabic any words) that the gazetteer, our own
table of rivers, seas and regions, or Unicode's names of countries know, in whatever case they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from typing import NamedTuple

from sayso.extract.languages.arabic_names import FUNCTION, SHADDA, TANWIN, goes_on, heads_name, is_adjective
from sayso.extract.languages.nisbas import list_named_countries
from sayso.extract.languages.spellings import find_spelled
from sayso.extract.languages.toponyms import (
    INFLECTED,
    LONG_NAME,
    join_name,
    list_home,
    list_nominatives,
    list_small_heads,
    load_arabic,
    load_own_names,
    order_spots,
    vary_arabic,
)
from sayso.extract.languages.vocabularies import Text, Word, fold_word
from sayso.extract.places.gazetteers import ABBREVIATION, DEMONYM, Gazetteer, Spot, load_gazetteer
from sayso.extract.places.names import hash_key
from sayso.record import Place, Rival, Span
from sayso.who.mentions import load_genders

LONGEST_NAME = 5
MOST_FORMS = 120
"""Forms in the nominative that a name in another case is looked up in, at most."""
AGREEING = ("ий", "ый", "ой", "ая", "яя", "ое", "ее", "ые", "ие", "а", "я", "е", "є", "і")
"""Endings of adjectives in the nominative."""
RIVALS = 5
LARGE = 15_000
"""People of a place that is meant where its name opens a sentence, and in Arabic without a word for a place before
it."""
JOINING = frozenset("de del la las los el du des le les sur sous en am an der im al y d' l' i".split())
LONGEST_QUOTED = 4
"""Words in quotation marks that are a name of something: no place."""


class Found(NamedTuple):
    """A place that some words may mean: words `first` to `last`, inclusive, and what the gazetteer has of it, the
    likeliest first."""

    first: int
    last: int
    spots: tuple[Spot, ...]


def find_places(text: Text, taken: Sequence[tuple[int, int]] = (), gazetteer_path: str = "") -> list[Place]:
    """The places of a text, in order, without overlaps. `taken` are ranges of words that are dates, which name none."""
    finder = _Finder(text, load_gazetteer(gazetteer_path), {n for first, last in taken for n in range(first, last + 1)})
    return [make_place(text, found) for found in finder.find()]


def make_place(text: Text, found: Found) -> Place:
    """A place as the record keeps it, with others of its name."""
    spot, *others = found.spots
    start, end = text.words[found.first].start, text.words[found.last].end
    return Place(
        start=start,
        end=end,
        text=text.text[start:end],
        name=spot.name,
        geonames_id=spot.id or None,
        lat=spot.lat,
        lon=spot.lon,
        country=spot.country,
        radius_km=spot.radius_km,
        feature=spot.feature,
        rivals=tuple(
            Rival(name=r.name, geonames_id=r.id, country=r.country, lat=r.lat, lon=r.lon) for r in others[:RIVALS]
        ),
    )


@dataclass(slots=True)
class _Finder:
    """One pass over a text."""

    text: Text
    gazetteer: Gazetteer
    taken: set[int]
    last: int = -2
    listed: set[Spot] = field(default_factory=set)
    known: dict[tuple[str, ...], tuple[Spot, ...]] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)

    def find(self) -> list[Found]:
        self.countries = list_named_countries(self.text)
        told, found = frozenset(self.countries), self.find_names()
        if self.text.vocabulary.language == "ar":
            # A place whose name no other country has tells where the others are: "صيدا وطرابلس".
            self.countries |= {f.spots[0].country for f in found if len({spot.country for spot in f.spots}) == 1}
            told = frozenset(self.countries)
            found = self.find_names()
        countries = {f.spots[0].country for f in found if f.spots[0].feature == "PCLI" or not f.spots[0].id} - {""}
        ordered = [Found(f.first, f.last, order_spots(self.text, f.spots, countries | told)) for f in found]
        return [self.take_capital(each) for each in ordered]

    def take_capital(self, found: Found) -> Found:
        """A city that is called as its country is, where the word for a capital follows: "تونس العاصمة"."""
        if not self.text.has("places.capital", found.last + 1):
            return found
        return found._replace(spots=tuple(sorted(found.spots, key=lambda spot: spot.feature != "PPLC")))

    def find_names(self) -> list[Found]:
        """The names that are meant as places, in order, with all that each may mean."""
        words, found, at = self.text.words, [], 0
        self.last = -2
        while at < len(words):
            one = self.find_at(at)
            if one:
                found.append(one)
                self.last = one.last
            at = one.last + 1 if one else at + 1
        return found

    def find_at(self, at: int) -> Found | None:
        """The longest name of a place that begins at a word and is meant as one."""
        if not self.may_begin(at):
            return None
        for last in sorted(self.ends(at), reverse=True):
            spots = self.recall(at, last)
            if last == at and not self.text.words[at].is_capital and self.text.vocabulary.language != "ar":
                continue
            if spots and self.is_meant(at, last, spots):
                return Found(at, last, spots)
        return self.find_by_sound(at) if self.text.vocabulary.language == "ar" else None

    def find_by_sound(self, at: int) -> Found | None:
        """A place that only the sound of an Arabic name tells: right after a noun for one, or after a preposition where
        it lies in a country that the text names."""
        text = self.text
        named = text.has("places.strict", at - 1)
        if not (named or self.is_led(at)) or text.has("places.never", at) or self.is_known_word(at):
            return None
        for last in sorted(self.ends(at), reverse=True):
            rest = [word.forms[0] for word in text.words[at + 1 : last + 1]]
            for form in text.words[at].forms[: 1 if named else None]:
                spots = find_spelled(self.gazetteer, [form, *rest], exact=not named)
                spots = tuple(
                    s for s in spots if s.feature != "PCLI" and self.may_be(s, " ".join([form, *rest]), named)
                )
                near = tuple(s for s in spots if s.country in self.home())
                if spots:
                    return Found(at, last, near or spots)
        return None

    def may_be(self, spot: Spot, name: str, named: bool) -> bool:
        """Whether an Arabic name that sounds like a place's may be meant for it, and be no common word."""
        bare = name.removeprefix("ال")
        if bare != name and spot.country not in self.home():
            return False
        if named:
            # "مدينة كبيرة", "مدينة ساحلية": an adjective agrees with an indefinite noun.
            return bare != name or (spot.population > 0 and not name.endswith("يه"))
        return len(bare) >= LONG_NAME and spot.country in self.countries and spot.population > 0

    def may_begin(self, at: int) -> bool:
        word, text = self.text.words[at], self.text
        if at in self.taken or word.kind != "word" or len(word.text) < 2 or word.text[-1] in "'’":
            return False
        if word.text.isupper() and 2 < len(word.text) < 6 and text.vocabulary.language != "ar":
            return bool(self.called(word.text)) and self.called(word.text)[0].id == 0
        if self.opens_sentence(at) and any(text.has(f"grammar.{part}", at) for part in FUNCTION):
            return False
        if text.vocabulary.language == "ar":
            if word.text.endswith(TANWIN):
                return False  # "وفداً إثيوبياً": an indefinite noun or adjective.
            if not self.is_led(at) and is_adjective(text, at):
                return False
            used = any(text.has(f"grammar.{part}", at) for part in FUNCTION)
            return not used and text.find("cues", at) is None
        return word.is_capital or word.forms[0] in self.small_heads()

    def small_heads(self) -> frozenset[str]:
        """Small words with which a name of our own table begins ("lago Titicaca")."""
        return list_small_heads(self.text.vocabulary.language)

    def ends(self, at: int) -> Iterator[int]:
        """The last words that a name may have which begins at a word."""
        words, arabic = self.text.words, self.text.vocabulary.language == "ar"
        for last in range(at, min(at + LONGEST_NAME, len(words))):
            word = words[last]
            if last > at and self.text.text[words[last - 1].end : word.start].strip(" \u00a0"):
                return
            if word.kind != "word" or last in self.taken:
                return
            if arabic or word.is_capital or self.is_type_word(last):
                yield last
            elif word.forms[0] not in JOINING:
                return

    def is_type_word(self, at: int) -> bool:
        """Whether a small word after a name is part of it: "Сумська область", "Чорне море"."""
        return self.text.has("places.nouns", at) or self.text.words[at].forms[0][:3] in ("мор", "кра", "оке")

    def recall(self, first: int, last: int) -> tuple[Spot, ...]:
        """What `look_up` finds, once for each name of a text."""
        key = tuple(word.text for word in self.text.words[first : last + 1])
        if key not in self.known:
            self.known[key] = self.look_up(first, last)
        return self.known[key]

    def look_up(self, first: int, last: int) -> tuple[Spot, ...]:
        """What the words may mean, in whatever case they stand, the likeliest form first."""
        language = self.text.vocabulary.language
        words = self.text.words[first : last + 1]
        if language == "ar":
            return self.look_up_arabic(words)
        seen: list[Spot] = []
        forms = [list_nominatives(word.text, language) for word in words]
        if language == "de" or len(words) > 3:
            forms = [f[:1] for f in forms[:-1]] + forms[-1:]
        elif len(words) > 1:
            # What stands before a noun agrees with it: "Нижнем Новгороде".
            forms = [[w for w in f if w == f[0] or w.endswith(AGREEING)] for f in forms[:-1]] + forms[-1:]
        for each in islice(product(*forms), MOST_FORMS):
            name = join_name(each)
            spots = [s for s in self.called(name) if s.kind not in (DEMONYM, ABBREVIATION)]
            exact = name == join_name([f[0] for f in forms])
            seen += spots if exact else [s._replace(kind=INFLECTED) for s in spots]
        return tuple(dict.fromkeys(seen))

    def look_up_arabic(self, words: Sequence[Word]) -> tuple[Spot, ...]:
        """Arabic words as a name, with the article or without it, and without what is written before it."""
        rest = " ".join(word.forms[0] for word in words[1:])
        found: list[Spot] = []
        for form in words[0].forms:  # As it stands first.
            name = f"{form} {rest}".strip()
            article = words[0].forms[0].removesuffix(form).endswith(("ال", "لل"))
            for each in (name,) if article else dict.fromkeys((name, name.removeprefix("ال"))):
                listed = load_own_names("ar").get(each, ())
                self.listed.update(listed)
                whole = bool(listed) and bool(listed[0].id) and listed[0].feature != "PCLI"
                spots = list(listed) if whole else [*listed, *self.arabic_spots(each)]
                if each != name:  # Names from elsewhere have no article.
                    spots = [s for s in spots if not s.id or s.feature == "PCLI" or s.country in self.home()]
                found += spots if form == words[0].forms[0] else [s._replace(kind=INFLECTED) for s in spots]
        if not found:
            varied = vary_arabic(" ".join(word.forms[0] for word in words))
            own = load_own_names("ar")
            found = [s._replace(kind=INFLECTED) for n in varied for s in (*own.get(n, ()), *self.arabic_spots(n))]
        if SHADDA in words[0].text and any(spot.feature != "PCLI" for spot in found):
            found = [spot for spot in found if spot.feature != "PCLI"]  # "عمّان" and "عُمان".
        return tuple(dict.fromkeys(found))

    def home(self) -> frozenset[str]:
        """The countries that the language is spoken in."""
        return list_home(self.text.vocabulary.language)

    def arabic_spots(self, name: str) -> list[Spot]:
        names = load_arabic()
        wanted, found = hash_key(name), []
        at = bisect_left(names.hashes, wanted)
        while at < len(names.hashes) and names.hashes[at] == wanted:
            found.append(self.gazetteer.spot(names.rows[at]))
            at += 1
        return found

    def called(self, name: str) -> tuple[Spot, ...]:
        own = load_own_names(self.text.vocabulary.language).get(" ".join(map(fold_word, name.split())), ())
        return (*own, *self.gazetteer.find(name))

    def is_meant(self, first: int, last: int, spots: Sequence[Spot]) -> bool:
        """Whether a name of the gazetteer stands for a place here and not for a person, a thing or a common word."""
        text, words = self.text, self.text.words
        best = order_spots(self.text, spots, self.countries)[0]
        own = not best.id or best.feature in ("PCLI", "CONT", "SEA", "STM", "ISL", "MTS", "RGN", "GULF", "STRT", "CNL")
        led = self.is_led(first)
        if text.vocabulary.language == "ar":
            return self.is_meant_in_arabic(first, last, best, own or best in self.listed, led)
        if first == last and text.has("places.never", first) and not led:
            return False
        opens = self.opens_sentence(first)
        capitals = text.vocabulary.language == "de"
        if first == last and not own and (capitals or (opens and not led)) and self.is_known_word(first):
            return False
        if text.vocabulary.language == "de" and first == last and not own:
            if text.has("grammar.articles", first - 1) or text.has("grammar.contracted", first - 1):
                return False
            if not led and best.population < LARGE * 3:
                return False
        if self.is_quoted(first, last):
            return False
        if self.is_in_name(first, last) and not led:
            return own and best.feature == "PCLI"
        single = first == last
        if single and not led and not own and words[first].forms[0] in load_genders():
            return False
        if led:
            return best.population > 0 or own or best.feature.startswith("ADM")
        if opens and single:
            return own or (best.population >= LARGE and best.kind != INFLECTED)
        return own or best.population >= (LARGE // 15 if best.kind != INFLECTED else LARGE // 5) or not single

    def is_meant_in_arabic(self, first: int, last: int, best: Spot, own: bool, led: bool) -> bool:
        """The same for Arabic, which has no capitals: a common word names a town only after a noun for one."""
        text = self.text
        noun = text.has("places.nouns", first - 1)
        if first == last and heads_name(text, first) and goes_on(text, last):
            return False  # "مطار بن غوريون", "قاعدة عين الأسد".
        if first == last and text.has("places.never", first):
            # "جنوبي لبنان ... في صور": a common word, but a town of the country that is spoken of.
            known = led and best.country in self.countries and best.kind != INFLECTED and best.population >= LARGE
            return (text.has("places.strict", first - 1) and (own or best.population >= LARGE)) or known
        if (first == last and not own and self.is_known_word(first)) or self.is_quoted(first, last):
            return False
        large = best.population >= LARGE * 4 or (last > first and best.population >= LARGE)
        long = last > first or len(text.words[first].forms[0]) > 2
        near = (
            best.country in self.countries and best.kind != INFLECTED and len(text.words[first].forms[0]) >= LONG_NAME
        )
        small = led if near and best.population < LARGE else near
        return noun or own or (led and best.population >= LARGE) or (large and long) or small

    def is_known_word(self, at: int) -> bool:
        """Whether the table has another use for a word: who or what is counted, a unit, an event, a speaker."""
        parts = ("counted", "units", "events", "who", "states", "numbers")
        # "معسكر غريان", "مياه الوادي": a noun for a place, though some town is called so.
        noun = self.text.vocabulary.language == "ar" and self.text.has("places.nouns", at)
        return noun or any(self.text.find(part, at) for part in parts)

    def is_led(self, at: int) -> bool:
        """Whether a preposition of place or a noun for one stands right before a name, or after an article."""
        text = self.text
        before = at - 1
        if text.vocabulary.language in ("es", "fr", "de") and before >= 0 and text.words[before].forms[0] in JOINING:
            if text.has("places.before", before):
                return True
            before -= 1
        if text.vocabulary.language == "ar" and len(text.words[at].forms) > 1:
            opening = text.words[at].forms[0][0]
            listing = at >= 2 and text.words[at - 1].text == "،" and self.last == at - 2
            if listing or opening in "بل" or (opening == "و" and self.last == at - 1):
                return True
        return text.has("places.before", before) or text.has("places.nouns", before)

    def is_quoted(self, first: int, last: int) -> bool:
        """Whether a name stands in quotation marks that hold a few words: a newspaper, a ship, a film."""
        start, end = self.text.words[first].start, self.text.words[last].end
        for s, e in self.text.quoted:
            if s <= start and end <= e:
                return len(self.text.text[s:e].split()) <= LONGEST_QUOTED
        return False

    def is_in_name(self, first: int, last: int) -> bool:
        """Whether capitals beside a name make it that of a person or a body: "Ганна Попович", "Radio Europa"."""
        text, words = self.text, self.text.words
        before, after = first - 1, last + 1
        joined = before >= 0 and words[before].is_capital
        joined = joined and not (self.is_known_word(before) or text.has("places.nouns", before))
        joined = joined and not any(text.has(f"grammar.{part}", before) for part in (*FUNCTION, "articles"))
        joined = joined and text.text[words[before].end : words[first].start] == " "
        follows = after < len(words) and words[after].is_capital
        follows = follows and text.text[words[last].end : words[after].start] == " "
        if follows and not joined and after + 1 < len(words) and words[after + 1].is_capital:
            return False  # "мешканка Буштина Ганна Попович".
        return joined or follows

    def opens_sentence(self, at: int) -> bool:
        """Whether a word stands where any would have a capital."""
        if at == 0:
            return True
        before = self.text.words[at - 1]
        return before.text in '.!?…:«“„"—–' or any(first == at for first, _ in self.near_sentences(at))

    def near_sentences(self, at: int) -> Sequence[Span]:
        n = bisect_left(self.text.sentences, (at, 0))
        return self.text.sentences[max(0, n - 1) : n + 1]
