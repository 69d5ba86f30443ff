"""A report with everything that was found in it: what each claim rests on, where it comes from, what its outlet changed
since, and the bytes that it came in."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import datetime

from sayso.harms import clean_text
from sayso.record import Claim, Link, Picture, Raw, Reading, Report, Story
from sayso.serve.desk.desks import Desk, MissingError
from sayso.serve.desk.differences import Difference, compare_texts
from sayso.serve.desk.marks import MOST_SHOWN, Paragraph, cut_paragraphs, list_marks, order_claims
from sayso.serve.desk.viewpoints import Viewpoint
from sayso.tell.citations import cite_claim, name_outlet
from sayso.tell.tongues import _, mark

WEIGHED_AT_ONCE = 50
"""Reports of a story that is weighed in about half a second."""
MOST_VERSIONS = 30
"""Versions of one article that are compared."""
STANDS = (mark("denied"), mark("asked"), mark("supposed"), mark("withdrawn"), mark("misquoted"), mark("open"))
"""How a claim stands in its report, as a page shows it."""
SAID_BY = {"denies": "denied", "declines": "open", "asks": "asked", "suspects": "supposed"}
"""How a claim stands by what its source does, so that a page need not say it twice."""
REASONS = {
    "cites": mark("It names {whom} as its source"),
    "links": mark("It links to {whom}"),
    "byline": mark("It has {whom} in its byline"),
    "copy": mark("It has the text of {whom}"),
    "quotation": mark("It has a quotation that {whom} has"),
    "details": mark("It has rare details that {whom} has, without credit"),
    "update": mark("It is a later version of what {whom} had"),
    "source": mark("It gives a source’s own words"),
}
"""Why a report is held to stand on something else, by the kind of link."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of a claim: its words and kind, and the point that it answers, "" for none that others answer too."""

    words: str
    kind: str
    point: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A claim of a report as its page shows it: its number in the text, its chain from the outlet to the source, what
    the source does with it and how sure it is, how it stands, its answers, origin and grade. `source` is the name under
    which its source is looked up, "" where the outlet speaks itself."""

    number: int
    claim: Claim
    words: str
    chain: tuple[str, ...]
    source: str
    stance: str
    stands: str
    certainty: tuple[float, float] | None
    replies: tuple[Reply, ...]
    origin: str
    grade: str
    why: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a report is held to stand on something else: in a sentence, with the words that show it and what it tells
    otherwise, as pairs of before and after. `digest` is that of the report stood on, "" where it is not at hand;
    `quoted` whether the words are a report's."""

    says: str
    words: str
    quoted: bool
    digest: str
    changed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A version of an article, and what it changed of the one before it."""

    report: Report
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A report that is looked at: `story` is the one that it is of, `weighed` whether that was weighed (origins,
    reasons and what claims answer are of it), `retracted` whether an analyst took the report out, `page` whether it
    came as one and `kept` in what media type ("": the bytes are not kept), `cut` whether its text is too long to be
    shown whole."""

    report: Report
    story: Story | None
    weighed: bool
    retracted: bool
    paragraphs: tuple[Paragraph, ...]
    claims: dict[int, Held]
    origins: tuple[str, ...]
    also: tuple[str, ...]
    reasons: tuple[Reason, ...]
    versions: tuple[Version, ...]
    problems: tuple[str, ...]
    page: bool
    kept: str
    cut: bool


def find_reading(desk: Desk, digest: str, at: Viewpoint) -> tuple[Reading, bool]:
    """The newest reading of a report known then, and whether an analyst took the report out. Raises `MissingError`."""
    found = desk.ledger.readings(at.as_of, only=[digest])
    retracted = not found
    found = found or desk.ledger.readings(at.as_of, only=[digest], include_retracted=True)
    if not found:
        raise MissingError(f"there is no report {digest}" + (" by then" if at.as_of else ""))
    return found[0], retracted


def map_stories(desk: Desk, as_of: datetime | None) -> dict[str, Story]:
    """The story that each report known then is of, by digest."""

    def make() -> dict[str, Story]:
        return {one: story for story, digests in desk.shelves(as_of) for one in digests}

    known: dict[str, Story] = desk.hold(("story of", as_of), make, desk.catalogue.state)
    return known


def open_reading(desk: Desk, digest: str, at: Viewpoint, *, wait: bool = True) -> Opened:
    """A report with all that its page shows; unless `wait`, without what its story must be weighed for where that takes
    a while. Raises `MissingError`."""
    reading, retracted = find_reading(desk, digest, at)
    report = reading.report
    story = (
        None if retracted else desk.story_of(digest) if at.as_of is None else map_stories(desk, at.as_of).get(digest)
    )
    soon = story is not None and (wait or len(story.reports) <= WEIGHED_AT_ONCE or desk.is_weighed(story.id, at.as_of))
    picture = desk.picture(story.id, at.as_of) if story and soon else None
    told = next((p for p in picture.provenance if p.report == report.id), None) if picture else None
    raw = desk.ledger.find_raw(report.raw) if report.raw else None
    return Opened(
        report=report,
        story=story,
        weighed=picture is not None or story is None,
        retracted=retracted,
        paragraphs=tuple(cut_paragraphs(report.text, list_marks(reading))),
        claims=hold_claims(reading, picture),
        origins=told.origins if told else (),
        also=told.also if told else (),
        reasons=tuple(say_link(link, picture) for link in told.because) if told and picture else (),
        versions=list_versions(desk, report, at),
        problems=tuple(clean_text(problem.message) for problem in reading.problems),
        page=raw is not None and raw.media_type == "text/html",
        kept=raw.media_type or "application/octet-stream" if raw else "",
        cut=len(report.text) > MOST_SHOWN,
    )


def hold_claims(reading: Reading, picture: Picture | None) -> dict[int, Held]:
    """The claims of a report by their numbers, each with what a picture of its story says of it."""
    points = picture.points if picture else ()
    own = {claim.id for claim in reading.claims}
    origins = {c: name for p in (picture.provenance if picture else ()) for c, name in p.claims if c in own}
    grades = {g.target: g for g in (picture.grades if picture else ()) if g.about == "claim" and g.target in own}
    answered = {(v.claim, v.start, v.end): (p.id, p.question) for p in points for v in p.values if v.claim in own}
    shown = {}
    for number, claim in enumerate(order_claims(reading.claims), 1):
        cited = cite_claim(reading, claim, number, origins.get(claim.id, ""))
        told, grade = cited.attribution, grades.get(claim.id)
        shown[number] = Held(
            number=number,
            claim=claim,
            words=cited.words,
            chain=cited.chain,
            source=clean_text(told.speaker.name) if told and told.speaker else "",
            stance=cited.stance,
            stands="" if claim.stands == "asserted" or SAID_BY.get(cited.stance) == claim.stands else claim.stands,
            certainty=told.certainty if told and told.certainty != (0.0, 1.0) else None,
            replies=tuple(list_replies(reading.report.text, claim, answered)),
            origin=clean_text(cited.origin),
            grade=grade.grade if grade else "",
            why=clean_text(grade.why) if grade else "",
        )
    return shown


def list_replies(text: str, claim: Claim, answered: dict[tuple[str, int, int], tuple[str, str]]) -> list[Reply]:
    """The answers of a claim, each of its words once, those first that answer a question which others answer too."""
    found: dict[tuple[str, str], Reply] = {}
    for answer in claim.answers:
        point, question = answered.get((claim.id, answer.start, answer.end), ("", ""))
        words = clean_text(" ".join(text[answer.start : answer.end].split()))
        key = (words, point)
        if words and key not in found and (point or answer.kind != "yes-no"):
            found[key] = Reply(words, answer.kind, point, clean_text(question))
    with_point = {words for words, point in found if point}
    kept = [reply for (words, point), reply in found.items() if point or words not in with_point]
    return sorted(kept, key=lambda reply: not reply.point)


def say_link(link: Link, picture: Picture) -> Reason:
    """A link to what a report stands on, in words."""
    of = next((r.report for r in picture.readings if r.report.id == link.report), None) if link.report else None
    whom = clean_text(link.outlet) or (name_outlet(of) if of else _("another report"))
    changed = tuple((clean_text(one.before), clean_text(one.after)) for one in link.changed)
    says = _(REASONS.get(link.kind, mark("It stands on {whom}"))).format(whom=whom)
    words = clean_text(" ".join(link.text.split()))
    return Reason(says, words, link.kind not in ("details", "update"), of.digest if of else "", changed)


def list_versions(desk: Desk, report: Report, at: Viewpoint) -> tuple[Version, ...]:
    """The versions of the article that a report is one of, the first first, each with what it changed; () where there
    is one only."""
    before: dict[str, str] = desk.hold(("versions", at.as_of), lambda: desk.ledger.versions(at.as_of), desk.state[:1])
    after = {earlier: later for later, earlier in before.items()}
    chain = [report.digest]
    while chain[0] in before and len(chain) < MOST_VERSIONS:
        chain.insert(0, before[chain[0]])
    while chain[-1] in after and len(chain) < MOST_VERSIONS:
        chain.append(after[chain[-1]])
    if len(chain) == 1:
        return ()
    known = {one.digest: one for one in desk.ledger.reports(chain)}
    reports = [known[digest] for digest in chain if digest in known]
    changes = [compare_texts(a.text, b.text) for a, b in itertools.pairwise(reports)]
    return tuple(Version(one, tuple(made)) for one, made in zip(reports, [[], *changes], strict=True))


def find_archived(desk: Desk, digest: str, at: Viewpoint) -> Raw:
    """The bytes that a report came in. Raises `MissingError`."""
    reading, _ = find_reading(desk, digest, at)
    raw = desk.ledger.find_raw(reading.report.raw) if reading.report.raw else None
    if raw is None:
        raise MissingError(f"the bytes of report {digest} are not kept")
    return raw
