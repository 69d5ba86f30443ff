"""Who says a claim, through whom and where, as people call them: outlets, speakers and the offices they hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import reduce

from sayso.record import Claim, Picture, Reading, Report, Speaker
from sayso.tell.citations import name_outlet
from sayso.tell.phrases import name_day
from sayso.tell.tongues import _, in_english, ngettext, say_date
from sayso.weigh.details import stem
from sayso.weigh.facts import EVER, NEVER

MOST_NAME = 9
"""Words of a speaker's name; what is longer is no name."""
NOBODY = re.compile(
    r"(?:nobody|no one|none|nothing|who|whose|that|which|it|he|she|they|we|i|you|some|others?|many|all)\b", re.I
)
NO_OFFICE = frozenset("person member man woman resident eyewitness people interviewer questioner veteran".split())
HEADS = frozenset("head member secretary official chief chair director president manager owner boss".split())
"""Offices that say something only with the body that they are of."""
BODY = re.compile(r"the (?!same\b)[a-z][\w'’-]+ [\w'’-]+", re.IGNORECASE)
"""Words that name one body or office, whatever it is: "the harbour master", "the UN desk"."""
ARTICLE = re.compile(r"^(?:The|An?)(?= [a-z])")
PLURAL = re.compile(r"\w+(?:s|people|police|staff|men|women|media|data)$")
DETERMINERS = frozenset("the a an his her its their two three several some another our one".split())
POSSESSIVES = frozenset("his her its their our".split())
CALENDAR = frozenset(
    "January February March April May June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)
FEWEST_REPORTS, SHARE = 4, 0.34
"""Reports from which on it shows which words a story is told in, and in how many of them a word must be."""
ENOUGH_REPORTS, WIDELY, FEWEST_NAMES, HEART = 8, 0.4, 3, 0.3
"""Reports from which on it shows whom a story is about, in how many of them such a name stands, how many such names
there must be, and how many of them a report at its heart has."""
NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w'’-]{2,}")
WORD = re.compile(r"[^\W\d_]{4,}")
VERBS = frozenset(
    "is was are were has have had will would could should said says been being that this with from they their there "
    "what when which about after before into more than also only over under other some such then were does "
    "did not".split()
)
"""Words that end a noun and its attributes, and that tell no story from another."""
DEFINITE = re.compile(r"The ((?:[\w'’-]+ ){1,3}?)(?=(of|for|at|in|on|who|which|that)\b|[\w'’-]+)")
SMALL = frozenset(
    "the a an in on at no none nobody some several many most all "
    "one two three four five six seven eight nine ten".split()
)
"""Words that are small within a sentence, whatever a text has."""


class Sources:
    """Who says each claim of a picture, as people call them."""

    def __init__(self, picture: Picture, before: Picture | None = None) -> None:
        """Index the picture's claims by id; also those of an earlier picture, where there is one."""
        readings = (*(before.readings if before else ()), *picture.readings)
        self.claims = {claim.id: (reading, claim) for reading in readings for claim in reading.claims}
        years = {r.report.published.year for r in picture.readings if r.report.published}
        self.one_year = len(years) == 1
        told = Counter(word for r in picture.readings for word in set(list_words(f"{r.report.title} {r.report.text}")))
        named = Counter(name for r in picture.readings for name in list_names(r.report.text))
        core = {name for name, n in named.items() if n >= WIDELY * len(picture.readings)}
        self.core = core if len(core) >= FEWEST_NAMES and len(picture.readings) >= ENOUGH_REPORTS else frozenset()
        largest = max((story.reports for story in picture.stories), key=len, default=())
        self.heart = frozenset(largest) if len(largest) > len(picture.readings) / 2 else None
        few = len(picture.readings) < FEWEST_REPORTS
        self.common = None if few else {word for word, n in told.items() if n >= SHARE * len(picture.readings)}

    def is_at_heart(self, claim: str) -> bool:
        """Whether the report of a claim is of the story that most are of, if there is one, and names enough of those
        whom many name: one that names few tells another story, or this one from its edge."""
        report = self.report(claim)
        told = self.heart is None or report.id in self.heart
        return told and len(self.core & list_names(report.text)) >= HEART * len(self.core)

    def is_of_story(self, words: str) -> bool:
        """Whether words have any of those that many of the reports have: what has none is of something else."""
        return self.common is None or not self.common.isdisjoint(list_words(words))

    def knows_subject(self, words: str) -> bool:
        """Whether words that begin with "the" and a noun begin with one that many of the reports speak of, or that is
        said which it is ("the head of the harbour office", "the Alba"): of any other, the sentence before it tells."""
        found = DEFINITE.match(words)
        if found is None or self.common is None or found.group(2):
            return True
        nouns = [word for word in found.group(1).split() if word.casefold() not in VERBS]
        return any(word[:1].isupper() for word in nouns) or not self.common.isdisjoint(list_words(" ".join(nouns)))

    def find(self, claim: str) -> tuple[Reading, Claim]:
        """The claim of an id, with its reading."""
        return self.claims[claim]

    def outlet(self, claim: str) -> str:
        """The outlet that printed a claim."""
        return name_outlet(self.claims[claim][0].report)

    def reading(self, claim: str) -> Reading:
        """The reading that a claim is of."""
        return self.claims[claim][0]

    def report(self, claim: str) -> Report:
        """The report that a claim is of."""
        return self.claims[claim][0].report

    def published(self, claim: str) -> datetime:
        """When a claim was printed; the beginning of time where that is unknown."""
        return self.claims[claim][0].report.published or EVER

    def day(self, moment: datetime | None) -> str:
        """A day in words, without its year where all reports are of one."""
        if moment is None or moment == NEVER or not self.one_year:
            return name_day(moment)
        return say_date(moment, "d MMM")

    def who(self, claim: str) -> str:
        """Who says a claim, by name and office as within a sentence: "transport secretary Paul Wiedefeld", "the harbour
        office", "an officer"; the outlet where it speaks in its own voice, "" where who speaks has no name."""
        reading, found = self.claims[claim]
        if found.attribution is None:
            return self.outlet(claim)
        told = reading.attributions[found.attribution]
        if told.speaker is None:
            return ""
        words = " ".join(reading.report.text[slice(*told.source[0])].split()) if told.source else ""
        return name_speaker(told.speaker, reading, words)

    def is_denied(self, claim: str) -> bool:
        """Whether who speaks denies what a claim's words tell."""
        reading, found = self.claims[claim]
        told = None if found.attribution is None else reading.attributions[found.attribution]
        return found.stands == "denied" or (told is not None and told.stance == "denies" and not told.negated)

    def credit(self, claim: str, beside: Iterable[str] = ()) -> str:
        """Where and when a claim was printed: "Echo via The Daily, 26 Mar", with how many other outlets say so."""
        reading, found = self.claims[claim]
        outlet = self.outlet(claim)
        told = None if found.attribution is None else reading.attributions[found.attribution]
        chain = join_chain(dict.fromkeys((*(reversed(told.via) if told else ()), outlet)))
        others = {self.outlet(other) for other in beside} - {outlet}
        day = self.day(reading.report.published)
        if not others:
            return f"{chain}, {day}"
        return ngettext(
            "{outlet} and {number} other, {day}",
            "{outlet} and {number} others, {day}",
            len(others),
            outlet=chain,
            day=day,
        )

    def lower_first(self, words: str, reading: Reading) -> str:
        """Words as within a sentence: with a small first letter, where their report has the first word so as well."""
        return lower_first(words, reading.report.text)


def list_names(text: str) -> set[str]:
    """The names in a text: words with a capital within a sentence."""
    return set(NAME.findall(text))


def list_words(text: str) -> Iterator[str]:
    """The stems of a text's words of some length."""
    return (stem(word) for word in WORD.findall(text.casefold()) if word not in VERBS)


def join_chain(outlets: Iterable[str]) -> str:
    """Through whom words came to whom: "Echo via The Daily"."""
    return reduce(lambda source, outlet: _("{source} via {outlet}", source=source, outlet=outlet), outlets)


def borrow_name(who: str) -> str:
    """Who says something, within a sentence of ours: in another language than that of the reports, a name without its
    article."""
    return who if in_english() else re.sub(r"^(?:(?:the|an?) |(?:The|An?) (?=[a-z]))", "", who)


def lower_first(words: str, text: str) -> str:
    """Words with a small first letter where a text has their first word so as well, and so as no name."""
    first = re.match(r"[^\W\d_]+", words)
    if first is not None and first.group() in CALENDAR:
        return words
    if first is None or not first.group()[1:].islower():
        return words if first is None or first.group() != "A" else words[:1].lower() + words[1:]
    small = first.group().lower()
    if re.match(r"[\s-]+[A-Z]", words[first.end() :]) and small not in SMALL:
        return words  # Two capitals are a name.
    return small + words[first.end() :] if small in SMALL or re.search(rf"\b{small}\b", text) else words


def name_speaker(speaker: Speaker, reading: Reading, words: str = "") -> str:
    """A speaker as within a sentence, "" where the words name nobody; `words` are those for the source, which may have
    the noun that its name is only an attribute of ("the *Norwegian* newspaper")."""
    name = " ".join(speaker.name.split()).strip(" ,;:.")
    if (more := re.match(rf"(?:(?:the|an?) )?({re.escape(name)} [a-z-]{{3,}})$", words, re.IGNORECASE)) and name:
        name = more.group(1)
    name = ARTICLE.sub(lambda article: article.group().lower(), name)
    if not name or len(name.split()) > MOST_NAME or NOBODY.match(name) or re.search(r"[*|:/]|\d{3}", name):
        return ""
    if speaker.kind == "person" and not speaker.anonymous and name[:1].isupper():
        office = speaker.role.lower() if speaker.role not in NO_OFFICE and "," not in name else ""
        body = speaker.affiliation if office and len(speaker.affiliation.split()) <= 3 else ""
        if (office in HEADS and not body) or any(word in name.lower().split() for word in office.split()):
            body = office = ""
        return " ".join(filter(None, (lower_first(body, reading.report.text), office, name)))
    common = speaker.kind in ("document", "collective", "official")
    within = lower_first(name, reading.report.text + (f" {name.lower()}" if common else ""))
    if speaker.kind == "unknown" and within[:1].islower() and "of" not in within.split() and not BODY.match(within):
        return ""
    first = within.partition(" ")[0].lower()
    if first in DETERMINERS:
        return "" if first in POSSESSIVES else within
    if within[:1].islower() and not PLURAL.search(within.partition(" of ")[0]):
        return f"the {within}"
    called = re.search(rf"\b(the|The) {re.escape(within)}\b", reading.report.text)
    return f"the {within}" if called else within
