"""Composing the brief: a front page that an editor would send, and behind it what it rests on.

Every sentence is made of the words of a claim and names who says so; what sayso adds (how many say so, what stands
against what) is computed from the claims that the sentence cites. A sentence without a claim is not written, nor one
that the proof-reader (`sayso.tell.proofs`) finds fault with. Length is bought from a budget (`sayso.tell.budgets`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sayso.record import Brief, Picture, Row, Section, Sentence
from sayso.tell.behind import tell_absences, tell_estimates, tell_positions, tell_timeline
from sayso.tell.budgets import FRONT, FRONT_SHARE, HEAD, Budget, allow_words
from sayso.tell.changes import tell_changes, tell_corrections
from sayso.tell.figures import make_table, tell_figures
from sayso.tell.foreseen import Foreseen, tell_foreseen
from sayso.tell.leads import tell_leads
from sayso.tell.open_points import tell_open_points
from sayso.tell.phrases import name_day
from sayso.tell.sources import Sources
from sayso.tell.tongues import _, in_english, mark
from sayso.tell.unknowns import tell_unknown

TITLES = {
    "key": mark("What is reported"),
    "figures": mark("Key figures"),
    "conflicts": mark("Where reports differ"),
    "changed": mark("What was taken back"),
    "unknown": mark("What nobody knows"),
    "timeline": mark("Timeline"),
    "positions": mark("Who denies, who is silent"),
    "absences": mark("Not seen since"),
    "estimates": mark("Estimates by source"),
}
"""The parts of a brief, in their order."""
FRONT_PAGE = {"key": (0.25, 5), "conflicts": (0.7, 10), "figures": (0.9, 10), "changed": (0.5, 4), "unknown": (1.0, 4)}
"""The parts of the front page in the order in which they buy their room: what share of what is left each may take, and
how many sentences or rows at most."""
BEHIND = {"timeline": (0.45, 14), "positions": (0.5, 12), "absences": (1.0, 5)}
"""The same of what is folded behind it."""
MOST_ESTIMATES = 12
"""Charts of a brief."""


def compose_brief(
    picture: Picture,
    before: Picture | None = None,
    title: str = "",
    foreseen: Foreseen | None = None,
    style: str = "plain",
) -> Brief:
    """The brief of a picture. With the picture of an earlier moment, it begins with what is new since then. `foreseen`
    is what people assessed of what is not known, told in tables; `style` is plain or quotes, and quotes in every
    language but that of the reports."""
    style = style if in_english() else "quotes"
    sources = Sources(picture, before)
    allowed = allow_words(picture) - HEAD
    page = Budget(min(FRONT, FRONT_SHARE * allowed))
    spare = allowed - page.left
    changed = tell_corrections(picture, sources) if before is None else tell_changes(before, picture, sources, style)
    titles, buying = {id: _(title) for id, title in TITLES.items()}, FRONT_PAGE
    if before is not None:
        new = {"changed": _("New since {day}", day=name_day(before.as_of))}
        titles = new | titles | new  # Its place is the first.
        buying = {"changed": (0.5, 8)} | FRONT_PAGE
    disputed = list(tell_open_points(picture, sources))
    front: dict[str, Iterable[Sentence | Row]] = {
        "key": tell_leads(picture, sources, style),
        "conflicts": disputed,
        "figures": drop_told(tell_figures(picture, sources), disputed, page),
        "changed": changed,
        "unknown": tell_unknown(picture, sources),
    }
    sections = list(buy_sections(page, front, buying, titles, front=True))
    told = frozenset(c for s in sections for sentence in s.sentences for c in sentence.claims[:1])
    behind: dict[str, Iterable[Sentence | Row]] = {
        "timeline": tell_timeline(picture, sources, told),
        "positions": tell_positions(picture, sources, told),
        "absences": tell_absences(picture, sources),
    }
    rest = Budget(spare + page.left, page)
    sections += buy_sections(rest, behind, BEHIND, titles)
    if lines := tuple(islice(tell_estimates(picture, sources), MOST_ESTIMATES)):  # Charts have no words to pay for.
        sections.append(Section(id="estimates", title=titles["estimates"], sentences=lines))
    order = list(titles)
    sections.sort(key=lambda section: order.index(section.id))
    sections += tell_foreseen(foreseen) if foreseen else ()
    return Brief(
        title=title or name_brief(picture),
        sections=tuple(sections),
        picture=picture,
        before=before,
        problems=(*picture.problems, *(p for r in picture.readings for p in r.problems)),
    )


def buy_sections(
    budget: Budget,
    parts: dict[str, Iterable[Sentence | Row]],
    buying: dict[str, tuple[float, int]],
    titles: dict[str, str],
    *,
    front: bool = False,
) -> Iterator[Section]:
    """The sections that have something to tell and for which there is room."""
    for id, (share, most) in buying.items():
        bought = budget.buy(parts[id], share, most)
        sentences = tuple(part for part in bought if isinstance(part, Sentence))
        rows = tuple(part for part in bought if isinstance(part, Row))
        if bought:
            tables = (make_table(rows),) if rows else ()
            yield Section(id=id, title=titles[id], sentences=sentences, tables=tables, front=front)


def drop_told(rows: Iterable[Row], lines: Sequence[Sentence], page: Budget) -> Iterator[Row]:
    """The rows of the figures that no line bought for a page has told, under the same question or with two of their
    claims."""
    told = [line for line in lines if line.text in page.told]
    for row in rows:
        if not any(line.text.startswith(row.cells[0]) or len(set(line.claims) & set(row.claims)) > 1 for line in told):
            yield row


def name_brief(picture: Picture) -> str:
    """The title of a brief: what it is about, in the words of the title that shares most with the others, and as of
    when."""
    largest = max(picture.stories, key=lambda story: len(story.reports), default=None)
    days = [r.report.published for r in picture.readings if r.report.published]
    day = picture.as_of or (max(days) if days else None)
    about = " ".join(largest.name.split()).rstrip(" .!?:;,") if largest else ""
    titles = {" ".join(r.report.title.split()).rstrip(" .!?:;,") for r in picture.readings}
    if (
        about
        and about not in titles
        and any(" ".join(r.report.text.split()).startswith(about + " ") for r in picture.readings)
    ):
        about += " …"  # The first words of a report that has no title.
    about = about or _("Situation report")
    return _("{about} (as of {day})", about=about, day=name_day(day)) if day else about
