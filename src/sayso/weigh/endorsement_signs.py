"""The signs by which a text shows what it does to a claim: words of hearsay, of denial, of confirmation; questions,
scare quotes, speakers at a colon; negation and opposites.

Every sign has a name and the words that show it, so that what is decided from it can be said. Signs of refuting and of
hedging follow Ferreira and Vlachos (2016, "Emergent: a novel data-set for stance classification"); the words are ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from sayso.record import Attribution, Reading
from sayso.tables import load_toml
from sayso.tables.countries import list_country_words
from sayso.weigh.details import find_details
from sayso.weigh.wordlists import find_opposites
from sayso.who.outlets import find_outlet

TABLE = "stance_words.toml"
NEGATION = re.compile(
    r"\b(?:not|no(?! comment| word)|never|none|nobody|nothing|neither|nor|cannot|unable|fail(?:s|ed)? to)\b|n['’]t\b"
)
ASKING = re.compile(
    r"\s*[\"'“‘]?(?:Is|Are|Was|Were|Did|Does|Do|Has|Have|Had|Can|Could|Will|Would|Should|Might|May)\b(?!n['’]t)"
)
"""First words of a question whose mark is lost; in capitals throughout it may be an abbreviation."""
WH_QUESTION = re.compile(r"(?:who|where|when|why|how|what)\b[^?]*\?", re.I)
TELLING = re.compile(r"\s*(?:why|how|what|where|when|inside|watch|meet|here['’]s|here is|this is)\b", re.I)
CONTRADICTING = re.compile(
    r"\s*[\"'“‘]?(?:no|nope|sorry|wrong|false|fake|hoax|relax|calm down|actually|stop)\b[ ,:!.]", re.I
)
QUOTED = re.compile(r"(?<![\w])['\"“‘]([^'\"“”‘’]{1,80}?(?:['’][a-z]{1,2} [^'\"“”‘’]{1,60}?)?)['\"”’](?!\w)")
LONGEST_SCARE = 4
"""Words in quotation marks that a headline holds at arm's length; more are somebody's speech."""
LONGEST_SPEAKER = 4
"""Words before or after a colon that name who says the rest."""
SAID_LAST = re.compile(
    r"(?:,[^,]{1,80}? (?:says?|said|claims?|claimed|tells? [^,]{1,30}|told [^,]{1,30})"
    r"|[,'\"–—-] ?(?:says?|said|claims?|claimed|according to) [^,:;]{1,60}| according to [^,:;]{1,60})[.!]?$"
)
"""A clause at the end that names who says what stands before it."""
THAN = re.compile(
    r"\bthan (?:\w+ ){0,4}?(?:reported|thought|believed|said|told|claimed|admitted|feared|expected|known)\b"
)
"""What something is measured against: "further than first reported" reports nothing."""
FIGURE = re.compile(r"\d")
PEOPLE = re.compile(r"\b\w+(?:ers|ors|ists|ians|men)\b")
"""Words for people by what they do, whichever they are."""
DENYING = ("word of denial", "word of untruth", "word of taking back")
"""Lists whose words, beside one for what is told, deny it: "slams rumours" passes no rumour on."""
DENIALS = ("takes back what is told", "word of denial", "a source denies it", "says no where the claim says yes")
VOICES = (
    "a speaker at a colon",
    "ends with who says so",
    "said by nobody in particular",
    "somebody says so",
    "word of saying",
    "word of a report",
)
"""Signs that somebody else speaks: beside a denial they say who denies, and pass nothing on."""
SECTIONS = ("repeats", "contradicts", "supports")


@cache
def match_entries(section: str, name: str = "words") -> re.Pattern[str]:
    """One pattern for a list of the table, the longest entry first; `*` stands for any ending."""
    ordered = sorted(load_toml(TABLE)[section][name], key=len, reverse=True)
    parts = "|".join(re.escape(entry).replace(r"\*", r"\w*") for entry in ordered)
    return re.compile(rf"(?<![\w-])(?:{parts})(?![\w-])")


@cache
def list_lists() -> tuple[tuple[str, str], ...]:
    """Section and name of each list whose words are signs by themselves."""
    return tuple((section, name) for section in SECTIONS for name in load_toml(TABLE)[section])


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing by which a text shows what it does to a claim. `name` is the table's, `value` 0 to 1 or a small number,
    `words` what shows it, "" where the name says it all."""

    name: str
    value: float
    words: str = ""


def find_signs(a: str, b: Reading) -> list[Sign]:
    """The signs in a text `b` of what it does to the claim `a`, each once."""
    claim, text = _plain(a), THAN.sub("than", _plain(b.report.text))
    signs = [
        *find_listed(claim, text),
        *find_forms(claim, text, b.report.text),
        *find_oppositions(claim, text),
        *find_speakers(b.attributions, b.report.text),
    ]
    if any(sign.name in DENIALS for sign in signs):
        return [sign for sign in signs if sign.name not in VOICES]
    return signs


def _plain(text: str) -> str:
    """Small letters, one kind of apostrophe, single spaces."""
    return " ".join(text.lower().replace("’", "'").replace("‘", "'").split())


def find_listed(claim: str, text: str) -> Iterator[Sign]:
    """The words of the table that stand in the text, by lists of which the claim has none: an accusation that is what
    the claim tells is no hedge, nor is a plan in a claim of what is to come."""
    found = {}
    for section, name in list_lists():
        pattern = match_entries(section, name)
        words = [match.group() for match in pattern.finditer(text)]
        if words and not pattern.search(claim):
            found[name] = list(dict.fromkeys(words))
    if match_entries("future").search(claim):
        found.pop("word of plans", None)
    denying = [word for name in DENYING for word in found.get(name, ())]
    told = match_entries("told").findall(text) if denying else []
    if told:
        yield Sign("takes back what is told", 1.0, f"{denying[0]}, {told[0]}")
    for name, words in found.items():
        kept = [word for word in words if word not in told]
        if kept:
            yield Sign(name, 1.0, ", ".join(kept))


def find_forms(claim: str, text: str, original: str) -> Iterator[Sign]:
    """What the build of a headline shows: a question, a speaker after a colon, scare quotes, a first word."""
    if "?" in text:
        yield Sign("asks for more" if WH_QUESTION.match(text) else "a question", 1.0, "?")
        after = text.rsplit("?", 1)[1].strip()
        if after:
            yield Sign("a question and its answer", 1.0, after)
    elif ASKING.match(original):
        yield Sign("a question", 1.0, text.split()[0])
    elif TELLING.match(text):
        yield Sign("tells how or why", 1.0, text.split()[0])
    if CONTRADICTING.match(text) and not NEGATION.search(claim):
        yield Sign("begins by contradicting", 1.0, text.split()[0].strip(",:!."))
    ending = SAID_LAST.search(text)
    if ending:
        yield Sign("ends with who says so", 1.0, ending.group().strip(" ,"))
    yield from find_quotes(claim, original)
    yield from find_colons(claim, original)


def find_quotes(claim: str, text: str) -> Iterator[Sign]:
    """Quotation marks that hold the claim at arm's length, or somebody's speech."""
    quoted = [match[1] for match in QUOTED.finditer(text)]
    known = find_details(claim)
    for words in quoted:
        own = find_details(words)
        if FIGURE.search(words):
            continue
        if len(words.split()) <= LONGEST_SCARE or (own and 2 * len(own & known) >= len(own)):
            yield Sign("scare quotes", 1.0, words)
            return
    if quoted:
        yield Sign("quoted speech", 1.0, quoted[0])


def find_colons(claim: str, text: str) -> Iterator[Sign]:
    """Who or what stands at a colon: a few words that the claim does not have name who says the rest."""
    first, colon, rest = (part.strip() for part in text.partition(": "))
    if not colon or not rest:
        return
    short, name = min((len(rest.split()), rest), (len(first.split()), first))
    if short > LONGEST_SPEAKER:
        return
    if match_entries("speakers").search(name.lower()) or PEOPLE.search(name) or find_outlet(name):
        yield Sign("a speaker at a colon", 1.0, name)
    elif match_entries("labels").fullmatch(name.lower()):
        return
    elif name == first and _is_name(name, rest) and not find_details(name) & find_details(claim):
        yield Sign("a speaker at a colon", 1.0, name)


def _is_name(words: str, rest: str) -> bool:
    """Whether words are written as a name, and the rest of the headline shows that others are not; countries, of which
    more is told than they tell, are left out."""
    small = [word for word in rest.split() if word[0].isalpha()]
    plain = 2 * sum(word[0].islower() for word in small) >= len(small)
    return plain and all(word[0].isupper() for word in words.split()) and words not in country_names()


@cache
def country_names() -> frozenset[str]:
    """The names of countries as written."""
    return frozenset(name for name, _ in list_country_words(peoples=False, seats=False))


def find_oppositions(claim: str, text: str) -> Iterator[Sign]:
    """Where one says no and the other yes, or the two use opposite words."""
    no_claim, no_text = NEGATION.search(claim), NEGATION.search(text)
    if no_text and not no_claim:
        yield Sign("says no where the claim says yes", 1.0, no_text.group())
    elif no_claim and not no_text:
        yield Sign("leaves out the claim's no", 1.0, no_claim.group())
    for one, other in find_opposites(claim, text)[:1]:
        yield Sign("opposite words", 1.0, f"{one} / {other}")


def find_speakers(attributions: Sequence[Attribution], text: str) -> Iterator[Sign]:
    """Who speaks, as extraction found it: somebody, nobody in particular, and what the cue does to the content."""
    if not attributions:
        return
    first = attributions[0]
    cue = " ".join(text[start:end] for start, end in first.cue)
    yield Sign("somebody says so", 1.0, cue)
    if (
        first.speaker is None
        or first.speaker.anonymous
        or first.speaker.kind in ("official", "collective", "outlet", "unknown")
    ):
        yield Sign("said by nobody in particular", 1.0, first.speaker.name if first.speaker else cue)
    denied = next((x for x in attributions if x.stance == "denies"), None)
    if denied:
        yield Sign("a source denies it", 1.0, " ".join(text[start:end] for start, end in denied.cue))
    if first.stance in ("suspects", "estimates", "predicts"):
        yield Sign("a source is not sure", 1.0, cue)
