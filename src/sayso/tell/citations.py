"""Citations: for every claim that a brief stands on, its number, its words in context and its chain.

All faces of a brief number their citations here, in order of first use, so that [7] is the same
claim in each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from sayso.harms import clean_text
from sayso.record import (
    MODEL,
    Attribution,
    Brief,
    Claim,
    Estimate,
    Provenance,
    Reading,
    Report,
    Row,
    Section,
    Sentence,
    Span,
    Value,
)
from sayso.tell.tongues import _, mark, say_date
from sayso.who.outlets import find_outlet

STANCES = (
    mark("asserts"),
    mark("reports"),
    mark("estimates"),
    mark("suspects"),
    mark("predicts"),
    mark("denies"),
    mark("declines"),
    mark("asks"),
    mark("orders"),
    mark("promises"),
    mark("asserted"),
    mark("denied"),
    mark("declined"),
    mark("silent"),
)
"""What a source or party does with words, as a page shows it."""
LONGEST_CONTEXT = 320
"""Code points shown before and after a claim's words: two long sentences of newspaper prose."""

SENTENCE_END = re.compile(r"""[.!?…]["'”’)\]]{0,3}\s+(?=["'“‘(\[]{0,2}[A-Z0-9])""")
PARAGRAPH_END = re.compile(r"\n\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A claim as a brief cites it. `number` counts from 1 in order of first use.

    `context` is the span of the report's text that shows the claim in its surroundings; `chain` reads from the outlet
    to the source, as "The Moscow Times", "The New York Times", "officials (anonymous)"; `origin` is the name of the
    origin that weighing found, or "".
    """

    number: int
    claim: Claim
    report: Report
    attribution: Attribution | None
    context: Span
    chain: tuple[str, ...]
    origin: str = ""

    @property
    def before(self) -> str:
        """The words of the report before the claim's."""
        return clean_text(self.report.text[self.context[0] : self.claim.start])

    @property
    def words(self) -> str:
        """The claim's exact words in the report."""
        return clean_text(self.report.text[self.claim.start : self.claim.end])

    @property
    def after(self) -> str:
        """The words of the report after the claim's."""
        return clean_text(self.report.text[self.claim.end : self.context[1]])

    @property
    def path(self) -> str:
        """The chain in one line: "Coast & Sea ← Nordblad ← two officials (anonymous)"."""
        chain = " ← ".join(self.chain)
        return chain if self.attribution else _("{outlet}, in its own voice", outlet=chain)

    @property
    def stance(self) -> str:
        """What the source does with the claim, or "" where the outlet speaks in its own voice."""
        return self.attribution.stance if self.attribution else ""


def safe_url(url: str) -> str:
    """The URL if it is an absolute http or https one, else "": a report may call itself ``javascript:``."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return clean_text(url.strip()) if parts.scheme in ("http", "https") and parts.netloc else ""


def number_claims(brief: Brief) -> dict[str, int]:
    """The number of each cited claim that the picture holds, in order of first use, from 1."""
    known = {claim.id for reading in list_cited(brief) for claim in reading.claims}
    numbers: dict[str, int] = {}
    told = [claim for section in brief.sections for part in list_parts(section) for claim in part.claims]
    told += [value.claim for lines in group_estimates(brief) for line in lines for value in line.values]
    for claim in told:
        if claim in known:
            numbers.setdefault(claim, len(numbers) + 1)
    return numbers


def list_parts(section: Section) -> Iterator[Sentence | Row]:
    """The sentences of a section, then the rows of its tables."""
    yield from section.sentences
    for table in section.tables:
        yield from table.rows


def name_assessors(row: Row) -> str:
    """Whose assessment a row is, and the beginnings of the assessments' ids: "ana, bo (d91b7edc)"."""
    ids = ", ".join(id[:8] for id in row.said)
    return clean_text(", ".join(row.by) + (f" ({ids})" if ids else ""))


def list_cited(brief: Brief) -> tuple[Reading, ...]:
    """The readings whose claims a brief may cite: what is known and, for what changed, what was known before."""
    return (*brief.picture.readings, *(brief.before.readings if brief.before else ()))


def group_estimates(brief: Brief) -> list[tuple[Estimate, ...]]:
    """The estimates that the brief tells, those of one point together, in the order in which its section "estimates"
    comes to them; all of the picture's where that section cites none of them, none where there is no such section."""
    section = next((section for section in brief.sections if section.id == "estimates"), None)
    if section is None:
        return []
    points: dict[str, list[Estimate]] = {}
    point_of: dict[str, str] = {}
    for estimate in brief.picture.estimates:
        points.setdefault(estimate.point, []).append(estimate)
        for value in estimate.values:
            point_of.setdefault(value.claim, estimate.point)
    cited = [point_of[claim] for sentence in section.sentences for claim in sentence.claims if claim in point_of]
    return [tuple(points[point]) for point in dict.fromkeys(cited or points)]


def cite_claims(brief: Brief) -> dict[str, Citation]:
    """The citation of every claim that the brief's sentences stand on, by claim id, in order of number."""
    numbers = number_claims(brief)
    origins = {claim: name for found in brief.picture.provenance for claim, name in found.claims}
    cited: dict[str, Citation] = {}
    for reading in list_cited(brief):
        for claim in reading.claims:
            if claim.id not in numbers or claim.id in cited:
                continue
            cited[claim.id] = cite_claim(reading, claim, numbers[claim.id], origins.get(claim.id, ""))
    return dict(sorted(cited.items(), key=lambda item: item[1].number))


def cite_claim(reading: Reading, claim: Claim, number: int, origin: str) -> Citation:
    """The citation of one claim of a reading under a number; `origin` is the name of its origin, or ""."""
    at = claim.attribution
    attribution = reading.attributions[at] if at is not None and at < len(reading.attributions) else None
    return Citation(
        number=number,
        claim=claim,
        report=reading.report,
        attribution=attribution,
        context=find_context(reading.report.text, claim.start, claim.end),
        chain=name_chain(reading.report, attribution),
        origin=origin,
    )


def sort_sentences(section: Section, charted: Sequence[Sequence[Estimate]]) -> list[list[Sentence]]:
    """The sentences that tell each group of estimates, in the groups' order, and last those that tell none of them."""
    groups = [{value.claim for line in lines for value in line.values} for lines in charted]
    told: list[list[Sentence]] = [[] for _ in range(len(groups) + 1)]
    for sentence in section.sentences:
        at = next((n for n, claims in enumerate(groups) if claims.intersection(sentence.claims)), -1)
        told[at].append(sentence)
    return told


def find_context(text: str, start: int, end: int) -> Span:
    """The span around a passage that reaches to the ends of its sentences and takes in one sentence on either side,
    within its paragraph and `LONGEST_CONTEXT`."""
    floor = max(0, start - LONGEST_CONTEXT)
    head = text[floor:start]
    breaks = [match.end() for match in PARAGRAPH_END.finditer(head)]
    first = floor + breaks[-1] if breaks else floor
    if first > 0 and not breaks:
        first = next_word(text, first, start)
    ends = [match.end() for match in SENTENCE_END.finditer(text, first, start + 1) if match.end() <= start]
    if len(ends) > 1:
        first = ends[-2]
    ceiling = min(len(text), end + LONGEST_CONTEXT)
    paragraph = text.find("\n", end, ceiling)
    last = paragraph if paragraph >= 0 else ceiling
    after = [match.end() for match in SENTENCE_END.finditer(text, max(start, end - 4), min(len(text), last + 1))]
    after = [place for place in after if place > end]
    if len(after) > 1:
        last = after[1]
    elif last < len(text) and paragraph < 0:
        last = max(text.rfind(" ", end, last), end)
    while last > end and text[last - 1].isspace():
        last -= 1
    return min(first, start), max(last, end)


def next_word(text: str, place: int, limit: int) -> int:
    """The start of the first whole word at or after a place, at most `limit`."""
    space = text.find(" ", place, limit)
    return space + 1 if space >= 0 else place


def name_chain(report: Report, attribution: Attribution | None) -> tuple[str, ...]:
    """Who handed the claim on, from the outlet to the source: outlet, relayed outlets, source. Where it speaks
    in its own voice, the outlet alone, or the wire in whose name the report is."""
    if attribution is None:
        wire = find_outlet(report.author)
        outlet = name_outlet(report)
        return (outlet, wire.name) if wire and wire.kind == "wire" and wire.name != outlet else (outlet,)
    links = (*attribution.via, name_source(attribution, report.text))
    return name_outlet(report), *(clean_text(link) for link in links if link)


def name_outlet(report: Report) -> str:
    """The outlet's name, or the site's, or words that say there is none."""
    if report.outlet:
        return clean_text(report.outlet)
    return (urlsplit(report.url).netloc if safe_url(report.url) else "") or _("unnamed outlet")


def name_source(attribution: Attribution, text: str) -> str:
    """The source as a reader would be told of it: name, role where the name has it not, and whether it is anonymous."""
    speaker = attribution.speaker
    if speaker is None:
        return " ".join(text[start:end] for start, end in attribution.source) or _("unnamed source")
    name = speaker.name or _("unnamed source")
    notes = [note for note in (speaker.role, speaker.affiliation) if note and note.lower() not in name.lower()]
    if speaker.anonymous and "anonym" not in name.lower():
        notes.append(_("anonymous"))
    if attribution.by.startswith(MODEL):
        notes.append(_("proposed by {model}", model=clean_text(attribution.by)))
    return f"{name} ({', '.join(notes)})" if notes else name


def name_moment(moment: datetime | None, *, exact: bool = True, zone: bool = True) -> str:
    """A moment in words: "26 March 2024, 04:10 −04:00", the day alone where no more is known, else "date unknown"."""
    if moment is None:
        return _("date unknown")
    day = say_date(moment, "d MMMM y")
    if not exact:
        return day
    offset = moment.utcoffset()
    if not zone or offset is None:
        return f"{day}, {moment:%H:%M}"
    if not offset:
        return f"{day}, {moment:%H:%M} UTC"
    minutes = int(offset.total_seconds() // 60)
    return f"{day}, {moment:%H:%M} {'−' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def name_published(report: Report) -> str:
    """When a report was published, in its own zone."""
    return name_moment(report.published, exact=report.published_exact)


def name_as_of(value: Value, published: datetime | None) -> str:
    """The day a figure speaks of, or in brackets that of the report where it names none."""
    moment = value.as_of or published
    if moment is None:
        return _("date unknown")
    day = say_date(moment, "d MMM y")
    return day if value.as_of else f"({day})"


def count_origins(brief: Brief) -> int:
    """From how many origins what the reports lead with came."""
    return len({origin for found in brief.picture.provenance for origin in found.origins})


def list_reports(brief: Brief) -> list[tuple[Report, Provenance | None]]:
    """The reports that the brief was told from, oldest first, those without a date last."""
    provenance = {found.report: found for found in brief.picture.provenance}
    far = datetime.max.replace(tzinfo=UTC)
    reports = [reading.report for reading in brief.picture.readings]
    reports.sort(key=lambda report: (report.published is None, report.published or far, report.id))
    return [(report, provenance.get(report.id)) for report in reports]


def split_context(citation: Citation) -> Iterator[tuple[str, str]]:
    """The pieces of a citation's context and their part in it: words (the claim's), source, cue, or "" for the rest."""
    text = citation.report.text
    first, last = citation.context
    parts = [(citation.claim.start, citation.claim.end, "words")]
    words = parts[0]
    if citation.attribution:
        parts += [(start, end, "source") for start, end in citation.attribution.source]
        parts += [(start, end, "cue") for start, end in citation.attribution.cue]
    at = first
    for start, end, part in sorted(parts):
        if part != "words" and start < words[1] and end > words[0]:
            continue  # The claim's own words are marked whole.
        start = max(start, at)
        if start >= min(end, last):
            continue
        if start > at:
            yield clean_text(text[at:start]), ""
        yield clean_text(text[start : min(end, last)]), part
        at = min(end, last)
    if at < last:
        yield clean_text(text[at:last]), ""
