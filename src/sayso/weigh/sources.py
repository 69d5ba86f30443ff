"""What a report says it has from whom, as origins need it: the source, its institution, the outlet credited, the day.

A report's *lead* is its title and first paragraph, or the first paragraphs up to one that names a source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sayso.record import Reading, Report, Span, Speaker
from sayso.weigh.citations import Citation, Outlets
from sayso.weigh.groups import (
    Institution,
    country_names,
    find_countries,
    find_country,
    find_institution,
    fold,
    load_countries,
)

SILENT = frozenset({"declines", "asks"})
"""Stances that tell nothing: who declines to comment is not where the matter came from."""

LEAD_LOOKS_INTO = 3
"""Paragraphs searched for the first source before a report counts as naming none in its lead."""

LONGEST_SHOWN = 240
"""Code points of a passage shown as a reason."""

NEAR_CUE = 45
"""Code points between a cue and the day of what it says, at most: "told the Morning Herald, speaking on Friday"."""

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
STOP = re.compile(r"(?<=[^.\s][a-z0-9)\"”’%][.!?])[\"”’]?\s+(?=[\"“‘(]?[A-Z0-9])")
NAME = re.compile(r"[^\W\d_][\w.’'-]*")
PRONOUNS = frozenset("he she it they we i who which that this these those him her them one both another".split())
POINTERS = frozenset("the this that these those his her its their same".split())
PERSON = re.compile(r"\b[A-Z][\w'’-]+(?:\s(?:[A-Z]\.|[A-Z][\w'’-]+|de|al|bin|van|von|el|ul)){1,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One source's words in one report. `attribution` is its index in the reading, or None where only an outlet is
    credited. `person` is "" where no person is named; `institution` None where none is known. `outlet` is the outlet
    credited with having it ("" where the report claims it for itself). `day` is the day of the statement as the words
    give it, None where they do not. `silent` marks who only declined or asked, `continued` who is pointed back at."""

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
    via = outlet or (attribution.via[-1] if attribution.via else next((o for o in credited if o != own), ""))
    known = (speaker.role, speaker.affiliation) if speaker else ()
    described = " ".join(words for words in (name, source, *known) if words)
    anonymous = bool(speaker and speaker.anonymous)
    person = "" if anonymous or outlet else find_person(name, speaker)
    institution = None if outlet and not person else find_institution(described)
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
        elif not institution.name:
            institution = settle_country(institution, report)
    return Said(
        attribution=n,
        name=name,
        person=person,
        institution=institution,
        outlet="" if via == own else via,
        told_here=own in credited or bool(IN_CONFIDENCE.search(words)),
        day=find_day(words, (at - sentence[0], max(e for _, e in spans or ((0, at),)) - sentence[0]), report),
        span=(at, max(e for _, e in spans) if spans else at),
        text=" ".join(words.split())[:LONGEST_SHOWN],
        silent=attribution.stance in SILENT or (outlet == own and bool(own)) or (at == 0 and source.isupper()),
        continued=is_continued(name),
    )


def name_speaking_outlet(name: str, outlets: Outlets) -> str:
    """The outlet that a source's words end with ("On Sunday the Daily"), or ""."""
    found = outlets.find(name)
    return found[-1][2] if found and found[-1][1] >= len(name.rstrip(" ,.")) and len(name.split()) <= 6 else ""


def settle_country(institution: Institution, report: Report) -> Institution:
    """A branch without a state ("the defence minister") is that of the state which the report names first."""
    opening = f"{report.title}\n{report.text[:LONGEST_SHOWN]}"
    found = find_institution(f"{opening_country(opening)} {institution.branch}")
    return found if found is not None and found.country else institution


def opening_country(words: str) -> str:
    """The name of the first state that these words name, or ""."""
    code = find_country([match.group() for match in NAME.finditer(words)])
    return country_names().get(code, "")


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
        if stop.end() > at:
            return start, stop.start()
        start = stop.end()
    return start, end


def find_person(name: str, speaker: Speaker | None) -> str:
    """The person that a source names, or "". Where the extractor does not tell the kind, two capitals make a person
    unless they name an institution or a country."""
    kind = speaker.kind if speaker else "unknown"
    if kind == "person":
        return name
    if kind not in ("official", "unknown"):
        return ""
    for match in PERSON.finditer(name):
        institution = find_institution(match.group())
        if institution is None or not institution.name:
            return match.group()
    return ""


def is_continued(name: str) -> bool:
    """Whether a source only points back: "he", "the agency", "the same officials"."""
    words = name.split()
    if not words:
        return False
    if words[0].lower() in PRONOUNS and len(words) <= 2:
        return True
    rest = words[1:] if words[0].lower() in POINTERS else words
    return (
        len(rest) <= 3
        and not any(word[:1].isupper() for word in rest)
        and len(rest) < len(words) + (not VAGUE.search(name))
    )


def find_day(words: str, said: Span, report: Report) -> date | None:
    """The day that a sentence gives to what is said: beside the source and cue, which stand at `said` in it, or at its
    beginning; days further off are those of the matter. Weekdays are the last such day up to publication."""
    if report.published is None:
        return None
    published = report.published.date()
    for match in DAY.finditer(words):
        between = words[said[1] : match.start()] if match.start() >= said[1] else words[match.end() : said[0]]
        if len(between) > NEAR_CUE or NEXT_CLAUSE.search(between):
            continue
        if match["weekday"]:
            back = (published.weekday() - WEEKDAYS.index(match["weekday"].lower())) % 7
            return published - timedelta(days=back)
        if match["near"]:
            return published - timedelta(days=match["near"].lower() == "yesterday")
        month = MONTHS.index((match["month"] or match["month2"]).lower()[:3]) + 1
        year = match["year"] or match["year2"]
        for guess in (int(year),) if year else (published.year, published.year - 1):
            try:
                day = date(guess, month, int(match["day"] or match["day2"]))
            except ValueError:
                continue
            if day <= published + timedelta(days=1):
                return day
    return None


def sharpen(lead: Sequence[int], said: list[Said], opening: int) -> list[int]:
    """The sources of a lead, as exactly as the opening (up to character `opening`) tells: a state gives way to the
    official who spoke for it, and unnamed sources do where others are named. Days pass from the state to the official.
    """
    chosen: list[int] = []
    for n in lead:
        one = said[n]
        if one.continued and len(lead) > 1:
            continue
        state = one.institution if one.named and not one.person else None
        if state is not None and not state.branch:
            for m, other in enumerate(said):
                found = other.institution
                if (
                    0 <= other.span[0] < opening
                    and other.named
                    and not other.silent
                    and found is not None
                    and found.country == state.country
                    and (found.branch or other.person)
                    and (other.day is None or one.day is None or other.day == one.day)
                ):
                    said[m] = replace(other, day=other.day or one.day)
                    n = m
                    break
        chosen.append(n)
    sure = [n for n in chosen if said[n].stands]
    return list(dict.fromkeys(sure or chosen))
