"""What a report says it has from whom, as origins need it: the source, its institution, the outlet credited, the day.

A report's *lead* is its title and first paragraph, or the first paragraphs up to one that names a source.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from sayso.moments import step_days
from sayso.record import Reading, Report, Span, Speaker
from sayso.tables import load_rows
from sayso.weigh.citations import Citation, Outlets
from sayso.who.institutions import (
    Institution,
    find_countries,
    find_institution,
    fold,
    load_countries,
    organisation_words,
)
from sayso.who.offices import find_body, find_role, ground_initials, load_words, settle_country
from sayso.who.unnamed import CALLED

SILENT = frozenset({"declines", "asks"})
"""Stances that tell nothing: who declines to comment is not where the matter came from."""

LEAD_LOOKS_INTO = 3
"""Paragraphs searched for the first source before a report counts as naming none in its lead."""

LONGEST_SHOWN = 240
"""Code points of a passage shown as a reason."""

NEAR_CUE = 45
"""Code points between a cue and the day of what it says, at most: "told the Morning Herald, speaking on Friday"."""

LONGEST_AGO_DAYS = 200
"""A day without a year lies no further back; "May 9" in April is next month's, and no day of a statement."""

AHEAD = re.compile(r"\b(?:will|would|plans?|planned|due|until|till|by|expected|scheduled|before)\b", re.IGNORECASE)
"""Words of a sentence whose days may lie ahead."""

NEXT_CLAUSE = re.compile(r"[:;\"“”]|,\s|\bthat\b|\bof\b.*\bing\b")
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
DAY = re.compile(
    r"\b(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b(?!['’]s)|\b(?P<near>yesterday|today|tonight)\b"
    r"|\b(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s(?P<day>\d{1,2})\b(?:,?\s(?P<year>\d{4})\b)?"
    r"|\b(?P<day2>\d{1,2})\s(?P<month2>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?:\s(?P<year2>\d{4})\b)?",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"\b(officials?|sources?|officers?|experts?|analysts?|observers?|witnesses|residents|people|reports|media|insiders|figures"
    r"|commanders?|soldiers|diplomats?|lawmakers|aides?|advisers?|authorities|agencies|services|troops|investigators|some|many"
    r"|others|both|pundits|critics|sides|word)\b",
    re.IGNORECASE,
)
UNNAMED = re.compile(r"(?:an?|one|some|several|two|three|unnamed|unidentified|another|other|multiple)\b", re.IGNORECASE)
IN_CONFIDENCE = re.compile(
    r"condition of anonymity|not authori[sz]ed to|(?:declined|asked not) to be (?:named|identified)"
    r"|(?:speaking|spoke) anonymously|on background|who (?:cannot|could not) be (?:named|identified)",
    re.IGNORECASE,
)
FIRST_PERSON = re.compile(r"\b(?:I|my|My|I'm|I’m|I've|I’ve)\b")
PARTICLES = frozenset("de da del della di bin ibn al el van von der den ter ul bint abu la le y".split())
STOP = re.compile(r"(?<=[^.\s][a-z0-9)\"”’%][.!?])[\"”’]?\s+(?=[\"“‘(]?[A-Z0-9])")
ABBREVIATED = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Dr|Mr|Mrs|Ms|St|No|Sen|Rep"
    r"|Gov|Prof|vs)\.$"
)
NAME = re.compile(r"[^\W\d_][\w.’'-]*")
PRONOUNS = frozenset("he she it they we i who which that this these those him her them one both another".split())
POINTERS = frozenset("the this that these those his her its their same".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One source's words in one report. `attribution` is its index in the reading, or None where only an outlet is
    credited. `person` is "" where no person is named; `institution` None where none is known. `outlet` is the outlet
    credited with having it ("" where the report claims it for itself). `day` is the day of the statement as the words
    give it, None where they do not. `silent` marks who only declined or asked, `continued` who is pointed back at.
    `instead` is the index of the source that names the same one more exactly, `role` the office that one person at a
    time holds ("captain"). `since` is the last past day that the sentence names: nobody told of it before. `frame`
    are the words that tell who said it and not what."""

    attribution: int | None
    name: str
    person: str = ""
    institution: Institution | None = None
    outlet: str = ""
    told_here: bool = False
    day: date | None = None
    span: Span = (0, 0)
    text: str = ""
    silent: bool = False
    continued: bool = False
    instead: int | None = None
    role: str = ""
    since: date | None = None
    frame: str = ""

    @property
    def named(self) -> bool:
        """Whether a person, a state or an institution stands for it by name."""
        return bool(self.person) or (self.institution is not None and bool(self.institution.name))

    @property
    def stands(self) -> bool:
        """Whether somebody answers for it: a named source, a credited outlet, or this one that was told itself."""
        return self.named or bool(self.outlet) or self.told_here


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one report says of its sources: all of them in order, the indices of those of its lead, and its lead's span.

    `opinion` is True where it argues in the first person over others' reporting.
    """

    said: tuple[Said, ...]
    lead: tuple[int, ...]
    lead_span: Span
    opinion: bool = False


def read_account(reading: Reading, outlets: Outlets, citations: Sequence[Citation]) -> Account:
    """Collect the sources of a reading and pick those of its lead."""
    report = reading.report
    own = outlets.name(report.outlet)
    paragraphs = [m.span() for m in re.finditer(r"[^\n]+", report.text) if m.group().strip()]
    said = [read_attribution(reading, n, own, outlets, citations) for n in range(len(reading.attributions))]
    said = place_spokesmen(said)
    said += [s for c in citations if c.kind != "byline" for s in credit(report, c, own, said)]
    said.sort(key=lambda s: (s.span, s.attribution is None, s.attribution or 0, s.name))
    lead_span = paragraphs[0] if paragraphs else (0, len(report.text))
    lead: list[int] = []
    for start, end in paragraphs[:LEAD_LOOKS_INTO]:
        lead = [n for n, s in enumerate(said) if not s.silent and (start <= s.span[0] < end or s.span[0] < 0)]
        if lead:
            lead_span = (paragraphs[0][0], end)
            break
    own_voice = re.sub(r"[\"“][^\"”\n]{0,2000}[\"”]", "", report.text[lead_span[0] : lead_span[1]])
    opinion = FIRST_PERSON.search(own_voice) is not None
    if opinion:
        lead = [n for n, s in enumerate(said) if not s.silent and (s.named or s.outlet)]
    else:
        opening = paragraphs[min(LEAD_LOOKS_INTO, len(paragraphs)) - 1][1] if paragraphs else 0
        lead = sharpen(lead, said, opening)
    return Account(said=tuple(said), lead=tuple(lead), lead_span=lead_span, opinion=opinion)


def read_attribution(reading: Reading, n: int, own: str, outlets: Outlets, citations: Sequence[Citation]) -> Said:
    """One attribution as origins need it; its sentence gives the day and the outlet credited."""
    report, attribution = reading.report, reading.attributions[n]
    spans = (*attribution.source, *attribution.cue) or attribution.content
    at = min(spans)[0] if spans else 0
    sentence = find_sentence(report.text, at)
    words = report.text[sentence[0] : sentence[1]]
    source = " ".join(report.text[s:e] for s, e in attribution.source)
    speaker = attribution.speaker
    name = " ".join((speaker.name if speaker and speaker.name else source).split())
    credited = [c.outlet for c in citations if sentence[0] <= c.start < sentence[1] and c.kind != "byline"]
    outlet = name_speaking_outlet(name, outlets)
    given = [outlets.name(name) for name in attribution.via if own not in credited]
    via = outlet or next((o for o in (*credited, *reversed(given)) if o != own), "")
    known = (speaker.role, speaker.affiliation) if speaker else ()
    described = " ".join(words for words in (name, source, *known) if words)
    anonymous = bool(speaker and speaker.anonymous)
    person = "" if outlet else find_person(name, speaker) or (m.group(1) if (m := CALLED.search(source)) else "")
    body = None if outlet or person else find_body(name)
    institution = body or (None if outlet and not person else find_institution(described))
    head = re.split(r",| (?:by|of|in|at|from|who|that|which|with|on|for) ", name, maxsplit=1)[0]
    vague = not person and (VAGUE.search(head) is not None or (anonymous and UNNAMED.match(name)))
    if (
        institution is None
        and not outlet
        and not vague
        and speaker
        and speaker.kind == "organisation"
        and name[:1].isupper()
    ):
        institution = Institution(name=name, branch="organisation", group=name)
    elif institution is not None and institution.branch != "organisation" and not person:
        alone = bool(institution.branch) or fold(name) in load_countries()
        if vague or not alone:
            group = institution.group if len(find_countries(described)) < 2 else ""
            institution = replace(institution, name="", group=group)
    if institution is not None and not institution.group and not institution.country and not vague:
        institution = settle_country(institution, "" if person else name, report)
    if institution is not None:
        institution = ground_initials(institution, described, report)
    return Said(
        attribution=n,
        name=name,
        person=person,
        institution=institution,
        outlet="" if via == own else via,
        told_here=own in credited or (not via and IN_CONFIDENCE.search(words) is not None),
        day=find_day(words, (at - sentence[0], max(e for _, e in spans or ((0, at),)) - sentence[0]), report),
        span=(at, max(e for _, e in spans) if spans else at),
        text=" ".join(words.split())[:LONGEST_SHOWN],
        silent=attribution.stance in SILENT or (outlet == own and bool(own)) or (at == 0 and source.isupper()),
        continued=not person and body is None and is_continued(name),
        role=find_role(name, source) if not outlet else "",
        since=find_latest_day(words, report),
        frame=" ".join([name, source, *(report.text[s:e] for s, e in attribution.cue), *load_words("frames")]),
    )


def place_spokesmen(said: Sequence[Said]) -> list[Said]:
    """The sources; each person who speaks for "the ministry" has the institution of that kind that the report names."""
    known: dict[str, Institution] = {}
    for one in said:
        if one.institution is not None and one.institution.name and not one.person:
            for word in fold(one.name).split():
                known.setdefault(word, one.institution)
    placed = []
    for one in said:
        if one.person and one.institution is None:
            before = fold(one.name.split(one.person)[0] + " " + one.text.split(one.person)[0][-60:]).split()
            kinds = [word for word in reversed(before) if word in load_words("kinds")]
            found = next((known[word] for word in kinds if word in known), None)
            one = replace(one, institution=found) if found is not None else one
        placed.append(one)
    return placed


def place_branches(accounts: Sequence[Account]) -> list[Account]:
    """The accounts, where "the ministry" of no named state is that of the one state of which these reports know such a
    branch."""
    # In the order in which they are told of, so that of several the same one is taken every time.
    seen: dict[str, dict[Institution, None]] = {}
    for found in (said.institution for account in accounts for said in account.said):
        if found is not None and found.country and found.branch != "organisation":
            seen.setdefault(found.branch, {})[replace(found, sure=False)] = None
    only = {branch: next(iter(some)) for branch, some in seen.items() if len({one.country for one in some}) == 1}
    return [replace(account, said=tuple(place_branch(said, only) for said in account.said)) for account in accounts]


def place_branch(said: Said, only: Mapping[str, Institution]) -> Said:
    """A source whose institution is known by its branch alone, with the one institution of that branch."""
    found = said.institution
    if found is None or found.country or found.name != found.branch or found.branch not in only:
        return said
    return replace(said, institution=only[found.branch])


def name_speaking_outlet(name: str, outlets: Outlets) -> str:
    """The outlet that a source's words end with ("On Sunday the Daily"), or ""."""
    found = outlets.find(name)
    return found[-1][2] if found and found[-1][1] >= len(name.rstrip(" ,.")) and len(name.split()) <= 6 else ""


def credit(report: Report, citation: Citation, own: str, said: Sequence[Said]) -> list[Said]:
    """A credit to an outlet as a source of its own, unless an attribution in its sentence already has it."""
    here = citation.outlet == own
    outlet = "" if here else citation.outlet
    if citation.start < 0:
        title = Said(attribution=None, name=citation.outlet, outlet=outlet, span=(-1, -1), text=citation.text)
        return [] if here else [title]
    sentence = find_sentence(report.text, citation.start)
    inside = [s for s in said if sentence[0] <= s.span[0] < sentence[1]]
    if any(s.outlet == outlet or s.told_here for s in inside) or (here and (inside or citation.kind == "relay")):
        return []
    words = report.text[sentence[0] : sentence[1]]
    found = Said(
        attribution=None,
        name=citation.outlet,
        outlet=outlet,
        told_here=here,
        day=find_day(words, (citation.start - sentence[0], citation.end - sentence[0]), report),
        span=(citation.start, citation.end),
        text=" ".join(words.split())[:LONGEST_SHOWN],
    )
    return [found]


def find_sentence(text: str, at: int) -> Span:
    """The sentence around a position, roughly: from one stop before a capital to the next, inside one paragraph."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    for stop in STOP.finditer(text, start, end):
        if ABBREVIATED.search(text, max(start, stop.start() - 6), stop.start()):
            continue
        if stop.end() > at:
            return start, stop.start()
        start = stop.end()
    return start, end


def find_person(name: str, speaker: Speaker | None) -> str:
    """The person that a source names, without rank and office, or "".

    "President of Ukraine Olha Kovalenko" names one, whatever kind the extractor gives it: capitalised words that go on
    after the last country, rank or office. One word is enough where the extractor holds it to be a person.
    """
    kind = speaker.kind if speaker else "unknown"
    if match := CALLED.search(name):
        return match.group(1)
    words = re.split(r",| (?:who|from|at|in) ", name, maxsplit=1)[0].split()
    last = max((i for i, word in enumerate(words) if is_title(word)), default=-1)
    rest = words[last + 1 :]
    if UNNAMED.match(name):
        return ""
    if kind == "person":
        return " ".join(rest) if rest or fold(name) in load_countries() else name
    if not 2 <= len(rest) <= 4 or not all(word[:1].isupper() or word in PARTICLES for word in rest):
        return ""
    if any(fold(word) in organisation_words() for word in rest):
        return ""
    # Two capitals alone are as often an organisation: only an office before them makes a person.
    return " ".join(rest) if last >= 0 or (kind in ("official", "unknown") and not find_institution(name)) else ""


@cache
def load_titles() -> frozenset[str]:
    """Words of rank and office, in small letters."""
    return frozenset(row["word"].lower() for row in load_rows("titles.tsv"))


def is_title(word: str) -> bool:
    """Whether a word is a rank, an office or a country, and so no part of a person's name."""
    bare = word.strip(".,()'’\"“”").lower()
    return (word[:1].islower() and word not in PARTICLES) or bare in load_titles() or fold(word) in load_countries()


def is_continued(name: str) -> bool:
    """Whether a source only points back: "he", "the agency", "the same officials", a bare "agency"."""
    words = name.split()
    if not words:
        return False
    if words[0].lower() in PRONOUNS and len(words) <= 2:
        return True
    pointed = words[0].lower() in POINTERS
    rest = words[1:] if pointed else words
    if len(rest) > 3 or any(word[:1].isupper() for word in rest):
        return False
    # Without an article, only the singular is somebody known already: "rescuers said" brings new ones in.
    return pointed or not (name.endswith("s") or UNNAMED.match(name) or VAGUE.search(name) or find_institution(name))


def find_day(words: str, said: Span, report: Report) -> date | None:
    """The day that a sentence gives to what is said: beside the source and cue, which stand at `said` in it, or at its
    beginning; days further off are those of the matter."""
    if report.published is None:
        return None
    for match in DAY.finditer(words):
        between = words[said[1] : match.start()] if match.start() >= said[1] else words[match.end() : said[0]]
        near = len(between) <= NEAR_CUE and not NEXT_CLAUSE.search(between)
        if near and (day := resolve_day(match, report.published.date())) is not None:
            return day
    return None


def find_latest_day(words: str, report: Report) -> date | None:
    """The last day up to publication that a sentence names, None where it names none or looks ahead."""
    if report.published is None or AHEAD.search(words):
        return None
    published = report.published.date()
    days = (resolve_day(match, published) for match in DAY.finditer(words))
    return max((day for day in days if day is not None and day <= published), default=None)


def resolve_day(match: re.Match[str], published: date) -> date | None:
    """The day that words mean; weekdays are the last such day up to publication, dates without a year the last but
    for the day after it."""
    if match["weekday"]:
        back = (published.weekday() - WEEKDAYS.index(match["weekday"].lower())) % 7
        return step_days(published, -back)
    if match["near"]:
        return step_days(published, -(match["near"].lower() == "yesterday"))
    month = MONTHS.index((match["month"] or match["month2"]).lower()[:3]) + 1
    year = match["year"] or match["year2"]
    for guess in (int(year),) if year else (published.year, published.year - 1):
        try:
            day = date(guess, month, int(match["day"] or match["day2"]))
        except ValueError:
            continue
        if day <= step_days(published, 1) and (year or (published - day).days <= LONGEST_AGO_DAYS):
            return day
    return None


def sharper(one: Said, other: Said) -> bool:
    """Whether another source is the one of these words, more exactly named: the official for a state, the person for
    "a commander of the guard"."""
    a, b = one.institution, other.institution
    if one.person or a is None or b is None or a.country != b.country:
        return False
    if other.silent or other.continued or not other.named:
        return False
    if one.day and other.day and one.day != other.day:
        return False
    if not a.branch:
        return one.named and bool(b.branch or other.person)
    return not one.named and a.branch == b.branch and bool(other.person)


def sharpen(lead: Sequence[int], said: list[Said], opening: int) -> list[int]:
    """The sources of a lead, as exactly as the opening (up to character `opening`) tells: a state gives way to the
    official who spoke for it, and unnamed sources do where others are named. Days pass from the state to the official.
    """
    chosen: list[int] = []
    for n in lead:
        one = said[n]
        if one.continued and len(lead) > 1:
            continue
        better = next((m for m, other in enumerate(said) if 0 <= other.span[0] < opening and sharper(one, other)), n)
        if better != n:
            said[better] = replace(said[better], day=said[better].day or one.day)
            said[n] = replace(one, instead=better)
        chosen.append(better)
    sure = [n for n in chosen if said[n].stands]
    return list(dict.fromkeys(sure or chosen))
